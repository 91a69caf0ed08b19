/* Comparisons as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_COMPARE_H
#define CHIPROOF_OUT_COMPARE_H

#include "chiproof/compare/compare.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One screen: spec rows with ratio and better side, bounds with what limits them, the verdict, what to mind.
 */
void roof_comparison_page(const roof_comparison *comparison, roof_page *page);
/* Tidy rows: part (spec, or of a run bound, p10, p50 or p90), item, chip, value, unit, claim, source, limiter, error. */
void roof_comparison_grid(const roof_comparison *comparison, roof_page *page);
/* The members of schema chiproof/compare/1 into the object that is open. */
void roof_comparison_json(const roof_comparison *comparison, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
