/* How much room text takes. gnuplot cannot be asked before it draws, and the reader's font is not known for
 * an SVG; these are the widths of DejaVu Sans, which is among the widest in use. */
#include <string.h>

#include "chiproof/base/text.h"
#include "plot.h"

static bool in(unsigned scalar, unsigned first, unsigned last)
{
    return scalar >= first && scalar <= last;
}

static bool is_combining(unsigned s)
{
    return in(s, 0x0300, 0x036F) || in(s, 0x20D0, 0x20FF) || in(s, 0xFE00, 0xFE0F) || in(s, 0xFE20, 0xFE2F);
}

static bool is_wide(unsigned s)
{
    return in(s, 0x1100, 0x115F) || in(s, 0x2E80, 0xA4CF) || in(s, 0xAC00, 0xD7A3) || in(s, 0xF900, 0xFAFF) ||
           in(s, 0xFE30, 0xFE6F) || in(s, 0xFF00, 0xFF60) || in(s, 0xFFE0, 0xFFE6) ||
           in(s, 0x1F300, 0x1FAFF) || in(s, 0x20000, 0x3FFFD);
}

/* In parts of the font size. */
static double scalar_width(unsigned s)
{
    if (is_combining(s)) return 0;
    if (is_wide(s)) return 1.0;
    if (s >= 128) return 0.66;
    char c = (char)s;
    if (strchr("ijlI.,:;'|! ", c)) return 0.32;
    if (strchr("ftr()[]{}/\\-\"*_", c)) return 0.43;
    if (strchr("mMW@%", c)) return 0.95;
    if (strchr("w+<>=~#&QOGDHNU", c)) return 0.80;
    return in(s, 'A', 'Z') ? 0.68 : 0.62;
}

double roof_plot_text_width(bool cells, double size, const char *text)
{
    double width = 0;
    size_t left = text ? strlen(text) : 0;
    while (left > 0) {
        unsigned scalar = 0xFFFD;
        size_t length = roof_utf8_sequence(text, left, &scalar);
        if (!length) length = 1;
        /* gnuplot's text terminal gives every character one cell. */
        width += cells ? 1.0 : size * scalar_width(scalar);
        text += length;
        left -= length;
    }
    return width;
}

double roof_plot_line_height(bool cells, double size)
{
    return cells ? 1.0 : 1.32 * size;
}

void roof_plot_text_fit(bool cells, double size, char *text, double width)
{
    if (roof_plot_text_width(cells, size, text) <= width) return;
    double dots = roof_plot_text_width(cells, size, "...");
    size_t left = strlen(text), kept = 0, room = left;
    double used = 0;
    while (kept < left) {
        unsigned scalar = 0xFFFD;
        size_t length = roof_utf8_sequence(text + kept, left - kept, &scalar);
        if (!length) length = 1;
        used += cells ? 1.0 : size * scalar_width(scalar);
        if (used + dots > width) break;
        kept += length;
    }
    for (size_t i = 0; i < 3 && kept < room; i++) text[kept++] = '.';
    text[kept] = '\0';
}
