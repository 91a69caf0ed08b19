#include "cli/answer.h"

int cli_answer(cli_context *context, void (*people)(const void *, roof_page *),
               void (*grid)(const void *, roof_page *), void (*json)(const void *, roof_json_writer *))
{
    roof_chip *chip = cli_open_chip(context, context->options.words[0]);
    roof_workload *workload = chip ? cli_open_model(context, context->options.words[1]) : NULL;
    int status = EXIT_FAILED;
    if (workload) {
        roof_prediction prediction;
        roof_forecast forecast;
        roof_code code = roof_predict(chip, workload, &context->options.request, &prediction);
        bool for_people = context->options.format == CLI_TABLE || context->options.format == CLI_MD;
        if (code != ROOF_OK) cli_message("%s", prediction.refusal.message);
        roof_forecast_make(cli_calibration(context), &prediction, &forecast);
        roof_forecast_parts parts;
        roof_forecast_explain(cli_calibration(context), &prediction, &parts);
        cli_answered answered = {&prediction, &forecast, &parts};
        if (code == ROOF_OK || !for_people)
            status = cli_emit(context, &(cli_result){&answered, people, grid, json});
        if (code != ROOF_OK) status = EXIT_FAILED;
        roof_prediction_free(&prediction);
    }
    roof_workload_free(workload);
    roof_chip_free(chip);
    return status;
}
