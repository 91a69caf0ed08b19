/* Pages as GitHub-flavoured Markdown. */
#include <string.h>

#include "chiproof/base/text.h"
#include "out/page.h"

/* Text that Markdown and HTML show as it is. */
static void append_escaped(roof_buffer *out, const char *text)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&clean, text);
    for (const char *c = roof_buffer_text(&clean); *c; c++) {
        if (*c == '<') roof_buffer_append(out, "&lt;");
        else if (*c == '>') roof_buffer_append(out, "&gt;");
        else if (*c == '&') roof_buffer_append(out, "&amp;");
        else {
            if (strchr("\\`*_[]|#!~", *c)) roof_buffer_append_char(out, '\\');
            roof_buffer_append_char(out, *c);
        }
    }
    if (clean.failed) out->failed = true;
    roof_buffer_free(&clean);
}

static void append_cell(roof_buffer *out, const page_cell *cell)
{
    const char *strong = cell->emphasis == ROOF_BETTER && cell->text[0] ? "**" : "";
    roof_buffer_printf(out, " %s", strong);
    append_escaped(out, cell->text);
    roof_buffer_printf(out, "%s |", strong);
}

static void append_grid(roof_buffer *out, const page_section *grid)
{
    if (!grid->rows) return;
    roof_buffer_append(out, "\n|");
    for (const page_column *column = grid->columns; column; column = column->next)
        append_cell(out, &(page_cell){column->header, ROOF_PLAIN});
    roof_buffer_append(out, "\n|");
    for (const page_column *column = grid->columns; column; column = column->next)
        roof_buffer_append(out, column->align == ROOF_RIGHT ? " ---: |" : " --- |");
    roof_buffer_append_char(out, '\n');
    for (const page_row *row = grid->rows; row; row = row->next) {
        roof_buffer_append_char(out, '|');
        for (size_t i = 0; i < grid->column_count; i++) append_cell(out, &row->cells[i]);
        roof_buffer_append_char(out, '\n');
    }
    roof_buffer_append_char(out, '\n');
}

/* Indented lines become list entries, headings bold. */
static void append_line(roof_buffer *out, const page_cell *cell)
{
    size_t indent = strspn(cell->text, " ");
    if (!cell->text[indent]) {
        roof_buffer_append_char(out, '\n');
        return;
    }
    const char *mark = cell->emphasis == ROOF_HEADING ? "**" : "";
    roof_buffer_append(out, indent && !mark[0] ? "- " : mark);
    append_escaped(out, cell->text + indent);
    roof_buffer_printf(out, "%s%s", mark, mark[0] ? "\n\n" : "\n");
}

roof_code roof_page_as_markdown(const roof_page *page, roof_buffer *out, roof_error *error)
{
    bool ok = page && !page->failed;
    for (const page_section *section = ok ? page->first : NULL; section; section = section->next) {
        if (section->is_grid) append_grid(out, section);
        else append_line(out, &section->text);
    }
    return ok && !out->failed ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for the page");
}
