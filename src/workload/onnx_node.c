/* Outputs of a node and what it costs. */
#include "workload/onnx_node.h"

#include <math.h>

/* Of an operator whose inputs are all constant the output is one too. It is made of the same parameters if it
 * has as many elements (a reshape, a transpose, another type), else of parameters of its own; but repeating
 * what is there makes no new ones. */
static bool inherit(onnx_model *model, const onnx_node *node, onnx_tensor *output)
{
    double elements = 0;
    onnx_weight *same = NULL;
    output->constant = true;
    for (size_t i = 0; i < node->input_count; i++) {
        onnx_weight *weight = node->inputs[i] ? node->inputs[i]->weight : NULL;
        if (!weight) continue;
        if (!same && node->inputs[i]->elements == output->elements && node->inputs[i]->elements > 1)
            same = weight;
        elements += weight->elements;
    }
    output->weight = same;
    if (same || elements == 0) return true;
    output->weight = roof_arena_alloc(model->import->arena, sizeof *output->weight);
    if (!output->weight) return roof_import_no_memory(model->import);
    output->weight->elements = fmin(elements, output->elements);
    return true;
}

static onnx_tensor *place(onnx_model *model, onnx_node *node, size_t index, onnx_tensor *tensor)
{
    if (!tensor || (model->silent && !inherit(model, node, tensor))) return NULL;
    if (index >= node->output_count || node->outputs[index].length == 0) return tensor;
    tensor->name = node->outputs[index];
    onnx_tensor_compare(model, tensor->name, tensor);
    return onnx_table_add(model->import, &model->tensors, tensor->name, tensor) ? tensor : NULL;
}

onnx_tensor *onnx_output(onnx_model *model, onnx_node *node, size_t index, int type, int rank,
                         const double *dims)
{
    return place(model, node, index, onnx_tensor_new(model, type, rank, dims));
}

onnx_tensor *onnx_output_like(onnx_model *model, onnx_node *node, size_t index, const onnx_tensor *like)
{
    return onnx_output(model, node, index, like->type, like->rank, like->dims);
}

onnx_tensor *onnx_output_declared(onnx_model *model, onnx_node *node, size_t index)
{
    roof_bytes name = index < node->output_count ? node->outputs[index] : (roof_bytes){0};
    const roof_bytes *type = onnx_table_find(&model->declared, name);
    const char *label = roof_import_name(model->import, name);
    if (!label) return NULL;
    if (!type) {
        roof_import_fail(
            model->import, ROOF_UNSUPPORTED,
            "the shape of its output \"%s\" depends on values that only a run knows, and the file "
            "does not state it",
            label);
        return NULL;
    }
    return place(model, node, index, onnx_tensor_declared(model, name, *type, "output"));
}

/* A constant of one element is part of the instruction. */
void onnx_read(const onnx_model *model, onnx_tensor *tensor, roof_op *op)
{
    if (!tensor || model->silent) return;
    if (!tensor->constant) {
        op->input_elements += tensor->elements;
        return;
    }
    onnx_weight *weight = tensor->weight;
    if (!weight || weight->elements <= 1) return;
    if (!weight->stored) op->weights_stored += weight->elements;
    if (!weight->read) op->weights_read += weight->elements;
    weight->stored = weight->read = true;
}

bool onnx_emit(onnx_model *model, const onnx_node *node, roof_op op)
{
    return model->silent || roof_import_emit(model->import, node->label, op);
}

bool onnx_emit_all(onnx_model *model, onnx_node *node, roof_op_kind kind, const onnx_tensor *output,
                   double ops)
{
    roof_op op = {.kind = kind, .other_ops = ops * output->elements, .output_elements = output->elements};
    for (size_t i = 0; i < node->input_count; i++) onnx_read(model, node->inputs[i], &op);
    return onnx_emit(model, node, op);
}

bool onnx_broadcast(onnx_model *model, int *rank, double *dims, const onnx_tensor *tensor)
{
    int most = tensor->rank > *rank ? tensor->rank : *rank;
    double joined[ONNX_RANK];
    for (int i = 1; i <= most; i++) {
        double a = i <= *rank ? dims[*rank - i] : 1,
               b = i <= tensor->rank ? tensor->dims[tensor->rank - i] : 1;
        if (a != b && a != 1 && b != 1)
            return roof_import_fail(model->import, ROOF_INVALID,
                                    "dimensions of %.0f and %.0f do not fit together", a, b);
        joined[most - i] = a == 1 ? b : a;
    }
    for (int i = 0; i < most; i++) dims[i] = joined[i];
    *rank = most;
    return true;
}
