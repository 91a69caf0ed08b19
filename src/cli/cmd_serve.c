#include "chiproof/out/serve.h"
#include "cli/cli.h"

static void people(const void *result, roof_page *page)
{
    roof_serving_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_serving_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_serving_json(result, writer);
}

/* No number is made up for what only a measurement of the two models tells. */
static bool speculation_is_whole(const cli_options *options)
{
    bool proposed = options->proposed > 0, acceptance = options->has_acceptance;
    if (!options->draft && !proposed && !acceptance) return true;
    if (options->draft && proposed && acceptance) return true;
    cli_message("serve: speculation takes --draft MODEL, --speculate K and --acceptance A, all three");
    return false;
}

static int show(cli_context *context, const roof_chip *chip, const roof_workload *model,
                const roof_workload *draft)
{
    const cli_options *options = &context->options;
    roof_serve_request request = {options->request, options->chunk, draft, options->proposed,
                                  options->acceptance};
    roof_serving serving;
    bool for_people = options->format == CLI_TABLE || options->format == CLI_MD;
    int status = EXIT_FAILED;
    roof_code code = roof_serve(chip, model, &request, &serving);
    if (code != ROOF_OK) cli_message("%s", serving.refusal.message);
    if (code == ROOF_OK || !for_people)
        status = cli_emit(context, &(cli_result){&serving, people, grid, json});
    roof_serving_free(&serving);
    return code == ROOF_OK ? status : EXIT_FAILED;
}

int cmd_serve(cli_context *context)
{
    const cli_options *options = &context->options;
    int status = EXIT_FAILED;
    if (!speculation_is_whole(options)) return EXIT_USAGE;
    roof_chip *chip = cli_open_chip(context, options->words[0]);
    roof_workload *model = chip ? cli_open_model(context, options->words[1]) : NULL;
    roof_workload *draft = model && options->draft ? cli_open_model(context, options->draft) : NULL;
    if (model && (draft || !options->draft)) status = show(context, chip, model, draft);
    roof_workload_free(draft);
    roof_workload_free(model);
    roof_chip_free(chip);
    return status;
}
