#include "compare/root.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_roots.h>

static int iterate(gsl_root_fsolver *solver, gsl_function *function, double low, double high,
                   double tolerance)
{
    enum { STEPS = 200 };
    int status = gsl_root_fsolver_set(solver, function, low, high);
    for (int step = 0; status == GSL_SUCCESS && step < STEPS; step++) {
        status = gsl_root_fsolver_iterate(solver);
        if (status != GSL_SUCCESS) break;
        if (gsl_root_test_interval(gsl_root_fsolver_x_lower(solver), gsl_root_fsolver_x_upper(solver),
                                   tolerance, 0) == GSL_SUCCESS)
            break;
    }
    return status;
}

roof_code compare_root(double (*function)(double, void *), void *data, double low, double high,
                       double tolerance, double *root, roof_error *error)
{
    gsl_function of = {function, data};
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    gsl_root_fsolver *solver = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    int status = solver ? iterate(solver, &of, low, high, tolerance) : GSL_ENOMEM;
    gsl_set_error_handler(before);
    if (!solver) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the root solver");
    *root = gsl_root_fsolver_root(solver);
    gsl_root_fsolver_free(solver);
    return status == GSL_SUCCESS ? ROOF_OK
                                 : roof_fail(error, ROOF_NO_ROOT, "no root found: %s", gsl_strerror(status));
}
