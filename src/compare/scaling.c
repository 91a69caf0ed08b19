#include "chiproof/compare/scaling.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double default_limit = 64;
static const double every_number_up_to = 4096, step_beyond = 1.0 / 64;
static const double no_help = 1.01;

double roof_scaling_default_limit(const roof_chip *chip)
{
    const roof_value *most = roof_chip_value(chip, ROOF_FIELD_MAX_CHIPS);
    return most && most->si >= 1 ? floor(most->si) : default_limit;
}

/* The bound of the base on so many chips; speed-up and efficiency are left to the caller. */
static roof_scaling_point point_at(const roof_scaling *s, double chips)
{
    const roof_prediction *base = &s->base;
    roof_machine machine = base->machine;
    roof_run run = roof_request_run(&base->request);
    roof_bound bound;
    roof_scaling_point point = {.chips = chips, .throughput = NAN, .latency_s = NAN};
    point.speedup = point.efficiency = NAN;
    machine.chips = chips;
    if (s->weak) run.batch *= chips;
    point.batch = run.batch;
    if (roof_bound_compute(&machine, &base->traffic, &run, &bound, NULL) != ROOF_OK) return point;
    point.fits = true;
    point.throughput = run.batch * base->network->results_per_pass / bound.seconds;
    point.latency_s = bound.seconds * bound.split.fill;
    point.split = bound.split;
    point.limiter = bound.limiter;
    return point;
}

static double next_number(double chips)
{
    return chips < every_number_up_to ? chips + 1 : ceil(chips * (1 + step_beyond));
}

static double find_enough(const roof_scaling *s, double first)
{
    double most = 0;
    for (double n = first; n <= s->to; n = next_number(n)) most = fmax(most, point_at(s, n).throughput);
    for (double n = first; n <= s->to; n = next_number(n))
        if (point_at(s, n).throughput * no_help >= most) return n * no_help < s->to ? n : s->to;
    return s->to;
}

static int by_chips(const void *a, const void *b)
{
    double left = ((const roof_scaling_point *)a)->chips, right = ((const roof_scaling_point *)b)->chips;
    return (left > right) - (left < right);
}

static void add(roof_scaling *s, double chips, const roof_scaling_point *first)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->points[i].chips == chips) return;
    roof_scaling_point point = point_at(s, chips);
    point.speedup = point.throughput / first->throughput;
    point.efficiency = point.speedup * first->chips / point.chips;
    s->points[s->count++] = point;
}

/* At most 24 powers of two below 10 million, and three more. */
static void fill(roof_scaling *s)
{
    double fewest = s->base.request.chips;
    roof_scaling_point first = point_at(s, fewest);
    for (double n = 1; n < s->to && s->count < ROOF_SCALING_POINTS - 3; n *= 2) add(s, n, &first);
    add(s, s->to, &first);
    add(s, fewest, &first);
    s->enough = find_enough(s, fewest);
    add(s, s->enough, &first);
    qsort(s->points, s->count, sizeof *s->points, by_chips);
}

roof_code roof_scaling_find(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                            double to, bool weak, roof_scaling *out)
{
    roof_request fewest = *request;
    memset(out, 0, sizeof *out);
    out->weak = weak;
    out->to = to;
    fewest.fit_chips = true;
    roof_code code = roof_predict(chip, workload, &fewest, &out->base);
    out->refusal = out->base.refusal;
    if (code == ROOF_OK && out->base.request.chips > to)
        code = roof_fail(&out->refusal, ROOF_DOES_NOT_FIT, "it takes %.0f of %s to hold it: more than %.0f",
                         out->base.request.chips, chip->id, to);
    if (code != ROOF_OK) return code;
    roof_request most = *request;
    most.fit_chips = false;
    most.chips = to;
    if (weak) most.batch = out->base.request.batch * to;
    roof_predict(chip, workload, &most, &out->most);
    fill(out);
    return ROOF_OK;
}

void roof_scaling_free(roof_scaling *scaling)
{
    if (!scaling) return;
    roof_prediction_free(&scaling->base);
    roof_prediction_free(&scaling->most);
}
