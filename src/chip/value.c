#include "chip/value.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "chip/names.h"
#include "chiproof/base/text.h"

/* Below and above these nothing that exists or is planned can be: a slip of the unit is likelier. */
static const struct {
    double least, most;
} sane[ROOF_DIMENSION_COUNT] = {
    [ROOF_DIM_NUMBER] = {1e-3, 1e18},
    [ROOF_DIM_OPS] = {1, 1e30},
    [ROOF_DIM_OPS_PER_SECOND] = {1e3, 1e22},
    [ROOF_DIM_BYTES] = {1, 1e19},
    [ROOF_DIM_BYTES_PER_SECOND] = {1, 1e21},
    [ROOF_DIM_TRANSFERS_PER_SECOND] = {1e3, 1e13},
    [ROOF_DIM_WATTS] = {1e-9, 1e8},
    [ROOF_DIM_JOULES] = {1e-18, 1e12},
    [ROOF_DIM_HERTZ] = {1, 1e12},
    [ROOF_DIM_SECONDS] = {1e-15, 1e10},
    [ROOF_DIM_METRES] = {1e-10, 1e-4},
    [ROOF_DIM_SQUARE_METRES] = {1e-9, 1},
    [ROOF_DIM_RATIO] = {1e-6, 1e6},
    [ROOF_DIM_OPS_PER_JOULE] = {1, 1e18},
    [ROOF_DIM_US_DOLLARS] = {0.01, 1e10},
};

const char *chip_read_string(chip_reader *reader, const roof_json_value *object, const char *key)
{
    const char *text = NULL;
    if (!roof_json_string(roof_json_get(object, key), &text)) return NULL;
    const char *copy = roof_arena_strdup(reader->arena, text);
    if (!copy) reader->out_of_memory = true;
    return copy;
}

static void read_source(chip_reader *reader, const roof_json_value *entry, roof_value *out)
{
    const roof_json_value *member = roof_json_get(entry, "source");
    const char *id = NULL;
    if (!member) {
        if (out->claim != ROOF_CLAIM_UNVERIFIED && out->claim != ROOF_CLAIM_DERIVED)
            reader->sourceless = true;
        return;
    }
    if (!roof_json_string(member, &id)) return;
    out->source = roof_source_find(reader->chip->sources, reader->chip->source_count, id);
    if (!out->source)
        roof_json_fault(member, ROOF_GRADE_ERROR, "\"%s\" is not among the file's \"sources\"", id);
}

void chip_read_provenance(chip_reader *reader, const roof_json_value *entry, roof_value *out)
{
    out->claim = ROOF_CLAIM_UNVERIFIED;
    out->scope = reader->chip->level;
    roof_json_position(entry, &out->line, &out->column, NULL, 0);
    if (!chip_read_claim(roof_json_get(entry, "claim"), &out->claim) && !roof_json_get(entry, "claim"))
        roof_json_fault(entry, ROOF_GRADE_DOUBTFUL, "no \"claim\": taken as unverified");
    read_source(reader, entry, out);
    chip_read_level(roof_json_get(entry, "scope"), &out->scope);
    chip_read_relation(roof_json_get(entry, "relation"), &out->relation);
    chip_read_direction(roof_json_get(entry, "direction"), &out->direction);
    out->qualifier = chip_read_string(reader, entry, "qualifier");
    out->note = chip_read_string(reader, entry, "note");
}

/* A published figure is positive and of a size that can exist. */
static bool check_size(const roof_json_value *member, double given, const char *unit, double si,
                       roof_dimension dimension)
{
    if (given <= 0) {
        roof_json_fault(member, ROOF_GRADE_ERROR,
                        "%.15g %s: a published value is greater than zero; leave out what is not known",
                        given, unit);
        return false;
    }
    if (si >= sane[dimension].least && si <= sane[dimension].most) return true;
    roof_json_fault(member, ROOF_GRADE_ERROR, "%.15g %s cannot be: is it the right unit?", given, unit);
    return false;
}

bool chip_read_quantity(chip_reader *reader, const roof_json_value *entry, roof_dimension dimension,
                        roof_value *out)
{
    const roof_json_value *member = roof_json_require(entry, "value");
    const roof_json_value *unit_member = roof_json_get(entry, "unit");
    const char *unit_text = NULL;
    roof_unit unit = {dimension, 1};
    roof_error error;
    bool ok = roof_json_number(member, &out->given);
    if (!unit_member && (dimension == ROOF_DIM_NUMBER || dimension == ROOF_DIM_RATIO)) unit_text = "count";
    else if (!roof_json_string(unit_member ? unit_member : roof_json_require(entry, "unit"), &unit_text))
        return false;
    else if (roof_unit_parse(unit_text, dimension, &unit, &error) != ROOF_OK) {
        roof_json_fault(unit_member, ROOF_GRADE_ERROR, "%s", error.message);
        return false;
    }
    if (!ok) return false;
    out->unit = roof_arena_strdup(reader->arena, unit_text);
    if (!out->unit) reader->out_of_memory = true;
    out->si = out->given * unit.to_si;
    return check_size(member, out->given, unit_text, out->si, dimension);
}

static bool digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (!isdigit((unsigned char)text[i])) return false;
    return true;
}

static int two_digits(const char *text)
{
    return (text[0] - '0') * 10 + text[1] - '0';
}

/* "2020", "2020-09", "2020-09-15", "2020-H2", "2020-Q3". */
static bool is_date(const char *text)
{
    size_t length = strlen(text);
    if (length < 4 || !digits(text, 4) || strncmp(text, "1970", 4) < 0 || strncmp(text, "2099", 4) > 0)
        return false;
    if (length == 4) return true;
    if (length != 7 && length != 10) return false;
    if (text[4] != '-') return false;
    if (length == 7 && text[5] == 'H') return text[6] == '1' || text[6] == '2';
    if (length == 7 && text[5] == 'Q') return text[6] >= '1' && text[6] <= '4';
    if (!digits(text + 5, 2) || two_digits(text + 5) < 1 || two_digits(text + 5) > 12) return false;
    if (length == 7) return true;
    return text[7] == '-' && digits(text + 8, 2) && two_digits(text + 8) >= 1 && two_digits(text + 8) <= 31;
}

static bool read_text(chip_reader *reader, const roof_json_value *entry, roof_field_kind kind,
                      roof_value *out)
{
    out->si = out->given = NAN;
    const roof_json_value *member = roof_json_require(entry, "value");
    if (!member) return false;
    out->text = chip_read_string(reader, entry, "value");
    if (!out->text) return false;
    if (kind != ROOF_KIND_DATE || is_date(out->text)) return true;
    roof_json_fault(
        member, ROOF_GRADE_ERROR,
        "\"%s\" is no date; expected \"2020\", \"2020-09\", \"2020-09-15\", \"2020-H2\" or \"2020-Q3\"",
        out->text);
    return false;
}

static bool read_value(chip_reader *reader, const roof_json_value *entry, const roof_field_info *field,
                       roof_value *out)
{
    static const char *const keys[] = {"value", "unit",   "relation",  "direction", "scope",
                                       "claim", "source", "qualifier", "note"};
    if (!roof_json_is(entry, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(entry, keys, sizeof keys / sizeof *keys);
    chip_read_provenance(reader, entry, out);
    if (field->kind != ROOF_KIND_QUANTITY) return read_text(reader, entry, field->kind, out);
    if (!chip_read_quantity(reader, entry, field->dimension, out)) return false;
    /* Inside the library a link's bandwidth is that of one direction. */
    if (out->direction == ROOF_DIRECTION_BOTH_WAYS) out->si /= 2;
    return true;
}

roof_values chip_read_values(chip_reader *reader, const roof_json_value *value, const roof_field_info *field)
{
    roof_values none = {NULL, 0};
    if (!value) return none;
    bool list = roof_json_type_of(value) == ROOF_JSON_ARRAY;
    size_t room = list ? roof_json_length(value) : 1, count = 0;
    if (list && room == 0)
        roof_json_fault(value, ROOF_GRADE_ERROR, "an empty list; leave the key out if nothing is known");
    roof_value *items = roof_arena_calloc(reader->arena, room + 1, sizeof *items);
    if (!items) {
        reader->out_of_memory = true;
        return none;
    }
    const roof_json_value *entry = list ? roof_json_first(value) : value;
    while (entry) {
        memset(&items[count], 0, sizeof *items);
        if (read_value(reader, entry, field, &items[count])) count++;
        entry = list ? roof_json_next(entry) : NULL;
    }
    return (roof_values){items, count};
}
