/* Which keys stand where in a spec file, in their order. */
#ifndef CHIP_LAYOUT_H
#define CHIP_LAYOUT_H

#include <stddef.h>

#include "chiproof/chip/field.h"

enum { CHIP_KEYS = ROOF_FIELD_COUNT + 16 };

/* The keys of the top level; how many there are. */
size_t chip_top_keys(const char *keys[CHIP_KEYS]);
/* The keys of a group ("sram"); 0 if there is no such group. */
size_t chip_group_keys(const char *group, const char *keys[CHIP_KEYS]);

#endif
