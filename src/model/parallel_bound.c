/* The bound of a run under a plan: that of the chips that share a pass, and what they send each other. */
#include <math.h>
#include <string.h>

#include "model/bound_parts.h"

static const double most_chips = 1e7;

/* Totals say what there is, but not in which order. */
static bool has_layers(const roof_network *network)
{
    for (size_t i = 0; i < network->op_count; i++)
        if (network->ops[i].kind == ROOF_OP_TOTAL) return false;
    return true;
}

/* How many the spec is made of. */
static double members(const roof_machine *machine)
{
    double count = machine->chip->contains ? machine->chip->contains_count : 1;
    return count > 1 ? count : 1;
}

/* What each of n sends so that all have the sum, or all the parts. */
static void carry_collective(roof_bound *bound, roof_ceiling_id id, const roof_traffic *traffic, double n)
{
    const roof_network *network = traffic->network;
    double share = (n - 1) / n * traffic->formats.activation_bytes;
    if (network->reduced_elements > 0)
        model_bound_carry(bound, id, "sums, 2 (n - 1) / n", 2 * share * network->reduced_elements,
                          bound->split.batch);
    else
        model_bound_carry(bound, id, "outputs gathered, (n - 1) / n", share * roof_split_gathered(network),
                          bound->split.batch);
}

static void carry_links(const roof_machine *machine, const roof_traffic *traffic, roof_bound *bound)
{
    const roof_split *split = &bound->split;
    if (split->plan == ROOF_PLAN_TENSOR) {
        carry_collective(bound, ROOF_CEILING_LINK, traffic, split->together);
        carry_collective(bound, ROOF_CEILING_INSIDE, traffic, members(machine));
    } else if (split->plan == ROOF_PLAN_PIPELINE && split->together > 1) {
        model_bound_carry(bound, ROOF_CEILING_LINK, "to the next stage",
                          roof_split_handed(traffic->network) * traffic->formats.activation_bytes,
                          split->batch);
    }
}

static bool is_of_one_chip(int ceiling)
{
    return ceiling == ROOF_CEILING_LINK || ceiling == ROOF_CEILING_INSIDE;
}

/* From one microbatch to the whole batch: amounts of all of them, rates for the share of the time that a
 * stage works. */
static void finish(const roof_machine *machine, roof_bound *bound)
{
    const roof_split *split = &bound->split;
    bound->seconds = 0;
    bound->limiter = ROOF_CEILING_COMPUTE;
    bound->streamed_bytes *= split->microbatches;
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        roof_ceiling *ceiling = &bound->ceilings[i];
        if (is_of_one_chip(i)) ceiling->rate = machine->inputs[roof_ceiling_rate((roof_ceiling_id)i)].si;
        for (int k = 0; k < ceiling->part_count; k++) ceiling->parts[k].times *= split->microbatches;
        ceiling->amount *= split->microbatches;
        ceiling->seconds = ceiling->amount > 0 ? ceiling->amount / (ceiling->rate * split->busy) : 0;
        if (!(ceiling->seconds > bound->seconds)) continue;
        bound->seconds = ceiling->seconds;
        bound->limiter = (roof_ceiling_id)i;
    }
}

/* Says that more chips would not help: each holds everything. */
static roof_code refuse_data(roof_error *error)
{
    if (!error) return ROOF_DOES_NOT_FIT;
    roof_error whole = *error;
    char *advice = strstr(whole.message, ": ");
    for (char *next; advice && (next = strstr(advice + 2, ": "));) advice = next;
    if (advice) *advice = '\0';
    return roof_fail(error, ROOF_DOES_NOT_FIT,
                     "%s, and in data parallel each chip holds all of it (--parallel tensor or pipeline "
                     "spreads it)",
                     whole.message);
}

static roof_code bound_of_plan(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                               roof_plan plan, roof_bound *out, roof_error *error)
{
    const roof_split split =
        roof_split_of(traffic->network, plan, machine->chips, run->batch, run->microbatches);
    const roof_machine *shared = machine;
    roof_machine part;
    roof_traffic held = *traffic;
    roof_run share = *run;
    if (split.together != machine->chips) {
        part = *machine;
        part.chips = split.together;
        shared = &part;
    }
    share.batch = split.batch;
    held.cache_bytes_read *= split.copies;
    held.cache_bytes_written *= split.copies;
    /* All microbatches of a pipeline have their caches in memory at once. */
    held.cache_bytes_held *= split.copies * split.microbatches;
    roof_code code = model_bound_shared(shared, &held, &share, out, error);
    if (code == ROOF_DOES_NOT_FIT && plan == ROOF_PLAN_DATA && machine->chips > 1) return refuse_data(error);
    if (code != ROOF_OK) return code;
    out->split = split;
    if (plan == ROOF_PLAN_IDEAL) return ROOF_OK;
    carry_links(machine, &held, out);
    finish(shared, out);
    return ROOF_OK;
}

/* The refusal of TENSOR is the one that is given: it says how many chips would do. */
static roof_code best_plan(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                           roof_bound *out, roof_error *error)
{
    static const roof_plan others[] = {ROOF_PLAN_PIPELINE, ROOF_PLAN_DATA};
    roof_error refusal;
    roof_code code = bound_of_plan(machine, traffic, run, ROOF_PLAN_TENSOR, out, error ? &refusal : NULL);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        roof_bound bound;
        if (bound_of_plan(machine, traffic, run, others[i], &bound, NULL) != ROOF_OK) continue;
        if (code == ROOF_OK && bound.seconds > out->seconds) continue;
        *out = bound;
        code = ROOF_OK;
    }
    if (error && code != ROOF_OK) *error = refusal;
    return code;
}

/* What no plan can answer. */
static roof_code refuse(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                        roof_error *error)
{
    if (!(run->batch >= 1) || !isfinite(run->batch))
        return roof_fail(error, ROOF_INVALID, "a batch of %g: expected 1 or more", run->batch);
    bool by_layer = run->plan == ROOF_PLAN_PIPELINE || run->plan == ROOF_PLAN_TENSOR;
    if (by_layer && machine->chips > 1 && !has_layers(traffic->network))
        return roof_fail(error, ROOF_UNSUPPORTED,
                         "only totals of the network are known: its layers cannot be spread over chips");
    return ROOF_OK;
}

roof_code roof_bound_compute(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                             roof_bound *out, roof_error *error)
{
    roof_code code = refuse(machine, traffic, run, error);
    if (code != ROOF_OK) {
        memset(out, 0, sizeof *out);
        return code;
    }
    if (run->plan != ROOF_PLAN_BEST) return bound_of_plan(machine, traffic, run, run->plan, out, error);
    if (machine->chips == 1 || !has_layers(traffic->network))
        return bound_of_plan(machine, traffic, run, ROOF_PLAN_DATA, out, error);
    return best_plan(machine, traffic, run, out, error);
}

/* ---- questions about the number of chips ---- */

static double throughput(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                         double chips, double batch)
{
    roof_machine many = *machine;
    roof_run grown = *run;
    roof_bound bound;
    many.chips = chips;
    grown.batch = batch;
    if (roof_bound_compute(&many, traffic, &grown, &bound, NULL) != ROOF_OK) return NAN;
    return batch / bound.seconds;
}

static bool fits(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run, double chips)
{
    return !isnan(throughput(machine, traffic, run, chips, run->batch));
}

double roof_chips_to_fit(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run)
{
    double least = 1, most = 1; /* least: too few, as far as tried */
    while (!fits(machine, traffic, run, most)) {
        if (most >= most_chips) return NAN;
        least = most;
        most = fmin(2 * most, most_chips);
    }
    while (most - least > 1) {
        double middle = floor((least + most) / 2);
        if (fits(machine, traffic, run, middle)) most = middle;
        else least = middle;
    }
    return most;
}

double roof_scaling_efficiency(const roof_machine *machine, const roof_traffic *traffic, const roof_run *run,
                               double base, double chips, bool weak)
{
    double few = throughput(machine, traffic, run, base, weak ? run->batch * base : run->batch);
    double many = throughput(machine, traffic, run, chips, weak ? run->batch * chips : run->batch);
    return many / few * base / chips;
}
