#include "cli/chip_list.h"

#include <stdlib.h>

const roof_chip *const *cli_chip_list_chips(const cli_chip_list *list)
{
    return (const roof_chip *const *)list->chips;
}

bool cli_chip_list_conditions(const cli_options *options, cli_chip_list *list)
{
    roof_error error;
    for (int i = 0; i < options->where_count; i++) {
        if (roof_filter_parse(options->where[i], &list->filters[list->filter_count++], &error) == ROOF_OK)
            continue;
        cli_message("--where: %s", error.message);
        return false;
    }
    return true;
}

static bool is_wanted(cli_chip_list *list, const roof_chip *chip)
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

bool cli_chip_list_open(cli_context *context, cli_chip_list *list)
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
    return true;
}

void cli_chip_list_close(cli_chip_list *list)
{
    for (size_t i = 0; i < list->count; i++) roof_chip_free(list->chips[i]);
    free(list->chips);
    list->chips = NULL;
    list->count = 0;
}

void cli_chip_list_say_unknown(const cli_context *context, const cli_chip_list *list)
{
    if (list->unknown && !context->options.quiet)
        cli_message("%zu chips are left out: they publish nothing to compare", list->unknown);
}
