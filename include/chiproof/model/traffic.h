/* A network's counts as bytes at one precision: what must at least be computed and moved for one pass, before
 * any machine is known. */
#ifndef CHIPROOF_MODEL_TRAFFIC_H
#define CHIPROOF_MODEL_TRAFFIC_H

#include <stdbool.h>

#include "chiproof/units/precision.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes per element of what a run moves: weights, activations and KV cache may have formats of their own.
 * Weights of layers that can be pruned (roof_op_is_prunable) have pruned_weight_bytes each, zeros counted and
 * index included. */
typedef struct roof_formats {
    double weight_bytes, activation_bytes, cache_bytes, pruned_weight_bytes;
    bool unfused; /* layers that do not multiply move their activations too; else those count as fused into
                     the layers that do */
} roof_formats;

/* Those of a precision, dense and fused; the cache is as wide as the activations. */
roof_formats roof_formats_of(roof_precision precision);

/* All figures are for one of the batch unless they say otherwise. */
typedef struct roof_traffic {
    const roof_network *network; /* borrowed */
    roof_formats formats;
    double ops;                 /* 2 x MAC */
    double prunable_ops;        /* those of layers that can be pruned */
    double prunable_weights;    /* elements stored of such layers */
    double weight_bytes_stored; /* of the whole network, whatever the batch */
    double weight_bytes_read;   /* in one pass, whatever the batch; routed experts are not among them */
    double gathered_bytes;      /* rows of embedding tables */
    double activation_bytes;    /* in and out of the layers that multiply; unfused, of all */
    double cache_bytes_held, cache_bytes_read, cache_bytes_written;
    double working_bytes;             /* the largest input plus output of such a layer */
    double product_ops;               /* the most of one layer that roof_traffic_tiled takes */
    bool routed;                      /* some layers are of experts */
    double input_bytes, output_bytes; /* over the host link */
} roof_traffic;

/* Fills *out; the network must outlive it. */
void roof_traffic_count(const roof_network *network, roof_formats formats, roof_traffic *out);

/* Bytes of routed experts' weights that one pass of the whole batch is expected to read (0 without experts):
 * roof_op_weights_read. */
double roof_traffic_expert_bytes(const roof_traffic *traffic, double batch);

/* Activation bytes of one of the batch that cannot stay in `capacity` bytes: for each layer that multiplies
 * (unfused: for each), what its input and output exceed it by. A lower bound of what an outer memory moves.
 */
double roof_traffic_spill(const roof_traffic *traffic, double capacity);

/* Bytes that an outer memory moves for one of the batch because tiles must fit into `capacity` bytes: for
 * each matrix multiplication of m x k by k x n elements, with a fast memory of S elements, 2 m n k / sqrt(S)
 * - 2 S (Smith, Lowery, Langou, van de Geijn 2019, "A Tight I/O Lower Bound for Matrix Multiplication",
 * arXiv:1702.02017; up to its constant Hong and Kung 1981, and Irony, Toledo, Tiskin 2004), reads and writes
 * together, in any order of any schedule that runs layer after layer. To stay a lower bound every element has
 * the width of the narrowest, only layers whose counts are those of one product are taken (MAC^2 = input x
 * output x weights; no experts, no convolutions, whose windows are used again), and nothing is gained for
 * larger batches. 0 without a capacity. */
double roof_traffic_tiled(const roof_traffic *traffic, double capacity);

#ifdef __cplusplus
}
#endif
#endif
