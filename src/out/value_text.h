/* How a published value looks in a table and in JSON. */
#ifndef OUT_VALUE_TEXT_H
#define OUT_VALUE_TEXT_H

#include "chiproof/base/buffer.h"
#include "chiproof/chip/chip.h"
#include "chiproof/json/writer.h"

/* ">= 25.5 MB", "TSMC", "480 GB/s both ways": as the file gives it, without claim. */
void out_value(roof_buffer *out, const roof_value *value, roof_dimension dimension);

/* The same with the claim's letter, and the number of values when sources disagree: "209.6 TOPS p 3≠". */
void out_value_marked(roof_buffer *out, const roof_value *value, roof_dimension dimension, bool disagree,
                      size_t sources);

/* {"value", "unit", "si", "claim", "source", ...} under `key`; null for NULL. */
void out_value_json(roof_json_writer *writer, const char *key, const roof_value *value);

/* The members of that object, for a caller that has opened one of its own. */
void out_value_members(roof_json_writer *writer, const roof_value *value);

/* The line that explains the letters. */
extern const char out_legend[];

#endif
