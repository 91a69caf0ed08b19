/* One pass of an autoregressive decoder. */
#include "workload/transformer.h"

static void emit_embeddings(roof_emitter *e, double tokens)
{
    const roof_transformer *t = e->t;
    double wide = tokens * t->hidden;
    roof_emit_table(e, "embed_tokens", t->vocabulary, t->hidden, tokens);
    if (t->architecture->positions == ROOF_POSITIONS_TABLE) {
        roof_emit_table(e, "embed_positions", t->positions + t->architecture->extra_positions, t->hidden,
                        tokens);
        roof_emit_elementwise(e, 1, "embed_add", 2 * wide, wide, 1);
    }
    if (t->architecture->embedding_norm) roof_emit_norm(e, 1, "embed_norm", tokens, t->hidden);
}

static void emit_layers(roof_emitter *e, double tokens, double past)
{
    const roof_transformer *t = e->t;
    double wide = tokens * t->hidden, dense = t->experts.count > 0 ? t->experts.dense_layers : t->layers;
    roof_emit_norm(e, t->layers, "layers.input_norm", tokens, t->hidden);
    if (t->latent.kv_rank > 0) roof_emit_latent_attention(e, tokens, past);
    else roof_emit_self_attention(e, tokens, past);
    if (t->norms == ROOF_NORMS_FOUR)
        roof_emit_norm(e, t->layers, "layers.attention_out_norm", tokens, t->hidden);
    roof_emit_elementwise(e, t->layers, "layers.attn_residual", 2 * wide, wide, 1);
    if (t->norms != ROOF_NORMS_ONE)
        roof_emit_norm(e, t->layers, "layers.post_attention_norm", tokens, t->hidden);
    roof_emit_mlp(e, dense, "layers.mlp", tokens, t->intermediate);
    roof_emit_experts(e, t->layers - dense, tokens);
    if (t->norms == ROOF_NORMS_FOUR) roof_emit_norm(e, t->layers, "layers.mlp_out_norm", tokens, t->hidden);
    roof_emit_elementwise(e, t->layers, "layers.mlp_residual", 2 * wide, wide, 1);
}

bool roof_transformer_decoder(const roof_transformer *t, double tokens, double past, roof_op_list *ops,
                              const char **why)
{
    roof_emitter e = {.t = t, .ops = ops};
    if (t->architecture->seq2seq) {
        roof_emit_seq2seq(&e, tokens, past);
    } else {
        emit_embeddings(&e, tokens);
        emit_layers(&e, tokens, past);
        roof_emit_norm(&e, 1, "norm", 1, t->hidden);
        roof_emit_head(&e);
    }
    *why = e.why;
    return !e.failed;
}
