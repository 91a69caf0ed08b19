#include "chiproof/model/pruning.h"

#include <math.h>

#include "chiproof/chip/zeros.h"

static const char *const states[] = {
#define X(id, name) name,
    ROOF_PRUNINGS(X)
#undef X
};

const char *roof_pruning_state_name(roof_pruning_state state)
{
    return states[state];
}

static roof_sparsity_kind best_kind(roof_zeros zeros)
{
    return zeros == ROOF_ZEROS_TWO_OF_FOUR ? ROOF_SPARSITY_TWO_OF_FOUR
           : zeros == ROOF_ZEROS_BLOCK     ? ROOF_SPARSITY_BLOCK
                                           : ROOF_SPARSITY_UNSTRUCTURED;
}

static roof_pruning_state weights_state(roof_zeros zeros, roof_sparsity told)
{
    if (!(told.zeros > 0)) return ROOF_PRUNING_DENSE;
    switch (zeros) {
    case ROOF_ZEROS_NONE: return ROOF_PRUNING_NO_SUPPORT;
    case ROOF_ZEROS_UNKNOWN:
    case ROOF_ZEROS_UNCLEAR: return ROOF_PRUNING_NOT_PUBLISHED;
    case ROOF_ZEROS_TWO_OF_FOUR:
    case ROOF_ZEROS_BLOCK:
        if (best_kind(zeros) != told.kind) return ROOF_PRUNING_OTHER_PATTERN;
        break;
    default: break;
    }
    return roof_sparsity_kept(told) < 1 ? ROOF_PRUNING_SKIPPED : ROOF_PRUNING_NO_PATTERN;
}

static roof_pruning_state activations_state(roof_zeros zeros, double told)
{
    if (!(told > 0)) return ROOF_PRUNING_DENSE;
    return zeros == ROOF_ZEROS_UNSTRUCTURED ? ROOF_PRUNING_SKIPPED
           : zeros == ROOF_ZEROS_NONE       ? ROOF_PRUNING_NO_SUPPORT
                                            : ROOF_PRUNING_NOT_PUBLISHED;
}

roof_pruning roof_pruning_of(const roof_chip *chip, roof_precision precision, roof_sparsity told,
                             double activation_zeros, double ratio, double peaks)
{
    roof_zeros zeros = roof_chip_weight_zeros(chip, precision);
    if (told.kind == ROOF_SPARSITY_DENSE) told.kind = best_kind(zeros);
    roof_pruning p = {.told = told, .told_activations = activation_zeros, .kept = 1, .speedup = 1};
    p.weights = weights_state(zeros, told);
    p.activations = activations_state(roof_chip_activation_zeros(chip), activation_zeros);
    p.pattern_unknown = zeros == ROOF_ZEROS_WEIGHT || zeros == ROOF_ZEROS_UNSTATED;
    p.greatest = fmin(isnan(ratio) ? INFINITY : ratio, isnan(peaks) ? INFINITY : peaks);
    if (p.weights == ROOF_PRUNING_SKIPPED) {
        p.stored = told;
        p.kept *= roof_sparsity_kept(told);
    }
    if (p.activations == ROOF_PRUNING_SKIPPED) p.kept *= 1 - activation_zeros;
    p.speedup = fmax(1, fmin(1 / p.kept, p.greatest));
    return p;
}
