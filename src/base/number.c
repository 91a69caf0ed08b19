/* Numbers for people: three significant digits, grouped, never an exponent. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/text.h"

/* Appends the digits of a whole number, grouped by commas. */
static void append_grouped(roof_buffer *out, const char *digits)
{
    size_t length = strlen(digits);
    for (size_t i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0) roof_buffer_append_char(out, ',');
        roof_buffer_append_char(out, digits[i]);
    }
}

/* The value rounded to three significant digits; *decimals is how many stand after the point. */
static double round_three(double value, int *decimals)
{
    char text[32];
    snprintf(text, sizeof text, "%.2e", value);
    double rounded = 0;
    int exponent = 0;
    const char *mark = strchr(text, 'e');
    sscanf(text, "%lf", &rounded);
    if (mark) sscanf(mark + 1, "%d", &exponent);
    *decimals = exponent >= 2 ? 0 : 2 - exponent;
    return rounded;
}

void roof_text_integer(roof_buffer *out, double value)
{
    char digits[340];
    if (!isfinite(value)) {
        roof_buffer_append(out, "unknown");
        return;
    }
    snprintf(digits, sizeof digits, "%.0f", fabs(value));
    if (value < 0 && strcmp(digits, "0") != 0) roof_buffer_append_char(out, '-');
    append_grouped(out, digits);
}

void roof_text_number(roof_buffer *out, double value)
{
    if (!isfinite(value)) {
        roof_buffer_append(out, "unknown");
        return;
    }
    if (value == 0) {
        roof_buffer_append_char(out, '0');
        return;
    }
    int decimals = 0;
    double rounded = round_three(value, &decimals);
    if (decimals == 0) roof_text_integer(out, rounded);
    else roof_buffer_printf(out, "%.*f", decimals > 15 ? 15 : decimals, rounded);
}

static const char *const prefixes[] = {"p", "n", "u", "m", "", "k", "M", "G", "T", "P", "E"};
enum { NONE = 4, LAST = 10 };

void roof_text_si_six(roof_buffer *out, double value, const char *unit)
{
    int place = NONE;
    if (!isfinite(value)) {
        roof_buffer_append(out, "unknown");
        return;
    }
    for (; place < LAST && fabs(value) >= 999.9995; place++) value /= 1000;
    for (; place > 0 && value != 0 && fabs(value) < 0.9999995; place--) value *= 1000;
    roof_buffer_printf(out, fabs(value) >= 1e6 ? "%.0f" : "%.6g", value);
    if (prefixes[place][0] || unit[0]) roof_buffer_printf(out, " %s%s", prefixes[place], unit);
}

void roof_text_si(roof_buffer *out, double value, const char *unit)
{
    int place = NONE;
    if (!isfinite(value)) {
        roof_buffer_append(out, "unknown");
        return;
    }
    int decimals = 0;
    double scaled = value == 0 ? 0 : round_three(value, &decimals);
    for (; place < LAST && fabs(scaled) >= 1000; place++) scaled /= 1000;
    for (; place > 0 && scaled != 0 && fabs(scaled) < 1; place--) scaled *= 1000;
    roof_text_number(out, scaled);
    if (prefixes[place][0] || unit[0]) roof_buffer_printf(out, " %s%s", prefixes[place], unit);
}
