/* From a figure to a view: ranges, ticks, margins, and what is left out. */
#include <math.h>
#include <string.h>

#include "plot.h"

bool roof_interval_given(double low, double high)
{
    return low < high;
}

static roof_fate fate_of_value(const roof_axis *axis, double value)
{
    if (!isfinite(value)) return ROOF_NOT_FINITE;
    return roof_axis_takes(axis, value) ? ROOF_SHOWN : ROOF_NOT_POSITIVE;
}

static roof_fate worse(roof_fate a, roof_fate b)
{
    return a == ROOF_NOT_FINITE || b == ROOF_NOT_FINITE ? ROOF_NOT_FINITE : a > b ? a : b;
}

/* Only whether the values exist on the axes. */
static roof_fate fate_of_values(const roof_view *view, roof_series_kind kind, const roof_point *p)
{
    const roof_axis *x = &view->figure->x, *y = &view->figure->y;
    if (kind == ROOF_SERIES_CELLS) {
        roof_fate sides = worse(fate_of_value(x, p->xlow), fate_of_value(x, p->xhigh));
        return worse(sides, worse(fate_of_value(y, p->ylow), fate_of_value(y, p->yhigh)));
    }
    if (kind == ROOF_SERIES_BAND) {
        /* A band may reach down to zero: it is drawn from the frame. */
        if (!isfinite(p->ylow)) return ROOF_NOT_FINITE;
        return worse(fate_of_value(x, p->x), fate_of_value(y, p->yhigh));
    }
    return worse(fate_of_value(x, p->x), fate_of_value(y, p->y));
}

static bool is_outside(const roof_view *view, roof_series_kind kind, const roof_point *p)
{
    switch (kind) {
    case ROOF_SERIES_LINE:
    case ROOF_SERIES_BAND: return false; /* these are cut at the frame */
    case ROOF_SERIES_CELLS:
        return p->xlow >= view->x.max || p->xhigh <= view->x.min || p->ylow >= view->y.max ||
               p->yhigh <= view->y.min;
    case ROOF_SERIES_BARS: return !roof_axis_within(&view->x, p->x);
    case ROOF_SERIES_ROWS: return !roof_axis_within(&view->y, p->y);
    default: return !roof_axis_within(&view->x, p->x) || !roof_axis_within(&view->y, p->y);
    }
}

roof_fate roof_point_fate(const roof_view *view, roof_series_kind kind, const roof_point *point)
{
    roof_fate fate = fate_of_values(view, kind, point);
    bool ranged = view->x.min < view->x.max;
    return fate == ROOF_SHOWN && ranged && is_outside(view, kind, point) ? ROOF_OUTSIDE : fate;
}

double roof_view_x(const roof_view *view, double x)
{
    double middle = view->cells ? 0.5 : 0;
    return view->frame.x0 + middle + roof_axis_fraction(&view->x, x) * (view->frame.x1 - view->frame.x0);
}

double roof_view_y(const roof_view *view, double y)
{
    double middle = view->cells ? 0.5 : 0;
    return view->frame.y0 + middle + roof_axis_fraction(&view->y, y) * (view->frame.y1 - view->frame.y0);
}

static void bar_span(const roof_axis_view *axis, double value, double *low, double *high)
{
    double foot = axis->log ? axis->min : 0;
    *low = value < foot ? value : foot;
    *high = value < foot ? foot : value;
}

roof_box roof_point_box(const roof_view *view, const roof_series *series, const roof_point *p)
{
    double half = (series->width > 0 ? series->width : 0.7) / 2;
    roof_box box = {p->xlow, p->ylow, p->xhigh, p->yhigh};
    if (series->kind == ROOF_SERIES_BARS) {
        box.x0 = p->x - half;
        box.x1 = p->x + half;
        bar_span(&view->y, p->y, &box.y0, &box.y1);
    } else if (series->kind == ROOF_SERIES_ROWS) {
        box.y0 = p->y - half;
        box.y1 = p->y + half;
        bar_span(&view->x, p->x, &box.x0, &box.x1);
    }
    box.x0 = roof_axis_clamp(&view->x, box.x0);
    box.x1 = roof_axis_clamp(&view->x, box.x1);
    box.y0 = roof_axis_clamp(&view->y, box.y0);
    box.y1 = roof_axis_clamp(&view->y, box.y1);
    return box;
}

/* ---- ranges ---- */
typedef struct extent {
    double low, high;
} extent;

static void widen(extent *range, const roof_axis *axis, double value)
{
    if (!roof_axis_takes(axis, value)) return;
    if (value < range->low) range->low = value;
    if (value > range->high) range->high = value;
}

static void widen_by_point(extent *xs, extent *ys, const roof_figure *figure, const roof_series *series,
                           const roof_point *p)
{
    double half = (series->width > 0 ? series->width : 0.7) / 2;
    bool cell = series->kind == ROOF_SERIES_CELLS, band = series->kind == ROOF_SERIES_BAND;
    if (!cell) widen(xs, &figure->x, p->x);
    if (!cell && !band) widen(ys, &figure->y, p->y);
    if (series->kind == ROOF_SERIES_BARS) {
        widen(xs, &figure->x, p->x - half);
        widen(xs, &figure->x, p->x + half);
    }
    if (series->kind == ROOF_SERIES_ROWS) {
        widen(ys, &figure->y, p->y - half);
        widen(ys, &figure->y, p->y + half);
    }
    if (cell || roof_interval_given(p->xlow, p->xhigh)) {
        widen(xs, &figure->x, p->xlow);
        widen(xs, &figure->x, p->xhigh);
    }
    if (cell || band || roof_interval_given(p->ylow, p->yhigh)) {
        widen(ys, &figure->y, p->ylow);
        widen(ys, &figure->y, p->yhigh);
    }
}

static void settle_ranges(roof_view *view)
{
    extent xs = {INFINITY, -INFINITY}, ys = {INFINITY, -INFINITY};
    bool bars = false, rows = false;
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        bars = bars || series->kind == ROOF_SERIES_BARS;
        rows = rows || series->kind == ROOF_SERIES_ROWS;
        for (size_t i = 0; i < series->count; i++)
            if (fate_of_values(view, series->kind, &series->points[i]) == ROOF_SHOWN)
                widen_by_point(&xs, &ys, view->figure, series, &series->points[i]);
    }
    roof_axis_settle(&view->x, &view->figure->x, xs.low, xs.high, rows);
    roof_axis_settle(&view->y, &view->figure->y, ys.low, ys.high, bars);
}

/* Whether a stretch of the line crosses the frame. */
static bool line_is_visible(const roof_view *view, const roof_series *series)
{
    const roof_box frame = {0, 0, 1, 1};
    for (size_t i = 0; i + 1 < series->count; i++) {
        const roof_point *a = &series->points[i], *b = a + 1;
        if (fate_of_values(view, ROOF_SERIES_LINE, a) != ROOF_SHOWN ||
            fate_of_values(view, ROOF_SERIES_LINE, b) != ROOF_SHOWN)
            continue;
        double x0 = roof_axis_fraction(&view->x, a->x), y0 = roof_axis_fraction(&view->y, a->y);
        double x1 = roof_axis_fraction(&view->x, b->x), y1 = roof_axis_fraction(&view->y, b->y);
        if (roof_box_clip(&frame, &x0, &y0, &x1, &y1)) return true;
    }
    return false;
}

static void count_omitted(roof_view *view)
{
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        size_t *shown = &view->shown;
        if (series->kind == ROOF_SERIES_LINE && !line_is_visible(view, series))
            shown = &view->omitted.outside;
        for (size_t i = 0; i < series->count; i++)
            switch (roof_point_fate(view, series->kind, &series->points[i])) {
            case ROOF_SHOWN: ++*shown; break;
            case ROOF_NOT_FINITE: view->omitted.not_finite++; break;
            case ROOF_NOT_POSITIVE: view->omitted.not_positive++; break;
            case ROOF_OUTSIDE: view->omitted.outside++; break;
            }
    }
}

/* ---- words around the frame ---- */
static void note_part(roof_buffer *out, const char **separator, size_t count, const char *why)
{
    if (count == 0) return;
    roof_buffer_printf(out, "%s%zu %s", *separator, count, why);
    *separator = ", ";
}

static void write_notes(const roof_view *view, roof_buffer *out)
{
    const roof_omitted *o = &view->omitted;
    size_t points = o->not_finite + o->not_positive + o->outside;
    const char *separator = "";
    roof_plot_clean(out, view->figure->footer, 2000);
    if (out->length && (points || o->labels)) roof_buffer_append(out, "  ");
    if (points) roof_buffer_printf(out, "%zu point%s not shown: ", points, points == 1 ? "" : "s");
    note_part(out, &separator, o->not_finite, "without a value");
    note_part(out, &separator, o->not_positive, "not above zero on a log axis");
    note_part(out, &separator, o->outside, "outside the axes");
    if (points) roof_buffer_append(out, ".");
    if (o->labels)
        roof_buffer_printf(out, "%s%zu label%s without room.", points ? " " : "", o->labels,
                           o->labels == 1 ? "" : "s");
}

/* Where the words that fit on a line end: at a space or at the end of the text, after one word at least. */
static char *line_end(const roof_view *view, char *text, double width)
{
    char *good = text, *end = text;
    while (*end) {
        char *space = strchr(end + 1, ' ');
        if (!space) space = text + strlen(text);
        char kept = *space;
        *space = '\0';
        bool fits = roof_plot_text_width(view->cells, ROOF_SIZE_FOOTER, text) <= width;
        *space = kept;
        if (fits || good == text) good = space;
        if (!fits) break;
        end = space;
    }
    return good;
}

/* Breaks the footer at spaces; a word wider than the line is cut, and so is what the last line has no room
 * for. */
static bool wrap_footer(roof_view *view, char *text, double width)
{
    enum { LINES = 6 };
    view->footer_lines = 0;
    view->footer = roof_arena_calloc(view->arena, LINES, sizeof *view->footer);
    if (!view->footer || !text) return false;
    while (*text == ' ') text++;
    while (*text && view->footer_lines < LINES) {
        bool last = view->footer_lines == LINES - 1;
        char *end = last ? text + strlen(text) : line_end(view, text, width);
        char *next = *end ? end + 1 : end;
        *end = '\0';
        roof_plot_text_fit(view->cells, ROOF_SIZE_FOOTER, text, width);
        view->footer[view->footer_lines++] = text;
        for (text = next; *text == ' ';) text++;
    }
    return true;
}

static const char *fitted(roof_view *view, const char *text, double size, double width, bool *good)
{
    char *copy = roof_plot_clean_copy(view->arena, text, ROOF_SCRIPT_TEXT_LIMIT);
    if (copy) roof_plot_text_fit(view->cells, size, copy, width);
    else *good = false;
    return copy;
}

static const char *axis_words(roof_view *view, const roof_axis *axis, double width, bool *good)
{
    bool with_unit =
        axis->unit && *axis->unit && axis->label && *axis->label && axis->ticks != ROOF_TICKS_NAMED;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&text, axis->label ? axis->label : "");
    if (with_unit) roof_buffer_printf(&text, " (%s)", axis->unit);
    const char *words = fitted(view, roof_buffer_text(&text), ROOF_SIZE_AXIS, width, good);
    *good = *good && !text.failed;
    roof_buffer_free(&text);
    return words;
}

static bool settle_words(roof_view *view)
{
    bool good = true;
    double across = view->width - (view->cells ? 2 : 32);
    view->title = fitted(view, view->figure->title, ROOF_SIZE_TITLE, across, &good);
    view->subtitle = fitted(view, view->figure->subtitle, ROOF_SIZE_SUBTITLE, across, &good);
    view->x_label = axis_words(view, &view->figure->x, across, &good);
    view->y_label = axis_words(view, &view->figure->y, view->cells ? across : view->height - 60, &good);
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    write_notes(view, &notes);
    char *footer = notes.failed ? NULL : roof_arena_strdup(view->arena, roof_buffer_text(&notes));
    roof_buffer_free(&notes);
    return good && wrap_footer(view, footer, across);
}

/* ---- margins ---- */
static double height_if(const roof_view *view, const char *text, double size)
{
    return *text ? roof_plot_line_height(view->cells, size) : 0;
}

static void settle_top(roof_view *view)
{
    double top = view->cells ? 0 : 14;
    top +=
        height_if(view, view->title, ROOF_SIZE_TITLE) + height_if(view, view->subtitle, ROOF_SIZE_SUBTITLE);
    if (view->cells) top += height_if(view, view->y_label, ROOF_SIZE_AXIS);
    else top += *view->title || *view->subtitle ? 10 : 4;
    view->frame.y1 = view->height - top - (view->cells ? 1 : 0);
}

static void settle_bottom(roof_view *view)
{
    double footer = roof_plot_line_height(view->cells, ROOF_SIZE_FOOTER) * (double)view->footer_lines;
    double bottom = (view->cells ? 0 : 10) + footer + (view->footer_lines && !view->cells ? 8 : 0);
    bottom += height_if(view, view->x_label, ROOF_SIZE_AXIS);
    bottom += roof_plot_line_height(view->cells, ROOF_SIZE_TICK) + (view->cells ? 0 : 12);
    if (view->x.rotated > 0) {
        double most = 0.4 * view->height;
        double hanging = view->x.widest * sin(view->x.rotated * 3.14159265358979323846 / 180);
        bottom += hanging > most ? most : hanging;
    }
    view->frame.y0 = bottom;
}

static void settle_sides(roof_view *view)
{
    double most = floor(0.45 * view->width), ticks = view->y.widest > most ? most : view->y.widest;
    view->frame.x0 = view->cells ? ticks + 2 : ticks + 26 + height_if(view, view->y_label, ROOF_SIZE_AXIS);
    double right = view->cells ? 3 : 24;
    double half_tick = view->x.rotated > 0 ? 0 : view->x.widest / 2;
    if (right < half_tick + 4 && !view->cells) right = half_tick + 4;
    view->frame.x1 = view->width - right;
    if (view->legend == ROOF_LEGEND_RIGHT) {
        double legend = roof_legend_width(view);
        view->frame.x1 = view->width - legend - (view->cells ? 2 : 28);
        view->legend_box.x0 = view->frame.x1 + (view->cells ? 1 : 16);
        view->legend_box.x1 = view->legend_box.x0 + legend;
        view->legend_box.y1 = view->frame.y1;
        view->legend_box.y0 = view->frame.y1 - (double)view->legend_rows * roof_legend_row_height(view);
    }
}

/* Margins need the tick labels, and the ticks need the lengths the margins leave: two rounds settle it. */
static bool settle_frame(roof_view *view)
{
    double across = view->width * 0.8, up = view->height * 0.7;
    for (int round = 0; round < 2; round++) {
        if (!roof_axis_make_ticks(&view->x, view->arena, view->cells, across, false) ||
            !roof_axis_make_ticks(&view->y, view->arena, view->cells, up, true))
            return false;
        for (size_t i = 0; i < view->y.tick_count; i++) {
            /* a name that would push the frame out of the drawing */
            char *label = roof_plot_clean_copy(view->arena, view->y.ticks[i].label, 60);
            if (!label) return false;
            roof_plot_text_fit(view->cells, ROOF_SIZE_TICK, label, floor(0.45 * view->width));
            view->y.ticks[i].label = label;
        }
        settle_top(view);
        settle_bottom(view);
        settle_sides(view);
        across = view->frame.x1 - view->frame.x0;
        up = view->frame.y1 - view->frame.y0;
    }
    double least = view->cells ? 4 : 40;
    if (across < least) view->frame.x1 = view->frame.x0 + least;
    if (up < least) view->frame.y0 = view->frame.y1 - least;
    return true;
}

static bool arrange(roof_view *view)
{
    if (!settle_words(view)) return false;
    view->legend = view->legend_rows ? view->figure->legend : ROOF_LEGEND_NONE;
    if (!settle_frame(view)) return false;
    if (view->legend == ROOF_LEGEND_NONE || view->legend == ROOF_LEGEND_RIGHT) return true;
    if (roof_legend_place_inside(view)) return true;
    view->legend = ROOF_LEGEND_RIGHT;
    return settle_frame(view);
}

static roof_code check(const roof_figure *figure, roof_error *error)
{
    if (figure->width < 0 || figure->height < 0 || figure->width > 8192 || figure->height > 8192)
        return roof_fail(error, ROOF_INVALID,
                         "a figure of %d by %d cannot be drawn: each side is at most 8192", figure->width,
                         figure->height);
    for (size_t s = 0; s < figure->series_count; s++)
        if (figure->series[s].count && !figure->series[s].points)
            return roof_fail(error, ROOF_INVALID, "series %zu of the figure has a count but no points",
                             s + 1);
    return ROOF_OK;
}

roof_code roof_view_make(roof_view *view, const roof_figure *figure, const roof_script_options *options,
                         roof_arena *arena, roof_error *error)
{
    if (check(figure, error) != ROOF_OK) return ROOF_INVALID;
    memset(view, 0, sizeof *view);
    view->figure = figure;
    view->options = options;
    view->arena = arena;
    view->terminal = roof_terminal_facts_of(options->terminal);
    view->cells = view->terminal->cells;
    double least_width = view->cells ? 40 : 240, least_height = view->cells ? 12 : 160;
    view->width = options->width ? options->width : figure->width ? figure->width : view->terminal->width;
    view->height = options->height  ? options->height
                   : figure->height ? figure->height
                                    : view->terminal->height;
    if (view->width < least_width) view->width = least_width;
    if (view->height < least_height) view->height = least_height;
    settle_ranges(view);
    count_omitted(view);
    roof_legend_measure(view, view->height * 0.7);
    /* Labels without room are told of in the footer, which may take a line, and so room: hence a second
     * round. */
    for (int round = 0; round < 2; round++) {
        if (!arrange(view))
            return roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was laid out");
        roof_code code = roof_labels_place(view, error);
        if (code != ROOF_OK || view->omitted.labels == 0) return code;
    }
    return ROOF_OK;
}
