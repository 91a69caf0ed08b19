/* How much an answer hangs on each figure of the chip, and which figure would turn a verdict. */
#ifndef CHIPROOF_COMPARE_SENSITIVITY_H
#define CHIPROOF_COMPARE_SENSITIVITY_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/model/variable.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The range that a figure is drawn over: a tenth less and a tenth more. */
#define ROOF_LEAN_STEP 0.1

/* Where, going away from the value in use, another ceiling begins to bind. */
typedef struct roof_turn {
    double value; /* NaN: nowhere within a factor of 2^40 */
    bool refused; /* beyond it the run does not fit */
    roof_ceiling_id ceiling;
} roof_turn;

/* What is known of one variable. Elasticities are d ln(throughput bound) / d ln(value): 1 where it binds, 0
 * where it does not; at a ridge point the two sides differ. */
typedef struct roof_lean {
    roof_variable variable;
    double value;        /* in use, SI, of one chip; NaN if nothing is published */
    double below, above; /* elasticity towards less and towards more; NaN where it cannot be less */
    double at_less,
        at_more; /* throughput with a tenth less and more (a chip less and more); NaN if refused */
    roof_turn down, up;
    size_t sources;         /* how many published values there are at the chip's level */
    double low, high;       /* the least and the greatest of them */
    double at_low, at_high; /* throughput with those */
    bool doubtful;          /* unverified, an estimate, only bracketed, or one of several that disagree */
    double movement; /* |ln| of how far the doubt moves the throughput: over the sources' range, or where
                        they give none over a tenth less and more */
    /* Of what is not published: the throughput is another if the value is below (or above) this; NaN if no
     * value changes it. */
    double threshold;
    bool above_threshold;
    /* Beside another run (roof_verdict_find): with this value the two are equal; NaN if no value does it. */
    double flip;
    bool flips_above; /* the order turns above it, else below */
} roof_lean;

typedef struct roof_sensitivity {
    const roof_prediction *run; /* borrowed */
    roof_lean
        rows[ROOF_VARIABLE_COUNT]; /* published ones first, by the greater elasticity; then missing ones */
    size_t published, count;
    const roof_lean
        *doubt; /* the doubtful one with the greatest movement above nothing; NULL if there is none */
    /* Energy is power x time: its elasticity to the power is 1, and to every other figure that of the time,
     * less 1 for the number of chips, which all draw. NULL if no power is published. */
    const roof_value *power;
    double power_low, power_high; /* W, of the sources */
} roof_sensitivity;

/* Errors: the refusal of the run. */
roof_code roof_sensitivity_find(const roof_prediction *run, roof_sensitivity *out, roof_error *error);

/* The doubt of that alone, without looking where other ceilings bind: false if there is none, or the run is
 * refused. */
bool roof_sensitivity_doubt(const roof_prediction *run, roof_lean *out);

/* Two runs of one workload: who is ahead, and which figure of either would turn it. */
typedef struct roof_verdict {
    roof_sensitivity sides[2];
    int ahead;    /* 0 or 1; -1 if they are equal */
    double ratio; /* throughput of the second over the first */
    /* The figure, and whose, that has to change by the least factor; NULL if none alone turns it. */
    const roof_lean *nearest;
    int nearest_side;
} roof_verdict;

/* Errors: the refusal of a run, NO_ROOT, NO_MEMORY. */
roof_code roof_verdict_find(const roof_prediction *a, const roof_prediction *b, roof_verdict *out,
                            roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
