#include "chiproof/efficiency/backtest.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "efficiency/folds.h"

static const struct {
    const char *name, *text;
} fold_kinds[] = {
#define X(id, name, text) {name, text},
    ROOF_FOLD_KINDS(X)
#undef X
};

const char *roof_fold_kind_name(roof_fold_kind kind)
{
    return fold_kinds[kind].name;
}

const char *roof_fold_kind_text(roof_fold_kind kind)
{
    return fold_kinds[kind].text;
}

/* The half width, in standard deviations, of an 80 % interval of the normal distribution. */
#define HALF_WIDTH_80 1.2815515655446004

typedef struct scorer {
    fit model;
    pool tree;
    const roof_cells *cells;
    fold_score *scores;
    double *width;                  /* of each cell's interval: half of it, on the log scale */
    double *scratch;                /* room for a number of each cell */
    double scalar[ROOF_SORT_COUNT]; /* the one efficiency: ln of measured over bound */
} scorer;

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Sorts and interpolates; NaN without numbers. */
static double quantile(double *numbers, size_t count, double share)
{
    if (count == 0) return NAN;
    qsort(numbers, count, sizeof *numbers, by_size);
    double place = share * (double)(count - 1);
    size_t below = (size_t)place, above = below + 1 < count ? below + 1 : below;
    return numbers[below] + (numbers[above] - numbers[below]) * (place - (double)below);
}

/* ---- intervals ---- */

static double error_of(const scorer *s, size_t cell)
{
    return s->scores[cell].log_seconds - s->cells->items[cell].log_seconds;
}

/* Half of an interval that holds 80 % of the results like this one, in standard deviations: those of its
 * class and sort whose name is another, so that the interval has not seen what it is held against. */
static double half_width(scorer *s, roof_fold_kind kind, size_t cell)
{
    const roof_cell *own = &s->cells->items[cell];
    size_t count = 0;
    for (size_t i = 0; i < s->cells->count; i++) {
        const roof_cell *other = &s->cells->items[i];
        if (s->tree.class_of[i] == s->tree.class_of[cell] && fit_sort(other) == fit_sort(own) &&
            strcmp(folds_name(other, kind), folds_name(own, kind)) != 0)
            s->scratch[count++] = fabs(error_of(s, i)) / s->scores[i].sd;
    }
    return count ? quantile(s->scratch, count, 0.8) : HALF_WIDTH_80;
}

static bool is_like(const scorer *s, roof_fold_kind kind, size_t a, size_t b)
{
    const roof_cell *x = &s->cells->items[a], *y = &s->cells->items[b];
    return s->tree.class_of[a] == s->tree.class_of[b] && fit_sort(x) == fit_sort(y) &&
           strcmp(folds_name(x, kind), folds_name(y, kind)) == 0;
}

static void set_widths(scorer *s, roof_fold_kind kind)
{
    for (size_t i = 0; i < s->cells->count; i++) s->width[i] = NAN;
    for (size_t i = 0; i < s->cells->count; i++) {
        if (!isnan(s->width[i])) continue;
        double wide = half_width(s, kind, i);
        for (size_t j = i; j < s->cells->count; j++)
            if (is_like(s, kind, i, j)) s->width[j] = wide * s->scores[j].sd;
    }
}

/* ---- scores ---- */

static bool belongs(const roof_cell *cell, const roof_score *group)
{
    if (cell->kind != group->of) return false;
    if (group->chip_class && strcmp(cell->chip->chip_class, group->chip_class) != 0) return false;
    const char *family = roof_workload_family(cell->workload);
    return !group->family || (family && strcmp(family, group->family) == 0);
}

/* The quantile of a number of each cell of the group. */
static double over_group(scorer *s, const roof_score *group, double share,
                         double (*number)(const scorer *, size_t))
{
    size_t count = 0;
    for (size_t i = 0; i < s->cells->count; i++)
        if (belongs(&s->cells->items[i], group)) s->scratch[count++] = number(s, i);
    return quantile(s->scratch, count, share);
}

static double absolute_error(const scorer *s, size_t cell)
{
    return fabs(error_of(s, cell));
}

static double interval_width(const scorer *s, size_t cell)
{
    return 2 * s->width[cell];
}

static double excess_over_bound(const scorer *s, size_t cell)
{
    return s->cells->items[cell].log_seconds - s->cells->items[cell].log_bound_seconds;
}

static double roofline_error(const scorer *s, size_t cell)
{
    return fabs(excess_over_bound(s, cell));
}

static double scalar_error(const scorer *s, size_t cell)
{
    return fabs(excess_over_bound(s, cell) - s->scalar[fit_sort(&s->cells->items[cell])]);
}

static void score_group(scorer *s, roof_score *group)
{
    size_t inside = 0;
    for (size_t i = 0; i < s->cells->count; i++) {
        if (!belongs(&s->cells->items[i], group)) continue;
        group->cells++;
        inside += fabs(error_of(s, i)) <= s->width[i];
    }
    if (!group->cells) return;
    group->coverage = (double)inside / (double)group->cells;
    group->median = exp(over_group(s, group, 0.5, absolute_error));
    group->p90 = exp(over_group(s, group, 0.9, absolute_error));
    group->bias = exp(over_group(s, group, 0.5, error_of));
    group->width = exp(over_group(s, group, 0.5, interval_width));
    group->roofline = exp(over_group(s, group, 0.5, roofline_error));
    group->scalar = exp(over_group(s, group, 0.5, scalar_error));
}

static void add_group(scorer *s, roof_backtest *out, roof_score group)
{
    roof_score *place = &out->scores[out->count];
    *place = group;
    score_group(s, place);
    if (place->cells) out->count++;
}

enum { FAMILIES = 32 };
static size_t list_families(const roof_cells *cells, const char *families[FAMILIES])
{
    size_t count = 0;
    for (size_t i = 0; i < cells->count; i++) {
        const char *family = roof_workload_family(cells->items[i].workload);
        size_t at = 0;
        while (at < count && family && strcmp(families[at], family) != 0) at++;
        if (family && at == count && count < FAMILIES && cells->items[i].kind == ROOF_CELL_NETWORK)
            families[count++] = family;
    }
    return count;
}

static void add_scores(scorer *s, roof_fold_kind kind, roof_backtest *out)
{
    const char *families[FAMILIES];
    size_t family_count = list_families(s->cells, families);
    for (int of = 0; of < ROOF_CELL_KIND_COUNT; of++) {
        roof_score group = {.kind = kind, .of = (roof_cell_kind)of};
        add_group(s, out, group);
        for (size_t c = 0; c < s->tree.class_count; c++) {
            group.chip_class = s->tree.classes[c];
            add_group(s, out, group);
        }
    }
    for (size_t f = 0; f < family_count; f++)
        add_group(s, out, (roof_score){.kind = kind, .of = ROOF_CELL_NETWORK, .family = families[f]});
}

/* The efficiency that a rule of thumb would take: the median of each sort. */
static void find_scalars(scorer *s)
{
    for (int sort = 0; sort < FIT_SORTS; sort++) {
        size_t count = 0;
        for (size_t i = 0; i < s->cells->count; i++)
            if (fit_sort(&s->cells->items[i]) == sort) s->scratch[count++] = excess_over_bound(s, i);
        s->scalar[sort] = quantile(s->scratch, count, 0.5);
    }
}

/* Neighbouring cells that differ in nothing but the system: how far two labels of one thing are apart. */
static void find_noise(scorer *s, roof_backtest *out)
{
    for (size_t i = 1; i < s->cells->count; i++) {
        const roof_cell *a = &s->cells->items[i - 1], *b = &s->cells->items[i];
        if (a->chip == b->chip && a->workload == b->workload && a->kind == b->kind && a->mode == b->mode &&
            a->row->precision == b->row->precision && a->batch == b->batch && a->chips == b->chips &&
            a->prompt == b->prompt && a->output == b->output)
            s->scratch[out->label_pairs++] = fabs(a->log_seconds - b->log_seconds);
    }
    out->label_noise = exp(quantile(s->scratch, out->label_pairs, 0.5));
}

/* ---- the run ---- */

static roof_code prepare(scorer *s, roof_backtest *out, roof_error *error)
{
    size_t count = s->cells->count;
    s->scores = calloc(count + 1, sizeof *s->scores);
    s->width = calloc(count + 1, sizeof *s->width);
    s->scratch = calloc(count + 1, sizeof *s->scratch);
    roof_code code = s->scores && s->width && s->scratch
                         ? pool_make(s->cells, &s->tree, error)
                         : roof_fail(error, ROOF_NO_MEMORY, "no memory for the backtest");
    if (code == ROOF_OK) code = fit_make(s->cells, &s->tree, &s->model, error);
    if (code == ROOF_OK) code = fit_all(&s->model, error);
    if (code != ROOF_OK) return code;
    out->cells = count;
    out->scores = calloc(ROOF_FOLD_KIND_COUNT * (ROOF_CELL_KIND_COUNT * (s->tree.class_count + 1) + FAMILIES),
                         sizeof *out->scores);
    if (!out->scores) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the backtest");
    find_scalars(s);
    find_noise(s, out);
    return ROOF_OK;
}

static void release(scorer *s)
{
    fit_free(&s->model);
    pool_free(&s->tree);
    free(s->scores);
    free(s->width);
    free(s->scratch);
}

roof_code roof_backtest_run(const roof_cells *cells, const bool kinds[ROOF_FOLD_KIND_COUNT], size_t folds,
                            const roof_progress *progress, roof_backtest **out, roof_error *error)
{
    scorer s = {.cells = cells};
    *out = NULL;
    if (cells->count == 0)
        return roof_fail(error, ROOF_INVALID, "no measurement to hold predictions against");
    roof_backtest *made = calloc(1, sizeof *made);
    if (!made) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the backtest");
    roof_code code = prepare(&s, made, error);
    for (int kind = 0; code == ROOF_OK && kind < ROOF_FOLD_KIND_COUNT; kind++) {
        if (!kinds[kind]) continue;
        code = folds_score(&s.model, (roof_fold_kind)kind, folds, progress, s.scores, error);
        if (code != ROOF_OK) break;
        set_widths(&s, (roof_fold_kind)kind);
        add_scores(&s, (roof_fold_kind)kind, made);
    }
    release(&s);
    if (code == ROOF_OK) *out = made;
    else roof_backtest_free(made);
    return code;
}

void roof_backtest_free(roof_backtest *backtest)
{
    if (!backtest) return;
    free(backtest->scores);
    free(backtest);
}
