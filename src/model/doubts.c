#include "model/doubts.h"

#include <math.h>

#include "chiproof/base/buffer.h"
#include "chiproof/units/units.h"

static void doubt_peak(roof_prediction *p)
{
    const roof_peak *peak = roof_chip_dense_peak(p->chip, p->request.precision);
    const char *name = p->machine.inputs[ROOF_INPUT_PEAK].field;
    if (peak->sparsity == ROOF_PEAK_ASSUMED_DENSE)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s of %s: the source does not say dense or sparse; taken as dense", name,
                         p->chip->id);
    if (peak->value.relation == ROOF_RELATION_AT_LEAST)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s of %s is published as \"at least\": the true bound may be higher", name,
                         p->chip->id);
}

static void doubt_unverified(roof_prediction *p)
{
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        const roof_input *input = &p->machine.inputs[i];
        if (!roof_prediction_uses(p, (roof_input_id)i) || input->value->claim != ROOF_CLAIM_UNVERIFIED)
            continue;
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s of %s is unverified: no source was found", input->field, p->chip->id);
    }
}

static void doubt_dynamic(roof_prediction *p)
{
    const roof_energy *energy = &p->energy;
    const char *memory = roof_chip_text(p->chip, ROOF_FIELD_DRAM_TYPE);
    roof_report_addf(
        &p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
        "dynamic energy is an estimate of arithmetic and memory arrays at the node's nominal voltage: "
        "instructions, registers, wires, clocks and links are not counted");
    if (!energy->power)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "idle power of %s is not published: nothing is counted for the time it takes",
                         p->chip->id);
    if (energy->amounts[ROOF_COST_DRAM] > 0 && isnan(energy->each[ROOF_COST_DRAM].least))
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "no source gives the energy of a byte of %s: what %s reads from it is not counted",
                         memory ? memory : "its external memory", p->chip->id);
    if (p->bound.limiter == ROOF_CEILING_POWER)
        roof_report_addf(
            &p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
            "the bound rests on that estimate: the TDP of %s would not feed the operations any faster",
            p->chip->id);
}

/* A figure of the chip alone leaves out the memory beside it, which a card's figure has in it. */
static void doubt_energy(roof_prediction *p)
{
    const roof_energy *energy = &p->energy;
    if (energy->basis == ROOF_ENERGY_DYNAMIC) doubt_dynamic(p);
    if (!energy->power) return;
    if (energy->power->claim == ROOF_CLAIM_UNVERIFIED)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s of %s is unverified, and with it the energy: no source was found",
                         roof_field(energy->field)->name, p->chip->id);
    if (p->chip->level == ROOF_LEVEL_CHIP && p->bound.home == ROOF_HOME_DRAM)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s of %s is that of the chip: what its external memory draws may not be in it",
                         roof_field(energy->field)->name, p->chip->id);
}

static void doubt_memory(roof_prediction *p)
{
    const roof_value *capacity = p->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].value;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (p->bound.home == ROOF_HOME_ON_CHIP && capacity && capacity->relation == ROOF_RELATION_AT_LEAST &&
        p->bound.need_bytes > capacity->si * p->bound.split.together) {
        roof_unit_format(&text, capacity->si, ROOF_DIM_BYTES);
        roof_buffer_append(&text, " to ");
        roof_unit_format(&text, p->machine.sram_capacity_most, ROOF_DIM_BYTES);
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "on-chip memory of %s is known only as %s: weights up to that are taken as on chip",
                         p->chip->id, roof_buffer_text(&text));
    }
    roof_buffer_free(&text);
    if (p->bound.home != ROOF_HOME_DRAM) return;
    if (p->bound.on_chip_bytes == 0)
        roof_report_addf(
            &p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
            "on-chip memory of %s is not published: all weights are taken as streamed, and the bound is "
            "higher if some stay on chip",
            p->chip->id);
    if (isnan(p->machine.inputs[ROOF_INPUT_DRAM_CAPACITY].si))
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "external capacity of %s is not published: weights are taken to fit into it",
                         p->chip->id);
    if (isnan(p->machine.inputs[ROOF_INPUT_DRAM_BANDWIDTH].si))
        roof_report_addf(
            &p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
            "external bandwidth of %s is not published: streaming from it is not counted, and the true "
            "bound is lower",
            p->chip->id);
}

static void warn_of_residency(roof_prediction *p)
{
    const roof_bound *bound = &p->bound;
    roof_buffer size = ROOF_BUFFER_EMPTY;
    if (bound->home == ROOF_HOME_DRAM || bound->home == ROOF_HOME_HOST) {
        roof_unit_format(&size, bound->streamed_bytes, ROOF_DIM_BYTES);
        roof_report_addf(
            &p->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
            "%s of weights and caches do not fit on the chip and are streamed from %s in every pass",
            roof_buffer_text(&size), roof_home_place(bound->home, p->chip));
    } else if (bound->home == ROOF_HOME_UNKNOWN) {
        roof_unit_format(&size, p->traffic.weight_bytes_stored, ROOF_DIM_BYTES);
        roof_report_addf(
            &p->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK, "weights of %s %s", roof_buffer_text(&size),
            bound->on_chip_bytes > 0
                ? "exceed the on-chip memory, and nothing is published of external memory: their traffic "
                  "is not counted"
                : "are taken as on chip: nothing is published of its memory");
    }
    roof_buffer_free(&size);
}

void model_add_warnings(roof_prediction *p)
{
    doubt_peak(p);
    doubt_unverified(p);
    doubt_memory(p);
    doubt_energy(p);
    warn_of_residency(p);
    model_warn_of_plan(p);
    model_warn_of_pruning(p);
}
