#include "model/mixed_step.h"

#include <string.h>

/* Work and activations add up; weights are the same ones, and read once. */
static roof_op mix(const roof_op *chunk, const roof_op *token, double others)
{
    roof_op op = *chunk;
    op.macs += others * token->macs;
    op.other_ops += others * token->other_ops;
    op.weights_gathered += others * token->weights_gathered;
    op.input_elements += others * token->input_elements;
    op.output_elements += others * token->output_elements;
    op.cache_read += others * token->cache_read;
    op.cache_written += others * token->cache_written;
    op.routed_tokens += others * token->routed_tokens;
    return op;
}

bool model_mix(const roof_network *chunk, const roof_network *token, double others, roof_op *ops,
               roof_tensor *tensors, roof_network *out)
{
    *out = *chunk;
    if (chunk->op_count != token->op_count || chunk->input_count != 1 || chunk->output_count != 1)
        return false;
    out->macs = out->other_ops = 0;
    for (size_t i = 0; i < chunk->op_count; i++) {
        if (strcmp(chunk->ops[i].name, token->ops[i].name) != 0) return false;
        ops[i] = mix(&chunk->ops[i], &token->ops[i], others);
        out->macs += ops[i].repeat * ops[i].macs;
        out->other_ops += ops[i].repeat * ops[i].other_ops;
    }
    tensors[0] = chunk->inputs[0];
    tensors[0].elements += others * token->inputs[0].elements;
    tensors[1] = chunk->outputs[0];
    tensors[1].elements += others * token->outputs[0].elements;
    out->ops = ops;
    out->inputs = &tensors[0];
    out->outputs = &tensors[1];
    out->cache_elements += others * token->cache_elements;
    out->reduced_elements += others * token->reduced_elements;
    out->handed_elements += others * token->handed_elements;
    return true;
}
