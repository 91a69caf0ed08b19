/* One layout for files that people edit: two spaces of indentation, one value object a line, keys in a stated
 * order. */
#ifndef CHIPROOF_JSON_FORMAT_H
#define CHIPROOF_JSON_FORMAT_H

#include "chiproof/base/buffer.h"
#include "chiproof/json/json.h"

#ifdef __cplusplus
extern "C" {
#endif

enum { ROOF_JSON_ORDER_LIMIT = 128 };

/* Fills in the keys of `object` in the order they are to have; how many (0 keeps the file's order). A key
 * that is not listed keeps its place before the listed key that follows it. */
typedef size_t (*roof_json_order)(const roof_json_value *object, const char *keys[ROOF_JSON_ORDER_LIMIT]);

/* Appends the document in canonical form, with a final newline: members of the root and of its groups have
 * lines of their own, deeper objects one line each; a list of words is one line where it fits in 100 columns.
 * Numbers and strings mean the same as before. `order` may be NULL. Errors: NO_MEMORY. */
roof_code roof_json_format(const roof_json *document, roof_json_order order, roof_buffer *out,
                           roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
