/* What calibrate and backtest share: the published results as cells. */
#ifndef CLI_CALIBRATE_H
#define CLI_CALIBRATE_H

#include "chiproof/efficiency/calibration.h"
#include "cli/measured.h"
#include "cli/progress.h"

typedef struct cli_cells {
    cli_measured measured;
    roof_cells cells;
} cli_cells;

/* Joins every published result to its chip and model. False after a message; close it either way. */
bool cli_cells_open(cli_context *context, cli_cells *out);
void cli_cells_close(cli_cells *cells);

#endif
