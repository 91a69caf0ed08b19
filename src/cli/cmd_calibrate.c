#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/out/calibrate.h"
#include "cli/calibrate.h"
#include "cli/own.h"

/* ---- cells ---- */

bool cli_cells_open(cli_context *context, cli_cells *out)
{
    roof_error error;
    *out = (cli_cells){0};
    if (!cli_measured_open(context, &out->measured)) return false;
    const roof_measures *measures = &out->measured.measures;
    roof_join *joins = calloc(measures->row_count + 1, sizeof *joins);
    for (size_t i = 0; joins && i < measures->row_count; i++) {
        const roof_measurement *row = &measures->rows[i];
        joins[i] = (roof_join){row, cli_measured_chip(&out->measured, row->chip),
                               cli_measured_model(&out->measured, row->model)};
    }
    roof_code code = joins ? roof_cells_build(joins, measures->row_count, &out->cells, &error)
                           : roof_fail(&error, ROOF_NO_MEMORY, "no memory for the measurements");
    free(joins);
    if (code != ROOF_OK) cli_fail(context, &error);
    return code == ROOF_OK;
}

void cli_cells_close(cli_cells *cells)
{
    roof_cells_free(&cells->cells);
    cli_measured_close(&cells->measured);
}

/* ---- the command ---- */

static void people(const void *result, roof_page *page)
{
    roof_calibrate_page(result, page);
}

static void grid(const void *result, roof_page *page)
{
    roof_calibrate_grid(result, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    roof_calibrate_json(result, writer);
}

/* The file to write: --out, or the tree's own. NULL if memory ran out. */
static char *target(const cli_context *context)
{
    char *path = NULL;
    const char *folder = context->data_folder ? context->data_folder : ".";
    if (context->options.out) return strdup(context->options.out);
    return asprintf(&path, "%s/models/" ROOF_CATALOGUE_RESERVED ".json", folder) < 0 ? NULL : path;
}

/* Found out before the fit, which takes seconds. */
static roof_code can_write(const char *path, roof_error *error)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path + 1)) : strdup(".");
    if (!folder) return roof_fail(error, ROOF_NO_MEMORY, "no memory for a path");
    roof_code code = access(folder, W_OK) == 0
                         ? ROOF_OK
                         : roof_fail(error, ROOF_IO, "cannot write into %s: %s", folder, strerror(errno));
    free(folder);
    return code;
}

static roof_code write_file(const roof_calibration *calibration, const char *path, roof_error *error)
{
    char *text = NULL;
    roof_code code = roof_calibration_text(calibration, &text, error);
    if (code == ROOF_OK) code = roof_file_write(path, text, strlen(text), error);
    free(text);
    return code;
}

static int fit(cli_context *context, const roof_cells *cells)
{
    roof_calibration *calibration = NULL;
    roof_error error;
    cli_progress bar;
    char *path = target(context);
    int status = EXIT_FAILED;
    roof_code code =
        path ? can_write(path, &error) : roof_fail(&error, ROOF_NO_MEMORY, "no memory for a path");
    if (code == ROOF_OK) {
        code = roof_calibrate(cells, cli_progress_of(context, "fitting", &bar), &calibration, &error);
        cli_progress_end(&bar);
    }
    if (code == ROOF_OK) code = write_file(calibration, path, &error);
    roof_calibrate_view view = {cells, calibration, path};
    if (code == ROOF_OK) status = cli_emit(context, &(cli_result){&view, people, grid, json});
    else cli_fail(context, &error);
    roof_calibration_free(calibration);
    free(path);
    return status;
}

/* Says whether the calibration was fitted to just these cells by this form. */
static int check(cli_context *context, const roof_cells *cells)
{
    char hash[17];
    const roof_calibration *calibration = cli_calibration(context);
    roof_cells_hash(cells, hash);
    bool same = calibration && strcmp(calibration->hash, hash) == 0;
    roof_calibrate_view view = {cells, calibration, NULL};
    int status = cli_emit(context, &(cli_result){&view, people, grid, json});
    if (calibration && !same)
        cli_message("the calibration is out of date: it was fitted to other data (%s, now %s); run chiproof "
                    "calibrate",
                    calibration->hash, hash);
    return same ? status : EXIT_FAILED;
}

static int show_own(const cli_context *context, const roof_cells *cells, const char *path)
{
    roof_calibrate_view view = {cells, NULL, path};
    return cli_emit(context, &(cli_result){&view, people, grid, json});
}

int cmd_calibrate(cli_context *context)
{
    cli_cells cells;
    int status = EXIT_FAILED;
    if (context->options.add) return cli_own_add(context, context->options.add, show_own);
    if (context->options.forget) return cli_own_forget(context->options.forget);
    if (cli_cells_open(context, &cells))
        status = context->options.check ? check(context, &cells.cells) : fit(context, &cells.cells);
    cli_cells_close(&cells);
    return status;
}
