#include "out/page.h"

#include <stdarg.h>
#include <stdlib.h>

roof_page *roof_page_new(void)
{
    return calloc(1, sizeof(roof_page));
}

void roof_page_free(roof_page *page)
{
    if (!page) return;
    roof_arena_free(&page->arena);
    free(page);
}

static void *take(roof_page *page, size_t size)
{
    void *memory = page->failed ? NULL : roof_arena_alloc(&page->arena, size);
    if (!memory) page->failed = true;
    return memory;
}

static const char *vcopy(roof_page *page, const char *format, va_list arguments)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_vprintf(&text, format, arguments);
    const char *copy = text.failed ? NULL : roof_arena_strdup(&page->arena, roof_buffer_text(&text));
    roof_buffer_free(&text);
    if (!copy) page->failed = true;
    return copy ? copy : "";
}

static page_section *add_section(roof_page *page)
{
    page_section *section = take(page, sizeof *section);
    if (!section) return NULL;
    if (page->last) page->last->next = section;
    else page->first = section;
    return page->last = section;
}

void roof_page_text(roof_page *page, roof_emphasis emphasis, const char *format, ...)
{
    page_section *section = page ? add_section(page) : NULL;
    if (!section) return;
    va_list arguments;
    va_start(arguments, format);
    section->text = (page_cell){vcopy(page, format, arguments), emphasis};
    va_end(arguments);
}

void roof_page_grid(roof_page *page)
{
    page_section *section = page ? add_section(page) : NULL;
    if (section) section->is_grid = true;
}

void roof_page_column(roof_page *page, const char *header, roof_cell_align align)
{
    page_column *column = page && page->last ? take(page, sizeof *column) : NULL;
    if (!column) return;
    page_section *grid = page->last;
    column->header = roof_arena_strdup(&page->arena, header);
    column->align = align;
    if (!column->header) {
        page->failed = true;
        return;
    }
    if (grid->last_column) grid->last_column->next = column;
    else grid->columns = column;
    grid->last_column = column;
    grid->column_count++;
}

void roof_page_left_grid(roof_page *page, const char *const *headers, size_t count)
{
    roof_page_grid(page);
    for (size_t i = 0; i < count; i++) roof_page_column(page, headers[i], ROOF_LEFT);
}

void roof_page_row(roof_page *page)
{
    page_row *row = page && page->last ? take(page, sizeof *row) : NULL;
    if (!row) return;
    page_section *grid = page->last;
    row->cells = take(page, (grid->column_count + 1) * sizeof *row->cells);
    if (!row->cells) return;
    for (size_t i = 0; i < grid->column_count; i++) row->cells[i].text = "";
    if (grid->last_row) grid->last_row->next = row;
    else grid->rows = row;
    grid->last_row = row;
}

void roof_page_cell(roof_page *page, roof_emphasis emphasis, const char *format, ...)
{
    if (!page || page->failed || !page->last || !page->last->last_row) return;
    page_row *row = page->last->last_row;
    if (row->count == page->last->column_count) return;
    va_list arguments;
    va_start(arguments, format);
    row->cells[row->count++] = (page_cell){vcopy(page, format, arguments), emphasis};
    va_end(arguments);
}
