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

/* What a run does in a second: at most, and as expected where there is a calibration. */
typedef struct roof_rate {
    double bound;            /* NaN: refused */
    bool given;              /* there is a forecast */
    roof_quantiles expected; /* NaN without one */
    double best;             /* p50 of the forecast, else the bound */
    roof_forecast forecast;
} roof_rate;
/* `calibration` may be NULL. */
void roof_rate_of(const roof_calibration *calibration, const roof_prediction *prediction, roof_rate *out);
/* "Throughput, expected" or "Bound on throughput", and the footer's words on it. */
const char *roof_rate_axis(const roof_calibration *calibration);
const char *roof_rate_note(const roof_calibration *calibration);

/* The request of one event as the chips of a figure run it. */
roof_request roof_figure_event_request(const roof_figure_request *request, size_t event);

#endif
