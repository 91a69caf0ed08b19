/* Findings in pages and JSON. */
#ifndef OUT_REPORT_H
#define OUT_REPORT_H

#include "chiproof/base/error.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

/* A line for each finding of both reports, under a heading; nothing if there are none. */
void out_warnings(const roof_report *doubts, const roof_report *warnings, roof_page *page);
/* "warnings": ["...", ...]: both reports in one list. */
void out_warnings_json(const roof_report *doubts, const roof_report *warnings, roof_json_writer *writer);
/* "error": {"code", "message"}. */
void out_error_json(const roof_error *error, roof_json_writer *writer);

#endif
