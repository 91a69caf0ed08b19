#include "assert_close.h"

#include "chiproof/base/error.h"
#include "chiproof/base/text.h"

static void every_code_has_a_name_and_a_text(void **state)
{
    (void)state;
    for (int i = 0; i < ROOF_CODE_COUNT; i++) {
        assert_string_not_equal(roof_code_name((roof_code)i), "unknown");
        assert_true(strlen(roof_code_text((roof_code)i)) > 3);
    }
    assert_string_equal(roof_code_name(ROOF_DOES_NOT_FIT), "does_not_fit");
    assert_string_equal(roof_code_name(ROOF_CODE_COUNT), "unknown");
    assert_string_equal(roof_code_text((roof_code)-1), "unknown");
}

static void grades_have_names(void **state)
{
    (void)state;
    assert_string_equal(roof_grade_name(ROOF_GRADE_ERROR), "error");
    assert_string_equal(roof_grade_name(ROOF_GRADE_DOUBTFUL), "doubtful");
    assert_string_equal(roof_grade_name(ROOF_GRADE_NOTE), "note");
}

static void fail_fills_the_error_and_returns_the_code(void **state)
{
    (void)state;
    roof_error error;
    memset(&error, 0x55, sizeof error);
    assert_int_equal(roof_fail(&error, ROOF_MISSING, "no %s for %d", "peak", 3), ROOF_MISSING);
    assert_int_equal(error.code, ROOF_MISSING);
    assert_int_equal(error.grade, ROOF_GRADE_ERROR);
    assert_string_equal(error.message, "no peak for 3");
    assert_int_equal(error.line, 0);
    assert_string_equal(error.file, "");
    assert_string_equal(error.path, "");
}

static void an_error_may_be_null(void **state)
{
    (void)state;
    assert_int_equal(roof_fail(NULL, ROOF_IO, "x"), ROOF_IO);
    roof_error_set_position(NULL, "f", 1, 1, "/");
}

static void long_texts_are_cut_with_dots_and_stay_utf8(void **state)
{
    (void)state;
    char text[2000];
    for (size_t shift = 0; shift < 3; shift++) {
        memset(text, 'a', shift);
        size_t at = shift;
        for (; at + 3 < sizeof text; at += 3) memcpy(text + at, "\xE5\xA2\xA8", 3);
        text[at] = '\0';
        roof_error error;
        roof_fail(&error, ROOF_IO, "%s", text);
        roof_error_set_position(&error, text, 1, 1, text);
        const char *cut[] = {error.message, error.file, error.path};
        for (size_t i = 0; i < 3; i++) {
            size_t length = strlen(cut[i]);
            assert_string_equal(cut[i] + length - 3, "...");
            assert_true(roof_utf8_valid(cut[i], length, NULL));
        }
        assert_true(strlen(error.message) < sizeof error.message);
    }
}

static void a_report_counts_by_grade(void **state)
{
    (void)state;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_report_addf(&report, ROOF_GRADE_ERROR, ROOF_INVALID, "one %d", 1);
    roof_report_addf(&report, ROOF_GRADE_DOUBTFUL, ROOF_INVALID, "two");
    roof_report_addf(&report, ROOF_GRADE_DOUBTFUL, ROOF_INVALID, "three");
    roof_report_addf(&report, ROOF_GRADE_NOTE, ROOF_OK, "four");
    assert_int_equal(report.length, 4);
    assert_int_equal(report.errors, 1);
    assert_int_equal(report.doubtful, 2);
    assert_int_equal(report.notes, 1);
    assert_string_equal(report.items[0].message, "one 1");
    assert_int_equal(report.items[2].grade, ROOF_GRADE_DOUBTFUL);
    roof_report_clear(&report);
    assert_int_equal(report.length, 0);
    assert_null(report.items);
}

static void a_report_keeps_a_limited_number_and_counts_on(void **state)
{
    (void)state;
    roof_report report = ROOF_REPORT_EMPTY;
    for (int i = 0; i < ROOF_REPORT_LIMIT + 50; i++)
        roof_report_addf(&report, ROOF_GRADE_ERROR, ROOF_INVALID, "fault %d", i);
    assert_int_equal(report.length, ROOF_REPORT_LIMIT);
    assert_int_equal(report.errors, ROOF_REPORT_LIMIT + 50);
    assert_string_equal(report.items[ROOF_REPORT_LIMIT - 1].message, "fault 199");
    roof_report_clear(&report);
}

static void a_report_may_be_null(void **state)
{
    (void)state;
    roof_report_add(NULL, NULL);
    roof_report_addf(NULL, ROOF_GRADE_NOTE, ROOF_OK, "x");
    roof_report_clear(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_code_has_a_name_and_a_text),
        cmocka_unit_test(grades_have_names),
        cmocka_unit_test(fail_fills_the_error_and_returns_the_code),
        cmocka_unit_test(an_error_may_be_null),
        cmocka_unit_test(long_texts_are_cut_with_dots_and_stay_utf8),
        cmocka_unit_test(a_report_counts_by_grade),
        cmocka_unit_test(a_report_keeps_a_limited_number_and_counts_on),
        cmocka_unit_test(a_report_may_be_null),
    };
    return RUN_TESTS(tests);
}
