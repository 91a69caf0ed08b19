#include "chiproof/model/parallel.h"

#include <math.h>
#include <string.h>

#include "chiproof/workload/workload.h"

static const char *const plans[] = {
#define X(id, name) name,
    ROOF_PLANS(X)
#undef X
};

const char *roof_plan_name(roof_plan plan)
{
    return plans[plan];
}

roof_code roof_plan_parse(const char *name, roof_plan *out, roof_error *error)
{
    for (int i = 0; i < ROOF_PLAN_COUNT; i++) {
        if (strcmp(name, plans[i]) != 0) continue;
        *out = (roof_plan)i;
        return ROOF_OK;
    }
    return roof_fail(error, ROOF_INVALID, "\"%.60s\": expected data, pipeline, tensor, best or ideal", name);
}

/* ---- what the layers allow ---- */

/* How many layers multiply, repeats counted: a pipeline has no more stages. */
static double multiplying_layers(const roof_network *network)
{
    double layers = 0;
    for (size_t i = 0; i < network->op_count; i++)
        if (network->ops[i].macs > 0) layers += network->ops[i].repeat;
    return layers;
}

/* The next layer that multiplies after `i`, or NULL. */
static const roof_op *next_product(const roof_network *network, size_t i)
{
    for (size_t k = i + 1; k < network->op_count; k++)
        if (network->ops[k].macs > 0) return &network->ops[k];
    return NULL;
}

double roof_split_gathered(const roof_network *network)
{
    double elements = 0;
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i], *next = next_product(network, i);
        if (!(op->macs > 0)) continue;
        /* All repeats but the last are followed by their like. */
        double followed = op->kind == ROOF_OP_DEPTHWISE ? 0 : op->repeat - 1;
        if (next && next->kind != ROOF_OP_DEPTHWISE) followed += 1;
        elements += followed * op->output_elements;
    }
    return elements;
}

double roof_split_handed(const roof_network *network)
{
    double least = INFINITY;
    if (network->handed_elements > 0) return network->handed_elements;
    for (size_t i = 0; i < network->op_count; i++)
        if (network->ops[i].macs > 0 && (network->ops[i].repeat > 1 || next_product(network, i)))
            least = fmin(least, network->ops[i].output_elements);
    return isfinite(least) ? least : 0;
}

/* ---- the plans ---- */

/* Microbatches are of whole items: of the number asked for so many are left as have some. */
static void split_pipeline(const roof_network *network, double batch, double microbatches, roof_split *out)
{
    double n = fmin(out->chips, fmax(multiplying_layers(network), 1));
    if (!(microbatches > 0)) microbatches = n;
    out->together = n;
    out->batch = ceil(batch / fmin(microbatches, batch));
    out->microbatches = ceil(batch / out->batch);
    double every = out->microbatches;
    if (network->phase == ROOF_PHASE_DECODE) every = fmax(every, n);
    out->busy = out->microbatches / every;
    out->fill = (out->microbatches + n - 1) / every;
}

roof_split roof_split_of(const roof_network *network, roof_plan plan, double chips, double batch,
                         double microbatches)
{
    roof_split split = {plan, chips, chips, batch, 1, 1, 1, 1};
    if (plan == ROOF_PLAN_DATA) {
        split.together = 1;
        split.batch = ceil(batch / chips);
    } else if (plan == ROOF_PLAN_PIPELINE) {
        split_pipeline(network, batch, microbatches, &split);
    } else if (plan == ROOF_PLAN_TENSOR && network->kv_heads > 0) {
        split.copies = fmax(1, chips / network->kv_heads);
    }
    return split;
}
