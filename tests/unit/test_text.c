/* UTF-8, near names, and numbers for people. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>

#include "chiproof/base/text.h"

static void assert_sequence(const char *bytes, size_t length, unsigned scalar)
{
    unsigned got = 0;
    assert_int_equal(roof_utf8_sequence(bytes, strlen(bytes), &got), length);
    if (length) assert_int_equal(got, scalar);
}

static void well_formed_sequences_are_measured(void **state)
{
    (void)state;
    assert_sequence("a", 1, 'a');
    assert_sequence("\xC3\xA9", 2, 0xE9);
    assert_sequence("\xE5\xA2\xA8", 3, 0x58A8);
    assert_sequence("\xF0\x9F\x98\x80", 4, 0x1F600);
    assert_sequence("\xF4\x8F\xBF\xBF", 4, 0x10FFFF);
    assert_int_equal(roof_utf8_sequence("\0", 1, NULL), 1);
    assert_int_equal(roof_utf8_sequence("", 0, NULL), 0);
}

static void malformed_sequences_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "\x80",             /* a continuation alone */
        "\xC0\xAF",         /* overlong '/' */
        "\xC1\xBF",         /* overlong */
        "\xE0\x80\x80",     /* overlong */
        "\xE0\x9F\xBF",     /* overlong */
        "\xF0\x8F\xBF\xBF", /* overlong */
        "\xED\xA0\x80",     /* a surrogate */
        "\xED\xBF\xBF",     /* a surrogate */
        "\xF4\x90\x80\x80", /* above U+10FFFF */
        "\xF5\x80\x80\x80",
        "\xFF",
        "\xFE",
        "\xC3",
        "\xE5\xA2",
        "\xF0\x9F\x98",
        "\xC3(",
        "\xE5\xA2(",
        "\xF0\x9F\x98(",
    };
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_sequence(bad[i], 0, 0);
}

static void a_cut_sequence_is_not_read_past_its_end(void **state)
{
    (void)state;
    assert_int_equal(roof_utf8_sequence("\xE5\xA2\xA8", 2, NULL), 0);
}

static void validity_names_the_first_bad_byte(void **state)
{
    (void)state;
    size_t offset = 99;
    assert_true(roof_utf8_valid("ab\xC3\xA9", 4, &offset));
    assert_int_equal(offset, 99);
    assert_false(roof_utf8_valid("ab\xC3\xA9\xFFz", 6, &offset));
    assert_int_equal(offset, 4);
    assert_false(roof_utf8_valid("\xC3", 1, NULL));
    assert_true(roof_utf8_valid("", 0, NULL));
}

static void unsafe_characters_are_known(void **state)
{
    (void)state;
    static const unsigned bad[] = {0,      7,      0x1B,   0x7F,   0x85,   0x9B,   0x61C,  0x200E,
                                   0x200F, 0x2028, 0x2029, 0x202A, 0x202E, 0x2066, 0x2069, 0xFEFF};
    static const unsigned good[] = {' ',    'A',    '~',    0xA0,   0xE9,   0x58A8,
                                    0x200D, 0x2030, 0x2065, 0x206A, 0x1F600};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) assert_true(roof_scalar_is_unsafe(bad[i]));
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) assert_false(roof_scalar_is_unsafe(good[i]));
}

static void assert_sanitized(const char *text, const char *want)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&out, text);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
}

static void sanitized_text_cannot_command_a_terminal(void **state)
{
    (void)state;
    assert_sanitized("plain \xE5\xA2\xA8", "plain \xE5\xA2\xA8");
    assert_sanitized("\x1B[31mred", "\xEF\xBF\xBD[31mred");
    assert_sanitized("\xC2\x9B"
                     "31m",
                     "\xEF\xBF\xBD"
                     "31m");
    assert_sanitized("two\nlines\tand", "two lines and");
    assert_sanitized("\xE2\x80\xAE"
                     "abc",
                     "\xEF\xBF\xBD"
                     "abc");
    assert_sanitized("bad\xFF\xFE.", "bad\xEF\xBF\xBD\xEF\xBF\xBD.");
    assert_sanitized("", "");
}

static void distance_counts_edits_and_swaps_without_case(void **state)
{
    (void)state;
    assert_int_equal(roof_text_distance("metis", "metis"), 0);
    assert_int_equal(roof_text_distance("METIS", "metis"), 0);
    assert_int_equal(roof_text_distance("halio-8", "hailo-8"), 1);
    assert_int_equal(roof_text_distance("capcity", "capacity"), 1);
    assert_int_equal(roof_text_distance("kitten", "sitting"), 3);
    assert_int_equal(roof_text_distance("", "abc"), 3);
    assert_int_equal(roof_text_distance("abc", ""), 3);
}

static void distance_bounds_its_work(void **state)
{
    (void)state;
    char a[5000], b[5000];
    memset(a, 'a', sizeof a);
    memset(b, 'a', sizeof b);
    a[sizeof a - 1] = b[sizeof b - 1] = '\0';
    b[100] = 'x';
    assert_int_equal(roof_text_distance(a, b), 0);
    b[10] = 'x';
    assert_int_equal(roof_text_distance(a, b), 1);
}

static void assert_near(const char *word, const char *want)
{
    static const char *const names[] = {"hailo-8",  "hailo-8-m2",   "hailo-8-mpcie", "hailo-8l",
                                        "metis",    "wse-2",        "grayskull",     "s",
                                        "wormhole", "wormhole-n150"};
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_text_nearest(word, names, sizeof names / sizeof *names, &out);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
}

static void near_names_are_offered_best_first(void **state)
{
    (void)state;
    assert_near("halio-8", "hailo-8 or hailo-8l");
    assert_near("mets", "metis");
    assert_near("hailo", "hailo-8, hailo-8-m2 or hailo-8-mpcie");
    assert_near("n150", "wormhole-n150");
    assert_near("zzzzzz", "");
    assert_near("", "");
}

static void a_word_with_nothing_in_common_is_not_near(void **state)
{
    (void)state;
    assert_near("q", "");
}

static void assert_number(double value, const char *want)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_text_number(&out, value);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
}

static void numbers_have_three_digits_and_no_exponent(void **state)
{
    (void)state;
    assert_number(0, "0");
    assert_number(-0.0, "0");
    assert_number(1, "1.00");
    assert_number(3.14159, "3.14");
    assert_number(26, "26.0");
    assert_number(209.6, "210");
    assert_number(999.4, "999");
    assert_number(999.6, "1,000");
    assert_number(1234567, "1,230,000");
    assert_number(0.0123456, "0.0123");
    assert_number(9.995, "9.99"); /* the double below 9.995 */
    assert_number(-12.34, "-12.3");
    assert_number(1e15, "1,000,000,000,000,000");
}

static void numbers_that_are_not_finite_are_unknown(void **state)
{
    (void)state;
    assert_number(NAN, "unknown");
    assert_number(INFINITY, "unknown");
    assert_number(-INFINITY, "unknown");
}

static void integers_are_exact_and_grouped(void **state)
{
    (void)state;
    static const struct {
        double value;
        const char *want;
    } cases[] = {{4089184256, "4,089,184,256"},
                 {0, "0"},
                 {-0.0, "0"},
                 {-0.4, "0"},
                 {999, "999"},
                 {1000, "1,000"},
                 {-1000, "-1,000"},
                 {NAN, "unknown"},
                 {INFINITY, "unknown"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        roof_buffer out = ROOF_BUFFER_EMPTY;
        roof_text_integer(&out, cases[i].value);
        assert_string_equal(roof_buffer_text(&out), cases[i].want);
        roof_buffer_free(&out);
    }
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_text_integer(&out, 1.7976931348623157e308);
    assert_int_equal(out.length, 309 + 102);
    roof_buffer_free(&out);
}

static void assert_si(double value, const char *unit, const char *want)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_text_si(&out, value, unit);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
}

static void si_prefixes_stand_before_the_unit(void **state)
{
    (void)state;
    assert_si(2.5e-5, "s", "25.0 us");
    assert_si(4e12, "B", "4.00 TB");
    assert_si(0, "W", "0 W");
    assert_si(999.9, "B", "1.00 kB");
    assert_si(999.4, "B", "999 B");
    assert_si(-2e-3, "J", "-2.00 mJ");
    assert_si(2e10, "", "20.0 G");
    assert_si(5, "", "5.00");
    assert_si(NAN, "W", "unknown");
}

static void si_numbers_stay_between_one_and_a_thousand(void **state)
{
    (void)state;
    for (int exponent = -12; exponent < 21; exponent++) {
        for (int digits = 100; digits < 1000; digits += 7) {
            char text[32];
            snprintf(text, sizeof text, "%de%d", digits, exponent - 2);
            roof_buffer out = ROOF_BUFFER_EMPTY;
            roof_text_si(&out, strtod(text, NULL), "B");
            double shown = strtod(roof_buffer_text(&out), NULL);
            if (strchr(roof_buffer_text(&out), ',') || shown < 1 || shown >= 1000)
                print_error("%s is shown as %s\n", text, roof_buffer_text(&out));
            assert_null(strchr(roof_buffer_text(&out), ','));
            assert_true(shown >= 1 && shown < 1000);
            roof_buffer_free(&out);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_sequences_are_measured),
        cmocka_unit_test(malformed_sequences_are_refused),
        cmocka_unit_test(a_cut_sequence_is_not_read_past_its_end),
        cmocka_unit_test(validity_names_the_first_bad_byte),
        cmocka_unit_test(unsafe_characters_are_known),
        cmocka_unit_test(sanitized_text_cannot_command_a_terminal),
        cmocka_unit_test(distance_counts_edits_and_swaps_without_case),
        cmocka_unit_test(distance_bounds_its_work),
        cmocka_unit_test(near_names_are_offered_best_first),
        cmocka_unit_test(a_word_with_nothing_in_common_is_not_near),
        cmocka_unit_test(numbers_have_three_digits_and_no_exponent),
        cmocka_unit_test(numbers_that_are_not_finite_are_unknown),
        cmocka_unit_test(integers_are_exact_and_grouped),
        cmocka_unit_test(si_prefixes_stand_before_the_unit),
        cmocka_unit_test(si_numbers_stay_between_one_and_a_thousand),
    };
    return RUN_TESTS(tests);
}
