#include "model/power_roof.h"

double bound_on_chip_bytes(const roof_bound *bound)
{
    static const roof_ceiling_id levels[] = {ROOF_CEILING_SRAM, ROOF_CEILING_L2, ROOF_CEILING_L3};
    double bytes = 0;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) bytes += bound->ceilings[levels[i]].amount;
    return bytes;
}

static void carry(roof_ceiling *ceiling, const char *what, double amount, double each_j)
{
    if (!(amount * each_j > 0)) return;
    ceiling->parts[ceiling->part_count++] = (roof_part){what, each_j, amount, 1};
    ceiling->amount += amount * each_j;
}

void bound_carry_power(const roof_machine *machine, roof_bound *bound)
{
    roof_ceiling *power = &bound->ceilings[ROOF_CEILING_POWER];
    carry(power, "operations", bound->ceilings[ROOF_CEILING_COMPUTE].amount, machine->op_j);
    carry(power, "on-chip bytes", bound_on_chip_bytes(bound), machine->on_chip_byte_j);
}
