/* Published results against what is expected of them, or against their bounds: a mark for each result. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

enum { MARK_LIMIT = 4000, NAMED = 8 }; /* more would be a blot, and megabytes of SVG */
/* Results farther off than that have names, the farthest first. */
#define FAR 3.0

/* A result that is far from where it should be. */
typedef struct outlier {
    roof_point *point;
    size_t chip;
    const char *name; /* of the network */
    double off;       /* |log| of measured over expected */
} outlier;

typedef struct results {
    roof_builder b;
    const roof_figure_request *request;
    roof_point *points; /* of the chip at hand */
    size_t count, checked, inside, not_shown;
    outlier outliers[NAMED]; /* the farthest first, one for each name */
    size_t outlier_count, far;
    double least, most;
    double *above; /* of each result shown: how often its bound is what was expected */
} results;

/* The run that a result tells of; false if it tells of none of ours. The prediction must be freed if true. */
static bool run_of(const roof_join *join, roof_prediction *p, double *batch)
{
    if (roof_join_check(join) != ROOF_JOIN_NONE || !join->row->fit) return false;
    roof_request request = roof_join_request(join);
    *batch = roof_join_batch(join->row);
    if (isnan(*batch)) return false;
    request.batch = *batch;
    if (roof_predict(join->chip, join->workload, &request, p) == ROOF_OK) return true;
    roof_prediction_free(p);
    return false;
}

/* Where a result stands: x what was to be expected (else the bound), y what was measured, in the row's unit.
 */
static bool place(results *r, const roof_join *join, roof_point *point, bool *inside)
{
    roof_prediction p;
    double batch;
    if (!run_of(join, &p, &batch)) return false;
    bool latency =
        join->row->metric == ROOF_METRIC_LATENCY || join->row->metric == ROOF_METRIC_TIME_PER_INFERENCE;
    double measured = roof_join_seconds(&p, join->row, batch), seconds = p.bound.seconds;
    roof_forecast forecast;
    roof_quantiles expected = {NAN, NAN, NAN};
    if (r->request->calibration) {
        roof_forecast_make(r->request->calibration, &p, &forecast);
        if (forecast.given && latency) expected = forecast.latency_s;
        else if (forecast.given)
            expected = (roof_quantiles){forecast.results_per_pass / forecast.throughput.p90,
                                        forecast.results_per_pass / forecast.throughput.p50,
                                        forecast.results_per_pass / forecast.throughput.p10};
    }
    double made = p.request.batch * p.network->results_per_pass;
    if (!isnan(expected.p50)) seconds = expected.p50;
    if (r->above && r->checked < MARK_LIMIT) r->above[r->checked] = seconds / p.bound.seconds;
    *inside = measured >= expected.p10 && measured <= expected.p90;
    *point = (roof_point){.x = made / seconds, .y = made / measured};
    bool good = isfinite(point->x) && isfinite(point->y) && point->x > 0 && point->y > 0 &&
                (!r->request->calibration || !isnan(expected.p50));
    roof_prediction_free(&p);
    return good;
}

/* Keeps it among the farthest; of one network on one chip the farthest stands for all. */
static void note_outlier(results *r, roof_point *point, size_t chip, const char *name)
{
    outlier found = {point, chip, name, fabs(log(point->y / point->x))};
    size_t at = 0;
    if (!(found.off > log(FAR))) return;
    r->far++;
    while (at < r->outlier_count && (r->outliers[at].chip != chip || strcmp(r->outliers[at].name, name) != 0))
        at++;
    if (at < r->outlier_count && r->outliers[at].off >= found.off) return;
    if (at == r->outlier_count && at < NAMED) r->outlier_count++;
    else if (at == NAMED && r->outliers[--at].off >= found.off) return;
    for (; at > 0 && r->outliers[at - 1].off < found.off; at--) r->outliers[at] = r->outliers[at - 1];
    r->outliers[at] = found;
}

static void name_outliers(results *r)
{
    for (size_t i = 0; i < r->outlier_count; i++) r->outliers[i].point->label = r->outliers[i].name;
}

static void add_chip(results *r, size_t chip)
{
    const roof_chip *of = r->request->chips[chip];
    size_t count = 0;
    roof_point *points = roof_builder_take(&r->b, r->request->join_count, sizeof *points);
    for (size_t i = 0; points && i < r->request->join_count; i++) {
        bool inside = false;
        roof_point point;
        if (!r->request->joins[i].chip || strcmp(r->request->joins[i].chip->id, of->id) != 0) continue;
        if (r->checked == MARK_LIMIT || !place(r, &r->request->joins[i], &point, &inside)) {
            r->not_shown++;
            continue;
        }
        points[count] = point;
        note_outlier(r, &points[count++], chip, roof_workload_id(r->request->joins[i].workload));
        r->checked++;
        r->inside += inside;
        r->least = fmin(r->least, fmin(point.x, point.y));
        r->most = fmax(r->most, fmax(point.x, point.y));
    }
    roof_builder_add(&r->b,
                     (roof_series){.label = roof_builder_printf(&r->b, "%s (%zu)",
                                                                roof_figure_chip_name(r->request, of), count),
                                   .kind = ROOF_SERIES_MARKS,
                                   .color = (int)chip,
                                   .mark = (int)chip % (ROOF_MARK_COUNT - 1) + 1,
                                   .thickness = 0.55,
                                   .reach = 90,
                                   .points = points,
                                   .count = count});
}

static void add_diagonal(results *r, double factor, int dash, const char *label)
{
    roof_series how = {
        .color = ROOF_COLOR_INK, .dash = dash, .thickness = dash == ROOF_DASH_SOLID ? 0.7 : 0.4};
    roof_builder_add_line(&r->b, r->least / 100, r->least / 100 * factor, r->most * 100,
                          r->most * 100 * factor, how, NULL, label);
}

static int by_size(const void *left, const void *right)
{
    const double *a = left, *b = right;
    return (*a > *b) - (*a < *b);
}

/* Where the bounds lie, in the median; bounds as near to what is expected as that say nothing of their own.
 */
static void add_bound(results *r)
{
    if (!r->above || !r->checked) return;
    qsort(r->above, r->checked, sizeof *r->above, by_size);
    double median = r->above[r->checked / 2];
    if (isfinite(median) && median > 1)
        add_diagonal(r, median, ROOF_DASH_DASHED,
                     roof_builder_printf(&r->b, "bound, %.1f times as fast in the median", median));
}

static roof_axis axis_of(const results *r, const char *label)
{
    roof_axis axis = {.label = label, .unit = "results/s", .scale = ROOF_SCALE_LOG};
    if (r->checked) {
        axis.min = pow(10, floor(log10(r->least / 1.2)));
        axis.max = pow(10, ceil(log10(r->most * 1.2)));
    }
    return axis;
}

static void build(results *r)
{
    bool expected = r->request->calibration != NULL;
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    r->least = INFINITY;
    if (expected) r->above = roof_builder_take(&r->b, r->request->join_count, sizeof *r->above);
    for (size_t i = 0; i < r->request->chip_count; i++) add_chip(r, i);
    name_outliers(r);
    r->b.drawn->figure = (roof_figure){
        .title = expected ? "Measured against expected" : "Measured against the bound",
        .subtitle = roof_builder_printf(&r->b, "%zu published results", r->checked),
        .width = 900,
        .height = 760,
        .x = axis_of(r, expected ? "Expected throughput" : "Bound on throughput"),
        .y = axis_of(r, "Measured throughput"),
        .empty_reason = "no published result of these chips can be held against anything",
    };
    if (r->checked) {
        add_diagonal(r, 1, ROOF_DASH_SOLID, expected ? "as expected" : "the bound");
        if (expected) add_diagonal(r, 2, ROOF_DASH_DOTTED, "twice as fast");
        add_bound(r);
        add_diagonal(r, expected ? 0.5 : 0.1, ROOF_DASH_DOTTED, expected ? "half as fast" : "a tenth");
    }
    if (expected && r->checked)
        roof_buffer_printf(
            &notes, "%.0f %% lie between the p10 and the p90 of their forecast; the fit has seen them. ",
            100.0 * (double)r->inside / (double)r->checked);
    if (r->far)
        roof_buffer_printf(&notes, "%zu are off by more than a factor of %.0f; the farthest are named. ",
                           r->far, FAR);
    roof_buffer_append(&notes, "Where a latency is published, the results of a batch over it.");
    if (r->not_shown)
        roof_buffer_printf(&notes,
                           " %zu results not shown: not a speed, not of a run of ours, or not to be fitted.",
                           r->not_shown);
    roof_builder_set_footer(&r->b, &notes, r->request->footer);
}

ROOF_MAKER(achieved)
{
    results r = {.request = request};
    if (!roof_builder_start(&r.b)) return roof_builder_end(&r.b, out, error);
    build(&r);
    return roof_builder_end(&r.b, out, error);
}
