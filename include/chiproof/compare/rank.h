/* All chips for one network, best first. */
#ifndef CHIPROOF_COMPARE_RANK_H
#define CHIPROOF_COMPARE_RANK_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Which of a run's figures counts. X(identifier, "name", "what it is") */
#define ROOF_STANCES(X) \
    X(BOUND, "bound", "bounds") \
    X(EXPECTED, "expected", "what to expect (p50)") \
    X(SURE, "sure", "what nine in ten reach (p10)")

typedef enum roof_stance {
#define X(id, name, text) ROOF_STANCE_##id,
    ROOF_STANCES(X)
#undef X
        ROOF_STANCE_COUNT
} roof_stance;
const char *roof_stance_name(roof_stance stance);
const char *roof_stance_text(roof_stance stance);
/* Errors: INVALID, with the names there are. */
roof_code roof_stance_parse(const char *name, roof_stance *out, roof_error *error);

/* X(identifier, "name", "what it is", greater is better, "what it needs to be published"). All of them are
 * throughput, latency and energy, or quotients of one. Energy is per inference or token, on the basis of the
 * request; PER_AREA is by the mm2 of all dies, PER_TRANSISTOR by the transistor; PER_NODE_WATT is by the watt
 * that the same power would be at the request's node (chiproof/model/node.h), which is an estimate, and none
 * of an analog chip. */
#define ROOF_MEASURES(X) \
    X(THROUGHPUT, "throughput", "throughput", true, "") \
    X(LATENCY, "latency", "latency", false, "") \
    X(PER_WATT, "per-watt", "throughput per watt", true, "power") \
    X(PER_DOLLAR, "per-dollar", "throughput per US dollar", true, "price") \
    X(ENERGY, "energy", "energy", false, "power on that basis") \
    X(PER_AREA, "per-mm2", "throughput per mm2 of die", true, "die area") \
    X(PER_TRANSISTOR, "per-transistor", "throughput per transistor", true, "transistor count") \
    X(PER_NODE_WATT, "per-node-watt", "throughput per node-normalised watt", true, \
      "power and process node within the tables")

typedef enum roof_measure {
#define X(id, name, text, greater, needs) ROOF_MEASURE_##id,
    ROOF_MEASURES(X)
#undef X
        ROOF_MEASURE_COUNT
} roof_measure;
const char *roof_measure_name(roof_measure measure);
const char *roof_measure_text(roof_measure measure);
bool roof_measure_is_greater_better(roof_measure measure);
/* "power"; "" if every answer has it. */
const char *roof_measure_needs(roof_measure measure);
/* Errors: INVALID, with the names there are. */
roof_code roof_measure_parse(const char *name, roof_measure *out, roof_error *error);

/* One chip's place. */
typedef struct roof_rank_row {
    roof_prediction prediction;
    size_t place; /* from 1, equals share one; 0 if it has no place */
    roof_field_id
        power_field; /* ROOF_FIELD_TDP, else ROOF_FIELD_TYPICAL_POWER; COUNT if neither is published */
    const roof_value *power, *price;     /* of one chip; NULL if not published */
    double power_w, price_usd;           /* of all chips of the run; NaN if not published */
    double area_mm2, transistors;        /* the same */
    double node_m;                       /* NaN if not published */
    double node_power_w;                 /* power_w at the request's node; NaN if that cannot be told */
    double bounds[ROOF_MEASURE_COUNT];   /* NaN where there is none */
    double measures[ROOF_MEASURE_COUNT]; /* what the ranking is by: the bounds, or what is expected */
    roof_forecast forecast;              /* not given before roof_ranking_expect */
    bool unlimited; /* where the weights come from, or how fast, is not published: the bound leaves it out and
                       stands too high beside bounds that count it */
    bool doubtful;  /* an unverified value entered the bound */
    bool front; /* on the Pareto front: no other chip is known to have as high a throughput bound at as little
                   power, and more of one or less of the other */
} roof_rank_row;

/* The ranking. First come the chips that have a place, best first; then those with an answer but without the
 * power or price that the measure divides by, by throughput; then the refused ones, by id. */
typedef struct roof_ranking {
    const roof_workload *workload; /* borrowed, as are the chips */
    roof_request request;          /* as asked, with the defaults that do not hang on the chip filled in */
    roof_measure by;
    roof_rank_row *rows;
    size_t placed_count, answered_count, count; /* answered_count includes those with a place */
    size_t refused[ROOF_CODE_COUNT];            /* how many for each reason */
    size_t front_count;
    roof_stance stance;      /* BOUND before roof_ranking_expect */
    size_t unforeseen_count; /* of the answered ones, those without a forecast where the others have one */
    bool has_front_of;       /* the front is of these two, not of throughput and power */
    roof_measure front_of[2];
    roof_report warnings; /* what differs between the rows */
} roof_ranking;

/* Runs the request on each chip, at the precision asked for or else at each one's own, and orders them by the
 * measure; equals stand in the order of throughput, then id. Power is the TDP, or where none is published the
 * typical power: a chip known only by its typical power is never held to use less than one known by its TDP,
 * since a TDP is the greater of the two. A refusal is a row, not an error. *out is owned by the caller
 * (roof_ranking_free), NULL on failure. Errors: NO_MEMORY. */
roof_code roof_rank(const roof_chip *const *chips, size_t count, const roof_workload *workload,
                    const roof_request *request, roof_measure by, roof_ranking **out, roof_error *error);
/* Ranks by what to expect (p50), or by what nine in ten reach (SURE: p10 of throughput, p90 of latency and
 * energy), instead of by bounds. A chip of which nothing can be expected has no place then: a bound beside
 * expectations would look better than it is. Where nothing can be expected of any chip, and without a
 * calibration, the ranking stays as it is. */
void roof_ranking_expect(roof_ranking *ranking, const roof_calibration *calibration, roof_stance stance);
/* What to expect of a row's measure; NaN all where nothing is. */
roof_quantiles roof_rank_expected(const roof_rank_row *row, roof_measure measure);
/* Finds the Pareto front of any two measures instead: the rows that have both, and that no other such row
 * outdoes in one without being outdone in the other. */
void roof_ranking_find_front(roof_ranking *ranking, roof_measure a, roof_measure b);
void roof_ranking_free(roof_ranking *ranking);

#ifdef __cplusplus
}
#endif
#endif
