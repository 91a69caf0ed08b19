/* Which chip is fastest, over batch and context or batch and zero weights: one cell for each pair. */
#include <math.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

/* From batch 1 on, each cell twice the one before. */
enum { ACROSS = 11, UP = 10, CELLS = ACROSS * UP };
/* Without forecasts: bounds so near to each other do not tell which chip is faster. */
#define CLOSE 1.25
/* With them: how sure one has to be. */
#define SURE 0.9

/* What grows upwards, each cell twice the one before. */
typedef struct upright {
    const char *title, *label;
    double least;
    size_t most; /* rows */
    void (*apply)(roof_request *request, double place);
    const char *empty; /* what an empty cell means */
    bool bounds_only;  /* no measurement tells how such runs fall short of their bounds */
} upright;

typedef struct cell {
    int first;  /* chip; -1: none can run it */
    bool close; /* nobody can be sure */
} cell;

typedef struct winner {
    roof_builder b;
    const roof_figure_request *request;
    const upright *along;
    const roof_calibration *calibration; /* NULL: bounds */
    cell cells[CELLS];
    size_t up; /* rows that the model allows */
    size_t none;
} winner;

static double batch_of(size_t i)
{
    return ldexp(1, (int)i);
}

static double place_of(const winner *w, size_t i)
{
    return w->along->least * ldexp(1, (int)i);
}

static void set_context(roof_request *request, double tokens)
{
    request->context = tokens;
}

static void set_zeros(roof_request *request, double ratio)
{
    request->has_sparsity = true;
    request->sparsity.zeros = fmin(1 - 1 / ratio, ROOF_SPARSITY_LIMIT);
}

/* How far the first is ahead of the second: whether that is told by the forecasts, else by the bounds. */
static bool is_close(const winner *w, const roof_rate *first, const roof_rate *second)
{
    if (!(second->best > 0)) return false;
    if (!first->given || !second->given) return first->best < CLOSE * second->best;
    roof_forecast_pair pair;
    roof_forecast_ratio(w->calibration, &first->forecast, &second->forecast, &pair);
    return !pair.given || pair.p_first_faster < SURE;
}

static cell look(const winner *w, size_t across, size_t up)
{
    cell found = {-1, false};
    roof_rate best = {.best = 0}, second = {.best = 0}, rate;
    roof_request asked = roof_figure_event_request(w->request, 0);
    asked.batch = batch_of(across);
    w->along->apply(&asked, place_of(w, up));
    for (size_t c = 0; c < w->request->chip_count; c++) {
        roof_prediction p;
        roof_predict(w->request->chips[c], w->request->events[0].workload, &asked, &p);
        roof_rate_of(w->calibration, &p, &rate);
        if (rate.best > best.best) {
            second = best;
            best = rate;
            found.first = (int)c;
        } else if (rate.best > second.best) {
            second = rate;
        }
        roof_prediction_free(&p);
    }
    if (found.first >= 0) found.close = is_close(w, &best, &second);
    return found;
}

/* Rows whose context the model takes; all of them where it is not the context that grows. */
static size_t rows_of(const winner *w)
{
    size_t rows = 0;
    for (; rows < w->along->most; rows++) {
        roof_network *network = NULL;
        if (w->along->apply != set_context) continue;
        roof_code code = roof_workload_expand(w->request->events[0].workload, ROOF_PHASE_DECODE, 0,
                                              place_of(w, rows), &network, NULL);
        roof_network_free(network);
        if (code != ROOF_OK) break;
    }
    return rows;
}

static void add_cells(winner *w, int chip, bool close)
{
    roof_point *points = roof_builder_take(&w->b, CELLS, sizeof *points);
    size_t count = 0;
    const double half = sqrt(2);
    for (size_t i = 0; points && i < w->up * ACROSS; i++) {
        const cell *each = &w->cells[i];
        if (each->first != chip || each->close != close) continue;
        double x = batch_of(i % ACROSS), y = place_of(w, i / ACROSS);
        points[count++] = (roof_point){
            .xlow = x / half, .xhigh = x * half, .ylow = y / half, .yhigh = y * half, .shade = 1};
    }
    const char *name = roof_figure_chip_name(w->request, w->request->chips[chip]);
    roof_builder_add(&w->b,
                     (roof_series){.kind = ROOF_SERIES_CELLS,
                                   .color = chip,
                                   .label = close ? roof_builder_printf(&w->b, "%s, uncertain", name) : name,
                                   .pattern = close ? ROOF_PATTERN_RISING : ROOF_PATTERN_SOLID,
                                   .points = points,
                                   .count = count});
}

static const char *subtitle(winner *w)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_request asked = roof_figure_event_request(w->request, 0);
    roof_buffer_printf(&text, "%s, ", roof_builder_event_name(&w->b, &w->request->events[0]));
    roof_figure_put_request(&text, &asked, false);
    return roof_builder_keep(&w->b, &text);
}

static void build(winner *w)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    w->up = rows_of(w);
    for (size_t i = 0; i < w->up * ACROSS; i++) {
        w->cells[i] = look(w, i % ACROSS, i / ACROSS);
        w->none += w->cells[i].first < 0;
    }
    w->b.drawn->figure = (roof_figure){
        .title = w->along->title,
        .subtitle = subtitle(w),
        .width = 1000,
        .x = roof_builder_binary_axis(&w->b, "Batch", batch_of(0) / sqrt(2), batch_of(ACROSS - 1) * sqrt(2),
                                      1),
        .y = roof_builder_binary_axis(&w->b, w->along->label, place_of(w, 0) / sqrt(2),
                                      place_of(w, w->up ? w->up - 1 : 0) * sqrt(2), 1),
        .legend = ROOF_LEGEND_RIGHT,
        .empty_reason = "none of these chips can run it",
    };
    for (int chip = 0; chip < (int)w->request->chip_count; chip++) {
        add_cells(w, chip, false);
        add_cells(w, chip, true);
    }
    roof_buffer_append(
        &notes,
        w->calibration
            ? "By the throughput to expect (p50); hatched where its being ahead is less than 90 % sure."
            : "By the bounds; hatched where the first two lie within 25 %.");
    if (w->none) roof_buffer_append(&notes, w->along->empty);
    roof_builder_set_footer(&w->b, &notes, w->request->footer);
}

static roof_code make(const roof_figure_request *request, const upright *along, roof_drawn_figure **out,
                      roof_error *error)
{
    winner w = {
        .request = request, .along = along, .calibration = along->bounds_only ? NULL : request->calibration};
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    if (roof_builder_start(&w.b)) build(&w);
    return roof_builder_end(&w.b, out, error);
}

ROOF_MAKER(winner)
{
    static const upright along = {.title = "Which chip decodes fastest",
                                  .label = "Tokens in the cache",
                                  .least = 256,
                                  .most = UP,
                                  .apply = set_context,
                                  .empty = " Empty: none of them holds the weights and the cache."};
    return make(request, &along, out, error);
}

ROOF_MAKER(winner_sparsity)
{
    static const upright along = {.title = "Which chip is fastest when weights are zero",
                                  .label = "Weights over weights that are not zero",
                                  .least = 1,
                                  .most = 6,
                                  .apply = set_zeros,
                                  .empty = " Empty: none of them holds it.",
                                  .bounds_only = true};
    return make(request, &along, out, error);
}
