#include "chiproof/compare/scaling.h"

#include "chiproof/out/scaling.h"
#include "cli/cli.h"

static void people(const void *result, roof_page *page)
{
    roof_scaling_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_scaling_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_scaling_json(result, writer);
}

static int show(cli_context *context, const roof_chip *chip, const roof_workload *model)
{
    const cli_options *options = &context->options;
    roof_request request = options->request;
    roof_scaling scaling;
    bool for_people = options->format == CLI_TABLE || options->format == CLI_MD;
    int status = EXIT_FAILED;
    if (!options->has_plan) request.plan = ROOF_PLAN_BEST;
    double to = options->to > 0 ? options->to : roof_scaling_default_limit(chip);
    roof_code code = roof_scaling_find(chip, model, &request, to, options->weak, &scaling);
    if (code != ROOF_OK) cli_message("%s", scaling.refusal.message);
    if (code == ROOF_OK || !for_people)
        status = cli_emit(context, &(cli_result){&scaling, people, grid, json});
    roof_scaling_free(&scaling);
    return code == ROOF_OK ? status : EXIT_FAILED;
}

int cmd_scaling(cli_context *context)
{
    const cli_options *options = &context->options;
    if (options->weak && options->strong) {
        cli_message("scaling: --strong or --weak, not both");
        return EXIT_USAGE;
    }
    roof_chip *chip = cli_open_chip(context, options->words[0]);
    roof_workload *model = chip ? cli_open_model(context, options->words[1]) : NULL;
    int status = model ? show(context, chip, model) : EXIT_FAILED;
    roof_workload_free(model);
    roof_chip_free(chip);
    return status;
}
