#include "chiproof/model/energy.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "model/power_roof.h"

static const struct {
    const char *name, *text;
} bases[] = {
#define X(id, name, text) {name, text},
    ROOF_ENERGY_BASES(X)
#undef X
};

const char *roof_energy_basis_name(roof_energy_basis basis)
{
    return bases[basis].name;
}

const char *roof_energy_basis_text(roof_energy_basis basis)
{
    return bases[basis].text;
}

roof_code roof_energy_basis_parse(const char *name, roof_energy_basis *out, roof_error *error)
{
    roof_buffer names = ROOF_BUFFER_EMPTY;
    for (int i = ROOF_ENERGY_AUTO + 1; i < ROOF_ENERGY_BASIS_COUNT; i++) {
        if (strcmp(name, bases[i].name) == 0) {
            *out = (roof_energy_basis)i;
            roof_buffer_free(&names);
            return ROOF_OK;
        }
        roof_buffer_printf(&names, "%s%s", names.length ? " or " : "", bases[i].name);
    }
    roof_fail(error, ROOF_INVALID, "\"%s\": expected %s", name, roof_buffer_text(&names));
    roof_buffer_free(&names);
    return ROOF_INVALID;
}

/* ---- power ---- */

/* The bases that are a published power, the preferred one first. */
static const struct {
    roof_energy_basis basis;
    roof_field_id field;
    const char *missing, *elsewhere; /* said when nothing is published, or only of another thing */
} powers[] = {
    {ROOF_ENERGY_TYPICAL, ROOF_FIELD_TYPICAL_POWER, "typical power is not published",
     "typical power is published only of something else than the thing itself"},
    {ROOF_ENERGY_TDP, ROOF_FIELD_TDP, "no TDP is published",
     "the TDP is published only of something else than the thing itself"},
};
enum { POWERS = sizeof powers / sizeof *powers };

static void refuse(roof_energy *out, const char *why)
{
    snprintf(out->missing, sizeof out->missing, "%s", why);
}

void roof_energy_refuse(roof_energy *out, const char *why)
{
    *out = (roof_energy){.field = ROOF_FIELD_COUNT, .power_w = NAN};
    refuse(out, why);
}

static bool take_power(const roof_chip *chip, size_t kind, double chips, roof_energy *out)
{
    const roof_value *power = roof_chip_value(chip, powers[kind].field);
    if (!power) return false;
    out->basis = powers[kind].basis;
    out->field = powers[kind].field;
    out->power = power;
    out->power_w = power->si * chips;
    return true;
}

void roof_energy_settle(const roof_chip *chip, roof_energy_basis asked, double chips, double results,
                        roof_energy *out)
{
    bool found = false, elsewhere = false;
    *out = (roof_energy){.field = ROOF_FIELD_COUNT, .power_w = NAN, .results = results};
    for (size_t i = 0; i < POWERS && !found; i++) {
        if (asked != ROOF_ENERGY_AUTO && asked != powers[i].basis) continue;
        found = take_power(chip, i, chips, out);
        bool published = chip->fields[powers[i].field].count > 0;
        elsewhere = elsewhere || published;
        if (!found) refuse(out, published ? powers[i].elsewhere : powers[i].missing);
    }
    if (found) out->missing[0] = '\0';
    else if (asked == ROOF_ENERGY_AUTO)
        refuse(out, elsewhere ? "power is published only of something else than the thing itself"
                              : "neither typical power nor a TDP is published");
}

/* ---- the dynamic model ---- */

void roof_energy_settle_dynamic(const roof_chip *chip, const roof_costs *costs, const roof_bound *bound,
                                double batch, double results, roof_energy *out)
{
    const roof_split *split = &bound->split;
    /* The ceilings hold the share of the chips that work on one pass together. */
    double passes = batch / (split->batch * split->microbatches);
    *out = (roof_energy){.basis = ROOF_ENERGY_DYNAMIC, .field = ROOF_FIELD_IDLE_POWER, .results = results};
    out->amounts[ROOF_COST_OP] = bound->ceilings[ROOF_CEILING_COMPUTE].amount * passes;
    out->amounts[ROOF_COST_ON_CHIP] = bound_on_chip_bytes(bound) * passes;
    out->amounts[ROOF_COST_DRAM] = bound->ceilings[ROOF_CEILING_DRAM].amount * passes;
    for (int i = 0; i < ROOF_COST_COUNT; i++) {
        out->each[i] = costs->items[i].each;
        if (isnan(out->each[i].least)) continue;
        out->work_j.least += out->amounts[i] * out->each[i].least;
        out->work_j.most += out->amounts[i] * out->each[i].most;
    }
    out->power = roof_chip_value(chip, ROOF_FIELD_IDLE_POWER);
    out->power_w = out->power ? out->power->si * split->chips : 0;
}

double roof_energy_joules(const roof_energy *energy, double pass_s)
{
    return (energy->work_j.least + energy->power_w * pass_s) / energy->results;
}

double roof_energy_joules_most(const roof_energy *energy, double pass_s)
{
    return (energy->work_j.most + energy->power_w * pass_s) / energy->results;
}

bool roof_energy_roofline(const roof_energy *energy, const roof_machine *machine, roof_energy_machine *out,
                          roof_cost_id *id)
{
    bool external = energy->amounts[ROOF_COST_DRAM] > 0 && !isnan(energy->each[ROOF_COST_DRAM].least);
    *id = external ? ROOF_COST_DRAM : ROOF_COST_ON_CHIP;
    if (energy->basis != ROOF_ENERGY_DYNAMIC || isnan(energy->each[*id].least)) return false;
    roof_input_id rate = external ? ROOF_INPUT_DRAM_BANDWIDTH : ROOF_INPUT_SRAM_BANDWIDTH;
    *out = (roof_energy_machine){.op_j = energy->each[ROOF_COST_OP].least,
                                 .byte_j = energy->each[*id].least,
                                 .static_w = energy->power_w,
                                 .op_s = 1 / (machine->inputs[ROOF_INPUT_PEAK].si * machine->chips),
                                 .byte_s = 1 / (machine->inputs[rate].si * machine->chips)};
    return true;
}
