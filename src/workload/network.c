/* One pass of a workload, copied out so that it outlives the workload. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/body.h"

static const double token_id_bytes = 4; /* int32 */

void roof_network_free(roof_network *network)
{
    if (!network) return;
    if (network->arena) roof_arena_free(network->arena);
    free(network->arena);
    free(network);
}

static roof_network *new_network(void)
{
    roof_network *network = calloc(1, sizeof *network);
    roof_arena *arena = calloc(1, sizeof *arena);
    if (network && arena) {
        network->arena = arena;
        return network;
    }
    free(network);
    free(arena);
    return NULL;
}

static bool copy_ops(roof_network *network, const roof_op_list *ops)
{
    roof_op *copies = roof_arena_calloc(network->arena, ops->length, sizeof *copies);
    if (!copies) return false;
    for (size_t i = 0; i < ops->length; i++) {
        copies[i] = ops->items[i];
        copies[i].name = roof_arena_strdup(network->arena, ops->items[i].name);
        if (!copies[i].name) return false;
    }
    network->ops = copies;
    return true;
}

/* Takes over a list that is in the network's arena already, or that was copied there. */
static void set_sums(roof_network *network, const roof_op_list *ops)
{
    network->op_count = ops->length;
    network->macs = ops->macs;
    network->other_ops = ops->other_ops;
    network->weights_stored = ops->weights_stored;
    network->weights_read = ops->weights_read;
    network->layers = ops->layers;
}

static const roof_tensor *copy_tensors(roof_arena *arena, const roof_tensor *tensors, size_t count)
{
    roof_tensor *copies = roof_arena_calloc(arena, count, sizeof *copies);
    for (size_t i = 0; copies && i < count; i++) {
        copies[i] = tensors[i];
        copies[i].name = roof_arena_strdup(arena, tensors[i].name);
        if (!copies[i].name) return NULL;
    }
    return copies;
}

static bool fill_whole(roof_network *network, const roof_workload *w)
{
    if (!copy_ops(network, &w->ops)) return false;
    set_sums(network, &w->ops);
    network->layers = w->layers;
    if (w->transformer.architecture)
        roof_transformer_describe_split(&w->transformer, w->transformer.sequence, 0, network);
    network->phase = ROOF_PHASE_WHOLE;
    network->results_per_pass = 1;
    network->result_unit = "inferences";
    network->inputs = copy_tensors(network->arena, w->inputs, w->input_count);
    network->outputs = copy_tensors(network->arena, w->outputs, w->output_count);
    network->input_count = w->input_count;
    network->output_count = w->output_count;
    return network->inputs && network->outputs;
}

/* Ids of tokens cross the link, in and out: the next one is chosen on the chip. So does what an encoder
 * reads. */
static bool fill_phase(roof_network *network, const roof_transformer *t, double tokens, double past,
                       const char **why)
{
    static const roof_tensor next = {"next_token", 1, 4};
    roof_op_list ops = {.arena = network->arena};
    roof_tensor inputs[2] = {{"token_ids", tokens, token_id_bytes}, roof_transformer_source(t)};
    if (!roof_transformer_decoder(t, tokens, past, &ops, why)) return false;
    network->ops = ops.items;
    set_sums(network, &ops);
    network->results_per_pass = tokens;
    network->result_unit = "tokens";
    network->cache_elements = roof_transformer_cache_elements(t, past + tokens);
    roof_transformer_describe_split(t, tokens, past, network);
    network->input_count = past <= 0 && inputs[1].elements > 0 ? 2 : 1;
    network->output_count = 1;
    network->inputs = copy_tensors(network->arena, inputs, network->input_count);
    network->outputs = copy_tensors(network->arena, &next, 1);
    return network->inputs && network->outputs;
}

double roof_workload_default_prompt(const roof_workload *workload)
{
    return workload->is_llm ? fmin(ROOF_DEFAULT_PROMPT, workload->transformer.positions) : 0;
}

/* The token that is decoded needs a position, too. */
double roof_workload_default_context(const roof_workload *workload)
{
    return workload->is_llm ? fmin(ROOF_DEFAULT_CONTEXT, fmax(1, workload->transformer.positions - 1)) : 0;
}

static roof_code check_positions(const roof_transformer *t, double tokens, double past, roof_error *error)
{
    if (tokens + past <= t->positions) return ROOF_OK;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, tokens + past);
    roof_buffer_append(&text, " tokens are more than the ");
    roof_text_integer(&text, t->positions);
    roof_code code = roof_fail(error, ROOF_INVALID, "%s positions of the model", roof_buffer_text(&text));
    roof_buffer_free(&text);
    return code;
}

static roof_code expand_tokens(const roof_transformer *t, roof_phase phase, double tokens, double past,
                               roof_network *network, roof_error *error)
{
    const char *why = NULL;
    roof_code code = check_positions(t, tokens, past, error);
    if (code != ROOF_OK) return code;
    if (tokens != floor(tokens) || past != floor(past))
        return roof_fail(error, ROOF_INVALID, "a length in tokens must be a whole number");
    network->phase = phase;
    network->prompt = phase == ROOF_PHASE_PREFILL ? tokens : 0;
    network->context = past;
    if (fill_phase(network, t, tokens, past, &why)) return ROOF_OK;
    return why ? roof_fail(error, ROOF_INVALID, "%s", why)
               : roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
}

static roof_code expand_llm(const roof_workload *w, roof_phase phase, double prompt, double context,
                            roof_network *network, roof_error *error)
{
    if (!(prompt > 0)) prompt = roof_workload_default_prompt(w);
    if (!(context > 0)) context = roof_workload_default_context(w);
    if (phase == ROOF_PHASE_PREFILL) return expand_tokens(&w->transformer, phase, prompt, 0, network, error);
    return expand_tokens(&w->transformer, ROOF_PHASE_DECODE, 1, context, network, error);
}

roof_code roof_workload_expand_chunk(const roof_workload *workload, roof_phase phase, double tokens,
                                     double past, roof_network **out, roof_error *error)
{
    *out = NULL;
    if (!workload->is_llm || workload->transformer.architecture->seq2seq)
        return roof_fail(error, ROOF_UNSUPPORTED, "%s takes no tokens in parts: it is no decoder alone",
                         workload->name);
    if (!(tokens >= 1) || !(past >= 0))
        return roof_fail(error, ROOF_INVALID, "a length in tokens must be a whole number");
    roof_network *network = new_network();
    if (!network) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    roof_code code = expand_tokens(&workload->transformer, phase, tokens, past, network, error);
    if (code == ROOF_OK) *out = network;
    else roof_network_free(network);
    return code;
}

roof_code roof_workload_expand(const roof_workload *workload, roof_phase phase, double prompt, double context,
                               roof_network **out, roof_error *error)
{
    roof_code code = ROOF_OK;
    *out = NULL;
    if (!workload->is_llm && phase != ROOF_PHASE_WHOLE)
        return roof_fail(error, ROOF_UNSUPPORTED, "%s has no phases: it runs as a whole", workload->name);
    roof_network *network = new_network();
    if (!network) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    if (workload->is_llm) code = expand_llm(workload, phase, prompt, context, network, error);
    else if (!fill_whole(network, workload)) code = roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    if (code == ROOF_OK) *out = network;
    else roof_network_free(network);
    return code;
}
