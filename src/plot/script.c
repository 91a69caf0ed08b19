/* The script of a view: commands in a fixed order, numbers in the C locale's form, words only through
 * roof_script_quote. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "plot.h"

/* Every name that the scripts use has a value even when a style text is empty. */
static const char PLAIN_STYLE[] = "roof_paper = roof_dark ? \"#15181c\" : \"#ffffff\"\n"
                                  "roof_ink = roof_dark ? \"#e8e8e8\" : \"#1f2328\"\n"
                                  "roof_muted = roof_dark ? \"#a0a6ad\" : \"#5f6670\"\n"
                                  "roof_frame = roof_dark ? \"#7a8087\" : \"#8a9099\"\n"
                                  "roof_line = 2.0\n"
                                  "roof_thin = 0.7\n"
                                  "roof_outline = 1.4\n"
                                  "roof_mark = 1.0\n"
                                  "roof_fill = 0.75\n"
                                  "roof_band = 0.18\n"
                                  "roof_faint = 0.05\n"
                                  "roof_full = 0.65\n"
                                  "roof_dash1 = 1\n"
                                  "roof_dash2 = 2\n"
                                  "roof_dash3 = 3\n"
                                  "roof_dash4 = 4\n"
                                  "roof_dash5 = 5\n"
                                  "roof_title_font = \"sans-serif:Bold\"\n"
                                  "roof_font = \"sans-serif\"\n";

static void put_text(const roof_view *view, roof_buffer *out, const char *text)
{
    roof_script_quote(out, view->options->terminal, text);
}

/* A length of the layout as a share of the whole. gnuplot counts the cells of a text terminal from 0 to the
 * last. */
static void put_share(const roof_view *view, roof_buffer *out, double length, double whole)
{
    /* Into the cell rather than onto its edge: gnuplot rounds some lengths and cuts others. */
    double share = view->cells ? (floor(length) + 0.05) / (whole - 1) : length / whole;
    roof_number_write(out, round(share * 1e5) / 1e5);
}

static void put_screen(const roof_view *view, roof_buffer *out, double x, double y)
{
    roof_buffer_append(out, "screen ");
    put_share(view, out, x, view->width);
    roof_buffer_append(out, ", screen ");
    put_share(view, out, y, view->height);
}

static void put_font(const roof_view *view, roof_buffer *out, const char *font, double size)
{
    if (view->cells || view->options->terminal == ROOF_TERMINAL_TIKZ) return;
    roof_buffer_printf(out, " font %s.\",", font);
    roof_number_write(out, size);
    roof_buffer_append(out, "\"");
}

static const char *align_word(roof_align align)
{
    return align == ROOF_ALIGN_LEFT ? "left" : align == ROOF_ALIGN_RIGHT ? "right" : "center";
}

typedef struct roof_words {
    const char *text;
    double x, y, angle, size;
    roof_align align;
    int color;
    const char *font;
} roof_words;

static void put_words(const roof_view *view, roof_buffer *out, const roof_words *words)
{
    if (!words->text || !*words->text) return;
    roof_buffer_append(out, "set label ");
    put_text(view, out, words->text);
    roof_buffer_append(out, " at ");
    put_screen(view, out, words->x, words->y);
    roof_buffer_printf(out, " %s", align_word(words->align));
    if (words->angle < -0.01 || words->angle > 0.01) {
        roof_buffer_append(out, " rotate by ");
        roof_number_write(out, round(words->angle * 100) / 100);
    }
    put_font(view, out, words->font, words->size);
    roof_buffer_append(out, " front");
    roof_color_write(out, "tc", words->color);
    roof_buffer_append_char(out, '\n');
}

static void put_heading(const roof_view *view, roof_buffer *out)
{
    double left = view->cells ? 1 : 16;
    double y = view->height - (view->cells ? 1 : 14);
    double title = roof_plot_line_height(view->cells, ROOF_SIZE_TITLE) * (*view->title ? 1 : 0);
    double subtitle = roof_plot_line_height(view->cells, ROOF_SIZE_SUBTITLE);
    double middle = view->cells ? 0 : 0.5;
    roof_words words = {view->title,     left,           y - middle * title, 0, ROOF_SIZE_TITLE,
                        ROOF_ALIGN_LEFT, ROOF_COLOR_INK, "roof_title_font"};
    put_words(view, out, &words);
    words = (roof_words){
        view->subtitle,   left,       y - title - middle * subtitle, 0, ROOF_SIZE_SUBTITLE, ROOF_ALIGN_LEFT,
        ROOF_COLOR_MUTED, "roof_font"};
    put_words(view, out, &words);
}

static void put_footer(const roof_view *view, roof_buffer *out)
{
    double line = roof_plot_line_height(view->cells, ROOF_SIZE_FOOTER);
    for (size_t i = 0; i < view->footer_lines; i++) {
        double y =
            (view->cells ? 0 : 8) + line * ((double)(view->footer_lines - 1 - i) + (view->cells ? 0 : 0.5));
        roof_words words = {view->footer[i], view->cells ? 1 : 16, y,          0, ROOF_SIZE_FOOTER,
                            ROOF_ALIGN_LEFT, ROOF_COLOR_MUTED,     "roof_font"};
        put_words(view, out, &words);
    }
}

static void put_axis_labels(const roof_view *view, roof_buffer *out)
{
    const roof_box *f = &view->frame;
    double footer = roof_plot_line_height(view->cells, ROOF_SIZE_FOOTER) * (double)view->footer_lines;
    double line = roof_plot_line_height(view->cells, ROOF_SIZE_AXIS);
    double below = view->cells ? footer : 8 + footer + (view->footer_lines ? 8 : 0) + line / 2;
    roof_words words = {view->x_label,  (f->x0 + f->x1) / 2, below,          0,
                        ROOF_SIZE_AXIS, ROOF_ALIGN_CENTER,   ROOF_COLOR_INK, "roof_font"};
    put_words(view, out, &words);
    words = (roof_words){view->y_label,  8 + line / 2,      (f->y0 + f->y1) / 2, 90,
                         ROOF_SIZE_AXIS, ROOF_ALIGN_CENTER, ROOF_COLOR_INK,      "roof_font"};
    if (view->cells) /* a text terminal cannot turn words */
        words = (roof_words){view->y_label,  1,          f->y1 + 1, 0, ROOF_SIZE_AXIS, ROOF_ALIGN_LEFT,
                             ROOF_COLOR_INK, "roof_font"};
    put_words(view, out, &words);
}

static void put_margins(const roof_view *view, roof_buffer *out)
{
    const char *const names[] = {"lmargin", "rmargin", "bmargin", "tmargin"};
    const double places[] = {view->frame.x0, view->frame.x1, view->frame.y0, view->frame.y1};
    for (size_t i = 0; i < 4; i++) {
        roof_buffer_printf(out, "set %s at screen ", names[i]);
        put_share(view, out, places[i], i < 2 ? view->width : view->height);
        roof_buffer_append_char(out, '\n');
    }
}

static void put_axis(const roof_view *view, roof_buffer *out, const roof_axis_view *axis, char name)
{
    roof_buffer_printf(out, "set %crange [", name);
    roof_number_write(out, axis->min);
    roof_buffer_append(out, ":");
    roof_number_write(out, axis->max);
    roof_buffer_printf(out, "] noextend\n%s logscale %c\nset %ctics", axis->log ? "set" : "unset", name,
                       name);
    if (axis->rotated > 0) {
        roof_buffer_append(out, " rotate by ");
        roof_number_write(out, axis->rotated);
        roof_buffer_append(out, " right");
    }
    put_font(view, out, "roof_font", ROOF_SIZE_TICK);
    roof_buffer_append(out, " (");
    for (size_t i = 0; i < axis->tick_count; i++) {
        if (i) roof_buffer_append(out, ", ");
        roof_script_quote_format(out, view->options->terminal, axis->ticks[i].label);
        roof_buffer_append_char(out, ' ');
        roof_number_write(out, axis->ticks[i].position);
        if (axis->ticks[i].minor) roof_buffer_append(out, " 1");
    }
    roof_buffer_append(out, ")\n");
}

static void put_placed(const roof_view *view, roof_buffer *out)
{
    for (size_t i = 0; i < view->placed_count; i++) {
        const roof_placed *p = &view->placed[i];
        if (p->leader) {
            roof_buffer_append(out, "set arrow from ");
            put_screen(view, out, p->from_x, p->from_y);
            roof_buffer_append(out, " to ");
            put_screen(view, out, p->to_x, p->to_y);
            roof_buffer_append(out, " nohead front lw roof_thin lc rgb roof_muted\n");
        }
        roof_words words = {p->text, p->x, p->y, p->angle, p->size, p->align, p->color, "roof_font"};
        put_words(view, out, &words);
    }
}

/* ---- fills of a text terminal ---- */
/* What a box is filled with there: a character for the colour, another or a gap between for the pattern. */
static void put_pen(roof_buffer *out, const roof_series *series, size_t length)
{
    static const char pens[] = "#%@=*+&o", gaps[ROOF_PATTERN_COUNT] = {0, ':', '.', ','};
    char pen = series->color < 0 ? '-' : pens[series->color % ROOF_COLOR_COUNT];
    char gap = gaps[series->pattern > 0 ? series->pattern % ROOF_PATTERN_COUNT : 0];
    for (size_t i = 0; i < length; i++) roof_buffer_append_char(out, i % 2 && gap ? gap : pen);
}

static void put_filled_row(const roof_view *view, roof_buffer *out, const roof_series *series, double x,
                           double y, size_t length)
{
    roof_buffer pen = ROOF_BUFFER_EMPTY;
    put_pen(&pen, series, length);
    roof_words words = {roof_buffer_text(&pen), x,          y, 0, ROOF_SIZE_TICK, ROOF_ALIGN_LEFT,
                        series->color,          "roof_font"};
    put_words(view, out, &words);
    out->failed = out->failed || pen.failed;
    roof_buffer_free(&pen);
}

/* Row by row, so that a box shows the characters that the legend shows: gnuplot would draw its outline. */
static void put_filled_box(const roof_view *view, roof_buffer *out, const roof_series *series,
                           const roof_point *point)
{
    roof_box box = roof_point_box(view, series, point);
    double x0 = floor(roof_view_x(view, box.x0) + 1e-9) + 1, x1 = floor(roof_view_x(view, box.x1) + 1e-9);
    double y = floor(roof_view_y(view, box.y0) + 1e-9) + 1, y1 = floor(roof_view_y(view, box.y1) + 1e-9);
    for (; x0 <= x1 && y <= y1; y++) put_filled_row(view, out, series, x0, y + 0.5, (size_t)(x1 - x0) + 1);
}

static void put_fills(const roof_view *view, roof_buffer *out)
{
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        if (!roof_series_in_characters(view, series)) continue;
        for (size_t i = 0; i < series->count; i++)
            if (roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN)
                put_filled_box(view, out, series, &series->points[i]);
    }
}

/* ---- legend ---- */
static void put_sample_mark(const roof_view *view, roof_buffer *out, const roof_series *series, double x,
                            double y)
{
    bool hollow = series->kind == ROOF_SERIES_HOLLOW_MARKS;
    roof_buffer_append(out, "set label \"\" at ");
    put_screen(view, out, x + ROOF_LEGEND_SAMPLE(view->cells) / 2, y);
    roof_buffer_printf(out, " front point pt %d ps roof_mark*", roof_series_point_type(series, hollow));
    roof_number_write(out, series->thickness > 0 ? series->thickness : 1);
    roof_buffer_append(out, " lw roof_outline");
    roof_line_color_write(out, series->color);
    roof_buffer_append_char(out, '\n');
}

static void put_sample_line(const roof_view *view, roof_buffer *out, const roof_series *series, double x,
                            double y)
{
    if (view->cells) { /* arrows are drawn with other characters than lines */
        static const char *const pens[ROOF_COLOR_COUNT] = {"*****", "#####", "$$$$$", "%%%%%",
                                                           "@@@@@", "&&&&&", "=====", "*****"};
        const char *pen = series->color < 0 ? "-----" : pens[series->color % ROOF_COLOR_COUNT];
        roof_words words = {pen, x, y, 0, ROOF_SIZE_TICK, ROOF_ALIGN_LEFT, series->color, "roof_font"};
        put_words(view, out, &words);
        return;
    }
    roof_buffer_append(out, "set arrow from ");
    put_screen(view, out, x, y);
    roof_buffer_append(out, " to ");
    put_screen(view, out, x + ROOF_LEGEND_SAMPLE(view->cells), y);
    roof_buffer_append(out, " nohead front");
    roof_series_write_line(view, series, out);
    roof_buffer_append_char(out, '\n');
    if (series->mark != ROOF_MARK_BY_COLOR) put_sample_mark(view, out, series, x, y);
}

static void put_sample_box(const roof_view *view, roof_buffer *out, const roof_series *series, double x,
                           double y)
{
    if (view->cells) {
        put_filled_row(view, out, series, x, y, (size_t)ROOF_LEGEND_SAMPLE(true));
        return;
    }
    roof_buffer_append(out, "set object rectangle from ");
    put_screen(view, out, x + 5, y - 5);
    roof_buffer_append(out, " to ");
    put_screen(view, out, x + ROOF_LEGEND_SAMPLE(view->cells) - 5, y + 5);
    roof_buffer_append(out, " front lw roof_thin");
    roof_series_write_fill(series, out);
    roof_buffer_append_char(out, '\n');
}

static void put_hidden(const roof_view *view, roof_buffer *out, double x, double y)
{
    char text[40];
    snprintf(text, sizeof text, "and %zu more", view->legend_hidden);
    roof_words words = {text, x, y, 0, ROOF_SIZE_TICK, ROOF_ALIGN_LEFT, ROOF_COLOR_MUTED, "roof_font"};
    put_words(view, out, &words);
}

static void put_legend(const roof_view *view, roof_buffer *out)
{
    if (view->legend == ROOF_LEGEND_NONE) return;
    double row = roof_legend_row_height(view), x = view->legend_box.x0;
    double y = view->legend_box.y1 - row / 2;
    double text_x = x + ROOF_LEGEND_SAMPLE(view->cells) + (view->cells ? 1 : 8);
    size_t rows = view->legend_rows;
    for (size_t s = 0; s < view->figure->series_count && rows; s++) {
        const roof_series *series = &view->figure->series[s];
        if (!series->label) continue;
        if (--rows == 0 && view->legend_hidden) { /* the last row tells of those that have none */
            put_hidden(view, out, text_x, y);
            break;
        }
        char *label = roof_plot_clean_copy(view->arena, series->label, ROOF_SCRIPT_TEXT_LIMIT);
        if (!label) {
            out->failed = true;
            return;
        }
        roof_plot_text_fit(view->cells, ROOF_SIZE_TICK, label, view->legend_box.x1 - text_x + 0.01);
        if (series->kind == ROOF_SERIES_LINE) put_sample_line(view, out, series, x, y);
        else if (series->kind == ROOF_SERIES_MARKS || series->kind == ROOF_SERIES_HOLLOW_MARKS)
            put_sample_mark(view, out, series, x, y);
        else if (series->kind != ROOF_SERIES_TEXT) put_sample_box(view, out, series, x, y);
        roof_words words = {label,           text_x,         y,          0, ROOF_SIZE_TICK,
                            ROOF_ALIGN_LEFT, ROOF_COLOR_INK, "roof_font"};
        put_words(view, out, &words);
        y -= row;
    }
}

static void put_empty_reason(const roof_view *view, roof_buffer *out)
{
    if (view->shown > 0) return;
    const char *reason = view->figure->empty_reason ? view->figure->empty_reason : "there is nothing to draw";
    char *text = roof_plot_clean_copy(view->arena, reason, ROOF_SCRIPT_TEXT_LIMIT);
    if (!text) {
        out->failed = true;
        return;
    }
    roof_plot_text_fit(view->cells, ROOF_SIZE_AXIS, text,
                       view->frame.x1 - view->frame.x0 - (view->cells ? 2 : 16));
    roof_words words = {text,
                        (view->frame.x0 + view->frame.x1) / 2,
                        (view->frame.y0 + view->frame.y1) / 2,
                        0,
                        ROOF_SIZE_AXIS,
                        ROOF_ALIGN_CENTER,
                        ROOF_COLOR_MUTED,
                        "roof_font"};
    put_words(view, out, &words);
}

static void write_view(const roof_view *view, roof_buffer *out)
{
    roof_buffer_append(out, "reset\nset encoding utf8\n");
    view->terminal->write(out, (int)view->width, (int)view->height, view->options);
    roof_buffer_append(out, "if (exists(\"roof_output\")) { set output roof_output }\n");
    roof_buffer_printf(out, "roof_dark = %d\n", view->options->dark ? 1 : 0);
    roof_buffer_append(out, PLAIN_STYLE);
    roof_buffer_append(out, "\n# style\n");
    if (view->options->style) roof_buffer_append(out, view->options->style);
    roof_buffer_append(out, "\n# figure\nunset key\nset clip two\nset samples 2\n");
    if (view->cells) roof_buffer_append(out, "unset grid\n"); /* dots among letters */
    put_margins(view, out);
    put_axis(view, out, &view->x, 'x');
    put_axis(view, out, &view->y, 'y');
    put_heading(view, out);
    put_axis_labels(view, out);
    put_footer(view, out);
    put_fills(view, out);
    put_legend(view, out);
    put_placed(view, out);
    put_empty_reason(view, out);
    roof_buffer_append_char(out, '\n');
    roof_series_write_data(view, out);
    roof_series_write_plot(view, out);
    roof_buffer_append(out, "set output\n");
}

roof_code roof_script_write(const roof_figure *figure, const roof_script_options *options, roof_buffer *out,
                            roof_error *error)
{
    static const roof_script_options plain = {.terminal = ROOF_TERMINAL_SVG};
    roof_arena arena = ROOF_ARENA_EMPTY;
    roof_view view;
    roof_code code = roof_view_make(&view, figure, options ? options : &plain, &arena, error);
    if (code == ROOF_OK) {
        write_view(&view, out);
        if (out->failed)
            code = roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a plot script was written");
    }
    roof_arena_free(&arena);
    return code;
}
