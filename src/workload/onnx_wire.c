#include "workload/onnx_wire.h"

#include <string.h>

onnx_wire onnx_wire_open(roof_bytes message)
{
    onnx_wire wire = {message.data, message.data, false};
    if (message.length > 0) wire.end += message.length;
    return wire;
}

static bool fail(onnx_wire *wire)
{
    wire->bad = true;
    wire->at = wire->end;
    return false;
}

bool onnx_wire_varint(onnx_wire *wire, uint64_t *value)
{
    uint64_t sum = 0;
    if (wire->at == wire->end) return false;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        if (wire->at == wire->end) return fail(wire);
        unsigned char byte = *wire->at++;
        sum |= (uint64_t)(byte & 0x7F) << shift;
        if (byte & 0x80) continue;
        *value = sum;
        return true;
    }
    return fail(wire);
}

uint64_t onnx_little(const unsigned char *at, size_t count)
{
    uint64_t value = 0;
    for (size_t i = 0; i < count; i++) value |= (uint64_t)at[i] << (8 * i);
    return value;
}

static bool read_fixed(onnx_wire *wire, size_t size, uint64_t *value)
{
    if ((size_t)(wire->end - wire->at) < size) return fail(wire);
    *value = onnx_little(wire->at, size);
    wire->at += size;
    return true;
}

bool onnx_wire_next(onnx_wire *wire, onnx_field *field)
{
    uint64_t key = 0, length = 0;
    if (!onnx_wire_varint(wire, &key)) return false;
    *field = (onnx_field){.number = (unsigned)(key >> 3), .type = (unsigned)(key & 7)};
    if (key >> 3 == 0 || key >> 3 > 0x1FFFFFFF) return fail(wire);
    switch (field->type) {
    case 0: return onnx_wire_varint(wire, &field->value) || fail(wire);
    case 1: return read_fixed(wire, 8, &field->value);
    case 5: return read_fixed(wire, 4, &field->value);
    case 2:
        if (!onnx_wire_varint(wire, &length) || length > (uint64_t)(wire->end - wire->at)) return fail(wire);
        field->bytes = (roof_bytes){wire->at, (size_t)length};
        wire->at += length;
        return true;
    default: return fail(wire);
    }
}

double onnx_signed(uint64_t value)
{
    return value >> 63 ? -(double)(~value) - 1 : (double)value;
}

float onnx_float(uint64_t bits)
{
    uint32_t low = (uint32_t)bits;
    float value = 0;
    memcpy(&value, &low, sizeof value);
    return value;
}

double onnx_double(uint64_t bits)
{
    double value = 0;
    memcpy(&value, &bits, sizeof value);
    return value;
}
