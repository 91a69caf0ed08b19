/* Private to the placing of labels: what wants a place, and the state of placing. */
#ifndef CHIPROOF_SRC_PLOT_LABELS_H
#define CHIPROOF_SRC_PLOT_LABELS_H

#include "plot.h"

typedef struct roof_job {
    const roof_series *series;
    const roof_point *point;
    size_t index;    /* of the point in its series */
    size_t crowding; /* how many other points are near */
    size_t order;
    double x, y;
} roof_job;

typedef struct roof_placing {
    roof_view *view;
    roof_grid grid;
    roof_job *jobs;
    size_t job_count;
} roof_placing;

/* How many labels the figure has, shown or not: the room that jobs needs. */
size_t roof_jobs_count(const roof_figure *figure);
/* Fills jobs with the labelled points that are shown, in the order in which they get their places. */
void roof_jobs_collect(roof_placing *placing);

#endif
