#include "workload/tflite_buffer.h"

#include <string.h>

static bool inside(tflite_buffer *buffer, size_t at, size_t size)
{
    if (at <= buffer->bytes.length && size <= buffer->bytes.length - at) return true;
    buffer->bad = true;
    return false;
}

/* Little-endian, sign-extended. */
static int64_t number_at(tflite_buffer *buffer, size_t at, size_t size)
{
    uint64_t value = 0;
    if (!inside(buffer, at, size)) return 0;
    for (size_t i = 0; i < size; i++) value |= (uint64_t)buffer->bytes.data[at + i] << (8 * i);
    switch (size) {
    case 1: return (int8_t)value;
    case 2: return (int16_t)value;
    case 4: return (int32_t)value;
    default: return (int64_t)value;
    }
}

static size_t unsigned_at(tflite_buffer *buffer, size_t at, size_t size)
{
    uint64_t value = (uint64_t)number_at(buffer, at, size);
    return (size_t)(size == 2 ? value & 0xFFFF : value & 0xFFFFFFFF);
}

/* Offsets are forwards from where they stand. */
static size_t follow(tflite_buffer *buffer, size_t at)
{
    size_t step = unsigned_at(buffer, at, 4), to = at + step;
    if (step == 0 || to < at || !inside(buffer, to, 4)) {
        buffer->bad = true;
        return 0;
    }
    return to;
}

static tflite_table table_at(size_t at)
{
    return (tflite_table){at, at > 0};
}

tflite_table tflite_root(tflite_buffer *buffer)
{
    return table_at(follow(buffer, 0));
}

/* Where a field stands; 0 if it is left out. A table begins with the distance back to its list of fields. */
static size_t field_at(tflite_buffer *buffer, tflite_table table, unsigned field, size_t size)
{
    if (!table.there) return 0;
    int64_t list = (int64_t)table.at - number_at(buffer, table.at, 4);
    if (list < 0 || !inside(buffer, (size_t)list, 4)) {
        buffer->bad = true;
        return 0;
    }
    size_t length = unsigned_at(buffer, (size_t)list, 2), entry = 4 + 2 * (size_t)field;
    if (entry + 2 > length) return 0;
    size_t offset = unsigned_at(buffer, (size_t)list + entry, 2);
    return offset > 0 && inside(buffer, table.at + offset, size) ? table.at + offset : 0;
}

int64_t tflite_number(tflite_buffer *buffer, tflite_table table, unsigned field, size_t size,
                      int64_t fallback)
{
    size_t at = field_at(buffer, table, field, size);
    return at > 0 ? number_at(buffer, at, size) : fallback;
}

tflite_table tflite_child(tflite_buffer *buffer, tflite_table table, unsigned field)
{
    size_t at = field_at(buffer, table, field, 4);
    return table_at(at > 0 ? follow(buffer, at) : 0);
}

tflite_vector tflite_list(tflite_buffer *buffer, tflite_table table, unsigned field, size_t size)
{
    tflite_vector vector = {0};
    size_t at = field_at(buffer, table, field, 4), to = at > 0 ? follow(buffer, at) : 0;
    if (to == 0) return vector;
    size_t count = unsigned_at(buffer, to, 4);
    if (count > buffer->bytes.length / size || !inside(buffer, to + 4, count * size)) {
        buffer->bad = true;
        return vector;
    }
    return (tflite_vector){to + 4, count, true};
}

roof_bytes tflite_text(tflite_buffer *buffer, tflite_table table, unsigned field)
{
    tflite_vector vector = tflite_list(buffer, table, field, 1);
    roof_bytes text = {(const unsigned char *)"", 0};
    if (vector.there) text = (roof_bytes){buffer->bytes.data + vector.at, vector.count};
    return text;
}

int32_t tflite_int_at(tflite_buffer *buffer, tflite_vector vector, size_t index)
{
    return index < vector.count ? (int32_t)number_at(buffer, vector.at + 4 * index, 4) : 0;
}

tflite_table tflite_table_at(tflite_buffer *buffer, tflite_vector vector, size_t index)
{
    return table_at(index < vector.count ? follow(buffer, vector.at + 4 * index) : 0);
}
