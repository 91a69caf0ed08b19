/* One way to refine a bracketed root. */
#ifndef COMPARE_ROOT_H
#define COMPARE_ROOT_H

#include "chiproof/base/error.h"

/* Brent's method (GSL) on [low, high], at whose ends `function` has opposite signs, until the bracket is
 * narrower than `tolerance`. The function must be finite. Errors: NO_ROOT (the solver failed), NO_MEMORY. */
roof_code compare_root(double (*function)(double, void *), void *data, double low, double high,
                       double tolerance, double *root, roof_error *error);

#endif
