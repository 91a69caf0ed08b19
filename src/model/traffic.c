#include "chiproof/model/traffic.h"

#include <math.h>
#include <stdbool.h>
#include <string.h>

/* The activations of the others count as fused into these. */
static bool moves(const roof_op *op, const roof_formats *formats)
{
    return op->macs > 0 || formats->unfused;
}

static double weight_bytes(const roof_traffic *traffic, size_t index)
{
    return roof_op_is_prunable(traffic->network, index) ? traffic->formats.pruned_weight_bytes
                                                        : traffic->formats.weight_bytes;
}

static double tensor_bytes(const roof_tensor *tensors, size_t count, double bytes_per_activation)
{
    double bytes = 0;
    for (size_t i = 0; i < count; i++)
        bytes += tensors[i].elements *
                 (tensors[i].bytes_per_element > 0 ? tensors[i].bytes_per_element : bytes_per_activation);
    return bytes;
}

/* True if the counts are those of one product of two matrices: (m k) (k n) (m n) = (m n k)^2, but for a bias.
 */
static bool is_one_product(const roof_op *op)
{
    double product = op->input_elements * op->output_elements * op->weights_read;
    return op->kind == ROOF_OP_GEMM && op->experts <= 0 && product > 0 &&
           fabs(op->macs * op->macs / product - 1) < 0.05;
}

roof_formats roof_formats_of(roof_precision precision)
{
    double activation = roof_precision_activation_bytes(precision);
    double weight = roof_precision_weight_bytes(precision);
    return (roof_formats){weight, activation, activation, weight, false};
}

void roof_traffic_count(const roof_network *network, roof_formats formats, roof_traffic *out)
{
    const double activation = formats.activation_bytes;
    memset(out, 0, sizeof *out);
    out->network = network;
    out->formats = formats;
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i];
        double touched = (op->input_elements + op->output_elements) * activation;
        double weight = weight_bytes(out, i);
        out->ops += op->repeat * 2 * op->macs;
        if (roof_op_is_prunable(network, i)) {
            out->prunable_ops += op->repeat * 2 * op->macs;
            out->prunable_weights += op->repeat * op->weights_stored;
        }
        out->weight_bytes_stored += op->repeat * op->weights_stored * weight;
        if (op->experts > 0) out->routed = true;
        else out->weight_bytes_read += op->repeat * op->weights_read * weight;
        out->gathered_bytes += op->repeat * op->weights_gathered * weight;
        out->cache_bytes_read += op->repeat * op->cache_read * formats.cache_bytes;
        out->cache_bytes_written += op->repeat * op->cache_written * formats.cache_bytes;
        if (is_one_product(op)) out->product_ops = fmax(out->product_ops, 2 * op->macs);
        if (!moves(op, &formats)) continue;
        out->activation_bytes += op->repeat * touched;
        out->working_bytes = fmax(out->working_bytes, touched);
    }
    out->cache_bytes_held = network->cache_elements * formats.cache_bytes;
    out->input_bytes = tensor_bytes(network->inputs, network->input_count, activation);
    out->output_bytes = tensor_bytes(network->outputs, network->output_count, activation);
}

double roof_traffic_expert_bytes(const roof_traffic *traffic, double batch)
{
    double bytes = 0;
    if (!traffic->routed) return 0;
    for (size_t i = 0; i < traffic->network->op_count; i++) {
        const roof_op *op = &traffic->network->ops[i];
        if (op->experts > 0) bytes += op->repeat * roof_op_weights_read(op, batch) * weight_bytes(traffic, i);
    }
    return bytes;
}

double roof_traffic_spill(const roof_traffic *traffic, double capacity)
{
    if (traffic->working_bytes <= capacity) return 0;
    if (capacity <= 0) return traffic->activation_bytes;
    const double activation = traffic->formats.activation_bytes;
    double bytes = 0;
    for (size_t i = 0; i < traffic->network->op_count; i++) {
        const roof_op *op = &traffic->network->ops[i];
        double touched = (op->input_elements + op->output_elements) * activation;
        if (moves(op, &traffic->formats)) bytes += op->repeat * fmax(0, touched - capacity);
    }
    return bytes;
}

/* What one product of so many operations moves. */
static double tiled_bytes(double ops, double width, double capacity)
{
    return fmax(0, width * ops / sqrt(capacity / width) - 2 * capacity);
}

double roof_traffic_tiled(const roof_traffic *traffic, double capacity)
{
    const double width = fmin(traffic->formats.weight_bytes, traffic->formats.activation_bytes);
    double bytes = 0;
    if (!(capacity > 0) || tiled_bytes(traffic->product_ops, width, capacity) <= 0) return 0;
    for (size_t i = 0; i < traffic->network->op_count; i++) {
        const roof_op *op = &traffic->network->ops[i];
        if (is_one_product(op)) bytes += op->repeat * tiled_bytes(2 * op->macs, width, capacity);
    }
    return bytes;
}
