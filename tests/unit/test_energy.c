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
    assert_null(energy.missing);
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
        cmocka_unit_test(names_of_bases_are_read),
    };
    return RUN_TESTS(tests);
}
