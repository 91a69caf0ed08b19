/* Predictions of every cell by fits that have not seen it: networks, chips or vendors are left out in turn.
 */
#ifndef EFFICIENCY_FOLDS_H
#define EFFICIENCY_FOLDS_H

#include "chiproof/efficiency/backtest.h"
#include "chiproof/efficiency/calibration.h"
#include "efficiency/fit.h"

typedef struct fold_score {
    double log_seconds; /* predicted */
    double sd;          /* of ln t by parameters and residual, not widened */
} fold_score;

/* The chip, network or vendor of a cell. */
const char *folds_name(const roof_cell *cell, roof_fold_kind kind);

/* Leaves out what the cells' chip, network or vendor names, at most `folds` groups of them at a time (0: one
 * name at a time), and fills in scores[i] for every cell from the fit that left it out. Fits begin where
 * `self` is and leave it there. Errors: NO_MEMORY, INVALID. */
roof_code folds_score(fit *self, roof_fold_kind kind, size_t folds, const roof_progress *progress,
                      fold_score *scores, roof_error *error);

#endif
