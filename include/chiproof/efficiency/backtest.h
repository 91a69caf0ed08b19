/* How good are predictions of what the fit has not seen? Networks, chips or vendors are left out in turn, the
 * model is fitted to the rest, and the results left out are held against its predictions. */
#ifndef CHIPROOF_EFFICIENCY_BACKTEST_H
#define CHIPROOF_EFFICIENCY_BACKTEST_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/efficiency/calibration.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name", "what it tells") */
#define ROOF_FOLD_KINDS(X) \
    X(NETWORK, "network", "a network never measured, on chips that were") \
    X(CHIP, "chip", "a chip never measured") \
    X(VENDOR, "vendor", "a chip of a vendor never measured")
typedef enum roof_fold_kind {
#define X(id, name, text) ROOF_FOLD_##id,
    ROOF_FOLD_KINDS(X)
#undef X
        ROOF_FOLD_KIND_COUNT
} roof_fold_kind;
const char *roof_fold_kind_name(roof_fold_kind kind);
const char *roof_fold_kind_text(roof_fold_kind kind);

/* The score of a group of results. A factor is measured over predicted time or the other way round, whichever
 * is above one. */
typedef struct roof_score {
    roof_fold_kind kind;
    roof_cell_kind of;      /* networks, prefill, decode, end to end */
    const char *chip_class; /* NULL: all classes; borrowed from the chips */
    const char *family;     /* of networks; NULL: all families; borrowed from the workloads */
    size_t cells;
    double median, p90; /* error factor */
    double bias;        /* median of predicted over measured time: above 1 is too slow a prediction */
    double coverage;    /* share of results inside their 80 % interval */
    double width;       /* median of the interval's p90 over its p10 */
    double roofline;    /* median error factor of the bound taken as a prediction */
    double scalar;      /* ... of the bound divided by one efficiency, the best for all results */
} roof_score;

typedef struct roof_backtest {
    roof_score *scores; /* by kind, of, then all classes, each class, each family of all classes */
    size_t count;
    size_t cells;
    double label_noise; /* median factor between two results for one chip, network, batch and mode */
    size_t label_pairs;
} roof_backtest;

/* Scores the model on the cells. `folds` names are left out together (0: one at a time). Interval widths come
 * from the other half of the names, so that coverage is that of intervals that have not seen the result.
 * *out is owned by the caller, NULL on failure. Errors: NO_MEMORY, INVALID. */
roof_code roof_backtest_run(const roof_cells *cells, const bool kinds[ROOF_FOLD_KIND_COUNT], size_t folds,
                            const roof_progress *progress, roof_backtest **out, roof_error *error);
void roof_backtest_free(roof_backtest *backtest);

/* What the scores must keep to: lines of kind, of, class ("all" for all), greatest median, least and greatest
 * coverage, tab-separated, under a header; "-" where there is no limit. Findings of scores past their limits
 * go to `report`, as do faults of the text with their place. Errors: SYNTAX (faults in the text), INVALID
 * (scores past a limit). */
roof_code roof_backtest_check(const roof_backtest *backtest, const char *text, const char *file,
                              roof_report *report, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
