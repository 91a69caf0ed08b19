#include "chiproof/chip/zeros.h"

#include <string.h>

static roof_zeros zeros_of(const char *text)
{
    static const char *const words[] = {
#define X(id, word) word,
        ROOF_ZEROS(X)
#undef X
    };
    if (!text) return ROOF_ZEROS_UNKNOWN;
    size_t length = strcspn(text, " ,;(");
    if (length > 0 && text[length - 1] == ':') length--;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strlen(words[i]) == length && strncmp(text, words[i], length) == 0) return (roof_zeros)i;
    return ROOF_ZEROS_UNCLEAR;
}

roof_zeros roof_chip_weight_zeros(const roof_chip *chip, roof_precision precision)
{
    const char *text = roof_chip_text(chip, ROOF_FIELD_SPARSITY_KIND);
    const roof_peak *peak = roof_chip_sparse_peak(chip, precision);
    if (!text && peak) text = peak->sparsity_kind;
    if (!text && roof_chip_value(chip, ROOF_FIELD_SPARSITY_MAX_RATIO)) return ROOF_ZEROS_UNSTATED;
    return zeros_of(text);
}

roof_zeros roof_chip_activation_zeros(const roof_chip *chip)
{
    return zeros_of(roof_chip_text(chip, ROOF_FIELD_SPARSITY_ACTIVATIONS));
}
