/* Walking a document, and the typed getters, each of which adds a fault at the value's own position. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>

#include "chiproof/json/json.h"
#include "chiproof/json/writer.h"

typedef struct fixture {
    roof_json *document;
    roof_report report;
} fixture;

static const roof_json_value *open_text(fixture *f, const char *text)
{
    roof_error error;
    memset(f, 0, sizeof *f);
    roof_code code = roof_json_parse(text, strlen(text), "f.json", &f->report, &f->document, &error);
    if (code != ROOF_OK) print_error("%s\n", error.message);
    assert_int_equal(code, ROOF_OK);
    return roof_json_root(f->document);
}

static void close_text(fixture *f)
{
    roof_json_free(f->document);
    roof_report_clear(&f->report);
}

static void assert_fault(const fixture *f, size_t index, int line, int column, const char *path,
                         const char *message)
{
    assert_true(f->report.length > index);
    const roof_error *fault = &f->report.items[index];
    if (fault->line != line || fault->column != column)
        print_error("at %d:%d %s: %s\n", fault->line, fault->column, fault->path, fault->message);
    assert_string_equal(fault->message, message);
    assert_string_equal(fault->path, path);
    assert_int_equal(fault->line, line);
    assert_int_equal(fault->column, column);
    assert_string_equal(fault->file, "f.json");
}

static void members_come_in_the_order_of_the_file(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "{\"b\": [10, [20], {\"x\": 30}], \"a\": 1, \"c\": {}}");
    assert_int_equal(roof_json_length(root), 3);
    const roof_json_value *member = roof_json_first(root);
    assert_string_equal(roof_json_key(member), "b");
    assert_int_equal(roof_json_length(member), 3);
    member = roof_json_next(member);
    assert_string_equal(roof_json_key(member), "a");
    member = roof_json_next(member);
    assert_string_equal(roof_json_key(member), "c");
    assert_null(roof_json_first(member));
    assert_null(roof_json_next(member));
    close_text(&f);
}

static void getters_of_absent_members_are_quiet(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "[1]");
    double number = 7;
    const char *text = "kept";
    bool truth = true;
    assert_null(roof_json_get(root, "a"));
    assert_null(roof_json_get(NULL, "a"));
    assert_null(roof_json_first(NULL));
    assert_false(roof_json_number(NULL, &number));
    assert_false(roof_json_integer(NULL, 0, 1, &number));
    assert_false(roof_json_string(NULL, &text));
    assert_false(roof_json_bool(NULL, &truth));
    assert_false(roof_json_is(NULL, ROOF_JSON_ARRAY));
    assert_close(number, 7, 0);
    assert_string_equal(text, "kept");
    assert_int_equal(f.report.length, 0);
    close_text(&f);
}

static void wrong_types_are_faults_at_the_value(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "{\n  \"n\": \"26\",\n  \"s\": [true, {}, null]\n}");
    double number = 0;
    const char *text = NULL;
    bool truth = false;
    const roof_json_value *list = roof_json_get(root, "s");
    const roof_json_value *second = roof_json_next(roof_json_first(list));
    assert_false(roof_json_number(roof_json_get(root, "n"), &number));
    assert_false(roof_json_string(list, &text));
    assert_false(roof_json_bool(second, &truth));
    assert_false(roof_json_is(roof_json_next(second), ROOF_JSON_OBJECT));
    assert_false(roof_json_number(roof_json_first(list), &number));
    assert_fault(&f, 0, 2, 8, "/n", "expected a number, found a string");
    assert_fault(&f, 1, 3, 8, "/s", "expected a string, found an array");
    assert_fault(&f, 2, 3, 15, "/s/1", "expected true or false, found an object");
    assert_fault(&f, 3, 3, 19, "/s/2", "expected an object, found null");
    assert_fault(&f, 4, 3, 9, "/s/0", "expected a number, found true or false");
    assert_int_equal(roof_json_errors(f.document), 5);
    close_text(&f);
}

static void right_types_are_given_out(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "[-2.5, \"caf\\u00e9\", true, false, 7]");
    const roof_json_value *at = roof_json_first(root);
    double number = 0;
    const char *text = NULL;
    bool truth = false;
    assert_true(roof_json_number(at, &number));
    assert_close(number, -2.5, 0);
    assert_true(roof_json_string(at = roof_json_next(at), &text));
    assert_string_equal(text, "caf\xC3\xA9");
    assert_true(roof_json_bool(at = roof_json_next(at), &truth));
    assert_true(truth);
    assert_true(roof_json_bool(at = roof_json_next(at), &truth));
    assert_false(truth);
    assert_true(roof_json_integer(roof_json_next(at), 1, 7, &number));
    assert_close(number, 7, 0);
    assert_int_equal(f.report.length, 0);
    close_text(&f);
}

static void integers_are_whole_and_in_range(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "[0.5, 0, 11, 1e300]");
    double number = 42;
    for (const roof_json_value *at = roof_json_first(root); at; at = roof_json_next(at))
        assert_false(roof_json_integer(at, 1, 10, &number));
    assert_close(number, 42, 0);
    assert_fault(&f, 0, 1, 2, "/0", "expected a whole number from 1 to 10, found 0.5");
    assert_fault(&f, 2, 1, 10, "/2", "expected a whole number from 1 to 10, found 11");
    assert_int_equal(f.report.errors, 4);
    close_text(&f);
}

static void an_empty_string_is_a_fault(void **state)
{
    (void)state;
    fixture f;
    const char *text = NULL;
    assert_false(roof_json_string(open_text(&f, "\"\""), &text));
    assert_fault(&f, 0, 1, 1, "", "the string is empty; leave the key out if nothing is known");
    close_text(&f);
}

static void a_missing_key_is_a_fault_at_its_object(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "{\"a\":\n {\"id\": 1}}");
    assert_null(roof_json_require(roof_json_get(root, "a"), "name"));
    assert_non_null(roof_json_require(roof_json_get(root, "a"), "id"));
    assert_fault(&f, 0, 2, 2, "/a", "the key \"name\" is missing");
    assert_int_equal(f.report.length, 1);
    close_text(&f);
}

static void unknown_keys_are_faults_with_a_suggestion(void **state)
{
    (void)state;
    static const char *const keys[] = {"capacity", "bandwidth"};
    fixture f;
    const roof_json_value *root = open_text(
        &f, "{\n  \"capcity\": 1,\n  \"bandwidth\": 2, \"zzz\": 3,\n  \"$schema\": 4, \"// why\": 5}");
    roof_json_only_keys(root, keys, 2);
    assert_int_equal(f.report.length, 2);
    assert_fault(&f, 0, 2, 3, "/capcity", "unknown key \"capcity\"; did you mean \"capacity\"?");
    assert_fault(&f, 1, 3, 19, "/zzz", "unknown key \"zzz\"");
    close_text(&f);
}

static void several_suggestions_are_quoted_one_by_one(void **state)
{
    (void)state;
    static const char *const keys[] = {"data_rate", "data_size"};
    fixture f;
    roof_json_only_keys(open_text(&f, "{\"data\": 1}"), keys, 2);
    assert_fault(&f, 0, 1, 2, "/data", "unknown key \"data\"; did you mean \"data_rate\" or \"data_size\"?");
    close_text(&f);
}

static void all_keys_given_twice_are_reported_in_one_run(void **state)
{
    (void)state;
    static const char text[] = "{\"a\":1,\"a\":2,\n\"b\":{\"c\":1,\"c\":2}}";
    roof_report report = ROOF_REPORT_EMPTY;
    roof_json *document = NULL;
    roof_error error;
    assert_int_equal(roof_json_parse(text, strlen(text), "f", &report, &document, &error), ROOF_INVALID);
    assert_int_equal(report.errors, 2);
    assert_string_equal(report.items[0].path, "/a");
    assert_string_equal(report.items[1].path, "/b/c");
    assert_int_equal(report.items[1].line, 2);
    assert_int_equal(error.line, 1);
    roof_report_clear(&report);
}

static void pointers_escape_slashes_and_tildes(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "{\"a/b~c\": [1, {\"\": 2}]}");
    const roof_json_value *inner = roof_json_next(roof_json_first(roof_json_get(root, "a/b~c")));
    char path[64];
    int line = 0, column = 0;
    roof_json_position(roof_json_first(inner), &line, &column, path, sizeof path);
    assert_string_equal(path, "/a~1b~0c/1/");
    assert_int_equal(line, 1);
    assert_int_equal(column, 20);
    roof_json_position(root, NULL, NULL, path, sizeof path);
    assert_string_equal(path, "");
    roof_json_position(root, NULL, NULL, NULL, 0);
    close_text(&f);
}

static void faults_can_stand_at_the_key(void **state)
{
    (void)state;
    fixture f;
    const roof_json_value *root = open_text(&f, "{\n\"k\":\n1}");
    roof_json_fault_at_key(roof_json_get(root, "k"), ROOF_GRADE_NOTE, "here");
    roof_json_fault(roof_json_get(root, "k"), ROOF_GRADE_DOUBTFUL, "there");
    assert_fault(&f, 0, 2, 1, "/k", "here");
    assert_fault(&f, 1, 3, 1, "/k", "there");
    assert_int_equal(f.report.notes, 1);
    assert_int_equal(f.report.doubtful, 1);
    assert_int_equal(roof_json_errors(f.document), 0);
    close_text(&f);
}

static void finish_gives_the_first_error_and_forgives_the_rest(void **state)
{
    (void)state;
    fixture f;
    roof_error error;
    const roof_json_value *root = open_text(&f, "[1, 2]");
    roof_json_fault(root, ROOF_GRADE_DOUBTFUL, "odd");
    assert_int_equal(roof_json_finish(f.document, &error), ROOF_OK);
    roof_json_fault(roof_json_first(root), ROOF_GRADE_ERROR, "first");
    roof_json_fault(root, ROOF_GRADE_ERROR, "second");
    assert_int_equal(roof_json_finish(f.document, &error), ROOF_INVALID);
    assert_string_equal(error.message, "first");
    assert_string_equal(error.path, "/0");
    assert_int_equal(roof_json_finish(f.document, NULL), ROOF_INVALID);
    close_text(&f);
}

static void a_long_path_is_cut_with_dots(void **state)
{
    (void)state;
    char text[900] = "{\"";
    for (int i = 0; i < 250; i++) strcat(text, "\xE5\xA2\xA8");
    strcat(text, "\":1}");
    fixture f;
    const roof_json_value *root = open_text(&f, text);
    roof_json_fault(roof_json_first(root), ROOF_GRADE_ERROR, "x");
    const char *path = f.report.items[0].path;
    assert_string_equal(path + strlen(path) - 3, "...");
    close_text(&f);
}

static void types_have_names(void **state)
{
    (void)state;
    assert_string_equal(roof_json_type_name(ROOF_JSON_NULL), "null");
    assert_string_equal(roof_json_type_name(ROOF_JSON_OBJECT), "an object");
}

/* ---- the writer ---- */

static void assert_written(roof_json_writer *writer, bool pretty, const char *want)
{
    char *text = NULL;
    assert_int_equal(roof_json_writer_text(writer, pretty, &text, NULL), ROOF_OK);
    assert_string_equal(text, want);
    free(text);
    roof_json_writer_free(writer);
}

static void the_writer_nests_and_escapes(void **state)
{
    (void)state;
    roof_json_writer *w = roof_json_writer_new();
    roof_json_put_string(w, "s", "a\"b\\\n\x1B \xE5\xA2\xA8");
    roof_json_open_object(w, "o");
    roof_json_put_bool(w, "t", true);
    roof_json_open_array(w, "a");
    roof_json_put_number(w, NULL, 1);
    roof_json_open_array(w, NULL);
    roof_json_close(w);
    roof_json_put_null(w, NULL);
    roof_json_close(w);
    roof_json_close(w);
    roof_json_put_bool(w, "f", false);
    assert_written(
        w, false,
        "{\"s\":\"a\\\"b\\\\\\n\\u001b \xE5\xA2\xA8\",\"o\":{\"t\":true,\"a\":[1,[],null]},\"f\":false}");
}

static void the_writer_escapes_what_could_command_a_terminal(void **state)
{
    (void)state;
    roof_json_writer *w = roof_json_writer_new();
    roof_json_put_string(w, "\x7F", "\x1B[2J \xC2\x9B \xE2\x80\xAE \xE5\xA2\xA8 \xF0\x9F\x98\x80");
    assert_written(w, false, "{\"\\u007f\":\"\\u001b[2J \\u009b \\u202e \xE5\xA2\xA8 \xF0\x9F\x98\x80\"}");
}

static void numbers_that_are_not_finite_are_written_as_null(void **state)
{
    (void)state;
    roof_json_writer *w = roof_json_writer_new();
    roof_json_put_number(w, "a", NAN);
    roof_json_put_number(w, "b", INFINITY);
    roof_json_put_number(w, "c", -INFINITY);
    roof_json_put_string(w, "d", NULL);
    assert_written(w, false, "{\"a\":null,\"b\":null,\"c\":null,\"d\":null}");
}

static void written_numbers_are_read_back(void **state)
{
    (void)state;
    static const double numbers[] = {0.1, 1.0 / 3, 4089184256, 2.6e13, 1e300, 9007199254740991, -0.5};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        roof_json_writer *w = roof_json_writer_new();
        char *text = NULL;
        roof_json *document = NULL;
        double back = 0;
        roof_json_put_number(w, "n", numbers[i]);
        assert_int_equal(roof_json_writer_text(w, true, &text, NULL), ROOF_OK);
        assert_int_equal(roof_json_parse(text, strlen(text), "f", NULL, &document, NULL), ROOF_OK);
        assert_true(roof_json_number(roof_json_get(roof_json_root(document), "n"), &back));
        assert_close(back, numbers[i], 2.3e-16); /* the last bit may go: cJSON tries 15 digits first */
        roof_json_free(document);
        free(text);
        roof_json_writer_free(w);
    }
}

static void a_writer_used_wrongly_gives_no_text(void **state)
{
    (void)state;
    char *text = (char *)1;
    roof_json_writer *w = roof_json_writer_new();
    roof_json_put_number(w, NULL, 1); /* an object's member needs a key */
    assert_int_equal(roof_json_writer_text(w, false, &text, NULL), ROOF_NO_MEMORY);
    assert_null(text);
    roof_json_writer_free(w);
    w = roof_json_writer_new();
    for (int i = 0; i < 100; i++) roof_json_open_object(w, "deeper");
    assert_int_equal(roof_json_writer_text(w, false, &text, NULL), ROOF_NO_MEMORY);
    roof_json_writer_free(w);
}

static void the_writer_accepts_null(void **state)
{
    (void)state;
    char *text = NULL;
    roof_json_put_number(NULL, "a", 1);
    roof_json_open_object(NULL, "a");
    roof_json_close(NULL);
    assert_int_equal(roof_json_writer_text(NULL, false, &text, NULL), ROOF_NO_MEMORY);
    roof_json_writer_free(NULL);
}

static void closing_more_than_was_opened_is_harmless(void **state)
{
    (void)state;
    roof_json_writer *w = roof_json_writer_new();
    roof_json_close(w);
    roof_json_put_number(w, "n", 1);
    assert_written(w, false, "{\"n\":1}");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(members_come_in_the_order_of_the_file),
        cmocka_unit_test(getters_of_absent_members_are_quiet),
        cmocka_unit_test(wrong_types_are_faults_at_the_value),
        cmocka_unit_test(right_types_are_given_out),
        cmocka_unit_test(integers_are_whole_and_in_range),
        cmocka_unit_test(an_empty_string_is_a_fault),
        cmocka_unit_test(a_missing_key_is_a_fault_at_its_object),
        cmocka_unit_test(unknown_keys_are_faults_with_a_suggestion),
        cmocka_unit_test(several_suggestions_are_quoted_one_by_one),
        cmocka_unit_test(all_keys_given_twice_are_reported_in_one_run),
        cmocka_unit_test(pointers_escape_slashes_and_tildes),
        cmocka_unit_test(faults_can_stand_at_the_key),
        cmocka_unit_test(finish_gives_the_first_error_and_forgives_the_rest),
        cmocka_unit_test(a_long_path_is_cut_with_dots),
        cmocka_unit_test(types_have_names),
        cmocka_unit_test(the_writer_nests_and_escapes),
        cmocka_unit_test(the_writer_escapes_what_could_command_a_terminal),
        cmocka_unit_test(numbers_that_are_not_finite_are_written_as_null),
        cmocka_unit_test(written_numbers_are_read_back),
        cmocka_unit_test(a_writer_used_wrongly_gives_no_text),
        cmocka_unit_test(the_writer_accepts_null),
        cmocka_unit_test(closing_more_than_was_opened_is_harmless),
    };
    return RUN_TESTS(tests);
}
