/* Putting figures where they were asked for. */
#ifndef CLI_DRAW_H
#define CLI_DRAW_H

#include "chiproof/plot/figure.h"
#include "chiproof/plot/gnuplot.h"
#include "cli/cli.h"
#include "cli/progress.h"

/* Figures on their way: scripts, drawn together at the end. */
typedef struct cli_album {
    cli_context *context;
    roof_terminal terminal;
    bool latin; /* the drawing cannot show Chinese characters */
    struct cli_sheet {
        char *name, *script, *target; /* target NULL: shown, not kept */
    } * sheets;
    size_t count, room;
    cli_progress progress;
} cli_album;

/* Chooses the terminal of --term (SVG without one). False after a message for a name that gnuplot has not.
 * Release with cli_album_close in either case. */
bool cli_album_open(cli_context *context, cli_album *album);
/* Writes the script of the figure `name` with the style from plots/. False after a message. */
bool cli_album_add(cli_album *album, const char *name, const roof_figure *figure);
/* Prints the scripts (--dump), draws on the screen, or into files, whose paths it prints. Files that would
 * come out the same are left alone. */
int cli_album_finish(cli_album *album);
void cli_album_close(cli_album *album);

#endif
