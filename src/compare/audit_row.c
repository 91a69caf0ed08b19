#include "compare/audit_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void auditor_close(auditor *self)
{
    if (self->open) roof_prediction_free(&self->prediction);
    self->open = false;
}

/* ---- the run that a row tells of ---- */

/* The tokens of "in 1024 out 128 tokens"; 0 if the text does not begin like that. */
static double prompt_of(const roof_measurement *row)
{
    if (strncmp(row->variant, "in ", 3) != 0) return 0;
    double tokens = strtod(row->variant + 3, NULL);
    return tokens >= 1 && tokens <= 1e7 ? tokens : 0;
}

static bool is_prefill(const roof_measurement *row)
{
    return strncmp(row->scenario, "prefill", 7) == 0;
}

static bool is_rate(roof_metric metric)
{
    return metric == ROOF_METRIC_THROUGHPUT || metric == ROOF_METRIC_TOKENS;
}

static bool counts_tokens(roof_metric metric)
{
    return metric == ROOF_METRIC_TOKENS || metric == ROOF_METRIC_TOKENS_PER_USER;
}

/* What stands in the way before any arithmetic. */
static roof_audit_reason obstacle(const roof_audit_case *each)
{
    const roof_measurement *row = each->row;
    if (row->metric == ROOF_METRIC_POWER || row->metric == ROOF_METRIC_PER_JOULE ||
        row->metric == ROOF_METRIC_REAL_TIME_FACTOR)
        return ROOF_AUDIT_REASON_NO_SPEED;
    if (strcmp(row->scenario, "training") == 0) return ROOF_AUDIT_REASON_TRAINING;
    if (!each->chip) return ROOF_AUDIT_REASON_NO_CHIP;
    if (!each->workload) return ROOF_AUDIT_REASON_NO_MODEL;
    if (row->precision == ROOF_PRECISION_UNSTATED) return ROOF_AUDIT_REASON_NO_PRECISION;
    bool llm = roof_workload_is_llm(each->workload);
    if (isnan(row->chips_used) && (llm || is_rate(row->metric))) return ROOF_AUDIT_REASON_NO_CHIPS;
    if (llm != (counts_tokens(row->metric) || is_prefill(row))) return ROOF_AUDIT_REASON_NO_LENGTH;
    if (is_prefill(row) && prompt_of(row) == 0) return ROOF_AUDIT_REASON_NO_LENGTH;
    return ROOF_AUDIT_REASON_CHECKED;
}

static roof_request request_of(const roof_audit_case *each)
{
    roof_request request = {.has_precision = true, .precision = each->row->precision, .batch = 1, .chips = 1};
    if (!roof_workload_is_llm(each->workload)) return request;
    double prompt = prompt_of(each->row);
    request.chips = each->row->chips_used;
    request.phase = is_prefill(each->row) ? ROOF_PHASE_PREFILL : ROOF_PHASE_DECODE;
    request.prompt = request.context = prompt > 0 ? prompt : 1;
    return request;
}

static bool is_same_run(const roof_prediction *p, const roof_audit_case *each, const roof_request *request)
{
    return p->chip == each->chip && p->workload == each->workload && p->request.chips == request->chips &&
           p->request.precision == request->precision &&
           (!roof_workload_is_llm(each->workload) ||
            (p->request.phase == request->phase && p->request.prompt == request->prompt));
}

static roof_audit_reason run(auditor *self, const roof_audit_case *each)
{
    roof_request request = request_of(each);
    if (!self->open || !is_same_run(&self->prediction, each, &request)) {
        auditor_close(self);
        roof_predict(each->chip, each->workload, &request, &self->prediction);
        self->open = true;
    }
    switch (self->prediction.refusal.code) {
    case ROOF_OK: return ROOF_AUDIT_REASON_CHECKED;
    case ROOF_NO_PRECISION: return ROOF_AUDIT_REASON_NO_PEAK;
    case ROOF_DOES_NOT_FIT: return ROOF_AUDIT_REASON_NO_FIT;
    default: return ROOF_AUDIT_REASON_REFUSED;
    }
}

/* ---- the batch ---- */

static bool bound_at(const roof_prediction *p, double batch, roof_bound *out)
{
    roof_run run = {batch, false};
    return roof_bound_compute(&p->machine, &p->traffic, &run, out, NULL) == ROOF_OK;
}

/* The batch up to 2^16 with the highest bound: more of them never share the weights worse, so that it is the
 * greatest power of two, or the greatest batch that fits. */
static double best_batch(const roof_prediction *p)
{
    enum { DOUBLINGS = 16 };
    roof_bound bound;
    double best = 1, rate = 0, fits = 1, too_many = 0;
    for (int i = 0; i <= DOUBLINGS && too_many == 0; i++) {
        double batch = ldexp(1, i);
        if (!bound_at(p, batch, &bound)) {
            too_many = batch;
            break;
        }
        fits = batch;
        if (batch / bound.seconds <= rate) continue;
        best = batch;
        rate = batch / bound.seconds;
    }
    while (too_many - fits > 1) {
        double middle = floor((fits + too_many) / 2);
        if (bound_at(p, middle, &bound)) fits = middle;
        else too_many = middle;
    }
    return bound_at(p, fits, &bound) && fits / bound.seconds > rate ? fits : best;
}

static double batch_of(const roof_prediction *p, const roof_measurement *row, bool *any)
{
    *any = false;
    if (!isnan(row->batch)) return row->batch;
    if (!is_rate(row->metric)) return strcmp(row->scenario, "MultiStream") == 0 ? 8 : 1;
    if (strcmp(row->scenario, "SingleStream") == 0) return 1;
    *any = true;
    return best_batch(p);
}

/* ---- the comparison ---- */

/* What the row would say if a pass of the batch took that long. */
static double as_measured(const roof_prediction *p, const roof_measurement *row, double batch, double seconds)
{
    double results = p->network->results_per_pass;
    double sharing = roof_workload_is_llm(p->workload) ? 1 : row->chips_used;
    switch (row->metric) {
    case ROOF_METRIC_LATENCY: return seconds / roof_metric_to_si(row->metric);
    case ROOF_METRIC_TIME_PER_INFERENCE: return seconds / batch / roof_metric_to_si(row->metric);
    case ROOF_METRIC_TOKENS_PER_USER: return results / seconds;
    default: return batch * results / seconds * sharing;
    }
}

static double share_of(const roof_measurement *row, double bound)
{
    bool less_is_faster = row->metric == ROOF_METRIC_LATENCY || row->metric == ROOF_METRIC_TIME_PER_INFERENCE;
    return less_is_faster ? bound / row->value : row->value / bound;
}

/* True if the row is above its bound only because all weights and activations are taken as read from external
 * memory, the chip's own being unknown. */
static bool lacks_on_chip_memory(const roof_bound *bound, double excess)
{
    double others = 0;
    if (bound->limiter != ROOF_CEILING_DRAM || bound->on_chip_bytes > 0) return false;
    for (int i = 0; i < ROOF_CEILING_COUNT; i++)
        if (i != ROOF_CEILING_DRAM && bound->ceilings[i].seconds > others)
            others = bound->ceilings[i].seconds;
    return others > 0 && bound->seconds / others * ROOF_AUDIT_SLACK >= excess;
}

static roof_audit_verdict judge(const auditor *self, const roof_bound *bound, roof_audit_row *out)
{
    if (out->share <= ROOF_AUDIT_SLACK) return ROOF_AUDIT_CONSISTENT;
    if (out->row->sparse) return ROOF_AUDIT_SPARSE;
    const roof_measure_finding *finding = roof_measure_explain(self->measures, out->row, out->share);
    if (finding) out->explanation = finding->explanation;
    else if (lacks_on_chip_memory(bound, out->share))
        out->explanation = "the chip's on-chip memory is not published: weights and activations are taken as "
                           "moved to and from external memory, and need not be";
    return out->explanation ? ROOF_AUDIT_EXPLAINED : ROOF_AUDIT_ABOVE;
}

void auditor_check(auditor *self, const roof_audit_case *each, roof_audit_row *out)
{
    const roof_prediction *p = &self->prediction;
    roof_bound bound;
    *out = (roof_audit_row){.row = each->row, .verdict = ROOF_AUDIT_UNCHECKED, .bound = NAN, .share = NAN};
    out->reason = obstacle(each);
    if (out->reason == ROOF_AUDIT_REASON_CHECKED) out->reason = run(self, each);
    if (out->reason != ROOF_AUDIT_REASON_CHECKED) return;
    out->batch = batch_of(p, each->row, &out->any_batch);
    if (!bound_at(p, out->batch, &bound)) {
        out->reason = ROOF_AUDIT_REASON_NO_FIT;
        return;
    }
    out->bound = as_measured(p, each->row, out->batch, bound.seconds);
    out->share = share_of(each->row, out->bound);
    out->limiter = bound.limiter;
    out->verdict = judge(self, &bound, out);
}
