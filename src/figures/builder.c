#include "builder.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/plot/gnuplot.h"

bool roof_builder_start(roof_builder *b)
{
    *b = (roof_builder){.drawn = calloc(1, sizeof *b->drawn)};
    b->failed = !b->drawn;
    return b->drawn != NULL;
}

roof_code roof_builder_end(roof_builder *b, roof_drawn_figure **out, roof_error *error)
{
    *out = NULL;
    if (b->failed) {
        roof_drawn_figure_free(b->drawn);
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the figure");
    }
    b->drawn->figure.series = b->series;
    b->drawn->figure.series_count = b->series_count;
    b->drawn->figure.annotations = b->annotations;
    b->drawn->figure.annotation_count = b->annotation_count;
    *out = b->drawn;
    return ROOF_OK;
}

void *roof_builder_take(roof_builder *b, size_t count, size_t size)
{
    void *memory = b->drawn ? roof_arena_calloc(&b->drawn->arena, count ? count : 1, size) : NULL;
    if (!memory) b->failed = true;
    return memory;
}

const char *roof_builder_keep(roof_builder *b, roof_buffer *text)
{
    const char *copy =
        text->failed || !b->drawn ? NULL : roof_arena_strdup(&b->drawn->arena, roof_buffer_text(text));
    if (!copy) b->failed = true;
    roof_buffer_free(text);
    return copy;
}

const char *roof_builder_printf(roof_builder *b, const char *format, ...)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    roof_buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    return roof_builder_keep(b, &text);
}

/* Room for one more of a list that grows by doubling in the arena. */
static void *grown(roof_builder *b, void *items, size_t count, size_t *room, size_t size)
{
    if (count < *room) return items;
    void *more = roof_builder_take(b, *room ? *room * 2 : 16, size);
    if (!more) return NULL;
    if (count) memcpy(more, items, count * size);
    *room = *room ? *room * 2 : 16;
    return more;
}

static void append_series(roof_builder *b, const roof_series *series)
{
    roof_series *items = grown(b, b->series, b->series_count, &b->series_room, sizeof *items);
    if (!items) return;
    b->series = items;
    b->series[b->series_count++] = *series;
}

void roof_builder_add(roof_builder *b, roof_series series)
{
    if (series.points && series.count) append_series(b, &series);
}

void roof_builder_add_sample(roof_builder *b, roof_series_kind kind, int color, int mark, const char *label)
{
    append_series(b, &(roof_series){.kind = kind, .color = color, .mark = mark, .label = label});
}

void roof_builder_add_line(roof_builder *b, double x0, double y0, double x1, double y1, roof_series how,
                           const char *at_start, const char *at_end)
{
    roof_point *points = roof_builder_take(b, 2, sizeof *points);
    if (!points) return;
    points[0] = (roof_point){.x = x0, .y = y0, .label = at_start};
    points[1] = (roof_point){.x = x1, .y = y1, .label = at_end};
    how.kind = ROOF_SERIES_LINE;
    how.points = points;
    how.count = 2;
    append_series(b, &how);
}

void roof_builder_annotate(roof_builder *b, roof_annotation note)
{
    roof_annotation *items =
        grown(b, b->annotations, b->annotation_count, &b->annotation_room, sizeof *items);
    if (!items) return;
    b->annotations = items;
    b->annotations[b->annotation_count++] = note;
}

void roof_builder_set_footer(roof_builder *b, roof_buffer *notes, const char *footer)
{
    if (notes->length && footer && *footer) roof_buffer_append_char(notes, ' ');
    roof_buffer_append(notes, footer ? footer : "");
    const char *text = roof_builder_keep(b, notes);
    if (b->drawn) b->drawn->figure.footer = text;
}

const char *roof_builder_si(roof_builder *b, double value, const char *unit, const char *more)
{
    roof_buffer plain = ROOF_BUFFER_EMPTY, text = ROOF_BUFFER_EMPTY;
    roof_text_si(&plain, value, unit);
    for (const char *at = roof_buffer_text(&plain); *at; at++)
        if (at[0] == ' ' && at[1] == 'u' && at[2]) {
            roof_buffer_append(&text, " \xC2\xB5");
            at++;
        } else {
            roof_buffer_append_char(&text, *at);
        }
    roof_buffer_append(&text, more ? more : "");
    roof_buffer_free(&plain);
    return roof_builder_keep(b, &text);
}

const char *roof_figure_ceiling_name(roof_ceiling_id id)
{
    switch (id) {
    case ROOF_CEILING_SRAM: return "SRAM";
    case ROOF_CEILING_L2: return "L2";
    case ROOF_CEILING_L3: return "L3";
    case ROOF_CEILING_DRAM: return "DRAM";
    default: return roof_ceiling_name(id);
    }
}

roof_axis roof_builder_binary_axis(roof_builder *b, const char *label, double least, double most, int every)
{
    size_t count = 0;
    roof_tick *ticks = roof_builder_take(b, 64, sizeof *ticks);
    double first = ceil(log2(least) - 1e-9);
    for (int i = 0; ticks && i < 64 && ldexp(1, (int)first + i) <= most * (1 + 1e-9); i += every) {
        roof_buffer text = ROOF_BUFFER_EMPTY;
        double place = ldexp(1, (int)first + i);
        roof_text_integer(&text, place);
        ticks[count++] = (roof_tick){place, roof_builder_keep(b, &text)};
    }
    return (roof_axis){.label = label,
                       .scale = ROOF_SCALE_LOG,
                       .ticks = ROOF_TICKS_NAMED,
                       .names = ticks,
                       .name_count = count,
                       .min = least,
                       .max = most};
}

const char *roof_figure_chip_name(const roof_figure_request *request, const roof_chip *chip)
{
    return request->latin && roof_text_has_cjk(chip->name) ? chip->id : chip->name;
}

const char *roof_builder_event_name(roof_builder *b, const roof_event *event)
{
    const char *id = roof_workload_id(event->workload);
    if (event->request.phase == ROOF_PHASE_WHOLE) return id;
    return roof_builder_printf(b, "%s %s", id, roof_phase_name(event->request.phase));
}

void roof_figure_put_request(roof_buffer *out, const roof_request *request, bool with_batch)
{
    const char *separator = "";
    if (request->has_precision) {
        roof_buffer_append(out, roof_precision_name(request->precision));
        separator = ", ";
    }
    if (request->has_weights) {
        roof_buffer_printf(out, "%sweights %s", separator, roof_precision_name(request->weights));
        separator = ", ";
    }
    if (with_batch) {
        roof_buffer_printf(out, "%sbatch %.0f", separator, request->batch > 0 ? request->batch : 1);
        separator = ", ";
    }
    if (request->chips > 1) roof_buffer_printf(out, "%s%.0f of each", separator, request->chips);
}

const roof_figure *roof_drawn_figure_of(const roof_drawn_figure *drawn)
{
    return &drawn->figure;
}

void roof_drawn_figure_free(roof_drawn_figure *drawn)
{
    if (!drawn) return;
    roof_arena_free(&drawn->arena);
    free(drawn);
}
