/* What an answer hangs on, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_SENSITIVITY_H
#define CHIPROOF_OUT_SENSITIVITY_H

#include "chiproof/compare/sensitivity.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: each figure with its elasticity, where another ceiling binds, what the sources say, what the
 * missing ones would have to be. */
void roof_sensitivity_page(const roof_sensitivity *sensitivity, roof_page *page);
/* One tidy row a figure. */
void roof_sensitivity_grid(const roof_sensitivity *sensitivity, roof_page *page);
/* The members of schema chiproof/sensitivity/1 into the object that is open. */
void roof_sensitivity_json(const roof_sensitivity *sensitivity, roof_json_writer *writer);

/* The same for two chips: which figure of either turns who is ahead. */
void roof_verdict_page(const roof_verdict *verdict, roof_page *page);
void roof_verdict_grid(const roof_verdict *verdict, roof_page *page);
void roof_verdict_json(const roof_verdict *verdict, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
