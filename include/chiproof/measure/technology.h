/* Published tables of process technology: how the energy of logic falls from node to node, and what single
 * operations and memory accesses cost. Tab-separated, as tables of measurements are
 * (chiproof/measure/measure.h); the header line says which of the two a table is. */
#ifndef CHIPROOF_MEASURE_TECHNOLOGY_H
#define CHIPROOF_MEASURE_TECHNOLOGY_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* High performance and low power: the two kinds of transistor that are tabulated. */
typedef enum roof_node_kind { ROOF_NODE_HP, ROOF_NODE_LP } roof_node_kind;

/* One node's energy at the supply voltage V, in a unit that all nodes share: a2 V^2 + a1 V + a0 (Stillmaker
 * and Baas 2017, doi:10.1016/j.vlsi.2017.02.002). Only ratios of two of them mean anything. */
typedef struct roof_node {
    double node_m;
    roof_node_kind kind;
    double a2, a1, a0;
    double vdd_v; /* nominal */
    const char *source;
} roof_node;

/* What one operation or access costs. Strings are borrowed from the technology. */
typedef struct roof_operation_cost {
    const char *operation;  /* "multiply", "add" or "read" */
    const char *name;       /* a format ("int8") or a memory ("SRAM 1 MB", "HBM") */
    double node_m, vdd_v;   /* NaN if not given (external memory is not scaled with the node) */
    double least_j, most_j; /* of one operation; of one byte read */
    const char *source, *note;
} roof_operation_cost;

enum { ROOF_NODES = 64, ROOF_OPERATION_COSTS = 128 }; /* more are a fault */

/* Everything that was read. Start with ROOF_TECHNOLOGY_EMPTY; release with roof_technology_free. */
typedef struct roof_technology {
    roof_node nodes[ROOF_NODES];
    size_t node_count;
    roof_operation_cost costs[ROOF_OPERATION_COSTS];
    size_t cost_count;
    roof_arena arena;
} roof_technology;
#define ROOF_TECHNOLOGY_EMPTY \
    { \
        .node_count = 0 \
    }

/* Adds the rows of a table. Faults go to `report` (may be NULL), and their rows are left out. A node and
 * kind, or an operation, name and node, stand once only. Errors: SYNTAX (no UTF-8, no known header), INVALID
 * (faulty rows), NO_MEMORY. */
roof_code roof_technology_parse(const char *text, size_t length, const char *file,
                                roof_technology *technology, roof_report *report, roof_error *error);
/* The same from a file. Errors also: IO. */
roof_code roof_technology_load(const char *path, roof_technology *technology, roof_report *report,
                               roof_error *error);
/* Releases what was read and empties *technology, which may be NULL. */
void roof_technology_free(roof_technology *technology);

#ifdef __cplusplus
}
#endif
#endif
