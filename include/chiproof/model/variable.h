/* The same run on a machine of which one thing is another: what `need` and `sensitivity` turn. */
#ifndef CHIPROOF_MODEL_VARIABLE_H
#define CHIPROOF_MODEL_VARIABLE_H

#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What can be turned: each input of the machine (a roof_input_id is its own variable), and how many chips
 * run together. */
typedef int roof_variable;
enum { ROOF_VARIABLE_CHIPS = ROOF_INPUT_COUNT, ROOF_VARIABLE_COUNT };

/* "peak.int8.dense", "dram.bandwidth", "chips". Borrowed from the machine. */
const char *roof_variable_name(const roof_machine *machine, roof_variable variable);
roof_dimension roof_variable_dimension(const roof_machine *machine, roof_variable variable);
/* SI, of one chip, as the bound uses it (of a bracketed capacity the upper end); NaN if nothing is published.
 */
double roof_variable_value(const roof_machine *machine, roof_variable variable);

/* A copy of the machine whose variable has this value (NaN: not published; INFINITY: no limit). External
 * memory of which nothing was known is taken to be there when its capacity or bandwidth gets a value. */
roof_machine roof_machine_with(const roof_machine *machine, roof_variable variable, double value);

/* A machine that limits nothing: no chip behind it, every rate and capacity without bound. `precision` is
 * what it computes in. */
roof_machine roof_machine_unlimited(roof_precision precision);

#ifdef __cplusplus
}
#endif
#endif
