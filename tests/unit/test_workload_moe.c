#include "test_workload.h"

#include "chiproof/model/traffic.h"

#define TRANSFORMER(keys) HEADER "\"transformer\": {" keys "}}"
#define SMALL_MIXTRAL \
    "\"model_type\": \"mixtral\", \"hidden_size\": 4, \"num_hidden_layers\": 2, \"num_attention_heads\": " \
    "2, " \
    "\"intermediate_size\": 8, \"vocab_size\": 10, \"max_position_embeddings\": 99, \"num_local_experts\": " \
    "4, " \
    "\"num_experts_per_tok\": 2"
/* The first of two layers is dense. */
#define SMALL_DEEPSEEK \
    "\"model_type\": \"deepseek_v3\", \"hidden_size\": 8, \"num_hidden_layers\": 2, " \
    "\"num_attention_heads\": 2, \"intermediate_size\": 6, \"vocab_size\": 5, " \
    "\"max_position_embeddings\": 99, \"n_routed_experts\": 2, \"num_experts_per_tok\": 1, " \
    "\"moe_intermediate_size\": 2, \"n_shared_experts\": 1, \"first_k_dense_replace\": 1, " \
    "\"q_lora_rank\": 3, \"kv_lora_rank\": 4, \"qk_nope_head_dim\": 2, \"qk_rope_head_dim\": 1, " \
    "\"v_head_dim\": 2"

static void one_token_touches_its_own_experts_and_many_touch_all(void **state)
{
    (void)state;
    assert_close(roof_experts_touched(8, 2, 1), 2, 1e-14);
    assert_close(roof_experts_touched(256, 8, 1), 8, 1e-13);
    assert_close(roof_experts_touched(8, 2, 2), 8 * (1 - 0.75 * 0.75), 1e-14); /* 3.5 of 8 */
    assert_close(roof_experts_touched(128, 8, 16), 128 * (1 - pow(0.9375, 16)), 1e-14);
    assert_close(roof_experts_touched(256, 8, 100000), 256, 1e-14);
    assert_close(roof_experts_touched(4, 4, 1), 4, 1e-14);
    assert_true(roof_experts_touched(8, 2, 0) == 0 && roof_experts_touched(0, 0, 5) == 0);
    double before = 0;
    for (double tokens = 1; tokens <= 64; tokens++) {
        double touched = roof_experts_touched(64, 6, tokens);
        assert_true(touched > before && touched <= 64 && touched <= 6 * tokens + 1e-9);
        before = touched;
    }
}

/* A layer: 64 attention, 16 router, 4 experts of 96, 8 norms; the table and the head 40 each, the norm 4. */
static void a_mixture_stores_all_experts_and_runs_a_few(void **state)
{
    (void)state;
    roof_workload *w = workload_of(TRANSFORMER(SMALL_MIXTRAL));
    assert_true(roof_workload_params(w) == 2 * (64 + 16 + 4 * 96 + 8) + 40 + 40 + 4);
    assert_true(roof_workload_macs(w) == 2 * (64 + 16 + 2 * 96) + 40);
    roof_network *n = pass_of(w, ROOF_PHASE_DECODE, 0, 5);
    assert_true(n->weights_stored == 1028);
    assert_true(n->weights_read == 1028 - 40 - 2 * 2 * 96);
    const roof_op *up = op_named(n, "layers.mlp.experts.up_proj");
    assert_true(up->experts == 4 && up->experts_per_token == 2 && up->routed_tokens == 1 && up->repeat == 2);
    assert_true(up->weights_stored == 128 && up->weights_read == 64 && up->macs == 64);
    assert_true(up->input_elements == 4 && up->output_elements == 16);
    assert_true(op_named(n, "layers.mlp.experts.down_proj")->input_elements == 16);
    assert_true(op_named(n, "layers.mlp.router")->macs == 16);
    roof_network_free(n);
    roof_workload_free(w);
}

static void a_batch_reads_the_experts_that_its_tokens_take(void **state)
{
    (void)state;
    roof_workload *w = workload_of(TRANSFORMER(SMALL_MIXTRAL));
    roof_network *decode = pass_of(w, ROOF_PHASE_DECODE, 0, 5),
                 *prefill = pass_of(w, ROOF_PHASE_PREFILL, 3, 0);
    const roof_op *op = op_named(decode, "layers.mlp.experts.gate_proj");
    assert_close(roof_op_weights_read(op, 1), 64, 1e-14);
    assert_close(roof_op_weights_read(op, 2), 96, 1e-14);
    assert_close(roof_op_weights_read(op, 3), 112, 1e-14);
    assert_close(roof_op_weights_read(op, 1000), 128, 1e-14);
    assert_close(roof_op_weights_read(op_named(prefill, "layers.mlp.experts.gate_proj"), 1), 112, 1e-14);
    assert_close(roof_op_weights_read(op_named(prefill, "layers.mlp.experts.gate_proj"), 2), 126, 1e-14);
    /* Other weights do not ask for the batch. */
    assert_true(roof_op_weights_read(op_named(decode, "layers.self_attn.q_proj"), 7) == 16);
    roof_network_free(decode);
    roof_network_free(prefill);
    roof_workload_free(w);
}

static void traffic_keeps_experts_apart_from_what_every_pass_reads(void **state)
{
    (void)state;
    roof_traffic traffic;
    roof_workload *w = workload_of(TRANSFORMER(SMALL_MIXTRAL));
    roof_network *n = pass_of(w, ROOF_PHASE_DECODE, 0, 5);
    roof_traffic_count(n, roof_formats_of(ROOF_PRECISION_FP16), &traffic);
    assert_true(traffic.weight_bytes_stored == 2 * 1028);
    assert_true(traffic.weight_bytes_read == 2 * (1028 - 40 - 2 * 4 * 96));
    assert_close(roof_traffic_expert_bytes(&traffic, 1), 2 * 2 * 2 * 96, 1e-14);
    assert_close(roof_traffic_expert_bytes(&traffic, 2), 2 * 2 * 3 * 96, 1e-14);
    assert_close(roof_traffic_expert_bytes(&traffic, 1e6), 2 * 2 * 4 * 96, 1e-14);
    roof_network_free(n);
    roof_workload_free(w);
    w = shipped("llama-3.1-8b");
    n = pass_of(w, ROOF_PHASE_DECODE, 0, 5);
    roof_traffic_count(n, roof_formats_of(ROOF_PRECISION_FP16), &traffic);
    assert_true(traffic.weight_bytes_read == 2 * n->weights_read);
    assert_true(roof_traffic_expert_bytes(&traffic, 8) == 0);
    roof_network_free(n);
    roof_workload_free(w);
}

/* A layer's attention: q 8 x 3 and 3 x 2 x 3, latent 8 x 5, keys and values 4 x 2 x 4, output 2 x 2 x 8. */
static void latent_attention_caches_one_vector_for_all_heads(void **state)
{
    (void)state;
    roof_workload *w = workload_of(TRANSFORMER(SMALL_DEEPSEEK));
    double matrices = 24 + 18 + 40 + 32 + 32, dense = 3 * 8 * 6, expert = 3 * 8 * 2;
    assert_true(roof_workload_params(w) ==
                80 + 8 + 2 * (matrices + 3 + 4 + 16) + dense + 16 + 2 + 2 * expert + expert);
    assert_true(roof_workload_macs(w) == 2 * matrices + dense + 16 + expert + expert + 40);
    roof_network *n = pass_of(w, ROOF_PHASE_DECODE, 0, 3);
    const roof_op *op = op_named(n, "layers.self_attn");
    assert_true(op->macs == 4 * 2 * (4 + 1 + 4)); /* on the latent vectors */
    assert_true(op->cache_read == 15 && op->cache_written == 5 && op->repeat == 2);
    assert_true(n->cache_elements == 2 * 5 * 4);
    assert_true(op_named(n, "layers.mlp.up_proj")->repeat == 1);
    assert_true(op_named(n, "layers.mlp.experts.up_proj")->repeat == 1);
    assert_true(op_named(n, "layers.mlp.shared_expert.up_proj")->macs == 16);
    roof_network_free(n);
    n = pass_of(w, ROOF_PHASE_PREFILL, 4, 0);
    assert_true(op_named(n, "layers.self_attn")->macs == 10 * 2 * (2 + 1 + 2)); /* on keys and values */
    assert_true(op_named(n, "layers.self_attn.kv_b_proj")->macs == 4 * 32);
    assert_true(n->cache_elements == 40);
    roof_network_free(n);
    roof_workload_free(w);
}

static void without_a_rank_the_query_is_one_matrix(void **state)
{
    (void)state;
    roof_workload *w = workload_of(
        TRANSFORMER("\"model_type\": \"deepseek_v2\", \"hidden_size\": 8, \"num_hidden_layers\": 1, "
                    "\"num_attention_heads\": 2, \"intermediate_size\": 6, \"vocab_size\": 5, "
                    "\"max_position_embeddings\": 99, \"n_routed_experts\": 2, \"num_experts_per_tok\": 1, "
                    "\"moe_intermediate_size\": 2, \"q_lora_rank\": null, \"kv_lora_rank\": 4, "
                    "\"qk_nope_head_dim\": 2, \"qk_rope_head_dim\": 1, \"v_head_dim\": 2"));
    assert_true(roof_workload_params(w) == 80 + 8 + (8 * 6 + 40 + 32 + 32) + 4 + 16 + 16 + 2 * 48);
    roof_workload_free(w);
}

static void a_gated_shared_expert_runs_for_every_token(void **state)
{
    (void)state;
    roof_workload *w = workload_of(
        TRANSFORMER("\"model_type\": \"qwen2_moe\", \"hidden_size\": 4, \"num_hidden_layers\": 1, "
                    "\"num_attention_heads\": 2, \"intermediate_size\": 8, \"vocab_size\": 10, "
                    "\"max_position_embeddings\": 99, \"num_experts\": 4, \"num_experts_per_tok\": 1, "
                    "\"moe_intermediate_size\": 2, \"shared_expert_intermediate_size\": 6"));
    assert_true(roof_workload_macs(w) == 64 + 16 + 24 + 4 + 72 + 40);
    assert_true(roof_workload_params(w) == 64 + 12 + 16 + 4 * 24 + 4 + 72 + 8 + 80 + 4);
    roof_workload_free(w);
}

static void assert_published(const char *id, double params, double macs, double cache_bytes)
{
    roof_workload *w = shipped(id);
    if (roof_workload_params(w) != params) print_error("%s: %.0f\n", id, roof_workload_params(w));
    assert_true(roof_workload_params(w) == params);
    assert_true(roof_workload_macs(w) == macs);
    roof_network *n = pass_of(w, ROOF_PHASE_DECODE, 0, 999);
    assert_true(n->cache_elements * 2 == cache_bytes * 1000);
    assert_true(n->weights_stored == params);
    roof_network_free(n);
    roof_workload_free(w);
}

static void shipped_mixtures_have_the_published_parameters_and_caches(void **state)
{
    (void)state;
    assert_published("mixtral-8x7b", 46702792704.0, 12748587008.0, 131072);
    assert_published("qwen3-30b-a3b", 30532122624.0, 3041656832.0, 98304);
    assert_published("qwen3-235b-a22b", 235093634560.0, 21567635456.0, 192512);
    assert_published("deepseek-v3", 671026419200.0, 36624596992.0, 70272);
    assert_published("deepseek-r1", 671026419200.0, 36624596992.0, 70272);
    assert_published("llama-3.1-8b", 8030261248.0, 7504658432.0, 131072);
    assert_published("llama-3-70b", 70553706496.0, 69501714432.0, 327680);
    assert_published("llama-2-7b", 6738415616.0, 6607077376.0, 524288);
    assert_published("llama-3.1-405b", 405853388800.0, 403747897344.0, 516096);
}

static void impossible_mixtures_are_refused(void **state)
{
    (void)state;
#define LLAMA_WITH(rest) \
    TRANSFORMER("\"model_type\": \"llama\", \"hidden_size\": 4, \"num_hidden_layers\": 2, " \
                "\"num_attention_heads\": 2, \"intermediate_size\": 8, \"vocab_size\": 10, " \
                "\"max_position_embeddings\": 99,\n" rest)
#define MIXTRAL_WITH(rest) \
    TRANSFORMER("\"model_type\": \"mixtral\", \"hidden_size\": 4, \"num_hidden_layers\": 2, " \
                "\"num_attention_heads\": 2, \"intermediate_size\": 8, \"vocab_size\": 10, " \
                "\"max_position_embeddings\": 99,\n" rest)
    assert_fault(LLAMA_WITH("\"num_local_experts\": 8"), 3, "/transformer/num_local_experts", "no key of");
    assert_fault(LLAMA_WITH("\"kv_lora_rank\": 8"), 3, "/transformer/kv_lora_rank", "no key of");
    assert_fault(LLAMA_WITH("\"d_model\": 8"), 3, "/transformer/d_model", "no key of");
    assert_fault(MIXTRAL_WITH("\"num_experts_per_tok\": 2"), 2, "/transformer", "num_local_experts");
    assert_fault(MIXTRAL_WITH("\"num_local_experts\": 8"), 2, "/transformer", "num_experts_per_tok");
    assert_fault(MIXTRAL_WITH("\"num_local_experts\": 2, \"num_experts_per_tok\": 3"), 3,
                 "/transformer/num_experts_per_tok", "3 experts a token are more than the 2");
    assert_fault(MIXTRAL_WITH("\"num_local_experts\": 2, \"num_experts_per_tok\": 1, "
                              "\"first_k_dense_replace\": 3"),
                 3, "/transformer/first_k_dense_replace", "3 dense layers");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_token_touches_its_own_experts_and_many_touch_all),
        cmocka_unit_test(a_mixture_stores_all_experts_and_runs_a_few),
        cmocka_unit_test(a_batch_reads_the_experts_that_its_tokens_take),
        cmocka_unit_test(traffic_keeps_experts_apart_from_what_every_pass_reads),
        cmocka_unit_test(latent_attention_caches_one_vector_for_all_heads),
        cmocka_unit_test(without_a_rank_the_query_is_one_matrix),
        cmocka_unit_test(a_gated_shared_expert_runs_for_every_token),
        cmocka_unit_test(shipped_mixtures_have_the_published_parameters_and_caches),
        cmocka_unit_test(impossible_mixtures_are_refused),
    };
    return RUN_TESTS(tests);
}
