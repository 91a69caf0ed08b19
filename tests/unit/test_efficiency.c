/* The whole way, on measurements made by the model itself: what went in must come out. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>

#include "chiproof/efficiency/backtest.h"
#include "chiproof/efficiency/forecast.h"
#include "run_text.h"

#define BODY(tops) \
    "\"class\": \"gpu\", \"peak\": [" PEAK(tops, "int8") "], \"sram\": {\"capacity\": " Q( \
        "64", "MB") "}, " \
                    "\"host\": {\"bandwidth\": " Q("8", "GB/s") "}"

enum { CHIPS = 4, NETWORKS = 8, BATCHES = 3, ROWS = CHIPS * NETWORKS * BATCHES };

typedef struct bench {
    roof_chip *chips[CHIPS + 1]; /* the last one is never measured */
    roof_workload *networks[NETWORKS];
    roof_measurement rows[ROWS];
    roof_join joins[ROWS];
    roof_cells cells;
} bench;

/* How much slower than its peak the chip computes in truth, and its fixed time, on the log scale. */
static void truth(int chip, double x[ROOF_COORDINATE_COUNT])
{
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) x[c] = roof_coordinate_mean((roof_coordinate)c);
    x[ROOF_COORDINATE_COMPUTE] = 0.9 + 0.2 * chip;
    x[ROOF_COORDINATE_PIPELINE] = -1.5 + 0.1 * chip;
}

static double true_seconds(const roof_chip *chip, int which, const roof_workload *workload, double batch)
{
    double x[ROOF_COORDINATE_COUNT];
    roof_request request = {.batch = batch};
    roof_prediction p;
    roof_features features;
    assert_int_equal(roof_predict(chip, workload, &request, &p), ROOF_OK);
    truth(which, x);
    roof_features_of(&p, &p.bound, batch, ROOF_MODE_THROUGHPUT, &features);
    double seconds = exp(roof_form_log_seconds(&features, x, NULL));
    roof_prediction_free(&p);
    return seconds;
}

static bench *set_up(void)
{
    static const char *const specs[] = {SPEC(BODY("20")), SPEC(BODY("40")), SPEC(BODY("80")),
                                        SPEC(BODY("30")), SPEC(BODY("60"))};
    static const char *const ids[] = {"a", "b", "c", "d", "new"};
    static const char *const names[] = {"n0", "n1", "n2", "n3", "n4", "n5", "n6", "n7"};
    bench *b = calloc(1, sizeof *b);
    assert_non_null(b);
    for (int i = 0; i <= CHIPS; i++) {
        b->chips[i] = derived_chip_of(specs[i]);
        b->chips[i]->id = ids[i];
    }
    for (int n = 0; n < NETWORKS; n++) {
        char text[600];
        snprintf(text, sizeof text,
                 "{\"schema\": \"chiproof/workload/1\", \"id\": \"%s\", \"name\": \"%s\", \"family\": "
                 "\"attention\", \"input\": [{\"name\": \"x\", \"shape\": [%d, 512]}], \"ops\": [{\"op\": "
                 "\"gemm\", \"out\": %d, \"bias\": false}]}",
                 names[n], names[n], 256 << n, 512 + 128 * n);
        b->networks[n] = workload_of(text);
    }
    for (int i = 0; i < ROWS; i++) {
        static const double batches[BATCHES] = {1, 4, 16};
        int chip = i / (NETWORKS * BATCHES), network = i / BATCHES % NETWORKS;
        double batch = batches[i % BATCHES], noise = 1 + 0.02 * (i * 7 % 5 - 2);
        double seconds = true_seconds(b->chips[chip], chip, b->networks[network], batch);
        b->rows[i] = (roof_measurement){.chip = ids[chip],
                                        .system = "",
                                        .model = names[network],
                                        .variant = "",
                                        .scenario = "",
                                        .conditions = "",
                                        .source = "s",
                                        .use = "fit",
                                        .chips_used = 1,
                                        .batch = batch,
                                        .value = batch / seconds * noise,
                                        .metric = ROOF_METRIC_THROUGHPUT,
                                        .precision = ROOF_PRECISION_INT8,
                                        .fit = true,
                                        .file = "rows.tsv",
                                        .line = i + 2};
        b->joins[i] = (roof_join){&b->rows[i], b->chips[chip], b->networks[network]};
    }
    assert_int_equal(roof_cells_build(b->joins, ROWS, &b->cells, NULL), ROOF_OK);
    return b;
}

static void tear_down(bench *b)
{
    roof_cells_free(&b->cells);
    for (int i = 0; i <= CHIPS; i++) roof_chip_free(b->chips[i]);
    for (int n = 0; n < NETWORKS; n++) roof_workload_free(b->networks[n]);
    free(b);
}

static void again(bench *b)
{
    roof_cells_free(&b->cells);
    assert_int_equal(roof_cells_build(b->joins, ROWS, &b->cells, NULL), ROOF_OK);
}

static roof_calibration *calibrate(const bench *b)
{
    roof_calibration *calibration = NULL;
    assert_int_equal(roof_calibrate(&b->cells, NULL, &calibration, NULL), ROOF_OK);
    return calibration;
}

/* The forecast of a chip on a network at a batch; the prediction is freed. */
static roof_forecast forecast(const bench *b, const roof_calibration *calibration, int chip, int network,
                              double batch)
{
    roof_request request = {.batch = batch};
    roof_prediction p;
    roof_forecast f;
    roof_predict(b->chips[chip], b->networks[network], &request, &p);
    roof_forecast_make(calibration, &p, &f);
    roof_prediction_free(&p);
    return f;
}

static double median_error(const bench *b, const roof_calibration *calibration, int chip)
{
    double worst = 1;
    for (int n = 0; n < NETWORKS; n++) {
        roof_forecast f = forecast(b, calibration, chip, n, 4);
        assert_true(f.given);
        double want = 4 / true_seconds(b->chips[chip], chip, b->networks[n], 4);
        worst = fmax(worst, fmax(f.throughput.p50 / want, want / f.throughput.p50));
    }
    return worst;
}

static void a_measured_chip_is_forecast_as_it_was_measured(void **state)
{
    (void)state;
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    assert_int_equal(b->cells.count, ROWS);
    for (int chip = 0; chip < CHIPS; chip++) assert_true(median_error(b, calibration, chip) < 1.06);
    roof_forecast f = forecast(b, calibration, 0, 3, 4);
    assert_int_equal(f.measurements, NETWORKS * BATCHES);
    assert_contains(f.rests_on, "calibrated on 24 measurements of this chip");
    assert_true(f.throughput.p10 <= f.throughput.p50 && f.throughput.p50 <= f.throughput.p90);
    roof_calibration_free(calibration);
    tear_down(b);
}

static void a_chip_never_measured_has_a_wider_interval(void **state)
{
    (void)state;
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    roof_forecast known = forecast(b, calibration, 0, 3, 4), new = forecast(b, calibration, CHIPS, 3, 4);
    assert_true(new.given);
    assert_int_equal(new.measurements, 0);
    assert_contains(new.rests_on, "no measurement of this chip");
    assert_true(new.throughput.p90 / new.throughput.p10 > 1.5 * known.throughput.p90 / known.throughput.p10);
    roof_calibration_free(calibration);
    tear_down(b);
}

static void no_draw_is_above_the_bound(void **state)
{
    (void)state;
    bench *b = set_up();
    for (int i = 0; i < ROWS; i++) b->rows[i].value *= 1e-3; /* so slow that the spread is wide */
    for (int i = 0; i < ROWS; i += 2) b->rows[i].value *= 300;
    again(b);
    roof_calibration *calibration = calibrate(b);
    for (int n = 0; n < NETWORKS; n++) {
        roof_request request = {.batch = 16};
        roof_prediction p;
        roof_forecast f;
        roof_predict(b->chips[CHIPS], b->networks[n], &request, &p);
        roof_forecast_make(calibration, &p, &f);
        assert_true(f.throughput.p90 <= p.throughput * (1 + 1e-12));
        assert_true(f.latency_s.p10 >= p.latency_s * (1 - 1e-12));
        roof_prediction_free(&p);
    }
    roof_calibration_free(calibration);
    tear_down(b);
}

static void one_wild_row_hardly_matters(void **state)
{
    (void)state;
    bench *b = set_up();
    b->rows[10].value /= 50;
    again(b);
    roof_calibration *calibration = calibrate(b);
    for (int chip = 0; chip < CHIPS; chip++) assert_true(median_error(b, calibration, chip) < 1.12);
    roof_calibration_free(calibration);
    tear_down(b);
}

static void the_file_says_what_was_fitted(void **state)
{
    (void)state;
    bench *b = set_up();
    roof_calibration *fitted = calibrate(b), *twice = calibrate(b), *read = NULL;
    char *text = NULL, *same = NULL;
    assert_int_equal(roof_calibration_text(fitted, &text, NULL), ROOF_OK);
    assert_int_equal(roof_calibration_text(twice, &same, NULL), ROOF_OK);
    assert_string_equal(text, same);
    assert_int_equal(roof_calibration_parse(text, strlen(text), "c.json", NULL, &read, NULL), ROOF_OK);
    roof_forecast f = forecast(b, fitted, 1, 2, 4), g = forecast(b, read, 1, 2, 4);
    assert_close(g.throughput.p50, f.throughput.p50, 1e-3);
    assert_close(g.throughput.p10, f.throughput.p10, 2e-2);
    assert_string_equal(g.rests_on, f.rests_on);
    free(text);
    free(same);
    roof_calibration_free(fitted);
    roof_calibration_free(twice);
    roof_calibration_free(read);
    tear_down(b);
}

static void the_hash_knows_the_data(void **state)
{
    (void)state;
    bench *b = set_up();
    char before[17], after[17];
    roof_cells_hash(&b->cells, before);
    again(b);
    roof_cells_hash(&b->cells, after);
    assert_string_equal(before, after);
    b->rows[5].value *= 1.01;
    again(b);
    roof_cells_hash(&b->cells, after);
    assert_string_not_equal(before, after);
    tear_down(b);
}

static void a_broken_file_is_refused_with_its_place(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "[]", "{}", "{\"schema\": \"chiproof/chip/1\"}",
        ("{\"schema\": \"chiproof/calibration/1\", \"data\": \"0\", \"rows\": 1, \"cells\": 1,\n"
         "\"errors_on_one_network\": {}, \"spreads\": [], \"profiles\": []}")};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        roof_calibration *read = NULL;
        roof_error error = {0};
        assert_int_not_equal(
            roof_calibration_parse(texts[i], strlen(texts[i]), "c.json", NULL, &read, &error), ROOF_OK);
        assert_null(read);
        assert_true(error.line > 0);
    }
}

static void a_ratio_knows_what_its_sides_share(void **state)
{
    (void)state;
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    roof_forecast first = forecast(b, calibration, 0, 3, 4), second = forecast(b, calibration, 2, 3, 4);
    roof_forecast_pair there, back, self;
    roof_forecast_ratio(calibration, &first, &second, &there);
    roof_forecast_ratio(calibration, &second, &first, &back);
    roof_forecast_ratio(calibration, &first, &first, &self);
    assert_close(there.ratio.p50 * back.ratio.p50, 1, 0.02);
    assert_close(there.p_first_faster + back.p_first_faster, 1, 0.02);
    assert_true(there.p_first_faster < 0.05); /* 20 against 80 TOPS */
    assert_close(self.ratio.p10, 1, 1e-9);
    assert_close(self.p_first_faster, 0.5, 1e-9);
    assert_true(there.ratio.p90 / there.ratio.p10 <
                second.throughput.p90 / second.throughput.p10 * first.throughput.p90 / first.throughput.p10);
    roof_calibration_free(calibration);
    tear_down(b);
}

/* The cells of some rows of the chip that is not in the calibration, as the truth (times `wrong`) has them.
 */
static roof_cells own_cells(bench *b, roof_measurement *rows, size_t count, const double *wrong)
{
    roof_join joins[8];
    roof_cells cells;
    for (size_t i = 0; i < count; i++) {
        double seconds = true_seconds(b->chips[CHIPS], CHIPS, b->networks[i], 4);
        rows[i] = b->rows[0];
        rows[i].chip = "new";
        rows[i].batch = 4;
        rows[i].value = 4 / seconds * wrong[i];
        joins[i] = (roof_join){&rows[i], b->chips[CHIPS], b->networks[i]};
    }
    assert_int_equal(roof_cells_build(joins, count, &cells, NULL), ROOF_OK);
    return cells;
}

static double error_of_new(bench *b, const double *wrong, size_t count)
{
    roof_measurement rows[8];
    roof_cells own = own_cells(b, rows, count, wrong);
    roof_calibration *calibration = calibrate(b);
    assert_int_equal(roof_calibration_condition(calibration, &own, NULL), ROOF_OK);
    double error = median_error(b, calibration, CHIPS);
    roof_calibration_free(calibration);
    roof_cells_free(&own);
    return error;
}

static void a_few_true_results_of_ones_own_help(void **state)
{
    (void)state;
    static const double right[3] = {1, 1, 1};
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    double before = median_error(b, calibration, CHIPS), after = error_of_new(b, right, 3);
    assert_true(before > 1.15); /* its truth is not that of the others */
    assert_true(after < 1 + (before - 1) / 2);
    roof_calibration_free(calibration);
    tear_down(b);
}

static void a_few_wrong_results_of_ones_own_hardly_harm(void **state)
{
    (void)state;
    static const double one_wrong[4] = {1, 1, 1, 0.02}, all_wrong[2] = {0.001, 0.001};
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    double before = median_error(b, calibration, CHIPS);
    assert_true(error_of_new(b, one_wrong, 4) < before);
    assert_true(error_of_new(b, all_wrong, 2) < 1.3 * before);
    roof_calibration_free(calibration);
    tear_down(b);
}

static void ones_own_results_stand_beside_the_published(void **state)
{
    (void)state;
    static const double right[2] = {1, 1};
    roof_measurement rows[8];
    bench *b = set_up();
    roof_calibration *calibration = calibrate(b);
    roof_forecast before = forecast(b, calibration, 0, 3, 4);
    roof_cells own = own_cells(b, rows, 2, right);
    assert_int_equal(roof_calibration_condition(calibration, &own, NULL), ROOF_OK);
    roof_forecast after = forecast(b, calibration, 0, 3, 4), new = forecast(b, calibration, CHIPS, 3, 4);
    assert_close(after.throughput.p50, before.throughput.p50, 1e-12); /* of another chip */
    assert_contains(new.rests_on, "2 of your own");
    assert_int_equal(new.measurements, 2);
    roof_calibration_free(calibration);
    roof_cells_free(&own);
    tear_down(b);
}

static void without_a_calibration_nothing_is_given(void **state)
{
    (void)state;
    bench *b = set_up();
    roof_forecast f = forecast(b, NULL, 0, 0, 1);
    assert_false(f.given);
    assert_true(isnan(f.throughput.p50));
    tear_down(b);
}

static void rows_that_cannot_be_fitted_say_why(void **state)
{
    (void)state;
    bench *b = set_up();
    b->rows[0].value *= 1e6; /* above the bound */
    b->rows[1].sparse = true;
    b->rows[2].fit = false;
    b->rows[2].use = "no: whole pipeline";
    b->rows[4] = b->rows[3]; /* the same again: one cell */
    again(b);
    assert_int_equal(b->cells.dropped_count, 3);
    assert_int_equal(b->cells.count, ROWS - 4);
    assert_contains(b->cells.dropped[0].reason, "above its bound");
    assert_contains(b->cells.dropped[1].reason, "zeros");
    assert_string_equal(b->cells.dropped[2].reason, "no: whole pipeline");
    tear_down(b);
}

static void a_backtest_holds_scores_against_limits(void **state)
{
    (void)state;
    static const char header[] = "left_out\tof\tclass\tmost_median\tleast_coverage\tmost_coverage\n";
    const bool kinds[ROOF_FOLD_KIND_COUNT] = {true, true, false};
    bench *b = set_up();
    roof_backtest *backtest = NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    char text[300];
    assert_int_equal(roof_backtest_run(&b->cells, kinds, 0, NULL, &backtest, NULL), ROOF_OK);
    assert_int_equal(backtest->scores[0].kind, ROOF_FOLD_NETWORK);
    assert_int_equal(backtest->scores[0].cells, ROWS);
    assert_true(backtest->scores[0].median < 1.06);
    assert_true(backtest->scores[0].median < backtest->scores[0].scalar);
    assert_true(backtest->scores[0].scalar < backtest->scores[0].roofline);
    snprintf(text, sizeof text, "%snetwork\tnetwork\tall\t1.2\t0.5\t1\n", header);
    assert_int_equal(roof_backtest_check(backtest, text, "l.tsv", &report, NULL), ROOF_OK);
    snprintf(text, sizeof text, "%snetwork\tnetwork\tall\t1.0001\t-\t-\n", header);
    assert_int_equal(roof_backtest_check(backtest, text, "l.tsv", &report, NULL), ROOF_INVALID);
    assert_int_equal(report.items[0].line, 2);
    assert_contains(report.items[0].message, "limit 1.000");
    snprintf(text, sizeof text, "%snetwork\tnetwork\tall\tone\t-\t-\n", header);
    assert_int_equal(roof_backtest_check(backtest, text, "l.tsv", &report, NULL), ROOF_SYNTAX);
    assert_int_equal(roof_backtest_check(backtest, "nothing\n", "l.tsv", &report, NULL), ROOF_SYNTAX);
    roof_report_clear(&report);
    roof_backtest_free(backtest);
    tear_down(b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_measured_chip_is_forecast_as_it_was_measured),
        cmocka_unit_test(a_chip_never_measured_has_a_wider_interval),
        cmocka_unit_test(no_draw_is_above_the_bound),
        cmocka_unit_test(one_wild_row_hardly_matters),
        cmocka_unit_test(the_file_says_what_was_fitted),
        cmocka_unit_test(the_hash_knows_the_data),
        cmocka_unit_test(a_broken_file_is_refused_with_its_place),
        cmocka_unit_test(a_ratio_knows_what_its_sides_share),
        cmocka_unit_test(a_few_true_results_of_ones_own_help),
        cmocka_unit_test(a_few_wrong_results_of_ones_own_hardly_harm),
        cmocka_unit_test(ones_own_results_stand_beside_the_published),
        cmocka_unit_test(without_a_calibration_nothing_is_given),
        cmocka_unit_test(rows_that_cannot_be_fitted_say_why),
        cmocka_unit_test(a_backtest_holds_scores_against_limits),
    };
    return RUN_TESTS(tests);
}
