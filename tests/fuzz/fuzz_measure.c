/* Any bytes as a table of measurements, sources or findings. What is read is finite and bounded. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/measure/measure.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_measures measures = ROOF_MEASURES_EMPTY;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    roof_code code = roof_measures_parse((const char *)bytes, size, "fuzz.tsv", &measures, &report, &error);
    if ((code == ROOF_OK) != (report.errors == 0)) abort();
    for (size_t i = 0; i < measures.row_count; i++) {
        const roof_measurement *row = &measures.rows[i];
        if (!(row->value > 0 && isfinite(row->value)) || !row->chip[0] || !row->use[0]) abort();
        roof_measure_explain(&measures, row, 1.5);
    }
    roof_measures_check(&measures, &report, &error);
    roof_report_clear(&report);
    roof_measures_free(&measures);
    return 0;
}
