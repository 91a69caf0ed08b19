/* The strict parser: what it lets through, what it refuses, and where it says that the fault is. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chiproof/base/buffer.h"
#include "chiproof/json/json.h"

/* Parses a literal; the length is given so that a text may hold NUL. */
#define PARSE(text, report, out, error) roof_json_parse(text, sizeof(text) - 1, "f.json", report, out, error)

typedef struct refusal {
    const char *text;
    size_t length; /* 0: up to the terminator */
    roof_code code;
    int line, column;
    const char *message;
} refusal;

static void assert_refused(const refusal *want)
{
    roof_json *document = (roof_json *)1;
    roof_error error;
    roof_report report = ROOF_REPORT_EMPTY;
    size_t length = want->length ? want->length : strlen(want->text);
    roof_code code = roof_json_parse(want->text, length, "f.json", &report, &document, &error);
    if (code != want->code || error.line != want->line || error.column != want->column)
        print_error("%s: code %d at %d:%d: %s\n", want->text, code, error.line, error.column, error.message);
    assert_int_equal(code, want->code);
    assert_int_equal(error.code, want->code);
    assert_null(document);
    assert_int_equal(error.line, want->line);
    assert_int_equal(error.column, want->column);
    assert_string_equal(error.file, "f.json");
    assert_contains(error.message, want->message);
    assert_true(report.errors >= 1);
    assert_string_equal(report.items[0].message, error.message);
    roof_report_clear(&report);
}

static void refuse_all(const refusal *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) assert_refused(&cases[i]);
}
#define REFUSE(...) \
    do { \
        const refusal cases[] = {__VA_ARGS__}; \
        refuse_all(cases, sizeof cases / sizeof *cases); \
    } while (0)

static void well_formed_texts_are_read(void **state)
{
    (void)state;
    static const char *const good[] = {
        "{}",
        "[]",
        "0",
        "-0",
        "null",
        "true",
        " [1, 2.5, -3e-2, 1E+3, \"x\"] ",
        "\"\\u00e9\\ud83d\\ude00\"",
        "\"\\\"\\\\\\/\\b\\f\\n\\r\\t\"",
        "{\"a\":{\"b\":[[[]]]}}",
        "\xEF\xBB\xBF{\"a\":1}",
        "9007199254740992",
        "-9007199254740992",
        "1e20",
        "0.1",
        "\t\r\n1\r\n",
        "{\"\":1}",
        "\xEF\xBB\xBF 1",
    };
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) {
        roof_json *document = NULL;
        roof_error error = {0};
        roof_code code = roof_json_parse(good[i], strlen(good[i]), "f", NULL, &document, &error);
        if (code != ROOF_OK) print_error("%s: %s\n", good[i], error.message);
        assert_int_equal(code, ROOF_OK);
        assert_non_null(roof_json_root(document));
        assert_int_equal(roof_json_errors(document), 0);
        roof_json_free(document);
    }
}

static void text_after_the_value_is_refused(void **state)
{
    (void)state;
    REFUSE({"{} x", 0, ROOF_SYNTAX, 1, 4, "expected the end of the file, found 'x'"},
           {"{}{}", 0, ROOF_SYNTAX, 1, 3, "the end of the file"}, {"1 2", 0, ROOF_SYNTAX, 1, 3, "found '2'"},
           {"{}\n\n]", 0, ROOF_SYNTAX, 3, 1, "found ']'"}, {"{}\0", 3, ROOF_SYNTAX, 1, 3, "byte 0x00"});
}

static void a_key_twice_is_refused_where_it_comes_again(void **state)
{
    (void)state;
    REFUSE({"{\"a\":1,\n \"a\":2}", 0, ROOF_INVALID, 2, 2, "the key \"a\" is there twice"},
           {"[{\"x\":{\"a\":1,\"b\":2,\"a\":3}}]", 0, ROOF_INVALID, 1, 20, "\"a\" is there twice"},
           {"{\"a\":1,\"\\u0061\":2}", 0, ROOF_INVALID, 1, 8, "\"a\" is there twice"});
}

static void keys_that_differ_in_case_are_different(void **state)
{
    (void)state;
    roof_json *document = NULL;
    double a = 0;
    assert_int_equal(PARSE("{\"a\":1,\"A\":2}", NULL, &document, NULL), ROOF_OK);
    assert_true(roof_json_number(roof_json_get(roof_json_root(document), "A"), &a));
    assert_close(a, 2, 0);
    roof_json_free(document);
}

static void numbers_that_no_double_holds_are_refused(void **state)
{
    (void)state;
    REFUSE({"1e999", 0, ROOF_INVALID, 1, 1, "1e999 is too large"},
           {"[-1e400]", 0, ROOF_INVALID, 1, 2, "too large"},
           {"{\"n\": 9007199254740993}", 0, ROOF_INVALID, 1, 7, "more digits than a double can hold"},
           {"9007199254740994", 0, ROOF_INVALID, 1, 1, "2^53"},
           {"-9007199254740993", 0, ROOF_INVALID, 1, 1, "2^53"},
           {"123456789012345678901234567890", 0, ROOF_INVALID, 1, 1, "2^53"},
           {"0.1000000000000000000000000000000000000000000000000000000000000000000001", 0, ROOF_INVALID, 1, 1,
            "a number of"});
}

static void numbers_outside_the_grammar_are_refused(void **state)
{
    (void)state;
    REFUSE({"012", 0, ROOF_SYNTAX, 1, 2, "must not begin with 0"},
           {"[-012]", 0, ROOF_SYNTAX, 1, 4, "must not begin with 0"},
           {"1.", 0, ROOF_SYNTAX, 1, 3, "a digit after the decimal point"},
           {"[1.]", 0, ROOF_SYNTAX, 1, 4, "found ']'"}, {".5", 0, ROOF_SYNTAX, 1, 1, "found '.'"},
           {"+1", 0, ROOF_SYNTAX, 1, 1, "found '+'"}, {"-", 0, ROOF_SYNTAX, 1, 2, "a digit"},
           {"1e", 0, ROOF_SYNTAX, 1, 3, "a digit of the exponent"}, {"1e+", 0, ROOF_SYNTAX, 1, 4, "exponent"},
           {"0x10", 0, ROOF_SYNTAX, 1, 2, "found 'x'"}, {"NaN", 0, ROOF_SYNTAX, 1, 1, "a value"},
           {"Infinity", 0, ROOF_SYNTAX, 1, 1, "a value"}, {"nan", 0, ROOF_SYNTAX, 1, 1, "a value"},
           {"1,5", 0, ROOF_SYNTAX, 1, 2, "found ','"});
}

static void bytes_that_are_not_utf8_are_refused(void **state)
{
    (void)state;
    REFUSE({"\"a\xFF\"", 0, ROOF_SYNTAX, 1, 3, "byte 0xFF is not UTF-8"},
           {"{\n\"\xE5\xA2\xA8\":\"\xC0\xAF\"}", 0, ROOF_SYNTAX, 2, 6, "byte 0xC0"},
           {"\"\xED\xA0\x80\"", 0, ROOF_SYNTAX, 1, 2, "byte 0xED"},
           {"\xFF\xFE{", 0, ROOF_SYNTAX, 1, 1, "0xFF"});
}

static void escapes_for_no_character_are_refused(void **state)
{
    (void)state;
    REFUSE({"\"\\u0000\"", 0, ROOF_INVALID, 1, 2, "U+0000"},
           {"\"\\ud83d\"", 0, ROOF_SYNTAX, 1, 2, "lone high surrogate"},
           {"\"\\ud83d\\n\"", 0, ROOF_SYNTAX, 1, 2, "lone high surrogate"},
           {"\"\\ud83dx\"", 0, ROOF_SYNTAX, 1, 2, "lone high surrogate"},
           {"\"\\ude00\"", 0, ROOF_SYNTAX, 1, 2, "lone low surrogate"},
           {"\"\\ud83d\\ud83d\"", 0, ROOF_SYNTAX, 1, 2, "without a low one"},
           {"\"\\u12g4\"", 0, ROOF_SYNTAX, 1, 6, "four hexadecimal digits"},
           {"\"\\x41\"", 0, ROOF_SYNTAX, 1, 3, "an escape such as"},
           {"\"\\\0\"", 4, ROOF_SYNTAX, 1, 3, "found byte 0x00"},
           {"\"\\u12", 0, ROOF_SYNTAX, 1, 6, "the file ends"});
}

static void control_characters_in_strings_are_refused(void **state)
{
    (void)state;
    REFUSE({"\"a\nb\"", 0, ROOF_SYNTAX, 1, 3, "control character 0x0A"},
           {"\"a\tb\"", 0, ROOF_SYNTAX, 1, 3, "control character 0x09"},
           {"\"a\0b\"", 5, ROOF_SYNTAX, 1, 3, "control character 0x00"});
}

static void empty_texts_are_refused(void **state)
{
    (void)state;
    roof_json *document = NULL;
    roof_error error;
    assert_int_equal(roof_json_parse("", 0, "f", NULL, &document, &error), ROOF_SYNTAX);
    assert_string_equal(error.message, "the file is empty");
    REFUSE({" \n ", 0, ROOF_SYNTAX, 2, 2, "the file is empty"},
           {"\xEF\xBB\xBF", 0, ROOF_SYNTAX, 1, 1, "the file is empty"});
}

static void every_truncation_is_refused(void **state)
{
    (void)state;
    static const char text[] = "{\"a\": [1, -2.5e3, \"x\\u00e9\"], \"b\": {\"c\": true, \"d\": null}}";
    for (size_t length = 0; length + 1 < sizeof text - 1; length++) {
        roof_json *document = NULL;
        assert_int_not_equal(roof_json_parse(text, length, "f", NULL, &document, NULL), ROOF_OK);
        assert_null(document);
    }
    REFUSE({"{\"a\": [1,", 0, ROOF_SYNTAX, 1, 10, "the file ends where a value should come"},
           {"{\"a\"", 0, ROOF_SYNTAX, 1, 5, "the file ends where ':'"},
           {"{\"a", 0, ROOF_SYNTAX, 1, 4, "the file ends inside a string"});
}

static void stray_commas_colons_and_quotes_are_refused(void **state)
{
    (void)state;
    REFUSE(
        {"[1,]", 0, ROOF_SYNTAX, 1, 4, "a value"}, {"{\"a\":1,}", 0, ROOF_SYNTAX, 1, 8, "a key in double"},
        {"[,1]", 0, ROOF_SYNTAX, 1, 2, "a value"}, {"{a:1}", 0, ROOF_SYNTAX, 1, 2, "a key in double quotes"},
        {"{'a':1}", 0, ROOF_SYNTAX, 1, 2, "a key"}, {"{\"a\" 1}", 0, ROOF_SYNTAX, 1, 6, "':' after the key"},
        {"[1 2]", 0, ROOF_SYNTAX, 1, 4, "',' or ']'"},
        {"{\"a\":1 \"b\":2}", 0, ROOF_SYNTAX, 1, 8, "',' or '}'"},
        {"[1}", 0, ROOF_SYNTAX, 1, 3, "',' or ']'"}, {"// x\n1", 0, ROOF_SYNTAX, 1, 1, "a value"},
        {"tru", 0, ROOF_SYNTAX, 1, 1, "a value"}, {"truex", 0, ROOF_SYNTAX, 1, 5, "the end of the file"});
}

static void nesting_is_bounded(void **state)
{
    (void)state;
    char text[2 * ROOF_JSON_DEPTH_LIMIT + 8];
    for (int depth = ROOF_JSON_DEPTH_LIMIT; depth <= ROOF_JSON_DEPTH_LIMIT + 1; depth++) {
        roof_json *document = NULL;
        roof_error error;
        memset(text, '[', (size_t)depth);
        memset(text + depth, ']', (size_t)depth);
        roof_code code = roof_json_parse(text, 2 * (size_t)depth, "f", NULL, &document, &error);
        assert_int_equal(code, depth <= ROOF_JSON_DEPTH_LIMIT ? ROOF_OK : ROOF_INVALID);
        if (code != ROOF_OK) {
            assert_string_equal(error.message, "nested more than 64 deep");
            assert_int_equal(error.column, 65);
        }
        roof_json_free(document);
    }
    char *deep = malloc(1000000);
    memset(deep, '[', 1000000);
    roof_json *document = NULL;
    assert_int_equal(roof_json_parse(deep, 1000000, "f", NULL, &document, NULL), ROOF_INVALID);
    free(deep);
}

static void columns_count_characters_and_not_the_byte_order_mark(void **state)
{
    (void)state;
    REFUSE({"\xEF\xBB\xBF[x]", 0, ROOF_SYNTAX, 1, 2, "found 'x'"},
           {"[\"\xE5\xA2\xA8\xE8\x8A\xAF\", x]", 0, ROOF_SYNTAX, 1, 8, "found 'x'"},
           {"[\"\xE5\xA2\xA8\",\r\n \"\xF0\x9F\x98\x80\" x]", 0, ROOF_SYNTAX, 2, 6, "found 'x'"});
}

static void a_missing_file_is_reported(void **state)
{
    (void)state;
    roof_json *document = (roof_json *)1;
    roof_error error;
    roof_report report = ROOF_REPORT_EMPTY;
    assert_int_equal(roof_json_load("/no/such.json", &report, &document, &error), ROOF_IO);
    assert_null(document);
    assert_string_equal(error.file, "/no/such.json");
    assert_int_equal(report.errors, 1);
    roof_report_clear(&report);
}

static void a_file_is_loaded_under_its_path(void **state)
{
    (void)state;
    char path[] = "/tmp/chiproof-json-XXXXXX";
    int file = mkstemp(path);
    assert_int_equal(write(file, "[1]\n", 4), 4);
    close(file);
    roof_json *document = NULL;
    assert_int_equal(roof_json_load(path, NULL, &document, NULL), ROOF_OK);
    assert_string_equal(roof_json_file(document), path);
    assert_int_equal(roof_json_length(roof_json_root(document)), 1);
    roof_json_free(document);
    unlink(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(well_formed_texts_are_read),
        cmocka_unit_test(text_after_the_value_is_refused),
        cmocka_unit_test(a_key_twice_is_refused_where_it_comes_again),
        cmocka_unit_test(keys_that_differ_in_case_are_different),
        cmocka_unit_test(numbers_that_no_double_holds_are_refused),
        cmocka_unit_test(numbers_outside_the_grammar_are_refused),
        cmocka_unit_test(bytes_that_are_not_utf8_are_refused),
        cmocka_unit_test(escapes_for_no_character_are_refused),
        cmocka_unit_test(control_characters_in_strings_are_refused),
        cmocka_unit_test(empty_texts_are_refused),
        cmocka_unit_test(every_truncation_is_refused),
        cmocka_unit_test(stray_commas_colons_and_quotes_are_refused),
        cmocka_unit_test(nesting_is_bounded),
        cmocka_unit_test(columns_count_characters_and_not_the_byte_order_mark),
        cmocka_unit_test(a_missing_file_is_reported),
        cmocka_unit_test(a_file_is_loaded_under_its_path),
    };
    return RUN_TESTS(tests);
}
