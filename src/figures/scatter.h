/* Private to the figures: chips as marks on a plane. Colour is the class, shape the level, and a hollow mark
 * rests on a value that nobody has verified. */
#ifndef CHIPROOF_SRC_SCATTER_H
#define CHIPROOF_SRC_SCATTER_H

#include "builder.h"

/* One mark. */
typedef struct roof_dot {
    const roof_chip *chip;
    double x, y;
    bool doubtful;
    double merit;     /* the greater, the sooner it gets its name */
    const char *note; /* follows the name; NULL: nothing */
    bool front;       /* is always named */
} roof_dot;

typedef struct roof_scatter {
    roof_dot *dots;
    size_t count, room;
    bool by_shape; /* shapes are the level; else `mark` is that of all */
    int mark;
    bool log_x, log_y;
} roof_scatter;

/* What is wanted of every chip of the catalogue. */
roof_dot *roof_scatter_add(roof_builder *b, roof_scatter *scatter);
/* Adds the marks and what the legend needs; names those pointed out (the others are then muted), else as many
 * as stand apart. False where there is no mark. */
bool roof_scatter_draw(roof_builder *b, const roof_figure_request *request, roof_scatter *scatter);
/* The part of the legend that scatters of one figure share: classes, levels, hollow marks. */
void roof_scatter_legend(roof_builder *b, const roof_figure_request *request, const roof_scatter *scatter);

/* "12 chips not shown: no TDP." */
void roof_put_missing(roof_buffer *out, size_t count, const char *what);
/* The colour of a chip's class. */
int roof_class_color(const roof_chip *chip);
/* "data-centre ASIC" for "datacenter-asic"; other words as they are. */
const char *roof_class_label(const char *chip_class);
/* True if the request names the chip. */
bool roof_is_named(const roof_figure_request *request, const roof_chip *chip);

#endif
