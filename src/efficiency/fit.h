/* The fit: Gauss-Newton on ln t with priors as residuals and Student-t weights (4 degrees of freedom), and
 * the posterior at its end. */
#ifndef EFFICIENCY_FIT_H
#define EFFICIENCY_FIT_H

#include "efficiency/envelope.h"
#include "efficiency/pool.h"

/* Degrees of freedom of the residuals' distribution. */
#define FIT_FREEDOM 4.0

/* Residual scales are shared by class and by whether a language model is run. */
enum { FIT_NETWORK, FIT_LANGUAGE, FIT_SORTS };

typedef struct fit {
    const roof_cells *cells; /* borrowed, as the pool */
    const pool *tree;
    double *parameters;
    double *scale;     /* residual scale by class x FIT_SORTS */
    envelope normal;   /* at the end: Cholesky factor of the posterior precision */
    double *residuals; /* ln measured - ln predicted, of every cell, left out or not */
    double *work, *step;
    int passes; /* that were taken */
} fit;

/* Begins at the prior. Release with fit_free whatever came of it. Errors: NO_MEMORY. */
roof_code fit_make(const roof_cells *cells, const pool *tree, fit *out, roof_error *error);
void fit_free(fit *self);
/* Takes up to `passes` steps from where the parameters are, until no parameter moves by more than `settled`,
 * with the cells whose `left_out` is false (NULL: none is), and ends with the posterior there. Scales are
 * found again only with `scales`. Errors: INVALID (no
 * minimum: the numbers ran away). */
roof_code fit_run(fit *self, const bool *left_out, int passes, double settled, bool scales,
                  roof_error *error);

/* To all cells, with their scales, until it has settled. Errors: as fit_run. */
roof_code fit_all(fit *self, roof_error *error);

int fit_sort(const roof_cell *cell);
double fit_scale_of(const fit *self, size_t cell);
/* ln of the predicted seconds of a cell and the standard deviation that its parameters leave. */
double fit_predict(fit *self, size_t cell, double *parameter_sd);
/* Mean and covariance (row-major) of the coordinates of a node; coordinates that the fit knows nothing of
 * have their prior. */
void fit_profile(fit *self, int node, double mean[ROOF_COORDINATE_COUNT],
                 double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT]);

#endif
