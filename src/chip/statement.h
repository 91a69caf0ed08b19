/* Reading the claims that a spec file keeps to be checked. */
#ifndef CHIP_STATEMENT_H
#define CHIP_STATEMENT_H

#include "chip/value.h"

void chip_read_statements(chip_reader *reader, const roof_json_value *array);

#endif
