/* Operators that show the same elements otherwise: they cost nothing. */
#include <math.h>
#include <string.h>

#include "workload/onnx_node.h"

static bool view(onnx_model *model, onnx_node *node, int rank, const double *dims)
{
    onnx_tensor *input = node->inputs[0], *output = onnx_output(model, node, 0, input->type, rank, dims);
    if (!output) return false;
    onnx_tensor_set(output, onnx_fold_unary(model, ONNX_KEEP, input, output));
    return true;
}

/* A size of 0 keeps the dimension, one of -1 is what remains. */
bool onnx_run_reshape(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double dims[ONNX_RANK], known = 1;
    int count = onnx_list(model, node, "shape", 1, dims, ONNX_RANK), open = -1;
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    bool zeros = onnx_number(model, node, "allowzero", 0) != 0;
    for (int i = 0; i < count; i++) {
        if (dims[i] == 0 && !zeros) {
            if (i >= input->rank)
                return roof_import_fail(model->import, ROOF_INVALID, "there is no dimension %d", i);
            dims[i] = input->dims[i];
        }
        if (dims[i] == -1 && open < 0) open = i;
        else known *= dims[i];
    }
    if (open >= 0) dims[open] = known != 0 ? input->elements / known : 0;
    if (open >= 0) known *= dims[open];
    if (known != input->elements || (open >= 0 && dims[open] != floor(dims[open])))
        return roof_import_fail(model->import, ROOF_INVALID, "%.0f elements cannot become %.9g",
                                input->elements, known);
    return view(model, node, count, dims);
}

bool onnx_run_flatten(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double axis = onnx_number(model, node, "axis", 1), dims[2] = {1, 1};
    if (axis < 0) axis += input->rank;
    if (!(axis >= 0 && axis <= input->rank))
        return roof_import_fail(model->import, ROOF_INVALID, "the axis %.9g of %d dimensions", axis,
                                input->rank);
    for (int i = 0; i < input->rank; i++) dims[i < (int)axis ? 0 : 1] *= input->dims[i];
    return view(model, node, 2, dims);
}

/* Marks the axes of a list. False after a failure. */
static bool mark_axes(onnx_model *model, const double *axes, int count, int rank, bool *marked)
{
    for (int i = 0; i < count; i++) {
        int axis = 0;
        if (!onnx_axis(model, axes[i], rank, &axis)) return false;
        marked[axis] = true;
    }
    return true;
}

bool onnx_run_squeeze(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double axes[ONNX_RANK], dims[ONNX_RANK];
    bool drop[ONNX_RANK] = {false};
    int count = onnx_list(model, node, "axes", 1, axes, ONNX_RANK), rank = 0;
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    if (!mark_axes(model, axes, count, input->rank, drop)) return false;
    for (int i = 0; i < input->rank; i++) {
        if (drop[i] && input->dims[i] != 1)
            return roof_import_fail(model->import, ROOF_INVALID, "dimension %d is %.0f, not 1", i,
                                    input->dims[i]);
        if (!(count > 0 ? drop[i] : input->dims[i] == 1)) dims[rank++] = input->dims[i];
    }
    return view(model, node, rank, dims);
}

bool onnx_run_unsqueeze(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double axes[ONNX_RANK], dims[ONNX_RANK];
    bool made[ONNX_RANK] = {false};
    int count = onnx_list(model, node, "axes", 1, axes, ONNX_RANK), from = 0;
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    int rank = input->rank + count;
    if (rank > ONNX_RANK)
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "a tensor of %d dimensions", rank);
    if (!mark_axes(model, axes, count, rank, made)) return false;
    for (int i = 0; i < rank; i++) {
        if (!made[i] && from == input->rank)
            return roof_import_fail(model->import, ROOF_INVALID, "an axis is given twice");
        dims[i] = made[i] ? 1 : input->dims[from++];
    }
    return view(model, node, rank, dims);
}

bool onnx_run_transpose(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double order[ONNX_RANK], dims[ONNX_RANK], own[ONNX_RANK], strides[ONNX_RANK] = {0};
    bool used[ONNX_RANK] = {false};
    int count = onnx_numbers(model, node, "perm", order, ONNX_RANK), rank = input->rank;
    if (count != 0 && count != rank)
        return roof_import_fail(model->import, ROOF_INVALID, "perm has %d entries for %d dimensions", count,
                                rank);
    onnx_strides(input, own);
    for (int i = 0; i < rank; i++) {
        int from = rank - 1 - i;
        if (count > 0 && !onnx_axis(model, order[i], rank, &from)) return false;
        if (used[from]) return roof_import_fail(model->import, ROOF_INVALID, "perm names a dimension twice");
        used[from] = true;
        dims[i] = input->dims[from];
        strides[i] = own[from];
    }
    onnx_tensor *output = onnx_output(model, node, 0, input->type, rank, dims);
    if (output) onnx_tensor_set(output, onnx_fold_copy(model, input, output, 0, strides));
    return output != NULL;
}

enum { PARTS = 1024 };

bool onnx_run_split(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double parts[PARTS], dims[ONNX_RANK], sum = 0;
    int axis = 0, count = onnx_list(model, node, "split", 1, parts, PARTS), outputs = (int)node->output_count;
    if (count < 0)
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "the parts are known to a run only");
    if (!onnx_axis(model, onnx_number(model, node, "axis", 0), input->rank, &axis)) return false;
    memcpy(dims, input->dims, sizeof dims);
    double whole = input->dims[axis], each = outputs > 0 ? ceil(whole / outputs) : 0;
    if (count == 0 && outputs > 0 && outputs <= PARTS)
        for (; count < outputs; count++) parts[count] = fmax(0, fmin(each, whole - each * count));
    if (count < outputs)
        return roof_import_fail(model->import, ROOF_INVALID, "%d parts, %d outputs", count, outputs);
    for (int i = 0; i < count; i++) {
        sum += dims[axis] = parts[i];
        if (!onnx_output(model, node, (size_t)i, input->type, input->rank, dims)) return false;
    }
    return sum == whole ||
           roof_import_fail(model->import, ROOF_INVALID, "the parts add up to %.9g, not %.0f", sum, whole);
}

typedef struct cut {
    double start, end, step;
} cut;

/* How many elements are left. */
static double clamp_cut(cut *c, double extent)
{
    bool back = c->step < 0;
    double most = back ? extent - 1 : extent, least = back ? -1 : 0;
    if (c->start < 0) c->start += extent;
    if (c->end < 0) c->end += extent;
    c->start = fmax(back ? 0 : least, fmin(c->start, most));
    c->end = fmax(least, fmin(c->end, most));
    return fmax(0, ceil((c->end - c->start) / c->step));
}

bool onnx_run_slice(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double starts[ONNX_RANK], ends[ONNX_RANK], axes[ONNX_RANK], steps[ONNX_RANK], dims[ONNX_RANK];
    double strides[ONNX_RANK], offset = 0;
    int count = onnx_list(model, node, "starts", 1, starts, ONNX_RANK);
    int end_count = onnx_list(model, node, "ends", 2, ends, ONNX_RANK);
    int axis_count = onnx_list(model, node, "axes", 3, axes, ONNX_RANK);
    int step_count = onnx_list(model, node, "steps", 4, steps, ONNX_RANK);
    if (count < 0 || end_count < 0 || axis_count < 0 || step_count < 0)
        return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    if (end_count != count || (axis_count && axis_count != count) || (step_count && step_count != count))
        return roof_import_fail(model->import, ROOF_INVALID, "starts, ends, axes and steps differ in length");
    memcpy(dims, input->dims, sizeof dims);
    onnx_strides(input, strides);
    for (int i = 0; i < count; i++) {
        int axis = 0;
        if (!onnx_axis(model, axis_count ? axes[i] : i, input->rank, &axis)) return false;
        cut c = {starts[i], ends[i], step_count ? steps[i] : 1};
        if (c.step == 0) return roof_import_fail(model->import, ROOF_INVALID, "a step of 0");
        dims[axis] = clamp_cut(&c, input->dims[axis]);
        offset += c.start * strides[axis];
        strides[axis] *= c.step;
    }
    onnx_tensor *output = onnx_output(model, node, 0, input->type, input->rank, dims);
    if (!output) return false;
    onnx_tensor_set(output, onnx_fold_copy(model, input, output, offset, strides));
    return true;
}

bool onnx_run_expand(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double shape[ONNX_RANK];
    int count = onnx_list(model, node, "shape", 1, shape, ONNX_RANK);
    onnx_tensor target = {.rank = count};
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    if (count > 0) memcpy(target.dims, shape, (size_t)count * sizeof *shape);
    if (!onnx_broadcast(model, &target.rank, target.dims, input)) return false;
    onnx_tensor *output = onnx_output(model, node, 0, input->type, target.rank, target.dims);
    if (!output) return false;
    double own[ONNX_RANK], strides[ONNX_RANK] = {0};
    onnx_strides(input, own);
    for (int i = 0, shift = output->rank - input->rank; i < input->rank; i++)
        strides[i + shift] = input->dims[i] == 1 ? 0 : own[i];
    onnx_tensor_set(output, onnx_fold_copy(model, input, output, 0, strides));
    return true;
}

/* Shape, and Size, of anything: a constant, since every dimension is known. */
bool onnx_run_shape(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double rank = input->rank, start = onnx_number(model, node, "start", 0);
    double end = onnx_number(model, node, "end", rank);
    bool size = node->row->detail == 1;
    cut c = {start, end, 1};
    double count = size ? 1 : clamp_cut(&c, rank);
    onnx_tensor *output = onnx_output(model, node, 0, ONNX_INT64, size ? 0 : 1, &count);
    double *values = output ? onnx_values_new(model, count) : NULL;
    if (!values) return false;
    for (int i = 0; !size && i < (int)count; i++) values[i] = input->dims[(int)c.start + i];
    if (size) values[0] = input->elements;
    output->weight = NULL;
    onnx_tensor_set(output, values);
    return true;
}
