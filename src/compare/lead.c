#include "compare/lead.h"

#include <math.h>

static double at_whole_context(const roof_prediction *run, double context)
{
    const roof_request *request = &run->request;
    roof_run pass = roof_request_run(request);
    roof_network *network = NULL;
    roof_traffic traffic;
    roof_bound bound;
    double throughput = NAN;
    if (roof_workload_expand(run->workload, request->phase, request->prompt, context, &network, NULL) !=
        ROOF_OK)
        return NAN;
    roof_traffic_count(network, run->traffic.formats, &traffic);
    if (roof_bound_compute(&run->machine, &traffic, &pass, &bound, NULL) == ROOF_OK)
        throughput = pass.batch * network->results_per_pass / bound.seconds;
    roof_network_free(network);
    return throughput;
}

static double at_context(const roof_prediction *run, double context)
{
    double whole = floor(context), rest = context - whole, below = at_whole_context(run, whole);
    return rest > 0 ? below + rest * (at_whole_context(run, whole + 1) - below) : below;
}

static double at_sparsity(const roof_prediction *run, double ratio)
{
    roof_pruned_outcome at;
    roof_prediction_at_zeros(run, 1 - 1 / ratio, &at, NULL);
    return at.outcome.throughput;
}

static double at_intensity(const roof_prediction *run, double intensity)
{
    return roof_machine_attainable(&run->machine, intensity);
}

static double at_precision(const roof_prediction *run, double precision)
{
    roof_request request = run->request;
    roof_prediction other;
    request.has_precision = true;
    request.precision = (roof_precision)precision;
    roof_predict(run->chip, run->workload, &request, &other);
    double throughput = other.throughput;
    roof_prediction_free(&other);
    return throughput;
}

double compare_throughput(const roof_prediction *run, roof_sweep axis, double at)
{
    static double (*const along[ROOF_SWEEP_COUNT])(const roof_prediction *, double) = {
        [ROOF_SWEEP_BATCH] = roof_prediction_throughput_at,
        [ROOF_SWEEP_CONTEXT] = at_context,
        [ROOF_SWEEP_SPARSITY] = at_sparsity,
        [ROOF_SWEEP_INTENSITY] = at_intensity,
        [ROOF_SWEEP_PRECISION] = at_precision};
    return along[axis](run, at);
}

double compare_lead(const compare_pair *pair, double at)
{
    double ratio = compare_throughput(pair->a, pair->axis, at) / compare_throughput(pair->b, pair->axis, at);
    return log(ratio / pair->handicap);
}
