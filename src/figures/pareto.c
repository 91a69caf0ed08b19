/* Two quantities of all chips, and those that no other chip outdoes in both. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/chip/filter.h"
#include "chiproof/compare/rank.h"
#include "makers.h"
#include "scatter.h"

/* What an axis shows: something published, or something computed for the network. */
typedef struct quantity {
    enum { PUBLISHED, POWER, COMPUTED } kind;
    roof_attribute attribute; /* PUBLISHED */
    roof_measure measure;     /* COMPUTED */
    bool greater;             /* is better */
    roof_axis axis;
} quantity;

static roof_code unknown_quantity(const char *name, roof_error *error)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&clean, name);
    roof_fail(
        error, ROOF_INVALID,
        "\"%s\" is no quantity: expected power, throughput, latency, per-watt, per-dollar, year, a field "
        "(tdp, node, sram.capacity...) or a peak (peak.int8)",
        roof_buffer_text(&clean));
    roof_buffer_free(&clean);
    return ROOF_INVALID;
}

static bool is_greater_better(const roof_attribute *attribute)
{
    return attribute->kind != ROOF_ATTRIBUTE_FIELD ||
           roof_field(attribute->field)->better != ROOF_BETTER_LOWER;
}

static const char *unit_of(const roof_attribute *attribute)
{
    switch (roof_attribute_dimension(attribute)) {
    case ROOF_DIM_OPS_PER_SECOND: return "OPS";
    case ROOF_DIM_BYTES: return "B";
    case ROOF_DIM_BYTES_PER_SECOND: return "B/s";
    case ROOF_DIM_WATTS: return "W";
    case ROOF_DIM_HERTZ: return "Hz";
    case ROOF_DIM_METRES: return "m";
    case ROOF_DIM_US_DOLLARS: return "USD";
    case ROOF_DIM_SQUARE_METRES: return "square metres";
    default: return NULL;
    }
}

static void describe_attribute(roof_builder *b, quantity *q)
{
    const roof_attribute *a = &q->attribute;
    bool year = a->kind == ROOF_ATTRIBUTE_WORD, area = roof_attribute_dimension(a) == ROOF_DIM_SQUARE_METRES;
    q->greater = is_greater_better(a);
    q->axis = (roof_axis){.label = a->kind == ROOF_ATTRIBUTE_FIELD ? roof_field(a->field)->label
                                                                   : roof_builder_printf(b, "%s", a->name),
                          .unit = unit_of(a),
                          .scale = year ? ROOF_SCALE_LINEAR : ROOF_SCALE_LOG,
                          .ticks = unit_of(a) && !area ? ROOF_TICKS_SI : ROOF_TICKS_PLAIN};
}

static void describe_measure(roof_builder *b, const roof_workload *workload, quantity *q)
{
    const char *results = roof_workload_is_llm(workload) ? "tokens" : "inferences";
    static const char *const units[ROOF_MEASURE_COUNT] = {[ROOF_MEASURE_THROUGHPUT] = "%s/s",
                                                          [ROOF_MEASURE_LATENCY] = "s",
                                                          [ROOF_MEASURE_PER_WATT] = "%s/J",
                                                          [ROOF_MEASURE_PER_DOLLAR] = "%s/s per USD",
                                                          [ROOF_MEASURE_ENERGY] = "J",
                                                          [ROOF_MEASURE_PER_AREA] = "%s/s per mm2",
                                                          [ROOF_MEASURE_PER_TRANSISTOR] =
                                                              "%s/s per transistor",
                                                          [ROOF_MEASURE_PER_NODE_WATT] = "%s/J at one node"};
    bool plain = strncmp(units[q->measure], "%s", 2) != 0;
    const char *unit =
        plain ? units[q->measure] : roof_builder_printf(b, "%s%s", results, units[q->measure] + 2);
    q->greater = roof_measure_is_greater_better(q->measure);
    q->axis = (roof_axis){.label = roof_builder_printf(b, "Bound on %s", roof_measure_text(q->measure)),
                          .unit = unit,
                          .scale = ROOF_SCALE_LOG,
                          .ticks = plain || q->measure == ROOF_MEASURE_PER_TRANSISTOR ? ROOF_TICKS_SI
                                                                                      : ROOF_TICKS_PLAIN};
}

static roof_code read_quantity(roof_builder *b, const roof_figure_request *request, const char *name,
                               quantity *q, roof_error *error)
{
    *q = (quantity){.kind = COMPUTED};
    if (strcmp(name, "power") == 0) {
        *q = (quantity){.kind = POWER,
                        .axis = {.label = "Power: TDP, else typical",
                                 .unit = "W",
                                 .scale = ROOF_SCALE_LOG,
                                 .ticks = ROOF_TICKS_SI}};
        return ROOF_OK;
    }
    if (roof_measure_parse(name, &q->measure, NULL) == ROOF_OK) {
        describe_measure(b, request->events[0].workload, q);
        return ROOF_OK;
    }
    q->kind = PUBLISHED;
    roof_code code = roof_attribute_parse(name, &q->attribute, error);
    if (code != ROOF_OK || !roof_attribute_is_number(&q->attribute))
        return code == ROOF_NO_MEMORY ? code : unknown_quantity(name, error);
    describe_attribute(b, q);
    return ROOF_OK;
}

static double value_of(const quantity *q, const roof_rank_row *row)
{
    if (q->kind == POWER) return row->power_w;
    if (q->kind == COMPUTED) return row->measures[q->measure];
    return roof_attribute_number(&q->attribute, row->prediction.chip);
}

static bool is_doubtful(const quantity *q, const roof_rank_row *row)
{
    if (q->kind == COMPUTED) return row->doubtful || row->unlimited;
    const roof_value *value =
        q->kind == POWER ? row->power : roof_attribute_value(&q->attribute, row->prediction.chip);
    return value && value->claim == ROOF_CLAIM_UNVERIFIED;
}

static double gain(const quantity *q, double a, double b)
{
    return q->greater ? a - b : b - a;
}

/* A bound that leaves out what is not published outdoes nobody. */
static void find_front(roof_scatter *scatter, const quantity *x, const quantity *y, const bool *barred)
{
    for (size_t i = 0; i < scatter->count; i++) {
        roof_dot *dot = &scatter->dots[i];
        dot->front = !barred[i];
        for (size_t k = 0; k < scatter->count && dot->front; k++) {
            double across = gain(x, scatter->dots[k].x, dot->x), up = gain(y, scatter->dots[k].y, dot->y);
            if (!barred[k] && across >= 0 && up >= 0 && (across > 0 || up > 0)) dot->front = false;
        }
    }
}

static int by_x(const void *left, const void *right)
{
    const roof_dot *const *a = left, *const *b = right;
    if ((*a)->x != (*b)->x) return (*a)->x < (*b)->x ? -1 : 1;
    return strcmp((*a)->chip->id, (*b)->chip->id);
}

/* From one chip of the front to the next, round the corner that neither reaches. */
static void add_front(roof_builder *b, const roof_scatter *scatter, const quantity *x)
{
    roof_dot **front = roof_builder_take(b, scatter->count, sizeof *front);
    roof_point *points = roof_builder_take(b, 2 * scatter->count, sizeof *points);
    size_t count = 0, corners = 0;
    for (size_t i = 0; front && i < scatter->count; i++)
        if (scatter->dots[i].front) front[count++] = &scatter->dots[i];
    if (!front || !points || !count) return;
    qsort(front, count, sizeof *front, by_x);
    for (size_t i = 0; i < count; i++) {
        points[corners++] = (roof_point){.x = front[i]->x, .y = front[i]->y};
        if (i + 1 == count) break;
        points[corners++] = x->greater ? (roof_point){.x = front[i]->x, .y = front[i + 1]->y}
                                       : (roof_point){.x = front[i + 1]->x, .y = front[i]->y};
    }
    roof_builder_add(b, (roof_series){.kind = ROOF_SERIES_LINE,
                                      .color = ROOF_COLOR_INK,
                                      .dash = ROOF_DASH_DASHED,
                                      .thickness = 0.6,
                                      .points = points,
                                      .count = corners,
                                      .label = "front"});
}

static size_t fill(roof_builder *b, const roof_ranking *ranking, const quantity *x, const quantity *y,
                   roof_scatter *scatter)
{
    bool *barred = roof_builder_take(b, ranking->count, sizeof *barred);
    size_t missing = 0;
    for (size_t i = 0; barred && i < ranking->count; i++) {
        const roof_rank_row *row = &ranking->rows[i];
        double across = value_of(x, row), up = value_of(y, row);
        if (!isfinite(across) || !isfinite(up)) {
            missing++;
            continue;
        }
        barred[scatter->count] = row->unlimited && (x->kind == COMPUTED || y->kind == COMPUTED);
        roof_dot *dot = roof_scatter_add(b, scatter);
        if (!dot) return missing;
        *dot = (roof_dot){.chip = row->prediction.chip,
                          .x = across,
                          .y = up,
                          .doubtful = is_doubtful(x, row) || is_doubtful(y, row),
                          .merit = y->greater ? up : -up};
    }
    if (barred) find_front(scatter, x, y, barred);
    return missing;
}

static void build(roof_builder *b, const roof_figure_request *request, const roof_ranking *ranking,
                  const quantity *x, const quantity *y)
{
    bool run = x->kind == COMPUTED || y->kind == COMPUTED;
    roof_scatter scatter = {
        .by_shape = true, .log_x = x->axis.scale == ROOF_SCALE_LOG, .log_y = y->axis.scale == ROOF_SCALE_LOG};
    roof_buffer notes = ROOF_BUFFER_EMPTY, subtitle = ROOF_BUFFER_EMPTY;
    size_t missing = fill(b, ranking, x, y, &scatter);
    if (run) {
        roof_buffer_printf(&subtitle, "%s, ", roof_builder_event_name(b, &request->events[0]));
        roof_figure_put_request(&subtitle, &ranking->request, true);
        roof_buffer_printf(&subtitle, "%s; ",
                           ranking->request.has_precision ? "" : ", each at its first precision");
    }
    roof_buffer_printf(&subtitle, "%zu of %zu", scatter.count, request->catalogue_count);
    b->drawn->figure = (roof_figure){.title = run ? "Chips that none outdoes"
                                                  : "Published figures, and chips that none outdoes",
                                     .subtitle = roof_builder_keep(b, &subtitle),
                                     .width = 1000,
                                     .height = 680,
                                     .legend = ROOF_LEGEND_RIGHT,
                                     .x = x->axis,
                                     .y = y->axis,
                                     .empty_reason = "no chip here publishes both of these"};
    add_front(b, &scatter, x);
    roof_scatter_draw(b, request, &scatter);
    roof_scatter_legend(b, request, &scatter);
    if (run)
        roof_buffer_append(&notes,
                           "Bounds, not predictions. Hollow also where a memory that would limit the run is "
                           "not published; such chips are not on the front.");
    roof_put_missing(&notes, missing, "refused, or a value is missing");
    roof_builder_set_footer(b, &notes, request->footer);
}

ROOF_MAKER(pareto)
{
    roof_builder b;
    quantity x, y;
    roof_ranking *ranking = NULL;
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    if (!roof_builder_start(&b)) return roof_builder_end(&b, out, error);
    roof_code code = read_quantity(&b, request, request->x ? request->x : "power", &x, error);
    if (code == ROOF_OK) code = read_quantity(&b, request, request->y ? request->y : "throughput", &y, error);
    if (code == ROOF_OK)
        code = roof_rank(request->catalogue, request->catalogue_count, request->events[0].workload,
                         &request->events[0].request, ROOF_MEASURE_THROUGHPUT, &ranking, error);
    if (code == ROOF_OK) {
        build(&b, request, ranking, &x, &y);
        code = roof_builder_end(&b, out, error);
    } else {
        roof_drawn_figure_free(b.drawn);
    }
    roof_ranking_free(ranking);
    return code;
}
