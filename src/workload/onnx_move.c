/* Operators that put elements elsewhere. */
#include <math.h>
#include <string.h>

#include "workload/onnx_node.h"

/* `tensors` of the same shape but along the axis. */
static onnx_tensor *join(onnx_model *model, onnx_node *node, onnx_tensor **tensors, size_t count,
                         double axis_given)
{
    double dims[ONNX_RANK];
    int axis = 0;
    if (!onnx_axis(model, axis_given, tensors[0]->rank, &axis)) return NULL;
    memcpy(dims, tensors[0]->dims, sizeof dims);
    for (size_t i = 1; i < count; i++) {
        bool fits = tensors[i] && tensors[i]->rank == tensors[0]->rank;
        for (int d = 0; fits && d < tensors[0]->rank; d++)
            fits = d == axis || tensors[i]->dims[d] == tensors[0]->dims[d];
        if (!fits) {
            roof_import_fail(model->import, ROOF_INVALID, "input %zu does not fit the first", i);
            return NULL;
        }
        dims[axis] += tensors[i]->dims[axis];
    }
    return onnx_output(model, node, 0, tensors[0]->type, tensors[0]->rank, dims);
}

static const double *fold_concat(onnx_model *model, onnx_tensor **tensors, size_t count,
                                 const onnx_tensor *output)
{
    size_t at = 0;
    for (size_t i = 0; i < count; i++)
        if (tensors[i]->rank != 1 || !onnx_values(model, tensors[i])) return NULL;
    double *values = onnx_values_new(model, output->elements);
    for (size_t i = 0; values && i < count; i++)
        for (size_t k = 0; k < (size_t)tensors[i]->elements; k++) values[at++] = tensors[i]->values[k];
    return values;
}

bool onnx_run_concat(onnx_model *model, onnx_node *node)
{
    onnx_tensor *output =
        join(model, node, node->inputs, node->input_count, onnx_number(model, node, "axis", 1));
    if (!output) return false;
    onnx_tensor_set(output, fold_concat(model, node->inputs, node->input_count, output));
    return output->constant || onnx_emit_all(model, node, ROOF_OP_CONCAT, output, 0);
}

/* scale, zero point, then each tensor with its scale and zero point */
bool onnx_run_quantized_concat(onnx_model *model, onnx_node *node)
{
    size_t count = node->input_count > 2 ? (node->input_count - 2) / 3 : 0;
    for (size_t i = 0; i < count; i++) node->inputs[i] = node->inputs[2 + 3 * i];
    node->input_count = count;
    if (count == 0 || !node->inputs[0])
        return roof_import_fail(model->import, ROOF_INVALID, "there is no input");
    onnx_tensor *output = join(model, node, node->inputs, count, onnx_number(model, node, "axis", 1));
    return output && onnx_emit_all(model, node, ROOF_OP_CONCAT, output, 0);
}

static const double *fold_gather(onnx_model *model, onnx_tensor *data, onnx_tensor *indices)
{
    const double *from = data->rank == 1 ? onnx_values(model, data) : NULL;
    const double *at = from ? onnx_values(model, indices) : NULL;
    double *values = at ? onnx_values_new(model, indices->elements) : NULL;
    for (size_t i = 0; values && i < (size_t)indices->elements; i++) {
        double index = at[i] < 0 ? at[i] + data->elements : at[i];
        if (!(index >= 0 && index < data->elements)) return NULL;
        values[i] = from[(size_t)index];
    }
    return values;
}

/* Rows of a table that is a weight: stored whole, read as far as they are picked. */
static bool look_up(onnx_model *model, const onnx_node *node, const onnx_tensor *data, onnx_tensor *indices,
                    const onnx_tensor *output)
{
    roof_op op = {.kind = ROOF_OP_EMBEDDING, .output_elements = output->elements};
    onnx_weight *weight = data->weight;
    onnx_read(model, indices, &op);
    if (weight && weight->elements > 1 && !model->silent) {
        if (!weight->stored) op.weights_stored += weight->elements;
        weight->stored = true;
        op.weights_gathered = output->elements;
    }
    return onnx_emit(model, node, op);
}

bool onnx_run_gather(onnx_model *model, onnx_node *node)
{
    onnx_tensor *data = node->inputs[0], *indices = onnx_input(node, 1);
    double dims[2 * ONNX_RANK];
    int axis = 0, rank = 0;
    if (!indices) return roof_import_fail(model->import, ROOF_INVALID, "the indices are missing");
    if (!onnx_axis(model, onnx_number(model, node, "axis", 0), data->rank, &axis)) return false;
    for (int i = 0; i < axis; i++) dims[rank++] = data->dims[i];
    for (int i = 0; i < indices->rank; i++) dims[rank++] = indices->dims[i];
    for (int i = axis + 1; i < data->rank; i++) dims[rank++] = data->dims[i];
    onnx_tensor *output = onnx_output(model, node, 0, data->type, rank, dims);
    if (!output) return false;
    onnx_tensor_set(output, fold_gather(model, data, indices));
    if (output->constant || indices->constant) return true; /* a slice */
    if (data->constant) return look_up(model, node, data, indices, output);
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .output_elements = output->elements};
    op.input_elements = output->elements;
    onnx_read(model, indices, &op);
    return onnx_emit(model, node, op);
}

static bool move(onnx_model *model, const onnx_node *node, const onnx_tensor *output, onnx_tensor *indices)
{
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .output_elements = output->elements};
    op.input_elements = output->elements;
    onnx_read(model, indices, &op);
    return onnx_emit(model, node, op);
}

bool onnx_run_gather_elements(onnx_model *model, onnx_node *node)
{
    onnx_tensor *indices = onnx_input(node, 1);
    if (!indices) return roof_import_fail(model->import, ROOF_INVALID, "the indices are missing");
    onnx_tensor *output = onnx_output(model, node, 0, node->inputs[0]->type, indices->rank, indices->dims);
    return output && move(model, node, output, indices);
}

bool onnx_run_gather_nd(onnx_model *model, onnx_node *node)
{
    onnx_tensor *data = node->inputs[0], *indices = onnx_input(node, 1);
    double dims[2 * ONNX_RANK], batch = onnx_number(model, node, "batch_dims", 0);
    int rank = 0;
    if (!indices || indices->rank < 1 || !(batch >= 0 && batch < indices->rank))
        return roof_import_fail(model->import, ROOF_INVALID, "the indices are missing or do not fit");
    double depth = indices->dims[indices->rank - 1] + batch;
    if (!(depth <= data->rank))
        return roof_import_fail(model->import, ROOF_INVALID, "the indices are too deep");
    for (int i = 0; i < indices->rank - 1; i++) dims[rank++] = indices->dims[i];
    for (int i = (int)depth; i < data->rank; i++) dims[rank++] = data->dims[i];
    onnx_tensor *output = onnx_output(model, node, 0, data->type, rank, dims);
    return output && move(model, node, output, indices);
}

/* A copy of the data with the updates put in: written in place, only these move. */
bool onnx_run_scatter(onnx_model *model, onnx_node *node)
{
    onnx_tensor *updates = onnx_input(node, 2), *output = onnx_output_like(model, node, 0, node->inputs[0]);
    if (!updates) return roof_import_fail(model->import, ROOF_INVALID, "the updates are missing");
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .output_elements = updates->elements};
    onnx_read(model, onnx_input(node, 1), &op);
    onnx_read(model, updates, &op);
    return onnx_emit(model, node, op);
}

static bool write_out(onnx_model *model, onnx_node *node, roof_op_kind kind, const double *dims, double ops)
{
    onnx_tensor *input = node->inputs[0],
                *output = onnx_output(model, node, 0, input->type, input->rank, dims);
    if (!output) return false;
    roof_op op = {.kind = kind, .output_elements = output->elements, .other_ops = output->elements * ops};
    onnx_read(model, input, &op);
    return onnx_emit(model, node, op);
}

bool onnx_run_pad(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double pads[2 * ONNX_RANK], axes[ONNX_RANK], dims[ONNX_RANK];
    int count = onnx_list(model, node, "pads", 1, pads, 2 * ONNX_RANK);
    int axis_count = onnx_input(node, 3) ? onnx_list(model, node, "axes", 3, axes, ONNX_RANK) : 0;
    if (count < 0 || axis_count < 0) {
        if (model->import->code != ROOF_OK) return false;
        onnx_tensor *output = onnx_output_declared(model, node, 0);
        return output && onnx_emit_all(model, node, ROOF_OP_ELEMENTWISE, output, 0);
    }
    int each = axis_count > 0 ? axis_count : input->rank;
    if (count != 2 * each)
        return roof_import_fail(model->import, ROOF_INVALID, "pads has %d entries for %d dimensions", count,
                                each);
    memcpy(dims, input->dims, sizeof dims);
    for (int i = 0; i < each; i++) {
        int axis = i;
        if (axis_count > 0 && !onnx_axis(model, axes[i], input->rank, &axis)) return false;
        dims[axis] += pads[i] + pads[each + i];
    }
    return write_out(model, node, ROOF_OP_ELEMENTWISE, dims, 0);
}

bool onnx_run_tile(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double repeats[ONNX_RANK], dims[ONNX_RANK];
    int count = onnx_list(model, node, "repeats", 1, repeats, ONNX_RANK);
    if (count < 0) return model->import->code == ROOF_OK && onnx_output_declared(model, node, 0) != NULL;
    if (count != input->rank)
        return roof_import_fail(model->import, ROOF_INVALID, "%d repeats of %d dimensions", count,
                                input->rank);
    for (int i = 0; i < count; i++) dims[i] = input->dims[i] * repeats[i];
    if (input->elements == 1 && onnx_values(model, input)) {
        onnx_tensor *output = onnx_output(model, node, 0, input->type, input->rank, dims);
        if (output) onnx_tensor_set(output, onnx_fold_fill(model, input->values[0], output->elements));
        return output != NULL;
    }
    return write_out(model, node, ROOF_OP_ELEMENTWISE, dims, 0);
}

/* [batch, channels, height, width] with blocks of height and width from or to the channels */
bool onnx_run_blocks(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double size = onnx_number(model, node, "blocksize", 0), dims[ONNX_RANK];
    if (input->rank != 4 || !(size >= 1 && size <= 65536))
        return roof_import_fail(model->import, ROOF_INVALID, "a blocksize of %.9g for %d dimensions", size,
                                input->rank);
    bool apart = node->row->detail == 1; /* space to depth */
    dims[0] = input->dims[0];
    dims[1] = apart ? input->dims[1] * size * size : input->dims[1] / (size * size);
    for (int i = 2; i < 4; i++) dims[i] = apart ? input->dims[i] / size : input->dims[i] * size;
    return write_out(model, node, ROOF_OP_ELEMENTWISE, dims, 0);
}

/* ---- resize ---- */

static double resize_ops(const onnx_node *node)
{
    roof_bytes mode = onnx_text(node, "mode");
    if (roof_bytes_equal(mode, "linear") || roof_bytes_equal(mode, "bilinear")) return 7;
    return roof_bytes_equal(mode, "cubic") ? 35 : 0; /* five interpolations, 4 products and 3 sums each */
}

/* The i-th entry of a list goes with this axis. */
static bool resized_axis(onnx_model *model, const onnx_node *node, int i, int count, int rank, int *axis)
{
    double axes[ONNX_RANK];
    int given = onnx_numbers(model, node, "axes", axes, ONNX_RANK);
    *axis = i;
    if (given == count) return onnx_axis(model, axes[i], rank, axis);
    return (given == 0 && count == rank) ||
           roof_import_fail(model->import, ROOF_INVALID, "%d sizes for %d dimensions", count, rank);
}

bool onnx_run_resize(onnx_model *model, onnx_node *node)
{
    onnx_tensor *input = node->inputs[0];
    double dims[ONNX_RANK], scales_attribute[ONNX_RANK];
    size_t at = node->row->detail == 1 || model->opset < 11 ? 1 : 2; /* after the region of interest */
    int count = 0, size_count = 0, axis = 0;
    const double *sizes = at == 2 ? onnx_input_values(model, node, 3, &size_count) : NULL;
    const double *scales = onnx_input_values(model, node, at, &count);
    roof_bytes attribute;
    if (!scales && onnx_attribute(node, "scales", &attribute)) {
        if (!onnx_attribute_floats(model, attribute, scales_attribute, ONNX_RANK, &count)) return false;
        scales = scales_attribute;
    }
    if (size_count > 0) count = size_count;
    if (count == 0 || count > ONNX_RANK) {
        onnx_tensor *output = onnx_output_declared(model, node, 0);
        return output && onnx_emit_all(model, node, ROOF_OP_RESIZE, output, resize_ops(node));
    }
    memcpy(dims, input->dims, sizeof dims);
    if (size_count > 0 && roof_bytes_equal(onnx_text(node, "keep_aspect_ratio_policy"), "not_larger"))
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "a kept aspect ratio is not covered");
    for (int i = 0; i < count; i++) {
        if (!resized_axis(model, node, i, count, input->rank, &axis)) return false;
        /* A float a little below 2 must not lose a row. */
        dims[axis] = size_count > 0 ? sizes[i] : floor(input->dims[axis] * scales[i] + 1e-4);
    }
    return write_out(model, node, ROOF_OP_RESIZE, dims, resize_ops(node));
}
