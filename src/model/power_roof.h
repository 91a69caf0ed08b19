/* The roof that the power budget puts on a run. */
#ifndef MODEL_POWER_ROOF_H
#define MODEL_POWER_ROOF_H

#include "chiproof/model/bound.h"

/* Bytes that the on-chip memories move in one pass. */
double bound_on_chip_bytes(const roof_bound *bound);

/* Fills the POWER ceiling from the operations and on-chip bytes that the other ceilings carry, if the machine
 * knows what they cost; else it carries nothing. */
void bound_carry_power(const roof_machine *machine, roof_bound *bound);

#endif
