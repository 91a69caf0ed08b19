/* A whole ONNX file: its version, its inputs, its graph, its outputs. */
#include <stdlib.h>
#include <string.h>

#include "workload/onnx_graph.h"

enum { OLDEST_OPSET = 7, NEWEST_OPSET = 22 };

typedef struct header {
    roof_bytes graph, producer, version;
    size_t graphs;
    double opset;
} header;

/* OperatorSetIdProto: 1 domain, 2 version. */
static void read_opset(roof_bytes message, header *out)
{
    bool own = true;
    double version = 0;
    onnx_wire wire = onnx_wire_open(message);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 1 && f.type == 2) own = f.bytes.length == 0 || roof_bytes_equal(f.bytes, "ai.onnx");
        if (f.number == 2 && f.type == 0) version = onnx_signed(f.value);
    }
    if (own) out->opset = version;
}

static bool read_header(onnx_model *model, header *out)
{
    roof_import *import = model->import;
    *out = (header){0};
    if (import->bytes.length == 0) return roof_import_fail(import, ROOF_INVALID, "the file is empty");
    onnx_wire wire = onnx_wire_open(import->bytes);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.type != 2) continue;
        if (f.number == 2) out->producer = f.bytes;
        else if (f.number == 3) out->version = f.bytes;
        else if (f.number == 8) read_opset(f.bytes, out);
        else if (f.number == 25) model->has_functions = true;
        else if (f.number == 7) {
            out->graph = f.bytes;
            out->graphs++;
        }
    }
    if (wire.bad) return roof_import_fail(import, ROOF_SYNTAX, "the file is cut short, or no ONNX file");
    if (out->graphs != 1)
        return roof_import_fail(import, ROOF_INVALID, "%zu graphs in it; one is expected", out->graphs);
    if (!(out->opset >= OLDEST_OPSET))
        return roof_import_fail(import, ROOF_UNSUPPORTED,
                                "version %.9g of the operators; %d to %d are covered", out->opset,
                                OLDEST_OPSET, NEWEST_OPSET);
    if (out->opset > NEWEST_OPSET)
        roof_import_say(import, ROOF_GRADE_DOUBTFUL,
                        "version %.9g of the operators is newer than %d: they are read as of that one",
                        out->opset, NEWEST_OPSET);
    return true;
}

static bool set_origin(roof_import *import, const header *h)
{
    const char *producer = h->producer.length > 0 ? roof_import_name(import, h->producer) : NULL;
    const char *version = producer && h->version.length > 0 ? roof_import_name(import, h->version) : NULL;
    import->origin =
        roof_arena_printf(import->arena, "opset %.0f%s%s%s%s", h->opset, producer ? ", made by " : "",
                          producer ? producer : "", version ? " " : "", version ? version : "");
    return import->origin || roof_import_no_memory(import);
}

static const char *precision_of(int type)
{
    switch (type) {
    case ONNX_UINT8:
    case ONNX_BOOL: return "uint8";
    case ONNX_INT8: return "int8";
    case ONNX_UINT16: return "uint16";
    case ONNX_INT16: return "int16";
    case ONNX_INT32:
    case ONNX_UINT32: return "int32";
    case ONNX_INT64:
    case ONNX_UINT64: return "int64";
    default: return NULL;
    }
}

static bool crosses(roof_import *import, bool in, roof_bytes name, const onnx_tensor *tensor)
{
    roof_import_tensor t = {.elements = tensor->elements, .rank = tensor->rank};
    t.name = roof_import_name(import, name);
    if (!t.name) return false;
    t.precision = precision_of(tensor->type);
    memcpy(t.dims, tensor->dims, sizeof t.dims);
    if (t.rank == 0) {
        t.rank = 1;
        t.dims[0] = 1;
    }
    return in ? roof_import_input(import, t) : roof_import_output(import, t);
}

/* Name of a ValueInfoProto. */
static roof_bytes name_of(roof_bytes proto)
{
    roof_bytes name = {(const unsigned char *)"", 0};
    onnx_wire wire = onnx_wire_open(proto);
    for (onnx_field f; onnx_wire_next(&wire, &f);)
        if (f.number == 1 && f.type == 2) name = f.bytes;
    return name;
}

/* Older files list the weights among the inputs. All open dimensions are said before giving up. */
static bool add_inputs(onnx_model *model, roof_bytes graph)
{
    bool good = true;
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 11 || f.type != 2) continue;
        roof_bytes name = name_of(f.bytes);
        const roof_bytes *type = onnx_table_find(&model->declared, name);
        if (onnx_table_find(&model->tensors, name) || !type) continue;
        onnx_tensor *tensor = onnx_tensor_declared(model, name, *type, "input");
        good &= tensor != NULL;
        if (!tensor) continue;
        const char *label = roof_import_name(model->import, name);
        double *value = tensor->elements == 1 ? roof_arena_alloc(model->import->arena, sizeof *value) : NULL;
        if (value && label && roof_import_bound(model->import, label, value)) onnx_tensor_set(tensor, value);
        if (!onnx_table_add(model->import, &model->tensors, name, tensor) ||
            !crosses(model->import, true, name, tensor))
            return false;
    }
    return good;
}

static bool add_outputs(onnx_model *model, roof_bytes graph)
{
    onnx_wire wire = onnx_wire_open(graph);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 12 || f.type != 2) continue;
        roof_bytes name = name_of(f.bytes);
        const onnx_tensor *tensor = onnx_table_find(&model->tensors, name);
        if (!tensor) {
            const char *label = roof_import_name(model->import, name);
            return label &&
                   roof_import_fail(model->import, ROOF_INVALID, "no node makes the output \"%s\"", label);
        }
        if (!crosses(model->import, false, name, tensor)) return false;
    }
    return true;
}

static bool run_model(onnx_model *model)
{
    header h;
    roof_import *import = model->import;
    model->model = import->bytes;
    if (!read_header(model, &h) || !set_origin(import, &h)) return false;
    model->opset = h.opset;
    if (!onnx_open(model, h.graph) || !add_inputs(model, h.graph) || !onnx_run(model, h.graph)) return false;
    import->where = NULL;
    if (!add_outputs(model, h.graph)) return false;
    if (model->differ > 0)
        roof_import_say(
            import, ROOF_GRADE_DOUBTFUL,
            "the file states other shapes than its graph yields for %zu tensor%s, the first \"%s\"",
            model->differ, model->differ == 1 ? "" : "s", model->differing ? model->differing : "");
    return true;
}

bool roof_import_onnx(roof_import *import)
{
    onnx_model *model = calloc(1, sizeof *model);
    if (!model) return roof_import_no_memory(import);
    model->import = import;
    bool good = run_model(model);
    free(model);
    return good;
}
