/* Layers made of multiply-accumulates. Positions in the padding count, as in every published MAC count; a
 * bias costs nothing, since the accumulator starts from it. */
#include <math.h>
#include <string.h>

#include "workload/layer.h"

/* Bias and folded batch norm: `bias` adds one weight an output channel, `norm` two (scale and shift).
 * `shared` weights belong to an earlier layer: they are neither stored nor (compulsorily) read a second time.
 */
static bool set_weights(roof_layer *layer, roof_op *op, double kernel_weights, double channels,
                        bool bias_default)
{
    bool bias = false, norm = false, shared = false;
    if (!roof_layer_flag(layer, "norm", false, &norm) ||
        !roof_layer_flag(layer, "bias", bias_default && !norm, &bias) ||
        !roof_layer_flag(layer, "shared", false, &shared))
        return false;
    double weights = kernel_weights + (bias ? channels : 0) + (norm ? 2 * channels : 0);
    op->weights_stored = op->weights_read = shared ? 0 : weights;
    return true;
}

/* A convolution: macs = output elements x (input channels / groups) x kernel taps. Transposed, each input
 * element meets the kernel once: macs = input elements x (output channels / groups) x taps, with none spent
 * on inserted zeros. */
static bool convolve(roof_layer *layer, roof_op_kind kind, double out, double groups)
{
    const roof_shape *input = &layer->inputs[0];
    double channels = input->dims[0];
    bool transposed = false;
    roof_window window;
    if (!roof_layer_flag(layer, "transposed", false, &transposed) ||
        !roof_window_read(layer, transposed ? ROOF_WINDOW_TRANSPOSED : ROOF_WINDOW_CONV, &window))
        return false;
    roof_shape output = window.output;
    output.dims[0] = out;
    roof_op op = {.kind = kind};
    op.input_elements = roof_shape_elements(input);
    op.output_elements = roof_shape_elements(&output);
    op.macs = transposed ? op.input_elements * (out / groups) * window.taps
                         : op.output_elements * (channels / groups) * window.taps;
    if (!set_weights(layer, &op, out * (channels / groups) * window.taps, out, true)) return false;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op) && roof_layer_activation(layer);
}

bool roof_cost_conv2d(roof_layer *layer)
{
    double out = 0, groups = 1, channels = layer->inputs[0].dims[0];
    if (!roof_layer_required(layer, "out", 1, &out) || !roof_layer_optional(layer, "groups", 1, 1, &groups))
        return false;
    double per_group = channels / groups, out_per_group = out / groups;
    if (per_group != floor(per_group))
        return roof_layer_fault(layer, "groups", "%.0f groups do not divide the %.0f input channels", groups,
                                channels);
    if (out_per_group != floor(out_per_group))
        return roof_layer_fault(layer, "groups", "%.0f groups do not divide the %.0f output channels", groups,
                                out);
    return convolve(layer, ROOF_OP_CONV2D, out, groups);
}

bool roof_cost_depthwise(roof_layer *layer)
{
    double multiplier = 1, channels = layer->inputs[0].dims[0];
    if (!roof_layer_optional(layer, "multiplier", 1, 1, &multiplier)) return false;
    return convolve(layer, ROOF_OP_DEPTHWISE, channels * multiplier, channels);
}

/* A matrix over the last dimension: macs = rows x in x out. */
bool roof_cost_gemm(roof_layer *layer)
{
    roof_shape output = layer->inputs[0];
    int last = output.rank - 1;
    double in = output.dims[last], out = 0;
    if (!roof_layer_required(layer, "out", 1, &out)) return false;
    output.dims[last] = out;
    roof_op op = {.kind = ROOF_OP_GEMM};
    op.input_elements = roof_shape_elements(&layer->inputs[0]);
    op.output_elements = roof_shape_elements(&output);
    op.macs = op.output_elements * in;
    if (!set_weights(layer, &op, in * out, out, true)) return false;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op) && roof_layer_activation(layer);
}

/* [..., m, k] times [..., k, n] (or [..., n, k] with transpose_b): both operands are activations. */
bool roof_cost_matmul(roof_layer *layer)
{
    const roof_shape *a = &layer->inputs[0], *b = &layer->inputs[1];
    bool transpose = false;
    if (!roof_layer_flag(layer, "transpose_b", false, &transpose)) return false;
    if (a->rank < 2 || a->rank != b->rank)
        return roof_layer_fault(layer, "from", "two tensors of the same rank, at least 2, are expected");
    int last = a->rank - 1;
    for (int i = 0; i < last - 1; i++)
        if (a->dims[i] != b->dims[i])
            return roof_layer_fault(layer, "from", "the leading dimensions are %.0f and %.0f", a->dims[i],
                                    b->dims[i]);
    double inner = b->dims[transpose ? last : last - 1], columns = b->dims[transpose ? last - 1 : last];
    if (a->dims[last] != inner)
        return roof_layer_fault(layer, "from", "the inner dimensions are %.0f and %.0f", a->dims[last],
                                inner);
    roof_shape output = *a;
    output.dims[last] = columns;
    roof_op op = {.kind = ROOF_OP_MATMUL};
    op.input_elements = roof_shape_elements(a) + roof_shape_elements(b);
    op.output_elements = roof_shape_elements(&output);
    op.macs = op.output_elements * inner;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

/* The dimensions of softmax(q k') v over `batch` windows. */
typedef struct attention_shape {
    double batch, queries, keys, heads, head_width, value_width;
} attention_shape;

static bool read_attention(const roof_layer *layer, double kv_heads, attention_shape *s)
{
    const roof_shape *q = &layer->inputs[0];
    bool packed = layer->input_count == 1;
    const roof_shape *k = packed ? q : &layer->inputs[1], *v = packed ? q : &layer->inputs[2];
    if (layer->input_count == 2)
        return roof_layer_fault(layer, "from", "one packed tensor or q, k and v are expected");
    if (q->rank < 2 || k->rank != q->rank || v->rank != q->rank)
        return roof_layer_fault(layer, "from", "[tokens, channels] is expected of q, k and v");
    int last = q->rank - 1;
    s->batch = 1;
    for (int i = 0; i < last - 1; i++) s->batch *= q->dims[i];
    s->queries = q->dims[last - 1];
    s->keys = k->dims[last - 1];
    /* Packed: the channels are q, k and v side by side, as one matrix makes them. */
    s->head_width = q->dims[last] / (packed ? s->heads + 2 * kv_heads : s->heads);
    s->value_width = packed ? s->head_width : v->dims[last] / kv_heads;
    if (s->head_width != floor(s->head_width) || s->value_width != floor(s->value_width))
        return roof_layer_fault(layer, "heads", "%.0f heads do not divide the channels (%.0f)", s->heads,
                                q->dims[last]);
    if (!packed && (k->dims[last] != s->head_width * kv_heads || v->dims[last - 1] != s->keys))
        return roof_layer_fault(layer, "from", "k and v do not fit to q with %.0f key heads", kv_heads);
    return true;
}

/* macs = heads x pairs x (head width + value width), where pairs is queries x keys, or, under a causal mask,
 * the useful ones: query t of n meets the first keys - n + t keys. */
bool roof_cost_attention(roof_layer *layer)
{
    attention_shape s = {0};
    double kv_heads = 0, learned = 0;
    bool causal = false;
    if (!roof_layer_required(layer, "heads", 1, &s.heads) ||
        !roof_layer_optional(layer, "kv_heads", 1, s.heads, &kv_heads) ||
        !roof_layer_optional(layer, "learned", 0, 0, &learned) ||
        !roof_layer_flag(layer, "causal", false, &causal) || !read_attention(layer, kv_heads, &s))
        return false;
    if (causal && s.keys < s.queries)
        return roof_layer_fault(layer, "causal", "there are fewer keys than queries");
    double pairs = s.batch * (s.queries * s.keys - (causal ? s.queries * (s.queries - 1) / 2 : 0));
    roof_shape output = layer->inputs[0];
    output.dims[output.rank - 1] = s.heads * s.value_width;
    roof_op op = {.kind = ROOF_OP_ATTENTION};
    op.macs = s.heads * pairs * (s.head_width + s.value_width);
    /* Learned weights (of a position) are added to the scores. */
    op.other_ops = s.heads * pairs * (ROOF_ATTENTION_SCORE_OPS + (learned > 0 ? 1 : 0));
    op.weights_stored = op.weights_read = learned;
    for (size_t i = 0; i < layer->input_count; i++)
        op.input_elements += roof_shape_elements(&layer->inputs[i]);
    op.output_elements = roof_shape_elements(&output);
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

/* A table of `rows` vectors; each index of the input picks one. `reduce` adds the picked ones up (an
 * embedding bag). */
bool roof_cost_embedding(roof_layer *layer)
{
    double rows = 0, width = 0, lookups = roof_shape_elements(&layer->inputs[0]);
    bool reduce = false, shared = false;
    if (!roof_layer_required(layer, "rows", 1, &rows) || !roof_layer_required(layer, "out", 1, &width) ||
        !roof_layer_flag(layer, "reduce", false, &reduce) ||
        !roof_layer_flag(layer, "shared", false, &shared))
        return false;
    roof_shape output = {.rank = 2, .dims = {lookups, width}};
    if (reduce) output = (roof_shape){.rank = 1, .dims = {width}};
    roof_op op = {.kind = ROOF_OP_EMBEDDING};
    op.other_ops = reduce ? (lookups - 1) * width : 0;
    op.weights_stored = shared ? 0 : rows * width;
    op.weights_gathered = lookups * width;
    op.input_elements = lookups;
    op.output_elements = roof_shape_elements(&output);
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}

/* One recurrent layer over [steps, in]: macs = steps x directions x gates x hidden x (in + hidden). Two bias
 * vectors, as cuDNN and PyTorch store them. The weights count as read once: a chip that holds them need not
 * read them at each step. */
bool roof_cost_recurrent(roof_layer *layer)
{
    static const char *const cells[] = {"rnn", "gru", "lstm", NULL};
    static const double gates[] = {1, 3, 4};
    const roof_shape *input = &layer->inputs[0];
    double hidden = 0;
    int cell = 0;
    bool both_ways = false;
    if (input->rank != 2) return roof_layer_fault(layer, "op", "[steps, channels] is expected");
    if (!roof_layer_required(layer, "hidden", 1, &hidden) ||
        !roof_layer_word(layer, "cell", cells, 2, &cell) ||
        !roof_layer_flag(layer, "bidirectional", false, &both_ways))
        return false;
    double steps = input->dims[0], in = input->dims[1], directions = both_ways ? 2 : 1;
    double rows = directions * gates[cell] * hidden;
    roof_shape output = {.rank = 2, .dims = {steps, directions * hidden}};
    roof_op op = {.kind = ROOF_OP_RECURRENT};
    op.macs = steps * rows * (in + hidden);
    op.other_ops = steps * rows * 3; /* about one sigmoid or tanh and its share of the products a gate */
    op.input_elements = roof_shape_elements(input);
    op.output_elements = roof_shape_elements(&output);
    if (!set_weights(layer, &op, rows * (in + hidden), 2 * rows, true)) return false;
    roof_layer_output(layer, &output);
    return roof_layer_emit(layer, "", op);
}
