/* Private to the plot layer: the figure with everything decided, ready to be written down.
 *
 * Lengths are in layout units: pixels, or character cells on a text terminal; y grows upwards from the
 * bottom. */
#ifndef CHIPROOF_SRC_PLOT_H
#define CHIPROOF_SRC_PLOT_H

#include <signal.h>

#include "chiproof/base/arena.h"
#include "chiproof/plot/figure.h"
#include "chiproof/plot/script.h"
#include "chiproof/plot/terminal.h"

/* ---- terminal.c ---- */
typedef struct roof_terminal_facts {
    const char *gnuplot_name;
    bool cells;        /* text terminal: the unit of length is a character */
    int width, height; /* when the figure does not say */
    const char *begins,
        *ends; /* what a whole drawing starts and ends with (trailing white space aside); or NULL */
    /* Appends the `set terminal` line. */
    void (*write)(roof_buffer *out, int width, int height, const roof_script_options *options);
} roof_terminal_facts;
const roof_terminal_facts *roof_terminal_facts_of(roof_terminal terminal);

/* ---- escape.c ---- */
/* Appends text as it will be seen: cleaned, at most `limit` characters. NULL counts as "". */
void roof_plot_clean(roof_buffer *out, const char *text, size_t limit);
/* The same as a string in the arena; NULL if memory ran out. */
char *roof_plot_clean_copy(roof_arena *arena, const char *text, size_t limit);
/* Like roof_script_quote, for tick labels, which gnuplot takes for printf formats. */
void roof_script_quote_format(roof_buffer *out, roof_terminal terminal, const char *text);

/* ---- metrics.c ---- */
/* Font sizes, in layout units. */
#define ROOF_SIZE_TITLE 17.0
#define ROOF_SIZE_SUBTITLE 12.5
#define ROOF_SIZE_AXIS 12.0
#define ROOF_SIZE_TICK 11.0
#define ROOF_SIZE_LABEL 10.5
#define ROOF_SIZE_FOOTER 9.0
/* About how wide a line of clean text is; rather too wide than too narrow. */
double roof_plot_text_width(bool cells, double size, const char *text);
double roof_plot_line_height(bool cells, double size);
/* Cuts clean text (in place, ending it in "...") until it is at most that wide. */
void roof_plot_text_fit(bool cells, double size, char *text, double width);

/* ---- axis.c ---- */
typedef struct roof_axis_tick {
    double position;
    const char *label; /* "" for a minor tick */
    bool minor;
} roof_axis_tick;
enum { ROOF_TICK_LIMIT = 160 };
typedef struct roof_axis_view {
    const roof_axis *axis;
    bool log;
    double min, max;
    roof_axis_tick *ticks;
    size_t tick_count;
    double widest;  /* of the tick labels */
    double rotated; /* degrees by which the tick labels are turned */
} roof_axis_view;
/* True if the value has a place on such an axis. */
bool roof_axis_takes(const roof_axis *axis, double value);
/* Settles the range; low and high are the extent of the data (low > high: no data). */
void roof_axis_settle(roof_axis_view *view, const roof_axis *axis, double low, double high, bool from_zero);
/* Fills in the ticks; length is that of the axis in layout units. False if memory ran out. */
bool roof_axis_make_ticks(roof_axis_view *view, roof_arena *arena, bool cells, double length, bool upright);
/* 0 at min, 1 at max. */
double roof_axis_fraction(const roof_axis_view *view, double value);
bool roof_axis_within(const roof_axis_view *view, double value);
double roof_axis_clamp(const roof_axis_view *view, double value);

/* ---- view.c ---- */
typedef struct roof_box {
    double x0, y0, x1, y1;
} roof_box;

/* A text with its place. (x, y) is the middle of its height and, by align, its left end, middle or right end.
 */
typedef struct roof_placed {
    const char *text;
    double x, y, angle; /* degrees */
    roof_align align;
    double size;
    int color;
    bool leader; /* a thin line from the point to the text */
    double from_x, from_y, to_x, to_y;
} roof_placed;

typedef struct roof_omitted {
    size_t not_finite, not_positive, outside, labels;
} roof_omitted;

typedef struct roof_view {
    const roof_figure *figure;
    const roof_script_options *options;
    const roof_terminal_facts *terminal;
    roof_arena *arena;
    bool cells;
    double width, height;
    roof_axis_view x, y;
    roof_box frame;
    roof_legend legend; /* settled: never AUTO */
    roof_box legend_box;
    size_t legend_rows, legend_hidden; /* hidden: series for which there is no row */
    const char *title, *subtitle, *x_label, *y_label;
    const char **footer;
    size_t footer_lines;
    roof_omitted omitted;
    size_t shown; /* how many points are drawn */
    roof_placed *placed;
    size_t placed_count;
} roof_view;

typedef enum roof_fate { ROOF_SHOWN, ROOF_NOT_FINITE, ROOF_NOT_POSITIVE, ROOF_OUTSIDE } roof_fate;
/* Whether a point of that kind is drawn, or why not. Ranges are heeded when view->x.min < view->x.max. */
roof_fate roof_point_fate(const roof_view *view, roof_series_kind kind, const roof_point *point);
bool roof_interval_given(double low, double high);
/* The rectangle of a BARS, ROWS or CELLS point, in data, clamped to the ranges. */
roof_box roof_point_box(const roof_view *view, const roof_series *series, const roof_point *point);
/* Layout position of data: on a text terminal, of the middle of the cell that shows it. */
double roof_view_x(const roof_view *view, double x);
double roof_view_y(const roof_view *view, double y);
/* Decides everything. The view borrows figure, options and arena. */
roof_code roof_view_make(roof_view *view, const roof_figure *figure, const roof_script_options *options,
                         roof_arena *arena, roof_error *error);

/* ---- legend.c ---- */
#define ROOF_LEGEND_SAMPLE(cells) ((cells) ? 5.0 : 30.0)
double roof_legend_width(const roof_view *view);
double roof_legend_row_height(const roof_view *view);
/* Fills legend_rows, at most as many as fit into that height, and legend_hidden. */
void roof_legend_measure(roof_view *view, double height);
/* Settles the place inside the frame; false: no corner is free (only for AUTO). */
bool roof_legend_place_inside(roof_view *view);

/* ---- grid.c: which parts of the drawing are taken ---- */
/* HARD is never covered; FIRM (intervals) only where nothing else is near; SOFT (lines) where it costs
 * little. */
enum { ROOF_TAKEN_HARD = 1, ROOF_TAKEN_SOFT = 2, ROOF_TAKEN_FIRM = 4 };
typedef struct roof_grid {
    unsigned char *cells;
    size_t columns, rows;
    double cell;
} roof_grid;
bool roof_grid_make(roof_grid *grid, roof_arena *arena, bool cells, double width, double height);
/* A rectangle turned by an angle (degrees) about its centre. */
typedef struct roof_slab {
    double cx, cy, width, height, angle;
} roof_slab;
void roof_grid_take(roof_grid *grid, roof_slab slab, unsigned char how);
void roof_grid_take_line(roof_grid *grid, double x0, double y0, double x1, double y1, unsigned char how);
/* How much of the slab is taken, firm counting more; SIZE_MAX if one is hard or off the drawing. */
size_t roof_grid_cost(const roof_grid *grid, roof_slab slab);
size_t roof_grid_line_cost(const roof_grid *grid, double x0, double y0, double x1, double y1);

/* Cuts a segment to the box; false: nothing of it is inside. */
bool roof_box_clip(const roof_box *box, double *x0, double *y0, double *x1, double *y1);
/* Takes the parts of the frame that the series cover: marks hard, lines and fills soft. */
void roof_grid_take_series(roof_grid *grid, const roof_view *view);
/* Takes the bands, softly: words are readable on a band, but a legend is better elsewhere. */
void roof_grid_take_bands(roof_grid *grid, const roof_view *view);

/* ---- labels.c ---- */
/* Finds places for annotations and for the labels of points; counts those that found none. */
roof_code roof_labels_place(roof_view *view, roof_error *error);

/* ---- series.c ---- */
int roof_series_point_type(const roof_series *series, bool hollow);
double roof_series_mark_radius(const roof_series *series);
void roof_series_write_data(const roof_view *view, roof_buffer *out);
void roof_series_write_plot(const roof_view *view, roof_buffer *out);
/* How a line is drawn: colour, dashes, width. */
void roof_series_write_line(const roof_view *view, const roof_series *series, roof_buffer *out);
/* ` lc 3`, ` tc lt 3`, ` fc rgb roof_ink`: a colour with the keyword (lc, tc, fc) it follows. */
void roof_color_write(roof_buffer *out, const char *keyword, int color);
/* The same for lines and marks, with its keyword: ` lc 3`. */
void roof_line_color_write(roof_buffer *out, int color);
/* How a BAND, BARS, ROWS or CELLS series is filled: ` fc lt 1 fs ...`. */
void roof_series_write_fill(const roof_series *series, roof_buffer *out);
/* Boxes that a text terminal fills with characters, those of its legend; gnuplot does not draw them. */
bool roof_series_in_characters(const roof_view *view, const roof_series *series);
/* A number in the C locale's form, whatever the process has set. */
void roof_number_write(roof_buffer *out, double value);

/* ---- process.c ---- */
typedef struct roof_process {
    const char *program;
    const char *const *arguments; /* NULL-terminated, without the program's name */
    const char *folder;           /* where it works; NULL: here */
    const char *stdout_file;      /* path; NULL: /dev/null */
    const char *stderr_file;      /* path; NULL: /dev/null */
    double timeout_s;
    const volatile sig_atomic_t *cancel; /* may be NULL */
    void (*tick)(void *data);            /* called some ten times a second; may be NULL */
    void *data;
} roof_process;
/* How it ended. */
typedef enum roof_end {
    ROOF_END_EXIT,
    ROOF_END_SIGNAL,
    ROOF_END_TIMEOUT,
    ROOF_END_CANCELLED,
    ROOF_END_LOST
} roof_end;
typedef struct roof_process_result {
    roof_end end;
    int number; /* exit code or signal */
} roof_process_result;
/* Starts it, waits, and kills its whole process group on a timeout. Returns 0, or errno if it could not
 * start. */
int roof_process_run(const roof_process *process, roof_process_result *result);

#endif
