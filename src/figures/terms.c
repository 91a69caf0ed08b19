/* Where the time is expected to go: the terms of the efficiency model, one after the other. */
#include <math.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

typedef struct terms {
    roof_builder b;
    const roof_figure_request *request;
    roof_matrix matrix;
    roof_rate *rates;
} terms;

static double total_of(const roof_forecast *forecast)
{
    double sum = 0;
    for (int k = 0; k < ROOF_TERM_COUNT; k++) sum += forecast->term_s[k];
    return sum;
}

/* One row for each run of each chip, from the top. */
static size_t row_count(const terms *t)
{
    return t->matrix.chips * t->matrix.events;
}

static double row_of(const terms *t, size_t index)
{
    return (double)(row_count(t) - index);
}

/* The stretch of one term in every row: shares of the whole, for rows that differ by decades. */
static void add_term(terms *t, int term, int *used)
{
    roof_point *points = roof_builder_take(&t->b, row_count(t), sizeof *points);
    size_t count = 0;
    for (size_t i = 0; points && i < row_count(t); i++) {
        const roof_forecast *forecast = &t->rates[i].forecast;
        double total = t->rates[i].given ? total_of(forecast) : 0, before = 0;
        for (int k = 0; k < term; k++) before += forecast->term_s[k];
        if (!(total > 0) || !(forecast->term_s[term] > 0.001 * total)) continue;
        points[count++] =
            (roof_point){.xlow = 100 * before / total,
                         .xhigh = 100 * (before + forecast->term_s[term]) / total,
                         .ylow = row_of(t, i) - 0.38,
                         .yhigh = row_of(t, i) + 0.38,
                         .shade = 1,
                         .label = forecast->term_s[term] > 0.12 * total
                                      ? roof_builder_si(&t->b, forecast->term_s[term], "s", NULL)
                                      : NULL};
    }
    if (!count) return;
    static const int patterns[] = {ROOF_PATTERN_SOLID, ROOF_PATTERN_RISING, ROOF_PATTERN_CROSSED};
    roof_builder_add(&t->b, (roof_series){.label = roof_term_name((roof_term)term),
                                          .kind = ROOF_SERIES_CELLS,
                                          .color = *used % ROOF_COLOR_COUNT,
                                          .pattern = patterns[*used / ROOF_COLOR_COUNT % 3],
                                          .points = points,
                                          .count = count});
    ++*used;
}

static const char *row_name(terms *t, size_t index)
{
    size_t chip = index / t->matrix.events, event = index % t->matrix.events;
    return roof_builder_printf(&t->b, "%s, %s", roof_figure_chip_name(t->request, t->request->chips[chip]),
                               roof_builder_event_name(&t->b, &t->request->events[event]));
}

static void build(terms *t)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY, subtitle = ROOF_BUFFER_EMPTY;
    size_t rows = row_count(t), missing = 0;
    int used = 0;
    roof_tick *names = roof_builder_take(&t->b, rows, sizeof *names);
    for (size_t i = 0; names && i < rows; i++) {
        names[i] = (roof_tick){row_of(t, i), row_name(t, i)};
        missing += !t->rates[i].given;
    }
    if (t->request->event_count) {
        roof_request asked = roof_figure_event_request(t->request, 0);
        roof_figure_put_request(&subtitle, &asked, true);
    }
    t->b.drawn->figure = (roof_figure){
        .title = "Where the time is expected to go",
        .subtitle = roof_builder_keep(&t->b, &subtitle),
        .width = 1000,
        .height = (int)fmin(170 + 30 * (double)rows, 4000),
        .x = {.label = "Share of the time of a pass in a stream of passes",
              .unit = "%",
              .min = 0,
              .max = 100},
        .y = {.ticks = ROOF_TICKS_NAMED,
              .names = names,
              .name_count = names ? rows : 0,
              .min = 0.4,
              .max = (double)rows + 0.6},
        .legend = ROOF_LEGEND_RIGHT,
        .empty_reason = "there is no forecast for these runs",
    };
    for (int k = 0; k < ROOF_TERM_COUNT; k++) add_term(t, k, &used);
    roof_buffer_append(&notes, "The terms of the efficiency model fitted to published measurements (chiproof "
                               "calibrate), at their point estimates.");
    if (missing) roof_buffer_printf(&notes, " %zu runs have no forecast.", missing);
    roof_builder_set_footer(&t->b, &notes, t->request->footer);
}

ROOF_MAKER(terms)
{
    terms t = {.request = request};
    if (!roof_builder_start(&t.b)) return roof_builder_end(&t.b, out, error);
    if (!roof_matrix_make(&t.matrix, request)) t.b.failed = true;
    else {
        t.rates = roof_builder_take(&t.b, row_count(&t), sizeof *t.rates);
        for (size_t i = 0; t.rates && i < row_count(&t); i++)
            roof_rate_of(request->calibration, &t.matrix.items[i], &t.rates[i]);
        if (t.rates) build(&t);
    }
    roof_matrix_free(&t.matrix);
    return roof_builder_end(&t.b, out, error);
}
