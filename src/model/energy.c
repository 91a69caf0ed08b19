#include "chiproof/model/energy.h"

#include <math.h>
#include <string.h>

#include "chiproof/base/buffer.h"

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

static bool take_power(const roof_chip *chip, size_t kind, double chips, roof_energy *out)
{
    const roof_value *power = roof_chip_value(chip, powers[kind].field);
    if (!power) {
        out->missing = chip->fields[powers[kind].field].count ? powers[kind].elsewhere : powers[kind].missing;
        return false;
    }
    out->basis = powers[kind].basis;
    out->field = powers[kind].field;
    out->power = power;
    out->power_w = power->si * chips;
    out->missing = NULL;
    return true;
}

void roof_energy_settle(const roof_chip *chip, roof_energy_basis asked, double chips, double results,
                        roof_energy *out)
{
    *out = (roof_energy){.field = ROOF_FIELD_COUNT, .power_w = NAN, .results = results};
    bool found = false, elsewhere = false;
    for (size_t i = 0; i < POWERS && !found; i++) {
        if (asked != ROOF_ENERGY_AUTO && asked != powers[i].basis) continue;
        found = take_power(chip, i, chips, out);
        elsewhere = elsewhere || out->missing == powers[i].elsewhere;
    }
    if (found || asked != ROOF_ENERGY_AUTO) return;
    out->missing = elsewhere ? "power is published only of something else than the thing itself"
                             : "neither typical power nor a TDP is published";
}

double roof_energy_joules(const roof_energy *energy, double pass_s)
{
    return energy->power_w * pass_s / energy->results;
}
