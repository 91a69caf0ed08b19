/* Any bytes as JSON: every value is walked, located and read with the wrong type too. */
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/json/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static void walk(const roof_json_value *value)
{
    static const char *const keys[] = {"value", "unit"};
    double number;
    const char *text;
    char path[40];
    int line, column;
    roof_json_position(value, &line, &column, path, sizeof path);
    if (line < 1 || column < 1) abort();
    roof_json_number(value, &number);
    roof_json_integer(value, -10, 10, &number);
    roof_json_string(value, &text);
    roof_json_only_keys(value, keys, 2);
    for (const roof_json_value *m = roof_json_first(value); m; m = roof_json_next(m)) walk(m);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_json *document = NULL;
    roof_error error;
    roof_code code = roof_json_parse((const char *)bytes, size, "fuzz", &report, &document, &error);
    if ((code == ROOF_OK) != (document != NULL)) abort();
    if (document) walk(roof_json_root(document));
    roof_json_free(document);
    roof_report_clear(&report);
    return 0;
}
