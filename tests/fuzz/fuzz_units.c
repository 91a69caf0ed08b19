/* Any text as a quantity, a unit, a precision, a name and a line for a terminal. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/units/precision.h"
#include "chiproof/units/units.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const char *const names[] = {"hailo-8", "metis", "TOPS", "s", ""};
    char *text = malloc(size + 1);
    if (!text) return 0;
    memcpy(text, bytes, size);
    text[size] = '\0';
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_precision precision;
    roof_error error;
    for (int i = 0; i <= ROOF_DIMENSION_COUNT; i++) {
        double si = 0;
        if (roof_unit_parse_quantity(text, (roof_dimension)i, &si, &error) == ROOF_OK && isnan(si)) abort();
        if (i < ROOF_DIMENSION_COUNT) roof_unit_format(&out, si, (roof_dimension)i);
    }
    roof_precision_parse(text, &precision, &error);
    roof_text_nearest(text, names, sizeof names / sizeof *names, &out);
    roof_buffer_reset(&out);
    roof_text_sanitize(&out, text);
    if (!roof_utf8_valid(roof_buffer_text(&out), out.length, NULL)) abort();
    roof_buffer_free(&out);
    free(text);
    return 0;
}
