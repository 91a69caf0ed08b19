#include "out/value_text.h"

#include <math.h>

#include "chiproof/base/text.h"

const char out_legend[] = "m measured, v vendor, p paper, r press, e estimate, d derived, ? unverified; "
                          "2≠ two figures that disagree; < better side";

/* A figure as printed in the file where that is short, else in SI with three digits. */
static void given_number(roof_buffer *out, const roof_value *value, roof_dimension dimension)
{
    bool plain = fabs(value->given) >= 0.01 && fabs(value->given) < 10000;
    bool counted =
        dimension == ROOF_DIM_NUMBER || dimension == ROOF_DIM_RATIO || dimension == ROOF_DIM_US_DOLLARS;
    if (counted && value->si < 1e6) {
        roof_buffer digits = ROOF_BUFFER_EMPTY;
        if (value->si == floor(value->si)) roof_text_integer(&digits, value->si);
        else roof_buffer_printf(&digits, "%.6g", value->si);
        roof_buffer_append(out, roof_buffer_text(&digits));
        roof_buffer_free(&digits);
        if (dimension == ROOF_DIM_RATIO) roof_buffer_append(out, " x");
        if (dimension == ROOF_DIM_US_DOLLARS) roof_buffer_append(out, " USD");
    } else if (plain && !counted) {
        roof_buffer_printf(out, "%.6g %s", value->given, value->unit);
    } else {
        roof_unit_format(out, value->si, dimension);
    }
}

void out_value(roof_buffer *out, const roof_value *value, roof_dimension dimension)
{
    if (value->text) {
        roof_buffer_append(out, value->text);
        return;
    }
    roof_buffer_append(out, roof_relation_sign(value->relation));
    given_number(out, value, dimension);
    if (value->direction == ROOF_DIRECTION_BOTH_WAYS) roof_buffer_append(out, " both ways");
}

void out_value_marked(roof_buffer *out, const roof_value *value, roof_dimension dimension, bool disagree,
                      size_t sources)
{
    out_value(out, value, dimension);
    roof_buffer_printf(out, " %c", roof_claim_letter(value->claim));
    if (disagree) roof_buffer_printf(out, " %zu≠", sources);
}

static void put_optional(roof_json_writer *writer, const char *key, const char *text)
{
    if (text) roof_json_put_string(writer, key, text);
}

void out_value_members(roof_json_writer *writer, const roof_value *value)
{
    if (value->text) {
        roof_json_put_string(writer, "value", value->text);
    } else if (!isnan(value->given)) {
        roof_json_put_number(writer, "value", value->given);
        roof_json_put_string(writer, "unit", value->unit);
        roof_json_put_number(writer, "si", value->si);
    }
    if (value->relation != ROOF_RELATION_EXACT)
        roof_json_put_string(writer, "relation", roof_relation_name(value->relation));
    if (value->direction != ROOF_DIRECTION_UNSTATED)
        roof_json_put_string(writer, "direction", roof_direction_name(value->direction));
    roof_json_put_string(writer, "scope", roof_level_name(value->scope));
    roof_json_put_string(writer, "claim", roof_claim_name(value->claim));
    put_optional(writer, "source", value->source ? value->source->id : NULL);
    put_optional(writer, "date", value->source ? value->source->date : NULL);
    put_optional(writer, "qualifier", value->qualifier);
    put_optional(writer, "note", value->note);
}

void out_value_json(roof_json_writer *writer, const char *key, const roof_value *value)
{
    if (!value) {
        roof_json_put_null(writer, key);
        return;
    }
    roof_json_open_object(writer, key);
    out_value_members(writer, value);
    roof_json_close(writer);
}
