/* What gnuplot can draw on. */
#ifndef CHIPROOF_PLOT_TERMINAL_H
#define CHIPROOF_PLOT_TERMINAL_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name users type", "file name ending, or empty for what is drawn on the screen") */
#define ROOF_TERMINALS(X) \
    X(SVG, "svg", "svg") \
    X(PNG, "png", "png") \
    X(PDF, "pdf", "pdf") \
    X(DUMB, "dumb", "") \
    X(SIXEL, "sixel", "") \
    X(CANVAS, "canvas", "html") \
    X(TIKZ, "tikz", "tex")

typedef enum roof_terminal {
#define X(id, name, extension) ROOF_TERMINAL_##id,
    ROOF_TERMINALS(X)
#undef X
        ROOF_TERMINAL_COUNT
} roof_terminal;

/* "svg". Never NULL. */
const char *roof_terminal_name(roof_terminal terminal);
/* "svg", "html", "tex"; "" for a terminal whose drawing is shown, not kept. Never NULL. */
const char *roof_terminal_extension(roof_terminal terminal);
/* Finds a terminal by its name, or by gnuplot's ("pngcairo", "sixelgd"). False: unknown, *terminal left
 * alone. */
bool roof_terminal_find(const char *name, roof_terminal *terminal);
/* All names, for a "did you mean": ROOF_TERMINAL_COUNT of them. */
const char *const *roof_terminal_names(void);

#ifdef __cplusplus
}
#endif
#endif
