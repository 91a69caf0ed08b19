/* One layer of an `ops` list while it is costed: its attributes, the shapes that go in, the shapes that come
 * out, and the operations that it adds to the network. What each kind does is a row of the table in layers.c.
 */
#ifndef WORKLOAD_LAYER_H
#define WORKLOAD_LAYER_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/json/json.h"
#include "chiproof/workload/workload.h"
#include "workload/expression.h"
#include "workload/op_list.h"
#include "workload/shape.h"

enum { ROOF_LAYER_OUTPUT_LIMIT = 16, ROOF_LAYER_INPUT_LIMIT = 64 };

typedef struct roof_layer {
    const roof_json_value *json;
    const char *name; /* where it stands in the expanded network: "layer1.0.conv2" */
    const roof_variables *variables;
    const roof_shape *inputs;
    size_t input_count;
    roof_shape outputs[ROOF_LAYER_OUTPUT_LIMIT];
    size_t output_count;
    roof_op_list *ops;
    bool *no_memory;
} roof_layer;

/* Everything below that returns bool gives false after adding a fault (or setting no_memory): the layer is
 * then given up. */

typedef struct roof_layer_kind {
    const char *name;
    const char *const *keys; /* its own attributes, NULL-terminated */
    size_t least_inputs, most_inputs;
    bool (*cost)(roof_layer *layer);
} roof_layer_kind;

/* NULL if there is no such kind. */
const roof_layer_kind *roof_layer_kind_find(const char *name);
/* The i-th kind, or NULL after the last. */
const roof_layer_kind *roof_layer_kind_at(size_t index);

/* Adds a fault at the attribute `key`, or at the layer if it has none (or key is NULL). Always false. */
bool roof_layer_fault(const roof_layer *layer, const char *key, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Adds an operation; `suffix` ("" for the layer's own) goes after the name. */
bool roof_layer_emit(roof_layer *layer, const char *suffix, roof_op op);
/* Emits the activation function that `act` names, if any, over the first output. */
bool roof_layer_activation(roof_layer *layer);
void roof_layer_output(roof_layer *layer, const roof_shape *shape);

/* Attributes: a number, or a string that is an expression over the layer's variables. */
bool roof_value_number(const roof_json_value *value, const roof_variables *variables, double *out);
bool roof_value_whole(const roof_json_value *value, const roof_variables *variables, double least,
                      double most, double *out);
bool roof_layer_required(const roof_layer *layer, const char *key, double least, double *out);
bool roof_layer_optional(const roof_layer *layer, const char *key, double least, double fallback,
                         double *out);
bool roof_layer_flag(const roof_layer *layer, const char *key, bool fallback, bool *out);
/* One number for all, or a list of exactly `count`. */
bool roof_layer_each(const roof_layer *layer, const char *key, double least, double fallback, size_t count,
                     double *out);
/* The index of the word among `words` (NULL-terminated), or `fallback` when the key is absent. */
bool roof_layer_word(const roof_layer *layer, const char *key, const char *const *words, int fallback,
                     int *out);

/* A sliding window over the spatial dimensions: all but the first. */
typedef struct roof_window {
    size_t dims;
    double kernel[ROOF_RANK_LIMIT], stride[ROOF_RANK_LIMIT], dilation[ROOF_RANK_LIMIT];
    double taps;       /* product of the kernel */
    double positions;  /* product of the output's spatial dimensions */
    roof_shape output; /* its channels are the input's */
} roof_window;
typedef enum roof_window_kind { ROOF_WINDOW_CONV, ROOF_WINDOW_TRANSPOSED, ROOF_WINDOW_POOL } roof_window_kind;
bool roof_window_read(const roof_layer *layer, roof_window_kind kind, roof_window *out);

/* Operations an element costs for a function of one operand ("relu": 1), or -1 if there is no such function.
 */
double roof_activation_ops(const char *name);
/* The same, with a fault at `key` and the nearest names for an unknown one. */
bool roof_layer_function(const roof_layer *layer, const char *key, const char *name, double *ops);
/* Operations an element of a softmax costs: maximum, subtraction, exponential, sum, division. */
#define ROOF_SOFTMAX_OPS 5.0
/* Operations a score costs in attention: scaling and softmax. */
#define ROOF_ATTENTION_SCORE_OPS (1.0 + ROOF_SOFTMAX_OPS)
/* Operations an element costs: sum, subtraction, square, sum, times 1/sigma, scale, shift; and square, sum,
 * times 1/rms, scale; and scale, shift once mean and variance are folded into them. */
#define ROOF_LAYER_NORM_OPS 7.0
#define ROOF_RMS_NORM_OPS 4.0
#define ROOF_BATCH_NORM_OPS 2.0

/* The rows of the table. */
bool roof_cost_conv2d(roof_layer *layer);
bool roof_cost_depthwise(roof_layer *layer);
bool roof_cost_gemm(roof_layer *layer);
bool roof_cost_matmul(roof_layer *layer);
bool roof_cost_attention(roof_layer *layer);
bool roof_cost_embedding(roof_layer *layer);
bool roof_cost_recurrent(roof_layer *layer);
bool roof_cost_norm(roof_layer *layer);
bool roof_cost_softmax(roof_layer *layer);
bool roof_cost_elementwise(roof_layer *layer);
bool roof_cost_pool(roof_layer *layer);
bool roof_cost_resize(roof_layer *layer);
bool roof_cost_concat(roof_layer *layer);
bool roof_cost_split(roof_layer *layer);
bool roof_cost_slice(roof_layer *layer);
bool roof_cost_reshape(roof_layer *layer);
bool roof_cost_flatten(roof_layer *layer);

#endif
