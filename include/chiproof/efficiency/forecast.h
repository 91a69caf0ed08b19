/* A prediction with its uncertainty: how fast a run will be in truth, as a distribution.
 *
 * ln t = ln of the terms' sum at the chip's coordinates + error of the coordinates (their covariance through
 * the slopes) + residual + uncertainty of the published figures (values that disagree, claims without a
 * source), drawn with Sobol points from a fixed start: the same inputs give the same output, byte for byte.
 * No draw is faster than the bound. */
#ifndef CHIPROOF_EFFICIENCY_FORECAST_H
#define CHIPROOF_EFFICIENCY_FORECAST_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/efficiency/calibration.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The value that 10, 50 and 90 % of the draws do not exceed; NaN where there is nothing. */
typedef struct roof_quantiles {
    double p10, p50, p90;
} roof_quantiles;

enum { ROOF_FORECAST_DRAWS = 1000, ROOF_BASIS_TEXT = 256 };

/* One quantity of time: a median at the point estimate, and what moves it. Plain data: copying is fine. */
typedef struct roof_outlook {
    double log_seconds; /* at the point estimate; NaN if there is no forecast */
    double sd;          /* of ln t: parameters, residual, published figures together */
    double bound_s;     /* no draw is below */
} roof_outlook;

typedef struct roof_forecast {
    bool given; /* false: no calibration, a refusal, or several chips in a way nobody measured */
    roof_quantiles throughput;      /* results per second */
    roof_quantiles latency_s;       /* one pass of the batch */
    roof_quantiles ttft_s, tpot_s;  /* language models */
    roof_quantiles energy_j;        /* of one result, as the prediction settles its power */
    double results_per_pass;        /* of the whole batch */
    roof_outlook rate, run;         /* seconds of a pass in a stream of passes, and on its own */
    roof_pool_level level;          /* whose measurements it rests on */
    size_t measurements;            /* of the chip; 0 if nobody measured it */
    size_t chips;                   /* whose measurements stand for it, where it has none of its own */
    char rests_on[ROOF_BASIS_TEXT]; /* "calibrated on 318 measurements of this chip", and doubtful figures */
    double term_s[ROOF_TERM_COUNT]; /* seconds of a pass in the stream that each term is expected to take */
    const roof_chip *chip;          /* borrowed */
    const roof_workload *workload;  /* borrowed */
} roof_forecast;

/* The forecast for a prediction. `calibration` may be NULL (then nothing is given). Never fails: what cannot
 * be forecast is not given. No allocation but that of the other phase of a language model. */
void roof_forecast_make(const roof_calibration *calibration, const roof_prediction *prediction,
                        roof_forecast *out);

/* The same run at another batch, as results per second (for crossovers and curves): what
 * roof_prediction_throughput_at is to the bound. Not given where it does not fit. */
void roof_forecast_at(const roof_calibration *calibration, const roof_prediction *prediction, double batch,
                      roof_forecast *out);

/* The median of that alone, without draws: for curves, and for where they meet. NaN where nothing is given.
 */
double roof_forecast_p50_at(const roof_calibration *calibration, const roof_prediction *prediction,
                            double batch);

/* One term of the sum that a forecast's median is. */
typedef struct roof_forecast_part {
    roof_term term;
    double unit_s;    /* seconds at full efficiency, or of the term's units (roof_coordinate_text) */
    double factor;    /* how many times longer it takes */
    double factor_sd; /* standard error of ln of that */
    double seconds;   /* unit_s x factor */
} roof_forecast_part;

typedef struct roof_forecast_parts {
    roof_forecast_part items[ROOF_TERM_COUNT]; /* those that take any time */
    size_t count;                              /* 0 where there is no forecast */
    double seconds;                            /* their sum */
} roof_forecast_parts;

/* The parts of the median of throughput: of a pass in a stream of passes. Pure arithmetic. */
void roof_forecast_explain(const roof_calibration *calibration, const roof_prediction *prediction,
                           roof_forecast_parts *out);

/* How the throughput of `first` stands to that of `second`, with common random numbers: their errors go
 * together as those of such chips did on the same network (same vendor, same class, neither). */
typedef struct roof_forecast_pair {
    bool given;
    roof_quantiles ratio; /* throughput of first / throughput of second */
    double p_first_faster;
    double correlation; /* of ln t of the two that was used */
} roof_forecast_pair;
void roof_forecast_ratio(const roof_calibration *calibration, const roof_forecast *first,
                         const roof_forecast *second, roof_forecast_pair *out);

#ifdef __cplusplus
}
#endif
#endif
