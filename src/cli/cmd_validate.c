#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/chip/open.h"
#include "chiproof/efficiency/calibration.h"
#include "chiproof/out/findings.h"
#include "chiproof/workload/import.h"
#include "cli/cli.h"

typedef struct verdict {
    roof_report report;
    int files;
} verdict;

/* True for a file of the program's own catalogue. */
static bool is_shipped(const cli_context *context, const char *path)
{
    char *full = realpath(path, NULL),
         *own = context->data_folder ? realpath(context->data_folder, NULL) : NULL;
    bool inside = full && own && strncmp(full, own, strlen(own)) == 0 && full[strlen(own)] == '/';
    free(full);
    free(own);
    return inside;
}

/* Says that a spec file is not in its canonical layout, or puts it there. */
static void check_layout(const cli_context *context, const char *text, size_t length, const char *path,
                         roof_report *report)
{
    roof_buffer canonical = ROOF_BUFFER_EMPTY;
    roof_error error;
    bool known = roof_chip_format(text, length, path, &canonical, &error) == ROOF_OK;
    if (known && (canonical.length != length || memcmp(canonical.data, text, length) != 0)) {
        if (!context->options.format_in_place) {
            roof_fail(&error, ROOF_INVALID,
                      "not in the canonical layout (chiproof validate --format-in-place puts it there)");
            error.grade = ROOF_GRADE_NOTE;
            roof_error_set_position(&error, path, 0, 0, NULL);
            roof_report_add(report, &error);
        } else if (roof_file_write(path, canonical.data, canonical.length, &error) != ROOF_OK) {
            roof_report_add(report, &error);
        }
    }
    roof_buffer_free(&canonical);
}

/* Reads the file once, so that it may be a pipe. */
static void check_file(const cli_context *context, const char *path, roof_report *report)
{
    char *text = NULL;
    size_t length = 0;
    if (roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, report, NULL) != ROOF_OK) return;
    if (roof_file_kind_of(text, length, path) != ROOF_FILE_WORKLOAD) {
        roof_bindings bindings = {context->options.bindings, context->options.binding_count};
        char *imported = NULL;
        roof_import_text(text, length, path, &bindings, report, &imported, NULL);
        free(imported);
    } else if (cli_text_has_schema(text, length, "chiproof/calibration/")) {
        roof_calibration *calibration = NULL;
        roof_calibration_parse(text, length, path, report, &calibration, NULL);
        roof_calibration_free(calibration);
    } else if (cli_text_is_model(text, length)) {
        roof_workload *workload = NULL;
        roof_workload_parse(text, length, path, report, &workload, NULL);
        roof_workload_free(workload);
    } else {
        roof_code code =
            roof_chip_validate(context->chips, text, length, path, !is_shipped(context, path), report, NULL);
        if (code == ROOF_OK) check_layout(context, text, length, path, report);
    }
    free(text);
}

static void people(const void *result, roof_page *page)
{
    const verdict *v = result;
    for (size_t i = 0; i < v->report.length; i++) {
        const roof_error *finding = &v->report.items[i];
        roof_buffer text = ROOF_BUFFER_EMPTY;
        roof_finding_text(finding, &text);
        roof_page_text(page, finding->grade == ROOF_GRADE_NOTE ? ROOF_FAINT : ROOF_DOUBTFUL, "%s%s%s%s",
                       roof_buffer_text(&text), finding->grade == ROOF_GRADE_ERROR ? "" : " (",
                       finding->grade == ROOF_GRADE_ERROR ? "" : roof_grade_name(finding->grade),
                       finding->grade == ROOF_GRADE_ERROR ? "" : ")");
        roof_buffer_free(&text);
    }
    size_t problems = v->report.errors + v->report.doubtful;
    if (problems == 0 && v->report.notes == 0)
        roof_page_text(page, ROOF_PLAIN, "%d file%s: no problems", v->files, v->files == 1 ? "" : "s");
    else
        roof_page_text(page, ROOF_PLAIN, "%zu problem%s (%zu error%s, %zu doubtful), %zu note%s", problems,
                       problems == 1 ? "" : "s", v->report.errors, v->report.errors == 1 ? "" : "s",
                       v->report.doubtful, v->report.notes, v->report.notes == 1 ? "" : "s");
}

static void grid(const void *result, roof_page *page)
{
    roof_findings_grid(&((const verdict *)result)->report, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    const verdict *v = result;
    roof_json_put_string(writer, "schema", "chiproof/validate/1");
    roof_json_put_number(writer, "files", v->files);
    roof_findings_json(&v->report, writer);
}

int cmd_validate(cli_context *context)
{
    verdict v = {ROOF_REPORT_EMPTY, context->options.word_count};
    context->style.width = 0; /* one line a finding, for editors and grep */
    for (int i = 0; i < v.files; i++) check_file(context, context->options.words[i], &v.report);
    int status = cli_emit(context, &(cli_result){&v, people, grid, json});
    if (v.report.errors || (context->options.strict && v.report.doubtful)) status = EXIT_FAILED;
    roof_report_clear(&v.report);
    return status;
}
