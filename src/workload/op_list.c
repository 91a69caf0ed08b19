#include "workload/op_list.h"

#include <string.h>

#include "workload/shape.h"

static bool is_exact(double count, double repeat)
{
    return count >= 0 && count * repeat < ROOF_EXACT_LIMIT;
}

static bool counts_are_exact(const roof_op *op)
{
    const double counts[] = {
        op->macs,           op->other_ops,       op->weights_stored, op->weights_read, op->weights_gathered,
        op->input_elements, op->output_elements, op->cache_read,     op->cache_written};
    for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++)
        if (!is_exact(counts[i], op->repeat)) return false;
    return true;
}

static bool grow(roof_op_list *list)
{
    if (list->length < list->capacity) return true;
    size_t capacity = list->capacity ? 2 * list->capacity : 64;
    roof_op *items = roof_arena_calloc(list->arena, capacity, sizeof *items);
    if (!items) return false;
    if (list->length > 0) memcpy(items, list->items, list->length * sizeof *items);
    list->items = items;
    list->capacity = capacity;
    return true;
}

bool roof_op_list_add(roof_op_list *list, const roof_op *op, const char **why)
{
    roof_op copy = *op;
    if (copy.repeat == 0) copy.repeat = 1;
    *why = NULL;
    if (list->length == ROOF_OP_LIMIT) *why = "the network has more than 20000 operations";
    else if (!counts_are_exact(&copy))
        *why = "a count of this operation reaches 2^53, beyond which it would not be exact";
    else if (list->macs + copy.macs * copy.repeat >= ROOF_EXACT_LIMIT ||
             list->other_ops + copy.other_ops * copy.repeat >= ROOF_EXACT_LIMIT ||
             list->weights_stored + copy.weights_stored * copy.repeat >= ROOF_EXACT_LIMIT ||
             list->weights_read + copy.weights_read * copy.repeat >= ROOF_EXACT_LIMIT)
        *why = "with this operation a sum of the network reaches 2^53, beyond which it would not be exact";
    if (*why || !grow(list)) return false;
    list->items[list->length++] = copy;
    list->macs += copy.macs * copy.repeat;
    list->other_ops += copy.other_ops * copy.repeat;
    list->weights_stored += copy.weights_stored * copy.repeat;
    list->weights_read += copy.weights_read * copy.repeat;
    list->layers += copy.repeat;
    return true;
}
