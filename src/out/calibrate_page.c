#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/calibrate.h"

/* ---- reasons ---- */

enum { REASONS = 64 };
typedef struct reason_count {
    const char *reason;
    size_t rows;
} reason_count;

static int by_rows(const void *a, const void *b)
{
    const reason_count *x = a, *y = b;
    if (x->rows != y->rows) return x->rows < y->rows ? 1 : -1;
    return strcmp(x->reason, y->reason);
}

/* How many rows were left out for which reason, most first; how many reasons. */
static size_t count_reasons(const roof_cells *cells, reason_count counts[REASONS])
{
    size_t count = 0;
    for (size_t i = 0; i < cells->dropped_count; i++) {
        size_t at = 0;
        while (at < count && strcmp(counts[at].reason, cells->dropped[i].reason) != 0) at++;
        if (at == REASONS) continue;
        if (at == count) counts[count++] = (reason_count){cells->dropped[i].reason, 0};
        counts[at].rows++;
    }
    if (count) qsort(counts, count, sizeof *counts, by_rows);
    return count;
}

/* ---- for people ---- */

static void integer_cell(roof_page *page, size_t value)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, (double)value);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void reasons_lines(const roof_cells *cells, roof_page *page)
{
    reason_count counts[REASONS];
    size_t count = count_reasons(cells, counts);
    if (!count) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_grid(page);
    roof_page_column(page, "left out", ROOF_RIGHT);
    roof_page_column(page, "because", ROOF_WRAPPED);
    for (size_t i = 0; i < count; i++) {
        roof_page_row(page);
        integer_cell(page, counts[i].rows);
        roof_page_cell(page, ROOF_PLAIN, "%s", counts[i].reason);
    }
}

static void spreads_lines(const roof_calibration *calibration, roof_page *page)
{
    static const char *const headers[] = {"class", "of", "results", "residual factor", "widened: network",
                                          "chip"};
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        roof_page_column(page, headers[i], i < 2 ? ROOF_LEFT : ROOF_RIGHT);
    for (size_t i = 0; i < calibration->spread_count; i++)
        for (int s = 0; s < ROOF_SORT_COUNT; s++) {
            const roof_spread *spread = &calibration->spreads[i];
            if (!spread->cells[s]) continue;
            roof_page_row(page);
            roof_page_cell(page, ROOF_PLAIN, "%s", spread->chip_class);
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_sort_name((roof_sort)s));
            integer_cell(page, spread->cells[s]);
            roof_page_cell(page, ROOF_PLAIN, "%.2f", exp(spread->residual[s]));
            roof_page_cell(page, ROOF_PLAIN, "%.2f", spread->inflation_network[s]);
            roof_page_cell(page, ROOF_PLAIN, "%.2f", spread->inflation_chip[s]);
        }
}

void roof_calibrate_page(const roof_calibrate_view *view, roof_page *page)
{
    const roof_cells *cells = view->cells;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, (double)cells->rows);
    roof_buffer_append(&text, " rows: ");
    roof_text_integer(&text, (double)(cells->rows - cells->dropped_count));
    roof_buffer_append(&text, " fitted, as ");
    roof_text_integer(&text, (double)cells->count);
    roof_buffer_append(&text, " results (medians of duplicates); ");
    roof_text_integer(&text, (double)cells->dropped_count);
    roof_buffer_append(&text, " left out");
    roof_page_text(page, ROOF_HEADING, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
    reasons_lines(cells, page);
    if (view->calibration) spreads_lines(view->calibration, page);
    if (!view->path) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_PLAIN, "%s", view->path);
}

/* ---- for machines ---- */

void roof_calibrate_grid(const roof_calibrate_view *view, roof_page *page)
{
    static const char *const headers[] = {"file", "line", "chip", "model", "reason"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < view->cells->dropped_count; i++) {
        const roof_dropped *dropped = &view->cells->dropped[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", dropped->row->file);
        roof_page_cell(page, ROOF_PLAIN, "%d", dropped->row->line);
        roof_page_cell(page, ROOF_PLAIN, "%s", dropped->row->chip);
        roof_page_cell(page, ROOF_PLAIN, "%s", dropped->row->model);
        roof_page_cell(page, ROOF_PLAIN, "%s", dropped->reason);
    }
}

static void put_spreads(const roof_calibration *calibration, roof_json_writer *writer)
{
    roof_json_open_array(writer, "spreads");
    for (size_t i = 0; i < calibration->spread_count; i++)
        for (int s = 0; s < ROOF_SORT_COUNT; s++) {
            const roof_spread *spread = &calibration->spreads[i];
            if (!spread->cells[s]) continue;
            roof_json_open_object(writer, NULL);
            roof_json_put_string(writer, "class", spread->chip_class);
            roof_json_put_string(writer, "of", roof_sort_name((roof_sort)s));
            roof_json_put_number(writer, "results", (double)spread->cells[s]);
            roof_json_put_number(writer, "residual", spread->residual[s]);
            roof_json_put_number(writer, "widen_new_network", spread->inflation_network[s]);
            roof_json_put_number(writer, "widen_new_chip", spread->inflation_chip[s]);
            roof_json_close(writer);
        }
    roof_json_close(writer);
}

void roof_calibrate_json(const roof_calibrate_view *view, roof_json_writer *writer)
{
    reason_count counts[REASONS];
    size_t count = count_reasons(view->cells, counts);
    roof_json_put_string(writer, "schema", "chiproof/calibrate/1");
    roof_json_put_string(writer, "file", view->path);
    roof_json_put_number(writer, "rows", (double)view->cells->rows);
    roof_json_put_number(writer, "rows_fitted", (double)(view->cells->rows - view->cells->dropped_count));
    roof_json_put_number(writer, "results", (double)view->cells->count);
    roof_json_open_array(writer, "left_out");
    for (size_t i = 0; i < count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "reason", counts[i].reason);
        roof_json_put_number(writer, "rows", (double)counts[i].rows);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    if (view->calibration) put_spreads(view->calibration, writer);
}
