/* Measurements against their bounds, on a page and as JSON. */
#ifndef CHIPROOF_OUT_AUDIT_H
#define CHIPROOF_OUT_AUDIT_H

#include "chiproof/compare/audit.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A line for each chip, what could not be checked, what is explained and how, and every row that is not;
 * `all` adds a line for each row. */
void roof_audit_page(const roof_audit *audit, bool all, roof_page *page);
/* Tidy: a row for each chip, or with `all` for each measurement. */
void roof_audit_grid(const roof_audit *audit, bool all, roof_page *page);
/* schema chiproof/audit/1: "chips", "totals", "above" and, with `all`, "rows". */
void roof_audit_json(const roof_audit *audit, bool all, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
