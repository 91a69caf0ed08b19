/* Any bytes as an ONNX model. What it becomes loads, and counts what it says. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/workload/import.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    static const roof_binding sizes[] = {{"batch", 1}, {"N", 2}, {"width", 4}, {"rate", 16000}};
    static const roof_bindings bindings = {sizes, sizeof sizes / sizeof *sizes};
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    char *text = NULL;
    roof_error error;
    roof_code code =
        roof_import_text((const char *)bytes, size, "fuzz.onnx", &bindings, &report, &text, &error);
    if ((code == ROOF_OK) != (text != NULL)) abort();
    if (text && roof_workload_parse(text, strlen(text), "fuzz.json", NULL, &workload, NULL) != ROOF_OK)
        abort();
    if (workload && !(isfinite(roof_workload_macs(workload)) && roof_workload_macs(workload) >= 0)) abort();
    roof_workload_free(workload);
    roof_report_clear(&report);
    free(text);
    return 0;
}
