#include <stdlib.h>
#include <string.h>

#include "chiproof/chip/filter.h"
#include "chiproof/out/chip.h"
#include "chiproof/out/coverage.h"
#include "chiproof/out/workload.h"
#include "cli/cli.h"

/* ---- models: read one at a time ---- */

typedef struct model_list {
    cli_context *context;
    const roof_entry *entries;
    size_t count;
} model_list;

static void each_model(const model_list *list, roof_page *page, bool for_people, roof_json_writer *writer)
{
    for (size_t i = 0; i < list->count; i++) {
        roof_workload *workload = cli_open_model(list->context, list->entries[i].id);
        if (workload && page) roof_workload_list_row(workload, page, for_people);
        if (workload && writer) roof_workload_list_json(workload, writer);
        roof_workload_free(workload);
    }
}

static void models_people(const void *result, roof_page *page)
{
    roof_workload_list_begin(page, true);
    each_model(result, page, true, NULL);
}

static void models_grid(const void *result, roof_page *page)
{
    roof_workload_list_begin(page, false);
    each_model(result, page, false, NULL);
}

static void models_json(const void *result, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/list/1");
    roof_json_open_array(writer, "models");
    each_model(result, NULL, false, writer);
    roof_json_close(writer);
}

static int list_models(cli_context *context)
{
    model_list list = {context, NULL, 0};
    roof_error error;
    if (roof_catalogue_list(context->models, &list.entries, &list.count, &error) != ROOF_OK)
        return cli_fail(context, &error);
    return cli_emit(context, &(cli_result){&list, models_people, models_grid, models_json});
}

/* ---- chips: read all, picked, sorted ---- */

typedef struct chip_list {
    roof_chip **chips;
    size_t count, unknown; /* unknown: left out because nothing is published that a filter asks for */
    roof_filter filters[CLI_FILTERS];
    int filter_count;
    roof_attribute sort;
    bool sorted, reversed;
} chip_list;

static const roof_chip *const *chips_of(const chip_list *list)
{
    return (const roof_chip *const *)list->chips;
}

static void chips_people(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_chip_list_begin(page, true);
    for (size_t i = 0; i < list->count; i++) roof_chip_list_row(list->chips[i], page, true);
}

static void chips_grid(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_chip_list_begin(page, false);
    for (size_t i = 0; i < list->count; i++) roof_chip_list_row(list->chips[i], page, false);
}

static void chips_json(const void *result, roof_json_writer *writer)
{
    const chip_list *list = result;
    roof_json_put_string(writer, "schema", "chiproof/list/1");
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < list->count; i++) roof_chip_list_json(list->chips[i], writer);
    roof_json_close(writer);
}

static void coverage_people(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_coverage_page(chips_of(list), list->count, page);
}

static void coverage_grid(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_coverage_grid(chips_of(list), list->count, page);
}

static void coverage_json(const void *result, roof_json_writer *writer)
{
    const chip_list *list = result;
    roof_json_put_string(writer, "schema", "chiproof/coverage/1");
    roof_coverage_json(chips_of(list), list->count, writer);
}

static bool read_conditions(const cli_options *options, chip_list *list)
{
    roof_error error;
    for (int i = 0; i < options->where_count; i++) {
        if (roof_filter_parse(options->where[i], &list->filters[list->filter_count++], &error) == ROOF_OK)
            continue;
        cli_message("--where: %s", error.message);
        return false;
    }
    list->sorted = options->sort != NULL;
    list->reversed = options->reverse;
    if (!options->sort || roof_attribute_parse(options->sort, &list->sort, &error) == ROOF_OK) return true;
    cli_message("--sort: %s", error.message);
    return false;
}

static bool is_wanted(chip_list *list, const roof_chip *chip)
{
    bool unknown = false;
    for (int i = 0; i < list->filter_count; i++) {
        roof_match match = roof_filter_match(&list->filters[i], chip);
        if (match == ROOF_MATCH_NO) return false;
        unknown = unknown || match == ROOF_MATCH_UNKNOWN;
    }
    if (unknown) list->unknown++;
    return !unknown;
}

static int by_attribute(const void *a, const void *b, void *data)
{
    const chip_list *list = data;
    const roof_chip *x = *(const roof_chip *const *)a, *y = *(const roof_chip *const *)b;
    bool known = !roof_attribute_is_number(&list->sort) ||
                 (roof_attribute_number(&list->sort, x) == roof_attribute_number(&list->sort, x) &&
                  roof_attribute_number(&list->sort, y) == roof_attribute_number(&list->sort, y));
    int order = roof_attribute_compare(&list->sort, x, y);
    return list->reversed && known ? -order : order; /* what is not published stays last */
}

static bool read_chips(cli_context *context, chip_list *list)
{
    const roof_entry *entries = NULL;
    size_t count = 0;
    roof_error error;
    if (roof_catalogue_list(context->chips, &entries, &count, &error) != ROOF_OK) {
        cli_fail(context, &error);
        return false;
    }
    list->chips = calloc(count + 1, sizeof *list->chips);
    if (!list->chips) {
        cli_message("no memory for the list");
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        roof_chip *chip = cli_open_chip(context, entries[i].id);
        if (chip && is_wanted(list, chip)) list->chips[list->count++] = chip;
        else roof_chip_free(chip);
    }
    if (list->sorted && list->count)
        qsort_r(list->chips, list->count, sizeof *list->chips, by_attribute, list);
    return true;
}

static int list_chips(cli_context *context)
{
    chip_list list = {0};
    int status = EXIT_FAILED;
    if (!read_conditions(&context->options, &list)) return EXIT_USAGE;
    if (read_chips(context, &list)) {
        status = cli_emit(context, context->options.coverage
                                       ? &(cli_result){&list, coverage_people, coverage_grid, coverage_json}
                                       : &(cli_result){&list, chips_people, chips_grid, chips_json});
        if (list.unknown && !context->options.quiet)
            cli_message("%zu chips are left out: they publish nothing to compare", list.unknown);
    }
    for (size_t i = 0; i < list.count; i++) roof_chip_free(list.chips[i]);
    free(list.chips);
    return status;
}

int cmd_list(cli_context *context)
{
    const cli_options *options = &context->options;
    const char *what = options->word_count ? options->words[0] : "chips";
    bool models = strcmp(what, "models") == 0;
    if (!models && strcmp(what, "chips") != 0) {
        cli_message("list \"%s\": expected chips or models", what);
        return EXIT_USAGE;
    }
    if (models && (options->where_count || options->sort || options->coverage)) {
        cli_message("--where, --sort and --coverage are for chips");
        return EXIT_USAGE;
    }
    return models ? list_models(context) : list_chips(context);
}
