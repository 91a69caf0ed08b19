/* A bar on stderr for work that takes over a second, where stderr is a terminal. */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "chiproof/efficiency/calibration.h"
#include "cli/cli.h"

typedef struct cli_progress {
    bool wanted, shown;
    double begun_s;
    const char *what;     /* of cli_progress_of */
    roof_progress shares; /* the same */
} cli_progress;

void cli_progress_begin(const cli_context *context, cli_progress *progress);
/* Shows that `done` of `total` steps are done, if a second has passed. */
void cli_progress_show(cli_progress *progress, size_t done, size_t total, const char *what);
/* Begins one for work of the library, which tells the share that is done; NULL where no bar is wanted. */
const roof_progress *cli_progress_of(const cli_context *context, const char *what, cli_progress *progress);
/* Wipes it away. */
void cli_progress_end(cli_progress *progress);

#endif
