/* Where the time goes: how long each part of a chip would take alone, or each layer. */
#include <math.h>

#include "builder.h"
#include "makers.h"
#include "matrix.h"

typedef struct breakdown {
    roof_builder b;
    const roof_figure_request *request;
    roof_matrix matrix;
    roof_ceiling_id rows[ROOF_CEILING_COUNT]; /* that carry something on one of the chips */
    size_t row_count;
} breakdown;

static bool carries(const roof_prediction *p, roof_ceiling_id id)
{
    return p->refusal.code == ROOF_OK && p->bound.ceilings[id].amount > 0;
}

static void choose_rows(breakdown *d)
{
    for (int id = 0; id < ROOF_CEILING_COUNT; id++) {
        bool used = false;
        for (size_t c = 0; c < d->matrix.chips; c++)
            used = used || carries(roof_matrix_at(&d->matrix, c, 0), (roof_ceiling_id)id);
        if (used) d->rows[d->row_count++] = (roof_ceiling_id)id;
    }
}

static const char *bar_label(breakdown *d, const roof_prediction *p, roof_ceiling_id id)
{
    if (p->refusal.code != ROOF_OK) return "refused";
    if (!carries(p, id)) return "none";
    if (isnan(p->bound.ceilings[id].seconds)) return "not published";
    return roof_builder_si(&d->b, p->bound.ceilings[id].seconds, "s",
                           id == p->bound.limiter ? ", the bound" : NULL);
}

static void add_chip(breakdown *d, size_t chip, double *longest)
{
    const roof_prediction *p = roof_matrix_at(&d->matrix, chip, 0);
    roof_point *points = roof_builder_take(&d->b, d->row_count, sizeof *points);
    double step = 0.8 / (double)d->matrix.chips;
    for (size_t r = 0; points && r < d->row_count; r++) {
        double seconds = carries(p, d->rows[r]) ? p->bound.ceilings[d->rows[r]].seconds : 0;
        points[r] = (roof_point){.x = isnan(seconds) ? 0 : seconds,
                                 .y = (double)(d->row_count - r) + 0.4 - step * ((double)chip + 0.5),
                                 .label = bar_label(d, p, d->rows[r])};
        *longest = fmax(*longest, points[r].x);
    }
    roof_builder_add(&d->b, (roof_series){.label = roof_figure_chip_name(d->request, d->request->chips[chip]),
                                          .kind = ROOF_SERIES_ROWS,
                                          .color = (int)chip,
                                          .pattern = (int)chip % ROOF_PATTERN_COUNT,
                                          .width = 0.9 * step,
                                          .points = points,
                                          .count = d->row_count});
}

static const char *subtitle(breakdown *d)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_request asked = roof_figure_event_request(d->request, 0);
    roof_buffer_printf(&text, "%s, ", roof_builder_event_name(&d->b, &d->request->events[0]));
    roof_figure_put_request(&text, &asked, true);
    return roof_builder_keep(&d->b, &text);
}

static void build_ceilings(breakdown *d)
{
    double longest = 0;
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    choose_rows(d);
    roof_tick *names = roof_builder_take(&d->b, d->row_count, sizeof *names);
    for (size_t r = 0; names && r < d->row_count; r++)
        names[r] = (roof_tick){(double)(d->row_count - r), roof_figure_ceiling_name(d->rows[r])};
    for (size_t c = 0; c < d->matrix.chips; c++) add_chip(d, c, &longest);
    double height = 190 + (double)(d->row_count * d->matrix.chips) * 22 + 10 * (double)d->row_count;
    d->b.drawn->figure = (roof_figure){
        .title = "Where the time goes",
        .subtitle = subtitle(d),
        .height = (int)fmax(height, 300),
        .x = {.label = "Time that this part alone would take for one batch",
              .unit = "s",
              .ticks = ROOF_TICKS_SI,
              .max = longest * 1.3},
        .y = {.ticks = ROOF_TICKS_NAMED,
              .names = names,
              .name_count = names ? d->row_count : 0,
              .min = 0.45,
              .max = (double)d->row_count + 0.55},
        .legend = ROOF_LEGEND_RIGHT,
        .empty_reason = "none of these chips can run it",
    };
    roof_buffer_append(&notes, "All parts work at the same time: the longest is the bound.");
    roof_builder_set_footer(&d->b, &notes, d->request->footer);
}

/* ---- layers ---- */
static double weight_rate(const roof_prediction *p)
{
    switch (p->bound.home) {
    case ROOF_HOME_DRAM: return p->bound.ceilings[ROOF_CEILING_DRAM].rate;
    case ROOF_HOME_HOST: return p->bound.ceilings[ROOF_CEILING_HOST].rate;
    default: return p->bound.ceilings[ROOF_CEILING_SRAM].rate;
    }
}

static void add_layers(breakdown *d, size_t chip)
{
    const roof_prediction *p = roof_matrix_at(&d->matrix, chip, 0);
    if (p->refusal.code != ROOF_OK) return;
    size_t count = p->network->op_count;
    roof_point *compute = roof_builder_take(&d->b, count, sizeof *compute);
    roof_point *weights = roof_builder_take(&d->b, count, sizeof *weights);
    double peak = p->bound.ceilings[ROOF_CEILING_COMPUTE].rate, rate = weight_rate(p);
    for (size_t i = 0; compute && weights && i < count; i++) {
        const roof_op *op = &p->network->ops[i];
        double bytes =
            roof_op_weights_read(op, p->request.batch) * p->traffic.formats.weight_bytes * op->repeat;
        compute[i] =
            (roof_point){.x = (double)i + 1, .y = 2 * op->macs * op->repeat * p->request.batch / peak};
        weights[i] = (roof_point){.x = (double)i + 1, .y = bytes / rate};
    }
    const char *name = roof_figure_chip_name(d->request, p->chip);
    roof_builder_add(&d->b, (roof_series){.label = roof_builder_printf(&d->b, "%s: arithmetic", name),
                                          .kind = ROOF_SERIES_BARS,
                                          .color = (int)(2 * chip),
                                          .width = 0.8,
                                          .points = compute,
                                          .count = count});
    if (isfinite(rate))
        roof_builder_add(&d->b,
                         (roof_series){.label = roof_builder_printf(&d->b, "%s: reading weights (%s)", name,
                                                                    roof_home_name(p->bound.home)),
                                       .kind = ROOF_SERIES_MARKS,
                                       .color = (int)(2 * chip + 1),
                                       .points = weights,
                                       .count = count,
                                       .thickness = 0.8});
}

static void build_layers(breakdown *d)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    for (size_t c = 0; c < d->matrix.chips; c++) add_layers(d, c);
    d->b.drawn->figure = (roof_figure){
        .title = "Where the time goes, layer by layer",
        .subtitle = subtitle(d),
        .width = 1000,
        .x = {.label = "Layer, from input to output"},
        .y = {.label = "Time of one batch in this layer", .unit = "s", .ticks = ROOF_TICKS_SI},
        .empty_reason = "none of these chips can run it",
    };
    roof_buffer_append(&notes,
                       "At the dense peak, and at the bandwidth of the memory that the weights are in; both "
                       "go on at the same time. Repeats of a layer count as one. chiproof explain --layers "
                       "has the names.");
    roof_builder_set_footer(&d->b, &notes, d->request->footer);
}

ROOF_MAKER(breakdown)
{
    breakdown d = {.request = request};
    *out = NULL;
    if (request->event_count == 0) return roof_fail(error, ROOF_INVALID, "this figure needs a network");
    if (!roof_builder_start(&d.b)) return roof_builder_end(&d.b, out, error);
    if (!roof_matrix_make(&d.matrix, request)) d.b.failed = true;
    else if (request->layers) build_layers(&d);
    else build_ceilings(&d);
    roof_matrix_free(&d.matrix);
    return roof_builder_end(&d.b, out, error);
}
