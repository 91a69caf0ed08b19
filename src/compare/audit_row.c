#include "compare/audit_row.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

void auditor_close(auditor *self)
{
    if (self->open) roof_prediction_free(&self->prediction);
    self->open = false;
}

/* The run that the row tells of, in self->prediction. */
static roof_join_obstacle run(auditor *self, const roof_join *each)
{
    roof_join_obstacle obstacle = roof_join_check(each);
    if (obstacle != ROOF_JOIN_NONE) return obstacle;
    roof_request request = roof_join_request(each);
    if (!self->open || !roof_join_same_run(&self->prediction, each, &request)) {
        auditor_close(self);
        roof_predict(each->chip, each->workload, &request, &self->prediction);
        self->open = true;
    }
    return roof_join_refusal(self->prediction.refusal.code);
}

/* ---- the batch ---- */

static bool bound_at(const roof_prediction *p, double batch, roof_bound *out)
{
    roof_run run = {.batch = batch};
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

/* ---- the comparison ---- */

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

void auditor_check(auditor *self, const roof_join *each, roof_audit_row *out)
{
    const roof_prediction *p = &self->prediction;
    roof_bound bound;
    *out = (roof_audit_row){.row = each->row, .verdict = ROOF_AUDIT_UNCHECKED, .bound = NAN, .share = NAN};
    out->reason = run(self, each);
    if (out->reason != ROOF_JOIN_NONE) return;
    out->batch = roof_join_batch(each->row);
    out->any_batch = isnan(out->batch);
    if (out->any_batch) out->batch = best_batch(p);
    if (!bound_at(p, out->batch, &bound)) {
        out->reason = ROOF_JOIN_NO_FIT;
        return;
    }
    out->bound = roof_join_as_measured(p, each->row, out->batch, bound.seconds);
    out->share = share_of(each->row, out->bound);
    out->limiter = bound.limiter;
    out->verdict = judge(self, &bound, out);
}
