/* What a forecast rests on: measurements, and published figures as far as they can be trusted. */
#ifndef EFFICIENCY_BASIS_H
#define EFFICIENCY_BASIS_H

#include "chiproof/efficiency/forecast.h"

/* Variance of ln t that the figures leave which entered: values of one field that disagree, claims without a
 * source. A chip that was measured has it in its own coordinates. */
double basis_variance(const roof_prediction *prediction, const roof_features *features,
                      const double slope[ROOF_COORDINATE_COUNT]);
/* "calibrated on 318 measurements of this chip; figures: 2 vendor, 1 press". */
void basis_text(const roof_prediction *prediction, const roof_profile *profile, char out[ROOF_BASIS_TEXT]);

#endif
