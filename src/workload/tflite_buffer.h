/* FlatBuffers, read in place: tables whose fields are found by number, vectors, strings. What points outside
 * the file is as if it were not there, and marks the file as bad. */
#ifndef WORKLOAD_TFLITE_BUFFER_H
#define WORKLOAD_TFLITE_BUFFER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "workload/import.h"

typedef struct tflite_buffer {
    roof_bytes bytes;
    bool bad;
} tflite_buffer;

/* Where a table or the first element of a vector stands; `there` is false for those left out. */
typedef struct tflite_table {
    size_t at;
    bool there;
} tflite_table;
typedef struct tflite_vector {
    size_t at, count;
    bool there;
} tflite_vector;

tflite_table tflite_root(tflite_buffer *buffer);
/* A number of `size` bytes as stored, or the fallback where the field is left out. */
int64_t tflite_number(tflite_buffer *buffer, tflite_table table, unsigned field, size_t size,
                      int64_t fallback);
tflite_table tflite_child(tflite_buffer *buffer, tflite_table table, unsigned field);
/* A vector of elements of `size` bytes (4 for tables). */
tflite_vector tflite_list(tflite_buffer *buffer, tflite_table table, unsigned field, size_t size);
roof_bytes tflite_text(tflite_buffer *buffer, tflite_table table, unsigned field);
/* The i-th element of a vector of int32, and of tables. */
int32_t tflite_int_at(tflite_buffer *buffer, tflite_vector vector, size_t index);
tflite_table tflite_table_at(tflite_buffer *buffer, tflite_vector vector, size_t index);

#endif
