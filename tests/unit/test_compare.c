#include "assert_close.h"
#include "chiproof/compare/compare.h"
#include "chiproof/compare/crossover.h"
#include "run_text.h"

#define BIG_SLOW_LINK \
    SPEC("\"peak\": [" PEAK("100", "int8") "], \"sram\": {\"capacity\": " Q( \
        "1", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}")
#define SMALL_FAST_LINK \
    SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q( \
        "1", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("10", "GB/s") "}")

typedef struct pair {
    roof_chip *chips[2];
    roof_workload *workload;
    roof_comparison *comparison;
} pair;

static pair compare(const char *a, const char *b, const char *network, roof_request request, roof_basis basis)
{
    pair p = {{derived_chip_of(a), derived_chip_of(b)}, workload_of(network), NULL};
    roof_event event = {p.workload, request};
    assert_int_equal(
        roof_compare((const roof_chip *const *)p.chips, 2, &event, 1, basis, &p.comparison, NULL), ROOF_OK);
    return p;
}

static void end(pair *p)
{
    roof_comparison_free(p->comparison);
    roof_workload_free(p->workload);
    for (int i = 0; i < 2; i++) roof_chip_free(p->chips[i]);
}

static const roof_spec_row *row_of(const pair *p, const char *field)
{
    for (size_t i = 0; i < p->comparison->row_count; i++)
        if (strcmp(p->comparison->rows[i].field, field) == 0) return &p->comparison->rows[i];
    fail_msg("no row %s", field);
    return NULL;
}

static bool warned(const pair *p, const char *part)
{
    for (size_t i = 0; i < p->comparison->warnings.length; i++)
        if (strstr(p->comparison->warnings.items[i].message, part)) return true;
    return false;
}

/* 4 tokens x 100 x 100: of 10,000 bytes of weights 1,000 stay on the chip, and streaming 9,000 takes 9 us at
 * 1 GB/s, 0.9 us at 10 GB/s, whatever the batch; compute takes 80,000 op each: 0.8 ns at 100 TOPS, 80 ns at 1
 * TOPS. The second chip leads until 80 ns x batch = 9 us: batch 112.5. */
static void the_order_turns_where_the_closed_form_says(void **state)
{
    (void)state;
    pair p = compare(BIG_SLOW_LINK, SMALL_FAST_LINK, POINTWISE("4", "100", "100"), (roof_request){0},
                     ROOF_BASIS_WHOLE);
    const roof_race *race = &p.comparison->races[0];
    double batch = 0;
    assert_int_equal(race->faster, 1);
    assert_int_equal(
        roof_crossover_batch(&race->predictions[0], &race->predictions[1], 1, 1, 4096, &batch, NULL),
        ROOF_OK);
    assert_close(batch, 9e-6 / 80e-9, 1e-6);
    assert_true(race->turn_batch == 113);
    end(&p);
}

/* The same network, with the weights of the second chip over a host link of 1 GB/s: 9 us + 0.4 us x batch.
 * The first one streams them at 0.5 GB/s in 18 us and computes 80,000 op at 0.16 TOPS in 0.5 us x batch. So
 * they change places at batch (18 - 9) / 0.4 = 22.5, and again at 9 / (0.5 - 0.4) = 90. */
#define FLAT_THEN_STEEP \
    SPEC("\"peak\": [" PEAK("0.16", "int8") "], \"sram\": {\"capacity\": " Q( \
        "1", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("0.5", "GB/s") "}")
#define EVENLY_RISING \
    SPEC("\"peak\": [" PEAK("100", "int8") "], \"sram\": {\"capacity\": " Q( \
        "1", "kB") "}, \"host\": {\"bandwidth\": " Q("1", "GB/s") "}")

static void all_turns_are_found_where_the_closed_form_says(void **state)
{
    (void)state;
    pair p = compare(FLAT_THEN_STEEP, EVENLY_RISING, POINTWISE("4", "100", "100"),
                     (roof_request){.offload_host = true}, ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    double roots[4] = {0};
    size_t count = 0;
    assert_int_equal(
        roof_crossover_roots(&runs[0], &runs[1], 1, ROOF_SWEEP_BATCH, 1, 4096, roots, 4, &count, NULL),
        ROOF_OK);
    assert_int_equal(count, 2);
    assert_close(roots[0], 22.5, 1e-6);
    assert_close(roots[1], 90, 1e-6);
    assert_true(p.comparison->races[0].turn_batch == 23);
    assert_int_equal(
        roof_crossover_roots(&runs[0], &runs[1], 1, ROOF_SWEEP_BATCH, 1, 4096, roots, 1, &count, NULL),
        ROOF_OK);
    assert_int_equal(count, 1);
    end(&p);
}

static void each_range_has_its_leader(void **state)
{
    (void)state;
    static const struct {
        double from, to;
        roof_leader leader;
    } want[] = {{1, 22, ROOF_LEADER_B},
                {23, 89, ROOF_LEADER_A},
                {90, 90, ROOF_LEADER_EQUAL},
                {91, 4096, ROOF_LEADER_B}};
    pair p = compare(FLAT_THEN_STEEP, EVENLY_RISING, POINTWISE("4", "100", "100"),
                     (roof_request){.offload_host = true}, ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    roof_crossover crossover;
    assert_int_equal(roof_crossover_find(&runs[0], &runs[1], ROOF_SWEEP_BATCH, 1, 4096, &crossover, NULL),
                     ROOF_OK);
    assert_int_equal(crossover.root_count, 2);
    assert_int_equal(crossover.stretch_count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_true(crossover.stretches[i].from == want[i].from && crossover.stretches[i].to == want[i].to);
        assert_int_equal(crossover.stretches[i].leader, want[i].leader);
    }
    assert_close(crossover.stretches[1].throughput_from[0], 23 / 18e-6, 1e-9);
    assert_close(crossover.stretches[1].throughput_to[1], 89 / (9e-6 + 89 * 0.4e-6), 1e-9);
    end(&p);
}

static void a_context_is_for_language_models_only(void **state)
{
    (void)state;
    pair p = compare(FLAT_THEN_STEEP, EVENLY_RISING, POINTWISE("4", "100", "100"),
                     (roof_request){.offload_host = true}, ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    roof_crossover crossover;
    roof_error error = {0};
    assert_int_equal(roof_crossover_find(&runs[0], &runs[1], ROOF_SWEEP_CONTEXT, 1, 4096, &crossover, &error),
                     ROOF_INVALID);
    assert_contains(error.message, "language model");
    end(&p);
}

static void where_one_stays_ahead_there_is_no_turn(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "]"), SPEC("\"peak\": [" PEAK("20", "int8") "]"),
                     POINTWISE("4", "100", "100"), (roof_request){0}, ROOF_BASIS_WHOLE);
    roof_error error = {0};
    double batch = 0;
    const roof_race *race = &p.comparison->races[0];
    assert_true(isnan(race->turn_batch));
    assert_int_equal(
        roof_crossover_batch(&race->predictions[0], &race->predictions[1], 1, 1, 4096, &batch, &error),
        ROOF_NO_ROOT);
    assert_close(race->ratio, 2, 1e-12);
    end(&p);
}

static void rows_give_the_ratio_and_mark_the_better_side(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "], \"power\": {\"tdp\": " Q("5", "W") "}"),
                     SPEC("\"peak\": [" PEAK("30", "int8") "], \"power\": {\"tdp\": " Q("20", "W") "}"),
                     GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WHOLE);
    assert_close(row_of(&p, "peak.int8.dense")->ratio, 3, 1e-12);
    assert_int_equal(row_of(&p, "peak.int8.dense")->better, 1);
    assert_int_equal(row_of(&p, "power.tdp")->better, 0); /* less is better */
    end(&p);
}

static void per_watt_divides_both_by_power_of_one_kind(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "], \"power\": {\"tdp\": " Q("5", "W") "}"),
                     SPEC("\"peak\": [" PEAK("30", "int8") "], \"power\": {\"tdp\": " Q("20", "W") "}"),
                     GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WATT);
    assert_close(row_of(&p, "peak.int8.dense")->ratio, 0.75, 1e-12);
    assert_close(p.comparison->races[0].ratio, 0.75, 1e-12);
    assert_int_equal(p.comparison->races[0].faster, 0);
    end(&p);
}

/* 10 TOPS over 5 W and 25 mm2, 30 over 20 W and 100 mm2: 2 and 1.5 TOPS/W, 0.4 and 0.3 TOPS/mm2. */
static void peaks_stand_over_power_and_die_area_too(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "], \"power\": {\"tdp\": " Q(
                         "5", "W") "}, \"process\": {\"die_area\": " Q("25", "mm2") "}"),
                     SPEC("\"peak\": [" PEAK("30", "int8") "], \"power\": {\"tdp\": " Q(
                         "20", "W") "}, \"process\": {\"die_area\": " Q("100", "mm2") "}"),
                     GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WHOLE);
    const roof_spec_row *per_watt = row_of(&p, "peak.int8.dense/power.tdp");
    const roof_spec_row *per_area = row_of(&p, "peak.int8.dense/process.die_area");
    assert_close(per_watt->si[0], 2e12, 1e-12);
    assert_close(per_watt->si[1], 1.5e12, 1e-12);
    assert_int_equal(per_watt->better, 0);
    assert_int_equal(per_watt->values[0]->claim, ROOF_CLAIM_DERIVED);
    assert_contains(per_watt->label, "TDP");
    assert_close(per_area->si[0], 0.4e12, 1e-12);
    assert_close(per_area->ratio, 0.75, 1e-12);
    end(&p);
}

static void typical_power_is_never_set_against_a_tdp(void **state)
{
    (void)state;
    const char *typical =
        SPEC("\"peak\": [" PEAK("10", "int8") "], \"power\": {\"typical\": " Q("5", "W") "}");
    const char *tdp = SPEC("\"peak\": [" PEAK("30", "int8") "], \"power\": {\"tdp\": " Q("20", "W") "}");
    pair p = compare(typical, tdp, GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WHOLE);
    roof_comparison *refused = NULL;
    roof_error error = {0};
    assert_true(warned(&p, "different bases"));
    assert_true(isnan(row_of(&p, "power.tdp")->ratio));
    assert_int_equal(
        roof_compare((const roof_chip *const *)p.chips, 2, NULL, 0, ROOF_BASIS_WATT, &refused, &error),
        ROOF_MISSING);
    assert_null(refused);
    end(&p);
}

static void levels_that_differ_are_said(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "]"), CARD("\"peak\": [" PEAK("10", "int8") "]"),
                     GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WHOLE);
    assert_true(warned(&p, "levels differ"));
    end(&p);
}

static void without_a_common_precision_each_runs_at_its_own_and_that_is_said(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") "]"), SPEC("\"peak\": [" PEAK("5", "fp16") "]"),
                     GEMM("1", "8", "8"), (roof_request){0}, ROOF_BASIS_WHOLE);
    assert_int_equal(p.comparison->races[0].predictions[0].request.precision, ROOF_PRECISION_INT8);
    assert_int_equal(p.comparison->races[0].predictions[1].request.precision, ROOF_PRECISION_FP16);
    assert_true(warned(&p, "no precision is common"));
    end(&p);
}

static void a_common_precision_goes_before_the_faster_ones(void **state)
{
    (void)state;
    pair p = compare(SPEC("\"peak\": [" PEAK("10", "int8") ", " PEAK("5", "fp16") "]"),
                     SPEC("\"peak\": [" PEAK("5", "fp16") "]"), GEMM("1", "8", "8"), (roof_request){0},
                     ROOF_BASIS_WHOLE);
    assert_int_equal(p.comparison->races[0].predictions[0].request.precision, ROOF_PRECISION_FP16);
    end(&p);
}

static void one_chip_or_nine_are_refused(void **state)
{
    (void)state;
    const roof_chip *chips[9] = {0};
    roof_comparison *comparison = NULL;
    assert_int_equal(roof_compare(chips, 1, NULL, 0, ROOF_BASIS_WHOLE, &comparison, NULL), ROOF_INVALID);
    assert_int_equal(roof_compare(chips, 9, NULL, 0, ROOF_BASIS_WHOLE, &comparison, NULL), ROOF_INVALID);
    assert_null(comparison);
}

/* 100 TOPS over 1 TB/s and 50 TOPS over 2 TB/s: min(100, I) = min(50, 2 I) at I = 50 op/B. */
static void two_rooflines_cross_where_the_peak_of_one_meets_the_slope_of_the_other(void **state)
{
    (void)state;
#define ROOF(peak, bandwidth) \
    SPEC("\"peak\": [" PEAK(peak, "int8") "], \"dram\": {\"bandwidth\": " Q(bandwidth, "TB/s") "}")
    pair p = compare(ROOF("100", "1"), ROOF("50", "2"), GEMM("1", "10", "10"), (roof_request){0},
                     ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    roof_crossover crossover;
    assert_int_equal(
        roof_crossover_find(&runs[0], &runs[1], ROOF_SWEEP_INTENSITY, 0.01, 1e6, &crossover, NULL), ROOF_OK);
    assert_int_equal(crossover.root_count, 1);
    assert_close(crossover.roots[0], 50, 1e-8);
    assert_int_equal(crossover.stretch_count, 2);
    assert_int_equal(crossover.stretches[0].leader, ROOF_LEADER_B);
    assert_int_equal(crossover.stretches[1].leader, ROOF_LEADER_A);
    assert_close(crossover.stretches[1].throughput_to[0], 100e12, 1e-12);
    end(&p);
}

/* 10 TOPS that skip zeros against 35 TOPS that do not: they change places at 3.5x. */
static void a_chip_that_skips_zeros_overtakes_at_the_ratio_of_the_peaks(void **state)
{
    (void)state;
    const char *skips = SPEC(
        "\"peak\": [" PEAK("10", "int8") "], \"sparsity\": {\"kind\": {\"value\": "
                                         "\"unstructured\", \"claim\": \"vendor\", \"source\": \"s1\"}}");
    pair p = compare(skips, SPEC("\"peak\": [" PEAK("35", "int8") "]"), GEMM("10", "10", "10"),
                     (roof_request){0}, ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    roof_crossover crossover;
    assert_int_equal(roof_crossover_find(&runs[0], &runs[1], ROOF_SWEEP_SPARSITY, 1, 32, &crossover, NULL),
                     ROOF_OK);
    assert_int_equal(crossover.root_count, 1);
    assert_close(crossover.roots[0], 3.5, 1e-8);
    assert_true(crossover.turns);
    end(&p);
}

static void precisions_have_a_leader_each(void **state)
{
    (void)state;
    const char *narrow = SPEC("\"peak\": [" PEAK("30", "int8") ", " PEAK("10", "fp16") "]");
    const char *wide =
        SPEC("\"peak\": [" PEAK("20", "int8") ", " PEAK("20", "fp16") ", " PEAK("1", "fp32") "]");
    pair p = compare(narrow, wide, GEMM("10", "10", "10"), (roof_request){0}, ROOF_BASIS_WHOLE);
    const roof_prediction *runs = p.comparison->races[0].predictions;
    roof_crossover crossover;
    assert_int_equal(roof_crossover_find(&runs[0], &runs[1], ROOF_SWEEP_PRECISION, 0, ROOF_PRECISION_UNSTATED,
                                         &crossover, NULL),
                     ROOF_OK);
    assert_int_equal(crossover.stretch_count, 3);
    assert_int_equal(crossover.stretches[0].leader, ROOF_LEADER_A);
    assert_int_equal(crossover.stretches[1].leader, ROOF_LEADER_B);
    assert_int_equal(crossover.stretches[2].leader, ROOF_LEADER_ONLY_B);
    assert_true(crossover.stretches[2].from == ROOF_PRECISION_FP32);
    assert_true(crossover.turns);
    end(&p);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_order_turns_where_the_closed_form_says),
        cmocka_unit_test(all_turns_are_found_where_the_closed_form_says),
        cmocka_unit_test(each_range_has_its_leader),
        cmocka_unit_test(a_context_is_for_language_models_only),
        cmocka_unit_test(where_one_stays_ahead_there_is_no_turn),
        cmocka_unit_test(rows_give_the_ratio_and_mark_the_better_side),
        cmocka_unit_test(per_watt_divides_both_by_power_of_one_kind),
        cmocka_unit_test(peaks_stand_over_power_and_die_area_too),
        cmocka_unit_test(typical_power_is_never_set_against_a_tdp),
        cmocka_unit_test(levels_that_differ_are_said),
        cmocka_unit_test(without_a_common_precision_each_runs_at_its_own_and_that_is_said),
        cmocka_unit_test(a_common_precision_goes_before_the_faster_ones),
        cmocka_unit_test(one_chip_or_nine_are_refused),
        cmocka_unit_test(two_rooflines_cross_where_the_peak_of_one_meets_the_slope_of_the_other),
        cmocka_unit_test(a_chip_that_skips_zeros_overtakes_at_the_ratio_of_the_peaks),
        cmocka_unit_test(precisions_have_a_leader_each),
    };
    return RUN_TESTS(tests);
}
