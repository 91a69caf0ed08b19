#include "chiproof/model/predict.h"

#include <math.h>
#include <string.h>

#include "model/doubts.h"
#include "model/run_energy.h"

/* What the request says goes before what the workload says, share and pattern each; 2:4 alone is half zeros.
 */
static roof_sparsity sparsity_of(const roof_request *asked, roof_sparsity own)
{
    roof_sparsity sparsity = asked->sparsity;
    if (!asked->has_sparsity)
        sparsity.zeros = sparsity.kind == ROOF_SPARSITY_TWO_OF_FOUR && own.zeros == 0 ? 0.5 : own.zeros;
    if (sparsity.kind == ROOF_SPARSITY_DENSE) sparsity.kind = own.kind;
    return sparsity;
}

static roof_request with_defaults(const roof_request *asked, const roof_chip *chip,
                                  const roof_workload *workload)
{
    roof_request request = *asked;
    if (!request.has_precision) request.precision = roof_chip_default_precision(chip);
    if (request.batch == 0) request.batch = 1;
    if (request.chips == 0 || request.fit_chips) request.chips = 1;
    request.sparsity = sparsity_of(asked, roof_workload_sparsity(workload));
    if (roof_workload_is_llm(workload)) {
        if (request.phase == ROOF_PHASE_WHOLE) request.phase = ROOF_PHASE_DECODE;
        if (request.prompt == 0) request.prompt = roof_workload_default_prompt(workload);
        if (request.context == 0) request.context = roof_workload_default_context(workload);
    }
    return request;
}

/* Weights and cache may be narrower than what is computed with, and weights with zeros compressed. */
static roof_formats formats_of(const roof_request *request, const roof_machine *machine)
{
    roof_formats formats = roof_formats_of(request->precision);
    if (request->has_weights) formats.weight_bytes = roof_precision_weight_bytes(request->weights);
    if (request->has_cache) formats.cache_bytes = roof_precision_activation_bytes(request->cache);
    formats.pruned_weight_bytes = roof_sparsity_bytes(machine->pruning.stored, formats.weight_bytes);
    formats.unfused = request->unfused;
    return formats;
}

roof_run roof_request_run(const roof_request *request)
{
    return (roof_run){request->batch, request->offload_host, request->plan, request->microbatches};
}

/* ---- the answer ---- */

/* Seconds of the other phase of an LLM, for TTFT and TPOT, with its bound; NaN if it is refused. */
static double other_phase_seconds(const roof_prediction *p, roof_phase phase, roof_bound *bound)
{
    roof_network *network = NULL;
    roof_traffic traffic;
    roof_run run = roof_request_run(&p->request);
    double seconds = NAN;
    if (roof_workload_expand(p->workload, phase, p->request.prompt, p->request.context, &network, NULL) !=
        ROOF_OK)
        return NAN;
    roof_traffic_count(network, p->traffic.formats, &traffic);
    if (roof_bound_compute(&p->machine, &traffic, &run, bound, NULL) == ROOF_OK)
        seconds = bound->seconds * (phase == ROOF_PHASE_PREFILL ? bound->split.fill : 1);
    roof_network_free(network);
    return seconds;
}

static void answer_llm(roof_prediction *p)
{
    bool prefill = p->request.phase == ROOF_PHASE_PREFILL;
    double other = other_phase_seconds(p, prefill ? ROOF_PHASE_DECODE : ROOF_PHASE_PREFILL, &p->other);
    p->ttft_s = prefill ? p->latency_s : other;
    p->tpot_s = prefill ? other : p->bound.seconds;
}

/* One evaluation, for the answer and for everything that is asked around it. */
static roof_code evaluate(const roof_prediction *p, const roof_machine *machine, double batch,
                          roof_outcome *out, roof_error *error)
{
    roof_run run = roof_request_run(&p->request);
    run.batch = batch;
    out->throughput = out->latency_s = NAN;
    roof_code code = roof_bound_compute(machine, &p->traffic, &run, &out->bound, error);
    if (code != ROOF_OK) return code;
    out->latency_s = out->bound.seconds * out->bound.split.fill;
    out->throughput = batch * p->network->results_per_pass / out->bound.seconds;
    return ROOF_OK;
}

/* Where no number fits it stays 1, and the refusal says why. */
static void fit_chips(roof_prediction *p)
{
    roof_run run = roof_request_run(&p->request);
    double chips = roof_chips_to_fit(&p->machine, &p->traffic, &run);
    if (!isnan(chips)) p->machine.chips = p->request.chips = chips;
}

/* What the chip makes of the zeros; the request then tells them in full. */
static void prune(roof_prediction *p)
{
    roof_machine_prune(&p->machine, p->request.sparsity, p->request.activation_zeros);
    p->request.sparsity = p->machine.pruning.told;
    p->request.has_sparsity = true;
}

static roof_code answer(roof_prediction *p)
{
    roof_outcome outcome;
    roof_code code = roof_workload_expand(p->workload, p->request.phase, p->request.prompt,
                                          p->request.context, &p->network, &p->refusal);
    if (code != ROOF_OK) return code;
    if (!p->request.has_sparsity && p->request.sparsity.kind != ROOF_SPARSITY_DENSE &&
        !(p->request.sparsity.zeros > 0))
        return roof_fail(&p->refusal, ROOF_INVALID,
                         "a pattern of zeros (%s) without their share (--sparsity 0.9)",
                         roof_sparsity_kind_name(p->request.sparsity.kind));
    prune(p);
    roof_traffic_count(p->network, formats_of(&p->request, &p->machine), &p->traffic);
    if (p->request.fit_chips) fit_chips(p);
    code = evaluate(p, &p->machine, p->request.batch, &outcome, &p->refusal);
    p->bound = outcome.bound;
    p->throughput = outcome.throughput;
    p->latency_s = outcome.latency_s;
    if (code != ROOF_OK) return code;
    if (roof_workload_is_llm(p->workload)) answer_llm(p);
    model_answer_energy(p);
    return ROOF_OK;
}

static void begin(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                  roof_prediction *out)
{
    memset(out, 0, sizeof *out);
    out->chip = chip;
    out->workload = workload;
    out->throughput = out->latency_s = out->ttft_s = out->tpot_s = NAN;
    out->energy_j = out->energy_most_j = NAN;
    out->request = with_defaults(request, chip, workload);
}

roof_code roof_predict(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                       roof_prediction *out)
{
    begin(chip, workload, request, out);
    roof_code code =
        roof_machine_resolve(chip, out->request.precision, out->request.chips, &out->machine, &out->refusal);
    if (code == ROOF_OK) model_price_run(out);
    if (code == ROOF_OK) code = answer(out);
    if (code == ROOF_OK) model_add_warnings(out);
    return code;
}

roof_code roof_predict_on_machine(const roof_machine *machine, const roof_workload *workload,
                                  const roof_request *request, roof_prediction *out)
{
    roof_request asked = *request;
    asked.has_precision = true;
    asked.precision = machine->precision;
    asked.chips = machine->chips;
    begin(machine->chip, workload, &asked, out);
    out->machine = *machine;
    return answer(out);
}

void roof_prediction_free(roof_prediction *prediction)
{
    if (!prediction) return;
    roof_network_free(prediction->network);
    prediction->network = NULL;
    roof_report_clear(&prediction->doubts);
    roof_report_clear(&prediction->warnings);
}

static bool can_be_evaluated(const roof_prediction *prediction)
{
    return prediction->refusal.code == ROOF_OK || prediction->refusal.code == ROOF_DOES_NOT_FIT;
}

roof_code roof_prediction_on(const roof_prediction *prediction, const roof_machine *machine,
                             roof_outcome *out, roof_error *error)
{
    if (can_be_evaluated(prediction))
        return evaluate(prediction, machine, prediction->request.batch, out, error);
    out->throughput = out->latency_s = NAN;
    if (error) *error = prediction->refusal;
    return prediction->refusal.code;
}

roof_code roof_prediction_at_zeros(const roof_prediction *prediction, double zeros, roof_pruned_outcome *out,
                                   roof_error *error)
{
    const roof_request *request = &prediction->request;
    roof_prediction pruned = *prediction; /* borrows the network, and frees nothing */
    if (!can_be_evaluated(prediction)) return roof_prediction_on(prediction, NULL, &out->outcome, error);
    roof_machine_prune(&pruned.machine, (roof_sparsity){request->sparsity.kind, zeros},
                       request->activation_zeros);
    roof_traffic_count(prediction->network, formats_of(request, &pruned.machine), &pruned.traffic);
    out->pruning = pruned.machine.pruning;
    out->weight_bytes = pruned.traffic.weight_bytes_stored;
    return evaluate(&pruned, &pruned.machine, request->batch, &out->outcome, error);
}

double roof_prediction_throughput_at(const roof_prediction *prediction, double batch)
{
    roof_outcome outcome;
    if (!can_be_evaluated(prediction)) return NAN;
    evaluate(prediction, &prediction->machine, batch, &outcome, NULL);
    return outcome.throughput;
}

/* The ceiling that an input is the rate of, or ROOF_CEILING_COUNT. */
static roof_ceiling_id ceiling_of(roof_input_id input)
{
    for (int i = 0; i < ROOF_CEILING_COUNT; i++)
        if (roof_ceiling_rate((roof_ceiling_id)i) == input) return (roof_ceiling_id)i;
    return ROOF_CEILING_COUNT;
}

static bool limits_skipping(roof_input_id input)
{
    return input == ROOF_INPUT_SPARSE_PEAK || input == ROOF_INPUT_SPARSITY_RATIO;
}

bool roof_prediction_uses(const roof_prediction *p, roof_input_id input)
{
    if (!p->machine.inputs[input].value) return false;
    roof_ceiling_id ceiling = ceiling_of(input);
    if (ceiling != ROOF_CEILING_COUNT) return p->bound.ceilings[ceiling].amount > 0;
    if (input == ROOF_INPUT_DRAM_CAPACITY) return p->bound.home == ROOF_HOME_DRAM;
    if (limits_skipping(input)) return p->machine.pruning.kept < 1;
    return true; /* on-chip capacities decide residency in every run */
}

bool roof_prediction_misses(const roof_prediction *p, roof_input_id input)
{
    if (p->machine.inputs[input].value) return false;
    if (input == ROOF_INPUT_SRAM_CAPACITY) return true;
    if (input == ROOF_INPUT_SPARSITY_RATIO) return p->machine.pruning.kept < 1;
    if (input == ROOF_INPUT_DRAM_CAPACITY)
        return p->bound.home == ROOF_HOME_DRAM || p->bound.home == ROOF_HOME_UNKNOWN;
    roof_ceiling_id ceiling = ceiling_of(input);
    if (ceiling == ROOF_CEILING_COUNT || ceiling == ROOF_CEILING_L2 || ceiling == ROOF_CEILING_L3)
        return false;
    if (ceiling == ROOF_CEILING_DRAM && p->bound.home == ROOF_HOME_UNKNOWN) return true;
    return p->bound.ceilings[ceiling].amount > 0;
}
