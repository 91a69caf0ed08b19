/* Rankings by what to expect. */
#include <math.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "compare/rank_order.h"

static const struct {
    const char *name, *text;
} stances[] = {
#define X(id, name, text) {name, text},
    ROOF_STANCES(X)
#undef X
};

const char *roof_stance_name(roof_stance stance)
{
    return stances[stance].name;
}

const char *roof_stance_text(roof_stance stance)
{
    return stances[stance].text;
}

roof_code roof_stance_parse(const char *name, roof_stance *out, roof_error *error)
{
    for (int i = 0; i < ROOF_STANCE_COUNT; i++)
        if (strcmp(name, stances[i].name) == 0) {
            *out = (roof_stance)i;
            return ROOF_OK;
        }
    return roof_fail(error, ROOF_INVALID, "\"%s\": expected bound, expected or sure", name);
}

roof_quantiles roof_rank_expected(const roof_rank_row *row, roof_measure measure)
{
    const roof_forecast *f = &row->forecast;
    if (!f->given) return (roof_quantiles){NAN, NAN, NAN};
    if (measure == ROOF_MEASURE_LATENCY) return f->latency_s;
    if (measure == ROOF_MEASURE_ENERGY) return f->energy_j;
    /* The others are throughput over something. */
    double per = row->bounds[measure] / row->bounds[ROOF_MEASURE_THROUGHPUT];
    return (roof_quantiles){f->throughput.p10 * per, f->throughput.p50 * per, f->throughput.p90 * per};
}

static double reached(const roof_rank_row *row, roof_measure measure, roof_stance stance)
{
    roof_quantiles expected = roof_rank_expected(row, measure);
    if (stance == ROOF_STANCE_EXPECTED) return expected.p50;
    return roof_measure_is_greater_better(measure) ? expected.p10 : expected.p90;
}

void roof_ranking_expect(roof_ranking *ranking, const roof_calibration *calibration, roof_stance stance)
{
    size_t given = 0;
    if (stance == ROOF_STANCE_BOUND) return;
    for (size_t i = 0; i < ranking->answered_count; i++) {
        roof_rank_row *row = &ranking->rows[i];
        roof_forecast_make(calibration, &row->prediction, &row->forecast);
        given += row->forecast.given;
    }
    if (!given) return;
    ranking->stance = stance;
    ranking->unforeseen_count = ranking->answered_count - given;
    for (size_t i = 0; i < ranking->answered_count; i++)
        for (int m = 0; m < ROOF_MEASURE_COUNT; m++)
            ranking->rows[i].measures[m] = reached(&ranking->rows[i], (roof_measure)m, stance);
    compare_rank_order(ranking);
}
