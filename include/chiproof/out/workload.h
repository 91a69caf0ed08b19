/* One workload, or many, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_WORKLOAD_H
#define CHIPROOF_OUT_WORKLOAD_H

#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* One pass of a workload, and at which precision and batch its bytes are counted. */
typedef struct roof_workload_view {
    const roof_workload *workload;
    const roof_network *network;
    roof_precision precision;
    double batch;
} roof_workload_view;

/* Totals and, layer by layer, what is computed and touched: a layer's bytes are its weights (once a batch),
 * and its input, output and cache for each of the batch, as if nothing were fused. */
void roof_workload_page(const roof_workload_view *view, roof_page *page);
/* Tidy rows, one for each layer. */
void roof_workload_grid(const roof_workload_view *view, roof_page *page);
/* The members of schema chiproof/show-model/1 into the object that is open. */
void roof_workload_json(const roof_workload_view *view, roof_json_writer *writer);

void roof_workload_list_begin(roof_page *page, bool for_people);
void roof_workload_list_row(const roof_workload *workload, roof_page *page, bool for_people);
void roof_workload_list_json(const roof_workload *workload, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
