/* A user's own results, kept in the data home beside the shipped ones: one file for each that was added,
 * under its name. */
#ifndef CLI_OWN_H
#define CLI_OWN_H

#include "chiproof/efficiency/calibration.h"
#include "cli/measured.h"

/* Conditions the calibration on every result that is kept; what is wrong with them is said. */
void cli_own_condition(cli_context *context, roof_calibration *calibration);

/* Shows what became of the rows. */
typedef int (*cli_own_show)(const cli_context *context, const roof_cells *cells, const char *path);
/* Checks a file of results, shows them, and keeps a copy; nothing is kept of a file with a fault. */
int cli_own_add(cli_context *context, const char *file, cli_own_show show);
/* Removes what was kept under the file's name. */
int cli_own_forget(const char *file);

#endif
