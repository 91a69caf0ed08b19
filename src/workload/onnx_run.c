/* From the inputs on, node by node: an ONNX graph stands in the order in which it runs. */
#include <string.h>

#include "workload/onnx_node.h"

/* ---- what a graph holds besides nodes ---- */

static bool add_initializer(onnx_model *model, roof_bytes proto)
{
    onnx_tensor *tensor = onnx_tensor_read(model, proto);
    return tensor && onnx_table_add(model->import, &model->tensors, tensor->name, tensor);
}

/* SparseTensorProto: 1 values, 3 dims. Counted as if it were dense. */
static bool add_sparse(onnx_model *model, roof_bytes proto)
{
    double dims[ONNX_RANK] = {0};
    int rank = 0;
    onnx_tensor *values = NULL;
    onnx_wire wire = onnx_wire_open(proto);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 1 && f.type == 2) values = onnx_tensor_read(model, f.bytes);
        else if (f.number == 3 && f.type == 0 && rank < ONNX_RANK) dims[rank++] = onnx_signed(f.value);
        else if (f.number == 3) return roof_import_fail(model->import, ROOF_UNSUPPORTED, "a sparse constant");
    }
    onnx_tensor *tensor = values ? onnx_tensor_new(model, values->type, rank, dims) : NULL;
    if (!tensor) return roof_import_fail(model->import, ROOF_INVALID, "a sparse constant without values");
    tensor->constant = true;
    tensor->weight = values->weight;
    tensor->weight->elements = tensor->elements;
    return onnx_table_add(model->import, &model->tensors, values->name, tensor);
}

/* ValueInfoProto: 1 name, 2 type. */
static bool add_declared(onnx_model *model, roof_bytes proto)
{
    roof_bytes name = {0}, *type = roof_arena_alloc(model->import->arena, sizeof *type);
    onnx_wire wire = onnx_wire_open(proto);
    if (!type) return roof_import_no_memory(model->import);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 1 && f.type == 2) name = f.bytes;
        if (f.number == 2 && f.type == 2) *type = f.bytes;
    }
    if (wire.bad) return roof_import_fail(model->import, ROOF_SYNTAX, "a declaration is cut short");
    return name.length == 0 || onnx_table_add(model->import, &model->declared, name, type);
}

bool onnx_open(onnx_model *model, roof_bytes graph)
{
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        bool good = true;
        if (f.type != 2) continue;
        if (f.number == 5) good = add_initializer(model, f.bytes);
        else if (f.number == 15) good = add_sparse(model, f.bytes);
        else if (f.number >= 11 && f.number <= 13) good = add_declared(model, f.bytes);
        if (!good) return false;
    }
    return !wire.bad ||
           roof_import_fail(model->import, ROOF_SYNTAX, "the graph is cut short, or this is no ONNX file");
}

/* ---- nodes ---- */

static bool read_node(onnx_model *model, roof_bytes message, onnx_node *node)
{
    size_t inputs = 0, outputs = 0;
    *node = (onnx_node){.message = message};
    onnx_wire wire = onnx_wire_open(message);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.type != 2) continue;
        if (f.number == 1) inputs++;
        else if (f.number == 2) outputs++;
        else if (f.number == 3) node->name = f.bytes;
        else if (f.number == 4) node->op = f.bytes;
        else if (f.number == 7) node->domain = f.bytes;
    }
    if (wire.bad) return roof_import_fail(model->import, ROOF_SYNTAX, "a node is cut short");
    node->inputs = roof_arena_calloc(model->import->arena, inputs + 1, sizeof *node->inputs);
    node->outputs = roof_arena_calloc(model->import->arena, outputs + 1, sizeof *node->outputs);
    if (!node->inputs || !node->outputs) return roof_import_no_memory(model->import);
    wire = onnx_wire_open(message);
    for (onnx_field f; onnx_wire_next(&wire, &f);)
        if (f.number == 2 && f.type == 2) node->outputs[node->output_count++] = f.bytes;
    roof_bytes name = node->name.length > 0 ? node->name : outputs > 0 ? node->outputs[0] : node->op;
    node->label = roof_import_name(model->import, name);
    const char *op = roof_import_name(model->import, node->op);
    if (!node->label || !op) return false;
    model->import->where = roof_arena_printf(model->import->arena, "%s \"%s\"", op, node->label);
    return model->import->where || roof_import_no_memory(model->import);
}

static bool find_inputs(onnx_model *model, onnx_node *node)
{
    onnx_wire wire = onnx_wire_open(node->message);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 1 || f.type != 2) continue;
        onnx_tensor *tensor = f.bytes.length > 0 ? onnx_table_find(&model->tensors, f.bytes) : NULL;
        if (!tensor && f.bytes.length > 0) {
            const char *name = roof_import_name(model->import, f.bytes);
            return name && roof_import_fail(model->import, ROOF_INVALID,
                                            "its input \"%s\" is not made before it", name);
        }
        node->inputs[node->input_count++] = tensor;
    }
    return true;
}

/* FunctionProto: 1 name, 10 domain. */
static bool is_function(const onnx_model *model, const onnx_node *node)
{
    onnx_wire wire = onnx_wire_open(model->model);
    for (onnx_field f; model->has_functions && onnx_wire_next(&wire, &f);) {
        roof_bytes name = {0};
        if (f.number != 25 || f.type != 2) continue;
        onnx_wire inner = onnx_wire_open(f.bytes);
        for (onnx_field p; onnx_wire_next(&inner, &p);)
            if (p.number == 1 && p.type == 2) name = p.bytes;
        if (name.length == node->op.length && name.length > 0 &&
            memcmp(name.data, node->op.data, name.length) == 0)
            return true;
    }
    return false;
}

/* Operators of these domains mean what their name says. */
static bool is_known_domain(roof_bytes domain)
{
    return domain.length == 0 || roof_bytes_equal(domain, "ai.onnx") ||
           roof_bytes_equal(domain, "com.microsoft");
}

/* Whether all that goes in is constant: then so is what comes out. */
static bool is_silent(const onnx_node *node)
{
    if (node->input_count == 0) return false;
    for (size_t i = 0; i < node->input_count; i++)
        if (node->inputs[i] && !node->inputs[i]->constant) return false;
    return true;
}

static bool run_node(onnx_model *model, roof_bytes message)
{
    onnx_node node;
    if (!read_node(model, message, &node) || !find_inputs(model, &node)) return false;
    if (node.op.length == 0)
        return roof_import_fail(model->import, ROOF_INVALID, "a node without an operator");
    if (is_function(model, &node))
        return roof_import_fail(model->import, ROOF_UNSUPPORTED,
                                "a function of the file, which is not covered: inline it first");
    node.row = is_known_domain(node.domain) ? onnx_operator_find(node.op) : NULL;
    bool silent = model->silent;
    model->silent = is_silent(&node);
    bool good = true;
    for (size_t i = 0; node.row && i < node.row->least_inputs && good; i++)
        if (!onnx_input(&node, i))
            good = roof_import_fail(model->import, ROOF_INVALID, "its input %zu is missing", i);
    if (good) good = (node.row ? node.row->run : onnx_run_unknown)(model, &node);
    model->silent = silent;
    return good && model->import->code == ROOF_OK;
}

bool onnx_run(onnx_model *model, roof_bytes graph)
{
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);)
        if (f.number == 1 && f.type == 2 && !run_node(model, f.bytes)) return false;
    return true;
}
