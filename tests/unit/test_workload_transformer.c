#include "test_workload.h"

#define TRANSFORMER(keys) HEADER "\"transformer\": {" keys "}}"

static double cache_read(const roof_network *n)
{
    double sum = 0;
    for (size_t i = 0; i < n->op_count; i++) sum += n->ops[i].cache_read * n->ops[i].repeat;
    return sum;
}

static double cache_written(const roof_network *n)
{
    double sum = 0;
    for (size_t i = 0; i < n->op_count; i++) sum += n->ops[i].cache_written * n->ops[i].repeat;
    return sum;
}

static void a_decoded_token_meets_its_context_and_itself(void **state)
{
    (void)state;
    roof_workload *llama = shipped("llama-3.1-8b");
    assert_true(roof_workload_is_llm(llama));
    roof_network *n = pass_of(llama, ROOF_PHASE_DECODE, 0, 2048);
    assert_int_equal(n->phase, ROOF_PHASE_DECODE);
    assert_true(n->macs == 7504658432.0 + 32.0 * 2 * 2049 * 32 * 128);
    assert_true(cache_read(n) == 65536.0 * 2048);
    assert_true(cache_written(n) == 65536);
    assert_true(n->cache_elements == 65536.0 * 2049);
    assert_true(n->weights_stored == 8030261248.0);
    /* All but the embedding table, of which one row is gathered. */
    assert_true(n->weights_read == 8030261248.0 - 128256.0 * 4096);
    assert_true(op_named(n, "embed_tokens")->weights_gathered == 4096);
    assert_true(n->results_per_pass == 1 && n->context == 2048 && n->prompt == 0);
    assert_string_equal(n->result_unit, "tokens");
    assert_true(n->inputs[0].elements == 1 && n->inputs[0].bytes_per_element == 4);
    roof_network_free(n);
    roof_workload_free(llama);
}

static void prefill_counts_the_causal_half_and_one_head(void **state)
{
    (void)state;
    roof_workload *llama = shipped("llama-3.1-8b");
    roof_network *n = pass_of(llama, ROOF_PHASE_PREFILL, 1000, 0);
    double head = 128256.0 * 4096;
    assert_true(n->macs == 1000 * (7504658432.0 - head) + head + 32.0 * 2 * (1000.0 * 1001 / 2) * 32 * 128);
    assert_true(op_named(n, "lm_head")->macs == head);
    assert_true(cache_read(n) == 0);
    assert_true(cache_written(n) == 65536000);
    assert_true(n->cache_elements == 65536000);
    assert_true(n->results_per_pass == 1000 && n->prompt == 1000 && n->context == 0);
    assert_true(op_named(n, "layers.self_attn.q_proj")->repeat == 32);
    roof_network_free(n);
    roof_workload_free(llama);
}

static void the_prompt_and_the_decoded_tokens_attend_as_one_sequence_would(void **state)
{
    (void)state;
    roof_workload *llama = shipped("llama-3.1-8b");
    roof_network *prefill = pass_of(llama, ROOF_PHASE_PREFILL, 8, 0);
    double macs = op_named(prefill, "layers.self_attn")->macs;
    roof_network_free(prefill);
    for (int token = 8; token < 12; token++) {
        roof_network *decode = pass_of(llama, ROOF_PHASE_DECODE, 0, token);
        macs += op_named(decode, "layers.self_attn")->macs;
        roof_network_free(decode);
    }
    roof_network *whole = pass_of(llama, ROOF_PHASE_PREFILL, 12, 0);
    assert_true(macs == op_named(whole, "layers.self_attn")->macs);
    roof_network_free(whole);
    roof_workload_free(llama);
}

static void lengths_have_defaults_and_bounds(void **state)
{
    (void)state;
    roof_workload *llama = shipped("llama-3.1-8b");
    roof_network *n = pass_of(llama, ROOF_PHASE_WHOLE, 0, 0);
    assert_int_equal(n->phase, ROOF_PHASE_DECODE);
    assert_true(n->context == ROOF_DEFAULT_CONTEXT);
    roof_network_free(n);
    n = pass_of(llama, ROOF_PHASE_PREFILL, -1, 0);
    assert_true(n->prompt == ROOF_DEFAULT_PROMPT);
    roof_network_free(n);
    n = pass_of(llama, ROOF_PHASE_PREFILL, 131072, 0);
    roof_network_free(n);
    roof_error error;
    assert_int_equal(roof_workload_expand(llama, ROOF_PHASE_PREFILL, 131073, 0, &n, &error), ROOF_INVALID);
    assert_null(n);
    assert_contains(error.message, "131,073 tokens are more than the 131,072 positions");
    assert_int_equal(roof_workload_expand(llama, ROOF_PHASE_DECODE, 0, 131072, &n, &error), ROOF_INVALID);
    assert_int_equal(roof_workload_expand(llama, ROOF_PHASE_DECODE, 0, INFINITY, &n, &error), ROOF_INVALID);
    assert_int_equal(roof_workload_expand(llama, ROOF_PHASE_DECODE, 0, 10.5, &n, &error), ROOF_INVALID);
    assert_contains(error.message, "whole number");
    roof_workload_free(llama);
}

static void a_sliding_window_bounds_attention_and_cache(void **state)
{
    (void)state;
    roof_workload *mistral = workload_of(
        TRANSFORMER("\"model_type\": \"mistral\", \"hidden_size\": 4096, \"num_hidden_layers\": 32, "
                    "\"num_attention_heads\": 32, \"num_key_value_heads\": 8, \"intermediate_size\": 14336, "
                    "\"vocab_size\": "
                    "32000, \"max_position_embeddings\": 32768, \"sliding_window\": 4096"));
    assert_true(roof_workload_params(mistral) == 7241732096.0);
    roof_network *n = pass_of(mistral, ROOF_PHASE_DECODE, 0, 10000);
    assert_true(op_named(n, "layers.self_attn")->macs == 4096.0 * 32 * 128 * 2);
    assert_true(cache_read(n) == 65536.0 * 4095);
    assert_true(n->cache_elements == 65536.0 * 4096);
    roof_network_free(n);
    n = pass_of(mistral, ROOF_PHASE_PREFILL, 5000, 0);
    assert_true(op_named(n, "layers.self_attn")->macs == (4096.0 * 4097 / 2 + 904.0 * 4096) * 32 * 128 * 2);
    assert_true(n->cache_elements == 65536.0 * 4096);
    roof_network_free(n);
    roof_workload_free(mistral);
}

static void a_tied_head_reads_the_table_that_the_embedding_stores(void **state)
{
    (void)state;
    roof_workload *llama = workload_of(TRANSFORMER(
        "\"model_type\": \"llama\", \"hidden_size\": 2048, \"num_hidden_layers\": 16, "
        "\"num_attention_heads\": 32, \"num_key_value_heads\": 8, \"head_dim\": 64, \"intermediate_size\": "
        "8192, "
        "\"vocab_size\": 128256, \"max_position_embeddings\": 131072, \"tie_word_embeddings\": true"));
    roof_network *n = pass_of(llama, ROOF_PHASE_DECODE, 0, 1);
    assert_true(n->weights_stored == 1235814400.0);
    assert_true(n->weights_read == n->weights_stored);
    roof_network_free(n);
    roof_workload_free(llama);
}

static void architectures_have_the_published_parameters(void **state)
{
    (void)state;
    static const struct {
        const char *keys;
        double params;
    } known[] = {
        {"\"model_type\": \"gpt2\", \"hidden_size\": 768, \"num_hidden_layers\": 12, "
         "\"num_attention_heads\": 12, "
         "\"intermediate_size\": 3072, \"vocab_size\": 50257, \"max_position_embeddings\": 1024",
         124439808},
        {"\"model_type\": \"gptj\", \"hidden_size\": 4096, \"num_hidden_layers\": 28, "
         "\"num_attention_heads\": 16, "
         "\"intermediate_size\": 16384, \"vocab_size\": 50400, \"max_position_embeddings\": 2048",
         6050882784},
        {"\"model_type\": \"opt\", \"hidden_size\": 5120, \"num_hidden_layers\": 40, "
         "\"num_attention_heads\": 40, "
         "\"intermediate_size\": 20480, \"vocab_size\": 50272, \"max_position_embeddings\": 2048",
         12853473280},
        {"\"model_type\": \"qwen2\", \"hidden_size\": 896, \"num_hidden_layers\": 24, "
         "\"num_attention_heads\": 14, "
         "\"num_key_value_heads\": 2, \"intermediate_size\": 4864, \"vocab_size\": 151936, "
         "\"max_position_embeddings\": "
         "32768, \"tie_word_embeddings\": true",
         494032768},
        {"\"model_type\": \"qwen3\", \"hidden_size\": 5120, \"num_hidden_layers\": 64, "
         "\"num_attention_heads\": 64, "
         "\"num_key_value_heads\": 8, \"head_dim\": 128, \"intermediate_size\": 25600, \"vocab_size\": "
         "151936, "
         "\"max_position_embeddings\": 40960",
         32762123264},
        {"\"model_type\": \"bert\", \"hidden_size\": 768, \"num_hidden_layers\": 12, "
         "\"num_attention_heads\": 12, "
         "\"intermediate_size\": 3072, \"vocab_size\": 30522, \"type_vocab_size\": 2, "
         "\"max_position_embeddings\": 512, "
         "\"sequence_length\": 128",
         109482240},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        char text[1000];
        snprintf(text, sizeof text, TRANSFORMER("%s"), known[i].keys);
        roof_workload *workload = workload_of(text);
        if (roof_workload_params(workload) != known[i].params)
            print_error("%s: %.0f\n", known[i].keys, roof_workload_params(workload));
        assert_true(roof_workload_params(workload) == known[i].params);
        roof_workload_free(workload);
    }
}

static void an_encoder_attends_in_full_and_its_pooler_may_run(void **state)
{
    (void)state;
#define SMALL_BERT \
    "\"model_type\": \"bert\", \"hidden_size\": 768, \"num_hidden_layers\": 12, \"num_attention_heads\": " \
    "12, " \
    "\"intermediate_size\": 3072, \"vocab_size\": 30522, \"type_vocab_size\": 2, " \
    "\"max_position_embeddings\": 512, " \
    "\"sequence_length\": 128"
    roof_workload *stored = workload_of(TRANSFORMER(SMALL_BERT));
    roof_workload *run = workload_of(TRANSFORMER(SMALL_BERT ", \"pooler\": \"run\""));
    roof_workload *none = workload_of(TRANSFORMER(SMALL_BERT ", \"pooler\": \"none\""));
    assert_false(roof_workload_is_llm(stored));
    assert_true(roof_workload_macs(stored) == 11173625856.0);
    assert_true(roof_workload_macs(run) == 11173625856.0 + 768 * 768);
    assert_true(roof_workload_params(run) == roof_workload_params(stored));
    assert_true(roof_workload_params(none) == roof_workload_params(stored) - 768 * 769);
    roof_network *n = pass_of(stored, ROOF_PHASE_WHOLE, 0, 0);
    assert_true(op_named(n, "layers.attention")->macs == 128.0 * 128 * 768 * 2);
    assert_true(n->inputs[0].elements == 128 && n->cache_elements == 0);
    roof_network_free(n);
    roof_workload_free(stored);
    roof_workload_free(run);
    roof_workload_free(none);
}

static void a_network_outlives_its_workload(void **state)
{
    (void)state;
    roof_workload *llama = shipped("llama-3.1-8b");
    roof_network *n = pass_of(llama, ROOF_PHASE_DECODE, 0, 7);
    roof_workload_free(llama);
    assert_string_equal(n->ops[0].name, "embed_tokens");
    assert_string_equal(n->outputs[0].name, "next_token");
    roof_network_free(n);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_decoded_token_meets_its_context_and_itself),
        cmocka_unit_test(prefill_counts_the_causal_half_and_one_head),
        cmocka_unit_test(the_prompt_and_the_decoded_tokens_attend_as_one_sequence_would),
        cmocka_unit_test(lengths_have_defaults_and_bounds),
        cmocka_unit_test(a_sliding_window_bounds_attention_and_cache),
        cmocka_unit_test(a_tied_head_reads_the_table_that_the_embedding_stores),
        cmocka_unit_test(architectures_have_the_published_parameters),
        cmocka_unit_test(an_encoder_attends_in_full_and_its_pooler_may_run),
        cmocka_unit_test(a_network_outlives_its_workload),
    };
    return RUN_TESTS(tests);
}
