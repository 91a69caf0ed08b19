/* Ranges and ticks. They are settled here rather than by gnuplot, so that the room for the tick labels is
 * known. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot.h"

bool roof_axis_takes(const roof_axis *axis, double value)
{
    return isfinite(value) && (axis->scale != ROOF_SCALE_LOG || value > 0);
}

double roof_axis_fraction(const roof_axis_view *view, double value)
{
    if (view->log) return (log10(value) - log10(view->min)) / (log10(view->max) - log10(view->min));
    return (value - view->min) / (view->max - view->min);
}

bool roof_axis_within(const roof_axis_view *view, double value)
{
    double fraction = roof_axis_fraction(view, value);
    return fraction >= -1e-9 && fraction <= 1 + 1e-9;
}

double roof_axis_clamp(const roof_axis_view *view, double value)
{
    if (isnan(value)) return view->min;
    return value < view->min ? view->min : value > view->max ? view->max : value;
}

/* The multiple of 1, 2 or 5 times a power of ten at or below (above) a positive value. */
static double round_decimal(double value, bool up)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(value) + 1e-12));
    double best = up ? 10 * power : power;
    for (size_t i = 0; i < 4; i++) {
        double candidate = steps[i] * power;
        if (up && candidate >= value * (1 - 1e-9) && candidate < best) best = candidate;
        if (!up && candidate <= value * (1 + 1e-9) && candidate > best) best = candidate;
    }
    return best;
}

/* A step that divides a span into about `wanted` parts. */
static double nice_step(double span, double wanted)
{
    return round_decimal(span / wanted, true);
}

static void settle_log(roof_axis_view *view, double low, double high)
{
    /* The ends of double precision leave no room to widen the range. */
    low = low < 1e-300 ? 1e-300 : low;
    high = high > 1e300 ? 1e300 : high;
    view->min = round_decimal(low / 1.25, false);
    view->max = round_decimal(high * 1.25, true);
}

static void settle_linear(roof_axis_view *view, double low, double high, bool from_zero)
{
    if (from_zero || (low > 0 && low < 0.3 * high)) low = low < 0 ? low : 0;
    if (from_zero && high < 0) high = 0;
    if (high > 1e300) high = 1e300;
    if (low < -1e300) low = -1e300;
    if (high - low < 1e-12 * fabs(high) || high <= low) {
        double pad = fabs(high) > 0 ? fabs(high) * 0.1 : 1;
        low -= pad;
        high += pad;
    }
    double step = nice_step(high - low, 6);
    double room = 0.04 * (high - low);
    view->min = low == 0 ? 0 : step * floor((low - room) / step);
    view->max = high == 0 ? 0 : step * ceil((high + room) / step);
}

void roof_axis_settle(roof_axis_view *view, const roof_axis *axis, double low, double high, bool from_zero)
{
    view->axis = axis;
    view->log = axis->scale == ROOF_SCALE_LOG;
    if (isfinite(axis->min) && isfinite(axis->max) && axis->min < axis->max &&
        (!view->log || axis->min > 0)) {
        view->min = axis->min;
        view->max = axis->max;
    } else if (low > high) {
        view->min = view->log ? 1 : 0;
        view->max = view->log ? 1000 : 1;
    } else if (axis->ticks == ROOF_TICKS_NAMED && !view->log) {
        /* Round ends mean nothing among names; half a place is left on either side of a lone one. */
        double room = high > low ? 0.02 * (high - low) : 0.5;
        view->min = low - room;
        view->max = high + room;
    } else if (view->log) settle_log(view, low, high);
    else settle_linear(view, low, high, from_zero);
}

/* 1e13 and "OPS" -> "10 TOPS"; plain: "0.1", "20,000" stays 20000, and beyond that "50k". */
static void tick_text(char *text, size_t size, const roof_axis *axis, double value)
{
    static const char *const prefixes[] = {"y", "z", "a", "f", "p", "n", "\xC2\xB5", "m", "",
                                           "k", "M", "G", "T", "P", "E", "Z",        "Y"};
    const char *unit = axis->ticks == ROOF_TICKS_SI && axis->unit ? axis->unit : "";
    bool si = axis->ticks == ROOF_TICKS_SI;
    double magnitude = fabs(value);
    double plain =
        axis->scale == ROOF_SCALE_LOG ? 9.9e3 : 9.9e4; /* "1000, 10k, 100k" rather than "10000, 100k" */
    int group = magnitude > 0 ? (int)floor(log10(magnitude) / 3 + 1e-9) : 0;
    if (!si && magnitude < plain && (magnitude >= 9e-5 || magnitude == 0)) group = 0;
    if (group < -8 || group > 8) {
        snprintf(text, size, "%.3g%s%.40s", value, *unit ? " " : "", unit);
        return;
    }
    const char *prefix = prefixes[group + 8];
    snprintf(text, size, "%.6g%s%s%.40s", value / pow(1000, group), si && (*unit || *prefix) ? " " : "",
             prefix, unit);
    for (char *comma = strchr(text, ','); comma; comma = strchr(comma, ',')) *comma = '.';
}

static bool add_tick(roof_axis_view *view, roof_arena *arena, double position, const char *label, bool minor)
{
    if (view->tick_count == ROOF_TICK_LIMIT || !roof_axis_within(view, position)) return true;
    const char *copy = *label ? roof_plot_clean_copy(arena, label, 60) : "";
    if (!copy) return false;
    roof_axis_tick tick = {roof_axis_clamp(view, position), copy, minor};
    view->ticks[view->tick_count++] = tick;
    return true;
}

static bool add_number(roof_axis_view *view, roof_arena *arena, double position)
{
    char text[80];
    tick_text(text, sizeof text, view->axis, position);
    return add_tick(view, arena, position, text, false);
}

static bool linear_ticks(roof_axis_view *view, roof_arena *arena, double wanted)
{
    double step = nice_step(view->max - view->min, wanted);
    double first = ceil(view->min / step - 1e-9);
    bool good = true;
    for (int i = 0; i < 40 && good; i++) {
        double position = (first + i) * step;
        good = add_number(view, arena, position);
        if (position > view->max) break;
    }
    return good;
}

/* Decades, every n-th if there are many; the figures between them are minor ticks, or labelled if decades are
 * few. */
static bool log_ticks(roof_axis_view *view, roof_arena *arena, double wanted)
{
    double first = floor(log10(view->min) + 1e-9), last = ceil(log10(view->max) - 1e-9);
    double decades = log10(view->max) - log10(view->min);
    if (decades < 0.5) return linear_ticks(view, arena, wanted);
    int every = (int)ceil(decades / wanted);
    int offset = 0;
    bool good = true;
    for (double decade = first; decade <= last && good; decade++, offset++)
        for (int digit = 1; digit <= 9 && good; digit++) {
            double position = digit * pow(10, decade);
            bool labelled =
                digit == 1 ? ((long)decade % every) == 0 : (decades <= 1.7 && (digit == 2 || digit == 5));
            if (labelled) good = add_number(view, arena, position);
            else if (every == 1 || digit == 1) good = add_tick(view, arena, position, "", true);
        }
    return good;
}

static bool named_ticks(roof_axis_view *view, roof_arena *arena)
{
    bool good = true;
    for (size_t i = 0; i < view->axis->name_count && good; i++)
        if (roof_axis_takes(view->axis, view->axis->names[i].position))
            good = add_tick(view, arena, view->axis->names[i].position,
                            view->axis->names[i].label ? view->axis->names[i].label : "", false);
    return good;
}

/* Names beneath a text terminal's frame cannot be turned: they are cut to their share of it. */
static bool shorten_ticks(roof_axis_view *view, roof_arena *arena, double length)
{
    if (view->axis->ticks != ROOF_TICKS_NAMED || view->tick_count < 2) return true;
    for (size_t i = 0; i < view->tick_count; i++) {
        char *label = roof_plot_clean_copy(arena, view->ticks[i].label, 60);
        if (!label) return false;
        roof_plot_text_fit(true, ROOF_SIZE_TICK, label, length / (double)view->tick_count - 1);
        view->ticks[i].label = label;
    }
    return true;
}

/* Tick labels of the lying axis are turned when they would run into each other. */
static void measure_ticks(roof_axis_view *view, bool cells, double length, bool upright)
{
    view->widest = 0;
    size_t labelled = 0;
    for (size_t i = 0; i < view->tick_count; i++) {
        double width = roof_plot_text_width(cells, ROOF_SIZE_TICK, view->ticks[i].label);
        if (width > view->widest) view->widest = width;
        if (width > 0) labelled++;
    }
    double gap = cells ? 1 : 10;
    bool crowded = labelled > 1 && (view->widest + gap) * (double)labelled > length;
    view->rotated = !upright && !cells && crowded && view->axis->ticks == ROOF_TICKS_NAMED ? 38 : 0;
}

bool roof_axis_make_ticks(roof_axis_view *view, roof_arena *arena, bool cells, double length, bool upright)
{
    double spacing = cells ? (upright ? 3 : 10) : (upright ? 44 : 85);
    double wanted = length / spacing < 2 ? 2 : length / spacing;
    view->tick_count = 0;
    view->ticks = roof_arena_calloc(arena, ROOF_TICK_LIMIT, sizeof *view->ticks);
    if (!view->ticks) return false;
    bool good = view->axis->ticks == ROOF_TICKS_NAMED ? named_ticks(view, arena)
                : view->log                           ? log_ticks(view, arena, wanted)
                                                      : linear_ticks(view, arena, wanted < 8 ? wanted : 8);
    if (good && cells && !upright) good = shorten_ticks(view, arena, length);
    if (good) measure_ticks(view, cells, length, upright);
    return good;
}
