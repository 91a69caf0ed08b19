#include "chiproof/compare/curve.h"

#include <math.h>
#include <string.h>

const char *roof_binder_name(roof_binder binding)
{
    if (binding == ROOF_BINDER_REMAINDER) return "dense remainder";
    return binding == ROOF_BINDER_NONE ? "does not fit" : roof_ceiling_name((roof_ceiling_id)binding);
}

static roof_binder binding_of(const roof_prediction *run, const roof_pruned_outcome *at)
{
    const roof_bound *bound = &at->outcome.bound;
    double dense = run->traffic.ops - run->traffic.prunable_ops;
    bool remainder = at->pruning.speedup > 1 && dense > run->traffic.prunable_ops / at->pruning.speedup;
    return bound->limiter == ROOF_CEILING_COMPUTE && remainder ? ROOF_BINDER_REMAINDER
                                                               : (roof_binder)bound->limiter;
}

static double zeros_of(double ratio)
{
    return 1 - 1 / ratio;
}

static roof_curve_point point_at(const roof_prediction *run, double ratio)
{
    roof_pruned_outcome at;
    roof_curve_point point = {.ratio = ratio, .zeros = zeros_of(ratio), .speedup = NAN};
    bool fits = roof_prediction_at_zeros(run, point.zeros, &at, NULL) == ROOF_OK;
    point.throughput = fits ? at.outcome.throughput : NAN;
    point.binding = fits ? binding_of(run, &at) : ROOF_BINDER_NONE;
    point.layer_speedup = at.pruning.speedup;
    point.weight_bytes = at.weight_bytes;
    return point;
}

static void add_point(roof_curve *curve, double ratio)
{
    roof_curve_point *point = &curve->points[curve->count++];
    *point = point_at(&curve->run, ratio);
    point->speedup = point->throughput / curve->points[0].throughput;
}

static double turn_between(const roof_prediction *run, double low, double high, roof_binder below)
{
    while (high - low > 1e-9 * high) {
        double middle = (low + high) / 2;
        if (point_at(run, middle).binding == below) low = middle;
        else high = middle;
    }
    return high;
}

static void find_turns(roof_curve *curve, double most)
{
    enum { STEPS = 512 };
    double last = 1;
    roof_binder binding = curve->points[0].binding;
    for (int i = 1; i <= STEPS && curve->turn_count < ROOF_CURVE_TURNS; i++) {
        double ratio = exp(log(most) * i / STEPS);
        roof_binder found = point_at(&curve->run, ratio).binding;
        if (found != binding)
            curve->turns[curve->turn_count++] =
                (roof_curve_turn){turn_between(&curve->run, last, ratio, binding), binding, found};
        binding = found;
        last = ratio;
    }
}

roof_code roof_curve_find(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                          roof_curve *out, roof_error *error)
{
    static const double ratios[] = {1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32};
    roof_request asked = *request;
    memset(out, 0, sizeof *out);
    if (!asked.has_sparsity) asked.sparsity.zeros = zeros_of(ROOF_CURVE_RATIO);
    asked.has_sparsity = true;
    roof_code code = roof_predict(chip, workload, &asked, &out->run);
    if (code != ROOF_OK && code != ROOF_DOES_NOT_FIT) {
        if (error) *error = out->run.refusal;
        return code;
    }
    double most = 1 / (1 - asked.sparsity.zeros);
    for (size_t i = 0; i < sizeof ratios / sizeof *ratios && ratios[i] < most * (1 - 1e-9); i++)
        add_point(out, ratios[i]);
    add_point(out, most);
    find_turns(out, most);
    out->dense_share = 1 - out->run.traffic.prunable_ops / out->run.traffic.ops;
    return ROOF_OK;
}

void roof_curve_free(roof_curve *curve)
{
    if (curve) roof_prediction_free(&curve->run);
}
