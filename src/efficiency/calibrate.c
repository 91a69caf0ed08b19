/* From cells to a calibration: the fit, its profiles, how much wider the truth is, what goes together. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/arena.h"
#include "efficiency/folds.h"
#include "efficiency/store.h"

enum { CALIBRATION_FOLDS = 12 };

/* The half width, in standard deviations, of an 80 % interval of the normal distribution. */
#define HALF_WIDTH_80 1.2815515655446004

/* ---- profiles ---- */

static bool copy_names(roof_arena *arena, const pool_node *node, roof_profile *out)
{
    out->chip_class = roof_arena_strdup(arena, node->chip_class);
    out->vendor = roof_arena_strdup(arena, node->vendor);
    out->chip = roof_arena_strdup(arena, node->chip);
    return out->chip_class && out->vendor && out->chip;
}

static void count_below(const fit *self, int node, roof_profile *out)
{
    const pool *tree = self->tree;
    for (size_t n = 0; n < tree->node_count; n++) {
        if (tree->nodes[n].level != ROOF_POOL_CHIP) continue;
        for (int at = (int)n; at >= 0; at = tree->nodes[at].parent) out->chips += at == node;
    }
    for (size_t i = 0; i < self->cells->count; i++)
        for (int at = tree->node_of[i]; at >= 0; at = tree->nodes[at].parent)
            if (at == node) out->rows += self->cells->items[i].rows;
    out->cells = tree->nodes[node].cells;
}

static bool add_profiles(fit *self, roof_calibration *out)
{
    const pool *tree = self->tree;
    out->profiles = roof_arena_calloc(out->arena, tree->node_count, sizeof *out->profiles);
    if (!out->profiles) return false;
    for (size_t n = 0; n < tree->node_count; n++) {
        roof_profile *profile = &out->profiles[out->profile_count++];
        profile->level = tree->nodes[n].level;
        if (!copy_names(out->arena, &tree->nodes[n], profile)) return false;
        count_below(self, (int)n, profile);
        fit_profile(self, (int)n, profile->mean, profile->covariance);
    }
    return true;
}

/* ---- how much wider the truth is ---- */

static int by_size(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return x < y ? -1 : x > y;
}

/* Results of one class and sort as |error| / sd; how many. */
static size_t list_errors(const fit *self, const fold_score *scores, size_t chip_class, int sort, double *out)
{
    size_t count = 0;
    for (size_t i = 0; i < self->cells->count; i++)
        if ((size_t)self->tree->class_of[i] == chip_class && fit_sort(&self->cells->items[i]) == sort)
            out[count++] = fabs(self->cells->items[i].log_seconds - scores[i].log_seconds) / scores[i].sd;
    return count;
}

/* What the standard deviations must be widened by so that 80 % intervals hold 80 %; 1 where hardly anything
 * was measured. */
static double inflation(double *errors, size_t count)
{
    enum { FEWEST = 8 };
    if (count < FEWEST) return 1;
    qsort(errors, count, sizeof *errors, by_size);
    double place = 0.8 * (double)(count - 1);
    size_t below = (size_t)place;
    double part = place - (double)below;
    double wide = errors[below] * (1 - part) + errors[below + 1 < count ? below + 1 : below] * part;
    return wide / HALF_WIDTH_80;
}

static bool add_spreads(const fit *self, const fold_score *networks, const fold_score *chips,
                        roof_calibration *out)
{
    const pool *tree = self->tree;
    double *errors = calloc(self->cells->count + 1, sizeof *errors);
    out->spreads = roof_arena_calloc(out->arena, tree->class_count + 1, sizeof *out->spreads);
    bool room = errors && out->spreads;
    for (size_t c = 0; room && c < tree->class_count; c++) {
        roof_spread *spread = &out->spreads[out->spread_count++];
        spread->chip_class = roof_arena_strdup(out->arena, tree->classes[c]);
        room = spread->chip_class != NULL;
        for (int s = 0; s < ROOF_SORT_COUNT; s++) {
            spread->residual[s] = self->scale[c * FIT_SORTS + (size_t)s];
            spread->cells[s] = list_errors(self, networks, c, s, errors);
            spread->inflation_network[s] = inflation(errors, spread->cells[s]);
            list_errors(self, chips, c, s, errors);
            spread->inflation_chip[s] = inflation(errors, spread->cells[s]);
        }
    }
    free(errors);
    return room;
}

/* ---- what goes together ---- */

typedef struct error_of {
    const roof_cell *cell;
    double z;
} error_of;

static int compare_runs(const roof_cell *a, const roof_cell *b)
{
    int order = strcmp(roof_workload_id(a->workload), roof_workload_id(b->workload));
    if (!order) order = (int)a->kind - (int)b->kind;
    if (!order) order = (int)a->mode - (int)b->mode;
    return order ? order : (a->batch > 1) - (b->batch > 1);
}

static int by_run(const void *a, const void *b)
{
    const error_of *x = a, *y = b;
    int order = compare_runs(x->cell, y->cell);
    if (!order) order = strcmp(x->cell->chip->id, y->cell->chip->id);
    return order ? order : x->cell < y->cell ? -1 : x->cell > y->cell;
}

/* Errors of different chips on the same network, left out of the fit, each in its standard deviations. */
static bool add_correlations(const fit *self, const fold_score *networks, roof_calibration *out)
{
    enum { CLIP = 3 }; /* one wrong label must not make a correlation */
    size_t count = self->cells->count;
    double products[ROOF_KINSHIP_COUNT] = {0}, squares[ROOF_KINSHIP_COUNT] = {0};
    error_of *errors = calloc(count + 1, sizeof *errors);
    if (!errors) return false;
    for (size_t i = 0; i < count; i++) {
        double z = (self->cells->items[i].log_seconds - networks[i].log_seconds) / networks[i].sd;
        errors[i] = (error_of){&self->cells->items[i], fmax(-CLIP, fmin(CLIP, z))};
    }
    if (count) qsort(errors, count, sizeof *errors, by_run);
    for (size_t i = 0; i < count; i++)
        for (size_t j = i + 1; j < count && compare_runs(errors[i].cell, errors[j].cell) == 0; j++) {
            if (errors[i].cell->chip == errors[j].cell->chip) continue;
            roof_kinship kin = store_kinship(errors[i].cell->chip, errors[j].cell->chip);
            products[kin] += errors[i].z * errors[j].z;
            squares[kin] += (errors[i].z * errors[i].z + errors[j].z * errors[j].z) / 2;
            out->correlation_pairs[kin]++;
        }
    free(errors);
    for (int k = 0; k < ROOF_KINSHIP_COUNT; k++)
        out->correlation[k] = squares[k] > 0 ? fmax(0, products[k] / squares[k]) : 0;
    return true;
}

/* ---- all of it ---- */

static roof_code conclude(fit *self, const fold_score *networks, const fold_score *chips,
                          roof_calibration *out, roof_error *error)
{
    for (size_t i = 0; i < self->cells->count; i++) out->rows += self->cells->items[i].rows;
    out->cells = self->cells->count;
    roof_cells_hash(self->cells, out->hash);
    if (add_profiles(self, out) && add_spreads(self, networks, chips, out) &&
        add_correlations(self, networks, out)) {
        store_sort(out);
        return ROOF_OK;
    }
    return roof_fail(error, ROOF_NO_MEMORY, "no memory for the calibration");
}

static roof_code fit_and_score(fit *self, const roof_progress *progress, roof_calibration *out,
                               roof_error *error)
{
    fold_score *networks = calloc(self->cells->count + 1, sizeof *networks);
    fold_score *chips = calloc(self->cells->count + 1, sizeof *chips);
    roof_code code;
    if (networks && chips) {
        code = fit_all(self, error);
        if (code == ROOF_OK)
            code = folds_score(self, ROOF_FOLD_NETWORK, CALIBRATION_FOLDS, progress, networks, error);
        if (code == ROOF_OK)
            code = folds_score(self, ROOF_FOLD_CHIP, CALIBRATION_FOLDS, progress, chips, error);
        if (code == ROOF_OK) code = conclude(self, networks, chips, out, error);
    } else {
        code = roof_fail(error, ROOF_NO_MEMORY, "no memory for the calibration");
    }
    free(networks);
    free(chips);
    return code;
}

roof_code roof_calibrate(const roof_cells *cells, const roof_progress *progress, roof_calibration **out,
                         roof_error *error)
{
    pool tree = {0};
    fit self = {0};
    *out = NULL;
    if (cells->count == 0) return roof_fail(error, ROOF_INVALID, "no measurement that can be fitted to");
    roof_calibration *made = store_new(error);
    if (!made) return ROOF_NO_MEMORY;
    roof_code code = pool_make(cells, &tree, error);
    if (code == ROOF_OK) code = fit_make(cells, &tree, &self, error);
    if (code == ROOF_OK) code = fit_and_score(&self, progress, made, error);
    fit_free(&self);
    pool_free(&tree);
    if (code == ROOF_OK) *out = made;
    else roof_calibration_free(made);
    return code;
}
