/* Reading the attributes of a layer. */
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/layer.h"

/* The same lines of a block serve many layers, so a message says which of them is wrong. Always false. */
static bool vfault(const roof_json_value *at, const char *who, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));
static bool vfault(const roof_json_value *at, const char *who, const char *format, va_list arguments)
{
    char message[400];
    vsnprintf(message, sizeof message, format, arguments);
    roof_json_fault(at, ROOF_GRADE_ERROR, "%s%s%s", who ? who : "", who ? ": " : "", message);
    return false;
}

bool roof_layer_fault(const roof_layer *layer, const char *key, const char *format, ...)
{
    const roof_json_value *value = key ? roof_json_get(layer->json, key) : NULL;
    va_list arguments;
    va_start(arguments, format);
    vfault(value ? value : layer->json, layer->name, format, arguments);
    va_end(arguments);
    return false;
}

static bool fault(const roof_json_value *at, const roof_variables *variables, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static bool fault(const roof_json_value *at, const roof_variables *variables, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    vfault(at, variables->who, format, arguments);
    va_end(arguments);
    return false;
}

bool roof_value_number(const roof_json_value *value, const roof_variables *variables, double *out)
{
    if (roof_json_type_of(value) == ROOF_JSON_BOOL) {
        bool flag = false;
        if (!roof_json_bool(value, &flag)) return false;
        *out = flag;
        return true;
    }
    if (roof_json_type_of(value) != ROOF_JSON_STRING) return roof_json_number(value, out);
    const char *text = NULL;
    char why[200] = "";
    if (!roof_json_string(value, &text)) return false;
    if (roof_expression_evaluate(text, variables, out, why, sizeof why)) return true;
    return fault(value, variables, "in the expression \"%.80s\": %s", text, why);
}

bool roof_value_whole(const roof_json_value *value, const roof_variables *variables, double least,
                      double most, double *out)
{
    double number = 0;
    if (roof_json_type_of(value) == ROOF_JSON_BOOL)
        return fault(value, variables, "a whole number is expected, not %s",
                     roof_json_type_name(ROOF_JSON_BOOL));
    if (!roof_value_number(value, variables, &number)) return false;
    if (number != floor(number)) return fault(value, variables, "%.9g is not a whole number", number);
    if (number < least) return fault(value, variables, "%.9g is too small; the least is %.0f", number, least);
    if (number > most)
        return fault(value, variables, "%.9g is too large; the greatest is %.0f", number, most);
    *out = number;
    return true;
}

bool roof_layer_required(const roof_layer *layer, const char *key, double least, double *out)
{
    const roof_json_value *value = roof_json_get(layer->json, key);
    if (!value) return roof_layer_fault(layer, NULL, "missing key \"%s\"", key);
    return roof_value_whole(value, layer->variables, least, ROOF_DIMENSION_LIMIT, out);
}

bool roof_layer_optional(const roof_layer *layer, const char *key, double least, double fallback, double *out)
{
    *out = fallback;
    const roof_json_value *value = roof_json_get(layer->json, key);
    return !value || roof_value_whole(value, layer->variables, least, ROOF_DIMENSION_LIMIT, out);
}

bool roof_layer_flag(const roof_layer *layer, const char *key, bool fallback, bool *out)
{
    *out = fallback;
    const roof_json_value *value = roof_json_get(layer->json, key);
    if (!value) return true;
    if (roof_json_type_of(value) == ROOF_JSON_BOOL) return roof_json_bool(value, out);
    double number = 0;
    if (!roof_value_number(value, layer->variables, &number)) return false;
    *out = number != 0;
    return true;
}

bool roof_layer_each(const roof_layer *layer, const char *key, double least, double fallback, size_t count,
                     double *out)
{
    const roof_json_value *value = roof_json_get(layer->json, key);
    for (size_t i = 0; i < count; i++) out[i] = fallback;
    if (!value) return true;
    if (roof_json_type_of(value) != ROOF_JSON_ARRAY) {
        double all = 0;
        if (!roof_value_whole(value, layer->variables, least, ROOF_DIMENSION_LIMIT, &all)) return false;
        for (size_t i = 0; i < count; i++) out[i] = all;
        return true;
    }
    if (roof_json_length(value) != count)
        return roof_layer_fault(
            layer, key, "a number or a list of %zu is expected, one for each spatial dimension", count);
    const roof_json_value *item = roof_json_first(value);
    for (size_t i = 0; i < count; i++, item = roof_json_next(item))
        if (!roof_value_whole(item, layer->variables, least, ROOF_DIMENSION_LIMIT, &out[i])) return false;
    return true;
}

bool roof_layer_word(const roof_layer *layer, const char *key, const char *const *words, int fallback,
                     int *out)
{
    *out = fallback;
    const roof_json_value *value = roof_json_get(layer->json, key);
    if (!value) return true;
    const char *text = NULL;
    if (!roof_json_string(value, &text)) return false;
    size_t count = 0;
    for (; words[count]; count++) {
        if (strcmp(words[count], text) != 0) continue;
        *out = (int)count;
        return true;
    }
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < count; i++)
        roof_buffer_printf(&list, "%s%s", i == 0 ? "" : i + 1 == count ? " or " : ", ", words[i]);
    roof_layer_fault(layer, key, "unknown %s \"%.60s\"; %s is expected", key, text, roof_buffer_text(&list));
    roof_buffer_free(&list);
    return false;
}
