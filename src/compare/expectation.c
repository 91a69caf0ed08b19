/* What to expect of chips beside each other. */
#include <math.h>
#include <stdlib.h>

#include "chiproof/compare/compare.h"
#include "chiproof/compare/sensitivity.h"

static const double equal = 1e-12; /* relative */

/* The forecast as it counts in the comparison: divided by the chips, cards or watts of its basis. */
static roof_forecast on_basis(const roof_comparison *c, const roof_race *race, int chip)
{
    roof_forecast scaled = race->forecasts[chip];
    scaled.results_per_pass /= c->divisor[chip];
    return scaled;
}

static void find_throughputs(const roof_comparison *c, roof_race *race)
{
    roof_expectation *expected = &race->expected;
    size_t answered = 0, given = 0;
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_quantiles *whole = &race->forecasts[i].throughput;
        double by = c->divisor[i];
        expected->throughput[i] = (roof_quantiles){whole->p10 / by, whole->p50 / by, whole->p90 / by};
        answered += race->predictions[i].refusal.code == ROOF_OK;
        given += race->forecasts[i].given;
    }
    expected->given = given && given == answered;
}

/* The chip with the highest p50 but for `passed_over`, or -1. */
static int best_of(const roof_comparison *c, const roof_race *race, int passed_over)
{
    const roof_quantiles *rates = race->expected.throughput;
    int best = -1;
    for (size_t i = 0; i < c->chip_count; i++)
        if ((int)i != passed_over && !isnan(rates[i].p50) && (best < 0 || rates[i].p50 > rates[best].p50))
            best = (int)i;
    return best;
}

static void find_ahead(const roof_comparison *c, const roof_calibration *calibration, roof_race *race)
{
    roof_expectation *expected = &race->expected;
    roof_forecast_pair pair;
    int best = best_of(c, race, -1), next = best_of(c, race, best);
    expected->ahead = best;
    if (best < 0 || next < 0) return;
    roof_forecast first = on_basis(c, race, best), second = on_basis(c, race, next);
    roof_forecast_ratio(calibration, &first, &second, &pair);
    if (expected->throughput[best].p50 / expected->throughput[next].p50 - 1 <= equal) expected->ahead = -1;
    else expected->sure = pair.p_first_faster;
}

static void find_thriftiest(const roof_comparison *c, roof_race *race)
{
    size_t known = 0;
    int least = -1;
    for (size_t i = 0; i < c->chip_count; i++) {
        double joules = race->forecasts[i].energy_j.p50;
        if (isnan(joules)) continue;
        known++;
        if (least < 0 || joules < race->forecasts[least].energy_j.p50) least = (int)i;
    }
    race->expected.thriftiest = known > 1 ? least : -1;
}

/* ---- two chips ---- */

/* ln of how far the second is ahead at that batch; NaN where one cannot. */
static double lead_at(const roof_comparison *c, const roof_calibration *calibration, const roof_race *race,
                      double batch)
{
    return log(roof_forecast_p50_at(calibration, &race->predictions[1], batch) / c->divisor[1]) -
           log(roof_forecast_p50_at(calibration, &race->predictions[0], batch) / c->divisor[0]);
}

/* The least batch above `low`, and not above `high`, at which the other one is ahead, if there is one turn
 * between them. */
static double bisect(const roof_comparison *c, const roof_calibration *calibration, const roof_race *race,
                     double low, double high, bool second_leads)
{
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        if ((lead_at(c, calibration, race, middle) > 0) == second_leads) low = middle;
        else high = middle;
    }
    return high;
}

static double find_turn(const roof_comparison *c, const roof_calibration *calibration, const roof_race *race)
{
    static const double growth = 1.25; /* two turns closer to each other than this may both be missed */
    double batch = race->predictions[0].request.batch;
    bool second_leads = race->expected.ahead == 1;
    while (batch < ROOF_TURN_LIMIT) {
        double next = fmin(ROOF_TURN_LIMIT, fmax(batch + 1, floor(batch * growth)));
        double lead = lead_at(c, calibration, race, next);
        if (isnan(lead)) return NAN;
        if (fabs(lead) > equal && (lead > 0) != second_leads)
            return bisect(c, calibration, race, batch, next, second_leads);
        batch = next;
    }
    return NAN;
}

static void relate(const roof_comparison *c, const roof_calibration *calibration, roof_race *race)
{
    roof_forecast first = on_basis(c, race, 0), second = on_basis(c, race, 1);
    roof_forecast_pair pair;
    roof_forecast_ratio(calibration, &second, &first, &pair);
    if (!pair.given) return;
    race->expected.ratio = pair.ratio;
    race->expected.p_first_faster = 1 - pair.p_first_faster;
    if (race->expected.ahead >= 0) race->expected.turn_batch = find_turn(c, calibration, race);
}

/* ---- all of it ---- */

static const roof_expectation nothing = {.ahead = -1,
                                         .sure = NAN,
                                         .ratio = {NAN, NAN, NAN},
                                         .p_first_faster = NAN,
                                         .turn_batch = NAN,
                                         .thriftiest = -1};

static void expect(const roof_comparison *c, const roof_calibration *calibration, roof_race *race)
{
    race->expected = nothing;
    for (size_t k = 0; k < c->chip_count; k++)
        roof_forecast_make(calibration, &race->predictions[k], &race->forecasts[k]);
    find_throughputs(c, race);
    if (!race->expected.given) return;
    find_ahead(c, calibration, race);
    find_thriftiest(c, race);
    if (c->chip_count == 2) relate(c, calibration, race);
}

static void find_weakest(roof_comparison *c, size_t race)
{
    for (size_t k = 0; k < c->chip_count; k++) {
        const roof_prediction *run = &c->races[race].predictions[k];
        roof_lean doubt;
        if (!roof_sensitivity_doubt(run, &doubt)) continue;
        if (c->weakest.input && doubt.movement <= c->weakest.movement) continue;
        c->weakest = (roof_weakest){&run->machine.inputs[doubt.variable], k, race, doubt.movement};
    }
}

roof_code roof_comparison_forecast(roof_comparison *c, const roof_calibration *calibration, roof_error *error)
{
    for (size_t i = 0; i < c->race_count; i++) {
        roof_race *race = &c->races[i];
        if (!race->forecasts) race->forecasts = calloc(c->chip_count, sizeof *race->forecasts);
        if (!race->forecasts) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the forecasts");
        expect(c, calibration, race);
        find_weakest(c, i);
    }
    return ROOF_OK;
}
