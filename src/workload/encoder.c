/* One pass of an encoder of the BERT family: every token attends to every token, norms come after. */
#include "workload/transformer.h"

static void emit_embeddings(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    double tables = t->token_types > 0 ? 3 : 2, n = t->sequence, wide = n * t->embedding;
    roof_emit_table(e, "embeddings.word", t->vocabulary, t->embedding, n);
    roof_emit_table(e, "embeddings.position", t->positions + t->architecture->extra_positions, t->embedding,
                    n);
    if (t->token_types > 0) roof_emit_table(e, "embeddings.token_type", t->token_types, t->embedding, n);
    roof_emit_elementwise(e, 1, "embeddings.add", tables * wide, wide, tables - 1);
    roof_emit_norm(e, 1, "embeddings.norm", n, t->embedding);
    if (t->embedding != t->hidden)
        roof_emit_linear(e, 1, "embeddings.projection", n, t->embedding, t->hidden, true);
}

/* A matrix over the first token; stored though it may not run. */
static void emit_pooler(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    if (t->pooler_run) {
        roof_emit_linear(e, 1, "pooler", 1, t->hidden, t->hidden, true);
        roof_emit_elementwise(e, 1, "pooler.tanh", t->hidden, t->hidden, 1);
    } else if (t->pooler_stored) {
        roof_emit_stored(e, "pooler (not run)", t->hidden * t->hidden + t->hidden);
    }
}

bool roof_transformer_encoder(const roof_transformer *t, roof_op_list *ops, const char **why)
{
    roof_emitter e = {.t = t, .ops = ops};
    double n = t->sequence, width = t->heads * t->head_dim, kv = t->kv_heads * t->head_dim;
    emit_embeddings(&e);
    roof_emit_linear(&e, t->layers, "layers.attention.query", n, t->hidden, width, t->qkv_bias);
    roof_emit_linear(&e, t->layers, "layers.attention.key", n, t->hidden, kv, t->qkv_bias);
    roof_emit_linear(&e, t->layers, "layers.attention.value", n, t->hidden, kv, t->qkv_bias);
    roof_emit_full_attention(&e, "layers.attention", n, n);
    roof_emit_linear(&e, t->layers, "layers.attention.output", n, width, t->hidden, t->out_bias);
    roof_emit_elementwise(&e, t->layers, "layers.attention.residual", 2 * n * t->hidden, n * t->hidden, 1);
    roof_emit_norm(&e, t->layers, "layers.attention.norm", n, t->hidden);
    roof_emit_mlp(&e, t->layers, "layers.mlp", n, t->intermediate);
    roof_emit_elementwise(&e, t->layers, "layers.mlp.residual", 2 * n * t->hidden, n * t->hidden, 1);
    roof_emit_norm(&e, t->layers, "layers.mlp.norm", n, t->hidden);
    emit_pooler(&e);
    *why = e.why;
    return !e.failed;
}
