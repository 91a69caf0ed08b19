/* The words of the file format: claims, levels, relations, directions. */
#include "chip/names.h"

#include <string.h>

#include "chiproof/base/text.h"

static const struct {
    const char *name;
    char letter;
    const char *text;
} claims[] = {
#define X(id, name, letter, text) {name, letter, text},
    ROOF_CLAIMS(X)
#undef X
};

static const char *const levels[] = {"chip", "module", "card", "system", "rack"};
static const char *const relations[] = {"exact", "at-least", "at-most", "about"};
static const char *const relation_signs[] = {"", ">= ", "<= ", "~"};
static const char *const directions[] = {"unstated", "each-way", "both-ways"};

const char *roof_claim_name(roof_claim claim)
{
    return claims[claim].name;
}

char roof_claim_letter(roof_claim claim)
{
    return claims[claim].letter;
}

const char *roof_claim_text(roof_claim claim)
{
    return claims[claim].text;
}

const char *roof_level_name(roof_level level)
{
    return levels[level];
}

const char *roof_relation_name(roof_relation relation)
{
    return relations[relation];
}

const char *roof_relation_sign(roof_relation relation)
{
    return relation_signs[relation];
}

const char *roof_direction_name(roof_direction direction)
{
    return directions[direction];
}

bool chip_read_word(const roof_json_value *value, const char *what, const char *const *words, size_t count,
                    int *out)
{
    const char *text = NULL;
    if (!roof_json_string(value, &text)) return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(text, words[i]) != 0) continue;
        *out = (int)i;
        return true;
    }
    roof_buffer list = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest_quoted(text, words, count, &list)) {
        roof_json_fault(value, ROOF_GRADE_ERROR, "unknown %s \"%s\"; did you mean %s?", what, text,
                        roof_buffer_text(&list));
    } else {
        for (size_t i = 0; i < count; i++) roof_buffer_printf(&list, "%s%s", i ? ", " : "", words[i]);
        roof_json_fault(value, ROOF_GRADE_ERROR, "unknown %s \"%s\"; expected one of %s", what, text,
                        roof_buffer_text(&list));
    }
    roof_buffer_free(&list);
    return false;
}

bool chip_read_claim(const roof_json_value *value, roof_claim *out)
{
    const char *words[ROOF_CLAIM_COUNT];
    int index = 0;
    for (int i = 0; i < ROOF_CLAIM_COUNT; i++) words[i] = claims[i].name;
    if (!chip_read_word(value, "claim", words, ROOF_CLAIM_COUNT, &index)) return false;
    *out = (roof_claim)index;
    return true;
}

bool chip_read_level(const roof_json_value *value, roof_level *out)
{
    int index = 0;
    if (!chip_read_word(value, "level", levels, ROOF_LEVEL_COUNT, &index)) return false;
    *out = (roof_level)index;
    return true;
}

bool chip_read_relation(const roof_json_value *value, roof_relation *out)
{
    int index = 0;
    if (!chip_read_word(value, "relation", relations, ROOF_RELATION_COUNT, &index)) return false;
    *out = (roof_relation)index;
    return true;
}

bool chip_read_direction(const roof_json_value *value, roof_direction *out)
{
    int index = 0;
    if (!chip_read_word(value, "direction", directions, ROOF_DIRECTION_COUNT, &index)) return false;
    *out = (roof_direction)index;
    return true;
}
