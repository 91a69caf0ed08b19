#include "chiproof/measure/own.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/tsv.h"

enum { CHIP, MODEL, PRECISION, BATCH, METRIC, VALUE, CHIPS_USED, VARIANT, SCENARIO, COLUMNS };
enum { NEEDED = VALUE + 1 };
static const char *const names[COLUMNS] = {"chip",  "model", "precision", "batch",   "metric",
                                           "value", "chips", "variant",   "scenario"};

typedef struct columns {
    int cell[COLUMNS]; /* where each stands, or -1 */
} columns;

/* Finds the columns in the header; false after a fault. */
static bool find_columns(tsv_table *t, columns *out)
{
    for (int c = 0; c < COLUMNS; c++) out->cell[c] = -1;
    for (size_t i = 0; i < t->width; i++) {
        int c = 0;
        while (c < COLUMNS && strcmp(t->cells[i], names[c]) != 0) c++;
        if (c == COLUMNS || out->cell[c] >= 0) {
            tsv_fault(
                t, i,
                "column \"%.40s\": expected each of chip, model, precision, batch, metric and value once, "
                "and chips, variant or scenario",
                t->cells[i]);
            return false;
        }
        out->cell[c] = (int)i;
    }
    for (int c = 0; c < NEEDED; c++) {
        if (out->cell[c] >= 0) continue;
        tsv_fault(t, 0, "the column %s is missing", names[c]);
        return false;
    }
    return true;
}

static const char *text_of(const tsv_table *t, const columns *at, int column)
{
    return at->cell[column] < 0 ? "" : t->cells[at->cell[column]];
}

static bool read_text(tsv_table *t, const columns *at, int column, const char **out)
{
    *out = text_of(t, at, column);
    if (**out) return true;
    tsv_fault(t, (size_t)at->cell[column], "the %s is missing", names[column]);
    return false;
}

/* A whole number, or 1 where there is none. */
static bool read_number(tsv_table *t, const columns *at, int column, double *out)
{
    *out = 1;
    if (!*text_of(t, at, column)) return true;
    size_t cell = (size_t)at->cell[column];
    if (!tsv_number(t, cell, names[column], out)) return false;
    if (*out == floor(*out) && *out >= 1 && *out <= 1e7) return true;
    tsv_fault(t, cell, "%s \"%.40s\": expected a whole number", names[column], t->cells[cell]);
    return false;
}

static bool read_metric(tsv_table *t, const columns *at, roof_metric *out)
{
    const char *name = text_of(t, at, METRIC);
    static const roof_metric speeds[] = {ROOF_METRIC_THROUGHPUT, ROOF_METRIC_LATENCY,
                                         ROOF_METRIC_TIME_PER_INFERENCE, ROOF_METRIC_TOKENS,
                                         ROOF_METRIC_TOKENS_PER_USER};
    for (size_t i = 0; i < sizeof speeds / sizeof *speeds; i++) {
        *out = speeds[i];
        if (strcmp(name, roof_metric_name(*out)) == 0) return true;
    }
    tsv_fault(t, (size_t)at->cell[METRIC],
              "metric \"%.40s\": expected throughput, latency, time-per-inference, tokens or tokens-per-user",
              name);
    return false;
}

static bool read_precision(tsv_table *t, const columns *at, roof_precision *out)
{
    roof_error error;
    if (roof_precision_parse(text_of(t, at, PRECISION), out, &error) == ROOF_OK) return true;
    tsv_fault(t, (size_t)at->cell[PRECISION], "%s", error.message);
    return false;
}

static bool make_room(roof_measures *m)
{
    if (m->row_count < m->row_capacity) return true;
    size_t wanted = m->row_capacity ? m->row_capacity * 2 : 64;
    roof_measurement *rows =
        m->row_count < ROOF_MEASURES_LIMIT ? realloc(m->rows, wanted * sizeof *rows) : NULL;
    if (!rows) return false;
    m->rows = rows;
    m->row_capacity = wanted;
    return true;
}

static void add_row(tsv_table *t, const columns *at, roof_measures *m)
{
    roof_measurement row = {.system = "",
                            .variant = text_of(t, at, VARIANT),
                            .scenario = text_of(t, at, SCENARIO),
                            .conditions = "",
                            .source = "own",
                            .use = "fit",
                            .fit = true,
                            .file = t->file,
                            .line = t->line};
    bool good = read_text(t, at, CHIP, &row.chip);
    good = read_text(t, at, MODEL, &row.model) && good;
    good = read_precision(t, at, &row.precision) && good;
    good = read_number(t, at, BATCH, &row.batch) && good;
    good = read_number(t, at, CHIPS_USED, &row.chips_used) && good;
    good = read_metric(t, at, &row.metric) && good;
    good = tsv_number(t, (size_t)at->cell[VALUE], "value", &row.value) && good;
    if (!good) return;
    if (make_room(m)) m->rows[m->row_count++] = row;
    else t->no_memory = true;
}

roof_code roof_own_parse(const char *text, size_t length, const char *file, roof_measures *measures,
                         roof_report *report, roof_error *error)
{
    columns at;
    tsv_table table = {.length = length, .arena = &measures->arena, .report = report};
    char *tabs = roof_arena_alloc(&measures->arena, length + 1);
    table.file = roof_arena_strdup(&measures->arena, file);
    if (!tabs || !table.file) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the results");
    for (size_t i = 0; i < length; i++) tabs[i] = text[i] == ',' ? '\t' : text[i];
    table.text = tabs;
    if (tsv_next(&table) != TSV_ROW && !table.no_memory) return tsv_no_header(&table, "own results", error);
    if (table.no_memory || !find_columns(&table, &at)) {
        tsv_finish(&table, "results", error);
        return table.no_memory ? ROOF_NO_MEMORY : ROOF_SYNTAX;
    }
    for (tsv_read read; !table.no_memory && (read = tsv_next(&table)) != TSV_END;)
        if (read == TSV_ROW) add_row(&table, &at, measures);
    return tsv_finish(&table, "results", error);
}
