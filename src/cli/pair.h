/* One chip or two, and a model: what sensitivity and explain have in common. */
#ifndef CLI_PAIR_H
#define CLI_PAIR_H

#include "cli/cli.h"

/* Opens the model, which is the last word, and the one or two chips before it, predicts the same run on each
 * (two of them at a precision that both have), and hands the predictions over; refused ones too. */
int cli_run_chips(cli_context *context,
                  int (*show)(cli_context *context, const roof_prediction *runs, int count));

#endif
