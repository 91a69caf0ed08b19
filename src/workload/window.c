/* Kernel, stride, padding and dilation: how far a window slides. */
#include <math.h>
#include <string.h>

#include "workload/layer.h"

/* Padding of both sides together; negative: as much as "same" needs. */
static bool read_padding(const roof_layer *layer, size_t dims, double *total)
{
    const roof_json_value *value = roof_json_get(layer->json, "pad");
    for (size_t i = 0; i < dims; i++) total[i] = -1;
    if (!value) return true;
    const char *text = NULL;
    if (roof_json_type_of(value) == ROOF_JSON_STRING && roof_json_string(value, &text) &&
        strcmp(text, "same") == 0)
        return true;
    if (roof_json_type_of(value) == ROOF_JSON_ARRAY && roof_json_length(value) == 2 * dims) {
        const roof_json_value *item = roof_json_first(value);
        for (size_t i = 0; i < 2 * dims; i++, item = roof_json_next(item)) {
            double side = 0;
            if (!roof_value_whole(item, layer->variables, 0, ROOF_DIMENSION_LIMIT, &side)) return false;
            total[i % dims] = i < dims ? side : total[i % dims] + side;
        }
        return true;
    }
    if (!roof_layer_each(layer, "pad", 0, 0, dims, total)) return false;
    for (size_t i = 0; i < dims; i++) total[i] *= 2;
    return true;
}

/* PyTorch's Conv2d, ConvTranspose2d and MaxPool2d pages give these; "same" is ceil(n / stride) as in
 * TensorFlow, which for odd kernels is what padding by half a kernel gives. */
static double slide(roof_window_kind kind, double extent, double reach, double stride, double padding,
                    bool up)
{
    if (kind == ROOF_WINDOW_TRANSPOSED)
        return padding < 0 ? extent * stride : (extent - 1) * stride - padding + reach;
    if (padding < 0) return ceil(extent / stride);
    double steps = (extent + padding - reach) / stride;
    if (!up) return floor(steps) + 1;
    /* The last window must begin inside the input or its leading padding. */
    double last = ceil(steps);
    return last * stride >= extent + padding / 2 ? last : last + 1;
}

static bool place(const roof_layer *layer, roof_window_kind kind, bool up, const double *padding,
                  const double *extra, roof_window *w)
{
    const roof_shape *input = &layer->inputs[0];
    for (size_t i = 0; i < w->dims; i++) {
        double extent = input->dims[i + 1];
        double reach = w->dilation[i] * (w->kernel[i] - 1) + 1;
        if (kind != ROOF_WINDOW_TRANSPOSED && padding[i] >= 0 && reach > extent + padding[i])
            return roof_layer_fault(layer, "kernel",
                                    "the kernel reaches over %.0f, but the padded input has only %.0f", reach,
                                    extent + padding[i]);
        double out = slide(kind, extent, reach, w->stride[i], padding[i], up) + extra[i];
        if (out < 1 || out > ROOF_DIMENSION_LIMIT)
            return roof_layer_fault(layer, NULL, "an output dimension would be %.9g", out);
        w->output.dims[i + 1] = out;
        w->taps *= w->kernel[i];
        w->positions *= out;
    }
    return true;
}

bool roof_window_read(const roof_layer *layer, roof_window_kind kind, roof_window *w)
{
    const roof_shape *input = &layer->inputs[0];
    double padding[ROOF_RANK_LIMIT], extra[ROOF_RANK_LIMIT] = {0};
    bool up = false;
    if (input->rank < 2)
        return roof_layer_fault(layer, "op", "the input has %d dimension; [channels, ...] is expected",
                                input->rank);
    *w = (roof_window){.dims = (size_t)input->rank - 1, .taps = 1, .positions = 1, .output = *input};
    if (!roof_json_get(layer->json, "kernel")) return roof_layer_fault(layer, NULL, "missing key \"kernel\"");
    if (!roof_layer_each(layer, "kernel", 1, 1, w->dims, w->kernel) ||
        !roof_layer_each(layer, "stride", 1, 1, w->dims, w->stride) ||
        !roof_layer_each(layer, "dilation", 1, 1, w->dims, w->dilation) ||
        !read_padding(layer, w->dims, padding))
        return false;
    if (kind == ROOF_WINDOW_POOL) {
        if (!roof_json_get(layer->json, "stride")) memcpy(w->stride, w->kernel, sizeof w->stride);
        if (!roof_layer_flag(layer, "ceil", false, &up)) return false;
    }
    if (kind == ROOF_WINDOW_TRANSPOSED && !roof_layer_each(layer, "output_pad", 0, 0, w->dims, extra))
        return false;
    return place(layer, kind, up, padding, extra, w);
}
