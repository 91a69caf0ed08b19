/* A TFLite network: its tensors with their shapes, and what its operators cost. */
#ifndef WORKLOAD_TFLITE_GRAPH_H
#define WORKLOAD_TFLITE_GRAPH_H

#include "workload/tflite_buffer.h"

/* Element types, as TensorType numbers them. */
enum {
    TFLITE_INT32 = 2,
    TFLITE_UINT8 = 3,
    TFLITE_INT64 = 4,
    TFLITE_BOOL = 6,
    TFLITE_INT16 = 7,
    TFLITE_INT8 = 9
};

typedef struct tflite_tensor {
    int rank;
    double dims[ROOF_IMPORT_RANK];
    double elements;
    int type;
    bool constant, counted;
    struct tflite_tensor *source; /* whose weights these are in another type; or NULL */
    roof_bytes name;
} tflite_tensor;

typedef struct tflite_graph {
    roof_import *import;
    tflite_buffer buffer;
    tflite_table model;
    tflite_tensor *tensors;
    size_t tensor_count;
    int depth;           /* branches within branches */
    tflite_vector codes; /* OperatorCode */
} tflite_graph;

typedef struct tflite_node {
    tflite_vector inputs, outputs;
    tflite_table options;
    const struct tflite_operator *row;
    const char *label;
} tflite_node;

typedef struct tflite_operator {
    const char *name; /* NULL: there is no operator of that number */
    bool (*run)(tflite_graph *graph, const tflite_node *node);
    double ops;     /* operations an element */
    int activation; /* which field of the options is the fused function; -1: none */
} tflite_operator;
/* By its number; NULL if there is none. */
const tflite_operator *tflite_operator_find(int64_t code);

/* NULL for one left out. */
tflite_tensor *tflite_input(tflite_graph *graph, const tflite_node *node, size_t index);
tflite_tensor *tflite_output(tflite_graph *graph, const tflite_node *node, size_t index);
/* Adds an operand to what an operation reads: activations or weights. NULL adds nothing. */
void tflite_read(tflite_tensor *tensor, roof_op *op);
/* Adds the fused function and the operation. */
bool tflite_emit(tflite_graph *graph, const tflite_node *node, roof_op op);

/* The rows' functions; NULL in a row: not known. */
bool tflite_run_view(tflite_graph *graph, const tflite_node *node);
bool tflite_run_all(tflite_graph *graph, const tflite_node *node);
bool tflite_run_unknown(tflite_graph *graph, const tflite_node *node);
bool tflite_run_concat(tflite_graph *graph, const tflite_node *node);
bool tflite_run_resize(tflite_graph *graph, const tflite_node *node);
bool tflite_run_softmax(tflite_graph *graph, const tflite_node *node);
bool tflite_run_reduce(tflite_graph *graph, const tflite_node *node);
bool tflite_run_pool(tflite_graph *graph, const tflite_node *node);
bool tflite_run_conv(tflite_graph *graph, const tflite_node *node);
bool tflite_run_depthwise(tflite_graph *graph, const tflite_node *node);
bool tflite_run_transpose_conv(tflite_graph *graph, const tflite_node *node);
bool tflite_run_dense(tflite_graph *graph, const tflite_node *node);
bool tflite_run_matmul(tflite_graph *graph, const tflite_node *node);
bool tflite_run_recurrent(tflite_graph *graph, const tflite_node *node);
bool tflite_run_svdf(tflite_graph *graph, const tflite_node *node);
bool tflite_run_gather(tflite_graph *graph, const tflite_node *node);
bool tflite_run_lookup(tflite_graph *graph, const tflite_node *node);
bool tflite_run_if(tflite_graph *graph, const tflite_node *node);
bool tflite_run_refused(tflite_graph *graph, const tflite_node *node);

#endif
