/* The table of layer kinds, and what their cost functions share. */
#include <string.h>

#include "chiproof/base/arena.h"
#include "workload/layer.h"

static const char *const conv_keys[] = {"out",        "kernel",     "stride", "pad", "groups",
                                        "dilation",   "bias",       "norm",   "act", "shared",
                                        "transposed", "output_pad", NULL};
static const char *const depthwise_keys[] = {"multiplier", "kernel",     "stride",     "pad",
                                             "dilation",   "bias",       "norm",       "act",
                                             "shared",     "transposed", "output_pad", NULL};
static const char *const gemm_keys[] = {"out", "bias", "norm", "act", "shared", NULL};
static const char *const matmul_keys[] = {"transpose_b", NULL};
static const char *const attention_keys[] = {"heads", "kv_heads", "causal", "learned", NULL};
static const char *const norm_keys[] = {"type", "affine", "act", "shared", NULL};
static const char *const no_keys[] = {NULL};
static const char *const elementwise_keys[] = {"fn", "learned", "act", NULL};
static const char *const pool_keys[] = {"fn", "kernel", "stride", "pad", "dilation", "ceil", "out", NULL};
static const char *const embedding_keys[] = {"rows", "out", "reduce", "shared", NULL};
static const char *const resize_keys[] = {"fn", "scale", "out", NULL};
static const char *const concat_keys[] = {"axis", "learned", NULL};
static const char *const recurrent_keys[] = {"cell", "hidden", "bidirectional", "bias", "shared", NULL};
static const char *const split_keys[] = {"axis", "parts", NULL};
static const char *const slice_keys[] = {"axis", "start", "size", NULL};
static const char *const reshape_keys[] = {"shape", NULL};

static const roof_layer_kind kinds[] = {
    {"conv2d", conv_keys, 1, 1, roof_cost_conv2d},
    {"depthwise", depthwise_keys, 1, 1, roof_cost_depthwise},
    {"gemm", gemm_keys, 1, 1, roof_cost_gemm},
    {"matmul", matmul_keys, 2, 2, roof_cost_matmul},
    {"attention", attention_keys, 1, 3, roof_cost_attention},
    {"norm", norm_keys, 1, 1, roof_cost_norm},
    {"softmax", no_keys, 1, 1, roof_cost_softmax},
    {"elementwise", elementwise_keys, 1, ROOF_LAYER_INPUT_LIMIT, roof_cost_elementwise},
    {"pool", pool_keys, 1, 1, roof_cost_pool},
    {"embedding", embedding_keys, 1, 1, roof_cost_embedding},
    {"resize", resize_keys, 1, 1, roof_cost_resize},
    {"concat", concat_keys, 1, ROOF_LAYER_INPUT_LIMIT, roof_cost_concat},
    {"recurrent", recurrent_keys, 1, 1, roof_cost_recurrent},
    {"split", split_keys, 1, 1, roof_cost_split},
    {"slice", slice_keys, 1, 1, roof_cost_slice},
    {"reshape", reshape_keys, 1, 1, roof_cost_reshape},
    {"flatten", no_keys, 1, 1, roof_cost_flatten},
};
enum { KIND_COUNT = sizeof kinds / sizeof kinds[0] };

const roof_layer_kind *roof_layer_kind_find(const char *name)
{
    for (size_t i = 0; i < KIND_COUNT; i++)
        if (strcmp(kinds[i].name, name) == 0) return &kinds[i];
    return NULL;
}

const roof_layer_kind *roof_layer_kind_at(size_t index)
{
    return index < KIND_COUNT ? &kinds[index] : NULL;
}

void roof_layer_output(roof_layer *layer, const roof_shape *shape)
{
    if (layer->output_count < ROOF_LAYER_OUTPUT_LIMIT) layer->outputs[layer->output_count++] = *shape;
}

bool roof_layer_emit(roof_layer *layer, const char *suffix, roof_op op)
{
    const char *why = NULL;
    op.name = roof_arena_printf(layer->ops->arena, "%s%s", layer->name, suffix);
    if (op.name && roof_op_list_add(layer->ops, &op, &why)) return true;
    if (why) return roof_layer_fault(layer, NULL, "%s", why);
    *layer->no_memory = true;
    return false;
}

bool roof_layer_activation(roof_layer *layer)
{
    const char *function = NULL;
    const roof_json_value *value = roof_json_get(layer->json, "act");
    if (!value) return true;
    if (!roof_json_string(value, &function)) return false;
    double cost = 0;
    if (!roof_layer_function(layer, "act", function, &cost)) return false;
    double elements = roof_shape_elements(&layer->outputs[0]);
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .other_ops = cost * elements};
    op.input_elements = op.output_elements = elements;
    char suffix[72];
    suffix[0] = '.';
    strncpy(suffix + 1, function, sizeof suffix - 2);
    suffix[sizeof suffix - 1] = '\0';
    return roof_layer_emit(layer, suffix, op);
}
