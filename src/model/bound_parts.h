/* What the bound of one machine and the bounds of several are made of. */
#ifndef MODEL_BOUND_PARTS_H
#define MODEL_BOUND_PARTS_H

#include "chiproof/model/bound.h"

/* Adds a summand to what a ceiling carries; one of nothing is left out. */
void model_bound_carry(roof_bound *bound, roof_ceiling_id id, const char *what, double each, double times);

/* The bound under perfect sharing: all chips of the machine as one that is so many times as large. The plan
 * of the run is not looked at. Errors: as roof_bound_compute. */
roof_code model_bound_shared(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                             roof_bound *out, roof_error *error);

#endif
