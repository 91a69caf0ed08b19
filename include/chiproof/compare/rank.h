/* All chips for one network, best first. */
#ifndef CHIPROOF_COMPARE_RANK_H
#define CHIPROOF_COMPARE_RANK_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "what it is", greater is better, "what it needs to be published"). All of them are
 * bounds, or quotients of one. Energy is per inference or token, on the basis of the request; PER_AREA is by
 * the mm2 of all dies, PER_TRANSISTOR by the transistor; PER_NODE_WATT is by the watt that the same power
 * would be at the request's node (chiproof/model/node.h), which is an
 * estimate, and none of an analog chip. */
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
    double measures[ROOF_MEASURE_COUNT]; /* NaN where there is none */
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
    bool has_front_of; /* the front is of these two, not of throughput and power */
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
/* Finds the Pareto front of any two measures instead: the rows that have both, and that no other such row
 * outdoes in one without being outdone in the other. */
void roof_ranking_find_front(roof_ranking *ranking, roof_measure a, roof_measure b);
void roof_ranking_free(roof_ranking *ranking);

#ifdef __cplusplus
}
#endif
#endif
