/* Who leads in which range. */
#include <math.h>
#include <string.h>

#include "compare/lead.h"

static const struct {
    const char *name, *unit;
} sweeps[] = {
#define X(id, name, unit) {name, unit},
    ROOF_SWEEPS(X)
#undef X
};

const char *roof_sweep_name(roof_sweep axis)
{
    return sweeps[axis].name;
}

const char *roof_sweep_unit(roof_sweep axis)
{
    return sweeps[axis].unit;
}

bool roof_sweep_is_whole(roof_sweep axis)
{
    return axis == ROOF_SWEEP_BATCH || axis == ROOF_SWEEP_CONTEXT;
}

static roof_leader leader_at(const compare_pair *pair, double at)
{
    double ahead = compare_lead(pair, at);
    if (isnan(ahead)) {
        if (!isnan(compare_throughput(pair->a, pair->axis, at))) return ROOF_LEADER_ONLY_A;
        return isnan(compare_throughput(pair->b, pair->axis, at)) ? ROOF_LEADER_NEITHER : ROOF_LEADER_ONLY_B;
    }
    if (fabs(ahead) < COMPARE_EQUAL) return ROOF_LEADER_EQUAL;
    return ahead > 0 ? ROOF_LEADER_A : ROOF_LEADER_B;
}

/* Two places as close as this are one: whole numbers, and elsewhere what is printed alike. A single place
 * where both are equal is no range. */
static double least_step(const compare_pair *pair, double at)
{
    return roof_sweep_is_whole(pair->axis) ? 1 : 1e-6 * at;
}

/* The last place from `low` up to `high` that has the leader of `low`, if it changes once between. */
static double last_of(const compare_pair *pair, double low, double high, roof_leader leader)
{
    bool whole = roof_sweep_is_whole(pair->axis);
    while (high - low > (whole ? 1 : 1e-9 * low)) {
        double middle = whole ? floor((low + high) / 2) : (low + high) / 2;
        if (leader_at(pair, middle) == leader) low = middle;
        else high = middle;
    }
    return low;
}

static void begin(roof_crossover *c, const compare_pair *pair, double from, roof_leader leader)
{
    if (c->stretch_count == ROOF_STRETCH_LIMIT) return;
    roof_stretch *stretch = &c->stretches[c->stretch_count++];
    stretch->from = from;
    stretch->leader = leader;
    stretch->throughput_from[0] = compare_throughput(pair->a, pair->axis, from);
    stretch->throughput_from[1] = compare_throughput(pair->b, pair->axis, from);
}

static void finish(roof_crossover *c, const compare_pair *pair, double to)
{
    roof_stretch *stretch = &c->stretches[c->stretch_count - 1];
    stretch->to = to;
    stretch->throughput_to[0] = compare_throughput(pair->a, pair->axis, to);
    stretch->throughput_to[1] = compare_throughput(pair->b, pair->axis, to);
}

/* Visits places on a logarithmic grid, and looks between two of them where the leader is another. */
static void find_stretches(roof_crossover *c, const compare_pair *pair)
{
    const double growth = pow(c->most / c->least, 1.0 / 256);
    double at = c->least;
    roof_leader leader = leader_at(pair, at);
    begin(c, pair, at, leader);
    while (at < c->most) {
        double grown = roof_sweep_is_whole(pair->axis) ? floor(at * growth) : at * growth;
        double next = fmin(c->most, fmax(at + least_step(pair, at), grown));
        roof_leader found = leader_at(pair, next);
        while (found != leader && c->stretch_count < ROOF_STRETCH_LIMIT) {
            at = last_of(pair, at, next, leader);
            finish(c, pair, at);
            at = fmin(c->most, at + least_step(pair, at));
            leader = leader_at(pair, at);
            begin(c, pair, at, leader);
        }
        at = next;
    }
    finish(c, pair, c->most);
}

/* A range for each precision that one of them has. */
static void find_precisions(roof_crossover *c, const compare_pair *pair)
{
    for (int precision = 0; precision < ROOF_PRECISION_UNSTATED; precision++) {
        roof_leader leader = leader_at(pair, precision);
        if (leader == ROOF_LEADER_NEITHER) continue;
        begin(c, pair, precision, leader);
        finish(c, pair, precision);
    }
}

static bool is_ahead(const roof_crossover *c, roof_leader leader)
{
    for (size_t i = 0; i < c->stretch_count; i++)
        if (c->stretches[i].leader == leader) return true;
    return false;
}

static bool has_positions(const roof_prediction *run, double context)
{
    roof_network *network = NULL;
    bool has = roof_workload_expand(run->workload, run->request.phase, run->request.prompt, context, &network,
                                    NULL) == ROOF_OK;
    roof_network_free(network);
    return has;
}

/* The greatest whole context up to `most` for which the model has positions; 0 if there is none. */
static double last_position(const roof_prediction *run, double most)
{
    double low = 0, high = most + 1;
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        if (has_positions(run, middle)) low = middle;
        else high = middle;
    }
    return low;
}

static roof_code check(const roof_crossover *c, double least, roof_error *error)
{
    for (int i = 0; i < 2; i++) {
        const roof_error *refusal = &c->runs[i]->refusal;
        if (refusal->code == ROOF_OK || refusal->code == ROOF_DOES_NOT_FIT) continue;
        if (error) *error = *refusal;
        return refusal->code;
    }
    if (c->axis == ROOF_SWEEP_CONTEXT && c->runs[0]->request.phase != ROOF_PHASE_DECODE)
        return roof_fail(error, ROOF_INVALID, "only a language model that decodes has a context to go along");
    return least >= 1 || c->axis >= ROOF_SWEEP_INTENSITY
               ? ROOF_OK
               : roof_fail(error, ROOF_INVALID, "%s %g: expected 1 or more", roof_sweep_name(c->axis), least);
}

roof_code roof_crossover_find(const roof_prediction *a, const roof_prediction *b, roof_sweep axis,
                              double least, double most, roof_crossover *out, roof_error *error)
{
    compare_pair pair = {a, b, 1, axis};
    memset(out, 0, sizeof *out);
    out->runs[0] = a;
    out->runs[1] = b;
    out->axis = axis;
    roof_code code = check(out, least, error);
    if (code != ROOF_OK) return code;
    out->least = roof_sweep_is_whole(axis) ? ceil(least) : least;
    out->most = axis == ROOF_SWEEP_CONTEXT ? last_position(a, floor(most))
                : axis == ROOF_SWEEP_BATCH ? floor(most)
                                           : most;
    if (!(out->most >= out->least))
        return roof_fail(error, ROOF_INVALID, "from %s %g to %g there is nothing to go along",
                         roof_sweep_name(axis), out->least, out->most);
    if (axis == ROOF_SWEEP_PRECISION) find_precisions(out, &pair);
    else find_stretches(out, &pair);
    out->turns = is_ahead(out, ROOF_LEADER_A) && is_ahead(out, ROOF_LEADER_B);
    if (axis == ROOF_SWEEP_PRECISION) return ROOF_OK;
    return roof_crossover_roots(a, b, 1, axis, out->least, out->most, out->roots, ROOF_CROSSING_LIMIT,
                                &out->root_count, error);
}
