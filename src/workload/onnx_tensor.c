/* Shapes, and the few constants whose values matter. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "workload/onnx_graph.h"
#include "workload/shape.h"

/* ---- names ---- */

static unsigned hash(roof_bytes name)
{
    uint32_t sum = 2166136261u;
    for (size_t i = 0; i < name.length; i++) sum = (sum ^ name.data[i]) * 16777619u;
    return (sum ^ sum >> 16) % ONNX_BUCKETS;
}

void *onnx_table_find(const onnx_table *table, roof_bytes name)
{
    if (name.length == 0) return NULL;
    for (const onnx_entry *e = table->buckets[hash(name)]; e; e = e->next)
        if (e->name.length == name.length && memcmp(e->name.data, name.data, name.length) == 0)
            return e->item;
    return NULL;
}

bool onnx_table_add(roof_import *import, onnx_table *table, roof_bytes name, void *item)
{
    onnx_entry *entry = roof_arena_alloc(import->arena, sizeof *entry);
    if (!entry) return roof_import_no_memory(import);
    unsigned bucket = hash(name);
    *entry = (onnx_entry){name, item, table->buckets[bucket], table->newest, bucket};
    table->buckets[bucket] = table->newest = entry;
    return true;
}

void onnx_table_return(onnx_table *table, onnx_entry *newest)
{
    for (; table->newest != newest; table->newest = table->newest->older)
        table->buckets[table->newest->bucket] = table->newest->next;
}

/* ---- shapes ---- */

const char *onnx_shape_text(const onnx_tensor *tensor, char *text, size_t size)
{
    size_t used = 0;
    snprintf(text, size, "one number");
    for (int i = 0; i < tensor->rank && used < size; i++)
        used += (size_t)snprintf(text + used, size - used, "%s%.0f", i > 0 ? "x" : "", tensor->dims[i]);
    return text;
}

onnx_tensor *onnx_tensor_new(onnx_model *model, int type, int rank, const double *dims)
{
    onnx_tensor made = {.type = type, .rank = rank, .elements = 1};
    if (rank < 0 || rank > ONNX_RANK) {
        roof_import_fail(model->import, ROOF_UNSUPPORTED, "a tensor of %d dimensions; at most %d are covered",
                         rank, ONNX_RANK);
        return NULL;
    }
    for (int i = 0; i < rank; i++) {
        if (!(dims[i] >= 0 && dims[i] <= ROOF_DIMENSION_LIMIT && dims[i] == floor(dims[i]))) {
            roof_import_fail(model->import, ROOF_INVALID, "dimension %d of a tensor would be %.9g", i,
                             dims[i]);
            return NULL;
        }
        made.dims[i] = dims[i];
        made.elements *= dims[i];
        if (made.elements >= ROOF_EXACT_LIMIT) {
            roof_import_fail(model->import, ROOF_INVALID, "a tensor would have 2^53 elements or more");
            return NULL;
        }
    }
    onnx_tensor *tensor = roof_arena_alloc(model->import->arena, sizeof *tensor);
    if (tensor) *tensor = made;
    else roof_import_no_memory(model->import);
    return tensor;
}

/* ---- values ---- */

double *onnx_values_new(onnx_model *model, double count)
{
    if (!(count <= ONNX_FOLD_LIMIT)) return NULL;
    double *values = roof_arena_calloc(model->import->arena, (size_t)count + 1, sizeof *values);
    if (!values) roof_import_no_memory(model->import);
    return values;
}

void onnx_tensor_set(onnx_tensor *tensor, const double *values)
{
    if (!values) return;
    tensor->values = values;
    tensor->constant = true;
}

static size_t width_of(int type)
{
    switch (type) {
    case ONNX_UINT8:
    case ONNX_INT8:
    case ONNX_BOOL: return 1;
    case ONNX_UINT16:
    case ONNX_INT16: return 2;
    case ONNX_FLOAT:
    case ONNX_INT32:
    case ONNX_UINT32: return 4;
    case ONNX_INT64:
    case ONNX_UINT64:
    case ONNX_DOUBLE: return 8;
    default: return 0;
    }
}

static double decode(int type, uint64_t bits)
{
    switch (type) {
    case ONNX_FLOAT: return (double)onnx_float(bits);
    case ONNX_DOUBLE: return onnx_double(bits);
    case ONNX_INT8: return onnx_signed(bits & 0x80 ? bits | ~(uint64_t)0xFF : bits);
    case ONNX_INT16: return onnx_signed(bits & 0x8000 ? bits | ~(uint64_t)0xFFFF : bits);
    case ONNX_INT32: return onnx_signed(bits & 0x80000000u ? bits | ~(uint64_t)0xFFFFFFFFu : bits);
    case ONNX_INT64: return onnx_signed(bits);
    default: return (double)bits;
    }
}

/* One of float_data, int32_data, int64_data, double_data, uint64_data: a value, or packed many. */
static void read_list(int type, const onnx_field *field, double *values, size_t count, size_t *at)
{
    if (field->type != 2) {
        if (*at < count) values[(*at)++] = decode(type, field->value);
        return;
    }
    size_t fixed = field->number == 4 ? 4 : field->number == 10 ? 8 : 0;
    onnx_wire list = onnx_wire_open(field->bytes);
    uint64_t bits = 0;
    for (size_t i = 0; fixed && i + fixed <= field->bytes.length && *at < count; i += fixed)
        values[(*at)++] = decode(type, onnx_little(field->bytes.data + i, fixed));
    while (!fixed && *at < count && onnx_wire_varint(&list, &bits)) values[(*at)++] = decode(type, bits);
}

const double *onnx_values(onnx_model *model, onnx_tensor *tensor)
{
    if (!tensor || tensor->values || tensor->proto.length == 0 || !width_of(tensor->type)) {
        return tensor ? tensor->values : NULL;
    }
    double *values = onnx_values_new(model, tensor->elements);
    size_t count = (size_t)tensor->elements, at = 0, width = width_of(tensor->type);
    onnx_wire wire = onnx_wire_open(tensor->proto);
    tensor->proto = (roof_bytes){0};
    for (onnx_field f; values && onnx_wire_next(&wire, &f);) {
        if (f.number == 9 && f.type == 2)
            for (size_t i = 0; i + width <= f.bytes.length && at < count; i += width)
                values[at++] = decode(tensor->type, onnx_little(f.bytes.data + i, width));
        else if (f.number == 4 || f.number == 5 || f.number == 7 || f.number == 10 || f.number == 11)
            read_list(tensor->type, &f, values, count, &at);
    }
    /* Too few: they stand elsewhere (external data), or the file is wrong. */
    if (values && at == count) tensor->values = values;
    return tensor->values;
}

/* ---- constants ---- */

static void read_dims(const onnx_field *field, double *dims, int *rank)
{
    onnx_wire list = onnx_wire_open(field->bytes);
    uint64_t value = field->value;
    if (field->type == 0) {
        if (*rank < ONNX_RANK) dims[*rank] = onnx_signed(value);
        ++*rank;
    }
    while (field->type == 2 && *rank <= ONNX_RANK && onnx_wire_varint(&list, &value)) {
        if (*rank < ONNX_RANK) dims[*rank] = onnx_signed(value);
        ++*rank;
    }
}

onnx_tensor *onnx_tensor_read(onnx_model *model, roof_bytes proto)
{
    double dims[ONNX_RANK] = {0};
    int rank = 0, type = 0;
    roof_bytes name = {0};
    onnx_wire wire = onnx_wire_open(proto);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 1) read_dims(&f, dims, &rank);
        else if (f.number == 2 && f.type == 0) type = f.value < 64 ? (int)f.value : 0;
        else if (f.number == 8 && f.type == 2) name = f.bytes;
    }
    if (wire.bad) {
        roof_import_fail(model->import, ROOF_SYNTAX, "a constant is cut short");
        return NULL;
    }
    if (rank > ONNX_RANK) rank = ONNX_RANK + 1; /* refused there */
    onnx_tensor *tensor = onnx_tensor_new(model, type, rank, dims);
    onnx_weight *weight = tensor ? roof_arena_alloc(model->import->arena, sizeof *weight) : NULL;
    if (tensor && !weight) roof_import_no_memory(model->import);
    if (!tensor || !weight) return NULL;
    weight->elements = tensor->elements;
    tensor->constant = true;
    tensor->weight = weight;
    tensor->name = name;
    if (tensor->elements <= ONNX_FOLD_LIMIT) tensor->proto = proto;
    return tensor;
}

/* ---- declarations ---- */

typedef struct declared_dim {
    double size; /* -1: open */
    roof_bytes name;
} declared_dim;

typedef struct declared_shape {
    bool has_shape, bad;
    int type, rank;
    declared_dim dims[ONNX_RANK];
} declared_shape;

static void read_dim(roof_bytes message, declared_dim *dim)
{
    onnx_wire wire = onnx_wire_open(message);
    *dim = (declared_dim){.size = -1};
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 1 && f.type == 0) dim->size = onnx_signed(f.value);
        else if (f.number == 2 && f.type == 2) dim->name = f.bytes;
    }
    if (!(dim->size > 0)) dim->size = -1;
}

/* TypeProto { 1 tensor_type { 1 elem_type, 2 shape { 1 dim } } } */
static declared_shape read_type(roof_bytes message)
{
    declared_shape shape = {0};
    onnx_wire type = onnx_wire_open(message);
    for (onnx_field t; onnx_wire_next(&type, &t);) {
        if (t.number != 1 || t.type != 2) continue;
        onnx_wire tensor = onnx_wire_open(t.bytes);
        for (onnx_field f; onnx_wire_next(&tensor, &f);) {
            if (f.number == 1 && f.type == 0) shape.type = f.value < 64 ? (int)f.value : 0;
            if (f.number != 2 || f.type != 2) continue;
            onnx_wire dims = onnx_wire_open(f.bytes);
            shape.has_shape = true;
            shape.rank = 0;
            for (onnx_field d; onnx_wire_next(&dims, &d);) {
                if (d.number != 1 || d.type != 2) continue;
                if (shape.rank < ONNX_RANK) read_dim(d.bytes, &shape.dims[shape.rank]);
                shape.rank++;
            }
            shape.bad |= dims.bad;
        }
        shape.bad |= tensor.bad;
    }
    shape.bad |= type.bad;
    return shape;
}

/* The size bound to a dimension, by its own name or by its place ("images.0"); else a failure that says how
 * to bind it. */
static bool bind_dim(onnx_model *model, const char *what, const char *tensor, int index,
                     const declared_dim *dim, double *size)
{
    roof_import *import = model->import;
    const char *place = roof_arena_printf(import->arena, "%s.%d", tensor, index);
    const char *name = dim->name.length > 0 ? roof_import_name(import, dim->name) : "";
    if (!place || !name) return place ? false : roof_import_no_memory(import);
    if (roof_import_bound(import, place, size) || (*name && roof_import_bound(import, name, size)))
        return true;
    if (!*name)
        return roof_import_fail(import, ROOF_MISSING,
                                "dimension %d of the %s \"%s\" is open: give its size, "
                                "--bind %s=N",
                                index, what, tensor, place);
    return roof_import_fail(import, ROOF_MISSING,
                            "dimension %d of the %s \"%s\", %s, is open: give its size, "
                            "--bind %s=N",
                            index, what, tensor, name, name);
}

onnx_tensor *onnx_tensor_declared(onnx_model *model, roof_bytes name, roof_bytes type, const char *what)
{
    declared_shape shape = read_type(type);
    double dims[ONNX_RANK] = {0};
    bool good = true;
    const char *label = roof_import_name(model->import, name);
    if (!label) return NULL;
    if (shape.bad || !shape.has_shape || shape.rank > ONNX_RANK) {
        roof_import_fail(model->import, shape.bad ? ROOF_SYNTAX : ROOF_MISSING,
                         "the %s \"%s\" has no shape of at most %d dimensions", what, label, ONNX_RANK);
        return NULL;
    }
    for (int i = 0; i < shape.rank; i++) {
        dims[i] = shape.dims[i].size;
        if (dims[i] < 0) good &= bind_dim(model, what, label, i, &shape.dims[i], &dims[i]);
    }
    return good ? onnx_tensor_new(model, shape.type, shape.rank, dims) : NULL;
}

void onnx_tensor_compare(onnx_model *model, roof_bytes name, const onnx_tensor *tensor)
{
    const roof_bytes *type = onnx_table_find(&model->declared, name);
    if (!type) return;
    declared_shape shape = read_type(*type);
    if (shape.bad || !shape.has_shape) return;
    bool differs = shape.rank != tensor->rank;
    for (int i = 0; !differs && i < shape.rank; i++)
        differs = shape.dims[i].size >= 0 && shape.dims[i].size != tensor->dims[i];
    if (!differs) return;
    if (model->differ++ == 0) model->differing = roof_import_name(model->import, name);
}
