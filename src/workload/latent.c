/* Multi-head latent attention (DeepSeek-V2, arXiv:2405.04434, section 2.1): keys and values of all heads come
 * from one vector of kv_lora_rank a token, which is cached with a rotary key of qk_rope_head_dim that all
 * heads share.
 *
 * Keys and values can be made from the vector again, or the matrix that makes them (kv_b_proj) can be taken
 * into the query and the output, so that attention runs on the vectors themselves. A pair of tokens takes
 * heads (nope + rope + v) MACs the first way, which suits prefill, where each vector is expanded once for all
 * its pairs; and heads (2 kv_rank + rope) the second way, which suits decoding, where expanding the whole
 * cache for one token would cost more. Either way kv_b_proj runs once for each token of the pass. */
#include "workload/layer.h"
#include "workload/transformer.h"

bool roof_latent_read(const roof_json_value *json, roof_transformer *t)
{
    roof_latent *l = &t->latent;
    return roof_config_optional(json, "q_lora_rank", 0, &l->q_rank) &&
           roof_config_size(json, "kv_lora_rank", &l->kv_rank) &&
           roof_config_size(json, "qk_nope_head_dim", &l->nope_dim) &&
           roof_config_size(json, "qk_rope_head_dim", &l->rope_dim) &&
           roof_config_size(json, "v_head_dim", &l->v_dim);
}

static void emit_projections(roof_emitter *e, double tokens)
{
    const roof_transformer *t = e->t;
    const roof_latent *l = &t->latent;
    double q = t->heads * (l->nope_dim + l->rope_dim);
    if (l->q_rank > 0) {
        roof_emit_linear(e, t->layers, "layers.self_attn.q_a_proj", tokens, t->hidden, l->q_rank,
                         t->qkv_bias);
        roof_emit_norm(e, t->layers, "layers.self_attn.q_a_norm", tokens, l->q_rank);
        roof_emit_linear(e, t->layers, "layers.self_attn.q_b_proj", tokens, l->q_rank, q, false);
    } else {
        roof_emit_linear(e, t->layers, "layers.self_attn.q_proj", tokens, t->hidden, q, false);
    }
    roof_emit_linear(e, t->layers, "layers.self_attn.kv_a_proj", tokens, t->hidden, l->kv_rank + l->rope_dim,
                     t->qkv_bias);
    roof_emit_norm(e, t->layers, "layers.self_attn.kv_a_norm", tokens, l->kv_rank);
    double rotated = tokens * (t->heads + 1) * l->rope_dim;
    roof_emit_elementwise(e, t->layers, "layers.self_attn.rotary", rotated, rotated, 3);
    roof_emit_linear(e, t->layers, "layers.self_attn.kv_b_proj", tokens, l->kv_rank,
                     t->heads * (l->nope_dim + l->v_dim), false);
}

void roof_emit_latent_attention(roof_emitter *e, double tokens, double past)
{
    const roof_transformer *t = e->t;
    const roof_latent *l = &t->latent;
    bool absorbed = past > 0;
    double pairs = roof_attended_pairs(0, tokens, past), cached = l->kv_rank + l->rope_dim;
    double key = absorbed ? cached : l->nope_dim + l->rope_dim, value = absorbed ? l->kv_rank : l->v_dim;
    double made = absorbed ? cached : t->heads * (l->nope_dim + l->v_dim) + l->rope_dim;
    emit_projections(e, tokens);
    roof_op op = {.kind = ROOF_OP_ATTENTION, .name = "layers.self_attn"};
    op.macs = pairs * t->heads * (key + value);
    op.other_ops = pairs * t->heads * ROOF_ATTENTION_SCORE_OPS;
    op.input_elements = tokens * (t->heads * key + made);
    op.output_elements = tokens * t->heads * value;
    op.cache_read = past * cached;
    op.cache_written = tokens * cached;
    roof_emit(e, t->layers, op);
    roof_emit_linear(e, t->layers, "layers.self_attn.o_proj", tokens, t->heads * l->v_dim, t->hidden,
                     t->out_bias);
}
