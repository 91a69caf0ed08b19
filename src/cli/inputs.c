#include "cli/inputs.h"

#include <inttypes.h>
#include <stdlib.h>

#include "chiproof/base/file.h"
#include "chiproof/base/hash.h"

/* A thing made of things made of... : more than any catalogue has. */
enum { DEPTH = 8 };

static uint64_t hash_file(uint64_t hash, const char *path)
{
    char *bytes = NULL;
    size_t length = 0;
    if (roof_file_read(path, ROOF_FILE_LIMIT, &bytes, &length, NULL) == ROOF_OK)
        hash = roof_hash_bytes(hash, bytes, length);
    free(bytes);
    return hash;
}

/* With what it contains, from which values are derived. */
static uint64_t hash_chip(const cli_context *context, uint64_t hash, const roof_chip *chip)
{
    hash = hash_file(hash, chip->file);
    const char *part = chip->contains;
    roof_chip *owned = NULL;
    for (int i = 0; part && i < DEPTH; i++) {
        roof_entry entry;
        roof_chip *inner = NULL;
        if (roof_catalogue_find(context->chips, part, &entry, NULL) != ROOF_OK) break;
        hash = hash_file(hash, entry.path);
        if (roof_chip_load(entry.path, NULL, &inner, NULL) != ROOF_OK) break;
        roof_chip_free(owned);
        owned = inner;
        part = inner->contains;
    }
    roof_chip_free(owned);
    return hash;
}

/* What operations cost, and what nodes make of it, as they were read. */
static uint64_t hash_technology(uint64_t hash, const roof_technology *technology)
{
    for (size_t i = 0; i < technology->cost_count; i++) {
        const roof_operation_cost *row = &technology->costs[i];
        const double numbers[] = {row->node_m, row->vdd_v, row->least_j, row->most_j};
        hash = roof_hash_text(roof_hash_text(hash, row->operation), row->name);
        hash = roof_hash_bytes(hash, numbers, sizeof numbers);
    }
    for (size_t i = 0; i < technology->node_count; i++) {
        const roof_node *row = &technology->nodes[i];
        const double numbers[] = {row->node_m, row->kind, row->a2, row->a1, row->a0, row->vdd_v};
        hash = roof_hash_bytes(hash, numbers, sizeof numbers);
    }
    return hash;
}

/* The published results that a figure holds against what was to be expected. */
static uint64_t hash_results(uint64_t hash, const roof_figure_request *request)
{
    for (size_t i = 0; i < request->join_count; i++) {
        const roof_measurement *row = request->joins[i].row;
        const double numbers[] = {row->value,  row->batch,     row->chips_used,
                                  row->metric, row->precision, row->fit};
        hash = roof_hash_text(roof_hash_text(hash, row->model), row->scenario);
        hash = roof_hash_bytes(hash, numbers, sizeof numbers);
    }
    return hash;
}

static void put_count(roof_buffer *out, const char **separator, size_t count, const char *what)
{
    if (!count) return;
    roof_buffer_printf(out, "%s%zu %s%s", *separator, count, what, count == 1 ? "" : "s");
    *separator = ", ";
}

void cli_put_inputs(const cli_context *context, const roof_figure_kind *kind,
                    const roof_figure_request *request, roof_buffer *out)
{
    bool all = kind->takes & ROOF_TAKES_CATALOGUE;
    const roof_chip *const *chips = all ? request->catalogue : request->chips;
    size_t count = all ? request->catalogue_count : request->chip_count;
    uint64_t hash = ROOF_HASH_START;
    const char *separator = "";
    for (size_t i = 0; i < count; i++) hash = hash_chip(context, hash, chips[i]);
    for (size_t i = 0; i < request->event_count; i++)
        hash = hash_file(hash, roof_workload_file(request->events[i].workload));
    if (kind->takes & ROOF_TAKES_COSTS) hash = hash_technology(hash, &context->technology);
    if (kind->takes & ROOF_TAKES_RESULTS) hash = hash_results(hash, request);
    /* What was scored is what the calibration was fitted to. */
    if (kind->takes & ROOF_TAKES_SCORES && request->calibration)
        hash = roof_hash_text(hash, request->calibration->hash);
    roof_buffer_printf(out, "inputs %08" PRIx64 " (", hash >> 32);
    put_count(out, &separator, count, "chip");
    put_count(out, &separator, request->event_count, "run");
    put_count(out, &separator, kind->takes & ROOF_TAKES_RESULTS ? request->join_count : 0, "result");
    if (request->calibration)
        roof_buffer_printf(out, "%scalibration %.8s", separator, request->calibration->hash);
    roof_buffer_append(out, ")");
}
