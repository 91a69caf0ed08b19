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

#define GEMMA2 \
    "\"model_type\": \"gemma2\", \"hidden_size\": 4, \"num_hidden_layers\": 3, \"num_attention_heads\": 2, " \
    "\"intermediate_size\": 8, \"vocab_size\": 10, \"max_position_embeddings\": 99, "

static void layers_with_and_without_a_window_alternate(void **state)
{
    (void)state;
    roof_workload *gemma = workload_of(TRANSFORMER(GEMMA2 "\"sliding_window\": 4"));
    roof_network *n = pass_of(gemma, ROOF_PHASE_DECODE, 0, 10);
    const roof_op *full = op_named(n, "layers.self_attn"),
                  *windowed = op_named(n, "layers.self_attn.windowed");
    assert_true(full->repeat == 1 && windowed->repeat == 2);
    assert_true(full->macs == 11 * 4 * 2 && windowed->macs == 4 * 4 * 2);
    assert_true(full->cache_read == 10 * 8 && windowed->cache_read == 3 * 8);
    assert_true(n->cache_elements == 8 * 11 + 2 * 8 * 4);
    /* Four norms a layer, a tied head. */
    assert_true(n->weights_stored == 3 * (64 + 96 + 16) + 40 + 4);
    roof_network_free(n);
    n = pass_of(gemma, ROOF_PHASE_PREFILL, 10, 0);
    assert_true(op_named(n, "layers.self_attn")->macs == 55 * 4 * 2);
    assert_true(op_named(n, "layers.self_attn.windowed")->macs == (10 + 6 * 4) * 4 * 2);
    roof_network_free(n);
    roof_workload_free(gemma);
    gemma = workload_of(TRANSFORMER(GEMMA2 "\"sliding_window\": 4, \"use_sliding_window\": false"));
    n = pass_of(gemma, ROOF_PHASE_DECODE, 0, 10);
    assert_true(op_named(n, "layers.self_attn")->repeat == 3 && n->cache_elements == 3 * 8 * 11);
    roof_network_free(n);
    roof_workload_free(gemma);
}

static void a_short_model_has_shorter_default_lengths(void **state)
{
    (void)state;
    roof_workload *gpt2 = shipped("gpt2"), *llama = shipped("llama-3.1-8b"),
                  *bert = shipped("bert-large-384");
    assert_true(roof_workload_default_prompt(gpt2) == 1024 && roof_workload_default_context(gpt2) == 1023);
    assert_true(roof_workload_default_prompt(llama) == 1024 && roof_workload_default_context(llama) == 1024);
    assert_true(roof_workload_default_prompt(bert) == 0 && roof_workload_default_context(bert) == 0);
    roof_network *n = pass_of(gpt2, ROOF_PHASE_DECODE, 0, 0);
    assert_true(n->context == 1023);
    roof_network_free(n);
    roof_workload_free(gpt2);
    roof_workload_free(llama);
    roof_workload_free(bert);
}

#define SMALL_T5 \
    "\"model_type\": \"t5\", \"d_model\": 4, \"d_kv\": 2, \"num_heads\": 2, \"d_ff\": 8, \"num_layers\": " \
    "1, " \
    "\"vocab_size\": 10, \"n_positions\": 16, \"sequence_length\": 3"

/* Encoder: attention 64, MLP 64, norms 8 + 4, biases 32 x 2. Decoder: attention twice, norms 12 + 4. */
static void an_encoder_runs_in_prefill_and_is_met_in_decode(void **state)
{
    (void)state;
    roof_workload *t5 = workload_of(TRANSFORMER(SMALL_T5));
    assert_true(roof_workload_is_llm(t5));
    assert_true(roof_workload_params(t5) == 40 + (64 + 64 + 12 + 64) + (2 * 64 + 64 + 16 + 64));
    assert_true(roof_workload_macs(t5) == 64 + 32 + 64 + 40);
    roof_network *n = pass_of(t5, ROOF_PHASE_DECODE, 0, 2);
    assert_true(n->macs == 200 + 3 * 4 * 2 + 3 * 4 * 2);
    assert_true(cache_read(n) == 2 * 8 + 3 * 8 && cache_written(n) == 8);
    assert_true(n->cache_elements == 3 * 8 + 3 * 8);
    /* Not the encoder, nor keys and values of cross attention; the table as the head. */
    assert_true(n->weights_stored == 516 && n->weights_read == 516 - 204 - 32);
    assert_true(op_named(n, "encoder (not run)")->weights_stored == 204 + 32);
    assert_true(n->input_count == 1);
    roof_network_free(n);
    n = pass_of(t5, ROOF_PHASE_PREFILL, 2, 0);
    double encoder = 3 * (64 + 64) + 3 * 3 * 4 * 2, keys = 3 * 32;
    assert_true(n->macs == encoder + keys + 2 * (64 + 32 + 64) + 3 * 8 + 2 * 3 * 8 + 40);
    assert_true(cache_read(n) == 0 && cache_written(n) == 2 * 8 + 3 * 8);
    assert_true(n->weights_stored == 516 && n->weights_read == 516);
    assert_true(n->input_count == 2 && n->inputs[1].elements == 3 && n->inputs[0].elements == 2);
    assert_string_equal(n->inputs[1].name, "source_ids");
    roof_network_free(n);
    roof_workload_free(t5);
}

static void a_gated_t5_has_a_third_matrix_and_a_head_of_its_own(void **state)
{
    (void)state;
    roof_workload *t5 = workload_of(TRANSFORMER(SMALL_T5 ", \"feed_forward_proj\": \"gated-gelu\", "
                                                         "\"tie_word_embeddings\": false"));
    assert_true(roof_workload_params(t5) == 516 + 2 * 32 + 40);
    roof_workload_free(t5);
    assert_fault(TRANSFORMER(SMALL_T5 ",\n\"feed_forward_proj\": \"gelu\""), 3,
                 "/transformer/feed_forward_proj", "gated-gelu");
}

static void whisper_hears_thirty_seconds_before_the_first_token(void **state)
{
    (void)state;
    roof_workload *whisper = shipped("whisper-large-v3-30s");
    assert_true(roof_workload_params(whisper) == 1543490560.0);
    roof_network *n = pass_of(whisper, ROOF_PHASE_PREFILL, 4, 0);
    double encoder = 0;
    for (size_t i = 0; i < n->op_count; i++)
        if (strncmp(n->ops[i].name, "encoder.", 8) == 0) encoder += n->ops[i].macs * n->ops[i].repeat;
    /* Two convolutions, then 32 layers over 1500 positions. */
    double d = 1280, layer = 1500 * 12 * d * d + 2 * 1500 * 1500 * d;
    assert_true(encoder == 3000 * 3 * 128 * d + 1500 * 3 * d * d + 32 * layer);
    assert_true(op_named(n, "decoder.layers.cross_attn.k_proj")->macs == 1500 * d * d);
    assert_true(n->inputs[1].elements == 128 * 3000);
    assert_true(n->cache_elements == 32 * 2 * d * (4 + 1500));
    roof_network_free(n);
    n = pass_of(whisper, ROOF_PHASE_DECODE, 0, 4);
    assert_true(op_named(n, "decoder.layers.cross_attn")->macs == 1500 * d * 2);
    assert_true(n->macs == roof_workload_macs(whisper) + 32 * 2 * d * (5 + 1500));
    roof_network_free(n);
    roof_workload_free(whisper);
}

static void shared_layers_store_and_read_their_weights_once(void **state)
{
    (void)state;
    roof_workload *albert = shipped("albert-base-v2-128");
    double layer = 4 * (768.0 * 768 + 768) + 2 * 768.0 * 3072 + 3072 + 768 + 4 * 768;
    double tables = (30000.0 + 512 + 2) * 128;
    assert_true(roof_workload_params(albert) == tables + 256 + 128 * 768 + 768 + layer + 768 * 768 + 768);
    roof_network *n = pass_of(albert, ROOF_PHASE_WHOLE, 0, 0);
    assert_true(n->weights_read == 256 + 128 * 768 + 768 + layer);
    assert_true(n->macs == 11173625856.0 + 128.0 * 128 * 768);
    roof_network_free(n);
    roof_workload_free(albert);
}

/* What the configurations give, counted from the shapes of the tensors by other means: references that are
 * published rounded hold the loader only to their tolerance. */
static void shipped_transformers_have_their_parameters_to_the_digit(void **state)
{
    (void)state;
    static const struct {
        const char *id;
        double params;
    } known[] = {
        {"gpt2", 124439808},
        {"gpt2-medium", 354823168},
        {"gpt2-large", 774030080},
        {"gpt2-xl", 1557611200},
        {"gpt-j-6b", 6050882784.0},
        {"gpt3-175b", 174604259328.0},
        {"opt-125m", 125239296},
        {"opt-1.3b", 1315758080},
        {"opt-2.7b", 2651596800.0},
        {"opt-6.7b", 6658473984.0},
        {"opt-13b", 12853473280.0},
        {"opt-30b", 29974540288.0},
        {"opt-66b", 65719701504.0},
        {"opt-175b", 174604468224.0},
        {"llama-2-7b", 6738415616.0},
        {"llama-2-13b", 13015864320.0},
        {"llama-2-70b", 68976648192.0},
        {"llama-3-8b", 8030261248.0},
        {"llama-3-70b", 70553706496.0},
        {"llama-3.1-70b", 70553706496.0},
        {"llama-3.1-405b", 405853388800.0},
        {"llama-3.3-70b", 70553706496.0},
        {"llama-3.2-1b", 1235814400},
        {"llama-3.2-3b", 3212749824.0},
        {"tinyllama-1.1b", 1100048384},
        {"mistral-7b-v0.1", 7241732096.0},
        {"mixtral-8x7b", 46702792704.0},
        {"mixtral-8x22b", 140620634112.0},
        {"qwen2.5-0.5b", 494032768},
        {"qwen2.5-1.5b", 1543714304},
        {"qwen2.5-3b", 3085938688.0},
        {"qwen2.5-7b", 7615616512.0},
        {"qwen2.5-14b", 14770033664.0},
        {"qwen2.5-32b", 32763876352.0},
        {"qwen2.5-72b", 72706203648.0},
        {"qwen2-7b", 7615616512.0},
        {"qwen2-72b", 72706203648.0},
        {"qwq-32b", 32763876352.0},
        {"qwen3-0.6b", 596049920},
        {"qwen3-1.7b", 1720574976},
        {"qwen3-4b", 4022468096.0},
        {"qwen3-8b", 8190735360.0},
        {"qwen3-14b", 14768307200.0},
        {"qwen3-32b", 32762123264.0},
        {"qwen3-30b-a3b", 30532122624.0},
        {"qwen3-235b-a22b", 235093634560.0},
        {"deepseek-v3", 671026419200.0},
        {"deepseek-r1", 671026419200.0},
        {"deepseek-v2-lite", 15706484224.0},
        {"deepseek-v2", 235741434880.0},
        {"deepseek-r1-distill-qwen-1.5b", 1777088000},
        {"deepseek-r1-distill-qwen-7b", 7615616512.0},
        {"deepseek-r1-distill-qwen-14b", 14770033664.0},
        {"deepseek-r1-distill-qwen-32b", 32763876352.0},
        {"deepseek-r1-distill-llama-8b", 8030261248.0},
        {"deepseek-r1-distill-llama-70b", 70553706496.0},
        {"phi-2", 2779683840.0},
        {"phi-3-mini", 3821079552.0},
        {"phi-4", 14659507200.0},
        {"gemma-2b", 2506172416.0},
        {"gemma-7b", 8537680896.0},
        {"gemma-2-2b", 2614341888.0},
        {"gemma-2-9b", 9241705984.0},
        {"gemma-2-27b", 27227128320.0},
        {"gemma-3-1b", 999885952},
        {"bloom-560m", 559214592},
        {"bloom-7b1", 7069016064.0},
        {"bloom-176b", 176247271424.0},
        {"falcon-7b", 6921720704.0},
        {"falcon-40b", 41303293952.0},
        {"falcon-180b", 178557088768.0},
        {"pythia-6.9b", 6857302016.0},
        {"gpt-neox-20b", 20554567680.0},
        {"whisper-tiny", 37760640},
        {"whisper-base", 72593920},
        {"whisper-small", 241734912},
        {"whisper-medium", 763857920},
        {"whisper-large-v3-30s", 1543490560},
        {"whisper-large-v3-turbo", 808878080},
        {"whisper-distil-large-v3-30s", 756405760},
        {"whisper-base-20s-encoder-decoder", 72337920},
        {"t5-small", 60506624},
        {"t5-base", 222903552},
        {"t5-large", 737668096},
        {"t5-3b", 2851598336.0},
        {"t5-11b", 11307321344.0},
        {"flan-t5-base", 247577856},
        {"bert-base-128", 109482240},
        {"bert-base-256", 102267648},
        {"bert-large-128", 335141888},
        {"distilbert-base-128", 66362880},
        {"roberta-base-128", 124645632},
        {"roberta-large-128", 355359744},
        {"distilroberta-base-128", 82118400},
        {"albert-base-v2-128", 11683584},
        {"sentence-bert-base-384", 110617344},
        {"all-minilm-l6-v2-256", 22713216},
    };
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        roof_workload *workload = shipped(known[i].id);
        if (roof_workload_params(workload) != known[i].params)
            print_error("%s: %.0f\n", known[i].id, roof_workload_params(workload));
        assert_true(roof_workload_params(workload) == known[i].params);
        assert_string_equal(roof_workload_id(workload), known[i].id);
        roof_workload_free(workload);
    }
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
        cmocka_unit_test(layers_with_and_without_a_window_alternate),
        cmocka_unit_test(a_short_model_has_shorter_default_lengths),
        cmocka_unit_test(an_encoder_runs_in_prefill_and_is_met_in_decode),
        cmocka_unit_test(a_gated_t5_has_a_third_matrix_and_a_head_of_its_own),
        cmocka_unit_test(whisper_hears_thirty_seconds_before_the_first_token),
        cmocka_unit_test(shared_layers_store_and_read_their_weights_once),
        cmocka_unit_test(shipped_transformers_have_their_parameters_to_the_digit),
    };
    return RUN_TESTS(tests);
}
