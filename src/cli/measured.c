#include "cli/measured.h"

#include <stdlib.h>
#include <string.h>

static bool open_shelf(roof_catalogue *catalogue, cli_shelf *out, roof_error *error)
{
    if (roof_catalogue_list(catalogue, &out->entries, &out->count, error) != ROOF_OK) return false;
    out->items = calloc(out->count + 1, sizeof *out->items);
    out->tried = calloc(out->count + 1, sizeof *out->tried);
    if (out->items && out->tried) return true;
    roof_fail(error, ROOF_NO_MEMORY, "no memory for the measurements");
    return false;
}

/* The place of an id, or -1. */
static long place_of(const cli_shelf *on, const char *id)
{
    size_t low = 0, high = on->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(id, on->entries[middle].id);
        if (order == 0) return (long)middle;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return -1;
}

const roof_chip *cli_measured_chip(cli_measured *measured, const char *id)
{
    cli_shelf *shelf = &measured->chips;
    long place = place_of(shelf, id);
    if (place < 0) return NULL;
    if (!shelf->tried[place]) shelf->items[place] = cli_inspect_chip(measured->context, id, measured->checks);
    shelf->tried[place] = true;
    return shelf->items[place];
}

const roof_workload *cli_measured_model(cli_measured *measured, const char *id)
{
    cli_shelf *shelf = &measured->models;
    long place = place_of(shelf, id);
    if (place < 0) return NULL;
    if (!shelf->tried[place]) shelf->items[place] = cli_open_model(measured->context, id);
    shelf->tried[place] = true;
    return shelf->items[place];
}

static void read_folder(const char *path, void *data)
{
    cli_measured *measured = data;
    if (roof_measures_load_folder(path, &measured->measures, &measured->faults, NULL) != ROOF_OK)
        measured->broken = true;
}

bool cli_measured_shelves(cli_measured *measured)
{
    roof_error error;
    cli_context *context = measured->context;
    if (open_shelf(context->chips, &measured->chips, &error) &&
        open_shelf(context->models, &measured->models, &error))
        return true;
    cli_fail(context, &error);
    return false;
}

bool cli_measured_open(cli_context *context, cli_measured *out)
{
    *out = (cli_measured)CLI_MEASURED_EMPTY(context);
    cli_each_folder(context, "specs/measured", "measured", read_folder, out);
    if (roof_measures_check(&out->measures, &out->faults, NULL) != ROOF_OK) out->broken = true;
    cli_print_report(context, &out->faults);
    if (out->broken && !out->faults.errors) cli_message("the measurements could not be read");
    if (out->broken) return false;
    return cli_measured_shelves(out);
}

void cli_measured_close(cli_measured *measured)
{
    for (size_t i = 0; measured->chips.items && i < measured->chips.count; i++)
        roof_chip_free(measured->chips.items[i]);
    for (size_t i = 0; measured->models.items && i < measured->models.count; i++)
        roof_workload_free(measured->models.items[i]);
    free(measured->chips.items);
    free(measured->chips.tried);
    free(measured->models.items);
    free(measured->models.tried);
    roof_report_clear(&measured->faults);
    roof_measures_free(&measured->measures);
}
