#include "chiproof/figures/roofline.h"

#include <math.h>
#include <stdlib.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"
#include "chiproof/units/units.h"

enum { ROOFS_PER_CHIP = ROOF_CEILING_COUNT + 1, SERIES_PER_CHIP = ROOFS_PER_CHIP + 2 };

struct roof_drawn_figure {
    roof_figure figure;
    roof_arena arena;
};

/* What is being built. */
typedef struct builder {
    roof_drawn_figure *drawn;
    roof_series *series;
    size_t series_count;
    double x_least, x_most, y_least, y_most; /* of what must be seen: ridge points and networks */
    size_t refused, without_peak;
    bool failed;
} builder;

static void *take(builder *b, size_t count, size_t size)
{
    void *memory = roof_arena_calloc(&b->drawn->arena, count ? count : 1, size);
    if (!memory) b->failed = true;
    return memory;
}

static const char *keep(builder *b, const roof_buffer *text)
{
    const char *copy = text->failed ? NULL : roof_arena_strdup(&b->drawn->arena, roof_buffer_text(text));
    if (!copy) b->failed = true;
    return copy;
}

static void see(builder *b, double x, double y)
{
    b->x_least = fmin(b->x_least, x);
    b->x_most = fmax(b->x_most, x);
    b->y_least = fmin(b->y_least, y);
    b->y_most = fmax(b->y_most, y);
}

static void add_series(builder *b, roof_series series)
{
    if (series.points) b->series[b->series_count++] = series;
}

/* "ANTOUM host link 3.94 GB/s" */
static const char *roof_label(builder *b, const char *what, double si, roof_dimension dimension)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "%s ", what);
    roof_unit_format(&text, si, dimension);
    const char *label = keep(b, &text);
    roof_buffer_free(&text);
    return label;
}

/* ---- first pass: what must be in the frame ---- */

static double bandwidth_of(const roof_machine *machine, roof_ceiling_id id)
{
    return machine->inputs[roof_ceiling_rate(id)].si * machine->chips;
}

/* The memory level or link that takes longest in a run; COUNT if none is known. */
static roof_ceiling_id slowest_memory(const roof_bound *bound)
{
    roof_ceiling_id slowest = ROOF_CEILING_COUNT;
    double most = 0;
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++) {
        if (!(bound->ceilings[i].seconds > most)) continue;
        most = bound->ceilings[i].seconds;
        slowest = (roof_ceiling_id)i;
    }
    return slowest;
}

static bool place_of(const roof_prediction *p, double *x, double *y)
{
    roof_ceiling_id memory = p->refusal.code == ROOF_OK ? slowest_memory(&p->bound) : ROOF_CEILING_COUNT;
    if (memory == ROOF_CEILING_COUNT) return false;
    *x = roof_bound_intensity(&p->bound, memory);
    *y = p->bound.ceilings[ROOF_CEILING_COMPUTE].amount / p->bound.seconds;
    return true;
}

/* A run of the chip that got as far as a machine; NULL if there is none. */
static const roof_prediction *resolved_run(const roof_prediction *runs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (runs[i].machine.chip) return &runs[i];
    return NULL;
}

static void see_chip(builder *b, const roof_prediction *runs, size_t count)
{
    const roof_prediction *run = resolved_run(runs, count);
    if (!run) return;
    double peak = run->machine.inputs[ROOF_INPUT_PEAK].si * run->machine.chips;
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++) {
        double bandwidth = bandwidth_of(&run->machine, (roof_ceiling_id)i);
        if (!isnan(bandwidth)) see(b, peak / bandwidth, peak);
    }
    for (size_t i = 0; i < count; i++) {
        double x, y;
        if (place_of(&runs[i], &x, &y)) see(b, x, y);
    }
    const roof_peak *sparse = roof_chip_sparse_peak(run->chip, run->request.precision);
    if (sparse) b->y_most = fmax(b->y_most, sparse->value.si * run->machine.chips);
}

/* ---- second pass: roofs, ridge points, networks ---- */

static int dash_of(roof_ceiling_id id)
{
    switch (id) {
    case ROOF_CEILING_HOST: return ROOF_DASH_DASHDOT;
    case ROOF_CEILING_DRAM: return ROOF_DASH_LONG;
    default: return ROOF_DASH_DOTTED;
    }
}

static void add_flat(builder *b, const char *label, const char *name, double y, double from_x, int color,
                     int dash)
{
    roof_point *points = take(b, 2, sizeof *points);
    if (!points) return;
    points[0] = (roof_point){.x = from_x, .y = y};
    points[1] = (roof_point){.x = b->x_most, .y = y, .label = label};
    add_series(b, (roof_series){.label = name,
                                .kind = ROOF_SERIES_LINE,
                                .color = color,
                                .dash = dash,
                                .thickness = name ? 1.5 : 1,
                                .points = points,
                                .count = 2});
}

static void add_slope(builder *b, const roof_machine *machine, roof_ceiling_id id, double peak, int color)
{
    double bandwidth = bandwidth_of(machine, id);
    roof_point *points = take(b, 2, sizeof *points);
    if (!points) return;
    double from = fmax(b->x_least, b->y_least / bandwidth);
    if (from >= peak / bandwidth) return;
    points[0] =
        (roof_point){.x = from,
                     .y = from * bandwidth,
                     .label = roof_label(b, roof_ceiling_name(id), bandwidth, ROOF_DIM_BYTES_PER_SECOND)};
    points[1] = (roof_point){.x = peak / bandwidth, .y = peak};
    add_series(
        b, (roof_series){
               .kind = ROOF_SERIES_LINE, .color = color, .dash = dash_of(id), .points = points, .count = 2});
}

static void add_ridges(builder *b, const roof_machine *machine, double peak, int color)
{
    roof_point *points = take(b, ROOF_CEILING_COUNT, sizeof *points);
    size_t count = 0;
    for (int i = ROOF_CEILING_COMPUTE + 1; points && i < ROOF_CEILING_COUNT; i++) {
        double bandwidth = bandwidth_of(machine, (roof_ceiling_id)i);
        if (!isnan(bandwidth)) points[count++] = (roof_point){.x = peak / bandwidth, .y = peak};
    }
    if (count)
        add_series(b, (roof_series){.kind = ROOF_SERIES_HOLLOW_MARKS,
                                    .color = color,
                                    .mark = ROOF_MARK_DIAMOND,
                                    .points = points,
                                    .count = count});
}

static void add_networks(builder *b, const roof_prediction *runs, size_t count, int color)
{
    roof_point *points = take(b, count, sizeof *points);
    size_t placed = 0;
    for (size_t i = 0; points && i < count; i++) {
        roof_point point = {0};
        if (!place_of(&runs[i], &point.x, &point.y)) {
            if (runs[i].refusal.code != ROOF_OK) b->refused++;
            continue;
        }
        roof_buffer label = ROOF_BUFFER_EMPTY;
        roof_buffer_append(&label, roof_workload_id(runs[i].workload));
        if (runs[i].request.phase != ROOF_PHASE_WHOLE)
            roof_buffer_printf(&label, " %s", roof_phase_name(runs[i].request.phase));
        point.label = keep(b, &label);
        roof_buffer_free(&label);
        points[placed++] = point;
    }
    if (placed)
        add_series(
            b, (roof_series){.kind = ROOF_SERIES_MARKS, .color = color, .points = points, .count = placed});
}

static double first_ridge(const roof_machine *machine, double peak, double otherwise)
{
    double best = INFINITY;
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++)
        best = fmin(best, peak / bandwidth_of(machine, (roof_ceiling_id)i)); /* fmin passes over NaN */
    return isfinite(best) ? best : otherwise;
}

static void add_chip(builder *b, const roof_prediction *runs, size_t count, int color)
{
    const roof_prediction *run = resolved_run(runs, count);
    if (!run) {
        b->without_peak++;
        return;
    }
    const roof_machine *machine = &run->machine;
    double peak = machine->inputs[ROOF_INPUT_PEAK].si * machine->chips;
    roof_buffer what = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&what, "%s dense", roof_precision_name(machine->precision));
    add_flat(b, roof_label(b, roof_buffer_text(&what), peak, ROOF_DIM_OPS_PER_SECOND), run->chip->name, peak,
             first_ridge(machine, peak, b->x_least), color, ROOF_DASH_SOLID);
    const roof_peak *sparse = roof_chip_sparse_peak(run->chip, machine->precision);
    if (sparse) {
        double y = sparse->value.si * machine->chips;
        roof_buffer_reset(&what);
        roof_buffer_printf(&what, "%s sparse (%s)", roof_precision_name(machine->precision),
                           sparse->sparsity_kind);
        add_flat(b, roof_label(b, roof_buffer_text(&what), y, ROOF_DIM_OPS_PER_SECOND), NULL, y,
                 first_ridge(machine, y, b->x_least), color, ROOF_DASH_DASHED);
        peak = y; /* the slanted roofs go on up to it */
    }
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++)
        if (!isnan(bandwidth_of(machine, (roof_ceiling_id)i)))
            add_slope(b, machine, (roof_ceiling_id)i, peak, color);
    add_ridges(b, machine, machine->inputs[ROOF_INPUT_PEAK].si * machine->chips, color);
    add_networks(b, runs, count, color);
    roof_buffer_free(&what);
}

/* ---- the whole ---- */

static const char *subtitle(builder *b, const roof_prediction *predictions, size_t count)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text,
                       "batch %g; each network at its bound, at the intensity of its slowest memory or link",
                       predictions[0].request.batch);
    if (b->refused) roof_buffer_printf(&text, "; %zu of %zu runs refused", b->refused, count);
    if (b->without_peak) roof_buffer_printf(&text, "; %zu without a usable peak", b->without_peak);
    const char *copy = keep(b, &text);
    roof_buffer_free(&text);
    return copy;
}

/* Room around what must be seen. */
static void widen(builder *b)
{
    if (!isfinite(b->x_least)) b->x_least = b->x_most = 1;
    if (!isfinite(b->y_least)) b->y_least = b->y_most = 1;
    b->x_least = pow(10, floor(log10(b->x_least / 2)));
    b->x_most = pow(10, ceil(log10(b->x_most * 2)));
    b->y_least = pow(10, floor(log10(b->y_least / 2)));
    b->y_most = pow(10, ceil(log10(b->y_most * 2)));
}

static void build(builder *b, const roof_prediction *predictions, size_t chip_count, size_t runs,
                  const char *footer)
{
    roof_figure *figure = &b->drawn->figure;
    b->series = take(b, chip_count * SERIES_PER_CHIP, sizeof *b->series);
    if (b->failed) return;
    for (size_t i = 0; i < chip_count; i++) see_chip(b, predictions + i * runs, runs);
    widen(b);
    for (size_t i = 0; i < chip_count; i++) add_chip(b, predictions + i * runs, runs, (int)i);
    *figure = (roof_figure){
        .title = "Roofline",
        .subtitle = subtitle(b, predictions, chip_count * runs),
        .footer = roof_arena_strdup(&b->drawn->arena, footer),
        .x = {.label = "Arithmetic intensity",
              .unit = "op/B",
              .scale = ROOF_SCALE_LOG,
              .min = b->x_least,
              .max = b->x_most},
        .y = {.label = "Performance",
              .unit = "OPS",
              .scale = ROOF_SCALE_LOG,
              .min = b->y_least,
              .max = b->y_most,
              .ticks = ROOF_TICKS_SI},
        .series = b->series,
        .series_count = b->series_count,
        .empty_reason = "no chip here has a published dense peak at a named precision",
    };
}

roof_code roof_roofline_figure(const roof_prediction *predictions, size_t chip_count, size_t runs_per_chip,
                               const char *footer, roof_drawn_figure **out, roof_error *error)
{
    *out = NULL;
    builder b = {calloc(1, sizeof *b.drawn), NULL, 0, INFINITY, 0, INFINITY, 0, 0, 0, false};
    if (!b.drawn) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the figure");
    build(&b, predictions, chip_count, runs_per_chip, footer);
    if (b.failed) {
        roof_drawn_figure_free(b.drawn);
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the figure");
    }
    *out = b.drawn;
    return ROOF_OK;
}

const roof_figure *roof_drawn_figure_of(const roof_drawn_figure *drawn)
{
    return &drawn->figure;
}

void roof_drawn_figure_free(roof_drawn_figure *drawn)
{
    if (!drawn) return;
    roof_arena_free(&drawn->arena);
    free(drawn);
}
