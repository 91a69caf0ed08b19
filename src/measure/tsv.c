#include "measure/tsv.h"

#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/measure/measure.h"

static void report_at(tsv_table *table, int column, const char *format, va_list arguments)
{
    roof_error error;
    roof_vfail(&error, ROOF_INVALID, format, arguments);
    roof_error_set_position(&error, table->file, table->line, column, NULL);
    roof_report_add(table->report, &error);
    table->faults++;
}

static void fault_at(tsv_table *table, int column, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
static void fault_at(tsv_table *table, int column, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_at(table, column, format, arguments);
    va_end(arguments);
}

void tsv_fault(tsv_table *table, size_t cell, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    report_at(table, table->columns[cell], format, arguments);
    va_end(arguments);
}

/* How many characters stand before `end`; *bad is where the first character is that no cell may hold, or 0.
 */
static int count_characters(const char *text, size_t length, int column, int *bad)
{
    *bad = 0;
    for (size_t at = 0; at < length; column++) {
        unsigned scalar = 0;
        size_t size = roof_utf8_sequence(text + at, length - at, &scalar);
        if (!*bad && (size == 0 || roof_scalar_is_unsafe(scalar))) *bad = column;
        at += size ? size : 1;
    }
    return column;
}

/* Takes one cell; false after a fault. */
static bool take_cell(tsv_table *table, size_t cell, const char *text, size_t length, int *column)
{
    int bad = 0;
    table->columns[cell] = *column;
    *column = count_characters(text, length, *column, &bad) + 1;
    if (bad) fault_at(table, bad, "no UTF-8, or a control character");
    else if (length > ROOF_MEASURE_CELL_LIMIT)
        tsv_fault(table, cell, "a cell of more than %d bytes", ROOF_MEASURE_CELL_LIMIT);
    else if (length > 0 && (text[0] == ' ' || text[length - 1] == ' '))
        tsv_fault(table, cell, "a space at the end of a cell");
    else {
        table->cells[cell] = roof_arena_printf(table->arena, "%.*s", (int)length, text);
        table->no_memory = table->no_memory || !table->cells[cell];
        return table->cells[cell] != NULL;
    }
    return false;
}

tsv_read tsv_next(tsv_table *table)
{
    if (table->at >= table->length || table->no_memory) return TSV_END;
    const char *text = table->text + table->at, *end = memchr(text, '\n', table->length - table->at);
    size_t left = end ? (size_t)(end - text) : table->length - table->at, cell = 0;
    int column = 1;
    bool good = true;
    table->at += left + 1;
    table->line++;
    for (;; cell++) {
        const char *tab = memchr(text, '\t', left);
        size_t length = tab ? (size_t)(tab - text) : left;
        if (cell < TSV_CELLS) good = take_cell(table, cell, text, length, &column) && good;
        if (!tab) break;
        text = tab + 1;
        left -= length + 1;
    }
    if (table->no_memory) return TSV_END;
    if (!table->width && cell < TSV_CELLS) table->width = cell + 1;
    if (good && cell + 1 != table->width) {
        fault_at(table, 1, "%zu cells; %zu are expected", cell + 1, table->width);
        good = false;
    }
    return good ? TSV_ROW : TSV_FAULTY;
}

/* The number, or NaN if it is not written as digits with at most a point among them. */
static double plain_number(const char *text)
{
    size_t digits = strspn(text, "0123456789"), point = text[digits] == '.';
    size_t decimals = point ? strspn(text + digits + 1, "0123456789") : 0;
    bool plain = digits > 0 && (!point || decimals > 0) && text[digits + point + decimals] == '\0';
    return plain && strlen(text) <= 40 ? strtod(text, NULL) : NAN;
}

bool tsv_signed(tsv_table *table, size_t cell, const char *what, double *out)
{
    const char *text = table->cells[cell];
    *out = text[0] == '-' ? -plain_number(text + 1) : plain_number(text);
    if (!isnan(*out)) return true;
    tsv_fault(table, cell, "%s \"%.40s\": expected a number, written plainly", what, text);
    return false;
}

bool tsv_has_header(const tsv_table *table, const char *const *header)
{
    size_t cell = 0;
    while (cell < table->width && header[cell] && strcmp(table->cells[cell], header[cell]) == 0) cell++;
    return cell == table->width && (cell == TSV_CELLS || !header[cell]);
}

roof_code tsv_no_header(tsv_table *table, const char *what, roof_error *error)
{
    roof_error fault;
    roof_fail(&fault, ROOF_SYNTAX, "no header line of %s", what);
    roof_error_set_position(&fault, table->file, 1, 1, NULL);
    roof_report_add(table->report, &fault);
    if (error) *error = fault;
    return ROOF_SYNTAX;
}

roof_code tsv_finish(const tsv_table *table, const char *what, roof_error *error)
{
    if (table->no_memory) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the %s", what);
    if (!table->faults) return ROOF_OK;
    roof_fail(error, ROOF_INVALID, "%zu fault%s", table->faults, table->faults == 1 ? "" : "s");
    roof_error_set_position(error, table->file, 0, 0, NULL);
    return ROOF_INVALID;
}

bool tsv_number(tsv_table *table, size_t cell, const char *what, double *out)
{
    const char *text = table->cells[cell];
    *out = plain_number(text);
    if (*out > 0) return true;
    tsv_fault(table, cell, "%s \"%.40s\": expected a number above 0, written plainly", what, text);
    return false;
}
