#include <stdlib.h>
#include <string.h>

#include "chiproof/compare/audit.h"
#include "chiproof/measure/measure.h"
#include "chiproof/out/audit.h"
#include "cli/cli.h"

/* Files by the id of their catalogue entry, each opened once, when first needed. */
typedef struct shelf {
    const roof_entry *entries;
    void **items;
    bool *tried;
    size_t count;
} shelf;

typedef struct audit_run {
    cli_context *context;
    roof_measures measures;
    roof_report faults;
    bool broken;
    shelf chips, models;
    roof_audit_case *cases;
    size_t count;
    roof_audit *audit;
} audit_run;

/* ---- shelves ---- */

static bool open_shelf(roof_catalogue *catalogue, shelf *out, roof_error *error)
{
    if (roof_catalogue_list(catalogue, &out->entries, &out->count, error) != ROOF_OK) return false;
    out->items = calloc(out->count + 1, sizeof *out->items);
    out->tried = calloc(out->count + 1, sizeof *out->tried);
    if (out->items && out->tried) return true;
    roof_fail(error, ROOF_NO_MEMORY, "no memory for the audit");
    return false;
}

/* The place of an id, or -1. */
static long place_of(const shelf *on, const char *id)
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

static const roof_chip *chip_of(audit_run *run, const char *id)
{
    long place = place_of(&run->chips, id);
    if (place < 0) return NULL;
    if (!run->chips.tried[place]) run->chips.items[place] = cli_open_chip(run->context, id);
    run->chips.tried[place] = true;
    return run->chips.items[place];
}

static const roof_workload *model_of(audit_run *run, const char *id)
{
    long place = place_of(&run->models, id);
    if (place < 0) return NULL;
    if (!run->models.tried[place]) run->models.items[place] = cli_open_model(run->context, id);
    run->models.tried[place] = true;
    return run->models.items[place];
}

/* ---- reading ---- */

static void read_folder(const char *path, void *data)
{
    audit_run *run = data;
    if (roof_measures_load_folder(path, &run->measures, &run->faults, NULL) != ROOF_OK) run->broken = true;
}

static bool read_measures(audit_run *run)
{
    cli_each_folder(run->context, "specs/measured", "measured", read_folder, run);
    if (roof_measures_check(&run->measures, &run->faults, NULL) != ROOF_OK) run->broken = true;
    cli_print_report(run->context, &run->faults);
    if (run->broken && !run->faults.errors) cli_message("the measurements could not be read");
    return !run->broken;
}

/* By chip, model and precision, and then as they stand in the files. */
static int by_run(const void *a, const void *b)
{
    const roof_measurement *x = ((const roof_audit_case *)a)->row, *y = ((const roof_audit_case *)b)->row;
    int order = strcmp(x->chip, y->chip);
    if (!order) order = strcmp(x->model, y->model);
    if (!order) order = (int)x->precision - (int)y->precision;
    return order ? order : x < y ? -1 : x > y;
}

/* The rows of one chip, or of all chips that NULL stands for. */
static size_t add_cases(audit_run *run, const roof_chip *chip)
{
    size_t before = run->count;
    for (size_t i = 0; i < run->measures.row_count; i++)
        if (!chip || strcmp(chip->id, run->measures.rows[i].chip) == 0)
            run->cases[run->count++] = (roof_audit_case){&run->measures.rows[i], chip, NULL};
    return run->count - before;
}

static bool add_named(audit_run *run, roof_chip **chips, int *opened)
{
    const cli_options *options = &run->context->options;
    for (int i = 0; i < options->word_count; i++) {
        roof_chip *chip = chips[i] = cli_open_chip(run->context, options->words[i]);
        if (!chip) return false;
        bool again = false;
        for (int k = 0; k < i; k++) again = again || strcmp(chips[k]->id, chip->id) == 0;
        ++*opened;
        if (!again && !add_cases(run, chip)) cli_message("no published measurement of %s is known", chip->id);
    }
    if (options->word_count == 0) add_cases(run, NULL);
    return true;
}

static void find_parts(audit_run *run)
{
    if (run->count) qsort(run->cases, run->count, sizeof *run->cases, by_run);
    for (size_t i = 0; i < run->count; i++) {
        roof_audit_case *each = &run->cases[i];
        if (!each->chip) each->chip = chip_of(run, each->row->chip);
        each->workload = model_of(run, each->row->model);
    }
}

/* ---- showing ---- */

static void people(const void *result, roof_page *page)
{
    const audit_run *run = result;
    roof_audit_page(run->audit, run->context->options.all, page);
}

static void grid(const void *result, roof_page *page)
{
    const audit_run *run = result;
    roof_audit_grid(run->audit, run->context->options.all, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    const audit_run *run = result;
    roof_audit_json(run->audit, run->context->options.all, writer);
}

static int check_and_show(audit_run *run, roof_chip **chips, int *opened)
{
    roof_error error;
    if (!open_shelf(run->context->chips, &run->chips, &error) ||
        !open_shelf(run->context->models, &run->models, &error))
        return cli_fail(run->context, &error);
    run->cases = calloc(run->measures.row_count + 1, sizeof *run->cases);
    if (!run->cases) {
        roof_fail(&error, ROOF_NO_MEMORY, "no memory for the audit");
        return cli_fail(run->context, &error);
    }
    if (!add_named(run, chips, opened)) return EXIT_FAILED;
    find_parts(run);
    if (roof_audit_check(&run->measures, run->cases, run->count, &run->audit, &error) != ROOF_OK)
        return cli_fail(run->context, &error);
    int status = cli_emit(run->context, &(cli_result){run, people, grid, json});
    return run->audit->all.above_fit ? EXIT_FAILED : status;
}

int cmd_audit(cli_context *context)
{
    audit_run run = {.context = context, .measures = ROOF_MEASURES_EMPTY, .faults = ROOF_REPORT_EMPTY};
    roof_chip **chips = calloc((size_t)context->options.word_count + 1, sizeof *chips);
    int opened = 0, status = EXIT_FAILED;
    if (chips && read_measures(&run)) status = check_and_show(&run, chips, &opened);
    roof_audit_free(run.audit);
    free(run.cases);
    for (size_t i = 0; run.chips.items && i < run.chips.count; i++) roof_chip_free(run.chips.items[i]);
    for (size_t i = 0; run.models.items && i < run.models.count; i++) roof_workload_free(run.models.items[i]);
    free(run.chips.items);
    free(run.chips.tried);
    free(run.models.items);
    free(run.models.tried);
    for (int i = 0; i < opened; i++) roof_chip_free(chips[i]);
    free(chips);
    roof_report_clear(&run.faults);
    roof_measures_free(&run.measures);
    return status;
}
