#include "chiproof/compare/crossover.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>
#include <math.h>

#include "compare/lead.h"

/* For GSL: over the logarithm of the axis, on which the grid is even. */
static double lead(double log_at, void *parameters)
{
    return compare_lead(parameters, exp(log_at));
}

/* Refines a bracket whose ends have leads of opposite sign. */
static roof_code refine(compare_pair *pair, double low, double high, double *root, roof_error *error)
{
    const double tolerance = 1e-9;
    enum { STEPS = 200 };
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    if (!solver) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the root solver");
    gsl_function function = {lead, pair};
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

static roof_code search(compare_pair *pair, double least, double most, double *roots, size_t limit,
                        size_t *count, roof_error *error)
{
    enum { POINTS = 257 };
    double low = log(least), step = (log(most) - low) / (POINTS - 1);
    double last_x = low, last_lead = 0;
    for (int i = 0; i < POINTS && *count < limit; i++) {
        double x = low + step * i, ahead = lead(x, pair);
        if (isnan(ahead) || fabs(ahead) < COMPARE_EQUAL) continue;
        if (last_lead != 0 && (last_lead < 0) != (ahead < 0)) {
            double root = 0;
            roof_code code = refine(pair, last_x, x, &root, error);
            if (code != ROOF_OK) return code;
            roots[(*count)++] = exp(root);
        }
        last_x = x;
        last_lead = ahead;
    }
    return ROOF_OK;
}

roof_code roof_crossover_roots(const roof_prediction *a, const roof_prediction *b, double handicap,
                               roof_sweep axis, double least, double most, double *roots, size_t limit,
                               size_t *count, roof_error *error)
{
    compare_pair pair = {a, b, handicap, axis};
    *count = 0;
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    roof_code code = search(&pair, least, most, roots, limit, count, error);
    gsl_set_error_handler(before);
    return code;
}

roof_code roof_crossover_batch(const roof_prediction *a, const roof_prediction *b, double handicap,
                               double least, double most, double *batch, roof_error *error)
{
    size_t count = 0;
    roof_code code =
        roof_crossover_roots(a, b, handicap, ROOF_SWEEP_BATCH, least, most, batch, 1, &count, error);
    if (code != ROOF_OK || count) return code;
    return roof_fail(error, ROOF_NO_ROOT, "their order does not change between batch %g and %g", least, most);
}
