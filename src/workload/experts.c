/* Mixtures of experts: each token takes a few of many MLPs. */
#include <math.h>
#include <string.h>

#include "workload/shape.h"
#include "workload/transformer.h"

double roof_experts_touched(double experts, double per_token, double tokens)
{
    if (!(experts > 0) || !(tokens > 0)) return 0;
    return experts * (1 - pow(1 - per_token / experts, tokens));
}

double roof_op_weights_read(const roof_op *op, double batch)
{
    if (!(op->experts > 0)) return op->weights_read;
    return op->weights_stored / op->experts *
           roof_experts_touched(op->experts, op->experts_per_token, batch * op->routed_tokens);
}

/* Mixtral, Qwen and DeepSeek each have a name of their own for the number of experts. */
static bool read_count(const roof_json_value *json, double *count)
{
    static const char *const names[] = {"num_local_experts", "num_experts", "n_routed_experts"};
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (roof_json_get(json, names[i])) return roof_config_size(json, names[i], count);
    roof_json_fault(json, ROOF_GRADE_ERROR,
                    "\"num_local_experts\", \"num_experts\" or \"n_routed_experts\" is expected");
    return false;
}

/* The shared expert: Qwen gives its width and weights it by a gate, DeepSeek gives a number of experts. */
static bool read_shared(const roof_json_value *json, roof_experts *x)
{
    const roof_json_value *number = roof_json_get(json, "n_shared_experts");
    double shared = 0;
    if (number && roof_json_type_of(number) != ROOF_JSON_NULL &&
        !roof_json_integer(number, 0, ROOF_DIMENSION_LIMIT, &shared))
        return false;
    if (!roof_config_optional(json, "shared_expert_intermediate_size", 0, &x->shared_width)) return false;
    x->shared_gate = x->shared_width > 0;
    x->shared_width += shared * x->width;
    return true;
}

static bool check_counts(const roof_json_value *json, const roof_transformer *t)
{
    const roof_experts *x = &t->experts;
    if (x->per_token > x->count) {
        roof_json_fault(roof_json_get(json, "num_experts_per_tok"), ROOF_GRADE_ERROR,
                        "%.0f experts a token are more than the %.0f experts", x->per_token, x->count);
        return false;
    }
    if (x->dense_layers <= t->layers) return true;
    roof_json_fault(roof_json_get(json, "first_k_dense_replace"), ROOF_GRADE_ERROR,
                    "%.0f dense layers are more than the %.0f layers", x->dense_layers, t->layers);
    return false;
}

bool roof_experts_read(const roof_json_value *json, roof_transformer *t)
{
    roof_experts *x = &t->experts;
    const roof_json_value *dense = roof_json_get(json, "first_k_dense_replace");
    double groups = 0, chosen = 0; /* limit which experts a token may take, not how many */
    if (!read_count(json, &x->count) || !roof_config_size(json, "num_experts_per_tok", &x->per_token) ||
        !roof_config_optional(json, "moe_intermediate_size", t->intermediate, &x->width) ||
        !read_shared(json, x) || !roof_config_optional(json, "n_group", 1, &groups) ||
        !roof_config_optional(json, "topk_group", 1, &chosen) ||
        (dense && !roof_json_integer(dense, 0, ROOF_DIMENSION_LIMIT, &x->dense_layers)))
        return false;
    x->routing_bias = strcmp(t->architecture->model_type, "deepseek_v3") == 0;
    return check_counts(json, t);
}

/* One matrix of every expert: stored as a whole, read as far as the batch's tokens touch it. */
static void emit_matrix(roof_emitter *e, double repeat, const char *name, double tokens, double in,
                        double out, bool scattered)
{
    const roof_experts *x = &e->t->experts;
    double rows = tokens * x->per_token;
    roof_op op = {.kind = ROOF_OP_GEMM, .name = name};
    op.macs = rows * in * out;
    op.weights_stored = x->count * in * out;
    op.weights_read = x->per_token * in * out;
    op.experts = x->count;
    op.experts_per_token = x->per_token;
    op.routed_tokens = tokens;
    op.input_elements = (scattered ? rows : tokens) * in;
    op.output_elements = rows * out;
    roof_emit(e, repeat, op);
}

static void emit_router(roof_emitter *e, double repeat, double tokens)
{
    const roof_transformer *t = e->t;
    const roof_experts *x = &t->experts;
    double scores = tokens * x->count;
    roof_emit_linear(e, repeat, "layers.mlp.router", tokens, t->hidden, x->count, x->routing_bias);
    /* A softmax or sigmoid (3 an element) and one comparison for each expert that is chosen. */
    roof_emit_elementwise(e, repeat, "layers.mlp.router.choice", scores, scores, 3 + x->per_token);
}

void roof_emit_experts(roof_emitter *e, double repeat, double tokens)
{
    const roof_transformer *t = e->t;
    const roof_experts *x = &t->experts;
    double rows = tokens * x->per_token;
    if (repeat <= 0) return;
    emit_router(e, repeat, tokens);
    emit_matrix(e, repeat, "layers.mlp.experts.gate_proj", tokens, t->hidden, x->width, false);
    emit_matrix(e, repeat, "layers.mlp.experts.up_proj", tokens, t->hidden, x->width, false);
    roof_emit_elementwise(e, repeat, "layers.mlp.experts.act_mul", 2 * rows * x->width, rows * x->width,
                          t->activation_ops + 1);
    emit_matrix(e, repeat, "layers.mlp.experts.down_proj", tokens, x->width, t->hidden, true);
    roof_emit_elementwise(e, repeat, "layers.mlp.experts.sum", rows * t->hidden, tokens * t->hidden,
                          2 * x->per_token - 1);
    if (x->shared_width <= 0) return;
    if (x->shared_gate)
        roof_emit_linear(e, repeat, "layers.mlp.shared_expert_gate", tokens, t->hidden, 1, false);
    roof_emit_mlp(e, repeat, "layers.mlp.shared_expert", tokens, x->shared_width);
    roof_emit_elementwise(e, repeat, "layers.mlp.shared_expert.sum", 2 * tokens * t->hidden,
                          tokens * t->hidden, x->shared_gate ? 2 : 1);
}
