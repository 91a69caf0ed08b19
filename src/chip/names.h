/* Reading the fixed words of a spec file. Each reader adds a fault at the value for a word that is not known
 * and returns false; an absent value returns false without a fault. */
#ifndef CHIP_NAMES_H
#define CHIP_NAMES_H

#include <stdbool.h>

#include "chiproof/chip/chip.h"
#include "chiproof/json/json.h"

bool chip_read_word(const roof_json_value *value, const char *what, const char *const *words, size_t count,
                    int *out);
bool chip_read_claim(const roof_json_value *value, roof_claim *out);
bool chip_read_level(const roof_json_value *value, roof_level *out);
bool chip_read_relation(const roof_json_value *value, roof_relation *out);
bool chip_read_direction(const roof_json_value *value, roof_direction *out);

#endif
