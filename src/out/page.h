/* Inside of a page, for the renderers. */
#ifndef OUT_PAGE_H
#define OUT_PAGE_H

#include "chiproof/base/arena.h"
#include "chiproof/out/page.h"

typedef struct page_cell {
    const char *text;
    roof_emphasis emphasis;
} page_cell;

typedef struct page_column {
    const char *header;
    roof_cell_align align;
    struct page_column *next;
} page_column;

typedef struct page_row {
    page_cell *cells; /* as many as the grid has columns */
    size_t count;
    struct page_row *next;
} page_row;

/* A line of text (columns == NULL) or a grid. */
typedef struct page_section {
    page_cell text;
    bool is_grid;
    page_column *columns, *last_column;
    page_row *rows, *last_row;
    size_t column_count;
    struct page_section *next;
} page_section;

struct roof_page {
    page_section *first, *last;
    roof_arena arena;
    bool failed;
};

#endif
