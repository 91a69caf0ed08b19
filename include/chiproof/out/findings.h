/* What checks found, for people and machines. */
#ifndef CHIPROOF_OUT_FINDINGS_H
#define CHIPROOF_OUT_FINDINGS_H

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* "specs/x.json:12:18: /peak/0/unit: unknown unit ..." without a final newline. */
void roof_finding_text(const roof_error *finding, roof_buffer *out);
/* Tidy rows: file, line, column, path, grade, message. */
void roof_findings_grid(const roof_report *report, roof_page *page);
/* "findings": [...], and the counts by grade, into the object that is open. */
void roof_findings_json(const roof_report *report, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
