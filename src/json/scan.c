#include "json/scan.h"

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/json/json.h"

typedef struct scanner {
    const char *text;
    size_t length, at;
    size_t line_begin; /* newlines stand only between values: skip_space sees them all */
    int line;
    json_places *places;
    roof_error *error;
} scanner;

static roof_code scan_value(scanner *s, size_t parent, size_t position, const json_mark *key, int depth);

static int peek(const scanner *s)
{
    return s->at < s->length ? (unsigned char)s->text[s->at] : -1;
}

static void skip_space(scanner *s)
{
    for (; s->at < s->length && s->text[s->at] && strchr(" \t\r\n", s->text[s->at]); s->at++) {
        if (s->text[s->at] != '\n') continue;
        s->line++;
        s->line_begin = s->at + 1;
    }
}

static json_mark mark_here(const scanner *s)
{
    return (json_mark){s->at, s->line_begin, s->line};
}

/* "found X" for messages. */
static roof_code unexpected(scanner *s, const char *expected)
{
    int c = peek(s);
    if (c < 0) return roof_fail(s->error, ROOF_SYNTAX, "the file ends where %s should come", expected);
    if (c > 0x20 && c < 0x7F) return roof_fail(s->error, ROOF_SYNTAX, "expected %s, found '%c'", expected, c);
    return roof_fail(s->error, ROOF_SYNTAX, "expected %s, found byte 0x%02X", expected, (unsigned)c);
}

static roof_code add_place(scanner *s, json_place place, size_t *index)
{
    json_places *places = s->places;
    if (places->length == places->capacity) {
        size_t capacity = places->capacity ? places->capacity * 2 : 128;
        json_place *items = realloc(places->items, capacity * sizeof *items);
        if (!items) return roof_fail(s->error, ROOF_NO_MEMORY, "no memory for %zu values", capacity);
        places->items = items;
        places->capacity = capacity;
    }
    *index = places->length;
    places->items[places->length++] = place;
    return ROOF_OK;
}

static roof_code scan_hex4(scanner *s, unsigned *out)
{
    *out = 0;
    for (int i = 0; i < 4; i++, s->at++) {
        int c = peek(s);
        if (c < 0 || !isxdigit(c)) return unexpected(s, "four hexadecimal digits");
        *out = *out * 16 + (unsigned)(isdigit(c) ? c - '0' : tolower(c) - 'a' + 10);
    }
    return ROOF_OK;
}

/* A fault of the escape that begins at `start`. */
static roof_code bad_escape(scanner *s, size_t start, roof_code code, const char *what)
{
    s->at = start;
    return roof_fail(s->error, code, "%s", what);
}

/* After "\u". */
static roof_code scan_unicode_escape(scanner *s)
{
    size_t start = s->at - 2;
    unsigned high = 0, low = 0;
    roof_code code = scan_hex4(s, &high);
    if (code != ROOF_OK) return code;
    if (high == 0)
        return bad_escape(s, start, ROOF_INVALID, "the character U+0000 is not allowed in a string");
    if (high >= 0xDC00 && high <= 0xDFFF)
        return bad_escape(s, start, ROOF_SYNTAX, "a lone low surrogate escape");
    if (high < 0xD800 || high > 0xDBFF) return ROOF_OK;
    if (s->length - s->at < 2 || s->text[s->at] != '\\' || s->text[s->at + 1] != 'u')
        return bad_escape(s, start, ROOF_SYNTAX, "a lone high surrogate escape");
    s->at += 2;
    code = scan_hex4(s, &low);
    if (code == ROOF_OK && (low < 0xDC00 || low > 0xDFFF))
        return bad_escape(s, start, ROOF_SYNTAX, "a high surrogate escape without a low one");
    return code;
}

static roof_code scan_string(scanner *s)
{
    for (s->at++;;) {
        int c = peek(s);
        if (c < 0) return roof_fail(s->error, ROOF_SYNTAX, "the file ends inside a string");
        if (c < 0x20)
            return roof_fail(s->error, ROOF_SYNTAX, "control character 0x%02X in a string", (unsigned)c);
        if (c == '"') {
            s->at++;
            return ROOF_OK;
        }
        if (c != '\\') {
            s->at++;
            continue;
        }
        s->at++;
        c = peek(s);
        if (c <= 0 || !strchr("\"\\/bfnrtu", c)) return unexpected(s, "an escape such as \\n or \\u00e9");
        s->at++;
        roof_code code = c == 'u' ? scan_unicode_escape(s) : ROOF_OK;
        if (code != ROOF_OK) return code;
    }
}

static bool skip_digits(scanner *s)
{
    size_t start = s->at;
    while (s->at < s->length && isdigit((unsigned char)s->text[s->at])) s->at++;
    return s->at > start;
}

/* A whole number up to 2^53 whose digits come back from the double as they were. */
static bool is_exact(double value, const char *digits)
{
    char back[64];
    snprintf(back, sizeof back, "%.0f", value);
    return fabs(value) <= 9007199254740992.0 && strcmp(back, digits) == 0;
}

/* The number's text is well-formed: can a double hold it? */
static roof_code check_number(scanner *s, size_t start, bool whole)
{
    char digits[64];
    size_t length = s->at - start;
    if (length >= sizeof digits) {
        s->at = start;
        return roof_fail(s->error, ROOF_INVALID, "a number of %zu characters", length);
    }
    memcpy(digits, s->text + start, length);
    digits[length] = '\0';
    double value = strtod(digits, NULL);
    if (isfinite(value) && (!whole || is_exact(value, digits))) return ROOF_OK;
    s->at = start;
    if (!isfinite(value)) return roof_fail(s->error, ROOF_INVALID, "%s is too large for a number", digits);
    return roof_fail(s->error, ROOF_INVALID, "%s has more digits than a double can hold (2^53 is the most)",
                     digits);
}

static roof_code scan_number(scanner *s)
{
    size_t start = s->at;
    bool whole = true;
    if (peek(s) == '-') s->at++;
    if (peek(s) == '0') {
        s->at++;
        if (peek(s) >= '0' && peek(s) <= '9')
            return roof_fail(s->error, ROOF_SYNTAX, "a number must not begin with 0 and another digit");
    } else if (!skip_digits(s)) {
        return unexpected(s, "a digit");
    }
    if (peek(s) == '.') {
        whole = false;
        s->at++;
        if (!skip_digits(s)) return unexpected(s, "a digit after the decimal point");
    }
    if (peek(s) == 'e' || peek(s) == 'E') {
        whole = false;
        s->at++;
        if (peek(s) == '+' || peek(s) == '-') s->at++;
        if (!skip_digits(s)) return unexpected(s, "a digit of the exponent");
    }
    return check_number(s, start, whole);
}

static roof_code scan_literal(scanner *s)
{
    static const char *const words[] = {"true", "false", "null"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i]);
        if (s->length - s->at >= length && memcmp(s->text + s->at, words[i], length) == 0) {
            s->at += length;
            return ROOF_OK;
        }
    }
    return unexpected(s, "a value");
}

static roof_code scan_key(scanner *s)
{
    if (peek(s) != '"') return unexpected(s, "a key in double quotes");
    roof_code code = scan_string(s);
    if (code != ROOF_OK) return code;
    skip_space(s);
    if (peek(s) != ':') return unexpected(s, "':' after the key");
    s->at++;
    return ROOF_OK;
}

/* Members of an array or object, up to and with the closing bracket. */
static roof_code scan_members(scanner *s, size_t self, bool object, int depth)
{
    const int close = object ? '}' : ']';
    s->at++;
    skip_space(s);
    if (peek(s) == close) {
        s->at++;
        return ROOF_OK;
    }
    for (size_t position = 0;; position++) {
        skip_space(s);
        json_mark key = mark_here(s);
        roof_code code = object ? scan_key(s) : ROOF_OK;
        if (code == ROOF_OK) code = scan_value(s, self, position, object ? &key : NULL, depth + 1);
        if (code != ROOF_OK) return code;
        skip_space(s);
        int c = peek(s);
        if (c != close && c != ',') return unexpected(s, object ? "',' or '}'" : "',' or ']'");
        s->at++;
        if (c == close) return ROOF_OK;
    }
}

static roof_code scan_value(scanner *s, size_t parent, size_t position, const json_mark *key, int depth)
{
    skip_space(s);
    if (depth > ROOF_JSON_DEPTH_LIMIT)
        return roof_fail(s->error, ROOF_INVALID, "nested more than %d deep", ROOF_JSON_DEPTH_LIMIT);
    json_mark here = mark_here(s);
    json_place place = {here, key ? *key : here, parent, 0, position};
    size_t self = 0;
    roof_code code = add_place(s, place, &self);
    if (code != ROOF_OK) return code;
    int c = peek(s);
    if (c == '{' || c == '[') code = scan_members(s, self, c == '{', depth);
    else if (c == '"') code = scan_string(s);
    else if (c == '-' || (c >= '0' && c <= '9')) code = scan_number(s);
    else code = scan_literal(s);
    s->places->items[self].end = s->places->length;
    return code;
}

roof_code json_scan(const char *text, size_t length, json_places *places, json_mark *fault, roof_error *error)
{
    scanner s = {text, length, 0, 0, 1, places, error};
    roof_code code = ROOF_OK;
    size_t bad = 0;
    if (!roof_utf8_valid(text, length, &bad)) {
        code = roof_fail(error, ROOF_SYNTAX, "byte 0x%02X is not UTF-8", (unsigned)(unsigned char)text[bad]);
        for (; s.at < bad; s.at++) {
            if (text[s.at] != '\n') continue;
            s.line++;
            s.line_begin = s.at + 1;
        }
    } else {
        s.at = s.line_begin = length >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
        skip_space(&s);
        if (s.at == length) code = roof_fail(error, ROOF_SYNTAX, "the file is empty");
        else code = scan_value(&s, 0, 0, NULL, 1);
        if (code == ROOF_OK) skip_space(&s);
        if (code == ROOF_OK && s.at < length) code = unexpected(&s, "the end of the file");
    }
    *fault = mark_here(&s);
    return code;
}

int json_column(const char *text, json_mark mark)
{
    int column = 1;
    for (size_t i = mark.line_begin; i < mark.offset; i++)
        if (((unsigned char)text[i] & 0xC0) != 0x80) column++;
    return column;
}
