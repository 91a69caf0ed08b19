#include "chiproof/model/traffic.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The activations of the others count as fused into these. */
static bool multiplies(const roof_op *op)
{
    return op->macs > 0;
}

static double tensor_bytes(const roof_tensor *tensors, size_t count, double bytes_per_activation)
{
    double bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += tensors[i].elements *
                 (tensors[i].bytes_per_element > 0 ? tensors[i].bytes_per_element : bytes_per_activation);
    return bytes;
}

roof_formats roof_formats_of(roof_precision precision)
{
    double activation = roof_precision_activation_bytes(precision);
    return (roof_formats){roof_precision_weight_bytes(precision), activation, activation};
}

void roof_traffic_count(const roof_network *network, roof_formats formats, roof_traffic *out)
{
    const double weight = formats.weight_bytes, activation = formats.activation_bytes;
    memset(out, 0, sizeof *out);
    out->network = network;
    out->formats = formats;
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i];
        double touched = (op->input_elements + op->output_elements) * activation;
        out->ops += op->repeat * 2 * op->macs;
        out->weight_bytes_stored += op->repeat * op->weights_stored * weight;
        if (op->experts <= 0) out->weight_bytes_read += op->repeat * op->weights_read * weight;
        out->gathered_bytes += op->repeat * op->weights_gathered * weight;
        out->cache_bytes_read += op->repeat * op->cache_read * formats.cache_bytes;
        out->cache_bytes_written += op->repeat * op->cache_written * formats.cache_bytes;
        if (!multiplies(op)) continue;
        out->activation_bytes += op->repeat * touched;
        out->working_bytes = fmax(out->working_bytes, touched);
    }
    out->cache_bytes_held = network->cache_elements * formats.cache_bytes;
    out->input_bytes = tensor_bytes(network->inputs, network->input_count, activation);
    out->output_bytes = tensor_bytes(network->outputs, network->output_count, activation);
}

double roof_traffic_expert_bytes(const roof_traffic *traffic, double batch)
{
    const double weight = traffic->formats.weight_bytes;
    double bytes = 0;
    for (size_t i = 0; i < traffic->network->op_count; i++) {
        const roof_op *op = &traffic->network->ops[i];
        if (op->experts > 0) bytes += op->repeat * roof_op_weights_read(op, batch) * weight;
    }
    return bytes;
}

double roof_traffic_spill(const roof_traffic *traffic, double capacity)
{
    if (traffic->working_bytes <= capacity) return 0;
    const double activation = traffic->formats.activation_bytes;
    double bytes = 0;
    for (size_t i = 0; i < traffic->network->op_count; i++) {
        const roof_op *op = &traffic->network->ops[i];
        double touched = (op->input_elements + op->output_elements) * activation;
        if (multiplies(op)) bytes += op->repeat * fmax(0, touched - capacity);
    }
    return bytes;
}
