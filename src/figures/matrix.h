/* Private to the figures: every run on every chip. */
#ifndef CHIPROOF_SRC_MATRIX_H
#define CHIPROOF_SRC_MATRIX_H

#include "chiproof/figures/figures.h"

typedef struct roof_matrix {
    roof_prediction *items; /* the runs of one chip together */
    size_t chips, events;
} roof_matrix;

/* At the precision that all chips share, where the request names none. False: memory ran out. Release with
 * roof_matrix_free. */
bool roof_matrix_make(roof_matrix *matrix, const roof_figure_request *request);
void roof_matrix_free(roof_matrix *matrix);
const roof_prediction *roof_matrix_at(const roof_matrix *matrix, size_t chip, size_t event);

/* The request of one event as the chips of a figure run it. */
roof_request roof_figure_event_request(const roof_figure_request *request, size_t event);

#endif
