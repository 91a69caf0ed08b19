#include "chiproof/model/batch.h"

#include <math.h>

/* Written once, for the lone question and the loop over many. */
static inline double roofline(double ops, double bytes, double ops_per_s, double bytes_per_s)
{
    double compute = ops / ops_per_s, memory = bytes / bytes_per_s;
    double seconds = compute > 0 ? compute : 0; /* false for NaN */
    return memory > seconds ? memory : seconds;
}

double roof_roofline_seconds(double ops, double bytes, double ops_per_s, double bytes_per_s)
{
    return roofline(ops, bytes, ops_per_s, bytes_per_s);
}

void roof_roofline_batch(const double *restrict ops, const double *restrict bytes, size_t count,
                         double ops_per_s, double bytes_per_s, double *restrict seconds)
{
    for (size_t i = 0; i < count; i++) seconds[i] = roofline(ops[i], bytes[i], ops_per_s, bytes_per_s);
}

static roof_point_bound answer(const roof_machine *machine, const roof_traffic *traffic, double batch)
{
    roof_run run = {.batch = batch};
    roof_bound bound;
    roof_code code = roof_bound_compute(machine, traffic, &run, &bound, NULL);
    if (code != ROOF_OK) return (roof_point_bound){NAN, NAN, code, ROOF_CEILING_COMPUTE};
    return (roof_point_bound){bound.seconds, batch * traffic->network->results_per_pass / bound.seconds, code,
                              bound.limiter};
}

void roof_bound_batch(const roof_machine *machines, size_t machine_count, const roof_traffic *traffics,
                      size_t traffic_count, const roof_run_point *points, size_t count, roof_point_bound *out)
{
    for (size_t i = 0; i < count; i++) {
        const roof_run_point *point = &points[i];
        if (point->machine < machine_count && point->traffic < traffic_count)
            out[i] = answer(&machines[point->machine], &traffics[point->traffic], point->batch);
        else out[i] = (roof_point_bound){NAN, NAN, ROOF_INVALID, ROOF_CEILING_COMPUTE};
    }
}
