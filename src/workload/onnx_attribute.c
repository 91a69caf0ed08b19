/* Attributes of a node, found when they are asked for, and its inputs. */
#include <string.h>

#include "workload/onnx_node.h"

bool onnx_attribute(const onnx_node *node, const char *name, roof_bytes *attribute)
{
    onnx_wire wire = onnx_wire_open(node->message);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 5 || f.type != 2) continue;
        onnx_wire inner = onnx_wire_open(f.bytes);
        for (onnx_field a; onnx_wire_next(&inner, &a);) {
            if (a.number != 1 || a.type != 2) continue;
            if (!roof_bytes_equal(a.bytes, name)) break;
            *attribute = f.bytes;
            return true;
        }
    }
    return false;
}

double onnx_number(onnx_model *model, const onnx_node *node, const char *name, double fallback)
{
    roof_bytes attribute;
    double value = fallback;
    if (!onnx_attribute(node, name, &attribute)) return fallback;
    onnx_wire wire = onnx_wire_open(attribute);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number == 3 && f.type == 0) value = onnx_signed(f.value);
        if (f.number == 2 && f.type == 5) value = (double)onnx_float(f.value);
    }
    if (wire.bad) roof_import_fail(model->import, ROOF_SYNTAX, "the attribute %s is cut short", name);
    return value;
}

int onnx_numbers(onnx_model *model, const onnx_node *node, const char *name, double *out, int limit)
{
    roof_bytes attribute;
    int count = 0;
    uint64_t value = 0;
    if (!onnx_attribute(node, name, &attribute)) return 0;
    onnx_wire wire = onnx_wire_open(attribute);
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 8) continue;
        onnx_wire list = onnx_wire_open(f.bytes);
        if (f.type == 0 && count < limit) out[count++] = onnx_signed(f.value);
        else if (f.type == 0) wire.bad = true;
        while (f.type == 2 && onnx_wire_varint(&list, &value)) {
            if (count < limit) out[count++] = onnx_signed(value);
            else list.bad = true;
            if (list.bad) break;
        }
        if (wire.bad || list.bad) {
            roof_import_fail(model->import, ROOF_INVALID, "the attribute %s is cut short, or longer than %d",
                             name, limit);
            return -1;
        }
    }
    return count;
}

bool onnx_attribute_floats(onnx_model *model, roof_bytes attribute, double *out, int limit, int *count)
{
    onnx_wire wire = onnx_wire_open(attribute);
    *count = 0;
    for (onnx_field f; onnx_wire_next(&wire, &f);) {
        if (f.number != 7) continue;
        if (f.type == 5 && *count < limit) out[(*count)++] = (double)onnx_float(f.value);
        for (size_t i = 0; f.type == 2 && i + 4 <= f.bytes.length && *count < limit; i += 4)
            out[(*count)++] = (double)onnx_float(onnx_little(f.bytes.data + i, 4));
    }
    return !wire.bad || roof_import_fail(model->import, ROOF_SYNTAX, "an attribute is cut short");
}

roof_bytes onnx_text(const onnx_node *node, const char *name)
{
    roof_bytes attribute, text = {0};
    if (!onnx_attribute(node, name, &attribute)) return text;
    onnx_wire wire = onnx_wire_open(attribute);
    for (onnx_field f; onnx_wire_next(&wire, &f);)
        if (f.number == 4 && f.type == 2) text = f.bytes;
    return text;
}

onnx_tensor *onnx_input(const onnx_node *node, size_t index)
{
    return index < node->input_count ? node->inputs[index] : NULL;
}

const double *onnx_input_values(onnx_model *model, const onnx_node *node, size_t index, int *count)
{
    onnx_tensor *tensor = onnx_input(node, index);
    const double *values = onnx_values(model, tensor);
    *count = values ? (int)tensor->elements : 0;
    return values;
}

int onnx_list(onnx_model *model, const onnx_node *node, const char *name, size_t index, double *out,
              int limit)
{
    int count = onnx_numbers(model, node, name, out, limit);
    if (count != 0 || !onnx_input(node, index)) return count;
    const double *values = onnx_input_values(model, node, index, &count);
    if (!values) return -1;
    if (count > limit) {
        roof_import_fail(model->import, ROOF_INVALID, "%s has %d entries; at most %d are covered", name,
                         count, limit);
        return -1;
    }
    if (count > 0) memcpy(out, values, (size_t)count * sizeof *out);
    return count;
}

bool onnx_axis(onnx_model *model, double axis, int rank, int *out)
{
    if (axis < 0) axis += rank;
    if (axis >= 0 && axis < rank) {
        *out = (int)axis;
        return true;
    }
    return roof_import_fail(model->import, ROOF_INVALID, "the axis %.9g of %d dimensions", axis, rank);
}
