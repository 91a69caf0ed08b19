#include "chiproof/units/sparsity.h"

#include <math.h>
#include <string.h>

static const char *const kinds[] = {
#define X(id, name) name,
    ROOF_SPARSITY_KINDS(X)
#undef X
};

const char *roof_sparsity_kind_name(roof_sparsity_kind kind)
{
    return (unsigned)kind < ROOF_SPARSITY_KIND_COUNT ? kinds[kind] : "unknown";
}

roof_code roof_sparsity_kind_parse(const char *name, roof_sparsity_kind *out, roof_error *error)
{
    for (int i = ROOF_SPARSITY_DENSE + 1; i < ROOF_SPARSITY_KIND_COUNT; i++) {
        if (strcmp(name, kinds[i]) != 0) continue;
        *out = (roof_sparsity_kind)i;
        return ROOF_OK;
    }
    return roof_fail(error, ROOF_INVALID, "\"%.60s\": expected 2:4, block or unstructured", name);
}

double roof_sparsity_kept(roof_sparsity sparsity)
{
    switch (sparsity.kind) {
    case ROOF_SPARSITY_DENSE: return 1;
    case ROOF_SPARSITY_TWO_OF_FOUR: return sparsity.zeros >= 0.5 ? 0.5 : 1;
    default: return 1 - sparsity.zeros;
    }
}

double roof_sparsity_index_bits(roof_sparsity sparsity)
{
    const double kept = roof_sparsity_kept(sparsity);
    const double listed = fmin(1, ROOF_SPARSITY_COORDINATE_BITS * kept);
    switch (sparsity.kind) {
    case ROOF_SPARSITY_DENSE: return 0;
    case ROOF_SPARSITY_TWO_OF_FOUR: return 2 * kept;
    case ROOF_SPARSITY_BLOCK: return listed / (ROOF_SPARSITY_BLOCK_SIDE * ROOF_SPARSITY_BLOCK_SIDE);
    default: return listed;
    }
}

double roof_sparsity_bytes(roof_sparsity sparsity, double bytes)
{
    return fmin(bytes, roof_sparsity_kept(sparsity) * bytes + roof_sparsity_index_bits(sparsity) / 8);
}
