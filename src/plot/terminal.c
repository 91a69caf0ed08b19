/* The terminals: one row each. */
#include <string.h>

#include "plot.h"

static const char *paper(const roof_script_options *options)
{
    return options->dark ? "#15181c" : "#ffffff";
}

static void write_svg(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    roof_buffer_printf(out,
                       "set terminal svg noenhanced size %d,%d background rgb \"%s\" font \"sans-serif,12\" "
                       "linewidth 1 rounded\n",
                       width, height, paper(options));
}

static void write_png(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    double zoom = options->zoom > 0 && options->zoom <= 8 ? options->zoom : 2;
    /* cairo takes 12 as points at 96 dots an inch; three quarters of it are 12 pixels, as in SVG. */
    roof_buffer_printf(
        out, "set terminal pngcairo noenhanced size %d,%d background rgb \"%s\" font \"sans-serif,12\"",
        (int)(width * zoom), (int)(height * zoom), paper(options));
    roof_buffer_append(out, " fontscale ");
    roof_number_write(out, 0.75 * zoom);
    roof_buffer_append(out, " linewidth ");
    roof_number_write(out, zoom);
    roof_buffer_append(out, " pointscale ");
    roof_number_write(out, zoom);
    roof_buffer_append(out, " rounded\n");
}

static void write_pdf(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    roof_buffer_printf(out,
                       "set terminal pdfcairo noenhanced size %d/72.0,%d/72.0 background rgb \"%s\" "
                       "font \"sans-serif,12\" fontscale 0.75 linewidth 1.5 pointscale 0.85 rounded\n",
                       width, height, paper(options));
}

static void write_dumb(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    roof_buffer_printf(out, "set terminal dumb noenhanced nofeed size %d,%d %s\n", width, height,
                       options->ansi ? "ansi" : "mono");
}

static void write_sixel(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    roof_buffer_printf(out,
                       "set terminal sixelgd noenhanced truecolor size %d,%d background rgb \"%s\" "
                       "font \"sans-serif,12\" fontscale 0.75\n",
                       width, height, paper(options));
}

static void write_canvas(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    roof_buffer_printf(
        out, "set terminal canvas noenhanced standalone size %d,%d background rgb \"%s\" fsize 12\n", width,
        height, paper(options));
}

static void write_tikz(roof_buffer *out, int width, int height, const roof_script_options *options)
{
    (void)options; /* TeX has its own page colour */
    roof_buffer_append(out, "set terminal tikz standalone size ");
    roof_number_write(out, width / 72.0);
    roof_buffer_append(out, "in,");
    roof_number_write(out, height / 72.0);
    roof_buffer_append(out, "in textscale 0.9\n");
}

static const roof_terminal_facts TERMINALS[ROOF_TERMINAL_COUNT] = {
    [ROOF_TERMINAL_SVG] = {"svg", false, 900, 580, "<?xml", "</svg>", write_svg},
    [ROOF_TERMINAL_PNG] = {"pngcairo", false, 900, 580, "\x89PNG", "IEND\xAE\x42\x60\x82", write_png},
    [ROOF_TERMINAL_PDF] = {"pdfcairo", false, 900, 580, "%PDF", "%%EOF", write_pdf},
    [ROOF_TERMINAL_DUMB] = {"dumb", true, 100, 32, NULL, NULL, write_dumb},
    [ROOF_TERMINAL_SIXEL] = {"sixelgd", false, 900, 580, "\033P", "\033\\", write_sixel},
    [ROOF_TERMINAL_CANVAS] = {"canvas", false, 900, 580, "<!DOCTYPE", "</html>", write_canvas},
    [ROOF_TERMINAL_TIKZ] = {"tikz", false, 900, 580, NULL, "\\end{document}", write_tikz},
};

static const char *const NAMES[ROOF_TERMINAL_COUNT] = {
#define X(id, name, extension) name,
    ROOF_TERMINALS(X)
#undef X
};

static const char *const EXTENSIONS[ROOF_TERMINAL_COUNT] = {
#define X(id, name, extension) extension,
    ROOF_TERMINALS(X)
#undef X
};

const roof_terminal_facts *roof_terminal_facts_of(roof_terminal terminal)
{
    return (unsigned)terminal < ROOF_TERMINAL_COUNT ? &TERMINALS[terminal] : &TERMINALS[ROOF_TERMINAL_SVG];
}

const char *roof_terminal_name(roof_terminal terminal)
{
    return (unsigned)terminal < ROOF_TERMINAL_COUNT ? NAMES[terminal] : "";
}

const char *roof_terminal_extension(roof_terminal terminal)
{
    return (unsigned)terminal < ROOF_TERMINAL_COUNT ? EXTENSIONS[terminal] : "";
}

bool roof_terminal_find(const char *name, roof_terminal *terminal)
{
    for (int i = 0; name && i < ROOF_TERMINAL_COUNT; i++)
        if (strcmp(name, NAMES[i]) == 0 || strcmp(name, TERMINALS[i].gnuplot_name) == 0) {
            *terminal = (roof_terminal)i;
            return true;
        }
    return false;
}

const char *const *roof_terminal_names(void)
{
    return NAMES;
}
