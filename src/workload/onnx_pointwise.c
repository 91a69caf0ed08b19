/* Operators that work element by element, and norms. */
#include "workload/layer.h"
#include "workload/onnx_node.h"

/* Functions of the first input; further ones (the bounds of a clip) are constants of the function. */
bool onnx_run_unary(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0], *output = onnx_output_like(model, node, 0, input);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .other_ops = node->row->ops * output->elements};
    op.output_elements = output->elements;
    if (node->row->detail == ONNX_NOT) output->type = ONNX_BOOL;
    onnx_tensor_set(output, onnx_fold_unary(model, node->row->detail, input, output));
    onnx_read(model, input, &op);
    return onnx_emit(model, node, op);
}

bool onnx_run_binary(onnx_model *model, onnx_node *node)
{
    int rank = 0, function = node->row->detail;
    double dims[ONNX_RANK] = {0};
    onnx_tensor *a = node->inputs[0], *b = onnx_input(node, 1);
    if (!b) return roof_import_fail(model->import, ROOF_INVALID, "the second input is missing");
    if (!onnx_broadcast(model, &rank, dims, a) || !onnx_broadcast(model, &rank, dims, b)) return false;
    onnx_tensor *output = onnx_output(model, node, 0, a->type, rank, dims);
    if (!output) return false;
    if (function >= ONNX_EQUAL && function <= ONNX_OR) output->type = ONNX_BOOL;
    onnx_tensor_set(output, onnx_fold_binary(model, function, a, b, output));
    return output->constant || onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output, node->row->ops);
}

/* Max, Min, Sum, Mean of any number of tensors. */
bool onnx_run_variadic(onnx_model *model, onnx_node *node)
{
    int rank = 0;
    double dims[ONNX_RANK] = {0};
    for (size_t i = 0; i < node->input_count; i++)
        if (node->inputs[i] && !onnx_broadcast(model, &rank, dims, node->inputs[i])) return false;
    onnx_tensor *output = onnx_output(model, node, 0, node->inputs[0]->type, rank, dims);
    if (!output) return false;
    if (node->input_count == 2)
        onnx_tensor_set(output,
                        onnx_fold_binary(model, node->row->detail, node->inputs[0], node->inputs[1], output));
    return onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output,
                         node->input_count > 1 ? (double)node->input_count - 1 : 0);
}

/* a, its scale and zero point, b, its scale and zero point, ... */
bool onnx_run_quantized(onnx_model *model, onnx_node *node)
{
    int rank = 0;
    double dims[ONNX_RANK] = {0};
    onnx_tensor *a = node->inputs[0], *b = node->row->detail ? onnx_input(node, 3) : NULL;
    if (node->row->detail && !b)
        return roof_import_fail(model->import, ROOF_INVALID, "the second operand is missing");
    if (!onnx_broadcast(model, &rank, dims, a) || (b && !onnx_broadcast(model, &rank, dims, b))) return false;
    onnx_tensor *output = onnx_output(model, node, 0, a->type, rank, dims);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .other_ops = node->row->ops * output->elements};
    op.output_elements = output->elements;
    onnx_read(model, a, &op);
    onnx_read(model, b, &op);
    return onnx_emit(model, node, op);
}

static const double *choose(onnx_model *model, const onnx_node *node, const onnx_tensor *output)
{
    const double *from[3];
    if (output->elements > ONNX_FOLD_LIMIT) return NULL;
    for (size_t i = 0; i < 3; i++) {
        onnx_tensor *t = node->inputs[i];
        from[i] = t->elements == 1 || t->elements == output->elements ? onnx_values(model, t) : NULL;
        if (!from[i]) return NULL;
    }
    double *values = onnx_values_new(model, output->elements);
    for (size_t i = 0; values && i < (size_t)output->elements; i++) {
        size_t pick = from[0][node->inputs[0]->elements == 1 ? 0 : i] != 0 ? 1 : 2;
        values[i] = from[pick][node->inputs[pick]->elements == 1 ? 0 : i];
    }
    return values;
}

bool onnx_run_where(onnx_model *model, onnx_node *node)
{
    int rank = 0;
    double dims[ONNX_RANK] = {0};
    for (size_t i = 0; i < 3; i++) {
        if (!onnx_input(node, i)) return roof_import_fail(model->import, ROOF_INVALID, "an input is missing");
        if (!onnx_broadcast(model, &rank, dims, node->inputs[i])) return false;
    }
    onnx_tensor *output = onnx_output(model, node, 0, node->inputs[1]->type, rank, dims);
    if (!output) return false;
    onnx_tensor_set(output, choose(model, node, output));
    return output->constant || onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output, 1);
}

bool onnx_run_softmax(onnx_model *model, onnx_node *node)
{
    onnx_tensor *output = onnx_output_like(model, node, 0, node->inputs[0]);
    roof_op op = {.kind = ROOF_OP_SOFTMAX};
    if (!output) return false;
    op.output_elements = output->elements;
    op.other_ops = output->elements * ROOF_SOFTMAX_OPS;
    onnx_read(model, node->inputs[0], &op);
    return onnx_emit(model, node, op);
}

/* Scale and shift are weights; the running mean and variance of a batch norm are folded into them. Further
 * outputs are statistics: of a layer norm along its leading axes, of a batch norm one a channel. */
bool onnx_run_norm(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0], *output = onnx_output_like(model, node, 0, input);
    roof_op op = {.kind = ROOF_OP_NORM};
    if (!output) return false;
    bool per_channel = node->row->detail == 1;
    double dims[ONNX_RANK] = {0};
    int axis = 0, rank = per_channel ? 1 : input->rank;
    for (size_t i = 1; i < node->output_count; i++) {
        if (input->rank < 2 || !onnx_axis(model, onnx_number(model, node, "axis", -1), input->rank, &axis))
            return roof_import_fail(model->import, ROOF_INVALID, "the input has %d dimensions", input->rank);
        for (int d = 0; d < rank; d++) dims[d] = per_channel ? input->dims[1] : d < axis ? input->dims[d] : 1;
        if (!onnx_output(model, node, i, input->type, rank, dims)) return false;
    }
    op.output_elements = output->elements;
    op.other_ops = output->elements * node->row->ops;
    onnx_read(model, input, &op);
    onnx_read(model, onnx_input(node, 1), &op);
    onnx_read(model, onnx_input(node, 2), &op);
    return onnx_emit(model, node, op);
}

/* Input and skip are added, then normed: (x, skip, scale, shift, bias); outputs: the norm, two statistics,
 * the sum. */
bool onnx_run_skip_norm(onnx_model *model, onnx_node *node)
{
    onnx_tensor *output = onnx_output_like(model, node, 0, node->inputs[0]);
    if (!output) return false;
    if (node->output_count > 3 && !onnx_output_like(model, node, 3, output)) return false;
    return onnx_emit_all(model, node, ROOF_OP_NORM, output, node->row->ops + 1);
}

/* Views of the first input: nothing is computed. */
bool onnx_run_same(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0], *output = onnx_output_like(model, node, 0, input);
    if (!output) return false;
    if (node->output_count > 1 && !onnx_output_like(model, node, 1, input))
        return false; /* a dropout's mask */
    onnx_tensor_set(output, onnx_fold_unary(model, ONNX_KEEP, input, output));
    return true;
}

/* A change of type, be it a quantization: what the elements are is the run's precision to say. */
bool onnx_run_cast(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0], *output = onnx_output_like(model, node, 0, input);
    if (!output) return false;
    double to = onnx_number(model, node, "to", node->row->detail ? node->row->detail : input->type);
    output->type = to > 0 && to < 64 ? (int)to : 0;
    bool cuts = node->row->ops == 0 && (output->type == ONNX_INT32 || output->type == ONNX_INT64);
    if (node->row->ops == 0)
        onnx_tensor_set(output, onnx_fold_unary(model, cuts ? ONNX_TRUNCATE : ONNX_KEEP, input, output));
    return true;
}

bool onnx_run_dynamic_quantize(onnx_model *model, onnx_node *node)
{
    onnx_tensor *output = onnx_output_like(model, node, 0, node->inputs[0]);
    if (!output || !onnx_output(model, node, 1, ONNX_FLOAT, 0, NULL) ||
        !onnx_output(model, node, 2, ONNX_UINT8, 0, NULL))
        return false;
    output->type = ONNX_UINT8;
    return onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output, 4); /* greatest, least, scale, round */
}
