#include "chiproof/json/source.h"

#include <string.h>

const roof_source *roof_source_find(const roof_source *sources, size_t count, const char *id)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(sources[i].id, id) == 0) return &sources[i];
    return NULL;
}

/* A member that may be absent. */
static const char *optional(const roof_json_value *object, const char *key, roof_arena *arena)
{
    const char *text = NULL;
    return roof_json_string(roof_json_get(object, key), &text) ? roof_arena_strdup(arena, text) : NULL;
}

static bool read_source(const roof_json_value *entry, roof_arena *arena, roof_source *out)
{
    static const char *const keys[] = {"id", "title", "publisher", "date", "url"};
    const char *id = NULL, *title = NULL;
    if (!roof_json_is(entry, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(entry, keys, sizeof keys / sizeof *keys);
    if (!roof_json_string(roof_json_require(entry, "id"), &id)) return false;
    if (!roof_json_string(roof_json_require(entry, "title"), &title)) return false;
    out->id = roof_arena_strdup(arena, id);
    out->title = roof_arena_strdup(arena, title);
    out->publisher = optional(entry, "publisher", arena);
    out->date = optional(entry, "date", arena);
    out->url = optional(entry, "url", arena);
    return true;
}

roof_code roof_sources_read(const roof_json_value *array, roof_arena *arena, const roof_source **out,
                            size_t *count)
{
    *out = NULL;
    *count = 0;
    if (!roof_json_is(array, ROOF_JSON_ARRAY)) return ROOF_OK;
    roof_source *sources = roof_arena_calloc(arena, roof_json_length(array) + 1, sizeof *sources);
    if (!sources) return ROOF_NO_MEMORY;
    for (const roof_json_value *entry = roof_json_first(array); entry; entry = roof_json_next(entry)) {
        if (!read_source(entry, arena, &sources[*count])) continue;
        if (!sources[*count].id || !sources[*count].title) return ROOF_NO_MEMORY;
        if (roof_source_find(sources, *count, sources[*count].id))
            roof_json_fault(entry, ROOF_GRADE_ERROR, "the source \"%s\" is there twice", sources[*count].id);
        ++*count;
    }
    *out = sources;
    return ROOF_OK;
}
