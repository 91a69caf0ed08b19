/* A spec file becomes a roof_chip. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "chip/layout.h"
#include "chip/names.h"
#include "chip/peak.h"
#include "chip/statement.h"
#include "chip/value.h"
#include "chiproof/base/text.h"

#define SCHEMA "chiproof/chip/1"

static void read_fields(chip_reader *reader, const roof_json_value *root)
{
    const char *checked = "";
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        const roof_json_value *holder = root;
        if (field->group[0]) {
            holder = roof_json_get(root, field->group);
            if (!holder) continue;
            if (strcmp(checked, field->group) != 0) {
                const char *keys[CHIP_KEYS];
                checked = field->group;
                if (roof_json_is(holder, ROOF_JSON_OBJECT))
                    roof_json_only_keys(holder, keys, chip_group_keys(field->group, keys));
            }
        }
        reader->chip->fields[i] = chip_read_values(reader, roof_json_get(holder, field->key), field);
    }
}

static bool is_id(const char *text)
{
    if (!islower((unsigned char)text[0]) && !isdigit((unsigned char)text[0])) return false;
    if (strlen(text) > 64) return false;
    for (const char *c = text; *c; c++)
        if (!islower((unsigned char)*c) && !isdigit((unsigned char)*c) && *c != '-' && *c != '.')
            return false;
    return true;
}

static void read_id(chip_reader *reader, const roof_json_value *root)
{
    const roof_json_value *member = roof_json_require(root, "id");
    const char *id = NULL;
    if (!roof_json_string(member, &id)) return;
    if (!is_id(id)) {
        roof_json_fault(member, ROOF_GRADE_ERROR,
                        "an id is made of a-z, 0-9, '-' and '.', and begins with a letter or digit");
        return;
    }
    reader->chip->id = chip_read_string(reader, root, "id");
    const char *file = strrchr(reader->chip->file, '/');
    file = file ? file + 1 : reader->chip->file;
    size_t length = strlen(id);
    if (strncmp(file, id, length) != 0 || strcmp(file + length, ".json") != 0)
        roof_json_fault(member, ROOF_GRADE_NOTE,
                        "the file is not named %s.json, so it is found by its path only", id);
}

static const char *const *read_strings(chip_reader *reader, const roof_json_value *array, size_t *count)
{
    *count = 0;
    if (!roof_json_is(array, ROOF_JSON_ARRAY)) return NULL;
    const char **strings = roof_arena_calloc(reader->arena, roof_json_length(array) + 1, sizeof *strings);
    if (!strings) {
        reader->out_of_memory = true;
        return NULL;
    }
    for (const roof_json_value *entry = roof_json_first(array); entry; entry = roof_json_next(entry)) {
        const char *text = NULL;
        if (!roof_json_string(entry, &text)) continue;
        strings[*count] = roof_arena_strdup(reader->arena, text);
        if (strings[*count]) ++*count;
        else reader->out_of_memory = true;
    }
    return strings;
}

static void read_contains(chip_reader *reader, const roof_json_value *object)
{
    static const char *const keys[] = {"chip", "count"};
    if (!roof_json_is(object, ROOF_JSON_OBJECT)) return;
    roof_json_only_keys(object, keys, 2);
    const char *part = NULL;
    if (roof_json_string(roof_json_require(object, "chip"), &part)) {
        if (is_id(part)) reader->chip->contains = chip_read_string(reader, object, "chip");
        else roof_json_fault(roof_json_get(object, "chip"), ROOF_GRADE_ERROR, "\"%s\" is no id", part);
    }
    reader->chip->contains_count = 1;
    roof_json_integer(roof_json_require(object, "count"), 1, 1e7, &reader->chip->contains_count);
    if (reader->chip->level == ROOF_LEVEL_CHIP)
        roof_json_fault_at_key(object, ROOF_GRADE_ERROR,
                               "a chip contains no chips: is it a card, a module or a system?");
}

static void read_head(chip_reader *reader, const roof_json_value *root)
{
    static const char *const classes[] = {"gpu", "datacenter-asic", "jetson", "soc-npu", "stream", "cpu"};
    roof_chip *chip = reader->chip;
    const char *schema = NULL;
    int known = 0;
    if (roof_json_string(roof_json_require(root, "schema"), &schema) && strcmp(schema, SCHEMA) != 0)
        roof_json_fault(roof_json_get(root, "schema"), ROOF_GRADE_ERROR,
                        "schema \"%s\" is not \"" SCHEMA "\"", schema);
    read_id(reader, root);
    chip->name = roof_json_require(root, "name") ? chip_read_string(reader, root, "name") : NULL;
    chip->vendor = roof_json_require(root, "vendor") ? chip_read_string(reader, root, "vendor") : NULL;
    chip_read_level(roof_json_require(root, "level"), &chip->level);
    chip->aliases = read_strings(reader, roof_json_get(root, "aliases"), &chip->alias_count);
    chip_read_word(roof_json_get(root, "class"), "class", classes, sizeof classes / sizeof *classes, &known);
    chip->chip_class = chip_read_string(reader, root, "class");
    chip->segment = chip_read_string(reader, root, "segment");
    chip->notes = read_strings(reader, roof_json_get(root, "notes"), &chip->note_count);
    read_contains(reader, roof_json_get(root, "contains"));
}

static bool read_acknowledgement(chip_reader *reader, const roof_json_value *entry, roof_acknowledgement *out)
{
    static const char *const keys[] = {"check", "reason"};
    if (!roof_json_is(entry, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(entry, keys, 2);
    if (!roof_json_require(entry, "check") || !roof_json_require(entry, "reason")) return false;
    out->check = chip_read_string(reader, entry, "check");
    out->reason = chip_read_string(reader, entry, "reason");
    roof_json_position(entry, &out->line, &out->column, NULL, 0);
    return out->check && out->reason;
}

static void read_acknowledgements(chip_reader *reader, const roof_json_value *array)
{
    if (!roof_json_is(array, ROOF_JSON_ARRAY)) return;
    roof_acknowledgement *list = roof_arena_calloc(reader->arena, roof_json_length(array) + 1, sizeof *list);
    if (!list) {
        reader->out_of_memory = true;
        return;
    }
    size_t count = 0;
    for (const roof_json_value *entry = roof_json_first(array); entry; entry = roof_json_next(entry))
        if (read_acknowledgement(reader, entry, &list[count])) count++;
    reader->chip->acknowledged = list;
    reader->chip->acknowledged_count = count;
}

static void read_chip(chip_reader *reader, const roof_json_value *root)
{
    if (!roof_json_is(root, ROOF_JSON_OBJECT)) return;
    roof_chip *chip = reader->chip;
    const char *keys[CHIP_KEYS];
    roof_json_only_keys(root, keys, chip_top_keys(keys));
    if (roof_sources_read(roof_json_get(root, "sources"), reader->arena, &chip->sources,
                          &chip->source_count) != ROOF_OK)
        reader->out_of_memory = true;
    read_head(reader, root);
    read_fields(reader, root);
    chip_read_peaks(reader, roof_json_get(root, "peak"));
    chip_read_statements(reader, roof_json_get(root, "statements"));
    read_acknowledgements(reader, roof_json_get(root, "acknowledged"));
    if (reader->sourceless)
        roof_json_fault(root, ROOF_GRADE_DOUBTFUL,
                        "some values have no source; they count as they are claimed");
}

static roof_code fail_no_memory(roof_error *error, const char *file)
{
    return roof_fail(error, ROOF_NO_MEMORY, "no memory for %s", file);
}

static roof_chip *new_chip(const char *file)
{
    roof_chip *chip = calloc(1, sizeof *chip);
    roof_arena *arena = calloc(1, sizeof *arena);
    if (chip && arena) {
        chip->arena = arena;
        chip->file = roof_arena_strdup(arena, file);
        if (chip->file) return chip;
    }
    roof_arena_free(arena);
    free(arena);
    free(chip);
    return NULL;
}

/* Takes the document over. */
static roof_code from_document(roof_json *document, roof_chip **out, roof_error *error)
{
    roof_chip *chip = new_chip(roof_json_file(document));
    roof_code code = ROOF_OK;
    if (!chip) {
        code = fail_no_memory(error, roof_json_file(document));
    } else {
        chip_reader reader = {chip, chip->arena, false, false};
        read_chip(&reader, roof_json_root(document));
        code = roof_json_finish(document, error);
        if (reader.out_of_memory) code = fail_no_memory(error, chip->file);
    }
    roof_json_free(document);
    if (code == ROOF_OK) *out = chip;
    else roof_chip_free(chip);
    return code;
}

roof_code roof_chip_parse(const char *text, size_t length, const char *file, roof_report *report,
                          roof_chip **out, roof_error *error)
{
    roof_json *document = NULL;
    *out = NULL;
    roof_code code = roof_json_parse(text, length, file, report, &document, error);
    return code == ROOF_OK ? from_document(document, out, error) : code;
}

roof_code roof_chip_load(const char *path, roof_report *report, roof_chip **out, roof_error *error)
{
    roof_json *document = NULL;
    *out = NULL;
    roof_code code = roof_json_load(path, report, &document, error);
    return code == ROOF_OK ? from_document(document, out, error) : code;
}

void roof_chip_free(roof_chip *chip)
{
    if (!chip) return;
    roof_arena_free(chip->arena);
    free(chip->arena);
    free(chip);
}
