/* Many roofline questions at once: arrays in, arrays out. Pure arithmetic into memory of the caller, so that
 * nothing is allocated, nothing is shared, and any number of threads may work at once on parts of their own.
 *
 * Every answer is, bit for bit, that of the same question asked alone. */
#ifndef CHIPROOF_MODEL_BATCH_H
#define CHIPROOF_MODEL_BATCH_H

#include <stddef.h>
#include <stdint.h>

#include "chiproof/model/bound.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Seconds of one operator of `ops` operations that moves `bytes`: max(ops / P, bytes / BW), the roofline of
 * Williams, Waterman, Patterson 2009, doi:10.1145/1498765.1498785. What has no known rate (NaN) is not
 * counted; 0 if nothing is. */
double roof_roofline_seconds(double ops, double bytes, double ops_per_s, double bytes_per_s);

/* The same for `count` operators on one machine: seconds[i] of ops[i] and bytes[i]. The arrays must not
 * overlap. */
void roof_roofline_batch(const double *ops, const double *bytes, size_t count, double ops_per_s,
                         double bytes_per_s, double *seconds);

/* One run: machines[machine] holds the chip, its precision and how many of them, traffics[traffic] the
 * workload at a precision, phase and length. */
typedef struct roof_run_point {
    uint32_t machine, traffic;
    double batch;
} roof_run_point;

typedef struct roof_point_bound {
    double seconds;          /* one pass of the whole batch; NaN if refused */
    double throughput;       /* results (inferences or tokens) per second; NaN if refused */
    roof_code refusal;       /* OK if there is an answer; else as roof_bound_compute */
    roof_ceiling_id limiter; /* COMPUTE if refused */
} roof_point_bound;

/* The bound of every point: out[i] of points[i], as roof_bound_compute. Machines and traffics are set up once
 * (roof_machine_resolve, roof_traffic_count), however many points there are. A point that names a machine or
 * a traffic past the ends is refused as INVALID. */
void roof_bound_batch(const roof_machine *machines, size_t machine_count, const roof_traffic *traffics,
                      size_t traffic_count, const roof_run_point *points, size_t count,
                      roof_point_bound *out);

#ifdef __cplusplus
}
#endif
#endif
