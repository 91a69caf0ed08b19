/* The tree of pooled parameters: chips within vendors within classes within all. */
#ifndef EFFICIENCY_POOL_H
#define EFFICIENCY_POOL_H

#include "chiproof/efficiency/cells.h"

/* A class, a vendor within a class, or a chip; names are borrowed from the chips. */
typedef struct pool_node {
    roof_pool_level level;
    const char *chip_class, *vendor, *chip; /* "" above its level */
    int parent;                             /* place among the nodes; -1 for all */
    size_t cells;                           /* at or below it */
    int parameter[ROOF_COORDINATE_COUNT];   /* place of its parameter, or -1 */
} pool_node;

typedef struct pool {
    pool_node *nodes; /* children before parents; the last is all */
    size_t node_count;
    int *node_of;  /* each cell's chip */
    size_t *start; /* first parameter that each can touch: see envelope.h */
    double *prior_mean, *prior_precision;
    size_t parameter_count;
    const char **classes; /* sorted */
    size_t class_count;
    int *class_of; /* each cell's class */
} pool;

/* Builds the tree over the cells (sorted by chip, as roof_cells_build leaves them). Release with pool_free
 * whatever came of it. Errors: NO_MEMORY. */
roof_code pool_make(const roof_cells *cells, pool *out, roof_error *error);
void pool_free(pool *tree);

/* The coordinates of a node: the sum of its parameters and those above. */
void pool_coordinates(const pool *tree, const double *parameters, int node, double x[ROOF_COORDINATE_COUNT]);

#endif
