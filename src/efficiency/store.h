/* A calibration in memory. */
#ifndef EFFICIENCY_STORE_H
#define EFFICIENCY_STORE_H

#include "chiproof/efficiency/calibration.h"

/* An empty one with its arena; NULL if memory ran out. */
roof_calibration *store_new(roof_error *error);
/* Puts profiles and spreads in the order in which they are looked up. */
void store_sort(roof_calibration *calibration);
roof_kinship store_kinship(const roof_chip *a, const roof_chip *b);

#endif
