/* One chip, one model, one answer: what predict and explain have in common. */
#ifndef CLI_ANSWER_H
#define CLI_ANSWER_H

#include "chiproof/efficiency/forecast.h"
#include "cli/cli.h"

typedef struct cli_answered {
    const roof_prediction *prediction;
    const roof_forecast *forecast; /* not given where there is no calibration */
    const roof_forecast_parts *parts;
} cli_answered;

/* Opens words[0] and words[1], predicts, and shows the cli_answered through the functions given. A refusal
 * is a message on stderr and EXIT_FAILED; in JSON and CSV it is also the result. */
int cli_answer(cli_context *context, void (*people)(const void *, roof_page *),
               void (*grid)(const void *, roof_page *), void (*json)(const void *, roof_json_writer *));

#endif
