/* Which zeros a chip skips, as its spec file says. */
#ifndef CHIPROOF_CHIP_ZEROS_H
#define CHIPROOF_CHIP_ZEROS_H

#include "chiproof/chip/chip.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The text of `sparsity.kind` begins with one of these words; where there is none the kind of a sparse peak
 * counts. X(identifier, "word") */
#define ROOF_ZEROS(X) \
    X(NONE, "none")                 /* no throughput: zeros may save energy */ \
    X(TWO_OF_FOUR, "2:4")           /* two of four weights */ \
    X(BLOCK, "block")               /* blocks of weights */ \
    X(UNSTRUCTURED, "unstructured") /* any */ \
    X(WEIGHT, "weight")             /* of weights; the pattern is not published */ \
    X(UNSTATED, "unstated")         /* the same, of a sparse peak */

typedef enum roof_zeros {
#define X(id, word) ROOF_ZEROS_##id,
    ROOF_ZEROS(X)
#undef X
        ROOF_ZEROS_UNCLEAR, /* the text begins otherwise */
    ROOF_ZEROS_UNKNOWN      /* nothing is published */
} roof_zeros;

/* What the chip says of weights, for a run at that precision. */
roof_zeros roof_chip_weight_zeros(const roof_chip *chip, roof_precision precision);
/* What it says of activations (`sparsity.activations`): NONE, UNSTRUCTURED, UNCLEAR or UNKNOWN. */
roof_zeros roof_chip_activation_zeros(const roof_chip *chip);

#ifdef __cplusplus
}
#endif
#endif
