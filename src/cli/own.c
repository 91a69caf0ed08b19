#include "cli/own.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/measure/own.h"

/* ---- where they are ---- */

/* The folder of the user's results, whether it is there or not; NULL if there is no home. */
static char *own_folder(void)
{
    const char *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    char *path = NULL;
    int length = -1;
    if (xdg && xdg[0] == '/') length = asprintf(&path, "%s/chiproof/results", xdg);
    else if (home && home[0] == '/') length = asprintf(&path, "%s/.local/share/chiproof/results", home);
    return length < 0 ? NULL : path;
}

static int is_table(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".csv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

/* The path under which a file's rows are kept; NULL after a message. */
static char *kept_path(const char *file)
{
    char *folder = own_folder(), *path = NULL;
    const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
    size_t length = strlen(name);
    if (name[0] == '.' || length < 5 || strcmp(name + length - 4, ".csv") != 0)
        cli_message("%s: results are kept under the name of their file, which ends in .csv", file);
    else if (!folder) cli_message("there is no home to keep results in: set XDG_DATA_HOME");
    else if (asprintf(&path, "%s/%s", folder, name) < 0) path = NULL;
    free(folder);
    return path;
}

/* ---- reading ---- */

static bool read_table(const char *path, cli_measured *out)
{
    char *text = NULL;
    size_t length = 0;
    bool good =
        roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, &out->faults, NULL) == ROOF_OK &&
        roof_own_parse(text, length, path, &out->measures, &out->faults, NULL) == ROOF_OK;
    free(text);
    return good;
}

/* The id behind a name or an alias; a fault of the row and NULL if there is none. */
static const char *id_of(roof_catalogue *catalogue, const char *name, const roof_measurement *row,
                         roof_report *faults)
{
    roof_entry entry;
    roof_error error;
    if (roof_catalogue_find(catalogue, name, &entry, &error) == ROOF_OK && *entry.id) return entry.id;
    if (error.code == ROOF_OK) roof_fail(&error, ROOF_INVALID, "\"%s\": a name is expected, no path", name);
    roof_error_set_position(&error, row->file, row->line, 1, NULL);
    roof_report_add(faults, &error);
    return NULL;
}

/* Joins the rows to their chips and models; rows with names that are not known are faults. */
static roof_code join(cli_measured *own, roof_cells *cells, roof_error *error)
{
    roof_join *joins = calloc(own->measures.row_count + 1, sizeof *joins);
    if (!joins) return roof_fail(error, ROOF_NO_MEMORY, "no memory for your own results");
    size_t count = 0;
    for (size_t i = 0; i < own->measures.row_count; i++) {
        const roof_measurement *row = &own->measures.rows[i];
        const char *chip = id_of(own->context->chips, row->chip, row, &own->faults);
        const char *model = id_of(own->context->models, row->model, row, &own->faults);
        if (!chip || !model) continue;
        joins[count++] = (roof_join){row, cli_measured_chip(own, chip), cli_measured_model(own, model)};
    }
    roof_code code = roof_cells_build(joins, count, cells, error);
    free(joins);
    return code;
}

/* ---- for forecasts ---- */

static bool read_all(const char *folder, cli_measured *out)
{
    struct dirent **entries = NULL;
    int count = scandir(folder, &entries, is_table, by_name);
    for (int i = 0; i < count; i++) {
        char *path = NULL;
        if (asprintf(&path, "%s/%s", folder, entries[i]->d_name) >= 0) read_table(path, out);
        free(path);
        free(entries[i]);
    }
    free(entries);
    return out->measures.row_count > 0;
}

void cli_own_condition(cli_context *context, roof_calibration *calibration)
{
    cli_measured own = CLI_MEASURED_EMPTY(context);
    roof_cells cells = {0};
    roof_error error;
    char *folder = own_folder();
    if (folder && read_all(folder, &own) && cli_measured_shelves(&own) &&
        (join(&own, &cells, &error) != ROOF_OK ||
         roof_calibration_condition(calibration, &cells, &error) != ROOF_OK))
        cli_message("%s", error.message);
    cli_print_report(context, &own.faults);
    roof_cells_free(&cells);
    cli_measured_close(&own);
    free(folder);
}

/* ---- adding and forgetting ---- */

static int keep(const char *file, const char *path)
{
    char *text = NULL, *folder = own_folder();
    size_t length = 0;
    roof_error error;
    roof_code code = roof_file_make_folder(folder ? folder : ".", &error);
    if (code == ROOF_OK) code = roof_file_read(file, ROOF_FILE_LIMIT, &text, &length, &error);
    if (code == ROOF_OK) code = roof_file_write(path, text, length, &error);
    if (code != ROOF_OK) cli_message("%s", error.message);
    free(text);
    free(folder);
    return code == ROOF_OK ? EXIT_DONE : EXIT_FAILED;
}

int cli_own_add(cli_context *context, const char *file, cli_own_show show)
{
    cli_measured own = CLI_MEASURED_EMPTY(context);
    roof_cells cells = {0};
    roof_error error;
    int status = EXIT_FAILED;
    char *path = kept_path(file);
    if (path && read_table(file, &own) && cli_measured_shelves(&own)) {
        if (join(&own, &cells, &error) != ROOF_OK) cli_message("%s", error.message);
        else if (!own.faults.errors && cells.count == 0) cli_message("%s: no result that can be used", file);
        else if (!own.faults.errors) status = keep(file, path);
        if (!own.faults.errors && cells.rows) {
            int shown = show(context, &cells, status == EXIT_DONE ? path : NULL);
            if (status == EXIT_DONE) status = shown;
        }
    }
    cli_print_report(context, &own.faults);
    roof_cells_free(&cells);
    cli_measured_close(&own);
    free(path);
    return status;
}

int cli_own_forget(const char *file)
{
    char *path = kept_path(file);
    int status = EXIT_FAILED;
    if (path && unlink(path) == 0) status = EXIT_DONE;
    else if (path) cli_message("%s: no such results are kept", path);
    free(path);
    return status;
}
