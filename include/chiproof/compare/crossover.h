/* Where two chips change places. */
#ifndef CHIPROOF_COMPARE_CROSSOVER_H
#define CHIPROOF_COMPARE_CROSSOVER_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What grows along the way. X(identifier, "name", "unit"):
 *   batch      whole numbers
 *   context    tokens in the cache of an LLM that decodes; whole numbers
 *   sparsity   1 / (1 - zeros), continuous: each chip with the pattern that it skips best, unless one is
 * named intensity  op/B, continuous: of one operator whose bytes all come from external memory, or from
 * on-chip memory on a chip that has no other; the network does not matter (roof_machine_attainable) precision
 * a roof_precision: not a way along which anything grows, so that there are no roots */
#define ROOF_SWEEPS(X) \
    X(BATCH, "batch", "") \
    X(CONTEXT, "context", "") \
    X(SPARSITY, "sparsity", "x") \
    X(INTENSITY, "intensity", " op/B") \
    X(PRECISION, "precision", "")

typedef enum roof_sweep {
#define X(id, name, unit) ROOF_SWEEP_##id,
    ROOF_SWEEPS(X)
#undef X
        ROOF_SWEEP_COUNT
} roof_sweep;
const char *roof_sweep_name(roof_sweep axis);
const char *roof_sweep_unit(roof_sweep axis);
/* True for batch and context. */
bool roof_sweep_is_whole(roof_sweep axis);

/* The first batch between `least` and `most` at which the throughput bounds of two runs of one workload are
 * equal and change order: the root of ln(throughput a / throughput b / handicap) over ln(batch), bracketed on
 * a grid and refined by Brent's method (GSL). `handicap` is 1, or, when the two are put on one basis, what a
 * is divided by over what b is. *batch is a real number: the order holds from the next whole one on. Errors:
 * NO_ROOT (one stays ahead, or one never fits), NO_MEMORY. */
roof_code roof_crossover_batch(const roof_prediction *a, const roof_prediction *b, double handicap,
                               double least, double most, double *batch, roof_error *error);

/* All such roots along an axis, in order: at most `limit` of them into `roots`. *count is how many; none is
 * no error. Between whole contexts the throughput is interpolated. Two roots closer to each other than a step
 * of the grid (256 equal steps of the logarithm) may both be missed. Errors: NO_ROOT (the solver failed),
 * NO_MEMORY. */
roof_code roof_crossover_roots(const roof_prediction *a, const roof_prediction *b, double handicap,
                               roof_sweep axis, double least, double most, double *roots, size_t limit,
                               size_t *count, roof_error *error);

/* Who is ahead. */
typedef enum roof_leader {
    ROOF_LEADER_A,
    ROOF_LEADER_B,
    ROOF_LEADER_EQUAL,  /* within a billionth */
    ROOF_LEADER_ONLY_A, /* the other one cannot hold it */
    ROOF_LEADER_ONLY_B,
    ROOF_LEADER_NEITHER
} roof_leader;

/* From `from` to `to`, both included, the same one is ahead; of precisions, at one. */
typedef struct roof_stretch {
    double from, to;
    roof_leader leader;
    double throughput_from[2], throughput_to[2]; /* bounds of a and b there; NaN where one cannot */
} roof_stretch;

/* The same of what is expected. */
typedef struct roof_prospect {
    double from, to;
    int ahead;                       /* 0 or 1, by p50; -1 where one of them has none */
    bool sure;                       /* at least 90 % */
    double p50_from[2], p50_to[2];   /* results per second */
    double p_ahead_from, p_ahead_to; /* how sure at the ends */
} roof_prospect;

enum { ROOF_CROSSING_LIMIT = 16, ROOF_STRETCH_LIMIT = 48 };
typedef struct roof_crossover {
    const roof_prediction *runs[2]; /* borrowed */
    roof_sweep axis;
    double least, most; /* whole on a whole axis; contexts are cut at the model's positions */
    double roots[ROOF_CROSSING_LIMIT];
    size_t root_count;
    bool turns; /* each of them is ahead somewhere */
    roof_stretch stretches[ROOF_STRETCH_LIMIT];
    size_t stretch_count;
    roof_prospect prospects[ROOF_STRETCH_LIMIT]; /* over the batch; see roof_crossover_expect */
    size_t prospect_count;                       /* 0: nothing is expected */
    bool expected_turns;                         /* each of them is ahead somewhere, by p50 */
} roof_crossover;

/* Both of the above for two runs of one workload at one request: the roots, and who leads in which range. Of
 * precisions there is a range for each that one of the two has, in the order of ROOF_PRECISIONS. A run may be
 * one that does not fit at the batch or context that it was asked at. Errors: the refusal of a run for any
 * other reason, INVALID (the axis is not one of the workload's, or most is below least), NO_ROOT (the solver
 * failed), NO_MEMORY. */
roof_code roof_crossover_find(const roof_prediction *a, const roof_prediction *b, roof_sweep axis,
                              double least, double most, roof_crossover *out, roof_error *error);

/* Adds what is expected, over the batch only: who is ahead by p50 in which range, and where that is at least
 * 90 % sure. Two changes within an eighth of each other may both be missed. Nothing where one of the runs has
 * no forecast at any batch. */
void roof_crossover_expect(roof_crossover *crossover, const roof_calibration *calibration);

#ifdef __cplusplus
}
#endif
#endif
