/* A published result joined to the chip and the workload it speaks of: which run of ours it tells of, or why
 * none. The audit holds that run's bound against the result; the calibration fits to it. */
#ifndef CHIPROOF_EFFICIENCY_JOIN_H
#define CHIPROOF_EFFICIENCY_JOIN_H

#include <stdbool.h>

#include "chiproof/chip/chip.h"
#include "chiproof/measure/measure.h"
#include "chiproof/model/predict.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Why a row tells of no run of ours. X(identifier, "text") */
#define ROOF_JOIN_OBSTACLES(X) \
    X(NONE, "checked") \
    X(NO_SPEED, "power, energy or a ratio, not a speed") \
    X(TRAINING, "training") \
    X(NO_CHIP, "no spec of the chip") \
    X(NO_MODEL, "no workload file of the model") \
    X(NO_PRECISION, "precision not stated") \
    X(NO_PEAK, "no dense peak at its precision") \
    X(NO_CHIPS, "number of chips not stated") \
    X(NO_LENGTH, "number of tokens not stated") \
    X(NO_FIT, "does not fit into the memory of the chips") \
    X(REFUSED, "not covered by the model")

typedef enum roof_join_obstacle {
#define X(id, text) ROOF_JOIN_##id,
    ROOF_JOIN_OBSTACLES(X)
#undef X
        ROOF_JOIN_OBSTACLE_COUNT
} roof_join_obstacle;
const char *roof_join_obstacle_text(roof_join_obstacle obstacle);

/* One row; chip and workload are NULL where there is none. All borrowed. */
typedef struct roof_join {
    const roof_measurement *row;
    const roof_chip *chip;
    const roof_workload *workload;
} roof_join;

/* What stands in the way before any arithmetic (never NO_PEAK, NO_FIT or REFUSED). */
roof_join_obstacle roof_join_check(const roof_join *join);
/* What a refusal of the run amounts to; NONE for ROOF_OK. */
roof_join_obstacle roof_join_refusal(roof_code code);

/* The run at batch 1. Language models: all chips hold the model together; output tokens are those of decoding
 * at the length of the prompt where the row says it ("in 1024 ..."), else at a context of one token. Others:
 * one chip, since several share inferences, each its own. */
roof_request roof_join_request(const roof_join *join);
/* True if both requests expand to the same layers on the same machine. */
bool roof_join_same_run(const roof_prediction *prediction, const roof_join *join,
                        const roof_request *request);

/* The tokens of "in 1024 out 128 tokens"; 0 if the row does not say. */
double roof_join_prompt(const roof_measurement *row);
double roof_join_output(const roof_measurement *row);
bool roof_join_is_prefill(const roof_measurement *row);

/* The batch of one pass; NaN if the row does not say and nothing tells it: latency is that of one inference,
 * or of eight in MLPerf's MultiStream. */
double roof_join_batch(const roof_measurement *row);

/* What the row would say, in its metric's unit, if a pass of the batch took so long. */
double roof_join_as_measured(const roof_prediction *prediction, const roof_measurement *row, double batch,
                             double seconds);
/* The seconds that a pass of the batch took, by the row: the inverse of roof_join_as_measured. */
double roof_join_seconds(const roof_prediction *prediction, const roof_measurement *row, double batch);

#ifdef __cplusplus
}
#endif
#endif
