/* Parts that decoders, encoders and encoder-decoders share. */
#include "chiproof/base/arena.h"
#include "workload/layer.h"
#include "workload/transformer.h"

static const char *join(roof_emitter *e, const char *first, const char *second)
{
    const char *name = roof_arena_printf(e->ops->arena, "%s%s", first, second);
    if (name) return name;
    e->failed = true;
    return "";
}

/* Weights that all layers share are stored and read with the first. */
static void add_shared(roof_emitter *e, double repeat, roof_op op)
{
    op.repeat = 1;
    e->failed = !roof_op_list_add(e->ops, &op, &e->why);
    if (e->failed) return;
    op.name = join(e, op.name, " (again)");
    op.repeat = repeat - 1;
    op.weights_stored = op.weights_read = 0;
    if (!e->failed) e->failed = !roof_op_list_add(e->ops, &op, &e->why);
}

void roof_emit(roof_emitter *e, double repeat, roof_op op)
{
    if (e->failed || repeat <= 0) return;
    if (e->idle) {
        e->idle_weights += repeat * op.weights_stored;
        return;
    }
    if (e->prefix) op.name = join(e, e->prefix, op.name);
    if (e->failed) return;
    op.repeat = repeat;
    if (e->t->architecture->shared_layers && repeat > 1 && op.weights_stored > 0) add_shared(e, repeat, op);
    else e->failed = !roof_op_list_add(e->ops, &op, &e->why);
}

void roof_emit_linear(roof_emitter *e, double repeat, const char *name, double rows, double in, double out,
                      bool bias)
{
    roof_op op = {.kind = ROOF_OP_GEMM, .name = name};
    op.macs = rows * in * out;
    op.weights_stored = op.weights_read = in * out + (bias ? out : 0);
    op.input_elements = rows * in;
    op.output_elements = rows * out;
    roof_emit(e, repeat, op);
}

void roof_emit_norm(roof_emitter *e, double repeat, const char *name, double rows, double width)
{
    bool rms = e->t->architecture->rms_norm;
    roof_op op = {.kind = ROOF_OP_NORM, .name = name};
    op.input_elements = op.output_elements = rows * width;
    op.other_ops = op.input_elements * (rms ? ROOF_RMS_NORM_OPS : ROOF_LAYER_NORM_OPS);
    op.weights_stored = op.weights_read = width * (rms ? 1 : 2);
    roof_emit(e, repeat, op);
}

void roof_emit_elementwise(roof_emitter *e, double repeat, const char *name, double in, double out,
                           double ops_each)
{
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .name = name};
    op.input_elements = in;
    op.output_elements = out;
    op.other_ops = out * ops_each;
    roof_emit(e, repeat, op);
}

void roof_emit_table(roof_emitter *e, const char *name, double rows, double width, double lookups)
{
    roof_op op = {.kind = ROOF_OP_EMBEDDING, .name = name};
    op.weights_stored = rows * width;
    op.weights_gathered = op.output_elements = lookups * width;
    op.input_elements = lookups;
    roof_emit(e, 1, op);
}

void roof_emit_stored(roof_emitter *e, const char *name, double weights)
{
    roof_op op = {.kind = ROOF_OP_GEMM, .name = name};
    op.weights_stored = weights;
    roof_emit(e, 1, op);
}

void roof_emit_mlp(roof_emitter *e, double repeat, const char *block, double tokens, double width)
{
    const roof_transformer *t = e->t;
    double wide = tokens * width;
    if (t->gated) {
        roof_emit_linear(e, repeat, join(e, block, ".gate_proj"), tokens, t->hidden, width, t->mlp_bias);
        roof_emit_linear(e, repeat, join(e, block, ".up_proj"), tokens, t->hidden, width, t->mlp_bias);
        roof_emit_elementwise(e, repeat, join(e, block, ".act_mul"), 2 * wide, wide, t->activation_ops + 1);
    } else {
        roof_emit_linear(e, repeat, join(e, block, ".up_proj"), tokens, t->hidden, width, t->mlp_bias);
        roof_emit_elementwise(e, repeat, join(e, block, ".act"), wide, wide, t->activation_ops);
    }
    roof_emit_linear(e, repeat, join(e, block, ".down_proj"), tokens, width, t->hidden, t->mlp_bias);
}

void roof_emit_full_attention(roof_emitter *e, const char *name, double queries, double keys)
{
    const roof_transformer *t = e->t;
    double pairs = queries * keys, width = t->heads * t->head_dim;
    roof_op op = {.kind = ROOF_OP_ATTENTION, .name = name};
    op.macs = pairs * width * 2;
    op.other_ops = pairs * t->heads * ROOF_ATTENTION_SCORE_OPS;
    op.input_elements = queries * width + 2 * keys * t->kv_heads * t->head_dim;
    op.output_elements = queries * width;
    roof_emit(e, t->layers, op);
}

/* A tied head reads the whole word table, which the embedding has stored already. */
void roof_emit_head(roof_emitter *e)
{
    const roof_transformer *t = e->t;
    roof_op op = {.kind = ROOF_OP_GEMM, .name = "lm_head"};
    op.macs = t->hidden * t->vocabulary;
    op.weights_read = op.macs + (t->architecture->head_bias ? t->vocabulary : 0);
    op.weights_stored = t->tied ? op.weights_read - op.macs : op.weights_read;
    op.input_elements = t->hidden;
    op.output_elements = t->vocabulary;
    roof_emit(e, 1, op);
}
