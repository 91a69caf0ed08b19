/* Energy of a run, always with its basis: which power is taken to be drawn for how long, or what each
 * operation and each byte is taken to cost.
 *
 * All of it is affine in the seconds of one pass: energy = work + power x seconds. The bound puts the least
 * seconds in; whoever expects other seconds (a forecast's p10, p50, p90) puts in those. */
#ifndef CHIPROOF_MODEL_ENERGY_H
#define CHIPROOF_MODEL_ENERGY_H

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "what is taken to be drawn") */
#define ROOF_ENERGY_BASES(X) \
    X(AUTO, "auto", "typical power, or the TDP where none is published") \
    X(TYPICAL, "typical", "typical power") \
    X(TDP, "tdp", "TDP")

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
    roof_field_id field;     /* power.typical or power.tdp; ROOF_FIELD_COUNT if no power enters */
    const roof_value *power; /* of one chip, borrowed; NULL if none enters */
    double power_w;          /* drawn by all chips for as long as the pass lasts; NaN if not known */
    double results;          /* inferences or tokens of one pass */
    const char *missing;     /* why there is no answer; NULL if there is one */
} roof_energy;

/* Settles what `chips` of the chip draw in passes of `results` inferences or tokens. Only a power that is
 * published of the thing itself is used: that of the card around a chip, or of the server around a card, is
 * that of another thing. Nothing is allocated, and nothing fails: what is not known is `missing`. */
void roof_energy_settle(const roof_chip *chip, roof_energy_basis asked, double chips, double results,
                        roof_energy *out);

/* Joules of one inference or token when a pass of the batch takes `pass_s` seconds; NaN if not known. */
double roof_energy_joules(const roof_energy *energy, double pass_s);

#ifdef __cplusplus
}
#endif
#endif
