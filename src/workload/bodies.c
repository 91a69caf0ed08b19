/* The three bodies of a workload file: `ops`, `transformer`, `totals`. */
#include <math.h>
#include <string.h>

#include "workload/body.h"
#include "workload/layer.h"

static const double token_id_bytes = 4; /* int32 */

static bool place_inputs(roof_reader *reader, roof_graph *graph, roof_frame *frame)
{
    roof_workload *w = reader->workload;
    roof_shape *shapes = NULL;
    const roof_json_value *list = roof_reader_get(reader, "input");
    if (!list) list = roof_json_require(reader->root, "input");
    if (!roof_read_tensors(reader, list, &frame->variables, NULL, &w->inputs, &shapes, &w->input_count))
        return false;
    const roof_json_value *at = roof_json_first(list);
    for (size_t i = 0; i < w->input_count; i++, at = roof_json_next(at))
        if (!roof_frame_name(graph, frame, w->inputs[i].name, &shapes[i], at)) return false;
    if (w->input_count == 1) frame->cursor = shapes[0];
    return true;
}

static bool place_outputs(roof_reader *reader, const roof_frame *frame)
{
    roof_workload *w = reader->workload;
    roof_shape *shapes = NULL;
    const roof_json_value *list = roof_reader_get(reader, "output");
    if (list)
        return roof_read_tensors(reader, list, &frame->variables, frame, &w->outputs, &shapes,
                                 &w->output_count);
    return roof_single_tensor(reader, "output", roof_shape_elements(&frame->cursor), 0, &w->outputs,
                              &w->output_count);
}

/* The parameters and the lists, each checked as it stands: shapes flow only through what has no faults. */
static bool check_lists(roof_reader *reader, roof_graph *graph, roof_frame *frame)
{
    const roof_json_value *own = roof_json_get(reader->root, "params"),
                          *body = roof_json_get(reader->body, "params");
    size_t errors = roof_reader_errors(reader);
    return roof_graph_params(graph, body, own == body ? NULL : own, &frame->variables) &&
           roof_graph_check(graph, roof_json_get(reader->body, "blocks"),
                            roof_json_get(reader->body, "ops")) &&
           roof_reader_errors(reader) == errors;
}

void roof_read_ops(roof_reader *reader)
{
    roof_workload *w = reader->workload;
    roof_graph graph = {.ops = {.arena = &w->arena}};
    roof_frame frame = {.prefix = ""};
    bool good = check_lists(reader, &graph, &frame) && place_inputs(reader, &graph, &frame) &&
                roof_graph_run(&graph, &frame, roof_json_get(reader->body, "ops")) &&
                place_outputs(reader, &frame);
    if (graph.no_memory) reader->no_memory = true;
    if (!good) return;
    w->ops = graph.ops;
    w->params = graph.ops.weights_stored;
    w->macs = graph.ops.macs;
    w->layers = graph.ops.layers;
}

/* Tensors of a body that has no layers to flow through: read where the file lists them, else one of the size
 * given. */
static bool listed_or_single(roof_reader *reader, const char *key, const char *name, double elements,
                             double bytes_each, roof_tensor **out, size_t *count)
{
    const roof_variables none = {0};
    roof_shape *shapes = NULL;
    const roof_json_value *list = roof_json_get(reader->root, key);
    if (list) return roof_read_tensors(reader, list, &none, NULL, out, &shapes, count);
    return roof_single_tensor(reader, name, elements, bytes_each, out, count);
}

static double attention_macs(const roof_op_list *ops)
{
    double sum = 0;
    for (size_t i = 0; i < ops->length; i++)
        if (ops->items[i].kind == ROOF_OP_ATTENTION) sum += ops->items[i].macs * ops->items[i].repeat;
    return sum;
}

void roof_read_transformer(roof_reader *reader)
{
    roof_workload *w = reader->workload;
    roof_transformer t;
    const roof_json_value *json = roof_json_get(reader->root, "transformer");
    const char *why = NULL;
    size_t key_count = 0;
    if (!roof_json_is(json, ROOF_JSON_OBJECT)) return;
    const char *const *keys = roof_transformer_keys(&key_count);
    roof_json_only_keys(json, keys, key_count);
    roof_check_source(reader, roof_json_get(json, "source"));
    if (!roof_transformer_read(json, &t)) return;
    w->transformer = t;
    w->is_llm = t.architecture->decoder;
    w->ops.arena = &w->arena;
    /* One decoded token: what it meets in the cache is attention, and left out of the count. */
    bool good = w->is_llm ? roof_transformer_decoder(&t, 1, 1, &w->ops, &why)
                          : roof_transformer_encoder(&t, &w->ops, &why);
    if (!good) {
        if (why) roof_json_fault(json, ROOF_GRADE_ERROR, "%s", why);
        else reader->no_memory = true;
        return;
    }
    w->params = w->ops.weights_stored;
    w->layers = w->ops.layers;
    w->macs = w->ops.macs - (w->is_llm ? attention_macs(&w->ops) : 0);
    if (w->is_llm) return;
    listed_or_single(reader, "input", "token_ids", t.sequence, token_id_bytes, &w->inputs, &w->input_count);
    listed_or_single(reader, "output", "hidden_states", t.sequence * t.hidden, 0, &w->outputs,
                     &w->output_count);
}

/* Totals. */

static const struct {
    const char *key;
    roof_op_kind kind;
} share_kinds[] = {
    {"dense", ROOF_OP_TOTAL}, {"depthwise", ROOF_OP_DEPTHWISE}, {"attention", ROOF_OP_ATTENTION}};
enum { SHARES = sizeof share_kinds / sizeof share_kinds[0] };

/* Missing shares are 0; none at all means that everything is dense. */
static bool read_shares(const roof_json_value *json, double *shares)
{
    const char *keys[SHARES];
    double sum = 0;
    for (size_t i = 0; i < SHARES; i++) {
        keys[i] = share_kinds[i].key;
        shares[i] = !json && i == 0 ? 1 : 0;
    }
    if (!json) return true;
    if (!roof_json_is(json, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(json, keys, SHARES);
    for (size_t i = 0; i < SHARES; i++) {
        const roof_json_value *share = roof_json_get(json, keys[i]);
        if (share && !roof_json_number(share, &shares[i])) return false;
        if (shares[i] < 0 || shares[i] > 1) {
            roof_json_fault(share, ROOF_GRADE_ERROR, "a share from 0 to 1 is expected");
            return false;
        }
        sum += shares[i];
    }
    if (fabs(sum - 1) <= 1e-6) return true;
    roof_json_fault(json, ROOF_GRADE_ERROR, "the shares add up to %.6g, not 1", sum);
    return false;
}

typedef struct totals {
    double macs, params, input, output, inner, layers, shares[SHARES];
} totals;

static bool read_totals(const roof_json_value *json, totals *t)
{
    static const char *const keys[] = {
        "macs",   "params", "input_elements", "output_elements", "activation_elements",
        "layers", "shares", "source"};
    if (!roof_json_is(json, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(json, keys, sizeof keys / sizeof keys[0]);
    const double most = ROOF_EXACT_LIMIT - 1;
    const roof_json_value *inner = roof_json_get(json, "activation_elements"),
                          *layers = roof_json_get(json, "layers");
    t->inner = 0;
    t->layers = 0;
    bool good = roof_json_integer(roof_json_require(json, "macs"), 1, most, &t->macs);
    good &= roof_json_integer(roof_json_require(json, "params"), 0, most, &t->params);
    good &= roof_json_integer(roof_json_require(json, "input_elements"), 1, most, &t->input);
    good &= roof_json_integer(roof_json_require(json, "output_elements"), 1, most, &t->output);
    good &= !inner || roof_json_integer(inner, 0, most, &t->inner);
    good &= !layers || roof_json_integer(layers, 1, 1e6, &t->layers);
    return good & read_shares(roof_json_get(json, "shares"), t->shares);
}

/* One operation a family. The weights and the tensors are the first one's: whose they are no total says. The
 * first also gets what rounding leaves of the MACs, so that the sum is the published number. */
static bool emit_totals(const totals *t, roof_op_list *ops, const char **why)
{
    roof_op parts[SHARES];
    double rest = t->macs;
    size_t first = SHARES;
    memset(parts, 0, sizeof parts);
    for (size_t i = SHARES; i-- > 0;) {
        if (t->shares[i] <= 0) continue;
        first = i;
        parts[i] = (roof_op){.kind = share_kinds[i].kind, .name = share_kinds[i].key};
        parts[i].macs = fmin(rest, rint(t->macs * t->shares[i]));
        rest -= parts[i].macs;
    }
    parts[first].macs += rest;
    parts[first].weights_stored = parts[first].weights_read = t->params;
    parts[first].input_elements = t->input + t->inner;
    parts[first].output_elements = t->output + t->inner;
    for (size_t i = first; i < SHARES; i++)
        if (t->shares[i] > 0 && !roof_op_list_add(ops, &parts[i], why)) return false;
    return true;
}

void roof_read_totals(roof_reader *reader)
{
    roof_workload *w = reader->workload;
    const roof_json_value *json = roof_json_get(reader->root, "totals");
    totals t;
    const char *why = NULL;
    roof_check_source(reader, roof_json_get(json, "source"));
    if (!read_totals(json, &t)) return;
    w->ops.arena = &w->arena;
    if (!emit_totals(&t, &w->ops, &why)) {
        if (why) roof_json_fault(json, ROOF_GRADE_ERROR, "%s", why);
        else reader->no_memory = true;
        return;
    }
    w->params = t.params;
    w->macs = t.macs;
    w->layers = t.layers;
    listed_or_single(reader, "input", "input", t.input, 0, &w->inputs, &w->input_count);
    listed_or_single(reader, "output", "output", t.output, 0, &w->outputs, &w->output_count);
}
