/* An `ops` list with its blocks: first every list is checked as it stands, then the calls and repeats are
 * expanded while shapes flow through. */
#ifndef WORKLOAD_GRAPH_H
#define WORKLOAD_GRAPH_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/json/json.h"
#include "workload/expression.h"
#include "workload/op_list.h"
#include "workload/shape.h"

enum {
    ROOF_BLOCK_LIMIT = 256,     /* blocks in a file */
    ROOF_PARAMETER_LIMIT = 32,  /* parameters of a block or a file */
    ROOF_NAME_LIMIT = 64,       /* bytes of a tensor's name */
    ROOF_CALL_DEPTH_LIMIT = 16, /* blocks within blocks */
    ROOF_STEP_LIMIT = 50000,    /* layers, calls and parameters visited, views and skipped ones included */
    ROOF_NAME_BUCKETS = 256
};

typedef struct roof_block {
    const char *name;
    const roof_json_value *params; /* or NULL */
    const roof_json_value *ops;
    enum { ROOF_BLOCK_UNSEEN, ROOF_BLOCK_OPEN, ROOF_BLOCK_CLOSED } state; /* while looking for cycles */
} roof_block;

typedef struct roof_blocks {
    roof_block *items;
    size_t count;
} roof_blocks;

/* A tensor that has a name in the list where it was made. */
typedef struct roof_named_tensor {
    const char *name;
    roof_shape shape;
    const roof_json_value *maker;   /* NULL for inputs */
    double repeats;                 /* how many "name.0", "name.1"... there are beside it; 1 and 0: none */
    struct roof_named_tensor *next; /* of the same hash */
} roof_named_tensor;

/* One list of layers being run through. */
typedef struct roof_frame {
    const struct roof_frame *caller;
    const roof_block *block; /* NULL at the top */
    roof_variables variables;
    roof_named_tensor *tensors[ROOF_NAME_BUCKETS]; /* by a hash of the name */
    roof_shape cursor;                             /* the output of the layer before */
    const char *prefix;
    int depth;
} roof_frame;

typedef struct roof_graph {
    roof_op_list ops;
    roof_blocks blocks;
    size_t steps;
    bool no_memory;
} roof_graph;

/* All return false after adding a fault at its place, or setting no_memory. */

/* Reads `blocks` (NULL: none) and checks the keys, kinds and calls of them and of `ops`, and that no block
 * calls itself. All faults are added before it returns; false only when memory ran out. */
bool roof_graph_check(roof_graph *graph, const roof_json_value *blocks, const roof_json_value *ops);
/* Evaluates `params`, each of which may use those before it: numbers or expressions. A member of `instead`
 * (may be NULL) takes the place of the one of its name. */
bool roof_graph_params(roof_graph *graph, const roof_json_value *params, const roof_json_value *instead,
                       roof_variables *out);
/* Runs a checked list; the frame holds the inputs and gets the named tensors and the last output. */
bool roof_graph_run(roof_graph *graph, roof_frame *frame, const roof_json_value *ops);

/* NULL on failure. Naming anew is allowed to the layer that made the tensor. */
roof_named_tensor *roof_frame_name(roof_graph *graph, roof_frame *frame, const char *name,
                                   const roof_shape *shape, const roof_json_value *maker);
/* The tensor of that name here or in a calling list; else a fault at `where` with the nearest names, and
 * NULL. */
const roof_named_tensor *roof_frame_find(const roof_frame *frame, const char *name,
                                         const roof_json_value *where);

#endif
