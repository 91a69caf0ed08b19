/* Claims held against the figures, and the figures against each other, on a page and as JSON. */
#ifndef CHIPROOF_OUT_CLAIMS_H
#define CHIPROOF_OUT_CLAIMS_H

#include "chiproof/compare/claims.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How many claims have which verdict, why some cannot be checked, and a line for each that the figures do not
 * allow as it stands; `all`: for each claim. */
void roof_claims_page(const roof_claim_check *checks, size_t count, bool all, roof_page *page);
/* Tidy: a row for each claim. */
void roof_claims_grid(const roof_claim_check *checks, size_t count, roof_page *page);
/* "claims": {"count", "verdicts", "unchecked", "items"}, into the object that is open. */
void roof_claims_json(const roof_claim_check *checks, size_t count, roof_json_writer *writer);

/* What the checks of so many spec files found: those that are not acknowledged, and how many are. */
void roof_spec_checks_page(const roof_report *findings, size_t files, roof_page *page);
/* "checks": {"files", "findings", ...}. */
void roof_spec_checks_json(const roof_report *findings, size_t files, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
