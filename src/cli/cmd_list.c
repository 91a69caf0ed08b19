#include <stdlib.h>
#include <string.h>

#include "chiproof/out/chip.h"
#include "chiproof/out/coverage.h"
#include "chiproof/out/workload.h"
#include "cli/chip_list.h"

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
    cli_chip_list read;
    roof_attribute sort;
    bool sorted, reversed;
} chip_list;

static void chips_people(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_chip_list_begin(page, true);
    for (size_t i = 0; i < list->read.count; i++) roof_chip_list_row(list->read.chips[i], page, true);
}

static void chips_grid(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_chip_list_begin(page, false);
    for (size_t i = 0; i < list->read.count; i++) roof_chip_list_row(list->read.chips[i], page, false);
}

static void chips_json(const void *result, roof_json_writer *writer)
{
    const chip_list *list = result;
    roof_json_put_string(writer, "schema", "chiproof/list/1");
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < list->read.count; i++) roof_chip_list_json(list->read.chips[i], writer);
    roof_json_close(writer);
}

static void coverage_people(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_coverage_page(cli_chip_list_chips(&list->read), list->read.count, page);
}

static void coverage_grid(const void *result, roof_page *page)
{
    const chip_list *list = result;
    roof_coverage_grid(cli_chip_list_chips(&list->read), list->read.count, page);
}

static void coverage_json(const void *result, roof_json_writer *writer)
{
    const chip_list *list = result;
    roof_json_put_string(writer, "schema", "chiproof/coverage/1");
    roof_coverage_json(cli_chip_list_chips(&list->read), list->read.count, writer);
}

static bool read_order(const cli_options *options, chip_list *list)
{
    roof_error error;
    list->sorted = options->sort != NULL;
    list->reversed = options->reverse;
    if (!options->sort || roof_attribute_parse(options->sort, &list->sort, &error) == ROOF_OK) return true;
    cli_message("--sort: %s", error.message);
    return false;
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

static int list_chips(cli_context *context)
{
    chip_list list = {0};
    int status = EXIT_FAILED;
    if (!cli_chip_list_conditions(&context->options, &list.read) || !read_order(&context->options, &list))
        return EXIT_USAGE;
    if (cli_chip_list_open(context, &list.read)) {
        if (list.sorted && list.read.count)
            qsort_r(list.read.chips, list.read.count, sizeof *list.read.chips, by_attribute, &list);
        status = cli_emit(context, context->options.coverage
                                       ? &(cli_result){&list, coverage_people, coverage_grid, coverage_json}
                                       : &(cli_result){&list, chips_people, chips_grid, chips_json});
        cli_chip_list_say_unknown(context, &list.read);
    }
    cli_chip_list_close(&list.read);
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
