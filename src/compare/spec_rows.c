#include "compare/spec_rows.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "compare/basis.h"

enum { ROW_LIMIT = ROOF_FIELD_COUNT + 2 * ROOF_PRECISION_COUNT };

/* The figures on the comparison's basis, their ratio and the better side, of a row whose values are set. */
static void judge(const roof_comparison *comparison, roof_spec_row *row, roof_field_id field,
                  roof_better better)
{
    size_t known = 0;
    bool tie = false;
    row->scaled = row->kind == ROOF_KIND_QUANTITY && compare_is_scaled(comparison->basis, field);
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
    judge(comparison, row, id, field->better);
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
    judge(comparison, row, ROOF_FIELD_COUNT, ROOF_BETTER_HIGHER);
    if (any) comparison->row_count++;
}

bool compare_spec_rows(roof_comparison *comparison)
{
    comparison->rows = calloc(ROW_LIMIT, sizeof *comparison->rows);
    if (!comparison->rows) return false;
    for (int i = 0; i < ROOF_PRECISION_UNSTATED; i++) {
        add_peak(comparison, (roof_precision)i, false);
        add_peak(comparison, (roof_precision)i, true);
    }
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) add_field(comparison, (roof_field_id)i);
    return true;
}
