#ifndef COMPARE_BASIS_H
#define COMPARE_BASIS_H

#include "chiproof/compare/compare.h"

/* Fills basis, divisor and power_field. Errors: MISSING. */
roof_code compare_basis(roof_comparison *comparison, roof_basis basis, roof_error *error);

/* True if a field's or peak's figure is divided on this basis (field COUNT: a peak). */
bool compare_is_scaled(roof_basis basis, roof_field_id field);

#endif
