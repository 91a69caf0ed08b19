/* Process nodes and operation costs: what is read, what is refused, and the arithmetic by hand. */
#include "assert_close.h"

#include "chiproof/model/costs.h"
#include "chiproof/model/node.h"
#include "spec_text.h"

#define NODES "node_nm\tkind\ta2\ta1\ta0\tvdd_nominal_v\tsource\n"
#define COSTS "operation\tname\tnode_nm\tvdd_v\tleast_pj\tmost_pj\tbits\tsource\tnote\n"
#define NODE(nm) SPEC("\"process\": {\"node\": " Q(nm, "nm") "}")
#define MEMORY(nm, type) \
    SPEC("\"process\": {\"node\": " Q(nm, "nm") "}, \"dram\": {\"type\": {\"value\": \"" type \
                                                "\", \"claim\": \"vendor\", \"source\": \"s1\"}}")

static roof_technology technology;
static roof_report report;
static roof_error error;

static int set_up(void **state)
{
    (void)state;
    technology = (roof_technology)ROOF_TECHNOLOGY_EMPTY;
    report = (roof_report)ROOF_REPORT_EMPTY;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    roof_technology_free(&technology);
    roof_report_clear(&report);
    return 0;
}

static int set_up_shipped(void **state)
{
    set_up(state);
    assert_int_equal(roof_technology_load("specs/process-nodes.tsv", &technology, &report, &error), ROOF_OK);
    assert_int_equal(roof_technology_load("specs/operation-energy.tsv", &technology, &report, &error),
                     ROOF_OK);
    return 0;
}

static roof_code parse(const char *text)
{
    return roof_technology_parse(text, strlen(text), "t.tsv", &technology, &report, &error);
}

static double factor(double nm)
{
    roof_node_factor found;
    assert_int_equal(roof_node_factor_of(&technology, ROOF_NODE_HP, nm * 1e-9, NAN, &found, &error), ROOF_OK);
    return found.factor;
}

/* ---- reading ---- */

static void faults_are_told_with_line_and_column(void **state)
{
    (void)state;
    static const struct {
        const char *text, *message;
        int line, column;
    } bad[] = {
        {NODES "7 nm\tHP\t1\t0\t0\t1\ts\n", "node_nm \"7 nm\"", 2, 1},
        {NODES "7\tXP\t1\t0\t0\t1\ts\n", "expected HP or LP", 2, 3},
        {NODES "7\tHP\t1e3\t0\t0\t1\ts\n", "a2 \"1e3\"", 2, 6},
        {NODES "7\tHP\t1\t--1\t0\t1\ts\n", "a1 \"--1\"", 2, 8},
        {NODES "7\tHP\t1\t0\tnan\t1\ts\n", "a0 \"nan\"", 2, 10},
        {NODES "7\tHP\t1\t0\t0\t-1\ts\n", "above 0", 2, 12},
        {NODES "7\tHP\t1\t0\t0\t1\t\n", "source is missing", 2, 14},
        {NODES "7\tHP\t1\t-2\t0\t1\ts\n", "not above 0", 2, 6},
        {NODES "7\tHP\t1\t0\t0\t1\ts\n7\tHP\t1\t0\t0\t1\ts\n", "there already", 3, 1},
        {NODES "7\tHP\t1\n", "3 cells; 7 are expected", 2, 1},
        {COSTS "divide\tint8\t7\t\t1\t1\t\ts\t\n", "expected multiply, add or read", 2, 1},
        {COSTS "add\tint8\t7\t\t2\t1\t\ts\t\n", "below least_pj", 2, 15},
        {COSTS "add\tint8\t7\t\t0\t1\t\ts\t\n", "least_pj \"0\"", 2, 13},
        {COSTS "add\tint8\t7\t\t1\t1\t64\ts\t\n", "only a read has bits", 2, 17},
        {COSTS "read\tHBM\t\t\t1\t1\t\ts\t\n", "needs its bits", 2, 16},
        {COSTS "add\t\t7\t\t1\t1\t\ts\t\n", "name is missing", 2, 5},
        {COSTS "read\tHBM\t\t\t1\t1\t8\ts\t\nread\tHBM\t\t\t1\t1\t8\ts\t\n", "there already", 3, 6},
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        set_up(NULL);
        assert_int_equal(parse(bad[i].text), ROOF_INVALID);
        assert_int_equal(report.errors, 1);
        assert_contains(report.items[0].message, bad[i].message);
        assert_int_equal(report.items[0].line, bad[i].line);
        assert_int_equal(report.items[0].column, bad[i].column);
        tear_down(NULL);
    }
    set_up(NULL);
    assert_int_equal(parse("node\tkind\n"), ROOF_SYNTAX);
    assert_int_equal(parse(""), ROOF_SYNTAX);
}

static void reads_are_kept_by_the_byte(void **state)
{
    (void)state;
    assert_int_equal(parse(COSTS "read\tHBM\t\t\t250\t450\t64\ts\t\nadd\tint8\t7\t\t0.5\t1\t\ts\t\n"),
                     ROOF_OK);
    assert_close(technology.costs[0].least_j, 250e-12 / 8, 1e-12);
    assert_close(technology.costs[0].most_j, 450e-12 / 8, 1e-12);
    assert_true(isnan(technology.costs[0].node_m));
    assert_close(technology.costs[1].most_j, 1e-12, 1e-12);
}

/* ---- nodes ---- */

static void factors_are_those_of_the_paper(void **state)
{
    (void)state;
    /* 45 nm at 1.0 V: 1.018 - 0.3107 + 0.1539; 7 nm at 0.7 V: 0.1776 x 0.49 - 0.09097 x 0.7 + 0.02447. */
    assert_close(factor(45), 0.8612, 1e-12);
    assert_close(factor(7), 0.087024 - 0.063679 + 0.02447, 1e-12);
    double ratio;
    assert_int_equal(roof_node_energy_ratio(&technology, 45e-9, 7e-9, &ratio, &error), ROOF_OK);
    assert_close(ratio, 0.047815 / 0.8612, 1e-12);
    roof_node_factor low;
    assert_int_equal(roof_node_factor_of(&technology, ROOF_NODE_HP, 45e-9, 0.9, &low, &error), ROOF_OK);
    assert_close(low.factor, 1.018 * 0.81 - 0.3107 * 0.9 + 0.1539, 1e-12);
}

static void a_node_between_two_is_between_them(void **state)
{
    (void)state;
    roof_node_factor twelve;
    assert_int_equal(roof_node_factor_of(&technology, ROOF_NODE_HP, 12e-9, NAN, &twelve, &error), ROOF_OK);
    assert_close(twelve.above->node_m, 14e-9, 1e-12);
    assert_close(twelve.below->node_m, 10e-9, 1e-12);
    /* On the line through (10, 0.0702425) and (14, 0.096222) in logarithms. */
    double by_hand = 0.0702425 * pow(0.096222 / 0.0702425, log(1.2) / log(1.4));
    assert_close(twelve.factor, by_hand, 1e-9);
    assert_true(isnan(twelve.vdd_v));
    assert_int_equal(roof_node_factor_of(&technology, ROOF_NODE_HP, 12e-9, 0.8, &twelve, &error),
                     ROOF_UNSUPPORTED);
}

static void energy_falls_with_the_node(void **state)
{
    (void)state;
    for (double nm = 7; nm < 45; nm += 0.25) assert_true(factor(nm) < factor(nm + 0.25));
    /* From node to node and on is the same as at once. */
    double a, b, c;
    roof_node_energy_ratio(&technology, 28e-9, 12e-9, &a, NULL);
    roof_node_energy_ratio(&technology, 12e-9, 7e-9, &b, NULL);
    roof_node_energy_ratio(&technology, 28e-9, 7e-9, &c, NULL);
    assert_close(a * b, c, 1e-12);
}

static void nothing_is_extrapolated(void **state)
{
    (void)state;
    double ratio;
    assert_int_equal(roof_node_energy_ratio(&technology, 5e-9, 7e-9, &ratio, &error), ROOF_UNSUPPORTED);
    assert_contains(error.message, "5 nm is below 7 nm, the smallest node");
    assert_int_equal(roof_node_energy_ratio(&technology, 7e-9, 65e-9, &ratio, &error), ROOF_UNSUPPORTED);
    assert_contains(error.message, "65 nm is above 45 nm, the largest node");
    roof_technology_free(&technology);
    assert_int_equal(roof_node_energy_ratio(&technology, 16e-9, 7e-9, &ratio, &error), ROOF_MISSING);
}

/* ---- costs ---- */

static roof_costs costs_at(const char *spec, roof_precision precision)
{
    roof_costs costs;
    roof_chip *chip = chip_of(spec);
    assert_int_equal(roof_costs_of(&technology, chip, precision, &costs, &error), ROOF_OK);
    roof_chip_free(chip);
    return costs;
}

static void a_cost_of_the_very_node_stands_alone(void **state)
{
    (void)state;
    roof_costs costs = costs_at(MEMORY("7", "HBM2e"), ROOF_PRECISION_INT8);
    /* A multiply-accumulate is 0.07 + 0.03 pJ, an operation half of it; 14 pJ for 8 bytes. */
    assert_close(costs.items[ROOF_COST_OP].each.least, 0.05e-12, 1e-12);
    assert_close(costs.items[ROOF_COST_OP].each.most, 0.05e-12, 1e-12);
    assert_close(costs.items[ROOF_COST_ON_CHIP].each.least, 14e-12 / 8, 1e-12);
    assert_close(costs.items[ROOF_COST_DRAM].each.least, 250e-12 / 8, 1e-12);
    assert_close(costs.items[ROOF_COST_DRAM].each.most, 450e-12 / 8, 1e-12);
}

static void elsewhere_the_range_spans_the_scaled_ones(void **state)
{
    (void)state;
    roof_costs costs = costs_at(NODE("16"), ROOF_PRECISION_INT8);
    /* 45 nm at 0.9 V has 0.69885, 16 nm 0.14228768, 7 nm 0.047815. */
    double sixteen = 0.2958 * 0.86 * 0.86 - 0.1241 * 0.86 + 0.03024;
    assert_close(costs.items[ROOF_COST_OP].each.least, 0.15e-12 * sixteen / 0.69885, 1e-9);
    assert_close(costs.items[ROOF_COST_OP].each.most, 0.05e-12 * sixteen / 0.047815, 1e-9);
    assert_int_equal(costs.items[ROOF_COST_OP].row_count, 4);
    assert_true(isnan(costs.items[ROOF_COST_DRAM].each.least));
}

static void memories_are_told_apart_by_their_family(void **state)
{
    (void)state;
    static const struct {
        const char *spec;
        double pj_per_64_bits;
    } cases[] = {{MEMORY("7", "DDR4-3200, 8 channels"), 1300},
                 {MEMORY("7", "GDDR6 ECC"), 350},
                 {MEMORY("7", "HBM3E"), 250},
                 {MEMORY("7", "LPDDR4X"), NAN},
                 {MEMORY("7", "DDR4/LPDDR4"), NAN},
                 {MEMORY("7", "HBM on package plus DDR"), NAN},
                 {MEMORY("7", "none (no DDR)"), NAN}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double each = costs_at(cases[i].spec, ROOF_PRECISION_INT8).items[ROOF_COST_DRAM].each.least;
        if (isnan(cases[i].pj_per_64_bits)) assert_true(isnan(each));
        else assert_close(each, cases[i].pj_per_64_bits * 1e-12 / 8, 1e-12);
    }
}

static void costs_are_refused_with_the_reason(void **state)
{
    (void)state;
    static const struct {
        const char *spec;
        roof_precision precision;
        roof_code code;
        const char *message;
    } cases[] = {{SPEC("\"clock\": " Q("1", "GHz")), ROOF_PRECISION_INT8, ROOF_MISSING, "not published"},
                 {NODE("5"), ROOF_PRECISION_INT8, ROOF_UNSUPPORTED, "smallest node"},
                 {NODE("7"), ROOF_PRECISION_FP8, ROOF_MISSING, "fp8 arithmetic"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        roof_costs costs;
        roof_chip *chip = chip_of(cases[i].spec);
        assert_int_equal(roof_costs_of(&technology, chip, cases[i].precision, &costs, &error), cases[i].code);
        assert_contains(error.message, cases[i].message);
        roof_chip_free(chip);
    }
}

/* ---- the energy roofline ---- */

static void the_energy_roofline_is_that_of_the_paper(void **state)
{
    (void)state;
    /* 1 pJ an operation, 100 pJ a byte, 1e12 op/s, 1e10 B/s: time balance 100 op/B, energy balance 100. */
    roof_energy_machine m = {1e-12, 100e-12, 0, 1e-12, 1e-10};
    assert_close(roof_energy_balance(&m), 100, 1e-12);
    assert_close(roof_energy_per_op(&m, 100), 2e-12, 1e-12);
    assert_close(roof_energy_per_op(&m, 50), 3e-12, 1e-12);
    assert_close(roof_energy_per_op(&m, INFINITY), 1e-12, 1e-12);
    /* With 1 W all the time an operation costs at least 2 pJ; below 100 op/B waiting costs too:
     * (100 + 100) / (1 + 2) = 66.7 op/B, where it is 1 + 1.5 + 1.5 = 4 pJ, twice the best. */
    m.static_w = 1;
    assert_close(roof_energy_balance(&m), 200.0 / 3, 1e-12);
    assert_close(roof_energy_per_op(&m, 200.0 / 3), 4e-12, 1e-12);
    /* Cheap bandwidth: the balance lies on the compute side, byte_j over the 2 pJ. */
    m.byte_s = 1e-12;
    assert_close(roof_energy_balance(&m), 50, 1e-12);
    assert_close(roof_energy_per_op(&m, 50), 4e-12, 1e-12);
}

static void at_the_balance_point_half_of_the_best_is_reached(void **state)
{
    (void)state;
    unsigned seed = 7;
    for (int i = 0; i < 2000; i++) {
        double v[5];
        for (int k = 0; k < 5; k++)
            v[k] = pow(10, (double)((seed = seed * 1664525u + 1013904223u) >> 16) / 16384);
        roof_energy_machine m = {v[0] * 1e-13, v[1] * 1e-12, i % 3 ? v[2] : 0, v[3] * 1e-14, v[4] * 1e-13};
        double balance = roof_energy_balance(&m), best = roof_energy_per_op(&m, INFINITY);
        assert_close(roof_energy_per_op(&m, balance), 2 * best, 1e-9);
        assert_true(roof_energy_per_op(&m, balance * 2) < roof_energy_per_op(&m, balance));
    }
}

int main(void)
{
#define SHIPPED(test) cmocka_unit_test_setup_teardown(test, set_up_shipped, tear_down)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(faults_are_told_with_line_and_column, set_up, tear_down),
        cmocka_unit_test_setup_teardown(reads_are_kept_by_the_byte, set_up, tear_down),
        SHIPPED(factors_are_those_of_the_paper),
        SHIPPED(a_node_between_two_is_between_them),
        SHIPPED(energy_falls_with_the_node),
        SHIPPED(nothing_is_extrapolated),
        SHIPPED(a_cost_of_the_very_node_stands_alone),
        SHIPPED(elsewhere_the_range_spans_the_scaled_ones),
        SHIPPED(memories_are_told_apart_by_their_family),
        SHIPPED(costs_are_refused_with_the_reason),
        cmocka_unit_test(the_energy_roofline_is_that_of_the_paper),
        cmocka_unit_test(at_the_balance_point_half_of_the_best_is_reached),
    };
    return RUN_TESTS(tests);
}
