#include "test_workload.h"

/* Keys and kinds, which are checked before any shape is known. */

static void unknown_kinds_keys_and_blocks_are_named_with_a_suggestion(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2\", \"out\": 1}"), 3, "/ops/0/op",
                 "did you mean conv2d");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2d\", \"out\": 1, \"kernl\": 1}"), 3,
                 "/ops/0/kernl", "kernel");
    assert_fault(OPS_FILE("[3, 8, 8]", BLOCKS("\"stage\": [{\"op\": \"softmax\"}]"), "{\"block\": \"stag\"}"),
                 3, "/ops/0/block", "did you mean stage?");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"block\": \"stage\"}"), 3, "/ops/0/block",
                 "unknown block \"stage\"");
    assert_fault(OPS_FILE("[3, 8, 8]",
                          BLOCKS("\"b\": {\"params\": {\"width\": 1}, \"ops\": [{\"op\": \"softmax\"}]}"),
                          "{\"block\": \"b\", \"with\": {\"widht\": 2}}"),
                 3, "/ops/0/with/widht", "width");
    assert_fault(HEADER "\"opps\": []}", 2, "/opps", "ops");
}

static void one_run_shows_the_faults_of_all_lists(void **state)
{
    (void)state;
    const char *text = OPS_FILE("[3, 8, 8]", BLOCKS("\"unused\": [{\"op\": \"sofmax\"}]"),
                                "{\"op\": \"conv\"}, {\"op\": \"softmax\", \"axis\": 1}");
    assert_fault(text, 2, "/blocks/unused/0/op", "did you mean softmax?");
    assert_fault(text, 3, "/ops/0/op", "unknown op");
    assert_fault(text, 3, "/ops/1/axis", "axis");
}

static void a_step_is_either_a_layer_or_a_call(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3]", "", "{\"out\": 1}"), 3, "/ops/0", "either \"op\" or \"block\"");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"softmax\", \"block\": \"b\"}"), 3, "/ops/0",
                 "either \"op\" or \"block\"");
    assert_fault(OPS_FILE("[3]", "", "7"), 3, "/ops/0", "object");
    assert_fault(OPS_FILE("[3]", "", ""), 3, "/ops", "empty");
}

static void blocks_that_call_themselves_are_refused(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3]", BLOCKS("\"a\": [{\"block\": \"b\"}],\n\"b\": [{\"block\": \"a\"}]"),
                          "{\"op\": \"softmax\"}"),
                 3, "/blocks/b/0/block", "block \"a\" ends up calling itself");
    assert_fault(OPS_FILE("[3]", BLOCKS("\"a\": [{\"block\": \"a\"}]"), "{\"block\": \"a\"}"), 2,
                 "/blocks/a/0/block", "calling itself");
}

/* Values and shapes. */

static void missing_attributes_are_named(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2d\", \"kernel\": 1}"), 3, "/ops/0",
                 "conv2d_1: missing key \"out\"");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2d\", \"out\": 1}"), 3, "/ops/0",
                 "missing key \"kernel\"");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"pool\", \"kernel\": 2}"), 3, "/ops/0",
                 "missing key \"fn\"");
    assert_fault(HEADER "\"ops\": [{\"op\": \"softmax\"}]}", 1, "", "input");
    assert_fault(OPS_FILE("[3]",
                          BLOCKS("\"b\": {\"params\": {\"n\": null}, \"ops\": [{\"op\": \"softmax\"}]}"),
                          "{\"block\": \"b\"}"),
                 3, "/ops/0", "parameter \"n\" of block \"b\" is missing");
}

static void sizes_are_positive_whole_numbers_in_range(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": 0}"), 3, "/ops/0/out", "the least is 1");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": -5}"), 3, "/ops/0/out", "the least is 1");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": 1.5}"), 3, "/ops/0/out",
                 "not a whole number");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": true}"), 3, "/ops/0/out", "a whole number");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": \"7/2\"}"), 3, "/ops/0/out",
                 "3.5 is not a whole");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": \"inputs\"}"), 3, "/ops/0/out",
                 "unknown name");
    assert_fault(OPS_FILE("[3]", "", "{\"op\": \"gemm\", \"out\": 3000000000}"), 3, "/ops/0/out",
                 "too large");
    assert_fault(OPS_FILE("[0]", "", "{\"op\": \"softmax\"}"), 2, "/input/0/shape/0", "the least is 1");
    assert_fault(OPS_FILE("[3, 4, 5, 6, 7]", "", "{\"op\": \"softmax\"}"), 2, "/input/0/shape",
                 "1 to 4 dimensions");
}

static void counts_that_a_double_cannot_hold_are_refused(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[2000000000, 2000000000]", "", "{\"op\": \"softmax\"}"), 2, "/input/0/shape",
                 "elements");
    assert_fault(OPS_FILE("[1000000, 1000000]", "", "{\"op\": \"gemm\", \"out\": 1000000}"), 3, "/ops/0",
                 "2^53");
    assert_fault(OPS_FILE("[90000, 90000]", "", "{\"op\": \"gemm\", \"out\": 90000, \"repeat\": 20}"), 3,
                 "/ops/0", "a sum of the network reaches 2^53");
    assert_fault(OPS_FILE("[8, 2000000, 2000000]", "", "{\"op\": \"resize\", \"scale\": 2000}"), 3, "/ops/0",
                 "2^53");
}

static void shapes_that_do_not_fit_say_so(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[3, 8, 8]", "",
                          "{\"op\": \"conv2d\", \"as\": \"c\", \"out\": 4, \"kernel\": 9, \"pad\": 0}"),
                 3, "/ops/0/kernel", "c: the kernel reaches over 9, but the padded input has only 8");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2d\", \"out\": 4, \"kernel\": 1, \"groups\": 2}"),
                 3, "/ops/0/groups", "2 groups do not divide the 3 input channels");
    assert_fault(OPS_FILE("[4, 8, 8]", "", "{\"op\": \"conv2d\", \"out\": 3, \"kernel\": 1, \"groups\": 2}"),
                 3, "/ops/0/groups", "2 groups do not divide the 3 output channels");
    assert_fault(OPS_FILE("[3, 8, 8]", "", "{\"op\": \"conv2d\", \"out\": 4, \"kernel\": [1, 1, 1]}"), 3,
                 "/ops/0/kernel", "a list of 2");
    assert_fault(OPS_FILE("[8]", "", "{\"op\": \"conv2d\", \"out\": 4, \"kernel\": 1}"), 3, "/ops/0/op",
                 "1 dimension");
    assert_fault(
        OPS_FILE(
            "[4, 4, 4]", "",
            "{\"op\": \"pool\", \"fn\": \"max\", \"kernel\": 2, \"as\": \"p\"}, {\"op\": \"elementwise\", "
            "\"fn\": \"add\", \"from\": [\"in\", \"p\"]}"),
        3, "/ops/1/from", "shapes 4x4x4 and 4x2x2 do not fit");
    assert_fault(
        OPS_FILE("[4, 4, 4]", "",
                 "{\"op\": \"pool\", \"fn\": \"max\", \"kernel\": 2, \"as\": \"p\"}, {\"op\": \"concat\", "
                 "\"from\": [\"in\", \"p\"]}"),
        3, "/ops/1/from", "shapes 4x4x4 and 4x2x2 differ");
    assert_fault(OPS_FILE("[4, 10]", "", "{\"op\": \"attention\", \"heads\": 3}"), 3, "/ops/0/heads",
                 "3 heads do not");
    assert_fault(OPS_FILE("[6, 4, 4]", "", "{\"op\": \"split\", \"parts\": 4}"), 3, "/ops/0/parts",
                 "do not divide");
    assert_fault(OPS_FILE("[6, 4, 4]", "", "{\"op\": \"split\", \"parts\": [1, 2]}"), 3, "/ops/0/parts",
                 "add up to 3");
    assert_fault(OPS_FILE("[6, 4, 4]", "", "{\"op\": \"slice\", \"start\": 5, \"size\": 2}"), 3,
                 "/ops/0/size", "of 6");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"reshape\", \"shape\": [5, 5]}"), 3, "/ops/0/shape",
                 "24 elements");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"concat\", \"axis\": 2}"), 3, "/ops/0/axis",
                 "2 dimensions");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"matmul\", \"from\": [\"in\", \"in\"]}"), 3, "/ops/0/from",
                 "inner");
}

static void words_come_from_a_list(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"elementwise\", \"fn\": \"sillu\"}"), 3, "/ops/0/fn",
                 "mean silu");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"gemm\", \"out\": 1, \"act\": \"gellu\"}"), 3,
                 "/ops/0/act", "gelu");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"elementwise\", \"fn\": \"add\"}"), 3, "/ops/0/fn",
                 "two operands");
    assert_fault(
        OPS_FILE("[6, 4]", "", "{\"op\": \"elementwise\", \"fn\": \"relu\", \"from\": [\"in\", \"in\"]}"), 3,
        "/ops/0/fn", "one operand");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"norm\", \"type\": \"l2\"}"), 3, "/ops/0/type",
                 "layer, rms");
    assert_fault(HEADER "\"family\": \"cnn\", \"ops\": []}", 2, "/family", "dense-conv");
    assert_fault(HEADER "\"transformer\": {\"model_type\": \"mamba\"}}", 2, "/transformer/model_type",
                 "llama");
}

static void names_of_tensors_must_be_known_and_new(void **state)
{
    (void)state;
    assert_fault(
        OPS_FILE("[6, 4]", "",
                 "{\"op\": \"softmax\", \"as\": \"shortcut\"}, {\"op\": \"softmax\", \"from\": \"shorcut\"}"),
        3, "/ops/1/from", "did you mean shortcut?");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"concat\", \"from\": [\"in\", \"later\"]}"), 3,
                 "/ops/0/from/1", "no earlier layer makes a tensor \"later\"");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"softmax\", \"as\": \"in\"}"), 3, "/ops/0",
                 "there is a tensor \"in\"");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"softmax\", \"from\": [\"in\", \"in\"]}"), 3,
                 "/ops/0/from", "not 2");
    assert_fault(OPS_FILE("[6, 4]", "", "{\"op\": \"split\", \"parts\": 2, \"as\": [\"a\"]}"), 3, "/ops/0/as",
                 "1 names");
    assert_fault(OPS_FILE("[6, 4]", ", \"output\": [\"out\"]", "{\"op\": \"softmax\"}"), 2, "/output/0",
                 "\"out\"");
    assert_fault(
        HEADER "\"input\": [{\"name\": \"a\", \"shape\": [1]}, {\"name\": \"b\", \"shape\": [1]}],\n\"ops\": "
               "[{\"op\": \"softmax\"}]}",
        3, "/ops/0", "\"from\" must say");
}

static void a_fault_in_a_block_names_the_layer_that_it_became(void **state)
{
    (void)state;
    assert_fault(
        OPS_FILE(
            "[6, 8, 8]",
            BLOCKS(
                "\"b\": {\"params\": {\"g\": null}, \"ops\": [\n{\"op\": \"conv2d\", \"as\": \"c\", \"out\": "
                "6, \"kernel\": 1, \"groups\": \"g\"}]}"),
            "{\"block\": \"b\", \"as\": \"s\", \"repeat\": 3, \"with\": {\"g\": 2}, \"last\": {\"g\": 4}}"),
        3, "/blocks/b/ops/0/groups", "s.2.c: 4 groups do not divide");
}

static void expansion_is_bounded(void **state)
{
    (void)state;
    assert_fault(OPS_FILE("[1]", "", "{\"op\": \"softmax\", \"repeat\": 20001}"), 3, "/ops/0",
                 "more than 20000 operations");
    assert_fault(OPS_FILE("[1]", "", "{\"op\": \"flatten\", \"repeat\": 50000}, {\"op\": \"flatten\"}"), 3,
                 "/ops/1", "more than 50000");
    /* Eight calls of eight calls... 8^8 steps, if they were run. */
    assert_fault(OPS_FILE("[1]",
                          BLOCKS("\"a\": [{\"op\": \"flatten\", \"repeat\": 99}], \"b\": [{\"block\": \"a\", "
                                 "\"repeat\": 99}], "
                                 "\"c\": [{\"block\": \"b\", \"repeat\": 99}]"),
                          "{\"block\": \"c\", \"repeat\": 99}"),
                 2, "/blocks/a/0", "more than 50000");
    char text[4000] = HEADER
        "\"input\": [{\"name\": \"in\", \"shape\": [1]}], \"blocks\": {\"b0\": [{\"op\": \"softmax\"}]";
    for (int i = 1; i < 20; i++)
        snprintf(text + strlen(text), sizeof text - strlen(text), ", \"b%d\": [{\"block\": \"b%d\"}]", i,
                 i - 1);
    strcat(text, "},\n\"ops\": [{\"block\": \"b19\"}]}");
    assert_fault(text, 2, "/blocks/b4/0", "nested more than 16 deep");
}

/* The top of the file. */

static void a_count_that_differs_from_the_reference_is_an_error(void **state)
{
    (void)state;
#define GEMM_FILE(reference) \
    OPS_FILE("[3]", ",\n\"reference\": {" reference "}", "{\"op\": \"gemm\", \"out\": 1000}")
    roof_workload_free(workload_of(GEMM_FILE("\"params\": 4000, \"macs\": 3000")));
    assert_fault(GEMM_FILE("\"params\": 4000, \"macs\": 3001"), 3, "/reference/macs",
                 "3,000 multiply-accumulates computed from the file, but the reference says 3,001");
    assert_fault(GEMM_FILE("\"params\": 3999"), 3, "/reference/params", "4,000 parameters computed");
    roof_workload_free(workload_of(GEMM_FILE("\"macs\": 3001, \"macs_tolerance\": 0.001")));
    assert_fault(GEMM_FILE("\"macs\": 3010, \"macs_tolerance\": 0.001"), 3, "/reference/macs", "3,010");
    assert_fault(GEMM_FILE("\"macs\": 3001, \"macs_tolerance\": 5"), 3, "/reference/macs_tolerance",
                 "0 to 0.2");
    assert_fault(GEMM_FILE("\"input\": \"3\""), 3, "/reference", "\"params\" or \"macs\"");
    assert_fault(GEMM_FILE("\"params\": 4000, \"source\": \"nowhere\""), 3, "/reference/source",
                 "no source of this file");
}

static void the_top_of_the_file_is_checked(void **state)
{
    (void)state;
    assert_fault("{\"schema\": \"chiproof/workload/2\",\n\"id\": \"T 1\"}", 1, "/schema",
                 "chiproof/workload/1");
    assert_fault("{\"schema\": \"chiproof/workload/2\",\n\"id\": \"T 1\"}", 2, "/id", "a-z");
    assert_fault("{\"id\": \"t\"}", 1, "", "schema");
    assert_fault("[1]", 1, "", "object");
    assert_fault(HEADER "\"notes\": \"none\"}", 1, "", "exactly one of");
    assert_fault(HEADER "\"ops\": [], \"totals\": {}}", 1, "", "exactly one of");
    assert_fault(OPS_FILE("[3]", ", \"params\": {\"a\": \"b\"}", "{\"op\": \"softmax\"}"), 2, "/params/a",
                 "unknown name");
    assert_fault(OPS_FILE("[3]", ", \"params\": {\"a b\": 1}", "{\"op\": \"softmax\"}"), 2, "/params/a b",
                 "letters");
}

/* The file that the text stands for is models/test.json. */
static void assert_like_refused(const char *text, const char *path, const char *part)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_error error;
    bool found = false;
    assert_int_equal(roof_workload_parse(text, strlen(text), "models/test.json", &report, &workload, &error),
                     ROOF_INVALID);
    for (size_t i = 0; i < report.length; i++)
        found = found || (strcmp(report.items[i].path, path) == 0 && strstr(report.items[i].message, part));
    for (size_t i = 0; i < report.length && !found; i++)
        print_error("%s %s: %s\n", report.items[i].file, report.items[i].path, report.items[i].message);
    assert_true(found);
    roof_report_clear(&report);
}

static void a_file_like_another_is_checked_with_it(void **state)
{
    (void)state;
    assert_like_refused(HEADER "\"like\": \"../models/yolov8n-640\"}", "/like", "same folder");
    assert_like_refused(HEADER "\"like\": \"no-such-network\"}", "/like", "models/no-such-network.json");
    assert_like_refused(HEADER "\"like\": \"llama-3.1-8b\"}", "/like", "has no \"ops\"");
    assert_like_refused(HEADER "\"like\": \"yolov8n-640\", \"ops\": []}", "/ops", "does not go with");
    assert_like_refused(HEADER "\"like\": \"yolov8n-640\", \"params\": {\"widht\": 1}}", "/params/widht",
                        "width");
    /* The fault stands in the other file. */
    assert_like_refused(HEADER "\"like\": \"yolov8n-640\", \"params\": {\"classes\": 0}}",
                        "/blocks/branch/ops/2/out", "class8.2: 0 is too small");
}

static void transformers_and_totals_are_checked(void **state)
{
    (void)state;
#define LLAMA(rest) HEADER "\"transformer\": {\"model_type\": \"llama\",\n" rest "}}"
    assert_fault(LLAMA("\"hidden_size\": 10"), 2, "/transformer", "num_hidden_layers");
    assert_fault(LLAMA("\"hiden_size\": 10"), 3, "/transformer/hiden_size", "hidden_size");
    assert_fault(LLAMA("\"hidden_size\": 10, \"num_hidden_layers\": 2, \"num_attention_heads\": 3"), 3,
                 "/transformer/num_attention_heads", "3 heads do not divide");
    assert_fault(LLAMA("\"hidden_size\": 8, \"num_hidden_layers\": 2, \"num_attention_heads\": 4, "
                       "\"num_key_value_heads\": 3"),
                 3, "/transformer/num_attention_heads", "3 key-value heads");
    assert_fault(LLAMA("\"hidden_size\": 2000000000, \"num_hidden_layers\": 2, \"num_attention_heads\": 1, "
                       "\"vocab_size\": 9, "
                       "\"intermediate_size\": 1, \"max_position_embeddings\": 9"),
                 2, "/transformer", "2^53");
    assert_fault(HEADER "\"blocks\": {}, \"totals\": {}}", 2, "/blocks", "goes with \"ops\" only");
#define TOTALS(rest) HEADER "\"totals\": {\"macs\": 10, \"params\": 5, \"input_elements\": 3,\n" rest "}}"
    assert_fault(TOTALS("\"layers\": 3"), 2, "/totals", "output_elements");
    assert_fault(TOTALS("\"output_elements\": 1, \"shares\": {\"dense\": 0.5}"), 3, "/totals/shares",
                 "add up to 0.5");
    assert_fault(TOTALS("\"output_elements\": 1, \"shares\": {\"dense\": 2}"), 3, "/totals/shares/dense",
                 "0 to 1");
    assert_fault(TOTALS("\"output_elements\": 1, \"shares\": {\"sparse\": 1}"), 3, "/totals/shares/sparse",
                 "sparse");
}

static void what_is_no_json_is_a_syntax_error(void **state)
{
    (void)state;
    roof_workload *workload = NULL;
    roof_error error;
    assert_int_equal(roof_workload_parse("{\"id\": }", 8, "x.json", NULL, &workload, &error), ROOF_SYNTAX);
    assert_null(workload);
    assert_int_equal(error.line, 1);
    assert_int_equal(roof_workload_load("models/no-such-network.json", NULL, &workload, &error), ROOF_IO);
    assert_null(workload);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(unknown_kinds_keys_and_blocks_are_named_with_a_suggestion),
        cmocka_unit_test(one_run_shows_the_faults_of_all_lists),
        cmocka_unit_test(a_step_is_either_a_layer_or_a_call),
        cmocka_unit_test(blocks_that_call_themselves_are_refused),
        cmocka_unit_test(missing_attributes_are_named),
        cmocka_unit_test(sizes_are_positive_whole_numbers_in_range),
        cmocka_unit_test(counts_that_a_double_cannot_hold_are_refused),
        cmocka_unit_test(shapes_that_do_not_fit_say_so),
        cmocka_unit_test(words_come_from_a_list),
        cmocka_unit_test(names_of_tensors_must_be_known_and_new),
        cmocka_unit_test(a_fault_in_a_block_names_the_layer_that_it_became),
        cmocka_unit_test(expansion_is_bounded),
        cmocka_unit_test(a_count_that_differs_from_the_reference_is_an_error),
        cmocka_unit_test(the_top_of_the_file_is_checked),
        cmocka_unit_test(a_file_like_another_is_checked_with_it),
        cmocka_unit_test(transformers_and_totals_are_checked),
        cmocka_unit_test(what_is_no_json_is_a_syntax_error),
    };
    return RUN_TESTS(tests);
}
