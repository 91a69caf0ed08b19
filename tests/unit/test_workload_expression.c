#include "assert_close.h"

#include "workload/expression.h"

static double value_of(const char *text)
{
    static const roof_variable outer[] = {{"width", 0.25}, {"depth", 0.33}};
    static const roof_variable inner[] = {{"out", 24}, {"width", 64}};
    static const roof_variables far = {.items = outer, .count = 2};
    static const roof_variables near = {.items = inner, .count = 2, .outer = &far};
    char why[200] = "";
    double value = -1;
    if (!roof_expression_evaluate(text, &near, &value, why, sizeof why)) {
        print_error("%s: %s\n", text, why);
        fail();
    }
    return value;
}

static void assert_refused(const char *text, const char *part)
{
    static const roof_variable items[] = {{"width", 64}};
    static const roof_variables variables = {.items = items, .count = 1};
    char why[200] = "";
    double value = -1;
    if (roof_expression_evaluate(text, &variables, &value, why, sizeof why)) {
        print_error("%s is %g\n", text, value);
        fail();
    }
    assert_contains(why, part);
    assert_true(value == -1);
}

static void products_bind_before_sums_and_sums_before_comparisons(void **state)
{
    (void)state;
    assert_true(value_of("2+3*4") == 14);
    assert_true(value_of("(2+3)*4") == 20);
    assert_true(value_of("10-4-3") == 3);
    assert_true(value_of("24/4/2") == 3);
    assert_true(value_of("-3*-2") == 6);
    assert_true(value_of("1 + 1 == 2") == 1);
    assert_true(value_of("2 < 1 + 0.5") == 0);
    assert_true(value_of("(2 >= 2) * (3 != 3)") == 0);
    assert_true(value_of("3 > 2") == 1);
    assert_true(value_of("3 <= 2") == 0);
}

static void names_are_looked_up_from_the_inside_out(void **state)
{
    (void)state;
    assert_true(value_of("4*width") == 256);
    assert_close(value_of("depth*100"), 33, 1e-12);
}

static void functions_round_as_the_networks_authors_do(void **state)
{
    (void)state;
    assert_true(value_of("max(1, round(3*depth))") == 1);
    assert_true(value_of("round(6*depth)") == 2);
    assert_true(value_of("round(2.5)") == 2);
    assert_true(value_of("round(3.5)") == 4);
    assert_true(value_of("ceil(2.1)+floor(2.9)") == 5);
    assert_true(value_of("ceil_to(64*0.33, 8)") == 24);
    assert_true(value_of("round_to(24*1.4, 8)") == 32);
    assert_true(value_of("round_to(3, 8)") == 8);
    assert_true(value_of("round_to(18*0.6, 8)") == 16); /* 8 would be less than 0.9 of 10.8 */
    assert_true(value_of("min(3, 1, 2)") == 1);
}

static void what_is_malformed_is_refused_with_the_reason(void **state)
{
    (void)state;
    assert_refused("", "ends where a value is expected");
    assert_refused("4*", "ends where a value is expected");
    assert_refused("4 4", "\"4\" is not expected");
    assert_refused("(4", "\")\" is missing");
    assert_refused("4)", "\")\" is not expected");
    assert_refused("1 < 2 < 3", "\"<\" is not expected");
    assert_refused("widht*2", "did you mean width?");
    assert_refused("sin(1)", "unknown function \"sin\"");
    assert_refused("min(1)", "too few arguments");
    assert_refused("ceil(1,2)", "too many arguments");
    assert_refused("1e9", "runs into \"e\"");
    assert_refused("0x10", "runs into \"x\"");
    assert_refused("1.", "digit is missing");
    assert_refused("1/0", "division by zero");
    assert_refused("\xc3\xa9", "stands where a value is expected");
}

static void results_stay_finite(void **state)
{
    (void)state;
    assert_refused("ceil_to(1, 0)", "not a finite number");
    char digits[256] = "";
    memset(digits, '9', 120);
    strcpy(digits + 120, "*9*9");
    assert_true(value_of(digits) > 1e120);
}

static void length_and_nesting_are_bounded(void **state)
{
    (void)state;
    char text[300];
    memset(text, '(', 100);
    text[100] = '\0';
    assert_refused(text, "nested too deeply");
    memset(text, '-', 100);
    assert_refused(text, "nested too deeply");
    memset(text, '1', 299);
    text[299] = '\0';
    assert_refused(text, "longer than");
    memset(text, 'a', 100);
    text[100] = '\0';
    assert_refused(text, "name is longer");
}

static void names_are_letters_digits_and_underscores(void **state)
{
    (void)state;
    assert_true(roof_expression_is_name("a_1"));
    assert_false(roof_expression_is_name("1a"));
    assert_false(roof_expression_is_name(""));
    assert_false(roof_expression_is_name("a-b"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(products_bind_before_sums_and_sums_before_comparisons),
        cmocka_unit_test(names_are_looked_up_from_the_inside_out),
        cmocka_unit_test(functions_round_as_the_networks_authors_do),
        cmocka_unit_test(what_is_malformed_is_refused_with_the_reason),
        cmocka_unit_test(results_stay_finite),
        cmocka_unit_test(length_and_nesting_are_bounded),
        cmocka_unit_test(names_are_letters_digits_and_underscores),
    };
    return RUN_TESTS(tests);
}
