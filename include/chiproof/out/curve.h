/* What zeros gain, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_CURVE_H
#define CHIPROOF_OUT_CURVE_H

#include "chiproof/compare/curve.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: a row for each ratio, and where something else begins to bind. */
void roof_curve_page(const roof_curve *curve, roof_page *page);
/* One tidy row a ratio. */
void roof_curve_grid(const roof_curve *curve, roof_page *page);
/* The members of schema chiproof/sparsity/1 into the object that is open. */
void roof_curve_json(const roof_curve *curve, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
