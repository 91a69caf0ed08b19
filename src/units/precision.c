#include "chiproof/units/precision.h"

#include <string.h>

#include "chiproof/base/text.h"

static const struct {
    const char *name;
    double weight_bits, activation_bits;
} formats[] = {
#define X(id, name, weight_bits, activation_bits) {name, weight_bits, activation_bits},
    ROOF_PRECISIONS(X)
#undef X
};

const char *roof_precision_name(roof_precision precision)
{
    return (unsigned)precision < ROOF_PRECISION_COUNT ? formats[precision].name : "unknown";
}

double roof_precision_weight_bytes(roof_precision precision)
{
    return (unsigned)precision < ROOF_PRECISION_COUNT ? formats[precision].weight_bits / 8 : 0;
}

double roof_precision_activation_bytes(roof_precision precision)
{
    return (unsigned)precision < ROOF_PRECISION_COUNT ? formats[precision].activation_bits / 8 : 0;
}

roof_code roof_precision_parse(const char *name, roof_precision *out, roof_error *error)
{
    const char *names[ROOF_PRECISION_COUNT];
    for (int i = 0; i < ROOF_PRECISION_COUNT; i++) {
        names[i] = formats[i].name;
        if (strcmp(name, names[i]) != 0) continue;
        *out = (roof_precision)i;
        return ROOF_OK;
    }
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (!roof_text_nearest(name, names, ROOF_PRECISION_COUNT, &near))
        roof_fail(error, ROOF_INVALID, "unknown precision \"%s\"; expected one such as int8, fp16 or bf16",
                  name);
    else
        roof_fail(error, ROOF_INVALID, "unknown precision \"%s\"; did you mean %s?", name,
                  roof_buffer_text(&near));
    roof_buffer_free(&near);
    return ROOF_INVALID;
}
