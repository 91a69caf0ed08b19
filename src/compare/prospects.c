/* Who is ahead by what is expected, and where that is sure. */
#include <math.h>

#include "chiproof/compare/crossover.h"

static const double surely = 0.9;

/* What is expected at one batch. */
typedef struct view {
    int ahead;
    bool sure;
    double p50[2], p_ahead;
} view;

static view look(const roof_crossover *c, const roof_calibration *calibration, double batch)
{
    roof_forecast forecasts[2];
    roof_forecast_pair pair;
    view seen = {.ahead = -1, .p_ahead = NAN};
    for (int i = 0; i < 2; i++) {
        roof_forecast_at(calibration, c->runs[i], batch, &forecasts[i]);
        seen.p50[i] = forecasts[i].throughput.p50;
    }
    roof_forecast_ratio(calibration, &forecasts[0], &forecasts[1], &pair);
    if (!pair.given) return seen;
    seen.ahead = seen.p50[1] > seen.p50[0];
    seen.p_ahead = seen.ahead ? 1 - pair.p_first_faster : pair.p_first_faster;
    seen.sure = seen.p_ahead >= surely;
    return seen;
}

static bool is_alike(const view *a, const view *b)
{
    return a->ahead == b->ahead && a->sure == b->sure;
}

static void begin(roof_crossover *c, double batch, const view *seen)
{
    roof_prospect *prospect = &c->prospects[c->prospect_count++];
    *prospect = (roof_prospect){.from = batch,
                                .ahead = seen->ahead,
                                .sure = seen->sure,
                                .p50_from = {seen->p50[0], seen->p50[1]},
                                .p_ahead_from = seen->p_ahead};
}

static void finish(roof_crossover *c, double batch, const view *seen)
{
    roof_prospect *prospect = &c->prospects[c->prospect_count - 1];
    prospect->to = batch;
    prospect->p50_to[0] = seen->p50[0];
    prospect->p50_to[1] = seen->p50[1];
    prospect->p_ahead_to = seen->p_ahead;
}

/* The last batch from `low` up to `high` that looks as `low` does, if that changes once between. */
static double last_alike(const roof_crossover *c, const roof_calibration *calibration, double low,
                         double high, const view *first)
{
    while (high - low > 1) {
        double middle = floor((low + high) / 2);
        view seen = look(c, calibration, middle);
        if (is_alike(&seen, first)) low = middle;
        else high = middle;
    }
    return low;
}

static void find_prospects(roof_crossover *c, const roof_calibration *calibration)
{
    const double growth = 1.125;
    double at = c->least;
    view here = look(c, calibration, at);
    begin(c, at, &here);
    while (at < c->most) {
        double next = fmin(c->most, fmax(at + 1, floor(at * growth)));
        view there = look(c, calibration, next);
        while (!is_alike(&here, &there) && c->prospect_count < ROOF_STRETCH_LIMIT) {
            at = last_alike(c, calibration, at, next, &here);
            here = look(c, calibration, at);
            finish(c, at, &here);
            at++;
            here = look(c, calibration, at);
            begin(c, at, &here);
        }
        at = next;
        here = there;
    }
    finish(c, c->most, &here);
}

void roof_crossover_expect(roof_crossover *c, const roof_calibration *calibration)
{
    bool ahead[2] = {false, false};
    c->prospect_count = 0;
    c->expected_turns = false;
    if (!calibration || c->axis != ROOF_SWEEP_BATCH) return;
    find_prospects(c, calibration);
    for (size_t i = 0; i < c->prospect_count; i++)
        if (c->prospects[i].ahead >= 0) ahead[c->prospects[i].ahead] = true;
    c->expected_turns = ahead[0] && ahead[1];
    if (!ahead[0] && !ahead[1]) c->prospect_count = 0;
}
