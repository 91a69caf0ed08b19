#include "chiproof/base/buffer.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Makes room for `extra` bytes and the terminator. */
static bool reserve(roof_buffer *buffer, size_t extra)
{
    if (buffer->failed) return false;
    if (extra >= SIZE_MAX - buffer->length) {
        buffer->failed = true;
        return false;
    }
    size_t need = buffer->length + extra + 1;
    if (need <= buffer->capacity) return true;
    size_t capacity = buffer->capacity ? buffer->capacity : 64;
    while (capacity < need) capacity = capacity > SIZE_MAX / 2 ? need : capacity * 2;
    char *data = realloc(buffer->data, capacity);
    if (!data) {
        buffer->failed = true;
        return false;
    }
    buffer->data = data;
    buffer->capacity = capacity;
    return true;
}

void roof_buffer_append_bytes(roof_buffer *buffer, const char *bytes, size_t length)
{
    if (length == 0 || !reserve(buffer, length)) return;
    memcpy(buffer->data + buffer->length, bytes, length);
    buffer->length += length;
    buffer->data[buffer->length] = '\0';
}

void roof_buffer_append(roof_buffer *buffer, const char *text)
{
    roof_buffer_append_bytes(buffer, text, strlen(text));
}

void roof_buffer_append_char(roof_buffer *buffer, char c)
{
    roof_buffer_append_bytes(buffer, &c, 1);
}

void roof_buffer_vprintf(roof_buffer *buffer, const char *format, va_list arguments)
{
    va_list again;
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    if (length < 0) buffer->failed = true;
    else if (reserve(buffer, (size_t)length)) {
        vsnprintf(buffer->data + buffer->length, (size_t)length + 1, format, again);
        buffer->length += (size_t)length;
    }
    va_end(again);
}

void roof_buffer_printf(roof_buffer *buffer, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    roof_buffer_vprintf(buffer, format, arguments);
    va_end(arguments);
}

const char *roof_buffer_text(const roof_buffer *buffer)
{
    return buffer->data ? buffer->data : "";
}

char *roof_buffer_take(roof_buffer *buffer)
{
    char *text = NULL;
    if (reserve(buffer, 0)) {
        buffer->data[buffer->length] = '\0';
        text = buffer->data;
        buffer->data = NULL;
    }
    roof_buffer_free(buffer);
    return text;
}

void roof_buffer_reset(roof_buffer *buffer)
{
    buffer->length = 0;
    if (buffer->data) buffer->data[0] = '\0';
}

void roof_buffer_free(roof_buffer *buffer)
{
    if (!buffer) return;
    free(buffer->data);
    *buffer = (roof_buffer)ROOF_BUFFER_EMPTY;
}
