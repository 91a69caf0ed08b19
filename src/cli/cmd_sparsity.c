#include "chiproof/out/curve.h"
#include "cli/cli.h"

static void people(const void *result, roof_page *page)
{
    roof_curve_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_curve_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_curve_json(result, writer);
}

int cmd_sparsity(cli_context *context)
{
    roof_chip *chip = cli_open_chip(context, context->options.words[0]);
    roof_workload *workload = chip ? cli_open_model(context, context->options.words[1]) : NULL;
    roof_curve curve;
    roof_error error;
    int status = EXIT_FAILED;
    if (workload) {
        if (roof_curve_find(chip, workload, &context->options.request, &curve, &error) == ROOF_OK)
            status = cli_emit(context, &(cli_result){&curve, people, grid, json});
        else cli_fail(context, &error);
        roof_curve_free(&curve);
    }
    roof_workload_free(workload);
    roof_chip_free(chip);
    return status;
}
