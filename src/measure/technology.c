#include "chiproof/measure/technology.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "measure/tsv.h"

/* An empty cell is NaN. */
static bool read_optional(tsv_table *t, size_t cell, const char *what, double *out)
{
    *out = NAN;
    return !*t->cells[cell] || tsv_number(t, cell, what, out);
}

static bool read_filled(tsv_table *t, size_t cell, const char *what, const char **out)
{
    *out = t->cells[cell];
    if (**out) return true;
    tsv_fault(t, cell, "the %s is missing", what);
    return false;
}

/* ---- nodes ---- */

enum { NODE, KIND, A2, A1, A0, VDD, NODE_SOURCE };

static bool read_kind(tsv_table *t, roof_node_kind *out)
{
    *out = strcmp(t->cells[KIND], "LP") == 0 ? ROOF_NODE_LP : ROOF_NODE_HP;
    if (*out == ROOF_NODE_LP || strcmp(t->cells[KIND], "HP") == 0) return true;
    tsv_fault(t, KIND, "kind \"%.40s\": expected HP or LP", t->cells[KIND]);
    return false;
}

static void add_node(tsv_table *t, roof_technology *technology)
{
    roof_node node;
    bool good = tsv_number(t, NODE, "node_nm", &node.node_m);
    node.node_m *= 1e-9;
    good = read_kind(t, &node.kind) && good;
    good = tsv_signed(t, A2, "a2", &node.a2) && good;
    good = tsv_signed(t, A1, "a1", &node.a1) && good;
    good = tsv_signed(t, A0, "a0", &node.a0) && good;
    good = tsv_number(t, VDD, "vdd_nominal_v", &node.vdd_v) && good;
    good = read_filled(t, NODE_SOURCE, "source", &node.source) && good;
    for (size_t i = 0; good && i < technology->node_count; i++) {
        const roof_node *other = &technology->nodes[i];
        if (other->node_m != node.node_m || other->kind != node.kind) continue;
        tsv_fault(t, NODE, "%s nm %s is there already", t->cells[NODE], t->cells[KIND]);
        good = false;
    }
    if (good && !(node.a2 * node.vdd_v * node.vdd_v + node.a1 * node.vdd_v + node.a0 > 0)) {
        tsv_fault(t, A2, "the energy at %s V is not above 0", t->cells[VDD]);
        good = false;
    }
    if (!good) return;
    if (technology->node_count < ROOF_NODES) technology->nodes[technology->node_count++] = node;
    else tsv_fault(t, NODE, "more than %d nodes", ROOF_NODES);
}

/* ---- operations ---- */

enum { OPERATION, NAME, COST_NODE, COST_VDD, LEAST, MOST, BITS, COST_SOURCE, NOTE };

static bool read_operation(tsv_table *t, const char **out)
{
    static const char *const known[] = {"multiply", "add", "read"};
    *out = t->cells[OPERATION];
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(*out, known[i]) == 0) return true;
    tsv_fault(t, OPERATION, "operation \"%.40s\": expected multiply, add or read", *out);
    return false;
}

/* Reads are of so many bits at a time, and kept by the byte; operations have none. */
static bool read_bits(tsv_table *t, roof_operation_cost *cost)
{
    double bits;
    bool access = strcmp(t->cells[OPERATION], "read") == 0;
    if (!read_optional(t, BITS, "bits", &bits)) return false;
    if (access == isnan(bits)) {
        tsv_fault(t, BITS, "%s", access ? "a read needs its bits" : "only a read has bits");
        return false;
    }
    double bytes = access ? bits / 8 : 1;
    cost->least_j *= 1e-12 / bytes;
    cost->most_j *= 1e-12 / bytes;
    return true;
}

static bool is_new(tsv_table *t, const roof_technology *technology, const roof_operation_cost *cost)
{
    for (size_t i = 0; i < technology->cost_count; i++) {
        const roof_operation_cost *other = &technology->costs[i];
        bool same_node = other->node_m == cost->node_m || (isnan(other->node_m) && isnan(cost->node_m));
        if (!same_node || strcmp(other->operation, cost->operation) != 0 ||
            strcmp(other->name, cost->name) != 0)
            continue;
        tsv_fault(t, NAME, "%s %.40s at that node is there already", cost->operation, cost->name);
        return false;
    }
    return true;
}

static void add_cost(tsv_table *t, roof_technology *technology)
{
    roof_operation_cost cost = {.note = t->cells[NOTE]};
    bool good = read_operation(t, &cost.operation);
    good = read_filled(t, NAME, "name", &cost.name) && good;
    good = read_optional(t, COST_NODE, "node_nm", &cost.node_m) && good;
    cost.node_m *= 1e-9;
    good = read_optional(t, COST_VDD, "vdd_v", &cost.vdd_v) && good;
    good = tsv_number(t, LEAST, "least_pj", &cost.least_j) && good;
    good = tsv_number(t, MOST, "most_pj", &cost.most_j) && good;
    good = read_filled(t, COST_SOURCE, "source", &cost.source) && good;
    good = read_bits(t, &cost) && good;
    if (good && cost.most_j < cost.least_j) {
        tsv_fault(t, MOST, "most_pj is below least_pj");
        good = false;
    }
    if (!good || !is_new(t, technology, &cost)) return;
    if (technology->cost_count < ROOF_OPERATION_COSTS) technology->costs[technology->cost_count++] = cost;
    else tsv_fault(t, NAME, "more than %d costs", ROOF_OPERATION_COSTS);
}

/* ---- tables ---- */

static const struct {
    const char *header[TSV_CELLS];
    void (*add)(tsv_table *, roof_technology *);
} kinds[] = {
    {{"node_nm", "kind", "a2", "a1", "a0", "vdd_nominal_v", "source"}, add_node},
    {{"operation", "name", "node_nm", "vdd_v", "least_pj", "most_pj", "bits", "source", "note"}, add_cost},
};
enum { KINDS = sizeof kinds / sizeof *kinds };

roof_code roof_technology_parse(const char *text, size_t length, const char *file,
                                roof_technology *technology, roof_report *report, roof_error *error)
{
    tsv_table table = {.text = text, .length = length, .arena = &technology->arena, .report = report};
    table.file = roof_arena_strdup(&technology->arena, file);
    if (!table.file) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the technology");
    bool begun = tsv_next(&table) == TSV_ROW;
    size_t kind = 0;
    while (kind < KINDS && !(begun && tsv_has_header(&table, kinds[kind].header))) kind++;
    if (kind == KINDS && !table.no_memory)
        return tsv_no_header(&table, "process nodes or operation energies", error);
    for (tsv_read read; !table.no_memory && (read = tsv_next(&table)) != TSV_END;)
        if (read == TSV_ROW) kinds[kind].add(&table, technology);
    return tsv_finish(&table, "technology", error);
}

roof_code roof_technology_load(const char *path, roof_technology *technology, roof_report *report,
                               roof_error *error)
{
    char *text = NULL;
    size_t length = 0;
    roof_code code = roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, report, error);
    if (code != ROOF_OK) return code;
    code = roof_technology_parse(text, length, path, technology, report, error);
    free(text);
    return code;
}

void roof_technology_free(roof_technology *technology)
{
    if (!technology) return;
    roof_arena_free(&technology->arena);
    *technology = (roof_technology)ROOF_TECHNOLOGY_EMPTY;
}
