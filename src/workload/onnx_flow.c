/* Constants, branches, and what is refused. */
#include "workload/onnx_node.h"

/* A number, a list of numbers, or a tensor. */
bool onnx_run_constant(onnx_model *model, onnx_node *node)
{
    double list[ONNX_FOLD_LIMIT], count = 0;
    int length = 0;
    roof_bytes attribute;
    onnx_tensor *tensor = NULL;
    if (onnx_attribute(node, "value", &attribute)) {
        onnx_wire wire = onnx_wire_open(attribute);
        for (onnx_field f; onnx_wire_next(&wire, &f);)
            if (f.number == 5 && f.type == 2) tensor = onnx_tensor_read(model, f.bytes);
        if (!tensor) return roof_import_fail(model->import, ROOF_INVALID, "it has no value");
        tensor->name = node->output_count > 0 ? node->outputs[0] : tensor->name;
        return node->output_count == 0 ||
               onnx_table_add(model->import, &model->tensors, tensor->name, tensor);
    }
    bool whole =
        onnx_attribute(node, "value_int", &attribute) || onnx_attribute(node, "value_ints", &attribute);
    int rank = 1;
    if (onnx_attribute(node, "value_ints", &attribute))
        length = onnx_numbers(model, node, "value_ints", list, ONNX_FOLD_LIMIT);
    else if (onnx_attribute(node, "value_floats", &attribute)) {
        if (!onnx_attribute_floats(model, attribute, list, ONNX_FOLD_LIMIT, &length)) return false;
    } else if (whole || onnx_attribute(node, "value_float", &attribute)) {
        list[0] = onnx_number(model, node, whole ? "value_int" : "value_float", 0);
        length = 1;
        rank = 0;
    } else {
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "its value is neither numbers nor a tensor");
    }
    if (length < 0) return false;
    count = length;
    tensor = onnx_output(model, node, 0, whole ? ONNX_INT64 : ONNX_FLOAT, rank, &count);
    double *values = tensor ? onnx_values_new(model, count) : NULL;
    for (int i = 0; values && i < length; i++) values[i] = list[i];
    if (tensor) onnx_tensor_set(tensor, values);
    return tensor != NULL;
}

static bool find_branch(const onnx_node *node, const char *name, roof_bytes *graph)
{
    roof_bytes attribute;
    bool found = false;
    if (!onnx_attribute(node, name, &attribute)) return false;
    onnx_wire wire = onnx_wire_open(attribute);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 6 || f.type != 2) continue;
        *graph = f.bytes;
        found = true;
    }
    return found;
}

/* The branch's outputs, in their order, under the names that the node gives them. */
static bool take_outputs(onnx_model *model, onnx_node *node, roof_bytes graph, onnx_tensor **taken)
{
    size_t count = 0;
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 12 || f.type != 2 || count == node->output_count) continue;
        onnx_wire inner = onnx_wire_open(f.bytes);
        onnx_tensor *tensor = NULL;
        for (onnx_field v; onnx_wire_next(&inner, &v);)
            if (v.number == 1 && v.type == 2) tensor = onnx_table_find(&model->tensors, v.bytes);
        if (!tensor)
            return roof_import_fail(model->import, ROOF_INVALID, "an output of the branch is not made in it");
        taken[count++] = tensor;
    }
    return count == node->output_count ||
           roof_import_fail(model->import, ROOF_INVALID, "the branch has fewer outputs than the node");
}

static const char *graph_name(onnx_model *model, roof_bytes graph)
{
    roof_bytes name = {(const unsigned char *)"", 0};
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);)
        if (f.number == 2 && f.type == 2) name = f.bytes;
    return roof_import_name(model->import, name);
}

/* Names made in a branch end with it. */
static bool run_branch(onnx_model *model, onnx_node *node, roof_bytes graph)
{
    onnx_entry *tensors = model->tensors.newest, *declared = model->declared.newest;
    onnx_tensor **taken = roof_arena_calloc(model->import->arena, node->output_count + 1, sizeof *taken);
    if (!taken) return roof_import_no_memory(model->import);
    if (model->depth >= ONNX_DEPTH_LIMIT)
        return roof_import_fail(model->import, ROOF_UNSUPPORTED, "branches more than %d deep",
                                ONNX_DEPTH_LIMIT);
    const char *where = model->import->where;
    bool silent = model->silent;
    model->depth++;
    model->silent = false;
    bool good = onnx_open(model, graph) && onnx_run(model, graph);
    model->silent = silent;
    model->depth--;
    model->import->where = where;
    good = good && take_outputs(model, node, graph, taken);
    onnx_table_return(&model->tensors, tensors);
    onnx_table_return(&model->declared, declared);
    for (size_t i = 0; good && i < node->output_count; i++)
        if (node->outputs[i].length > 0)
            good = onnx_table_add(model->import, &model->tensors, node->outputs[i], taken[i]);
    return good;
}

/* A condition that is known takes its branch; any other takes the first and says so. */
bool onnx_run_if(onnx_model *model, onnx_node *node)
{
    const double *condition = onnx_values(model, node->inputs[0]);
    bool known = condition && node->inputs[0]->elements == 1, first = !known || condition[0] != 0;
    roof_bytes graph;
    if (!find_branch(node, first ? "then_branch" : "else_branch", &graph))
        return roof_import_fail(model->import, ROOF_INVALID, "it has no %s",
                                first ? "then_branch" : "else_branch");
    const char *name = graph_name(model, graph);
    if (!name) return false;
    if (!known)
        roof_import_say(model->import, ROOF_GRADE_NOTE,
                        "what it asks only a run knows: its then_branch%s%s is counted, not its else_branch",
                        *name ? " " : "", name);
    else if (model->depth == 0)
        roof_import_say(model->import, ROOF_GRADE_NOTE, "its %s%s%s is counted",
                        first ? "then_branch" : "else_branch", *name ? " " : "", name);
    return run_branch(model, node, graph);
}

bool onnx_run_refused(onnx_model *model, onnx_node *node)
{
    static const char *const why[] = {"how often it runs is known to a run only",
                                      "it hides products of matrices that are not counted",
                                      "it works on sequences of tensors, which are not covered"};
    return roof_import_fail(model->import, ROOF_UNSUPPORTED, "the operator %s is not covered: %s",
                            node->row->name, why[node->row->detail]);
}

/* Costs what it moves; its outputs must be declared. */
bool onnx_run_unknown(onnx_model *model, onnx_node *node)
{
    roof_op op = {.kind = ROOF_OP_ELEMENTWISE};
    const char *name = roof_import_name(model->import, node->op);
    if (!name) return false;
    for (size_t i = 0; i < node->output_count; i++) {
        if (node->outputs[i].length == 0) continue;
        onnx_tensor *output = NULL;
        if (!onnx_table_find(&model->declared, node->outputs[i]))
            return roof_import_fail(
                model->import, ROOF_UNSUPPORTED,
                "the operator %s is not known, and the file does not state the shape of its "
                "output",
                name);
        output = onnx_output_declared(model, node, i);
        if (!output) return false;
        op.output_elements += output->elements;
    }
    for (size_t i = 0; i < node->input_count; i++) onnx_read(model, node->inputs[i], &op);
    roof_import_unknown(model->import, name);
    return onnx_emit(model, node, op);
}
