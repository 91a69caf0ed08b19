/* The configuration of an encoder-decoder: Whisper (arXiv:2212.04356) and T5 (arXiv:1910.10683). */
#include <math.h>
#include <string.h>

#include "workload/transformer.h"

static bool divide_heads(const roof_json_value *json, const char *key, double hidden, double heads,
                         double *head_dim)
{
    *head_dim = hidden / heads;
    if (floor(*head_dim) == *head_dim) return true;
    roof_json_fault(roof_json_get(json, key), ROOF_GRADE_ERROR,
                    "%.0f heads do not divide a hidden size of %.0f", heads, hidden);
    return false;
}

static bool read_whisper(const roof_json_value *json, roof_transformer *t)
{
    roof_encoder_config *s = &t->source;
    double unused = 0;
    return roof_config_size(json, "d_model", &t->hidden) &&
           roof_config_size(json, "decoder_layers", &t->layers) &&
           roof_config_size(json, "decoder_attention_heads", &t->heads) &&
           divide_heads(json, "decoder_attention_heads", t->hidden, t->heads, &t->head_dim) &&
           roof_config_size(json, "decoder_ffn_dim", &t->intermediate) &&
           roof_config_size(json, "max_target_positions", &t->positions) &&
           roof_config_size(json, "encoder_layers", &s->layers) &&
           roof_config_size(json, "encoder_attention_heads", &s->heads) &&
           divide_heads(json, "encoder_attention_heads", t->hidden, s->heads, &unused) &&
           roof_config_size(json, "encoder_ffn_dim", &s->intermediate) &&
           roof_config_size(json, "max_source_positions", &s->tokens) &&
           roof_config_size(json, "num_mel_bins", &s->mels) &&
           roof_config_activation(json, "activation_function", t);
}

/* "relu" is version 1.0, "gated-gelu" and "gated-silu" have a third matrix. */
static bool read_feed_forward(const roof_json_value *json, roof_transformer *t)
{
    static const struct {
        const char *name;
        bool gated;
        double ops;
    } kinds[] = {{"relu", false, 1}, {"gated-gelu", true, 8}, {"gated-silu", true, 4}};
    const roof_json_value *value = roof_json_get(json, "feed_forward_proj");
    const char *name = "relu";
    if (value && !roof_json_string(value, &name)) return false;
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        if (strcmp(kinds[i].name, name) != 0) continue;
        t->gated = kinds[i].gated;
        t->activation_ops = kinds[i].ops;
        return true;
    }
    roof_json_fault(value, ROOF_GRADE_ERROR,
                    "unknown feed_forward_proj \"%.60s\"; relu, gated-gelu or gated-silu is expected", name);
    return false;
}

static bool read_t5(const roof_json_value *json, roof_transformer *t)
{
    roof_encoder_config *s = &t->source;
    bool good =
        roof_config_size(json, "d_model", &t->hidden) && roof_config_size(json, "num_layers", &s->layers) &&
        roof_config_optional(json, "num_decoder_layers", s->layers, &t->layers) &&
        roof_config_size(json, "num_heads", &t->heads) && roof_config_size(json, "d_kv", &t->head_dim) &&
        roof_config_size(json, "d_ff", &t->intermediate) &&
        roof_config_size(json, "n_positions", &t->positions) &&
        roof_config_size(json, "sequence_length", &s->tokens) &&
        roof_config_optional(json, "relative_attention_num_buckets", 32, &s->position_buckets) &&
        read_feed_forward(json, t);
    s->heads = t->heads;
    s->intermediate = t->intermediate;
    return good;
}

bool roof_seq2seq_read(const roof_json_value *json, roof_transformer *t)
{
    const roof_architecture *a = t->architecture;
    bool relative = a->positions == ROOF_POSITIONS_RELATIVE;
    if (!roof_config_size(json, "vocab_size", &t->vocabulary) ||
        !roof_config_flag(json, "tie_word_embeddings", a->tied, &t->tied) ||
        !(relative ? read_t5(json, t) : read_whisper(json, t)))
        return false;
    t->kv_heads = t->heads;
    t->full_layers = t->layers;
    t->embedding = t->hidden;
    t->qkv_bias = a->qkv_bias;
    t->out_bias = a->out_bias;
    t->mlp_bias = a->mlp_bias;
    return true;
}
