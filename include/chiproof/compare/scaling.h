/* How the bound grows with the number of chips: strong scaling (the same batch on more chips) and weak
 * scaling (a batch that grows with them). */
#ifndef CHIPROOF_COMPARE_SCALING_H
#define CHIPROOF_COMPARE_SCALING_H

#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One number of chips. */
typedef struct roof_scaling_point {
    double chips, batch;
    bool fits;                    /* else the rest is NaN */
    double throughput, latency_s; /* as in roof_prediction */
    double speedup;               /* over the fewest chips that hold it */
    double efficiency;            /* speed-up per chip; 1 is linear */
    roof_split split;
    roof_ceiling_id limiter;
} roof_scaling_point;

enum { ROOF_SCALING_POINTS = 40 };
typedef struct roof_scaling {
    roof_prediction base; /* on the fewest chips that hold it; its batch is of one chip in weak scaling */
    roof_prediction most; /* on `to` chips: for its doubts and warnings */
    bool weak;
    double to;     /* chips, at most */
    double enough; /* the fewest chips that no greater number up to `to` beats by more than 1 %, or `to` where
                      that is all but it (all numbers up to 4096 are tried, beyond that steps of 1/64) */
    roof_scaling_point points[ROOF_SCALING_POINTS]; /* 1, 2, 4... `to`, and the fewest that hold it, and
                                                       `enough` */
    size_t count;
    roof_error refusal; /* code OK if there is an answer */
} roof_scaling;

/* 64, or the largest system that the chip's file publishes. */
double roof_scaling_default_limit(const roof_chip *chip);

/* Answers for 1 to `to` chips under the request's plan; its number of chips is not looked at. Chip and
 * workload are borrowed and must outlive *out, which is filled in any case and must be freed. Errors: those
 * of roof_predict; DOES_NOT_FIT when more than `to` chips are needed. The same as out->refusal.code. */
roof_code roof_scaling_find(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                            double to, bool weak, roof_scaling *out);
void roof_scaling_free(roof_scaling *scaling);

#ifdef __cplusplus
}
#endif
#endif
