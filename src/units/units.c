#include "chiproof/units/units.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"

typedef enum prefix_set { PLAIN, DECIMAL, SMALL, LARGE_AND_BINARY } prefix_set;

/* Every unit that a file may use, without its prefix. `power` is what a prefix is raised to (mm2: (1e-3)^2).
 */
typedef struct base_unit {
    const char *name;
    roof_dimension dimension;
    double to_si;
    prefix_set prefixes;
    int power;
} base_unit;

static const base_unit bases[] = {
    {"count", ROOF_DIM_NUMBER, 1, PLAIN, 1},
    {"thousand", ROOF_DIM_NUMBER, 1e3, PLAIN, 1},
    {"million", ROOF_DIM_NUMBER, 1e6, PLAIN, 1},
    {"billion", ROOF_DIM_NUMBER, 1e9, PLAIN, 1},
    {"trillion", ROOF_DIM_NUMBER, 1e12, PLAIN, 1},
    {"x", ROOF_DIM_RATIO, 1, PLAIN, 1},
    {"%", ROOF_DIM_RATIO, 0.01, PLAIN, 1},
    {"OP", ROOF_DIM_OPS, 1, DECIMAL, 1},
    {"FLOP", ROOF_DIM_OPS, 1, DECIMAL, 1},
    {"MAC", ROOF_DIM_OPS, 2, DECIMAL, 1},
    {"OPS", ROOF_DIM_OPS_PER_SECOND, 1, DECIMAL, 1},
    {"FLOPS", ROOF_DIM_OPS_PER_SECOND, 1, DECIMAL, 1},
    {"OP/s", ROOF_DIM_OPS_PER_SECOND, 1, DECIMAL, 1},
    {"FLOP/s", ROOF_DIM_OPS_PER_SECOND, 1, DECIMAL, 1},
    {"MAC/s", ROOF_DIM_OPS_PER_SECOND, 2, DECIMAL, 1},
    {"B", ROOF_DIM_BYTES, 1, LARGE_AND_BINARY, 1},
    {"bit", ROOF_DIM_BYTES, 0.125, LARGE_AND_BINARY, 1},
    {"b", ROOF_DIM_BYTES, 0.125, LARGE_AND_BINARY, 1},
    {"B/s", ROOF_DIM_BYTES_PER_SECOND, 1, LARGE_AND_BINARY, 1},
    {"bit/s", ROOF_DIM_BYTES_PER_SECOND, 0.125, LARGE_AND_BINARY, 1},
    {"b/s", ROOF_DIM_BYTES_PER_SECOND, 0.125, LARGE_AND_BINARY, 1},
    {"T/s", ROOF_DIM_TRANSFERS_PER_SECOND, 1, DECIMAL, 1},
    {"W", ROOF_DIM_WATTS, 1, DECIMAL, 1},
    {"J", ROOF_DIM_JOULES, 1, DECIMAL, 1},
    {"Hz", ROOF_DIM_HERTZ, 1, DECIMAL, 1},
    {"s", ROOF_DIM_SECONDS, 1, SMALL, 1},
    {"m", ROOF_DIM_METRES, 1, SMALL, 1},
    {"m2", ROOF_DIM_SQUARE_METRES, 1, SMALL, 2},
    {"OPS/W", ROOF_DIM_OPS_PER_JOULE, 1, DECIMAL, 1},
    {"FLOPS/W", ROOF_DIM_OPS_PER_JOULE, 1, DECIMAL, 1},
    {"USD", ROOF_DIM_US_DOLLARS, 1, DECIMAL, 1},
};
enum { BASE_COUNT = sizeof bases / sizeof *bases };

typedef struct prefix {
    const char *name;
    double factor;
    bool binary;
} prefix;

static const prefix prefixes[] = {
    {"", 1, false},       {"p", 1e-12, false},  {"n", 1e-9, false},   {"u", 1e-6, false},
    {"m", 1e-3, false},   {"c", 1e-2, false},   {"k", 1e3, false},    {"K", 1e3, false},
    {"M", 1e6, false},    {"G", 1e9, false},    {"T", 1e12, false},   {"P", 1e15, false},
    {"E", 1e18, false},   {"Ki", 0x1p10, true}, {"Mi", 0x1p20, true}, {"Gi", 0x1p30, true},
    {"Ti", 0x1p40, true}, {"Pi", 0x1p50, true},
};
enum { PREFIX_COUNT = sizeof prefixes / sizeof *prefixes };

/* What people mistype most; offered as suggestions. */
static const char *const common[] = {
    "TOPS", "GOPS",   "POPS",  "TFLOPS",  "PFLOPS",  "GFLOPS",   "TMAC/s", "MB",   "MiB",
    "GB",   "GiB",    "KiB",   "kB",      "TB",      "GB/s",     "TB/s",   "MB/s", "GiB/s",
    "PB/s", "Gbit/s", "GT/s",  "MT/s",    "W",       "mW",       "kW",     "MHz",  "GHz",
    "nm",   "mm2",    "count", "million", "billion", "trillion", "x",      "USD",  "TOPS/W",
    "ms",   "us",     "s",     "J",       "mJ",
};
enum { COMMON_COUNT = sizeof common / sizeof *common };

static const char *const dimension_names[] = {
#define X(id, name, si) name,
    ROOF_DIMENSIONS(X)
#undef X
};

static const char *const dimension_units[] = {
#define X(id, name, si) si,
    ROOF_DIMENSIONS(X)
#undef X
};

const char *roof_dimension_name(roof_dimension dimension)
{
    return (unsigned)dimension < ROOF_DIMENSION_COUNT ? dimension_names[dimension] : "unknown";
}

static bool prefix_allowed(const base_unit *base, const prefix *p)
{
    switch (base->prefixes) {
    case PLAIN: return p->factor == 1;
    case DECIMAL: return !p->binary && p->name[0] != 'c' && p->name[0] != 'K';
    case SMALL: return p->factor <= 1;
    case LARGE_AND_BINARY: return p->factor >= 1;
    }
    return false;
}

static bool find_unit(const char *text, roof_unit *out)
{
    for (size_t i = 0; i < BASE_COUNT; i++) {
        size_t length = strlen(text), tail = strlen(bases[i].name);
        if (tail > length || strcmp(text + length - tail, bases[i].name) != 0) continue;
        for (size_t k = 0; k < PREFIX_COUNT; k++) {
            if (strlen(prefixes[k].name) != length - tail || !prefix_allowed(&bases[i], &prefixes[k]))
                continue;
            if (strncmp(text, prefixes[k].name, length - tail) != 0) continue;
            out->dimension = bases[i].dimension;
            out->to_si = bases[i].to_si * pow(prefixes[k].factor, bases[i].power);
            return true;
        }
    }
    return false;
}

/* Fills fitting[] with the common units of a dimension and returns how many. */
static size_t units_of(roof_dimension dimension, const char *fitting[COMMON_COUNT])
{
    size_t count = 0;
    for (size_t i = 0; i < COMMON_COUNT; i++) {
        roof_unit unit;
        if (dimension == ROOF_DIMENSION_COUNT || (find_unit(common[i], &unit) && unit.dimension == dimension))
            fitting[count++] = common[i];
    }
    return count;
}

static roof_code unknown_unit(const char *text, roof_dimension expected, roof_error *error)
{
    const char *fitting[COMMON_COUNT];
    size_t count = units_of(expected, fitting);
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest_quoted(text, fitting, count, &near))
        roof_fail(error, ROOF_INVALID, "unknown unit \"%s\"; did you mean %s?", text,
                  roof_buffer_text(&near));
    else if (expected != ROOF_DIMENSION_COUNT && count)
        roof_fail(error, ROOF_INVALID, "unknown unit \"%s\"; expected %s such as \"%s\"", text,
                  roof_dimension_name(expected), fitting[0]);
    else roof_fail(error, ROOF_INVALID, "unknown unit \"%s\"", text);
    roof_buffer_free(&near);
    return ROOF_INVALID;
}

roof_code roof_unit_parse(const char *text, roof_dimension expected, roof_unit *out, roof_error *error)
{
    if (!find_unit(text, out)) return unknown_unit(text, expected, error);
    if (expected == ROOF_DIMENSION_COUNT || out->dimension == expected) return ROOF_OK;
    /* A count where a rate is meant is a letter forgotten: "TOP" for "TOPS". */
    if (out->dimension == ROOF_DIM_OPS && expected == ROOF_DIM_OPS_PER_SECOND)
        return unknown_unit(text, expected, error);
    const char *fitting[COMMON_COUNT];
    roof_buffer near = ROOF_BUFFER_EMPTY;
    bool found = roof_text_nearest_quoted(text, fitting, units_of(expected, fitting), &near) > 0;
    roof_fail(error, ROOF_INVALID, "\"%s\" is a unit of %s; %s is expected here%s%s%s", text,
              roof_dimension_name(out->dimension), roof_dimension_name(expected),
              found ? "; did you mean " : "", roof_buffer_text(&near), found ? "?" : "");
    roof_buffer_free(&near);
    return ROOF_INVALID;
}

roof_code roof_unit_parse_quantity(const char *text, roof_dimension expected, double *si, roof_error *error)
{
    char *end = NULL;
    double value = strtod(text, &end);
    if (end == text || !isfinite(value))
        return roof_fail(error, ROOF_INVALID, "expected a number with a unit, found \"%s\"", text);
    while (*end == ' ') end++;
    if (*end == '\0' && (expected == ROOF_DIM_NUMBER || expected == ROOF_DIM_RATIO)) {
        *si = value;
        return ROOF_OK;
    }
    roof_unit unit;
    roof_code code = roof_unit_parse(end, expected, &unit, error);
    if (code == ROOF_OK) *si = value * unit.to_si;
    return code;
}

/* 26800000000 -> "26.8 billion". */
static void format_count(roof_buffer *out, double count)
{
    static const struct {
        double from;
        const char *word;
    } words[] = {{1e12, "trillion"}, {1e9, "billion"}, {1e6, "million"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (count < words[i].from) continue;
        roof_text_number(out, count / words[i].from);
        roof_buffer_printf(out, " %s", words[i].word);
        return;
    }
    roof_text_number(out, count);
}

void roof_unit_format(roof_buffer *out, double si, roof_dimension dimension)
{
    if (!isfinite(si)) {
        roof_buffer_append(out, "unknown");
        return;
    }
    switch (dimension) {
    case ROOF_DIM_NUMBER: format_count(out, si); break;
    case ROOF_DIM_METRES: roof_buffer_printf(out, "%.4g nm", si * 1e9); break;
    case ROOF_DIM_SQUARE_METRES:
        roof_text_number(out, si * 1e6);
        roof_buffer_append(out, " mm2");
        break;
    case ROOF_DIM_RATIO:
        roof_text_number(out, si);
        roof_buffer_append(out, " x");
        break;
    case ROOF_DIM_US_DOLLARS:
        roof_text_number(out, si);
        roof_buffer_append(out, " USD");
        break;
    default: roof_text_si(out, si, dimension_units[dimension]); break;
    }
}
