/* All figures: a table of what there is, what each one takes, and how it is made.
 *
 * A figure is made from chips, runs and options that the caller has opened; it computes what it shows through
 * the layers below and never reads a file. What cannot be shown is counted in its footer ("12 chips not
 * shown: no TDP"), and a figure in which nothing can be shown has its frame with the reason in it. Values
 * that nobody has verified are drawn hollow. */
#ifndef CHIPROOF_FIGURES_FIGURES_H
#define CHIPROOF_FIGURES_FIGURES_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/compare/compare.h"
#include "chiproof/efficiency/backtest.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/efficiency/join.h"
#include "chiproof/plot/figure.h"

#ifdef __cplusplus
extern "C" {
#endif

/* A figure and everything it points to but the names of chips and workloads, which it borrows. */
typedef struct roof_drawn_figure roof_drawn_figure;
const roof_figure *roof_drawn_figure_of(const roof_drawn_figure *drawn);
void roof_drawn_figure_free(roof_drawn_figure *drawn);

/* What a figure is made from. */
typedef struct roof_figure_request {
    const roof_chip *const *chips; /* those named, or the figure's own; on a figure of the whole catalogue
                                      those to point out */
    size_t chip_count;
    const roof_chip *const *catalogue; /* all that may be shown; only figures that take it look at it */
    size_t catalogue_count;
    const roof_event *events; /* the runs */
    size_t event_count;
    const roof_calibration *calibration; /* figures of runs then show what to expect (p10, p50, p90), else
                                            bounds; may be NULL */
    const roof_join *joins;              /* published results; only figures that take them look at them */
    size_t join_count;
    const roof_backtest *backtest; /* only the figure that takes scores looks at it */
    const char *x, *y;             /* what the axes of PARETO are (roof_quantity_parse); NULL: its own */
    bool has_precision;            /* else int8, or what the chips have in common */
    roof_precision precision;      /* of the peaks in figures without runs */
    bool layers;                   /* BREAKDOWN: layer by layer */
    bool precisions;               /* ROOFLINE: one chip at each precision that it has a dense peak at */
    bool latin;         /* the drawing has no Chinese characters: names that hold some give way to ids */
    const char *footer; /* follows the figure's own notes; copied */
} roof_figure_request;

enum {
    ROOF_TAKES_CHIPS = 1,     /* chips, `least` to `most` of them */
    ROOF_TAKES_CATALOGUE = 2, /* all chips; those named are pointed out */
    ROOF_TAKES_RUNS = 4,      /* networks, up to `most_runs` */
    ROOF_TAKES_LLM = 8,       /* the network must be a language model */
    ROOF_TAKES_RESULTS = 16,  /* published results of the chips */
    ROOF_TAKES_SCORES = 32,   /* scores of a backtest: some seconds, so that `all` leaves it out */
    ROOF_TAKES_COSTS = 64     /* runs whose requests ask for the dynamic energy, with its technology */
};

typedef struct roof_figure_kind {
    const char *name, *summary; /* "batch", "throughput over the batch, and where chips change places" */
    unsigned takes;
    size_t least, most;        /* chips that may be named */
    size_t most_runs;          /* 0: any number */
    const char *const *chips;  /* ids drawn when none are named, NULL-terminated; NULL: none */
    const char *const *models; /* ids run when none are named, NULL-terminated; NULL: the default set */
    /* *out is NULL on failure. Errors: NO_MEMORY, INVALID (an axis that is none), UNSUPPORTED. */
    roof_code (*make)(const roof_figure_request *request, roof_drawn_figure **out, roof_error *error);
    roof_phase phase; /* of language models, when none is asked for; WHOLE: decode */
    double batch;     /* when none is asked for; 0: 1 */
} roof_figure_kind;

/* The table, in the order in which `all` draws. */
const roof_figure_kind *roof_figure_kinds(size_t *count);
/* The row of that name, or NULL. */
const roof_figure_kind *roof_figure_kind_find(const char *name);

#ifdef __cplusplus
}
#endif
#endif
