/* Strict JSON with positions.
 *
 * On top of cJSON's parse this refuses what cJSON lets through (trailing text, duplicate keys, numbers such
 * as 012,
 * 1. or 1e999, integers that a double cannot hold, malformed UTF-8, escapes for U+0000 and for lone
 * surrogates), bounds size and depth, and knows the line, column and JSON Pointer of every value. cJSON is
 * included by this layer alone.
 *
 * Readers collect faults in the document's report, so that one run shows them all: a reader asks for what it
 * wants with the typed getters, each of which adds a fault at the value's own position when the type is
 * wrong. */
#ifndef CHIPROOF_JSON_JSON_H
#define CHIPROOF_JSON_JSON_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ROOF_JSON_DEPTH_LIMIT = 64 };

typedef struct roof_json roof_json;             /* a document */
typedef struct roof_json_value roof_json_value; /* a value in it, borrowed */

typedef enum roof_json_type {
    ROOF_JSON_NULL,
    ROOF_JSON_BOOL,
    ROOF_JSON_NUMBER,
    ROOF_JSON_STRING,
    ROOF_JSON_ARRAY,
    ROOF_JSON_OBJECT
} roof_json_type;

/* Parses `length` bytes. `file` names the origin in messages. Faults go to `report` (may be NULL; it must
 * outlive the document, which keeps the pointer) and the first one to `error`. *out is NULL on failure.
 * Errors: SYNTAX, INVALID (duplicate keys, numbers out of range, too deep), NO_MEMORY. */
roof_code roof_json_parse(const char *text, size_t length, const char *file, roof_report *report,
                          roof_json **out, roof_error *error);
/* Reads a file of at most ROOF_FILE_LIMIT bytes and parses it. Errors also: IO. */
roof_code roof_json_load(const char *path, roof_report *report, roof_json **out, roof_error *error);
void roof_json_free(roof_json *document);

const roof_json_value *roof_json_root(const roof_json *document);
const char *roof_json_file(const roof_json *document);

/* How many faults of grade ERROR were added to this document since it was parsed. */
size_t roof_json_errors(const roof_json *document);

roof_json_type roof_json_type_of(const roof_json_value *value);
const char *roof_json_type_name(roof_json_type type); /* "a number", "an object", ... */

/* Members of an array or object, in the order of the file. NULL after the last, or if `value` is neither. */
const roof_json_value *roof_json_first(const roof_json_value *value);
const roof_json_value *roof_json_next(const roof_json_value *member);
size_t roof_json_length(const roof_json_value *value);
/* The key of an object's member; "" for others. */
const char *roof_json_key(const roof_json_value *member);
/* The member with that key (exact case), or NULL; NULL too if `object` is NULL or no object. */
const roof_json_value *roof_json_get(const roof_json_value *object, const char *key);

/* Adds a finding at the value's position. For code ERROR grades the document's error count rises. */
void roof_json_fault(const roof_json_value *value, roof_grade grade, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same, at the position of the member's key. */
void roof_json_fault_at_key(const roof_json_value *member, roof_grade grade, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* Where the value stands. Any pointer may be NULL. path is written as a JSON Pointer. */
void roof_json_position(const roof_json_value *value, int *line, int *column, char *path, size_t path_size);

/* Typed getters: true and *out set if `value` has the type; otherwise a fault is added and false returned. A
 * NULL value (absent member) returns false without a fault. Strings are borrowed from the document. */
bool roof_json_number(const roof_json_value *value, double *out);
bool roof_json_integer(const roof_json_value *value, double minimum, double maximum, double *out);
bool roof_json_string(const roof_json_value *value, const char **out); /* also refuses an empty string */
bool roof_json_bool(const roof_json_value *value, bool *out);
bool roof_json_is(const roof_json_value *value, roof_json_type type); /* with fault; for arrays and objects */

/* Adds a fault "missing key" at the object unless it has the key. Returns the member or NULL. */
const roof_json_value *roof_json_require(const roof_json_value *object, const char *key);
/* Adds a fault for each key of the object that is not among `keys`, with the nearest one suggested. Keys that
 * start with "$" or "//" (schema references, comments) are let through. */
void roof_json_only_keys(const roof_json_value *object, const char *const *keys, size_t count);

/* The document's own report and first error, for readers that end with a code: ROOF_OK if no errors were
 * added, else INVALID with the first error copied to `error`. */
roof_code roof_json_finish(const roof_json *document, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
