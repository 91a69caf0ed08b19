#include "chiproof/measure/measure.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "measure/tsv.h"

static const struct {
    const char *name, *unit;
    double to_si;
} metrics[] = {
#define X(id, name, unit, si) {name, unit, si},
    ROOF_METRICS(X)
#undef X
};

const char *roof_metric_name(roof_metric metric)
{
    return (unsigned)metric < ROOF_METRIC_COUNT ? metrics[metric].name : "unknown";
}

const char *roof_metric_unit(roof_metric metric)
{
    return (unsigned)metric < ROOF_METRIC_COUNT ? metrics[metric].unit : "";
}

double roof_metric_to_si(roof_metric metric)
{
    return (unsigned)metric < ROOF_METRIC_COUNT ? metrics[metric].to_si : NAN;
}

/* Makes room for one more; false if memory or the limit ran out. */
static bool grow(void **items, size_t count, size_t *capacity, size_t size)
{
    if (count < *capacity) return true;
    if (count >= ROOF_MEASURES_LIMIT) return false;
    size_t wanted = *capacity ? *capacity * 2 : 256;
    void *grown = realloc(*items, wanted * size);
    if (!grown) return false;
    *items = grown;
    *capacity = wanted;
    return true;
}

/* ---- measurements ---- */

enum { CHIP, SYSTEM, CHIPS_USED, MODEL, VARIANT, PRECISION, SPARSE, BATCH, SCENARIO, METRIC, VALUE, UNIT };
enum { CONDITIONS = UNIT + 1, SOURCE, USE };

static bool read_filled(tsv_table *t, size_t cell, const char *what, const char **out)
{
    *out = t->cells[cell];
    if (**out) return true;
    tsv_fault(t, cell, "the %s is missing", what);
    return false;
}

/* A number, or NaN for an empty cell. */
static bool read_optional(tsv_table *t, size_t cell, const char *what, double *out)
{
    *out = NAN;
    if (!*t->cells[cell]) return true;
    if (!tsv_number(t, cell, what, out)) return false;
    if (*out == floor(*out)) return true;
    tsv_fault(t, cell, "%s \"%s\": expected a whole number", what, t->cells[cell]);
    return false;
}

static bool read_metric(tsv_table *t, roof_metric *out)
{
    for (int i = 0; i < ROOF_METRIC_COUNT; i++) {
        if (strcmp(t->cells[METRIC], metrics[i].name) != 0) continue;
        *out = (roof_metric)i;
        if (strcmp(t->cells[UNIT], metrics[i].unit) == 0) return true;
        tsv_fault(t, UNIT, "the unit of %s is %s, not \"%.40s\"", metrics[i].name, metrics[i].unit,
                  t->cells[UNIT]);
        return false;
    }
    tsv_fault(t, METRIC, "unknown metric \"%.40s\"", t->cells[METRIC]);
    return false;
}

static bool read_precision(tsv_table *t, roof_precision *out)
{
    roof_error error;
    if (roof_precision_parse(t->cells[PRECISION], out, &error) == ROOF_OK) return true;
    tsv_fault(t, PRECISION, "%s", error.message);
    return false;
}

static bool read_sparse(tsv_table *t, bool *out)
{
    const char *text = t->cells[SPARSE];
    *out = strcmp(text, "yes") == 0;
    if (*out || !*text || strcmp(text, "no") == 0) return true;
    tsv_fault(t, SPARSE, "sparse \"%.40s\": expected yes, no or nothing", text);
    return false;
}

static bool read_use(tsv_table *t, roof_measurement *row)
{
    row->use = t->cells[USE];
    row->fit = strcmp(row->use, "fit") == 0;
    if (row->fit || (strncmp(row->use, "no: ", 4) == 0 && row->use[4])) return true;
    tsv_fault(t, USE, "use \"%.40s\": expected fit, or \"no: \" and why", row->use);
    return false;
}

static void add_row(tsv_table *t, roof_measures *m)
{
    roof_measurement row = {.system = t->cells[SYSTEM],
                            .variant = t->cells[VARIANT],
                            .scenario = t->cells[SCENARIO],
                            .conditions = t->cells[CONDITIONS],
                            .file = t->file,
                            .line = t->line};
    bool good = read_filled(t, CHIP, "chip", &row.chip);
    good = read_filled(t, MODEL, "model", &row.model) && good;
    good = read_filled(t, SOURCE, "source", &row.source) && good;
    good = read_optional(t, CHIPS_USED, "chips_used", &row.chips_used) && good;
    good = read_optional(t, BATCH, "batch", &row.batch) && good;
    good = tsv_number(t, VALUE, "value", &row.value) && good;
    good = read_metric(t, &row.metric) && good;
    good = read_precision(t, &row.precision) && good;
    good = read_sparse(t, &row.sparse) && good;
    good = read_use(t, &row) && good;
    if (!good) return;
    if (grow((void **)&m->rows, m->row_count, &m->row_capacity, sizeof *m->rows))
        m->rows[m->row_count++] = row;
    else t->no_memory = true;
}

/* ---- sources ---- */

static void add_source(tsv_table *t, roof_measures *m)
{
    roof_measure_source source = {NULL, NULL, t->cells[2], t->cells[3], t->cells[4]};
    bool good = read_filled(t, 0, "source's id", &source.id);
    good = read_filled(t, 1, "title", &source.title) && good;
    if (!good) return;
    if (roof_measure_source_find(m, source.id)) {
        tsv_fault(t, 0, "the source \"%.80s\" is there already", source.id);
        return;
    }
    if (grow((void **)&m->sources, m->source_count, &m->source_capacity, sizeof *m->sources))
        m->sources[m->source_count++] = source;
    else t->no_memory = true;
}

const roof_measure_source *roof_measure_source_find(const roof_measures *measures, const char *id)
{
    for (size_t i = 0; i < measures->source_count; i++)
        if (strcmp(measures->sources[i].id, id) == 0) return &measures->sources[i];
    return NULL;
}

/* ---- findings ---- */

static void add_finding(tsv_table *t, roof_measures *m)
{
    roof_measure_finding finding = {.file = t->file, .line = t->line};
    bool good = read_filled(t, 0, "chip (or *)", &finding.chip);
    good = read_filled(t, 1, "model (or *)", &finding.model) && good;
    good = read_filled(t, 2, "source (or *)", &finding.source) && good;
    good = read_filled(t, 3, "condition (or *)", &finding.condition) && good;
    good = tsv_number(t, 4, "up_to", &finding.up_to) && good;
    good = read_filled(t, 5, "explanation", &finding.explanation) && good;
    if (!good) return;
    if (grow((void **)&m->findings, m->finding_count, &m->finding_capacity, sizeof *m->findings))
        m->findings[m->finding_count++] = finding;
    else t->no_memory = true;
}

static bool is_any(const char *wanted)
{
    return strcmp(wanted, "*") == 0;
}

static bool speaks_for(const roof_measure_finding *f, const roof_measurement *row)
{
    if (!is_any(f->chip) && strcmp(f->chip, row->chip) != 0) return false;
    if (!is_any(f->model) && strcmp(f->model, row->model) != 0) return false;
    if (!is_any(f->source) && strcmp(f->source, row->source) != 0) return false;
    return is_any(f->condition) || strstr(row->conditions, f->condition) ||
           strstr(row->system, f->condition) || strstr(row->variant, f->condition) ||
           strstr(row->scenario, f->condition);
}

const roof_measure_finding *roof_measure_explain(const roof_measures *measures, const roof_measurement *row,
                                                 double excess)
{
    for (size_t i = 0; i < measures->finding_count; i++)
        if (excess <= measures->findings[i].up_to && speaks_for(&measures->findings[i], row))
            return &measures->findings[i];
    return NULL;
}

/* ---- tables ---- */

/* The kinds of table, told apart by their header. */
static const struct {
    const char *header[TSV_CELLS];
    void (*add)(tsv_table *, roof_measures *);
} kinds[] = {
    {{"chip", "system", "chips_used", "model", "variant", "precision", "sparse", "batch", "scenario",
      "metric", "value", "unit", "conditions", "source", "use"},
     add_row},
    {{"source", "title", "publisher", "date_or_commit", "url"}, add_source},
    {{"chip", "model", "source", "condition", "up_to", "explanation"}, add_finding},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

roof_code roof_measures_parse(const char *text, size_t length, const char *file, roof_measures *measures,
                              roof_report *report, roof_error *error)
{
    tsv_table table = {.text = text, .length = length, .arena = &measures->arena, .report = report};
    table.file = roof_arena_strdup(&measures->arena, file);
    if (!table.file) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the measurements");
    bool begun = tsv_next(&table) == TSV_ROW;
    size_t kind = 0;
    while (kind < KINDS && !(begun && tsv_has_header(&table, kinds[kind].header))) kind++;
    if (kind == KINDS && !table.no_memory)
        return tsv_no_header(&table, "measurements, sources or findings", error);
    for (tsv_read read; !table.no_memory && (read = tsv_next(&table)) != TSV_END;)
        if (read == TSV_ROW) kinds[kind].add(&table, measures);
    return tsv_finish(&table, "measurements", error);
}

void roof_measures_free(roof_measures *measures)
{
    if (!measures) return;
    free(measures->rows);
    free(measures->sources);
    free(measures->findings);
    roof_arena_free(&measures->arena);
    *measures = (roof_measures)ROOF_MEASURES_EMPTY;
}
