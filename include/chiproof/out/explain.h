/* The arithmetic behind the answers to questions, as pages for people: the same figures that the answers'
 * grids and JSON hold. That of a bound is roof_explanation_page (chiproof/out/predict.h). */
#ifndef CHIPROOF_OUT_EXPLAIN_H
#define CHIPROOF_OUT_EXPLAIN_H

#include "chiproof/compare/need.h"
#include "chiproof/compare/sensitivity.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Each side's binding ceiling, its throughput, and their ratio. */
void roof_ratio_explanation_page(const roof_verdict *verdict, roof_page *page);
/* How long a pass may take, and from that each unknown. */
void roof_need_explanation_page(const roof_need *need, roof_page *page);
/* Each figure's two throughputs, and their logarithms' ratio. */
void roof_sensitivity_explanation_page(const roof_sensitivity *sensitivity, roof_page *page);

#ifdef __cplusplus
}
#endif
#endif
