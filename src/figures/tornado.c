/* What an answer hangs on: how far it moves when each published figure moves by a tenth, and over the range
 * of the sources that disagree. */
#include <math.h>

#include "builder.h"
#include "chiproof/compare/sensitivity.h"
#include "makers.h"
#include "matrix.h"

typedef struct tornado {
    roof_builder b;
    const roof_figure_request *request;
    const roof_prediction *run;
    roof_sensitivity found;
    const roof_lean *rows[ROOF_VARIABLE_COUNT]; /* what is published, but for the number of chips: a tenth of
                                                   one more is none */
    size_t count;
} tornado;

static double change(const tornado *t, double throughput)
{
    return 100 * (throughput / t->run->throughput - 1);
}

static const char *name_of(tornado *t, const roof_lean *lean)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "%s ", roof_variable_name(&t->run->machine, lean->variable));
    roof_unit_format(&text, lean->value, roof_variable_dimension(&t->run->machine, lean->variable));
    if (lean->doubtful) roof_buffer_append(&text, " ?");
    return roof_builder_keep(&t->b, &text);
}

static void add_side(tornado *t, bool more, const char *label)
{
    roof_point *points = roof_builder_take(&t->b, t->count, sizeof *points);
    size_t count = 0;
    for (size_t i = 0; points && i < t->count; i++) {
        const roof_lean *lean = t->rows[i];
        double moved = change(t, more ? lean->at_more : lean->at_less), y = (double)(t->count - i);
        if (!(fabs(moved) > 0.005)) continue;
        points[count++] = (roof_point){
            .x = moved,
            .y = y,
            .label = roof_builder_printf(&t->b, fabs(moved) < 0.095 ? "%+.2f %%" : "%+.1f %%", moved)};
    }
    roof_builder_add(&t->b, (roof_series){.label = label,
                                          .kind = ROOF_SERIES_ROWS,
                                          .color = more ? 0 : 1,
                                          .pattern = more ? ROOF_PATTERN_SOLID : ROOF_PATTERN_RISING,
                                          .width = 0.62,
                                          .points = points,
                                          .count = count});
}

/* The range that disagreeing sources leave, as an interval about where the answer is. */
static void add_sources(tornado *t)
{
    roof_point *points = roof_builder_take(&t->b, t->count, sizeof *points);
    size_t count = 0;
    for (size_t i = 0; points && i < t->count; i++) {
        const roof_lean *lean = t->rows[i];
        if (lean->sources < 2 || !(lean->low < lean->high)) continue;
        double low = change(t, lean->at_low), high = change(t, lean->at_high);
        points[count++] = (roof_point){
            .x = 0, .y = (double)(t->count - i), .xlow = fmin(low, high), .xhigh = fmax(low, high)};
    }
    roof_builder_add(&t->b, (roof_series){.label = "over the sources that disagree",
                                          .kind = ROOF_SERIES_HOLLOW_MARKS,
                                          .color = ROOF_COLOR_INK,
                                          .mark = ROOF_MARK_CIRCLE,
                                          .points = points,
                                          .count = count});
}

static void put_missing(const tornado *t, roof_buffer *notes)
{
    const char *separator = " Not published: ";
    for (size_t i = t->found.published; i < t->found.count; i++) {
        roof_buffer_printf(notes, "%s%s", separator,
                           roof_variable_name(&t->run->machine, t->found.rows[i].variable));
        separator = ", ";
    }
    if (t->found.published < t->found.count) roof_buffer_append_char(notes, '.');
}

static void build(tornado *t)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY, subtitle = ROOF_BUFFER_EMPTY;
    roof_figure_put_request(&subtitle, &t->run->request, true);
    roof_tick *names = roof_builder_take(&t->b, t->count, sizeof *names);
    for (size_t i = 0; names && i < t->count; i++)
        names[i] = (roof_tick){(double)(t->count - i), name_of(t, t->rows[i])};
    t->b.drawn->figure = (roof_figure){
        .title = roof_builder_printf(&t->b, "What %s on %s hangs on",
                                     roof_builder_event_name(&t->b, &t->request->events[0]),
                                     roof_figure_chip_name(t->request, t->run->chip)),
        .subtitle = roof_builder_keep(&t->b, &subtitle),
        .height = (int)(220 + 32 * t->count),
        .x = {.label = "Change of the bound on throughput", .unit = "%"},
        .y = {.ticks = ROOF_TICKS_NAMED,
              .names = names,
              .name_count = names ? t->count : 0,
              .min = 0.4,
              .max = (double)t->count + 0.6},
        .legend = ROOF_LEGEND_RIGHT,
    };
    add_side(t, true, "a tenth more");
    add_side(t, false, "a tenth less");
    add_sources(t);
    roof_buffer_append(
        &notes, "? stands for a figure that is unverified, an estimate, or disputed. A bar that is not "
                "there: the figure does not bind.");
    put_missing(t, &notes);
    roof_builder_set_footer(&t->b, &notes, t->request->footer);
}

ROOF_MAKER(sensitivity)
{
    tornado t = {.request = request};
    roof_matrix matrix;
    *out = NULL;
    if (request->event_count == 0 || request->chip_count == 0)
        return roof_fail(error, ROOF_INVALID, "this figure needs a chip and a network");
    if (!roof_builder_start(&t.b)) return roof_builder_end(&t.b, out, error);
    roof_code code = ROOF_OK;
    if (!roof_matrix_make(&matrix, request)) t.b.failed = true;
    else {
        t.run = roof_matrix_at(&matrix, 0, 0);
        code = roof_sensitivity_find(t.run, &t.found, error);
        for (size_t i = 0; code == ROOF_OK && i < t.found.published; i++)
            if (t.found.rows[i].variable != ROOF_VARIABLE_CHIPS) t.rows[t.count++] = &t.found.rows[i];
        if (code == ROOF_OK) build(&t);
    }
    roof_matrix_free(&matrix);
    if (code == ROOF_OK) return roof_builder_end(&t.b, out, error);
    roof_drawn_figure_free(t.b.drawn);
    return code;
}
