#include "chiproof/base/error.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const code_names[] = {
#define X(id, name, text) name,
    ROOF_CODES(X)
#undef X
};

static const char *const code_texts[] = {
#define X(id, name, text) text,
    ROOF_CODES(X)
#undef X
};

const char *roof_code_name(roof_code code)
{
    return (unsigned)code < ROOF_CODE_COUNT ? code_names[code] : "unknown";
}

const char *roof_code_text(roof_code code)
{
    return (unsigned)code < ROOF_CODE_COUNT ? code_texts[code] : "unknown";
}

const char *roof_grade_name(roof_grade grade)
{
    switch (grade) {
    case ROOF_GRADE_ERROR: return "error";
    case ROOF_GRADE_DOUBTFUL: return "doubtful";
    case ROOF_GRADE_NOTE: return "note";
    }
    return "unknown";
}

/* Ends a text that was cut at `size` in "...", without leaving half a UTF-8 sequence. */
static void mark_cut(char *text, size_t size)
{
    size_t end = size - 4;
    while (end > 0 && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
    memcpy(text + end, "...", 4);
}

static void copy_text(char *to, size_t size, const char *from)
{
    size_t length = strlen(from);
    if (length < size) {
        memcpy(to, from, length + 1);
        return;
    }
    memcpy(to, from, size - 1);
    to[size - 1] = '\0';
    mark_cut(to, size);
}

roof_code roof_vfail(roof_error *error, roof_code code, const char *format, va_list arguments)
{
    if (!error) return code;
    memset(error, 0, sizeof *error);
    error->code = code;
    error->grade = ROOF_GRADE_ERROR;
    int length = vsnprintf(error->message, sizeof error->message, format, arguments);
    if (length < 0) copy_text(error->message, sizeof error->message, roof_code_text(code));
    else if ((size_t)length >= sizeof error->message) mark_cut(error->message, sizeof error->message);
    return code;
}

roof_code roof_fail(roof_error *error, roof_code code, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    roof_vfail(error, code, format, arguments);
    va_end(arguments);
    return code;
}

void roof_error_set_position(roof_error *error, const char *file, int line, int column, const char *path)
{
    if (!error) return;
    error->line = line;
    error->column = column;
    copy_text(error->file, sizeof error->file, file ? file : "");
    copy_text(error->path, sizeof error->path, path ? path : "");
}

static size_t *count_of(roof_report *report, roof_grade grade)
{
    switch (grade) {
    case ROOF_GRADE_ERROR: return &report->errors;
    case ROOF_GRADE_DOUBTFUL: return &report->doubtful;
    case ROOF_GRADE_NOTE: break;
    }
    return &report->notes;
}

void roof_report_add(roof_report *report, const roof_error *finding)
{
    if (!report) return;
    ++*count_of(report, finding->grade);
    if (report->length >= ROOF_REPORT_LIMIT) return;
    if (report->length == report->capacity) {
        size_t capacity = report->capacity ? report->capacity * 2 : 4;
        roof_error *items = realloc(report->items, capacity * sizeof *items);
        if (!items) return;
        report->items = items;
        report->capacity = capacity;
    }
    report->items[report->length++] = *finding;
}

void roof_report_addf(roof_report *report, roof_grade grade, roof_code code, const char *format, ...)
{
    if (!report) return;
    roof_error finding;
    va_list arguments;
    va_start(arguments, format);
    roof_vfail(&finding, code, format, arguments);
    va_end(arguments);
    finding.grade = grade;
    roof_report_add(report, &finding);
}

void roof_report_clear(roof_report *report)
{
    if (!report) return;
    free(report->items);
    *report = (roof_report)ROOF_REPORT_EMPTY;
}
