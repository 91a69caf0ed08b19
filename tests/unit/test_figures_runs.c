/* What figures of runs show beside the bound: bands, intervals, published results, scores, energies, and
 * which chip is ahead; held against the layers that they are made from, or worked by hand. */
#include "assert_close.h"
#include "chiproof/figures/figures.h"
#include "run_text.h"

#define SRAM ", \"sram\": {\"capacity\": " Q("1", "GB") "}"
#define CHIP(tops, rest) SPEC("\"peak\": [" PEAK(tops, "int8") "]" SRAM rest)
#define SEVEN_NM ", \"process\": {\"node\": " Q("7", "nm") "}"
#define SKIPS \
    ", \"sparsity\": {\"kind\": {\"value\": \"unstructured\", \"claim\": \"vendor\", \"source\": \"s1\"}, " \
    "\"max_ratio\": " Q("32", "x") "}"

static roof_drawn_figure *make(const char *name, const roof_figure_request *request)
{
    roof_drawn_figure *kept = NULL;
    roof_error error = {0};
    if (roof_figure_kind_find(name)->make(request, &kept, &error) != ROOF_OK) fail_msg("%s", error.message);
    return kept;
}

static const roof_series *series_of(const roof_figure *figure, roof_series_kind kind, size_t which)
{
    for (size_t s = 0; s < figure->series_count; s++)
        if (figure->series[s].kind == kind && which-- == 0) return &figure->series[s];
    fail_msg("no such series");
    return NULL;
}

/* ---- with the shipped calibration ---- */
typedef struct shipped {
    roof_chip *chip;
    roof_workload *workload;
    roof_calibration *calibration;
    roof_event event;
    roof_figure_request request;
} shipped;

static void open_shipped(shipped *s)
{
    roof_error error;
    *s = (shipped){0};
    assert_int_equal(roof_chip_load("specs/hailo-8.json", NULL, &s->chip, &error), ROOF_OK);
    assert_int_equal(roof_chip_derive(s->chip, NULL, NULL), ROOF_OK);
    assert_int_equal(roof_workload_load("models/resnet-50-v1.5.json", NULL, &s->workload, &error), ROOF_OK);
    assert_int_equal(roof_calibration_load("models/calibration.json", NULL, &s->calibration, &error),
                     ROOF_OK);
    s->event = (roof_event){s->workload, {.phase = ROOF_PHASE_WHOLE}};
    s->request = (roof_figure_request){.chips = (const roof_chip *const *)&s->chip,
                                       .chip_count = 1,
                                       .events = &s->event,
                                       .event_count = 1,
                                       .calibration = s->calibration};
}

static void close_shipped(shipped *s)
{
    roof_calibration_free(s->calibration);
    roof_workload_free(s->workload);
    roof_chip_free(s->chip);
}

static roof_quantiles expected_at(const shipped *s, double batch)
{
    roof_prediction p;
    roof_forecast forecast;
    roof_request request = {.phase = ROOF_PHASE_WHOLE, .batch = batch};
    assert_int_equal(roof_predict(s->chip, s->workload, &request, &p), ROOF_OK);
    roof_forecast_make(s->calibration, &p, &forecast);
    roof_prediction_free(&p);
    assert_true(forecast.given);
    return forecast.throughput;
}

static void a_band_runs_from_p10_to_p90_around_the_median(void **state)
{
    (void)state;
    shipped s;
    open_shipped(&s);
    roof_drawn_figure *kept = make("batch", &s.request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    const roof_series *band = series_of(figure, ROOF_SERIES_BAND, 0);
    assert_true(band->count > 10);
    for (size_t i = 0; i < band->count; i += 9) {
        roof_quantiles expected = expected_at(&s, band->points[i].x);
        assert_close(band->points[i].ylow, expected.p10, 1e-9);
        assert_close(band->points[i].yhigh, expected.p90, 1e-9);
        assert_true(expected.p10 < expected.p50 && expected.p50 < expected.p90);
    }
    assert_contains(figure->y.label, "expect");
    assert_contains(figure->footer, "Thin dotted: the bound.");
    roof_drawn_figure_free(kept);
    close_shipped(&s);
}

static void networks_on_a_roofline_have_their_interval(void **state)
{
    (void)state;
    shipped s;
    open_shipped(&s);
    roof_drawn_figure *kept = make("roofline", &s.request);
    const roof_point *point = &series_of(roof_drawn_figure_of(kept), ROOF_SERIES_MARKS, 0)->points[0];
    roof_quantiles expected = expected_at(&s, 1);
    assert_close(point->ylow / point->y, expected.p10 / expected.p50, 1e-9);
    assert_close(point->yhigh / point->y, expected.p90 / expected.p50, 1e-9);
    roof_drawn_figure_free(kept);
    close_shipped(&s);
}

/* Every bar is whole: the shares of the terms add up to a hundred. */
static void terms_fill_their_bar(void **state)
{
    (void)state;
    shipped s;
    open_shipped(&s);
    roof_drawn_figure *kept = make("terms", &s.request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    double sum = 0, most = 0;
    for (size_t i = 0; i < figure->series_count; i++)
        for (size_t k = 0; figure->series[i].kind == ROOF_SERIES_CELLS && k < figure->series[i].count; k++) {
            const roof_point *point = &figure->series[i].points[k];
            sum += point->xhigh - point->xlow;
            most = fmax(most, point->xhigh);
        }
    assert_close(sum, 100, 1e-9);
    assert_close(most, 100, 1e-9);
    roof_drawn_figure_free(kept);
    close_shipped(&s);
}

/* ---- published results ---- */
static roof_measurement result_of(roof_metric metric, double value, double batch)
{
    return (roof_measurement){.chip = "chip",
                              .system = "",
                              .model = "w",
                              .variant = "",
                              .scenario = "",
                              .conditions = "",
                              .source = "s1",
                              .use = "fit",
                              .chips_used = 1,
                              .batch = batch,
                              .value = value,
                              .metric = metric,
                              .precision = ROOF_PRECISION_INT8,
                              .fit = true};
}

/* 2e7 op at 100 TOPS: at most 5,000,000 a second. Of four results one is a power, and one is of a run with no
 * batch; 1,000,000 a second is a factor of 5 off and named, 4,000,000 is not. */
static void results_stand_against_their_bound(void **state)
{
    (void)state;
    roof_chip *chip = derived_chip_of(CHIP("100", ""));
    roof_workload *workload = workload_of(GEMM("10", "1000", "1000"));
    const roof_measurement rows[] = {
        result_of(ROOF_METRIC_THROUGHPUT, 1e6, 1), result_of(ROOF_METRIC_THROUGHPUT, 4e6, 1),
        result_of(ROOF_METRIC_POWER, 10, 1), result_of(ROOF_METRIC_THROUGHPUT, 4e6, NAN)};
    roof_join joins[4];
    for (size_t i = 0; i < 4; i++) joins[i] = (roof_join){&rows[i], chip, workload};
    roof_figure_request request = {
        .chips = (const roof_chip *const *)&chip, .chip_count = 1, .joins = joins, .join_count = 4};
    roof_drawn_figure *kept = make("achieved", &request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    const roof_series *marks = series_of(figure, ROOF_SERIES_MARKS, 0);
    assert_int_equal(marks->count, 2);
    assert_close(marks->points[0].x, 5e6, 1e-9);
    assert_close(marks->points[0].y, 1e6, 1e-9);
    assert_string_equal(marks->points[0].label, roof_workload_id(workload));
    assert_close(marks->points[1].y, 4e6, 1e-9);
    assert_null(marks->points[1].label);
    assert_contains(figure->footer, "1 are off by more than a factor of 3");
    assert_contains(figure->footer, "2 results not shown");
    assert_true(figure->x.min <= 1e6 && figure->x.max >= 5e6);
    roof_drawn_figure_free(kept);
    roof_workload_free(workload);
    roof_chip_free(chip);
}

static void scores_are_shown_with_their_calibration(void **state)
{
    (void)state;
    roof_score scores[] = {{.kind = ROOF_FOLD_CHIP, .cells = 40, .median = 1.5, .p90 = 3, .coverage = 0.8},
                           {.kind = ROOF_FOLD_CHIP, .cells = 2, .median = 9, .p90 = 9, .coverage = 1},
                           {.kind = ROOF_FOLD_CHIP, .cells = 9, .median = 2, .p90 = 4, .family = "cnn"}};
    roof_backtest backtest = {.scores = scores, .count = 3, .cells = 51, .label_noise = 1.25};
    roof_figure_request request = {.backtest = &backtest};
    roof_drawn_figure *kept = make("backtest", &request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    const roof_series *marks = series_of(figure, ROOF_SERIES_MARKS, 0);
    assert_int_equal(marks->count, 1); /* not two results, not a family */
    assert_close(marks->points[0].x, 1.5, 1e-12);
    assert_close(marks->points[0].xhigh, 3, 1e-12);
    assert_string_equal(series_of(figure, ROOF_SERIES_TEXT, 0)->points[0].label, "80 % of 40");
    assert_contains(figure->footer, "a factor of 1.25 apart");
    roof_drawn_figure_free(kept);
}

/* ---- energy ---- */
/* At 7 nm an int8 operation is half of 0.07 + 0.03 pJ and a byte of SRAM 14 pJ / 8: 0.05 + 1.75 / I pJ, which
 * is twice 0.05 at 35 op/B. */
static void the_energy_roofline_bends_at_its_balance(void **state)
{
    (void)state;
    roof_technology technology = ROOF_TECHNOLOGY_EMPTY;
    roof_error error;
    assert_int_equal(roof_technology_load("specs/process-nodes.tsv", &technology, NULL, &error), ROOF_OK);
    assert_int_equal(roof_technology_load("specs/operation-energy.tsv", &technology, NULL, &error), ROOF_OK);
    roof_chip *chips[] = {derived_chip_of(CHIP("100", SEVEN_NM)), derived_chip_of(CHIP("100", ""))};
    roof_workload *workload = workload_of(GEMM("10", "1000", "1000"));
    roof_event event = {
        workload, {.phase = ROOF_PHASE_WHOLE, .energy = ROOF_ENERGY_DYNAMIC, .technology = &technology}};
    roof_figure_request request = {
        .chips = (const roof_chip *const *)chips, .chip_count = 2, .events = &event, .event_count = 1};
    roof_drawn_figure *kept = make("energy-roofline", &request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    const roof_series *curve = series_of(figure, ROOF_SERIES_LINE, 0);
    for (size_t i = 0; i < curve->count; i++)
        assert_close(curve->points[i].y, 1 / (0.05e-12 + 1.75e-12 / curve->points[i].x), 1e-9);
    const roof_series *balance = series_of(figure, ROOF_SERIES_HOLLOW_MARKS, 0);
    assert_close(balance->points[0].x, 35, 1e-9);
    assert_close(balance->points[0].y, 1e13, 1e-9);
    assert_contains(figure->footer, "process node of");
    const roof_point *run = &series_of(figure, ROOF_SERIES_MARKS, 0)->points[0];
    assert_close(run->y, 1 / (0.05e-12 + 1.75e-12 / run->x), 1e-9);
    assert_contains(figure->subtitle,
                    "1 of 2 runs without an energy"); /* of a chip whose node nobody tells */
    roof_drawn_figure_free(kept);
    roof_workload_free(workload);
    for (size_t i = 0; i < 2; i++) roof_chip_free(chips[i]);
    roof_technology_free(&technology);
}

/* ---- precisions ---- */
static void one_chip_has_a_roof_for_each_precision(void **state)
{
    (void)state;
    roof_chip *chip =
        derived_chip_of(SPEC("\"peak\": [" PEAK("100", "int8") ", " PEAK("50", "fp16") "]" SRAM));
    roof_workload *workload = workload_of(GEMM("10", "1000", "1000"));
    roof_event event = {workload, {.phase = ROOF_PHASE_WHOLE}};
    roof_figure_request request = {.chips = (const roof_chip *const *)&chip,
                                   .chip_count = 1,
                                   .events = &event,
                                   .event_count = 1,
                                   .precisions = true};
    roof_drawn_figure *kept = make("roofline", &request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    assert_contains(figure->title, "at 2 precisions");
    const roof_series *first = series_of(figure, ROOF_SERIES_LINE, 0);
    const roof_series *second = series_of(figure, ROOF_SERIES_LINE, 1);
    assert_string_equal(first->label, "int8");
    assert_close(first->points[1].y, 100e12, 1e-12);
    assert_string_equal(second->label, "fp16");
    assert_close(second->points[1].y, 50e12, 1e-12);
    roof_drawn_figure_free(kept);
    request.chip_count = 2;
    roof_error error;
    assert_int_equal(roof_figure_kind_find("roofline")->make(&request, &kept, &error), ROOF_INVALID);
    assert_contains(error.message, "one chip, not of 2");
    roof_workload_free(workload);
    roof_chip_free(chip);
}

/* ---- who is ahead ---- */
/* Both compute 100 TOPS; one of them skips zeros. Without zeros they are equal, and nobody is sure; from half
 * zeros on the one that skips is ahead by a factor of two and more. */
static void the_winner_over_zeros_is_the_one_that_skips(void **state)
{
    (void)state;
    roof_chip *chips[] = {derived_chip_of(CHIP("100", "")), derived_chip_of(CHIP("100", SKIPS))};
    roof_workload *workload = workload_of(GEMM("10", "1000", "1000"));
    roof_event event = {workload, {.phase = ROOF_PHASE_WHOLE}};
    roof_figure_request request = {
        .chips = (const roof_chip *const *)chips, .chip_count = 2, .events = &event, .event_count = 1};
    roof_drawn_figure *kept = make("winner-sparsity", &request);
    const roof_figure *figure = roof_drawn_figure_of(kept);
    assert_int_equal(figure->series_count, 2);
    const roof_series *equal = &figure->series[0], *sure = &figure->series[1];
    assert_int_equal(equal->pattern, ROOF_PATTERN_RISING);
    assert_int_equal(equal->count, 11);
    for (size_t i = 0; i < equal->count; i++) assert_true(equal->points[i].yhigh < 1.5);
    assert_int_equal(sure->pattern, ROOF_PATTERN_SOLID);
    assert_int_equal(sure->color, 1);
    assert_int_equal(sure->count, 5 * 11);
    roof_drawn_figure_free(kept);
    roof_workload_free(workload);
    for (size_t i = 0; i < 2; i++) roof_chip_free(chips[i]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_band_runs_from_p10_to_p90_around_the_median),
        cmocka_unit_test(networks_on_a_roofline_have_their_interval),
        cmocka_unit_test(terms_fill_their_bar),
        cmocka_unit_test(results_stand_against_their_bound),
        cmocka_unit_test(scores_are_shown_with_their_calibration),
        cmocka_unit_test(the_energy_roofline_bends_at_its_balance),
        cmocka_unit_test(one_chip_has_a_roof_for_each_precision),
        cmocka_unit_test(the_winner_over_zeros_is_the_one_that_skips),
    };
    return RUN_TESTS(tests);
}
