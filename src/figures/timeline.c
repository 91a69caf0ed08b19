/* What chips were announced when, and how far they went. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "makers.h"
#include "scatter.h"

/* What stands on the upright axis. */
typedef enum subject { PEAK, EFFICIENCY, NODE } subject;

/* "2020" is the middle of its year, "2020-H2" of its half, "2020-Q3" of its quarter, "2020-09" of its month.
 */
static double year_of(const char *date)
{
    double year = strtod(date, NULL);
    if (strlen(date) < 7 || date[4] != '-') return year + 0.5;
    if (date[5] == 'H') return year + (date[6] - '1') * 0.5 + 0.25;
    if (date[5] == 'Q') return year + (date[6] - '1') * 0.25 + 0.125;
    return year + (strtod(date + 5, NULL) - 0.5) / 12;
}

static const roof_value *date_of(const roof_chip *chip)
{
    const roof_value *announced = roof_chip_value(chip, ROOF_FIELD_ANNOUNCED);
    const roof_value *date = announced ? announced : roof_chip_value(chip, ROOF_FIELD_PRODUCTION);
    return date && date->text ? date : NULL;
}

static bool is_doubtful(const roof_value *value)
{
    return value && value->claim == ROOF_CLAIM_UNVERIFIED;
}

typedef struct missing {
    size_t date, value;
} missing;

static void add_chip(roof_builder *b, roof_scatter *scatter, const roof_chip *chip, subject what,
                     roof_precision precision, missing *left_out)
{
    const roof_value *date = date_of(chip), *power = roof_chip_value(chip, ROOF_FIELD_TDP);
    const roof_peak *peak = roof_chip_dense_peak(chip, precision);
    const roof_value *node = roof_chip_value(chip, ROOF_FIELD_NODE);
    double value = what == NODE             ? node ? node->si : NAN
                   : !peak                  ? NAN
                   : what == PEAK           ? peak->value.si
                   : power && power->si > 0 ? peak->value.si / power->si
                                            : NAN;
    if (!date || !isfinite(value)) {
        if (!date) left_out->date++;
        else left_out->value++;
        return;
    }
    roof_dot *dot = roof_scatter_add(b, scatter);
    if (!dot) return;
    *dot = (roof_dot){
        .chip = chip, .x = year_of(date->text), .y = value, .merit = what == NODE ? -value : value};
    dot->doubtful = is_doubtful(date) || (what == NODE ? is_doubtful(node) : is_doubtful(&peak->value)) ||
                    (what == EFFICIENCY && is_doubtful(power));
}

static roof_axis axis_of(roof_builder *b, subject what, const char *precision)
{
    switch (what) {
    case PEAK:
        return (roof_axis){.label = roof_builder_printf(b, "Dense %s peak", precision),
                           .unit = "OPS",
                           .scale = ROOF_SCALE_LOG,
                           .ticks = ROOF_TICKS_SI};
    case EFFICIENCY:
        return (roof_axis){.label = roof_builder_printf(b, "Dense %s peak per watt of TDP", precision),
                           .unit = "OPS/W",
                           .scale = ROOF_SCALE_LOG,
                           .ticks = ROOF_TICKS_SI};
    case NODE: break;
    }
    return (roof_axis){.label = "Process node", .unit = "m", .scale = ROOF_SCALE_LOG, .ticks = ROOF_TICKS_SI};
}

static roof_code make(const roof_figure_request *request, subject what, const char *title, const char *lacks,
                      roof_drawn_figure **out, roof_error *error)
{
    roof_precision precision = request->has_precision ? request->precision : ROOF_PRECISION_INT8;
    roof_scatter scatter = {.by_shape = true, .log_y = true};
    missing left_out = {0, 0};
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    roof_builder b;
    if (!roof_builder_start(&b)) return roof_builder_end(&b, out, error);
    for (size_t i = 0; i < request->catalogue_count; i++)
        add_chip(&b, &scatter, request->catalogue[i], what, precision, &left_out);
    b.drawn->figure = (roof_figure){
        .title = title,
        .subtitle =
            roof_builder_printf(&b, "%zu of %zu in the catalogue", scatter.count, request->catalogue_count),
        .width = 1000,
        .height = 640,
        .legend = ROOF_LEGEND_RIGHT,
        .x = {.label = "Announced (in production, where that alone is dated)"},
        .y = axis_of(&b, what, roof_precision_name(precision)),
        .empty_reason = "no chip here publishes both a date and that value",
    };
    roof_scatter_draw(&b, request, &scatter);
    roof_scatter_legend(&b, request, &scatter);
    roof_put_missing(&notes, left_out.date, "no date published");
    roof_put_missing(&notes, left_out.value, lacks);
    roof_builder_set_footer(&b, &notes, request->footer);
    return roof_builder_end(&b, out, error);
}

ROOF_MAKER(timeline)
{
    return make(request, PEAK, "Peak performance over the years", "no dense peak at that precision", out,
                error);
}

ROOF_MAKER(timeline_efficiency)
{
    return make(request, EFFICIENCY, "Peak efficiency over the years",
                "no dense peak at that precision, or no TDP", out, error);
}

ROOF_MAKER(timeline_node)
{
    return make(request, NODE, "Process nodes over the years", "no process node published", out, error);
}
