#include "chiproof/compare/rank.h"

#include <math.h>

#include "chiproof/model/node.h"

#include "chiproof/out/rank.h"
#include "cli/chip_list.h"

/* Rows on one screen unless --top says otherwise; data have them all. */
enum { ROWS_FOR_PEOPLE = 20 };

static void people(const void *result, roof_page *page)
{
    roof_ranking_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_ranking_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_ranking_json(result, writer);
}

static bool is_for_people(const cli_options *options)
{
    return options->format == CLI_TABLE || options->format == CLI_MD;
}

/* Says why nobody has a place; true if somebody has. */
static bool has_places(const roof_ranking *ranking)
{
    if (ranking->placed_count) return true;
    if (ranking->count == 0) cli_message("no chip is left to rank");
    else if (ranking->answered_count)
        cli_message("none of the %zu chips that can run it publishes its %s", ranking->answered_count,
                    roof_measure_needs(ranking->by));
    else
        cli_message("none of %zu chips can run it; of %s: %s", ranking->count,
                    ranking->rows[0].prediction.chip->id, ranking->rows[0].prediction.refusal.message);
    return false;
}

static int show(cli_context *context, const roof_ranking *ranking)
{
    const cli_options *options = &context->options;
    bool people_read = is_for_people(options), places = has_places(ranking);
    roof_rank_view view = {ranking, (size_t)options->top, options->pareto || options->has_front_of};
    if (!view.top && people_read) view.top = ROWS_FOR_PEOPLE;
    if (people_read && !places) return EXIT_FAILED;
    int status = cli_emit(context, &(cli_result){&view, people, grid, json});
    return places ? status : EXIT_FAILED;
}

/* True unless the node asked for is one to which nothing can be brought. */
static bool settle_node(cli_context *context)
{
    cli_options *options = &context->options;
    roof_request *request = &options->request;
    roof_node_factor factor;
    roof_error error;
    bool normalises = options->by == ROOF_MEASURE_PER_NODE_WATT || request->node_m > 0;
    for (int i = 0; i < 2 && options->has_front_of; i++)
        normalises = normalises || options->front_of[i] == ROOF_MEASURE_PER_NODE_WATT;
    if (!normalises) return true;
    if (!options->has_by) options->by = ROOF_MEASURE_PER_NODE_WATT;
    if (!(request->node_m > 0)) request->node_m = 7e-9;
    if (!request->technology && !cli_context_read_technology(context)) return false;
    if (roof_node_factor_of(request->technology, ROOF_NODE_HP, request->node_m, NAN, &factor, &error) ==
        ROOF_OK)
        return true;
    cli_message("--node: %s", error.message);
    return false;
}

int cmd_rank(cli_context *context)
{
    cli_chip_list list = {0};
    roof_ranking *ranking = NULL;
    roof_error error;
    int status = EXIT_FAILED;
    if (!cli_chip_list_conditions(&context->options, &list) || !settle_node(context)) return EXIT_USAGE;
    roof_workload *workload = cli_open_model(context, context->options.words[0]);
    if (workload && cli_chip_list_open(context, &list)) {
        cli_chip_list_say_unknown(context, &list);
        if (roof_rank(cli_chip_list_chips(&list), list.count, workload, &context->options.request,
                      context->options.by, &ranking, &error) == ROOF_OK) {
            roof_stance stance = context->options.has_with ? context->options.with : ROOF_STANCE_EXPECTED;
            if (stance) roof_ranking_expect(ranking, cli_calibration(context), stance);
            if (context->options.has_front_of)
                roof_ranking_find_front(ranking, context->options.front_of[0], context->options.front_of[1]);
            status = show(context, ranking);
        } else cli_fail(context, &error);
    }
    roof_ranking_free(ranking);
    cli_chip_list_close(&list);
    roof_workload_free(workload);
    return status;
}
