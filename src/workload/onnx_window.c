/* Convolutions and pools: a window that slides over [batch, channels, spatial...]. */
#include <math.h>

#include "workload/onnx_node.h"

typedef struct window {
    int dims; /* spatial */
    double kernel[ONNX_RANK], stride[ONNX_RANK], dilation[ONNX_RANK];
    double before[ONNX_RANK], after[ONNX_RANK]; /* padding */
    bool same;                                  /* padding as much as the stride needs */
    double taps;
} window;

static bool read_each(onnx_model *model, const onnx_node *node, const char *name, int dims, double least,
                      double *out)
{
    int count = onnx_numbers(model, node, name, out, 2 * ONNX_RANK);
    for (int i = 0; count == 0 && i < dims; i++) out[i] = 1;
    if (count != 0 && count != dims)
        return roof_import_fail(model->import, ROOF_INVALID, "%s has %d entries for %d dimensions", name,
                                count, dims);
    for (int i = 0; i < dims; i++)
        if (!(out[i] >= least && out[i] <= 2147483647.0))
            return roof_import_fail(model->import, ROOF_INVALID, "%s is %.9g", name, out[i]);
    return true;
}

static bool read_pads(onnx_model *model, const onnx_node *node, window *w)
{
    double pads[2 * ONNX_RANK] = {0};
    roof_bytes mode = onnx_text(node, "auto_pad");
    w->same = roof_bytes_equal(mode, "SAME_UPPER") || roof_bytes_equal(mode, "SAME_LOWER");
    if (w->same || roof_bytes_equal(mode, "VALID")) return true;
    int count = onnx_numbers(model, node, "pads", pads, 2 * ONNX_RANK);
    if (count != 0 && count != 2 * w->dims)
        return roof_import_fail(model->import, ROOF_INVALID, "pads has %d entries for %d dimensions", count,
                                w->dims);
    for (int i = 0; i < w->dims; i++) {
        w->before[i] = pads[i];
        w->after[i] = pads[w->dims + i];
        if (!(fabs(pads[i]) <= 2147483647.0 && fabs(pads[w->dims + i]) <= 2147483647.0))
            return roof_import_fail(model->import, ROOF_INVALID, "pads is %.9g", pads[i]);
    }
    return true;
}

static bool read_window(onnx_model *model, const onnx_node *node, const onnx_tensor *x, const double *kernel,
                        window *w)
{
    double stride[2 * ONNX_RANK], dilation[2 * ONNX_RANK];
    *w = (window){.dims = x->rank - 2, .taps = 1};
    if (w->dims < 1)
        return roof_import_fail(model->import, ROOF_INVALID, "the input has %d dimensions", x->rank);
    if (!read_each(model, node, "strides", w->dims, 1, stride) ||
        !read_each(model, node, "dilations", w->dims, 1, dilation) || !read_pads(model, node, w))
        return false;
    for (int i = 0; i < w->dims; i++) {
        w->kernel[i] = kernel[i];
        w->stride[i] = stride[i];
        w->dilation[i] = dilation[i];
        w->taps *= kernel[i];
        if (!(kernel[i] >= 1))
            return roof_import_fail(model->import, ROOF_INVALID, "the kernel is %.9g", kernel[i]);
    }
    return true;
}

/* How many places the window has along one dimension. */
static bool slide(onnx_model *model, const window *w, int i, double extent, bool up, double *out)
{
    double reach = w->dilation[i] * (w->kernel[i] - 1) + 1, padded = extent + w->before[i] + w->after[i];
    if (w->same) *out = ceil(extent / w->stride[i]);
    else if (reach > padded)
        return roof_import_fail(model->import, ROOF_INVALID,
                                "the kernel reaches over %.0f, but the padded input has only %.0f", reach,
                                padded);
    else if (!up) *out = floor((padded - reach) / w->stride[i]) + 1;
    else { /* the last window must begin inside the input or its leading padding */
        double last = ceil((padded - reach) / w->stride[i]);
        *out = last * w->stride[i] >= extent + w->before[i] ? last : last + 1;
    }
    return true;
}

/* macs = output elements x (input channels / groups) x taps */
bool onnx_run_conv(onnx_model *model, onnx_node *node)
{
    bool quantized = node->row->detail == 2; /* x, scale, zero, w, scale, zero, scale, zero, bias */
    onnx_tensor *x = node->inputs[0], *w = onnx_input(node, quantized ? 3 : 1);
    onnx_tensor *bias = onnx_input(node, quantized ? 8 : 2);
    if (node->row->detail == 1) bias = NULL; /* ConvInteger: zero points */
    if (!w || w->rank != x->rank || x->rank < 3)
        return roof_import_fail(model->import, ROOF_INVALID,
                                "the weights do not fit the input's %d dimensions", x->rank);
    double groups = onnx_number(model, node, "group", 1), channels = x->dims[1], dims[ONNX_RANK];
    if (!(groups >= 1) || w->dims[1] * groups != channels || fmod(w->dims[0], groups) != 0)
        return roof_import_fail(model->import, ROOF_INVALID,
                                "weights of %.0fx%.0f channels in %.9g groups do not fit %.0f input channels",
                                w->dims[0], w->dims[1], groups, channels);
    window win;
    if (!read_window(model, node, x, w->dims + 2, &win)) return false;
    dims[0] = x->dims[0];
    dims[1] = w->dims[0];
    for (int i = 0; i < win.dims; i++)
        if (!slide(model, &win, i, x->dims[i + 2], false, &dims[i + 2])) return false;
    onnx_tensor *output = onnx_output(model, node, 0, x->type, x->rank, dims);
    if (!output) return false;
    roof_op op = {.kind = groups > 1 && groups == channels ? ROOF_OP_DEPTHWISE : ROOF_OP_CONV2D};
    op.macs = output->elements * w->dims[1] * win.taps;
    op.output_elements = output->elements;
    onnx_read(model, x, &op);
    onnx_read(model, w, &op);
    onnx_read(model, bias, &op);
    return onnx_emit(model, node, op);
}

static bool transposed_dims(onnx_model *model, const onnx_node *node, const onnx_tensor *x, const window *w,
                            double *dims)
{
    double extra[2 * ONNX_RANK] = {0}, given[2 * ONNX_RANK];
    int extras = onnx_numbers(model, node, "output_padding", extra, 2 * ONNX_RANK);
    int shape = onnx_numbers(model, node, "output_shape", given, 2 * ONNX_RANK);
    if ((extras != 0 && extras != w->dims) || (shape != 0 && shape < w->dims))
        return roof_import_fail(model->import, ROOF_INVALID,
                                "output_padding or output_shape has a wrong length");
    for (int i = 0; i < w->dims; i++) {
        double reach = w->dilation[i] * (w->kernel[i] - 1) + 1, in = x->dims[i + 2];
        dims[i + 2] = shape > 0 ? given[shape - w->dims + i]
                      : w->same ? in * w->stride[i]
                                : (in - 1) * w->stride[i] + extra[i] + reach - w->before[i] - w->after[i];
    }
    return true;
}

/* Each input element meets the kernel once: macs = input elements x (output channels / groups) x taps. */
bool onnx_run_conv_transpose(onnx_model *model, onnx_node *node)
{
    onnx_tensor *x = node->inputs[0], *w = onnx_input(node, 1);
    double groups = onnx_number(model, node, "group", 1), dims[ONNX_RANK];
    window win;
    if (!w || w->rank != x->rank || x->rank < 3 || !(groups >= 1 && groups <= 2147483647.0) ||
        w->dims[0] != x->dims[1] || fmod(w->dims[0], groups) != 0)
        return roof_import_fail(model->import, ROOF_INVALID, "the weights do not fit the input");
    if (!read_window(model, node, x, w->dims + 2, &win)) return false;
    dims[0] = x->dims[0];
    dims[1] = w->dims[1] * groups;
    if (!transposed_dims(model, node, x, &win, dims)) return false;
    onnx_tensor *output = onnx_output(model, node, 0, x->type, x->rank, dims);
    if (!output) return false;
    roof_op op = {.kind = groups > 1 && groups == x->dims[1] ? ROOF_OP_DEPTHWISE : ROOF_OP_CONV2D};
    op.macs = x->elements * w->dims[1] * win.taps;
    op.output_elements = output->elements;
    onnx_read(model, x, &op);
    onnx_read(model, w, &op);
    onnx_read(model, onnx_input(node, 2), &op);
    return onnx_emit(model, node, op);
}

/* One operation a tap. */
bool onnx_run_pool(onnx_model *model, onnx_node *node)
{
    onnx_tensor *x = node->inputs[0];
    double kernel[2 * ONNX_RANK], dims[ONNX_RANK];
    window w;
    int count = onnx_numbers(model, node, "kernel_shape", kernel, 2 * ONNX_RANK);
    if (x->rank < 3 || count != x->rank - 2)
        return roof_import_fail(model->import, ROOF_INVALID, "a kernel of %d dimensions for an input of %d",
                                count, x->rank);
    if (!read_window(model, node, x, kernel, &w)) return false;
    bool up = onnx_number(model, node, "ceil_mode", 0) != 0;
    dims[0] = x->dims[0];
    dims[1] = x->dims[1];
    for (int i = 0; i < w.dims; i++)
        if (!slide(model, &w, i, x->dims[i + 2], up, &dims[i + 2])) return false;
    onnx_tensor *output = onnx_output(model, node, 0, x->type, x->rank, dims);
    if (!output || (node->output_count > 1 && !onnx_output(model, node, 1, ONNX_INT64, x->rank, dims)))
        return false;
    roof_op op = {.kind = ROOF_OP_POOL, .other_ops = output->elements * w.taps};
    op.output_elements = output->elements;
    onnx_read(model, x, &op);
    return onnx_emit(model, node, op);
}

bool onnx_run_global_pool(onnx_model *model, onnx_node *node)
{
    onnx_tensor *x = node->inputs[0];
    double dims[ONNX_RANK];
    if (x->rank < 3)
        return roof_import_fail(model->import, ROOF_INVALID, "the input has %d dimensions", x->rank);
    for (int i = 0; i < x->rank; i++) dims[i] = i < 2 ? x->dims[i] : 1;
    onnx_tensor *output = onnx_output(model, node, 0, x->type, x->rank, dims);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_POOL, .other_ops = x->elements, .output_elements = output->elements};
    onnx_read(model, x, &op);
    return onnx_emit(model, node, op);
}
