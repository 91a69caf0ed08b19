/* Any bytes as a spec file, completed from itself as if it contained itself. */
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "chiproof/chip/chip.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_chip *chip = NULL, *part = NULL;
    roof_code code = roof_chip_parse((const char *)bytes, size, "fuzz.json", &report, &chip, NULL);
    if ((code == ROOF_OK) != (chip != NULL) || (code == ROOF_OK) != (report.errors == 0)) abort();
    if (chip && roof_chip_parse((const char *)bytes, size, "fuzz.json", NULL, &part, NULL) == ROOF_OK) {
        if (roof_chip_derive(chip, part, NULL) != ROOF_OK) abort();
        for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
            const roof_value *value = roof_chip_value(chip, (roof_field_id)i);
            if (value && !value->text && !(value->si > 0 && isfinite(value->si))) abort();
            roof_values_disagree(&chip->fields[i]);
        }
    }
    roof_chip_free(chip);
    roof_chip_free(part);
    roof_report_clear(&report);
    return 0;
}
