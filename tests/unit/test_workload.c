#include "test_workload.h"

/* The shipped networks. */

static void shipped_networks_have_the_published_counts(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double params, macs;
    } published[] = {
        {"resnet-50-v1.5", 25557032, 4089184256}, {"mobilenet-v2-1.0", 3504872, 300774272},
        {"yolov8n-640", 3151904, 4371993600},     {"bert-large-384", 335141888, 123211874304},
        {"llama-3.1-8b", 8030261248, 7504658432},
    };
    for (size_t i = 0; i < sizeof published / sizeof published[0]; i++) {
        roof_workload *workload = shipped(published[i].id);
        assert_string_equal(roof_workload_id(workload), published[i].id);
        assert_true(roof_workload_params(workload) == published[i].params);
        assert_true(roof_workload_macs(workload) == published[i].macs);
        assert_true(roof_workload_alias_count(workload) > 0);
        assert_true(roof_workload_source_count(workload) > 0);
        assert_non_null(roof_workload_input(workload));
        roof_workload_free(workload);
    }
}

static void the_sums_of_a_network_are_those_of_its_operations(void **state)
{
    (void)state;
    roof_workload *workload = shipped("mobilenet-v2-1.0");
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    double macs = 0, weights = 0, depthwise = 0, convolutions = 0;
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i];
        macs += op->macs * op->repeat;
        weights += op->weights_stored * op->repeat;
        depthwise += op->kind == ROOF_OP_DEPTHWISE ? op->macs : 0;
        convolutions += op->macs > 0;
    }
    assert_true(macs == network->macs);
    assert_true(weights == network->weights_stored);
    assert_true(convolutions == 53); /* 52 convolutions and the classifier */
    assert_close(depthwise / macs, 0.069, 0.01);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void an_image_crosses_the_link_as_bytes_and_the_result_at_the_precision_of_the_run(void **state)
{
    (void)state;
    roof_workload *workload = shipped("resnet-50-v1.5");
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    assert_int_equal(network->input_count, 1);
    assert_string_equal(network->inputs[0].name, "image");
    assert_true(network->inputs[0].elements == 150528);
    assert_true(network->inputs[0].bytes_per_element == 1);
    assert_int_equal(network->output_count, 1);
    assert_true(network->outputs[0].elements == 1000);
    assert_true(network->outputs[0].bytes_per_element == 0);
    assert_string_equal(network->result_unit, "inferences");
    assert_true(network->results_per_pass == 1);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void the_six_heads_of_a_detector_leave_the_chip(void **state)
{
    (void)state;
    roof_workload *workload = shipped("yolov8n-640");
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    double elements = 0;
    for (size_t i = 0; i < network->output_count; i++) elements += network->outputs[i].elements;
    assert_int_equal(network->output_count, 6);
    assert_true(elements == 144 * 8400);
    assert_true(op_named(network, "dfl.conv")->macs == 16 * 4 * 8400);
    roof_network_free(network);
    roof_workload_free(workload);
}

static void a_network_without_phases_refuses_one(void **state)
{
    (void)state;
    roof_workload *workload = shipped("resnet-50-v1.5");
    roof_network *network = NULL;
    roof_error error;
    assert_int_equal(roof_workload_expand(workload, ROOF_PHASE_DECODE, 0, 0, &network, &error),
                     ROOF_UNSUPPORTED);
    assert_null(network);
    assert_contains(error.message, "ResNet-50 v1.5 has no phases");
    roof_workload_free(workload);
}

/* Layers by hand. */

static void a_convolution_costs_output_times_kernel_times_input_channels(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE("[6, 10, 9]", "",
                                          "{\"op\": \"conv2d\", \"as\": \"c\", \"out\": 8, \"kernel\": [3, "
                                          "5], \"stride\": 2, \"pad\": [1, 0], \"groups\": 2}"));
    const roof_op *c = op_named(n, "c");
    /* floor((10 + 2 - 3) / 2) + 1 = 5 rows, floor((9 - 5) / 2) + 1 = 3 columns. */
    assert_true(c->output_elements == 8 * 5 * 3);
    assert_true(c->input_elements == 6 * 10 * 9);
    assert_true(c->macs == 8 * 5 * 3 * 3 * (3 * 5));
    assert_true(c->weights_stored == 8 * 3 * 15 + 8);
    assert_true(c->weights_read == c->weights_stored);
    assert_true(c->other_ops == 0);
    roof_network_free(n);
}

static void same_padding_is_half_an_odd_kernel(void **state)
{
    (void)state;
    for (int size = 5; size < 9; size++) {
        char text[600];
        double out[2];
        for (int same = 0; same < 2; same++) {
            snprintf(text, sizeof text,
                     OPS_FILE("[1, %d, %d]", "",
                              "{\"op\": \"conv2d\", \"as\": \"c\", \"out\": 1, \"kernel\": 3, \"stride\": 2, "
                              "\"pad\": %s}"),
                     size, size, same ? "\"same\"" : "[1, 1, 1, 1]");
            roof_network *n = network_of(text);
            out[same] = op_named(n, "c")->output_elements;
            roof_network_free(n);
        }
        assert_true(out[0] == out[1]);
    }
}

static void folded_norm_takes_the_place_of_the_bias_and_shared_weights_count_once(void **state)
{
    (void)state;
    roof_network *n = network_of(
        OPS_FILE("[4, 8, 8]", "",
                 "{\"op\": \"conv2d\", \"as\": \"a\", \"out\": 4, \"kernel\": 1, \"norm\": true, "
                 "\"act\": \"relu\"}, {\"op\": \"conv2d\", \"as\": \"b\", \"out\": 4, \"kernel\": 1, "
                 "\"shared\": true}, {\"op\": \"conv2d\", \"as\": \"c\", \"out\": 4, \"kernel\": 1, "
                 "\"bias\": false}"));
    assert_true(op_named(n, "a")->weights_stored == 16 + 8);
    assert_true(op_named(n, "b")->weights_stored == 0);
    assert_true(op_named(n, "b")->weights_read == 0);
    assert_true(op_named(n, "b")->macs == 4 * 4 * 64);
    assert_true(op_named(n, "c")->weights_stored == 16);
    const roof_op *relu = op_named(n, "a.relu");
    assert_int_equal(relu->kind, ROOF_OP_ELEMENTWISE);
    assert_true(relu->other_ops == 256 && relu->input_elements == 256 && relu->output_elements == 256);
    roof_network_free(n);
}

static void a_transposed_convolution_spends_nothing_on_inserted_zeros(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE("[6, 5, 5]", "",
                                          "{\"op\": \"conv2d\", \"as\": \"up\", \"out\": 4, \"kernel\": 2, "
                                          "\"stride\": 2, \"pad\": 0, \"transposed\": true}"));
    assert_true(op_named(n, "up")->output_elements == 4 * 10 * 10);
    assert_true(op_named(n, "up")->macs == 6 * 25 * 4 * 4);
    roof_network_free(n);
}

static void three_spatial_dimensions_work_like_two(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE(
        "[2, 8, 8, 8]", "", "{\"op\": \"conv2d\", \"as\": \"c\", \"out\": 4, \"kernel\": 3, \"stride\": 2}"));
    assert_true(op_named(n, "c")->macs == 4 * 64 * 2 * 27);
    roof_network_free(n);
}

static void a_depthwise_convolution_has_one_input_channel_for_each_output(void **state)
{
    (void)state;
    roof_network *n = network_of(
        OPS_FILE("[6, 10, 10]", "",
                 "{\"op\": \"depthwise\", \"as\": \"d\", \"kernel\": 3, \"multiplier\": 2, \"norm\": true}"));
    assert_int_equal(op_named(n, "d")->kind, ROOF_OP_DEPTHWISE);
    assert_true(op_named(n, "d")->macs == 12 * 100 * 9);
    assert_true(op_named(n, "d")->weights_stored == 12 * 9 + 24);
    roof_network_free(n);
}

static void a_gemm_works_on_the_last_dimension(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE("[7, 32]", "", "{\"op\": \"gemm\", \"as\": \"g\", \"out\": 48}"));
    assert_true(op_named(n, "g")->macs == 7 * 32 * 48);
    assert_true(op_named(n, "g")->weights_stored == 32 * 48 + 48);
    assert_true(n->outputs[0].elements == 7 * 48);
    roof_network_free(n);
}

static void attention_costs_scores_and_weighted_sums(void **state)
{
    (void)state;
    /* 10 tokens, 4 heads of 8; q, k and v side by side. */
    roof_network *n = network_of(OPS_FILE(
        "[10, 96]", "",
        "{\"op\": \"attention\", \"as\": \"full\", \"heads\": 4}, "
        "{\"op\": \"attention\", \"as\": \"causal\", \"from\": \"in\", \"heads\": 4, \"causal\": true}, "
        "{\"op\": \"attention\", \"as\": \"grouped\", \"from\": \"in\", \"heads\": 8, \"kv_heads\": 2}"));
    assert_true(op_named(n, "full")->macs == 4 * 100 * 8 * 2);
    assert_true(op_named(n, "full")->output_elements == 10 * 32);
    assert_true(op_named(n, "full")->other_ops == 4 * 100 * 6);
    assert_true(op_named(n, "causal")->macs == 4 * 55 * 8 * 2);
    /* 96 = (8 + 2 x 2) x 8. */
    assert_true(op_named(n, "grouped")->macs == 8 * 100 * 8 * 2);
    assert_true(op_named(n, "grouped")->output_elements == 10 * 64);
    roof_network_free(n);
}

static void attention_in_windows_has_the_windows_as_leading_dimension(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE("[64, 96]", "",
                                          "{\"op\": \"reshape\", \"shape\": [4, 16, 96]}, "
                                          "{\"op\": \"attention\", \"as\": \"w\", \"heads\": 4}"));
    assert_true(op_named(n, "w")->macs == 4 * 4 * 16 * 16 * 8 * 2);
    roof_network_free(n);
}

static void matmul_multiplies_activations(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE("[2, 6, 8]", "",
                                          "{\"op\": \"matmul\", \"as\": \"m\", \"from\": [\"in\", \"in\"], "
                                          "\"transpose_b\": true}"));
    assert_true(op_named(n, "m")->macs == 2 * 6 * 6 * 8);
    assert_true(op_named(n, "m")->weights_stored == 0);
    assert_true(op_named(n, "m")->output_elements == 2 * 6 * 6);
    roof_network_free(n);
}

static void an_embedding_stores_the_table_and_gathers_rows(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE(
        "[20]", "", "{\"op\": \"embedding\", \"as\": \"e\", \"rows\": 1000, \"out\": 16, \"reduce\": true}"));
    const roof_op *e = op_named(n, "e");
    assert_true(e->weights_stored == 16000 && e->weights_read == 0 && e->weights_gathered == 320);
    assert_true(e->output_elements == 16 && e->other_ops == 19 * 16);
    roof_network_free(n);
}

static void a_recurrent_layer_has_a_matrix_for_each_gate(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE(
        "[5, 12]", "", "{\"op\": \"recurrent\", \"as\": \"r\", \"hidden\": 16, \"bidirectional\": true}"));
    assert_true(op_named(n, "r")->macs == 5 * 2 * 4 * 16 * (12 + 16));
    assert_true(op_named(n, "r")->weights_stored == 2 * 4 * 16 * (12 + 16) + 2 * 2 * 4 * 16);
    assert_true(n->outputs[0].elements == 5 * 32);
    roof_network_free(n);
}

static void layers_without_macs_count_their_elements(void **state)
{
    (void)state;
    roof_network *n = network_of(
        OPS_FILE("[4, 6, 6]", "",
                 "{\"op\": \"pool\", \"as\": \"p\", \"fn\": \"max\", \"kernel\": 2}, "
                 "{\"op\": \"resize\", \"as\": \"r\", \"scale\": 2, \"fn\": \"bilinear\"}, "
                 "{\"op\": \"concat\", \"as\": \"c\", \"from\": [\"in\", \"r\"]}, "
                 "{\"op\": \"norm\", \"as\": \"n\", \"type\": \"group\"}, "
                 "{\"op\": \"pool\", \"as\": \"g\", \"fn\": \"global\"}, "
                 "{\"op\": \"elementwise\", \"as\": \"gate\", \"fn\": \"mul\", \"from\": [\"n\", \"g\"]}, "
                 "{\"op\": \"softmax\", \"as\": \"s\"}, {\"op\": \"flatten\"}"));
    assert_true(op_named(n, "p")->other_ops == 4 * 9 * 4 && op_named(n, "p")->output_elements == 36);
    assert_true(op_named(n, "r")->other_ops == 4 * 36 * 7);
    assert_true(op_named(n, "c")->output_elements == 8 * 36 && op_named(n, "c")->input_elements == 8 * 36);
    assert_true(op_named(n, "n")->weights_stored == 16);
    assert_true(op_named(n, "g")->output_elements == 8);
    assert_true(op_named(n, "gate")->other_ops == 288 && op_named(n, "gate")->input_elements == 288 + 8);
    assert_true(op_named(n, "s")->other_ops == 288 * 5);
    assert_int_equal(n->op_count, 7); /* the flattening is a view */
    roof_network_free(n);
}

static void learned_operands_are_weights(void **state)
{
    (void)state;
    roof_network *n =
        network_of(OPS_FILE("[196, 64]", "",
                            "{\"op\": \"concat\", \"as\": \"class\", \"axis\": 0, \"learned\": 1}, "
                            "{\"op\": \"elementwise\", \"as\": \"positions\", \"fn\": \"add\", \"learned\": "
                            "\"input_elements\"}"));
    assert_true(op_named(n, "class")->weights_stored == 64);
    assert_true(op_named(n, "positions")->weights_stored == 197 * 64);
    roof_network_free(n);
}

/* Names, blocks, repeats. */

static void a_split_names_its_parts(void **state)
{
    (void)state;
    roof_network *n =
        network_of(OPS_FILE("[6, 4, 4]", "",
                            "{\"op\": \"split\", \"parts\": [2, 4], \"as\": [\"a\", \"b\"]}, "
                            "{\"op\": \"slice\", \"from\": \"b\", \"start\": 1, \"size\": 3, \"as\": \"c\"}, "
                            "{\"op\": \"concat\", \"from\": [\"a\", \"c\"]}"));
    assert_true(n->outputs[0].elements == 5 * 16);
    roof_network_free(n);
}

static void a_block_repeats_with_other_parameters_first_and_last(void **state)
{
    (void)state;
    roof_network *n = network_of(
        OPS_FILE("[4, 16, 16]",
                 BLOCKS("\"b\": {\"params\": {\"out\": null, \"stride\": 1}, \"ops\": [{\"op\": \"conv2d\", "
                        "\"as\": \"c\", "
                        "\"out\": \"out\", \"kernel\": 1, \"stride\": \"stride\", \"bias\": false}]}"),
                 "{\"block\": \"b\", \"as\": \"stage\", \"with\": {\"out\": 8}, \"repeat\": 3, \"first\": "
                 "{\"stride\": 2}, "
                 "\"last\": {\"out\": 10}}"));
    assert_int_equal(n->op_count, 3);
    assert_true(op_named(n, "stage.0.c")->macs == 4 * 8 * 64);
    assert_true(op_named(n, "stage.1.c")->macs == 8 * 8 * 64);
    assert_true(op_named(n, "stage.2.c")->macs == 8 * 10 * 64);
    roof_network_free(n);
}

static void a_layer_that_is_left_out_passes_its_input_on(void **state)
{
    (void)state;
    roof_network *n = network_of(
        OPS_FILE("[4, 8, 8]", "",
                 "{\"op\": \"conv2d\", \"as\": \"main\", \"out\": 4, \"kernel\": 3}, "
                 "{\"op\": \"conv2d\", \"as\": \"side\", \"from\": \"in\", \"out\": 9, \"kernel\": 1, "
                 "\"if\": \"input_channels != 4\"}, "
                 "{\"op\": \"elementwise\", \"fn\": \"add\", \"from\": [\"main\", \"side\"]}, "
                 "{\"op\": \"softmax\", \"repeat\": 0}"));
    assert_int_equal(n->op_count, 2);
    roof_network_free(n);
}

static void all_repeats_can_be_taken_together(void **state)
{
    (void)state;
    roof_network *n = network_of(OPS_FILE(
        "[4, 8, 8]", "",
        "{\"op\": \"conv2d\", \"as\": \"m\", \"out\": \"input_channels + 1\", \"kernel\": 3, \"repeat\": 3}, "
        "{\"op\": \"concat\", \"as\": \"all\", \"from\": [\"in\", \"m.*\"]}, "
        "{\"op\": \"concat\", \"as\": \"some\", \"from\": [\"m.0\", \"m\"]}"));
    assert_true(op_named(n, "all")->output_elements == (4 + 5 + 6 + 7) * 64);
    assert_true(op_named(n, "some")->output_elements == (5 + 7) * 64);
    roof_network_free(n);
}

static void a_block_sees_its_own_parameters_the_files_and_its_input(void **state)
{
    (void)state;
    roof_network *n =
        network_of(OPS_FILE("[4, 8, 8]",
                            ", \"params\": {\"width\": 0.5, \"twice\": \"2*width\"}" BLOCKS(
                                "\"inner\": {\"params\": {\"out\": \"2*input_channels\"}, \"ops\": [{\"op\": "
                                "\"conv2d\", \"as\": \"c\", \"out\": "
                                "\"out*twice\", \"kernel\": 1}, {\"op\": \"elementwise\", \"fn\": \"add\", "
                                "\"from\": [\"outer1\", \"input2\"]}]}, "
                                "\"outer\": [{\"op\": \"conv2d\", \"as\": \"outer1\", \"out\": \"16*width\", "
                                "\"kernel\": 1}, {\"block\": "
                                "\"inner\", \"as\": \"i\", \"from\": [\"input\", \"outer1\"]}]"),
                            "{\"block\": \"outer\", \"as\": \"o\"}"));
    assert_true(op_named(n, "o.outer1")->output_elements == 8 * 64);
    assert_true(op_named(n, "o.i.c")->output_elements == 8 * 64);
    roof_network_free(n);
}

static void several_inputs_and_outputs_go_by_name(void **state)
{
    (void)state;
    roof_network *n = network_of(
        HEADER
        "\"input\": [{\"name\": \"a\", \"shape\": [8]}, {\"name\": \"b\", \"shape\": [8], \"precision\": "
        "\"fp32\"}],"
        "\"ops\": [{\"op\": \"gemm\", \"from\": \"a\", \"out\": 4, \"as\": \"c\"}, {\"op\": \"gemm\", "
        "\"from\": "
        "\"b\", \"out\": 2, \"as\": \"d\"}], \"output\": [\"c\", {\"name\": \"d\", \"precision\": \"fp16\"}, "
        "{\"name\": \"extra\", \"shape\": [3]}]}");
    assert_true(n->inputs[1].bytes_per_element == 4);
    assert_int_equal(n->output_count, 3);
    assert_true(n->outputs[0].elements == 4 && n->outputs[1].elements == 2 && n->outputs[2].elements == 3);
    assert_true(n->outputs[1].bytes_per_element == 2);
    roof_network_free(n);
}

static void a_file_like_another_takes_its_layers_with_other_parameters(void **state)
{
    (void)state;
    static const struct {
        const char *params;
        double weights, macs; /* million, GMAC: a layer-by-layer count elsewhere */
    } sizes[] = {{"\"width\": 0.5", 11.1565, 14.3013},
                 {"\"width\": 0.75, \"depth\": 0.67, \"most\": 768", 25.8861, 39.4684},
                 {"\"width\": 1, \"depth\": 1, \"most\": 512", 43.6683, 82.5743},
                 {"\"width\": 1.25, \"depth\": 1, \"most\": 512", 68.2006, 128.902}};
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++) {
        char text[400];
        roof_workload *workload = NULL;
        roof_error error;
        snprintf(text, sizeof text, HEADER "\"like\": \"yolov8n-640\", \"params\": {%s}}", sizes[i].params);
        assert_int_equal(roof_workload_parse(text, strlen(text), "models/test.json", NULL, &workload, &error),
                         ROOF_OK);
        assert_close(roof_workload_params(workload), sizes[i].weights * 1e6, 1e-5);
        assert_close(roof_workload_macs(workload), sizes[i].macs * 1e9, 1e-5);
        assert_string_equal(roof_workload_family(workload), "dense-conv");
        assert_string_equal(roof_workload_id(workload), "test");
        roof_workload_free(workload);
    }
}

/* Totals. */

static void totals_become_one_operation_a_family_that_add_up(void **state)
{
    (void)state;
    roof_workload *workload = workload_of(
        HEADER
        "\"totals\": {\"macs\": 1000001, \"params\": 500, \"input_elements\": 30, \"output_elements\": 10, "
        "\"activation_elements\": 70, \"layers\": 12, \"shares\": {\"dense\": 0.9, \"depthwise\": 0.1}}}");
    roof_network *n = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    assert_int_equal(n->op_count, 2);
    assert_int_equal(n->ops[0].kind, ROOF_OP_TOTAL);
    assert_int_equal(n->ops[1].kind, ROOF_OP_DEPTHWISE);
    assert_true(n->ops[1].macs == 100000);
    assert_true(n->macs == 1000001 && n->weights_stored == 500 && n->layers == 12);
    assert_true(n->ops[0].input_elements == 100 && n->ops[0].output_elements == 80);
    assert_true(n->inputs[0].elements == 30 && n->outputs[0].elements == 10);
    assert_true(roof_workload_macs(workload) == 1000001);
    roof_network_free(n);
    roof_workload_free(workload);
}

static void kinds_and_phases_have_names(void **state)
{
    (void)state;
    assert_string_equal(roof_op_kind_name(ROOF_OP_CONV2D), "conv2d");
    assert_string_equal(roof_op_kind_name(ROOF_OP_TOTAL), "total");
    assert_string_equal(roof_op_kind_name(ROOF_OP_KIND_COUNT), "unknown");
    assert_string_equal(roof_phase_name(ROOF_PHASE_PREFILL), "prefill");
    roof_workload_free(NULL);
    roof_network_free(NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(shipped_networks_have_the_published_counts),
        cmocka_unit_test(the_sums_of_a_network_are_those_of_its_operations),
        cmocka_unit_test(an_image_crosses_the_link_as_bytes_and_the_result_at_the_precision_of_the_run),
        cmocka_unit_test(the_six_heads_of_a_detector_leave_the_chip),
        cmocka_unit_test(a_network_without_phases_refuses_one),
        cmocka_unit_test(a_convolution_costs_output_times_kernel_times_input_channels),
        cmocka_unit_test(same_padding_is_half_an_odd_kernel),
        cmocka_unit_test(folded_norm_takes_the_place_of_the_bias_and_shared_weights_count_once),
        cmocka_unit_test(a_transposed_convolution_spends_nothing_on_inserted_zeros),
        cmocka_unit_test(three_spatial_dimensions_work_like_two),
        cmocka_unit_test(a_depthwise_convolution_has_one_input_channel_for_each_output),
        cmocka_unit_test(a_gemm_works_on_the_last_dimension),
        cmocka_unit_test(attention_costs_scores_and_weighted_sums),
        cmocka_unit_test(attention_in_windows_has_the_windows_as_leading_dimension),
        cmocka_unit_test(matmul_multiplies_activations),
        cmocka_unit_test(an_embedding_stores_the_table_and_gathers_rows),
        cmocka_unit_test(a_recurrent_layer_has_a_matrix_for_each_gate),
        cmocka_unit_test(layers_without_macs_count_their_elements),
        cmocka_unit_test(learned_operands_are_weights),
        cmocka_unit_test(a_split_names_its_parts),
        cmocka_unit_test(a_block_repeats_with_other_parameters_first_and_last),
        cmocka_unit_test(a_layer_that_is_left_out_passes_its_input_on),
        cmocka_unit_test(all_repeats_can_be_taken_together),
        cmocka_unit_test(a_block_sees_its_own_parameters_the_files_and_its_input),
        cmocka_unit_test(several_inputs_and_outputs_go_by_name),
        cmocka_unit_test(a_file_like_another_takes_its_layers_with_other_parameters),
        cmocka_unit_test(totals_become_one_operation_a_family_that_add_up),
        cmocka_unit_test(kinds_and_phases_have_names),
    };
    return RUN_TESTS(tests);
}
