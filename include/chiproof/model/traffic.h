/* A network's counts as bytes at one precision: what must at least be computed and moved for one pass, before
 * any machine is known. */
#ifndef CHIPROOF_MODEL_TRAFFIC_H
#define CHIPROOF_MODEL_TRAFFIC_H

#include "chiproof/units/precision.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Bytes per element of what a run moves: weights, activations and KV cache may have formats of their own. */
typedef struct roof_formats {
    double weight_bytes, activation_bytes, cache_bytes;
} roof_formats;

/* Those of a precision; the cache is as wide as the activations. */
roof_formats roof_formats_of(roof_precision precision);

/* All figures are for one of the batch unless they say otherwise. */
typedef struct roof_traffic {
    const roof_network *network; /* borrowed */
    roof_formats formats;
    double ops;                 /* 2 x MAC */
    double weight_bytes_stored; /* of the whole network, whatever the batch */
    double weight_bytes_read;   /* in one pass, whatever the batch; routed experts are not among them */
    double gathered_bytes;      /* rows of embedding tables */
    double activation_bytes;    /* in and out of the layers that multiply; the others are taken as fused into
                                   them */
    double cache_bytes_held, cache_bytes_read, cache_bytes_written;
    double working_bytes;             /* the largest input plus output of a layer that multiplies */
    double input_bytes, output_bytes; /* over the host link */
} roof_traffic;

/* Fills *out; the network must outlive it. */
void roof_traffic_count(const roof_network *network, roof_formats formats, roof_traffic *out);

/* Bytes of routed experts' weights that one pass of the whole batch is expected to read (0 without experts):
 * roof_op_weights_read. */
double roof_traffic_expert_bytes(const roof_traffic *traffic, double batch);

/* Activation bytes of one of the batch that cannot stay in `capacity` bytes: for each layer that multiplies,
 * what its input and output exceed it by. A lower bound of what an outer memory moves. */
double roof_traffic_spill(const roof_traffic *traffic, double capacity);

#ifdef __cplusplus
}
#endif
#endif
