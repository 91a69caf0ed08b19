/* Throughput along the batch or along the context, a curve for each chip, and where the lead changes. */
#include <math.h>

#include "chiproof/base/text.h"
#include "builder.h"
#include "makers.h"
#include "matrix.h"

enum { PER_OCTAVE = 6, POINT_LIMIT = 200 };

typedef struct sweep {
    roof_sweep axis;
    const char *title, *label, *unit;
    double least, most;
    int every; /* power of two has its tick named */
} sweep;

typedef struct curves {
    roof_builder b;
    const roof_figure_request *request;
    const sweep *along;
    double places[POINT_LIMIT]; /* whole numbers, rising */
    size_t place_count;
    double *rates; /* of every chip at every place; NaN where it cannot */
} curves;

static roof_request request_at(const curves *c, double place)
{
    roof_request asked = roof_figure_event_request(c->request, 0);
    if (c->along->axis == ROOF_SWEEP_BATCH) asked.batch = place;
    else asked.context = place;
    return asked;
}

static void choose_places(curves *c)
{
    for (int i = 0; c->place_count < POINT_LIMIT; i++) {
        double place = fmin(round(c->along->least * pow(2, (double)i / PER_OCTAVE)), c->along->most);
        if (c->place_count && c->places[c->place_count - 1] == c->along->most) break;
        if (!c->place_count || place > c->places[c->place_count - 1]) c->places[c->place_count++] = place;
    }
}

static double rate_at(const curves *c, size_t chip, double place)
{
    roof_prediction p;
    roof_request asked = request_at(c, place);
    double rate = NAN;
    if (roof_predict(c->request->chips[chip], c->request->events[0].workload, &asked, &p) == ROOF_OK)
        rate = p.throughput;
    roof_prediction_free(&p);
    return rate;
}

static void find_rates(curves *c)
{
    c->rates = roof_builder_take(&c->b, c->request->chip_count * c->place_count, sizeof *c->rates);
    for (size_t i = 0; c->rates && i < c->request->chip_count; i++)
        for (size_t k = 0; k < c->place_count; k++)
            c->rates[i * c->place_count + k] = rate_at(c, i, c->places[k]);
}

/* Only the stretch on which the chip can run it; *ends early if that is not to the end. */
static void add_curve(curves *c, size_t chip, roof_buffer *notes)
{
    const double *rates = c->rates + chip * c->place_count;
    roof_point *points = roof_builder_take(&c->b, c->place_count, sizeof *points);
    const char *name = roof_figure_chip_name(c->request, c->request->chips[chip]);
    size_t count = 0;
    double last = NAN;
    for (size_t k = 0; points && k < c->place_count; k++) {
        if (isnan(rates[k])) continue;
        points[count++] = (roof_point){.x = c->places[k], .y = rates[k]};
        last = c->places[k];
    }
    if (!count) roof_buffer_printf(notes, "%s cannot run it. ", name);
    else if (last < c->places[c->place_count - 1])
        roof_buffer_printf(notes, "%s ends where its memory is full. ", name);
    roof_builder_add(&c->b, (roof_series){.label = name,
                                          .kind = ROOF_SERIES_LINE,
                                          .color = (int)chip,
                                          .dash = (int)chip % ROOF_DASH_COUNT,
                                          .points = points,
                                          .count = count});
}

static double best_but(const curves *c, size_t a, size_t other, double place)
{
    double best = 0;
    for (size_t i = 0; i < c->request->chip_count; i++)
        if (i != a && i != other) best = fmax(best, rate_at(c, i, place));
    return best;
}

/* Where two chips change places and nobody is ahead of them. */
static void add_crossings_of(curves *c, size_t i, size_t k, roof_point *points, size_t *count)
{
    roof_prediction runs[2];
    roof_request asked = request_at(c, c->along->least);
    double roots[4];
    size_t found = 0;
    roof_predict(c->request->chips[i], c->request->events[0].workload, &asked, &runs[0]);
    roof_predict(c->request->chips[k], c->request->events[0].workload, &asked, &runs[1]);
    if (runs[0].refusal.code == ROOF_OK && runs[1].refusal.code == ROOF_OK &&
        roof_crossover_roots(&runs[0], &runs[1], 1, c->along->axis, c->along->least, c->along->most, roots, 4,
                             &found, NULL) == ROOF_OK)
        for (size_t r = 0; r < found; r++) {
            double place = ceil(roots[r]), rate = rate_at(c, i, place);
            if (isnan(rate) || best_but(c, i, k, place) > rate) continue;
            points[(*count)++] =
                (roof_point){.x = roots[r],
                             .y = rate,
                             .label = roof_builder_printf(&c->b, "from %s %.0f", c->along->unit, place)};
        }
    roof_prediction_free(&runs[0]);
    roof_prediction_free(&runs[1]);
}

static void add_crossings(curves *c)
{
    size_t chips = c->request->chip_count, count = 0;
    roof_point *points = roof_builder_take(&c->b, 4 * chips * chips, sizeof *points);
    for (size_t i = 0; points && i < chips; i++)
        for (size_t k = i + 1; k < chips; k++) add_crossings_of(c, i, k, points, &count);
    roof_builder_add(&c->b, (roof_series){.label = count ? "the lead changes" : NULL,
                                          .kind = ROOF_SERIES_HOLLOW_MARKS,
                                          .color = ROOF_COLOR_INK,
                                          .mark = ROOF_MARK_DIAMOND,
                                          .thickness = 1.3,
                                          .points = points,
                                          .count = count});
}

static const char *subtitle(curves *c)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_request asked = roof_figure_event_request(c->request, 0);
    roof_buffer_printf(&text, "%s, ", roof_builder_event_name(&c->b, &c->request->events[0]));
    roof_figure_put_request(&text, &asked, c->along->axis != ROOF_SWEEP_BATCH);
    return roof_builder_keep(&c->b, &text);
}

static void build(curves *c)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    const char *results = roof_workload_is_llm(c->request->events[0].workload) ? "tokens" : "inferences";
    c->b.drawn->figure = (roof_figure){
        .title = c->along->title,
        .subtitle = subtitle(c),
        .x = roof_builder_binary_axis(&c->b, c->along->label, c->along->least, c->along->most,
                                      c->along->every),
        .y = {.label = "Bound on throughput",
              .unit = roof_builder_printf(&c->b, "%s/s", results),
              .scale = ROOF_SCALE_LOG},
        .empty_reason = "none of these chips can run it",
    };
    choose_places(c);
    find_rates(c);
    for (size_t i = 0; c->rates && i < c->request->chip_count; i++) add_curve(c, i, &notes);
    if (c->rates) add_crossings(c);
    roof_buffer_append(&notes, "Bounds from published figures, not predictions.");
    roof_builder_set_footer(&c->b, &notes, c->request->footer);
}

static roof_code make(const roof_figure_request *request, const sweep *along, roof_drawn_figure **out,
                      roof_error *error)
{
    curves c = {.request = request, .along = along};
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    if (roof_builder_start(&c.b)) build(&c);
    return roof_builder_end(&c.b, out, error);
}

ROOF_MAKER(batch)
{
    static const sweep along = {ROOF_SWEEP_BATCH, "Throughput over the batch", "Batch", "batch", 1, 1024, 1};
    return make(request, &along, out, error);
}

static bool takes(const roof_workload *workload, double context)
{
    roof_network *network = NULL;
    roof_code code = roof_workload_expand(workload, ROOF_PHASE_DECODE, 0, context, &network, NULL);
    roof_network_free(network);
    return code == ROOF_OK;
}

/* The longest context that the model has positions for, at most a million tokens. */
static double longest(const roof_workload *workload)
{
    double good = 128, bad = (1 << 20) + 1;
    while (bad - good > 1) {
        double middle = floor((good + bad) / 2);
        if (takes(workload, middle)) good = middle;
        else bad = middle;
    }
    return good;
}

ROOF_MAKER(context)
{
    sweep along = {
        ROOF_SWEEP_CONTEXT, "Decoding speed over the context", "Tokens in the cache", "token", 128, 0, 1};
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    along.most = longest(request->events[0].workload);
    return make(request, &along, out, error);
}
