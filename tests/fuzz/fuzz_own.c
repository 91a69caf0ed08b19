/* Any bytes as a table of one's own results, or as a calibration. What is read is finite and bounded. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/efficiency/calibration.h"
#include "chiproof/measure/own.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_measures measures = ROOF_MEASURES_EMPTY;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    roof_calibration *calibration = NULL;
    roof_code code = roof_own_parse((const char *)bytes, size, "fuzz.csv", &measures, &report, &error);
    if ((code == ROOF_OK) != (report.errors == 0)) abort();
    for (size_t i = 0; i < measures.row_count; i++) {
        const roof_measurement *row = &measures.rows[i];
        if (!(row->value > 0 && isfinite(row->value)) || !row->chip[0] || !(row->batch >= 1)) abort();
    }
    if (roof_calibration_parse((const char *)bytes, size, "fuzz.json", NULL, &calibration, &error) == ROOF_OK)
        for (size_t i = 0; i < calibration->profile_count; i++)
            for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
                if (!isfinite(calibration->profiles[i].mean[c])) abort();
    roof_calibration_free(calibration);
    roof_report_clear(&report);
    roof_measures_free(&measures);
    return 0;
}
