/* How good predictions are of results that the fit has not seen: by class, and by what was left out. */
#include <math.h>
#include <string.h>

#include "builder.h"
#include "chiproof/efficiency/backtest.h"
#include "makers.h"
#include "scatter.h"

/* One row: a class, or all of them, of networks or of one phase of language models. */
typedef struct group {
    roof_cell_kind of;
    const char *chip_class;
} group;

enum { GROUP_LIMIT = 40, LEAST_CELLS = 5 };

typedef struct backtest {
    roof_builder b;
    const roof_figure_request *request;
    group groups[GROUP_LIMIT];
    size_t group_count;
    double most;
} backtest;

static bool same_class(const char *a, const char *b)
{
    return a == b || (a && b && strcmp(a, b) == 0);
}

/* Families are told by the table alone (chiproof backtest). */
static bool is_shown(const roof_score *score)
{
    return !score->family && score->cells >= LEAST_CELLS && isfinite(score->median);
}

static size_t group_of(backtest *t, const roof_score *score)
{
    for (size_t i = 0; i < t->group_count; i++)
        if (t->groups[i].of == score->of && same_class(t->groups[i].chip_class, score->chip_class)) return i;
    if (t->group_count < GROUP_LIMIT) t->groups[t->group_count++] = (group){score->of, score->chip_class};
    return t->group_count - 1;
}

static void find_groups(backtest *t)
{
    for (size_t i = 0; i < t->request->backtest->count; i++) {
        const roof_score *score = &t->request->backtest->scores[i];
        if (!is_shown(score)) continue;
        group_of(t, score);
        t->most = fmax(t->most, fmin(score->p90, 100));
    }
}

/* The median error, and the line to the error that nine in ten stay below; at the right how many of ten lie
 * in intervals that are to hold eight. */
static void add_kind(backtest *t, roof_fold_kind kind, double words_at)
{
    const roof_backtest *scores = t->request->backtest;
    roof_point *points = roof_builder_take(&t->b, scores->count, sizeof *points);
    roof_point *words = roof_builder_take(&t->b, scores->count, sizeof *words);
    size_t count = 0;
    for (size_t i = 0; points && words && i < scores->count; i++) {
        const roof_score *score = &scores->scores[i];
        if (score->kind != kind || !is_shown(score)) continue;
        double y = (double)(t->group_count - group_of(t, score)) + 0.25 - 0.25 * (double)kind;
        points[count] = (roof_point){.x = score->median, .y = y, .xlow = score->median, .xhigh = score->p90};
        words[count++] = (roof_point){
            .x = words_at,
            .y = y,
            .label = roof_builder_printf(&t->b, "%.0f %% of %zu", 100 * score->coverage, score->cells)};
    }
    roof_builder_add(&t->b, (roof_series){.label = roof_fold_kind_text(kind),
                                          .kind = ROOF_SERIES_MARKS,
                                          .color = (int)kind,
                                          .mark = (int)kind + 1,
                                          .thickness = 0.8,
                                          .points = points,
                                          .count = count});
    roof_builder_add(
        &t->b, (roof_series){.kind = ROOF_SERIES_TEXT, .color = (int)kind, .points = words, .count = count});
}

static void build(backtest *t)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    t->most = 2;
    find_groups(t);
    roof_tick *names = roof_builder_take(&t->b, t->group_count, sizeof *names);
    for (size_t i = 0; names && i < t->group_count; i++) {
        const group *each = &t->groups[i];
        names[i] =
            (roof_tick){(double)(t->group_count - i),
                        roof_builder_printf(&t->b, "%s: %s", roof_cell_kind_name(each->of),
                                            each->chip_class ? roof_class_label(each->chip_class) : "all")};
    }
    double most = pow(t->most * 1.1, 1 / 0.78);
    t->b.drawn->figure = (roof_figure){
        .title = "How good the predictions are",
        .subtitle =
            roof_builder_printf(&t->b, "%zu published results, each predicted by a fit that has not seen it",
                                t->request->backtest->cells),
        .width = 1000,
        .height = (int)fmin(190 + 54 * (double)t->group_count, 4000),
        .x = {.label = "Error factor: the median, and what nine in ten stay below",
              .scale = ROOF_SCALE_LOG,
              .min = 1,
              .max = most},
        .y = {.ticks = ROOF_TICKS_NAMED,
              .names = names,
              .name_count = names ? t->group_count : 0,
              .min = 0.4,
              .max = (double)t->group_count + 0.6},
        .legend = ROOF_LEGEND_RIGHT,
        .empty_reason = "there is nothing to score",
    };
    for (int kind = 0; kind < ROOF_FOLD_KIND_COUNT; kind++)
        add_kind(t, (roof_fold_kind)kind, pow(most, 0.89));
    roof_buffer_printf(
        &notes,
        "A factor of 1 is right. At the right: how many results lie in their 80 %% interval, of how "
        "many. Two published results of one run are a factor of %.2f apart in the median: no model "
        "comes below that.",
        t->request->backtest->label_noise);
    roof_builder_set_footer(&t->b, &notes, t->request->footer);
}

ROOF_MAKER(backtest)
{
    backtest t = {.request = request};
    *out = NULL;
    if (!request->backtest) return roof_fail(error, ROOF_INVALID, "this figure needs scores");
    if (roof_builder_start(&t.b)) build(&t);
    return roof_builder_end(&t.b, out, error);
}
