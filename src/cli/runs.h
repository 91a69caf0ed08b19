/* The runs that commands over several networks have in common. */
#ifndef CLI_RUNS_H
#define CLI_RUNS_H

#include "chiproof/compare/compare.h"
#include "cli/cli.h"

/* The networks named by --model, or the default set, with the request of the command line. */
typedef struct cli_runs {
    roof_event items[CLI_MODELS];
    roof_workload *workloads[CLI_MODELS];
    int count;
} cli_runs;

/* False after a message. Release with cli_runs_close in either case. */
bool cli_runs_open(cli_context *context, cli_runs *runs);
void cli_runs_close(cli_runs *runs);

/* Opens the chips named by words[first..]; *count is how many. False after a message. */
bool cli_chips_open(cli_context *context, int first, roof_chip **chips, int *count);
void cli_chips_close(roof_chip **chips, int count);

#endif
