/* Serving as pages, CSV grids and JSON. Every function here only shows what the model computed. */
#ifndef CHIPROOF_OUT_SERVE_H
#define CHIPROOF_OUT_SERVE_H

#include "chiproof/json/writer.h"
#include "chiproof/model/serving.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* For people: memory, the two rooflines, and a line for each batch. */
void roof_serving_page(const roof_serving *serving, roof_page *page);
/* One tidy row of SI numbers a batch. */
void roof_serving_grid(const roof_serving *serving, roof_page *page);
/* The members of schema chiproof/serve/1 (an "error" member for a refusal) into the object that is open. */
void roof_serving_json(const roof_serving *serving, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
