/* The configuration of a transformer. */
#include "workload/transformer.h"

#include <math.h>
#include <string.h>

#include "workload/layer.h"
#include "workload/shape.h"

/* The keys, each group of one kind of network. */
#define COMMON_KEYS \
    "model_type", "hidden_size", "num_hidden_layers", "num_attention_heads", "num_key_value_heads", \
        "head_dim", "vocab_size", "intermediate_size", "max_position_embeddings", "tie_word_embeddings", \
        "hidden_act", "type_vocab_size", "attention_bias", "mlp_bias", "sliding_window", \
        "use_sliding_window", "sliding_window_pattern", "new_decoder_architecture", "sequence_length", \
        "pooler", "embedding_size", "source"
#define EXPERT_KEYS \
    "num_local_experts", "num_experts", "n_routed_experts", "num_experts_per_tok", "moe_intermediate_size", \
        "n_shared_experts", "shared_expert_intermediate_size", "first_k_dense_replace", "n_group", \
        "topk_group"
#define LATENT_KEYS "q_lora_rank", "kv_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim", "v_head_dim"
#define SEQ2SEQ_KEYS \
    "d_model", "d_kv", "d_ff", "num_layers", "num_decoder_layers", "num_heads", "n_positions", \
        "relative_attention_num_buckets", "feed_forward_proj", "num_mel_bins", "max_source_positions", \
        "max_target_positions", "encoder_layers", "encoder_attention_heads", "encoder_ffn_dim", \
        "decoder_layers", "decoder_attention_heads", "decoder_ffn_dim", "activation_function"

static const char *const keys[] = {COMMON_KEYS, EXPERT_KEYS, LATENT_KEYS, SEQ2SEQ_KEYS};
static const char *const expert_keys[] = {EXPERT_KEYS, NULL}, *const latent_keys[] = {LATENT_KEYS, NULL},
                         *const seq2seq_keys[] = {SEQ2SEQ_KEYS, NULL};

const char *const *roof_transformer_keys(size_t *count)
{
    *count = sizeof keys / sizeof keys[0];
    return keys;
}

/* A key that would be ignored is a mistake: the configuration is of another model_type. */
static bool refuse_keys(const roof_json_value *json, const char *const *refused, const char *model_type)
{
    bool good = true;
    for (; *refused; refused++) {
        const roof_json_value *value = roof_json_get(json, *refused);
        if (!value || roof_json_type_of(value) == ROOF_JSON_NULL) continue;
        roof_json_fault_at_key(value, ROOF_GRADE_ERROR, "\"%s\" is no key of model_type \"%s\"", *refused,
                               model_type);
        good = false;
    }
    return good;
}

static bool check_keys(const roof_json_value *json, const roof_architecture *a)
{
    bool good = a->experts || refuse_keys(json, expert_keys, a->model_type);
    good = (a->latent || refuse_keys(json, latent_keys, a->model_type)) && good;
    return (a->seq2seq || refuse_keys(json, seq2seq_keys, a->model_type)) && good;
}

bool roof_config_size(const roof_json_value *json, const char *key, double *out)
{
    return roof_json_integer(roof_json_require(json, key), 1, ROOF_DIMENSION_LIMIT, out);
}

bool roof_config_optional(const roof_json_value *json, const char *key, double fallback, double *out)
{
    const roof_json_value *value = roof_json_get(json, key);
    *out = fallback;
    return !value || roof_json_type_of(value) == ROOF_JSON_NULL ||
           roof_json_integer(value, 1, ROOF_DIMENSION_LIMIT, out);
}

bool roof_config_flag(const roof_json_value *json, const char *key, bool fallback, bool *out)
{
    const roof_json_value *value = roof_json_get(json, key);
    *out = fallback;
    return !value || roof_json_bool(value, out);
}

bool roof_config_activation(const roof_json_value *json, const char *key, roof_transformer *t)
{
    /* Hugging Face's names of functions that have another one here. */
    static const struct {
        const char *name, *same;
    } synonyms[] = {{"gelu_pytorch_tanh", "gelu_new"}, {"gelu_fast", "gelu_new"}, {"swish", "silu"}};
    const roof_json_value *value = roof_json_get(json, key);
    const char *given = t->architecture->activation, *name = NULL;
    if (value && !roof_json_string(value, &given)) return false;
    name = given;
    for (size_t i = 0; i < sizeof synonyms / sizeof synonyms[0]; i++)
        if (strcmp(given, synonyms[i].name) == 0) name = synonyms[i].same;
    t->activation_ops = roof_activation_ops(name);
    if (t->activation_ops >= 0) return true;
    roof_json_fault(value, ROOF_GRADE_ERROR, "unknown function \"%.60s\"", given);
    return false;
}

static bool read_heads(const roof_json_value *json, roof_transformer *t)
{
    const roof_json_value *heads = roof_json_get(json, "num_attention_heads");
    if (!roof_config_size(json, "num_attention_heads", &t->heads) ||
        !roof_config_optional(json, "num_key_value_heads", t->heads, &t->kv_heads) ||
        !roof_config_optional(json, "head_dim", 0, &t->head_dim))
        return false;
    if (floor(t->heads / t->kv_heads) != t->heads / t->kv_heads) {
        roof_json_fault(heads, ROOF_GRADE_ERROR, "%.0f key-value heads do not divide %.0f heads", t->kv_heads,
                        t->heads);
        return false;
    }
    if (t->head_dim > 0 || t->architecture->latent) return true;
    t->head_dim = t->hidden / t->heads;
    if (floor(t->head_dim) == t->head_dim) return true;
    roof_json_fault(heads, ROOF_GRADE_ERROR, "%.0f heads do not divide a hidden size of %.0f", t->heads,
                    t->hidden);
    return false;
}

/* "stored": the weights count but the pooler does not run, as in question answering; "run"; "none". */
static bool read_pooler(const roof_json_value *json, roof_transformer *t)
{
    const roof_json_value *value = roof_json_get(json, "pooler");
    const char *word = "stored";
    if (value && !roof_json_string(value, &word)) return false;
    t->pooler_run = strcmp(word, "run") == 0;
    t->pooler_stored = t->pooler_run || strcmp(word, "stored") == 0;
    if (t->pooler_stored || strcmp(word, "none") == 0) return true;
    roof_json_fault(value, ROOF_GRADE_ERROR, "unknown pooler \"%.60s\"; stored, run or none is expected",
                    word);
    return false;
}

/* Of every `sliding_window_pattern` layers the last attends to everything, the others within the window. */
static bool read_window(const roof_json_value *json, roof_transformer *t)
{
    const roof_architecture *a = t->architecture;
    bool used = !a->window_off;
    double pattern = 1;
    if (!roof_config_optional(json, "sliding_window", 0, &t->window) ||
        !roof_config_flag(json, "use_sliding_window", used, &used) ||
        !roof_config_optional(json, "sliding_window_pattern", a->window_pattern, &pattern))
        return false;
    if (!used) t->window = 0;
    t->full_layers = t->window <= 0 ? t->layers : pattern > 1 ? floor(t->layers / pattern) : 0;
    return true;
}

static bool read_biases(const roof_json_value *json, roof_transformer *t)
{
    const roof_architecture *a = t->architecture;
    bool given = roof_json_get(json, "attention_bias") != NULL, attention_bias = false;
    if (!roof_config_flag(json, "attention_bias", false, &attention_bias) ||
        !roof_config_flag(json, "mlp_bias", a->mlp_bias, &t->mlp_bias))
        return false;
    t->qkv_bias = given ? attention_bias : a->qkv_bias;
    t->out_bias = given ? attention_bias : a->out_bias;
    return true;
}

/* What only encoders have. */
static bool read_encoder(const roof_json_value *json, roof_transformer *t)
{
    if (!roof_config_size(json, "sequence_length", &t->sequence) || !read_pooler(json, t) ||
        !roof_config_optional(json, "embedding_size", t->hidden, &t->embedding))
        return false;
    if (t->sequence <= t->positions) return true;
    roof_json_fault(roof_json_get(json, "sequence_length"), ROOF_GRADE_ERROR,
                    "%.0f tokens are more than the %.0f positions", t->sequence, t->positions);
    return false;
}

/* Falcon's second generation has a norm each for attention and MLP. */
static bool read_norms(const roof_json_value *json, roof_transformer *t)
{
    bool second = false;
    if (!roof_config_flag(json, "new_decoder_architecture", false, &second)) return false;
    if (second) t->norms = ROOF_NORMS_TWO;
    return true;
}

static bool read_single(const roof_json_value *json, roof_transformer *t)
{
    const roof_architecture *a = t->architecture;
    bool good = roof_config_size(json, "hidden_size", &t->hidden) &&
                roof_config_size(json, "num_hidden_layers", &t->layers) && read_heads(json, t) &&
                roof_config_size(json, "intermediate_size", &t->intermediate) &&
                roof_config_size(json, "vocab_size", &t->vocabulary) &&
                roof_config_size(json, "max_position_embeddings", &t->positions) &&
                roof_config_optional(json, "type_vocab_size", 0, &t->token_types) &&
                roof_config_flag(json, "tie_word_embeddings", a->tied, &t->tied) && read_window(json, t) &&
                read_biases(json, t) && read_norms(json, t) && roof_config_activation(json, "hidden_act", t);
    t->embedding = t->hidden;
    if (good && !a->decoder) good = read_encoder(json, t);
    if (good && a->experts) good = roof_experts_read(json, t);
    if (good && a->latent) good = roof_latent_read(json, t);
    return good;
}

bool roof_transformer_read(const roof_json_value *json, roof_transformer *out)
{
    roof_transformer t = {0};
    t.architecture = roof_architecture_read(json);
    if (!t.architecture || !check_keys(json, t.architecture)) return false;
    t.gated = t.architecture->gated;
    t.norms = t.architecture->norms;
    if (!(t.architecture->seq2seq ? roof_seq2seq_read(json, &t) : read_single(json, &t))) return false;
    *out = t;
    return true;
}
