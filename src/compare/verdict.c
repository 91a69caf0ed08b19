/* Which figure would turn who is ahead. */
#include <math.h>
#include <string.h>

#include "chiproof/compare/sensitivity.h"
#include "compare/lead.h"
#include "compare/solve.h"

/* The value with which the run is as fast as the other one: what it needs for the other's throughput. */
static roof_code find_flip(const roof_prediction *run, const roof_prediction *other, roof_lean *row,
                           roof_error *error)
{
    roof_target target = {ROOF_GOAL_THROUGHPUT, other->throughput, ROOF_TARGET_RESULTS};
    compare_question question = {run, &run->machine, row->variable, &target};
    roof_need_row need;
    roof_code code = compare_solve(&question, &need, error);
    row->flips_above = run->throughput < other->throughput;
    if (code == ROOF_OK && need.state == ROOF_NEED_ENOUGH) row->flip = need.needs;
    /* Ahead with so many chips, behind with one less: if there is one less. */
    if (row->variable == ROOF_VARIABLE_CHIPS && !row->flips_above)
        row->flip = row->flip > 1 ? row->flip - 1 : NAN;
    return code;
}

static void look_at(roof_verdict *out, int side, const roof_lean *row, double *least)
{
    double factor = fabs(log(row->flip / row->value));
    if (isnan(factor) || !(factor < *least)) return;
    *least = factor;
    out->nearest = row;
    out->nearest_side = side;
}

roof_code roof_verdict_find(const roof_prediction *a, const roof_prediction *b, roof_verdict *out,
                            roof_error *error)
{
    const roof_prediction *runs[] = {a, b};
    double least = INFINITY;
    memset(out, 0, sizeof *out);
    for (int i = 0; i < 2; i++) {
        roof_code code = roof_sensitivity_find(runs[i], &out->sides[i], error);
        if (code != ROOF_OK) return code;
    }
    out->ratio = b->throughput / a->throughput;
    out->ahead = fabs(log(out->ratio)) < COMPARE_EQUAL ? -1 : out->ratio > 1;
    for (int i = 0; i < 2 && out->ahead >= 0; i++) {
        for (size_t k = 0; k < out->sides[i].count; k++) {
            roof_lean *row = &out->sides[i].rows[k];
            roof_code code = find_flip(runs[i], runs[1 - i], row, error);
            if (code != ROOF_OK) return code;
            look_at(out, i, row, &least);
        }
    }
    return ROOF_OK;
}
