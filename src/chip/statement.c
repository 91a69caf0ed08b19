#include "chip/statement.h"

#include <math.h>
#include <string.h>

#include "chip/names.h"

static const char *const pers[] = {
#define X(id, word) word,
    ROOF_PERS(X)
#undef X
};

static const char *const comparisons[] = {
#define X(id, word) word,
    ROOF_LIKENESSES(X)
#undef X
};

const char *roof_per_word(roof_per per)
{
    return (unsigned)per < ROOF_PER_COUNT ? pers[per] : "";
}

const char *roof_likeness_word(roof_likeness likeness)
{
    return (unsigned)likeness < ROOF_LIKENESS_COUNT ? comparisons[likeness] : "";
}

static roof_dimension dimension_of(const char *unit)
{
    roof_unit parsed;
    return unit && roof_unit_parse(unit, ROOF_DIMENSION_COUNT, &parsed, NULL) == ROOF_OK ? parsed.dimension
                                                                                         : ROOF_DIM_RATIO;
}

/* The place of a word among those of a table after its first, which stands for nothing said; 0 if it is
 * absent or unknown. */
static int read_choice(const roof_json_value *entry, const char *key, const char *const *words, int count)
{
    int index = 0;
    return chip_read_word(roof_json_get(entry, key), key, words + 1, (size_t)count - 1, &index) ? index + 1
                                                                                                : 0;
}

static roof_field_id read_field(const roof_json_value *entry)
{
    const roof_json_value *value = roof_json_get(entry, "field");
    const char *name = NULL;
    if (!value || !roof_json_string(value, &name)) return ROOF_FIELD_COUNT;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (roof_field((roof_field_id)i)->kind == ROOF_KIND_QUANTITY &&
            strcmp(roof_field((roof_field_id)i)->name, name) == 0)
            return (roof_field_id)i;
    roof_json_fault(value, ROOF_GRADE_ERROR,
                    "\"%s\" is no quantity of a spec file: expected one such as power.tdp", name);
    return ROOF_FIELD_COUNT;
}

static void read_precision(const roof_json_value *entry, roof_statement *out)
{
    const roof_json_value *value = roof_json_get(entry, "precision");
    const char *name = NULL;
    roof_error error;
    if (!value || !roof_json_string(value, &name)) return;
    out->has_precision = roof_precision_parse(name, &out->precision, &error) == ROOF_OK;
    if (!out->has_precision) roof_json_fault(value, ROOF_GRADE_ERROR, "%s", error.message);
}

static void read_subject(chip_reader *reader, const roof_json_value *entry, roof_statement *out)
{
    const double most = 1e7;
    out->per = (roof_per)read_choice(entry, "per", pers, ROOF_PER_COUNT);
    out->compares = (roof_likeness)read_choice(entry, "compares", comparisons, ROOF_LIKENESS_COUNT);
    out->field = read_field(entry);
    read_precision(entry, out);
    out->model = chip_read_string(reader, entry, "model");
    out->baseline = chip_read_string(reader, entry, "baseline");
    out->part = chip_read_string(reader, entry, "part");
    out->batch = NAN;
    out->chips = 1;
    if (roof_json_get(entry, "batch")) roof_json_integer(roof_json_get(entry, "batch"), 1, most, &out->batch);
    if (roof_json_get(entry, "chips")) roof_json_integer(roof_json_get(entry, "chips"), 1, most, &out->chips);
    if (roof_json_get(entry, "sparse")) roof_json_bool(roof_json_get(entry, "sparse"), &out->sparse);
}

static bool read_statement(chip_reader *reader, const roof_json_value *entry, roof_statement *out)
{
    static const char *const keys[] = {"text",      "value",    "unit",      "per",      "field",
                                       "precision", "model",    "batch",     "chips",    "sparse",
                                       "part",      "compares", "baseline",  "relation", "scope",
                                       "claim",     "source",   "qualifier", "note"};
    static const char *const of_a_number[] = {"per", "field", "compares"};
    if (!roof_json_is(entry, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(entry, keys, sizeof keys / sizeof *keys);
    chip_read_provenance(reader, entry, &out->value);
    read_subject(reader, entry, out);
    if (!roof_json_require(entry, "text")) return false;
    out->text = chip_read_string(reader, entry, "text");
    out->value.si = out->value.given = NAN;
    for (size_t i = 0; i < sizeof of_a_number / sizeof *of_a_number; i++)
        if (roof_json_get(entry, of_a_number[i]) && !roof_json_require(entry, "value")) return false;
    if (!roof_json_get(entry, "value")) return out->text != NULL;
    const char *unit = NULL;
    if (!roof_json_string(roof_json_require(entry, "unit"), &unit)) return false;
    out->dimension = dimension_of(unit);
    return chip_read_quantity(reader, entry, out->dimension, &out->value) && out->text;
}

void chip_read_statements(chip_reader *reader, const roof_json_value *array)
{
    if (!roof_json_is(array, ROOF_JSON_ARRAY)) return;
    roof_statement *statements =
        roof_arena_calloc(reader->arena, roof_json_length(array) + 1, sizeof *statements);
    if (!statements) {
        reader->out_of_memory = true;
        return;
    }
    size_t count = 0;
    for (const roof_json_value *entry = roof_json_first(array); entry; entry = roof_json_next(entry)) {
        memset(&statements[count], 0, sizeof *statements);
        if (read_statement(reader, entry, &statements[count])) count++;
    }
    reader->chip->statements = statements;
    reader->chip->statement_count = count;
}
