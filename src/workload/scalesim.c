/* SCALE-Sim topologies: a comma-separated table with a line for each layer. Two forms, told apart by the
 * first line: convolutions Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num
 * Filter, Strides (or Stride Height, Stride Width), of inputs that hold their padding already, and products
 * of matrices Layer, M, N, K Lines may end in a comma, and in columns that say nothing of the size (the
 * sparsity "2:4"). A layer whose name holds "DP" is depthwise, as SCALE-Sim itself takes it: each channel by
 * itself. */
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <strings.h>

#include "workload/import.h"
#include "workload/shape.h"

enum { CELLS = 16, CELL_BYTES = 64 };

typedef struct line {
    size_t number; /* from 1 */
    size_t count;  /* cells; empty ones at the end do not count */
    roof_bytes cells[CELLS];
} line;

typedef struct table {
    roof_import *import;
    size_t at, number;
    bool products; /* M, N, K */
} table;

static roof_bytes trim(roof_bytes text)
{
    while (text.length > 0 && isspace(text.data[0])) {
        text.data++;
        text.length--;
    }
    while (text.length > 0 && isspace(text.data[text.length - 1])) text.length--;
    return text;
}

static void split(roof_bytes text, line *out)
{
    out->count = 0;
    for (size_t cell = 0; cell < CELLS; cell++) {
        const unsigned char *comma = text.length > 0 ? memchr(text.data, ',', text.length) : NULL;
        size_t length = comma ? (size_t)(comma - text.data) : text.length;
        out->cells[cell] = trim((roof_bytes){text.data, length});
        if (out->cells[cell].length > 0) out->count = cell + 1;
        if (!comma) return;
        text = (roof_bytes){comma + 1, text.length - length - 1};
    }
}

/* The next line that is not empty; false after the last. */
static bool next_line(table *t, line *out)
{
    roof_bytes all = t->import->bytes;
    while (t->at < all.length) {
        const unsigned char *begin = all.data + t->at, *end = memchr(begin, '\n', all.length - t->at);
        size_t length = end ? (size_t)(end - begin) : all.length - t->at;
        t->at += length + 1;
        out->number = ++t->number;
        split((roof_bytes){begin, length}, out);
        if (out->count > 0) return true;
    }
    return false;
}

/* A whole number from 1. */
static bool read_size(table *t, const line *row, size_t cell, const char *what, double *out)
{
    double value = 0;
    roof_bytes text = cell < row->count ? row->cells[cell] : (roof_bytes){0};
    bool good = text.length > 0 && text.length <= 10;
    for (size_t i = 0; i < text.length && good; i++) {
        good = isdigit(text.data[i]) != 0;
        value = 10 * value + (text.data[i] - '0');
    }
    *out = value;
    if (good && value >= 1 && value <= ROOF_DIMENSION_LIMIT) return true;
    const char *shown = roof_import_name(t->import, text);
    return shown && roof_import_fail(t->import, ROOF_INVALID,
                                     "line %zu: the %s is \"%.40s\"; a whole number from 1 is expected",
                                     row->number, what, shown);
}

static bool is_depthwise(roof_bytes name)
{
    return name.length >= 2 && memmem(name.data, name.length, "DP", 2) != NULL;
}

static roof_import_tensor tensor(const char *name, int rank, double a, double b, double c)
{
    roof_import_tensor t = {.name = name, .elements = a * b * c, .rank = rank, .dims = {a, b, c}};
    return t;
}

/* Layers stand alone: the input of the network is that of the first, the output that of the last. */
static bool finish(table *t, const char *name, roof_op op, roof_import_tensor in, roof_import_tensor out)
{
    roof_import *import = t->import;
    op.weights_read = op.weights_stored;
    op.input_elements = in.elements;
    op.output_elements = out.elements;
    if (import->ops.length == 0 && !roof_import_input(import, in)) return false;
    import->output_count = 0;
    return roof_import_output(import, out) && roof_import_emit(import, name, op);
}

static bool read_product(table *t, const line *row, const char *name)
{
    double m = 0, n = 0, k = 0;
    if (!read_size(t, row, 1, "M", &m) || !read_size(t, row, 2, "N", &n) || !read_size(t, row, 3, "K", &k))
        return false;
    roof_op op = {.kind = ROOF_OP_GEMM, .macs = m * n * k, .weights_stored = k * n};
    return finish(t, name, op, tensor("input", 2, m, k, 1), tensor("output", 2, m, n, 1));
}

/* One stride goes for both directions. */
static bool read_strides(table *t, const line *row, double *high, double *wide)
{
    *wide = 0;
    if (!read_size(t, row, 7, "stride", high)) return false;
    roof_bytes next = row->count > 8 ? row->cells[8] : (roof_bytes){0};
    if (next.length == 0 || memchr(next.data, ':', next.length)) *wide = *high;
    return *wide > 0 || read_size(t, row, 8, "stride", wide);
}

/* The window ends where it leaves the input: ceil((input - filter + stride) / stride) places. */
static bool read_convolution(table *t, const line *row, const char *name)
{
    static const char *const what[] = {"height of the input", "width of the input", "height of the filter",
                                       "width of the filter", "number of channels", "number of filters"};
    double s[6], high = 0, wide = 0;
    for (size_t i = 0; i < 6; i++)
        if (!read_size(t, row, i + 1, what[i], &s[i])) return false;
    if (!read_strides(t, row, &high, &wide)) return false;
    if (s[2] > s[0] || s[3] > s[1])
        return roof_import_fail(t->import, ROOF_INVALID, "line %zu: the filter is larger than the input",
                                row->number);
    double taps = s[2] * s[3], rows = ceil((s[0] - s[2] + high) / high),
           columns = ceil((s[1] - s[3] + wide) / wide);
    bool depthwise = is_depthwise(row->cells[0]);
    double out = depthwise ? s[4] * s[5] : s[5], each = depthwise ? taps : taps * s[4];
    roof_op op = {.kind = depthwise ? ROOF_OP_DEPTHWISE : ROOF_OP_CONV2D,
                  .macs = rows * columns * out * each};
    op.weights_stored = out * each;
    return finish(t, name, op, tensor("input", 3, s[4], s[0], s[1]), tensor("output", 3, out, rows, columns));
}

static bool cell_is(const line *row, size_t cell, const char *text)
{
    return cell < row->count && row->cells[cell].length == strlen(text) &&
           strncasecmp((const char *)row->cells[cell].data, text, strlen(text)) == 0;
}

static bool read_head(table *t, line *row)
{
    if (t->import->bytes.length >= 3 && memcmp(t->import->bytes.data, "\xEF\xBB\xBF", 3) == 0) t->at = 3;
    if (!next_line(t, row)) return roof_import_fail(t->import, ROOF_INVALID, "the table is empty");
    t->products = cell_is(row, 1, "M") && cell_is(row, 2, "N") && cell_is(row, 3, "K");
    bool layers = row->cells[0].length >= 5 && strncasecmp((const char *)row->cells[0].data, "layer", 5) == 0;
    if (layers && (t->products || row->count >= 8)) return true;
    return roof_import_fail(
        t->import, ROOF_SYNTAX,
        "the first line is not that of a SCALE-Sim topology: \"Layer name, IFMAP Height, IFMAP "
        "Width, Filter Height, Filter Width, Channels, Num Filter, Strides\" or \"Layer, M, N, K\"");
}

bool roof_import_scalesim(roof_import *import)
{
    table t = {.import = import};
    line row;
    if (import->bytes.length > 0 && memchr(import->bytes.data, 0, import->bytes.length))
        return roof_import_fail(import, ROOF_SYNTAX, "the file is not text");
    if (!read_head(&t, &row)) return false;
    import->origin = t.products ? "products of matrices" : "convolutions";
    while (next_line(&t, &row)) {
        const char *name = roof_import_name(import, row.cells[0]);
        if (!name) return false;
        if (!*name) name = roof_arena_printf(import->arena, "line %zu", row.number);
        if (!name) return roof_import_no_memory(import);
        if (!(t.products ? read_product : read_convolution)(&t, &row, name)) return false;
    }
    return true;
}
