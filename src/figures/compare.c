/* Networks side by side: of each network the bars of all chips, in parts of the fastest. */
#include <math.h>

#include "chiproof/base/text.h"
#include "builder.h"
#include "makers.h"
#include "matrix.h"

/* The share of the width that the column of words takes. */
#define WORDS 0.28

typedef struct comparison {
    roof_builder b;
    const roof_figure_request *request;
    roof_matrix matrix;
    roof_rate *rates; /* as the matrix */
} comparison;

static const roof_rate *rate_at(const comparison *c, size_t chip, size_t event)
{
    return &c->rates[chip * c->matrix.events + event];
}

/* The chip that is fastest; -1 if none can run it. */
static int fastest(const comparison *c, size_t event)
{
    int best = -1;
    for (size_t i = 0; i < c->matrix.chips; i++)
        if (!isnan(rate_at(c, i, event)->best) &&
            (best < 0 || rate_at(c, i, event)->best > rate_at(c, (size_t)best, event)->best))
            best = (int)i;
    return best;
}

/* How likely the fastest is ahead of the chip that comes nearest; NaN if that cannot be told. */
static double sureness(const comparison *c, size_t event)
{
    int best = fastest(c, event);
    double least = NAN;
    for (size_t i = 0; best >= 0 && i < c->matrix.chips; i++) {
        const roof_rate *first = rate_at(c, (size_t)best, event), *other = rate_at(c, i, event);
        roof_forecast_pair pair;
        if ((int)i == best || isnan(other->best)) continue;
        if (!first->given || !other->given) return NAN;
        roof_forecast_ratio(c->request->calibration, &first->forecast, &other->forecast, &pair);
        if (!pair.given) return NAN;
        least = fmin(pair.p_first_faster, least);
    }
    return least;
}

static const char *refusal_word(roof_code code)
{
    switch (code) {
    case ROOF_DOES_NOT_FIT: return "does not fit";
    case ROOF_NO_PRECISION: return "no peak at this precision";
    default: return "refused";
    }
}

/* A bound that leaves out the memory that the weights come from stands too high. */
static bool misses_memory(const roof_prediction *p)
{
    return roof_prediction_misses(p, ROOF_INPUT_DRAM_BANDWIDTH) || p->bound.home == ROOF_HOME_UNKNOWN;
}

static const char *bar_label(comparison *c, size_t chip, size_t event)
{
    const roof_prediction *p = roof_matrix_at(&c->matrix, chip, event);
    const roof_rate *rate = rate_at(c, chip, event);
    if (p->refusal.code != ROOF_OK) return refusal_word(p->refusal.code);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_number(&text, rate->best);
    roof_buffer_append(&text, "/s");
    if (!rate->given) {
        roof_buffer_printf(&text, ", %s%s", c->request->calibration ? "bound: " : "",
                           roof_figure_ceiling_name(p->bound.limiter));
        if (misses_memory(p)) roof_buffer_append(&text, " (memory not published)");
    }
    double sure = fastest(c, event) == (int)chip ? sureness(c, event) : NAN;
    if (!isnan(sure))
        roof_buffer_printf(&text, sure > 0.995 ? ", over 99 %% sure" : ", %.0f %% sure", 100 * sure);
    return roof_builder_keep(&c->b, &text);
}

/* Chips from top to bottom within a network, networks from top to bottom. */
static double row_of(const comparison *c, size_t chip, size_t event)
{
    double step = 0.8 / (double)c->matrix.chips;
    return (double)(c->matrix.events - event) + 0.4 - step * ((double)chip + 0.5);
}

/* What a hundred per cent is. */
static double whole(const comparison *c, size_t event)
{
    int best = fastest(c, event);
    return best < 0 ? NAN : rate_at(c, (size_t)best, event)->best;
}

static int mark_of(size_t chip)
{
    return (int)chip % (ROOF_MARK_COUNT - 1) + 1;
}

/* Bounds are bars from zero. */
static void add_bars(comparison *c, size_t chip)
{
    static const int patterns[] = {ROOF_PATTERN_SOLID,   ROOF_PATTERN_SOLID, ROOF_PATTERN_RISING,
                                   ROOF_PATTERN_FALLING, ROOF_PATTERN_SOLID, ROOF_PATTERN_CROSSED};
    roof_point *points = roof_builder_take(&c->b, c->matrix.events, sizeof *points);
    for (size_t e = 0; points && e < c->matrix.events; e++) {
        double rate = rate_at(c, chip, e)->best;
        points[e] = (roof_point){.x = isnan(rate) ? 0 : 100 * rate / whole(c, e),
                                 .y = row_of(c, chip, e),
                                 .label = bar_label(c, chip, e)};
    }
    roof_builder_add(&c->b, (roof_series){.label = roof_figure_chip_name(c->request, c->request->chips[chip]),
                                          .kind = ROOF_SERIES_ROWS,
                                          .color = (int)chip,
                                          .pattern = patterns[chip % 6],
                                          .width = 0.72 / (double)c->matrix.chips,
                                          .points = points,
                                          .count = c->matrix.events});
}

/* What is expected spans decades: marks with their intervals on a logarithmic axis. */
static void add_marks(comparison *c, size_t chip)
{
    roof_point *points = roof_builder_take(&c->b, c->matrix.events, sizeof *points);
    size_t count = 0;
    for (size_t e = 0; points && e < c->matrix.events; e++) {
        const roof_rate *rate = rate_at(c, chip, e);
        double share = 100 / whole(c, e), y = row_of(c, chip, e);
        if (isnan(rate->best)) continue;
        points[count++] = (roof_point){.x = share * rate->best,
                                       .y = y,
                                       .xlow = rate->given ? share * rate->expected.p10 : 0,
                                       .xhigh = rate->given ? share * rate->expected.p90 : 0};
    }
    roof_builder_add(&c->b, (roof_series){.label = roof_figure_chip_name(c->request, c->request->chips[chip]),
                                          .kind = ROOF_SERIES_MARKS,
                                          .color = (int)chip,
                                          .mark = mark_of(chip),
                                          .points = points,
                                          .count = count});
}

/* Where the bounds are, beyond what is expected; those of all chips, in their order. */
static void add_bounds(comparison *c, size_t chip)
{
    roof_point *points = roof_builder_take(&c->b, c->matrix.events, sizeof *points);
    size_t count = 0;
    for (size_t e = 0; points && e < c->matrix.events; e++) {
        const roof_rate *rate = rate_at(c, chip, e);
        if (rate->given)
            points[count++] = (roof_point){.x = 100 * rate->bound / whole(c, e), .y = row_of(c, chip, e)};
    }
    roof_builder_add(&c->b, (roof_series){.kind = ROOF_SERIES_HOLLOW_MARKS,
                                          .color = (int)chip,
                                          .mark = mark_of(chip),
                                          .thickness = 0.8,
                                          .points = points,
                                          .count = count});
}

/* A column of words at the right: what each chip does. */
static void add_words(comparison *c, size_t chip)
{
    const roof_axis *x = &c->b.drawn->figure.x;
    roof_point *points = roof_builder_take(&c->b, c->matrix.events, sizeof *points);
    for (size_t e = 0; points && e < c->matrix.events; e++)
        points[e] = (roof_point){.x = x->min * pow(x->max / x->min, 1 - WORDS / 2),
                                 .y = row_of(c, chip, e),
                                 .label = bar_label(c, chip, e)};
    roof_builder_add(&c->b, (roof_series){.kind = ROOF_SERIES_TEXT,
                                          .color = (int)chip,
                                          .points = points,
                                          .count = c->matrix.events});
}

/* A line between networks. */
static void add_rulers(comparison *c)
{
    for (size_t e = 1; e < c->matrix.events; e++)
        roof_builder_add_line(&c->b, c->b.drawn->figure.x.min, (double)e + 0.5, c->b.drawn->figure.x.max,
                              (double)e + 0.5, (roof_series){.color = ROOF_COLOR_MUTED, .thickness = 0.25},
                              NULL, NULL);
}

/* From below the least to above the greatest, and the column of words beyond. */
static void set_log_axis(comparison *c)
{
    double least = 100, most = 100;
    for (size_t e = 0; e < c->matrix.events; e++)
        for (size_t i = 0; i < c->matrix.chips; i++) {
            const roof_rate *rate = rate_at(c, i, e);
            if (isnan(rate->best)) continue;
            least = fmin(least,
                         100 * fmin(rate->best, rate->given ? rate->expected.p10 : INFINITY) / whole(c, e));
            most = fmax(most, 100 * rate->bound / whole(c, e));
        }
    roof_axis *x = &c->b.drawn->figure.x;
    x->scale = ROOF_SCALE_LOG;
    x->min = fmax(least / 1.5, 1e-4);
    x->max = x->min * pow(most * 1.5 / x->min, 1 / (1 - WORDS));
}

static void set_axes(roof_builder *b, const roof_figure_request *request)
{
    roof_tick *names = roof_builder_take(b, request->event_count, sizeof *names);
    for (size_t e = 0; names && e < request->event_count; e++)
        names[e] =
            (roof_tick){(double)(request->event_count - e), roof_builder_event_name(b, &request->events[e])};
    b->drawn->figure.x = (roof_axis){
        .label = roof_builder_printf(b, "%s, fastest chip = 100", roof_rate_axis(request->calibration)),
        .unit = "%",
        .min = 0,
        .max = 150};
    b->drawn->figure.y = (roof_axis){.ticks = ROOF_TICKS_NAMED,
                                     .names = names,
                                     .name_count = names ? request->event_count : 0,
                                     .min = 0.45,
                                     .max = (double)request->event_count + 0.55};
}

static const char *subtitle(roof_builder *b, const roof_figure_request *request)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_request asked = roof_figure_event_request(request, 0);
    roof_figure_put_request(&text, &asked, true);
    if (!asked.has_precision) roof_buffer_append(&text, ", each chip at its first precision");
    return roof_builder_keep(b, &text);
}

static const char *title(roof_builder *b, const roof_figure_request *request)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < request->chip_count; i++)
        roof_buffer_printf(&text, "%s%s",
                           i == 0                         ? ""
                           : i + 1 == request->chip_count ? " and "
                                                          : ", ",
                           roof_figure_chip_name(request, request->chips[i]));
    return roof_builder_keep(b, &text);
}

static bool find_rates(comparison *c)
{
    size_t count = c->matrix.chips * c->matrix.events;
    c->rates = roof_builder_take(&c->b, count, sizeof *c->rates);
    for (size_t i = 0; c->rates && i < count; i++)
        roof_rate_of(c->request->calibration, &c->matrix.items[i], &c->rates[i]);
    return c->rates != NULL;
}

static void build(comparison *c)
{
    const roof_figure_request *request = c->request;
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    size_t bars = request->chip_count * request->event_count;
    double height = 190 + 17.0 * (double)bars + 8.0 * (double)request->event_count;
    c->b.drawn->figure = (roof_figure){.title = title(&c->b, request),
                                       .subtitle = subtitle(&c->b, request),
                                       .width = 1000,
                                       .height = (int)fmin(height, 4000),
                                       .legend = ROOF_LEGEND_RIGHT,
                                       .empty_reason = "there is no network to compare"};
    set_axes(&c->b, request);
    if (request->calibration) {
        set_log_axis(c);
        add_rulers(c);
        for (size_t i = 0; i < request->chip_count; i++) add_bounds(c, i);
        for (size_t i = 0; i < request->chip_count; i++) add_marks(c, i);
        for (size_t i = 0; i < request->chip_count; i++) add_words(c, i);
        if (request->chip_count)
            roof_builder_add_sample(&c->b, ROOF_SERIES_HOLLOW_MARKS, ROOF_COLOR_INK, ROOF_MARK_CIRCLE,
                                    "bound");
    } else {
        for (size_t i = 0; i < request->chip_count; i++) add_bars(c, i);
    }
    roof_buffer_append(
        &notes, request->calibration
                    ? "At the right: inferences or tokens a second; at the fastest also how likely it is "
                      "ahead of every other, each taken alone. "
                    : "At each bar: inferences or tokens a second, and what limits them. ");
    roof_buffer_append(&notes, roof_rate_note(request->calibration));
    roof_builder_set_footer(&c->b, &notes, request->footer);
}

ROOF_MAKER(compare)
{
    comparison c = {.request = request};
    if (!roof_builder_start(&c.b)) return roof_builder_end(&c.b, out, error);
    if (!roof_matrix_make(&c.matrix, request)) c.b.failed = true;
    else if (find_rates(&c)) build(&c);
    roof_matrix_free(&c.matrix);
    return roof_builder_end(&c.b, out, error);
}
