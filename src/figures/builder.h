/* Private to the figures: putting a figure together, piece by piece. Failure of memory is sticky, and is
 * looked at once, at the end. */
#ifndef CHIPROOF_SRC_BUILDER_H
#define CHIPROOF_SRC_BUILDER_H

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"
#include "chiproof/figures/figures.h"

struct roof_drawn_figure {
    roof_figure figure;
    roof_arena arena;
};

typedef struct roof_builder {
    roof_drawn_figure
        *drawn; /* its figure is filled by the caller; series and annotations are put in at the end */
    roof_series *series;
    size_t series_count, series_room;
    roof_annotation *annotations;
    size_t annotation_count, annotation_room;
    bool failed;
} roof_builder;

/* False: memory ran out at once. */
bool roof_builder_start(roof_builder *b);
/* Hands over the figure, or frees it and fails with NO_MEMORY. */
roof_code roof_builder_end(roof_builder *b, roof_drawn_figure **out, roof_error *error);

/* Zeroed memory that lives as long as the figure; NULL (and the builder failed) if there is none. */
void *roof_builder_take(roof_builder *b, size_t count, size_t size);
/* The text of a buffer, which is emptied, for as long as the figure lives. */
const char *roof_builder_keep(roof_builder *b, roof_buffer *text);
const char *roof_builder_printf(roof_builder *b, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Adds it if it has points, or if it is a row of the legend alone. */
void roof_builder_add(roof_builder *b, roof_series series);
/* A row of the legend without points. */
void roof_builder_add_sample(roof_builder *b, roof_series_kind kind, int color, int mark, const char *label);
/* A straight line; `how` gives its looks, either end may have a label. */
void roof_builder_add_line(roof_builder *b, double x0, double y0, double x1, double y1, roof_series how,
                           const char *at_start, const char *at_end);
void roof_builder_annotate(roof_builder *b, roof_annotation note);
/* The footer: the figure's own notes, then the request's. Empties `notes`. */
void roof_builder_set_footer(roof_builder *b, roof_buffer *notes, const char *footer);

/* "315 µs": three significant digits, with the prefixes that the ticks have. */
const char *roof_builder_si(roof_builder *b, double value, const char *unit, const char *more);

/* "SRAM", "DRAM", "host link" */
const char *roof_figure_ceiling_name(roof_ceiling_id id);
/* An axis with a tick at every power of two between the ends; every so many of them are named. */
roof_axis roof_builder_binary_axis(roof_builder *b, const char *label, double least, double most, int every);

/* The name of a chip as this figure may show it. */
const char *roof_figure_chip_name(const roof_figure_request *request, const roof_chip *chip);
/* "resnet-50-v1.5", "llama-3.1-8b decode" */
const char *roof_builder_event_name(roof_builder *b, const roof_event *event);
/* "int8, batch 8, 4 of each" for a request whose precision is settled; the batch is left out where it is the
 * axis. */
void roof_figure_put_request(roof_buffer *out, const roof_request *request, bool with_batch);

#endif
