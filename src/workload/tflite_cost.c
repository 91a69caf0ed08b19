/* What the operators of TFLite cost. Every shape is in the file; images are [batch, height, width, channels].
 */
#include "workload/layer.h"
#include "workload/tflite_graph.h"

static bool missing(tflite_graph *graph)
{
    return roof_import_fail(graph->import, ROOF_INVALID, "a tensor is missing, or has a wrong shape");
}

/* Everything that goes in is read, what comes out is written. */
static roof_op whole(tflite_graph *graph, const tflite_node *node, roof_op_kind kind)
{
    roof_op op = {.kind = kind};
    for (size_t i = 0; i < node->inputs.count; i++) {
        tflite_tensor *input = tflite_input(graph, node, i);
        bool whole_numbers = input && (input->type == TFLITE_INT32 || input->type == TFLITE_INT64);
        if (whole_numbers && input->constant && kind == ROOF_OP_ELEMENTWISE) continue; /* sizes, axes */
        tflite_read(input, &op);
    }
    for (size_t i = 0; i < node->outputs.count; i++) {
        const tflite_tensor *output = tflite_output(graph, node, i);
        if (output) op.output_elements += output->elements;
    }
    return op;
}

/* Of constants a constant: the same weights in another type or form. */
bool tflite_run_view(tflite_graph *graph, const tflite_node *node)
{
    tflite_tensor *input = tflite_input(graph, node, 0);
    for (size_t i = 0; input && input->constant && i < node->outputs.count; i++) {
        tflite_tensor *output = tflite_output(graph, node, i);
        if (!output || output == input) continue;
        output->constant = true;
        if (output->elements == input->elements) output->source = input->source ? input->source : input;
    }
    return true;
}

bool tflite_run_all(tflite_graph *graph, const tflite_node *node)
{
    roof_op op = whole(graph, node, ROOF_OP_ELEMENTWISE);
    op.other_ops = op.output_elements * node->row->ops;
    return tflite_emit(graph, node, op);
}

bool tflite_run_unknown(tflite_graph *graph, const tflite_node *node)
{
    roof_import_unknown(graph->import, node->row->name);
    return tflite_emit(graph, node, whole(graph, node, ROOF_OP_ELEMENTWISE));
}

bool tflite_run_concat(tflite_graph *graph, const tflite_node *node)
{
    return tflite_emit(graph, node, whole(graph, node, ROOF_OP_CONCAT));
}

bool tflite_run_resize(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *output = tflite_output(graph, node, 0);
    roof_op op = {.kind = ROOF_OP_RESIZE};
    if (!output) return missing(graph);
    op.output_elements = output->elements;
    op.other_ops = output->elements * node->row->ops;
    tflite_read(tflite_input(graph, node, 0), &op);
    return tflite_emit(graph, node, op);
}

bool tflite_run_softmax(tflite_graph *graph, const tflite_node *node)
{
    roof_op op = whole(graph, node, ROOF_OP_SOFTMAX);
    op.other_ops = op.output_elements * ROOF_SOFTMAX_OPS;
    return tflite_emit(graph, node, op);
}

bool tflite_run_reduce(tflite_graph *graph, const tflite_node *node)
{
    tflite_tensor *input = tflite_input(graph, node, 0);
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!input || !output) return missing(graph);
    roof_op op = {.kind = ROOF_OP_POOL, .other_ops = input->elements, .output_elements = output->elements};
    tflite_read(input, &op);
    return tflite_emit(graph, node, op);
}

/* Pool2DOptions: 3 width and 4 height of the window. One operation a tap. */
bool tflite_run_pool(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *output = tflite_output(graph, node, 0);
    double width = (double)tflite_number(&graph->buffer, node->options, 3, 4, 0);
    double height = (double)tflite_number(&graph->buffer, node->options, 4, 4, 0);
    if (!output || width < 1 || height < 1) return missing(graph);
    roof_op op = {.kind = ROOF_OP_POOL, .output_elements = output->elements};
    op.other_ops = output->elements * width * height * node->row->ops;
    tflite_read(tflite_input(graph, node, 0), &op);
    return tflite_emit(graph, node, op);
}

/* Weights [out, height, width, in / groups], in three dimensions [depth, height, width, in, out]: an output
 * element takes as many MACs as it has weights. */
bool tflite_run_conv(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *weights = tflite_input(graph, node, 1), *input = tflite_input(graph, node, 0);
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!weights || !input || !output || weights->rank < 4 || input->rank != weights->rank ||
        output->rank != weights->rank)
        return missing(graph);
    double out = weights->dims[weights->rank == 4 ? 0 : 4], in = weights->dims[3];
    if (out < 1 || out != output->dims[output->rank - 1]) return missing(graph);
    roof_op op = whole(graph, node, ROOF_OP_CONV2D);
    if (weights->rank == 4 && in == 1 && input->dims[3] > 1) op.kind = ROOF_OP_DEPTHWISE;
    op.macs = output->elements * (weights->elements / out);
    return tflite_emit(graph, node, op);
}

/* Weights [1, height, width, channels]. */
bool tflite_run_depthwise(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *weights = tflite_input(graph, node, 1), *output = tflite_output(graph, node, 0);
    if (!weights || !output || weights->rank != 4 || output->rank != 4 || weights->dims[3] != output->dims[3])
        return missing(graph);
    roof_op op = whole(graph, node, ROOF_OP_DEPTHWISE);
    op.macs = output->elements * weights->dims[1] * weights->dims[2];
    return tflite_emit(graph, node, op);
}

/* Inputs: the output's shape, weights [out, height, width, in], the input, which meets all weights of its
 * channel. */
bool tflite_run_transpose_conv(tflite_graph *graph, const tflite_node *node)
{
    tflite_tensor *weights = tflite_input(graph, node, 1), *input = tflite_input(graph, node, 2);
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!weights || !input || !output || weights->rank != 4 || input->rank != 4 || output->rank != 4 ||
        weights->dims[3] != input->dims[3] || weights->dims[0] != output->dims[3])
        return missing(graph);
    roof_op op = {.kind = ROOF_OP_CONV2D, .output_elements = output->elements};
    op.macs = input->elements * weights->dims[0] * weights->dims[1] * weights->dims[2];
    tflite_read(weights, &op);
    tflite_read(input, &op);
    tflite_read(tflite_input(graph, node, 3), &op);
    return tflite_emit(graph, node, op);
}

/* Weights [out, in]; the rows are what the input holds beyond `in`. */
bool tflite_run_dense(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *input = tflite_input(graph, node, 0), *weights = tflite_input(graph, node, 1);
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!input || !weights || !output || weights->rank != 2 || weights->dims[1] < 1) return missing(graph);
    double rows = input->elements / weights->dims[1];
    if (output->elements != rows * weights->dims[0]) return missing(graph);
    roof_op op = whole(graph, node, ROOF_OP_GEMM);
    op.macs = output->elements * weights->dims[1];
    return tflite_emit(graph, node, op);
}

/* BatchMatMulOptions: 0 the first matrix is turned. */
bool tflite_run_matmul(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *a = tflite_input(graph, node, 0), *b = tflite_input(graph, node, 1);
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!a || !b || !output || a->rank < 2 || b->rank < 2) return missing(graph);
    bool turn_a = tflite_number(&graph->buffer, node->options, 0, 1, 0) != 0;
    bool turn_b = tflite_number(&graph->buffer, node->options, 1, 1, 0) != 0;
    double inner = a->dims[a->rank - (turn_a ? 2 : 1)];
    if (inner != b->dims[b->rank - (turn_b ? 1 : 2)]) return missing(graph);
    roof_op op = whole(graph, node, a->constant || b->constant ? ROOF_OP_GEMM : ROOF_OP_MATMUL);
    op.macs = output->elements * inner;
    return tflite_emit(graph, node, op);
}

/* Every matrix among the weights works once a step. */
bool tflite_run_recurrent(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *input = tflite_input(graph, node, 0);
    if (!input || input->rank < 2 || input->dims[input->rank - 1] < 1) return missing(graph);
    double steps = input->elements / input->dims[input->rank - 1], weights = 0;
    for (size_t i = 1; i < node->inputs.count; i++) {
        const tflite_tensor *t = tflite_input(graph, node, i);
        if (t && t->constant && t->rank == 2) weights += t->elements;
    }
    roof_op op = whole(graph, node, ROOF_OP_RECURRENT);
    op.macs = steps * weights;
    op.other_ops = op.output_elements * 12; /* four gates, three operations each */
    return tflite_emit(graph, node, op);
}

/* Inputs: the input, weights of features [filters, in], weights of time [filters, memory]. */
bool tflite_run_svdf(tflite_graph *graph, const tflite_node *node)
{
    const tflite_tensor *input = tflite_input(graph, node, 0), *feature = tflite_input(graph, node, 1);
    const tflite_tensor *time = tflite_input(graph, node, 2);
    if (!input || !feature || !time || feature->rank != 2 || feature->dims[1] < 1) return missing(graph);
    roof_op op = whole(graph, node, ROOF_OP_RECURRENT);
    op.macs = input->elements / feature->dims[1] * (feature->elements + time->elements);
    return tflite_emit(graph, node, op);
}

static bool look_up(tflite_graph *graph, const tflite_node *node, tflite_tensor *table,
                    tflite_tensor *indices)
{
    const tflite_tensor *output = tflite_output(graph, node, 0);
    if (!table || !indices || !output) return missing(graph);
    if (indices->constant) return true; /* a slice */
    roof_op op = {.kind = table->constant ? ROOF_OP_EMBEDDING : ROOF_OP_ELEMENTWISE};
    op.output_elements = output->elements;
    tflite_read(indices, &op);
    if (table->constant) {
        roof_op stored = {.kind = ROOF_OP_EMBEDDING};
        tflite_read(table, &stored);
        op.weights_stored = stored.weights_stored;
        op.weights_gathered = output->elements;
    } else {
        op.input_elements += output->elements;
    }
    return tflite_emit(graph, node, op);
}

bool tflite_run_gather(tflite_graph *graph, const tflite_node *node)
{
    return look_up(graph, node, tflite_input(graph, node, 0), tflite_input(graph, node, 1));
}

bool tflite_run_lookup(tflite_graph *graph, const tflite_node *node)
{
    return look_up(graph, node, tflite_input(graph, node, 1), tflite_input(graph, node, 0));
}

bool tflite_run_refused(tflite_graph *graph, const tflite_node *node)
{
    return roof_import_fail(graph->import, ROOF_UNSUPPORTED, "the operator %s is not covered",
                            node->row->name);
}
