/* The roofline figure: which roofs, ridge points and networks it shows of chips whose figures are known. */
#include "assert_close.h"
#include "chiproof/figures/roofline.h"
#include "run_text.h"

/* 100 TOPS over 10 GB/s: the ridge point is 10,000 op/B. The weights of 10,000 tokens x 1000 x 1000 stay
 * outside. */
#define CHIP(peaks, bandwidth) \
    SPEC("\"peak\": [" peaks "], \"sram\": {\"capacity\": " Q("1", "kB") "}, \"dram\": {\"capacity\": " Q( \
        "1", "GB") ", \"bandwidth\": " Q(bandwidth, "GB/s") "}")
#define SPARSE(value) \
    "{\"value\": " value ", \"unit\": \"TOPS\", \"precision\": \"int8\", \"sparsity\": {\"kind\": \"2:4\", " \
    "\"ratio\": 2}, \"claim\": \"vendor\", \"source\": \"s1\"}"
#define NO_PEAK SPEC("\"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("10", "GB/s") "}")

enum { MOST = 6 };
typedef struct drawn {
    roof_chip *chips[MOST];
    roof_workload *workload;
    roof_prediction predictions[MOST];
    size_t count;
    roof_drawn_figure *kept;
    const roof_figure *figure;
} drawn;

static drawn draw(const char *const *specs, size_t count, const char *network)
{
    drawn d = {.workload = workload_of(network), .count = count};
    for (size_t i = 0; i < count; i++) {
        d.chips[i] = derived_chip_of(specs[i]);
        roof_predict(d.chips[i], d.workload, &(roof_request){0}, &d.predictions[i]);
    }
    assert_int_equal(roof_roofline_figure(NULL, d.predictions, count, 1, "The footer.", &d.kept, NULL),
                     ROOF_OK);
    d.figure = roof_drawn_figure_of(d.kept);
    return d;
}

static void end(drawn *d)
{
    roof_drawn_figure_free(d->kept);
    for (size_t i = 0; i < d->count; i++) {
        roof_prediction_free(&d->predictions[i]);
        roof_chip_free(d->chips[i]);
    }
    roof_workload_free(d->workload);
}

/* The n-th series of that kind, counted from 0; NULL if there are fewer. */
static const roof_series *series_of(const drawn *d, roof_series_kind kind, size_t n)
{
    for (size_t i = 0; i < d->figure->series_count; i++)
        if (d->figure->series[i].kind == kind && n-- == 0) return &d->figure->series[i];
    return NULL;
}

static size_t count_labels(const drawn *d, const char *label)
{
    size_t count = 0;
    for (size_t s = 0; s < d->figure->series_count; s++)
        for (size_t i = 0; i < d->figure->series[s].count; i++) {
            const char *text = d->figure->series[s].points[i].label;
            count += text && strcmp(text, label) == 0;
        }
    return count;
}

static void a_roof_meets_its_slope_at_the_ridge(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10")}, 1, GEMM("10", "1000", "1000"));
    assert_string_equal(d.figure->title, "Roofline: X");
    assert_string_equal(d.figure->subtitle, "int8, batch 1");
    assert_contains(d.figure->footer, "The footer.");
    const roof_series *flat = series_of(&d, ROOF_SERIES_LINE, 0), *slope = series_of(&d, ROOF_SERIES_LINE, 1);
    const roof_series *ridge = series_of(&d, ROOF_SERIES_HOLLOW_MARKS, 0);
    assert_int_equal(flat->dash, ROOF_DASH_SOLID);
    assert_close(flat->points[0].x, 1e4, 1e-12);
    assert_close(flat->points[0].y, 1e14, 1e-12);
    assert_string_equal(flat->points[1].label, "X dense 100 TOPS");
    assert_close(slope->points[0].y / slope->points[0].x, 1e10, 1e-12);
    assert_close(slope->points[1].x, 1e4, 1e-12);
    assert_close(slope->points[1].y, 1e14, 1e-12);
    assert_string_equal(slope->points[0].label, "DRAM 10.0 GB/s");
    assert_int_equal(ridge->count, 1);
    assert_close(ridge->points[0].x, 1e4, 1e-12);
    assert_string_equal(ridge->points[0].label, "10,000 op/B");
    end(&d);
}

/* 2 x 10 x 1000 x 1000 op over 999,000 bytes of weights (1 kB stays): far left of the ridge, on the slope. */
static void a_network_lies_on_the_roof_that_holds_it(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10")}, 1, GEMM("10", "1000", "1000"));
    const roof_series *marks = series_of(&d, ROOF_SERIES_MARKS, 0);
    assert_int_equal(marks->count, 1);
    assert_close(marks->points[0].y / marks->points[0].x, 1e10, 1e-9);
    assert_string_equal(marks->points[0].label, "w");
    assert_true(marks->points[0].x > d.figure->x.min && marks->points[0].y > d.figure->y.min);
    end(&d);
}

static void a_sparse_peak_is_dashed_and_the_slope_goes_up_to_it(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8") ", " SPARSE("200"), "10")}, 1,
                   GEMM("10", "1000", "1000"));
    const roof_series *sparse = series_of(&d, ROOF_SERIES_LINE, 1),
                      *slope = series_of(&d, ROOF_SERIES_LINE, 2);
    assert_int_equal(sparse->dash, ROOF_DASH_DASHED);
    assert_null(sparse->label);
    assert_close(sparse->points[0].y, 2e14, 1e-12);
    assert_string_equal(sparse->points[1].label, "sparse 2:4 200 TOPS");
    assert_close(slope->points[1].y, 2e14, 1e-12);
    assert_contains(d.figure->footer, "sparse (dashed)");
    end(&d);
}

/* The same bandwidth under peaks of 100 and 10 TOPS: in common up to 10 TOPS, the rest is the first chip's.
 */
static void a_shared_slope_is_drawn_and_named_once(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10"), CHIP(PEAK("10", "int8"), "10")}, 2,
                   GEMM("10", "1000", "1000"));
    const roof_series *shared = series_of(&d, ROOF_SERIES_LINE, 1),
                      *rest = series_of(&d, ROOF_SERIES_LINE, 2);
    assert_int_equal(shared->color, ROOF_COLOR_INK);
    assert_close(shared->points[1].y, 1e13, 1e-12);
    assert_string_equal(shared->points[0].label, "DRAM 10.0 GB/s (both)");
    assert_int_equal(rest->color, 0);
    assert_close(rest->points[0].y, 1e13, 1e-12);
    assert_close(rest->points[1].y, 1e14, 1e-12);
    assert_null(rest->points[0].label);
    assert_null(series_of(&d, ROOF_SERIES_LINE, 4)); /* two roofs and two parts */
    end(&d);
}

static void networks_at_one_place_share_a_label(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10"), CHIP(PEAK("10", "int8"), "10")}, 2,
                   GEMM("10", "1000", "1000"));
    assert_int_equal(count_labels(&d, "w"), 0);
    assert_int_equal(count_labels(&d, "w (both)"), 1);
    end(&d);
}

static void equal_peaks_are_both_seen(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10"), CHIP(PEAK("100", "int8"), "1")}, 2,
                   GEMM("10", "1000", "1000"));
    const roof_series *first = series_of(&d, ROOF_SERIES_LINE, 0),
                      *second = series_of(&d, ROOF_SERIES_LINE, 2);
    assert_close(first->points[0].y, second->points[0].y, 1e-12);
    assert_true(second->thickness < first->thickness / 2);
    end(&d);
}

/* 100,000 tokens make 200,000 op of each weight byte read: right of 50 times a ridge point of 1 op/B. */
static void a_network_beyond_the_frame_is_shown_at_its_edge(void **state)
{
    (void)state;
    drawn d =
        draw((const char *const[]){CHIP(PEAK("0.01", "int8"), "10")}, 1, POINTWISE("100000", "1000", "1000"));
    const roof_point *point = &series_of(&d, ROOF_SERIES_MARKS, 0)->points[0];
    assert_true(point->x < d.figure->x.max && point->x > d.figure->x.max * 0.8);
    assert_contains(point->label, "w (at ");
    assert_contains(point->label, " op/B)");
    end(&d);
}

static void what_cannot_be_drawn_is_told(void **state)
{
    (void)state;
    drawn d =
        draw((const char *const[]){CHIP(PEAK("100", "int8"), "10"), NO_PEAK}, 2, GEMM("10", "1000", "1000"));
    assert_contains(d.figure->subtitle, "1 of 2 runs refused");
    assert_contains(d.figure->subtitle, "no usable peak: X");
    assert_null(series_of(&d, ROOF_SERIES_MARKS, 1));
    end(&d);
    d = draw((const char *const[]){NO_PEAK}, 1, GEMM("10", "1000", "1000"));
    assert_int_equal(d.figure->series_count, 0);
    assert_non_null(d.figure->empty_reason);
    assert_true(d.figure->x.min > 0 && d.figure->x.min < d.figure->x.max);
    end(&d);
}

static void nothing_asked_is_an_empty_figure(void **state)
{
    (void)state;
    roof_drawn_figure *kept = NULL;
    assert_int_equal(roof_roofline_figure(NULL, NULL, 0, 0, NULL, &kept, NULL), ROOF_OK);
    assert_int_equal(roof_drawn_figure_of(kept)->series_count, 0);
    assert_non_null(roof_drawn_figure_of(kept)->empty_reason);
    roof_drawn_figure_free(kept);
    roof_drawn_figure_free(NULL);
}

/* Five chips, each with its own roofs: the network is named once, where it is fastest, and peaks move to the
 * legend. */
static void many_chips_are_drawn_with_fewer_words(void **state)
{
    (void)state;
    drawn d = draw((const char *const[]){CHIP(PEAK("100", "int8"), "10"), CHIP(PEAK("200", "int8"), "20"),
                                         CHIP(PEAK("300", "int8"), "90"), CHIP(PEAK("400", "int8"), "40"),
                                         CHIP(PEAK("500", "int8") ", " SPARSE("1000"), "50")},
                   5, GEMM("10", "1000", "1000"));
    assert_string_equal(d.figure->title, "Rooflines of 5 chips");
    assert_int_equal(count_labels(&d, "w"), 1);
    assert_non_null(series_of(&d, ROOF_SERIES_MARKS, 2)->points[0].label);
    assert_string_equal(series_of(&d, ROOF_SERIES_LINE, 0)->label, "X 100 TOPS");
    assert_null(series_of(&d, ROOF_SERIES_HOLLOW_MARKS, 0)->points[0].label);
    for (size_t i = 0; i < d.figure->series_count; i++)
        assert_int_not_equal(d.figure->series[i].dash, ROOF_DASH_DASHED);
    assert_contains(d.figure->footer, "sparse peaks are left out");
    end(&d);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_roof_meets_its_slope_at_the_ridge),
        cmocka_unit_test(a_network_lies_on_the_roof_that_holds_it),
        cmocka_unit_test(a_sparse_peak_is_dashed_and_the_slope_goes_up_to_it),
        cmocka_unit_test(a_shared_slope_is_drawn_and_named_once),
        cmocka_unit_test(networks_at_one_place_share_a_label),
        cmocka_unit_test(equal_peaks_are_both_seen),
        cmocka_unit_test(a_network_beyond_the_frame_is_shown_at_its_edge),
        cmocka_unit_test(what_cannot_be_drawn_is_told),
        cmocka_unit_test(nothing_asked_is_an_empty_figure),
        cmocka_unit_test(many_chips_are_drawn_with_fewer_words),
    };
    return RUN_TESTS(tests);
}
