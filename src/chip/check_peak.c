/* Checks of peaks: against each other, and against MACs and clock. */
#include <math.h>
#include <stdio.h>

#include "chip/check.h"

static void peak_field(const roof_chip *chip, const roof_peak *peak, char *field, size_t size)
{
    snprintf(field, size, "peak.%zu", (size_t)(peak - chip->peaks));
}

static bool is_own(const roof_peak *peak)
{
    return peak && peak->value.line > 0;
}

void check_sparse_ratio(check_run *run)
{
    char field[32];
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        const roof_peak *dense = roof_chip_dense_peak(run->chip, (roof_precision)p);
        const roof_peak *sparse = roof_chip_sparse_peak(run->chip, (roof_precision)p);
        if (!dense || !is_own(sparse)) continue;
        double ratio = sparse->value.si / dense->value.si;
        const char *name = roof_precision_name((roof_precision)p);
        peak_field(run->chip, sparse, field, sizeof field);
        if (ratio < 0.99)
            check_found(run, ROOF_GRADE_ERROR, &sparse->value, field,
                        "%s sparse %.6g %s is below the dense %.6g %s: are the two exchanged?", name,
                        sparse->value.given, sparse->value.unit, dense->value.given, dense->value.unit);
        else if (sparse->sparsity_ratio > 0 && fabs(ratio / sparse->sparsity_ratio - 1) > 0.03)
            check_found(
                run, ROOF_GRADE_DOUBTFUL, &sparse->value, field,
                "%s sparse %.6g %s is %.3g times the dense %.6g %s, not the %.3g times of its sparsity", name,
                sparse->value.given, sparse->value.unit, ratio, dense->value.given, dense->value.unit,
                sparse->sparsity_ratio);
    }
}

static void compare_steps(check_run *run, const roof_peak *narrow, const roof_peak *wide)
{
    char field[32];
    if (!narrow || !wide || (!is_own(narrow) && !is_own(wide))) return;
    double ratio = narrow->value.si / wide->value.si;
    peak_field(run->chip, narrow, field, sizeof field);
    if (ratio > 3.6 && ratio < 4.4)
        check_found(run, ROOF_GRADE_DOUBTFUL, &narrow->value, field,
                    "dense %s %.6g %s is %.3g times dense %s %.6g %s: is one of them sparse?",
                    roof_precision_name(narrow->precision), narrow->value.given, narrow->value.unit, ratio,
                    roof_precision_name(wide->precision), wide->value.given, wide->value.unit);
    else if (ratio < 0.95)
        check_found(run, ROOF_GRADE_DOUBTFUL, &narrow->value, field,
                    "dense %s %.6g %s is below dense %s %.6g %s, which has more bits",
                    roof_precision_name(narrow->precision), narrow->value.given, narrow->value.unit,
                    roof_precision_name(wide->precision), wide->value.given, wide->value.unit);
}

void check_precision_ladder(check_run *run)
{
    static const roof_precision four[] = {ROOF_PRECISION_INT4, ROOF_PRECISION_FP4};
    static const roof_precision eight[] = {ROOF_PRECISION_INT8, ROOF_PRECISION_FP8};
    static const roof_precision sixteen[] = {ROOF_PRECISION_FP16, ROOF_PRECISION_BF16};
    for (int i = 0; i < 2; i++) {
        const roof_peak *wide = roof_chip_dense_peak(run->chip, sixteen[i]);
        if (i == 1 && roof_chip_dense_peak(run->chip, sixteen[0])) wide = NULL; /* said of fp16 already */
        for (int k = 0; k < 2; k++) compare_steps(run, roof_chip_dense_peak(run->chip, eight[k]), wide);
        compare_steps(run, roof_chip_dense_peak(run->chip, four[i]),
                      roof_chip_dense_peak(run->chip, eight[i]));
    }
}

void check_macs_times_clock(check_run *run)
{
    const roof_value *macs = roof_chip_value(run->chip, ROOF_FIELD_MACS_PER_CYCLE);
    const roof_value *clock = roof_chip_value(run->chip, ROOF_FIELD_CLOCK);
    const roof_peak *nearest = NULL;
    if (!macs || !clock) return;
    double product = 2 * macs->si * clock->si;
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        const roof_peak *peak = roof_chip_dense_peak(run->chip, (roof_precision)p);
        if (peak &&
            (!nearest || fabs(log(peak->value.si / product)) < fabs(log(nearest->value.si / product))))
            nearest = peak;
    }
    if (nearest && fabs(nearest->value.si / product - 1) > 0.03)
        check_found(run, ROOF_GRADE_DOUBTFUL, macs, "macs_per_cycle",
                    "2 x %.6g MACs x %.4g GHz is %.4g TOPS; the nearest dense peak is %s %.6g %s", macs->si,
                    clock->si / 1e9, product / 1e12, roof_precision_name(nearest->precision),
                    nearest->value.given, nearest->value.unit);
}
