#include "chip/layout.h"

#include <stdbool.h>
#include <string.h>

static const char *const before[] = {"schema", "id",       "name",  "aliases", "vendor",
                                     "level",  "contains", "class", "segment"};
static const char *const after[] = {"statements", "notes", "acknowledged", "sources"};

/* Peaks are no field, but stand among them. */
static const char peak[] = "peak", peak_stands_before[] = "clock";

static size_t add(const char **keys, size_t count, const char *key)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(keys[i], key) == 0) return count;
    keys[count] = key;
    return count + 1;
}

size_t chip_top_keys(const char *keys[CHIP_KEYS])
{
    size_t count = 0;
    for (size_t i = 0; i < sizeof before / sizeof *before; i++) count = add(keys, count, before[i]);
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        const char *key = field->group[0] ? field->group : field->key;
        if (strcmp(key, peak_stands_before) == 0) count = add(keys, count, peak);
        count = add(keys, count, key);
    }
    for (size_t i = 0; i < sizeof after / sizeof *after; i++) count = add(keys, count, after[i]);
    return count;
}

size_t chip_group_keys(const char *group, const char *keys[CHIP_KEYS])
{
    size_t count = 0;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        if (field->group[0] && strcmp(field->group, group) == 0) count = add(keys, count, field->key);
    }
    return count;
}
