/* What to expect of two chips beside each other, by the calibration that is shipped. */
#include "assert_close.h"
#include "chiproof/chip/open.h"
#include "chiproof/compare/compare.h"
#include "run_text.h"

enum { SIDES = 2 };

typedef struct fixture {
    roof_calibration *calibration;
    roof_chip *chips[SIDES];
    roof_workload *workload;
} fixture;

static roof_chip *shipped(const char *path)
{
    roof_chip *chip = NULL;
    assert_int_equal(roof_chip_load(path, NULL, &chip, NULL), ROOF_OK);
    assert_int_equal(roof_chip_derive(chip, NULL, NULL), ROOF_OK);
    return chip;
}

static int begin(void **state)
{
    fixture *f = calloc(1, sizeof *f);
    assert_non_null(f);
    assert_int_equal(roof_calibration_load("models/calibration.json", NULL, &f->calibration, NULL), ROOF_OK);
    f->chips[0] = shipped("specs/hailo-8.json");
    f->chips[1] = shipped("specs/metis.json");
    assert_int_equal(roof_workload_load("models/resnet-50-v1.5.json", NULL, &f->workload, NULL), ROOF_OK);
    *state = f;
    return 0;
}

static int finish(void **state)
{
    fixture *f = *state;
    for (int i = 0; i < SIDES; i++) roof_chip_free(f->chips[i]);
    roof_workload_free(f->workload);
    roof_calibration_free(f->calibration);
    free(f);
    return 0;
}

static roof_comparison *compare(const fixture *f, bool swapped, roof_basis basis, roof_request request,
                                const roof_calibration *calibration)
{
    const roof_chip *chips[SIDES] = {f->chips[swapped], f->chips[!swapped]};
    const roof_chip **kept = test_malloc(sizeof chips);
    roof_comparison *comparison = NULL;
    roof_event event = {f->workload, request};
    memcpy(kept, chips, sizeof chips);
    assert_int_equal(roof_compare(kept, SIDES, &event, 1, basis, &comparison, NULL), ROOF_OK);
    assert_int_equal(roof_comparison_forecast(comparison, calibration, NULL), ROOF_OK);
    return comparison;
}

static void end(roof_comparison *comparison)
{
    test_free((void *)comparison->chips);
    roof_comparison_free(comparison);
}

static void without_a_calibration_nothing_is_expected(void **state)
{
    roof_comparison *c = compare(*state, false, ROOF_BASIS_WHOLE, (roof_request){0}, NULL);
    assert_false(c->races[0].expected.given);
    assert_int_equal(c->races[0].expected.ahead, -1);
    assert_true(isnan(c->races[0].expected.p_first_faster));
    assert_true(c->races[0].faster >= 0);
    end(c);
}

static void which_chip_is_named_first_changes_nothing_but_the_side(void **state)
{
    const fixture *f = *state;
    roof_comparison *one = compare(f, false, ROOF_BASIS_WHOLE, (roof_request){0}, f->calibration);
    roof_comparison *two = compare(f, true, ROOF_BASIS_WHOLE, (roof_request){0}, f->calibration);
    const roof_expectation *a = &one->races[0].expected, *b = &two->races[0].expected;
    assert_true(a->given && b->given);
    assert_int_equal(a->ahead, 1 - b->ahead);
    assert_close(a->ratio.p50 * b->ratio.p50, 1, 0.02);
    assert_close(a->p_first_faster + b->p_first_faster, 1, 0.02);
    assert_close(a->sure, a->ahead == 0 ? a->p_first_faster : 1 - a->p_first_faster, 0.02);
    assert_close(a->throughput[0].p50, b->throughput[1].p50, 1e-12);
    end(one);
    end(two);
}

/* Per watt both sides are divided by their TDP, and so is the ratio. */
static void the_ratio_is_on_the_basis_of_the_comparison(void **state)
{
    const fixture *f = *state;
    roof_comparison *whole = compare(f, false, ROOF_BASIS_WHOLE, (roof_request){0}, f->calibration);
    roof_comparison *watt = compare(f, false, ROOF_BASIS_WATT, (roof_request){0}, f->calibration);
    double handicap = watt->divisor[0] / watt->divisor[1];
    const roof_expectation *a = &whole->races[0].expected, *b = &watt->races[0].expected;
    assert_close(b->ratio.p50, a->ratio.p50 * handicap, 1e-9);
    assert_close(b->throughput[0].p50, a->throughput[0].p50 / watt->divisor[0], 1e-12);
    end(whole);
    end(watt);
}

static void an_expectation_is_never_above_its_bound(void **state)
{
    const fixture *f = *state;
    for (double batch = 1; batch <= 256; batch *= 4) {
        roof_comparison *c =
            compare(f, false, ROOF_BASIS_WHOLE, (roof_request){.batch = batch}, f->calibration);
        const roof_race *race = &c->races[0];
        for (int k = 0; k < SIDES; k++) {
            assert_true(race->expected.throughput[k].p90 <= race->throughput[k] * (1 + 1e-12));
            assert_true(race->expected.throughput[k].p10 < race->expected.throughput[k].p50);
        }
        end(c);
    }
}

static void the_order_by_p50_turns_at_the_turn_and_not_before(void **state)
{
    const fixture *f = *state;
    roof_comparison *c = compare(f, false, ROOF_BASIS_WATT, (roof_request){0}, f->calibration);
    const roof_race *race = &c->races[0];
    double turn = race->expected.turn_batch, limit = isnan(turn) ? ROOF_TURN_LIMIT : turn;
    for (double batch = 1; batch <= limit; batch += isnan(turn) ? 100 : 1) {
        double first = roof_forecast_p50_at(f->calibration, &race->predictions[0], batch) / c->divisor[0];
        double second = roof_forecast_p50_at(f->calibration, &race->predictions[1], batch) / c->divisor[1];
        bool same = (second > first) == (race->expected.ahead == 1);
        assert_true(same == (batch != turn));
    }
    end(c);
}

/* The median of the draws and the median in closed form are one but for the draws' own spacing. */
static void the_median_without_draws_is_that_of_the_draws(void **state)
{
    const fixture *f = *state;
    roof_comparison *c = compare(f, false, ROOF_BASIS_WHOLE, (roof_request){0}, f->calibration);
    for (double batch = 1; batch <= 1024; batch *= 8)
        for (int k = 0; k < SIDES; k++) {
            const roof_prediction *p = &c->races[0].predictions[k];
            roof_forecast forecast;
            roof_forecast_at(f->calibration, p, batch, &forecast);
            assert_close(roof_forecast_p50_at(f->calibration, p, batch), forecast.throughput.p50, 0.01);
        }
    end(c);
}

static void who_alone_can_run_it_is_ahead_without_a_probability(void **state)
{
    const fixture *f = *state;
    roof_request request = {.has_precision = true, .precision = ROOF_PRECISION_INT4};
    roof_comparison *c = compare(f, false, ROOF_BASIS_WHOLE, request, f->calibration);
    const roof_race *race = &c->races[0];
    assert_int_equal(race->predictions[1].refusal.code, ROOF_NO_PRECISION);
    if (race->predictions[0].refusal.code == ROOF_OK) {
        assert_int_equal(race->expected.ahead, 0);
        assert_true(race->expected.given);
    }
    assert_true(isnan(race->expected.sure) && isnan(race->expected.ratio.p50));
    end(c);
}

/* The only doubtful figure of the two that moves ResNet-50 is how much memory Hailo-8 has: with less of it
 * the weights do not fit. */
static void the_weakest_figure_is_the_doubtful_one_that_moves_most(void **state)
{
    const fixture *f = *state;
    roof_comparison *c = compare(f, false, ROOF_BASIS_WHOLE, (roof_request){0}, f->calibration);
    assert_non_null(c->weakest.input);
    assert_string_equal(c->weakest.input->field, "sram.capacity");
    assert_int_equal(c->weakest.chip, 0);
    end(c);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(without_a_calibration_nothing_is_expected),
        cmocka_unit_test(which_chip_is_named_first_changes_nothing_but_the_side),
        cmocka_unit_test(the_ratio_is_on_the_basis_of_the_comparison),
        cmocka_unit_test(an_expectation_is_never_above_its_bound),
        cmocka_unit_test(the_order_by_p50_turns_at_the_turn_and_not_before),
        cmocka_unit_test(the_median_without_draws_is_that_of_the_draws),
        cmocka_unit_test(who_alone_can_run_it_is_ahead_without_a_probability),
        cmocka_unit_test(the_weakest_figure_is_the_doubtful_one_that_moves_most),
    };
    return cmocka_run_group_tests(tests, begin, finish);
}
