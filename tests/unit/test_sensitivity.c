#include "assert_close.h"
#include "chiproof/compare/sensitivity.h"
#include "run_text.h"

/* 1000 x 1000 weights, one row: 2e6 op, 1e6 bytes of weights, 1000 bytes in and 1000 out. */
#define SQUARE GEMM("1", "1000", "1000")
#define NO_DRAM "\"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}"
#define HOST(rate) "\"host\": {\"bandwidth\": " Q(rate, "GB/s") "}"
#define SRAM(size) "\"sram\": {\"capacity\": " Q(size, "kB") "}"

typedef struct side {
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction run;
} side;

static side predict(const char *spec)
{
    side s = {derived_chip_of(spec), workload_of(SQUARE), {0}};
    roof_predict(s.chip, s.workload, &(roof_request){0}, &s.run);
    return s;
}

static void end(side *s)
{
    roof_prediction_free(&s->run);
    roof_workload_free(s->workload);
    roof_chip_free(s->chip);
}

static const roof_lean *row_of(const roof_sensitivity *s, roof_variable variable)
{
    for (size_t i = 0; i < s->count; i++)
        if (s->rows[i].variable == variable) return &s->rows[i];
    fail_msg("no row %d", variable);
    return NULL;
}

/* Compute takes 2e6 / 10e12 = 0.2 us, the link 1000 / 50e9 = 0.02 us: ten times the peak, or a tenth of the
 * link, is where it turns. */
static void what_binds_has_elasticity_one_up_to_where_another_ceiling_binds(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("2000") ", " NO_DRAM ", " HOST("50")));
    roof_sensitivity all;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, NULL), ROOF_OK);
    const roof_lean *peak = row_of(&all, ROOF_INPUT_PEAK), *host = row_of(&all, ROOF_INPUT_HOST_BANDWIDTH);
    assert_close(peak->below, 1, 1e-6);
    assert_close(peak->above, 1, 1e-6);
    assert_close(peak->at_less, 4.5e6, 1e-12);
    assert_close(peak->at_more, 5.5e6, 1e-12);
    assert_close(peak->up.value, 100e12, 1e-12);
    assert_int_equal(peak->up.ceiling, ROOF_CEILING_HOST);
    assert_true(isnan(peak->down.value));
    assert_true(host->below == 0 && host->above == 0);
    assert_close(host->down.value, 5e9, 1e-12);
    assert_int_equal(host->down.ceiling, ROOF_CEILING_HOST);
    assert_ptr_equal(&all.rows[0], peak);
    assert_null(all.doubt);
    end(&s);
}

/* Link and compute both take 0.2 us: less of either is slower, more of one alone changes nothing. */
static void at_a_ridge_the_two_sides_differ(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("2000") ", " NO_DRAM ", " HOST("5")));
    roof_sensitivity all;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, NULL), ROOF_OK);
    static const roof_variable both[] = {ROOF_INPUT_PEAK, ROOF_INPUT_HOST_BANDWIDTH};
    for (int i = 0; i < 2; i++) {
        const roof_lean *row = row_of(&all, both[i]);
        assert_close(row->below, 1, 1e-6);
        assert_true(row->above == 0);
    }
    end(&s);
}

/* 1e6 bytes of weights of which c stay: throughput is 1e9 / (1e6 - c), so the elasticity to c is
 * c / (1e6 - c): 400/600. */
static void a_capacity_that_saves_traffic_has_a_slope_of_its_own(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("400") ", \"dram\": {\"capacity\": " Q(
        "1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}"));
    roof_sensitivity all;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, NULL), ROOF_OK);
    const roof_lean *sram = row_of(&all, ROOF_INPUT_SRAM_CAPACITY);
    assert_close(sram->below, 400.0 / 600, 1e-5);
    assert_close(sram->above, 400.0 / 600, 1e-5);
    assert_close(row_of(&all, ROOF_INPUT_DRAM_BANDWIDTH)->above, 1, 1e-6);
    const roof_lean *dram = row_of(&all, ROOF_INPUT_DRAM_CAPACITY);
    assert_true(dram->down.refused);
    assert_close(dram->down.value, 600000, 1e-9);
    end(&s);
}

/* The on-chip bandwidth carries 1,002,000 bytes: it would bind below 1,002,000 / 0.2 us. */
static void a_missing_rate_has_a_threshold(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("2000") ", " NO_DRAM));
    roof_sensitivity all;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, NULL), ROOF_OK);
    const roof_lean *row = row_of(&all, ROOF_INPUT_SRAM_BANDWIDTH);
    assert_close(row->threshold, 1002000 / 0.2e-6, 1e-6);
    assert_false(row->above_threshold);
    assert_true(isnan(row->value) && isnan(row->below));
    assert_true(all.published < all.count);
    end(&s);
}

/* Two sources say 10 and 12 TOPS: the first is used, the second makes the answer a fifth greater. */
static void sources_that_disagree_give_a_range_and_a_doubt(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") ", " PEAK("12", "int8") "], " SRAM("2000")));
    roof_sensitivity all;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, NULL), ROOF_OK);
    const roof_lean *peak = row_of(&all, ROOF_INPUT_PEAK);
    assert_int_equal(peak->sources, 2);
    assert_close(peak->low, 10e12, 1e-12);
    assert_close(peak->at_high, 6e6, 1e-12);
    assert_close(peak->movement, log(1.2), 1e-9);
    assert_ptr_equal(all.doubt, peak);
    end(&s);
}

/* a does 5e6 a second, b 8e6 (16 TOPS): b falls to a's with 10 TOPS or with a link of 1000 bytes x 5e6; two
 * of a, or 16 TOPS, would be as fast. The nearest is either peak, a factor of 1.6. */
static void a_verdict_knows_which_figure_turns_it(void **state)
{
    (void)state;
    side a = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("2000") ", " NO_DRAM ", " HOST("50")));
    side b = predict(SPEC("\"peak\": [" PEAK("16", "int8") "], " SRAM("2000") ", " NO_DRAM ", " HOST("50")));
    roof_verdict verdict;
    assert_int_equal(roof_verdict_find(&a.run, &b.run, &verdict, NULL), ROOF_OK);
    assert_int_equal(verdict.ahead, 1);
    assert_close(verdict.ratio, 1.6, 1e-12);
    const roof_lean *behind = row_of(&verdict.sides[0], ROOF_INPUT_PEAK);
    assert_true(behind->flips_above);
    assert_close(behind->flip, 16e12, 1e-12);
    assert_close(row_of(&verdict.sides[0], ROOF_VARIABLE_CHIPS)->flip, 2, 0);
    assert_true(isnan(row_of(&verdict.sides[0], ROOF_INPUT_HOST_BANDWIDTH)->flip));
    const roof_lean *ahead = row_of(&verdict.sides[1], ROOF_INPUT_PEAK);
    assert_false(ahead->flips_above);
    assert_close(ahead->flip, 10e12, 1e-12);
    assert_close(row_of(&verdict.sides[1], ROOF_INPUT_HOST_BANDWIDTH)->flip, 5e9, 1e-12);
    assert_true(isnan(row_of(&verdict.sides[1], ROOF_VARIABLE_CHIPS)->flip));
    assert_int_equal(verdict.nearest->variable, ROOF_INPUT_PEAK);
    assert_int_equal(roof_verdict_find(&a.run, &a.run, &verdict, NULL), ROOF_OK);
    assert_int_equal(verdict.ahead, -1);
    assert_null(verdict.nearest);
    end(&a);
    end(&b);
}

static void a_refused_run_has_no_sensitivity(void **state)
{
    (void)state;
    side s = predict(SPEC("\"peak\": [" PEAK("10", "int8") "], " SRAM("20") ", " NO_DRAM));
    roof_sensitivity all;
    roof_error error;
    assert_int_equal(roof_sensitivity_find(&s.run, &all, &error), ROOF_DOES_NOT_FIT);
    assert_contains(error.message, "would hold it");
    end(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_binds_has_elasticity_one_up_to_where_another_ceiling_binds),
        cmocka_unit_test(at_a_ridge_the_two_sides_differ),
        cmocka_unit_test(a_capacity_that_saves_traffic_has_a_slope_of_its_own),
        cmocka_unit_test(a_missing_rate_has_a_threshold),
        cmocka_unit_test(sources_that_disagree_give_a_range_and_a_doubt),
        cmocka_unit_test(a_verdict_knows_which_figure_turns_it),
        cmocka_unit_test(a_refused_run_has_no_sensitivity),
    };
    return RUN_TESTS(tests);
}
