#include "chiproof/figures/roofline.h"

#include <math.h>
#include <stdlib.h>

#include "chiproof/base/text.h"
#include "chiproof/units/units.h"
#include "builder.h"
#include "lanes.h"
#include "makers.h"
#include "matrix.h"

typedef struct builder {
    bool expected; /* networks lie where they are expected, else at their bounds */
    roof_builder base;
    roof_lanes lanes;
} builder;

/* "6,600 op/B", "53.5 Mop/B" */
static void put_intensity(roof_buffer *out, double intensity)
{
    if (intensity >= 1e6) roof_text_si(out, intensity, "op/B");
    else {
        roof_text_number(out, intensity);
        roof_buffer_append(out, " op/B");
    }
}

/* ---- flat roofs ---- */
/* A roof that lies on that of a chip before is drawn thinner, so that both are seen. */
static double flat_thickness(const builder *b, size_t chip, double height)
{
    double thickness = 1.5;
    for (size_t i = 0; i < chip; i++)
        if (b->lanes.items[i].machine && roof_lanes_same(b->lanes.items[i].peak, height)) thickness *= 0.4;
    return thickness;
}

/* "Hailo-8 dense 26.0 TOPS", "sparse 2:4 3.96 POPS"; with the precision unless the subtitle has it. */
static const char *flat_label(builder *b, const roof_lane *lane, double height, bool dense)
{
    bool in_full = b->lanes.in_full; /* else the legend has the figure */
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (dense && !b->lanes.one_chip) roof_buffer_printf(&text, "%s ", lane->chip->name);
    if (roof_lanes_precision(&b->lanes) == ROOF_PRECISION_COUNT)
        roof_buffer_printf(&text, "%s ", roof_precision_name(lane->machine->precision));
    if (!dense) roof_buffer_printf(&text, "sparse %s ", lane->sparsity);
    else if (in_full) roof_buffer_append(&text, "dense ");
    roof_unit_format(&text, height, ROOF_DIM_OPS_PER_SECOND);
    return roof_builder_keep(&b->base, &text);
}

static void add_flat(builder *b, size_t chip, double height, bool dense)
{
    const roof_lane *lane = &b->lanes.items[chip];
    bool in_full = b->lanes.in_full;
    const char *words = flat_label(b, lane, height, dense);
    double from = roof_lane_first_ridge(lane, height);
    const char *name = b->lanes.one_chip ? roof_precision_name(lane->machine->precision) : lane->chip->name;
    roof_series how = {.label = !dense    ? NULL
                                : in_full ? name
                                          : words,
                       .color = (int)chip,
                       .dash = dense ? ROOF_DASH_SOLID : ROOF_DASH_DASHED,
                       .mark = (int)(chip % (ROOF_MARK_COUNT - 1)) + 1,
                       .thickness = dense ? flat_thickness(b, chip, height) : 1};
    roof_builder_add_line(&b->base, isnan(from) || from < b->lanes.x_least ? b->lanes.x_least : from, height,
                          b->lanes.x_most, height, how, NULL, in_full ? words : NULL);
}

/* ---- slanted roofs ---- */
static int dash_of(roof_ceiling_id id)
{
    switch (id) {
    case ROOF_CEILING_HOST: return ROOF_DASH_DASHDOT;
    case ROOF_CEILING_DRAM: return ROOF_DASH_LONG;
    default: return ROOF_DASH_DOTTED;
    }
}

static const char *slope_label(builder *b, roof_ceiling_id id, double bandwidth, size_t sharers)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "%s ", roof_figure_ceiling_name(id));
    roof_unit_format(&text, bandwidth, ROOF_DIM_BYTES_PER_SECOND);
    if (b->lanes.one_chip) return roof_builder_keep(&b->base, &text);
    if (sharers == 2 && b->lanes.count == 2) roof_buffer_append(&text, " (both)");
    else if (sharers > 1) roof_buffer_printf(&text, " (%zu chips)", sharers);
    return roof_builder_keep(&b->base, &text);
}

/* From the frame, or from where the shared part ends, up to the chip's highest roof. The part that several
 * chips have in common is drawn once, in ink, by the first of them. */
static void add_slope(builder *b, size_t chip, roof_ceiling_id id)
{
    const roof_lane *lane = &b->lanes.items[chip];
    double bandwidth = lane->bandwidth[id];
    roof_sharing sharing = roof_lanes_sharing(&b->lanes, chip, id);
    double start = fmax(b->lanes.x_least, b->lanes.y_least / bandwidth);
    double end = roof_lane_top(lane) / bandwidth, shared_end = sharing.height / bandwidth;
    roof_series how = {.color = ROOF_COLOR_INK, .dash = dash_of(id), .thickness = 0.9};
    if (sharing.count > 1 && sharing.first && start < shared_end)
        roof_builder_add_line(&b->base, start, start * bandwidth, shared_end, sharing.height, how,
                              slope_label(b, id, bandwidth, sharing.count), NULL);
    if (sharing.count > 1) start = fmax(start, shared_end);
    how.color = (int)chip;
    if (start < end * (1 - 1e-9))
        roof_builder_add_line(&b->base, start, start * bandwidth, end, roof_lane_top(lane), how,
                              sharing.count > 1 ? NULL : slope_label(b, id, bandwidth, 1), NULL);
}

static void add_ridges(builder *b, size_t chip)
{
    const roof_lane *lane = &b->lanes.items[chip];
    roof_point *points = roof_builder_take(&b->base, ROOF_CEILING_COUNT, sizeof *points);
    size_t count = 0;
    for (int i = ROOF_CEILING_COMPUTE + 1; points && i < ROOF_CEILING_COUNT; i++) {
        if (isnan(lane->bandwidth[i])) continue;
        roof_point *point = &points[count++];
        *point = (roof_point){.x = lane->peak / lane->bandwidth[i], .y = lane->peak};
        if (b->lanes.count > ROOF_LANES_IN_FULL) continue;
        roof_buffer text = ROOF_BUFFER_EMPTY;
        put_intensity(&text, point->x);
        point->label = roof_builder_keep(&b->base, &text);
    }
    roof_builder_add(&b->base, (roof_series){.kind = ROOF_SERIES_HOLLOW_MARKS,
                                             .color = (int)chip,
                                             .mark = ROOF_MARK_DIAMOND,
                                             .thickness = 1.5,
                                             .points = points,
                                             .count = count});
}

/* ---- networks ---- */
static const char *network_label(builder *b, size_t chip, size_t run)
{
    const roof_lane *lane = &b->lanes.items[chip];
    const roof_prediction *p = &lane->runs[run];
    size_t together = 0;
    if (!roof_lanes_labels_place(&b->lanes, chip, run, &together)) return NULL;
    roof_buffer label = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&label, roof_workload_id(p->workload));
    if (p->request.phase != ROOF_PHASE_WHOLE)
        roof_buffer_printf(&label, " %s", roof_phase_name(p->request.phase));
    if (together > 1 && b->lanes.one_chip) roof_buffer_printf(&label, " (%zu precisions)", together);
    else if (together == 2 && b->lanes.count == 2) roof_buffer_append(&label, " (both)");
    else if (together > 1) roof_buffer_printf(&label, " (%zu chips)", together);
    if (lane->places[run].beyond) {
        roof_buffer_append(&label, " (at ");
        put_intensity(&label, lane->places[run].intensity);
        roof_buffer_append_char(&label, ')');
    }
    return roof_builder_keep(&b->base, &label);
}

static void add_networks(builder *b, size_t chip)
{
    const roof_lane *lane = &b->lanes.items[chip];
    roof_point *points = roof_builder_take(&b->base, b->lanes.runs_per_chip, sizeof *points);
    size_t count = 0;
    for (size_t i = 0; points && i < b->lanes.runs_per_chip; i++)
        if (lane->places[i].given)
            points[count++] = (roof_point){.x = lane->places[i].x,
                                           .y = lane->places[i].y,
                                           .ylow = lane->places[i].low,
                                           .yhigh = lane->places[i].high,
                                           .label = network_label(b, chip, i)};
    roof_builder_add(
        &b->base,
        (roof_series){.kind = ROOF_SERIES_MARKS, .color = (int)chip, .points = points, .count = count});
}

static void add_chip(builder *b, size_t chip)
{
    const roof_lane *lane = &b->lanes.items[chip];
    if (!lane->machine) return;
    add_flat(b, chip, lane->peak, true);
    if (!isnan(lane->sparse)) add_flat(b, chip, lane->sparse, false);
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++)
        if (!isnan(lane->bandwidth[i])) add_slope(b, chip, (roof_ceiling_id)i);
}

/* ---- words ---- */
static const char *title(builder *b)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    const roof_lanes *lanes = &b->lanes;
    if (lanes->one_chip)
        roof_buffer_printf(&text, "Roofline: %s at %zu precisions", lanes->items[0].chip->name, lanes->count);
    else if (lanes->count > ROOF_LANES_IN_FULL)
        roof_buffer_printf(&text, "Rooflines of %zu chips", lanes->count);
    else
        for (size_t i = 0; i < lanes->count; i++)
            roof_buffer_printf(&text, "%s%s",
                               i == 0                  ? "Roofline: "
                               : i == lanes->count - 1 ? " and "
                                                       : ", ",
                               lanes->items[i].chip->name);
    return roof_builder_keep(&b->base, &text);
}

static const char *subtitle(builder *b)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    const roof_lanes *lanes = &b->lanes;
    const roof_request *request = &lanes->items[0].runs[0].request;
    roof_precision precision = roof_lanes_precision(lanes);
    if (precision != ROOF_PRECISION_COUNT) roof_buffer_printf(&text, "%s, ", roof_precision_name(precision));
    roof_buffer_printf(&text, "batch %g", request->batch > 0 ? request->batch : 1);
    if (request->chips > 1) roof_buffer_printf(&text, ", %g of each", request->chips);
    if (lanes->refused)
        roof_buffer_printf(&text, "; %zu of %zu runs refused", lanes->refused,
                           lanes->count * lanes->runs_per_chip);
    const char *separator = "; no usable peak: ";
    for (size_t i = 0; i < lanes->count; i++) {
        if (lanes->items[i].machine) continue;
        roof_buffer_printf(&text, "%s%s", separator, lanes->items[i].chip->name);
        separator = ", ";
    }
    return roof_builder_keep(&b->base, &text);
}

static const char *notes(builder *b, const char *footer)
{
    bool sparse = false;
    for (size_t i = 0; i < b->lanes.count; i++) sparse = sparse || !isnan(b->lanes.items[i].sparse);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(
        &text,
        "Level lines: peak, dense (solid)%s. Slanted: bandwidth of a memory or link. Hollow marks: ridge "
        "points. "
        "Filled marks: each network %s, at the intensity of the memory or link that takes longest%s%s. ",
        sparse ? " and sparse (dashed)" : "",
        b->expected ? "where it is expected (p50, with p10 to p90), below its bound"
                    : "at its bound, which is no prediction",
        b->lanes.count > ROOF_LANES_IN_FULL ? ", named where it is fastest" : "",
        b->lanes.in_full ? "" : "; sparse peaks are left out");
    roof_buffer_append(&text, footer ? footer : "");
    return roof_builder_keep(&b->base, &text);
}

static void build(builder *b, const char *footer)
{
    const roof_lanes *lanes = &b->lanes;
    for (size_t i = 0; i < lanes->count; i++) add_chip(b, i);
    /* Ridges beneath the networks of every chip, which often lie on them. */
    for (size_t i = 0; i < lanes->count; i++)
        if (lanes->items[i].machine) add_ridges(b, i);
    for (size_t i = 0; i < lanes->count; i++)
        if (lanes->items[i].machine) add_networks(b, i);
    b->base.drawn->figure = (roof_figure){
        .title = title(b),
        .subtitle = subtitle(b),
        .footer = notes(b, footer),
        .x = {.label = "Arithmetic intensity",
              .unit = "op/B",
              .scale = ROOF_SCALE_LOG,
              .min = lanes->x_least,
              .max = lanes->x_most},
        .y = {.label = "Performance",
              .unit = "OPS",
              .scale = ROOF_SCALE_LOG,
              .min = lanes->y_least,
              .max = lanes->y_most,
              .ticks = ROOF_TICKS_SI},
        .empty_reason = "no chip here has a published dense peak at a named precision",
    };
}

roof_code roof_roofline_figure(const roof_calibration *calibration, const roof_prediction *predictions,
                               size_t chip_count, size_t runs_per_chip, const char *footer,
                               roof_drawn_figure **out, roof_error *error)
{
    builder b;
    b.expected = calibration != NULL;
    if (!roof_builder_start(&b.base)) return roof_builder_end(&b.base, out, error);
    if (chip_count == 0 || runs_per_chip == 0)
        b.base.drawn->figure.empty_reason = "there is no chip or no network to draw";
    else if (!roof_lanes_make(&b.lanes, &b.base.drawn->arena, calibration, predictions, chip_count,
                              runs_per_chip))
        b.base.failed = true;
    else build(&b, footer);
    return roof_builder_end(&b.base, out, error);
}

/* The runs of one chip at each precision of which it has a dense peak. False: memory ran out. */
static bool make_precisions(roof_matrix *matrix, const roof_figure_request *request)
{
    const roof_chip *chip = request->chips[0];
    *matrix = (roof_matrix){.events = request->event_count};
    matrix->items = calloc((size_t)ROOF_PRECISION_COUNT * matrix->events + 1, sizeof *matrix->items);
    for (int i = 0; matrix->items && i < ROOF_PRECISION_COUNT; i++) {
        if (i == ROOF_PRECISION_UNSTATED || !roof_chip_dense_peak(chip, (roof_precision)i)) continue;
        for (size_t e = 0; e < matrix->events; e++) {
            roof_request asked = request->events[e].request;
            asked.has_precision = true;
            asked.precision = (roof_precision)i;
            roof_predict(chip, request->events[e].workload, &asked,
                         &matrix->items[matrix->chips * matrix->events + e]);
        }
        matrix->chips++;
    }
    return matrix->items != NULL;
}

roof_code roof_roofline_make(const roof_figure_request *request, roof_drawn_figure **out, roof_error *error)
{
    roof_matrix matrix = {0};
    *out = NULL;
    if (request->precisions && request->chip_count != 1)
        return roof_fail(error, ROOF_INVALID, "a roofline at each precision is of one chip, not of %zu",
                         request->chip_count);
    if (!(request->precisions ? make_precisions : roof_matrix_make)(&matrix, request))
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the predictions");
    roof_code code = roof_roofline_figure(request->calibration, matrix.items, matrix.chips, matrix.events,
                                          request->footer, out, error);
    roof_matrix_free(&matrix);
    return code;
}
