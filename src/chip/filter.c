#include "chiproof/chip/filter.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *sign;
    roof_operator meaning;
} operators[] = {{"<=", ROOF_AT_MOST}, {">=", ROOF_AT_LEAST}, {"!=", ROOF_UNEQUAL}, {"<", ROOF_BELOW},
                 {">", ROOF_ABOVE},    {"==", ROOF_EQUAL},    {"=", ROOF_EQUAL},    {"~", ROOF_HOLDS}};

/* Copies without the spaces around. */
static void copy_trimmed(char *to, size_t size, const char *from, size_t length)
{
    while (length && isspace((unsigned char)*from)) {
        from++;
        length--;
    }
    while (length && isspace((unsigned char)from[length - 1])) length--;
    snprintf(to, size, "%.*s", (int)(length < size ? length : size - 1), from);
}

roof_code roof_filter_parse(const char *expression, roof_filter *out, roof_error *error)
{
    size_t before = strcspn(expression, "<>=!~");
    char name[64];
    memset(out, 0, sizeof *out);
    copy_trimmed(name, sizeof name, expression, before);
    for (size_t i = 0; i < sizeof operators / sizeof *operators; i++) {
        size_t length = strlen(operators[i].sign);
        if (strncmp(expression + before, operators[i].sign, length) != 0) continue;
        out->operator_ = operators[i].meaning;
        copy_trimmed(out->text, sizeof out->text, expression + before + length,
                     strlen(expression + before + length));
        if (!name[0] || !out->text[0]) break;
        roof_code code = roof_attribute_parse(name, &out->attribute, error);
        if (code != ROOF_OK || !roof_attribute_is_number(&out->attribute) || out->operator_ == ROOF_HOLDS)
            return code;
        return roof_unit_parse_quantity(out->text, roof_attribute_dimension(&out->attribute), &out->si,
                                        error);
    }
    return roof_fail(error, ROOF_INVALID,
                     "\"%s\": expected something such as tdp<=10W, vendor=Hailo or name~xeon", expression);
}

static bool near(double a, double b)
{
    return fabs(a - b) <= 0.005 * fabs(b);
}

static bool compare_number(const roof_filter *filter, double value)
{
    switch (filter->operator_) {
    case ROOF_AT_MOST: return value <= filter->si || near(value, filter->si);
    case ROOF_AT_LEAST: return value >= filter->si || near(value, filter->si);
    case ROOF_BELOW: return value < filter->si;
    case ROOF_ABOVE: return value > filter->si;
    case ROOF_EQUAL: return near(value, filter->si);
    case ROOF_UNEQUAL: return !near(value, filter->si);
    case ROOF_HOLDS: break;
    }
    return false;
}

static bool compare_text(const roof_filter *filter, const char *text)
{
    int order = strcasecmp(text, filter->text);
    switch (filter->operator_) {
    case ROOF_AT_MOST: return order <= 0;
    case ROOF_AT_LEAST: return order >= 0;
    case ROOF_BELOW: return order < 0;
    case ROOF_ABOVE: return order > 0;
    case ROOF_EQUAL: return order == 0;
    case ROOF_UNEQUAL: return order != 0;
    case ROOF_HOLDS: return strcasestr(text, filter->text) != NULL;
    }
    return false;
}

roof_match roof_filter_match(const roof_filter *filter, const roof_chip *chip)
{
    if (roof_attribute_is_number(&filter->attribute) && filter->operator_ != ROOF_HOLDS) {
        double value = roof_attribute_number(&filter->attribute, chip);
        if (isnan(value)) return ROOF_MATCH_UNKNOWN;
        return compare_number(filter, value) ? ROOF_MATCH_YES : ROOF_MATCH_NO;
    }
    const char *text = roof_attribute_text(&filter->attribute, chip);
    if (!text) return ROOF_MATCH_UNKNOWN;
    return compare_text(filter, text) ? ROOF_MATCH_YES : ROOF_MATCH_NO;
}
