/* Running gnuplot, so that nothing is left half done.
 *
 * gnuplot works in a folder of ours made beside the target, on file names of ours, with no input, its own
 * process group, and a time limit. A target is replaced, by a rename, only when gnuplot has ended with
 * success and every drawing of that run is whole (not empty, and for SVG, PNG, PDF, HTML and TeX with the
 * right first and last bytes). On every other path the old target stays as it was, and on every path the
 * folder is removed.
 *
 * The library reads no environment; gnuplot is found on the PATH and inherits the environment but for LC_ALL
 * (set to C.UTF-8), LANGUAGE and GNUTERM. A caller that ignores SIGCHLD cannot use this: the exit status
 * would be lost. */
#ifndef CHIPROOF_PLOT_GNUPLOT_H
#define CHIPROOF_PLOT_GNUPLOT_H

#include <signal.h>
#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"
#include "chiproof/plot/terminal.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Zeroed, or NULL in its place: "gnuplot" from the PATH, 30 seconds, never cancelled. */
typedef struct roof_gnuplot_options {
    const char *program;                 /* a name on the PATH, or a path */
    double timeout_s;                    /* for each process */
    const volatile sig_atomic_t *cancel; /* a signal handler of the caller may set it: gnuplot is then killed,
                                          * all is cleaned up, and the call fails with EXTERNAL */
    const char *scratch;                 /* folder for what has no target; NULL: /tmp */
    /* Called now and then while gnuplot works, with how many drawings it has begun; NULL: not called. */
    void (*progress)(size_t begun, size_t count, void *data);
    void *data; /* for it */
} roof_gnuplot_options;

/* One output: a script of roof_script_write, the terminal it was written for, and the file to make. */
typedef struct roof_drawing {
    const char *script;
    roof_terminal terminal;
    const char *target; /* any characters; its folder is made if absent */
} roof_drawing;

/* Draws all, those that share a folder with the one before in one gnuplot process. Stops at the first process
 * that fails. *drawn (may be NULL) is how many targets were replaced, in order. Errors: EXTERNAL (gnuplot is
 * missing, fails, is killed, or ends well without a whole drawing; the message has the first line of what it
 * said), TIMEOUT, IO (folder or target cannot be written), INVALID (an empty or missing target), NO_MEMORY.
 */
roof_code roof_gnuplot_draw(const roof_drawing *drawings, size_t count, const roof_gnuplot_options *options,
                            size_t *drawn, roof_error *error);

/* Draws one script and appends the drawing (characters of DUMB, escape sequences of SIXEL, or any other) to
 * out. Errors: as above. */
roof_code roof_gnuplot_draw_text(const char *script, roof_terminal terminal,
                                 const roof_gnuplot_options *options, roof_buffer *out, roof_error *error);

/* True if text holds Chinese, Japanese or Korean characters, which a PNG or PDF needs a font for. */
bool roof_text_has_cjk(const char *text);
/* Whether such a font is installed, asked of fontconfig (`fc-list :lang=zh`). False also when there is no
 * fc-list. Without a font a PNG gets black boxes while gnuplot reports success: draw Latin names instead.
 * Takes some milliseconds: ask once. program: NULL for "fc-list". */
bool roof_fonts_have_cjk(const char *program);

#ifdef __cplusplus
}
#endif
#endif
