/* The wire format of protocol buffers: fields one after the other, each a number and a value. Reading only,
 * in place, and never past the end. */
#ifndef WORKLOAD_ONNX_WIRE_H
#define WORKLOAD_ONNX_WIRE_H

#include <stdbool.h>
#include <stdint.h>

#include "workload/import.h"

typedef struct onnx_wire {
    const unsigned char *at, *end;
    bool bad; /* what stands there is no field */
} onnx_wire;

typedef struct onnx_field {
    unsigned number;
    unsigned type;    /* 0: varint, 1: 8 bytes, 2: length and bytes, 5: 4 bytes */
    uint64_t value;   /* of types 0, 1 and 5 */
    roof_bytes bytes; /* of type 2 */
} onnx_field;

onnx_wire onnx_wire_open(roof_bytes message);
/* False at the end, and when `bad` is set. */
bool onnx_wire_next(onnx_wire *wire, onnx_field *field);
/* A varint as a number; false at the end, and when `bad` is set. For packed lists. */
bool onnx_wire_varint(onnx_wire *wire, uint64_t *value);
/* As two's complement, without rounding below 2^53. */
double onnx_signed(uint64_t value);
float onnx_float(uint64_t bits);
double onnx_double(uint64_t bits);
uint64_t onnx_little(const unsigned char *at, size_t count);

#endif
