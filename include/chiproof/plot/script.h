/* A figure as a gnuplot script: complete, readable, and the same bytes for the same figure.
 *
 * The script stands alone: `gnuplot roofline.gp > roofline.svg` draws it. It sends the drawing to the file
 * named by the gnuplot variable roof_output where that is set (roof_gnuplot_draw sets it), else to standard
 * output.
 *
 * Ranges, ticks, and the place of every label are computed here, so that a figure looks the same on every
 * terminal and its text never overlaps; gnuplot only draws. Style (colours, line widths, grid) comes from a
 * style text, the contents of a file in plots/. */
#ifndef CHIPROOF_PLOT_SCRIPT_H
#define CHIPROOF_PLOT_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"
#include "chiproof/plot/figure.h"
#include "chiproof/plot/terminal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed: SVG, light, built-in plain style. */
typedef struct roof_script_options {
    roof_terminal terminal;
    const char *style; /* gnuplot commands, trusted as they are; NULL: the built-in plain style */
    bool dark;         /* light on dark; a style text finds it as the gnuplot variable roof_dark */
    bool ansi;         /* colours in a DUMB drawing, for a terminal that has them */
    int width,
        height;  /* of the drawing, in the terminal's units; 0: as the figure says, else the terminal's own */
    double zoom; /* PNG: pixels per unit of the figure; 0: 2, which prints well */
} roof_script_options;

/* Appends the script. options may be NULL. Errors: NO_MEMORY, INVALID (a size beyond 8192, series without
 * points). */
roof_code roof_script_write(const roof_figure *figure, const roof_script_options *options, roof_buffer *out,
                            roof_error *error);

/* Longest text, in characters, that reaches gnuplot in one piece; more is cut and ends in "...". */
enum { ROOF_SCRIPT_TEXT_LIMIT = 240 };

/* Appends `text` as a gnuplot string that cannot be anything but that text: in double quotes, every ASCII
 * byte outside [A-Za-z0-9 ._-] as \ooo (and a digit after one, which gnuplot would take for a part of it);
 * control and bidirectional-control characters are removed (tab and newline become a space), malformed UTF-8
 * becomes U+FFFD, other characters stay. For TIKZ the characters that TeX acts on are written as TeX commands
 * first, and for CANVAS, whose text lands in a <script>, angle brackets become round ones. This is the one
 * way text reaches a script. */
void roof_script_quote(roof_buffer *out, roof_terminal terminal, const char *text);

#ifdef __cplusplus
}
#endif
#endif
