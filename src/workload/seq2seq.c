/* One pass of an encoder-decoder. Prefill runs the encoder, makes keys and values of what comes out for every
 * layer of the decoder (kept in the cache until the end), and takes the decoder's prompt in. Decode adds a
 * token: it attends to the tokens before it and, by cross attention, to all that the encoder made. */
#include "workload/layer.h"
#include "workload/transformer.h"

static const double token_id_bytes = 4; /* int32 */

roof_tensor roof_transformer_source(const roof_transformer *t)
{
    const roof_encoder_config *s = &t->source;
    if (s->layers <= 0) return (roof_tensor){0};
    /* The second convolution has stride 2: two frames a token. */
    if (s->mels > 0) return (roof_tensor){"mel_frames", 2 * s->tokens * s->mels, 0};
    return (roof_tensor){"source_ids", s->tokens, token_id_bytes};
}

/* The encoder as a transformer of its own, for the parts. */
static roof_transformer encoder_of(const roof_transformer *t)
{
    roof_transformer encoder = *t;
    encoder.layers = encoder.full_layers = t->source.layers;
    encoder.heads = encoder.kv_heads = t->source.heads;
    encoder.intermediate = t->source.intermediate;
    if (t->source.mels > 0) encoder.head_dim = t->hidden / t->source.heads;
    return encoder;
}

/* Three frames by three; `out` wide. */
static void emit_convolution(roof_emitter *e, const char *name, double frames, double positions, double in,
                             double out)
{
    const double kernel = 3;
    roof_op op = {.kind = ROOF_OP_CONV2D, .name = name};
    op.macs = positions * kernel * in * out;
    op.weights_stored = op.weights_read = kernel * in * out + out;
    op.input_elements = frames * in;
    op.output_elements = positions * out;
    op.other_ops = op.output_elements * e->t->activation_ops;
    roof_emit(e, 1, op);
}

/* A table that all of a batch read as a whole: positions of the encoder, biases of attention. */
static void emit_whole_table(roof_emitter *e, const char *name, double rows, double width)
{
    roof_op op = {.kind = ROOF_OP_EMBEDDING, .name = name};
    op.weights_stored = op.weights_read = op.output_elements = rows * width;
    roof_emit(e, 1, op);
}

/* A spectrogram through two convolutions, to which a table of sines is added; or tokens, whose table is the
 * decoder's as well. */
static void emit_source(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    double n = t->source.tokens, wide = n * t->hidden;
    if (t->source.mels > 0) {
        emit_convolution(e, "conv1", 2 * n, 2 * n, t->source.mels, t->hidden);
        emit_convolution(e, "conv2", 2 * n, n, t->hidden, t->hidden);
        emit_whole_table(e, "embed_positions", n, t->hidden);
        roof_emit_elementwise(e, 1, "embed_add", 2 * wide, wide, 1);
    } else {
        roof_op op = {.kind = ROOF_OP_EMBEDDING, .name = "embed_tokens"};
        op.weights_gathered = op.output_elements = wide;
        op.input_elements = n;
        roof_emit(e, 1, op);
        emit_whole_table(e, "relative_attention_bias", t->source.position_buckets, t->heads);
    }
}

static void emit_projection(roof_emitter *e, const char *name, double rows, bool bias)
{
    const roof_transformer *t = e->t;
    roof_emit_linear(e, t->layers, name, rows, t->hidden, t->heads * t->head_dim, bias);
}

static void emit_output(roof_emitter *e, const char *name, double rows)
{
    const roof_transformer *t = e->t;
    roof_emit_linear(e, t->layers, name, rows, t->heads * t->head_dim, t->hidden, t->out_bias);
}

static void emit_residual(roof_emitter *e, const char *name, double rows)
{
    double wide = rows * e->t->hidden;
    roof_emit_elementwise(e, e->t->layers, name, 2 * wide, wide, 1);
}

static void emit_encoder(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    double n = t->source.tokens;
    emit_source(e);
    roof_emit_norm(e, t->layers, "layers.input_norm", n, t->hidden);
    emit_projection(e, "layers.self_attn.q_proj", n, t->qkv_bias);
    emit_projection(e, "layers.self_attn.k_proj", n, t->qkv_bias && !t->architecture->no_key_bias);
    emit_projection(e, "layers.self_attn.v_proj", n, t->qkv_bias);
    roof_emit_full_attention(e, "layers.self_attn", n, n);
    emit_output(e, "layers.self_attn.o_proj", n);
    emit_residual(e, "layers.attn_residual", n);
    roof_emit_norm(e, t->layers, "layers.post_attention_norm", n, t->hidden);
    roof_emit_mlp(e, t->layers, "layers.mlp", n, t->intermediate);
    emit_residual(e, "layers.mlp_residual", n);
    roof_emit_norm(e, 1, "norm", n, t->hidden);
}

/* Keys and values of the encoder's output: once for each inference. */
static void emit_cross_keys(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    emit_projection(e, "layers.cross_attn.k_proj", t->source.tokens,
                    t->qkv_bias && !t->architecture->no_key_bias);
    emit_projection(e, "layers.cross_attn.v_proj", t->source.tokens, t->qkv_bias);
}

static void emit_cross_attention(roof_emitter *e, double tokens, bool prefill)
{
    const roof_transformer *t = e->t;
    double width = t->heads * t->head_dim, cached = 2 * t->source.tokens * width;
    double pairs = tokens * t->source.tokens;
    roof_emit_norm(e, t->layers, "layers.cross_attn_norm", tokens, t->hidden);
    emit_projection(e, "layers.cross_attn.q_proj", tokens, t->qkv_bias);
    roof_op op = {.kind = ROOF_OP_ATTENTION, .name = "layers.cross_attn"};
    op.macs = pairs * width * 2;
    op.other_ops = pairs * t->heads * ROOF_ATTENTION_SCORE_OPS;
    op.input_elements = tokens * width + (prefill ? cached : 0);
    op.output_elements = tokens * width;
    op.cache_read = prefill ? 0 : cached;
    op.cache_written = prefill ? cached : 0;
    roof_emit(e, t->layers, op);
    emit_output(e, "layers.cross_attn.o_proj", tokens);
    emit_residual(e, "layers.cross_residual", tokens);
}

static void emit_target(roof_emitter *e, double tokens)
{
    const roof_transformer *t = e->t;
    double wide = tokens * t->hidden;
    roof_emit_table(e, "embed_tokens", t->vocabulary, t->hidden, tokens);
    if (t->architecture->positions == ROOF_POSITIONS_TABLE) {
        roof_emit_table(e, "embed_positions", t->positions, t->hidden, tokens);
        roof_emit_elementwise(e, 1, "embed_add", 2 * wide, wide, 1);
    } else {
        emit_whole_table(e, "relative_attention_bias", t->source.position_buckets, t->heads);
    }
}

static void emit_decoder(roof_emitter *e, double tokens, double past)
{
    const roof_transformer *t = e->t;
    emit_target(e, tokens);
    roof_emit_norm(e, t->layers, "layers.input_norm", tokens, t->hidden);
    roof_emit_self_attention(e, tokens, past);
    emit_residual(e, "layers.attn_residual", tokens);
    emit_cross_attention(e, tokens, past <= 0);
    roof_emit_norm(e, t->layers, "layers.post_attention_norm", tokens, t->hidden);
    roof_emit_mlp(e, t->layers, "layers.mlp", tokens, t->intermediate);
    emit_residual(e, "layers.mlp_residual", tokens);
    roof_emit_norm(e, 1, "norm", 1, t->hidden);
    roof_emit_head(e);
}

void roof_emit_seq2seq(roof_emitter *e, double tokens, double past)
{
    const roof_transformer *whole = e->t, encoder = encoder_of(whole);
    e->idle = past > 0;
    e->t = &encoder;
    e->prefix = "encoder.";
    emit_encoder(e);
    e->t = whole;
    e->prefix = "decoder.";
    emit_cross_keys(e);
    e->prefix = NULL;
    if (e->idle) {
        e->idle = false;
        roof_emit_stored(e, "encoder (not run)", e->idle_weights);
    }
    e->prefix = "decoder.";
    emit_decoder(e, tokens, past);
}
