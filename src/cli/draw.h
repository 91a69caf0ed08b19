/* Putting a figure where it was asked for. */
#ifndef CLI_DRAW_H
#define CLI_DRAW_H

#include "chiproof/plot/figure.h"
#include "chiproof/plot/terminal.h"
#include "cli/cli.h"

/* The terminal of --term (SVG without one). False after a message for a name that gnuplot has not. */
bool cli_choose_terminal(const cli_options *options, roof_terminal *terminal);

/* Writes the script of the figure `name` with its style from plots/, and prints it (--dump), draws it on the
 * screen, or into its file, whose path it prints. */
int cli_draw(const cli_context *context, const char *name, const roof_figure *figure, roof_terminal terminal);

#endif
