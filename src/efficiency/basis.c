#include "efficiency/basis.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/buffer.h"

/* Standard deviation of ln of a figure by who claims it. */
static const double claim_sd[ROOF_CLAIM_COUNT] = {
    [ROOF_CLAIM_MEASURED] = 0.02,  [ROOF_CLAIM_VENDOR] = 0.0,   [ROOF_CLAIM_PAPER] = 0.0,
    [ROOF_CLAIM_PRESS] = 0.05,     [ROOF_CLAIM_ESTIMATE] = 0.2, [ROOF_CLAIM_DERIVED] = 0.05,
    [ROOF_CLAIM_UNVERIFIED] = 0.3,
};

/* The input whose rate a term is counted with; the terms that are not here are no published rate. */
static const struct {
    roof_term term;
    roof_input_id input;
} rates[] = {
    {ROOF_TERM_STEM, ROOF_INPUT_PEAK},
    {ROOF_TERM_CONV, ROOF_INPUT_PEAK},
    {ROOF_TERM_POINTWISE, ROOF_INPUT_PEAK},
    {ROOF_TERM_GROUPED, ROOF_INPUT_PEAK},
    {ROOF_TERM_DEPTHWISE, ROOF_INPUT_PEAK},
    {ROOF_TERM_GEMM, ROOF_INPUT_PEAK},
    {ROOF_TERM_ATTENTION, ROOF_INPUT_PEAK},
    {ROOF_TERM_RECURRENT, ROOF_INPUT_PEAK},
    {ROOF_TERM_VOLUME, ROOF_INPUT_PEAK},
    {ROOF_TERM_TOTAL_DENSE, ROOF_INPUT_PEAK},
    {ROOF_TERM_TOTAL_MIXED, ROOF_INPUT_PEAK},
    {ROOF_TERM_TOTAL_DEPTHWISE, ROOF_INPUT_PEAK},
    {ROOF_TERM_TOTAL_ATTENTION, ROOF_INPUT_PEAK},
    {ROOF_TERM_TOTAL_GROUPED, ROOF_INPUT_PEAK},
    {ROOF_TERM_ACTIVATION, ROOF_INPUT_PEAK},
    {ROOF_TERM_LLM_COMPUTE, ROOF_INPUT_PEAK},
    {ROOF_TERM_INPUT, ROOF_INPUT_HOST_BANDWIDTH},
    {ROOF_TERM_STREAM, ROOF_INPUT_DRAM_BANDWIDTH},
    {ROOF_TERM_RELOAD, ROOF_INPUT_HOST_BANDWIDTH},
    {ROOF_TERM_SPILL, ROOF_INPUT_DRAM_BANDWIDTH},
    {ROOF_TERM_LLM_DECODE, ROOF_INPUT_PEAK},
    {ROOF_TERM_LLM_CACHE, ROOF_INPUT_DRAM_BANDWIDTH},
    {ROOF_TERM_LLM_MEMORY, ROOF_INPUT_DRAM_BANDWIDTH},
};

/* Standard deviation of the logarithms of values that compete for one figure. */
static double disagreement(const double *values, size_t count)
{
    double mean = 0, sum = 0;
    if (count < 2) return 0;
    for (size_t i = 0; i < count; i++) mean += log(values[i]) / (double)count;
    for (size_t i = 0; i < count; i++) sum += (log(values[i]) - mean) * (log(values[i]) - mean);
    return sqrt(sum / (double)(count - 1));
}

enum { VALUES = 16 };

static size_t competing_peaks(const roof_chip *chip, const roof_peak *used, double values[VALUES])
{
    size_t count = 0;
    for (size_t i = 0; i < chip->peak_count && count < VALUES; i++) {
        const roof_peak *peak = &chip->peaks[i];
        bool dense = peak->sparsity == ROOF_PEAK_DENSE || peak->sparsity == ROOF_PEAK_ASSUMED_DENSE;
        if (dense && peak->precision == used->precision && peak->value.scope == chip->level)
            values[count++] = peak->value.si;
    }
    return count;
}

static size_t competing_values(const roof_chip *chip, const char *field, double values[VALUES])
{
    size_t count = 0;
    roof_field_id id = ROOF_FIELD_COUNT;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (strcmp(roof_field((roof_field_id)i)->name, field) == 0) id = (roof_field_id)i;
    for (size_t i = 0; id != ROOF_FIELD_COUNT && i < chip->fields[id].count && count < VALUES; i++) {
        const roof_value *value = &chip->fields[id].items[i];
        if (value->scope == chip->level && value->si > 0) values[count++] = value->si;
    }
    return count;
}

static double figure_variance(const roof_prediction *p, roof_input_id input)
{
    const roof_input *figure = &p->machine.inputs[input];
    double values[VALUES];
    if (!figure->value) return 0;
    size_t count = input == ROOF_INPUT_PEAK
                       ? competing_peaks(p->chip, roof_chip_dense_peak(p->chip, p->machine.precision), values)
                       : competing_values(p->chip, figure->field, values);
    double doubt = claim_sd[figure->value->claim], apart = disagreement(values, count);
    return doubt * doubt + apart * apart;
}

double basis_variance(const roof_prediction *p, const roof_features *features,
                      const double slope[ROOF_COORDINATE_COUNT])
{
    double shares[ROOF_INPUT_COUNT] = {0}, sum = 0;
    for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
        if (features->unit_s[rates[i].term] > 0)
            shares[rates[i].input] += slope[roof_term_coordinate(rates[i].term)];
    for (int i = 0; i < ROOF_INPUT_COUNT; i++)
        if (shares[i] > 0) sum += shares[i] * shares[i] * figure_variance(p, (roof_input_id)i);
    return sum;
}

static void append_measurements(const roof_profile *profile, roof_buffer *text)
{
    const char *s = profile->chips == 1 ? "" : "s";
    switch (profile->level) {
    case ROOF_POOL_CHIP:
        roof_buffer_append(text, "calibrated on ");
        if (profile->rows)
            roof_buffer_printf(text, "%zu measurement%s of this chip", profile->rows,
                               profile->rows == 1 ? "" : "s");
        if (profile->own)
            roof_buffer_printf(text, "%s%zu of your own%s", profile->rows ? " and " : "", profile->own,
                               profile->rows ? "" : ", of this chip");
        break;
    case ROOF_POOL_VENDOR:
        roof_buffer_printf(text, "no measurement of this chip: class %s of %s, %zu chip%s",
                           profile->chip_class, profile->vendor, profile->chips, s);
        break;
    case ROOF_POOL_CLASS:
        roof_buffer_printf(text, "no measurement of this chip or vendor: class %s, %zu chip%s",
                           profile->chip_class, profile->chips, s);
        break;
    default:
        roof_buffer_printf(text, "no measurement of this chip or its class: all classes, %zu chip%s",
                           profile->chips, s);
    }
}

void basis_text(const roof_prediction *p, const roof_profile *profile, char out[ROOF_BASIS_TEXT])
{
    size_t claims[ROOF_CLAIM_COUNT] = {0};
    roof_buffer text = ROOF_BUFFER_EMPTY;
    append_measurements(profile, &text);
    for (int i = 0; i < ROOF_INPUT_COUNT; i++)
        if (roof_prediction_uses(p, (roof_input_id)i)) claims[p->machine.inputs[i].value->claim]++;
    const char *before = "; figures: ";
    for (int i = 0; i < ROOF_CLAIM_COUNT; i++) {
        if (!claims[i]) continue;
        roof_buffer_printf(&text, "%s%zu %s", before, claims[i], roof_claim_name((roof_claim)i));
        before = ", ";
    }
    snprintf(out, ROOF_BASIS_TEXT, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}
