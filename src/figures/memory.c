/* How much each memory holds and how fast it is read. */
#include <math.h>

#include "makers.h"
#include "scatter.h"

static void add_level(roof_builder *b, roof_scatter *scatter, const roof_chip *chip, roof_field_id capacity,
                      roof_field_id bandwidth, size_t *missing)
{
    const roof_value *holds = roof_chip_value(chip, capacity), *reads = roof_chip_value(chip, bandwidth);
    if (!holds || !reads || !(holds->si > 0) || !(reads->si > 0)) {
        *missing += roof_chip_field_applies(chip, capacity);
        return;
    }
    roof_dot *dot = roof_scatter_add(b, scatter);
    if (!dot) return;
    *dot = (roof_dot){.chip = chip,
                      .x = holds->si,
                      .y = reads->si,
                      .merit = reads->si,
                      .doubtful =
                          holds->claim == ROOF_CLAIM_UNVERIFIED || reads->claim == ROOF_CLAIM_UNVERIFIED};
}

typedef struct extent {
    double low_x, high_x, low_y, high_y, least, most; /* least and most: seconds to read all of it once */
} extent;

static void see(extent *all, const roof_scatter *scatter)
{
    for (size_t i = 0; i < scatter->count; i++) {
        const roof_dot *dot = &scatter->dots[i];
        all->low_x = fmin(all->low_x, dot->x);
        all->high_x = fmax(all->high_x, dot->x);
        all->low_y = fmin(all->low_y, dot->y);
        all->high_y = fmax(all->high_y, dot->y);
        all->least = fmin(all->least, dot->x / dot->y);
        all->most = fmax(all->most, dot->x / dot->y);
    }
}

/* Lines of equal time to read the whole memory once. */
static void add_diagonals(roof_builder *b, const extent *all)
{
    for (double each = pow(10, floor(log10(all->least))); each <= all->most * 10; each *= 10) {
        roof_series how = {.color = ROOF_COLOR_MUTED, .dash = ROOF_DASH_DOTTED, .thickness = 0.5};
        roof_builder_add_line(b, all->low_x / 30, all->low_x / 30 / each, all->high_x * 30,
                              all->high_x * 30 / each, how, NULL, roof_builder_si(b, each, "s", NULL));
    }
}

static double decade(double value, bool up)
{
    return up ? pow(10, ceil(log10(value * 1.5))) : pow(10, floor(log10(value / 1.5)));
}

static roof_axis axis(const char *label, const char *unit, double low, double high)
{
    roof_axis made = {.label = label, .unit = unit, .scale = ROOF_SCALE_LOG, .ticks = ROOF_TICKS_SI};
    if (low < high * 1.0001) {
        made.min = decade(low, false);
        made.max = decade(high, true);
    }
    return made;
}

ROOF_MAKER(memory)
{
    roof_scatter inner = {.mark = ROOF_MARK_SQUARE, .log_x = true, .log_y = true}, outer = inner;
    extent all = {INFINITY, 0, INFINITY, 0, INFINITY, 0};
    size_t no_inner = 0, no_outer = 0;
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    roof_builder b;
    outer.mark = ROOF_MARK_CIRCLE;
    if (!roof_builder_start(&b)) return roof_builder_end(&b, out, error);
    for (size_t i = 0; i < request->catalogue_count; i++) {
        add_level(&b, &inner, request->catalogue[i], ROOF_FIELD_SRAM_CAPACITY, ROOF_FIELD_SRAM_BANDWIDTH,
                  &no_inner);
        add_level(&b, &outer, request->catalogue[i], ROOF_FIELD_DRAM_CAPACITY, ROOF_FIELD_DRAM_BANDWIDTH,
                  &no_outer);
    }
    see(&all, &inner);
    see(&all, &outer);
    b.drawn->figure = (roof_figure){
        .title = "Memory: how much and how fast",
        .subtitle = roof_builder_printf(&b, "on-chip memory of %zu, external memory of %zu of %zu",
                                        inner.count, outer.count, request->catalogue_count),
        .width = 1000,
        .height = 680,
        .legend = ROOF_LEGEND_RIGHT,
        .x = axis("Capacity", "B", all.low_x, all.high_x),
        .y = axis("Bandwidth", "B/s", all.low_y, all.high_y),
        .empty_reason = "no chip here publishes both the capacity and the bandwidth of a memory",
    };
    if (all.most > 0) add_diagonals(&b, &all);
    roof_scatter_draw(&b, request, &inner);
    roof_scatter_draw(&b, request, &outer);
    roof_scatter_legend(&b, request, &outer);
    roof_builder_add_sample(&b, ROOF_SERIES_MARKS, ROOF_COLOR_INK, ROOF_MARK_SQUARE, "on-chip memory");
    roof_builder_add_sample(&b, ROOF_SERIES_MARKS, ROOF_COLOR_INK, ROOF_MARK_CIRCLE, "external memory");
    roof_buffer_append(&notes, "Dotted: the time to read the whole memory once.");
    if (no_inner || no_outer)
        roof_buffer_printf(&notes,
                           " Capacity or bandwidth not published: on-chip memory of %zu, external of %zu.",
                           no_inner, no_outer);
    roof_builder_set_footer(&b, &notes, request->footer);
    return roof_builder_end(&b, out, error);
}
