/* Builds one JSON text: open, fill, take. Numbers that are not finite are written as null. Failure to
 * allocate is sticky and shows when the text is taken. `key` is NULL inside an array and a string inside an
 * object. */
#ifndef CHIPROOF_JSON_WRITER_H
#define CHIPROOF_JSON_WRITER_H

#include <stdbool.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct roof_json_writer roof_json_writer;

/* A writer whose root is an object. NULL if memory ran out (every call below accepts NULL). */
roof_json_writer *roof_json_writer_new(void);
void roof_json_writer_free(roof_json_writer *writer);

void roof_json_open_object(roof_json_writer *writer, const char *key);
void roof_json_open_array(roof_json_writer *writer, const char *key);
void roof_json_close(roof_json_writer *writer);

void roof_json_put_number(roof_json_writer *writer, const char *key, double value);
void roof_json_put_string(roof_json_writer *writer, const char *key, const char *text); /* NULL writes null */
/* The text of a buffer; one that ran out of memory fails the writer. */
void roof_json_put_buffer(roof_json_writer *writer, const char *key, const roof_buffer *text);
void roof_json_put_bool(roof_json_writer *writer, const char *key, bool value);
void roof_json_put_null(roof_json_writer *writer, const char *key);

/* The finished text without a final newline, owned by the caller (free); *text is NULL on failure. All open
 * objects and arrays are closed. Characters that could command a terminal are escaped. `pretty` indents.
 * Errors: NO_MEMORY. */
roof_code roof_json_writer_text(roof_json_writer *writer, bool pretty, char **text, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
