#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "chiproof/base/text.h"
#include "chiproof/chip/filter.h"

static const char *const words[] = {
#define X(id, name) name,
    ROOF_WORDS(X)
#undef X
};

static bool find_word(const char *name, roof_attribute *out)
{
    for (int i = 0; i < ROOF_WORD_COUNT; i++) {
        if (strcasecmp(name, words[i]) != 0) continue;
        *out = (roof_attribute){.kind = ROOF_ATTRIBUTE_WORD, .word = (roof_word)i};
        snprintf(out->name, sizeof out->name, "%s", words[i]);
        return true;
    }
    return false;
}

/* "peak", "peak.int8", "peak.int8.sparse". */
static roof_code read_peak(const char *name, roof_attribute *out, roof_error *error)
{
    char precision[24];
    *out = (roof_attribute){.kind = ROOF_ATTRIBUTE_PEAK, .precision = ROOF_PRECISION_COUNT};
    snprintf(out->name, sizeof out->name, "%s", name);
    if (name[4] == '\0') return ROOF_OK;
    size_t length = strcspn(name + 5, ".");
    snprintf(precision, sizeof precision, "%.*s",
             (int)(length < sizeof precision ? length : sizeof precision - 1), name + 5);
    roof_code code = roof_precision_parse(precision, &out->precision, error);
    const char *rest = name + 5 + length;
    if (code != ROOF_OK || rest[0] == '\0' || strcmp(rest, ".dense") == 0) return code;
    out->sparse = strcmp(rest, ".sparse") == 0;
    return out->sparse ? ROOF_OK : roof_fail(error, ROOF_INVALID, "\"%s\": expected .dense or .sparse", name);
}

static size_t find_fields(const char *name, roof_field_id *found)
{
    size_t count = 0;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        if (strcasecmp(name, field->name) == 0) {
            *found = (roof_field_id)i;
            return 1;
        }
        if (strcasecmp(name, field->key) != 0) continue;
        *found = (roof_field_id)i;
        count++;
    }
    return count;
}

static roof_code unknown(const char *name, roof_error *error)
{
    const char *names[ROOF_WORD_COUNT + 2 * ROOF_FIELD_COUNT + 1];
    size_t count = 0;
    roof_buffer near = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < ROOF_WORD_COUNT; i++) names[count++] = words[i];
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) names[count++] = roof_field((roof_field_id)i)->key;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) names[count++] = roof_field((roof_field_id)i)->name;
    names[count++] = "peak";
    if (roof_text_nearest(name, names, count, &near))
        roof_fail(error, ROOF_INVALID, "nothing is called \"%s\"; did you mean %s?", name,
                  roof_buffer_text(&near));
    else
        roof_fail(
            error, ROOF_INVALID,
            "nothing is called \"%s\"; try vendor, class, level, year, tdp, node, peak or sram.capacity",
            name);
    roof_buffer_free(&near);
    return ROOF_INVALID;
}

static roof_code ambiguous(const char *name, roof_error *error)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (strcasecmp(name, roof_field((roof_field_id)i)->key) == 0)
            roof_buffer_printf(&list, "%s%s", list.length ? ", " : "", roof_field((roof_field_id)i)->name);
    roof_fail(error, ROOF_INVALID, "\"%s\" may be %s", name, roof_buffer_text(&list));
    roof_buffer_free(&list);
    return ROOF_INVALID;
}

roof_code roof_attribute_parse(const char *name, roof_attribute *out, roof_error *error)
{
    roof_field_id field = ROOF_FIELD_COUNT;
    if (find_word(name, out)) return ROOF_OK;
    if (strcmp(name, "peak") == 0 || strncmp(name, "peak.", 5) == 0) return read_peak(name, out, error);
    size_t count = find_fields(name, &field);
    if (count == 0) return unknown(name, error);
    if (count > 1) return ambiguous(name, error);
    *out = (roof_attribute){.kind = ROOF_ATTRIBUTE_FIELD, .field = field};
    snprintf(out->name, sizeof out->name, "%s", roof_field(field)->name);
    return ROOF_OK;
}

bool roof_attribute_is_number(const roof_attribute *attribute)
{
    switch (attribute->kind) {
    case ROOF_ATTRIBUTE_WORD: return attribute->word == ROOF_WORD_YEAR;
    case ROOF_ATTRIBUTE_FIELD: return roof_field(attribute->field)->kind == ROOF_KIND_QUANTITY;
    case ROOF_ATTRIBUTE_PEAK: break;
    }
    return true;
}

roof_dimension roof_attribute_dimension(const roof_attribute *attribute)
{
    if (attribute->kind == ROOF_ATTRIBUTE_PEAK) return ROOF_DIM_OPS_PER_SECOND;
    return attribute->kind == ROOF_ATTRIBUTE_FIELD ? roof_field(attribute->field)->dimension
                                                   : ROOF_DIM_NUMBER;
}

const roof_value *roof_attribute_value(const roof_attribute *attribute, const roof_chip *chip)
{
    if (attribute->kind == ROOF_ATTRIBUTE_FIELD)
        return roof_chip_field_applies(chip, attribute->field) ? roof_chip_value(chip, attribute->field)
                                                               : NULL;
    if (attribute->kind == ROOF_ATTRIBUTE_WORD) return NULL;
    roof_precision precision = attribute->precision == ROOF_PRECISION_COUNT
                                   ? roof_chip_default_precision(chip)
                                   : attribute->precision;
    const roof_peak *peak =
        attribute->sparse ? roof_chip_sparse_peak(chip, precision) : roof_chip_dense_peak(chip, precision);
    return peak ? &peak->value : NULL;
}

static const char *date_of(const roof_chip *chip)
{
    const char *date = roof_chip_text(chip, ROOF_FIELD_ANNOUNCED);
    return date ? date : roof_chip_text(chip, ROOF_FIELD_PRODUCTION);
}

double roof_attribute_number(const roof_attribute *attribute, const roof_chip *chip)
{
    if (attribute->kind == ROOF_ATTRIBUTE_WORD) {
        const char *date = attribute->word == ROOF_WORD_YEAR ? date_of(chip) : NULL;
        return date ? strtod(date, NULL) : NAN; /* a date begins with its year */
    }
    const roof_value *value = roof_attribute_value(attribute, chip);
    return value ? value->si : NAN;
}

const char *roof_attribute_text(const roof_attribute *attribute, const roof_chip *chip)
{
    if (attribute->kind == ROOF_ATTRIBUTE_FIELD) return roof_chip_text(chip, attribute->field);
    if (attribute->kind == ROOF_ATTRIBUTE_PEAK) return NULL;
    switch (attribute->word) {
    case ROOF_WORD_ID: return chip->id;
    case ROOF_WORD_NAME: return chip->name;
    case ROOF_WORD_VENDOR: return chip->vendor;
    case ROOF_WORD_LEVEL: return roof_level_name(chip->level);
    case ROOF_WORD_CLASS: return chip->chip_class;
    case ROOF_WORD_SEGMENT: return chip->segment;
    case ROOF_WORD_YEAR: return date_of(chip);
    case ROOF_WORD_COUNT: break;
    }
    return NULL;
}

static int compare_numbers(double a, double b)
{
    if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
    return (a > b) - (a < b);
}

int roof_attribute_compare(const roof_attribute *attribute, const roof_chip *a, const roof_chip *b)
{
    int order;
    if (roof_attribute_is_number(attribute)) {
        order = compare_numbers(roof_attribute_number(attribute, a), roof_attribute_number(attribute, b));
    } else {
        const char *x = roof_attribute_text(attribute, a), *y = roof_attribute_text(attribute, b);
        order = x && y ? strcasecmp(x, y) : !x - !y;
    }
    return order ? order : strcmp(a->id, b->id);
}
