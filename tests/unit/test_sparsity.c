/* What zeros are worth: kept weights, index bytes, what chips skip, and what is left dense. */
#include "assert_close.h"
#include "chiproof/chip/zeros.h"
#include "chiproof/compare/curve.h"
#include "chiproof/model/predict.h"
#include "run_text.h"

typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction prediction;
} fixture;

static fixture run(const char *spec, const char *network, roof_request request)
{
    fixture f = {derived_chip_of(spec), workload_of(network), {0}};
    roof_predict(f.chip, f.workload, &request, &f.prediction);
    assert_int_equal(f.prediction.refusal.code, ROOF_OK);
    return f;
}

static void end(fixture *f)
{
    roof_prediction_free(&f->prediction);
    roof_workload_free(f->workload);
    roof_chip_free(f->chip);
}

static roof_request zeros(double share, roof_sparsity_kind kind)
{
    return (roof_request){.has_sparsity = true, .sparsity = {kind, share}};
}

#define SKIPS(kind, ratio) \
    "\"sparsity\": {\"kind\": {\"value\": \"" kind \
    "\", \"claim\": \"vendor\", \"source\": \"s1\"}, \"max_ratio\": " Q(ratio, "x") "}"
#define ANY_ZEROS SKIPS("unstructured", "32")
#define TEN_TOPS "\"peak\": [" PEAK("10", "int8") "]"
#define SLOW_DRAM \
    "\"sram\": {\"capacity\": " Q("1", "kB") "}, \"dram\": {\"capacity\": " Q( \
        "1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}"
/* A convolution 3 x 3 of an image (8 x 8 x 27 x 4 = 6,912 MAC), then one that can be pruned (8 x 8 x 36 x 10
 * = 23,040 MAC), then a depthwise one (8 x 8 x 9 x 10 = 5,760 MAC). */
#define THREE_CONVOLUTIONS \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\",\n" \
    "\"input\": [{\"name\": \"x\", \"shape\": [3, 8, 8]}],\n" \
    "\"ops\": [{\"op\": \"conv2d\", \"out\": 4, \"kernel\": 3, \"bias\": false}, {\"op\": \"conv2d\", " \
    "\"out\": 10, \"kernel\": 3, \"bias\": false}, {\"op\": \"depthwise\", \"kernel\": 3, \"bias\": " \
    "false}]}"

static void two_of_four_keeps_half_and_no_less(void **state)
{
    (void)state;
    const roof_sparsity_kind kind = ROOF_SPARSITY_TWO_OF_FOUR;
    assert_close(roof_sparsity_kept((roof_sparsity){kind, 0.49}), 1, 1e-15);
    assert_close(roof_sparsity_kept((roof_sparsity){kind, 0.5}), 0.5, 1e-15);
    assert_close(roof_sparsity_kept((roof_sparsity){kind, 0.9}), 0.5, 1e-15);
    /* 0.5 x 8 bits + 0.5 x 2 bits = 5 bits a weight */
    assert_close(roof_sparsity_bytes((roof_sparsity){kind, 0.5}, 1), 5.0 / 8, 1e-15);
}

static void an_unstructured_matrix_has_a_bitmap_or_coordinates_whichever_is_less(void **state)
{
    (void)state;
    const roof_sparsity_kind kind = ROOF_SPARSITY_UNSTRUCTURED;
    /* a tenth kept: 0.8 bits + 1 bit of bitmap (coordinates: 1.6) */
    assert_close(roof_sparsity_bytes((roof_sparsity){kind, 0.9}, 1), (0.8 + 1) / 8, 1e-12);
    /* a 32nd kept: 0.25 bits + 16/32 of a bit of coordinates */
    assert_close(roof_sparsity_bytes((roof_sparsity){kind, 1 - 1.0 / 32}, 1), (0.25 + 0.5) / 8, 1e-12);
    /* a twentieth of zeros saves 0.4 bits and costs one: stored dense */
    assert_close(roof_sparsity_bytes((roof_sparsity){kind, 0.05}, 1), 1, 1e-15);
    /* a block's bit is shared by its 64 weights */
    assert_close(roof_sparsity_bytes((roof_sparsity){ROOF_SPARSITY_BLOCK, 0.5}, 2), (8 + 1.0 / 64) / 8,
                 1e-12);
}

static void lower_density_never_takes_more_bytes(void **state)
{
    (void)state;
    static const double widths[] = {0.125, 0.5, 1, 2, 4};
    for (int kind = ROOF_SPARSITY_TWO_OF_FOUR; kind < ROOF_SPARSITY_KIND_COUNT; kind++)
        for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
            double last = widths[w];
            for (int i = 0; i <= 1023; i++) {
                roof_sparsity sparsity = {(roof_sparsity_kind)kind, i / 1024.0};
                double bytes = roof_sparsity_bytes(sparsity, widths[w]);
                assert_true(bytes > 0 && bytes <= last * (1 + 1e-12));
                last = bytes;
            }
        }
}

static void layers_that_cannot_be_pruned_stay_dense(void **state)
{
    (void)state;
    /* 10 TOPS; a tenth of 2 x 23,040 op and all of 2 x (6,912 + 5,760) op: (4,608 + 25,344) / 10e12 s, 2.38
     * times as fast as 71,424 op, not ten times. */
    fixture f = run(SPEC(TEN_TOPS ", " ANY_ZEROS), THREE_CONVOLUTIONS, zeros(0.9, ROOF_SPARSITY_DENSE));
    const roof_prediction *p = &f.prediction;
    assert_int_equal(p->request.sparsity.kind, ROOF_SPARSITY_UNSTRUCTURED);
    assert_close(p->traffic.prunable_ops, 2 * 23040, 1e-15);
    assert_close(p->machine.pruning.speedup, 10, 1e-12);
    assert_close(p->bound.seconds, (4608 + 25344) / 10e12, 1e-12);
    end(&f);
}

static void the_greatest_ratio_and_a_sparse_peak_cap_the_speed_up(void **state)
{
    (void)state;
    const char *network = GEMM("1000", "100", "100");
    fixture ratio = run(SPEC(TEN_TOPS ", " SKIPS("unstructured", "4")), network, zeros(0.9, 0));
    assert_close(ratio.prediction.bound.seconds, 2e7 / 40e12, 1e-12);
    end(&ratio);
    fixture peak = run(
        SPEC("\"peak\": [" PEAK(
            "10", "int8") ", {\"value\": 30, \"unit\": \"TOPS\", "
                          "\"precision\": \"int8\", \"sparsity\": {\"kind\": \"unstructured\"}, \"claim\": "
                          "\"vendor\", \"source\": \"s1\"}], " SKIPS("unstructured", "4")),
        network, zeros(0.9, 0));
    assert_close(peak.prediction.bound.seconds, 2e7 / 30e12, 1e-12);
    assert_true(roof_prediction_uses(&peak.prediction, ROOF_INPUT_SPARSE_PEAK));
    end(&peak);
}

/* State, and whether the answer is that of the dense run. */
static void assert_state(const char *spec, roof_request request, roof_pruning_state state, bool dense)
{
    fixture f = run(spec, GEMM("10", "100", "100"), request);
    fixture plain = run(spec, GEMM("10", "100", "100"), (roof_request){0});
    assert_int_equal(f.prediction.machine.pruning.weights, state);
    if (dense) {
        assert_close(f.prediction.bound.seconds, plain.prediction.bound.seconds, 1e-15);
        assert_close(f.prediction.traffic.weight_bytes_stored, plain.prediction.traffic.weight_bytes_stored,
                     1e-15);
        assert_true(f.prediction.warnings.length > plain.prediction.warnings.length);
    } else {
        assert_true(f.prediction.bound.seconds < plain.prediction.bound.seconds);
    }
    end(&f);
    end(&plain);
}

static void a_chip_gains_only_by_the_zeros_that_it_is_said_to_skip(void **state)
{
    (void)state;
    const char *two = SPEC(TEN_TOPS ", " SKIPS("2:4 structured, weights", "2"));
    const char *none = SPEC(TEN_TOPS ", \"sparsity\": {\"kind\": {\"value\": \"none for throughput (saves "
                                     "energy only)\", \"claim\": \"vendor\", \"source\": \"s1\"}}");
    assert_state(two, zeros(0.5, ROOF_SPARSITY_TWO_OF_FOUR), ROOF_PRUNING_SKIPPED, false);
    assert_state(two, zeros(0.9, ROOF_SPARSITY_DENSE), ROOF_PRUNING_SKIPPED, false);
    assert_state(two, zeros(0.4, ROOF_SPARSITY_TWO_OF_FOUR), ROOF_PRUNING_NO_PATTERN, true);
    assert_state(two, zeros(0.9, ROOF_SPARSITY_UNSTRUCTURED), ROOF_PRUNING_OTHER_PATTERN, true);
    assert_state(none, zeros(0.9, ROOF_SPARSITY_DENSE), ROOF_PRUNING_NO_SUPPORT, true);
    assert_state(SPEC(TEN_TOPS), zeros(0.9, ROOF_SPARSITY_DENSE), ROOF_PRUNING_NOT_PUBLISHED, true);
    assert_state(SPEC(TEN_TOPS ", " SKIPS("conditional execution", "2")), zeros(0.9, ROOF_SPARSITY_DENSE),
                 ROOF_PRUNING_NOT_PUBLISHED, true);
    assert_state(SPEC(TEN_TOPS ", " ANY_ZEROS), zeros(0.5, ROOF_SPARSITY_TWO_OF_FOUR), ROOF_PRUNING_SKIPPED,
                 false);
    assert_state(SPEC(TEN_TOPS ", " SKIPS("block", "8")), zeros(0.5, ROOF_SPARSITY_DENSE),
                 ROOF_PRUNING_SKIPPED, false);
    assert_state(SPEC(TEN_TOPS ", " SKIPS("weight", "8")), zeros(0.5, ROOF_SPARSITY_BLOCK),
                 ROOF_PRUNING_SKIPPED, false);
}

static void compressed_weights_stay_on_a_chip_that_dense_ones_do_not_fit(void **state)
{
    (void)state;
    /* 10,000 weights; a tenth kept: 10,000 x 1.8 bits = 2,250 bytes, of which 1,250 stream at 1 GB/s */
    fixture f = run(SPEC(TEN_TOPS ", " SLOW_DRAM ", " ANY_ZEROS), GEMM("1", "100", "100"), zeros(0.9, 0));
    assert_close(f.prediction.bound.need_bytes, 2250, 1e-12);
    assert_close(f.prediction.bound.seconds, 1250 / 1e9, 1e-12);
    end(&f);
    fixture fits = run(SPEC(TEN_TOPS ", " SLOW_DRAM ", " ANY_ZEROS), GEMM("1", "100", "100"), zeros(0.97, 0));
    assert_int_equal(fits.prediction.bound.home, ROOF_HOME_ON_CHIP); /* 10,000 x (0.24 + 0.48) bits */
    end(&fits);
}

static void more_zeros_are_never_slower(void **state)
{
    (void)state;
    static const char *const specs[] = {
        SPEC(TEN_TOPS ", " SLOW_DRAM ", " ANY_ZEROS), SPEC(TEN_TOPS ", " ANY_ZEROS),
        SPEC(TEN_TOPS ", " SLOW_DRAM ", " SKIPS("2:4", "2")), SPEC(TEN_TOPS ", " SLOW_DRAM)};
    for (size_t s = 0; s < sizeof specs / sizeof *specs; s++) {
        double last = INFINITY;
        for (int i = 0; i <= 31; i++) {
            fixture f = run(specs[s], GEMM("500", "300", "200"), zeros(i / 32.0, ROOF_SPARSITY_DENSE));
            assert_true(f.prediction.bound.seconds <= last);
            last = f.prediction.bound.seconds;
            end(&f);
        }
    }
}

static void zero_activations_count_where_a_chip_skips_them(void **state)
{
    (void)state;
    const char *both = SPEC(TEN_TOPS ", \"sparsity\": {\"kind\": {\"value\": \"unstructured\", \"claim\": "
                                     "\"vendor\", \"source\": \"s1\"}, \"activations\": {\"value\": "
                                     "\"unstructured\", \"claim\": \"vendor\", \"source\": \"s1\"}}");
    roof_request request = zeros(0.5, ROOF_SPARSITY_DENSE);
    request.activation_zeros = 0.75;
    fixture f = run(both, GEMM("10", "100", "100"), request);
    assert_close(f.prediction.machine.pruning.speedup, 8, 1e-12); /* 1 / (0.5 x 0.25) */
    end(&f);
    fixture weights = run(SPEC(TEN_TOPS ", " ANY_ZEROS), GEMM("10", "100", "100"), request);
    assert_close(weights.prediction.machine.pruning.speedup, 2, 1e-12);
    assert_int_equal(weights.prediction.machine.pruning.activations, ROOF_PRUNING_NOT_PUBLISHED);
    end(&weights);
}

static void a_workload_tells_its_zeros_and_a_run_may_tell_others(void **state)
{
    (void)state;
    const char *network =
        "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"sparsity\": {\"zeros\": "
        "0.75, "
        "\"kind\": \"block\"},\n\"input\": [{\"name\": \"x\", \"shape\": [10, 100]}],\n\"ops\": [{\"op\": "
        "\"gemm\", \"out\": 100, \"bias\": false}]}";
    const char *spec = SPEC(TEN_TOPS ", " ANY_ZEROS);
    fixture own = run(spec, network, (roof_request){0});
    assert_int_equal(own.prediction.request.sparsity.kind, ROOF_SPARSITY_BLOCK);
    assert_close(own.prediction.machine.pruning.speedup, 4, 1e-12);
    end(&own);
    fixture other = run(spec, network, zeros(0.5, ROOF_SPARSITY_UNSTRUCTURED));
    assert_close(other.prediction.machine.pruning.speedup, 2, 1e-12);
    end(&other);
    fixture dense = run(spec, network, zeros(0, ROOF_SPARSITY_DENSE));
    assert_int_equal(dense.prediction.machine.pruning.weights, ROOF_PRUNING_DENSE);
    end(&dense);
    /* What was answered can be asked again: a dense run stays dense. */
    const char *two = SPEC(TEN_TOPS ", " SKIPS("2:4", "2"));
    fixture plain = run(two, GEMM("10", "100", "100"), (roof_request){0});
    fixture again = run(two, GEMM("10", "100", "100"), plain.prediction.request);
    assert_close(again.prediction.bound.seconds, plain.prediction.bound.seconds, 1e-15);
    end(&plain);
    end(&again);
}

/* A tenth of 2 x 46,080 op is left at 10x; 25,344 op stay dense. 10 TOPS; the remainder takes longer than the
 * rest from 46,080 / 25,344 = 1.818x on, and 1 / 0.354839 = 2.818x is all that compute can gain. */
static void the_dense_remainder_takes_over_where_the_closed_form_says(void **state)
{
    (void)state;
    roof_chip *chip = derived_chip_of(SPEC(TEN_TOPS ", " ANY_ZEROS));
    roof_workload *workload = workload_of(THREE_CONVOLUTIONS);
    roof_curve curve;
    assert_int_equal(roof_curve_find(chip, workload, &(roof_request){0}, &curve, NULL), ROOF_OK);
    assert_int_equal(curve.turn_count, 1);
    assert_int_equal(curve.turns[0].to, ROOF_BINDER_REMAINDER);
    assert_close(curve.turns[0].ratio, 46080.0 / 25344, 1e-8);
    assert_close(curve.dense_share, 25344.0 / 71424, 1e-12);
    assert_close(curve.points[0].speedup, 1, 1e-15);
    const roof_curve_point *last = &curve.points[curve.count - 1];
    assert_close(last->ratio, 32, 1e-12);
    assert_close(last->speedup, 71424 / (25344 + 46080.0 / 32), 1e-12);
    roof_curve_free(&curve);
    roof_workload_free(workload);
    roof_chip_free(chip);
}

/* 1,000 x 100 by 100 x 100: 2e7 op at 10 TOPS take 2 us / ratio, 200,000 bytes of activations and what
 * streams of the weights at 1 TB/s 0.2 us: external memory takes over at about 10x. */
static void memory_takes_over_where_it_is_as_slow(void **state)
{
    (void)state;
    roof_chip *chip = derived_chip_of(SPEC(TEN_TOPS ", " ANY_ZEROS ", \"dram\": {\"capacity\": " Q(
        "1", "GB") ", \"bandwidth\": " Q("1", "TB/s") "}"));
    roof_workload *workload = workload_of(GEMM("1000", "100", "100"));
    roof_curve curve;
    assert_int_equal(roof_curve_find(chip, workload, &(roof_request){0}, &curve, NULL), ROOF_OK);
    assert_int_equal(curve.turn_count, 1);
    assert_int_equal(curve.turns[0].to, ROOF_BINDER_DRAM);
    /* 2e-6 / r = (200,000 + 10,000 (8 / r + 1) / 8) / 1e12, a bitmap's bit being less than 16 / r */
    assert_close(curve.turns[0].ratio, (2e-6 - 1e-8) / (200000 + 1250) * 1e12, 1e-7);
    roof_curve_free(&curve);
    roof_workload_free(workload);
    roof_chip_free(chip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(two_of_four_keeps_half_and_no_less),
        cmocka_unit_test(an_unstructured_matrix_has_a_bitmap_or_coordinates_whichever_is_less),
        cmocka_unit_test(lower_density_never_takes_more_bytes),
        cmocka_unit_test(layers_that_cannot_be_pruned_stay_dense),
        cmocka_unit_test(the_greatest_ratio_and_a_sparse_peak_cap_the_speed_up),
        cmocka_unit_test(a_chip_gains_only_by_the_zeros_that_it_is_said_to_skip),
        cmocka_unit_test(compressed_weights_stay_on_a_chip_that_dense_ones_do_not_fit),
        cmocka_unit_test(more_zeros_are_never_slower),
        cmocka_unit_test(zero_activations_count_where_a_chip_skips_them),
        cmocka_unit_test(a_workload_tells_its_zeros_and_a_run_may_tell_others),
        cmocka_unit_test(the_dense_remainder_takes_over_where_the_closed_form_says),
        cmocka_unit_test(memory_takes_over_where_it_is_as_slow),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
