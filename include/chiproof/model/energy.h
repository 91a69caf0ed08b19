/* Energy of a run, always with its basis: which power is taken to be drawn for how long, or what each
 * operation and each byte is taken to cost.
 *
 * All of it is affine in the seconds of one pass: energy = work + power x seconds. The bound puts the least
 * seconds in; whoever expects other seconds (a forecast's p10, p50, p90) puts in those. */
#ifndef CHIPROOF_MODEL_ENERGY_H
#define CHIPROOF_MODEL_ENERGY_H

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/model/bound.h"
#include "chiproof/model/costs.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "what is taken to be drawn") */
#define ROOF_ENERGY_BASES(X) \
    X(AUTO, "auto", "typical power, or the TDP where none is published") \
    X(TYPICAL, "typical", "typical power") \
    X(TDP, "tdp", "TDP") \
    X(DYNAMIC, "dynamic", "dynamic model")

typedef enum roof_energy_basis {
#define X(id, name, text) ROOF_ENERGY_##id,
    ROOF_ENERGY_BASES(X)
#undef X
        ROOF_ENERGY_BASIS_COUNT
} roof_energy_basis;
const char *roof_energy_basis_name(roof_energy_basis basis);
const char *roof_energy_basis_text(roof_energy_basis basis);
/* Any name but "auto". Errors: INVALID, with the names there are. */
roof_code roof_energy_basis_parse(const char *name, roof_energy_basis *out, roof_error *error);

/* What a run draws. */
typedef struct roof_energy {
    roof_energy_basis basis; /* the one used; AUTO if there is none */
    roof_field_id field;     /* power.typical, power.tdp or power.idle; ROOF_FIELD_COUNT if no power enters */
    const roof_value *power; /* of one chip, borrowed; NULL if none enters */
    double power_w;          /* drawn by all chips for as long as the pass lasts; NaN if not known */
    double results;          /* inferences or tokens of one pass */
    double amounts[ROOF_COST_COUNT];  /* DYNAMIC: operations and bytes of one pass; else 0 */
    roof_range each[ROOF_COST_COUNT]; /* DYNAMIC: joules of each; NaN where no source gives them */
    roof_range work_j;                /* DYNAMIC: joules of one pass for those; else 0 */
    char missing[256];                /* why there is no answer; "" if there is one */
} roof_energy;

/* Settles what `chips` of the chip draw in passes of `results` inferences or tokens. Only a power that is
 * published of the thing itself is used: that of the card around a chip, or of the server around a card, is
 * that of another thing. Nothing is allocated, and nothing fails: what is not known is `missing`. */
void roof_energy_settle(const roof_chip *chip, roof_energy_basis asked, double chips, double results,
                        roof_energy *out);

/* The dynamic model: what the operations and bytes of the whole `batch` cost, and, where it is published, the
 * idle power of all chips of the run for as long as the pass lasts. On-chip bytes are those of SRAM, L2 and
 * L3, external bytes those of external memory; bytes without a published cost, and all links, are left out.
 */
void roof_energy_settle_dynamic(const roof_chip *chip, const roof_costs *costs, const roof_bound *bound,
                                double batch, double results, roof_energy *out);
/* An answer that there is none. */
void roof_energy_refuse(roof_energy *out, const char *why);

/* Joules of one inference or token when a pass of the batch takes `pass_s` seconds; NaN if not known. By the
 * least of the published costs; all but DYNAMIC have no others. */
double roof_energy_joules(const roof_energy *energy, double pass_s);
/* The same by the greatest of the published costs. */
double roof_energy_joules_most(const roof_energy *energy, double pass_s);

/* The energy roofline that a dynamic energy lies on: of the bytes of external memory if the network moves any
 * of known cost, else of on-chip ones, at the least costs. `machine` gives their rates. *id is which bytes
 * they are. False if the energy is not DYNAMIC or no cost of bytes is known. */
bool roof_energy_roofline(const roof_energy *energy, const roof_machine *machine, roof_energy_machine *out,
                          roof_cost_id *id);

#ifdef __cplusplus
}
#endif
#endif
