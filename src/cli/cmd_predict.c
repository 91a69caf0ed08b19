#include "chiproof/out/predict.h"
#include "cli/answer.h"

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
    return cli_answer(context, people, grid, json);
}
