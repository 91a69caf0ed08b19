/* What a figure was made from, in one short word. */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "chiproof/figures/figures.h"
#include "cli/cli.h"

/* Appends "inputs 1f0a33c2 (2 chips, 6 models)": a hash of the bytes of every spec file that the figure rests
 * on (those of the things that a card or system contains too) and of every workload file; and the hash of the
 * calibration that says what to expect. */
void cli_put_inputs(const cli_context *context, const roof_figure_kind *kind,
                    const roof_figure_request *request, roof_buffer *out);

#endif
