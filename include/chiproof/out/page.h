/* A page: lines of text and grids of cells, made once from a result and rendered as terminal table, Markdown
 * or CSV. */
#ifndef CHIPROOF_OUT_PAGE_H
#define CHIPROOF_OUT_PAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/buffer.h"
#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef struct roof_page roof_page;

/* What a text is; colour only helps, it never carries meaning alone. */
typedef enum roof_emphasis { ROOF_PLAIN, ROOF_HEADING, ROOF_BETTER, ROOF_DOUBTFUL, ROOF_FAINT } roof_emphasis;
typedef enum roof_cell_align { ROOF_LEFT, ROOF_RIGHT, ROOF_WRAPPED } roof_cell_align;

/* NULL if memory ran out; every call below accepts NULL, and failure to allocate is sticky until the page is
 * rendered. */
roof_page *roof_page_new(void);
void roof_page_free(roof_page *page);

/* A line of text; wrapped to the width in a terminal, continued under its own indentation. "" is an empty
 * line. */
void roof_page_text(roof_page *page, roof_emphasis emphasis, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* Begins a grid; then columns, then rows of as many cells. A WRAPPED column is left-aligned and may fold.
 * Headers may be "". */
void roof_page_grid(roof_page *page);
void roof_page_column(roof_page *page, const char *header, roof_cell_align align);
/* A grid whose columns are all left-aligned. */
void roof_page_left_grid(roof_page *page, const char *const *headers, size_t count);
void roof_page_row(roof_page *page);
void roof_page_cell(roof_page *page, roof_emphasis emphasis, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

typedef struct roof_style {
    bool color;
    int width; /* columns of the terminal; 0: do not fold */
} roof_style;

/* Renderers append to `out`. Text from spec files is made harmless for the place: control and bidirectional
 * characters for the terminal, Markdown's and HTML's special characters, CSV's quotes (a cell that begins
 * with = + - @ and is no number gets a leading apostrophe, so that a spreadsheet does not run it). CSV holds
 * the grids only. Errors: NO_MEMORY. */
roof_code roof_page_as_table(const roof_page *page, const roof_style *style, roof_buffer *out,
                             roof_error *error);
roof_code roof_page_as_markdown(const roof_page *page, roof_buffer *out, roof_error *error);
roof_code roof_page_as_csv(const roof_page *page, roof_buffer *out, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
