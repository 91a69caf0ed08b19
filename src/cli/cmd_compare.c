#include "chiproof/compare/compare.h"

#include "chiproof/out/compare.h"
#include "cli/runs.h"

static void people(const void *result, roof_page *page)
{
    roof_comparison_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_comparison_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_comparison_json(result, writer);
}

int cmd_compare(cli_context *context)
{
    roof_chip *chips[ROOF_COMPARED_LIMIT];
    cli_runs runs = {.count = 0};
    roof_comparison *comparison = NULL;
    roof_error error;
    int count = 0, status = EXIT_FAILED;
    if (cli_chips_open(context, 0, chips, &count) && cli_runs_open(context, &runs)) {
        if (roof_compare((const roof_chip *const *)chips, (size_t)count, runs.items, (size_t)runs.count,
                         context->options.per, &comparison, &error) == ROOF_OK &&
            roof_comparison_forecast(comparison, cli_calibration(context), &error) == ROOF_OK)
            status = cli_emit(context, &(cli_result){comparison, people, grid, json});
        else cli_fail(context, &error);
    }
    roof_comparison_free(comparison);
    cli_runs_close(&runs);
    cli_chips_close(chips, count);
    return status;
}
