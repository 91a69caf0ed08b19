/* Predictions as pages, CSV grids and JSON. Every function here only shows what the model computed. */
#ifndef CHIPROOF_OUT_PREDICT_H
#define CHIPROOF_OUT_PREDICT_H

#include "chiproof/efficiency/forecast.h"
#include "chiproof/json/writer.h"
#include "chiproof/model/predict.h"
#include "chiproof/out/page.h"

#ifdef __cplusplus
extern "C" {
#endif

/* `forecast` is that of the prediction; where it is NULL or not given there are bounds only. */

/* For people. */
void roof_prediction_page(const roof_prediction *prediction, const roof_forecast *forecast, roof_page *page);
/* One tidy row of SI numbers under a header. */
void roof_prediction_grid(const roof_prediction *prediction, const roof_forecast *forecast, roof_page *page);
/* The members of schema chiproof/predict/1 (an "error" member for a refusal) into the object that is open. */
void roof_prediction_json(const roof_prediction *prediction, const roof_forecast *forecast,
                          roof_json_writer *writer);

/* A forecast with what its median is made of. */
typedef struct roof_expected {
    const roof_forecast *forecast;
    const roof_forecast_parts *parts;
} roof_expected;

/* The whole arithmetic of one answer, step by step, with units; with `layers` also a line for each layer. */
void roof_explanation_page(const roof_prediction *prediction, const roof_expected *expected, bool layers,
                           roof_page *page);
/* The same as tidy rows: ceiling, what, each, times, share, amount, rate, seconds. */
void roof_explanation_grid(const roof_prediction *prediction, roof_page *page);
/* Members: those of the prediction, and "explanation" with each ceiling's parts; where there is a forecast
 * also "expectation" with the terms of its median. */
void roof_explanation_json(const roof_prediction *prediction, const roof_expected *expected,
                           roof_json_writer *writer);

#ifdef __cplusplus
}
#endif
#endif
