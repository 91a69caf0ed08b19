/* Claims against figures that are known by hand. */
#include "assert_close.h"
#include "chiproof/compare/claims.h"
#include "run_text.h"

#define CLAIM(members) \
    "\"statements\": [{\"text\": \"t\", " members ", \"claim\": \"vendor\", \"source\": \"s1\"}]"
#define WATTS(value) Q(value, "W")

/* 20 TOPS at 4 W typical and 10 W at most: 5 and 2 TOPS/W. 100 mm2, 50 cores. */
#define FIGURES \
    "\"peak\": [" PEAK("20", "int8") ", " PEAK("10", "fp16") "], \"power\": {\"tdp\": " WATTS( \
        "10") ", \"typical\": " WATTS("4") "}, \"process\": {\"die_area\": " Q("100", "mm2") "}, " \
                                                                                             "\"cores\":" \
                                                                                             " " Q("50", \
                                                                                                   "count") ", "

static roof_claim_check examine_with(const char *spec, const char *baseline, const char *network)
{
    roof_chip *chip = derived_chip_of(spec), *other = baseline ? derived_chip_of(baseline) : NULL;
    roof_workload *workload = network ? workload_of(network) : NULL;
    roof_claim_check check;
    assert_int_equal(chip->statement_count, 1);
    roof_claim_examine(&(roof_claim_case){chip, &chip->statements[0], other, workload}, &check);
    check.chip = NULL; /* no longer there */
    check.statement = NULL;
    roof_workload_free(workload);
    roof_chip_free(other);
    roof_chip_free(chip);
    return check;
}

static roof_claim_check examine(const char *spec)
{
    return examine_with(spec, NULL, NULL);
}

static void efficiency_names_the_power_that_makes_it_true(void **state)
{
    (void)state;
    roof_claim_check check = examine(SPEC(FIGURES CLAIM("\"value\": 2, \"unit\": \"TOPS/W\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_CONSISTENT);
    assert_contains(check.against, "power.tdp 10 W = 2.00 TOPS/W");
    assert_contains(check.beside, "to 5.00 TOPS/W");
    check = examine(SPEC(FIGURES CLAIM("\"value\": 5, \"unit\": \"TOPS/W\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_CONSISTENT);
    assert_contains(check.against, "power.typical 4 W");
}

/* 8 TOPS/W: 1.6 times 20 / 4; 20 TOPS at 2.5 W, or 32 TOPS at 4 W. */
static void efficiency_above_every_basis_says_what_it_would_take(void **state)
{
    (void)state;
    roof_claim_check check = examine(SPEC(FIGURES CLAIM("\"value\": 8, \"unit\": \"TOPS/W\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_close(check.share, 1.6, 1e-12);
    assert_contains(check.beside, "2.50 W");
    assert_contains(check.beside, "32.0 TOPS");
    check = examine(SPEC(FIGURES CLAIM("\"value\": 8, \"unit\": \"TOPS/W\", \"sparse\": true")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_SPARSE);
    check = examine(SPEC(FIGURES "\"sparsity\": {\"max_ratio\": " Q("2", "x") "}, " CLAIM(
        "\"value\": 8, \"unit\": \"TOPS/W\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_SPARSE);
}

static void a_rate_is_of_one_chip_of_many_or_of_the_area(void **state)
{
    (void)state;
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"value\": 2, \"unit\": \"POPS\", \"chips\": 100"))).verdict,
                     ROOF_CLAIM_IS_CONSISTENT);
    assert_close(examine(SPEC(FIGURES CLAIM("\"value\": 2, \"unit\": \"POPS\", \"chips\": 50"))).share, 2,
                 1e-12);
    assert_close(examine(SPEC(FIGURES CLAIM("\"value\": 0.1, \"unit\": \"TOPS\", \"per\": \"mm2\""))).share,
                 0.5, 1e-12);
    assert_close(
        examine(SPEC(FIGURES CLAIM("\"value\": 15, \"unit\": \"TOPS\", \"precision\": \"fp16\""))).share, 1.5,
        1e-12);
    assert_int_equal(
        examine(SPEC(FIGURES CLAIM("\"value\": 15, \"unit\": \"TOPS\", \"precision\": \"int4\""))).reason,
        ROOF_CLAIM_REASON_NO_PEAK);
}

/* 0.4 W x 50 cores: 20 W, twice the TDP. */
static void a_field_must_agree_both_ways(void **state)
{
    (void)state;
    roof_claim_check check = examine(
        SPEC(FIGURES CLAIM("\"value\": 0.4, \"unit\": \"W\", \"per\": \"core\", \"field\": \"power.tdp\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_close(check.share, 2, 1e-12);
    assert_int_equal(
        examine(SPEC(FIGURES CLAIM(
                    "\"value\": 0.2, \"unit\": \"W\", \"per\": \"core\", \"field\": \"power.tdp\"")))
            .verdict,
        ROOF_CLAIM_IS_CONSISTENT);
    assert_int_equal(
        examine(SPEC(FIGURES CLAIM("\"value\": 5, \"unit\": \"W\", \"field\": \"power.tdp\""))).verdict,
        ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"value\": 5, \"unit\": \"W\", \"field\": \"power.tdp\", "
                                                "\"relation\": \"at-least\"")))
                         .verdict,
                     ROOF_CLAIM_IS_CONSISTENT);
    check = examine(
        SPEC(FIGURES CLAIM("\"value\": 5, \"unit\": \"thousand\", \"field\": \"cores\", \"chips\": 100")));
    assert_close(check.share, 1, 1e-12);
}

/* 200,000 op on 20 TOPS: 100 million a second, 25 million a joule at 4 W. */
static void a_network_is_held_against_its_bound(void **state)
{
    (void)state;
    const char *network = GEMM("10", "100", "100");
    roof_claim_check check = examine_with(
        SPEC(FIGURES CLAIM("\"value\": 50, \"unit\": \"million\", \"per\": \"s\", \"model\": \"w\"")), NULL,
        network);
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_CONSISTENT);
    assert_close(check.share, 0.5, 1e-12);
    check = examine_with(
        SPEC(FIGURES CLAIM("\"value\": 50, \"unit\": \"million\", \"per\": \"J\", \"model\": \"w\"")), NULL,
        network);
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_close(check.share, 2, 1e-12);
    assert_contains(check.against, "power.typical 4 W");
    check =
        examine_with(SPEC(FIGURES CLAIM("\"value\": 50, \"unit\": \"million\", \"per\": \"s\"")), NULL, NULL);
    assert_int_equal(check.reason, ROOF_CLAIM_REASON_NO_WORKLOAD);
}

/* 20 TOPS at 10 W against 10 TOPS at 4 W: twice the peak, 0.8 times the efficiency. */
static void a_ratio_is_of_the_two_specs(void **state)
{
    (void)state;
    const char *other = SPEC("\"peak\": [" PEAK("10", "int8") "], \"power\": {\"tdp\": " WATTS("4") "}");
    const char *peak =
        SPEC(FIGURES CLAIM("\"value\": 2, \"unit\": \"x\", \"compares\": \"peak\", \"baseline\": \"o\""));
    assert_int_equal(examine_with(peak, other, NULL).verdict, ROOF_CLAIM_IS_CONSISTENT);
    assert_int_equal(examine_with(peak, NULL, NULL).reason, ROOF_CLAIM_REASON_NO_BASELINE);
    roof_claim_check check = examine_with(
        SPEC(FIGURES CLAIM(
            "\"value\": 1.6, \"unit\": \"x\", \"compares\": \"ops-per-watt\", \"baseline\": \"o\"")),
        other, NULL);
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_close(check.share, 2, 1e-12);
    /* 2.5 times the power, claimed to be no more than the same: less power is the greater claim. */
    check = examine_with(
        SPEC(FIGURES CLAIM("\"value\": 1, \"unit\": \"x\", \"compares\": \"power\", \"baseline\": \"o\"")),
        other, NULL);
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_IMPOSSIBLE);
    assert_close(check.share, 2.5, 1e-12);
}

static void what_cannot_be_checked_says_why(void **state)
{
    (void)state;
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"note\": \"n\""))).reason, ROOF_CLAIM_REASON_NO_NUMBER);
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"value\": 3, \"unit\": \"x\""))).reason,
                     ROOF_CLAIM_REASON_NO_BASELINE);
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"value\": 75, \"unit\": \"%\""))).reason,
                     ROOF_CLAIM_REASON_NO_WORKLOAD);
    assert_int_equal(examine(SPEC(FIGURES CLAIM("\"value\": 200, \"unit\": \"count\""))).reason,
                     ROOF_CLAIM_REASON_NO_FIGURE);
    assert_int_equal(
        examine(SPEC(FIGURES CLAIM("\"value\": 9, \"unit\": \"TOPS/W\", \"part\": \"the array\""))).reason,
        ROOF_CLAIM_REASON_OF_A_PART);
    assert_int_equal(
        examine(SPEC(FIGURES CLAIM("\"value\": 9, \"unit\": \"TOPS/W\", \"scope\": \"card\""))).reason,
        ROOF_CLAIM_REASON_OTHER_LEVEL);
    roof_claim_check check =
        examine(SPEC("\"peak\": [" PEAK("20", "int8") "], " CLAIM("\"value\": 4, \"unit\": \"TOPS/W\"")));
    assert_int_equal(check.verdict, ROOF_CLAIM_IS_UNCHECKED);
    assert_int_equal(check.reason, ROOF_CLAIM_REASON_NO_POWER);
    assert_contains(check.beside, "would draw 5.00 W");
    assert_true(isnan(check.share) && !check.against[0]);
}

static void verdicts_and_reasons_are_counted(void **state)
{
    (void)state;
    roof_claim_check checks[3] = {{.verdict = ROOF_CLAIM_IS_SPARSE},
                                  {.verdict = ROOF_CLAIM_IS_UNCHECKED, .reason = ROOF_CLAIM_REASON_NO_POWER},
                                  {.verdict = ROOF_CLAIM_IS_SPARSE}};
    roof_claim_counts counts = roof_claim_count(checks, 3);
    assert_int_equal(counts.verdicts[ROOF_CLAIM_IS_SPARSE], 2);
    assert_int_equal(counts.reasons[ROOF_CLAIM_REASON_NO_POWER], 1);
    assert_int_equal(counts.reasons[ROOF_CLAIM_REASON_CHECKED], 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(efficiency_names_the_power_that_makes_it_true),
        cmocka_unit_test(efficiency_above_every_basis_says_what_it_would_take),
        cmocka_unit_test(a_rate_is_of_one_chip_of_many_or_of_the_area),
        cmocka_unit_test(a_field_must_agree_both_ways),
        cmocka_unit_test(a_network_is_held_against_its_bound),
        cmocka_unit_test(a_ratio_is_of_the_two_specs),
        cmocka_unit_test(what_cannot_be_checked_says_why),
        cmocka_unit_test(verdicts_and_reasons_are_counted),
    };
    return RUN_TESTS(tests);
}
