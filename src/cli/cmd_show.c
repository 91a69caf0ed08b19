#include "chiproof/out/chip.h"
#include "chiproof/out/findings.h"
#include "chiproof/out/workload.h"
#include "cli/cli.h"

typedef struct chip_view {
    const roof_chip *chip;
    roof_report findings;
} chip_view;

static void chip_people(const void *result, roof_page *page)
{
    const chip_view *view = result;
    roof_chip_page(view->chip, &view->findings, page);
}

static void chip_grid(const void *result, roof_page *page)
{
    roof_chip_grid(((const chip_view *)result)->chip, page);
}

static void chip_json(const void *result, roof_json_writer *writer)
{
    const chip_view *view = result;
    roof_chip_json(view->chip, writer);
    roof_findings_json(&view->findings, writer);
}

static void model_people(const void *result, roof_page *page)
{
    roof_workload_page(result, page);
}

static void model_grid(const void *result, roof_page *page)
{
    roof_workload_grid(result, page);
}

static void model_json(const void *result, roof_json_writer *writer)
{
    roof_workload_json(result, writer);
}

static int show_model(cli_context *context, const char *name)
{
    const roof_request *request = &context->options.request;
    roof_workload *workload = cli_open_model(context, name);
    roof_network *network = NULL;
    roof_error error;
    int status = EXIT_FAILED;
    if (!workload) return EXIT_FAILED;
    if (roof_workload_expand(workload, request->phase, request->prompt, request->context, &network, &error) ==
        ROOF_OK) {
        roof_workload_view view = {workload, network,
                                   request->has_precision ? request->precision : ROOF_PRECISION_INT8,
                                   request->batch > 0 ? request->batch : 1};
        status = cli_emit(context, &(cli_result){&view, model_people, model_grid, model_json});
    } else {
        cli_fail(context, &error);
    }
    roof_network_free(network);
    roof_workload_free(workload);
    return status;
}

static int show_chip(cli_context *context, const char *name)
{
    chip_view view = {NULL, ROOF_REPORT_EMPTY};
    roof_chip *chip = cli_inspect_chip(context, name, &view.findings);
    int status = EXIT_FAILED;
    view.chip = chip;
    if (chip) status = cli_emit(context, &(cli_result){&view, chip_people, chip_grid, chip_json});
    roof_report_clear(&view.findings);
    roof_chip_free(chip);
    return status;
}

int cmd_show(cli_context *context)
{
    const char *name = context->options.words[0];
    roof_entry entry;
    roof_error error, ignored;
    bool chip = roof_catalogue_find(context->chips, name, &entry, &error) == ROOF_OK;
    if (!chip && roof_catalogue_find(context->models, name, &entry, &ignored) == ROOF_OK)
        return show_model(context, name);
    if (chip && !entry.id[0] && cli_file_is_model(entry.path)) return show_model(context, name);
    return show_chip(context, name);
}
