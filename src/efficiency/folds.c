#include "efficiency/folds.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Steps from the fit to everything to the fit without a few rows: until nothing moves by more than this, on
 * the log scale, or the rest of the way is shorter than a result's digits. */
enum { WARM_PASSES = 10 };
#define WARM_SETTLED 2e-3

const char *folds_name(const roof_cell *cell, roof_fold_kind kind)
{
    switch (kind) {
    case ROOF_FOLD_NETWORK: return roof_workload_id(cell->workload);
    case ROOF_FOLD_CHIP: return cell->chip->id;
    default: return cell->chip->vendor ? cell->chip->vendor : "";
    }
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* The sorted names that are left out in turn; how many. */
static size_t list_names(const roof_cells *cells, roof_fold_kind kind, const char **names)
{
    size_t kept = 0;
    for (size_t i = 0; i < cells->count; i++) names[i] = folds_name(&cells->items[i], kind);
    if (cells->count) qsort(names, cells->count, sizeof *names, by_name);
    for (size_t i = 0; i < cells->count; i++)
        if (!kept || strcmp(names[kept - 1], names[i]) != 0) names[kept++] = names[i];
    return kept;
}

static size_t place_of(const char *const *names, size_t count, const char *name)
{
    const char *const *found = bsearch(&name, names, count, sizeof *names, by_name);
    return found ? (size_t)(found - names) : 0;
}

static roof_code run_fold(fit *self, const double *start, const bool *left_out, fold_score *scores,
                          roof_error *error)
{
    memcpy(self->parameters, start, self->tree->parameter_count * sizeof *start);
    roof_code code = fit_run(self, left_out, WARM_PASSES, WARM_SETTLED, false, error);
    for (size_t i = 0; code == ROOF_OK && i < self->cells->count; i++) {
        if (!left_out[i]) continue;
        double sd, scale = fit_scale_of(self, i);
        scores[i].log_seconds = fit_predict(self, i, &sd);
        scores[i].sd = sqrt(sd * sd + scale * scale);
    }
    return code;
}

/* Names are dealt to the folds in turn, so that neighbours (yolov8n, yolov8s) are not left out together. */
static roof_code run_folds(fit *self, size_t folds, const size_t *fold_of, const double *start,
                           bool *left_out, const roof_progress *progress, fold_score *scores,
                           roof_error *error)
{
    roof_code code = ROOF_OK;
    for (size_t fold = 0; code == ROOF_OK && fold < folds; fold++) {
        for (size_t i = 0; i < self->cells->count; i++) left_out[i] = fold_of[i] == fold;
        code = run_fold(self, start, left_out, scores, error);
        if (progress) progress->tell(progress->data, (double)(fold + 1) / (double)folds);
    }
    return code;
}

roof_code folds_score(fit *self, roof_fold_kind kind, size_t folds, const roof_progress *progress,
                      fold_score *scores, roof_error *error)
{
    size_t cells = self->cells->count, parameters = self->tree->parameter_count;
    const char **names = calloc(cells + 1, sizeof *names);
    size_t *fold_of = calloc(cells + 1, sizeof *fold_of);
    bool *left_out = calloc(cells + 1, sizeof *left_out);
    double *start = calloc(parameters + 1, sizeof *start);
    roof_code code = ROOF_OK;
    if (names && fold_of && left_out && start) {
        size_t count = list_names(self->cells, kind, names);
        if (folds == 0 || folds > count) folds = count;
        for (size_t i = 0; i < cells; i++)
            fold_of[i] = place_of(names, count, folds_name(&self->cells->items[i], kind)) % folds;
        memcpy(start, self->parameters, parameters * sizeof *start);
        code = run_folds(self, folds, fold_of, start, left_out, progress, scores, error);
        memcpy(self->parameters, start, parameters * sizeof *start);
        if (code == ROOF_OK) code = fit_run(self, NULL, 0, WARM_SETTLED, false, error);
    } else {
        code = roof_fail(error, ROOF_NO_MEMORY, "no memory for the backtest");
    }
    free(names);
    free(fold_of);
    free(left_out);
    free(start);
    return code;
}
