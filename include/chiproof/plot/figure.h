/* A figure: what is to be seen, in numbers and words, before any program draws it.
 *
 * A figure borrows everything it points to; all of it can be const and static. Zero is a usable value of
 * every member: a zeroed roof_axis is a linear axis whose range is found from the data, a zeroed roof_series
 * a solid line.
 *
 * What is left out is said: a point without a finite place, or at or below zero on a log axis, or outside the
 * range that the caller set, is not drawn but counted, and the footer gets "3 points not shown: ...". A
 * figure in which nothing can be drawn still has its frame, with the reason in it.
 *
 * Text may come from anywhere: it is cleaned, measured, shortened where it must be, and quoted by the script
 * layer. */
#ifndef CHIPROOF_PLOT_FIGURE_H
#define CHIPROOF_PLOT_FIGURE_H

#include <stdbool.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum roof_scale { ROOF_SCALE_LINEAR, ROOF_SCALE_LOG } roof_scale;

/* How the numbers on an axis are written. */
typedef enum roof_tick_style {
    ROOF_TICKS_PLAIN, /* 0.1, 1, 10; the unit stands in the axis label */
    ROOF_TICKS_SI,    /* 10 TOPS, 500 GB/s: prefix and unit on every tick */
    ROOF_TICKS_NAMED  /* the words in `names`, for bars and cells */
} roof_tick_style;

typedef struct roof_tick {
    double position;
    const char *label;
} roof_tick;

typedef struct roof_axis {
    const char *label; /* "Arithmetic intensity"; NULL: none */
    const char *unit;  /* "op/B", "OPS" (written with an SI prefix under ROOF_TICKS_SI); NULL: none */
    roof_scale scale;
    double min, max; /* used if min < max (and min > 0 on a log axis), else found from the data */
    roof_tick_style ticks;
    const roof_tick *names; /* for ROOF_TICKS_NAMED */
    size_t name_count;
} roof_axis;

typedef enum roof_series_kind {
    ROOF_SERIES_LINE,         /* (x, y) joined; a point that cannot be drawn interrupts the line */
    ROOF_SERIES_MARKS,        /* filled points, with an interval where one is given */
    ROOF_SERIES_HOLLOW_MARKS, /* the same, hollow: for what is predicted or doubtful, or for ridge points */
    ROOF_SERIES_BAND,         /* the area between ylow and yhigh over x */
    ROOF_SERIES_BARS,         /* upright bars from zero (the frame on a log axis) to y at x */
    ROOF_SERIES_ROWS,         /* lying bars from zero to x at y */
    ROOF_SERIES_CELLS,        /* rectangles xlow..xhigh by ylow..yhigh, filled as strongly as `shade` says */
    ROOF_SERIES_TEXT          /* only the labels, centred on their points */
} roof_series_kind;

/* An interval (p10 to p90) is drawn where low < high; zeros or NaN mean that there is none. An end beyond the
 * frame is drawn up to the frame. */
typedef struct roof_point {
    double x, y;
    double xlow, xhigh, ylow, yhigh;
    double shade;      /* CELLS only: 0 (faint) to 1 (full) */
    const char *label; /* NULL: none. On a LINE it is set along the segment that starts at this point (that
                        * ends here, for the last point), as near to it as there is room */
} roof_point;
/* A point without an interval, for C initialisers: ROOF_POINT(1, 2, "label"). */
#define ROOF_POINT(x_, y_, label_) \
    { \
        (x_), (y_), 0, 0, 0, 0, 0, (label_) \
    }

/* Colours are places in a palette safe for the colour-blind; marks and dashes repeat the distinction for a
 * photocopy. Indices wrap around. */
enum { ROOF_COLOR_COUNT = 8, ROOF_COLOR_INK = -1, ROOF_COLOR_MUTED = -2 };
enum {
    ROOF_DASH_SOLID,
    ROOF_DASH_DASHED,
    ROOF_DASH_DOTTED,
    ROOF_DASH_DASHDOT,
    ROOF_DASH_LONG,
    ROOF_DASH_COUNT
};
enum {
    ROOF_MARK_BY_COLOR,
    ROOF_MARK_CIRCLE,
    ROOF_MARK_SQUARE,
    ROOF_MARK_TRIANGLE,
    ROOF_MARK_DIAMOND,
    ROOF_MARK_DOWN,
    ROOF_MARK_PENTAGON,
    ROOF_MARK_COUNT
};
enum {
    ROOF_PATTERN_SOLID,
    ROOF_PATTERN_CROSSED,
    ROOF_PATTERN_RISING,
    ROOF_PATTERN_FALLING,
    ROOF_PATTERN_COUNT
};

typedef struct roof_series {
    const char *label; /* in the legend; NULL: not in the legend */
    roof_series_kind kind;
    int color;        /* 0.., or ROOF_COLOR_INK, ROOF_COLOR_MUTED */
    int dash;         /* ROOF_DASH_... of a LINE */
    int mark;         /* ROOF_MARK_...; of a LINE: set on its sample in the legend unless BY_COLOR */
    int pattern;      /* ROOF_PATTERN_... of BARS, ROWS and CELLS */
    double width;     /* of BARS and ROWS in axis units; 0: 0.7 */
    double thickness; /* factor on line width and mark size; 0: 1 */
    double reach;     /* of MARKS: pixels that a label may stand away from its point, and it is no loss if it
                       * finds     no room there; 0: as far as it must, and those without room are counted */
    const roof_point *points;
    size_t count;
} roof_series;

typedef enum roof_align { ROOF_ALIGN_LEFT, ROOF_ALIGN_CENTER, ROOF_ALIGN_RIGHT } roof_align;

/* Words at a place. The labels of points keep clear of them. */
typedef struct roof_annotation {
    double x, y;
    bool in_frame; /* x and y run from 0 to 1 over the frame instead of being data */
    roof_align align;
    const char *text;
} roof_annotation;

typedef enum roof_legend {
    ROOF_LEGEND_AUTO, /* the first corner that hides nothing, else to the right of the frame */
    ROOF_LEGEND_NONE,
    ROOF_LEGEND_RIGHT,
    ROOF_LEGEND_BOTTOM_RIGHT,
    ROOF_LEGEND_TOP_LEFT,
    ROOF_LEGEND_TOP_RIGHT,
    ROOF_LEGEND_BOTTOM_LEFT
} roof_legend;

typedef struct roof_figure {
    const char *title, *subtitle, *footer; /* NULL: none. The footer is wrapped */
    int width,
        height; /* pixels (1/72 inch in PDF), or columns and rows of a text terminal; 0: the terminal's own */
    roof_axis x, y;
    const roof_series *series;
    size_t series_count;
    const roof_annotation *annotations;
    size_t annotation_count;
    roof_legend legend;
    const char *empty_reason; /* shown in an empty frame; NULL: "there is nothing to draw" */
} roof_figure;

#ifdef __cplusplus
}
#endif
#endif
