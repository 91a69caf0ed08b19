#include "workload/expression.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"

enum { NAME_LIMIT = 64, ARGUMENT_LIMIT = 8, SUGGESTION_LIMIT = 64 };

typedef struct parser {
    const char *next;
    const roof_variables *variables;
    int depth;
    bool failed;
    char *why;
    size_t why_size;
} parser;

static double parse_compare(parser *p);

static double fail(parser *p, const char *format, ...) __attribute__((format(printf, 2, 3)));
static double fail(parser *p, const char *format, ...)
{
    if (!p->failed) {
        va_list arguments;
        va_start(arguments, format);
        vsnprintf(p->why, p->why_size, format, arguments);
        va_end(arguments);
    }
    p->failed = true;
    return 0;
}

static void skip_blanks(parser *p)
{
    while (*p->next == ' ') p->next++;
}

static bool accept(parser *p, const char *token)
{
    skip_blanks(p);
    size_t length = strlen(token);
    if (strncmp(p->next, token, length) != 0) return false;
    p->next += length;
    return true;
}

static bool is_letter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
}

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

/* Functions. */

static double call_min(const double *x, size_t count)
{
    double best = x[0];
    for (size_t i = 1; i < count; i++) best = fmin(best, x[i]);
    return best;
}

static double call_max(const double *x, size_t count)
{
    double best = x[0];
    for (size_t i = 1; i < count; i++) best = fmax(best, x[i]);
    return best;
}

static double call_round(const double *x, size_t count)
{
    (void)count;
    return rint(x[0]);
}

static double call_ceil(const double *x, size_t count)
{
    (void)count;
    return ceil(x[0]);
}

static double call_floor(const double *x, size_t count)
{
    (void)count;
    return floor(x[0]);
}

static double call_ceil_to(const double *x, size_t count)
{
    (void)count;
    return ceil(x[0] / x[1]) * x[1];
}

/* _make_divisible of the MobileNet authors: torchvision/models/_utils.py. */
static double call_round_to(const double *x, size_t count)
{
    (void)count;
    double nearest = fmax(x[1], floor((x[0] + x[1] / 2) / x[1]) * x[1]);
    return nearest < 0.9 * x[0] ? nearest + x[1] : nearest;
}

static const struct {
    const char *name;
    size_t least, most;
    double (*call)(const double *x, size_t count);
} functions[] = {
    {"min", 2, ARGUMENT_LIMIT, call_min}, {"max", 2, ARGUMENT_LIMIT, call_max},
    {"round", 1, 1, call_round},          {"ceil", 1, 1, call_ceil},
    {"floor", 1, 1, call_floor},          {"ceil_to", 2, 2, call_ceil_to},
    {"round_to", 2, 2, call_round_to},
};
enum { FUNCTION_COUNT = sizeof functions / sizeof functions[0] };

static double parse_call(parser *p, const char *name)
{
    size_t f = 0;
    while (f < FUNCTION_COUNT && strcmp(functions[f].name, name) != 0) f++;
    if (f == FUNCTION_COUNT)
        return fail(
            p, "unknown function \"%s\"; there are min, max, round, ceil, floor, ceil_to and round_to", name);
    double arguments[ARGUMENT_LIMIT] = {0};
    size_t count = 0;
    do {
        if (count == functions[f].most) return fail(p, "too many arguments for %s", name);
        arguments[count++] = parse_compare(p);
        if (p->failed) return 0;
    } while (accept(p, ","));
    if (!accept(p, ")")) return fail(p, "\")\" is missing after the arguments of %s", name);
    if (count < functions[f].least) return fail(p, "too few arguments for %s", name);
    return functions[f].call(arguments, count);
}

/* Names. */

static double unknown_name(parser *p, const char *name)
{
    const char *known[SUGGESTION_LIMIT];
    size_t count = 0;
    for (const roof_variables *level = p->variables; level; level = level->outer)
        for (size_t i = 0; i < level->count && count < SUGGESTION_LIMIT; i++)
            known[count++] = level->items[i].name;
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest(name, known, count, &near) > 0)
        fail(p, "unknown name \"%s\"; did you mean %s?", name, roof_buffer_text(&near));
    else fail(p, "unknown name \"%s\"", name);
    roof_buffer_free(&near);
    return 0;
}

static double parse_name(parser *p)
{
    char name[NAME_LIMIT + 1];
    size_t length = 0;
    while (is_letter(*p->next) || is_digit(*p->next)) {
        if (length == NAME_LIMIT) return fail(p, "a name is longer than %d characters", NAME_LIMIT);
        name[length++] = *p->next++;
    }
    name[length] = '\0';
    if (accept(p, "(")) return parse_call(p, name);
    for (const roof_variables *level = p->variables; level; level = level->outer)
        for (size_t i = 0; i < level->count; i++)
            if (strcmp(level->items[i].name, name) == 0) return level->items[i].value;
    return unknown_name(p, name);
}

/* Digits with an optional fraction: the locale cannot change what it means, and 1e9 or 0x10 are refused. */
static double parse_number(parser *p)
{
    double value = 0, scale = 1;
    while (is_digit(*p->next)) value = value * 10 + (*p->next++ - '0');
    if (*p->next == '.') {
        p->next++;
        if (!is_digit(*p->next)) return fail(p, "a digit is missing after the decimal point");
        while (is_digit(*p->next)) {
            value = value * 10 + (*p->next++ - '0');
            scale *= 10;
        }
    }
    if (is_letter(*p->next)) return fail(p, "a number runs into \"%c\"", *p->next);
    return value / scale;
}

static double parse_unary(parser *p)
{
    if (++p->depth > ROOF_EXPRESSION_DEPTH_LIMIT) return fail(p, "nested too deeply");
    double value = 0;
    if (accept(p, "-")) value = -parse_unary(p);
    else if (accept(p, "(")) {
        value = parse_compare(p);
        if (!accept(p, ")")) fail(p, "\")\" is missing");
    } else if (is_digit(*p->next)) value = parse_number(p);
    else if (is_letter(*p->next)) value = parse_name(p);
    else if (*p->next == '\0') fail(p, "it ends where a value is expected");
    else fail(p, "\"%.1s\" stands where a value is expected", (*p->next & 0x80) ? "?" : p->next);
    p->depth--;
    return value;
}

static double parse_product(parser *p)
{
    double value = parse_unary(p);
    while (!p->failed) {
        if (accept(p, "*")) value *= parse_unary(p);
        else if (accept(p, "/")) {
            double divisor = parse_unary(p);
            if (divisor == 0) return fail(p, "division by zero");
            value /= divisor;
        } else return value;
    }
    return 0;
}

static double parse_sum(parser *p)
{
    double value = parse_product(p);
    while (!p->failed) {
        if (accept(p, "+")) value += parse_product(p);
        else if (accept(p, "-")) value -= parse_product(p);
        else return value;
    }
    return 0;
}

static double parse_compare(parser *p)
{
    double left = parse_sum(p);
    if (p->failed) return 0;
    if (accept(p, "<=")) return left <= parse_sum(p);
    if (accept(p, ">=")) return left >= parse_sum(p);
    if (accept(p, "==")) return left == parse_sum(p);
    if (accept(p, "!=")) return left != parse_sum(p);
    if (accept(p, "<")) return left < parse_sum(p);
    if (accept(p, ">")) return left > parse_sum(p);
    return left;
}

bool roof_expression_evaluate(const char *text, const roof_variables *variables, double *out, char *why,
                              size_t why_size)
{
    parser p = {.next = text, .variables = variables, .why = why, .why_size = why_size};
    if (strlen(text) > ROOF_EXPRESSION_LENGTH_LIMIT) {
        fail(&p, "longer than %d characters", ROOF_EXPRESSION_LENGTH_LIMIT);
        return false;
    }
    double value = parse_compare(&p);
    skip_blanks(&p);
    if (!p.failed && *p.next != '\0') fail(&p, "\"%.1s\" is not expected", (*p.next & 0x80) ? "?" : p.next);
    if (!p.failed && !isfinite(value)) fail(&p, "the result is not a finite number");
    if (!p.failed) *out = value;
    return !p.failed;
}

bool roof_expression_is_name(const char *text)
{
    size_t length = strlen(text);
    if (length > NAME_LIMIT || !is_letter(text[0])) return false;
    for (size_t i = 1; i < length; i++)
        if (!is_letter(text[i]) && !is_digit(text[i])) return false;
    return true;
}
