/* The claims that spec files keep to be checked, each held against the other figures of its file, of what it
 * compares with, or against the bound of the network it names. */
#ifndef CHIPROOF_COMPARE_CLAIMS_H
#define CHIPROOF_COMPARE_CLAIMS_H

#include <stddef.h>

#include "chiproof/chip/chip.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "what it means") */
#define ROOF_CLAIM_VERDICTS(X) \
    X(CONSISTENT, "consistent", "the published figures allow it") \
    X(SPARSE, "needs sparsity", "above what is dense, and the claim or the chip speaks of zeros") \
    X(IMPOSSIBLE, "impossible", "the published figures do not allow it: it or one of them is wrong") \
    X(UNCHECKED, "not checkable", "there is nothing to hold it against")

typedef enum roof_claim_verdict {
#define X(id, name, text) ROOF_CLAIM_IS_##id,
    ROOF_CLAIM_VERDICTS(X)
#undef X
        ROOF_CLAIM_VERDICT_COUNT
} roof_claim_verdict;
const char *roof_claim_verdict_name(roof_claim_verdict verdict);

/* Why a claim cannot be checked. X(identifier, "text") */
#define ROOF_CLAIM_REASONS(X) \
    X(CHECKED, "checked") \
    X(NO_NUMBER, "it has no number") \
    X(NO_FIGURE, "nothing in a spec file speaks of it") \
    X(NO_BASELINE, "what it compares with is not named, or has no such figure") \
    X(NO_WORKLOAD, "it names no network, or one that has no file") \
    X(OF_A_PART, "it is said of a part of the chip") \
    X(OTHER_LEVEL, "it is said of another level (chip, card...) than the file's figures") \
    X(NO_POWER, "no power is published") \
    X(NO_PEAK, "no dense peak is published at its precision") \
    X(NO_VALUE, "the figure to hold it against is not published") \
    X(NO_RUN, "the model does not cover the run")

typedef enum roof_claim_reason {
#define X(id, text) ROOF_CLAIM_REASON_##id,
    ROOF_CLAIM_REASONS(X)
#undef X
        ROOF_CLAIM_REASON_COUNT
} roof_claim_reason;
const char *roof_claim_reason_text(roof_claim_reason reason);

/* How far above what it is held against a claim may be: rounding of published figures. */
#define ROOF_CLAIM_SLACK 1.05

/* One claim to be checked; baseline and workload are those that it names, or NULL. All borrowed. */
typedef struct roof_claim_case {
    const roof_chip *chip;
    const roof_statement *statement;
    const roof_chip *baseline;
    const roof_workload *workload;
} roof_claim_case;

typedef struct roof_claim_check {
    const roof_chip *chip;
    const roof_statement *statement;
    roof_claim_verdict verdict;
    roof_claim_reason reason;
    double claimed, most; /* in SI, of one chip: what is claimed, and what the figures allow (for a claim that
                             must agree, what they say); NaN if unchecked */
    double share;         /* claimed / most */
    char against[200]; /* what it was held against: "peak.int8 26 TOPS / power.tdp 8.65 W"; "" if unchecked */
    char beside[200];  /* what would make it true, or is known beside; "" if there is nothing to say */
} roof_claim_check;

/* Checks one claim:
 *   - ops per watt against every published dense peak over every published power (typical and TDP), and with
 *     the nearest of them named;
 *   - ops per second, of one or of many chips, or per mm2, against the dense peaks;
 *   - a quantity of the spec (cores, power...), of one chip, of many, or per core, against that field: it
 * must agree within the slack;
 *   - inferences or tokens per second, and per joule, against the bound of the network (at the best batch if
 *     the claim names none) and, per joule, over the least published power;
 *   - a ratio to a named chip against the same ratio of the two specs.
 */
void roof_claim_examine(const roof_claim_case *each, roof_claim_check *out);

/* Counts of many checks. */
typedef struct roof_claim_counts {
    size_t verdicts[ROOF_CLAIM_VERDICT_COUNT];
    size_t reasons[ROOF_CLAIM_REASON_COUNT];
} roof_claim_counts;
roof_claim_counts roof_claim_count(const roof_claim_check *checks, size_t count);

#ifdef __cplusplus
}
#endif
#endif
