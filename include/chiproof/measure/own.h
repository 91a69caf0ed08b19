/* A user's own results, as a comma-separated table.
 *
 * The first line names the columns, in any order: chip, model, precision, batch, metric, value; and where
 * they are needed chips, variant ("in 1024 out 128 tokens") and scenario ("prefill", "decode"). Metrics are
 * those of ROOF_METRICS in their units: throughput in inferences/s, latency in ms of one pass of the batch,
 * tokens in tokens/s. Cells hold no quotes and no commas; an empty batch is 1.
 *
 *   chip,model,precision,batch,metric,value
 *   hailo-8,resnet-50-v1.5,int8,8,throughput,1331 */
#ifndef CHIPROOF_MEASURE_OWN_H
#define CHIPROOF_MEASURE_OWN_H

#include "chiproof/measure/measure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Adds the rows to the measures, as rows to be fitted. Every fault goes to `report` (may be NULL) with file,
 * line and column, and its row is left out. Errors: SYNTAX (no such header, no UTF-8), INVALID (faulty rows;
 * the others are added), NO_MEMORY. */
roof_code roof_own_parse(const char *text, size_t length, const char *file, roof_measures *measures,
                         roof_report *report, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
