#include "chiproof/model/bound.h"

#include <math.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "chiproof/units/units.h"
#include "model/bound_parts.h"
#include "model/power_roof.h"

static const struct {
    const char *name;
    roof_input_id rate;
} ceilings[] = {
#define X(id, name, rate) {name, ROOF_INPUT_##rate},
    ROOF_CEILINGS(X)
#undef X
};

static const char *const homes[] = {"on chip", "external memory", "host", "unknown"};

const char *roof_ceiling_name(roof_ceiling_id id)
{
    return ceilings[id].name;
}

roof_input_id roof_ceiling_rate(roof_ceiling_id id)
{
    return ceilings[id].rate;
}

const char *roof_ceiling_unit(roof_ceiling_id id)
{
    switch (id) {
    case ROOF_CEILING_COMPUTE: return "op";
    case ROOF_CEILING_POWER: return "J";
    default: return "B";
    }
}

const char *roof_home_name(roof_home home)
{
    return homes[home];
}

const char *roof_home_place(roof_home home, const roof_chip *chip)
{
    const char *told = roof_chip_text(chip, ROOF_FIELD_WEIGHT_RELOAD);
    if (home != ROOF_HOME_HOST) return homes[home];
    return told && strcmp(told, "host") != 0 && !roof_chip_says_none(chip, ROOF_FIELD_WEIGHT_RELOAD)
               ? told
               : "the host";
}

double roof_part_amount(const roof_part *part)
{
    return part->each * part->times * part->share;
}

static void carry_share(roof_bound *bound, roof_ceiling_id id, roof_part part)
{
    roof_ceiling *ceiling = &bound->ceilings[id];
    double amount = roof_part_amount(&part);
    if (!(amount > 0) || ceiling->part_count == ROOF_PARTS) return;
    ceiling->parts[ceiling->part_count++] = part;
    ceiling->amount += amount;
}

static void carry(roof_bound *bound, roof_ceiling_id id, const char *what, double each, double times)
{
    carry_share(bound, id, (roof_part){what, each, times, 1});
}

void model_bound_carry(roof_bound *bound, roof_ceiling_id id, const char *what, double each, double times)
{
    carry(bound, id, what, each, times);
}

/* ---- residency ---- */

static roof_code does_not_fit(const roof_machine *machine, const roof_traffic *traffic, double batch,
                              double need, double capacity, const char *where, roof_error *error)
{
    if (!error) return ROOF_DOES_NOT_FIT; /* nobody reads it: a search over batches must not allocate */
    roof_buffer text = ROOF_BUFFER_EMPTY;
    double one = capacity / machine->chips;
    roof_buffer_append(&text, "weights ");
    roof_unit_format(&text, traffic->weight_bytes_stored, ROOF_DIM_BYTES);
    if (traffic->formats.weight_bytes == roof_precision_weight_bytes(machine->precision))
        roof_buffer_printf(&text, " at %s", roof_precision_name(machine->precision));
    else roof_buffer_printf(&text, " at %g bits", 8 * traffic->formats.weight_bytes);
    if (traffic->cache_bytes_held > 0) {
        roof_buffer_append(&text, " and KV cache ");
        roof_unit_format(&text, traffic->cache_bytes_held * batch, ROOF_DIM_BYTES);
    }
    roof_buffer_append(&text, "; ");
    roof_buffer_printf(&text, "one %s holds ", machine->chip->id);
    roof_unit_format(&text, one, ROOF_DIM_BYTES);
    roof_buffer_printf(&text, " %s", where);
    if (machine->chips > 1) {
        roof_buffer_printf(&text, ", %g of them ", machine->chips);
        roof_unit_format(&text, capacity, ROOF_DIM_BYTES);
    }
    roof_buffer_printf(&text, ": %.0f would hold it (--chips %.0f)", ceil(need / one), ceil(need / one));
    roof_fail(error, ROOF_DOES_NOT_FIT, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
    return ROOF_DOES_NOT_FIT;
}

/* Decides where the weights and caches are, and refuses what fits nowhere. */
static roof_code settle(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                        roof_bound *bound, roof_error *error)
{
    double dram = machine->inputs[ROOF_INPUT_DRAM_CAPACITY].si * machine->chips;
    bound->on_chip_bytes = roof_machine_on_chip_bytes(machine);
    bound->need_bytes = traffic->weight_bytes_stored + run->batch * traffic->cache_bytes_held;
    bound->home = ROOF_HOME_ON_CHIP;
    if (bound->on_chip_bytes > 0 && bound->need_bytes <= bound->on_chip_bytes) return ROOF_OK;
    if (machine->dram == ROOF_PRESENCE_YES) {
        bound->home = ROOF_HOME_DRAM;
        if (isnan(dram) || bound->need_bytes <= dram + bound->on_chip_bytes) return ROOF_OK;
    }
    if (machine->reloads_weights || run->offload_host) {
        bound->home = ROOF_HOME_HOST;
        return ROOF_OK;
    }
    if (machine->dram == ROOF_PRESENCE_YES)
        return does_not_fit(machine, traffic, run->batch, bound->need_bytes, dram + bound->on_chip_bytes,
                            "in external and on-chip memory", error);
    if (bound->on_chip_bytes > 0 && machine->dram == ROOF_PRESENCE_NO)
        return does_not_fit(machine, traffic, run->batch, bound->need_bytes, bound->on_chip_bytes,
                            "and has no external memory", error);
    bound->home = ROOF_HOME_UNKNOWN;
    return ROOF_OK;
}

/* ---- what each ceiling carries ---- */

static double weight_bytes(const roof_traffic *traffic, double batch)
{
    return traffic->weight_bytes_read + roof_traffic_expert_bytes(traffic, batch);
}

/* Weights and caches that a pass of the batch reads. */
static double read_bytes(const roof_traffic *traffic, double batch)
{
    return weight_bytes(traffic, batch) + batch * traffic->cache_bytes_read;
}

static void carry_compute(const roof_machine *machine, const roof_traffic *traffic, double batch,
                          roof_bound *bound)
{
    const double speedup = machine->pruning.speedup;
    if (speedup <= 1 || traffic->prunable_ops <= 0) {
        carry(bound, ROOF_CEILING_COMPUTE, "2 x MAC", traffic->ops, batch);
        return;
    }
    carry_share(bound, ROOF_CEILING_COMPUTE,
                (roof_part){"2 x MAC, pruned", traffic->prunable_ops, batch, 1 / speedup});
    carry(bound, ROOF_CEILING_COMPUTE, "2 x MAC, dense", traffic->ops - traffic->prunable_ops, batch);
}

/* Weights and caches read in a pass that memory of `inner` bytes cannot hold, and activations that spill from
 * it: the compulsory traffic of the level outside it. Where tiles that fit into it force more, more is read;
 * of multiplications that skip zeros no such bound is known. */
static void carry_overflow(const roof_machine *machine, roof_bound *bound, roof_ceiling_id id,
                           const roof_traffic *traffic, double batch, double inner)
{
    double tiled = machine->pruning.kept < 1 ? 0 : batch * roof_traffic_tiled(traffic, inner);
    double weights = weight_bytes(traffic, batch), over = fmax(0, read_bytes(traffic, batch) - inner);
    carry(bound, id, "weights from outside", fmin(over, weights), 1);
    carry(bound, id, "KV cache from outside", fmax(0, over - weights), 1);
    carry(bound, id, "activations spilt", roof_traffic_spill(traffic, inner), batch);
    carry(bound, id, "read again, tile by tile", tiled - bound->ceilings[id].amount, 1);
}

static void carry_sram(roof_bound *bound, const roof_traffic *traffic, double batch)
{
    carry(bound, ROOF_CEILING_SRAM, "weights", traffic->weight_bytes_read, 1);
    carry(bound, ROOF_CEILING_SRAM, "weights of experts", roof_traffic_expert_bytes(traffic, batch), 1);
    carry(bound, ROOF_CEILING_SRAM, "embedding rows", traffic->gathered_bytes, batch);
    carry(bound, ROOF_CEILING_SRAM, "activations", traffic->activation_bytes, batch);
    carry(bound, ROOF_CEILING_SRAM, "KV cache read", traffic->cache_bytes_read, batch);
    carry(bound, ROOF_CEILING_SRAM, "KV cache written", traffic->cache_bytes_written, batch);
}

/* The link is full duplex: the busier direction counts. */
static void carry_host(roof_bound *bound, const roof_traffic *traffic, double batch)
{
    double reload = bound->home == ROOF_HOME_HOST ? bound->streamed_bytes : 0;
    if (reload + batch * traffic->input_bytes >= batch * traffic->output_bytes) {
        carry(bound, ROOF_CEILING_HOST, "weights sent again", reload, 1);
        carry(bound, ROOF_CEILING_HOST, "input", traffic->input_bytes, batch);
    } else {
        carry(bound, ROOF_CEILING_HOST, "output", traffic->output_bytes, batch);
    }
}

static double or_zero(double value)
{
    return isnan(value) ? 0 : value;
}

/* True if the chip publishes anything of such a level; one that it does not have carries nothing. */
static bool has_level(const roof_machine *machine, roof_input_id capacity, roof_input_id bandwidth)
{
    return !isnan(machine->inputs[capacity].si) || !isnan(machine->inputs[bandwidth].si);
}

static void carry_all(const roof_machine *machine, const roof_traffic *traffic, double batch,
                      roof_bound *bound)
{
    double inner = machine->chips * or_zero(machine->sram_capacity_most);
    if (bound->home == ROOF_HOME_DRAM || bound->home == ROOF_HOME_HOST)
        bound->streamed_bytes = fmax(0, read_bytes(traffic, batch) - bound->on_chip_bytes);
    carry_compute(machine, traffic, batch, bound);
    carry_sram(bound, traffic, batch);
    if (has_level(machine, ROOF_INPUT_L2_CAPACITY, ROOF_INPUT_L2_BANDWIDTH))
        carry_overflow(machine, bound, ROOF_CEILING_L2, traffic, batch, inner);
    inner += machine->chips * or_zero(machine->inputs[ROOF_INPUT_L2_CAPACITY].si);
    if (has_level(machine, ROOF_INPUT_L3_CAPACITY, ROOF_INPUT_L3_BANDWIDTH))
        carry_overflow(machine, bound, ROOF_CEILING_L3, traffic, batch, inner);
    if (bound->home == ROOF_HOME_DRAM)
        carry_overflow(machine, bound, ROOF_CEILING_DRAM, traffic, batch, bound->on_chip_bytes);
    carry_host(bound, traffic, batch);
    bound_carry_power(machine, bound);
}

roof_code model_bound_shared(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                             roof_bound *out, roof_error *error)
{
    memset(out, 0, sizeof *out);
    roof_code code = settle(machine, traffic, run, out, error);
    if (code != ROOF_OK) return code;
    carry_all(machine, traffic, run->batch, out);
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        roof_ceiling *ceiling = &out->ceilings[i];
        ceiling->rate = machine->inputs[ceilings[i].rate].si * machine->chips;
        ceiling->seconds = ceiling->amount > 0 ? ceiling->amount / ceiling->rate : 0;
        if (!(ceiling->seconds > out->seconds)) continue;
        out->seconds = ceiling->seconds;
        out->limiter = (roof_ceiling_id)i;
    }
    return ROOF_OK;
}

double roof_bound_intensity(const roof_bound *bound, roof_ceiling_id id)
{
    double bytes = bound->ceilings[id].amount;
    bool of_bytes = id != ROOF_CEILING_COMPUTE && id < ROOF_CEILING_LINK;
    return !of_bytes || bytes <= 0 ? NAN : bound->ceilings[ROOF_CEILING_COMPUTE].amount / bytes;
}
