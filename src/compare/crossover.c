#include "chiproof/compare/crossover.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

typedef struct pair {
    const roof_prediction *a, *b;
    double handicap;
} pair;

/* How far a is ahead of b, in powers of e; NaN where one does not fit. */
static double lead(double log_batch, void *parameters)
{
    const pair *runs = parameters;
    double batch = exp(log_batch);
    double ratio =
        roof_prediction_throughput_at(runs->a, batch) / roof_prediction_throughput_at(runs->b, batch);
    return log(ratio / runs->handicap);
}

/* Refines a bracket whose ends have leads of opposite sign. */
static roof_code refine(pair *runs, double low, double high, double *root, roof_error *error)
{
    const double tolerance = 1e-9;
    enum { STEPS = 200 };
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the root solver");
    gsl_function function = {lead, runs};
    int status = gsl_root_fsolver_set(solver, &function, low, high);
    for (int step = 0; status == GSL_SUCCESS && step < STEPS; step++) {
        status = gsl_root_fsolver_iterate(solver);
        if (status != GSL_SUCCESS) break;
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver),
                                   tolerance, 0) == GSL_SUCCESS)
            break;
    }
    *root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS ? ROOF_OK
                                 : roof_fail(error, ROOF_NO_ROOT, "no root found: %s", gsl_strerror(status));
}

static roof_code search(pair *runs, double least, double most, double *batch, roof_error *error)
{
    enum { POINTS = 97 };
    const double equal = 1e-9;
    double low = log(least), step = (log(most) - low) / (POINTS - 1);
    double last_x = low, last_lead = 0;
    for (int i = 0; i < POINTS; i++) {
        double x = low + step * i, ahead = lead(x, runs);
        if (isnan(ahead) || fabs(ahead) < equal) continue;
        if (last_lead != 0 && (last_lead < 0) != (ahead < 0)) {
            double root = 0;
            roof_code code = refine(runs, last_x, x, &root, error);
            *batch = exp(root);
            return code;
        }
        last_x = x;
        last_lead = ahead;
    }
    return roof_fail(error, ROOF_NO_ROOT, "their order does not change between batch %g and %g", least, most);
}

roof_code roof_crossover_batch(const roof_prediction *a, const roof_prediction *b, double handicap,
                               double least, double most, double *batch, roof_error *error)
{
    pair runs = {a, b, handicap};
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    roof_code code = search(&runs, least, most, batch, error);
    gsl_set_error_handler(before);
    return code;
}
