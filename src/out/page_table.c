/* Pages for a terminal: grids by libsmartcols, which knows the width of every script. */
#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <wchar.h>

#include "chiproof/base/text.h"
#include "out/page.h"

static const char *color_of(roof_emphasis emphasis)
{
    switch (emphasis) {
    case ROOF_HEADING: return "\033[1m";
    case ROOF_BETTER: return "\033[1;32m";
    case ROOF_DOUBTFUL: return "\033[33m";
    case ROOF_FAINT: return "\033[2m";
    case ROOF_PLAIN: break;
    }
    return NULL;
}

/* ---- lines of text ---- */

static int width_of(const char *text, size_t length)
{
    int width = 0;
    for (size_t at = 0; at < length;) {
        unsigned scalar = 0;
        size_t step = roof_utf8_sequence(text + at, length - at, &scalar);
        int columns = wcwidth((wchar_t)scalar);
        width += columns > 0 ? columns : 0;
        at += step ? step : 1;
    }
    return width;
}

/* How many bytes of the text fill at most `width` columns, and at least one character. */
static size_t bytes_of_width(const char *text, size_t length, int width)
{
    size_t at = roof_utf8_sequence(text, length, NULL);
    if (at == 0) at = 1;
    while (at < length) {
        size_t step = roof_utf8_sequence(text + at, length - at, NULL);
        if (width_of(text, at + (step ? step : 1)) > width) break;
        at += step ? step : 1;
    }
    return at;
}

/* Appends `text` folded at spaces to `width` columns (0: not at all); continued lines keep its indentation. A
 * word that is longer than a whole line is cut. */
static void append_folded(roof_buffer *out, const char *text, int width)
{
    int indent = (int)strspn(text, " "), used = indent;
    bool fresh = true;
    roof_buffer_printf(out, "%*s", indent, "");
    for (const char *word = text + indent; *word;) {
        size_t length = strcspn(word, " ");
        int columns = width_of(word, length);
        if (!fresh && width > 0 && used + 1 + columns > width) {
            roof_buffer_printf(out, "\n%*s", indent, "");
            used = indent;
        } else if (!fresh) {
            roof_buffer_append_char(out, ' ');
            used++;
        }
        while (width > 0 && columns > width - indent) {
            size_t cut = bytes_of_width(word, length, width - used);
            roof_buffer_append_bytes(out, word, cut);
            roof_buffer_printf(out, "\n%*s", indent, "");
            used = indent;
            word += cut;
            length -= cut;
            columns = width_of(word, length);
        }
        roof_buffer_append_bytes(out, word, length);
        used += columns;
        fresh = false;
        word += length;
        word += strspn(word, " ");
    }
}

static void append_text(roof_buffer *out, const page_cell *cell, const roof_style *style)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    const char *color = style->color ? color_of(cell->emphasis) : NULL;
    roof_text_sanitize(&clean, cell->text);
    if (color && clean.length) roof_buffer_append(out, color);
    append_folded(out, roof_buffer_text(&clean), style->width);
    if (color && clean.length) roof_buffer_append(out, "\033[0m");
    roof_buffer_append_char(out, '\n');
    if (clean.failed) out->failed = true;
    roof_buffer_free(&clean);
}

/* ---- grids ---- */

enum { GAP = 2, LEAST_FOLD = 20, LEAST_FOLD_OF_MANY = 13, MOST_FOLDS = 8 };

static int widest_cell(const page_section *grid, const page_column *column, int index)
{
    int widest = width_of(column->header, strlen(column->header));
    for (const page_row *row = grid->rows; row; row = row->next) {
        int columns = width_of(row->cells[index].text, strlen(row->cells[index].text));
        if (columns > widest) widest = columns;
    }
    return widest;
}

/* The greatest width to which all can be folded so that together they keep within the room. */
static int shared_width(const int *widths, int count, int room)
{
    int fold = room;
    const int least = count > 2 ? LEAST_FOLD_OF_MANY : LEAST_FOLD;
    for (int sum = room + 1; sum > room && fold > least; fold--) {
        sum = 0;
        for (int i = 0; i < count; i++) sum += widths[i] < fold ? widths[i] : fold;
        if (sum <= room) break;
    }
    return fold > least ? fold : least;
}

/* The columns to which the WRAPPED columns of a grid are folded, each; 0 if nothing folds. */
static int fold_width(const page_section *grid, int width)
{
    int used = 0, index = 0, folding = 0, widths[MOST_FOLDS];
    for (const page_column *column = grid->columns; column; column = column->next, index++) {
        int widest = widest_cell(grid, column, index);
        if (column->align == ROOF_WRAPPED && folding < MOST_FOLDS) widths[folding++] = widest;
        else used += widest;
        if (index) used += GAP;
    }
    return folding && width > 0 ? shared_width(widths, folding, width - used) : 0;
}

static bool add_columns(struct libscols_table *table, const page_section *grid, bool *headed)
{
    *headed = false;
    for (const page_column *column = grid->columns; column; column = column->next) {
        roof_buffer header = ROOF_BUFFER_EMPTY;
        roof_text_sanitize(&header, column->header);
        int flags = column->align == ROOF_RIGHT     ? SCOLS_FL_RIGHT
                    : column->align == ROOF_WRAPPED ? SCOLS_FL_WRAP
                                                    : 0;
        struct libscols_column *made = scols_table_new_column(table, roof_buffer_text(&header), 0, flags);
        roof_buffer_free(&header);
        if (!made) return false;
        /* The text is folded by us, at words; the table breaks it at newlines only. */
        if (column->align == ROOF_WRAPPED &&
            (scols_column_set_safechars(made, "\n") != 0 ||
             scols_column_set_wrapfunc(made, scols_wrapnl_chunksize, scols_wrapnl_nextchunk, NULL) != 0))
            return false;
        *headed = *headed || column->header[0];
    }
    return true;
}

static bool set_cell(struct libscols_line *line, size_t index, const page_cell *cell, int fold)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY, folded = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&clean, cell->text);
    if (fold) append_folded(&folded, roof_buffer_text(&clean), fold);
    const roof_buffer *shown = fold ? &folded : &clean;
    bool ok =
        !clean.failed && !folded.failed && scols_line_set_data(line, index, roof_buffer_text(shown)) == 0;
    roof_buffer_free(&clean);
    roof_buffer_free(&folded);
    return ok;
}

static bool add_row(struct libscols_table *table, const page_section *grid, const page_row *row, int fold,
                    bool color)
{
    struct libscols_line *line = scols_table_new_line(table, NULL);
    const page_column *column = grid->columns;
    if (!line) return false;
    for (size_t i = 0; i < grid->column_count; i++, column = column->next) {
        const page_cell *cell = &row->cells[i];
        if (!set_cell(line, i, cell, column->align == ROOF_WRAPPED ? fold : 0)) return false;
        const char *tint = color ? color_of(cell->emphasis) : NULL;
        if (tint && scols_cell_set_color(scols_line_get_cell(line, i), tint) != 0) return false;
    }
    return true;
}

/* Appends lines without the spaces that pad the last column. */
static void append_trimmed(roof_buffer *out, const char *text)
{
    for (const char *line = text; *line;) {
        size_t length = strcspn(line, "\n"), kept = length;
        while (kept > 0 && line[kept - 1] == ' ') kept--;
        roof_buffer_append_bytes(out, line, kept);
        roof_buffer_append_char(out, '\n');
        line += length + (line[length] == '\n');
    }
}

static bool append_grid(roof_buffer *out, const page_section *grid, const roof_style *style)
{
    struct libscols_table *table = scols_new_table();
    char *text = NULL;
    int fold = fold_width(grid, style->width);
    bool headed = false, ok = table && add_columns(table, grid, &headed);
    for (const page_row *row = grid->rows; ok && row; row = row->next)
        ok = add_row(table, grid, row, fold, style->color);
    if (ok && grid->rows) {
        scols_table_enable_noheadings(table, !headed);
        scols_table_enable_colors(table, style->color);
        scols_table_set_column_separator(table, "  ");
        scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER);
        ok = scols_print_table_to_string(table, &text) == 0;
    }
    if (text) {
        append_trimmed(out, text);
        if (out->length && out->data[out->length - 1] != '\n') roof_buffer_append_char(out, '\n');
    }
    free(text);
    scols_unref_table(table);
    return ok;
}

roof_code roof_page_as_table(const roof_page *page, const roof_style *style, roof_buffer *out,
                             roof_error *error)
{
    bool ok = page && !page->failed;
    for (const page_section *section = ok ? page->first : NULL; ok && section; section = section->next) {
        if (section->is_grid) ok = append_grid(out, section, style);
        else append_text(out, &section->text, style);
    }
    return ok && !out->failed ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for the page");
}
