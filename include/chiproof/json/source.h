/* Where a number comes from: the `sources` list that spec and workload files share. */
#ifndef CHIPROOF_JSON_SOURCE_H
#define CHIPROOF_JSON_SOURCE_H

#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/json/json.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Strings are borrowed from the arena; NULL where the file has none (id and title are always there). */
typedef struct roof_source {
    const char *id, *title, *publisher, *date, *url;
} roof_source;

/* Reads `"sources": [{"id", "title", "publisher", "date", "url"}, ...]`; NULL gives an empty list. Faults
 * (missing ids, double ids, unknown keys) go to the document's report. Errors: NO_MEMORY. */
roof_code roof_sources_read(const roof_json_value *array, roof_arena *arena, const roof_source **out,
                            size_t *count);
/* The source with that id, or NULL. */
const roof_source *roof_source_find(const roof_source *sources, size_t count, const char *id);

#ifdef __cplusplus
}
#endif
#endif
