#include "cli/pair.h"

int cli_run_chips(cli_context *context,
                  int (*show)(cli_context *context, const roof_prediction *runs, int count))
{
    const cli_options *options = &context->options;
    roof_chip *chips[2] = {NULL, NULL};
    roof_workload *workload = NULL;
    int count = options->word_count - 1, opened = 0, status = EXIT_FAILED;
    while (opened < count && (chips[opened] = cli_open_chip(context, options->words[opened]))) opened++;
    if (opened == count) workload = cli_open_model(context, options->words[count]);
    if (workload) {
        roof_prediction runs[2];
        const roof_chip *const *list = (const roof_chip *const *)chips;
        roof_request request =
            count == 2 ? roof_common_request(list, 2, &options->request) : options->request;
        for (int i = 0; i < count; i++) roof_predict(chips[i], workload, &request, &runs[i]);
        status = show(context, runs, count);
        for (int i = 0; i < count; i++) roof_prediction_free(&runs[i]);
    }
    roof_workload_free(workload);
    for (int i = 0; i < 2; i++) roof_chip_free(chips[i]);
    return status;
}
