#include "efficiency/sampling.h"

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_qrng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>

bool sampling_fill(sampling *out)
{
    gsl_error_handler_t *before = gsl_set_error_handler_off(); /* which would abort for want of memory */
    gsl_qrng *points = gsl_qrng_alloc(gsl_qrng_sobol, SAMPLING_DIMENSIONS);
    gsl_set_error_handler(before);
    if (!points) return false;
    double point[SAMPLING_DIMENSIONS];
    for (int i = 0; i < ROOF_FORECAST_DRAWS; i++) {
        gsl_qrng_get(points, point);
        for (int d = 0; d < SAMPLING_DIMENSIONS; d++) out->z[d][i] = gsl_cdf_ugaussian_Pinv(point[d]);
    }
    gsl_qrng_free(points);
    return true;
}

roof_quantiles sampling_quantiles(double *draws)
{
    for (int i = 0; i < ROOF_FORECAST_DRAWS; i++)
        if (isnan(draws[i])) return (roof_quantiles){NAN, NAN, NAN};
    gsl_sort(draws, 1, ROOF_FORECAST_DRAWS);
    return (roof_quantiles){gsl_stats_quantile_from_sorted_data(draws, 1, ROOF_FORECAST_DRAWS, 0.1),
                            gsl_stats_quantile_from_sorted_data(draws, 1, ROOF_FORECAST_DRAWS, 0.5),
                            gsl_stats_quantile_from_sorted_data(draws, 1, ROOF_FORECAST_DRAWS, 0.9)};
}
