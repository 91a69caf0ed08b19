#include "assert_close.h"
#include "chiproof/compare/need.h"
#include "run_text.h"

/* 1000 x 1000 weights, one row in, one row out: 1e6 MAC are 2e6 op, 1e6 bytes of weights at int8, 1000 bytes
 * each in and out. */
#define SQUARE GEMM("1", "1000", "1000")
#define NO_DRAM "\"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}"

typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction run;
    roof_need need;
} fixture;

static fixture solve(const char *spec, const char *target, roof_variable only)
{
    fixture f = {derived_chip_of(spec), workload_of(SQUARE), {0}, {0}};
    roof_target aim;
    assert_int_equal(roof_target_parse(target, &aim, NULL), ROOF_OK);
    roof_predict(f.chip, f.workload, &(roof_request){0}, &f.run);
    assert_int_equal(roof_need_solve(&f.run, &aim, only, &f.need, NULL), ROOF_OK);
    return f;
}

static void end(fixture *f)
{
    roof_prediction_free(&f->run);
    roof_workload_free(f->workload);
    roof_chip_free(f->chip);
}

static const roof_need_row *row_of(const fixture *f, roof_variable variable)
{
    for (size_t i = 0; i < f->need.count; i++)
        if (f->need.rows[i].variable == variable) return &f->need.rows[i];
    fail_msg("no row %d", variable);
    return NULL;
}

/* 10 TOPS do 10e12 / 2e6 = 5e6 a second; 20e6 a second take 40 TOPS, or four chips. The host link carries
 * 1000 bytes each way: 20 GB/s, which with four chips is 5 GB/s of each. */
static void a_rate_is_solved_in_closed_form(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
        "2", "MB") "}, " NO_DRAM ", \"host\": {\"bandwidth\": " Q("50", "GB/s") "}");
    fixture f = solve(spec, "20M/s", ROOF_VARIABLE_COUNT);
    const roof_need_row *peak = row_of(&f, ROOF_INPUT_PEAK);
    assert_false(f.need.met);
    assert_close(f.need.figure, 5e6, 1e-12);
    assert_int_equal(peak->state, ROOF_NEED_ENOUGH);
    assert_close(peak->needs, 40e12, 1e-12);
    assert_close(peak->ratio, 4, 1e-12);
    assert_close(peak->amount / peak->seconds, peak->needs, 1e-15);
    assert_close(row_of(&f, ROOF_VARIABLE_CHIPS)->needs, 4, 0);
    const roof_need_row *host = row_of(&f, ROOF_INPUT_HOST_BANDWIDTH);
    assert_int_equal(host->state, ROOF_NEED_ALONE_NOT);
    assert_close(host->needs, 20e9, 1e-12);
    assert_close(host->best, 5e6, 1e-12);
    assert_int_equal(host->at.bound.limiter, ROOF_CEILING_COMPUTE);
    end(&f);
}

/* The link of 1 GB/s allows 1e6 a second: no peak is enough for 2e6. */
static void what_blocks_is_named_with_what_it_allows(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q(
        "2", "MB") "}, " NO_DRAM ", \"host\": {\"bandwidth\": " Q("1", "GB/s") "}");
    fixture f = solve(spec, "2M/s", ROOF_INPUT_PEAK);
    assert_int_equal(f.need.count, 1);
    assert_int_equal(f.need.rows[0].state, ROOF_NEED_ALONE_NOT);
    assert_int_equal(f.need.rows[0].at.bound.limiter, ROOF_CEILING_HOST);
    assert_close(f.need.rows[0].best, 1e6, 1e-12);
    assert_close(f.need.rows[0].needs, 4e12, 1e-12);
    end(&f);
}

/* 1e6 bytes of weights in 300 kB: the capacity that is needed is the weights' to the byte, or four chips. */
static void a_capacity_is_solved_to_the_byte_even_if_the_run_does_not_fit(void **state)
{
    (void)state;
    const char *spec =
        SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q("300", "kB") "}, " NO_DRAM);
    fixture f = solve(spec, "1k/s", ROOF_VARIABLE_COUNT);
    assert_int_equal(f.run.refusal.code, ROOF_DOES_NOT_FIT);
    assert_true(isnan(f.need.figure));
    assert_close(row_of(&f, ROOF_INPUT_SRAM_CAPACITY)->needs, 1e6, 0);
    assert_close(row_of(&f, ROOF_VARIABLE_CHIPS)->needs, 4, 0);
    assert_int_equal(f.need.count, 2);
    end(&f);
    f = solve(spec, "1k/s", ROOF_INPUT_PEAK);
    const roof_need_row *peak = &f.need.rows[0];
    assert_int_equal(peak->state, ROOF_NEED_ALONE_NOT);
    assert_int_equal(peak->refusal.code, ROOF_DOES_NOT_FIT);
    assert_true(isnan(peak->needs) && isnan(peak->best));
    end(&f);
}

/* Streaming 1e6 - c bytes at 1 GB/s takes 0.5 ms when c, what stays on the chip, is 500,000: a root, found by
 * Brent's method since the capacity is no rate. */
static void a_capacity_that_saves_traffic_is_a_root(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
        "400", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}");
    fixture f = solve(spec, "latency <= 500us", ROOF_VARIABLE_COUNT);
    const roof_need_row *sram = row_of(&f, ROOF_INPUT_SRAM_CAPACITY);
    assert_int_equal(sram->state, ROOF_NEED_ENOUGH);
    assert_close(sram->needs, 500000, 1e-9);
    assert_true(isnan(sram->amount));
    assert_close(row_of(&f, ROOF_INPUT_DRAM_BANDWIDTH)->needs, 600000 / 0.5e-3, 1e-12);
    end(&f);
}

/* Nothing is published of the on-chip bandwidth: what it must at least be is still known. Its traffic is 1e6
 * + 2000 bytes, in 1 ms. */
static void a_missing_rate_has_no_ratio_but_a_need(void **state)
{
    (void)state;
    fixture f = solve(SPEC("\"peak\": [" PEAK("10", "int8") "]"), "1ms", ROOF_VARIABLE_COUNT);
    const roof_need_row *row = row_of(&f, ROOF_INPUT_SRAM_BANDWIDTH);
    assert_true(f.need.met);
    assert_true(isnan(row->has) && isnan(row->ratio));
    assert_close(row->needs, 1002000 / 1e-3, 1e-12);
    end(&f);
}

/* Each alone, the rest without limit, for 1000 a second: 2e9 op/s; 1,002,000 bytes x 1000 through on-chip
 * memory; the weights' 1e6 bytes to hold; with 2000 bytes on the chip 998,000 bytes a pass from outside; 1000
 * bytes a pass over the host link. */
static void from_scratch_each_is_the_least_with_the_rest_unlimited(void **state)
{
    (void)state;
    roof_workload *workload = workload_of(SQUARE);
    roof_target target;
    roof_scratch scratch;
    assert_int_equal(roof_target_parse("1000 inferences/s", &target, NULL), ROOF_OK);
    assert_int_equal(roof_scratch_solve(workload, &(roof_request){0}, &target, &scratch, NULL), ROOF_OK);
    static const double wants[ROOF_SCRATCH_COUNT] = {2e9, 1.002e9, 1e6, 998e6, 1e6};
    for (int i = 0; i < ROOF_SCRATCH_COUNT; i++) assert_close(scratch.rows[i].needs, wants[i], 1e-12);
    roof_scratch_free(&scratch);
    assert_int_equal(roof_target_parse("tpot<=1ms", &target, NULL), ROOF_OK);
    assert_int_equal(roof_scratch_solve(workload, &(roof_request){0}, &target, &scratch, NULL), ROOF_INVALID);
    roof_scratch_free(&scratch);
    roof_workload_free(workload);
}

/* ---- the words of a target ---- */

static void targets_are_read(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        roof_goal goal;
        double si;
        roof_target_unit unit;
    } cases[] = {
        {"1000/s", ROOF_GOAL_THROUGHPUT, 1000, ROOF_TARGET_RESULTS},
        {"2.5k/s", ROOF_GOAL_THROUGHPUT, 2500, ROOF_TARGET_RESULTS},
        {" 3 M tokens/s", ROOF_GOAL_THROUGHPUT, 3e6, ROOF_TARGET_TOKENS},
        {"throughput >= 40 inf/s", ROOF_GOAL_THROUGHPUT, 40, ROOF_TARGET_INFERENCES},
        {"10ms", ROOF_GOAL_LATENCY, 0.01, ROOF_TARGET_RESULTS},
        {"latency=7us", ROOF_GOAL_LATENCY, 7e-6, ROOF_TARGET_RESULTS},
        {"ttft<=200ms", ROOF_GOAL_TTFT, 0.2, ROOF_TARGET_RESULTS},
        {"tpot <= 20 ms", ROOF_GOAL_TPOT, 0.02, ROOF_TARGET_RESULTS},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        roof_target target;
        assert_int_equal(roof_target_parse(cases[i].text, &target, NULL), ROOF_OK);
        assert_int_equal(target.goal, cases[i].goal);
        assert_int_equal(target.unit, cases[i].unit);
        assert_close(target.si, cases[i].si, 1e-15);
    }
}

static void a_wrong_target_is_told_with_its_column(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        int column;
        const char *part;
    } cases[] = {
        {"", 1, "a number"},           {"1000", 5, "a unit"},         {"fast", 1, "ttft"},
        {"-3/s", 1, "a number"},       {"0/s", 1, "above 0"},         {"tpot>=20ms", 5, "\"<=\""},
        {"throughput<=3/s", 11, ">="}, {"ttft<=5/s", 8, "a time"},    {"throughput=5ms", 13, "a rate"},
        {"10 parsecs", 4, "a unit"},   {"1e999/s", 1, "above 0"},     {"nan/s", 1, "ttft"},
        {"ttft 5ms", 6, "\"<=\""},     {"5 furlongs/s", 3, "a unit"}, {"5/s x", 2, "a unit"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        roof_target target;
        roof_error error = {0};
        assert_int_equal(roof_target_parse(cases[i].text, &target, &error), ROOF_INVALID);
        assert_contains(error.message, cases[i].part);
        assert_int_equal(error.column, cases[i].column);
    }
}

static void unknowns_are_known_by_their_names(void **state)
{
    (void)state;
    fixture f = solve(SPEC("\"peak\": [" PEAK("10", "int8") "]"), "1/s", ROOF_VARIABLE_CHIPS);
    roof_variable found = 0;
    roof_error error;
    assert_int_equal(roof_need_variable(&f.run, "peak", &found, NULL), ROOF_OK);
    assert_int_equal(found, ROOF_INPUT_PEAK);
    assert_int_equal(roof_need_variable(&f.run, "dram.bandwidth", &found, NULL), ROOF_OK);
    assert_int_equal(found, ROOF_INPUT_DRAM_BANDWIDTH);
    assert_int_equal(roof_need_variable(&f.run, "bandwidth", &found, &error), ROOF_INVALID);
    assert_contains(error.message, "host.bandwidth");
    assert_int_equal(roof_need_variable(&f.run, "drma.bandwidth", &found, &error), ROOF_INVALID);
    assert_contains(error.message, "dram.bandwidth");
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rate_is_solved_in_closed_form),
        cmocka_unit_test(what_blocks_is_named_with_what_it_allows),
        cmocka_unit_test(a_capacity_is_solved_to_the_byte_even_if_the_run_does_not_fit),
        cmocka_unit_test(a_capacity_that_saves_traffic_is_a_root),
        cmocka_unit_test(a_missing_rate_has_no_ratio_but_a_need),
        cmocka_unit_test(from_scratch_each_is_the_least_with_the_rest_unlimited),
        cmocka_unit_test(targets_are_read),
        cmocka_unit_test(a_wrong_target_is_told_with_its_column),
        cmocka_unit_test(unknowns_are_known_by_their_names),
    };
    return RUN_TESTS(tests);
}
