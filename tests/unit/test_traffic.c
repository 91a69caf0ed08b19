/* Which bytes must move: activations of fused and unfused layers, and tiles that must fit. */
#include "assert_close.h"
#include "chiproof/model/predict.h"
#include "run_text.h"

static roof_traffic traffic_of(const char *text, bool unfused, roof_network **network)
{
    roof_workload *workload = workload_of(text);
    roof_traffic traffic;
    roof_formats formats = roof_formats_of(ROOF_PRECISION_INT8);
    formats.unfused = unfused;
    assert_int_equal(roof_workload_expand(workload, ROOF_PHASE_WHOLE, 0, 0, network, NULL), ROOF_OK);
    roof_traffic_count(*network, formats, &traffic);
    roof_workload_free(workload);
    return traffic;
}

#define NETWORK(ops) \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\",\n" \
    "\"input\": [{\"name\": \"x\", \"shape\": [10, 100]}],\n\"ops\": [" ops "]}"
#define MATRIX "{\"op\": \"gemm\", \"out\": 100, \"bias\": false}"
#define RELU "{\"op\": \"elementwise\", \"fn\": \"relu\"}"

static void unfused_layers_that_do_not_multiply_move_their_activations(void **state)
{
    (void)state;
    roof_network *network = NULL;
    roof_traffic fused = traffic_of(NETWORK(MATRIX ", " RELU), false, &network);
    assert_close(fused.activation_bytes, 2000, 1e-15); /* 1,000 in and 1,000 out */
    roof_network_free(network);
    roof_traffic unfused = traffic_of(NETWORK(MATRIX ", " RELU), true, &network);
    assert_close(unfused.activation_bytes, 4000, 1e-15);
    assert_close(roof_traffic_spill(&unfused, 1500), 2 * 500, 1e-15);
    roof_network_free(network);
}

static void unfused_one_layer_repeated_costs_what_two_layers_cost(void **state)
{
    (void)state;
    roof_network *one = NULL, *two = NULL;
    roof_traffic a = traffic_of(NETWORK("{\"op\": \"gemm\", \"out\": 100, \"bias\": false, \"repeat\": 2}, "
                                        "{\"op\": \"elementwise\", \"fn\": \"relu\", \"repeat\": 2}"),
                                true, &one);
    roof_traffic b = traffic_of(NETWORK(MATRIX ", " MATRIX ", " RELU ", " RELU), true, &two);
    assert_close(a.activation_bytes, b.activation_bytes, 1e-15);
    assert_close(a.weight_bytes_read, b.weight_bytes_read, 1e-15);
    assert_close(a.ops, b.ops, 1e-15);
    assert_close(roof_traffic_spill(&a, 700), roof_traffic_spill(&b, 700), 1e-15);
    assert_close(roof_traffic_tiled(&a, 100), roof_traffic_tiled(&b, 100), 1e-15);
    roof_network_free(one);
    roof_network_free(two);
}

static void tiles_force_what_the_bound_of_smith_and_others_says(void **state)
{
    (void)state;
    /* 2,000 x 1,000 by 1,000 x 1,000, one byte each, 10,000 bytes: 2 x 2e9 / 100 - 20,000 = 39,980,000 bytes,
     * where each operand once would be 5,000,000. */
    roof_network *network = NULL;
    roof_traffic traffic = traffic_of(GEMM("2000", "1000", "1000"), false, &network);
    assert_close(roof_traffic_tiled(&traffic, 10000), 39980000, 1e-15);
    assert_true(roof_traffic_tiled(&traffic, 0) == 0);   /* nothing is known of the memory */
    assert_true(roof_traffic_tiled(&traffic, 1e9) == 0); /* all fits */
    for (double capacity = 1, last = INFINITY; capacity < 1e10; capacity *= 1.5) {
        double moved = roof_traffic_tiled(&traffic, capacity);
        assert_true(moved <= last); /* more memory never moves more */
        last = moved;
    }
    roof_network_free(network);
}

/* Square tiles of C that fill the memory move 2 m n k / sqrt(S) + m n at least: the bound is below what can
 * be done. */
static void tiling_is_below_what_a_good_schedule_moves(void **state)
{
    (void)state;
    roof_network *network = NULL;
    roof_traffic traffic = traffic_of(GEMM("2000", "1000", "1000"), false, &network);
    static const double tiles[] = {10, 20, 50, 100, 200, 500};
    for (size_t i = 0; i < sizeof tiles / sizeof *tiles; i++) {
        double t = tiles[i], memory = t * t + 2 * t; /* a tile of C, a column of A and a row of B */
        double moved = 2000.0 / t * 1000 / t * (2 * t * 1000 + t * t);
        assert_true(roof_traffic_tiled(&traffic, memory) <= moved);
    }
    roof_network_free(network);
}

static void tiles_bind_external_memory_and_more_batch_is_no_slower(void **state)
{
    (void)state;
    const char *spec = SPEC("\"peak\": [" PEAK("1000", "int8") "], \"sram\": {\"capacity\": " Q(
        "10", "kB") "}, \"dram\": {\"capacity\": " Q("1", "GB") ", \"bandwidth\": " Q("1", "GB/s") "}");
    roof_chip *chip = derived_chip_of(spec);
    roof_workload *workload = workload_of(GEMM("2000", "1000", "1000"));
    double last = 0;
    for (double batch = 1; batch <= 64; batch *= 2) {
        roof_prediction p;
        roof_predict(chip, workload, &(roof_request){.batch = batch}, &p);
        assert_int_equal(p.bound.limiter, ROOF_CEILING_DRAM);
        assert_close(p.bound.seconds, batch * 39980000 / 1e9, 1e-12);
        assert_true(p.throughput >= last * (1 - 1e-12));
        last = p.throughput;
        roof_prediction_free(&p);
    }
    roof_workload_free(workload);
    roof_chip_free(chip);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unfused_layers_that_do_not_multiply_move_their_activations),
        cmocka_unit_test(unfused_one_layer_repeated_costs_what_two_layers_cost),
        cmocka_unit_test(tiles_force_what_the_bound_of_smith_and_others_says),
        cmocka_unit_test(tiling_is_below_what_a_good_schedule_moves),
        cmocka_unit_test(tiles_bind_external_memory_and_more_batch_is_no_slower),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
