#include "chiproof/compare/sensitivity.h"

#include "chiproof/out/sensitivity.h"
#include "cli/pair.h"

static void people(const void *result, roof_page *page)
{
    roof_sensitivity_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_sensitivity_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_sensitivity_json(result, writer);
}

static void verdict_people(const void *result, roof_page *page)
{
    roof_verdict_page(result, page);
}

static void verdict_grid(const void *result, roof_page *page)
{
    roof_verdict_grid(result, page);
}

static void verdict_json(const void *result, roof_json_writer *writer)
{
    roof_verdict_json(result, writer);
}

static int show(cli_context *context, const roof_prediction *runs, int count)
{
    roof_sensitivity sensitivity;
    roof_verdict verdict;
    roof_error error;
    if (count == 1 && roof_sensitivity_find(&runs[0], &sensitivity, &error) == ROOF_OK)
        return cli_emit(context, &(cli_result){&sensitivity, people, grid, json});
    if (count == 2 && roof_verdict_find(&runs[0], &runs[1], &verdict, &error) == ROOF_OK)
        return cli_emit(context, &(cli_result){&verdict, verdict_people, verdict_grid, verdict_json});
    return cli_fail(context, &error);
}

int cmd_sensitivity(cli_context *context)
{
    return cli_run_chips(context, show);
}
