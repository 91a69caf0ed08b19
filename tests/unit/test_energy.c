/* Energy: worked by hand from power, seconds and results; what is not published stays unknown. */
#include "assert_close.h"
#include "chiproof/model/predict.h"
#include "run_text.h"

#define POWER(members) SPEC("\"power\": {" members "}")

static roof_energy settled(const roof_chip *chip, roof_energy_basis asked, double chips, double results)
{
    roof_energy energy;
    roof_energy_settle(chip, asked, chips, results, &energy);
    return energy;
}

static void power_times_seconds_over_results(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(POWER("\"tdp\": " Q("10", "W") ", \"typical\": " Q("2500", "mW")));
    roof_energy energy = settled(chip, ROOF_ENERGY_AUTO, 1, 1);
    /* 2.5 W for 4 ms = 10 mJ; the same for a pass of 8 results: 1.25 mJ each. */
    assert_int_equal(energy.basis, ROOF_ENERGY_TYPICAL);
    assert_close(roof_energy_joules(&energy, 4e-3), 10e-3, 1e-12);
    energy = settled(chip, ROOF_ENERGY_AUTO, 1, 8);
    assert_close(roof_energy_joules(&energy, 4e-3), 1.25e-3, 1e-12);
    /* Three chips draw three times 10 W. */
    energy = settled(chip, ROOF_ENERGY_TDP, 3, 1);
    assert_int_equal(energy.basis, ROOF_ENERGY_TDP);
    assert_close(roof_energy_joules(&energy, 4e-3), 120e-3, 1e-12);
    roof_chip_free(chip);
}

static void the_tdp_stands_in_only_where_nobody_asked_otherwise(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(POWER("\"tdp\": " Q("10", "W")));
    roof_energy energy = settled(chip, ROOF_ENERGY_AUTO, 1, 1);
    assert_int_equal(energy.basis, ROOF_ENERGY_TDP);
    assert_string_equal(energy.missing, "");
    energy = settled(chip, ROOF_ENERGY_TYPICAL, 1, 1);
    assert_null(energy.power);
    assert_string_equal(energy.missing, "typical power is not published");
    assert_true(isnan(roof_energy_joules(&energy, 1)));
    roof_chip_free(chip);
}

static void no_power_is_unknown_energy_not_zero(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC("\"clock\": " Q("1", "GHz")));
    roof_energy energy = settled(chip, ROOF_ENERGY_AUTO, 1, 1);
    assert_true(isnan(roof_energy_joules(&energy, 1)));
    assert_string_equal(energy.missing, "neither typical power nor a TDP is published");
    roof_chip_free(chip);
}

static void the_power_of_the_card_is_not_that_of_the_chip(void **state)
{
    (void)state;
    roof_chip *chip =
        chip_of(POWER("\"tdp\": {\"value\": 75, \"unit\": \"W\", \"scope\": \"card\", \"claim\": "
                      "\"vendor\", \"source\": \"s1\"}"));
    roof_energy energy = settled(chip, ROOF_ENERGY_AUTO, 1, 1);
    assert_null(energy.power);
    assert_contains(energy.missing, "something else");
    energy = settled(chip, ROOF_ENERGY_TDP, 1, 1);
    assert_contains(energy.missing, "something else");
    roof_chip_free(chip);
}

/* 100 x 1000 times 1000 x 10 at 1 TOPS: 2e6 op in 2 us; at 5 W 10 uJ. Batch 2 takes twice as long for twice
 * as much. */
static void a_prediction_carries_its_energy(void **state)
{
    (void)state;
    roof_chip *chip =
        derived_chip_of(SPEC("\"peak\": [" PEAK("1", "int8") "], \"power\": {\"typical\": " Q("5", "W") "}"));
    roof_workload *workload = workload_of(GEMM("100", "1000", "10"));
    for (double batch = 1; batch <= 2; batch++) {
        roof_prediction p;
        roof_request request = {.batch = batch};
        assert_int_equal(roof_predict(chip, workload, &request, &p), ROOF_OK);
        assert_close(p.energy_j, 10e-6, 1e-12);
        assert_close(p.energy_j, p.energy.power_w / p.throughput, 1e-12);
        assert_close(roof_energy_joules(&p.energy, 3 * p.bound.seconds), 30e-6, 1e-12);
        roof_prediction_free(&p);
    }
    roof_workload_free(workload);
    roof_chip_free(chip);
}

/* ---- the dynamic model ---- */

/* 7 nm costs as published: 0.05 pJ an int8 operation, 1.75 pJ an on-chip byte, 31.25 to 56.25 pJ of HBM. */
#define SEVEN(more) SPEC("\"peak\": [" PEAK("1", "int8") "], \"process\": {\"node\": " Q("7", "nm") "}" more)

typedef struct dynamic_run {
    roof_technology technology;
    roof_chip *chip;
    roof_workload *workload;
    roof_prediction p;
} dynamic_run;

static void run_dynamic(dynamic_run *run, const char *spec, roof_request request)
{
    run->technology = (roof_technology)ROOF_TECHNOLOGY_EMPTY;
    assert_int_equal(roof_technology_load("specs/process-nodes.tsv", &run->technology, NULL, NULL), ROOF_OK);
    assert_int_equal(roof_technology_load("specs/operation-energy.tsv", &run->technology, NULL, NULL),
                     ROOF_OK);
    run->chip = derived_chip_of(spec);
    run->workload = workload_of(GEMM("100", "1000", "10"));
    request.energy = ROOF_ENERGY_DYNAMIC;
    request.technology = &run->technology;
    assert_int_equal(roof_predict(run->chip, run->workload, &request, &run->p), ROOF_OK);
}

static void end_dynamic(dynamic_run *run)
{
    roof_prediction_free(&run->p);
    roof_workload_free(run->workload);
    roof_chip_free(run->chip);
    roof_technology_free(&run->technology);
}

/* 2e6 op x 0.05 pJ = 100 nJ; 10,000 weights, 100,000 inputs and 1,000 outputs read on chip: 111,000 B x 1.75
 * pJ = 194.25 nJ. */
static void operations_and_bytes_are_paid_for(void **state)
{
    (void)state;
    dynamic_run run;
    run_dynamic(&run, SEVEN(""), (roof_request){0});
    assert_int_equal(run.p.energy.basis, ROOF_ENERGY_DYNAMIC);
    assert_close(run.p.energy_j, 294.25e-9, 1e-12);
    assert_close(run.p.energy_most_j, 294.25e-9, 1e-12);
    assert_close(roof_energy_joules(&run.p.energy, 1), 294.25e-9, 1e-12); /* no idle power is published */
    end_dynamic(&run);
    /* 3 W of idle power for 2 us: 6 uJ more, for 1 s: 3 J. */
    run_dynamic(&run, SEVEN(", \"power\": {\"idle\": " Q("3", "W") "}"), (roof_request){0});
    assert_close(run.p.energy_j, 294.25e-9 + 6e-6, 1e-12);
    assert_close(roof_energy_joules(&run.p.energy, 1), 3 + 294.25e-9, 1e-12);
    end_dynamic(&run);
}

/* In data parallel each of two chips holds the 10,000 weights, and reads them: 2 x 10,000 + 8 x 101,000 B
 * for 8. */
static void several_chips_pay_for_what_each_reads(void **state)
{
    (void)state;
    dynamic_run run;
    run_dynamic(&run, SEVEN(""), (roof_request){.batch = 8, .chips = 2, .plan = ROOF_PLAN_DATA});
    assert_close(run.p.energy_j, 100e-9 + (2 * 10000 + 8 * 101000) * 1.75e-12 / 8, 1e-12);
    end_dynamic(&run);
    run_dynamic(&run, SEVEN(""), (roof_request){.batch = 8, .chips = 2});
    assert_close(run.p.energy_j, 100e-9 + (10000 + 8 * 101000) * 1.75e-12 / 8, 1e-12);
    end_dynamic(&run);
}

/* 294.25 nJ at 0.1 W take 2.9425 us, longer than the 2 us of the peak; at 1 W they do not bind, and without a
 * TDP they are not counted. */
static void a_tdp_that_cannot_feed_the_operations_binds(void **state)
{
    (void)state;
    dynamic_run run;
    run_dynamic(&run, SEVEN(", \"power\": {\"tdp\": " Q("0.1", "W") "}"), (roof_request){0});
    assert_int_equal(run.p.bound.limiter, ROOF_CEILING_POWER);
    assert_close(run.p.bound.seconds, 2.9425e-6, 1e-12);
    assert_true(isnan(roof_bound_intensity(&run.p.bound, ROOF_CEILING_POWER)));
    assert_true(roof_prediction_uses(&run.p, ROOF_INPUT_TDP));
    /* The same chip, asked without the estimate. */
    roof_prediction plain;
    assert_int_equal(roof_predict(run.chip, run.workload, &(roof_request){0}, &plain), ROOF_OK);
    assert_int_equal(plain.bound.limiter, ROOF_CEILING_COMPUTE);
    assert_close(plain.bound.seconds, 2e-6, 1e-12);
    assert_false(roof_prediction_uses(&plain, ROOF_INPUT_TDP));
    roof_prediction_free(&plain);
    end_dynamic(&run);
    run_dynamic(&run, SEVEN(", \"power\": {\"tdp\": " Q("1", "W") "}"), (roof_request){0});
    assert_int_equal(run.p.bound.limiter, ROOF_CEILING_COMPUTE);
    end_dynamic(&run);
    run_dynamic(&run, SEVEN(""), (roof_request){0});
    assert_close(run.p.bound.seconds, 2e-6, 1e-12);
    assert_true(roof_prediction_misses(&run.p, ROOF_INPUT_TDP));
    end_dynamic(&run);
}

static void without_a_node_the_bound_stands_and_the_energy_does_not(void **state)
{
    (void)state;
    dynamic_run run;
    run_dynamic(&run, SPEC("\"peak\": [" PEAK("1", "int8") "]"), (roof_request){0});
    assert_close(run.p.bound.seconds, 2e-6, 1e-12);
    assert_true(isnan(run.p.energy_j) && isnan(run.p.energy_most_j));
    assert_contains(run.p.energy.missing, "process node of x is not published");
    end_dynamic(&run);
}

/* A watt is a joule a second: the energy of every basis is the sum of watts times seconds and of joules.
 * Units of the file do not matter, a batch of n costs no more each than one alone. */
static void energy_is_consistent_in_its_dimensions(void **state)
{
    (void)state;
    dynamic_run watts, milliwatts;
    run_dynamic(&watts, SEVEN(", \"power\": {\"idle\": " Q("0.5", "W") "}"), (roof_request){0});
    run_dynamic(&milliwatts, SEVEN(", \"power\": {\"idle\": " Q("500", "mW") "}"), (roof_request){0});
    assert_close(watts.p.energy_j, milliwatts.p.energy_j, 1e-12);
    double a = roof_energy_joules(&watts.p.energy, 1), b = roof_energy_joules(&watts.p.energy, 3);
    assert_close(b - a, 2 * 0.5, 1e-9); /* two seconds more at half a watt */
    end_dynamic(&watts);
    end_dynamic(&milliwatts);
    double last = INFINITY;
    for (double batch = 1; batch <= 1024; batch *= 2) {
        dynamic_run run;
        run_dynamic(&run, SEVEN(", \"power\": {\"idle\": " Q("0.5", "W") "}"),
                    (roof_request){.batch = batch});
        assert_true(run.p.energy_j <= last * (1 + 1e-12));
        last = run.p.energy_j;
        end_dynamic(&run);
    }
}

static void names_of_bases_are_read(void **state)
{
    (void)state;
    roof_energy_basis basis;
    roof_error error;
    assert_int_equal(roof_energy_basis_parse("tdp", &basis, NULL), ROOF_OK);
    assert_int_equal(basis, ROOF_ENERGY_TDP);
    assert_int_equal(roof_energy_basis_parse("auto", &basis, &error), ROOF_INVALID);
    assert_contains(error.message, "typical");
    assert_string_equal(roof_energy_basis_name(ROOF_ENERGY_TYPICAL), "typical");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(power_times_seconds_over_results),
        cmocka_unit_test(the_tdp_stands_in_only_where_nobody_asked_otherwise),
        cmocka_unit_test(no_power_is_unknown_energy_not_zero),
        cmocka_unit_test(the_power_of_the_card_is_not_that_of_the_chip),
        cmocka_unit_test(a_prediction_carries_its_energy),
        cmocka_unit_test(operations_and_bytes_are_paid_for),
        cmocka_unit_test(several_chips_pay_for_what_each_reads),
        cmocka_unit_test(a_tdp_that_cannot_feed_the_operations_binds),
        cmocka_unit_test(without_a_node_the_bound_stands_and_the_energy_does_not),
        cmocka_unit_test(energy_is_consistent_in_its_dimensions),
        cmocka_unit_test(names_of_bases_are_read),
    };
    return RUN_TESTS(tests);
}
