/* A first pass over the text: strict grammar, and where every value stands. */
#ifndef JSON_SCAN_H
#define JSON_SCAN_H

#include <stddef.h>

#include "chiproof/base/error.h"

/* A byte of the text, and the line it is in. */
typedef struct json_mark {
    size_t offset, line_begin;
    int line; /* from 1 */
} json_mark;

/* One value, in the order of the document (a parent before its members). */
typedef struct json_place {
    json_mark value; /* its first byte */
    json_mark key;   /* the member's key, or the value itself */
    size_t parent;   /* index of the parent; the root is its own */
    size_t end;      /* index after the last value inside this one */
    size_t position; /* which member of its parent it is, from 0 */
} json_place;

typedef struct json_places {
    json_place *items;
    size_t length, capacity;
} json_places;

/* Checks `text` against RFC 8259 and notes the place of every value. On failure *fault is where. Release
 * places->items with free in either case. Errors: SYNTAX, INVALID, NO_MEMORY. */
roof_code json_scan(const char *text, size_t length, json_places *places, json_mark *fault,
                    roof_error *error);

/* The column (in characters, from 1) of a mark. */
int json_column(const char *text, json_mark mark);

#endif
