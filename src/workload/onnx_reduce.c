/* Operators that reduce dimensions, and those that make tensors of nothing. */
#include <math.h>
#include <string.h>

#include "workload/onnx_node.h"

/* Sizes are sometimes the product of a shape. */
static const double *fold_all(onnx_model *model, int function, onnx_tensor *input, const onnx_tensor *output)
{
    if (!function || output->elements != 1 || input->elements < 1) return NULL;
    const double *from = onnx_values(model, input);
    double *values = from ? onnx_values_new(model, 1) : NULL;
    if (!values) return NULL;
    values[0] = from[0];
    for (size_t i = 1; i < (size_t)input->elements; i++) {
        double x = from[i];
        values[0] = function == ONNX_ADD   ? values[0] + x
                    : function == ONNX_MUL ? values[0] * x
                    : function == ONNX_MIN ? fmin(values[0], x)
                                           : fmax(values[0], x);
    }
    return values;
}

static int reduced_dims(const onnx_tensor *input, const bool *marked, bool keep, double *dims)
{
    int rank = 0;
    for (int i = 0; i < input->rank; i++) {
        if (!marked[i]) dims[rank++] = input->dims[i];
        else if (keep) dims[rank++] = 1;
    }
    return rank;
}

bool onnx_run_reduce(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double axes[ONNX_RANK], dims[ONNX_RANK];
    bool marked[ONNX_RANK] = {false};
    int count = onnx_list(model, node, "axes", 1, axes, ONNX_RANK), axis = 0;
    if (count < 0)
        return model->import->code == ROOF_OK &&
               roof_import_fail(model->import, ROOF_UNSUPPORTED, "its axes are known to a run only");
    if (count == 0 && onnx_number(model, node, "noop_with_empty_axes", 0) != 0)
        return onnx_output_like(model, node, 0, input) != NULL;
    for (int i = 0; count == 0 && i < input->rank; i++) marked[i] = true;
    for (int i = 0; i < count; i++) {
        if (!onnx_axis(model, axes[i], input->rank, &axis)) return false;
        marked[axis] = true;
    }
    int rank = reduced_dims(input, marked, onnx_number(model, node, "keepdims", 1) != 0, dims);
    onnx_tensor *output = onnx_output(model, node, 0, input->type, rank, dims);
    if (!output) return false;
    onnx_tensor_set(output, fold_all(model, node->row->detail, input, output));
    roof_op op = {.kind = ROOF_OP_POOL, .other_ops = input->elements * node->row->ops};
    op.output_elements = output->elements;
    onnx_read(model, input, &op);
    return output->constant || onnx_emit(model, node, op);
}

bool onnx_run_arg(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double dims[ONNX_RANK];
    bool marked[ONNX_RANK] = {false};
    int axis = 0;
    if (!onnx_axis(model, onnx_number(model, node, "axis", 0), input->rank, &axis)) return false;
    marked[axis] = true;
    int rank = reduced_dims(input, marked, onnx_number(model, node, "keepdims", 1) != 0, dims);
    onnx_tensor *output = onnx_output(model, node, 0, ONNX_INT64, rank, dims);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_POOL, .other_ops = input->elements, .output_elements = output->elements};
    onnx_read(model, input, &op);
    return onnx_emit(model, node, op);
}

bool onnx_run_topk(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double dims[ONNX_RANK], k = onnx_number(model, node, "k", -1);
    int axis = 0, count = 0;
    const double *given = onnx_input_values(model, node, 1, &count);
    if (given && count == 1) k = given[0];
    if (!onnx_axis(model, onnx_number(model, node, "axis", -1), input->rank, &axis)) return false;
    if (!(k >= 0 && k <= input->dims[axis]))
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "how many it picks is known to a run only");
    memcpy(dims, input->dims, sizeof dims);
    dims[axis] = k;
    onnx_tensor *output = onnx_output(model, node, 0, input->type, input->rank, dims);
    if (!output || (node->output_count > 1 && !onnx_output(model, node, 1, ONNX_INT64, input->rank, dims)))
        return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .other_ops = input->elements};
    op.output_elements = 2 * output->elements;
    onnx_read(model, input, &op);
    return onnx_emit(model, node, op);
}

/* ---- made of nothing ---- */

bool onnx_run_constant_of_shape(onnx_model *model, onnx_node *node)
{
    double dims[ONNX_RANK], value = 0;
    int count = onnx_list(model, node, "shape", 0, dims, ONNX_RANK), type = ONNX_FLOAT;
    roof_bytes attribute;
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    if (onnx_attribute(node, "value", &attribute)) {
        onnx_wire wire = onnx_wire_open(attribute);
        for (onnx_field f; onnx_wire_next(&wire, &f);) {
            if (f.number != 5 || f.type != 2) continue;
            onnx_tensor *one = onnx_tensor_read(model, f.bytes);
            if (!one) return false;
            type = one->type;
            if (one->elements == 1 && onnx_values(model, one)) value = one->values[0];
        }
    }
    onnx_tensor *output = onnx_output(model, node, 0, type, count, dims);
    if (!output) return false;
    output->constant = true;
    output->weight = NULL; /* all the same: nothing to keep */
    onnx_tensor_set(output, onnx_fold_fill(model, value, output->elements));
    return true;
}

bool onnx_run_range(onnx_model *model, onnx_node *node)
{
    const double *each[3];
    int count = 0;
    for (size_t i = 0; i < 3; i++) {
        each[i] = onnx_input_values(model, node, i, &count);
        if (!each[i] || count != 1)
            return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    }
    double start = each[0][0], step = each[2][0], steps = ceil((each[1][0] - start) / step);
    if (!isfinite(steps)) return roof_import_fail(model->import, ROOF_INVALID, "a step of %.9g", step);
    steps = fmax(0, steps);
    onnx_tensor *output = onnx_output(model, node, 0, node->inputs[0]->type, 1, &steps);
    double *values = output ? onnx_values_new(model, steps) : NULL;
    for (size_t i = 0; values && i < (size_t)steps; i++) values[i] = start + (double)i * step;
    if (!output) return false;
    output->constant = true;
    output->weight = NULL;
    onnx_tensor_set(output, values);
    return true;
}

bool onnx_run_one_hot(onnx_model *model, onnx_node *node)
{
    onnx_tensor *indices = node->inputs[0];
    double dims[ONNX_RANK + 1];
    int count = 0, axis = 0, rank = indices->rank + 1;
    const double *depth = onnx_input_values(model, node, 1, &count);
    if (!depth || count != 1)
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "its depth is known to a run only");
    if (!onnx_axis(model, onnx_number(model, node, "axis", -1), rank, &axis)) return false;
    for (int i = 0; i < rank; i++) dims[i] = i == axis ? depth[0] : indices->dims[i < axis ? i : i - 1];
    onnx_tensor *output = onnx_output(model, node, 0, ONNX_FLOAT, rank, dims);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .output_elements = output->elements};
    onnx_read(model, indices, &op);
    return onnx_emit(model, node, op);
}

/* Places of what is not zero: [rank, how many]. */
bool onnx_run_nonzero(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    const double *from = input->rank == 1 ? onnx_values(model, input) : NULL;
    double dims[2] = {1, 0};
    if (!from) {
        onnx_tensor *output = onnx_output_declared(model, node, 0);
        return output && onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output, 1);
    }
    double *values = onnx_values_new(model, input->elements);
    for (size_t i = 0; values && i < (size_t)input->elements; i++)
        if (from[i] != 0) values[(size_t)dims[1]++] = (double)i;
    onnx_tensor *output = values ? onnx_output(model, node, 0, ONNX_INT64, 2, dims) : NULL;
    if (output) onnx_tensor_set(output, values);
    return output != NULL;
}
