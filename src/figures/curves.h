/* Private to the figures: curves of throughput along one thing that grows. */
#ifndef CHIPROOF_SRC_CURVES_H
#define CHIPROOF_SRC_CURVES_H

#include "builder.h"
#include "matrix.h"

/* What grows. */
typedef struct roof_curve_axis {
    const char *title, *label;
    const char *unit, *after; /* "from <unit> 8<after>" */
    double least, most;
    double per_octave;             /* places looked at in each doubling */
    bool whole;                    /* only whole numbers are places */
    bool hides_batch, hides_chips; /* that part of the request is the axis itself */
    void (*apply)(roof_request *request, double place);
} roof_curve_axis;

typedef struct roof_curve_line {
    const roof_chip *chip;
    const char *name;
    bool has_plan;
    roof_plan plan;
    int color, dash;
    double thickness;
} roof_curve_line;

enum { ROOF_CURVE_PLACES = 200, ROOF_CURVE_LINES = 16 };

typedef struct roof_curves {
    roof_builder b;
    const roof_figure_request *request;
    const roof_curve_axis *along;
    double least, most;
    double places[ROOF_CURVE_PLACES]; /* rising */
    size_t place_count;
    roof_curve_line lines[ROOF_CURVE_LINES];
    size_t line_count;
    roof_rate *rates;             /* of every line at every place */
    const char *subtitle, *notes; /* more words; NULL: none */
    bool no_crossings;
    bool bounds_only; /* nothing is expected, though there is a calibration */
    bool cut;         /* some line does not fit at one of its ends */
} roof_curves;

/* False: *code says why; there is nothing to release. */
bool roof_curves_start(roof_curves *curves, const roof_figure_request *request, const roof_curve_axis *along,
                       roof_drawn_figure **out, roof_error *error, roof_code *code);
void roof_curves_add(roof_curves *curves, roof_curve_line line);
/* A line for each chip of the request. */
void roof_curves_add_chips(roof_curves *curves);
/* Draws what was added. */
roof_code roof_curves_make(roof_curves *curves, roof_drawn_figure **out, roof_error *error);

#endif
