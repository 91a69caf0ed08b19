/* What a calibration used, what it left out, and what came of it, as pages, CSV grids and JSON. */
#ifndef CHIPROOF_OUT_CALIBRATE_H
#define CHIPROOF_OUT_CALIBRATE_H

#include "chiproof/efficiency/calibration.h"
#include "chiproof/json/writer.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `path` is where the calibration was written, or NULL. */
typedef struct roof_calibrate_view {
    const roof_cells *cells;
    const roof_calibration *calibration;
    const char *path;
} roof_calibrate_view;

void roof_calibrate_page(const roof_calibrate_view *view, roof_page *page);
/* A row for each published result that was left out: its place and the reason. */
void roof_calibrate_grid(const roof_calibrate_view *view, roof_page *page);
/* Schema chiproof/calibrate/1. */
void roof_calibrate_json(const roof_calibrate_view *view, roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
