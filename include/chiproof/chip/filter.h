/* Picking and ordering chips by what their files say: "tdp<=10W", "vendor=Hailo", "peak.int8>=100TOPS". */
#ifndef CHIPROOF_CHIP_FILTER_H
#define CHIPROOF_CHIP_FILTER_H

#include <stdbool.h>

#include "chiproof/chip/chip.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name") : what a chip has besides fields and peaks. */
#define ROOF_WORDS(X) \
    X(ID, "id") \
    X(NAME, "name") \
    X(VENDOR, "vendor") \
    X(LEVEL, "level") \
    X(CLASS, "class") \
    X(SEGMENT, "segment") \
    X(YEAR, "year")

typedef enum roof_word {
#define X(id, name) ROOF_WORD_##id,
    ROOF_WORDS(X)
#undef X
        ROOF_WORD_COUNT
} roof_word;

typedef enum roof_attribute_kind {
    ROOF_ATTRIBUTE_WORD,
    ROOF_ATTRIBUTE_FIELD,
    ROOF_ATTRIBUTE_PEAK
} roof_attribute_kind;

/* Something of a chip that can be asked for: a word, a field, or a peak. */
typedef struct roof_attribute {
    roof_attribute_kind kind;
    roof_word word;
    roof_field_id field;
    roof_precision precision; /* PEAK: COUNT means the chip's default one */
    bool sparse;
    char name[48]; /* as it is called in full */
} roof_attribute;

/* Reads a name: one of ROOF_WORDS; a field's full name or its key where only one field has it ("tdp",
 * "sram.capacity"); "peak", "peak.int8", "peak.int8.sparse". Errors: INVALID, with the nearest names or the
 * fields that share the key. */
roof_code roof_attribute_parse(const char *name, roof_attribute *out, roof_error *error);

/* True for attributes that are numbers (quantities, peaks, the year). */
bool roof_attribute_is_number(const roof_attribute *attribute);
roof_dimension roof_attribute_dimension(const roof_attribute *attribute);
/* The chip's number in SI, NaN if nothing is published. */
double roof_attribute_number(const roof_attribute *attribute, const roof_chip *chip);
/* The chip's words, or NULL. */
const char *roof_attribute_text(const roof_attribute *attribute, const roof_chip *chip);
/* The published value behind it; NULL for words and for what is not published. */
const roof_value *roof_attribute_value(const roof_attribute *attribute, const roof_chip *chip);

/* Orders two chips: what is not published comes last, equals by id. */
int roof_attribute_compare(const roof_attribute *attribute, const roof_chip *a, const roof_chip *b);

typedef enum roof_operator {
    ROOF_AT_MOST,
    ROOF_AT_LEAST,
    ROOF_BELOW,
    ROOF_ABOVE,
    ROOF_EQUAL,
    ROOF_UNEQUAL,
    ROOF_HOLDS
} roof_operator;

typedef struct roof_filter {
    roof_attribute attribute;
    roof_operator operator_;
    double si;     /* of number attributes */
    char text[96]; /* of the others; compared without regard to case */
} roof_filter;

/* Reads "NAME OP VALUE" with OP one of <= >= < > = != ~ (holds the text). Spaces are allowed around OP.
 * Errors: INVALID. */
roof_code roof_filter_parse(const char *expression, roof_filter *out, roof_error *error);

typedef enum roof_match { ROOF_MATCH_NO, ROOF_MATCH_YES, ROOF_MATCH_UNKNOWN } roof_match;
/* UNKNOWN: nothing is published that could be compared. Numbers are equal within half a percent. */
roof_match roof_filter_match(const roof_filter *filter, const roof_chip *chip);

#ifdef __cplusplus
}
#endif
#endif
