/* Causal attention with a cache of keys and values, and the sliding window that bounds it. */
#include "workload/layer.h"
#include "workload/transformer.h"

/* How many of `tokens` a window keeps. */
static double kept(double window, double tokens)
{
    return window > 0 && tokens > window ? window : tokens;
}

/* What a token leaves in the cache of one layer. */
static double cached_width(const roof_transformer *t)
{
    if (t->latent.kv_rank > 0) return t->latent.kv_rank + t->latent.rope_dim;
    return 2 * t->kv_heads * t->head_dim;
}

double roof_transformer_cache_elements(const roof_transformer *t, double tokens)
{
    double width = cached_width(t), windowed = t->layers - t->full_layers;
    double crossed = t->source.layers > 0 ? t->layers * width * t->source.tokens : 0;
    return width * (t->full_layers * tokens + windowed * kept(t->window, tokens)) + crossed;
}

double roof_attended_pairs(double window, double tokens, double past)
{
    if (window <= 0) return tokens * past + tokens * (tokens + 1) / 2;
    double growing = window - past; /* tokens that do not fill the window yet */
    growing = growing < 0 ? 0 : growing > tokens ? tokens : growing;
    return growing * past + growing * (growing + 1) / 2 + (tokens - growing) * window;
}

/* macs = pairs x heads x head_dim x 2 (scores, then the weighted sum). The cache is read where a token looks
 * back past this pass: keys and values of its own tokens come in as activations. */
static void emit_attention(roof_emitter *e, double repeat, const char *name, double window, double tokens,
                           double past)
{
    const roof_transformer *t = e->t;
    double pairs = roof_attended_pairs(window, tokens, past), kv = cached_width(t);
    double seen = kept(window, past + 1) - 1; /* earlier tokens that the first one looks at */
    roof_op op = {.kind = ROOF_OP_ATTENTION, .name = name};
    op.macs = pairs * t->heads * t->head_dim * 2;
    op.other_ops = pairs * t->heads * ROOF_ATTENTION_SCORE_OPS;
    op.input_elements = tokens * (t->heads * t->head_dim + kv);
    op.output_elements = tokens * t->heads * t->head_dim;
    op.cache_read = seen * kv;
    op.cache_written = kept(window, tokens) * kv;
    roof_emit(e, repeat, op);
}

void roof_emit_self_attention(roof_emitter *e, double tokens, double past)
{
    const roof_transformer *t = e->t;
    const roof_architecture *a = t->architecture;
    double q = t->heads * t->head_dim, kv = t->kv_heads * t->head_dim;
    roof_emit_linear(e, t->layers, "layers.self_attn.q_proj", tokens, t->hidden, q, t->qkv_bias);
    roof_emit_linear(e, t->layers, "layers.self_attn.k_proj", tokens, t->hidden, kv,
                     t->qkv_bias && !a->no_key_bias);
    roof_emit_linear(e, t->layers, "layers.self_attn.v_proj", tokens, t->hidden, kv, t->qkv_bias);
    if (a->qk_norm) {
        roof_emit_norm(e, t->layers, "layers.self_attn.q_norm", tokens * t->heads, t->head_dim);
        roof_emit_norm(e, t->layers, "layers.self_attn.k_norm", tokens * t->kv_heads, t->head_dim);
    }
    /* x cos + rotated(x) sin: two products and a sum. */
    if (a->positions == ROOF_POSITIONS_ROTARY)
        roof_emit_elementwise(e, t->layers, "layers.self_attn.rotary", tokens * (q + kv), tokens * (q + kv),
                              3);
    double windowed = t->layers - t->full_layers;
    emit_attention(e, t->full_layers, "layers.self_attn", 0, tokens, past);
    emit_attention(e, windowed, t->full_layers > 0 ? "layers.self_attn.windowed" : "layers.self_attn",
                   t->window, tokens, past);
    roof_emit_linear(e, t->layers, "layers.self_attn.o_proj", tokens, q, t->hidden, t->out_bias);
}
