/* Several chips: what each plan makes of a run, and what the chips send each other. */
#include "assert_close.h"

#include <stdlib.h>

#include "chiproof/model/predict.h"
#include "run_text.h"

typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction prediction;
} fixture;

static fixture answer(roof_chip *chip, roof_workload *workload, roof_request request)
{
    fixture f = {chip, workload, {0}};
    roof_predict(chip, workload, &request, &f.prediction);
    return f;
}

static fixture run(const char *spec, const char *network, roof_request request)
{
    return answer(derived_chip_of(spec), workload_of(network), request);
}

static roof_workload *shipped_model(const char *id)
{
    const char *folder = getenv("CHIPROOF_TEST_MODELS");
    char path[512];
    roof_workload *workload = NULL;
    snprintf(path, sizeof path, "%s/%s.json", folder ? folder : "models", id);
    assert_int_equal(roof_workload_load(path, NULL, &workload, NULL), ROOF_OK);
    return workload;
}

static void end(fixture *f)
{
    roof_prediction_free(&f->prediction);
    roof_workload_free(f->workload);
    roof_chip_free(f->chip);
}

static double seconds(const fixture *f, roof_ceiling_id id)
{
    return f->prediction.bound.ceilings[id].seconds;
}

#define LINKS(bandwidth) \
    "\"link\": {\"total_bandwidth\": {\"value\": " bandwidth \
    ", \"unit\": \"GB/s\", \"direction\": \"both-ways\", \"claim\": \"vendor\", \"source\": \"s1\"}}"
/* An A100 of 80 GB: 312 TFLOPS dense at fp16, 2039 GB/s, NVLink of 600 GB/s both ways: 300 GB/s each way. */
#define A100 \
    SPEC("\"peak\": [" PEAK("312", "fp16") "], \"dram\": {\"capacity\": " Q( \
        "80", "GiB") ", \"bandwidth\": " Q("2039", "GB/s") "}, " LINKS("600"))
#define NO_DRAM "\"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}"

/* Four multiplications in a row: tokens x 100 x 100, 100 x 200, 200 x 50, 50 x 10. */
#define CHAIN(tokens) \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"family\": \"attention\",\n" \
    "\"input\": [{\"name\": \"x\", \"shape\": [" tokens ", 100]}],\n" \
    "\"ops\": [{\"op\": \"gemm\", \"out\": 100, \"bias\": false}, {\"op\": \"gemm\", \"out\": 200, " \
    "\"bias\": " \
    "false}, {\"op\": \"gemm\", \"out\": 50, \"bias\": false}, {\"op\": \"gemm\", \"out\": 10, \"bias\": " \
    "false}]}"

/* GPT-3 on eight A100, fp16, batch 8, one token each. It has 96 layers of width 12288, with two sums a layer:
 * 96 x 2 x 12288 = 2,359,296 values of 2 bytes for each of the batch. In a ring of 8 each chip sends
 * 2 x 7/8 of them: 2,359,296 x 2 B x 1.75 x 8 = 66,060,288 B, at 300 GB/s 220.2 us. */
static void gpt3_on_eight_a100_sends_two_sums_a_layer_over_nvlink(void **state)
{
    (void)state;
    roof_request request = {
        .chips = 8, .batch = 8, .plan = ROOF_PLAN_TENSOR, .phase = ROOF_PHASE_DECODE, .context = 1024};
    fixture f = answer(derived_chip_of(A100), shipped_model("gpt3-175b"), request);
    assert_int_equal(f.prediction.refusal.code, ROOF_OK);
    assert_close(f.prediction.bound.ceilings[ROOF_CEILING_LINK].amount, 66060288, 1e-12);
    assert_close(seconds(&f, ROOF_CEILING_LINK), 66060288 / 300e9, 1e-12);
    /* The weights, 2 B each, and the cache of 8 x 1024 tokens stream at 8 x 2039 GB/s: that binds. */
    assert_int_equal(f.prediction.bound.limiter, ROOF_CEILING_DRAM);
    assert_close(f.prediction.bound.split.copies, 1, 1e-15);
    end(&f);
}

static void slow_links_bind_and_are_named(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("312", "fp16") "], \"dram\": {\"capacity\": " Q(
        "80", "GiB") ", \"bandwidth\": " Q("2039", "GB/s") "}, " LINKS("2"));
    roof_request request = {
        .chips = 8, .batch = 8, .plan = ROOF_PLAN_TENSOR, .phase = ROOF_PHASE_DECODE, .context = 1024};
    fixture f = answer(derived_chip_of(spec), shipped_model("gpt3-175b"), request);
    assert_int_equal(f.prediction.bound.limiter, ROOF_CEILING_LINK);
    assert_close(f.prediction.latency_s, 66060288 / 1e9, 1e-12);
    assert_true(roof_prediction_uses(&f.prediction, ROOF_INPUT_LINK_BANDWIDTH));
    end(&f);
}

/* 4 layers of width 64 with 8 heads and 2 key-value heads. */
static const char small_llm[] =
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"family\": \"llm\","
    "\"transformer\": {\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": 4,"
    "\"num_attention_heads\": 8, \"num_key_value_heads\": 2, \"intermediate_size\": 128, \"vocab_size\": 100,"
    "\"max_position_embeddings\": 4096}}";

static void fewer_cache_heads_than_chips_are_kept_in_copies(void **state)
{
    (void)state;
    roof_request request = {.chips = 8, .plan = ROOF_PLAN_TENSOR, .phase = ROOF_PHASE_DECODE, .context = 99};
    fixture eight = run(A100, small_llm, request);
    request.chips = 2;
    fixture two = run(A100, small_llm, request);
    assert_close(eight.prediction.bound.split.copies, 4, 1e-15);
    assert_close(two.prediction.bound.split.copies, 1, 1e-15);
    /* 100 tokens x 4 layers x 2 (key and value) x 2 heads x 8 wide x 2 B, four times. */
    double cache = 100.0 * 4 * 2 * 2 * 8 * 2;
    assert_close(eight.prediction.bound.need_bytes - two.prediction.bound.need_bytes, 3 * cache, 1e-12);
    end(&eight);
    end(&two);
}

/* 100 x 10 TOPS; the chain has 100x100 + 100x200 + 200x50 + 50x10 = 40,500 MAC a row: 81,000 op. */
#define FAST SPEC("\"peak\": [" PEAK("1", "int8") "], " LINKS("2"))

static void a_pipeline_alone_pays_its_bubble_and_a_stream_does_not(void **state)
{
    (void)state;
    roof_request request = {.chips = 4, .batch = 8, .plan = ROOF_PLAN_PIPELINE, .microbatches = 4};
    fixture f = run(FAST, CHAIN("1000"), request);
    const roof_prediction *p = &f.prediction;
    /* Four stages, four microbatches of two: alone 4 + 4 - 1 = 7 stage times, in a stream 4. A stage: two
     * items of 8.1e7 op over four chips. */
    double stage = 2 * 8.1e7 / 4 / 1e12;
    assert_close(p->bound.split.batch, 2, 1e-15);
    assert_close(seconds(&f, ROOF_CEILING_COMPUTE), 4 * stage, 1e-12);
    /* The smallest output inside has 50 columns: 1000 x 50 B for each of the batch, at 1 GB/s 50 us: that
     * binds.
     */
    assert_int_equal(p->bound.limiter, ROOF_CEILING_LINK);
    assert_close(p->bound.seconds, 8 * 50000 / 1e9, 1e-12);
    assert_close(p->latency_s, p->bound.seconds * 7 / 4, 1e-12);
    end(&f);
}

static void a_pipeline_has_no_more_stages_than_layers(void **state)
{
    (void)state;
    fixture f = run(FAST, CHAIN("1"), (roof_request){.chips = 16, .batch = 64, .plan = ROOF_PLAN_PIPELINE});
    assert_close(f.prediction.bound.split.together, 4, 1e-15);
    assert_close(f.prediction.bound.split.microbatches, 4, 1e-15);
    end(&f);
}

static void decoding_a_batch_smaller_than_the_pipeline_leaves_stages_idle(void **state)
{
    (void)state;
    roof_request request = {
        .chips = 4, .batch = 2, .plan = ROOF_PLAN_PIPELINE, .phase = ROOF_PHASE_DECODE, .context = 9};
    fixture f = run(A100, small_llm, request);
    assert_close(f.prediction.bound.split.busy, 0.5, 1e-15);
    request.chips = 1;
    request.batch = 1;
    fixture one = run(A100, small_llm, request);
    /* A token visits four stages of a quarter of the work each: no faster than one chip. */
    assert_close(f.prediction.tpot_s, one.prediction.tpot_s, 1e-12);
    end(&f);
    end(&one);
}

static void other_networks_gather_the_output_of_each_layer_that_another_follows(void **state)
{
    (void)state;
    fixture f = run(FAST, CHAIN("10"), (roof_request){.chips = 4, .batch = 3, .plan = ROOF_PLAN_TENSOR});
    /* 10 x (100 + 200 + 50) values of one byte, 3/4 of them from the other chips, for three of the batch. */
    assert_close(f.prediction.bound.ceilings[ROOF_CEILING_LINK].amount, 3500 * 0.75 * 3, 1e-12);
    end(&f);
}

static void data_parallel_chips_each_hold_all_weights(void **state)
{
    (void)state;
    const char *spec =
        SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q("500", "kB") "}, " NO_DRAM);
    roof_request request = {.chips = 4, .batch = 6, .plan = ROOF_PLAN_DATA};
    fixture refused = run(spec, GEMM("1", "1000", "1000"), request);
    assert_int_equal(refused.prediction.refusal.code, ROOF_DOES_NOT_FIT);
    assert_contains(refused.prediction.refusal.message, "each chip holds all of it");
    request.plan = ROOF_PLAN_TENSOR;
    fixture split = run(spec, GEMM("1", "1000", "1000"), request);
    assert_int_equal(split.prediction.refusal.code, ROOF_OK);
    request.plan = ROOF_PLAN_DATA;
    fixture small = run(spec, GEMM("1", "100", "100"), request);
    /* Six over four chips: two on the busiest, 2 x 20,000 op at 1 TOPS; nothing on the links. */
    assert_close(small.prediction.bound.seconds, 40000 / 1e12, 1e-12);
    assert_true(seconds(&small, ROOF_CEILING_LINK) == 0);
    end(&refused);
    end(&split);
    end(&small);
}

static void the_best_plan_is_the_fastest_of_the_three_and_none_beats_ideal(void **state)
{
    (void)state;
    static const roof_plan plans[] = {ROOF_PLAN_DATA, ROOF_PLAN_PIPELINE, ROOF_PLAN_TENSOR, ROOF_PLAN_BEST};
    for (double chips = 1; chips <= 64; chips *= 2)
        for (double batch = 1; batch <= 300; batch = 3 * batch + 1)
            for (int phase = ROOF_PHASE_PREFILL; phase <= ROOF_PHASE_DECODE; phase++) {
                roof_request request = {.chips = chips, .batch = batch, .phase = (roof_phase)phase};
                fixture ideal = run(A100, small_llm, request);
                double least = INFINITY;
                for (int i = 0; i < 4; i++) {
                    request.plan = plans[i];
                    fixture f = run(A100, small_llm, request);
                    assert_true(f.prediction.bound.seconds >= ideal.prediction.bound.seconds * (1 - 1e-12));
                    if (plans[i] == ROOF_PLAN_BEST) assert_close(f.prediction.bound.seconds, least, 1e-15);
                    least = fmin(least, f.prediction.bound.seconds);
                    end(&f);
                }
                end(&ideal);
            }
}

static void more_chips_under_ideal_and_more_link_bandwidth_are_never_slower(void **state)
{
    (void)state;
    double before = INFINITY;
    for (double chips = 1; chips <= 40; chips++) {
        fixture f = run(A100, small_llm, (roof_request){.chips = chips, .batch = 32});
        assert_true(f.prediction.bound.seconds <= before);
        before = f.prediction.bound.seconds;
        end(&f);
    }
    fixture f = run(A100, CHAIN("100"),
                    (roof_request){.chips = 8,
                                   .batch = 32,
                                   .plan = ROOF_PLAN_TENSOR,
                                   .has_precision = true,
                                   .precision = ROOF_PRECISION_FP16});
    roof_machine machine = f.prediction.machine;
    before = INFINITY;
    for (double bandwidth = 1e6; bandwidth < 1e15; bandwidth *= 3) {
        roof_outcome outcome;
        machine.inputs[ROOF_INPUT_LINK_BANDWIDTH].si = bandwidth;
        assert_int_equal(roof_prediction_on(&f.prediction, &machine, &outcome, NULL), ROOF_OK);
        assert_true(outcome.bound.seconds <= before);
        before = outcome.bound.seconds;
    }
    end(&f);
}

/* Llama 2 70B at one byte a weight: 68,976,648,192 B, and 1025 tokens of cache at 80 layers x 2 x 8 x 128 =
 * 163,840 B: 69.144 GB, over 230 MB of SRAM: 300.6, so 301 chips. */
static void as_many_groqchips_as_hold_llama_2_70b_are_found(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("750", "int8") "], \"sram\": {\"capacity\": " Q(
        "230", "MB") ", \"bandwidth\": " Q("80", "TB/s") "}, " NO_DRAM);
    fixture f =
        answer(derived_chip_of(spec), shipped_model("llama-2-70b"), (roof_request){.fit_chips = true});
    assert_int_equal(f.prediction.refusal.code, ROOF_OK);
    assert_close(f.prediction.request.chips, 301, 1e-15);
    roof_run run = roof_request_run(&f.prediction.request);
    /* Beyond 8 chips the 8 heads of the cache are kept in copies, 300 / 8 and more of them: 168 MB x 37 are
     * 6.3 GB more, on 329 chips and more: n with 230 MB n >= 68.977 GB + 167.9 MB n / 8. */
    run.plan = ROOF_PLAN_TENSOR;
    double n = ceil(68976648192.0 / (230e6 - 163840.0 * 1025 / 8));
    assert_close(roof_chips_to_fit(&f.prediction.machine, &f.prediction.traffic, &run), n, 1e-15);
    run.plan = ROOF_PLAN_DATA;
    assert_true(isnan(roof_chips_to_fit(&f.prediction.machine, &f.prediction.traffic, &run)));
    end(&f);
}

static void data_parallel_scales_linearly_with_its_batch_and_not_without(void **state)
{
    (void)state;
    fixture f = run(FAST, CHAIN("10"), (roof_request){0});
    roof_run run = roof_request_run(&f.prediction.request);
    run.plan = ROOF_PLAN_DATA;
    const roof_machine *machine = &f.prediction.machine;
    const roof_traffic *traffic = &f.prediction.traffic;
    assert_close(roof_scaling_efficiency(machine, traffic, &run, 1, 192, true), 1, 1e-12);
    assert_close(roof_scaling_efficiency(machine, traffic, &run, 1, 192, false), 1.0 / 192, 1e-12);
    end(&f);
}

static void links_of_one_kind_add_up_one_way(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("1", "int8") "], \"link\": {\"count\": " Q(
        "6", "count") ", \"bandwidth\": {\"value\": 100, \"unit\": \"GB/s\", \"direction\": \"both-ways\", "
                      "\"claim\": \"vendor\", \"source\": \"s1\"}}");
    roof_chip *chip = derived_chip_of(spec);
    const roof_value *total = roof_chip_value(chip, ROOF_FIELD_LINK_TOTAL_BANDWIDTH);
    assert_non_null(total);
    assert_close(total->si, 300e9, 1e-15);
    assert_int_equal(total->claim, ROOF_CLAIM_DERIVED);
    roof_chip_free(chip);
}

static void unpublished_links_are_said_and_not_counted(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("1", "int8") "]"), CHAIN("10"),
                    (roof_request){.chips = 4, .plan = ROOF_PLAN_TENSOR});
    assert_true(isnan(seconds(&f, ROOF_CEILING_LINK)));
    assert_true(roof_prediction_misses(&f.prediction, ROOF_INPUT_LINK_BANDWIDTH));
    bool said = false;
    for (size_t i = 0; i < f.prediction.doubts.length; i++)
        said |= strstr(f.prediction.doubts.items[i].message, "link.total_bandwidth") != NULL;
    assert_true(said);
    end(&f);
}

static void totals_cannot_be_spread_by_layers(void **state)
{
    (void)state;
    fixture f = run(FAST,
                    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"totals\": "
                    "{\"macs\": 1000, \"params\": 10, \"input_elements\": 5, \"output_elements\": 5}}",
                    (roof_request){.chips = 2, .plan = ROOF_PLAN_PIPELINE});
    assert_int_equal(f.prediction.refusal.code, ROOF_UNSUPPORTED);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(gpt3_on_eight_a100_sends_two_sums_a_layer_over_nvlink),
        cmocka_unit_test(slow_links_bind_and_are_named),
        cmocka_unit_test(fewer_cache_heads_than_chips_are_kept_in_copies),
        cmocka_unit_test(a_pipeline_alone_pays_its_bubble_and_a_stream_does_not),
        cmocka_unit_test(a_pipeline_has_no_more_stages_than_layers),
        cmocka_unit_test(decoding_a_batch_smaller_than_the_pipeline_leaves_stages_idle),
        cmocka_unit_test(other_networks_gather_the_output_of_each_layer_that_another_follows),
        cmocka_unit_test(data_parallel_chips_each_hold_all_weights),
        cmocka_unit_test(the_best_plan_is_the_fastest_of_the_three_and_none_beats_ideal),
        cmocka_unit_test(more_chips_under_ideal_and_more_link_bandwidth_are_never_slower),
        cmocka_unit_test(as_many_groqchips_as_hold_llama_2_70b_are_found),
        cmocka_unit_test(data_parallel_scales_linearly_with_its_batch_and_not_without),
        cmocka_unit_test(links_of_one_kind_add_up_one_way),
        cmocka_unit_test(unpublished_links_are_said_and_not_counted),
        cmocka_unit_test(totals_cannot_be_spread_by_layers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
