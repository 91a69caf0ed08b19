/* How the bound grows with the number of chips. */
#include "assert_close.h"

#include "chiproof/compare/scaling.h"
#include "run_text.h"

typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload;
    roof_scaling scaling;
} fixture;

static fixture scale(const char *spec, const char *network, roof_request request, double to, bool weak)
{
    fixture f = {.chip = derived_chip_of(spec), .workload = workload_of(network)};
    roof_code code = roof_scaling_find(f.chip, f.workload, &request, to, weak, &f.scaling);
    assert_int_equal(code, f.scaling.refusal.code);
    return f;
}

static void end(fixture *f)
{
    roof_scaling_free(&f->scaling);
    roof_workload_free(f->workload);
    roof_chip_free(f->chip);
}

static const roof_scaling_point *point_of(const fixture *f, double chips)
{
    for (size_t i = 0; i < f->scaling.count; i++)
        if (f->scaling.points[i].chips == chips) return &f->scaling.points[i];
    fail_msg("no point for %g chips", chips);
    return NULL;
}

#define FAST SPEC("\"peak\": [" PEAK("1", "int8") "]")
#define NO_DRAM "\"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}"

static void data_parallel_stops_helping_at_the_batch(void **state)
{
    (void)state;
    fixture f = scale(FAST, GEMM("10", "100", "100"), (roof_request){.batch = 12, .plan = ROOF_PLAN_DATA},
                      100, false);
    assert_close(f.scaling.enough, 12, 1e-15);
    assert_close(point_of(&f, 4)->speedup, 4, 1e-12);
    assert_close(point_of(&f, 8)->speedup, 6, 1e-12); /* two on the busiest: six times one */
    assert_close(point_of(&f, 12)->efficiency, 1, 1e-12);
    assert_close(point_of(&f, 100)->efficiency, 0.12, 1e-12);
    end(&f);
}

static void weak_scaling_without_links_is_linear(void **state)
{
    (void)state;
    fixture f = scale(FAST, GEMM("10", "100", "100"), (roof_request){.plan = ROOF_PLAN_DATA}, 192, true);
    assert_close(f.scaling.enough, 192, 1e-15);
    for (size_t i = 0; i < f.scaling.count; i++) {
        assert_close(f.scaling.points[i].efficiency, 1, 1e-12);
        assert_close(f.scaling.points[i].batch, f.scaling.points[i].chips, 1e-15);
    }
    end(&f);
}

static void counting_begins_at_the_fewest_chips_that_hold_it(void **state)
{
    (void)state;
    const char *spec =
        SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q("300", "kB") "}, " NO_DRAM);
    fixture f = scale(spec, GEMM("1", "1000", "1000"), (roof_request){0}, 16, false);
    assert_close(f.scaling.base.request.chips, 4, 1e-15);
    assert_false(point_of(&f, 2)->fits);
    assert_true(isnan(point_of(&f, 2)->speedup));
    assert_close(point_of(&f, 4)->speedup, 1, 1e-15);
    assert_close(point_of(&f, 16)->speedup, 4, 1e-12);
    for (size_t i = 1; i < f.scaling.count; i++)
        assert_true(f.scaling.points[i].chips > f.scaling.points[i - 1].chips);
    fixture few = scale(spec, GEMM("1", "1000", "1000"), (roof_request){0}, 3, false);
    assert_int_equal(few.scaling.refusal.code, ROOF_DOES_NOT_FIT);
    end(&f);
    end(&few);
}

static void the_published_system_is_the_limit(void **state)
{
    (void)state;
    roof_chip *known = chip_of(SPEC("\"max_chips\": " Q("192", "count")));
    roof_chip *unknown = chip_of(SPEC("\"cores\": " Q("2", "count")));
    assert_close(roof_scaling_default_limit(known), 192, 1e-15);
    assert_close(roof_scaling_default_limit(unknown), 64, 1e-15);
    roof_chip_free(known);
    roof_chip_free(unknown);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(data_parallel_stops_helping_at_the_batch),
        cmocka_unit_test(weak_scaling_without_links_is_linear),
        cmocka_unit_test(counting_begins_at_the_fewest_chips_that_hold_it),
        cmocka_unit_test(the_published_system_is_the_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
