/* The calibrated efficiency model: what the fit to the published results left, as a small file. */
#ifndef CHIPROOF_EFFICIENCY_CALIBRATION_H
#define CHIPROOF_EFFICIENCY_CALIBRATION_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/efficiency/cells.h"
#include "chiproof/efficiency/form.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is known of the coordinates of a chip, of a vendor within a class, of a class, or of all: mean and
 * covariance, on the log scale. */
typedef struct roof_profile {
    roof_pool_level level;
    const char *chip_class, *vendor, *chip; /* "" above its level */
    size_t cells, rows;                     /* published results at or below it that were fitted */
    size_t chips;                           /* measured ones at or below it */
    size_t own;                             /* a user's own results that it was conditioned on */
    double mean[ROOF_COORDINATE_COUNT];
    double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT]; /* row-major, symmetric */
} roof_profile;

/* How far results are from predictions. Language models have scales of their own. */
typedef enum roof_sort { ROOF_SORT_NETWORK, ROOF_SORT_LANGUAGE, ROOF_SORT_COUNT } roof_sort;
const char *roof_sort_name(roof_sort sort); /* "networks", "language models" */
typedef struct roof_spread {
    const char *chip_class;
    size_t cells[ROOF_SORT_COUNT];
    double residual[ROOF_SORT_COUNT]; /* standard deviation of ln t beside the parameters' */
    /* By how much the standard deviation must be widened so that 80 % intervals hold 80 % of results that
     * were left out: with whole networks, and with whole chips. */
    double inflation_network[ROOF_SORT_COUNT], inflation_chip[ROOF_SORT_COUNT];
} roof_spread;

/* How the errors of two chips go together on the same network. */
#define ROOF_RELATIONS(X) \
    X(VENDOR, "same vendor and class") \
    X(CLASS, "same class") \
    X(STRANGERS, "different classes")
typedef enum roof_kinship {
#define X(id, name) ROOF_KINSHIP_##id,
    ROOF_RELATIONS(X)
#undef X
        ROOF_KINSHIP_COUNT
} roof_kinship;
const char *roof_kinship_name(roof_kinship kinship);

typedef struct roof_calibration {
    char hash[17];          /* of the data it was fitted to, hexadecimal */
    roof_profile *profiles; /* sorted by class, vendor, chip, with "" first */
    size_t profile_count;
    roof_spread *spreads; /* sorted by class */
    size_t spread_count;
    double correlation[ROOF_KINSHIP_COUNT];
    size_t correlation_pairs[ROOF_KINSHIP_COUNT];
    size_t rows, cells;
    struct roof_arena *arena;
} roof_calibration;

/* Called with the share that is done, 0 to 1, now and then. */
typedef struct roof_progress {
    void (*tell)(void *data, double share);
    void *data;
} roof_progress;

/* Fits the model to the cells: deterministic, some seconds. `progress` may be NULL. *out is owned by the
 * caller, NULL on failure; it holds copies. Errors: NO_MEMORY, INVALID (no cells, or no minimum). */
roof_code roof_calibrate(const roof_cells *cells, const roof_progress *progress, roof_calibration **out,
                         roof_error *error);
void roof_calibration_free(roof_calibration *calibration);

/* FNV-1a, 64 bits, over the numbers that the fit sees (features, times, names) and the form's table: equal
 * for equal data whatever the order of files. */
void roof_cells_hash(const roof_cells *cells, char out[17]);

/* The file. Its text is the same byte for byte for the same data. *text is owned by the caller. Errors:
 * NO_MEMORY. */
roof_code roof_calibration_text(const roof_calibration *calibration, char **text, roof_error *error);
/* Errors: SYNTAX, INVALID (another form, bad numbers), NO_MEMORY; load: also IO. Faults go to `report` (may
 * be NULL). *out is NULL on failure. */
roof_code roof_calibration_parse(const char *text, size_t length, const char *file, roof_report *report,
                                 roof_calibration **out, roof_error *error);
roof_code roof_calibration_load(const char *path, roof_report *report, roof_calibration **out,
                                roof_error *error);

/* Tells the calibration a user's own results (cells that need not be of measured chips, sorted as
 * roof_cells_build leaves them): the coordinates of each chip become what they are given those results,
 * beside what was fitted, not instead of it. A system of one's own may differ from the published ones, so a
 * chip's levels are first freed a little (OWN_SYSTEM_SD); and results far from what is expected count for
 * little, as in the fit, so that wrong ones do little harm. Errors: NO_MEMORY (the calibration is as it was).
 */
roof_code roof_calibration_condition(roof_calibration *calibration, const roof_cells *own, roof_error *error);

/* The nearest profile: of the chip, else of its vendor in its class, else of the class, else of all. Never
 * NULL. */
const roof_profile *roof_calibration_profile(const roof_calibration *calibration, const roof_chip *chip);
/* The spread of a class, or NULL if none of it was measured. */
const roof_spread *roof_calibration_spread(const roof_calibration *calibration, const char *chip_class);

#ifdef __cplusplus
}
#endif
#endif
