#include "chiproof/compare/crossover.h"

#include "chiproof/out/crossover.h"
#include "cli/runs.h"

static const double limits[ROOF_SWEEP_COUNT] = {[ROOF_SWEEP_BATCH] = ROOF_TURN_LIMIT,
                                                [ROOF_SWEEP_CONTEXT] = 1048576,
                                                [ROOF_SWEEP_SPARSITY] = 32,
                                                [ROOF_SWEEP_INTENSITY] = 1e6,
                                                [ROOF_SWEEP_PRECISION] = ROOF_PRECISION_UNSTATED};

/* What stands for the network where only the intensity of an operator counts. */
static const char operator_text[] =
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"operator\", \"name\": \"An operator\", "
    "\"totals\": {\"macs\": 1, \"params\": 1, \"input_elements\": 1, \"output_elements\": 1}}";

static void people(const void *result, roof_page *page)
{
    roof_crossover_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_crossover_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_crossover_json(result, writer);
}

static double limit_of(const cli_options *options)
{
    return options->limit > 0 ? options->limit : limits[options->over];
}

/* The search asks at every batch itself; that of the request is where both are first looked at. */
static roof_request request_of(const cli_context *context, const roof_event *event,
                               const roof_chip *const *chips)
{
    roof_request request = roof_common_request(chips, 2, &event->request);
    if (context->options.over == ROOF_SWEEP_BATCH) request.batch = 1;
    if (context->options.over == ROOF_SWEEP_SPARSITY) {
        request.has_sparsity = true;
        request.sparsity.zeros = 1 - 1 / limit_of(&context->options);
    }
    return request;
}

static int show(cli_context *context, const roof_crossover *crossover)
{
    int status = cli_emit(context, &(cli_result){crossover, people, grid, json});
    if (crossover->root_count || crossover->turns || crossover->expected_turns) return status;
    if (crossover->axis == ROOF_SWEEP_PRECISION)
        cli_message("%s and %s do not change places between precisions", crossover->runs[0]->chip->id,
                    crossover->runs[1]->chip->id);
    else
        cli_message("%s and %s do not change places between %s %g and %.0f%s", crossover->runs[0]->chip->id,
                    crossover->runs[1]->chip->id, roof_sweep_name(crossover->axis), crossover->least,
                    crossover->most, roof_sweep_unit(crossover->axis));
    return EXIT_FAILED;
}

static int answer(cli_context *context, const roof_event *event, const roof_chip *const *chips)
{
    const cli_options *options = &context->options;
    roof_request request = request_of(context, event, chips);
    double least = options->over == ROOF_SWEEP_INTENSITY   ? 0.01
                   : options->over == ROOF_SWEEP_PRECISION ? 0
                                                           : 1;
    roof_prediction runs[2];
    roof_crossover crossover;
    roof_error error;
    int status = EXIT_FAILED;
    for (int i = 0; i < 2; i++) roof_predict(chips[i], event->workload, &request, &runs[i]);
    if (roof_crossover_find(&runs[0], &runs[1], options->over, least, limit_of(options), &crossover,
                            &error) == ROOF_OK) {
        if (options->over == ROOF_SWEEP_BATCH) roof_crossover_expect(&crossover, cli_calibration(context));
        status = show(context, &crossover);
    } else cli_fail(context, &error);
    for (int i = 0; i < 2; i++) roof_prediction_free(&runs[i]);
    return status;
}

static bool open_operator(const cli_context *context, cli_runs *runs)
{
    roof_workload *workload = NULL;
    roof_error error;
    if (roof_workload_parse(operator_text, sizeof operator_text - 1, "operator", NULL, &workload, &error) !=
        ROOF_OK)
        return cli_fail(context, &error) == EXIT_DONE;
    runs->workloads[runs->count] = workload;
    runs->items[runs->count++] = (roof_event){workload, context->options.request};
    return true;
}

int cmd_crossover(cli_context *context)
{
    roof_chip *chips[2];
    cli_runs runs = {.count = 0};
    int count = 0, status = EXIT_FAILED;
    bool without = context->options.over == ROOF_SWEEP_INTENSITY && context->options.model_count == 0;
    if (context->options.model_count != 1 && !without) {
        cli_message("crossover: name one network (--model M)");
        return EXIT_USAGE;
    }
    if (cli_chips_open(context, 0, chips, &count) &&
        (without ? open_operator(context, &runs) : cli_runs_open(context, &runs)))
        status = answer(context, &runs.items[0], (const roof_chip *const *)chips);
    cli_runs_close(&runs);
    cli_chips_close(chips, count);
    return status;
}
