/* Pages as CSV (RFC 4180): the grids, one after the other. */
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "out/page.h"

static bool is_number(const char *text)
{
    char *end = NULL;
    strtod(text, &end);
    return end != text && *end == '\0';
}

static void append_plain(roof_buffer *out, const char *text)
{
    bool formula = text[0] && strchr("=+-@\t\r", text[0]) && !is_number(text);
    if (!formula && !text[strcspn(text, ",\"\r\n")]) {
        roof_buffer_append(out, text);
        return;
    }
    roof_buffer_append_char(out, '"');
    if (formula) roof_buffer_append_char(out, '\'');
    for (const char *c = text; *c; c++) {
        if (*c == '"') roof_buffer_append_char(out, '"');
        roof_buffer_append_char(out, *c);
    }
    roof_buffer_append_char(out, '"');
}

/* What would move a terminal's cursor or turn text round is shown as a mark, as in tables. */
static void append_cell(roof_buffer *out, const char *text)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&clean, text);
    if (clean.failed) out->failed = true;
    append_plain(out, roof_buffer_text(&clean));
    roof_buffer_free(&clean);
}

static void append_grid(roof_buffer *out, const page_section *grid)
{
    for (const page_column *column = grid->columns; column; column = column->next) {
        append_cell(out, column->header);
        roof_buffer_append_char(out, column->next ? ',' : '\n');
    }
    for (const page_row *row = grid->rows; row; row = row->next) {
        for (size_t i = 0; i < grid->column_count; i++) {
            if (i) roof_buffer_append_char(out, ',');
            append_cell(out, row->cells[i].text);
        }
        roof_buffer_append_char(out, '\n');
    }
}

roof_code roof_page_as_csv(const roof_page *page, roof_buffer *out, roof_error *error)
{
    bool ok = page && !page->failed, first = true;
    for (const page_section *section = ok ? page->first : NULL; section; section = section->next) {
        if (!section->is_grid) continue;
        if (!first) roof_buffer_append_char(out, '\n');
        append_grid(out, section);
        first = false;
    }
    return ok && !out->failed ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for the page");
}
