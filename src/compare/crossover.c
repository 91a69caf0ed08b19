#include "chiproof/compare/crossover.h"

#include <math.h>

#include "compare/lead.h"
#include "compare/root.h"

/* Over the logarithm of the axis, on which the grid is even. */
static double lead(double log_at, void *parameters)
{
    return compare_lead(parameters, exp(log_at));
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
            roof_code code = compare_root(lead, pair, last_x, x, 1e-9, &root, error);
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
    return search(&pair, least, most, roots, limit, count, error);
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
