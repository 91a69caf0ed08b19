/* Layers that move elements, with few operations or none. A view (split, slice, reshape, flatten) costs
 * nothing and is no operation of the network. */
#include <math.h>
#include <string.h>

#include "workload/layer.h"

bool roof_cost_norm(roof_layer *layer)
{
    static const char *const types[] = {"layer", "rms", "batch", "group", "channel", NULL};
    static const struct {
        double weights, ops; /* weights a channel, operations an element */
        bool first;          /* the channels are the first dimension, else the last */
    } costs[] = {{2, ROOF_LAYER_NORM_OPS, false},
                 {1, ROOF_RMS_NORM_OPS, false},
                 {2, ROOF_BATCH_NORM_OPS, true},
                 {2, ROOF_LAYER_NORM_OPS, true},
                 {2, ROOF_LAYER_NORM_OPS, true}};
    const roof_shape *input = &layer->inputs[0];
    int type = 0;
    bool affine = true, shared = false;
    if (!roof_layer_word(layer, "type", types, 0, &type) ||
        !roof_layer_flag(layer, "affine", true, &affine) || !roof_layer_flag(layer, "shared", false, &shared))
        return false;
    double channels = costs[type].first ? input->dims[0] : input->dims[input->rank - 1];
    roof_op op = {.kind = ROOF_OP_NORM};
    op.input_elements = op.output_elements = roof_shape_elements(input);
    op.other_ops = op.input_elements * costs[type].ops;
    op.weights_stored = op.weights_read = affine && !shared ? channels * costs[type].weights : 0;
    roof_layer_output(layer, input);
    return roof_layer_emit(layer, "", op) && roof_layer_activation(layer);
}

bool roof_cost_softmax(roof_layer *layer)
{
    roof_op op = {.kind = ROOF_OP_SOFTMAX};
    op.input_elements = op.output_elements = roof_shape_elements(&layer->inputs[0]);
    op.other_ops = op.input_elements * ROOF_SOFTMAX_OPS;
    roof_layer_output(layer, &layer->inputs[0]);
    return roof_layer_emit(layer, "", op);
}

/* Operations an output element costs, or -1 after a fault. */
static double elementwise_ops(const roof_layer *layer, double operands)
{
    const char *function = NULL;
    const roof_json_value *value = roof_json_get(layer->json, "fn");
    if (!value) roof_layer_fault(layer, NULL, "missing key \"fn\"");
    if (!value || !roof_json_string(value, &function)) return -1;
    if (strcmp(function, "add") == 0 || strcmp(function, "sub") == 0 || strcmp(function, "mul") == 0) {
        if (operands >= 2) return operands - 1;
        roof_layer_fault(layer, "fn", "\"%s\" needs two operands: list them in \"from\", or give \"learned\"",
                         function);
        return -1;
    }
    double ops = 0;
    if (!roof_layer_function(layer, "fn", function, &ops)) return -1;
    if (operands == 1) return ops;
    roof_layer_fault(layer, "fn", "\"%s\" takes one operand", function);
    return -1;
}

/* add, sub and mul of several tensors and, with `learned`, that many weights (a position embedding, a layer
 * scale); or one of the functions of activation.c. */
bool roof_cost_elementwise(roof_layer *layer)
{
    roof_shape output = layer->inputs[0];
    double learned = 0;
    if (!roof_layer_optional(layer, "learned", 0, 0, &learned)) return false;
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE, .input_elements = roof_shape_elements(&output)};
    for (size_t i = 1; i < layer->input_count; i++) {
        roof_shape before = output;
        if (!roof_shape_broadcast(&output, &layer->inputs[i])) {
            char a[ROOF_SHAPE_TEXT], b[ROOF_SHAPE_TEXT];
            return roof_layer_fault(layer, "from", "shapes %s and %s do not fit together",
                                    roof_shape_text(&before, a, sizeof a),
                                    roof_shape_text(&layer->inputs[i], b, sizeof b));
        }
        op.input_elements += roof_shape_elements(&layer->inputs[i]);
    }
    double ops = elementwise_ops(layer, (double)layer->input_count + (learned > 0 ? 1 : 0));
    if (ops < 0) return false;
    op.output_elements = roof_shape_elements(&output);
    op.other_ops = ops * op.output_elements;
    op.weights_stored = op.weights_read = learned;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op) && roof_layer_activation(layer);
}

/* The mean over all positions: [C, ...] becomes [C, 1, ...], [tokens, C] becomes [C]. */
static void pool_globally(const roof_shape *input, roof_shape *output)
{
    *output = *input;
    if (input->rank <= 2) {
        *output = (roof_shape){.rank = 1, .dims = {input->dims[input->rank - 1]}};
        return;
    }
    for (int i = 1; i < input->rank; i++) output->dims[i] = 1;
}

/* A window costs one operation a tap; adaptive pooling to `out` and global pooling one an input element. */
bool roof_cost_pool(roof_layer *layer)
{
    static const char *const types[] = {"max", "avg", "global", NULL};
    const roof_shape *input = &layer->inputs[0];
    int type = 0;
    if (!roof_json_get(layer->json, "fn")) return roof_layer_fault(layer, NULL, "missing key \"fn\"");
    if (!roof_layer_word(layer, "fn", types, 0, &type)) return false;
    roof_op op = {.kind = ROOF_OP_POOL, .input_elements = roof_shape_elements(input)};
    op.other_ops = op.input_elements;
    roof_shape output = *input;
    if (type == 2) pool_globally(input, &output);
    else if (roof_json_get(layer->json, "out")) {
        if (input->rank < 2) return roof_layer_fault(layer, "op", "[channels, ...] is expected");
        if (!roof_layer_each(layer, "out", 1, 1, (size_t)input->rank - 1, output.dims + 1)) return false;
    } else {
        roof_window window;
        if (!roof_window_read(layer, ROOF_WINDOW_POOL, &window)) return false;
        output = window.output;
        op.other_ops = roof_shape_elements(&output) * window.taps;
    }
    op.output_elements = roof_shape_elements(&output);
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

/* Bilinear: three interpolations, 4 products and 3 sums an element. */
bool roof_cost_resize(roof_layer *layer)
{
    static const char *const types[] = {"nearest", "bilinear", NULL};
    static const double ops[] = {0, 7};
    const roof_shape *input = &layer->inputs[0];
    roof_shape output = *input;
    int type = 0;
    if (input->rank < 2) return roof_layer_fault(layer, "op", "[channels, ...] is expected");
    size_t dims = (size_t)input->rank - 1;
    if (!roof_layer_word(layer, "fn", types, 0, &type)) return false;
    if (roof_json_get(layer->json, "out")) {
        if (!roof_layer_each(layer, "out", 1, 1, dims, output.dims + 1)) return false;
    } else {
        double scale[ROOF_RANK_LIMIT];
        if (!roof_json_get(layer->json, "scale"))
            return roof_layer_fault(layer, NULL, "missing key \"scale\"");
        if (!roof_layer_each(layer, "scale", 1, 1, dims, scale)) return false;
        for (size_t i = 0; i < dims; i++) output.dims[i + 1] *= scale[i];
    }
    roof_op op = {.kind = ROOF_OP_RESIZE, .input_elements = roof_shape_elements(input)};
    op.output_elements = roof_shape_elements(&output);
    op.other_ops = ops[type] * op.output_elements;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

/* Reads `axis`: which dimension is joined or cut; the channels when there is none. */
static bool read_axis(const roof_layer *layer, int *axis)
{
    const roof_shape *input = &layer->inputs[0];
    double value = 0;
    if (!roof_layer_optional(layer, "axis", 0, input->rank >= 3 ? 0 : input->rank - 1, &value)) return false;
    if (value >= input->rank)
        return roof_layer_fault(layer, "axis", "the input has only %d dimensions", input->rank);
    *axis = (int)value;
    return true;
}

/* `learned` adds that many entries that are weights (a class token). */
bool roof_cost_concat(roof_layer *layer)
{
    int axis = 0;
    double learned = 0;
    if (!read_axis(layer, &axis) || !roof_layer_optional(layer, "learned", 0, 0, &learned)) return false;
    roof_shape output = layer->inputs[0];
    double across = roof_shape_elements(&output) / output.dims[axis];
    for (size_t i = 1; i < layer->input_count; i++) {
        roof_shape other = layer->inputs[i];
        double joined = output.dims[axis] + (axis < other.rank ? other.dims[axis] : 0);
        if (axis < other.rank) other.dims[axis] = output.dims[axis];
        if (!roof_shape_equal(&output, &other)) {
            char a[ROOF_SHAPE_TEXT], b[ROOF_SHAPE_TEXT];
            return roof_layer_fault(layer, "from", "shapes %s and %s differ in more than dimension %d",
                                    roof_shape_text(&layer->inputs[0], a, sizeof a),
                                    roof_shape_text(&layer->inputs[i], b, sizeof b), axis);
        }
        output.dims[axis] = joined;
    }
    roof_op op = {.kind = ROOF_OP_CONCAT, .input_elements = roof_shape_elements(&output)};
    output.dims[axis] += learned;
    op.output_elements = roof_shape_elements(&output);
    op.weights_stored = op.weights_read = learned * across;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

bool roof_cost_slice(roof_layer *layer)
{
    int axis = 0;
    double start = 0, size = 0;
    if (!read_axis(layer, &axis) || !roof_layer_optional(layer, "start", 0, 0, &start) ||
        !roof_layer_required(layer, "size", 1, &size))
        return false;
    roof_shape output = layer->inputs[0];
    if (start + size > output.dims[axis])
        return roof_layer_fault(layer, "size", "entries %.0f to %.0f of %.0f", start, start + size,
                                output.dims[axis]);
    output.dims[axis] = size;
    roof_layer_output(layer, &output);
    return true;
}

/* `parts`: how many equal ones, or the list of their sizes. */
bool roof_cost_split(roof_layer *layer)
{
    int axis = 0;
    const roof_json_value *parts = roof_json_get(layer->json, "parts");
    if (!parts) return roof_layer_fault(layer, NULL, "missing key \"parts\"");
    if (!read_axis(layer, &axis)) return false;
    roof_shape part = layer->inputs[0];
    double whole = part.dims[axis], sum = 0;
    if (roof_json_type_of(parts) != ROOF_JSON_ARRAY) {
        double count = 0;
        if (!roof_value_whole(parts, layer->variables, 1, ROOF_LAYER_OUTPUT_LIMIT, &count)) return false;
        part.dims[axis] = whole / count;
        if (part.dims[axis] * count != whole || part.dims[axis] != floor(part.dims[axis]))
            return roof_layer_fault(layer, "parts", "%.0f parts do not divide %.0f", count, whole);
        for (int i = 0; i < (int)count; i++) roof_layer_output(layer, &part);
        return true;
    }
    if (roof_json_length(parts) > ROOF_LAYER_OUTPUT_LIMIT)
        return roof_layer_fault(layer, "parts", "more than %d parts", ROOF_LAYER_OUTPUT_LIMIT);
    for (const roof_json_value *p = roof_json_first(parts); p; p = roof_json_next(p)) {
        if (!roof_value_whole(p, layer->variables, 1, ROOF_DIMENSION_LIMIT, &part.dims[axis])) return false;
        sum += part.dims[axis];
        roof_layer_output(layer, &part);
    }
    return sum == whole || roof_layer_fault(layer, "parts", "the parts add up to %.0f, not %.0f", sum, whole);
}

bool roof_cost_reshape(roof_layer *layer)
{
    const roof_json_value *shape = roof_json_get(layer->json, "shape");
    roof_shape output = {0};
    if (!shape) return roof_layer_fault(layer, NULL, "missing key \"shape\"");
    if (!roof_json_is(shape, ROOF_JSON_ARRAY)) return false;
    if (roof_json_length(shape) < 1 || roof_json_length(shape) > ROOF_RANK_LIMIT)
        return roof_layer_fault(layer, "shape", "1 to %d dimensions are expected", ROOF_RANK_LIMIT);
    for (const roof_json_value *d = roof_json_first(shape); d; d = roof_json_next(d))
        if (!roof_value_whole(d, layer->variables, 1, ROOF_DIMENSION_LIMIT, &output.dims[output.rank++]))
            return false;
    double before = roof_shape_elements(&layer->inputs[0]), after = roof_shape_elements(&output);
    if (before != after)
        return roof_layer_fault(layer, "shape", "%.0f elements cannot become %.0f", before, after);
    roof_layer_output(layer, &output);
    return true;
}

bool roof_cost_flatten(roof_layer *layer)
{
    roof_shape output = {.rank = 1, .dims = {roof_shape_elements(&layer->inputs[0])}};
    roof_layer_output(layer, &output);
    return true;
}
