/* Throughput along one thing that grows: the batch, the context, the zeros of the weights, the number of
 * chips. A curve for each chip (or plan), and marks where the lead changes. */
#include "curves.h"

#include <math.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "makers.h"

static roof_request request_at(const roof_curves *c, const roof_curve_line *line, double place)
{
    roof_request asked = roof_figure_event_request(c->request, 0);
    if (line->has_plan) asked.plan = line->plan;
    c->along->apply(&asked, place);
    return asked;
}

static void choose_places(roof_curves *c)
{
    const roof_curve_axis *along = c->along;
    for (int i = 0; c->place_count < ROOF_CURVE_PLACES; i++) {
        double place = c->least * pow(2, (double)i / along->per_octave);
        place = fmin(along->whole ? round(place) : place, c->most);
        if (c->place_count && c->places[c->place_count - 1] == c->most) break;
        if (!c->place_count || place > c->places[c->place_count - 1]) c->places[c->place_count++] = place;
    }
}

static void look(const roof_curves *c, size_t line, double place, roof_rate *rate)
{
    const roof_curve_line *each = &c->lines[line];
    roof_prediction p;
    roof_request asked = request_at(c, each, place);
    roof_predict(each->chip, c->request->events[0].workload, &asked, &p);
    roof_rate_of(c->bounds_only ? NULL : c->request->calibration, &p, rate);
    roof_prediction_free(&p);
}

static double rate_at(const roof_curves *c, size_t line, double place)
{
    roof_rate rate;
    look(c, line, place, &rate);
    return rate.best;
}

static void find_rates(roof_curves *c)
{
    c->rates = roof_builder_take(&c->b, c->line_count * c->place_count, sizeof *c->rates);
    for (size_t i = 0; c->rates && i < c->line_count; i++)
        for (size_t k = 0; k < c->place_count; k++)
            look(c, i, c->places[k], &c->rates[i * c->place_count + k]);
}

/* ---- curves ---- */
/* The stretch that a line runs over, as a curve of one of its figures. */
static roof_point *points_of(roof_curves *c, const roof_rate *rates, bool bound, size_t *count)
{
    roof_point *points = roof_builder_take(&c->b, c->place_count, sizeof *points);
    *count = 0;
    for (size_t k = 0; points && k < c->place_count; k++)
        if (!isnan(rates[k].bound))
            points[(*count)++] = (roof_point){.x = c->places[k], .y = bound ? rates[k].bound : rates[k].best};
    return points;
}

/* p10 to p90, where something is expected. */
static roof_point *band_of(roof_curves *c, const roof_rate *rates, size_t *count)
{
    roof_point *points = roof_builder_take(&c->b, c->place_count, sizeof *points);
    *count = 0;
    for (size_t k = 0; points && k < c->place_count; k++)
        if (rates[k].given)
            points[(*count)++] = (roof_point){.x = c->places[k],
                                              .y = rates[k].best,
                                              .ylow = rates[k].expected.p10,
                                              .yhigh = rates[k].expected.p90};
    return points;
}

static void add_expected(roof_curves *c, const roof_curve_line *line, const roof_rate *rates)
{
    size_t count = 0;
    roof_point *points = band_of(c, rates, &count);
    if (!count) return;
    roof_builder_add(
        &c->b,
        (roof_series){.kind = ROOF_SERIES_BAND, .color = line->color, .points = points, .count = count});
    points = points_of(c, rates, true, &count);
    roof_builder_add(&c->b, (roof_series){.kind = ROOF_SERIES_LINE,
                                          .color = line->color,
                                          .dash = ROOF_DASH_DOTTED,
                                          .thickness = 0.45,
                                          .points = points,
                                          .count = count});
}

static void add_line(roof_curves *c, size_t line, roof_buffer *notes)
{
    const roof_rate *rates = c->rates + line * c->place_count;
    const roof_curve_line *each = &c->lines[line];
    size_t count = 0;
    add_expected(c, each, rates);
    roof_point *points = points_of(c, rates, false, &count);
    if (!count) roof_buffer_printf(notes, "%s cannot run it. ", each->name);
    else if (count < c->place_count) c->cut = true;
    roof_builder_add(&c->b, (roof_series){.label = each->name,
                                          .kind = ROOF_SERIES_LINE,
                                          .color = each->color,
                                          .dash = each->dash,
                                          .thickness = each->thickness,
                                          .points = points,
                                          .count = count});
}

/* ---- where the lead changes ---- */
/* The line with the highest rate; the first of equals; -1 if none runs. */
static int leader_of(const roof_curves *c, const roof_rate *rates, size_t stride)
{
    int best = -1;
    for (size_t i = 0; i < c->line_count; i++)
        if (!isnan(rates[i * stride].best) &&
            (best < 0 || rates[i * stride].best > rates[(size_t)best * stride].best * (1 + 1e-9)))
            best = (int)i;
    return best;
}

/* The place between two, at which `before` is no longer ahead of `after`. */
static double crossing_between(const roof_curves *c, size_t before, size_t after, double low, double high)
{
    for (int i = 0; i < 60; i++) {
        double middle = c->along->whole ? floor((low + high) / 2) : (low + high) / 2;
        if (middle <= low || middle >= high) break;
        double ahead = rate_at(c, before, middle), behind = rate_at(c, after, middle);
        if (ahead >= behind) low = middle;
        else high = middle;
    }
    return high;
}

static const char *crossing_label(roof_curves *c, double place)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "from %s ", c->along->unit);
    if (c->along->whole) roof_text_integer(&text, place);
    else roof_text_number(&text, place);
    roof_buffer_append(&text, c->along->after);
    return roof_builder_keep(&c->b, &text);
}

static void add_crossings(roof_curves *c)
{
    roof_point *points = roof_builder_take(&c->b, c->place_count, sizeof *points);
    size_t count = 0;
    for (size_t k = 1; points && k < c->place_count; k++) {
        int before = leader_of(c, c->rates + k - 1, c->place_count),
            after = leader_of(c, c->rates + k, c->place_count);
        if (before < 0 || after < 0 || before == after) continue;
        const roof_rate *old = &c->rates[(size_t)before * c->place_count + k];
        const roof_rate *new = &c->rates[(size_t)after * c->place_count + k];
        /* One that has ended is not overtaken, and equals do not change places. */
        if (isnan(old->best) || new->best <= old->best *(1 + 1e-9)) continue;
        double place = crossing_between(c, (size_t)before, (size_t)after, c->places[k - 1], c->places[k]);
        points[count++] = (roof_point){
            .x = place, .y = rate_at(c, (size_t)after, place), .label = crossing_label(c, place)};
    }
    roof_builder_add(&c->b, (roof_series){.label = "the lead changes",
                                          .kind = ROOF_SERIES_HOLLOW_MARKS,
                                          .color = ROOF_COLOR_INK,
                                          .mark = ROOF_MARK_DIAMOND,
                                          .thickness = 1.3,
                                          .points = points,
                                          .count = count});
}

/* ---- the figure ---- */
void roof_curves_add(roof_curves *c, roof_curve_line line)
{
    if (c->line_count < ROOF_CURVE_LINES) c->lines[c->line_count++] = line;
}

void roof_curves_add_chips(roof_curves *c)
{
    for (size_t i = 0; i < c->request->chip_count; i++)
        roof_curves_add(c, (roof_curve_line){.chip = c->request->chips[i],
                                             .name = roof_figure_chip_name(c->request, c->request->chips[i]),
                                             .color = (int)i,
                                             .dash = (int)i % ROOF_DASH_COUNT});
}

static const char *subtitle(roof_curves *c)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_request asked = roof_figure_event_request(c->request, 0);
    if (c->along->hides_chips) asked.chips = 1;
    roof_buffer_printf(&text, "%s, ", roof_builder_event_name(&c->b, &c->request->events[0]));
    roof_figure_put_request(&text, &asked, !c->along->hides_batch);
    if (c->subtitle) roof_buffer_printf(&text, ", %s", c->subtitle);
    return roof_builder_keep(&c->b, &text);
}

roof_code roof_curves_make(roof_curves *c, roof_drawn_figure **out, roof_error *error)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    const roof_calibration *calibration = c->bounds_only ? NULL : c->request->calibration;
    const char *results = roof_workload_is_llm(c->request->events[0].workload) ? "tokens" : "inferences";
    c->b.drawn->figure = (roof_figure){
        .title = c->along->title,
        .subtitle = subtitle(c),
        .x = roof_builder_binary_axis(&c->b, c->along->label, c->least, c->most, 1),
        .y = {.label = roof_rate_axis(calibration),
              .unit = roof_builder_printf(&c->b, "%s/s", results),
              .scale = ROOF_SCALE_LOG},
        .empty_reason = "none of these chips can run it",
    };
    choose_places(c);
    find_rates(c);
    for (size_t i = 0; c->rates && i < c->line_count; i++) add_line(c, i, &notes);
    if (c->rates && !c->no_crossings) add_crossings(c);
    if (c->cut) roof_buffer_append(&notes, "Curves are drawn where weights and cache fit. ");
    roof_buffer_printf(&notes, "%s%s%s", c->notes ? c->notes : "", c->notes ? " " : "",
                       roof_rate_note(calibration));
    if (calibration) roof_buffer_append(&notes, " Thin dotted: the bound.");
    roof_builder_set_footer(&c->b, &notes, c->request->footer);
    return roof_builder_end(&c->b, out, error);
}

bool roof_curves_start(roof_curves *c, const roof_figure_request *request, const roof_curve_axis *along,
                       roof_drawn_figure **out, roof_error *error, roof_code *code)
{
    memset(c, 0, sizeof *c);
    c->request = request;
    c->along = along;
    c->least = along->least;
    c->most = along->most;
    *out = NULL;
    *code = ROOF_OK;
    if (request->event_count == 0) *code = roof_fail(error, ROOF_INVALID, "this figure needs a network");
    else if (!roof_builder_start(&c->b)) *code = roof_builder_end(&c->b, out, error);
    return *code == ROOF_OK;
}
