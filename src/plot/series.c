/* The data blocks of the series, and the clauses of the plot command that draw them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot.h"

void roof_number_write(roof_buffer *out, double value)
{
    char text[40];
    snprintf(text, sizeof text, "%.9g", value);
    for (char *comma = strchr(text, ','); comma; comma = strchr(comma, ',')) *comma = '.';
    roof_buffer_append(out, text);
}

void roof_color_write(roof_buffer *out, const char *keyword, int color)
{
    /* A line takes the colour of a linetype by its bare number, words and fills by `lt`. */
    bool line = strcmp(keyword, "lc") == 0;
    if (color == ROOF_COLOR_MUTED) roof_buffer_printf(out, " %s rgb roof_muted", keyword);
    else if (color < 0) roof_buffer_printf(out, " %s rgb roof_ink", keyword);
    else roof_buffer_printf(out, " %s %s%d", keyword, line ? "" : "lt ", color % ROOF_COLOR_COUNT + 1);
}

void roof_line_color_write(roof_buffer *out, int color)
{
    roof_color_write(out, "lc", color);
}

static int mark_of(const roof_series *series)
{
    if (series->mark > 0) return (series->mark - 1) % (ROOF_MARK_COUNT - 1);
    return series->color < 0 ? 0 : series->color % (ROOF_MARK_COUNT - 1);
}

int roof_series_point_type(const roof_series *series, bool hollow)
{
    static const int filled[] = {7, 5, 9, 13, 11, 15}; /* gnuplot numbers the hollow twin one lower */
    return filled[mark_of(series)] - (hollow ? 1 : 0);
}

static double thickness_of(const roof_series *series)
{
    return series->thickness > 0 && series->thickness < 100 ? series->thickness : 1;
}

double roof_series_mark_radius(const roof_series *series)
{
    return 4.5 * thickness_of(series);
}

static void put_row(roof_buffer *out, const double *values, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (i) roof_buffer_append_char(out, ' ');
        roof_number_write(out, values[i]);
    }
    roof_buffer_append_char(out, '\n');
}

enum { SHADE_STEPS = 10 };

static int shade_step(const roof_point *point)
{
    return isfinite(point->shade) ? (int)lround(fmin(fmax(point->shade, 0), 1) * SHADE_STEPS) : 0;
}

static void put_point(const roof_view *view, const roof_series *series, const roof_point *p, roof_buffer *out)
{
    switch (series->kind) {
    case ROOF_SERIES_LINE: {
        double row[] = {p->x, p->y};
        put_row(out, row, 2);
        break;
    }
    case ROOF_SERIES_BAND: {
        double row[] = {p->x, roof_axis_clamp(&view->y, p->ylow), roof_axis_clamp(&view->y, p->yhigh)};
        put_row(out, row, 3);
        break;
    }
    case ROOF_SERIES_BARS:
    case ROOF_SERIES_ROWS:
    case ROOF_SERIES_CELLS: {
        roof_box box = roof_point_box(view, series, p);
        double row[] = {(box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2, box.x0, box.x1, box.y0, box.y1,
                        shade_step(p)};
        put_row(out, row, 7);
        break;
    }
    default: {
        double row[] = {p->x, p->y};
        put_row(out, row, 2);
    }
    }
}

/* Each interval is two ends of one line: x1 y1 dx dy, for `with vectors`, so that it can reach the frame. */
static bool put_intervals(const roof_view *view, const roof_series *series, size_t number, roof_buffer *out)
{
    bool any = false;
    for (size_t i = 0; i < series->count; i++) {
        const roof_point *p = &series->points[i];
        if (roof_point_fate(view, series->kind, p) != ROOF_SHOWN) continue;
        bool tall = roof_interval_given(p->ylow, p->yhigh), wide = roof_interval_given(p->xlow, p->xhigh);
        if (!any && (tall || wide)) roof_buffer_printf(out, "$interval%zu << EOD\n", number);
        any = any || tall || wide;
        double y0 = roof_axis_clamp(&view->y, p->ylow), y1 = roof_axis_clamp(&view->y, p->yhigh);
        double x0 = roof_axis_clamp(&view->x, p->xlow), x1 = roof_axis_clamp(&view->x, p->xhigh);
        double upright[] = {p->x, y0, 0, y1 - y0}, lying[] = {x0, p->y, x1 - x0, 0};
        if (tall) put_row(out, upright, 4);
        if (wide) put_row(out, lying, 4);
    }
    if (any) roof_buffer_append(out, "EOD\n");
    return any;
}

static bool has_intervals(const roof_series *series)
{
    return series->kind == ROOF_SERIES_MARKS || series->kind == ROOF_SERIES_HOLLOW_MARKS ||
           series->kind == ROOF_SERIES_BARS || series->kind == ROOF_SERIES_ROWS;
}

static size_t count_shown(const roof_view *view, const roof_series *series)
{
    size_t shown = 0;
    for (size_t i = 0; i < series->count; i++)
        shown += roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN;
    return shown;
}

void roof_series_write_data(const roof_view *view, roof_buffer *out)
{
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        if (series->kind == ROOF_SERIES_TEXT || count_shown(view, series) == 0) continue;
        bool joined = series->kind == ROOF_SERIES_LINE || series->kind == ROOF_SERIES_BAND, started = false;
        roof_buffer_printf(out, "$series%zu << EOD\n", s + 1);
        for (size_t i = 0; i < series->count; i++) {
            bool shown = roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN;
            if (shown) put_point(view, series, &series->points[i], out);
            else if (joined && started)
                roof_buffer_append_char(out, '\n'); /* an empty line interrupts a line */
            started = started || shown;
        }
        roof_buffer_append(out, "EOD\n");
        if (has_intervals(series)) put_intervals(view, series, s + 1, out);
    }
}

static void clause(roof_buffer *out, const char *block, size_t number)
{
    roof_buffer_append(out, out->length && out->data[out->length - 1] == ' ' ? "" : ", \\\n     ");
    roof_buffer_printf(out, "$%s%zu ", block, number);
}

void roof_series_write_line(const roof_view *view, const roof_series *series, roof_buffer *out)
{
    if (view->cells) { /* the character that a text terminal draws with goes by the line type; -1 is dotted */
        roof_buffer_printf(out, " lt %d", series->color < 0 ? -1 : series->color % ROOF_COLOR_COUNT + 1);
        return;
    }
    roof_line_color_write(out, series->color);
    roof_buffer_printf(out, " dt roof_dash%d lw roof_line*",
                       (series->dash < 0 ? 0 : series->dash % ROOF_DASH_COUNT) + 1);
    roof_number_write(out, thickness_of(series));
}

static void plot_line(const roof_view *view, const roof_series *series, size_t number, roof_buffer *out)
{
    clause(out, "series", number);
    roof_buffer_append(out, "using 1:2 with lines");
    roof_series_write_line(view, series, out);
    roof_buffer_append(out, " notitle");
}

static int pattern_of(const roof_series *series)
{
    static const int patterns[] = {0, 1, 4, 5}; /* gnuplot's numbers: solid, crossed, rising, falling */
    return series->pattern > 0 ? patterns[series->pattern % ROOF_PATTERN_COUNT] : 0;
}

void roof_series_write_fill(const roof_series *series, roof_buffer *out)
{
    int pattern = pattern_of(series);
    roof_color_write(out, "fc", series->color);
    if (series->kind == ROOF_SERIES_BAND) roof_buffer_append(out, " fs transparent solid roof_band noborder");
    else if (pattern) roof_buffer_printf(out, " fs transparent pattern %d border", pattern);
    else
        roof_buffer_printf(out, " fs transparent solid %s border",
                           series->kind == ROOF_SERIES_CELLS ? "roof_full" : "roof_fill");
}

/* gnuplot has no column for how strongly to fill, so the shades become eleven steps, each a clause of its
 * own. */
static void plot_shades(const roof_view *view, const roof_series *series, size_t number, roof_buffer *out)
{
    for (int step = 0; step <= SHADE_STEPS; step++) {
        bool used = false;
        for (size_t i = 0; i < series->count && !used; i++)
            used = roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN &&
                   shade_step(&series->points[i]) == step;
        if (!used) continue;
        clause(out, "series", number);
        roof_buffer_printf(out, "using ($7 == %d ? $1 : NaN):2:3:4:5:6 with boxxyerror lw roof_thin", step);
        roof_color_write(out, "fc", series->color);
        roof_buffer_printf(out,
                           " fs transparent solid roof_faint+(roof_full-roof_faint)*%d/%d.0 border lc rgb "
                           "roof_paper notitle",
                           step, SHADE_STEPS);
    }
}

static void plot_fill(const roof_view *view, const roof_series *series, size_t number, roof_buffer *out)
{
    if (series->kind == ROOF_SERIES_CELLS && !pattern_of(series)) {
        plot_shades(view, series, number, out);
        return;
    }
    clause(out, "series", number);
    roof_buffer_append(out, series->kind == ROOF_SERIES_BAND
                                ? "using 1:2:3 with filledcurves"
                                : "using 1:2:3:4:5:6 with boxxyerror lw roof_thin");
    roof_series_write_fill(series, out);
    roof_buffer_append(out, " notitle");
}

static void plot_marks(const roof_series *series, size_t number, roof_buffer *out)
{
    bool hollow = series->kind == ROOF_SERIES_HOLLOW_MARKS;
    /* A slightly larger mark in the colour of the paper keeps it apart from lines beneath. */
    clause(out, "series", number);
    roof_buffer_printf(out, "using 1:2 with points pt %d ps roof_mark*",
                       roof_series_point_type(series, false));
    roof_number_write(out, thickness_of(series) * (hollow ? 1.1 : 1.35));
    roof_buffer_append(out, " lc rgb roof_paper notitle");
    clause(out, "series", number);
    roof_buffer_printf(out, "using 1:2 with points pt %d ps roof_mark*",
                       roof_series_point_type(series, hollow));
    roof_number_write(out, thickness_of(series));
    roof_buffer_append(out, " lw roof_outline");
    roof_line_color_write(out, series->color);
    roof_buffer_append(out, " notitle");
}

static void plot_intervals(const roof_series *series, size_t number, bool over_bars, roof_buffer *out)
{
    clause(out, "interval", number);
    roof_buffer_append(out, "using 1:2:3:4 with vectors heads size graph 0.006,90 lw roof_outline");
    roof_line_color_write(out, over_bars ? ROOF_COLOR_INK : series->color);
    roof_buffer_append(out, " notitle");
}

static bool any_interval(const roof_view *view, const roof_series *series)
{
    for (size_t i = 0; i < series->count; i++) {
        const roof_point *p = &series->points[i];
        if ((roof_interval_given(p->ylow, p->yhigh) || roof_interval_given(p->xlow, p->xhigh)) &&
            roof_point_fate(view, series->kind, p) == ROOF_SHOWN)
            return true;
    }
    return false;
}

/* Bands lie beneath bars, bars beneath lines, and marks on top. */
static int depth_of(const roof_series *series)
{
    switch (series->kind) {
    case ROOF_SERIES_BAND: return 0;
    case ROOF_SERIES_CELLS:
    case ROOF_SERIES_BARS:
    case ROOF_SERIES_ROWS: return 1;
    case ROOF_SERIES_LINE: return 2;
    default: return 3;
    }
}

bool roof_series_in_characters(const roof_view *view, const roof_series *series)
{
    return view->cells && series->label && depth_of(series) == 1;
}

static void plot_series(const roof_view *view, const roof_series *series, size_t number, roof_buffer *out)
{
    bool intervals = has_intervals(series) && any_interval(view, series);
    bool bars = depth_of(series) == 1;
    if (intervals && !bars) plot_intervals(series, number, false, out);
    if (series->kind == ROOF_SERIES_LINE) plot_line(view, series, number, out);
    else if (depth_of(series) > 1) plot_marks(series, number, out);
    else if (!roof_series_in_characters(view, series)) plot_fill(view, series, number, out);
    if (intervals && bars) plot_intervals(series, number, true, out);
}

void roof_series_write_plot(const roof_view *view, roof_buffer *out)
{
    roof_buffer_append(out, "plot ");
    bool any = false;
    for (int depth = 0; depth <= 3; depth++)
        for (size_t s = 0; s < view->figure->series_count; s++) {
            const roof_series *series = &view->figure->series[s];
            if (series->kind == ROOF_SERIES_TEXT || depth_of(series) != depth || !count_shown(view, series))
                continue;
            size_t before = out->length;
            plot_series(view, series, s + 1, out);
            any = any || out->length > before;
        }
    roof_buffer_append(out, any ? "\n" : "NaN notitle\n");
}
