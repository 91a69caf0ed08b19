#include "chiproof/out/predict.h"
#include "cli/cli.h"

static void people(const void *result, roof_page *page)
{
    roof_prediction_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_prediction_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_prediction_json(result, writer);
}

int cmd_predict(cli_context *context)
{
    roof_chip *chip = cli_open_chip(context, context->options.words[0]);
    roof_workload *workload = chip ? cli_open_model(context, context->options.words[1]) : NULL;
    int status = EXIT_FAILED;
    if (workload) {
        roof_prediction prediction;
        roof_code code = roof_predict(chip, workload, &context->options.request, &prediction);
        if (code != ROOF_OK && context->options.format == CLI_TABLE)
            cli_message("%s", prediction.refusal.message);
        else status = cli_emit(context, &(cli_result){&prediction, people, grid, json});
        if (code != ROOF_OK) status = EXIT_FAILED;
        roof_prediction_free(&prediction);
    }
    roof_workload_free(workload);
    roof_chip_free(chip);
    return status;
}
