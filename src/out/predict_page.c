#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/predict.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* A row of a two-column grid whose value is appended to `text`, which is emptied. */
static void pair(roof_page *page, const char *label, roof_buffer *text)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", label);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(text));
    roof_buffer_reset(text);
}

/* "1.20 ms (0.900 ms - 1.60 ms), at least 315 us", or ">= 315 us" where nothing is expected. */
static void amount_pair(roof_page *page, const char *label, double bound, const roof_quantiles *expected,
                        const char *unit, roof_buffer *text)
{
    if (isnan(bound)) return;
    bool has = expected && !isnan(expected->p50);
    if (has) {
        roof_text_si(text, expected->p50, unit);
        roof_buffer_append(text, " (");
        roof_text_si(text, expected->p10, unit);
        roof_buffer_append(text, " - ");
        roof_text_si(text, expected->p90, unit);
        roof_buffer_append(text, "), ");
    }
    roof_buffer_append(text, has ? "at least " : ">= ");
    roof_text_si(text, bound, unit);
    pair(page, label, text);
}

static void throughput_pair(const roof_prediction *p, const roof_forecast *f, roof_page *page,
                            roof_buffer *text)
{
    if (f) {
        roof_text_number(text, f->throughput.p50);
        roof_buffer_append(text, " (");
        roof_text_number(text, f->throughput.p10);
        roof_buffer_append(text, " - ");
        roof_text_number(text, f->throughput.p90);
        roof_buffer_printf(text, ") %s/s, at most ", p->network->result_unit);
    } else {
        roof_buffer_append(text, "<= ");
    }
    roof_text_number(text, p->throughput);
    if (!f) roof_buffer_printf(text, " %s/s", p->network->result_unit);
    pair(page, f ? "throughput" : "throughput bound", text);
}

static void energy_pair(const roof_prediction *p, const roof_forecast *f, roof_page *page, roof_buffer *text)
{
    const char *label = roof_workload_is_llm(p->workload) ? "energy per token" : "energy per inference";
    if (p->energy.missing[0]) roof_buffer_append(text, "not known: ");
    else {
        if (f && !isnan(f->energy_j.p50)) {
            roof_text_si(text, f->energy_j.p50, "J");
            roof_buffer_append(text, " (");
            roof_text_si(text, f->energy_j.p10, "J");
            roof_buffer_append(text, " - ");
            roof_text_si(text, f->energy_j.p90, "J");
            roof_buffer_append(text, "), at least ");
        } else {
            roof_buffer_append(text, ">= ");
        }
        out_energy_joules(p, text);
        roof_buffer_append(text, p->energy.basis == ROOF_ENERGY_DYNAMIC ? ", by the " : ", at ");
    }
    out_energy_basis(p, text);
    pair(page, label, text);
}

static void ceilings_line(const roof_prediction *p, roof_buffer *text)
{
    roof_buffer_append(text, roof_ceiling_name(p->bound.limiter));
    bool first = true;
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &p->bound.ceilings[i];
        if (ceiling->amount <= 0 || isnan(ceiling->seconds)) continue;
        roof_buffer_printf(text, "%s%s ", first ? "  (" : ", ", roof_ceiling_name((roof_ceiling_id)i));
        roof_text_si(text, ceiling->seconds, "s");
        first = false;
    }
    if (!first) roof_buffer_append_char(text, ')');
}

static void inputs_lines(const roof_prediction *p, roof_page *page, roof_buffer *text)
{
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        const roof_input *input = &p->machine.inputs[i];
        if (!roof_prediction_uses(p, (roof_input_id)i)) continue;
        roof_buffer_printf(text, "%s%s ", text->length ? ", " : "", input->field);
        out_value_marked(text, input->value, input->dimension, false, 0);
    }
    pair(page, "figures", text);
    for (int i = 0; i < ROOF_INPUT_COUNT; i++)
        if (roof_prediction_misses(p, (roof_input_id)i))
            roof_buffer_printf(text, "%s%s", text->length ? ", " : "", p->machine.inputs[i].field);
    if (text->length) pair(page, "not published", text);
}

static void answer_lines(const roof_prediction *p, const roof_forecast *f, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_page_grid(page);
    roof_page_column(page, "", ROOF_LEFT);
    roof_page_column(page, "", ROOF_WRAPPED);
    throughput_pair(p, f, page, &text);
    amount_pair(page, p->request.batch > 1 ? "latency of the batch" : "latency", p->latency_s,
                f ? &f->latency_s : NULL, "s", &text);
    amount_pair(page, "time to first token", p->ttft_s, f ? &f->ttft_s : NULL, "s", &text);
    amount_pair(page, "time per token", p->tpot_s, f ? &f->tpot_s : NULL, "s", &text);
    energy_pair(p, f, page, &text);
    ceilings_line(p, &text);
    pair(page, "limited by", &text);
    if (p->request.chips > 1 && p->bound.split.plan != ROOF_PLAN_IDEAL) {
        out_split_text(&p->bound.split, p->request.batch, &text);
        pair(page, "the chips", &text);
    }
    roof_unit_format(&text, p->traffic.weight_bytes_stored, ROOF_DIM_BYTES);
    roof_buffer_printf(&text, ", %s",
                       p->bound.home == ROOF_HOME_UNKNOWN ? "place not known"
                                                          : roof_home_place(p->bound.home, p->chip));
    pair(page, "weights", &text);
    out_pruning_text(p, &text);
    if (text.length) pair(page, "zeros", &text);
    if (f) roof_buffer_append(&text, f->rests_on);
    if (f) pair(page, "rests on", &text);
    inputs_lines(p, page, &text);
    roof_buffer_free(&text);
}

void roof_prediction_page(const roof_prediction *p, const roof_forecast *f, roof_page *page)
{
    if (!out_run_head(p, page)) return;
    bool given = f && f->given;
    answer_lines(p, given ? f : NULL, page);
    out_warnings(&p->doubts, &p->warnings, page);
    if (given) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}

static void expected_cells(const roof_forecast *forecast, roof_page *page)
{
    static const roof_forecast none = {0};
    const roof_forecast *f = forecast ? forecast : &none;
    const roof_quantiles *each[] = {&f->throughput, &f->latency_s, &f->ttft_s, &f->tpot_s, &f->energy_j};
    for (size_t i = 0; i < sizeof each / sizeof *each; i++) {
        out_number_cell(page, f->given ? each[i]->p10 : NAN);
        out_number_cell(page, f->given ? each[i]->p50 : NAN);
        out_number_cell(page, f->given ? each[i]->p90 : NAN);
    }
    roof_page_cell(page, ROOF_PLAIN, "%s", f->given ? f->rests_on : "");
}

void roof_prediction_grid(const roof_prediction *p, const roof_forecast *f, roof_page *page)
{
    static const char *const headers[] = {"chip",
                                          "model",
                                          "phase",
                                          "precision",
                                          "batch",
                                          "chips",
                                          "result",
                                          "throughput_bound_per_s",
                                          "latency_bound_s",
                                          "ttft_bound_s",
                                          "tpot_bound_s",
                                          "energy_bound_j",
                                          "energy_most_j",
                                          "energy_basis",
                                          "limiter",
                                          "weights",
                                          "error",
                                          "zeros",
                                          "zeros_kind",
                                          "pruned_speedup",
                                          "throughput_p10_per_s",
                                          "throughput_p50_per_s",
                                          "throughput_p90_per_s",
                                          "latency_p10_s",
                                          "latency_p50_s",
                                          "latency_p90_s",
                                          "ttft_p10_s",
                                          "ttft_p50_s",
                                          "ttft_p90_s",
                                          "tpot_p10_s",
                                          "tpot_p50_s",
                                          "tpot_p90_s",
                                          "energy_p10_j",
                                          "energy_p50_j",
                                          "energy_p90_j",
                                          "rests_on"};
    bool answered = p->refusal.code == ROOF_OK;
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", p->chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(p->workload));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_phase_name(p->request.phase));
    roof_page_cell(page, ROOF_PLAIN, "%s",
                   p->request.precision < ROOF_PRECISION_COUNT ? roof_precision_name(p->request.precision)
                                                               : "");
    roof_page_cell(page, ROOF_PLAIN, "%.15g", p->request.batch);
    roof_page_cell(page, ROOF_PLAIN, "%.15g", p->request.chips);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_is_llm(p->workload) ? "tokens" : "inferences");
    const double numbers[] = {p->throughput, p->latency_s, p->ttft_s, p->tpot_s};
    for (size_t i = 0; i < 4; i++) out_number_cell(page, numbers[i]);
    out_number_cell(page, p->energy_j);
    out_number_cell(page, p->energy_most_j);
    roof_page_cell(page, ROOF_PLAIN, "%s", p->energy.basis ? roof_energy_basis_name(p->energy.basis) : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", answered ? roof_ceiling_name(p->bound.limiter) : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", answered ? roof_home_name(p->bound.home) : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", answered ? "" : roof_code_name(p->refusal.code));
    out_number_cell(page, p->request.sparsity.zeros);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_sparsity_kind_name(p->machine.pruning.told.kind));
    out_number_cell(page, answered ? p->machine.pruning.speedup : NAN);
    expected_cells(f, page);
}
