/* Where two chips change places. */
#ifndef CHIPROOF_COMPARE_CROSSOVER_H
#define CHIPROOF_COMPARE_CROSSOVER_H

#include "chiproof/base/error.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The first batch between `least` and `most` at which the throughput bounds of two runs of one workload are
 * equal and change order: the root of ln(throughput a / throughput b / handicap) over ln(batch), bracketed on
 * a grid and refined by Brent's method (GSL). `handicap` is 1, or, when the two are put on one basis, what a
 * is divided by over what b is. *batch is a real number: the order holds from the next whole one on. Errors:
 * NO_ROOT (one stays ahead, or one never fits), NO_MEMORY. */
roof_code roof_crossover_batch(const roof_prediction *a, const roof_prediction *b, double handicap,
                               double least, double most, double *batch, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
