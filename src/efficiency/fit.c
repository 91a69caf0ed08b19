#include "efficiency/fit.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Scales start here, and are drawn there as by so many cells more: scales of small classes would collapse. */
#define SCALE_PRIOR 0.2
#define SCALE_PRIOR_CELLS 10.0
/* The greatest step of a parameter, on the log scale. */
#define STEP_LIMIT 1.5
/* Scales are found again in every so many steps: the leverage of each cell takes the time of a step. */
enum { SCALE_EVERY = 3 };
/* Of the fit to all cells. */
enum { ALL_PASSES = 40 };
#define ALL_SETTLED 1e-7

roof_code fit_make(const roof_cells *cells, const pool *tree, fit *out, roof_error *error)
{
    size_t size = tree->parameter_count;
    *out = (fit){.cells = cells, .tree = tree};
    out->parameters = calloc(size + 1, sizeof *out->parameters);
    out->scale = calloc(tree->class_count * FIT_SORTS + 1, sizeof *out->scale);
    out->residuals = calloc(cells->count + 1, sizeof *out->residuals);
    out->work = calloc(size + 1, sizeof *out->work);
    out->step = calloc(size + 1, sizeof *out->step);
    bool room = envelope_make(&out->normal, tree->start, size);
    if (!room || !out->parameters || !out->scale || !out->residuals || !out->work || !out->step)
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the fit");
    for (size_t i = 0; i < size; i++) out->parameters[i] = tree->prior_mean[i];
    for (size_t i = 0; i < tree->class_count * FIT_SORTS; i++) out->scale[i] = SCALE_PRIOR;
    return ROOF_OK;
}

void fit_free(fit *self)
{
    envelope_free(&self->normal);
    free(self->parameters);
    free(self->scale);
    free(self->residuals);
    free(self->work);
    free(self->step);
    *self = (fit){0};
}

int fit_sort(const roof_cell *cell)
{
    return cell->kind == ROOF_CELL_NETWORK ? FIT_NETWORK : FIT_LANGUAGE;
}

static size_t scale_place(const fit *self, size_t cell)
{
    return (size_t)self->tree->class_of[cell] * FIT_SORTS + (size_t)fit_sort(&self->cells->items[cell]);
}

double fit_scale_of(const fit *self, size_t cell)
{
    return self->scale[scale_place(self, cell)];
}

/* ---- the Jacobian of a cell ---- */

enum { ROW_LIMIT = ROOF_COORDINATE_COUNT * ROOF_POOL_LEVEL_COUNT };
typedef struct jacobian {
    int at[ROW_LIMIT]; /* parameters, ascending */
    double slope[ROW_LIMIT];
    int count;
} jacobian;

/* Children stand before parents, so the places ascend. */
static void spread(const pool *tree, int node, const double slope[ROOF_COORDINATE_COUNT], jacobian *out)
{
    out->count = 0;
    for (int at = node; at >= 0; at = tree->nodes[at].parent)
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
            if (slope[c] == 0 || tree->nodes[at].parameter[c] < 0) continue;
            out->at[out->count] = tree->nodes[at].parameter[c];
            out->slope[out->count++] = slope[c];
        }
}

static double linearise(const fit *self, size_t cell, jacobian *out)
{
    double x[ROOF_COORDINATE_COUNT], slope[ROOF_COORDINATE_COUNT];
    int node = self->tree->node_of[cell];
    pool_coordinates(self->tree, self->parameters, node, x);
    double log_seconds = roof_form_log_seconds(&self->cells->items[cell].features, x, slope);
    spread(self->tree, node, slope, out);
    return log_seconds;
}

/* ---- steps ---- */

static double weight(const fit *self, size_t cell)
{
    double scale = fit_scale_of(self, cell), z = self->residuals[cell] / scale;
    return (FIT_FREEDOM + 1) / (FIT_FREEDOM + z * z) / (scale * scale);
}

static void add_row(envelope *normal, double *gradient, const jacobian *row, double w, double residual)
{
    for (int i = 0; i < row->count; i++) {
        double scaled = w * row->slope[i], *target = normal->rows[row->at[i]];
        gradient[row->at[i]] += scaled * residual;
        for (int j = 0; j <= i; j++) target[row->at[j]] += scaled * row->slope[j];
    }
}

/* Fills the normal matrix and the gradient (in `step`) at the parameters. With `expected` the weights are
 * those that the posterior takes: their mean under the residuals' distribution. */
static void assemble(fit *self, const bool *left_out, bool expected)
{
    const pool *tree = self->tree;
    jacobian row;
    envelope_clear(&self->normal);
    for (size_t i = 0; i < tree->parameter_count; i++) {
        self->normal.rows[i][i] = tree->prior_precision[i];
        self->step[i] = tree->prior_precision[i] * (tree->prior_mean[i] - self->parameters[i]);
    }
    for (size_t i = 0; i < self->cells->count; i++) {
        self->residuals[i] = self->cells->items[i].log_seconds - linearise(self, i, &row);
        if (left_out && left_out[i]) continue;
        double scale = fit_scale_of(self, i);
        double w = expected ? (FIT_FREEDOM + 1) / (FIT_FREEDOM + 3) / (scale * scale) : weight(self, i);
        add_row(&self->normal, self->step, &row, w, self->residuals[i]);
    }
}

/* J Sigma J' of a row. */
static double row_variance(fit *self, const jacobian *row)
{
    size_t size = self->tree->parameter_count, from = row->count ? (size_t)row->at[0] : size;
    double sum = 0;
    memset(self->work, 0, size * sizeof *self->work);
    for (int i = 0; i < row->count; i++) self->work[row->at[i]] = row->slope[i];
    envelope_forward(&self->normal, self->work, from);
    for (size_t i = from; i < size; i++) sum += self->work[i] * self->work[i];
    return sum;
}

/* The scale at which the weighted residuals have their expected size, over the degrees of freedom that the
 * parameters leave. The normal matrix must be factored. */
static bool update_scales(fit *self, const bool *left_out)
{
    size_t places = self->tree->class_count * FIT_SORTS;
    double *sums = calloc(2 * places, sizeof *sums), *free_cells;
    if (!sums) return false;
    free_cells = sums + places;
    for (size_t i = 0; i < self->cells->count; i++) {
        if (left_out && left_out[i]) continue;
        jacobian row;
        linearise(self, i, &row);
        double scale = fit_scale_of(self, i), w = weight(self, i), r = self->residuals[i];
        sums[scale_place(self, i)] += w * scale * scale * r * r;
        free_cells[scale_place(self, i)] += 1 - fmin(1, w * row_variance(self, &row));
    }
    for (size_t i = 0; i < places; i++)
        self->scale[i] = sqrt((sums[i] + SCALE_PRIOR_CELLS * SCALE_PRIOR * SCALE_PRIOR) /
                              (free_cells[i] + SCALE_PRIOR_CELLS));
    free(sums);
    return true;
}

/* Takes the step, scaled down where it is too long; its greatest element. */
static double take_step(fit *self)
{
    double greatest = 0;
    size_t size = self->tree->parameter_count;
    for (size_t i = 0; i < size; i++) greatest = fmax(greatest, fabs(self->step[i]));
    double share = greatest > STEP_LIMIT ? STEP_LIMIT / greatest : 1;
    for (size_t i = 0; i < size; i++) self->parameters[i] += share * self->step[i];
    return greatest;
}

static roof_code ran_away(roof_error *error)
{
    return roof_fail(error, ROOF_INVALID, "the fit found no minimum: a measurement is not a finite number");
}

roof_code fit_run(fit *self, const bool *left_out, int passes, double settled, bool scales, roof_error *error)
{
    for (self->passes = 0; self->passes < passes; self->passes++) {
        assemble(self, left_out, false);
        if (!envelope_factor(&self->normal)) return ran_away(error);
        if (scales && self->passes % SCALE_EVERY == SCALE_EVERY - 1 && !update_scales(self, left_out))
            return roof_fail(error, ROOF_NO_MEMORY, "no memory for the fit");
        envelope_forward(&self->normal, self->step, 0);
        envelope_backward(&self->normal, self->step);
        double length = take_step(self);
        if (!isfinite(length)) return ran_away(error);
        if (length < settled) break;
    }
    assemble(self, left_out, true);
    return envelope_factor(&self->normal) ? ROOF_OK : ran_away(error);
}

roof_code fit_all(fit *self, roof_error *error)
{
    return fit_run(self, NULL, ALL_PASSES, ALL_SETTLED, true, error);
}

/* ---- what the posterior says ---- */

double fit_predict(fit *self, size_t cell, double *parameter_sd)
{
    jacobian row;
    double log_seconds = linearise(self, cell, &row);
    if (parameter_sd) *parameter_sd = sqrt(row_variance(self, &row));
    return log_seconds;
}

/* Prior variance of a coordinate at the levels of a node and above for which there is no parameter. */
static double untouched_variance(const pool *tree, int node, roof_coordinate c)
{
    double sum = 0;
    for (int at = node; at >= 0; at = tree->nodes[at].parent) {
        double sd = roof_coordinate_sd(c, tree->nodes[at].level);
        if (tree->nodes[at].parameter[c] < 0) sum += sd * sd;
    }
    return sum;
}

void fit_profile(fit *self, int node, double mean[ROOF_COORDINATE_COUNT],
                 double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT])
{
    const pool *tree = self->tree;
    pool_coordinates(tree, self->parameters, node, mean);
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        double *column = covariance + c * ROOF_COORDINATE_COUNT;
        memset(self->work, 0, tree->parameter_count * sizeof *self->work);
        for (int at = node; at >= 0; at = tree->nodes[at].parent)
            if (tree->nodes[at].parameter[c] >= 0) self->work[tree->nodes[at].parameter[c]] = 1;
        envelope_forward(&self->normal, self->work, 0);
        envelope_backward(&self->normal, self->work);
        for (int d = 0; d < ROOF_COORDINATE_COUNT; d++) {
            column[d] = c == d ? untouched_variance(tree, node, (roof_coordinate)c) : 0;
            for (int at = node; at >= 0; at = tree->nodes[at].parent)
                if (tree->nodes[at].parameter[d] >= 0) column[d] += self->work[tree->nodes[at].parameter[d]];
        }
    }
}
