/* Networks from elsewhere. The files of tests/data/import are made by generate.py there; their counts are
 * worked out by hand beside each. */
#include "test_workload.h"

#include "chiproof/base/file.h"
#include "chiproof/workload/import.h"
#include "workload/onnx_node.h"

#define DATA "tests/data/import/"
#define assert_exact(got, want) assert_close(got, want, 0)

static roof_error fault;

static roof_workload *imported(const char *file, const roof_binding *sizes, size_t count)
{
    roof_bindings bindings = {sizes, count};
    roof_workload *workload = NULL;
    if (roof_workload_import(file, &bindings, NULL, &workload, &fault) != ROOF_OK)
        print_error("%s: %s\n", fault.file, fault.message);
    assert_non_null(workload);
    return workload;
}

static void assert_counts(const char *file, const roof_binding *sizes, size_t count, double macs,
                          double params)
{
    roof_workload *workload = imported(file, sizes, count);
    assert_exact(roof_workload_macs(workload), macs);
    assert_exact(roof_workload_params(workload), params);
    assert_string_equal(roof_workload_file(workload), file);
    roof_workload_free(workload);
}

/* Refused, with all of the message's parts. */
static void assert_refused(const char *file, roof_code code, const char *part, const char *other)
{
    roof_workload *workload = NULL;
    assert_int_equal(roof_workload_import(file, NULL, NULL, &workload, &fault), code);
    assert_null(workload);
    assert_string_equal(fault.file, file);
    if (!strstr(fault.message, part) || !strstr(fault.message, other)) print_error("%s\n", fault.message);
    assert_non_null(strstr(fault.message, part));
    assert_non_null(strstr(fault.message, other));
}

/* dense 8x16x16 x 27, depthwise x 9, grouped 16x16x16 x 36, dilated 16x12x12 x 144, transposed 16x12x12 x 4 x
 * 9, matrix 4 x 10 */
static void onnx_convolutions(void **state)
{
    (void)state;
    roof_workload *workload = imported(DATA "convolutions.onnx", NULL, 0);
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    assert_exact(op_named(network, "dense")->macs, 55296);
    assert_exact(op_named(network, "depthwise")->macs, 18432);
    assert_int_equal(op_named(network, "depthwise")->kind, ROOF_OP_DEPTHWISE);
    assert_exact(op_named(network, "grouped")->macs, 147456);
    assert_exact(op_named(network, "dilated")->macs, 331776);
    assert_exact(op_named(network, "transposed")->macs, 82944);
    assert_exact(op_named(network, "transposed")->output_elements, 4 * 24 * 24);
    assert_exact(op_named(network, "norm")->weights_stored, 16);
    assert_exact(op_named(network, "pool")->output_elements, 4 * 12 * 12);
    assert_exact(network->macs, 635944);
    assert_exact(network->weights_stored, 3822);
    assert_exact(network->inputs[0].elements, 3072);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void onnx_sizes_computed_in_the_graph(void **state)
{
    (void)state;
    static const roof_binding sizes[] = {{"batch", 2}, {"width", 20}}, places[] = {{"x.0", 2}, {"x.3", 20}};
    assert_counts(DATA "dynamic.onnx", sizes, 2, 69120, 108);
    assert_counts(DATA "dynamic.onnx", places, 2, 69120, 108);
    roof_workload *workload = imported(DATA "dynamic.onnx", sizes, 2);
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    assert_int_equal(network->op_count, 3); /* conv, up, mean: computing sizes is no operation */
    assert_exact(op_named(network, "up")->output_elements, 10240);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void onnx_open_sizes_are_refused_all_at_once(void **state)
{
    (void)state;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    assert_refused(DATA "dynamic.onnx", ROOF_MISSING, "\"x\"", "--bind batch=N");
    assert_int_equal(roof_workload_import(DATA "dynamic.onnx", NULL, &report, &workload, NULL), ROOF_MISSING);
    assert_int_equal(report.errors, 2);
    roof_report_clear(&report);
}

static void onnx_a_binding_that_names_nothing_is_doubtful(void **state)
{
    (void)state;
    static const roof_binding sizes[] = {{"btach", 2}};
    roof_bindings bindings = {sizes, 1};
    roof_report report = ROOF_REPORT_EMPTY;
    char *text = NULL;
    assert_int_equal(roof_import_file(DATA "convolutions.onnx", &bindings, &report, &text, NULL), ROOF_OK);
    assert_int_equal(report.doubtful, 1);
    assert_non_null(strstr(report.items[0].message, "btach"));
    roof_report_clear(&report);
    free(text);
}

/* The table is stored once, looked up, and read whole by the head; products of activations have no weights.
 */
static void onnx_attention(void **state)
{
    (void)state;
    roof_workload *workload = imported(DATA "attention.onnx", NULL, 0);
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    const roof_op *embed = op_named(network, "embed"), *head = op_named(network, "head");
    assert_int_equal(embed->kind, ROOF_OP_EMBEDDING);
    assert_exact(embed->weights_stored, 400);
    assert_exact(embed->weights_gathered, 48);
    assert_exact(head->weights_stored, 0);
    assert_exact(head->weights_read, 400);
    assert_exact(head->macs, 6 * 8 * 50);
    assert_int_equal(op_named(network, "scores")->kind, ROOF_OP_MATMUL);
    assert_exact(op_named(network, "scores")->macs, 6 * 6 * 8);
    assert_exact(op_named(network, "scores")->weights_stored, 0);
    assert_exact(op_named(network, "lstm")->macs, 6 * 20 * 13);
    assert_exact(network->macs, 5304);
    assert_exact(network->weights_stored, 844);
    assert_exact(network->inputs[0].bytes_per_element, 8);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void onnx_quantized(void **state)
{
    (void)state;
    assert_counts(DATA "quantized.onnx", NULL, 0, 4608 + 1536 + 1152, 72 + 4 + 24 + 1152);
}

static void onnx_a_branch_is_counted_and_named(void **state)
{
    (void)state;
    static const roof_binding slow[] = {{"rate", 8000}}, fast[] = {{"rate", 16000}};
    roof_report report = ROOF_REPORT_EMPTY;
    char *text = NULL;
    assert_counts(DATA "branches.onnx", NULL, 0, 24, 12);
    assert_counts(DATA "branches.onnx", fast, 1, 24, 12);
    assert_counts(DATA "branches.onnx", slow, 1, 48, 12);
    assert_int_equal(roof_import_file(DATA "branches.onnx", NULL, &report, &text, NULL), ROOF_OK);
    assert_int_equal(report.notes, 1);
    assert_non_null(strstr(report.items[0].message, "then_branch small"));
    roof_report_clear(&report);
    free(text);
}

static void onnx_refusals_name_the_node(void **state)
{
    (void)state;
    assert_refused(DATA "einsum.onnx", ROOF_UNSUPPORTED, "Einsum", "\"sum\"");
    assert_refused(DATA "loop.onnx", ROOF_UNSUPPORTED, "Loop", "\"again\"");
    assert_refused(DATA "misfit.onnx", ROOF_INVALID, "\"product\"", "4 and 5");
    assert_refused(DATA "unknown-shape.onnx", ROOF_UNSUPPORTED, "Frobnicate", "\"own\"");
    assert_refused(DATA "old.onnx", ROOF_UNSUPPORTED, "version 6", "7 to 22");
}

static void an_unknown_operator_is_warned_of(void **state)
{
    (void)state;
    static const char *const files[] = {DATA "unknown.onnx", DATA "lite-custom.tflite"};
    for (size_t i = 0; i < 2; i++) {
        roof_report report = ROOF_REPORT_EMPTY;
        char *text = NULL;
        assert_int_equal(roof_import_file(files[i], NULL, &report, &text, NULL), ROOF_OK);
        assert_int_equal(report.doubtful, 1);
        assert_non_null(strstr(report.items[0].message, "Frobnicate"));
        roof_report_clear(&report);
        free(text);
    }
    assert_counts(files[0], NULL, 0, 24, 12);
}

/* conv 8x8x8 x 27, depthwise 8x8x8 x 9, matrix 128 x 10, transposed 8x8x8 x 16 */
static void tflite_counts(void **state)
{
    (void)state;
    assert_counts(DATA "lite.tflite", NULL, 0, 13824 + 4608 + 1280 + 8192, 216 + 8 + 72 + 1280 + 128);
}

/* Conv1 113x113x64 x 147 (the last window hangs over), DP_2 112x112x64 x 9, FC 64 x 1000, wide 6x5x4 x 36 */
static void scalesim_counts(void **state)
{
    (void)state;
    assert_counts(DATA "convolutions.csv", NULL, 0, 120130752.0 + 7225344 + 64000 + 4320,
                  9408 + 576 + 64000 + 144);
    assert_counts(DATA "products.csv", NULL, 0, 6000 + 1000, 600 + 100);
}

static void check_written(const char *file, const roof_binding *sizes, size_t count)
{
    roof_bindings bindings = {sizes, count};
    roof_workload *there = imported(file, sizes, count), *back = NULL;
    char *text = NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    assert_int_equal(roof_import_file(file, &bindings, NULL, &text, NULL), ROOF_OK);
    assert_int_equal(roof_workload_parse(text, strlen(text), "back.json", &report, &back, NULL), ROOF_OK);
    assert_int_equal(report.doubtful + report.notes, 0);
    roof_network *a = pass_of(there, ROOF_PHASE_WHOLE, 0, 0), *b = pass_of(back, ROOF_PHASE_WHOLE, 0, 0);
    assert_int_equal(a->op_count, b->op_count);
    assert_exact(a->macs, b->macs);
    assert_exact(a->other_ops, b->other_ops);
    assert_exact(a->weights_stored, b->weights_stored);
    assert_exact(a->weights_read, b->weights_read);
    for (size_t i = 0; i < a->op_count; i++) {
        assert_string_equal(a->ops[i].name, b->ops[i].name);
        assert_exact(a->ops[i].input_elements, b->ops[i].input_elements);
        assert_exact(a->ops[i].output_elements, b->ops[i].output_elements);
    }
    assert_int_equal(roof_workload_source_count(back), 1);
    roof_network_free(a);
    roof_network_free(b);
    roof_workload_free(there);
    roof_workload_free(back);
    free(text);
}

static void what_is_written_loads_back(void **state)
{
    (void)state;
    static const roof_binding sizes[] = {{"batch", 1}, {"width", 24}};
    check_written(DATA "convolutions.onnx", NULL, 0);
    check_written(DATA "dynamic.onnx", sizes, 2);
    check_written(DATA "attention.onnx", NULL, 0);
    check_written(DATA "lite.tflite", NULL, 0);
    check_written(DATA "convolutions.csv", NULL, 0);
}

static roof_code import_bytes(const char *bytes, size_t length, const char *file)
{
    char *text = NULL;
    roof_code code = roof_import_text(bytes, length, file, NULL, NULL, &text, &fault);
    free(text);
    return code;
}

static void bytes_that_are_no_network_are_refused(void **state)
{
    (void)state;
    static const char huge[] = "\x08\x07\x3a\xff\xff\xff\xff\x0f";
    assert_int_equal(import_bytes("", 0, "empty.onnx"), ROOF_INVALID);
    assert_non_null(strstr(fault.message, "empty"));
    assert_int_equal(import_bytes("\x08\x07", 2, "nothing.onnx"), ROOF_INVALID);
    assert_int_equal(import_bytes(huge, sizeof huge - 1, "huge.onnx"), ROOF_SYNTAX);
    assert_int_equal(import_bytes("hello", 5, "hello.onnx"), ROOF_SYNTAX);
    assert_int_equal(import_bytes("", 0, "empty.tflite"), ROOF_SYNTAX);
    assert_int_equal(import_bytes("\xff\xff\xff\xffTFL3", 8, "wild.tflite"), ROOF_SYNTAX);
    assert_int_equal(import_bytes("", 0, "empty.csv"), ROOF_INVALID);
    assert_int_equal(import_bytes("a,b\n1,2\n", 8, "other.csv"), ROOF_SYNTAX);
    assert_int_equal(import_bytes("Layer,M,N,K\nx,1,-2,3\n", 21, "negative.csv"), ROOF_INVALID);
    assert_non_null(strstr(fault.message, "line 2"));
}

/* Every shortened file is refused or counts something, and none reads beyond its end (for the sanitizers). */
static void a_pointer_in_the_place_of_a_large_file_is_named(void **state)
{
    (void)state;
    static const char pointer[] = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
    assert_int_equal(import_bytes(pointer, sizeof pointer - 1, "net.onnx"), ROOF_INVALID);
}

static void files_cut_short_do_no_harm(void **state)
{
    (void)state;
    static const char *const files[] = {DATA "attention.onnx", DATA "branches.onnx", DATA "lite.tflite"};
    for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
        char *bytes = NULL;
        size_t length = 0;
        assert_int_equal(roof_file_read(files[i], ROOF_FILE_LIMIT, &bytes, &length, NULL), ROOF_OK);
        for (size_t cut = 0; cut < length; cut += 7) {
            char *copy = malloc(cut + 1);
            memcpy(copy, bytes, cut);
            import_bytes(copy, cut, files[i]);
            free(copy);
        }
        free(bytes);
    }
}

static void kinds_are_told_by_content(void **state)
{
    (void)state;
    static const char config[] = "{\"model_type\": \"llama\", \"hidden_size\": 4}";
    static const char own[] = "{\"schema\": \"chiproof/workload/1\", \"transformer\": {\"hidden_size\": 4}}";
    assert_int_equal(roof_file_kind_of(config, sizeof config - 1, "x"), ROOF_FILE_HF_CONFIG);
    assert_int_equal(roof_file_kind_of(own, sizeof own - 1, "x"), ROOF_FILE_WORKLOAD);
    assert_int_equal(roof_file_kind_of("Layer name, IFMAP", 17, "x"), ROOF_FILE_SCALESIM);
    assert_int_equal(roof_file_kind_of("\x1c\0\0\0TFL3", 8, "x"), ROOF_FILE_TFLITE);
    assert_int_equal(roof_file_kind_of("\x08\x07\x12\x04", 4, "x"), ROOF_FILE_ONNX);
    assert_int_equal(roof_file_kind_of("", 0, "x"), ROOF_FILE_WORKLOAD);
    assert_int_equal(roof_file_kind_at(DATA "lite.tflite"), ROOF_FILE_TFLITE);
    assert_int_equal(roof_file_kind_at("no/such/file"), ROOF_FILE_WORKLOAD);
}

static const char llama[] =
    "{\"architectures\": [\"LlamaForCausalLM\"], \"model_type\": \"llama\", \"hidden_size\": 4096,\n"
    "\"intermediate_size\": 14336, \"max_position_embeddings\": 131072, \"num_attention_heads\": 32,\n"
    "\"num_hidden_layers\": 32, \"num_key_value_heads\": 8, \"vocab_size\": 128256, \"hidden_act\": "
    "\"silu\",\n"
    "\"rope_scaling\": {\"factor\": 8.0}, \"tie_word_embeddings\": false, \"torch_dtype\": \"bfloat16\"}";

static void configurations_are_read_unchanged(void **state)
{
    (void)state;
    char *text = NULL;
    assert_int_equal(
        roof_import_text(llama, sizeof llama - 1, "m/llama/config.json", NULL, NULL, &text, &fault), ROOF_OK);
    roof_workload *workload = workload_of(text);
    assert_exact(roof_workload_params(workload), 8030261248.0);
    assert_string_equal(roof_workload_id(workload), "llama");
    assert_true(roof_workload_is_llm(workload));
    roof_workload_free(workload);
    free(text);
}

static void a_fault_of_a_configuration_stands_where_it_is(void **state)
{
    (void)state;
    static const char wrong[] =
        "{\"model_type\": \"llama\", \"hidden_size\": 4096,\n \"num_hidden_layers\": -1,\n"
        "\"num_attention_heads\": 32, \"vocab_size\": 100}";
    assert_int_equal(import_bytes(wrong, sizeof wrong - 1, "config.json"), ROOF_INVALID);
    assert_int_equal(fault.line, 2);
    assert_string_equal(fault.path, "/num_hidden_layers");
    assert_string_equal(fault.file, "config.json");
}

static void encoders_ask_for_their_length(void **state)
{
    (void)state;
    static const char bert[] =
        "{\"model_type\": \"bert\", \"hidden_size\": 768, \"num_hidden_layers\": 12,\n"
        "\"num_attention_heads\": 12, \"intermediate_size\": 3072, \"vocab_size\": 30522,\n"
        "\"max_position_embeddings\": 512, \"type_vocab_size\": 2, \"hidden_act\": \"gelu\"}";
    static const roof_binding sizes[] = {{"sequence_length", 384}};
    roof_bindings bindings = {sizes, 1};
    char *text = NULL;
    assert_int_equal(import_bytes(bert, sizeof bert - 1, "config.json"), ROOF_MISSING);
    assert_non_null(strstr(fault.message, "--bind sequence_length=N"));
    assert_int_equal(roof_import_text(bert, sizeof bert - 1, "config.json", &bindings, NULL, &text, &fault),
                     ROOF_OK);
    roof_workload *workload = workload_of(text);
    assert_exact(roof_workload_params(workload), 109482240.0);
    roof_workload_free(workload);
    free(text);
}

static void the_table_of_operators_is_in_order(void **state)
{
    (void)state;
    size_t count = 0;
    for (; onnx_operator_at(count); count++) {
        const onnx_operator *row = onnx_operator_at(count);
        roof_bytes name = {(const unsigned char *)row->name, strlen(row->name)};
        assert_ptr_equal(onnx_operator_find(name), row);
    }
    assert_true(count > 150);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(onnx_convolutions),
        cmocka_unit_test(onnx_sizes_computed_in_the_graph),
        cmocka_unit_test(onnx_open_sizes_are_refused_all_at_once),
        cmocka_unit_test(onnx_a_binding_that_names_nothing_is_doubtful),
        cmocka_unit_test(onnx_attention),
        cmocka_unit_test(onnx_quantized),
        cmocka_unit_test(onnx_a_branch_is_counted_and_named),
        cmocka_unit_test(onnx_refusals_name_the_node),
        cmocka_unit_test(an_unknown_operator_is_warned_of),
        cmocka_unit_test(tflite_counts),
        cmocka_unit_test(scalesim_counts),
        cmocka_unit_test(what_is_written_loads_back),
        cmocka_unit_test(bytes_that_are_no_network_are_refused),
        cmocka_unit_test(a_pointer_in_the_place_of_a_large_file_is_named),
        cmocka_unit_test(files_cut_short_do_no_harm),
        cmocka_unit_test(kinds_are_told_by_content),
        cmocka_unit_test(configurations_are_read_unchanged),
        cmocka_unit_test(a_fault_of_a_configuration_stands_where_it_is),
        cmocka_unit_test(encoders_ask_for_their_length),
        cmocka_unit_test(the_table_of_operators_is_in_order),
    };
    return RUN_TESTS(tests);
}
