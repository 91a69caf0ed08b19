/* Draws from a fixed sequence. */
#ifndef EFFICIENCY_SAMPLING_H
#define EFFICIENCY_SAMPLING_H

#include <stdbool.h>

#include "chiproof/efficiency/forecast.h"

enum { SAMPLING_DIMENSIONS = 3 };

/* Independent standard normal numbers. */
typedef struct sampling {
    double z[SAMPLING_DIMENSIONS][ROOF_FORECAST_DRAWS];
} sampling;

/* Sobol points (gsl_qrng_sobol: Antonov and Saleev 1979), the first of them, which is zero, left out, through
 * the inverse of the normal distribution: always the same. False if memory ran out. */
bool sampling_fill(sampling *out);
/* The quantiles of the draws, which are sorted in place; NaN all if one of them is NaN. */
roof_quantiles sampling_quantiles(double *draws);

#endif
