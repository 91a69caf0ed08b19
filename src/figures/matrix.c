#include "matrix.h"

#include <math.h>
#include <stdlib.h>

roof_request roof_figure_event_request(const roof_figure_request *request, size_t event)
{
    return roof_common_request(request->chips, request->chip_count, &request->events[event].request);
}

bool roof_matrix_make(roof_matrix *matrix, const roof_figure_request *request)
{
    *matrix = (roof_matrix){NULL, request->chip_count, request->event_count};
    matrix->items = calloc(matrix->chips * matrix->events + 1, sizeof *matrix->items);
    if (!matrix->items) return false;
    for (size_t e = 0; e < matrix->events; e++) {
        roof_request asked = roof_figure_event_request(request, e);
        for (size_t c = 0; c < matrix->chips; c++)
            roof_predict(request->chips[c], request->events[e].workload, &asked,
                         &matrix->items[c * matrix->events + e]);
    }
    return true;
}

void roof_matrix_free(roof_matrix *matrix)
{
    for (size_t i = 0; matrix->items && i < matrix->chips * matrix->events; i++)
        roof_prediction_free(&matrix->items[i]);
    free(matrix->items);
    matrix->items = NULL;
}

const roof_prediction *roof_matrix_at(const roof_matrix *matrix, size_t chip, size_t event)
{
    return &matrix->items[chip * matrix->events + event];
}

void roof_rate_of(const roof_calibration *calibration, const roof_prediction *p, roof_rate *out)
{
    *out =
        (roof_rate){.bound = p->refusal.code == ROOF_OK ? p->throughput : NAN, .expected = {NAN, NAN, NAN}};
    out->best = out->bound;
    if (!calibration || p->refusal.code != ROOF_OK) return;
    roof_forecast_make(calibration, p, &out->forecast);
    out->given = out->forecast.given && isfinite(out->forecast.throughput.p50);
    if (!out->given) return;
    out->expected = out->forecast.throughput;
    out->best = out->expected.p50;
}

const char *roof_rate_axis(const roof_calibration *calibration)
{
    return calibration ? "Throughput to expect" : "Bound on throughput";
}

const char *roof_rate_note(const roof_calibration *calibration)
{
    return calibration
               ? "Expected from published measurements: p50, and p10 to p90 around it; without such a "
                 "range it is the bound."
               : "Bounds from published figures, not predictions.";
}
