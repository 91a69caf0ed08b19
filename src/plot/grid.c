/* Which parts of the drawing are taken: a coarse raster, good enough to keep words apart. */
#include <math.h>
#include <stdint.h>

#include "plot.h"

bool roof_grid_make(roof_grid *grid, roof_arena *arena, bool cells, double width, double height)
{
    grid->cell = cells ? 1 : 3;
    grid->columns = (size_t)ceil(width / grid->cell) + 1;
    grid->rows = (size_t)ceil(height / grid->cell) + 1;
    grid->cells = roof_arena_calloc(arena, grid->columns, grid->rows);
    return grid->cells != NULL;
}

static unsigned char *cell_at(const roof_grid *grid, double x, double y)
{
    if (!(x >= 0) || !(y >= 0)) return NULL;
    double column = floor(x / grid->cell), row = floor(y / grid->cell);
    if (column >= (double)grid->columns || row >= (double)grid->rows) return NULL;
    return &grid->cells[(size_t)row * grid->columns + (size_t)column];
}

/* Walks over sample points of a slab, half a cell apart. */
typedef struct roof_walk {
    roof_slab slab;
    double ux, uy, step_x, step_y;
    size_t across, up, i;
} roof_walk;

static roof_walk walk_start(const roof_grid *grid, roof_slab slab)
{
    double angle = slab.angle * 3.14159265358979323846 / 180;
    roof_walk walk = {slab, cos(angle), sin(angle), 0, 0, 0, 0, 0};
    /* Edges that only touch do not overlap. */
    double width = slab.width > 0.1 ? slab.width - 0.1 : 0,
           height = slab.height > 0.1 ? slab.height - 0.1 : 0;
    walk.across = (size_t)ceil(width / (grid->cell / 2)) + 1;
    walk.up = (size_t)ceil(height / (grid->cell / 2)) + 1;
    walk.step_x = walk.across > 1 ? width / (double)(walk.across - 1) : 0;
    walk.step_y = walk.up > 1 ? height / (double)(walk.up - 1) : 0;
    walk.slab.width = walk.across > 1 ? width : 0;
    walk.slab.height = walk.up > 1 ? height : 0;
    return walk;
}

static bool walk_next(roof_walk *walk, double *x, double *y)
{
    if (walk->i == walk->across * walk->up) return false;
    double along = (double)(walk->i % walk->across) * walk->step_x - walk->slab.width / 2;
    double above = (double)(walk->i / walk->across) * walk->step_y - walk->slab.height / 2;
    *x = walk->slab.cx + along * walk->ux - above * walk->uy;
    *y = walk->slab.cy + along * walk->uy + above * walk->ux;
    walk->i++;
    return true;
}

void roof_grid_take(roof_grid *grid, roof_slab slab, unsigned char how)
{
    double x, y;
    for (roof_walk walk = walk_start(grid, slab); walk_next(&walk, &x, &y);) {
        unsigned char *cell = cell_at(grid, x, y);
        if (cell) *cell = (unsigned char)(*cell | how);
    }
}

size_t roof_grid_cost(const roof_grid *grid, roof_slab slab)
{
    size_t cost = 0;
    double x, y;
    for (roof_walk walk = walk_start(grid, slab); walk_next(&walk, &x, &y);) {
        const unsigned char *cell = cell_at(grid, x, y);
        if (!cell || (*cell & ROOF_TAKEN_HARD)) return SIZE_MAX;
        cost += *cell & ROOF_TAKEN_FIRM ? 6 : *cell & ROOF_TAKEN_SOFT ? 1 : 0;
    }
    return cost;
}

static roof_slab slab_of_line(double x0, double y0, double x1, double y1)
{
    roof_slab slab = {(x0 + x1) / 2, (y0 + y1) / 2, hypot(x1 - x0, y1 - y0), 0,
                      atan2(y1 - y0, x1 - x0) * 180 / 3.14159265358979323846};
    return slab;
}

void roof_grid_take_line(roof_grid *grid, double x0, double y0, double x1, double y1, unsigned char how)
{
    roof_grid_take(grid, slab_of_line(x0, y0, x1, y1), how);
}

size_t roof_grid_line_cost(const roof_grid *grid, double x0, double y0, double x1, double y1)
{
    return roof_grid_cost(grid, slab_of_line(x0, y0, x1, y1));
}

/* Liang and Barsky, "A New Concept and Method for Line Clipping", 1984. */
static bool clip_edge(double direction, double distance, double *enter, double *leave)
{
    if (direction == 0) return distance >= 0;
    double t = distance / direction;
    if (direction < 0 && t > *enter) *enter = t;
    if (direction > 0 && t < *leave) *leave = t;
    return *enter <= *leave;
}

bool roof_box_clip(const roof_box *box, double *x0, double *y0, double *x1, double *y1)
{
    double enter = 0, leave = 1, dx = *x1 - *x0, dy = *y1 - *y0;
    if (!clip_edge(-dx, *x0 - box->x0, &enter, &leave) || !clip_edge(dx, box->x1 - *x0, &enter, &leave) ||
        !clip_edge(-dy, *y0 - box->y0, &enter, &leave) || !clip_edge(dy, box->y1 - *y0, &enter, &leave))
        return false;
    *x1 = *x0 + leave * dx;
    *y1 = *y0 + leave * dy;
    *x0 += enter * dx;
    *y0 += enter * dy;
    return true;
}

static void take_segment(roof_grid *grid, const roof_view *view, double x0, double y0, double x1, double y1)
{
    if (roof_box_clip(&view->frame, &x0, &y0, &x1, &y1))
        roof_grid_take_line(grid, x0, y0, x1, y1, ROOF_TAKEN_SOFT);
}

static void take_line(roof_grid *grid, const roof_view *view, const roof_series *series)
{
    const roof_point *before = NULL;
    for (size_t i = 0; i < series->count; i++) {
        const roof_point *point = &series->points[i];
        if (roof_point_fate(view, series->kind, point) != ROOF_SHOWN) {
            before = NULL;
            continue;
        }
        if (before)
            take_segment(grid, view, roof_view_x(view, before->x), roof_view_y(view, before->y),
                         roof_view_x(view, point->x), roof_view_y(view, point->y));
        before = point;
    }
}

/* With the caps at its ends, which are about ten pixels wide. */
static void take_intervals(roof_grid *grid, const roof_view *view, const roof_point *point)
{
    double x = roof_view_x(view, point->x), y = roof_view_y(view, point->y), cap = view->cells ? 0 : 10;
    if (roof_interval_given(point->ylow, point->yhigh)) {
        double y0 = roof_view_y(view, roof_axis_clamp(&view->y, point->ylow));
        double y1 = roof_view_y(view, roof_axis_clamp(&view->y, point->yhigh));
        roof_slab slab = {x, (y0 + y1) / 2, cap, y1 - y0, 0};
        roof_grid_take(grid, slab, ROOF_TAKEN_FIRM);
    }
    if (roof_interval_given(point->xlow, point->xhigh)) {
        double x0 = roof_view_x(view, roof_axis_clamp(&view->x, point->xlow));
        double x1 = roof_view_x(view, roof_axis_clamp(&view->x, point->xhigh));
        roof_slab slab = {(x0 + x1) / 2, y, x1 - x0, cap, 0};
        roof_grid_take(grid, slab, ROOF_TAKEN_FIRM);
    }
}

static void take_point(roof_grid *grid, const roof_view *view, const roof_series *series,
                       const roof_point *point)
{
    double x = roof_view_x(view, point->x), y = roof_view_y(view, point->y);
    if (series->kind == ROOF_SERIES_BARS || series->kind == ROOF_SERIES_ROWS ||
        series->kind == ROOF_SERIES_CELLS) {
        roof_box box = roof_point_box(view, series, point);
        double x0 = roof_view_x(view, box.x0), x1 = roof_view_x(view, box.x1);
        double y0 = roof_view_y(view, box.y0), y1 = roof_view_y(view, box.y1);
        roof_slab slab = {(x0 + x1) / 2, (y0 + y1) / 2, x1 - x0, y1 - y0, 0};
        roof_grid_take(grid, slab, ROOF_TAKEN_SOFT);
        if (series->kind != ROOF_SERIES_CELLS) take_intervals(grid, view, point);
        return;
    }
    take_intervals(grid, view, point);
    double side = view->cells ? 0 : 2 * roof_series_mark_radius(series);
    roof_slab mark = {x, y, side, side, 0};
    if (series->kind != ROOF_SERIES_TEXT) roof_grid_take(grid, mark, ROOF_TAKEN_HARD);
}

void roof_grid_take_series(roof_grid *grid, const roof_view *view)
{
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        if (series->kind == ROOF_SERIES_LINE) {
            take_line(grid, view, series);
            continue;
        }
        if (series->kind == ROOF_SERIES_BAND) continue; /* words are readable on a band */
        for (size_t i = 0; i < series->count; i++)
            if (roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN)
                take_point(grid, view, series, &series->points[i]);
    }
}

static void take_band(roof_grid *grid, const roof_view *view, const roof_point *a, const roof_point *b)
{
    double x0 = roof_view_x(view, roof_axis_clamp(&view->x, a->x));
    double x1 = roof_view_x(view, roof_axis_clamp(&view->x, b->x));
    double low0 = roof_view_y(view, roof_axis_clamp(&view->y, a->ylow));
    double low1 = roof_view_y(view, roof_axis_clamp(&view->y, b->ylow));
    double high0 = roof_view_y(view, roof_axis_clamp(&view->y, a->yhigh));
    double high1 = roof_view_y(view, roof_axis_clamp(&view->y, b->yhigh));
    int steps = (int)(fabs(x1 - x0) / grid->cell) + 1;
    for (int i = 0; i <= steps; i++) {
        double t = (double)i / steps, x = x0 + t * (x1 - x0);
        roof_grid_take_line(grid, x, low0 + t * (low1 - low0), x, high0 + t * (high1 - high0),
                            ROOF_TAKEN_SOFT);
    }
}

void roof_grid_take_bands(roof_grid *grid, const roof_view *view)
{
    for (size_t s = 0; s < view->figure->series_count; s++) {
        const roof_series *series = &view->figure->series[s];
        for (size_t i = 1; series->kind == ROOF_SERIES_BAND && i < series->count; i++)
            if (roof_point_fate(view, series->kind, &series->points[i - 1]) == ROOF_SHOWN &&
                roof_point_fate(view, series->kind, &series->points[i]) == ROOF_SHOWN)
                take_band(grid, view, &series->points[i - 1], &series->points[i]);
    }
}
