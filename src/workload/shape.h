/* The shape of one tensor of one inference: [channels, height, width] for images, [tokens, channels] for
 * sequences, [features] for vectors; up to four dimensions, none of them a batch. */
#ifndef WORKLOAD_SHAPE_H
#define WORKLOAD_SHAPE_H

#include <stdbool.h>
#include <stddef.h>

enum { ROOF_RANK_LIMIT = 4 };
#define ROOF_DIMENSION_LIMIT 2147483647.0
/* Whole numbers below this are exact in a double, and so is every product or sum of whole numbers that stays
 * below. */
#define ROOF_EXACT_LIMIT 9007199254740992.0

typedef struct roof_shape {
    int rank; /* 0: no tensor */
    double dims[ROOF_RANK_LIMIT];
} roof_shape;

double roof_shape_elements(const roof_shape *shape);
bool roof_shape_equal(const roof_shape *a, const roof_shape *b);
/* Dimensions of which one is 1 stretch to the other; false where they disagree or the ranks do. `a` becomes
 * the result. */
bool roof_shape_broadcast(roof_shape *a, const roof_shape *b);
/* Channels: the first of three or four dimensions, the last of one or two. */
double roof_shape_channels(const roof_shape *shape);
/* "3x224x224". Returns `text`. */
const char *roof_shape_text(const roof_shape *shape, char *text, size_t size);
enum { ROOF_SHAPE_TEXT = 64 };

#endif
