/* Measurements against bounds that are known by hand. */
#include "assert_close.h"
#include "chiproof/compare/audit.h"
#include "run_text.h"

/* 10 tokens x 100 x 100 = 200,000 op: 0.2 us at 1 TOPS, 5 million a second; everything fits on the chip. */
#define ROOMY SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q("1", "MB") "}")
/* The same with 1 GB/s outside, and nothing said of on-chip memory. */
#define UNKNOWN \
    SPEC("\"peak\": [" PEAK("1", "int8") "], \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q( \
        "1", "GB/s") "}")

static roof_measurement measured(roof_metric metric, double value)
{
    return (roof_measurement){.chip = "x",
                              .system = "",
                              .model = "w",
                              .variant = "",
                              .scenario = "",
                              .conditions = "",
                              .source = "s",
                              .use = "fit",
                              .fit = true,
                              .chips_used = 1,
                              .batch = 1,
                              .value = value,
                              .metric = metric,
                              .precision = ROOF_PRECISION_INT8,
                              .file = "t.tsv"};
}

/* The check of one row; the summary's counts go to *summary if it is not NULL. */
static roof_audit_row check(const char *spec, const roof_measurement *row, const roof_measures *measures,
                            roof_audit_summary *summary)
{
    static const roof_measures none = ROOF_MEASURES_EMPTY;
    roof_chip *chip = spec ? derived_chip_of(spec) : NULL;
    roof_workload *workload = workload_of(GEMM("10", "100", "100"));
    roof_join each = {row, chip, workload};
    roof_audit *audit = NULL;
    assert_int_equal(roof_audit_check(measures ? measures : &none, &each, 1, &audit, NULL), ROOF_OK);
    roof_audit_row got = audit->rows[0];
    if (summary) *summary = audit->all;
    roof_audit_free(audit);
    roof_workload_free(workload);
    roof_chip_free(chip);
    return got;
}

static void throughput_is_a_share_of_the_bound_of_all_chips(void **state)
{
    (void)state;
    roof_measurement row = measured(ROOF_METRIC_THROUGHPUT, 2.5e6);
    roof_audit_row got = check(ROOMY, &row, NULL, NULL);
    assert_int_equal(got.verdict, ROOF_AUDIT_CONSISTENT);
    assert_close(got.bound, 5e6, 1e-12);
    assert_close(got.share, 0.5, 1e-12);
    row.chips_used = 4;
    assert_close(check(ROOMY, &row, NULL, NULL).share, 0.125, 1e-12);
}

static void latency_is_of_the_batch_and_time_per_inference_is_not(void **state)
{
    (void)state;
    roof_measurement row = measured(ROOF_METRIC_LATENCY, 1.6e-3);
    row.batch = 4;
    assert_close(check(ROOMY, &row, NULL, NULL).share, 0.5, 1e-12);
    row.metric = ROOF_METRIC_TIME_PER_INFERENCE;
    assert_close(check(ROOMY, &row, NULL, NULL).share, 0.125, 1e-12);
    row = measured(ROOF_METRIC_LATENCY, 1.6e-3);
    row.batch = NAN;
    row.scenario = "MultiStream";
    assert_close(check(ROOMY, &row, NULL, NULL).share, 1, 1e-12);
}

static void a_row_above_its_bound_says_by_how_much(void **state)
{
    (void)state;
    roof_audit_summary summary;
    roof_measurement row = measured(ROOF_METRIC_THROUGHPUT, 6.55e6);
    roof_audit_row got = check(ROOMY, &row, NULL, &summary);
    assert_int_equal(got.verdict, ROOF_AUDIT_ABOVE);
    assert_close(got.share, 1.31, 1e-12);
    assert_int_equal(summary.above_fit, 1);
    row.fit = false;
    check(ROOMY, &row, NULL, &summary);
    assert_int_equal(summary.above_fit, 0);
    row.sparse = true;
    assert_int_equal(check(ROOMY, &row, NULL, NULL).verdict, ROOF_AUDIT_SPARSE);
    row.value = 5.2e6; /* within the slack */
    assert_int_equal(check(ROOMY, &row, NULL, NULL).verdict, ROOF_AUDIT_CONSISTENT);
}

static void a_finding_explains_up_to_its_limit(void **state)
{
    (void)state;
    roof_measure_finding finding = {"x", "*", "*", "*", 1.5, "why", "t.tsv", 2};
    roof_measures measures = ROOF_MEASURES_EMPTY;
    roof_measurement row = measured(ROOF_METRIC_THROUGHPUT, 6.55e6);
    measures.findings = &finding;
    measures.finding_count = 1;
    roof_audit_row got = check(ROOMY, &row, &measures, NULL);
    assert_int_equal(got.verdict, ROOF_AUDIT_EXPLAINED);
    assert_string_equal(got.explanation, "why");
    row.value = 8e6;
    assert_int_equal(check(ROOMY, &row, &measures, NULL).verdict, ROOF_AUDIT_ABOVE);
}

/* 10,000 bytes of weights, 2,000 of activations: 12 us at 1 GB/s; 0.2 us of arithmetic. */
static void memory_that_is_not_published_explains_as_far_as_the_arithmetic_allows(void **state)
{
    (void)state;
    roof_measurement row = measured(ROOF_METRIC_THROUGHPUT, 1e6);
    roof_audit_row got = check(UNKNOWN, &row, NULL, NULL);
    assert_int_equal(got.limiter, ROOF_CEILING_DRAM);
    assert_int_equal(got.verdict, ROOF_AUDIT_EXPLAINED);
    assert_contains(got.explanation, "on-chip memory is not published");
    row.value = 6e6;
    assert_int_equal(check(UNKNOWN, &row, NULL, NULL).verdict, ROOF_AUDIT_ABOVE);
}

static void a_batch_that_is_not_published_is_the_best_one(void **state)
{
    (void)state;
    roof_measurement row = measured(ROOF_METRIC_THROUGHPUT, 1e5);
    double alone = check(UNKNOWN, &row, NULL, NULL).share;
    row.batch = NAN;
    roof_audit_row got = check(UNKNOWN, &row, NULL, NULL);
    assert_true(got.any_batch && got.batch > 1024 && got.share < alone);
    row.scenario = "SingleStream";
    assert_close(check(UNKNOWN, &row, NULL, NULL).share, alone, 1e-12);
}

static void what_cannot_be_checked_says_why(void **state)
{
    (void)state;
    roof_measurement row = measured(ROOF_METRIC_POWER, 1);
    assert_int_equal(check(ROOMY, &row, NULL, NULL).reason, ROOF_JOIN_NO_SPEED);
    row = measured(ROOF_METRIC_THROUGHPUT, 1);
    assert_int_equal(check(NULL, &row, NULL, NULL).reason, ROOF_JOIN_NO_CHIP);
    row.precision = ROOF_PRECISION_FP16;
    assert_int_equal(check(ROOMY, &row, NULL, NULL).reason, ROOF_JOIN_NO_PEAK);
    row.precision = ROOF_PRECISION_UNSTATED;
    assert_int_equal(check(ROOMY, &row, NULL, NULL).reason, ROOF_JOIN_NO_PRECISION);
    row = measured(ROOF_METRIC_THROUGHPUT, 1);
    row.chips_used = NAN;
    assert_int_equal(check(ROOMY, &row, NULL, NULL).reason, ROOF_JOIN_NO_CHIPS);
    row = measured(ROOF_METRIC_TOKENS, 1);
    assert_int_equal(check(ROOMY, &row, NULL, NULL).reason, ROOF_JOIN_NO_LENGTH);
    row.scenario = "training";
    roof_audit_row got = check(ROOMY, &row, NULL, NULL);
    assert_int_equal(got.reason, ROOF_JOIN_TRAINING);
    assert_true(got.verdict == ROOF_AUDIT_UNCHECKED && isnan(got.share) && isnan(got.bound));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(throughput_is_a_share_of_the_bound_of_all_chips),
        cmocka_unit_test(latency_is_of_the_batch_and_time_per_inference_is_not),
        cmocka_unit_test(a_row_above_its_bound_says_by_how_much),
        cmocka_unit_test(a_finding_explains_up_to_its_limit),
        cmocka_unit_test(memory_that_is_not_published_explains_as_far_as_the_arithmetic_allows),
        cmocka_unit_test(a_batch_that_is_not_published_is_the_best_one),
        cmocka_unit_test(what_cannot_be_checked_says_why),
    };
    return RUN_TESTS(tests);
}
