/* A whole TFLite file: its tensors, its operators in order, its inputs and outputs. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "workload/shape.h"
#include "workload/tflite_graph.h"

enum { TENSOR_LIMIT = 1 << 20, BRANCH_DEPTH = 8 };

tflite_tensor *tflite_input(tflite_graph *graph, const tflite_node *node, size_t index)
{
    int32_t at = index < node->inputs.count ? tflite_int_at(&graph->buffer, node->inputs, index) : -1;
    return at >= 0 && (size_t)at < graph->tensor_count ? &graph->tensors[at] : NULL;
}

tflite_tensor *tflite_output(tflite_graph *graph, const tflite_node *node, size_t index)
{
    int32_t at = index < node->outputs.count ? tflite_int_at(&graph->buffer, node->outputs, index) : -1;
    return at >= 0 && (size_t)at < graph->tensor_count ? &graph->tensors[at] : NULL;
}

/* A constant of one element is part of the instruction. */
void tflite_read(tflite_tensor *tensor, roof_op *op)
{
    if (!tensor) return;
    if (!tensor->constant) {
        op->input_elements += tensor->elements;
        return;
    }
    tflite_tensor *owner = tensor->source ? tensor->source : tensor;
    if (owner->counted || owner->elements <= 1) return;
    owner->counted = true;
    op->weights_stored += owner->elements;
    op->weights_read += owner->elements;
}

/* ActivationFunctionType: none, relu, relu_n1_to_1, relu6, tanh, sign_bit. */
bool tflite_emit(tflite_graph *graph, const tflite_node *node, roof_op op)
{
    static const double costs[] = {0, 1, 2, 2, 1, 1};
    int field = node->row->activation;
    int64_t function = field >= 0 ? tflite_number(&graph->buffer, node->options, (unsigned)field, 1, 0) : 0;
    if (function > 0 && function < 6) op.other_ops += op.output_elements * costs[function];
    return roof_import_emit(graph->import, node->label, op);
}

/* ---- tensors ---- */

/* Tensor: 0 shape, 1 type, 2 buffer, 3 name, 7 shape with -1 for what is open. Buffer: 0 data, 1 offset. */
static bool read_tensor(tflite_graph *graph, tflite_table table, tflite_vector buffers, tflite_tensor *out)
{
    tflite_buffer *b = &graph->buffer;
    tflite_vector shape = tflite_list(b, table, 0, 4);
    *out = (tflite_tensor){.rank =
                               (int)(shape.count < ROOF_IMPORT_RANK + 1 ? shape.count : ROOF_IMPORT_RANK + 1),
                           .elements = 1};
    out->type = (int)tflite_number(b, table, 1, 1, 0);
    out->name = tflite_text(b, table, 3);
    if (out->rank > ROOF_IMPORT_RANK)
        return roof_import_fail(graph->import, ROOF_UNSUPPORTED, "a tensor of %zu dimensions", shape.count);
    for (int i = 0; i < out->rank; i++) {
        out->dims[i] = tflite_int_at(b, shape, (size_t)i);
        out->elements *= out->dims[i];
        if (out->dims[i] < 0 || out->elements >= ROOF_EXACT_LIMIT) {
            const char *name = roof_import_name(graph->import, out->name);
            return name &&
                   roof_import_fail(graph->import, ROOF_INVALID, "dimension %d of the tensor \"%s\" is %.0f",
                                    i, name, out->dims[i]);
        }
    }
    uint32_t index = (uint32_t)tflite_number(b, table, 2, 4, 0);
    tflite_table data = tflite_table_at(b, buffers, index);
    out->constant = index > 0 && index < buffers.count &&
                    (tflite_list(b, data, 0, 1).count > 0 || tflite_number(b, data, 1, 8, 0) > 1);
    return true;
}

static bool read_tensors(tflite_graph *graph, tflite_table subgraph)
{
    tflite_vector list = tflite_list(&graph->buffer, subgraph, 0, 4);
    tflite_vector buffers = tflite_list(&graph->buffer, graph->model, 4, 4);
    if (list.count == 0 || list.count > TENSOR_LIMIT)
        return roof_import_fail(graph->import, ROOF_INVALID, "there are %zu tensors in it", list.count);
    graph->tensors = roof_arena_calloc(graph->import->arena, list.count, sizeof *graph->tensors);
    if (!graph->tensors) return roof_import_no_memory(graph->import);
    graph->tensor_count = list.count;
    for (size_t i = 0; i < list.count; i++)
        if (!read_tensor(graph, tflite_table_at(&graph->buffer, list, i), buffers, &graph->tensors[i]))
            return false;
    return true;
}

/* ---- operators ---- */

/* OperatorCode: 0 the number as a byte, 1 the name of one of the maker's own, 3 the number. */
static bool run_operator(tflite_graph *graph, tflite_table table)
{
    static const tflite_operator unlisted = {"of a number that is not known", tflite_run_unknown, 0, -1};
    tflite_buffer *b = &graph->buffer;
    roof_import *import = graph->import;
    uint32_t index = (uint32_t)tflite_number(b, table, 0, 4, 0);
    if (index >= graph->codes.count)
        return roof_import_fail(import, ROOF_INVALID, "an operator without a number");
    tflite_table code = tflite_table_at(b, graph->codes, index);
    int64_t old = tflite_number(b, code, 0, 1, 0), number = tflite_number(b, code, 3, 4, 0);
    tflite_node node = {tflite_list(b, table, 1, 4), tflite_list(b, table, 2, 4), tflite_child(b, table, 4),
                        tflite_operator_find(old > number ? old : number), NULL};
    tflite_operator own = unlisted;
    const tflite_tensor *output = tflite_output(graph, &node, 0);
    if (!node.row || strcmp(node.row->name, "CUSTOM") == 0) {
        roof_bytes name = tflite_text(b, code, 1);
        if (name.length > 0) own.name = roof_import_name(import, name);
        node.row = &own;
    }
    if (!own.name) return false;
    node.label = output && output->name.length > 0 ? roof_import_name(import, output->name) : node.row->name;
    import->where =
        node.label ? roof_arena_printf(import->arena, "%s \"%s\"", node.row->name, node.label) : NULL;
    if (!import->where) return roof_import_no_memory(import);
    return node.row->run(graph, &node);
}

static bool run_operators(tflite_graph *graph, tflite_table subgraph)
{
    tflite_vector list = tflite_list(&graph->buffer, subgraph, 3, 4);
    for (size_t i = 0; i < list.count && !graph->buffer.bad; i++)
        if (!run_operator(graph, tflite_table_at(&graph->buffer, list, i))) return false;
    return true;
}

/* What is constant where a branch is called is constant in it. */
static void pass_constants(tflite_graph *graph, const tflite_node *node, tflite_table branch,
                           tflite_tensor *outside, size_t outside_count)
{
    tflite_vector list = tflite_list(&graph->buffer, branch, 1, 4);
    for (size_t i = 0; i < list.count && i + 1 < node->inputs.count; i++) {
        int32_t from = tflite_int_at(&graph->buffer, node->inputs, i + 1),
                to = tflite_int_at(&graph->buffer, list, i);
        if (from < 0 || to < 0 || (size_t)from >= outside_count || (size_t)to >= graph->tensor_count)
            continue;
        tflite_tensor *given = &outside[from], *taken = &graph->tensors[to];
        if (!given->constant || given->elements != taken->elements) continue;
        taken->constant = true;
        taken->source = given->source ? given->source : given;
    }
}

/* IfOptions: 0 the branch that is taken if so. Which it is, only a run knows; a branch's tensors are its own.
 */
bool tflite_run_if(tflite_graph *graph, const tflite_node *node)
{
    int64_t index = tflite_number(&graph->buffer, node->options, 0, 4, -1);
    tflite_vector graphs = tflite_list(&graph->buffer, graph->model, 2, 4);
    tflite_table branch = tflite_table_at(&graph->buffer, graphs, index >= 0 ? (size_t)index : graphs.count);
    const char *where = graph->import->where;
    if (!branch.there || graph->depth >= BRANCH_DEPTH)
        return roof_import_fail(graph->import, ROOF_INVALID, "its branch is missing, or too many are nested");
    const char *name = roof_import_name(graph->import, tflite_text(&graph->buffer, branch, 4));
    if (!name) return false;
    roof_import_say(graph->import, ROOF_GRADE_NOTE,
                    "what it asks only a run knows: its then-branch, %s, is counted, not its else-branch",
                    *name ? name : "without a name");
    tflite_tensor *tensors = graph->tensors;
    size_t count = graph->tensor_count;
    graph->depth++;
    bool good = read_tensors(graph, branch);
    if (good) pass_constants(graph, node, branch, tensors, count);
    good = good && run_operators(graph, branch);
    graph->depth--;
    graph->tensors = tensors;
    graph->tensor_count = count;
    graph->import->where = where;
    return good;
}

/* ---- the file ---- */

static const char *precision_of(int type)
{
    switch (type) {
    case TFLITE_INT32: return "int32";
    case TFLITE_INT64: return "int64";
    case TFLITE_UINT8:
    case TFLITE_BOOL: return "uint8";
    case TFLITE_INT16: return "int16";
    case TFLITE_INT8: return "int8";
    default: return NULL;
    }
}

/* SubGraph: 7 of a tensor is its shape with -1 for what is open; the file's shape stands for the smallest. */
static bool add_tensors(tflite_graph *graph, tflite_table subgraph, unsigned field)
{
    roof_import *import = graph->import;
    tflite_vector list = tflite_list(&graph->buffer, subgraph, field, 4);
    tflite_vector tensors = tflite_list(&graph->buffer, subgraph, 0, 4);
    for (size_t i = 0; i < list.count; i++) {
        int32_t at = tflite_int_at(&graph->buffer, list, i);
        if (at < 0 || (size_t)at >= graph->tensor_count)
            return roof_import_fail(import, ROOF_INVALID, "an input or output that is no tensor");
        const tflite_tensor *t = &graph->tensors[at];
        roof_import_tensor made = {
            .elements = t->elements, .rank = t->rank, .precision = precision_of(t->type)};
        made.name = t->name.length > 0 ? roof_import_name(import, t->name) : field == 1 ? "input" : "output";
        if (!made.name) return false;
        memcpy(made.dims, t->dims, sizeof made.dims);
        if (made.rank == 0) made.dims[made.rank++] = 1;
        if (!(field == 1 ? roof_import_input : roof_import_output)(import, made)) return false;
        tflite_vector open =
            tflite_list(&graph->buffer, tflite_table_at(&graph->buffer, tensors, (size_t)at), 7, 4);
        for (size_t d = 0; field == 1 && d < open.count && d < (size_t)t->rank; d++)
            if (tflite_int_at(&graph->buffer, open, d) == -1)
                roof_import_say(import, d == 0 ? ROOF_GRADE_NOTE : ROOF_GRADE_DOUBTFUL,
                                "dimension %zu of \"%s\" is open; counted with the file's own %.0f", d,
                                made.name, t->dims[d]);
    }
    return true;
}

static bool run_graph(tflite_graph *graph)
{
    tflite_buffer *b = &graph->buffer;
    tflite_vector graphs = tflite_list(b, graph->model, 2, 4);
    tflite_table subgraph = tflite_table_at(b, graphs, 0);
    graph->codes = tflite_list(b, graph->model, 1, 4);
    if (!subgraph.there) return roof_import_fail(graph->import, ROOF_INVALID, "there is no graph in it");
    if (!read_tensors(graph, subgraph)) return false;
    if (!run_operators(graph, subgraph)) return false;
    graph->import->where = NULL;
    return add_tensors(graph, subgraph, 1) && add_tensors(graph, subgraph, 2);
}

bool roof_import_tflite(roof_import *import)
{
    tflite_graph graph = {.import = import, .buffer = {import->bytes, false}};
    if (import->bytes.length < 8 || memcmp(import->bytes.data + 4, "TFL3", 4) != 0)
        return roof_import_fail(import, ROOF_SYNTAX, "this is no TFLite file");
    graph.model = tflite_root(&graph.buffer);
    if (!graph.model.there)
        return roof_import_fail(import, ROOF_SYNTAX, "the file is cut short, or points outside itself");
    int64_t version = tflite_number(&graph.buffer, graph.model, 0, 4, 0);
    roof_bytes made = tflite_text(&graph.buffer, graph.model, 3);
    const char *description = roof_import_name(import, made);
    if (!description) return false;
    import->origin = roof_arena_printf(import->arena, "version %d%s%s", (int)version,
                                       *description ? ", " : "", description);
    if (!import->origin) return roof_import_no_memory(import);
    bool good = run_graph(&graph);
    import->where = NULL;
    if (graph.buffer.bad && import->code == ROOF_OK)
        return roof_import_fail(import, ROOF_SYNTAX, "the file is cut short, or points outside itself");
    return good;
}
