/* A chip by name: found, read, completed from what it contains. */
#ifndef CHIPROOF_CHIP_OPEN_H
#define CHIPROOF_CHIP_OPEN_H

#include "chiproof/chip/chip.h"
#include "chiproof/json/catalogue.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Finds `name` (id, alias or path), loads it, and derives what follows from its own values and from the
 * things it contains. What loading found goes to `report`; a part that cannot be read is a doubtful finding
 * there, not a failure. If `findings` is not NULL the checks of roof_chip_check are made, into it. Both may
 * be NULL. The caller owns *out, NULL on failure. Errors: UNKNOWN_NAME, IO, SYNTAX, INVALID, NO_MEMORY. */
roof_code roof_chip_open(roof_catalogue *catalogue, const char *name, roof_report *report,
                         roof_report *findings, roof_chip **out, roof_error *error);

/* What `validate` shows of a spec file's text: the loader's faults, the findings of roof_chip_check, and with
 * `guide` what the file still lacks (roof_chip_guide), all into `report`. `file` names it in messages.
 * Errors: SYNTAX, INVALID, NO_MEMORY. */
roof_code roof_chip_validate(roof_catalogue *catalogue, const char *text, size_t length, const char *file,
                             bool guide, roof_report *report, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
