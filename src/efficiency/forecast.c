#include "chiproof/efficiency/forecast.h"

#include <math.h>
#include <string.h>

#include "efficiency/basis.h"
#include "efficiency/knowledge.h"
#include "efficiency/sampling.h"
#include "efficiency/store.h"

/* ---- what is known of the chip ---- */

typedef struct knowledge {
    const roof_profile *profile;
    const roof_chip *chip;
    double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT];
    double residual, widen;
} knowledge;

static void know(const roof_calibration *calibration, const roof_prediction *p, knowledge *out)
{
    roof_sort sort = roof_workload_is_llm(p->workload) ? ROOF_SORT_LANGUAGE : ROOF_SORT_NETWORK;
    out->profile = roof_calibration_profile(calibration, p->chip);
    out->chip = p->chip;
    knowledge_covariance(out->profile, out->covariance);
    knowledge_spread(calibration, out->profile->chip_class, out->profile->level == ROOF_POOL_CHIP, sort,
                     &out->residual, &out->widen);
}

static double quadratic(const double *matrix, const double *vector)
{
    double sum = 0;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
        for (int d = 0; d < ROOF_COORDINATE_COUNT; d++)
            sum += vector[c] * matrix[c * ROOF_COORDINATE_COUNT + d] * vector[d];
    return fmax(0, sum);
}

/* ---- one quantity ---- */

/* No calibration of real results is so unsure; the quantiles of one that is would leave the range of numbers.
 */
static const double absurd_sd = 50;

static void look_out(const knowledge *known, const roof_prediction *p, const roof_bound *bound, double batch,
                     roof_mode mode, roof_features *features, roof_outlook *out)
{
    double slope[ROOF_COORDINATE_COUNT];
    roof_features_of(p, bound, batch, mode, features);
    out->log_seconds = roof_form_log_seconds(features, known->profile->mean, slope);
    out->bound_s = bound->seconds;
    out->sd = NAN;
    if (isnan(out->log_seconds)) return;
    double figures = known->profile->level == ROOF_POOL_CHIP ? 0 : basis_variance(p, features, slope);
    out->sd = sqrt(known->widen * known->widen *
                       (quadratic(known->covariance, slope) + known->residual * known->residual) +
                   figures);
    if (!(out->sd < absurd_sd)) out->log_seconds = NAN;
}

/* Seconds of one draw: never below the bound. */
static double draw(const roof_outlook *outlook, double z)
{
    return fmax(outlook->bound_s, exp(outlook->log_seconds + outlook->sd * z));
}

static roof_quantiles quantiles_of(const roof_outlook *outlook, const sampling *points)
{
    double draws[ROOF_FORECAST_DRAWS];
    for (int i = 0; i < ROOF_FORECAST_DRAWS; i++) draws[i] = draw(outlook, points->z[0][i]);
    return sampling_quantiles(draws);
}

/* Results per second out of seconds: slow and fast change places. */
static roof_quantiles rate_of(roof_quantiles seconds, double results)
{
    return (roof_quantiles){results / seconds.p90, results / seconds.p50, results / seconds.p10};
}

/* ---- the forecast ---- */

static const roof_quantiles unknown = {NAN, NAN, NAN};

static roof_quantiles other_phase(const knowledge *known, const roof_prediction *p, roof_phase phase,
                                  const sampling *points)
{
    roof_request request = p->request;
    roof_prediction other;
    roof_quantiles seconds = unknown;
    request.phase = phase;
    if (roof_predict(p->chip, p->workload, &request, &other) == ROOF_OK) {
        roof_features features;
        roof_outlook outlook;
        look_out(known, &other, &other.bound, other.request.batch, ROOF_MODE_LATENCY, &features, &outlook);
        if (!isnan(outlook.log_seconds)) seconds = quantiles_of(&outlook, points);
    }
    roof_prediction_free(&other);
    return seconds;
}

static void add_phases(const knowledge *known, const roof_prediction *p, const sampling *points,
                       roof_forecast *out)
{
    bool prefill = p->request.phase == ROOF_PHASE_PREFILL;
    roof_quantiles other = other_phase(known, p, prefill ? ROOF_PHASE_DECODE : ROOF_PHASE_PREFILL, points);
    out->ttft_s = prefill ? out->latency_s : other;
    out->tpot_s = prefill ? other : out->latency_s;
}

static void add_terms(const knowledge *known, const roof_features *features, roof_forecast *out)
{
    for (int k = 0; k < ROOF_TERM_COUNT; k++) {
        roof_features one = {0};
        one.unit_s[k] = features->unit_s[k];
        memcpy(one.shared, features->shared, sizeof one.shared);
        out->term_s[k] = one.unit_s[k] > 0 ? exp(roof_form_log_seconds(&one, known->profile->mean, NULL)) : 0;
    }
}

static void start(const roof_prediction *p, roof_forecast *out)
{
    memset(out, 0, sizeof *out);
    out->throughput = out->latency_s = out->ttft_s = out->tpot_s = out->energy_j = unknown;
    out->chip = p->chip;
    out->workload = p->workload;
}

static void fill(const roof_calibration *calibration, const roof_prediction *p, const roof_bound *bound,
                 double batch, roof_forecast *out)
{
    knowledge known;
    sampling points;
    roof_features features;
    if (!sampling_fill(&points)) return;
    know(calibration, p, &known);
    look_out(&known, p, bound, batch, ROOF_MODE_LATENCY, &features, &out->run);
    look_out(&known, p, bound, batch, ROOF_MODE_THROUGHPUT, &features, &out->rate);
    if (isnan(out->rate.log_seconds) || isnan(out->run.log_seconds)) return;
    out->given = true;
    roof_quantiles pass_s = quantiles_of(&out->rate, &points);
    out->results_per_pass = batch * p->network->results_per_pass;
    out->throughput = rate_of(pass_s, out->results_per_pass);
    out->latency_s = quantiles_of(&out->run, &points);
    if (!p->energy.missing[0] && batch == p->request.batch)
        out->energy_j = (roof_quantiles){roof_energy_joules(&p->energy, pass_s.p10),
                                         roof_energy_joules(&p->energy, pass_s.p50),
                                         roof_energy_joules(&p->energy, pass_s.p90)};
    out->level = known.profile->level;
    out->chips = known.profile->chips;
    out->measurements = out->level == ROOF_POOL_CHIP ? known.profile->rows + known.profile->own : 0;
    add_terms(&known, &features, out);
    basis_text(p, known.profile, out->rests_on);
    if (roof_workload_is_llm(p->workload) && batch == p->request.batch) add_phases(&known, p, &points, out);
}

/* Results of several chips together are known of language models split layer by layer, and of nothing else.
 */
static bool is_covered(const roof_calibration *calibration, const roof_prediction *p)
{
    if (!calibration) return false;
    if (!(p->request.chips > 1)) return true;
    return roof_workload_is_llm(p->workload) &&
           (p->request.plan == ROOF_PLAN_IDEAL || p->request.plan == ROOF_PLAN_TENSOR);
}

void roof_forecast_make(const roof_calibration *calibration, const roof_prediction *p, roof_forecast *out)
{
    start(p, out);
    if (is_covered(calibration, p) && p->refusal.code == ROOF_OK)
        fill(calibration, p, &p->bound, p->request.batch, out);
}

/* The bound at another batch, if a forecast can be had of it. */
static bool bound_at(const roof_calibration *calibration, const roof_prediction *p, double batch,
                     roof_bound *bound)
{
    roof_run run = roof_request_run(&p->request);
    run.batch = batch;
    if (!is_covered(calibration, p) || (p->refusal.code != ROOF_OK && p->refusal.code != ROOF_DOES_NOT_FIT))
        return false;
    return roof_bound_compute(&p->machine, &p->traffic, &run, bound, NULL) == ROOF_OK;
}

void roof_forecast_at(const roof_calibration *calibration, const roof_prediction *p, double batch,
                      roof_forecast *out)
{
    roof_bound bound;
    start(p, out);
    if (bound_at(calibration, p, batch, &bound)) fill(calibration, p, &bound, batch, out);
}

double roof_forecast_p50_at(const roof_calibration *calibration, const roof_prediction *p, double batch)
{
    roof_bound bound;
    roof_features features;
    if (!bound_at(calibration, p, batch, &bound)) return NAN;
    roof_features_of(p, &bound, batch, ROOF_MODE_THROUGHPUT, &features);
    double log_seconds =
        roof_form_log_seconds(&features, roof_calibration_profile(calibration, p->chip)->mean, NULL);
    if (isnan(log_seconds)) return NAN;
    return batch * p->network->results_per_pass / fmax(bound.seconds, exp(log_seconds));
}

/* ---- what it is made of ---- */

/* What d ln(factor) / d x is for each coordinate. */
static void factor_slope(const roof_features *features, roof_term term, double slope[ROOF_COORDINATE_COUNT])
{
    roof_coordinate also = roof_term_also(term);
    memset(slope, 0, ROOF_COORDINATE_COUNT * sizeof *slope);
    if (roof_term_is_shared(term)) memcpy(slope, features->shared, sizeof features->shared);
    else if (also != ROOF_COORDINATE_COUNT) slope[also] = 1;
    slope[roof_term_coordinate(term)] += 1;
}

void roof_forecast_explain(const roof_calibration *calibration, const roof_prediction *p,
                           roof_forecast_parts *out)
{
    knowledge known;
    roof_features features;
    roof_forecast forecast;
    memset(out, 0, sizeof *out);
    start(p, &forecast);
    if (!is_covered(calibration, p) || p->refusal.code != ROOF_OK) return;
    know(calibration, p, &known);
    roof_features_of(p, &p->bound, p->request.batch, ROOF_MODE_THROUGHPUT, &features);
    add_terms(&known, &features, &forecast);
    for (int k = 0; k < ROOF_TERM_COUNT; k++) {
        double slope[ROOF_COORDINATE_COUNT], seconds = forecast.term_s[k];
        if (!(seconds > 0)) continue;
        factor_slope(&features, (roof_term)k, slope);
        out->items[out->count++] =
            (roof_forecast_part){(roof_term)k, features.unit_s[k], seconds / features.unit_s[k],
                                 sqrt(quadratic(known.covariance, slope)), seconds};
        out->seconds += seconds;
    }
}

/* ---- two of them ---- */

void roof_forecast_ratio(const roof_calibration *calibration, const roof_forecast *first,
                         const roof_forecast *second, roof_forecast_pair *out)
{
    sampling points;
    double ratios[ROOF_FORECAST_DRAWS], wins = 0;
    *out = (roof_forecast_pair){.ratio = unknown, .p_first_faster = NAN, .correlation = NAN};
    if (!calibration || !first->given || !second->given || !sampling_fill(&points)) return;
    bool same_chip = strcmp(first->chip->id, second->chip->id) == 0;
    out->correlation = same_chip ? 1 : calibration->correlation[store_kinship(first->chip, second->chip)];
    double common = sqrt(out->correlation), own = sqrt(1 - out->correlation);
    for (int i = 0; i < ROOF_FORECAST_DRAWS; i++) {
        double shared = common * points.z[0][i];
        double first_s = draw(&first->rate, shared + own * points.z[1][i]);
        double second_s = draw(&second->rate, shared + own * points.z[2][i]);
        ratios[i] = (first->results_per_pass * second_s) / (second->results_per_pass * first_s);
        wins += ratios[i] > 1 ? 1 : ratios[i] == 1 ? 0.5 : 0;
    }
    out->given = true;
    out->p_first_faster = wins / ROOF_FORECAST_DRAWS;
    out->ratio = sampling_quantiles(ratios);
}
