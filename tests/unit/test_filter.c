#include "assert_close.h"
#include "chiproof/chip/filter.h"
#include "spec_text.h"

#define CHIP \
    SPEC("\"class\": \"stream\", \"announced\": {\"value\": \"2019-05\", \"claim\": \"vendor\", " \
         "\"source\": \"s1\"}, " \
         "\"power\": {\"tdp\": " Q("8.65", "W") "}, \"process\": {\"node\": " Q( \
             "16", "nm") "}, \"peak\": [{\"value\": 26, " \
                         "\"unit\": \"TOPS\", \"precision\": \"int8\", \"sparsity\": \"dense\", \"claim\": " \
                         "\"vendor\", \"source\": \"s1\"}]")

static roof_match match(const char *expression)
{
    roof_chip *chip = chip_of(CHIP);
    roof_filter filter;
    roof_error error = {0};
    roof_code code = roof_filter_parse(expression, &filter, &error);
    if (code != ROOF_OK) print_error("%s: %s\n", expression, error.message);
    assert_int_equal(code, ROOF_OK);
    roof_match result = roof_filter_match(&filter, chip);
    roof_chip_free(chip);
    return result;
}

static void quantities_compare_in_any_unit(void **state)
{
    (void)state;
    assert_int_equal(match("tdp<=10W"), ROOF_MATCH_YES);
    assert_int_equal(match("power.tdp <= 9000 mW"), ROOF_MATCH_YES);
    assert_int_equal(match("tdp<8W"), ROOF_MATCH_NO);
    assert_int_equal(match("node=16nm"), ROOF_MATCH_YES);
    assert_int_equal(match("peak.int8>=0.026POPS"), ROOF_MATCH_YES);
    assert_int_equal(match("peak>26.5TOPS"), ROOF_MATCH_NO);
    assert_int_equal(match("year=2019"), ROOF_MATCH_YES);
}

static void words_compare_without_case(void **state)
{
    (void)state;
    assert_int_equal(match("vendor=v"), ROOF_MATCH_YES);
    assert_int_equal(match("class!=gpu"), ROOF_MATCH_YES);
    assert_int_equal(match("class~TREA"), ROOF_MATCH_YES);
}

static void what_is_not_published_is_unknown_not_small(void **state)
{
    (void)state;
    assert_int_equal(match("price<=1000000USD"), ROOF_MATCH_UNKNOWN);
    assert_int_equal(match("peak.fp16>=1TFLOPS"), ROOF_MATCH_UNKNOWN);
    assert_int_equal(match("segment=edge"), ROOF_MATCH_UNKNOWN);
}

static void assert_refused(const char *expression, const char *part)
{
    roof_filter filter;
    roof_error error = {0};
    assert_int_equal(roof_filter_parse(expression, &filter, &error), ROOF_INVALID);
    assert_contains(error.message, part);
}

static void wrong_conditions_say_what_is_wrong(void **state)
{
    (void)state;
    assert_refused("tpd<3W", "did you mean tdp");
    assert_refused("capacity>3MB", "sram.capacity");
    assert_refused("tdp<=10GB", "power is expected");
    assert_refused("tdp<=lots", "expected a number with a unit");
    assert_refused("tdp", "expected something such as");
    assert_refused("<=3W", "expected something such as");
    assert_refused("peak.int9>1TOPS", "int8");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quantities_compare_in_any_unit),
        cmocka_unit_test(words_compare_without_case),
        cmocka_unit_test(what_is_not_published_is_unknown_not_small),
        cmocka_unit_test(wrong_conditions_say_what_is_wrong),
    };
    return RUN_TESTS(tests);
}
