/* The growing list of a network's operations, each count of which is a whole number that a double holds
 * exactly. */
#ifndef WORKLOAD_OP_LIST_H
#define WORKLOAD_OP_LIST_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/workload/workload.h"

enum { ROOF_OP_LIMIT = 20000 };

typedef struct roof_op_list {
    roof_arena *arena;
    roof_op *items;
    size_t length, capacity;
    double macs, other_ops, weights_stored, weights_read; /* sums, repeats included */
    double layers;                                        /* sum of the repeats */
} roof_op_list;

/* Adds a copy; repeat 0 is taken as 1. On failure `*why` is a phrase for the user, or NULL when memory ran
 * out. */
bool roof_op_list_add(roof_op_list *list, const roof_op *op, const char **why);

#endif
