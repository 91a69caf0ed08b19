/* Private to the figures: what a roofline shows of each chip, before it is drawn. */
#ifndef CHIPROOF_SRC_LANES_H
#define CHIPROOF_SRC_LANES_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/model/predict.h"

/* Where a network lies. */
typedef struct roof_place {
    bool given;
    bool beyond;      /* it lies right of the frame and is shown at its edge */
    double intensity; /* op/B */
    double x, y;      /* in the frame */
    double low, high; /* p10 and p90 of what is expected, whose p50 is y; zeros without a forecast */
} roof_place;

typedef struct roof_lane {
    const roof_chip *chip;
    const roof_prediction *runs;
    const roof_machine *machine; /* NULL: the chip has no usable peak */
    double peak, sparse;         /* of all chips together; sparse is NaN if there is none */
    const char *sparsity;
    double bandwidth[ROOF_CEILING_COUNT]; /* of all chips together; NaN if not published */
    roof_place *places;
} roof_lane;

/* With more chips than this the sparse roofs are left out; with more lanes each network is named at its
 * fastest one only. */
enum { ROOF_LANES_IN_FULL = 4 };

typedef struct roof_lanes {
    roof_lane *items;
    size_t count, runs_per_chip, refused;
    bool one_chip;                           /* all lanes are of one chip, at several precisions */
    bool in_full;                            /* sparse roofs, and the words of every roof */
    double x_least, x_most, y_least, y_most; /* of the frame */
} roof_lanes;

/* Fills *lanes from chip_count x runs_per_chip predictions, both above zero. False: memory ran out. */
bool roof_lanes_make(roof_lanes *lanes, roof_arena *arena, const roof_calibration *calibration,
                     const roof_prediction *predictions, size_t chip_count, size_t runs_per_chip);
/* The higher of the two flat roofs. */
double roof_lane_top(const roof_lane *lane);
/* The intensity at which the fastest memory reaches that height; NaN if no bandwidth is known. */
double roof_lane_first_ridge(const roof_lane *lane, double height);
/* True for figures that cannot be told apart in a drawing. */
bool roof_lanes_same(double a, double b);

/* The precision of all; COUNT if they differ. */
roof_precision roof_lanes_precision(const roof_lanes *lanes);

/* How many chips have the same bandwidth there. */
typedef struct roof_sharing {
    size_t count;
    bool first;    /* this chip is the first of them */
    double height; /* up to which at least two of them share the slope */
} roof_sharing;
roof_sharing roof_lanes_sharing(const roof_lanes *lanes, size_t chip, roof_ceiling_id id);

/* Whether this chip bears the label of that run: chips on which a network lies at the same place share one
 * label, which the last of them bears. *together is how many they are. */
bool roof_lanes_labels_place(const roof_lanes *lanes, size_t chip, size_t run, size_t *together);

#endif
