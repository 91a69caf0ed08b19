#include "out/report.h"

#include "chiproof/out/findings.h"

static const roof_report nothing = ROOF_REPORT_EMPTY;

void out_warnings(const roof_report *doubts, const roof_report *warnings, roof_page *page)
{
    const roof_report *reports[] = {warnings ? warnings : &nothing, doubts ? doubts : &nothing};
    if (reports[0]->length + reports[1]->length == 0) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_HEADING, "Mind");
    for (int r = 0; r < 2; r++)
        for (size_t i = 0; i < reports[r]->length; i++)
            roof_page_text(page, ROOF_DOUBTFUL, "  %s", reports[r]->items[i].message);
}

void out_warnings_json(const roof_report *doubts, const roof_report *warnings, roof_json_writer *writer)
{
    const roof_report *reports[] = {warnings ? warnings : &nothing, doubts ? doubts : &nothing};
    roof_json_open_array(writer, "warnings");
    for (int r = 0; r < 2; r++)
        for (size_t i = 0; i < reports[r]->length; i++)
            roof_json_put_string(writer, NULL, reports[r]->items[i].message);
    roof_json_close(writer);
}

void out_error_json(const roof_error *error, roof_json_writer *writer)
{
    roof_json_open_object(writer, "error");
    roof_json_put_string(writer, "code", roof_code_name(error->code));
    roof_json_put_string(writer, "message", error->message);
    roof_json_close(writer);
}

void roof_finding_text(const roof_error *finding, roof_buffer *out)
{
    if (finding->file[0]) {
        roof_buffer_append(out, finding->file);
        if (finding->line > 0) roof_buffer_printf(out, ":%d:%d", finding->line, finding->column);
        roof_buffer_append(out, ": ");
    }
    if (finding->path[0]) roof_buffer_printf(out, "%s: ", finding->path);
    roof_buffer_append(out, finding->message);
}

void roof_findings_grid(const roof_report *report, roof_page *page)
{
    static const char *const headers[] = {"file", "line", "column", "path", "grade", "message"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < report->length; i++) {
        const roof_error *finding = &report->items[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", finding->file);
        roof_page_cell(page, ROOF_PLAIN, "%d", finding->line);
        roof_page_cell(page, ROOF_PLAIN, "%d", finding->column);
        roof_page_cell(page, ROOF_PLAIN, "%s", finding->path);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_grade_name(finding->grade));
        roof_page_cell(page, ROOF_PLAIN, "%s", finding->message);
    }
}

void roof_findings_json(const roof_report *report, roof_json_writer *writer)
{
    roof_json_open_array(writer, "findings");
    for (size_t i = 0; i < report->length; i++) {
        const roof_error *finding = &report->items[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "file", finding->file);
        if (finding->line > 0) {
            roof_json_put_number(writer, "line", finding->line);
            roof_json_put_number(writer, "column", finding->column);
        }
        roof_json_put_string(writer, "path", finding->path);
        roof_json_put_string(writer, "grade", roof_grade_name(finding->grade));
        roof_json_put_string(writer, "message", finding->message);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_put_number(writer, "errors", (double)report->errors);
    roof_json_put_number(writer, "doubtful", (double)report->doubtful);
    roof_json_put_number(writer, "notes", (double)report->notes);
}
