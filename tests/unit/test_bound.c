#include "assert_close.h"
#include "chiproof/model/predict.h"
#include "run_text.h"

/* One run of one chip on one workload, with everything it needs. */
typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction prediction;
} fixture;

static fixture run(const char *spec, const char *network, roof_request request)
{
    fixture f = {derived_chip_of(spec), workload_of(network), {0}};
    roof_code code = roof_predict(f.chip, f.workload, &request, &f.prediction);
    assert_int_equal(code, f.prediction.refusal.code);
    return f;
}

static void end(fixture *f)
{
    roof_prediction_free(&f->prediction);
    roof_workload_free(f->workload);
    roof_chip_free(f->chip);
}

static const roof_ceiling *ceiling(const fixture *f, roof_ceiling_id id)
{
    return &f->prediction.bound.ceilings[id];
}

#define DEFAULTS ((roof_request){0})

static void a_chip_with_a_peak_alone_is_bound_by_compute(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "int8") "]"), GEMM("100", "1000", "500"), DEFAULTS);
    assert_int_equal(f.prediction.refusal.code, ROOF_OK);
    assert_int_equal(f.prediction.bound.limiter, ROOF_CEILING_COMPUTE);
    assert_close(f.prediction.bound.seconds, 2.0 * 100 * 1000 * 500 / 10e12, 1e-15);
    assert_close(f.prediction.throughput, 10e12 / (2.0 * 100 * 1000 * 500), 1e-15);
    assert_true(
        isnan(ceiling(&f, ROOF_CEILING_SRAM)->seconds)); /* a missing rate is no zero and no infinity */
    assert_true(roof_prediction_misses(&f.prediction, ROOF_INPUT_SRAM_CAPACITY));
    end(&f);
}

static void the_ridge_point_is_peak_over_bandwidth(void **state)
{
    (void)state;
    fixture f =
        run(SPEC("\"peak\": [" PEAK("10", "int8") "], \"dram\": {\"bandwidth\": " Q("100", "GB/s") "}"),
            GEMM("1", "8", "8"), DEFAULTS);
    assert_close(roof_machine_ridge(&f.prediction.machine, ROOF_INPUT_DRAM_BANDWIDTH), 100, 1e-15);
    assert_true(isnan(roof_machine_ridge(&f.prediction.machine, ROOF_INPUT_SRAM_BANDWIDTH)));
    end(&f);
}

static void weights_beyond_on_chip_memory_stream_from_dram_and_bind_below_the_ridge(void **state)
{
    (void)state;
    /* 1,000,000 weights, 400,000 bytes on the chip: 600,000 bytes at 1 GB/s = 0.6 ms; compute 2e6 op at 10
     * TOPS = 0.2 us. */
    fixture f = run(
        SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
            "400", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}"),
        GEMM("1", "1000", "1000"), DEFAULTS);
    assert_int_equal(f.prediction.bound.limiter, ROOF_CEILING_DRAM);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_DRAM);
    assert_close(f.prediction.bound.streamed_bytes, 600000, 1e-15);
    assert_close(f.prediction.bound.seconds, 0.6e-3, 1e-12);
    assert_close(roof_bound_intensity(&f.prediction.bound, ROOF_CEILING_DRAM), 2e6 / 6e5, 1e-12);
    assert_int_equal(f.prediction.warnings.length, 1); /* says that they are streamed */
    end(&f);
}

static void a_larger_batch_reads_streamed_weights_once(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
        "2", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}");
    fixture one = run(spec, GEMM("1", "100", "1000"), DEFAULTS);
    fixture many = run(spec, GEMM("1", "100", "1000"), (roof_request){.batch = 64});
    assert_close(many.prediction.bound.seconds, one.prediction.bound.seconds, 1e-12);
    assert_close(many.prediction.throughput, 64 * one.prediction.throughput, 1e-12);
    end(&one);
    end(&many);
}

static void what_fits_on_the_chip_moves_no_byte_of_dram(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
                        "10", "MB") "}, \"dram\": {\"bandwidth\": " Q("1", "GB/s") "}"),
                    GEMM("1", "1000", "1000"), DEFAULTS);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_ON_CHIP);
    assert_close(ceiling(&f, ROOF_CEILING_DRAM)->amount + 1, 1, 1e-15);
    assert_true(ceiling(&f, ROOF_CEILING_DRAM)->seconds == 0);
    end(&f);
}

static void the_host_link_counts_its_busier_direction(void **state)
{
    (void)state;
    const char *spec =
        SPEC("\"peak\": [" PEAK("1000", "int8") "], \"host\": {\"bandwidth\": " Q("1", "GB/s") "}");
    fixture in = run(spec, GEMM("10", "1000", "10"), DEFAULTS),
            out = run(spec, GEMM("10", "10", "1000"), DEFAULTS);
    assert_close(ceiling(&in, ROOF_CEILING_HOST)->seconds, 10000 / 1e9, 1e-15);
    assert_close(ceiling(&out, ROOF_CEILING_HOST)->seconds, 10000 / 1e9, 1e-15);
    assert_int_equal(in.prediction.bound.limiter, ROOF_CEILING_HOST);
    end(&in);
    end(&out);
}

#define NO_DRAM "\"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}"

static void an_sram_only_chip_refuses_what_it_cannot_hold_and_says_how_many_would(void **state)
{
    (void)state;
    const char *spec =
        SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q("300", "kB") "}, " NO_DRAM);
    fixture f = run(spec, GEMM("1", "1000", "1000"), DEFAULTS);
    assert_int_equal(f.prediction.refusal.code, ROOF_DOES_NOT_FIT);
    assert_contains(f.prediction.refusal.message, "weights 1.00 MB at int8");
    assert_contains(f.prediction.refusal.message, "one x holds 300 kB");
    assert_contains(f.prediction.refusal.message, "4 would hold it");
    assert_true(isnan(f.prediction.throughput));
    end(&f);
    fixture four = run(spec, GEMM("1", "1000", "1000"), (roof_request){.chips = 4});
    assert_int_equal(four.prediction.refusal.code, ROOF_OK);
    assert_close(four.prediction.throughput, 4 * 10e12 / 2e6, 1e-12);
    end(&four);
}

static void a_chip_that_runs_in_parts_sends_the_overflow_over_the_host_link(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
                        "300", "kB") "}, " NO_DRAM
                                     ", \"host\": {\"bandwidth\": " Q(
                                         "1", "GB/s") "}, \"weight_reload\": {\"value\": \"host\", "
                                                      "\"claim\": \"vendor\", \"source\": \"s1\"}"),
                    GEMM("1", "1000", "1000"), DEFAULTS);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_HOST);
    assert_int_equal(f.prediction.bound.limiter, ROOF_CEILING_HOST);
    assert_close(f.prediction.bound.seconds, (700000 + 1000) / 1e9, 1e-12);
    assert_contains(f.prediction.warnings.items[0].message, "streamed from the host");
    end(&f);
}

/* A system of 40 GB on chip and a link of 150 GB/s to the memory outside it: of 100 GB of weights 60 GB come
 * in every pass, in 0.4 s. */
static void weights_that_stream_from_outside_a_system_name_where_they_stand(void **state)
{
    (void)state;
    fixture f =
        run(SPEC("\"peak\": [" PEAK("7500", "fp16") "], \"sram\": {\"capacity\": " Q(
                "40", "GB") "}, " NO_DRAM
                            ", \"host\": {\"bandwidth\": " Q(
                                "150", "GB/s") "}, \"weight_reload\": {\"value\": \"MemoryX\", \"claim\": "
                                               "\"vendor\", \"source\": \"s1\"}"),
            GEMM("1", "50000", "1000000"), DEFAULTS);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_HOST);
    assert_close(f.prediction.bound.streamed_bytes, 60e9, 1e-4);
    assert_close(f.prediction.bound.seconds, 0.4, 1e-4);
    assert_contains(f.prediction.warnings.items[0].message, "streamed from MemoryX in every pass");
    end(&f);
}

static void offload_host_gives_the_streaming_bound_instead_of_a_refusal(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
                        "300", "kB") "}, " NO_DRAM ", \"host\": {\"bandwidth\": " Q("1", "GB/s") "}"),
                    GEMM("1", "1000", "1000"), (roof_request){.offload_host = true});
    assert_int_equal(f.prediction.refusal.code, ROOF_OK);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_HOST);
    end(&f);
}

static void a_bracketed_capacity_holds_up_to_its_upper_end_with_a_doubt(void **state)
{
    (void)state;
    const char *bracket =
        "\"sram\": {\"capacity\": [{\"value\": 0.9, \"unit\": \"MB\", \"relation\": \"at-least\", "
        "\"claim\": \"estimate\", \"source\": \"s1\"}, {\"value\": 1.1, \"unit\": \"MB\", \"relation\": "
        "\"at-most\", \"claim\": \"estimate\", \"source\": \"s1\"}]}, " NO_DRAM;
    char spec[1024];
    snprintf(spec, sizeof spec, SPEC("\"peak\": [" PEAK("10", "int8") "], %s"), bracket);
    fixture f = run(spec, GEMM("1", "1000", "1000"), DEFAULTS);
    assert_int_equal(f.prediction.bound.home, ROOF_HOME_ON_CHIP);
    assert_int_equal(f.prediction.doubts.length, 1);
    assert_contains(f.prediction.doubts.items[0].message, "900 kB to 1.10 MB");
    end(&f);
}

static void a_precision_that_the_chip_lacks_is_refused_with_those_it_has(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "int8") ", " PEAK("5", "fp16") "]"), GEMM("1", "8", "8"),
                    (roof_request){.has_precision = true, .precision = ROOF_PRECISION_BF16});
    assert_int_equal(f.prediction.refusal.code, ROOF_NO_PRECISION);
    assert_contains(f.prediction.refusal.message, "int8, fp16");
    end(&f);
}

static void a_sparse_peak_is_never_a_compute_roof(void **state)
{
    (void)state;
    fixture f = run(SPEC("\"peak\": [{\"value\": 20, \"unit\": \"TOPS\", \"precision\": \"int8\", "
                         "\"sparsity\": {\"kind\": "
                         "\"2:4\", \"ratio\": 2}, \"claim\": \"vendor\", \"source\": \"s1\"}]"),
                    GEMM("1", "8", "8"), DEFAULTS);
    assert_int_equal(f.prediction.refusal.code, ROOF_NO_PRECISION);
    assert_contains(f.prediction.refusal.message, "no published dense peak");
    end(&f);
}

static void bytes_follow_the_precision(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("10", "int8") ", " PEAK("10", "fp16") ", " PEAK(
        "10", "w4a8") "], \"sram\": {\"capacity\": " Q("1", "GB") "}");
    static const struct {
        roof_precision precision;
        double weights, input;
    } cases[] = {{ROOF_PRECISION_INT8, 6, 2}, {ROOF_PRECISION_FP16, 12, 4}, {ROOF_PRECISION_W4A8, 3, 2}};
    for (size_t i = 0; i < 3; i++) {
        fixture f = run(spec, GEMM("1", "2", "3"),
                        (roof_request){.has_precision = true, .precision = cases[i].precision});
        assert_close(f.prediction.traffic.weight_bytes_stored, cases[i].weights, 1e-15);
        assert_close(f.prediction.traffic.input_bytes, cases[i].input, 1e-15);
        end(&f);
    }
}

static void weights_and_cache_may_be_narrower_than_what_is_computed_with(void **state)
{
    (void)state;
    roof_request request = {.has_precision = true,
                            .precision = ROOF_PRECISION_FP16,
                            .has_weights = true,
                            .weights = ROOF_PRECISION_INT4,
                            .has_cache = true,
                            .cache = ROOF_PRECISION_FP8};
    fixture f = run(SPEC("\"peak\": [" PEAK("10", "fp16") "]"), GEMM("1", "2", "3"), request);
    assert_close(f.prediction.traffic.weight_bytes_stored, 3, 1e-15);
    assert_close(f.prediction.traffic.input_bytes, 4, 1e-15); /* activations stay as wide as the precision */
    assert_close(f.prediction.traffic.formats.cache_bytes, 1, 1e-15);
    end(&f);
}

static void unverified_and_assumed_figures_are_doubted(void **state)
{
    (void)state;
    fixture f =
        run(SPEC("\"peak\": [{\"value\": 10, \"unit\": \"TOPS\", \"precision\": \"int8\", \"sparsity\": "
                 "\"assumed-dense\", \"claim\": \"unverified\"}]"),
            GEMM("1", "8", "8"), DEFAULTS);
    assert_int_equal(f.prediction.doubts.length, 2);
    assert_contains(f.prediction.doubts.items[0].message, "does not say dense or sparse");
    assert_contains(f.prediction.doubts.items[1].message, "unverified");
    end(&f);
}

static void a_batch_below_one_is_refused(void **state)
{
    (void)state;
    fixture f =
        run(SPEC("\"peak\": [" PEAK("10", "int8") "]"), GEMM("1", "8", "8"), (roof_request){.batch = 0.5});
    assert_int_equal(f.prediction.refusal.code, ROOF_INVALID);
    end(&f);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_chip_with_a_peak_alone_is_bound_by_compute),
        cmocka_unit_test(the_ridge_point_is_peak_over_bandwidth),
        cmocka_unit_test(weights_beyond_on_chip_memory_stream_from_dram_and_bind_below_the_ridge),
        cmocka_unit_test(a_larger_batch_reads_streamed_weights_once),
        cmocka_unit_test(what_fits_on_the_chip_moves_no_byte_of_dram),
        cmocka_unit_test(the_host_link_counts_its_busier_direction),
        cmocka_unit_test(an_sram_only_chip_refuses_what_it_cannot_hold_and_says_how_many_would),
        cmocka_unit_test(a_chip_that_runs_in_parts_sends_the_overflow_over_the_host_link),
        cmocka_unit_test(weights_that_stream_from_outside_a_system_name_where_they_stand),
        cmocka_unit_test(offload_host_gives_the_streaming_bound_instead_of_a_refusal),
        cmocka_unit_test(a_bracketed_capacity_holds_up_to_its_upper_end_with_a_doubt),
        cmocka_unit_test(a_precision_that_the_chip_lacks_is_refused_with_those_it_has),
        cmocka_unit_test(a_sparse_peak_is_never_a_compute_roof),
        cmocka_unit_test(bytes_follow_the_precision),
        cmocka_unit_test(weights_and_cache_may_be_narrower_than_what_is_computed_with),
        cmocka_unit_test(unverified_and_assumed_figures_are_doubted),
        cmocka_unit_test(a_batch_below_one_is_refused),
    };
    return RUN_TESTS(tests);
}
