/* Reading the list of peaks. */
#ifndef CHIP_PEAK_H
#define CHIP_PEAK_H

#include "chip/value.h"

/* Reads `"peak": [...]` into the chip; NULL leaves it without peaks. */
void chip_read_peaks(chip_reader *reader, const roof_json_value *array);

#endif
