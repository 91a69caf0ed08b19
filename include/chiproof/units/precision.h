/* Number formats: one list for peaks, weights and activations. */
#ifndef CHIPROOF_UNITS_PRECISION_H
#define CHIPROOF_UNITS_PRECISION_H

#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", weight bits, activation bits). Block formats count their shared exponents: bfp8 and
 * mx formats have 8 bits of exponent for 16 (bfp) or 32 (mx) values. UNSTATED is a published peak whose
 * format nobody names: shown, never computed with. Order is the order of preference when a run names no
 * precision. */
#define ROOF_PRECISIONS(X) \
    X(INT8, "int8", 8, 8) \
    X(FP8, "fp8", 8, 8) \
    X(BFP8, "bfp8", 8.5, 8.5) \
    X(FP16, "fp16", 16, 16) \
    X(BF16, "bf16", 16, 16) \
    X(W4A8, "w4a8", 4, 8) \
    X(INT4, "int4", 4, 4) \
    X(INT16, "int16", 16, 16) \
    X(MXFP8, "mxfp8", 8.25, 8.25) \
    X(MXFP6, "mxfp6", 6.25, 6.25) \
    X(MXFP4, "mxfp4", 4.25, 4.25) \
    X(FP6, "fp6", 6, 6) \
    X(FP4, "fp4", 4, 4) \
    X(BFP4, "bfp4", 4.5, 4.5) \
    X(BFP2, "bfp2", 2.5, 2.5) \
    X(INT2, "int2", 2, 2) \
    X(INT1, "int1", 1, 1) \
    X(W4A16, "w4a16", 4, 16) \
    X(TF32, "tf32", 32, 32) \
    X(FP32, "fp32", 32, 32) \
    X(INT32, "int32", 32, 32) \
    X(FP64, "fp64", 64, 64) \
    X(UNSTATED, "unstated", 0, 0)

typedef enum roof_precision {
#define X(id, name, weight_bits, activation_bits) ROOF_PRECISION_##id,
    ROOF_PRECISIONS(X)
#undef X
        ROOF_PRECISION_COUNT
} roof_precision;

const char *roof_precision_name(roof_precision precision);
/* Bytes per element; fractions of a byte are kept (int4: 0.5). 0 for UNSTATED. */
double roof_precision_weight_bytes(roof_precision precision);
double roof_precision_activation_bytes(roof_precision precision);
/* Errors: INVALID, with the nearest names. */
roof_code roof_precision_parse(const char *name, roof_precision *out, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
