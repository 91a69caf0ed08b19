/* Reading values: what every field, peak and statement of a spec file has in common. */
#ifndef CHIP_VALUE_H
#define CHIP_VALUE_H

#include <stdbool.h>

#include "chiproof/base/arena.h"
#include "chiproof/chip/chip.h"
#include "chiproof/json/json.h"

/* What is being read: the chip so far (its level and sources are known), and where its parts live. */
typedef struct chip_reader {
    roof_chip *chip;
    roof_arena *arena;
    bool out_of_memory;
    bool sourceless; /* a value with a claim that needs a source has none */
} chip_reader;

/* A copy in the arena of an optional string member; NULL if absent, wrong (with a fault), or out of memory.
 */
const char *chip_read_string(chip_reader *reader, const roof_json_value *object, const char *key);

/* Claim, source, scope, relation, direction, qualifier, note: all but the value itself. */
void chip_read_provenance(chip_reader *reader, const roof_json_value *entry, roof_value *out);

/* The number and unit of `entry` in the dimension. Faults for absent, wrong, non-positive and absurd ones. */
bool chip_read_quantity(chip_reader *reader, const roof_json_value *entry, roof_dimension dimension,
                        roof_value *out);

/* One value object, or a list of them, for a field. */
roof_values chip_read_values(chip_reader *reader, const roof_json_value *value, const roof_field_info *field);

#endif
