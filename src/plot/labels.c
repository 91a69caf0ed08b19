/* Places for words: the first free one in a fixed order of tries, so that the same figure gets the same
 * places.
 *
 * A point's label is tried in sixteen directions at growing distances, and one that had to move away gets a
 * thin line back to its point. A line's label is slid along its segment. Places on top of words, marks or the
 * legend are never taken; places on top of lines cost, so that they are taken only where nothing better is
 * near. */
#include <math.h>
#include <stdint.h>

#include "labels.h"

#define PI 3.14159265358979323846

static double label_size(const roof_placing *placing)
{
    (void)placing;
    return ROOF_SIZE_LABEL;
}

static roof_placed *next_place(roof_placing *placing)
{
    return &placing->view->placed[placing->view->placed_count];
}

static double text_height(const roof_placing *placing)
{
    return roof_plot_line_height(placing->view->cells, label_size(placing)) - (placing->view->cells ? 0 : 2);
}

/* A text terminal knows only whole cells: there the words are moved onto them. */
static roof_slab snapped(const roof_view *view, roof_slab slab)
{
    if (!view->cells) return slab;
    slab.cx = floor(slab.cx - slab.width / 2 + 0.5) + slab.width / 2;
    slab.cy = floor(slab.cy) + 0.5;
    return slab;
}

static void put_down(roof_placing *placing, roof_slab slab, const roof_placed *words)
{
    roof_view *view = placing->view;
    roof_placed *placed = next_place(placing);
    slab = snapped(view, slab);
    *placed = *words;
    if (view->cells) {
        placed->align = ROOF_ALIGN_LEFT;
        placed->x = slab.cx - slab.width / 2;
        placed->y = slab.cy;
    }
    view->placed_count++;
    slab.width += view->cells ? 2 : 6; /* words side by side must not read as one */
    roof_grid_take(&placing->grid, slab, ROOF_TAKEN_HARD);
}

/* ---- annotations, and labels that stay on their points ---- */
static double left_of(roof_align align, double x, double width)
{
    return align == ROOF_ALIGN_LEFT ? x : align == ROOF_ALIGN_RIGHT ? x - width : x - width / 2;
}

static bool place_fixed(roof_placing *placing, const char *text, double x, double y, roof_align align,
                        int color, double most)
{
    roof_view *view = placing->view;
    char *clean = roof_plot_clean_copy(view->arena, text, 120);
    if (!clean) return false;
    roof_plot_text_fit(view->cells, label_size(placing), clean, most);
    double width = roof_plot_text_width(view->cells, label_size(placing), clean);
    double left = left_of(align, x, width);
    /* Words that would hang out of the drawing are pulled in. */
    double edge = view->cells ? 0 : 4;
    if (left + width > view->width - edge) x -= left + width - (view->width - edge);
    left = left_of(align, x, width);
    if (left < edge) x += edge - left;
    roof_slab slab = {left_of(align, x, width) + width / 2, y, width, text_height(placing), 0};
    roof_placed placed = {clean, x, y, 0, align, label_size(placing), color, false, 0, 0, 0, 0};
    put_down(placing, slab, &placed);
    return true;
}

static bool place_annotations(roof_placing *placing)
{
    roof_view *view = placing->view;
    for (size_t i = 0; i < view->figure->annotation_count; i++) {
        const roof_annotation *note = &view->figure->annotations[i];
        double x, y;
        if (note->in_frame) {
            x = view->frame.x0 + note->x * (view->frame.x1 - view->frame.x0);
            y = view->frame.y0 + note->y * (view->frame.y1 - view->frame.y0);
        } else {
            if (!roof_axis_takes(view->x.axis, note->x) || !roof_axis_takes(view->y.axis, note->y)) continue;
            x = roof_view_x(view, note->x);
            y = roof_view_y(view, note->y);
        }
        if (!isfinite(x) || !isfinite(y) || x < 0 || x > view->width || y < 0 || y > view->height) {
            view->omitted.labels++;
            continue;
        }
        if (!place_fixed(placing, note->text, x, y, note->align, ROOF_COLOR_MUTED, view->width)) return false;
    }
    return true;
}

static bool place_in_cell(roof_placing *placing, const roof_job *job)
{
    roof_view *view = placing->view;
    roof_box box = roof_point_box(view, job->series, job->point);
    double x0 = roof_view_x(view, box.x0), x1 = roof_view_x(view, box.x1);
    double y0 = roof_view_y(view, box.y0), y1 = roof_view_y(view, box.y1);
    double dots = roof_plot_text_width(view->cells, label_size(placing), "...");
    if (x1 - x0 < dots * 1.5 || (!view->cells && y1 - y0 < text_height(placing) * 0.8)) {
        view->omitted.labels++;
        return true;
    }
    return place_fixed(placing, job->point->label, (x0 + x1) / 2, (y0 + y1) / 2, ROOF_ALIGN_CENTER,
                       ROOF_COLOR_INK, x1 - x0 - (view->cells ? 0 : 4));
}

/* ---- labels along lines ---- */
/* The visible part of the segment a label belongs to, from its own point on. False: nothing is visible. */
static bool segment_of(const roof_placing *placing, const roof_job *job, double ends[4])
{
    const roof_view *view = placing->view;
    if (job->series->count < 2) return false;
    const roof_point *before = job->index > 0 ? job->point - 1 : NULL;
    const roof_point *next = job->index + 1 < job->series->count ? job->point + 1 : NULL;
    /* Where the line is interrupted after this point, as at its last point, the segment before is the one. */
    if (!next || roof_point_fate(view, ROOF_SERIES_LINE, next) != ROOF_SHOWN) next = before;
    if (!next || roof_point_fate(view, ROOF_SERIES_LINE, next) != ROOF_SHOWN) return false;
    ends[0] = roof_view_x(view, job->point->x);
    ends[1] = roof_view_y(view, job->point->y);
    ends[2] = roof_view_x(view, next->x);
    ends[3] = roof_view_y(view, next->y);
    return roof_box_clip(&view->frame, &ends[0], &ends[1], &ends[2], &ends[3]);
}

static bool slab_in_frame(const roof_view *view, roof_slab slab)
{
    if (view->cells) /* the left and the lower side of the frame are cells of their own */
        return slab.cx - slab.width / 2 >= view->frame.x0 + 1 &&
               slab.cx + slab.width / 2 <= view->frame.x1 + 1 && slab.cy >= view->frame.y0 + 1 &&
               slab.cy <= view->frame.y1 + 1;
    double c = fabs(cos(slab.angle * PI / 180)), s = fabs(sin(slab.angle * PI / 180));
    double half_x = (slab.width * c + slab.height * s) / 2, half_y = (slab.width * s + slab.height * c) / 2;
    double inset = 2;
    return slab.cx - half_x >= view->frame.x0 + inset && slab.cx + half_x <= view->frame.x1 - inset &&
           slab.cy - half_y >= view->frame.y0 + inset && slab.cy + half_y <= view->frame.y1 - inset;
}

/* Words on a text terminal cannot be turned: they stand above, below or beside the line. */
static bool try_beside_line(roof_placing *placing, const double ends[4], double width, roof_slab *best)
{
    double best_cost = INFINITY;
    double rising = (ends[2] - ends[0]) * (ends[3] - ends[1]) < 0 ? -1 : 1;
    bool level = fabs(ends[3] - ends[1]) < 1;
    double from = level ? (ends[2] > ends[0] ? width / 2 + 1 : -width / 2 - 1) : 0;
    for (int i = 0; i <= 40; i++)
        for (int side = 1; side >= -1; side -= 2) {
            double x = ends[0] + from + (double)i / 40 * (ends[2] - ends[0] - 2 * from);
            double y = ends[1] + (double)i / 40 * (ends[3] - ends[1]);
            roof_slab slab = {x, y + side, width, 1, 0};
            if (!level) slab = (roof_slab){x - side * rising * (width / 2 + 1.5), y, width, 1, 0};
            slab = snapped(placing->view, slab);
            size_t taken =
                slab_in_frame(placing->view, slab) ? roof_grid_cost(&placing->grid, slab) : SIZE_MAX;
            if (taken == SIZE_MAX) continue;
            double cost = (double)taken * 3 + i + (side < 0 ? 2 : 0);
            if (cost < best_cost) {
                best_cost = cost;
                *best = slab;
            }
        }
    return best_cost < INFINITY;
}

/* Marks that will want their own labels near there. */
static size_t marks_near(const roof_placing *placing, roof_slab slab)
{
    size_t count = 0;
    double c = cos(slab.angle * PI / 180), s = sin(slab.angle * PI / 180);
    for (size_t i = 0; i < placing->job_count; i++) {
        const roof_job *job = &placing->jobs[i];
        if (job->series->kind != ROOF_SERIES_MARKS && job->series->kind != ROOF_SERIES_HOLLOW_MARKS) continue;
        double dx = job->x - slab.cx, dy = job->y - slab.cy;
        count += fabs(dx * c + dy * s) < slab.width / 2 + 25 && fabs(dy * c - dx * s) < 40;
    }
    return count;
}

static bool try_along(roof_placing *placing, const double ends[4], double width, roof_slab *best)
{
    const roof_view *view = placing->view;
    double dx = ends[2] - ends[0], dy = ends[3] - ends[1], length = hypot(dx, dy);
    double angle = atan2(dy, dx) * 180 / PI;
    if (angle > 90.5) angle -= 180;
    if (angle < -89.5) angle += 180;
    double height = text_height(placing), away = height / 2 + 3.5;
    double best_cost = INFINITY;
    for (int side = 1; side >= -1; side -= 2)
        for (int i = 0; i <= 40; i++) {
            double start = 6;
            double along = start + width / 2 + (double)i / 40 * (length - width - 2 * start);
            if (length < width + 2 * start) continue;
            roof_slab slab = {ends[0] + dx / length * along, ends[1] + dy / length * along, width, height,
                              angle};
            slab.cx -= side * away * sin(angle * PI / 180);
            slab.cy += side * away * cos(angle * PI / 180);
            if (!slab_in_frame(view, slab)) continue;
            size_t taken = roof_grid_cost(&placing->grid, slab);
            if (taken == SIZE_MAX) continue;
            double cost =
                (double)taken * 3 + i + (side < 0 ? 15 : 0) + 20 * (double)marks_near(placing, slab);
            if (cost < best_cost) {
                best_cost = cost;
                *best = slab;
            }
        }
    return best_cost < INFINITY;
}

/* ---- labels of points ---- */
typedef struct roof_try {
    roof_slab slab;
    roof_align align;
    bool leader;
    double tip_x, tip_y;
    double cost;
} roof_try;

/* Right first, then left, above, below, the diagonals, and the directions between. Bars prefer what is beyond
 * them. */
static double direction_of(roof_series_kind kind, int i)
{
    static const double points[] = {0,    180,   90,    270,   45,   315,   135,   225,
                                    22.5, 337.5, 157.5, 202.5, 67.5, 292.5, 112.5, 247.5};
    static const double bars[] = {90,    67.5, 112.5, 45,  135,   0,     180,   22.5,
                                  157.5, 270,  315,   225, 337.5, 202.5, 292.5, 247.5};
    return (kind == ROOF_SERIES_BARS ? bars[i] : points[i]) * PI / 180;
}

static double ring_distance(const roof_placing *placing, const roof_job *job, int ring)
{
    if (placing->view->cells) return ring == 0 ? 0.6 : ring;
    bool boxed = job->series->kind == ROOF_SERIES_BARS || job->series->kind == ROOF_SERIES_ROWS;
    double near = boxed ? 4 : roof_series_mark_radius(job->series) + 3.5;
    return near + (ring ? 4 + 8.0 * ring : 0);
}

static roof_try make_try(const roof_placing *placing, const roof_job *job, int ring, double angle,
                         double width)
{
    double ux = cos(angle), uy = sin(angle), distance = ring_distance(placing, job, ring);
    double height = text_height(placing);
    roof_try try;
    try.slab = (roof_slab){job->x + ux * (width / 2 + distance), job->y + uy * (height / 2 + distance), width,
                           height, 0};
    try.align = ux > 0.2 ? ROOF_ALIGN_LEFT : ux < -0.2 ? ROOF_ALIGN_RIGHT : ROOF_ALIGN_CENTER;
    try.leader = ring > 0 && !placing->view->cells;
    /* The nearest place on the edge of the words. */
    double half_x = width / 2, half_y = height / 2 - 2;
    try.tip_x = fmin(fmax(job->x, try.slab.cx - half_x), try.slab.cx + half_x);
    try.tip_y = fmin(fmax(job->y, try.slab.cy - half_y), try.slab.cy + half_y);
    try.cost = 0;
    return try;
}

/* What a leader runs over: SIZE_MAX if it would cross words or a mark. */
static size_t leader_cost(const roof_placing *placing, const roof_job *job, const roof_try *try)
{
    double dx = try->tip_x - job->x, dy = try->tip_y - job->y, length = hypot(dx, dy);
    double skip = roof_series_mark_radius(job->series) + 4;
    if (length <= skip) return 0;
    return roof_grid_line_cost(&placing->grid, job->x + dx / length * skip, job->y + dy / length * skip,
                               try->tip_x, try->tip_y);
}

static bool find_place(const roof_placing *placing, const roof_job *job, double width, roof_try *best)
{
    int rings = placing->view->cells ? 4 : 16;
    best->cost = INFINITY;
    for (int ring = 0; ring < rings; ring++) {
        if (ring * 10.0 >= best->cost) break; /* nothing farther can be better */
        if (job->series->reach > 0 && ring_distance(placing, job, ring) > job->series->reach) break;
        for (int i = 0; i < 16; i++) {
            /* The end of a bar that goes to the left is at its left. */
            bool leftwards = job->series->kind == ROOF_SERIES_ROWS && job->point->x < 0;
            double direction = direction_of(job->series->kind, i);
            roof_try try = make_try(placing, job, ring, leftwards ? PI - direction : direction, width);
            try.slab = snapped(placing->view, try.slab);
            if (!slab_in_frame(placing->view, try.slab)) continue;
            size_t taken = roof_grid_cost(&placing->grid, try.slab);
            size_t crossed = try.leader && taken != SIZE_MAX ? leader_cost(placing, job, &try) : 0;
            if (taken == SIZE_MAX || crossed == SIZE_MAX) continue;
            if (taken > 6 && job->series->kind == ROOF_SERIES_HOLLOW_MARKS)
                continue; /* better none than struck out */
            /* a corner on a line does little harm, a line through the words much */
            double covered = (double)taken * (taken > 6 ? 4 : 1);
            try.cost = ring * 10.0 + i * 0.5 + covered + (double)crossed;
            if (try.cost < best->cost) *best = try;
        }
    }
    return best->cost < INFINITY;
}

static void start_leader(const roof_job *job, const roof_try *try, roof_placed *placed)
{
    double dx = try->tip_x - job->x, dy = try->tip_y - job->y, length = hypot(dx, dy);
    double from = roof_series_mark_radius(job->series) + 1;
    if (length < from + 3) return;
    placed->leader = true;
    placed->from_x = job->x + dx / length * from;
    placed->from_y = job->y + dy / length * from;
    placed->to_x = try->tip_x;
    placed->to_y = try->tip_y;
}

static bool place_beside(roof_placing *placing, const roof_job *job)
{
    roof_view *view = placing->view;
    char *text = roof_plot_clean_copy(view->arena, job->point->label, 60);
    if (!text) return false;
    roof_try best = {0};
    double width = roof_plot_text_width(view->cells, label_size(placing), text);
    if (!find_place(placing, job, width, &best)) {
        view->omitted.labels += !(job->series->reach > 0);
        return true;
    }
    double x = best.slab.cx + (best.align == ROOF_ALIGN_LEFT    ? -width / 2
                               : best.align == ROOF_ALIGN_RIGHT ? width / 2
                                                                : 0);
    roof_placed placed = {
        text, x, best.slab.cy, 0, best.align, label_size(placing), job->series->color, false, 0, 0, 0, 0};
    if (best.leader) start_leader(job, &best, &placed);
    if (placed.leader)
        roof_grid_take_line(&placing->grid, placed.from_x, placed.from_y, placed.to_x, placed.to_y,
                            ROOF_TAKEN_HARD);
    put_down(placing, best.slab, &placed);
    return true;
}

static bool place_along(roof_placing *placing, const roof_job *job)
{
    roof_view *view = placing->view;
    char *text = roof_plot_clean_copy(view->arena, job->point->label, 60);
    if (!text) return false;
    double ends[4];
    roof_slab slab = {0, 0, 0, 0, 0};
    double width = roof_plot_text_width(view->cells, label_size(placing), text);
    if (!segment_of(placing, job, ends) || hypot(ends[2] - ends[0], ends[3] - ends[1]) < 1) {
        view->omitted.labels++;
        return true;
    }
    if (!(view->cells ? try_beside_line : try_along)(placing, ends, width, &slab)) {
        roof_job middle = *job; /* too short a line: its words stand near by */
        middle.x = (ends[0] + ends[2]) / 2;
        middle.y = (ends[1] + ends[3]) / 2;
        return place_beside(placing, &middle);
    }
    /* The real font is narrower than assumed: keep the words at the end they belong to. */
    bool own_end_left = ends[0] <= ends[2];
    double shift = own_end_left ? -width / 2 : width / 2, radians = slab.angle * PI / 180;
    roof_placed placed = {text,
                          slab.cx + shift * cos(radians),
                          slab.cy + shift * sin(radians),
                          slab.angle,
                          own_end_left ? ROOF_ALIGN_LEFT : ROOF_ALIGN_RIGHT,
                          label_size(placing),
                          job->series->color,
                          false,
                          0,
                          0,
                          0,
                          0};
    put_down(placing, slab, &placed);
    return true;
}

/* ---- all of them ---- */
static bool place_job(roof_placing *placing, const roof_job *job)
{
    switch (job->series->kind) {
    case ROOF_SERIES_CELLS: return place_in_cell(placing, job);
    case ROOF_SERIES_TEXT:
        return place_fixed(placing, job->point->label, job->x, job->y, ROOF_ALIGN_CENTER, job->series->color,
                           placing->view->width);
    case ROOF_SERIES_LINE: return place_along(placing, job);
    default: return place_beside(placing, job);
    }
}

static void take_legend(roof_placing *placing)
{
    const roof_box *box = &placing->view->legend_box;
    double margin = placing->view->cells ? 0 : 5;
    roof_slab slab = {(box->x0 + box->x1) / 2, (box->y0 + box->y1) / 2, box->x1 - box->x0 + 2 * margin,
                      box->y1 - box->y0 + 2 * margin, 0};
    if (placing->view->legend != ROOF_LEGEND_NONE) roof_grid_take(&placing->grid, slab, ROOF_TAKEN_HARD);
}

roof_code roof_labels_place(roof_view *view, roof_error *error)
{
    roof_placing placing = {view, {0}, NULL, 0};
    size_t count = roof_jobs_count(view->figure);
    view->placed_count = 0;
    view->omitted.labels = 0;
    placing.jobs = roof_arena_calloc(view->arena, count + 1, sizeof *placing.jobs);
    view->placed =
        roof_arena_calloc(view->arena, count + view->figure->annotation_count + 1, sizeof *view->placed);
    bool good = placing.jobs && view->placed &&
                roof_grid_make(&placing.grid, view->arena, view->cells, view->width, view->height);
    if (good) {
        take_legend(&placing);
        roof_grid_take_series(&placing.grid, view);
        good = place_annotations(&placing);
        roof_jobs_collect(&placing);
    }
    for (size_t i = 0; i < placing.job_count && good; i++) good = place_job(&placing, &placing.jobs[i]);
    return good ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "memory ran out while labels were placed");
}
