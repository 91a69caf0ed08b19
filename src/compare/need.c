#include "chiproof/compare/need.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "compare/solve.h"

/* ---- of a chip ---- */

/* True if the run could hang on it. What does not fit hangs on capacities first. */
static bool matters(const roof_prediction *run, roof_variable variable)
{
    if (variable == ROOF_VARIABLE_CHIPS) return true;
    roof_input_id input = (roof_input_id)variable;
    if (run->refusal.code != ROOF_OK)
        return run->machine.inputs[input].value && run->machine.inputs[input].dimension == ROOF_DIM_BYTES;
    return roof_prediction_uses(run, input) || roof_prediction_misses(run, input);
}

roof_code roof_need_solve(const roof_prediction *run, const roof_target *target, roof_variable only,
                          roof_need *out, roof_error *error)
{
    memset(out, 0, sizeof *out);
    out->run = run;
    out->target = *target;
    if (run->refusal.code != ROOF_OK && run->refusal.code != ROOF_DOES_NOT_FIT) {
        if (error) *error = run->refusal;
        return run->refusal.code;
    }
    out->figure = roof_target_figure(target, run->throughput, run->latency_s);
    out->met = roof_target_is_met(target, out->figure);
    for (roof_variable i = 0; i < ROOF_VARIABLE_COUNT; i++) {
        compare_question question = {run, &run->machine, i, target};
        roof_need_row *row = &out->rows[out->count];
        if (only == ROOF_VARIABLE_COUNT ? !matters(run, i) : i != only) continue;
        roof_code code = compare_solve(&question, row, error);
        if (code != ROOF_OK) return code;
        if (row->state != ROOF_NEED_ANY || i == only || !isnan(row->has)) out->count++;
    }
    return ROOF_OK;
}

bool roof_need_is_feasible(const roof_need *need)
{
    for (size_t i = 0; i < need->count; i++)
        if (need->rows[i].state != ROOF_NEED_ALONE_NOT) return true;
    return need->met;
}

/* "peak" for "peak.int8.dense" (never for a sparse one), "tdp" for "power.tdp". */
static bool is_called(const char *full, const char *name)
{
    const char *last = strrchr(full, '.');
    size_t length = strlen(name);
    if (strcmp(full, name) == 0 || (last && strcmp(last + 1, name) == 0)) return true;
    bool dense = last && strncmp(full, "peak.", 5) == 0 && strcmp(last, ".dense") == 0;
    return dense && strncmp(full, name, length) == 0 && full[length] == '.';
}

roof_code roof_need_variable(const roof_prediction *run, const char *name, roof_variable *out,
                             roof_error *error)
{
    const char *names[ROOF_VARIABLE_COUNT];
    size_t count = 0;
    roof_buffer near = ROOF_BUFFER_EMPTY;
    for (roof_variable i = 0; i < ROOF_VARIABLE_COUNT; i++) {
        names[i] = roof_variable_name(&run->machine, i);
        if (!is_called(names[i], name)) continue;
        *out = i;
        count++;
        roof_buffer_printf(&near, "%s%s", count > 1 ? ", " : "", names[i]);
    }
    if (count > 1) roof_fail(error, ROOF_INVALID, "\"%s\" could be any of %s", name, roof_buffer_text(&near));
    else if (count == 0 && roof_text_nearest(name, names, ROOF_VARIABLE_COUNT, &near))
        roof_fail(error, ROOF_INVALID, "no unknown \"%s\"; did you mean %s?", name, roof_buffer_text(&near));
    else if (count == 0)
        roof_fail(error, ROOF_INVALID,
                  "no unknown \"%s\": expected peak, chips, or a field such as dram.bandwidth", name);
    roof_buffer_free(&near);
    return count == 1 ? ROOF_OK : ROOF_INVALID;
}

/* ---- the catalogue ---- */

static int by_power(const void *left, const void *right)
{
    const roof_rank_row *a = *(const roof_rank_row *const *)left, *b = *(const roof_rank_row *const *)right;
    if (!a->power != !b->power) return a->power ? -1 : 1;
    if (a->power && a->power_w != b->power_w) return a->power_w < b->power_w ? -1 : 1;
    double first = a->prediction.throughput, second = b->prediction.throughput;
    if (first != second) return first > second ? -1 : 1;
    return strcmp(a->prediction.chip->id, b->prediction.chip->id);
}

roof_code roof_candidates_find(const roof_ranking *ranking, const roof_target *target, roof_candidates *out,
                               roof_error *error)
{
    memset(out, 0, sizeof *out);
    out->rows = calloc(ranking->count + 1, sizeof *out->rows);
    if (!out->rows) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the list");
    for (size_t i = 0; i < ranking->answered_count; i++) {
        const roof_rank_row *row = &ranking->rows[i];
        const roof_prediction *p = &row->prediction;
        if (!roof_target_is_met(target, roof_target_figure(target, p->throughput, p->latency_s))) continue;
        out->rows[out->count++] = row;
        out->with_power += row->power != NULL;
    }
    qsort(out->rows, out->count, sizeof *out->rows, by_power);
    return ROOF_OK;
}

void roof_candidates_free(roof_candidates *candidates)
{
    if (!candidates) return;
    free(candidates->rows);
    memset(candidates, 0, sizeof *candidates);
}
