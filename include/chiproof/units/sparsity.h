/* Zero weights: in which pattern they lie, how many are kept, and what storing the rest costs. */
#ifndef CHIPROOF_UNITS_SPARSITY_H
#define CHIPROOF_UNITS_SPARSITY_H

#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name"). DENSE: no zeros are told of. */
#define ROOF_SPARSITY_KINDS(X) \
    X(DENSE, "dense") \
    X(TWO_OF_FOUR, "2:4") \
    X(BLOCK, "block") \
    X(UNSTRUCTURED, "unstructured")

typedef enum roof_sparsity_kind {
#define X(id, name) ROOF_SPARSITY_##id,
    ROOF_SPARSITY_KINDS(X)
#undef X
        ROOF_SPARSITY_KIND_COUNT
} roof_sparsity_kind;
const char *roof_sparsity_kind_name(roof_sparsity_kind kind);
/* "2:4", "block" or "unstructured". Errors: INVALID. */
roof_code roof_sparsity_kind_parse(const char *name, roof_sparsity_kind *out, roof_error *error);

/* The greatest share of zeros that is computed with: a 1024th of the weights is left. */
#define ROOF_SPARSITY_LIMIT (1 - 1.0 / 1024)

typedef struct roof_sparsity {
    roof_sparsity_kind kind;
    double zeros; /* share of the weights that are zero, 0 to ROOF_SPARSITY_LIMIT */
} roof_sparsity;

/* The share of the weights that has to be kept and multiplied: 1 - zeros; but in 2:4 two of any four are
 * kept, so that it is 0.5 from half zeros on, whatever lies beyond, and 1 (no such pattern) below. */
double roof_sparsity_kept(roof_sparsity sparsity);

/* Side of the blocks of ROOF_SPARSITY_BLOCK, the smallest in Gray, Radford and Kingma 2017, "GPU Kernels for
 * Block-Sparse Weights". */
#define ROOF_SPARSITY_BLOCK_SIDE 8
/* Bits of a coordinate in an unstructured matrix: its column, of at most 65,536 (compressed rows). */
#define ROOF_SPARSITY_COORDINATE_BITS 16

/* Bits of index for each weight of the dense matrix: 2 for each kept one in 2:4 (Mishra et al. 2021,
 * arXiv:2104.08378); unstructured the smaller of a bitmap (1) and a coordinate for each kept one; in blocks
 * the same for each block of 8 x 8. */
double roof_sparsity_index_bits(roof_sparsity sparsity);

/* Bytes stored for each weight of the dense matrix when the kept ones have `bytes` each, index included;
 * never more than `bytes`, for what does not gain by it is stored dense. Vendors do not publish their
 * formats: this one is the model's. */
double roof_sparsity_bytes(roof_sparsity sparsity, double bytes);

#ifdef __cplusplus
}
#endif
#endif
