/* What a forecast's quantiles are: those of a normal distribution of ln t, cut off at the bound. */
#include "assert_close.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/efficiency/forecast.h"

static roof_chip *chip;
static roof_workload *workload;
static roof_calibration *calibration;
static roof_prediction run;

static int open_all(void **state)
{
    (void)state;
    roof_request request = {.batch = 1, .chips = 1};
    bool ok = roof_chip_load("specs/hailo-8.json", NULL, &chip, NULL) == ROOF_OK &&
              roof_workload_load("models/resnet-18.json", NULL, &workload, NULL) == ROOF_OK &&
              roof_calibration_load("tests/fuzz/corpus/calibration/small.json", NULL, &calibration, NULL) ==
                  ROOF_OK &&
              roof_predict(chip, workload, &request, &run) == ROOF_OK;
    return ok ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    roof_prediction_free(&run);
    roof_calibration_free(calibration);
    roof_workload_free(workload);
    roof_chip_free(chip);
    return 0;
}

/* Nine in ten of a normal distribution are below its mean + 1.28155 standard deviations. */
static void assert_quantiles(const roof_quantiles *seconds, const roof_outlook *outlook)
{
    const double tenth = 1.2815515655446004;
    double low = exp(outlook->log_seconds - tenth * outlook->sd);
    double high = exp(outlook->log_seconds + tenth * outlook->sd);
    assert_close(seconds->p10, fmax(low, outlook->bound_s), 0.01);
    assert_close(seconds->p50, fmax(exp(outlook->log_seconds), outlook->bound_s), 0.01);
    assert_close(seconds->p90, fmax(high, outlook->bound_s), 0.01);
}

static void quantiles_are_those_of_a_normal_distribution_of_ln_t(void **state)
{
    (void)state;
    roof_forecast made;
    roof_forecast_make(calibration, &run, &made);
    assert_true(made.given);
    assert_true(made.run.sd > 0.1 && made.run.sd < 2);
    assert_quantiles(&made.latency_s, &made.run);
    roof_quantiles pass_s = {made.results_per_pass / made.throughput.p90,
                             made.results_per_pass / made.throughput.p50,
                             made.results_per_pass / made.throughput.p10};
    assert_quantiles(&pass_s, &made.rate);
}

static void set_coordinates(double mean, double error)
{
    for (size_t i = 0; i < calibration->profile_count; i++) {
        roof_profile *profile = &calibration->profiles[i];
        memset(profile->covariance, 0, sizeof profile->covariance);
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
            profile->mean[c] = mean;
            profile->covariance[c * ROOF_COORDINATE_COUNT + c] = error * error;
        }
    }
}

static void no_draw_is_faster_than_the_bound(void **state)
{
    (void)state;
    roof_forecast made;
    set_coordinates(-5, 0.1); /* everything takes e^-5 and less of what the figures allow */
    roof_forecast_make(calibration, &run, &made);
    assert_true(made.given);
    assert_close(made.latency_s.p10, run.bound.seconds, 1e-12);
    assert_close(made.throughput.p90, made.results_per_pass / run.bound.seconds, 1e-12);
}

static void what_knows_nothing_forecasts_nothing(void **state)
{
    (void)state;
    roof_forecast made;
    set_coordinates(0, 1000); /* e^1000 times more or less: beyond all numbers */
    roof_forecast_make(calibration, &run, &made);
    assert_false(made.given);
    assert_true(isnan(made.throughput.p50) && isnan(made.latency_s.p90));
}

static void a_ratio_is_as_wide_as_the_errors_of_both_that_do_not_go_together(void **state)
{
    (void)state;
    const double tenths = 2 * 1.2815515655446004;
    roof_chip *other = NULL;
    roof_prediction other_run;
    roof_request request = {.batch = 1, .chips = 1};
    roof_forecast first, second;
    roof_forecast_pair pair;
    assert_int_equal(roof_chip_load("specs/hailo-8l.json", NULL, &other, NULL), ROOF_OK);
    assert_int_equal(roof_predict(other, workload, &request, &other_run), ROOF_OK);
    set_coordinates(4, 0.1); /* far from the bounds, which would cut it off */
    roof_forecast_make(calibration, &run, &first);
    roof_forecast_make(calibration, &other_run, &second);
    for (int k = 0; k < 2; k++) {
        for (int kin = 0; kin < ROOF_KINSHIP_COUNT; kin++) calibration->correlation[kin] = 0.7 * k;
        roof_forecast_ratio(calibration, &first, &second, &pair);
        double a = first.rate.sd, b = second.rate.sd;
        assert_true(pair.given);
        assert_close(log(pair.ratio.p90 / pair.ratio.p10) / tenths, sqrt(a * a + b * b - 2 * 0.7 * k * a * b),
                     0.03);
    }
    roof_prediction_free(&other_run);
    roof_chip_free(other);
}

static double sd_with(double one, double two)
{
    roof_forecast made;
    for (size_t i = 0; i < calibration->spread_count; i++) {
        roof_spread *spread = &calibration->spreads[i];
        spread->chip_class = "another";
        spread->cells[ROOF_SORT_NETWORK] = 10;
        spread->inflation_chip[ROOF_SORT_NETWORK] = spread->inflation_network[ROOF_SORT_NETWORK] = 1;
        spread->residual[ROOF_SORT_NETWORK] = i % 2 ? two : one;
    }
    roof_forecast_make(calibration, &run, &made);
    return made.run.sd;
}

static void a_class_that_nobody_measured_has_the_widest_spread(void **state)
{
    (void)state;
    assert_true(calibration->spread_count == 2);
    assert_close(sd_with(0.2, 0.6), sd_with(0.6, 0.6), 1e-12);
    assert_close(sd_with(0.6, 0.2), sd_with(0.6, 0.6), 1e-12);
    assert_true(sd_with(0.2, 0.2) < sd_with(0.6, 0.6));
}

static void what_is_stored_is_read_back_as_it_was(void **state)
{
    (void)state;
    char *text = NULL, *again = NULL;
    roof_calibration *back = NULL;
    assert_int_equal(roof_calibration_text(calibration, &text, NULL), ROOF_OK);
    assert_int_equal(roof_calibration_parse(text, strlen(text), "again.json", NULL, &back, NULL), ROOF_OK);
    assert_int_equal(roof_calibration_text(back, &again, NULL), ROOF_OK);
    assert_string_equal(text, again);
    roof_calibration_free(back);
    free(again);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(quantiles_are_those_of_a_normal_distribution_of_ln_t, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(no_draw_is_faster_than_the_bound, open_all, close_all),
        cmocka_unit_test_setup_teardown(what_knows_nothing_forecasts_nothing, open_all, close_all),
        cmocka_unit_test_setup_teardown(a_ratio_is_as_wide_as_the_errors_of_both_that_do_not_go_together,
                                        open_all, close_all),
        cmocka_unit_test_setup_teardown(a_class_that_nobody_measured_has_the_widest_spread, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(what_is_stored_is_read_back_as_it_was, open_all, close_all),
    };
    return RUN_TESTS(tests);
}
