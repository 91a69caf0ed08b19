#ifndef COMPARE_SPEC_ROWS_H
#define COMPARE_SPEC_ROWS_H

#include "chiproof/compare/compare.h"

/* Fills comparison->rows: every peak and field of which at least one chip says something. False if memory ran
 * out. */
bool compare_spec_rows(roof_comparison *comparison);

#endif
