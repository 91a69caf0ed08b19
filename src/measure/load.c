/* Measurements from files and folders. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/measure/measure.h"

roof_code roof_measures_load(const char *path, roof_measures *measures, roof_report *report,
                             roof_error *error)
{
    char *text = NULL;
    size_t length = 0;
    roof_code code = roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, report, error);
    if (code != ROOF_OK) return code;
    code = roof_measures_parse(text, length, path, measures, report, error);
    free(text);
    return code;
}

static int is_table(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return entry->d_name[0] != '.' && length > 4 && strcmp(entry->d_name + length - 4, ".tsv") == 0;
}

static int by_name(const struct dirent **a, const struct dirent **b)
{
    return strcmp((*a)->d_name, (*b)->d_name);
}

roof_code roof_measures_load_folder(const char *folder, roof_measures *measures, roof_report *report,
                                    roof_error *error)
{
    struct dirent **entries = NULL;
    roof_code first = ROOF_OK;
    int count = scandir(folder, &entries, is_table, by_name);
    for (int i = 0; i < count; i++) {
        char *path = NULL;
        roof_error fault;
        roof_code code = asprintf(&path, "%s/%s", folder, entries[i]->d_name) < 0
                             ? roof_fail(&fault, ROOF_NO_MEMORY, "no memory for a path")
                             : roof_measures_load(path, measures, report, &fault);
        if (first == ROOF_OK && code != ROOF_OK) {
            first = code;
            if (error) *error = fault;
        }
        free(path);
        free(entries[i]);
    }
    free(entries);
    return first;
}

static void unknown_source(const char *id, const char *file, int line, roof_report *report)
{
    roof_error fault;
    roof_fail(&fault, ROOF_INVALID, "no source \"%.80s\" in any sources table", id);
    roof_error_set_position(&fault, file, line, 0, NULL);
    roof_report_add(report, &fault);
}

roof_code roof_measures_check(const roof_measures *measures, roof_report *report, roof_error *error)
{
    size_t faults = 0;
    const char *last = ""; /* rows of one source mostly stand together */
    for (size_t i = 0; i < measures->row_count; i++) {
        const roof_measurement *row = &measures->rows[i];
        if (strcmp(last, row->source) == 0) continue;
        last = row->source;
        if (roof_measure_source_find(measures, row->source)) continue;
        unknown_source(row->source, row->file, row->line, report);
        faults++;
    }
    for (size_t i = 0; i < measures->finding_count; i++) {
        const roof_measure_finding *finding = &measures->findings[i];
        if (strcmp(finding->source, "*") == 0 || roof_measure_source_find(measures, finding->source))
            continue;
        unknown_source(finding->source, finding->file, finding->line, report);
        faults++;
    }
    if (!faults) return ROOF_OK;
    return roof_fail(error, ROOF_INVALID, "%zu unknown source%s", faults, faults == 1 ? "" : "s");
}
