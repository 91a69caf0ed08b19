#include "scatter.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Classes in the order of the legend; other ones are drawn in ink. */
static const struct {
    const char *name, *label;
    int color;
} CLASSES[] = {
    {"gpu", "GPU", 2},
    {"datacenter-asic", "data-centre ASIC", 0},
    {"stream", "edge accelerator", 1},
    {"soc-npu", "SoC NPU", 3},
    {"jetson", "Jetson", 5},
    {"cpu", "CPU", 6},
};
enum { CLASS_COUNT = sizeof CLASSES / sizeof *CLASSES };

static const int LEVEL_MARKS[ROOF_LEVEL_COUNT] = {
    [ROOF_LEVEL_CHIP] = ROOF_MARK_CIRCLE,   [ROOF_LEVEL_MODULE] = ROOF_MARK_TRIANGLE,
    [ROOF_LEVEL_CARD] = ROOF_MARK_SQUARE,   [ROOF_LEVEL_SYSTEM] = ROOF_MARK_DIAMOND,
    [ROOF_LEVEL_RACK] = ROOF_MARK_PENTAGON,
};

/* So many chips are all named; of more, those whose names stand apart. */
enum { NAMED_ALL = 30 };

int roof_class_color(const roof_chip *chip)
{
    for (int i = 0; chip->chip_class && i < CLASS_COUNT; i++)
        if (strcmp(chip->chip_class, CLASSES[i].name) == 0) return CLASSES[i].color;
    return ROOF_COLOR_INK;
}

const char *roof_class_label(const char *chip_class)
{
    for (int i = 0; i < CLASS_COUNT; i++)
        if (strcmp(chip_class, CLASSES[i].name) == 0) return CLASSES[i].label;
    return chip_class;
}

bool roof_is_named(const roof_figure_request *request, const roof_chip *chip)
{
    for (size_t i = 0; i < request->chip_count; i++)
        if (strcmp(request->chips[i]->id, chip->id) == 0) return true;
    return false;
}

void roof_put_missing(roof_buffer *out, size_t count, const char *what)
{
    if (!count) return;
    roof_buffer_printf(out, "%s%zu chip%s not shown: %s.", out->length ? " " : "", count,
                       count == 1 ? "" : "s", what);
}

roof_dot *roof_scatter_add(roof_builder *b, roof_scatter *scatter)
{
    if (scatter->count == scatter->room) {
        size_t room = scatter->room ? scatter->room * 2 : 64;
        roof_dot *more = roof_builder_take(b, room, sizeof *more);
        if (!more) return NULL;
        if (scatter->count) memcpy(more, scatter->dots, scatter->count * sizeof *more);
        scatter->dots = more;
        scatter->room = room;
    }
    return &scatter->dots[scatter->count++];
}

/* ---- which marks get their names ---- */
static int by_merit(const void *left, const void *right)
{
    const roof_dot *const *a = left, *const *b = right;
    if ((*a)->front != (*b)->front) return (*a)->front ? -1 : 1;
    if ((*a)->merit != (*b)->merit) return (*a)->merit > (*b)->merit ? -1 : 1;
    return strcmp((*a)->chip->id, (*b)->chip->id);
}

static double place(bool log_scale, double value)
{
    return log_scale ? log10(value) : value;
}

typedef struct span {
    double x, y; /* of all marks, on the scales of the axes */
} span;

static span span_of(const roof_scatter *scatter)
{
    double low_x = INFINITY, high_x = -INFINITY, low_y = INFINITY, high_y = -INFINITY;
    for (size_t i = 0; i < scatter->count; i++) {
        double x = place(scatter->log_x, scatter->dots[i].x), y = place(scatter->log_y, scatter->dots[i].y);
        low_x = fmin(low_x, x);
        high_x = fmax(high_x, x);
        low_y = fmin(low_y, y);
        high_y = fmax(high_y, y);
    }
    return (span){fmax(high_x - low_x, 1e-9), fmax(high_y - low_y, 1e-9)};
}

/* A name is given where no better mark nearby has one: near is about the room that two names need. */
static void choose_names(const roof_scatter *scatter, roof_dot **order, bool *named)
{
    span all = span_of(scatter);
    for (size_t i = 0; i < scatter->count; i++) {
        named[i] = true;
        for (size_t j = 0; j < i && named[i] && !order[i]->front && scatter->count > NAMED_ALL; j++)
            if (named[j] &&
                fabs(place(scatter->log_x, order[i]->x) - place(scatter->log_x, order[j]->x)) <
                    0.085 * all.x &&
                fabs(place(scatter->log_y, order[i]->y) - place(scatter->log_y, order[j]->y)) < 0.06 * all.y)
                named[i] = false;
    }
}

/* ---- marks ---- */
typedef struct group {
    int color, mark;
    bool doubtful, muted;
} group;

static group group_of(const roof_figure_request *request, const roof_scatter *scatter, const roof_dot *dot)
{
    bool muted = request->chip_count && !roof_is_named(request, dot->chip);
    return (group){muted ? ROOF_COLOR_MUTED : roof_class_color(dot->chip),
                   scatter->by_shape ? LEVEL_MARKS[dot->chip->level] : scatter->mark, dot->doubtful, muted};
}

static bool same_group(group a, group b)
{
    return a.color == b.color && a.mark == b.mark && a.doubtful == b.doubtful && a.muted == b.muted;
}

static roof_point point_of(roof_builder *b, const roof_figure_request *request, const roof_dot *dot,
                           bool named)
{
    const char *name = roof_figure_chip_name(request, dot->chip);
    if (!named) name = NULL;
    else if (dot->note) name = roof_builder_printf(b, "%s %s", name, dot->note);
    return (roof_point){.x = dot->x, .y = dot->y, .label = name};
}

/* One series for each group, muted ones first, so that they lie beneath. */
static void add_groups(roof_builder *b, const roof_figure_request *request, const roof_scatter *scatter,
                       roof_dot **order, const bool *named)
{
    bool *done = roof_builder_take(b, scatter->count, sizeof *done);
    for (int muted = 1; done && muted >= 0; muted--)
        for (size_t i = 0; i < scatter->count; i++) {
            group wanted = group_of(request, scatter, order[i]);
            roof_point *points = NULL;
            size_t count = 0;
            if (done[i] || wanted.muted != muted) continue;
            points = roof_builder_take(b, scatter->count - i, sizeof *points);
            for (size_t j = i; points && j < scatter->count; j++) {
                if (done[j] || !same_group(wanted, group_of(request, scatter, order[j]))) continue;
                bool label = request->chip_count ? !muted : named[j];
                points[count++] = point_of(b, request, order[j], label);
                done[j] = true;
            }
            roof_builder_add(
                b, (roof_series){.kind = wanted.doubtful ? ROOF_SERIES_HOLLOW_MARKS : ROOF_SERIES_MARKS,
                                 .color = wanted.color,
                                 .mark = wanted.mark,
                                 .thickness = wanted.muted ? 0.7 : 0,
                                 .reach = scatter->count > NAMED_ALL && !request->chip_count ? 60 : 0,
                                 .points = points,
                                 .count = count});
        }
}

bool roof_scatter_draw(roof_builder *b, const roof_figure_request *request, roof_scatter *scatter)
{
    if (!scatter->count) return false;
    roof_dot **order = roof_builder_take(b, scatter->count, sizeof *order);
    bool *named = roof_builder_take(b, scatter->count, sizeof *named);
    if (!order || !named) return false;
    for (size_t i = 0; i < scatter->count; i++) order[i] = &scatter->dots[i];
    qsort(order, scatter->count, sizeof *order, by_merit);
    choose_names(scatter, order, named);
    add_groups(b, request, scatter, order, named);
    return true;
}

void roof_scatter_legend(roof_builder *b, const roof_figure_request *request, const roof_scatter *scatter)
{
    size_t levels[ROOF_LEVEL_COUNT] = {0}, classes[CLASS_COUNT] = {0}, doubtful = 0, others = 0;
    for (size_t i = 0; i < scatter->count; i++) {
        const roof_chip *chip = scatter->dots[i].chip;
        levels[chip->level]++;
        doubtful += scatter->dots[i].doubtful;
        if (request->chip_count && !roof_is_named(request, chip)) others++;
        else
            for (int c = 0; chip->chip_class && c < CLASS_COUNT; c++)
                classes[c] += strcmp(chip->chip_class, CLASSES[c].name) == 0;
    }
    for (int c = 0; c < CLASS_COUNT; c++)
        if (classes[c])
            roof_builder_add_sample(b, ROOF_SERIES_MARKS, CLASSES[c].color,
                                    scatter->by_shape ? ROOF_MARK_CIRCLE : scatter->mark, CLASSES[c].label);
    if (others) roof_builder_add_sample(b, ROOF_SERIES_MARKS, ROOF_COLOR_MUTED, ROOF_MARK_CIRCLE, "others");
    for (int l = 0; scatter->by_shape && l < ROOF_LEVEL_COUNT; l++)
        if (levels[l])
            roof_builder_add_sample(b, ROOF_SERIES_MARKS, ROOF_COLOR_INK, LEVEL_MARKS[l],
                                    roof_level_name((roof_level)l));
    if (doubtful)
        roof_builder_add_sample(b, ROOF_SERIES_HOLLOW_MARKS, ROOF_COLOR_INK, ROOF_MARK_CIRCLE,
                                "not verified");
}
