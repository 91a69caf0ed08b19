#include "chiproof/model/variable.h"

#include <math.h>
#include <string.h>

const char *roof_variable_name(const roof_machine *machine, roof_variable variable)
{
    return variable == ROOF_VARIABLE_CHIPS ? "chips" : machine->inputs[variable].field;
}

roof_dimension roof_variable_dimension(const roof_machine *machine, roof_variable variable)
{
    return variable == ROOF_VARIABLE_CHIPS ? ROOF_DIM_NUMBER : machine->inputs[variable].dimension;
}

double roof_variable_value(const roof_machine *machine, roof_variable variable)
{
    if (variable == ROOF_VARIABLE_CHIPS) return machine->chips;
    return variable == ROOF_INPUT_SRAM_CAPACITY ? machine->sram_capacity_most : machine->inputs[variable].si;
}

roof_machine roof_machine_with(const roof_machine *machine, roof_variable variable, double value)
{
    roof_machine out = *machine;
    bool external = variable == ROOF_INPUT_DRAM_CAPACITY || variable == ROOF_INPUT_DRAM_BANDWIDTH;
    if (variable == ROOF_VARIABLE_CHIPS) out.chips = value;
    else out.inputs[variable].si = value;
    if (variable == ROOF_INPUT_SRAM_CAPACITY) out.sram_capacity_most = value;
    if (external && out.dram == ROOF_PRESENCE_UNKNOWN && !isnan(value)) out.dram = ROOF_PRESENCE_YES;
    roof_machine_prune(&out, out.pruning.told, out.pruning.told_activations);
    return out;
}

roof_machine roof_machine_unlimited(roof_precision precision)
{
    static const roof_chip none = {.id = "unlimited", .name = "unlimited"};
    roof_machine machine;
    memset(&machine, 0, sizeof machine);
    machine.chip = &none;
    machine.precision = precision;
    machine.chips = 1;
    machine.dram = ROOF_PRESENCE_YES;
    machine.sram_capacity_most = INFINITY;
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        roof_machine_name_input(&machine, (roof_input_id)i);
        machine.inputs[i].si = INFINITY;
    }
    /* Levels that a machine may do without. */
    for (int i = ROOF_INPUT_L2_CAPACITY; i <= ROOF_INPUT_L3_BANDWIDTH; i++) machine.inputs[i].si = NAN;
    roof_machine_prune(&machine, (roof_sparsity){0}, 0);
    return machine;
}
