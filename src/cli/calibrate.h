/* What calibrate and backtest share: the published results as cells, and a bar for long work. */
#ifndef CLI_CALIBRATE_H
#define CLI_CALIBRATE_H

#include "chiproof/efficiency/calibration.h"
#include "cli/measured.h"

typedef struct cli_cells {
    cli_measured measured;
    roof_cells cells;
} cli_cells;

/* Joins every published result to its chip and model. False after a message; close it either way. */
bool cli_cells_open(cli_context *context, cli_cells *out);
void cli_cells_close(cli_cells *cells);

typedef struct cli_bar {
    const char *what;
    double began;
    bool shown;
    roof_progress progress;
} cli_bar;

/* A bar on stderr, once the work has taken a second, if that is a terminal; else NULL: nothing is told. */
const roof_progress *cli_bar_start(const cli_context *context, const char *what, cli_bar *bar);
void cli_bar_end(cli_bar *bar);

#endif
