/* What is known and what is not: one line a chip, one column a field. */
#ifndef CHIPROOF_OUT_COVERAGE_H
#define CHIPROOF_OUT_COVERAGE_H

#include "chiproof/chip/chip.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: the claim's letter of each value ("d" derived, "?" unverified, "-" missing, "." does not
 * apply), and how many of each. */
void roof_coverage_page(const roof_chip *const *chips, size_t count, roof_page *page);
/* Tidy rows: chip, field, status. */
void roof_coverage_grid(const roof_chip *const *chips, size_t count, roof_page *page);
/* "chips": [{"id", "fields": {field: status}}] and "totals" into the object that is open. */
void roof_coverage_json(const roof_chip *const *chips, size_t count, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
