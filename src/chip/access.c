/* Questions about one chip: which value is used, what is said to be absent, where sources disagree. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "chiproof/chip/chip.h"

const roof_value *roof_chip_value(const roof_chip *chip, roof_field_id field)
{
    const roof_values *values = &chip->fields[field];
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].scope == chip->level) return &values->items[i];
    return NULL;
}

const char *roof_chip_text(const roof_chip *chip, roof_field_id field)
{
    const roof_value *value = roof_chip_value(chip, field);
    return value ? value->text : NULL;
}

bool roof_chip_says_none(const roof_chip *chip, roof_field_id text_field)
{
    const char *text = roof_chip_text(chip, text_field);
    return text && strncasecmp(text, "none", 4) == 0 && (text[4] == '\0' || strchr(" ,;(", text[4]));
}

/* A text field that, when it says "none", makes others of its group meaningless. */
static roof_field_id governor_of(roof_field_id field)
{
    switch (field) {
    case ROOF_FIELD_DRAM_CAPACITY:
    case ROOF_FIELD_DRAM_BANDWIDTH:
    case ROOF_FIELD_DRAM_BUS_WIDTH:
    case ROOF_FIELD_DRAM_DATA_RATE: return ROOF_FIELD_DRAM_TYPE;
    case ROOF_FIELD_HOST_GENERATION:
    case ROOF_FIELD_HOST_LANES:
    case ROOF_FIELD_HOST_BANDWIDTH: return ROOF_FIELD_HOST_INTERFACE;
    case ROOF_FIELD_SPARSITY_MAX_RATIO: return ROOF_FIELD_SPARSITY_KIND;
    default: return ROOF_FIELD_COUNT;
    }
}

bool roof_chip_field_applies(const roof_chip *chip, roof_field_id field)
{
    roof_field_id governor = governor_of(field);
    return governor == ROOF_FIELD_COUNT || !roof_chip_says_none(chip, governor);
}

const roof_peak *roof_chip_dense_peak(const roof_chip *chip, roof_precision precision)
{
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *peak = &chip->peaks[i];
        bool dense = peak->sparsity == ROOF_PEAK_DENSE || peak->sparsity == ROOF_PEAK_ASSUMED_DENSE;
        if (dense && peak->precision == precision && peak->value.scope == chip->level) return peak;
    }
    return NULL;
}

const roof_peak *roof_chip_sparse_peak(const roof_chip *chip, roof_precision precision)
{
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *peak = &chip->peaks[i];
        if (peak->sparsity == ROOF_PEAK_SPARSE && peak->precision == precision &&
            peak->value.scope == chip->level)
            return peak;
    }
    return NULL;
}

roof_precision roof_chip_default_precision(const roof_chip *chip)
{
    for (int i = 0; i < ROOF_PRECISION_UNSTATED; i++)
        if (roof_chip_dense_peak(chip, (roof_precision)i)) return (roof_precision)i;
    return ROOF_PRECISION_COUNT;
}

/* Neither text is a part of the other ("2019" and "2019-05", "TSMC" and "TSMC 12 nm" agree). */
static bool texts_disagree(const char *a, const char *b)
{
    return !strcasestr(a, b) && !strcasestr(b, a);
}

/* Two conditions that are both named and differ (base and boost clock, the 4 and the 8 GB board) make
 * variants, not a disagreement. */
static bool are_variants(const roof_value *a, const roof_value *b)
{
    return a->qualifier && b->qualifier && strcmp(a->qualifier, b->qualifier) != 0;
}

static bool quantities_disagree(const roof_value *a, const roof_value *b)
{
    const double slack = 1.02;
    bool a_floor = a->relation == ROOF_RELATION_AT_LEAST, b_floor = b->relation == ROOF_RELATION_AT_LEAST;
    bool a_cap = a->relation == ROOF_RELATION_AT_MOST, b_cap = b->relation == ROOF_RELATION_AT_MOST;
    if ((a_floor && b_floor) || (a_cap && b_cap)) return false;
    if (a_floor || b_cap) return b->si * slack < a->si;
    if (b_floor || a_cap) return a->si * slack < b->si;
    return fmax(a->si, b->si) > fmin(a->si, b->si) * slack;
}

bool roof_values_disagree(const roof_values *values)
{
    for (size_t i = 0; i < values->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const roof_value *a = &values->items[i], *b = &values->items[k];
            if (a->scope != b->scope || are_variants(a, b)) continue;
            if (a->text && b->text ? texts_disagree(a->text, b->text) : quantities_disagree(a, b))
                return true;
        }
    }
    return false;
}

static bool same_kind(const roof_peak *a, const roof_peak *b)
{
    if (a->precision != b->precision || a->value.scope != b->value.scope) return false;
    bool a_sparse = a->sparsity == ROOF_PEAK_SPARSE, b_sparse = b->sparsity == ROOF_PEAK_SPARSE;
    if (a_sparse != b_sparse || a->sparsity == ROOF_PEAK_UNSTATED || b->sparsity == ROOF_PEAK_UNSTATED)
        return false;
    return !a_sparse || a->sparsity_ratio == b->sparsity_ratio;
}

bool roof_chip_peak_disagrees(const roof_chip *chip, const roof_peak *peak)
{
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *other = &chip->peaks[i];
        if (other != peak && same_kind(peak, other) && quantities_disagree(&peak->value, &other->value))
            return true;
    }
    return false;
}
