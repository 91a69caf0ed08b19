/* What a reviewer of datasheets would question: figures that contradict each other, or physics, or the memory
 * and link they are said of.
 *
 * A check never changes a value. Its findings are graded, carry the numbers, stand at the value's place in
 * the file, and end in the check's name in brackets. A file can acknowledge a check with a reason
 * ("acknowledged": [{"check": "precision-ladder", "reason": "..."}]): its findings then become notes that say
 * so. */
#ifndef CHIPROOF_CHIP_CHECK_H
#define CHIPROOF_CHIP_CHECK_H

#include <stddef.h>

#include "chiproof/chip/chip.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One check of the table. */
typedef struct roof_check_info {
    const char *name;    /* "precision-ladder" */
    const char *meaning; /* what it holds, one line */
} roof_check_info;

size_t roof_check_count(void);
const roof_check_info *roof_check_info_at(size_t index);

/* Runs every check on a chip to which roof_chip_derive has been applied; `part` is what it contains, or NULL.
 * Adds findings to `report`. An acknowledgement of a check that has found nothing, or that does not exist, is
 * a finding too. */
void roof_chip_check(const roof_chip *chip, const roof_chip *part, roof_report *report);

/* Adds a note for each thing that the file does not say and that a comparison or prediction would use, most
 * useful first. */
void roof_chip_guide(const roof_chip *chip, roof_report *report);

#ifdef __cplusplus
}
#endif
#endif
