#include "chiproof/compare/need.h"

#include "chiproof/out/need.h"
#include "cli/chip_list.h"

/* Chips that meet the target on one screen unless --top says otherwise; data have them all. */
enum { CANDIDATES_FOR_PEOPLE = 5 };

static void people(const void *result, roof_page *page)
{
    roof_need_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_need_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_need_json(result, writer);
}

static void scratch_people(const void *result, roof_page *page)
{
    roof_scratch_page(result, page);
}

static void scratch_grid(const void *result, roof_page *page)
{
    roof_scratch_grid(result, page);
}

static void scratch_json(const void *result, roof_json_writer *writer)
{
    roof_scratch_json(result, writer);
}

/* ---- of a chip ---- */

static int solve(cli_context *context, const roof_prediction *run, const roof_target *target)
{
    const char *name = context->options.unknown;
    roof_variable only = ROOF_VARIABLE_COUNT;
    roof_need need;
    roof_error error;
    roof_code code = run->network ? ROOF_OK : run->refusal.code;
    if (code != ROOF_OK) error = run->refusal;
    else if (name) code = roof_need_variable(run, name, &only, &error);
    if (code == ROOF_OK) code = roof_need_solve(run, target, only, &need, &error);
    if (code != ROOF_OK) return cli_fail(context, &error);
    int status = cli_emit(context, &(cli_result){&need, people, grid, json});
    return roof_need_is_feasible(&need) ? status : EXIT_FAILED;
}

static int of_chip(cli_context *context, const roof_workload *workload, const roof_target *target,
                   const roof_request *request)
{
    roof_chip *chip = cli_open_chip(context, context->options.chip);
    if (!chip) return EXIT_FAILED;
    roof_prediction run;
    roof_predict(chip, workload, request, &run);
    int status = solve(context, &run, target);
    roof_prediction_free(&run);
    roof_chip_free(chip);
    return status;
}

/* ---- from scratch ---- */

static int show(cli_context *context, const roof_scratch *scratch, const roof_ranking *ranking)
{
    const cli_options *options = &context->options;
    roof_candidates candidates;
    roof_error error;
    bool for_people = options->format == CLI_TABLE || options->format == CLI_MD;
    if (roof_candidates_find(ranking, &scratch->target, &candidates, &error) != ROOF_OK)
        return cli_fail(context, &error);
    roof_scratch_view view = {scratch, ranking, &candidates, (size_t)options->top};
    if (!view.top && for_people) view.top = CANDIDATES_FOR_PEOPLE;
    int status = cli_emit(context, &(cli_result){&view, scratch_people, scratch_grid, scratch_json});
    roof_candidates_free(&candidates);
    return status;
}

/* The chips run at the precision that the need was found for. */
static int rank_chips(cli_context *context, const roof_scratch *scratch, cli_chip_list *list)
{
    roof_request request = scratch->run.request;
    roof_ranking *ranking = NULL;
    roof_error error;
    request.chips = context->options.request.chips;
    if (!cli_chip_list_open(context, list)) return EXIT_FAILED;
    cli_chip_list_say_unknown(context, list);
    if (roof_rank(cli_chip_list_chips(list), list->count, scratch->run.workload, &request,
                  ROOF_MEASURE_THROUGHPUT, &ranking, &error) != ROOF_OK)
        return cli_fail(context, &error);
    int status = show(context, scratch, ranking);
    roof_ranking_free(ranking);
    return status;
}

static int from_scratch(cli_context *context, const roof_workload *workload, const roof_target *target,
                        const roof_request *request)
{
    cli_chip_list list = {0};
    roof_scratch scratch;
    roof_error error;
    int status;
    if (!cli_chip_list_conditions(&context->options, &list)) return EXIT_USAGE;
    if (roof_scratch_solve(workload, request, target, &scratch, &error) == ROOF_OK)
        status = rank_chips(context, &scratch, &list);
    else status = cli_fail(context, &error);
    cli_chip_list_close(&list);
    roof_scratch_free(&scratch);
    return status;
}

static bool read_target(const cli_options *options, roof_target *target)
{
    roof_error error;
    if (!options->target)
        cli_message("need: say what is to be reached: --target 1000/s, 10ms, 'ttft<=200ms'");
    else if (roof_target_parse(options->target, target, &error) != ROOF_OK)
        cli_message("--target %s", error.message);
    else if (options->unknown && !options->chip)
        cli_message("need: --unknown is of a chip: name it (--chip CHIP)");
    else if (options->chip && (options->where_count || options->top > 0))
        cli_message("need: --where and --top choose among all chips: leave --chip out");
    else return true;
    return false;
}

int cmd_need(cli_context *context)
{
    roof_target target;
    roof_error error;
    roof_request request = context->options.request;
    int status = EXIT_FAILED;
    if (!read_target(&context->options, &target)) return EXIT_USAGE;
    roof_workload *workload = cli_open_model(context, context->options.words[0]);
    if (!workload) return EXIT_FAILED;
    if (roof_target_apply(&target, workload, &request, &error) != ROOF_OK) cli_fail(context, &error);
    else if (context->options.chip) status = of_chip(context, workload, &target, &request);
    else status = from_scratch(context, workload, &target, &request);
    roof_workload_free(workload);
    return status;
}
