/* What operators need: their attributes, their inputs, and a place for their outputs. */
#ifndef WORKLOAD_ONNX_NODE_H
#define WORKLOAD_ONNX_NODE_H

#include "workload/onnx_graph.h"

/* A row of the table of operators. */
typedef struct onnx_operator {
    const char *name;
    bool (*run)(onnx_model *model, onnx_node *node);
    size_t least_inputs;
    double ops; /* operations an element */
    int detail; /* which of several that `run` serves */
} onnx_operator;
/* NULL if there is none of that name. */
const onnx_operator *onnx_operator_find(roof_bytes name);
/* The i-th row, or NULL after the last. */
const onnx_operator *onnx_operator_at(size_t index);

/* Attributes. A malformed one is a failure: the list has a length of -1, the others their default. */
bool onnx_attribute(const onnx_node *node, const char *name, roof_bytes *attribute);
double onnx_number(onnx_model *model, const onnx_node *node, const char *name, double fallback);
int onnx_numbers(onnx_model *model, const onnx_node *node, const char *name, double *out, int limit);
roof_bytes onnx_text(const onnx_node *node, const char *name);
bool onnx_attribute_floats(onnx_model *model, roof_bytes attribute, double *out, int limit, int *count);

/* The i-th input; NULL if it is left out. */
onnx_tensor *onnx_input(const onnx_node *node, size_t index);
/* The values of an input as a list; NULL if it is left out or not known. */
const double *onnx_input_values(onnx_model *model, const onnx_node *node, size_t index, int *count);
/* A list that is an attribute in old versions and an input in new ones: its length; 0 where there is none; -1
 * if its values are not known, or after a failure. */
int onnx_list(onnx_model *model, const onnx_node *node, const char *name, size_t index, double *out,
              int limit);
/* Makes an axis count from the front. False after a failure. */
bool onnx_axis(onnx_model *model, double axis, int rank, int *out);

/* The i-th output, of that shape; put under its name, if it has one. */
onnx_tensor *onnx_output(onnx_model *model, onnx_node *node, size_t index, int type, int rank,
                         const double *dims);
onnx_tensor *onnx_output_like(onnx_model *model, onnx_node *node, size_t index, const onnx_tensor *like);
/* An output whose shape depends on values that are not known: as the file declares it, or a failure. */
onnx_tensor *onnx_output_declared(onnx_model *model, onnx_node *node, size_t index);

/* Adds an operand to what an operation reads: activations or, of a constant, weights. NULL adds nothing. */
void onnx_read(const onnx_model *model, onnx_tensor *tensor, roof_op *op);
bool onnx_emit(onnx_model *model, const onnx_node *node, roof_op op);
/* Adds an operation that reads all the inputs and writes the first output, `ops` an element of which. */
bool onnx_emit_all(onnx_model *model, onnx_node *node, roof_op_kind kind, const onnx_tensor *output,
                   double ops);
/* The shape that several stretch to. False after a failure. */
bool onnx_broadcast(onnx_model *model, int *rank, double *dims, const onnx_tensor *tensor);

/* What binary and unary functions yield on known values. */
enum {
    ONNX_KEEP = 1,
    ONNX_ADD,
    ONNX_SUB,
    ONNX_MUL,
    ONNX_DIV,
    ONNX_MOD,
    ONNX_POW,
    ONNX_MIN,
    ONNX_MAX,
    ONNX_EQUAL,
    ONNX_LESS,
    ONNX_LESS_EQUAL,
    ONNX_GREATER,
    ONNX_GREATER_EQUAL,
    ONNX_AND,
    ONNX_OR,
    ONNX_NOT,
    ONNX_NEG,
    ONNX_ABS,
    ONNX_FLOOR,
    ONNX_CEIL,
    ONNX_ROUND,
    ONNX_SQRT,
    ONNX_TRUNCATE
};
/* NULL where they are not known. */
const double *onnx_fold_binary(onnx_model *model, int function, onnx_tensor *a, onnx_tensor *b,
                               const onnx_tensor *out);
const double *onnx_fold_unary(onnx_model *model, int function, onnx_tensor *a, const onnx_tensor *out);
/* How far apart the elements along each dimension are. */
void onnx_strides(const onnx_tensor *tensor, double *strides);
/* The output's element i, j, ... is the input's at offset + i strides[0] + j strides[1] + ... */
const double *onnx_fold_copy(onnx_model *model, onnx_tensor *input, const onnx_tensor *output, double offset,
                             const double *strides);
const double *onnx_fold_fill(onnx_model *model, double value, double count);

/* The rows' functions. */
bool onnx_run_constant(onnx_model *model, onnx_node *node);
bool onnx_run_if(onnx_model *model, onnx_node *node);
bool onnx_run_refused(onnx_model *model, onnx_node *node);
bool onnx_run_unary(onnx_model *model, onnx_node *node);
bool onnx_run_binary(onnx_model *model, onnx_node *node);
bool onnx_run_variadic(onnx_model *model, onnx_node *node);
bool onnx_run_quantized(onnx_model *model, onnx_node *node);
bool onnx_run_where(onnx_model *model, onnx_node *node);
bool onnx_run_softmax(onnx_model *model, onnx_node *node);
bool onnx_run_norm(onnx_model *model, onnx_node *node);
bool onnx_run_skip_norm(onnx_model *model, onnx_node *node);
bool onnx_run_same(onnx_model *model, onnx_node *node);
bool onnx_run_cast(onnx_model *model, onnx_node *node);
bool onnx_run_dynamic_quantize(onnx_model *model, onnx_node *node);
bool onnx_run_conv(onnx_model *model, onnx_node *node);
bool onnx_run_conv_transpose(onnx_model *model, onnx_node *node);
bool onnx_run_pool(onnx_model *model, onnx_node *node);
bool onnx_run_global_pool(onnx_model *model, onnx_node *node);
bool onnx_run_matmul(onnx_model *model, onnx_node *node);
bool onnx_run_matmul_bits(onnx_model *model, onnx_node *node);
bool onnx_run_gemm(onnx_model *model, onnx_node *node);
bool onnx_run_recurrent(onnx_model *model, onnx_node *node);
bool onnx_run_reshape(onnx_model *model, onnx_node *node);
bool onnx_run_flatten(onnx_model *model, onnx_node *node);
bool onnx_run_squeeze(onnx_model *model, onnx_node *node);
bool onnx_run_unsqueeze(onnx_model *model, onnx_node *node);
bool onnx_run_transpose(onnx_model *model, onnx_node *node);
bool onnx_run_split(onnx_model *model, onnx_node *node);
bool onnx_run_slice(onnx_model *model, onnx_node *node);
bool onnx_run_expand(onnx_model *model, onnx_node *node);
bool onnx_run_shape(onnx_model *model, onnx_node *node);
bool onnx_run_concat(onnx_model *model, onnx_node *node);
bool onnx_run_quantized_concat(onnx_model *model, onnx_node *node);
bool onnx_run_gather(onnx_model *model, onnx_node *node);
bool onnx_run_gather_elements(onnx_model *model, onnx_node *node);
bool onnx_run_gather_nd(onnx_model *model, onnx_node *node);
bool onnx_run_scatter(onnx_model *model, onnx_node *node);
bool onnx_run_pad(onnx_model *model, onnx_node *node);
bool onnx_run_tile(onnx_model *model, onnx_node *node);
bool onnx_run_resize(onnx_model *model, onnx_node *node);
bool onnx_run_blocks(onnx_model *model, onnx_node *node);
bool onnx_run_reduce(onnx_model *model, onnx_node *node);
bool onnx_run_arg(onnx_model *model, onnx_node *node);
bool onnx_run_topk(onnx_model *model, onnx_node *node);
bool onnx_run_constant_of_shape(onnx_model *model, onnx_node *node);
bool onnx_run_range(onnx_model *model, onnx_node *node);
bool onnx_run_one_hot(onnx_model *model, onnx_node *node);
bool onnx_run_nonzero(onnx_model *model, onnx_node *node);
bool onnx_run_unknown(onnx_model *model, onnx_node *node);

#endif
