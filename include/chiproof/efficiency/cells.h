/* Published results as the fit takes them: one cell for each chip, network, precision, batch, mode and
 * system, with the median of the rows that tell of it; and every row that is left out, with its reason. */
#ifndef CHIPROOF_EFFICIENCY_CELLS_H
#define CHIPROOF_EFFICIENCY_CELLS_H

#include <stddef.h>

#include "chiproof/efficiency/features.h"
#include "chiproof/efficiency/join.h"

#ifdef __cplusplus
extern "C" {
#endif

/* How far above its bound a row may be before it is left out: clocks and rounding. */
#define ROOF_CELL_SLACK 1.05

/* What a cell tells of. Language models are told apart by phase; a request is a prompt and its answer. */
#define ROOF_CELL_KINDS(X) \
    X(NETWORK, "network") \
    X(PREFILL, "prefill") \
    X(DECODE, "decode") \
    X(REQUEST, "end to end")
typedef enum roof_cell_kind {
#define X(id, name) ROOF_CELL_##id,
    ROOF_CELL_KINDS(X)
#undef X
        ROOF_CELL_KIND_COUNT
} roof_cell_kind;
const char *roof_cell_kind_name(roof_cell_kind kind);

typedef struct roof_cell {
    const roof_measurement *row; /* the first of its rows; borrowed */
    const roof_chip *chip;       /* borrowed, as the workload */
    const roof_workload *workload;
    roof_cell_kind kind;
    roof_mode mode;
    double batch, chips, prompt, output; /* tokens: 0 where there are none */
    roof_features features;
    double log_seconds;       /* ln of the seconds of what the features are of: the median */
    double log_bound_seconds; /* ln of the bound on them */
    size_t rows;
} roof_cell;

typedef struct roof_dropped {
    const roof_measurement *row;
    const char *reason; /* borrowed from the row, or static */
} roof_dropped;

typedef struct roof_cells {
    roof_cell *items;
    size_t count;
    roof_dropped *dropped;
    size_t dropped_count;
    size_t rows; /* that were looked at */
} roof_cells;

/* The cleaning rules: what keeps a row out of the fit, in the order in which they are asked, beside the
 * obstacles of roof_join_check and the row's own `use`. A rule's text is the reason that is reported. */
size_t roof_cell_rule_count(void);
const char *roof_cell_rule(size_t index);

/* Reduces joined rows, in any order; cells come sorted by chip, model and precision. `out` is released with
 * roof_cells_free, on failure too. Chips, workloads and measures must outlive it. Errors: NO_MEMORY. */
roof_code roof_cells_build(const roof_join *joins, size_t count, roof_cells *out, roof_error *error);
void roof_cells_free(roof_cells *cells);

#ifdef __cplusplus
}
#endif
#endif
