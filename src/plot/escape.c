/* Text on its way to gnuplot. Names come from other people's files, and gnuplot runs what stands in
 * backquotes. */
#include <string.h>

#include "chiproof/base/text.h"
#include "plot.h"

static void put_scalar(roof_buffer *out, const char *bytes, size_t length, unsigned scalar)
{
    if (scalar == '\t' || scalar == '\n' || scalar == '\r') roof_buffer_append_char(out, ' ');
    else if (!roof_scalar_is_unsafe(scalar)) roof_buffer_append_bytes(out, bytes, length);
}

void roof_plot_clean(roof_buffer *out, const char *text, size_t limit)
{
    if (!text) return;
    size_t left = strlen(text), used = 0;
    while (left > 0) {
        if (used == limit) {
            roof_buffer_append(out, "...");
            return;
        }
        unsigned scalar = 0;
        size_t length = roof_utf8_sequence(text, left, &scalar);
        size_t before = out->length;
        if (length) put_scalar(out, text, length, scalar);
        else roof_buffer_append(out, "\xEF\xBF\xBD"); /* U+FFFD */
        if (out->failed) return;
        used += out->length > before;
        length = length ? length : 1;
        text += length;
        left -= length;
    }
}

char *roof_plot_clean_copy(roof_arena *arena, const char *text, size_t limit)
{
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_plot_clean(&buffer, text, limit);
    char *copy = buffer.failed ? NULL : roof_arena_strdup(arena, roof_buffer_text(&buffer));
    roof_buffer_free(&buffer);
    return copy;
}

/* TeX would act on these; the terminal passes them through. */
static const char *tex_for(char c)
{
    switch (c) {
    case '\\': return "{\\textbackslash}";
    case '{': return "\\{";
    case '}': return "\\}";
    case '$': return "\\$";
    case '&': return "\\&";
    case '#': return "\\#";
    case '%': return "\\%";
    case '_': return "\\_";
    case '^': return "{\\textasciicircum}";
    case '~': return "{\\textasciitilde}";
    case '<': return "{\\textless}";
    case '>': return "{\\textgreater}";
    case '|': return "{\\textbar}";
    case '"': return "{\\char34}";
    case '\'': return "{\\char39}";
    case '`': return "{\\char96}";
    default: return NULL;
    }
}

/* gnuplot puts the text of a canvas into a <script> and leaves `</script>` as it is. */
static const char *canvas_for(char c)
{
    return c == '<' ? "(" : c == '>' ? ")" : NULL;
}

/* gnuplot reads an octal escape for as long as digits follow, not for three of them: `\0501` is not `(1`. So
 * a digit after an escape is written as an escape too. */
static bool is_plain(unsigned char byte, bool after_escape)
{
    if (after_escape && byte >= '0' && byte <= '7') return false;
    return byte >= 128 || (byte >= '0' && byte <= '9') || (byte >= 'A' && byte <= 'Z') ||
           (byte >= 'a' && byte <= 'z') || byte == ' ' || byte == '.' || byte == '_' || byte == '-';
}

static void put_byte(roof_buffer *out, char c, bool *after_escape)
{
    unsigned char byte = (unsigned char)c;
    *after_escape = !is_plain(byte, *after_escape);
    if (*after_escape) roof_buffer_printf(out, "\\%03o", byte);
    else roof_buffer_append_char(out, c);
}

/* A format has its per cent signs doubled, after TeX has had its say: `\%` must become `\%%`. */
static void put_bytes(roof_buffer *out, const char *bytes, size_t length, bool format, bool *after_escape)
{
    for (size_t i = 0; i < length; i++) {
        put_byte(out, bytes[i], after_escape);
        if (format && bytes[i] == '%') put_byte(out, '%', after_escape);
    }
}

static void quote(roof_buffer *out, roof_terminal terminal, const char *text, bool format)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    roof_plot_clean(&clean, text, ROOF_SCRIPT_TEXT_LIMIT);
    if (clean.failed) out->failed = true;
    bool after_escape = false;
    roof_buffer_append_char(out, '"');
    for (const char *at = roof_buffer_text(&clean); *at; at++) {
        const char *instead = terminal == ROOF_TERMINAL_TIKZ     ? tex_for(*at)
                              : terminal == ROOF_TERMINAL_CANVAS ? canvas_for(*at)
                                                                 : NULL;
        put_bytes(out, instead ? instead : at, instead ? strlen(instead) : 1, format, &after_escape);
    }
    roof_buffer_append_char(out, '"');
    roof_buffer_free(&clean);
}

void roof_script_quote(roof_buffer *out, roof_terminal terminal, const char *text)
{
    quote(out, terminal, text, false);
}

void roof_script_quote_format(roof_buffer *out, roof_terminal terminal, const char *text)
{
    quote(out, terminal, text, true);
}
