/* What a figure becomes: the script to the byte, what is left out and said to be, and where the words are
 * put. */
#include "assert_close.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/plot/script.h"
#include "plot/plot.h"

static char *script_of(const roof_figure *figure, const roof_script_options *options)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_error error;
    if (roof_script_write(figure, options, &out, &error) != ROOF_OK) fail_msg("%s", error.message);
    return roof_buffer_take(&out);
}

static void assert_absent(const char *text, const char *part)
{
    if (strstr(text, part)) fail_msg("\"%s\" is in: %s", part, text);
}

static const roof_axis LOG = {.scale = ROOF_SCALE_LOG};

/* ---- the script ---- */
static const char GOLDEN_HEAD[] = "reset\n"
                                  "set encoding utf8\n"
                                  "set terminal svg noenhanced size 400,300 background rgb \"#ffffff\" font "
                                  "\"sans-serif,12\" linewidth 1 rounded\n"
                                  "if (exists(\"roof_output\")) { set output roof_output }\n"
                                  "roof_dark = 0\n";
static const char GOLDEN_DATA[] =
    "$series1 << EOD\n"
    "1 1e+12\n"
    "100 1e+14\n"
    "1000 1e+14\n"
    "EOD\n"
    "$series2 << EOD\n"
    "10 2e+12\n"
    "EOD\n"
    "$interval2 << EOD\n"
    "10 1e+12 0 2e+12\n"
    "EOD\n"
    "plot $series1 using 1:2 with lines lc 1 dt roof_dash2 lw roof_line*1 notitle, \\\n"
    "     $interval2 using 1:2:3:4 with vectors heads size graph 0.006,90 lw roof_outline "
    "lc 2 notitle, \\\n"
    "     $series2 using 1:2 with points pt 5 ps roof_mark*1.35 lc rgb roof_paper notitle, \\\n"
    "     $series2 using 1:2 with points pt 5 ps roof_mark*1 lw roof_outline lc 2 notitle\n"
    "set output\n";

static const roof_point GOLDEN_LINE[] = {ROOF_POINT(1, 1e12, NULL), ROOF_POINT(100, 1e14, NULL),
                                         ROOF_POINT(1000, 1e14, NULL)};
static const roof_point GOLDEN_POINT[] = {{10, 2e12, 0, 0, 1e12, 3e12, 0, "resnet-50"}};
static const roof_series GOLDEN_SERIES[] = {
    {.kind = ROOF_SERIES_LINE, .dash = ROOF_DASH_DASHED, .points = GOLDEN_LINE, .count = 3},
    {.kind = ROOF_SERIES_MARKS, .color = 1, .points = GOLDEN_POINT, .count = 1},
};
static const roof_figure GOLDEN = {
    .width = 400,
    .height = 300,
    .title = "A {b}",
    .x = {.label = "Intensity", .unit = "op/B", .scale = ROOF_SCALE_LOG, .min = 1, .max = 1000},
    .y = {.label = "Performance",
          .unit = "OPS",
          .scale = ROOF_SCALE_LOG,
          .min = 1e12,
          .max = 1e15,
          .ticks = ROOF_TICKS_SI},
    .series = GOLDEN_SERIES,
    .series_count = 2,
};

static void a_small_figure_is_this_script(void **state)
{
    (void)state;
    roof_script_options options = {.style = "roof_line = 3 # a style"};
    char *script = script_of(&GOLDEN, &options);
    assert_int_equal(strncmp(script, GOLDEN_HEAD, strlen(GOLDEN_HEAD)), 0);
    assert_contains(script, "\n# style\nroof_line = 3 # a style\n# figure\n");
    assert_contains(script, "set xrange [1:1000] noextend\nset logscale x\n");
    assert_contains(script, "(\"1\" 1, \"\" 2 1, \"\" 3 1,");
    assert_contains(script, "\"1 TOPS\" 1e+12, ");
    assert_contains(script, "\"1 POPS\" 1e+15)\n");
    assert_contains(script, "set label \"A \\173b\\175\" at screen ");
    assert_contains(script, "set label \"Intensity \\050op\\057B\\051\" at screen ");
    assert_contains(script, "set label \"resnet-50\" at screen ");
    const char *data = strstr(script, "$series1 <<");
    assert_non_null(data);
    assert_string_equal(data, GOLDEN_DATA);
    char *again = script_of(&GOLDEN, &options);
    assert_string_equal(script, again);
    free(again);
    free(script);
}

static void terminals_get_their_own_line(void **state)
{
    (void)state;
    const char *const lines[ROOF_TERMINAL_COUNT] = {
        "set terminal svg noenhanced size 400,300",
        "set terminal pngcairo noenhanced size 800,600",
        "set terminal pdfcairo noenhanced size 400",
        "set terminal dumb noenhanced nofeed size 400,300",
        "set terminal sixelgd noenhanced",
        "set terminal canvas noenhanced standalone",
        "set terminal tikz standalone size 5.55555556in,4.16666667in"};
    for (int i = 0; i < ROOF_TERMINAL_COUNT; i++) {
        roof_script_options options = {.terminal = (roof_terminal)i, .dark = true};
        char *script = script_of(&GOLDEN, &options);
        assert_contains(script, lines[i]);
        assert_contains(script, "roof_dark = 1\n");
        assert_true(strstr(script, "set encoding utf8") < strstr(script, "set terminal"));
        free(script);
    }
}

static void a_comma_locale_changes_nothing(void **state)
{
    (void)state;
    char *plain = script_of(&GOLDEN, NULL);
    const char *const names[] = {"de_DE.UTF-8", "fr_FR.UTF-8", "de_DE.utf8"};
    for (size_t i = 0; i < 3 && !setlocale(LC_NUMERIC, names[i]);) i++;
    char *script = script_of(&GOLDEN, NULL);
    setlocale(LC_NUMERIC, "C");
    assert_string_equal(script, plain);
    free(script);
    free(plain);
}

/* ---- what is left out ---- */
static void points_without_a_place_are_counted(void **state)
{
    (void)state;
    const roof_point points[] = {ROOF_POINT(10, 10, "good"),          ROOF_POINT(0, 1, "zero"),
                                 ROOF_POINT(1, -5, "negative"),       ROOF_POINT(NAN, 1, "nan"),
                                 ROOF_POINT(1, INFINITY, "infinite"), ROOF_POINT(5e9, 5, "far")};
    const roof_series series = {.kind = ROOF_SERIES_MARKS, .points = points, .count = 6};
    roof_figure figure = {.x = LOG, .y = LOG, .footer = "the footer", .series = &series, .series_count = 1};
    figure.x.min = 1;
    figure.x.max = 1000;
    char *script = script_of(&figure, NULL);
    assert_contains(
        script,
        "the footer  5 points not shown\\072 2 without a value\\054 2 not above zero on a log axis\\054 "
        "1 outside the axes.");
    assert_contains(script, "$series1 << EOD\n10 10\nEOD\n");
    assert_absent(script, "\"zero\"");
    assert_absent(script, "nan ");
    assert_absent(script, "inf");
    free(script);
}

static void negative_values_stay_on_a_linear_axis(void **state)
{
    (void)state;
    const roof_point points[] = {ROOF_POINT(-1, -2, NULL), ROOF_POINT(0, 3, NULL)};
    const roof_series series = {.kind = ROOF_SERIES_MARKS, .points = points, .count = 2};
    const roof_figure figure = {.series = &series, .series_count = 1};
    char *script = script_of(&figure, NULL);
    assert_contains(script, "$series1 << EOD\n-1 -2\n0 3\nEOD\n");
    assert_absent(script, "not shown");
    free(script);
}

static void a_missing_point_interrupts_a_line(void **state)
{
    (void)state;
    const roof_point points[] = {ROOF_POINT(1, 1, NULL), ROOF_POINT(2, 2, NULL), ROOF_POINT(3, NAN, NULL),
                                 ROOF_POINT(4, 4, NULL), ROOF_POINT(5, 5, NULL)};
    const roof_series series = {.points = points, .count = 5};
    const roof_figure figure = {.series = &series, .series_count = 1};
    char *script = script_of(&figure, NULL);
    assert_contains(script, "$series1 << EOD\n1 1\n2 2\n\n4 4\n5 5\nEOD\n");
    assert_contains(script, "1 point not shown\\072 1 without a value.");
    free(script);
}

static void an_interval_beyond_the_frame_reaches_the_frame(void **state)
{
    (void)state;
    const roof_point points[] = {{10, 10, 0, 0, -3, INFINITY, 0, NULL}, {20, 10, 0, 0, NAN, NAN, 0, NULL}};
    const roof_series series = {.kind = ROOF_SERIES_MARKS, .points = points, .count = 2};
    roof_figure figure = {.x = LOG, .y = LOG, .series = &series, .series_count = 1};
    figure.y.min = 1;
    figure.y.max = 100;
    char *script = script_of(&figure, NULL);
    assert_contains(script, "$interval1 << EOD\n10 1 0 99\nEOD\n");
    free(script);
}

static void an_empty_figure_says_why(void **state)
{
    (void)state;
    const roof_point bad[] = {ROOF_POINT(0, 0, "x")};
    const roof_series series = {.label = "A", .points = bad, .count = 1};
    const roof_figure figures[] = {
        {.x = LOG, .y = LOG, .empty_reason = "no peak is published"},
        {.x = LOG, .y = LOG, .series = &series, .series_count = 1, .empty_reason = "no peak is published"}};
    for (size_t i = 0; i < 2; i++) {
        char *script = script_of(&figures[i], NULL);
        assert_contains(script, "set label \"no peak is published\"");
        assert_contains(script, "\nplot NaN notitle\n");
        free(script);
    }
    const roof_figure nothing = {0};
    char *script = script_of(&nothing, NULL);
    assert_contains(script, "set label \"there is nothing to draw\"");
    free(script);
}

static void impossible_figures_are_refused(void **state)
{
    (void)state;
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_error error;
    roof_figure figure = {.width = 100000};
    assert_int_equal(roof_script_write(&figure, NULL, &out, &error), ROOF_INVALID);
    assert_contains(error.message, "8192");
    figure.width = -1;
    assert_int_equal(roof_script_write(&figure, NULL, &out, NULL), ROOF_INVALID);
    const roof_series series = {.count = 3};
    figure = (roof_figure){.series = &series, .series_count = 1};
    assert_int_equal(roof_script_write(&figure, NULL, &out, &error), ROOF_INVALID);
    assert_int_equal(out.length, 0);
    roof_buffer_free(&out);
}

/* ---- axes ---- */
static void view_of(roof_view *view, const roof_figure *figure, roof_terminal terminal, roof_arena *arena)
{
    static roof_script_options options; /* the view borrows it */
    options = (roof_script_options){.terminal = terminal};
    roof_error error;
    if (roof_view_make(view, figure, &options, arena, &error) != ROOF_OK) fail_msg("%s", error.message);
}

static void assert_tick(const roof_axis_view *axis, double position, const char *label)
{
    for (size_t i = 0; i < axis->tick_count; i++)
        if (!axis->ticks[i].minor && fabs(axis->ticks[i].position - position) <= 1e-9 * fabs(position)) {
            assert_string_equal(axis->ticks[i].label, label);
            return;
        }
    fail_msg("no tick at %g", position);
}

static void ticks_read_as_people_write(void **state)
{
    (void)state;
    roof_arena arena = ROOF_ARENA_EMPTY;
    roof_view view;
    roof_figure figure = {
        .x = {.scale = ROOF_SCALE_LOG, .min = 0.01, .max = 1e5, .unit = "op/B"},
        .y = {.scale = ROOF_SCALE_LOG, .min = 1e9, .max = 1e16, .unit = "OPS", .ticks = ROOF_TICKS_SI}};
    view_of(&view, &figure, ROOF_TERMINAL_SVG, &arena);
    assert_tick(&view.x, 0.01, "0.01");
    assert_tick(&view.x, 1000, "1000");
    assert_tick(&view.y, 1e9, "1 GOPS");
    assert_tick(&view.y, 1e13, "10 TOPS");
    assert_tick(&view.y, 1e16, "10 POPS");
    figure.y = (roof_axis){.unit = "s", .min = 0, .max = 2e-5, .ticks = ROOF_TICKS_SI};
    view_of(&view, &figure, ROOF_TERMINAL_SVG, &arena);
    assert_tick(&view.y, 1e-5, "10 \xC2\xB5s");
    assert_tick(&view.y, 0, "0 s");
    roof_arena_free(&arena);
}

static void found_ranges_hold_the_data(void **state)
{
    (void)state;
    const double pairs[][2] = {{1, 1},   {3, 7000}, {1e-9, 1e20},    {5, 5.0000001}, {1e-308, 1e308},
                               {-4, 17}, {0, 0},    {-1e300, 1e300}, {0.999, 1},     {-7, -3}};
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        for (int log = 0; log < 2; log++) {
            if (log && pairs[i][0] <= 0) continue;
            roof_axis axis = {.scale = log ? ROOF_SCALE_LOG : ROOF_SCALE_LINEAR};
            const roof_point points[] = {ROOF_POINT(1, pairs[i][0], NULL), ROOF_POINT(2, pairs[i][1], NULL)};
            const roof_series series = {.kind = ROOF_SERIES_MARKS, .points = points, .count = 2};
            const roof_figure figure = {.y = axis, .series = &series, .series_count = 1};
            roof_arena arena = ROOF_ARENA_EMPTY;
            roof_view view;
            view_of(&view, &figure, ROOF_TERMINAL_SVG, &arena);
            assert_true(isfinite(view.y.min) && isfinite(view.y.max) && view.y.min < view.y.max);
            if (fabs(pairs[i][1]) < 1e300) assert_int_equal(view.shown, 2);
            assert_true(view.y.tick_count >= 1 && view.y.tick_count <= ROOF_TICK_LIMIT);
            roof_arena_free(&arena);
        }
}

/* ---- places of words ---- */
static roof_box box_of(const roof_view *view, const roof_placed *p)
{
    double width = roof_plot_text_width(view->cells, p->size, p->text);
    double height = roof_plot_line_height(view->cells, p->size) - (view->cells ? 0.2 : 4);
    double left = p->align == ROOF_ALIGN_LEFT    ? p->x
                  : p->align == ROOF_ALIGN_RIGHT ? p->x - width
                                                 : p->x - width / 2;
    roof_box box = {left, p->y - height / 2, left + width, p->y + height / 2};
    return box;
}

static bool overlap(roof_box a, roof_box b)
{
    return a.x0 < b.x1 - 0.2 && b.x0 < a.x1 - 0.2 && a.y0 < b.y1 - 0.2 && b.y0 < a.y1 - 0.2;
}

static void assert_apart(const roof_view *view)
{
    for (size_t i = 0; i < view->placed_count; i++) {
        roof_box a = box_of(view, &view->placed[i]);
        double slack = view->cells ? 1.5 : 1; /* a text terminal's frame is itself made of cells */
        assert_true(a.x0 >= view->frame.x0 - slack && a.x1 <= view->frame.x1 + slack);
        assert_true(a.y0 >= view->frame.y0 - slack && a.y1 <= view->frame.y1 + slack);
        if (view->legend != ROOF_LEGEND_NONE) assert_false(overlap(a, view->legend_box));
        for (size_t j = 0; j < i; j++) {
            if (overlap(a, box_of(view, &view->placed[j])))
                fail_msg("\"%s\" is on top of \"%s\"", view->placed[i].text, view->placed[j].text);
        }
    }
}

static void labels_keep_apart_and_inside(void **state)
{
    (void)state;
    enum { COUNT = 30 };
    unsigned long random = 1;
    for (int round = 0; round < 20; round++) {
        roof_point points[COUNT];
        char names[COUNT][24];
        for (int i = 0; i < COUNT; i++) {
            double place[2];
            for (int k = 0; k < 2; k++) {
                random = random * 6364136223846793005UL + 1442695040888963407UL;
                place[k] = (double)(random >> 40) / (double)(1UL << 24);
            }
            snprintf(names[i], sizeof names[i], i % 4 ? "chip %d" : "a longer name %d", i);
            double spread = round % 2 ? 0.4 : 1; /* crowded in every second round */
            points[i] = (roof_point){.x = pow(10, 3 * place[0] * spread),
                                     .y = pow(10, 12 + 3 * place[1] * spread),
                                     .label = names[i]};
        }
        const roof_series series = {
            .label = "chips", .kind = ROOF_SERIES_MARKS, .points = points, .count = COUNT};
        roof_figure figure = {.x = LOG, .y = LOG, .series = &series, .series_count = 1};
        figure.x.min = 0.5, figure.x.max = 2000, figure.y.min = 5e11, figure.y.max = 2e15;
        roof_arena arena = ROOF_ARENA_EMPTY;
        roof_view view;
        view_of(&view, &figure, ROOF_TERMINAL_SVG, &arena);
        assert_int_equal(view.shown, COUNT);
        assert_int_equal(view.placed_count + view.omitted.labels, COUNT);
        if (round % 2 == 0) assert_int_equal(view.omitted.labels, 0);
        assert_apart(&view);
        view_of(&view, &figure, ROOF_TERMINAL_DUMB, &arena);
        assert_apart(&view);
        roof_arena_free(&arena);
    }
}

static void labels_without_room_are_counted(void **state)
{
    (void)state;
    enum { COUNT = 400 };
    roof_point *points = calloc(COUNT, sizeof *points);
    for (int i = 0; i < COUNT; i++) points[i] = (roof_point){.x = 1, .y = 1, .label = "the very same place"};
    const roof_series series = {.kind = ROOF_SERIES_MARKS, .points = points, .count = COUNT};
    const roof_figure figure = {.series = &series, .series_count = 1};
    char *script = script_of(&figure, NULL);
    assert_contains(script, " labels without room.");
    free(script);
    free(points);
}

static void anything_at_any_size_is_laid_out(void **state)
{
    (void)state;
    const int sizes[][2] = {{1, 1}, {240, 160}, {8192, 1}, {300, 2000}, {8192, 8192}};
    char long_text[2001];
    memset(long_text, 'W', 2000);
    long_text[2000] = '\0';
    const roof_point points[] = {{3, 4, 1, 5, 2, 6, 0.5, long_text}, {5, 2, 4, 6, 1, 3, 2, "b"}};
    for (int kind = ROOF_SERIES_LINE; kind <= ROOF_SERIES_TEXT; kind++)
        for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
            for (int terminal = ROOF_TERMINAL_SVG; terminal <= ROOF_TERMINAL_DUMB; terminal++) {
                const roof_series series = {.label = long_text,
                                            .kind = (roof_series_kind)kind,
                                            .color = -7,
                                            .dash = 77,
                                            .mark = 99,
                                            .pattern = 55,
                                            .points = points,
                                            .count = 2};
                const roof_figure figure = {.title = long_text,
                                            .footer = long_text,
                                            .width = sizes[i][0],
                                            .height = sizes[i][1],
                                            .x = {.label = long_text},
                                            .y = {.label = long_text},
                                            .series = &series,
                                            .series_count = 1};
                roof_arena arena = ROOF_ARENA_EMPTY;
                roof_view view;
                view_of(&view, &figure, (roof_terminal)terminal, &arena);
                assert_true(view.frame.x0 < view.frame.x1 && view.frame.y0 < view.frame.y1);
                roof_arena_free(&arena);
            }
}

static void the_shipped_style_is_only_style(void **state)
{
    (void)state;
    char *style = NULL;
    size_t length = 0;
    if (roof_file_read("plots/roofline.gp", ROOF_FILE_LIMIT, &style, &length, NULL) != ROOF_OK) skip();
    assert_absent(style, "plot ");
    assert_absent(style, "system");
    assert_absent(style, "`");
    assert_absent(style, "EOD");
    free(style);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_small_figure_is_this_script),
        cmocka_unit_test(terminals_get_their_own_line),
        cmocka_unit_test(a_comma_locale_changes_nothing),
        cmocka_unit_test(points_without_a_place_are_counted),
        cmocka_unit_test(negative_values_stay_on_a_linear_axis),
        cmocka_unit_test(a_missing_point_interrupts_a_line),
        cmocka_unit_test(an_interval_beyond_the_frame_reaches_the_frame),
        cmocka_unit_test(an_empty_figure_says_why),
        cmocka_unit_test(impossible_figures_are_refused),
        cmocka_unit_test(ticks_read_as_people_write),
        cmocka_unit_test(found_ranges_hold_the_data),
        cmocka_unit_test(labels_keep_apart_and_inside),
        cmocka_unit_test(labels_without_room_are_counted),
        cmocka_unit_test(anything_at_any_size_is_laid_out),
        cmocka_unit_test(the_shipped_style_is_only_style),
    };
    return RUN_TESTS(tests);
}
