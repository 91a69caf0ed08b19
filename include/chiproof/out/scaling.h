/* Scaling curves as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_SCALING_H
#define CHIPROOF_OUT_SCALING_H

#include "chiproof/compare/scaling.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: a line for each number of chips, and from where on more of them do not help. */
void roof_scaling_page(const roof_scaling *scaling, roof_page *page);
/* One tidy row of SI numbers a number of chips. */
void roof_scaling_grid(const roof_scaling *scaling, roof_page *page);
/* The members of schema chiproof/scaling/1 (an "error" member for a refusal) into the object that is open. */
void roof_scaling_json(const roof_scaling *scaling, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
