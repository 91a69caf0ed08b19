/* What a chip makes of zeros: the rate and the bytes of pruned layers.
 *
 * Weights of a run are dense unless it, or its workload, tells a share of zeros. Zeros are skipped only where
 * the chip's spec says so (chiproof/chip/zeros.h): a chip that publishes no support, or only for another
 * pattern, computes and stores them, with a warning. Where they are skipped,
 *
 *   ops done = ops / speed-up,  speed-up = min(1 / kept, greatest published ratio, sparse peak / dense peak)
 *
 * for the layers that can be pruned (roof_op_is_prunable); the others, the dense remainder, run at the dense
 * peak. `kept` is the share of weights that are multiplied (roof_sparsity_kept), times that of activations
 * where the chip skips those too, as if zeros of both fell independently. Weights then take
 * roof_sparsity_bytes each; activations are moved dense. An unstructured skipper takes every pattern; a 2:4
 * or block skipper its own; one whose pattern is not published is believed for all, with a doubt. */
#ifndef CHIPROOF_MODEL_PRUNING_H
#define CHIPROOF_MODEL_PRUNING_H

#include <stdbool.h>

#include "chiproof/chip/chip.h"
#include "chiproof/units/sparsity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What became of the zeros that were told. X(identifier, "name") */
#define ROOF_PRUNINGS(X) \
    X(DENSE, "dense")                         /* none were told */ \
    X(SKIPPED, "skipped")                     /* the chip skips them */ \
    X(NO_SUPPORT, "not supported")            /* it says that it does not gain by zeros */ \
    X(OTHER_PATTERN, "other pattern")         /* it skips zeros of another pattern */ \
    X(NO_PATTERN, "below 2:4")                /* too few zeros for two of four */ \
    X(NOT_PUBLISHED, "support not published") /* nothing is known, or nothing clear */

typedef enum roof_pruning_state {
#define X(id, name) ROOF_PRUNING_##id,
    ROOF_PRUNINGS(X)
#undef X
} roof_pruning_state;
const char *roof_pruning_state_name(roof_pruning_state state);

typedef struct roof_pruning {
    roof_sparsity told; /* of the run, with the pattern that the chip skips best if none was named */
    double told_activations;
    roof_pruning_state weights, activations;
    roof_sparsity stored; /* `told`, or dense where the weights' zeros are not skipped */
    double kept;          /* share of the ops of pruned layers that is left; 1: dense */
    double greatest; /* the speed-up that the chip's figures allow at most; INFINITY if none is published */
    double speedup;  /* of pruned layers over the dense peak: min(1 / kept, greatest) */
    bool pattern_unknown; /* the chip skips weights, but its pattern is not published */
} roof_pruning;

/* `kind` DENSE: the pattern that the chip skips best. `ratio` is the published greatest ratio and `peaks` the
 * sparse peak over the dense one; NaN where not published. */
roof_pruning roof_pruning_of(const roof_chip *chip, roof_precision precision, roof_sparsity told,
                             double activation_zeros, double ratio, double peaks);

#ifdef __cplusplus
}
#endif
#endif
