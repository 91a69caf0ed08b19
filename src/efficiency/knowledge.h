/* What a calibration knows of a chip, with what it does not know made wide. */
#ifndef EFFICIENCY_KNOWLEDGE_H
#define EFFICIENCY_KNOWLEDGE_H

#include "chiproof/efficiency/calibration.h"

/* The covariance of a chip's coordinates whose nearest profile this is: what the profile does not know of the
 * levels below it is as wide as the prior. */
void knowledge_covariance(const roof_profile *profile,
                          double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT]);

/* The residual's standard deviation in a class and what it is widened by, for a measured chip or another; of
 * a class nobody measured, the widest there is. */
void knowledge_spread(const roof_calibration *calibration, const char *chip_class, bool measured,
                      roof_sort sort, double *residual, double *widen);
/* Their product. */
double knowledge_scale(const roof_calibration *calibration, const char *chip_class, bool measured,
                       roof_sort sort);

#endif
