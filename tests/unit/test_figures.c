/* What each figure shows of chips whose values are known: places, colours, shapes, hollow marks, fronts, and
 * what is said of those not shown. */
#include "assert_close.h"
#include "chiproof/figures/figures.h"
#include "run_text.h"

#define POWER(watts) ", \"power\": {\"tdp\": " Q(watts, "W") "}"
#define POWER_UNVERIFIED(watts) \
    ", \"power\": {\"tdp\": {\"value\": " watts ", \"unit\": \"W\", \"claim\": \"unverified\"}}"
#define SRAM ", \"sram\": {\"capacity\": " Q("1", "GB") "}"
#define DRAM(capacity, bandwidth) \
    ", \"dram\": {\"capacity\": " Q(capacity, "GB") ", \"bandwidth\": " Q(bandwidth, "GB/s") "}"
#define DATE(date) ", \"announced\": {\"value\": \"" date "\", \"claim\": \"vendor\", \"source\": \"s1\"}"
#define CHIP(tops, rest) SPEC("\"peak\": [" PEAK(tops, "int8") "]" rest)

enum { MOST = 8 };
typedef struct drawn {
    roof_chip *chips[MOST];
    size_t count;
    roof_workload *workload;
    roof_drawn_figure *kept;
    const roof_figure *figure;
} drawn;

/* The chips are called a, b, c... in the order given; the list ends with NULL. */
static drawn draw(const char *name, const char *const *specs, const char *x, const char *y)
{
    static const char *const ids[MOST] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    drawn d = {.workload = workload_of(GEMM("10", "1000", "1000"))};
    for (; specs[d.count]; d.count++) {
        d.chips[d.count] = derived_chip_of(specs[d.count]);
        d.chips[d.count]->id = d.chips[d.count]->name = ids[d.count];
    }
    const roof_figure_kind *kind = roof_figure_kind_find(name);
    assert_non_null(kind);
    bool all = kind->takes & ROOF_TAKES_CATALOGUE;
    const roof_chip *const *chips = (const roof_chip *const *)d.chips;
    roof_event event = {d.workload, {.phase = ROOF_PHASE_WHOLE}};
    roof_figure_request request = {.chips = all ? NULL : chips,
                                   .chip_count = all ? 0 : d.count,
                                   .catalogue = chips,
                                   .catalogue_count = d.count,
                                   .events = &event,
                                   .event_count = 1,
                                   .x = x,
                                   .y = y,
                                   .footer = "The footer."};
    roof_error error;
    if (kind->make(&request, &d.kept, &error) != ROOF_OK) fail_msg("%s", error.message);
    d.figure = roof_drawn_figure_of(d.kept);
    return d;
}

static void end(drawn *d)
{
    roof_drawn_figure_free(d->kept);
    roof_workload_free(d->workload);
    for (size_t i = 0; i < d->count; i++) roof_chip_free(d->chips[i]);
}

/* The point of that label, and its series. */
static const roof_point *point_of(const drawn *d, const char *label, const roof_series **series)
{
    for (size_t s = 0; s < d->figure->series_count; s++)
        for (size_t i = 0; i < d->figure->series[s].count; i++) {
            const roof_point *point = &d->figure->series[s].points[i];
            if (!point->label || strcmp(point->label, label) != 0) continue;
            if (series) *series = &d->figure->series[s];
            return point;
        }
    fail_msg("no point called %s", label);
    return NULL;
}

static void peaks_stand_over_power_and_doubt_is_hollow(void **state)
{
    (void)state;
    drawn d = draw("efficiency",
                   (const char *const[]){CHIP("100", POWER("50")), CHIP("200", POWER_UNVERIFIED("20")),
                                         CHIP("10", ""), SPEC("\"clock\": " Q("1", "GHz") POWER("5")), NULL},
                   NULL, NULL);
    const roof_series *series = NULL;
    const roof_point *point = point_of(&d, "a", &series);
    assert_close(point->x, 50, 1e-12);
    assert_close(point->y, 1e14, 1e-12);
    assert_int_equal(series->kind, ROOF_SERIES_MARKS);
    assert_int_equal(series->mark, ROOF_MARK_CIRCLE);
    point_of(&d, "b", &series);
    assert_int_equal(series->kind, ROOF_SERIES_HOLLOW_MARKS);
    assert_contains(d.figure->footer, "1 chip not shown: no dense int8 peak published.");
    assert_contains(d.figure->footer, "1 chip not shown: no power published.");
    assert_contains(d.figure->footer, "The footer.");
    assert_true(d.figure->x.min <= 20 && d.figure->x.max >= 50);
    /* 2 and 10 TOPS/W lie between the lines of 1 and of 10 TOPS/W. */
    assert_non_null(point_of(&d, "1.00 TOPS/W", NULL));
    assert_non_null(point_of(&d, "10.0 TOPS/W", NULL));
    end(&d);
}

static void dates_become_parts_of_years(void **state)
{
    (void)state;
    drawn d = draw("timeline",
                   (const char *const[]){CHIP("1", DATE("2020")), CHIP("2", DATE("2020-H2")),
                                         CHIP("3", DATE("2021-Q1")), CHIP("4", DATE("2022-07")),
                                         CHIP("5", ""), NULL},
                   NULL, NULL);
    assert_close(point_of(&d, "a", NULL)->x, 2020.5, 1e-12);
    assert_close(point_of(&d, "b", NULL)->x, 2020.75, 1e-12);
    assert_close(point_of(&d, "c", NULL)->x, 2021.125, 1e-12);
    assert_close(point_of(&d, "d", NULL)->x, 2022 + 6.5 / 12, 1e-12);
    assert_contains(d.figure->footer, "1 chip not shown: no date published.");
    end(&d);
}

/* 16 GB at 160 GB/s are read in 100 ms. */
static void memories_stand_at_capacity_and_bandwidth(void **state)
{
    (void)state;
    drawn d = draw("memory", (const char *const[]){CHIP("1", DRAM("16", "160")), CHIP("1", SRAM), NULL}, NULL,
                   NULL);
    const roof_series *series = NULL;
    const roof_point *point = point_of(&d, "a", &series);
    assert_close(point->x, 16e9, 1e-12);
    assert_close(point->y, 160e9, 1e-12);
    assert_int_equal(series->mark, ROOF_MARK_CIRCLE);
    const roof_point *line = point_of(&d, "100 ms", NULL);
    assert_close(line->x / line->y, 0.1, 1e-12);
    assert_contains(d.figure->footer, "on-chip memory of 2, external of 1");
    end(&d);
}

/* b gives more for less than a; c less for less; d more for more; e the same as d for more. */
static void the_front_is_of_those_that_none_outdoes(void **state)
{
    (void)state;
    drawn d = draw("pareto",
                   (const char *const[]){CHIP("100", SRAM POWER("50")), CHIP("200", SRAM POWER("20")),
                                         CHIP("10", SRAM POWER("5")), CHIP("400", SRAM POWER("90")),
                                         CHIP("400", SRAM POWER("95")), CHIP("900", SRAM), NULL},
                   "tdp", "peak.int8");
    const roof_series *front = &d.figure->series[0];
    assert_int_equal(front->kind, ROOF_SERIES_LINE);
    const double x[] = {5, 20, 20, 90, 90}, y[] = {10e12, 10e12, 200e12, 200e12, 400e12};
    assert_int_equal(front->count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_close(front->points[i].x, x[i], 1e-12);
        assert_close(front->points[i].y, y[i], 1e-12);
    }
    assert_contains(d.figure->footer, "1 chip not shown");
    end(&d);
}

/* 2e7 op at 100 and 50 TOPS: 5e6 and 2.5e6 a second, so 100 % and 50 %. */
static void bars_are_parts_of_the_fastest(void **state)
{
    (void)state;
    drawn d = draw("compare",
                   (const char *const[]){CHIP("100", SRAM), CHIP("50", SRAM),
                                         SPEC("\"peak\": [" PEAK("7", "fp64") "]" SRAM), NULL},
                   NULL, NULL);
    assert_int_equal(d.figure->series_count, 3);
    /* int8 and fp64 have nothing in common: each runs at its own. */
    assert_close(d.figure->series[0].points[0].x, 100, 1e-9);
    assert_close(d.figure->series[1].points[0].x, 50, 1e-9);
    assert_string_equal(d.figure->series[0].points[0].label, "5,000,000/s, compute");
    assert_true(d.figure->series[0].points[0].y > d.figure->series[1].points[0].y);
    end(&d);
}

/* Half of the 1 MB of weights is read outside for each pass: in 0.5 ms at 1 GB/s. The arithmetic takes 0.2 us
 * for each of the batch at 100 TOPS, 2 us at 10 TOPS: so the slower chip with the faster memory is ahead
 * until its 2 us x 250 are 0.5 ms. */
static void curves_cross_where_the_lead_changes(void **state)
{
    (void)state;
#define OUTSIDE(bandwidth) ", \"sram\": {\"capacity\": " Q("0.5", "MB") "}" DRAM("1", bandwidth)
    drawn d =
        draw("batch", (const char *const[]){CHIP("100", OUTSIDE("1")), CHIP("10", OUTSIDE("100")), NULL},
             NULL, NULL);
    const roof_series *crossing = &d.figure->series[d.figure->series_count - 1];
    assert_int_equal(crossing->kind, ROOF_SERIES_HOLLOW_MARKS);
    assert_int_equal(crossing->count, 1);
    assert_string_equal(crossing->points[0].label, "from batch 251");
    const roof_series *first = &d.figure->series[0], *second = &d.figure->series[1];
    assert_true(first->points[0].y < second->points[0].y);
    assert_true(first->points[first->count - 1].y > second->points[second->count - 1].y);
    end(&d);
}

/* Zeros are skipped by the one that says so: four times as fast with a quarter of the weights, but no more
 * than the 4x it publishes; the other one stays where it is. */
static void zeros_are_skipped_by_those_that_say_so(void **state)
{
    (void)state;
    drawn d = draw(
        "sparsity",
        (const char *const[]){CHIP("100", SRAM ", \"sparsity\": {\"kind\": {\"value\": \"unstructured\", "
                                               "\"claim\": \"vendor\", \"source\": \"s1\"}, "
                                               "\"max_ratio\": " Q("4", "x") "}"),
                              CHIP("100", SRAM), NULL},
        NULL, NULL);
    const roof_series *skips = &d.figure->series[0], *dense = &d.figure->series[1];
    assert_close(skips->points[0].y, 5e6, 1e-9);
    assert_close(skips->points[skips->count - 1].y, 2e7, 1e-9);
    assert_close(skips->points[skips->count - 1].x, 32, 1e-9);
    assert_close(dense->points[dense->count - 1].y, 5e6, 1e-9);
    end(&d);
}

/* The arithmetic binds: a tenth less or more of the peak is a tenth less or more of the answer, and nothing
 * else moves it. */
static void a_tornado_has_a_bar_for_what_binds(void **state)
{
    (void)state;
    drawn d = draw("sensitivity", (const char *const[]){CHIP("100", SRAM), NULL}, NULL, NULL);
    const roof_series *series = NULL;
    const roof_point *more = point_of(&d, "+10.0 %", &series);
    assert_int_equal(series->kind, ROOF_SERIES_ROWS);
    assert_int_equal(series->count, 1);
    assert_close(more->x, 10, 1e-9);
    assert_close(point_of(&d, "-10.0 %", NULL)->x, -10, 1e-9);
    assert_contains(d.figure->y.names[0].label, "peak.int8.dense 100 TOPS");
    end(&d);
}

/* Two chips do not make one pass of one batch shorter than twice as short, whatever the plan. */
static void no_plan_is_above_the_ideal(void **state)
{
    (void)state;
    drawn d = draw("scaling", (const char *const[]){CHIP("100", SRAM), NULL}, NULL, NULL);
    assert_int_equal(d.figure->series_count, 4);
    const roof_series *ideal = &d.figure->series[3];
    assert_string_equal(ideal->label, "ideal sharing");
    for (size_t s = 0; s < 3; s++)
        for (size_t i = 0; i < ideal->count; i++)
            assert_true(d.figure->series[s].points[i].y <= ideal->points[i].y * (1 + 1e-9));
    assert_close(ideal->points[ideal->count - 1].y, 64 * 5e6, 1e-9);
    end(&d);
}

static void a_breakdown_names_the_bound(void **state)
{
    (void)state;
    drawn d = draw("breakdown", (const char *const[]){CHIP("100", SRAM), NULL}, NULL, NULL);
    /* 2e7 op / 1e14 op/s */
    const roof_point *bar = point_of(&d, "200 ns, the bound", NULL);
    assert_close(bar->x, 2e-7, 1e-9);
    assert_non_null(point_of(&d, "not published", NULL));
    end(&d);
}

static void coverage_of_few_chips_shows_who_claims_what(void **state)
{
    (void)state;
    drawn d =
        draw("coverage", (const char *const[]){CHIP("100", POWER_UNVERIFIED("5")), CHIP("100", ""), NULL},
             NULL, NULL);
    const roof_series *cells = &d.figure->series[0];
    assert_int_equal(cells->kind, ROOF_SERIES_CELLS);
    assert_string_equal(cells->points[0].label, "v");
    assert_close(cells->points[0].shade, 1, 1e-12);
    assert_close(point_of(&d, "?", NULL)->shade, 0.25, 1e-12);
    end(&d);
}

static void an_axis_that_is_none_is_refused(void **state)
{
    (void)state;
    roof_workload *workload = workload_of(GEMM("1", "8", "8"));
    roof_event event = {workload, {.batch = 1}};
    roof_figure_request request = {.events = &event, .event_count = 1, .x = "vendor"};
    roof_drawn_figure *kept = NULL;
    roof_error error;
    assert_int_equal(roof_figure_kind_find("pareto")->make(&request, &kept, &error), ROOF_INVALID);
    assert_null(kept);
    assert_contains(error.message, "vendor");
    roof_workload_free(workload);
}

static void every_figure_of_nothing_has_its_frame(void **state)
{
    (void)state;
    size_t count = 0;
    const roof_figure_kind *kinds = roof_figure_kinds(&count);
    roof_workload *workload = workload_of(GEMM("1", "8", "8"));
    roof_event event = {workload, {.batch = 1}};
    for (size_t i = 0; i < count; i++) {
        roof_figure_request request = {.events = &event, .event_count = 1, .footer = "f"};
        roof_drawn_figure *kept = NULL;
        assert_ptr_equal(roof_figure_kind_find(kinds[i].name), &kinds[i]);
        roof_code code = kinds[i].make(&request, &kept, NULL);
        if (code != ROOF_OK) { /* of nothing there is no tornado */
            assert_int_equal(code, ROOF_INVALID);
            assert_null(kept);
            continue;
        }
        assert_non_null(roof_drawn_figure_of(kept)->empty_reason);
        roof_drawn_figure_free(kept);
    }
    roof_workload_free(workload);
    assert_null(roof_figure_kind_find("skyline"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(peaks_stand_over_power_and_doubt_is_hollow),
        cmocka_unit_test(dates_become_parts_of_years),
        cmocka_unit_test(memories_stand_at_capacity_and_bandwidth),
        cmocka_unit_test(the_front_is_of_those_that_none_outdoes),
        cmocka_unit_test(bars_are_parts_of_the_fastest),
        cmocka_unit_test(curves_cross_where_the_lead_changes),
        cmocka_unit_test(zeros_are_skipped_by_those_that_say_so),
        cmocka_unit_test(a_tornado_has_a_bar_for_what_binds),
        cmocka_unit_test(no_plan_is_above_the_ideal),
        cmocka_unit_test(a_breakdown_names_the_bound),
        cmocka_unit_test(coverage_of_few_chips_shows_who_claims_what),
        cmocka_unit_test(an_axis_that_is_none_is_refused),
        cmocka_unit_test(every_figure_of_nothing_has_its_frame),
    };
    return RUN_TESTS(tests);
}
