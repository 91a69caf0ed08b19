/* The check of one measurement. */
#ifndef COMPARE_AUDIT_ROW_H
#define COMPARE_AUDIT_ROW_H

#include "chiproof/compare/audit.h"

/* The run whose bound was asked for last: the next row mostly asks for the same at another batch. */
typedef struct auditor {
    const roof_measures *measures;
    roof_prediction prediction;
    bool open;
} auditor;

void auditor_check(auditor *self, const roof_join *each, roof_audit_row *out);
void auditor_close(auditor *self);

#endif
