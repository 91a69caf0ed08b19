/* Scalars as JSON text. */
#ifndef JSON_SCALAR_H
#define JSON_SCALAR_H

#include "chiproof/base/buffer.h"
#include "chiproof/json/json.h"

/* A number as the file has it, true, false, null, or a string in double quotes. */
void json_put_scalar(roof_buffer *out, const roof_json_value *value);
void json_put_text(roof_buffer *out, const char *text);

#endif
