/* What a run gains by zero weights, from none to many: why 32x is not 32x. */
#ifndef CHIPROOF_COMPARE_CURVE_H
#define CHIPROOF_COMPARE_CURVE_H

#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What binds: a ceiling, or, of compute, the layers that cannot be pruned, once they take longer than those
 * that can. */
typedef enum roof_binder {
#define X(id, name, rate) ROOF_BINDER_##id,
    ROOF_CEILINGS(X)
#undef X
        ROOF_BINDER_REMAINDER,
    ROOF_BINDER_NONE /* it does not fit */
} roof_binder;
const char *roof_binder_name(roof_binder binding); /* "compute", "dram", "dense remainder", "does not fit" */

typedef struct roof_curve_point {
    double ratio, zeros;  /* ratio = 1 / (1 - zeros) */
    double throughput;    /* bound; NaN if it does not fit */
    double speedup;       /* over the dense run; NaN if one of them does not fit */
    double layer_speedup; /* of the layers that can be pruned, by compute alone */
    double weight_bytes;  /* stored */
    roof_binder binding;
} roof_curve_point;

/* A ratio from which on something else binds. */
typedef struct roof_curve_turn {
    double ratio;
    roof_binder from, to;
} roof_curve_turn;

#define ROOF_CURVE_RATIO 32.0 /* as far as a curve goes, unless the request tells a share of zeros */
enum { ROOF_CURVE_POINTS = 16, ROOF_CURVE_TURNS = 16 };
typedef struct roof_curve {
    roof_prediction run; /* at the last point */
    roof_curve_point points[ROOF_CURVE_POINTS];
    size_t count;
    roof_curve_turn turns[ROOF_CURVE_TURNS];
    size_t turn_count;
    double dense_share; /* of the ops, that of layers that cannot be pruned: at most 1 / dense_share is gained
                           by compute, however many zeros there are */
} roof_curve;

/* Runs the request with 1x, 1.5x, 2x... up to its own zeros, or ROOF_CURVE_RATIO. The turns are found on 512
 * even steps of the logarithm of the ratio and refined by bisection to a billionth. Errors: those of
 * roof_predict but DOES_NOT_FIT, which is a point. *out must be freed in any case. */
roof_code roof_curve_find(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                          roof_curve *out, roof_error *error);
void roof_curve_free(roof_curve *curve);

#ifdef __cplusplus
}
#endif
#endif
