/* Which chip is fastest, over batch and context: one cell for each pair. */
#include <math.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

/* From batch 1 and 256 tokens on, each cell twice the one before. */
enum { ACROSS = 11, UP = 10, CELLS = ACROSS * UP };
#define LEAST_CONTEXT 256.0
/* Without forecasts: bounds so near to each other do not tell which chip is faster. */
#define CLOSE 1.25
/* With them: how sure one has to be. */
#define SURE 0.9

typedef struct cell {
    int first;  /* chip; -1: none can run it */
    bool close; /* nobody can be sure */
} cell;

typedef struct winner {
    roof_builder b;
    const roof_figure_request *request;
    cell cells[CELLS];
    size_t up; /* rows that the model's positions allow */
    size_t none;
} winner;

static double batch_of(size_t i)
{
    return ldexp(1, (int)i);
}

static double context_of(size_t i)
{
    return LEAST_CONTEXT * ldexp(1, (int)i);
}

/* How far the first is ahead of the second: whether that is told by the forecasts, else by the bounds. */
static bool is_close(const winner *w, const roof_rate *first, const roof_rate *second)
{
    if (!(second->best > 0)) return false;
    if (!first->given || !second->given) return first->best < CLOSE * second->best;
    roof_forecast_pair pair;
    roof_forecast_ratio(w->request->calibration, &first->forecast, &second->forecast, &pair);
    return !pair.given || pair.p_first_faster < SURE;
}

static cell look(const winner *w, size_t across, size_t up)
{
    cell found = {-1, false};
    roof_rate best = {.best = 0}, second = {.best = 0}, rate;
    roof_request asked = roof_figure_event_request(w->request, 0);
    asked.batch = batch_of(across);
    asked.context = context_of(up);
    for (size_t c = 0; c < w->request->chip_count; c++) {
        roof_prediction p;
        roof_predict(w->request->chips[c], w->request->events[0].workload, &asked, &p);
        roof_rate_of(w->request->calibration, &p, &rate);
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

/* Rows whose context the model takes. */
static size_t rows_of(const roof_workload *workload)
{
    size_t rows = 0;
    for (; rows < UP; rows++) {
        roof_network *network = NULL;
        roof_code code =
            roof_workload_expand(workload, ROOF_PHASE_DECODE, 0, context_of(rows), &network, NULL);
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
        double x = batch_of(i % ACROSS), y = context_of(i / ACROSS);
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
    w->up = rows_of(w->request->events[0].workload);
    for (size_t i = 0; i < w->up * ACROSS; i++) {
        w->cells[i] = look(w, i % ACROSS, i / ACROSS);
        w->none += w->cells[i].first < 0;
    }
    w->b.drawn->figure = (roof_figure){
        .title = "Which chip decodes fastest",
        .subtitle = subtitle(w),
        .width = 1000,
        .x = roof_builder_binary_axis(&w->b, "Batch", batch_of(0) / sqrt(2), batch_of(ACROSS - 1) * sqrt(2),
                                      1),
        .y = roof_builder_binary_axis(&w->b, "Tokens in the cache", LEAST_CONTEXT / sqrt(2),
                                      context_of(w->up ? w->up - 1 : 0) * sqrt(2), 1),
        .legend = ROOF_LEGEND_RIGHT,
        .empty_reason = "none of these chips can run it",
    };
    for (int chip = 0; chip < (int)w->request->chip_count; chip++) {
        add_cells(w, chip, false);
        add_cells(w, chip, true);
    }
    roof_buffer_append(
        &notes,
        w->request->calibration
            ? "By the throughput to expect (p50); hatched where its being ahead is less than 90 % sure."
            : "By the bounds; hatched where the first two lie within 25 %.");
    if (w->none) roof_buffer_append(&notes, " Empty: none of them holds the weights and the cache.");
    roof_builder_set_footer(&w->b, &notes, w->request->footer);
}

ROOF_MAKER(winner)
{
    winner w = {.request = request};
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    if (roof_builder_start(&w.b)) build(&w);
    return roof_builder_end(&w.b, out, error);
}
