/* Peak against power, as in the surveys of machine learning accelerators by Reuther et al. (HPEC 2019 and
 * after), but at one precision, dense, and with the level told apart. */
#include <math.h>

#include "makers.h"
#include "scatter.h"

typedef struct missing {
    size_t peak, power;
} missing;

/* TDP, else typical power. */
static const roof_value *power_of(const roof_chip *chip)
{
    const roof_value *tdp = roof_chip_value(chip, ROOF_FIELD_TDP);
    return tdp ? tdp : roof_chip_value(chip, ROOF_FIELD_TYPICAL_POWER);
}

static void add_chip(roof_builder *b, roof_scatter *scatter, const roof_chip *chip, roof_precision precision,
                     missing *left_out)
{
    const roof_peak *peak = roof_chip_dense_peak(chip, precision);
    const roof_value *power = power_of(chip);
    if (!peak || !power) {
        if (!peak) left_out->peak++;
        else left_out->power++;
        return;
    }
    roof_dot *dot = roof_scatter_add(b, scatter);
    if (!dot) return;
    *dot = (roof_dot){.chip = chip,
                      .x = power->si,
                      .y = peak->value.si,
                      .merit = peak->value.si / power->si,
                      .note = power == roof_chip_value(chip, ROOF_FIELD_TDP) ? NULL : "(typical power)",
                      .doubtful = peak->value.claim == ROOF_CLAIM_UNVERIFIED ||
                                  power->claim == ROOF_CLAIM_UNVERIFIED};
}

/* Lines of equal efficiency, each named at its upper end. */
static void add_diagonals(roof_builder *b, const roof_scatter *scatter)
{
    double low = INFINITY, high = 0, least = INFINITY, most = 0;
    for (size_t i = 0; i < scatter->count; i++) {
        low = fmin(low, scatter->dots[i].x);
        high = fmax(high, scatter->dots[i].x);
        least = fmin(least, scatter->dots[i].y / scatter->dots[i].x);
        most = fmax(most, scatter->dots[i].y / scatter->dots[i].x);
    }
    for (double each = pow(10, floor(log10(least))); each <= most * 10; each *= 10) {
        roof_buffer text = ROOF_BUFFER_EMPTY;
        roof_unit_format(&text, each, ROOF_DIM_OPS_PER_JOULE);
        roof_series how = {.color = ROOF_COLOR_MUTED, .dash = ROOF_DASH_DOTTED, .thickness = 0.5};
        roof_builder_add_line(b, low / 30, each * low / 30, high * 30, each * high * 30, how, NULL,
                              roof_builder_keep(b, &text));
    }
}

static double at_least(double value)
{
    return pow(10, floor(log10(value / 1.5)));
}

static double at_most(double value)
{
    return pow(10, ceil(log10(value * 1.5)));
}

/* Whole decades that hold every mark. */
static void settle_axes(roof_figure *figure, const roof_scatter *scatter)
{
    for (size_t i = 0; i < scatter->count; i++) {
        const roof_dot *dot = &scatter->dots[i];
        figure->x.min = i ? fmin(figure->x.min, at_least(dot->x)) : at_least(dot->x);
        figure->x.max = fmax(figure->x.max, at_most(dot->x));
        figure->y.min = i ? fmin(figure->y.min, at_least(dot->y)) : at_least(dot->y);
        figure->y.max = fmax(figure->y.max, at_most(dot->y));
    }
}

roof_code roof_efficiency_make(const roof_figure_request *request, roof_drawn_figure **out, roof_error *error)
{
    roof_precision precision = request->has_precision ? request->precision : ROOF_PRECISION_INT8;
    const char *name = roof_precision_name(precision);
    roof_scatter scatter = {.by_shape = true, .log_x = true, .log_y = true};
    missing left_out = {0, 0};
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    roof_builder b;
    if (!roof_builder_start(&b)) return roof_builder_end(&b, out, error);
    for (size_t i = 0; i < request->catalogue_count; i++)
        add_chip(&b, &scatter, request->catalogue[i], precision, &left_out);
    b.drawn->figure = (roof_figure){
        .title = "Peak performance against power",
        .subtitle = roof_builder_printf(&b, "dense %s peak and TDP as published, %zu of %zu", name,
                                        scatter.count, request->catalogue_count),
        .width = 1000,
        .height = 680,
        .legend = ROOF_LEGEND_BOTTOM_RIGHT,
        .x = {.label = "Power, TDP", .unit = "W", .scale = ROOF_SCALE_LOG, .ticks = ROOF_TICKS_SI},
        .y = {.label = roof_builder_printf(&b, "Dense %s peak", name),
              .unit = "OPS",
              .scale = ROOF_SCALE_LOG,
              .ticks = ROOF_TICKS_SI},
        .empty_reason = "no chip here publishes both a dense peak at that precision and its power",
    };
    settle_axes(&b.drawn->figure, &scatter);
    if (scatter.count) add_diagonals(&b, &scatter);
    roof_scatter_draw(&b, request, &scatter);
    roof_scatter_legend(&b, request, &scatter);
    roof_buffer_append(&notes, "Peaks are per thing: a card holds one or several chips, a rack many.");
    roof_put_missing(&notes, left_out.peak, roof_builder_printf(&b, "no dense %s peak published", name));
    roof_put_missing(&notes, left_out.power, "no power published");
    roof_builder_set_footer(&b, &notes, request->footer);
    return roof_builder_end(&b, out, error);
}
