#include "assert_close.h"
#include "chiproof/chip/chip.h"
#include "chiproof/json/format.h"

static void assert_formats(const char *text, const char *want)
{
    roof_json *document = NULL;
    roof_buffer out = ROOF_BUFFER_EMPTY;
    assert_int_equal(roof_json_parse(text, strlen(text), "x.json", NULL, &document, NULL), ROOF_OK);
    assert_int_equal(roof_json_format(document, NULL, &out, NULL), ROOF_OK);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
    roof_json_free(document);
}

static void values_stand_on_one_line_and_groups_on_several(void **state)
{
    (void)state;
    assert_formats(
        "{\"a\":{\"x\":1},\"g\":{\"k\":{\"x\":1,\"y\":[2,3]}},\"l\":[{\"x\":1}],\"e\":[],\"o\":{}}",
        "{\n  \"a\": {\"x\": 1},\n  \"g\": {\n    \"k\": {\"x\": 1, \"y\": [2, 3]}\n  },\n  \"l\": [\n    "
        "{\"x\": "
        "1}\n  ],\n  \"e\": [],\n  \"o\": {}\n}\n");
}

static void numbers_and_texts_stay_as_they_are(void **state)
{
    (void)state;
    assert_formats(
        "{\"n\": 2.50, \"e\": 1e3, \"t\": \"a\\\"b\\\\c\\u0009\\u58a8\", \"b\": true, \"z\": null}",
        "{\n  \"n\": 2.50,\n  \"e\": 1e3,\n  \"t\": \"a\\\"b\\\\c\\u0009\xE5\xA2\xA8\",\n  \"b\": true,\n  "
        "\"z\": null\n}\n");
}

static void a_long_list_of_words_gets_a_line_each(void **state)
{
    (void)state;
    assert_formats("{\"s\": [\"short\", \"list\"], \"l\": "
                   "[\"012345678901234567890123456789012345678901234567890123456789\", "
                   "\"012345678901234567890123456789012345678901234567890123456789\"]}",
                   "{\n  \"s\": [\"short\", \"list\"],\n  \"l\": [\n    "
                   "\"012345678901234567890123456789012345678901234567890123456789\",\n    "
                   "\"012345678901234567890123456789012345678901234567890123456789\"\n  ]\n}\n");
}

static void a_spec_gets_its_keys_in_order_and_keeps_its_comments_in_place(void **state)
{
    (void)state;
    const char *text =
        "{\"sources\": [], \"peak\": [], \"// name\": \"said of the name\", \"name\": \"X\", \"schema\": "
        "\"chiproof/chip/1\", \"clock\": {\"unit\": \"MHz\", \"claim\": \"unverified\", \"value\": 8}}";
    roof_buffer once = ROOF_BUFFER_EMPTY, twice = ROOF_BUFFER_EMPTY;
    assert_int_equal(roof_chip_format(text, strlen(text), "x.json", &once, NULL), ROOF_OK);
    assert_string_equal(
        roof_buffer_text(&once),
        "{\n  \"schema\": \"chiproof/chip/1\",\n  \"// name\": \"said of the name\",\n  \"name\": \"X\",\n  "
        "\"peak\": [],\n  \"clock\": {\"value\": 8, \"unit\": \"MHz\", \"claim\": \"unverified\"},\n  "
        "\"sources\": []\n}\n");
    assert_int_equal(roof_chip_format(once.data, once.length, "x.json", &twice, NULL), ROOF_OK);
    assert_string_equal(roof_buffer_text(&twice), roof_buffer_text(&once));
    roof_buffer_free(&once);
    roof_buffer_free(&twice);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(values_stand_on_one_line_and_groups_on_several),
        cmocka_unit_test(numbers_and_texts_stay_as_they_are),
        cmocka_unit_test(a_long_list_of_words_gets_a_line_each),
        cmocka_unit_test(a_spec_gets_its_keys_in_order_and_keeps_its_comments_in_place),
    };
    return RUN_TESTS(tests);
}
