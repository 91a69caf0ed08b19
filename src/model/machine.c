#include "chiproof/model/machine.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/buffer.h"

static const roof_field_id input_fields[ROOF_INPUT_COUNT] = {[ROOF_INPUT_PEAK] = ROOF_FIELD_COUNT,
                                                             [ROOF_INPUT_SPARSE_PEAK] = ROOF_FIELD_COUNT,
#define X(id, field) [ROOF_INPUT_##id] = ROOF_FIELD_##field,
                                                             ROOF_INPUTS(X)
#undef X
};

static bool is_peak(roof_input_id id)
{
    return id == ROOF_INPUT_PEAK || id == ROOF_INPUT_SPARSE_PEAK;
}

void roof_machine_name_input(roof_machine *machine, roof_input_id id)
{
    roof_input *input = &machine->inputs[id];
    if (is_peak(id)) {
        snprintf(input->field, sizeof input->field, "peak.%s.%s", roof_precision_name(machine->precision),
                 id == ROOF_INPUT_PEAK ? "dense" : "sparse");
        input->dimension = ROOF_DIM_OPS_PER_SECOND;
    } else {
        snprintf(input->field, sizeof input->field, "%s", roof_field(input_fields[id])->name);
        input->dimension = roof_field(input_fields[id])->dimension;
    }
}

static const roof_value *published(const roof_chip *chip, roof_field_id field)
{
    return roof_chip_field_applies(chip, field) ? roof_chip_value(chip, field) : NULL;
}

static const roof_value *published_peak(const roof_chip *chip, roof_precision precision, roof_input_id id)
{
    const roof_peak *peak = id == ROOF_INPUT_PEAK ? roof_chip_dense_peak(chip, precision)
                                                  : roof_chip_sparse_peak(chip, precision);
    return peak ? &peak->value : NULL;
}

static roof_code no_precision(const roof_chip *chip, roof_precision precision, roof_error *error)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < ROOF_PRECISION_UNSTATED; i++)
        if (roof_chip_dense_peak(chip, (roof_precision)i))
            roof_buffer_printf(&list, "%s%s", list.length ? ", " : "",
                               roof_precision_name((roof_precision)i));
    if (list.length)
        roof_fail(error, ROOF_NO_PRECISION, "%s has no published dense peak at %s; it has %s", chip->id,
                  roof_precision_name(precision), roof_buffer_text(&list));
    else
        roof_fail(
            error, ROOF_NO_PRECISION,
            "%s has no published dense peak at a named precision; a prediction takes at least a value in "
            "\"peak\" with \"precision\" and \"sparsity\": \"dense\", and better also sram.capacity, "
            "dram.bandwidth or host.bandwidth",
            chip->id);
    roof_buffer_free(&list);
    return ROOF_NO_PRECISION;
}

/* The greatest on-chip capacity that the sources allow: a value known only as "at least" counts up to the
 * published "at most". */
static double capacity_most(const roof_chip *chip)
{
    const roof_value *used = roof_chip_value(chip, ROOF_FIELD_SRAM_CAPACITY);
    if (!used) return NAN;
    double most = used->si;
    const roof_values *values = &chip->fields[ROOF_FIELD_SRAM_CAPACITY];
    if (used->relation != ROOF_RELATION_AT_LEAST) return most;
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].relation == ROOF_RELATION_AT_MOST && values->items[i].scope == chip->level)
            most = fmax(most, values->items[i].si);
    return most;
}

static roof_presence dram_presence(const roof_chip *chip)
{
    if (roof_chip_says_none(chip, ROOF_FIELD_DRAM_TYPE)) return ROOF_PRESENCE_NO;
    static const roof_field_id signs[] = {ROOF_FIELD_DRAM_TYPE, ROOF_FIELD_DRAM_CAPACITY,
                                          ROOF_FIELD_DRAM_BANDWIDTH};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (roof_chip_value(chip, signs[i])) return ROOF_PRESENCE_YES;
    return ROOF_PRESENCE_UNKNOWN;
}

roof_code roof_machine_resolve(const roof_chip *chip, roof_precision precision, double chips,
                               roof_machine *out, roof_error *error)
{
    memset(out, 0, sizeof *out);
    const roof_peak *peak =
        precision < ROOF_PRECISION_UNSTATED ? roof_chip_dense_peak(chip, precision) : NULL;
    if (!peak) return no_precision(chip, precision, error);
    if (!(chips >= 1) || chips != floor(chips))
        return roof_fail(error, ROOF_INVALID, "%g chips: expected a whole number from 1", chips);
    out->chip = chip;
    out->precision = precision;
    out->chips = chips;
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        roof_input *input = &out->inputs[i];
        roof_machine_name_input(out, (roof_input_id)i);
        input->value = is_peak((roof_input_id)i) ? published_peak(chip, precision, (roof_input_id)i)
                                                 : published(chip, input_fields[i]);
        input->si = input->value ? input->value->si : NAN;
    }
    out->sram_capacity_most = capacity_most(chip);
    out->dram = dram_presence(chip);
    out->reloads_weights = roof_chip_value(chip, ROOF_FIELD_WEIGHT_RELOAD) &&
                           !roof_chip_says_none(chip, ROOF_FIELD_WEIGHT_RELOAD);
    roof_machine_prune(out, (roof_sparsity){0}, 0);
    return ROOF_OK;
}

void roof_machine_prune(roof_machine *machine, roof_sparsity told, double activation_zeros)
{
    const roof_input *inputs = machine->inputs;
    machine->pruning = roof_pruning_of(machine->chip, machine->precision, told, activation_zeros,
                                       inputs[ROOF_INPUT_SPARSITY_RATIO].si,
                                       inputs[ROOF_INPUT_SPARSE_PEAK].si / inputs[ROOF_INPUT_PEAK].si);
}

static double known(double value)
{
    return isnan(value) ? 0 : value;
}

double roof_machine_on_chip_bytes(const roof_machine *machine)
{
    return machine->chips *
           (known(machine->sram_capacity_most) + known(machine->inputs[ROOF_INPUT_L2_CAPACITY].si) +
            known(machine->inputs[ROOF_INPUT_L3_CAPACITY].si));
}

double roof_machine_ridge(const roof_machine *machine, roof_input_id bandwidth)
{
    return machine->inputs[ROOF_INPUT_PEAK].si / machine->inputs[bandwidth].si;
}

roof_input_id roof_machine_outer_bandwidth(const roof_machine *machine)
{
    return machine->dram == ROOF_PRESENCE_NO ? ROOF_INPUT_SRAM_BANDWIDTH : ROOF_INPUT_DRAM_BANDWIDTH;
}

double roof_machine_attainable(const roof_machine *machine, double intensity)
{
    double bandwidth = machine->inputs[roof_machine_outer_bandwidth(machine)].si;
    return isnan(bandwidth)
               ? NAN
               : machine->chips * fmin(machine->inputs[ROOF_INPUT_PEAK].si, bandwidth * intensity);
}
