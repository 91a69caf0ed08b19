#include <math.h>

#include "chiproof/out/predict.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* The bound, and what is expected: absent where there is no forecast of it. */
static void put_quantiles(const roof_quantiles *quantiles, roof_json_writer *writer)
{
    if (!quantiles || isnan(quantiles->p50)) return;
    roof_json_put_number(writer, "p10", quantiles->p10);
    roof_json_put_number(writer, "p50", quantiles->p50);
    roof_json_put_number(writer, "p90", quantiles->p90);
}

static void put_measure(roof_json_writer *writer, const char *key, const char *unit, double bound,
                        const roof_quantiles *quantiles)
{
    roof_json_open_object(writer, key);
    roof_json_put_string(writer, "unit", unit);
    roof_json_put_number(writer, "bound", bound);
    put_quantiles(quantiles, writer);
    roof_json_close(writer);
}

static void put_dynamic(const roof_prediction *p, roof_json_writer *writer)
{
    const roof_energy *energy = &p->energy;
    roof_energy_machine machine;
    roof_cost_id bytes;
    roof_json_put_number(writer, "most", p->energy_most_j);
    roof_json_put_number(writer, "node_m", p->costs.node_m);
    roof_json_open_array(writer, "parts");
    for (int i = 0; i < ROOF_COST_COUNT; i++) {
        if (!(energy->amounts[i] > 0)) continue;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "what", roof_cost_name((roof_cost_id)i));
        roof_json_put_number(writer, "amount", energy->amounts[i]);
        roof_json_put_string(writer, "unit", roof_cost_unit((roof_cost_id)i));
        roof_json_put_number(writer, "least_each", energy->each[i].least);
        roof_json_put_number(writer, "most_each", energy->each[i].most);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    out_value_json(writer, "idle_power", energy->power);
    if (!roof_energy_roofline(energy, &p->machine, &machine, &bytes)) return;
    roof_json_open_object(writer, "roofline");
    roof_json_put_string(writer, "bytes", roof_cost_name(bytes));
    roof_json_put_number(writer, "intensity", energy->amounts[ROOF_COST_OP] / energy->amounts[bytes]);
    roof_json_put_number(writer, "balance", roof_energy_balance(&machine));
    roof_json_close(writer);
}

static void put_energy(const roof_prediction *p, const roof_quantiles *quantiles, roof_json_writer *writer)
{
    const roof_energy *energy = &p->energy;
    roof_json_open_object(writer, "energy");
    roof_json_put_string(writer, "unit", "J");
    roof_json_put_string(writer, "per", out_result_singular(p));
    roof_json_put_string(writer, "basis", energy->missing[0] ? NULL : roof_energy_basis_name(energy->basis));
    roof_json_put_number(writer, "bound", p->energy_j);
    put_quantiles(quantiles, writer);
    if (energy->basis == ROOF_ENERGY_DYNAMIC) put_dynamic(p, writer);
    else if (energy->missing[0]) roof_json_put_string(writer, "missing", energy->missing);
    else {
        roof_json_put_string(writer, "level", roof_level_name(p->chip->level));
        roof_json_put_number(writer, "watts", energy->power_w);
        out_value_json(writer, "of_one", energy->power);
    }
    roof_json_close(writer);
}

static void put_ceilings(const roof_prediction *p, roof_json_writer *writer)
{
    roof_json_open_array(writer, "ceilings");
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &p->bound.ceilings[i];
        if (ceiling->amount <= 0 || isnan(ceiling->seconds)) continue;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "name", roof_ceiling_name((roof_ceiling_id)i));
        roof_json_put_number(writer, "seconds", ceiling->seconds);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_inputs(const roof_prediction *p, roof_json_writer *writer)
{
    roof_json_open_array(writer, "inputs");
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        if (!roof_prediction_uses(p, (roof_input_id)i)) continue;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "field", p->machine.inputs[i].field);
        out_value_members(writer, p->machine.inputs[i].value);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_open_array(writer, "missing");
    for (int i = 0; i < ROOF_INPUT_COUNT; i++)
        if (roof_prediction_misses(p, (roof_input_id)i))
            roof_json_put_string(writer, NULL, p->machine.inputs[i].field);
    roof_json_close(writer);
}

/* How the chips share the work, where they do. */
static void put_split(const roof_split *split, roof_json_writer *writer)
{
    if (!(split->chips > 1)) return;
    roof_json_open_object(writer, "split");
    roof_json_put_string(writer, "plan", roof_plan_name(split->plan));
    roof_json_put_number(writer, "chips_together", split->together);
    roof_json_put_number(writer, "batch_together", split->batch);
    roof_json_put_number(writer, "microbatches", split->microbatches);
    roof_json_put_number(writer, "busy", split->busy);
    roof_json_put_number(writer, "alone_over_stream", split->fill);
    roof_json_put_number(writer, "cache_copies", split->copies);
    roof_json_close(writer);
}

/* Absent from a dense run. */
static void put_pruning(const roof_prediction *p, roof_json_writer *writer)
{
    const roof_pruning *pruning = &p->machine.pruning;
    if (pruning->weights == ROOF_PRUNING_DENSE && pruning->activations == ROOF_PRUNING_DENSE) return;
    roof_json_open_object(writer, "sparsity");
    roof_json_put_number(writer, "zeros", pruning->told.zeros);
    roof_json_put_string(writer, "kind", roof_sparsity_kind_name(pruning->told.kind));
    roof_json_put_string(writer, "weights", roof_pruning_state_name(pruning->weights));
    if (pruning->activations != ROOF_PRUNING_DENSE) {
        roof_json_put_number(writer, "activation_zeros", pruning->told_activations);
        roof_json_put_string(writer, "activations", roof_pruning_state_name(pruning->activations));
    }
    roof_json_put_number(writer, "kept_ops_share", pruning->kept);
    roof_json_put_number(writer, "speedup", pruning->speedup);
    roof_json_put_number(writer, "greatest_speedup", isinf(pruning->greatest) ? NAN : pruning->greatest);
    roof_json_put_number(writer, "prunable_ops", p->traffic.prunable_ops);
    roof_json_put_number(writer, "dense_ops", p->traffic.ops - p->traffic.prunable_ops);
    roof_json_put_number(writer, "bytes_per_pruned_weight", p->traffic.formats.pruned_weight_bytes);
    roof_json_close(writer);
}

static void put_answer(const roof_prediction *p, const roof_forecast *f, roof_json_writer *writer)
{
    bool tokens = roof_workload_is_llm(p->workload);
    put_measure(writer, "throughput", tokens ? "tokens/s" : "inferences/s", p->throughput,
                f ? &f->throughput : NULL);
    put_measure(writer, "latency", "s", p->latency_s, f ? &f->latency_s : NULL);
    if (tokens) {
        put_measure(writer, "ttft", "s", p->ttft_s, f ? &f->ttft_s : NULL);
        put_measure(writer, "tpot", "s", p->tpot_s, f ? &f->tpot_s : NULL);
    }
    put_energy(p, f ? &f->energy_j : NULL, writer);
    if (f) roof_json_put_string(writer, "rests_on", f->rests_on);
    roof_json_put_string(writer, "limiter", roof_ceiling_name(p->bound.limiter));
    put_pruning(p, writer);
    put_ceilings(p, writer);
    roof_json_open_object(writer, "residency");
    roof_json_put_string(writer, "weights", roof_home_name(p->bound.home));
    roof_json_put_number(writer, "need_bytes", p->bound.need_bytes);
    roof_json_put_number(writer, "on_chip_bytes", p->bound.on_chip_bytes > 0 ? p->bound.on_chip_bytes : NAN);
    roof_json_put_number(writer, "streamed_bytes", p->bound.streamed_bytes);
    roof_json_close(writer);
    put_split(&p->bound.split, writer);
    put_inputs(p, writer);
}

void roof_prediction_json(const roof_prediction *p, const roof_forecast *f, roof_json_writer *writer)
{
    const roof_request *request = &p->request;
    roof_json_put_string(writer, "schema", "chiproof/predict/1");
    roof_json_put_string(writer, "chip", p->chip->id);
    roof_json_put_string(writer, "model", roof_workload_id(p->workload));
    roof_json_put_string(writer, "precision",
                         request->precision < ROOF_PRECISION_COUNT ? roof_precision_name(request->precision)
                                                                   : NULL);
    if (request->has_weights) roof_json_put_string(writer, "weights", roof_precision_name(request->weights));
    if (request->has_cache) roof_json_put_string(writer, "cache", roof_precision_name(request->cache));
    roof_json_put_number(writer, "batch", request->batch);
    roof_json_put_number(writer, "chips", request->chips);
    if (request->chips > 1) roof_json_put_string(writer, "parallel", roof_plan_name(request->plan));
    if (roof_workload_is_llm(p->workload)) {
        roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
        roof_json_put_number(writer, "prompt", request->prompt);
        roof_json_put_number(writer, "context", request->context);
    }
    if (p->refusal.code == ROOF_OK) put_answer(p, f && f->given ? f : NULL, writer);
    else out_error_json(&p->refusal, writer);
    out_warnings_json(&p->doubts, &p->warnings, writer);
}
