#include "chiproof/json/catalogue.h"

#include <dirent.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/json/json.h"

enum { LISTED_LIMIT = 100000 };

struct roof_catalogue {
    const char *what;
    roof_folder *folders;
    size_t folder_count;
    roof_entry *entries; /* filled by the first listing */
    size_t count, capacity;
    bool listed;
    roof_arena arena;
};

static roof_code fail_no_memory(roof_error *error)
{
    return roof_fail(error, ROOF_NO_MEMORY, "no memory for the catalogue");
}

roof_code roof_catalogue_new(const char *what, const roof_folder *folders, size_t count, roof_catalogue **out,
                             roof_error *error)
{
    *out = NULL;
    roof_catalogue *catalogue = calloc(1, sizeof *catalogue);
    if (!catalogue) return fail_no_memory(error);
    catalogue->what = roof_arena_strdup(&catalogue->arena, what);
    catalogue->folders = roof_arena_calloc(&catalogue->arena, count + 1, sizeof *folders);
    bool ok = catalogue->what && catalogue->folders;
    for (size_t i = 0; ok && i < count; i++) {
        catalogue->folders[i].path = roof_arena_strdup(&catalogue->arena, folders[i].path);
        catalogue->folders[i].shipped = folders[i].shipped;
        ok = catalogue->folders[i].path != NULL;
        catalogue->folder_count++;
    }
    if (ok) *out = catalogue;
    else roof_catalogue_free(catalogue);
    return ok ? ROOF_OK : fail_no_memory(error);
}

void roof_catalogue_free(roof_catalogue *catalogue)
{
    if (!catalogue) return;
    free(catalogue->entries);
    roof_arena_free(&catalogue->arena);
    free(catalogue);
}

/* ---- listing ---- */

static bool add_entry(roof_catalogue *catalogue, const roof_folder *folder, const char *file,
                      size_t id_length)
{
    if (catalogue->count == catalogue->capacity) {
        size_t capacity = catalogue->capacity ? catalogue->capacity * 2 : 64;
        roof_entry *entries = realloc(catalogue->entries, capacity * sizeof *entries);
        if (!entries) return false;
        catalogue->entries = entries;
        catalogue->capacity = capacity;
    }
    const char *id = roof_arena_printf(&catalogue->arena, "%.*s", (int)id_length, file);
    const char *path = roof_arena_printf(&catalogue->arena, "%s/%s", folder->path, file);
    if (!id || !path) return false;
    catalogue->entries[catalogue->count++] = (roof_entry){id, path, folder->shipped, false};
    return true;
}

/* A file that stands among the entries and is none. */
static bool is_reserved(const char *id, size_t length)
{
    return length == strlen(ROOF_CATALOGUE_RESERVED) && strncasecmp(id, ROOF_CATALOGUE_RESERVED, length) == 0;
}

static bool list_folder(roof_catalogue *catalogue, const roof_folder *folder)
{
    DIR *stream = opendir(folder->path);
    if (!stream) return true;
    bool ok = true;
    for (const struct dirent *each; ok && (each = readdir(stream));) {
        size_t length = strlen(each->d_name);
        if (each->d_name[0] == '.' || length < 6 || strcmp(each->d_name + length - 5, ".json") != 0) continue;
        if (is_reserved(each->d_name, length - 5)) continue;
        ok = catalogue->count < LISTED_LIMIT && add_entry(catalogue, folder, each->d_name, length - 5);
    }
    closedir(stream);
    return ok;
}

static size_t folder_rank(const roof_catalogue *catalogue, const roof_entry *entry)
{
    for (size_t i = 0; i < catalogue->folder_count; i++) {
        size_t length = strlen(catalogue->folders[i].path);
        if (strncmp(entry->path, catalogue->folders[i].path, length) == 0 && entry->path[length] == '/' &&
            !strchr(entry->path + length + 1, '/'))
            return i;
    }
    return catalogue->folder_count;
}

static int by_id(const void *a, const void *b, void *catalogue)
{
    const roof_entry *x = a, *y = b;
    int order = strcmp(x->id, y->id);
    if (order) return order;
    size_t p = folder_rank(catalogue, x), q = folder_rank(catalogue, y);
    return p < q ? -1 : p > q;
}

/* Keeps the first of each id; a user's file that hides a shipped one says so. */
static void drop_hidden(roof_catalogue *catalogue)
{
    size_t kept = 0;
    for (size_t i = 0; i < catalogue->count; i++) {
        roof_entry *last = kept ? &catalogue->entries[kept - 1] : NULL;
        if (last && strcmp(last->id, catalogue->entries[i].id) == 0) {
            if (!last->shipped && catalogue->entries[i].shipped) last->shadows = true;
            continue;
        }
        catalogue->entries[kept++] = catalogue->entries[i];
    }
    catalogue->count = kept;
}

roof_code roof_catalogue_list(roof_catalogue *catalogue, const roof_entry **entries, size_t *count,
                              roof_error *error)
{
    if (!catalogue->listed) {
        for (size_t i = 0; i < catalogue->folder_count; i++)
            if (!list_folder(catalogue, &catalogue->folders[i])) return fail_no_memory(error);
        if (catalogue->count)
            qsort_r(catalogue->entries, catalogue->count, sizeof *catalogue->entries, by_id, catalogue);
        drop_hidden(catalogue);
        catalogue->listed = true;
    }
    *entries = catalogue->entries;
    *count = catalogue->count;
    return ROOF_OK;
}

/* ---- finding ---- */

static bool is_path(const char *name)
{
    size_t length = strlen(name);
    return strchr(name, '/') || (length > 5 && strcmp(name + length - 5, ".json") == 0);
}

/* The file `<id>.json` of the first folder that has it. */
static bool find_id(roof_catalogue *catalogue, const char *name, roof_entry *out)
{
    bool found = false;
    char id[80];
    if (strlen(name) >= sizeof id || name[0] == '.' || is_reserved(name, strlen(name))) return false;
    for (size_t i = 0; i <= strlen(name); i++)
        id[i] = (char)(name[i] >= 'A' && name[i] <= 'Z' ? name[i] - 'A' + 'a' : name[i]);
    for (size_t i = 0; i < catalogue->folder_count; i++) {
        const roof_folder *folder = &catalogue->folders[i];
        const char *path = roof_arena_printf(&catalogue->arena, "%s/%s.json", folder->path, id);
        if (!path || !roof_file_exists(path)) continue;
        if (found) {
            out->shadows = out->shadows || (folder->shipped && !out->shipped);
            continue;
        }
        *out = (roof_entry){roof_arena_strdup(&catalogue->arena, id), path, folder->shipped, false};
        found = out->id != NULL;
    }
    return found;
}

static bool has_alias(const roof_json_value *root, const char *name)
{
    const roof_json_value *aliases = roof_json_get(root, "aliases");
    if (!aliases || roof_json_type_of(aliases) != ROOF_JSON_ARRAY) return false;
    for (const roof_json_value *entry = roof_json_first(aliases); entry; entry = roof_json_next(entry)) {
        const char *alias = NULL;
        if (roof_json_type_of(entry) == ROOF_JSON_STRING && roof_json_string(entry, &alias) &&
            strcasecmp(alias, name) == 0)
            return true;
    }
    return false;
}

/* Parses the file only if the name stands somewhere in its bytes, or might behind escapes. */
static bool file_has_alias(const roof_entry *entry, const char *name)
{
    char *text = NULL;
    size_t length = 0;
    roof_json *document = NULL;
    if (roof_file_read(entry->path, ROOF_FILE_LIMIT, &text, &length, NULL) != ROOF_OK) return false;
    bool found = (strcasestr(text, name) || strchr(text, '\\')) &&
                 roof_json_parse(text, length, entry->path, NULL, &document, NULL) == ROOF_OK &&
                 has_alias(roof_json_root(document), name);
    roof_json_free(document);
    free(text);
    return found;
}

/* The least distance of the name to an id. */
static size_t distance_to_ids(const roof_catalogue *catalogue, const char *name)
{
    size_t best = SIZE_MAX;
    for (size_t i = 0; i < catalogue->count; i++) {
        size_t distance = roof_text_distance(name, catalogue->entries[i].id);
        if (distance < best) best = distance;
    }
    return best;
}

/* The alias of any file that is nearer than *distance, or NULL; *distance falls. */
static const char *nearer_alias(roof_catalogue *catalogue, const roof_entry *entry, const char *name,
                                size_t *distance)
{
    roof_json *document = NULL;
    const char *best = NULL, *alias = NULL;
    if (roof_json_load(entry->path, NULL, &document, NULL) != ROOF_OK) return NULL;
    const roof_json_value *each = roof_json_first(roof_json_get(roof_json_root(document), "aliases"));
    for (; each; each = roof_json_next(each)) {
        if (roof_json_type_of(each) != ROOF_JSON_STRING || !roof_json_string(each, &alias)) continue;
        size_t here = roof_text_distance(name, alias);
        if (here >= *distance) continue;
        *distance = here;
        best = roof_arena_strdup(&catalogue->arena, alias);
    }
    roof_json_free(document);
    return best;
}

/* Appends the near ids, or the one alias that is nearer than any of them. */
static size_t suggest(roof_catalogue *catalogue, const char *name, roof_buffer *out)
{
    size_t distance = distance_to_ids(catalogue, name), found = 0;
    const char *alias = NULL;
    const char **ids = calloc(catalogue->count + 1, sizeof *ids);
    for (size_t i = 0; ids && i < catalogue->count; i++) {
        const char *nearer = nearer_alias(catalogue, &catalogue->entries[i], name, &distance);
        if (nearer) alias = nearer;
        ids[i] = catalogue->entries[i].id;
    }
    if (alias) found = roof_text_nearest(name, &alias, 1, out);
    if (!found && ids) found = roof_text_nearest(name, ids, catalogue->count, out);
    free(ids);
    return found;
}

static roof_code unknown_name(roof_catalogue *catalogue, const char *name, roof_error *error)
{
    roof_buffer near = ROOF_BUFFER_EMPTY;
    size_t found = suggest(catalogue, name, &near);
    roof_buffer shown = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&shown, name);
    if (found)
        roof_fail(error, ROOF_UNKNOWN_NAME, "no %s \"%s\"; did you mean %s?", catalogue->what,
                  roof_buffer_text(&shown), roof_buffer_text(&near));
    else
        roof_fail(error, ROOF_UNKNOWN_NAME, "no %s \"%s\" among %zu", catalogue->what,
                  roof_buffer_text(&shown), catalogue->count);
    roof_buffer_free(&shown);
    roof_buffer_free(&near);
    return ROOF_UNKNOWN_NAME;
}

roof_code roof_catalogue_find(roof_catalogue *catalogue, const char *name, roof_entry *out, roof_error *error)
{
    const roof_entry *entries = NULL;
    size_t count = 0;
    memset(out, 0, sizeof *out);
    if (is_path(name)) {
        *out = (roof_entry){"", roof_arena_strdup(&catalogue->arena, name), false, false};
        return out->path ? ROOF_OK : fail_no_memory(error);
    }
    if (find_id(catalogue, name, out)) return ROOF_OK;
    roof_code code = roof_catalogue_list(catalogue, &entries, &count, error);
    if (code != ROOF_OK) return code;
    for (size_t i = 0; name[0] && i < count; i++) {
        if (!file_has_alias(&entries[i], name)) continue;
        *out = entries[i];
        return ROOF_OK;
    }
    return unknown_name(catalogue, name, error);
}
