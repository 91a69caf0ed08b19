#include "workload/shape.h"

#include <stdio.h>

double roof_shape_elements(const roof_shape *shape)
{
    double product = 1;
    for (int i = 0; i < shape->rank; i++) product *= shape->dims[i];
    return product;
}

bool roof_shape_equal(const roof_shape *a, const roof_shape *b)
{
    if (a->rank != b->rank) return false;
    for (int i = 0; i < a->rank; i++)
        if (a->dims[i] != b->dims[i]) return false;
    return true;
}

bool roof_shape_broadcast(roof_shape *a, const roof_shape *b)
{
    if (a->rank != b->rank) return false;
    for (int i = 0; i < a->rank; i++) {
        if (a->dims[i] == 1) a->dims[i] = b->dims[i];
        else if (b->dims[i] != 1 && b->dims[i] != a->dims[i]) return false;
    }
    return true;
}

double roof_shape_channels(const roof_shape *shape)
{
    if (shape->rank == 0) return 0;
    return shape->rank >= 3 ? shape->dims[0] : shape->dims[shape->rank - 1];
}

const char *roof_shape_text(const roof_shape *shape, char *text, size_t size)
{
    size_t used = 0;
    if (size > 0) text[0] = '\0';
    for (int i = 0; i < shape->rank && used < size; i++) {
        int n = snprintf(text + used, size - used, i > 0 ? "x%.0f" : "%.0f", shape->dims[i]);
        if (n > 0) used += (size_t)n;
    }
    return text;
}
