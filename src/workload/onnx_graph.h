/* An ONNX model while it is run through with shapes in the place of tensors. */
#ifndef WORKLOAD_ONNX_GRAPH_H
#define WORKLOAD_ONNX_GRAPH_H

#include "workload/import.h"
#include "workload/onnx_wire.h"

enum {
    ONNX_RANK = ROOF_IMPORT_RANK,
    ONNX_FOLD_LIMIT = 4096, /* elements of a constant whose values are looked at */
    ONNX_DEPTH_LIMIT = 12,  /* branches within branches */
    ONNX_BUCKETS = 4096
};

/* Element types, as TensorProto numbers them. */
enum {
    ONNX_FLOAT = 1,
    ONNX_UINT8 = 2,
    ONNX_INT8 = 3,
    ONNX_UINT16 = 4,
    ONNX_INT16 = 5,
    ONNX_INT32 = 6,
    ONNX_INT64 = 7,
    ONNX_STRING = 8,
    ONNX_BOOL = 9,
    ONNX_FLOAT16 = 10,
    ONNX_DOUBLE = 11,
    ONNX_UINT32 = 12,
    ONNX_UINT64 = 13
};

/* Parameters that stand in the file once, whoever uses them. */
typedef struct onnx_weight {
    double elements;
    bool stored, read; /* counted already */
} onnx_weight;

typedef struct onnx_tensor {
    roof_bytes name;
    int type, rank;
    double dims[ONNX_RANK];
    double elements;
    bool constant;        /* the same in every run */
    onnx_weight *weight;  /* of a constant that is made of parameters */
    const double *values; /* of a constant, where they are known: `elements` of them */
    roof_bytes proto;     /* where the values stand, if they were not looked at yet */
} onnx_tensor;

/* Names to things; what was added last is found first, and taken away first. */
typedef struct onnx_entry {
    roof_bytes name;
    void *item;
    struct onnx_entry *next, *older;
    unsigned bucket;
} onnx_entry;
typedef struct onnx_table {
    onnx_entry *buckets[ONNX_BUCKETS], *newest;
} onnx_table;
void *onnx_table_find(const onnx_table *table, roof_bytes name);
bool onnx_table_add(roof_import *import, onnx_table *table, roof_bytes name, void *item);
void onnx_table_return(onnx_table *table, onnx_entry *newest);

typedef struct onnx_model {
    roof_import *import;
    double opset;
    roof_bytes model; /* for its functions */
    bool has_functions;
    onnx_table tensors, declared; /* declared: the TypeProto that a value_info gives */
    bool silent;                  /* what runs now depends on constants alone: it costs nothing */
    int depth;
    size_t differ; /* tensors whose shape the file states otherwise */
    const char *differing;
} onnx_model;

struct onnx_operator;
typedef struct onnx_node {
    roof_bytes message, name, op, domain;
    const char *label;    /* its name, or that of its first output */
    onnx_tensor **inputs; /* NULL for those left out */
    roof_bytes *outputs;
    size_t input_count, output_count;
    const struct onnx_operator *row;
} onnx_node;

/* ---- onnx_tensor.c; NULL and false after a failure ---- */

/* A tensor of that shape, checked and counted, under no name yet. */
onnx_tensor *onnx_tensor_new(onnx_model *model, int type, int rank, const double *dims);
/* A constant from a TensorProto. */
onnx_tensor *onnx_tensor_read(onnx_model *model, roof_bytes proto);
/* The values, if they are known or few enough to be read; else NULL (without a failure). */
const double *onnx_values(onnx_model *model, onnx_tensor *tensor);
/* Sets the values; NULL (unknown) is no change. */
void onnx_tensor_set(onnx_tensor *tensor, const double *values);
/* Memory for values; NULL without a failure if there are too many of them. */
double *onnx_values_new(onnx_model *model, double count);
/* The tensor that a TypeProto describes; open dimensions must be bound, and every one that is not is a
 * failure. `what`: "input", say. */
onnx_tensor *onnx_tensor_declared(onnx_model *model, roof_bytes name, roof_bytes type, const char *what);
/* Notes a shape that the file states otherwise. */
void onnx_tensor_compare(onnx_model *model, roof_bytes name, const onnx_tensor *tensor);
/* "1x3x224x224" */
const char *onnx_shape_text(const onnx_tensor *tensor, char *text, size_t size);

/* ---- onnx_run.c ---- */

/* Runs the nodes of a graph, whose inputs stand in the table. */
bool onnx_run(onnx_model *model, roof_bytes graph);
/* Puts a graph's constants and declarations into the tables. */
bool onnx_open(onnx_model *model, roof_bytes graph);

#endif
