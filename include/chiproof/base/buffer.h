/* A growing string. Failure to grow is sticky: appends become no-ops and `failed` is set, so that a writer
 * can append freely and check once at the end. */
#ifndef CHIPROOF_BASE_BUFFER_H
#define CHIPROOF_BASE_BUFFER_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct roof_buffer {
    char *data; /* NULL while empty, else zero-terminated */
    size_t length, capacity;
    bool failed;
} roof_buffer;
#define ROOF_BUFFER_EMPTY \
    { \
        0, 0, 0, 0 \
    }

void roof_buffer_append(roof_buffer *buffer, const char *text);
void roof_buffer_append_bytes(roof_buffer *buffer, const char *bytes, size_t length);
void roof_buffer_append_char(roof_buffer *buffer, char c);
void roof_buffer_printf(roof_buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
void roof_buffer_vprintf(roof_buffer *buffer, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));
/* The text so far; "" when empty. Borrowed until the next append. */
const char *roof_buffer_text(const roof_buffer *buffer);
/* Hands the text over (release with free) and empties the buffer. NULL if an append failed. */
char *roof_buffer_take(roof_buffer *buffer);
/* Empties, keeping the memory. */
void roof_buffer_reset(roof_buffer *buffer);
void roof_buffer_free(roof_buffer *buffer);

#ifdef __cplusplus
}
#endif
#endif
