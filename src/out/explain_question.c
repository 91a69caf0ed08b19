/* The arithmetic of ratios, needs and elasticities. */
#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/explain.h"
#include "out/explain_steps.h"
#include "out/need_text.h"
#include "out/report.h"
#include "out/run_text.h"

/* A step whose texts are taken from the buffers, which are emptied. */
static void take_step(roof_page *page, const char *label, roof_buffer *left, roof_buffer *right,
                      roof_emphasis emphasis)
{
    out_step(page, label, roof_buffer_text(left), roof_buffer_text(right), emphasis);
    roof_buffer_reset(left);
    roof_buffer_reset(right);
}

static const char *rate_unit(const roof_prediction *run)
{
    return roof_workload_is_llm(run->workload) ? "tokens/s" : "inferences/s";
}

/* A variable's value in six digits, with its unit. */
static void value_six(const roof_machine *machine, roof_variable variable, double value, roof_buffer *out)
{
    if (variable == ROOF_VARIABLE_CHIPS) out_variable(machine, variable, value, out);
    else roof_text_si_six(out, value, out_si_unit(roof_variable_dimension(machine, variable)));
}

/* ---- the other phase of a language model ---- */

void out_phase_steps(const roof_prediction *p, roof_page *page)
{
    bool prefill = p->request.phase == ROOF_PHASE_PREFILL;
    double seconds = prefill ? p->tpot_s : p->ttft_s;
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (isnan(seconds)) return;
    if (prefill)
        roof_page_text(page, ROOF_HEADING, "time per token: decode at context %g, of which binds",
                       p->request.context);
    else
        roof_page_text(page, ROOF_HEADING, "time to first token: prefill of %g tokens, of which binds",
                       p->request.prompt);
    out_ceiling_steps(&p->machine, &p->other, p->other.limiter, page);
    if (!prefill && p->other.split.fill != 1) {
        out_begin_steps(page);
        roof_text_si_six(&left, p->other.seconds, "s");
        roof_buffer_printf(&left, " x %.6g (a batch alone)", p->other.split.fill);
        roof_text_si_six(&right, seconds, "s");
        take_step(page, "first token", &left, &right, ROOF_PLAIN);
    }
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* ---- two chips ---- */

void roof_ratio_explanation_page(const roof_verdict *v, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < 2; i++) {
        const roof_prediction *run = v->sides[i].run;
        out_run_head(run, page);
        out_ceiling_steps(&run->machine, &run->bound, run->bound.limiter, page);
        out_answer_steps(run, page);
        roof_page_text(page, ROOF_PLAIN, "%s", "");
    }
    roof_page_text(page, ROOF_HEADING, "ratio");
    out_begin_steps(page);
    roof_buffer_printf(&left, "%.7g / %.7g", v->sides[1].run->throughput, v->sides[0].run->throughput);
    roof_buffer_printf(&right, "%.6g x", v->ratio);
    roof_buffer label = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&label, "%s : %s", v->sides[1].run->chip->id, v->sides[0].run->chip->id);
    take_step(page, roof_buffer_text(&label), &left, &right, ROOF_BETTER);
    for (int i = 0; i < 2; i++) out_warnings(&v->sides[i].run->doubts, &v->sides[i].run->warnings, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    roof_buffer_free(&label);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* ---- what a target needs ---- */

/* How long a pass may take. */
static void allowed_step(const roof_need *need, roof_page *page, roof_buffer *left, roof_buffer *right)
{
    const roof_prediction *run = need->run;
    double results = run->request.batch * run->network->results_per_pass;
    roof_page_text(page, ROOF_HEADING, "a pass may take");
    out_begin_steps(page);
    if (need->target.goal == ROOF_GOAL_THROUGHPUT) {
        roof_buffer_printf(left, "%g %s / %.7g %s", results,
                           results == 1 ? out_result_singular(run) : run->network->result_unit,
                           need->target.si, rate_unit(run));
        roof_text_si_six(right, results / need->target.si, "s");
    } else {
        out_target(&need->target, run->workload, left);
        roof_text_si_six(right, need->target.si, "s");
    }
    take_step(page, "seconds", left, right, ROOF_PLAIN);
}

/* The unit of what the ceilings of a rate carry. */
static const char *amount_unit(roof_variable rate)
{
    for (int i = 0; i < ROOF_CEILING_COUNT; i++)
        if ((int)roof_ceiling_rate((roof_ceiling_id)i) == rate) return roof_ceiling_unit((roof_ceiling_id)i);
    return "";
}

static void unknown_step(const roof_need *need, const roof_need_row *row, roof_page *page, roof_buffer *left,
                         roof_buffer *right)
{
    const roof_prediction *run = need->run;
    const char *name = roof_variable_name(&run->machine, row->variable);
    if (!isnan(row->amount)) {
        out_exact(left, row->amount, amount_unit(row->variable));
        roof_buffer_append(left, row->share != 1 ? " / (" : " / ");
        roof_text_si_six(left, row->seconds, "s");
        if (row->share != 1) roof_buffer_printf(left, " x %.6g)", row->share);
    } else if (row->state == ROOF_NEED_ANY) {
        roof_buffer_append(left, "met with any value");
    } else if (row->state == ROOF_NEED_ALONE_NOT) {
        roof_buffer_append(left, "met with no value, as long as the others stay");
    } else {
        roof_buffer_append(left, row->variable == ROOF_VARIABLE_CHIPS ? "the fewest: with them a pass takes "
                                                                      : "the least: with it a pass takes ");
        roof_text_si_six(left, row->at.latency_s, "s");
    }
    if (!isnan(row->needs)) value_six(&run->machine, row->variable, row->needs, right);
    else roof_buffer_append_char(right, '-');
    take_step(page, name, left, right, row->state == ROOF_NEED_ENOUGH ? ROOF_BETTER : ROOF_PLAIN);
    if (row->state != ROOF_NEED_ALONE_NOT) return;
    if (isnan(row->best)) {
        roof_buffer_append(left, "without limit to it, it still does not fit");
    } else {
        roof_buffer_printf(left, "without limit to it, %s: pass of ",
                           roof_ceiling_name(row->at.bound.limiter));
        roof_text_si_six(left, row->at.bound.seconds, "s");
        out_goal_figure(&need->target, run->workload, row->best, right);
    }
    take_step(page, "  not alone", left, right, ROOF_DOUBTFUL);
}

void roof_need_explanation_page(const roof_need *need, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    out_run_title(need->run, &left);
    out_target(&need->target, need->run->workload, &right);
    roof_page_text(page, ROOF_HEADING, "%s: what %s would take", roof_buffer_text(&left),
                   roof_buffer_text(&right));
    roof_buffer_reset(&left);
    roof_buffer_reset(&right);
    allowed_step(need, page, &left, &right);
    roof_page_text(page, ROOF_HEADING, "each unknown: what its ceiling carries / how long it may take");
    out_begin_steps(page);
    for (size_t i = 0; i < need->count; i++) unknown_step(need, &need->rows[i], page, &left, &right);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_need_note);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* ---- what moves the bound ---- */

/* ln(a / b) / ln(to / from): over a tenth, which at a ridge lies between the two sides' own slopes. */
static void slope_step(const roof_sensitivity *s, const roof_lean *row, bool more, roof_page *page,
                       roof_buffer *left, roof_buffer *right)
{
    bool chips = row->variable == ROOF_VARIABLE_CHIPS;
    double then = more ? row->at_more : row->at_less;
    double factor = more ? 1 + ROOF_LEAN_STEP : 1 - ROOF_LEAN_STEP;
    if (chips) factor = (row->value + (more ? 1 : -1)) / row->value;
    if (isnan(then) || !(factor > 0)) return;
    roof_buffer_printf(left, "ln(%.7g / %.7g) / ln(%.6g)", then, s->run->throughput, factor);
    roof_buffer_printf(right, "%.4g", log(then / s->run->throughput) / log(factor) + 0.0);
    take_step(page,
              chips  ? more ? "one more" : "one less"
              : more ? "a tenth more"
                     : "a tenth less",
              left, right, ROOF_PLAIN);
}

static void turn_step(const roof_sensitivity *s, const roof_lean *row, const roof_turn *turn, roof_page *page,
                      roof_buffer *left, roof_buffer *right)
{
    if (isnan(turn->value)) return;
    roof_machine machine = roof_machine_with(&s->run->machine, row->variable, turn->value);
    roof_outcome at;
    if (roof_prediction_on(s->run, &machine, &at, NULL) != ROOF_OK || turn->refused) {
        roof_buffer_append(left, "the least with which it fits");
    } else {
        roof_buffer_printf(left, "%s ", roof_ceiling_name(s->run->bound.limiter));
        roof_text_si_six(left, at.bound.ceilings[s->run->bound.limiter].seconds, "s");
        roof_buffer_printf(left, ", %s ", roof_ceiling_name(turn->ceiling));
        roof_text_si_six(left, at.bound.ceilings[turn->ceiling].seconds, "s");
    }
    value_six(&s->run->machine, row->variable, turn->value, right);
    take_step(page, "turns", left, right, ROOF_PLAIN);
}

void roof_sensitivity_explanation_page(const roof_sensitivity *s, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (!out_run_head(s->run, page)) return;
    out_ceiling_steps(&s->run->machine, &s->run->bound, s->run->bound.limiter, page);
    out_answer_steps(s->run, page);
    for (size_t i = 0; i < s->published; i++) {
        const roof_lean *row = &s->rows[i];
        value_six(&s->run->machine, row->variable, row->value, &left);
        roof_page_text(page, ROOF_HEADING, "%s, %s", roof_variable_name(&s->run->machine, row->variable),
                       roof_buffer_text(&left));
        roof_buffer_reset(&left);
        out_begin_steps(page);
        slope_step(s, row, false, page, &left, &right);
        slope_step(s, row, true, page, &left, &right);
        turn_step(s, row, &row->down, page, &left, &right);
        turn_step(s, row, &row->up, page, &left, &right);
    }
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}
