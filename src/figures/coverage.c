/* What the catalogue knows, field by field: of each class the share of chips, of few chips each one. */
#include <stdio.h>
#include <string.h>

#include "chiproof/chip/filter.h"
#include "makers.h"
#include "scatter.h"

/* What is asked of every chip (roof_attribute_parse), and how the column is called. */
static const struct {
    const char *attribute, *label;
} COLUMNS[] = {
    {"peak", "dense peak"},
    {"sram.capacity", "on-chip memory"},
    {"sram.bandwidth", "its bandwidth"},
    {"dram.capacity", "external memory"},
    {"dram.bandwidth", "its bandwidth"},
    {"host.bandwidth", "host link"},
    {"tdp", "TDP"},
    {"power.typical", "typical power"},
    {"clock", "clock"},
    {"node", "process node"},
    {"transistors", "transistors"},
    {"die_area", "die area"},
    {"year", "date"},
    {"price", "price"},
};
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof *COLUMNS };

/* With at most so many chips each one has its row. */
enum { EACH_CHIP = 40, ROW_LIMIT = 48 };

typedef enum known { KNOWN, UNVERIFIED, UNKNOWN, NOT_THERE } known;

static known look(const roof_attribute *attribute, const roof_chip *chip, char *letter)
{
    const roof_value *value = roof_attribute_value(attribute, chip);
    if (attribute->kind == ROOF_ATTRIBUTE_WORD) { /* the year, whose value is that of a date */
        value = roof_chip_value(chip, ROOF_FIELD_ANNOUNCED);
        if (!value) value = roof_chip_value(chip, ROOF_FIELD_PRODUCTION);
    }
    if (value) {
        *letter = roof_claim_letter(value->claim);
        return value->claim == ROOF_CLAIM_UNVERIFIED ? UNVERIFIED : KNOWN;
    }
    bool applies = attribute->kind != ROOF_ATTRIBUTE_FIELD || roof_chip_field_applies(chip, attribute->field);
    return applies ? UNKNOWN : NOT_THERE;
}

/* Chips that share a row. */
typedef struct row {
    const char *label, *chip_class; /* chip_class NULL: all of them */
    const roof_chip *chip;          /* NULL: a class */
    size_t counts[4];               /* by `known`, of the column at hand */
    char letter;
} row;

typedef struct table {
    roof_builder b;
    const roof_figure_request *request;
    row rows[ROW_LIMIT];
    size_t row_count;
    roof_attribute columns[COLUMN_COUNT];
} table;

static bool in_row(const row *r, const roof_chip *chip)
{
    if (r->chip) return r->chip == chip;
    return !r->chip_class || (chip->chip_class && strcmp(chip->chip_class, r->chip_class) == 0);
}

static void add_class(table *t, const char *chip_class)
{
    size_t count = 0;
    for (size_t i = 0; i < t->row_count; i++)
        if (strcmp(t->rows[i].chip_class, chip_class) == 0) return;
    if (t->row_count == ROW_LIMIT - 1) return;
    for (size_t i = 0; i < t->request->catalogue_count; i++) {
        const char *other = t->request->catalogue[i]->chip_class;
        count += other && strcmp(other, chip_class) == 0;
    }
    t->rows[t->row_count++] =
        (row){.label = roof_builder_printf(&t->b, "%s (%zu)", roof_class_label(chip_class), count),
              .chip_class = chip_class};
}

static void fill_rows(table *t)
{
    const roof_figure_request *request = t->request;
    bool named = request->chip_count > 0;
    size_t count = named ? request->chip_count : request->catalogue_count;
    const roof_chip *const *chips = named ? request->chips : request->catalogue;
    for (size_t i = 0; count <= EACH_CHIP && i < count; i++)
        t->rows[t->row_count++] = (row){.label = roof_figure_chip_name(request, chips[i]), .chip = chips[i]};
    if (count <= EACH_CHIP) return;
    for (size_t i = 0; i < request->catalogue_count; i++)
        if (request->catalogue[i]->chip_class) add_class(t, request->catalogue[i]->chip_class);
    t->rows[t->row_count++] =
        (row){.label = roof_builder_printf(&t->b, "all (%zu)", request->catalogue_count)};
}

static void count_column(table *t, row *r, const roof_attribute *column)
{
    memset(r->counts, 0, sizeof r->counts);
    if (r->chip) r->counts[look(column, r->chip, &r->letter)]++;
    else
        for (size_t i = 0; i < t->request->catalogue_count; i++)
            if (in_row(r, t->request->catalogue[i]))
                r->counts[look(column, t->request->catalogue[i], &r->letter)]++;
}

/* "87", "72 + 9?" in per cent; the letter of a claim; nothing; or that it has none. */
static const char *cell_label(table *t, const row *r)
{
    size_t asked = r->counts[KNOWN] + r->counts[UNVERIFIED] + r->counts[UNKNOWN];
    if (!asked) return "none";
    if (r->chip) return r->counts[UNKNOWN] ? NULL : roof_builder_printf(&t->b, "%c", r->letter);
    double sourced = 100.0 * (double)r->counts[KNOWN] / (double)asked;
    double doubtful = 100.0 * (double)r->counts[UNVERIFIED] / (double)asked;
    if (!r->counts[UNVERIFIED]) return roof_builder_printf(&t->b, "%.0f", sourced);
    return roof_builder_printf(&t->b, "%.0f + %.0f?", sourced, doubtful);
}

static void add_cells(table *t)
{
    roof_point *points = roof_builder_take(&t->b, t->row_count * COLUMN_COUNT, sizeof *points);
    size_t count = 0;
    for (size_t c = 0; points && c < COLUMN_COUNT; c++)
        for (size_t i = 0; i < t->row_count; i++) {
            row *r = &t->rows[i];
            count_column(t, r, &t->columns[c]);
            size_t asked = r->counts[KNOWN] + r->counts[UNVERIFIED] + r->counts[UNKNOWN];
            double y = (double)(t->row_count - i);
            points[count++] = (roof_point){
                .xlow = (double)c + 0.5,
                .xhigh = (double)c + 1.5,
                .ylow = y - 0.5,
                .yhigh = y + 0.5,
                .shade =
                    asked ? ((double)r->counts[KNOWN] + 0.25 * (double)r->counts[UNVERIFIED]) / (double)asked
                          : 0,
                .label = cell_label(t, r)};
        }
    roof_builder_add(&t->b, (roof_series){.kind = ROOF_SERIES_CELLS, .points = points, .count = count});
}

static void set_axes(table *t)
{
    roof_figure *figure = &t->b.drawn->figure;
    roof_tick *across = roof_builder_take(&t->b, COLUMN_COUNT, sizeof *across);
    roof_tick *up = roof_builder_take(&t->b, t->row_count, sizeof *up);
    for (size_t i = 0; across && i < COLUMN_COUNT; i++)
        across[i] = (roof_tick){(double)i + 1, COLUMNS[i].label};
    for (size_t i = 0; up && i < t->row_count; i++)
        up[i] = (roof_tick){(double)(t->row_count - i), t->rows[i].label};
    figure->x = (roof_axis){.ticks = ROOF_TICKS_NAMED,
                            .names = across,
                            .name_count = across ? COLUMN_COUNT : 0,
                            .min = 0.5,
                            .max = COLUMN_COUNT + 0.5};
    figure->y = (roof_axis){.ticks = ROOF_TICKS_NAMED,
                            .names = up,
                            .name_count = up ? t->row_count : 0,
                            .min = 0.5,
                            .max = (double)t->row_count + 0.5};
}

static void build(table *t)
{
    roof_buffer notes = ROOF_BUFFER_EMPTY;
    bool classes = t->row_count && !t->rows[0].chip;
    double height = 190 + 30 * (double)t->row_count;
    t->b.drawn->figure = (roof_figure){
        .title = "What the catalogue knows",
        .subtitle = classes ? "per cent of the chips of each class with a sourced value"
                            : "the letter says who claims it; empty is not published",
        .width = 1000,
        .height = (int)height,
        .legend = ROOF_LEGEND_NONE,
        .empty_reason = "there is no chip here",
    };
    set_axes(t);
    add_cells(t);
    if (classes)
        roof_buffer_append(&notes,
                           "\"72 + 9?\": 72 % have a source, another 9 % a value that nobody has "
                           "verified, the rest none. Of chips to which a field does not apply nothing is "
                           "asked.");
    else
        roof_buffer_append(&notes,
                           "m measured, v vendor, p paper, r press, e estimate, d derived, ? not verified. "
                           "\"none\": the chip has no such thing.");
    roof_builder_set_footer(&t->b, &notes, t->request->footer);
}

ROOF_MAKER(coverage)
{
    table t = {.request = request};
    roof_code code = ROOF_OK;
    if (!roof_builder_start(&t.b)) return roof_builder_end(&t.b, out, error);
    for (size_t i = 0; i < COLUMN_COUNT && code == ROOF_OK; i++)
        code = roof_attribute_parse(COLUMNS[i].attribute, &t.columns[i], error);
    if (code == ROOF_OK) {
        fill_rows(&t);
        build(&t);
        return roof_builder_end(&t.b, out, error);
    }
    *out = NULL;
    roof_drawn_figure_free(t.b.drawn);
    return code;
}
