#include "chiproof/out/predict.h"
#include "cli/answer.h"

static void people(const void *result, roof_page *page)
{
    const cli_answered *answered = result;
    roof_prediction_page(answered->prediction, answered->forecast, page);
}

static void grid(const void *result, roof_page *page)
{
    const cli_answered *answered = result;
    roof_prediction_grid(answered->prediction, answered->forecast, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    const cli_answered *answered = result;
    roof_prediction_json(answered->prediction, answered->forecast, writer);
}

int cmd_predict(cli_context *context)
{
    return cli_answer(context, people, grid, json);
}
