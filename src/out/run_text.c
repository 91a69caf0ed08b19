#include "out/run_text.h"

#include <math.h>

#include "chiproof/base/text.h"
#include "out/value_text.h"

const char out_bound_only[] =
    "Bound only: the most that the published figures allow, not a prediction. Published results reach 2 "
    "to 80 % of it.";

void out_run_label(const roof_prediction *p, roof_buffer *out)
{
    roof_buffer_append(out, roof_workload_id(p->workload));
    if (p->request.phase != ROOF_PHASE_WHOLE)
        roof_buffer_printf(out, " %s", roof_phase_name(p->request.phase));
}

void out_run_title(const roof_prediction *p, roof_buffer *out)
{
    const roof_request *request = &p->request;
    roof_buffer_printf(out, "%s", roof_workload_name(p->workload));
    if (request->phase == ROOF_PHASE_PREFILL)
        roof_buffer_printf(out, " prefill of %g tokens", request->prompt);
    if (request->phase == ROOF_PHASE_DECODE)
        roof_buffer_printf(out, " decode at context %g", request->context);
    roof_buffer_append(out, " on ");
    if (request->chips > 1) roof_buffer_printf(out, "%g x ", request->chips);
    roof_buffer_append(out, p->chip->name);
    if (request->precision < ROOF_PRECISION_COUNT)
        roof_buffer_printf(out, ", %s", roof_precision_name(request->precision));
    if (request->has_weights) roof_buffer_printf(out, ", %s weights", roof_precision_name(request->weights));
    if (request->has_cache) roof_buffer_printf(out, ", %s cache", roof_precision_name(request->cache));
    if (request->sparsity.zeros > 0)
        roof_buffer_printf(out, ", %.4g %% zeros (%s)", 100 * request->sparsity.zeros,
                           roof_sparsity_kind_name(request->sparsity.kind));
    roof_buffer_printf(out, ", batch %g", request->batch);
    roof_plan plan = p->refusal.code == ROOF_OK ? p->bound.split.plan : request->plan;
    if (request->chips > 1 && plan != ROOF_PLAN_IDEAL)
        roof_buffer_printf(out, ", %s parallel", roof_plan_name(plan));
}

bool out_run_head(const roof_prediction *p, roof_page *page)
{
    roof_buffer title = ROOF_BUFFER_EMPTY;
    out_run_title(p, &title);
    roof_page_text(page, ROOF_HEADING, "%s", roof_buffer_text(&title));
    roof_buffer_free(&title);
    if (p->refusal.code == ROOF_OK) return true;
    roof_page_text(page, ROOF_DOUBTFUL, "  no answer: %s", p->refusal.message);
    return false;
}

void out_pruning_text(const roof_prediction *p, roof_buffer *out)
{
    const roof_pruning *pruning = &p->machine.pruning;
    if (pruning->weights != ROOF_PRUNING_DENSE)
        roof_buffer_printf(out, "%.4g %% of the weights of layers that can be pruned, %s: %s",
                           100 * pruning->told.zeros, roof_sparsity_kind_name(pruning->told.kind),
                           roof_pruning_state_name(pruning->weights));
    if (pruning->activations != ROOF_PRUNING_DENSE)
        roof_buffer_printf(out, "%s%.4g %% of activations: %s", out->length ? "; " : "",
                           100 * pruning->told_activations, roof_pruning_state_name(pruning->activations));
    if (pruning->kept < 1) {
        roof_buffer_append(out, "; these layers run ");
        roof_text_number(out, pruning->speedup);
        roof_buffer_append(out, "x as fast as dense");
    }
}

void out_refusal_short(const roof_prediction *p, roof_buffer *out)
{
    switch (p->refusal.code) {
    case ROOF_DOES_NOT_FIT: roof_buffer_append(out, "does not fit"); break;
    case ROOF_NO_PRECISION:
        if (p->request.precision < ROOF_PRECISION_COUNT)
            roof_buffer_printf(out, "no %s peak", roof_precision_name(p->request.precision));
        else roof_buffer_append(out, "no peak published");
        break;
    default: roof_buffer_append(out, roof_code_text(p->refusal.code)); break;
    }
}

void out_energy_joules(const roof_prediction *p, roof_buffer *out)
{
    roof_text_si(out, p->energy_j, "J");
    if (p->energy_most_j == p->energy_j) return;
    roof_buffer_append(out, " to ");
    roof_text_si(out, p->energy_most_j, "J");
}

const char *out_result_singular(const roof_prediction *p)
{
    return roof_workload_is_llm(p->workload) ? "token" : "inference";
}

void out_energy_basis(const roof_prediction *p, roof_buffer *out)
{
    const roof_energy *energy = &p->energy;
    if (energy->missing[0]) {
        roof_buffer_append(out, energy->missing);
        return;
    }
    if (energy->basis == ROOF_ENERGY_DYNAMIC) {
        roof_buffer_printf(out, "%s at %.4g nm e", roof_energy_basis_text(energy->basis),
                           p->costs.node_m * 1e9);
        return;
    }
    if (p->request.chips > 1) roof_buffer_printf(out, "%g x ", p->request.chips);
    roof_buffer_printf(out, "%s ", roof_energy_basis_text(energy->basis));
    out_value_marked(out, energy->power, ROOF_DIM_WATTS, false, 0);
}

void out_count_cell(roof_page *page, double value)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, value);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

void out_number_cell(roof_page *page, double value)
{
    if (!isfinite(value)) roof_page_cell(page, ROOF_PLAIN, "%s", "");
    else roof_page_cell(page, ROOF_PLAIN, "%.15g", value);
}
