/* Which points want a label, and which comes first. */
#include <math.h>
#include <stdlib.h>

#include "labels.h"

static void add_job(roof_placing *placing, const roof_series *series, size_t index)
{
    const roof_view *view = placing->view;
    const roof_point *point = &series->points[index];
    roof_job job = {series, point, index, 0, placing->job_count, 0, 0};
    if (series->kind != ROOF_SERIES_CELLS) {
        job.x = roof_view_x(view, point->x);
        job.y = roof_view_y(view, point->y);
        /* Beyond the interval of a bar, and beside that of a point. */
        if (series->kind == ROOF_SERIES_BARS) {
            double top = roof_interval_given(point->ylow, point->yhigh) && point->yhigh > point->y
                             ? point->yhigh
                             : point->y;
            job.y = roof_view_y(view, roof_axis_clamp(&view->y, top));
        }
        if (series->kind == ROOF_SERIES_ROWS) {
            double end = roof_interval_given(point->xlow, point->xhigh) && point->xhigh > point->x
                             ? point->xhigh
                             : point->x;
            job.x = roof_view_x(view, roof_axis_clamp(&view->x, end));
        }
    }
    placing->jobs[placing->job_count++] = job;
}

size_t roof_jobs_count(const roof_figure *figure)
{
    size_t count = 0;
    for (size_t s = 0; s < figure->series_count; s++)
        for (size_t i = 0; i < figure->series[s].count; i++)
            count += figure->series[s].points[i].label != NULL;
    return count;
}

/* Words that cannot move come first, then those along lines, then marks, the most crowded first; hollow marks
 * last. */
static int rank_of(const roof_job *job)
{
    switch (job->series->kind) {
    case ROOF_SERIES_CELLS:
    case ROOF_SERIES_TEXT: return 0;
    case ROOF_SERIES_LINE: return 1;
    case ROOF_SERIES_HOLLOW_MARKS: return 3;
    default: return 2;
    }
}

static int compare_jobs(const void *left, const void *right)
{
    const roof_job *a = left, *b = right;
    if (rank_of(a) != rank_of(b)) return rank_of(a) - rank_of(b);
    if (rank_of(a) >= 2 && a->crowding != b->crowding) return a->crowding > b->crowding ? -1 : 1;
    return a->order < b->order ? -1 : 1;
}

void roof_jobs_collect(roof_placing *placing)
{
    const roof_view *view = placing->view;
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        for (size_t i = 0; i < series->count; i++) {
            const char *label = series->points[i].label;
            if (label && *label && roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN)
                add_job(placing, series, i);
        }
    }
    for (size_t i = 0; i < placing->job_count; i++)
        for (size_t j = 0; j < placing->job_count; j++) {
            const roof_job *a = &placing->jobs[i], *b = &placing->jobs[j];
            if (i != j && fabs(a->x - b->x) < 90 && fabs(a->y - b->y) < 24) placing->jobs[i].crowding++;
        }
    qsort(placing->jobs, placing->job_count, sizeof *placing->jobs, compare_jobs);
}
