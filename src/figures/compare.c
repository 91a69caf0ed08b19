/* Networks side by side: of each network the bars of all chips, in parts of the fastest. */
#include <math.h>

#include "chiproof/base/text.h"
#include "builder.h"
#include "makers.h"
#include "matrix.h"

/* The throughput of the fastest chip; NaN if none can run it. */
static double fastest(const roof_matrix *matrix, size_t event)
{
    double best = NAN;
    for (size_t c = 0; c < matrix->chips; c++)
        best = fmax(best, roof_matrix_at(matrix, c, event)->throughput);
    return best;
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

static const char *bar_label(roof_builder *b, const roof_prediction *p)
{
    if (p->refusal.code != ROOF_OK) return refusal_word(p->refusal.code);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_number(&text, p->throughput);
    roof_buffer_append(&text, "/s, ");
    roof_buffer_append(&text, roof_figure_ceiling_name(p->bound.limiter));
    if (misses_memory(p)) roof_buffer_append(&text, " (memory not published)");
    return roof_builder_keep(b, &text);
}

/* Chips from top to bottom within a network, networks from top to bottom. */
static double row_of(const roof_matrix *matrix, size_t chip, size_t event)
{
    double step = 0.8 / (double)matrix->chips;
    return (double)(matrix->events - event) + 0.4 - step * ((double)chip + 0.5);
}

static void add_chip(roof_builder *b, const roof_figure_request *request, const roof_matrix *matrix,
                     size_t chip)
{
    roof_point *points = roof_builder_take(b, matrix->events, sizeof *points);
    static const int patterns[] = {ROOF_PATTERN_SOLID,   ROOF_PATTERN_SOLID, ROOF_PATTERN_RISING,
                                   ROOF_PATTERN_FALLING, ROOF_PATTERN_SOLID, ROOF_PATTERN_CROSSED};
    for (size_t e = 0; points && e < matrix->events; e++) {
        const roof_prediction *p = roof_matrix_at(matrix, chip, e);
        bool runs = p->refusal.code == ROOF_OK;
        points[e] = (roof_point){.x = runs ? 100 * p->throughput / fastest(matrix, e) : 0,
                                 .y = row_of(matrix, chip, e),
                                 .label = bar_label(b, p)};
    }
    roof_builder_add(b, (roof_series){.label = roof_figure_chip_name(request, request->chips[chip]),
                                      .kind = ROOF_SERIES_ROWS,
                                      .color = (int)chip,
                                      .pattern = patterns[chip % 6],
                                      .width = 0.72 / (double)matrix->chips,
                                      .points = points,
                                      .count = matrix->events});
}

static void set_axes(roof_builder *b, const roof_figure_request *request)
{
    roof_tick *names = roof_builder_take(b, request->event_count, sizeof *names);
    for (size_t e = 0; names && e < request->event_count; e++)
        names[e] =
            (roof_tick){(double)(request->event_count - e), roof_builder_event_name(b, &request->events[e])};
    b->drawn->figure.x =
        (roof_axis){.label = "Bound on throughput, fastest chip = 100", .unit = "%", .min = 0, .max = 150};
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

ROOF_MAKER(compare)
{
    roof_builder b;
    roof_matrix matrix;
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    if (!roof_builder_start(&b)) return roof_builder_end(&b, out, error);
    if (!roof_matrix_make(&matrix, request)) b.failed = true;
    else {
        size_t bars = request->chip_count * request->event_count;
        double height = 190 + 17.0 * (double)bars + 8.0 * (double)request->event_count;
        b.drawn->figure = (roof_figure){.title = title(&b, request),
                                        .subtitle = subtitle(&b, request),
                                        .width = 1000,
                                        .height = (int)fmin(height, 4000),
                                        .legend = ROOF_LEGEND_RIGHT,
                                        .empty_reason = "there is no network to compare"};
        set_axes(&b, request);
        for (size_t c = 0; c < request->chip_count; c++) add_chip(&b, request, &matrix, c);
        roof_buffer_append(&notes,
                           "At each bar: inferences or tokens a second, and what limits them. Bounds from "
                           "published figures, not predictions.");
        roof_builder_set_footer(&b, &notes, request->footer);
    }
    roof_matrix_free(&matrix);
    return roof_builder_end(&b, out, error);
}
