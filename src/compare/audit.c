#include "chiproof/compare/audit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "compare/audit_row.h"

const char *roof_audit_verdict_name(roof_audit_verdict verdict)
{
    static const char *const names[] = {
#define X(id, name, text) name,
        ROOF_AUDIT_VERDICTS(X)
#undef X
    };
    return (unsigned)verdict < ROOF_AUDIT_VERDICT_COUNT ? names[verdict] : "unknown";
}

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Counts rows; `shares` has room for one of each. */
static roof_audit_summary summarise(const roof_audit_row *rows, size_t count, double *shares)
{
    roof_audit_summary sum = {.rows = count, .median = NAN, .best = NAN};
    size_t checked = 0;
    for (size_t i = 0; i < count; i++) {
        sum.verdicts[rows[i].verdict]++;
        sum.reasons[rows[i].reason]++;
        if (rows[i].verdict == ROOF_AUDIT_ABOVE && rows[i].row->fit) sum.above_fit++;
        if (!isnan(rows[i].share) && !rows[i].row->sparse) shares[checked++] = rows[i].share;
    }
    if (!checked) return sum;
    qsort(shares, checked, sizeof *shares, by_size);
    sum.best = shares[checked - 1];
    sum.median = (shares[(checked - 1) / 2] + shares[checked / 2]) / 2;
    return sum;
}

static void summarise_chips(roof_audit *audit, double *shares)
{
    for (size_t first = 0, last; first < audit->count; first = last) {
        const char *chip = audit->rows[first].row->chip;
        for (last = first; last < audit->count && strcmp(audit->rows[last].row->chip, chip) == 0;) last++;
        roof_audit_summary *sum = &audit->chips[audit->chip_count++];
        *sum = summarise(audit->rows + first, last - first, shares);
        sum->chip = chip;
    }
    audit->all = summarise(audit->rows, audit->count, shares);
}

roof_code roof_audit_check(const roof_measures *measures, const roof_join *cases, size_t count,
                           roof_audit **out, roof_error *error)
{
    *out = NULL;
    roof_audit *audit = calloc(1, sizeof *audit);
    double *shares = calloc(count + 1, sizeof *shares);
    if (audit) audit->rows = calloc(count + 1, sizeof *audit->rows);
    if (audit) audit->chips = calloc(count + 1, sizeof *audit->chips);
    if (!audit || !shares || !audit->rows || !audit->chips) {
        free(shares);
        roof_audit_free(audit);
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the audit");
    }
    auditor self = {.measures = measures};
    for (size_t i = 0; i < count; i++) auditor_check(&self, &cases[i], &audit->rows[i]);
    auditor_close(&self);
    audit->count = count;
    summarise_chips(audit, shares);
    free(shares);
    *out = audit;
    return ROOF_OK;
}

void roof_audit_free(roof_audit *audit)
{
    if (!audit) return;
    free(audit->rows);
    free(audit->chips);
    free(audit);
}
