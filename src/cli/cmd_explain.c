#include "chiproof/compare/need.h"
#include "chiproof/compare/sensitivity.h"
#include "chiproof/out/explain.h"
#include "chiproof/out/need.h"
#include "chiproof/out/predict.h"
#include "chiproof/out/sensitivity.h"
#include "cli/answer.h"
#include "cli/pair.h"

/* ---- the answer of one chip ---- */

static void people(const void *result, roof_page *page)
{
    const cli_answered *answered = result;
    roof_explanation_page(answered->prediction, &(roof_expected){answered->forecast, answered->parts}, false,
                          page);
}

static void people_with_layers(const void *result, roof_page *page)
{
    const cli_answered *answered = result;
    roof_explanation_page(answered->prediction, &(roof_expected){answered->forecast, answered->parts}, true,
                          page);
}

static void grid(const void *result, roof_page *page)
{
    roof_explanation_grid(((const cli_answered *)result)->prediction, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    const cli_answered *answered = result;
    roof_explanation_json(answered->prediction, &(roof_expected){answered->forecast, answered->parts},
                          writer);
}

/* ---- the ratio of two ---- */

static void ratio_people(const void *result, roof_page *page)
{
    roof_ratio_explanation_page(result, page);
}

static void ratio_grid(const void *result, roof_page *page)
{
    roof_verdict_grid(result, page);
}

static void ratio_json(const void *result, roof_json_writer *writer)
{
    roof_verdict_json(result, writer);
}

/* ---- what moves the bound ---- */

static void sensitivity_people(const void *result, roof_page *page)
{
    roof_sensitivity_explanation_page(result, page);
}

static void sensitivity_grid(const void *result, roof_page *page)
{
    roof_sensitivity_grid(result, page);
}

static void sensitivity_json(const void *result, roof_json_writer *writer)
{
    roof_sensitivity_json(result, writer);
}

/* ---- what a target needs ---- */

static void need_people(const void *result, roof_page *page)
{
    roof_need_explanation_page(result, page);
}

static void need_grid(const void *result, roof_page *page)
{
    roof_need_grid(result, page);
}

static void need_json(const void *result, roof_json_writer *writer)
{
    roof_need_json(result, writer);
}

static int explain_need(cli_context *context, const roof_prediction *run)
{
    roof_target target;
    roof_variable only = ROOF_VARIABLE_COUNT;
    roof_need need;
    roof_error error;
    roof_request request = run->request;
    roof_code code = run->network ? ROOF_OK : run->refusal.code;
    if (code != ROOF_OK) error = run->refusal;
    if (code == ROOF_OK) code = roof_target_parse(context->options.target, &target, &error);
    if (code == ROOF_OK) code = roof_target_apply(&target, run->workload, &request, &error);
    if (code == ROOF_OK && context->options.unknown)
        code = roof_need_variable(run, context->options.unknown, &only, &error);
    if (code == ROOF_OK) code = roof_need_solve(run, &target, only, &need, &error);
    if (code != ROOF_OK) return cli_fail(context, &error);
    return cli_emit(context, &(cli_result){&need, need_people, need_grid, need_json});
}

static int show(cli_context *context, const roof_prediction *runs, int count)
{
    roof_sensitivity sensitivity;
    roof_verdict verdict;
    roof_error error;
    if (count == 2 && roof_verdict_find(&runs[0], &runs[1], &verdict, &error) == ROOF_OK)
        return cli_emit(context, &(cli_result){&verdict, ratio_people, ratio_grid, ratio_json});
    if (count == 2) return cli_fail(context, &error);
    if (context->options.target) return explain_need(context, &runs[0]);
    if (roof_sensitivity_find(&runs[0], &sensitivity, &error) == ROOF_OK)
        return cli_emit(context,
                        &(cli_result){&sensitivity, sensitivity_people, sensitivity_grid, sensitivity_json});
    return cli_fail(context, &error);
}

/* The target is read before any file: a wrong one is wrong usage. TTFT and TPOT choose the phase. */
static bool prepare(cli_options *options)
{
    roof_target target;
    roof_error error;
    if (options->unknown && !options->target) {
        cli_message("explain: --unknown is of a target: name it (--target T)");
        return false;
    }
    if (options->word_count == 3 && (options->target || options->sensitivity || options->layers)) {
        cli_message("explain: two chips are explained by their ratio: leave --target, --sensitivity and "
                    "--layers out");
        return false;
    }
    if (!options->target) return true;
    if (roof_target_parse(options->target, &target, &error) != ROOF_OK) {
        cli_message("--target %s", error.message);
        return false;
    }
    if (target.goal == ROOF_GOAL_TTFT) options->request.phase = ROOF_PHASE_PREFILL;
    if (target.goal == ROOF_GOAL_TPOT) options->request.phase = ROOF_PHASE_DECODE;
    return true;
}

int cmd_explain(cli_context *context)
{
    cli_options *options = &context->options;
    if (!prepare(options)) return EXIT_USAGE;
    if (options->word_count == 3 || options->target || options->sensitivity)
        return cli_run_chips(context, show);
    return cli_answer(context, options->layers ? people_with_layers : people, grid, json);
}
