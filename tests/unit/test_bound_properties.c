/* What holds of the bound whatever the chip and the network: tried on random ones (the same in every run),
 * and on two that were worked by hand. */
#include "assert_close.h"
#include "chiproof/model/variable.h"
#include "run_text.h"

enum { TRIES = 3000, LAYERS = 6 };

/* Steele, Lea, Flood 2014 (splitmix64), doi:10.1145/2660193.2660195. */
static uint64_t seed;
static double uniform(void)
{
    uint64_t z = (seed += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return (double)((z ^ (z >> 31)) >> 11) * 0x1p-53;
}

static double between(double low, double high)
{
    return low * pow(high / low, uniform());
}

static double whole(double low, double high)
{
    return floor(between(low, high));
}

typedef struct world {
    roof_machine machine;
    roof_op ops[LAYERS + 1];
    roof_tensor input, output;
    roof_network network;
    roof_precision precision;
    roof_run run;
} world;

static void random_network(world *w, bool caches)
{
    size_t count = (size_t)whole(1, LAYERS + 1);
    memset(w->ops, 0, sizeof w->ops);
    for (size_t i = 0; i < count; i++) {
        roof_op *op = &w->ops[i];
        op->kind = uniform() < 0.8 ? ROOF_OP_GEMM : ROOF_OP_ELEMENTWISE;
        op->repeat = whole(1, 9);
        op->input_elements = whole(10, 1e7);
        op->output_elements = whole(10, 1e7);
        if (op->kind == ROOF_OP_ELEMENTWISE) continue;
        op->weights_stored = op->weights_read = whole(10, 1e8);
        op->macs = op->weights_stored * whole(1, 1e4);
        if (caches) op->cache_read = whole(10, 1e6);
    }
    w->input = (roof_tensor){"in", whole(1, 1e6), uniform() < 0.3 ? 1 : 0};
    w->output = (roof_tensor){"out", whole(1, 1e6), 0};
    w->network = (roof_network){.ops = w->ops,
                                .op_count = count,
                                .inputs = &w->input,
                                .outputs = &w->output,
                                .input_count = 1,
                                .output_count = 1,
                                .results_per_pass = 1,
                                .result_unit = "inferences",
                                .cache_elements = caches ? whole(10, 1e8) : 0};
}

/* Some things are published and some are not. External memory is faster than the host link, as it is
 * anywhere; a chip has external memory or sends weights again, not both. */
static void random_machine(world *w)
{
    w->machine = roof_machine_unlimited(w->precision);
    for (int i = 0; i < ROOF_INPUT_COUNT; i++) {
        roof_input *input = &w->machine.inputs[i];
        double value = input->dimension == ROOF_DIM_BYTES ? between(1e4, 1e10) : between(1e9, 1e13);
        input->si = i == ROOF_INPUT_PEAK ? between(1e10, 1e15) : uniform() < 0.7 ? value : NAN;
    }
    w->machine.inputs[ROOF_INPUT_HOST_BANDWIDTH].si = between(1e7, 1e9);
    w->machine.inputs[ROOF_INPUT_SPARSE_PEAK].si = w->machine.inputs[ROOF_INPUT_SPARSITY_RATIO].si = NAN;
    w->machine.sram_capacity_most = w->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].si;
    w->machine.dram = (roof_presence)(int)(uniform() * 3);
    if (w->machine.dram != ROOF_PRESENCE_YES)
        w->machine.inputs[ROOF_INPUT_DRAM_CAPACITY].si = w->machine.inputs[ROOF_INPUT_DRAM_BANDWIDTH].si =
            NAN;
    w->machine.reloads_weights = w->machine.dram == ROOF_PRESENCE_NO && uniform() < 0.5;
    w->machine.chips = whole(1, 20);
}

static void random_world(world *w, bool caches)
{
    static const roof_precision precisions[] = {ROOF_PRECISION_INT8, ROOF_PRECISION_FP16, ROOF_PRECISION_INT4,
                                                ROOF_PRECISION_FP32};
    w->precision = precisions[(int)(uniform() * 4)];
    random_network(w, caches);
    random_machine(w);
    w->run = (roof_run){.batch = whole(1, 100)};
}

/* Results per second; 0 where it is refused. */
static double speed_at(const world *w, const roof_machine *machine, roof_precision precision, roof_run run,
                       roof_bound *bound)
{
    roof_traffic traffic;
    roof_traffic_count(&w->network, roof_formats_of(precision), &traffic);
    if (roof_bound_compute(machine, &traffic, &run, bound, NULL) != ROOF_OK) return 0;
    return run.batch / bound->seconds;
}

static double speed(const world *w, const roof_machine *machine)
{
    roof_bound bound;
    return speed_at(w, machine, w->precision, w->run, &bound);
}

#define ROUNDING (1 - 1e-12)

static void more_of_any_figure_is_never_slower(void **state)
{
    (void)state;
    size_t faster = 0;
    seed = 1;
    for (int i = 0; i < TRIES; i++) {
        world w;
        random_world(&w, true);
        double before = speed(&w, &w.machine);
        for (roof_variable v = 0; v < ROOF_INPUT_COUNT; v++) {
            double value = roof_variable_value(&w.machine, v);
            if (isnan(value)) continue;
            roof_machine more = roof_machine_with(&w.machine, v, value * between(1.01, 100));
            double after = speed(&w, &more);
            if (after < before * ROUNDING) fail_msg("try %d: more %s", i, roof_variable_name(&more, v));
            faster += after > before;
        }
    }
    assert_true(faster > TRIES / 2); /* the machines and networks are such that it matters */
}

static void more_chips_are_never_slower_when_they_share_ideally(void **state)
{
    (void)state;
    seed = 2;
    for (int i = 0; i < TRIES; i++) {
        world w;
        random_world(&w, true);
        roof_machine more = roof_machine_with(&w.machine, ROOF_VARIABLE_CHIPS, w.machine.chips + whole(1, 9));
        if (speed(&w, &more) < speed(&w, &w.machine) * ROUNDING) fail_msg("try %d", i);
    }
}

/* Without a KV cache: that grows with the batch, and may have to leave the chip. */
static void a_larger_batch_never_lowers_the_throughput(void **state)
{
    (void)state;
    seed = 3;
    for (int i = 0; i < TRIES; i++) {
        world w;
        roof_bound bound;
        random_world(&w, false);
        roof_run more = w.run;
        more.batch += whole(1, 100);
        double before = speed(&w, &w.machine), after = speed_at(&w, &w.machine, w.precision, more, &bound);
        if (after < before * ROUNDING) fail_msg("try %d: %.17g, then %.17g", i, before, after);
    }
}

/* Ceiling by ceiling, as long as the weights stay where they are. */
static void a_narrower_format_never_moves_more_bytes(void **state)
{
    (void)state;
    static const roof_precision narrower[] = {ROOF_PRECISION_FP32, ROOF_PRECISION_FP16, ROOF_PRECISION_INT8,
                                              ROOF_PRECISION_INT4};
    seed = 4;
    for (int i = 0; i < TRIES; i++) {
        world w;
        roof_bound wide, narrow;
        random_world(&w, true);
        for (int k = 0; k < 3; k++) {
            if (speed_at(&w, &w.machine, narrower[k], w.run, &wide) == 0) continue;
            assert_true(speed_at(&w, &w.machine, narrower[k + 1], w.run, &narrow) > 0);
            if (wide.home != narrow.home) continue;
            for (int c = ROOF_CEILING_COMPUTE + 1; c < ROOF_CEILING_COUNT; c++)
                if (narrow.ceilings[c].amount * ROUNDING > wide.ceilings[c].amount)
                    fail_msg("try %d: %s", i, roof_ceiling_name((roof_ceiling_id)c));
        }
    }
}

/* Two layers one after the other, written as one that is repeated, or apart. */
static void a_layer_split_in_two_costs_the_same(void **state)
{
    (void)state;
    seed = 5;
    for (int i = 0; i < TRIES; i++) {
        world w;
        random_world(&w, true);
        w.ops[0].repeat += 1;
        double before = speed(&w, &w.machine);
        w.ops[w.network.op_count] = w.ops[0];
        w.ops[w.network.op_count].repeat = 1;
        w.ops[0].repeat -= 1;
        w.network.op_count++;
        assert_close(speed(&w, &w.machine), before, 1e-12);
    }
}

/* Seconds are ops / (ops/s) and bytes / (bytes/s): doubling every rate halves them; doubling the bytes of
 * every element, every capacity and every rate of bytes changes nothing. Powers of two: to the last bit. */
static void the_bound_has_the_dimension_of_time(void **state)
{
    (void)state;
    seed = 6;
    for (int i = 0; i < TRIES; i++) {
        world w;
        random_world(&w, true);
        if (w.precision == ROOF_PRECISION_FP32) w.precision = ROOF_PRECISION_FP16;
        w.input.bytes_per_element = 0;
        roof_machine faster = w.machine, wider = w.machine;
        for (int k = 0; k < ROOF_INPUT_COUNT; k++) {
            roof_dimension dimension = w.machine.inputs[k].dimension;
            if (dimension == ROOF_DIM_OPS_PER_SECOND || dimension == ROOF_DIM_BYTES_PER_SECOND)
                faster.inputs[k].si *= 2;
            if (dimension == ROOF_DIM_BYTES || dimension == ROOF_DIM_BYTES_PER_SECOND)
                wider.inputs[k].si *= 2;
        }
        wider.sram_capacity_most *= 2;
        roof_bound bound;
        static const roof_precision twice[ROOF_PRECISION_COUNT] = {
            [ROOF_PRECISION_INT4] = ROOF_PRECISION_INT8,
            [ROOF_PRECISION_INT8] = ROOF_PRECISION_FP16,
            [ROOF_PRECISION_FP16] = ROOF_PRECISION_FP32};
        double before = speed(&w, &w.machine);
        assert_true(speed(&w, &faster) == 2 * before);
        assert_true(speed_at(&w, &wider, twice[w.precision], w.run, &bound) == before);
    }
}

/* ---- one chip in other units ---- */

#define ANY_UNITS(tops, tops_unit, sram, sram_unit, dram, dram_unit, host, host_unit, power, power_unit) \
    SPEC("\"peak\": [{\"value\": " tops ", \"unit\": \"" tops_unit \
         "\", \"precision\": \"int8\", \"sparsity\": \"dense\", \"claim\": \"vendor\", \"source\": " \
         "\"s1\"}], " \
         "\"sram\": {\"capacity\": " Q(sram, sram_unit) "}, \"dram\": {\"bandwidth\": " Q( \
             dram, dram_unit) "}, \"host\": {\"bandwidth\": " Q(host, host_unit) "}, \"power\": " \
                                                                                 "{\"tdp\": " Q( \
                                                                                     power, power_unit) "}")

static void the_same_chip_in_other_units_has_the_same_bound(void **state)
{
    (void)state;
    static const char *const specs[] = {
        ANY_UNITS("8", "TOPS", "0.5", "MB", "16", "GB/s", "1", "GB/s", "2.5", "W"),
        ANY_UNITS("8000", "GOPS", "500", "kB", "128", "Gbit/s", "8", "Gbit/s", "2500", "mW"),
        ANY_UNITS("4", "TMAC/s", "488.28125", "KiB", "14.901161193847656", "GiB/s", "1000", "MB/s", "0.0025",
                  "kW"),
        ANY_UNITS("0.008", "POPS", "4", "Mbit", "0.016", "TB/s", "953.67431640625", "MiB/s", "2500000", "uW"),
    };
    roof_workload *workload = workload_of(GEMM("100", "1000", "1000"));
    double throughput = NAN, energy = NAN;
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        roof_chip *chip = derived_chip_of(specs[i]);
        roof_prediction run;
        assert_int_equal(roof_predict(chip, workload, &(roof_request){.batch = 3}, &run), ROOF_OK);
        if (i == 0) {
            throughput = run.throughput;
            energy = run.energy_j;
        }
        assert_close(run.throughput, throughput, 1e-14);
        assert_close(run.energy_j, energy, 1e-14);
        roof_prediction_free(&run);
        roof_chip_free(chip);
    }
    roof_workload_free(workload);
}

/* ---- by hand ---- */

/* A layer of GPT-3 175B (Brown et al. 2020, table 2.1: 96 layers, d = 12,288) holds 12 d^2 weights: 3 d^2 for
 * query, key and value, d^2 for the output, 8 d^2 for the two of the feed-forward net.
 *   d^2 = 150,994,944; a layer 1,811,939,328; 96 of them 173,946,175,488 weights, 347,892,350,976 bytes at
 *   fp16. A token's cache is 2 d values a layer: 2 x 12,288 x 96 x 2 B = 4,718,592 bytes, so 2048 tokens are
 *   9,663,676,416.
 * Eight chips of 80 GB, 2 TB/s and 300 Top/s decode one token of one sequence: all that streams is the
 * weights and the cache, less 8 x 40 MB on the chips: (347,892,350,976 + 9,663,676,416 - 320,000,000) B /
 * 16e12 B/s = 22.327 ms; compute takes 2 x 173,946,175,488 / 2400e12 = 0.14496 ms. */
static void a_network_like_gpt_3_decodes_at_the_speed_of_memory(void **state)
{
    (void)state;
    const double d2 = 12288.0 * 12288.0, layers = 96;
    world w = {.precision = ROOF_PRECISION_FP16, .run = {.batch = 1}};
    const double each[] = {3 * d2, d2, 4 * d2, 4 * d2};
    for (int i = 0; i < 4; i++)
        w.ops[i] = (roof_op){.kind = ROOF_OP_GEMM,
                             .repeat = layers,
                             .macs = each[i],
                             .weights_stored = each[i],
                             .weights_read = each[i]};
    w.ops[4] = (roof_op){.kind = ROOF_OP_ATTENTION, .repeat = layers, .cache_read = 2 * 12288.0 * 2048};
    w.network = (roof_network){.ops = w.ops,
                               .op_count = 5,
                               .results_per_pass = 1,
                               .result_unit = "tokens",
                               .cache_elements = 2 * 12288.0 * 2048 * 96};
    w.machine = roof_machine_unlimited(w.precision);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_PEAK, 300e12);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_SRAM_CAPACITY, 40e6);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_DRAM_CAPACITY, 80e9);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_DRAM_BANDWIDTH, 2e12);
    w.machine.chips = 8;
    roof_bound bound;
    assert_close(1 / speed_at(&w, &w.machine, w.precision, w.run, &bound), 357236027392.0 / 16e12, 1e-12);
    assert_int_equal(bound.limiter, ROOF_CEILING_DRAM);
    assert_close(bound.need_bytes, 347892350976.0 + 9663676416.0, 1e-15);
    assert_close(bound.ceilings[ROOF_CEILING_COMPUTE].seconds, 347892350976.0 / 2400e12, 1e-12);
    /* Four of them hold 320.16 GB: too little for 357.56 GB. */
    w.machine.chips = 4;
    assert_true(speed_at(&w, &w.machine, w.precision, w.run, &bound) == 0);
}

/* The 3 x 3 convolutions of ResNet-50's four stages (He et al. 2015, table 1): 56 x 56 x 64, 28 x 28 x 128,
 * 14 x 14 x 256 and 7 x 7 x 512, three, four, six and three of them. Each is 115,605,504 MAC (56 x 56 x 64 x
 * 64 x 9, and the others the same, since the side halves where the channels double): 16 of them 1,849,688,064
 * MAC, 3,699,376,128 op. Weights 9 c^2: 3 x 36,864 + 4 x 147,456 + 6 x 589,824 + 3 x 2,359,296 = 11,317,248.
 * At int8 on 26 Top/s with 12 MB on the chip and 1 GB/s of host link: compute 3,699,376,128 / 26e12 = 142.284
 * us; input 150,528 B / 1e9 = 150.528 us binds. */
static void a_network_like_resnet_50_is_fed_too_slowly(void **state)
{
    (void)state;
    world w = {.precision = ROOF_PRECISION_INT8, .run = {.batch = 1}};
    static const double stages[][3] = {{56, 64, 3}, {28, 128, 4}, {14, 256, 6}, {7, 512, 3}};
    for (int i = 0; i < 4; i++) {
        double pixels = stages[i][0] * stages[i][0], c = stages[i][1];
        w.ops[i] = (roof_op){.kind = ROOF_OP_CONV2D,
                             .repeat = stages[i][2],
                             .macs = pixels * c * c * 9,
                             .weights_stored = 9 * c * c,
                             .weights_read = 9 * c * c,
                             .input_elements = pixels * c,
                             .output_elements = pixels * c};
    }
    w.input = (roof_tensor){"image", 150528, 0};
    w.network = (roof_network){.ops = w.ops,
                               .op_count = 4,
                               .inputs = &w.input,
                               .input_count = 1,
                               .results_per_pass = 1,
                               .result_unit = "inferences"};
    w.machine = roof_machine_unlimited(w.precision);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_PEAK, 26e12);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_SRAM_CAPACITY, 12e6);
    w.machine = roof_machine_with(&w.machine, ROOF_INPUT_HOST_BANDWIDTH, 1e9);
    roof_bound bound;
    assert_close(speed_at(&w, &w.machine, w.precision, w.run, &bound), 1 / 150.528e-6, 1e-12);
    assert_int_equal(bound.limiter, ROOF_CEILING_HOST);
    assert_close(bound.ceilings[ROOF_CEILING_COMPUTE].amount, 3699376128.0, 0);
    assert_close(bound.ceilings[ROOF_CEILING_COMPUTE].seconds, 142.2836972307692e-6, 1e-12);
    assert_close(bound.need_bytes, 11317248, 0);
    assert_int_equal(bound.home, ROOF_HOME_ON_CHIP);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(more_of_any_figure_is_never_slower),
        cmocka_unit_test(more_chips_are_never_slower_when_they_share_ideally),
        cmocka_unit_test(a_larger_batch_never_lowers_the_throughput),
        cmocka_unit_test(a_narrower_format_never_moves_more_bytes),
        cmocka_unit_test(a_layer_split_in_two_costs_the_same),
        cmocka_unit_test(the_bound_has_the_dimension_of_time),
        cmocka_unit_test(the_same_chip_in_other_units_has_the_same_bound),
        cmocka_unit_test(a_network_like_gpt_3_decodes_at_the_speed_of_memory),
        cmocka_unit_test(a_network_like_resnet_50_is_fed_too_slowly),
    };
    return RUN_TESTS(tests);
}
