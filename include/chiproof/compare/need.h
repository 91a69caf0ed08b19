/* What a target would take: one unknown solved, of a chip or from scratch. */
#ifndef CHIPROOF_COMPARE_NEED_H
#define CHIPROOF_COMPARE_NEED_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/compare/rank.h"
#include "chiproof/model/variable.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", at least (else at most), "what it is") */
#define ROOF_GOALS(X) \
    X(THROUGHPUT, "throughput", true, "throughput") \
    X(LATENCY, "latency", false, "latency of a pass") \
    X(TTFT, "ttft", false, "time to first token") \
    X(TPOT, "tpot", false, "time per output token")

typedef enum roof_goal {
#define X(id, name, at_least, text) ROOF_GOAL_##id,
    ROOF_GOALS(X)
#undef X
        ROOF_GOAL_COUNT
} roof_goal;
const char *roof_goal_name(roof_goal goal);
const char *roof_goal_text(roof_goal goal);
bool roof_goal_is_least(roof_goal goal); /* throughput is to be at least the target, times at most */

/* What the results of a throughput target were called. */
typedef enum roof_target_unit {
    ROOF_TARGET_RESULTS,
    ROOF_TARGET_INFERENCES,
    ROOF_TARGET_TOKENS
} roof_target_unit;

typedef struct roof_target {
    roof_goal goal;
    double si; /* results per second, or seconds */
    roof_target_unit unit;
} roof_target;

/* Reads a target:
 *
 *     target  = [ goal ( ">=" | "<=" | "=" ) ] number unit
 *     goal    = "throughput" | "latency" | "ttft" | "tpot"
 *     unit    = [ "k" | "M" | "G" ] [ result ] "/s"      a throughput: "/s", "k/s", " inferences/s",
 * "tokens/s" | "s" | "ms" | "us" | "ns"                 a time result  = "inf" | "inferences" | "images" |
 * "tok" | "tokens"
 *
 * Without a goal a throughput is a throughput and a time is the latency of a pass. Spaces are allowed between
 * the parts. The sign must be the goal's: >= for throughput, <= for times; "=" is either. Errors: INVALID,
 * with the column (from 1) of the fault, line 0. */
roof_code roof_target_parse(const char *text, roof_target *out, roof_error *error);

/* Makes the request one whose pass the target is about: the prefill for TTFT, the decoding for TPOT. Errors:
 * INVALID (a phase that contradicts the goal, tokens of a network that yields inferences, a token's time of
 * one that is no language model). */
roof_code roof_target_apply(const roof_target *target, const roof_workload *workload, roof_request *request,
                            roof_error *error);

/* The figure of the target's goal: results per second, or seconds of a pass. */
double roof_target_figure(const roof_target *target, double throughput, double latency_s);
/* True if the figure is as good as the target, within a billionth. NaN is not. */
bool roof_target_is_met(const roof_target *target, double figure);

/* ---- of a chip ---- */

typedef enum roof_need_state {
    ROOF_NEED_ENOUGH,    /* with this value, and the others as they are, the target is met */
    ROOF_NEED_ALONE_NOT, /* not with any value, as long as the others stay as they are */
    ROOF_NEED_ANY        /* the target is met whatever the value */
} roof_need_state;

/* One unknown. */
typedef struct roof_need_row {
    roof_variable variable;
    roof_need_state state;
    double has;   /* SI, of one chip; NaN if nothing is published */
    double needs; /* the least value; with ALONE_NOT what its own ceiling asks for, NaN if it has none */
    double ratio; /* needs / has; NaN if one of them is */
    /* `needs` of a rate is amount / (share x seconds): what its ceiling carries, how long a pass may take,
     * and how many times the rate of one chip is there (the chips that share the pass; 1 for the links
     * between them). NaN where it was not found so. */
    double amount, seconds, share;
    roof_outcome at;    /* the run with `needs` (ENOUGH), or with the value without limit (ALONE_NOT) */
    double best;        /* ALONE_NOT: the goal's figure without limit; NaN if it is refused even so */
    roof_error refusal; /* ... and then why */
} roof_need_row;

/* More chips than this are not looked at. */
#define ROOF_NEED_CHIPS 1048576.0

typedef struct roof_need {
    const roof_prediction *run; /* borrowed */
    roof_target target;
    double figure; /* of the run as it is; NaN if it is refused */
    bool met;
    roof_need_row rows[ROOF_VARIABLE_COUNT];
    size_t count;
} roof_need;

/* Solves for `only` one variable, or (ROOF_VARIABLE_COUNT) for each that the run depends on in turn. The run
 * may be one that is refused because it does not fit. A rate is solved in closed form, needs = amount /
 * (share x seconds), and verified by running the model again; what is not linear by a bracketed root (Brent,
 * GSL); capacities come out in whole bytes, chips in whole chips. Errors: the refusal of a run for any other
 * reason than memory, NO_ROOT (the solver failed), NO_MEMORY. */
roof_code roof_need_solve(const roof_prediction *run, const roof_target *target, roof_variable only,
                          roof_need *out, roof_error *error);

/* True if the target is met, or one of the rows is enough. */
bool roof_need_is_feasible(const roof_need *need);

/* Finds a variable of the run by name: "peak", "chips", a field ("dram.bandwidth") or its last word where
 * only one has it. Errors: INVALID, with the nearest names. */
roof_code roof_need_variable(const roof_prediction *run, const char *name, roof_variable *out,
                             roof_error *error);

/* ---- from scratch ---- */

/* What the others are taken to be while one is solved. */
typedef enum roof_scratch_kind {
    ROOF_SCRATCH_PEAK,           /* memory without limit */
    ROOF_SCRATCH_SRAM_BANDWIDTH, /* all that the layers read and write passes it once */
    ROOF_SCRATCH_SRAM_CAPACITY,  /* no external memory: it holds weights and caches */
    ROOF_SCRATCH_DRAM_BANDWIDTH, /* on-chip memory for the largest layer's input and output only */
    ROOF_SCRATCH_HOST_BANDWIDTH,
    ROOF_SCRATCH_COUNT
} roof_scratch_kind;

typedef struct roof_scratch {
    roof_prediction run; /* on a machine without limits; its request has the defaults filled in */
    roof_target target;
    roof_machine machines[ROOF_SCRATCH_COUNT]; /* the rest of the machine in each row */
    roof_need_row rows[ROOF_SCRATCH_COUNT];    /* `has` is NaN */
} roof_scratch;

/* The least of each that the network needs for the target, the others without limit. Without a precision in
 * the request: int8. *out must be released with roof_scratch_free in any case. Errors: those of
 * roof_target_apply and roof_workload_expand, NO_ROOT, NO_MEMORY. */
roof_code roof_scratch_solve(const roof_workload *workload, const roof_request *request,
                             const roof_target *target, roof_scratch *out, roof_error *error);
void roof_scratch_free(roof_scratch *scratch);

/* Those of a ranking whose bound meets the target, least power first; those that publish none come last, by
 * throughput. */
typedef struct roof_candidates {
    const roof_rank_row **rows; /* borrowed from the ranking */
    size_t count, with_power;
} roof_candidates;
/* Release with roof_candidates_free. Errors: NO_MEMORY. */
roof_code roof_candidates_find(const roof_ranking *ranking, const roof_target *target, roof_candidates *out,
                               roof_error *error);
void roof_candidates_free(roof_candidates *candidates);

#ifdef __cplusplus
}
#endif
#endif
