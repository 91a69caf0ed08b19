#include "chiproof/out/predict.h"
#include "cli/answer.h"

static void people(const void *result, roof_page *page)
{
    roof_explanation_page(result, false, page);
}

static void people_with_layers(const void *result, roof_page *page)
{
    roof_explanation_page(result, true, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_explanation_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_explanation_json(result, writer);
}

int cmd_explain(cli_context *context)
{
    return cli_answer(context, context->options.layers ? people_with_layers : people, grid, json);
}
