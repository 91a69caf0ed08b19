/* Which layers can be pruned. */
#include "chiproof/workload/workload.h"

static bool is_first_convolution(const roof_network *network, size_t index)
{
    size_t first = 0;
    if (network->ops[index].kind != ROOF_OP_CONV2D) return false;
    while (first < index && !(network->ops[first].macs > 0)) first++;
    return first == index;
}

/* It reads a table that another layer stores. */
static bool is_tied(const roof_op *op)
{
    return op->experts <= 0 && op->weights_stored < op->weights_read;
}

bool roof_op_is_prunable(const roof_network *network, size_t index)
{
    const roof_op *op = &network->ops[index];
    switch (op->kind) {
    case ROOF_OP_CONV2D:
    case ROOF_OP_GEMM:
    case ROOF_OP_RECURRENT:
    case ROOF_OP_TOTAL: return op->macs > 0 && !is_tied(op) && !is_first_convolution(network, index);
    default: return false;
    }
}
