#include "compare/spec_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "compare/basis.h"

enum { QUOTIENTS = 2, ROW_LIMIT = ROOF_FIELD_COUNT + 2 * ROOF_PRECISION_COUNT + QUOTIENTS };

/* The figures on the comparison's basis, their ratio and the better side, of a row whose values are set. */
static void judge(const roof_comparison *comparison, roof_spec_row *row, bool scaled, roof_better better)
{
    size_t known = 0;
    bool tie = false;
    row->scaled = row->kind == ROOF_KIND_QUANTITY && scaled;
    row->ratio = NAN;
    row->better = -1;
    for (size_t i = 0; i < comparison->chip_count; i++) {
        row->si[i] = row->kind == ROOF_KIND_QUANTITY && row->values[i] ? row->values[i]->si : NAN;
        if (row->scaled) row->si[i] /= comparison->divisor[i];
        if (isnan(row->si[i])) continue;
        known++;
        double best = row->better < 0 ? NAN : row->si[row->better];
        bool ahead =
            row->better < 0 || (better == ROOF_BETTER_HIGHER ? row->si[i] > best : row->si[i] < best);
        if (ahead) row->better = (int)i;
        tie = !ahead && (tie || row->si[i] == best);
    }
    if (comparison->chip_count == 2) row->ratio = row->si[1] / row->si[0];
    if (known < 2 || tie || better == ROOF_BETTER_NONE) row->better = -1;
}

static bool add_field(roof_comparison *comparison, roof_field_id id)
{
    const roof_field_info *field = roof_field(id);
    roof_spec_row *row = &comparison->rows[comparison->row_count];
    bool any = false;
    *row = (roof_spec_row){.kind = field->kind, .dimension = field->dimension};
    snprintf(row->field, sizeof row->field, "%s", field->name);
    snprintf(row->label, sizeof row->label, "%s", field->label);
    for (size_t i = 0; i < comparison->chip_count; i++) {
        const roof_chip *chip = comparison->chips[i];
        row->applies[i] = roof_chip_field_applies(chip, id);
        row->values[i] = row->applies[i] ? roof_chip_value(chip, id) : NULL;
        row->disagree[i] = row->values[i] && roof_values_disagree(&chip->fields[id]);
        any = any || row->values[i];
    }
    judge(comparison, row, compare_is_scaled(comparison->basis, id), field->better);
    if (any) comparison->row_count++;
    return any;
}

static void add_peak(roof_comparison *comparison, roof_precision precision, bool sparse)
{
    roof_spec_row *row = &comparison->rows[comparison->row_count];
    bool any = false;
    *row = (roof_spec_row){.kind = ROOF_KIND_QUANTITY, .dimension = ROOF_DIM_OPS_PER_SECOND};
    snprintf(row->field, sizeof row->field, "peak.%s.%s", roof_precision_name(precision),
             sparse ? "sparse" : "dense");
    snprintf(row->label, sizeof row->label, "peak %s %s", roof_precision_name(precision),
             sparse ? "sparse" : "dense");
    for (size_t i = 0; i < comparison->chip_count; i++) {
        const roof_chip *chip = comparison->chips[i];
        const roof_peak *peak =
            sparse ? roof_chip_sparse_peak(chip, precision) : roof_chip_dense_peak(chip, precision);
        row->applies[i] = true;
        row->values[i] = peak ? &peak->value : NULL;
        row->disagree[i] = peak && roof_chip_peak_disagrees(chip, peak);
        any = any || peak;
    }
    judge(comparison, row, compare_is_scaled(comparison->basis, ROOF_FIELD_COUNT), ROOF_BETTER_HIGHER);
    if (any) comparison->row_count++;
}

/* ---- peaks over another figure ---- */

/* The figure below the line, what a unit of it is in SI, and how the quotient is written. */
typedef struct quotient {
    roof_field_id field;
    double unit_si;
    const char *per, *unit;
    roof_dimension dimension;
} quotient;

static bool all_have_dense(const roof_comparison *comparison, roof_precision precision)
{
    for (size_t i = 0; i < comparison->chip_count; i++)
        if (!roof_chip_dense_peak(comparison->chips[i], precision)) return false;
    return true;
}

static size_t publishers(const roof_comparison *comparison, roof_field_id field)
{
    size_t count = 0;
    for (size_t i = 0; i < comparison->chip_count; i++)
        count += roof_chip_value(comparison->chips[i], field) != NULL;
    return count;
}

static roof_value divided(const roof_peak *peak, const roof_value *below, const quotient *q)
{
    bool doubtful = peak->value.claim == ROOF_CLAIM_UNVERIFIED || below->claim == ROOF_CLAIM_UNVERIFIED;
    double si = peak->value.si / (below->si / q->unit_si);
    return (roof_value){.si = si,
                        .given = si,
                        .unit = q->unit,
                        .scope = peak->value.scope,
                        .claim = doubtful ? ROOF_CLAIM_UNVERIFIED : ROOF_CLAIM_DERIVED};
}

static void add_quotient(roof_comparison *comparison, roof_precision precision, const quotient *q,
                         roof_value *room)
{
    roof_spec_row *row = &comparison->rows[comparison->row_count];
    if (publishers(comparison, q->field) == 0) return;
    *row = (roof_spec_row){.kind = ROOF_KIND_QUANTITY, .dimension = q->dimension};
    snprintf(row->field, sizeof row->field, "peak.%s.dense/%s", roof_precision_name(precision),
             roof_field(q->field)->name);
    snprintf(row->label, sizeof row->label, "%s dense%s", roof_precision_name(precision), q->per);
    for (size_t i = 0; i < comparison->chip_count; i++) {
        const roof_value *below = roof_chip_value(comparison->chips[i], q->field);
        row->applies[i] = true;
        if (!below) continue;
        room[i] = divided(roof_chip_dense_peak(comparison->chips[i], precision), below, q);
        row->values[i] = &room[i];
    }
    judge(comparison, row, false, ROOF_BETTER_HIGHER);
    comparison->row_count++;
}

/* At the narrowest precision at which all have a dense peak. Power is of one kind for all: the TDP, unless
 * only the typical power is published of all of them. */
static void add_quotients(roof_comparison *comparison)
{
    static const quotient by_tdp = {ROOF_FIELD_TDP, 1, "/W, TDP", "OPS/W", ROOF_DIM_OPS_PER_JOULE};
    static const quotient by_typical = {ROOF_FIELD_TYPICAL_POWER, 1, "/W, typ", "OPS/W",
                                        ROOF_DIM_OPS_PER_JOULE};
    static const quotient by_area = {ROOF_FIELD_DIE_AREA, 1e-6, "/mm2", "OPS/mm2", ROOF_DIM_OPS_PER_SECOND};
    size_t all = comparison->chip_count;
    bool typical = publishers(comparison, ROOF_FIELD_TDP) < all &&
                   publishers(comparison, ROOF_FIELD_TYPICAL_POWER) == all;
    int precision = 0;
    while (precision < ROOF_PRECISION_UNSTATED && !all_have_dense(comparison, (roof_precision)precision))
        precision++;
    if (precision == ROOF_PRECISION_UNSTATED) return;
    add_quotient(comparison, (roof_precision)precision, typical ? &by_typical : &by_tdp,
                 comparison->quotients);
    add_quotient(comparison, (roof_precision)precision, &by_area,
                 comparison->quotients + ROOF_COMPARED_LIMIT);
}

bool compare_spec_rows(roof_comparison *comparison)
{
    comparison->rows = calloc(ROW_LIMIT, sizeof *comparison->rows);
    comparison->quotients = calloc(QUOTIENTS * ROOF_COMPARED_LIMIT, sizeof *comparison->quotients);
    if (!comparison->rows || !comparison->quotients) return false;
    for (int i = 0; i < ROOF_PRECISION_UNSTATED; i++) {
        add_peak(comparison, (roof_precision)i, false);
        add_peak(comparison, (roof_precision)i, true);
    }
    if (comparison->basis != ROOF_BASIS_WATT) add_quotients(comparison);
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) add_field(comparison, (roof_field_id)i);
    return true;
}
