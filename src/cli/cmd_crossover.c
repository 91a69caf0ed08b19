#include "chiproof/compare/crossover.h"

#include "chiproof/out/crossover.h"
#include "cli/runs.h"

#define CONTEXT_LIMIT 1048576.0

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

/* The search asks at every batch itself; that of the request is where both are first looked at. */
static roof_request request_of(const cli_context *context, const roof_event *event,
                               const roof_chip *const *chips)
{
    roof_request request = roof_common_request(chips, 2, &event->request);
    if (context->options.over == ROOF_SWEEP_BATCH) request.batch = 1;
    return request;
}

static int show(cli_context *context, const roof_crossover *crossover)
{
    int status = cli_emit(context, &(cli_result){crossover, people, grid, json});
    if (crossover->root_count) return status;
    cli_message("%s and %s do not change places between %s %.0f and %.0f", crossover->runs[0]->chip->id,
                crossover->runs[1]->chip->id, roof_sweep_name(crossover->axis), crossover->least,
                crossover->most);
    return EXIT_FAILED;
}

static int answer(cli_context *context, const roof_event *event, const roof_chip *const *chips)
{
    const cli_options *options = &context->options;
    roof_request request = request_of(context, event, chips);
    double most = options->limit > 0                  ? options->limit
                  : options->over == ROOF_SWEEP_BATCH ? ROOF_TURN_LIMIT
                                                      : CONTEXT_LIMIT;
    roof_prediction runs[2];
    roof_crossover crossover;
    roof_error error;
    int status = EXIT_FAILED;
    for (int i = 0; i < 2; i++) roof_predict(chips[i], event->workload, &request, &runs[i]);
    if (roof_crossover_find(&runs[0], &runs[1], options->over, 1, most, &crossover, &error) == ROOF_OK)
        status = show(context, &crossover);
    else cli_fail(context, &error);
    for (int i = 0; i < 2; i++) roof_prediction_free(&runs[i]);
    return status;
}

int cmd_crossover(cli_context *context)
{
    roof_chip *chips[2];
    cli_runs runs = {.count = 0};
    int count = 0, status = EXIT_FAILED;
    if (context->options.model_count != 1) {
        cli_message("crossover: name one network (--model M)");
        return EXIT_USAGE;
    }
    if (cli_chips_open(context, 0, chips, &count) && cli_runs_open(context, &runs))
        status = answer(context, &runs.items[0], (const roof_chip *const *)chips);
    cli_runs_close(&runs);
    cli_chips_close(chips, count);
    return status;
}
