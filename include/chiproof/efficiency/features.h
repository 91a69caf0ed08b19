/* What a run reduces to for the efficiency model. The same function serves the fit and the forecast. */
#ifndef CHIPROOF_EFFICIENCY_FEATURES_H
#define CHIPROOF_EFFICIENCY_FEATURES_H

#include "chiproof/efficiency/form.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A result is told in one of two ways: seconds of a run on its own, or the rate of a stream of runs, where
 * one run's preparation hides behind another's computing. */
typedef enum roof_mode { ROOF_MODE_LATENCY, ROOF_MODE_THROUGHPUT, ROOF_MODE_COUNT } roof_mode;
const char *roof_mode_name(roof_mode mode); /* "latency", "throughput" */

/* The features of a pass of the batch; `bound` is that of the batch, `prediction` has machine, network and
 * traffic. Terms whose rate is not published are left out. Pure arithmetic, nothing is allocated. */
void roof_features_of(const roof_prediction *prediction, const roof_bound *bound, double batch,
                      roof_mode mode, roof_features *out);
/* Adds `times` passes with the features `more`: a prompt and the tokens after it. */
void roof_features_add(roof_features *sum, const roof_features *more, double times);

#ifdef __cplusplus
}
#endif
#endif
