#include <stdio.h>
#include <stdlib.h>

#include "chiproof/base/file.h"
#include "chiproof/out/backtest.h"
#include "cli/calibrate.h"

static void people(const void *result, roof_page *page)
{
    roof_backtest_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_backtest_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_backtest_json(result, writer);
}

static void find_limits(const char *folder, void *data)
{
    char **found = data, *path = NULL;
    if (*found || asprintf(&path, "%s/backtest-limits.tsv", folder) < 0) return;
    if (roof_file_exists(path)) *found = path;
    else free(path);
}

/* EXIT_FAILED after messages where scores are past the limits of the file that stands beside the calibration;
 * no file, no limits. */
static int check(cli_context *context, const roof_backtest *backtest)
{
    char *path = NULL, *text = NULL;
    size_t length = 0;
    roof_report report = ROOF_REPORT_EMPTY;
    int status = EXIT_DONE;
    cli_each_folder(context, "models", "", find_limits, &path);
    if (path && (roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, &report, NULL) != ROOF_OK ||
                 roof_backtest_check(backtest, text, path, &report, NULL) != ROOF_OK))
        status = EXIT_FAILED;
    cli_print_report(context, &report);
    roof_report_clear(&report);
    free(text);
    free(path);
    return status;
}

static int score(cli_context *context, const roof_cells *cells)
{
    roof_backtest *backtest = NULL;
    roof_error error;
    cli_progress bar;
    const roof_progress *progress = cli_progress_of(context, "leaving out in turn", &bar);
    roof_code code = roof_backtest_run(cells, context->options.left_out, (size_t)context->options.folds,
                                       progress, &backtest, &error);
    cli_progress_end(&bar);
    if (code != ROOF_OK) return cli_fail(context, &error);
    int status = cli_emit(context, &(cli_result){backtest, people, grid, json});
    if (check(context, backtest) != EXIT_DONE) status = EXIT_FAILED;
    roof_backtest_free(backtest);
    return status;
}

int cmd_backtest(cli_context *context)
{
    cli_cells cells;
    bool *left_out = context->options.left_out, any = false;
    for (int i = 0; i < ROOF_FOLD_KIND_COUNT; i++) any = any || left_out[i];
    for (int i = 0; i < ROOF_FOLD_KIND_COUNT; i++) left_out[i] = left_out[i] || !any;
    int status = cli_cells_open(context, &cells) ? score(context, &cells.cells) : EXIT_FAILED;
    cli_cells_close(&cells);
    return status;
}
