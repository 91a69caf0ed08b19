/* Matrix products and recurrent layers. */
#include <math.h>

#include "workload/onnx_node.h"

/* A product with weights is a layer, one of two activations is not. A single constant is a weight even if it
 * comes first. */
static roof_op_kind kind_of(const onnx_tensor *a, const onnx_tensor *b)
{
    return a->constant || b->constant ? ROOF_OP_GEMM : ROOF_OP_MATMUL;
}

/* The leading dimensions stretch, the last two multiply: [..., m, k] x [..., k, n]. A vector gets a dimension
 * of 1, which the product loses again. */
static bool multiply(onnx_model *model, const onnx_tensor *a, const onnx_tensor *b, bool flip_a, bool flip_b,
                     onnx_tensor *out, double *inner)
{
    if (a->rank < 1 || b->rank < 1)
        return roof_import_fail(model->import, ROOF_INVALID, "a matrix product of a single number");
    bool row = a->rank == 1, column = b->rank == 1;
    double m = row ? 1 : a->dims[a->rank - (flip_a ? 1 : 2)], k = a->dims[a->rank - (flip_a && !row ? 2 : 1)];
    double n = column ? 1 : b->dims[b->rank - (flip_b ? 2 : 1)];
    double other = column ? b->dims[0] : b->dims[b->rank - (flip_b ? 1 : 2)];
    if (k != other)
        return roof_import_fail(model->import, ROOF_INVALID, "the inner dimensions are %.0f and %.0f", k,
                                other);
    onnx_tensor front = {.rank = a->rank > 2 ? a->rank - 2 : 0},
                back = {.rank = b->rank > 2 ? b->rank - 2 : 0};
    for (int i = 0; i < front.rank; i++) front.dims[i] = a->dims[i];
    for (int i = 0; i < back.rank; i++) back.dims[i] = b->dims[i];
    out->rank = 0;
    if (!onnx_broadcast(model, &out->rank, out->dims, &front) ||
        !onnx_broadcast(model, &out->rank, out->dims, &back))
        return false;
    if (!row) out->dims[out->rank++] = m;
    if (!column) out->dims[out->rank++] = n;
    *inner = k;
    return true;
}

bool onnx_run_matmul(onnx_model *model, onnx_node *node)
{
    bool quantized = node->row->detail == 1; /* a, scale, zero, b, scale, zero, ... */
    onnx_tensor *a = node->inputs[0], *b = onnx_input(node, quantized ? 3 : 1), shape = {0};
    double inner = 0;
    if (!b) return roof_import_fail(model->import, ROOF_INVALID, "the second matrix is missing");
    bool fused = node->row->detail == 2;
    if (fused &&
        (onnx_number(model, node, "transBatchA", 0) != 0 || onnx_number(model, node, "transBatchB", 0) != 0))
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "a transposed batch is not covered");
    if (!multiply(model, a, b, fused && onnx_number(model, node, "transA", 0) != 0,
                  fused && onnx_number(model, node, "transB", 0) != 0, &shape, &inner))
        return false;
    onnx_tensor *output = onnx_output(model, node, 0, a->type, shape.rank, shape.dims);
    if (!output) return false;
    roof_op op = {.kind = kind_of(a, b), .macs = output->elements * inner};
    op.output_elements = output->elements;
    onnx_read(model, a, &op);
    onnx_read(model, b, &op);
    return onnx_emit(model, node, op);
}

/* Weights of N columns and K rows packed into bytes: their elements are not those of the tensor. */
bool onnx_run_matmul_bits(onnx_model *model, onnx_node *node)
{
    onnx_tensor *a = node->inputs[0], *b = onnx_input(node, 1);
    double k = onnx_number(model, node, "K", 0), n = onnx_number(model, node, "N", 0), dims[ONNX_RANK];
    if (!b || a->rank < 1 || a->dims[a->rank - 1] != k || !(n >= 1))
        return roof_import_fail(model->import, ROOF_INVALID, "K or N does not fit the input");
    for (int i = 0; i < a->rank; i++) dims[i] = i == a->rank - 1 ? n : a->dims[i];
    onnx_tensor *output = onnx_output(model, node, 0, a->type, a->rank, dims);
    if (!output) return false;
    roof_op op = {.kind = ROOF_OP_GEMM, .macs = output->elements * k, .output_elements = output->elements};
    if (b->weight) b->weight->elements = k * n;
    onnx_read(model, a, &op);
    onnx_read(model, b, &op);
    onnx_read(model, onnx_input(node, 5), &op); /* bias */
    return onnx_emit(model, node, op);
}

/* [m, k] x [k, n] + [n], either matrix the other way round; QGemm: a, scale, zero, b, scale, zero, bias. */
bool onnx_run_gemm(onnx_model *model, onnx_node *node)
{
    bool quantized = node->row->detail == 1;
    onnx_tensor *a = node->inputs[0], *b = onnx_input(node, quantized ? 3 : 1), shape = {0};
    double inner = 0;
    if (!b || a->rank != 2 || b->rank != 2)
        return roof_import_fail(model->import, ROOF_INVALID, "two matrices are expected");
    if (!multiply(model, a, b, onnx_number(model, node, "transA", 0) != 0,
                  onnx_number(model, node, "transB", 0) != 0, &shape, &inner))
        return false;
    onnx_tensor *output = onnx_output(model, node, 0, a->type, shape.rank, shape.dims);
    if (!output) return false;
    roof_op op = {.kind = kind_of(a, b), .macs = output->elements * inner};
    op.output_elements = output->elements;
    onnx_read(model, a, &op);
    onnx_read(model, b, &op);
    onnx_read(model, onnx_input(node, quantized ? 6 : 2), &op);
    return onnx_emit(model, node, op);
}

static bool recurrent_outputs(onnx_model *model, onnx_node *node, const onnx_tensor *x, double directions,
                              double hidden, bool batch_first)
{
    double steps = x->dims[batch_first ? 1 : 0], batch = x->dims[batch_first ? 0 : 1];
    double all[4] = {steps, directions, batch, hidden}, last[3] = {directions, batch, hidden};
    if (batch_first) {
        all[0] = last[0] = batch;
        all[1] = steps;
        all[2] = last[1] = directions;
    }
    if (!onnx_output(model, node, 0, x->type, 4, all)) return false;
    for (size_t i = 1; i < 3 && i < node->output_count; i++)
        if (!onnx_output(model, node, i, x->type, 3, last)) return false;
    return true;
}

/* x [steps, batch, in], w [directions, gates x hidden, in], r [directions, gates x hidden, hidden], bias:
 * macs = steps x batch x directions x gates x hidden x (in + hidden). */
bool onnx_run_recurrent(onnx_model *model, onnx_node *node)
{
    onnx_tensor *x = node->inputs[0], *w = onnx_input(node, 1), *r = onnx_input(node, 2);
    double gates = node->row->detail;
    if (!w || !r || x->rank != 3 || w->rank != 3 || r->rank != 3)
        return roof_import_fail(model->import, ROOF_INVALID,
                                "three tensors of three dimensions are expected");
    double directions = w->dims[0], hidden = r->dims[2], in = w->dims[2];
    if (w->dims[1] != gates * hidden || r->dims[1] != gates * hidden || r->dims[0] != directions ||
        x->dims[2] != in)
        return roof_import_fail(model->import, ROOF_INVALID,
                                "the weights do not fit the input's %.0f channels", x->dims[2]);
    if (!recurrent_outputs(model, node, x, directions, hidden, onnx_number(model, node, "layout", 0) != 0))
        return false;
    double rows = x->dims[0] * x->dims[1] * directions * gates * hidden;
    roof_op op = {.kind = ROOF_OP_RECURRENT, .macs = rows * (in + hidden), .other_ops = rows * 3};
    op.output_elements = x->dims[0] * x->dims[1] * directions * hidden;
    for (size_t i = 0; i < node->input_count; i++) onnx_read(model, node->inputs[i], &op);
    return onnx_emit(model, node, op);
}
