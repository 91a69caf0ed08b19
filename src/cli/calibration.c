#include <stdio.h>
#include <stdlib.h>

#include "chiproof/base/file.h"
#include "cli/own.h"

static void find_file(const char *folder, void *data)
{
    char **found = data, *path = NULL;
    if (*found || asprintf(&path, "%s/" ROOF_CATALOGUE_RESERVED ".json", folder) < 0) return;
    if (roof_file_exists(path)) *found = path;
    else free(path);
}

const roof_calibration *cli_calibration(cli_context *context)
{
    if (context->calibration_tried) return context->calibration;
    roof_report report = ROOF_REPORT_EMPTY;
    char *path = NULL;
    context->calibration_tried = true;
    cli_each_folder(context, "models", "", find_file, &path);
    if (path) roof_calibration_load(path, &report, &context->calibration, NULL);
    if (context->calibration) cli_own_condition(context, context->calibration);
    cli_print_report(context, &report);
    if (!context->calibration && !context->options.quiet)
        cli_message("%s: bounds only", path ? "the calibration cannot be used" : "there is no calibration");
    roof_report_clear(&report);
    free(path);
    return context->calibration;
}
