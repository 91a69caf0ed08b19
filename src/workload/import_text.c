/* What was imported, as the text of a workload file: a line for each operation. */
#include <ctype.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/workload/file_format.h"
#include "workload/import.h"
#include "workload/shape.h"

void roof_import_quote(roof_buffer *out, const char *text)
{
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    roof_text_sanitize(&clean, text);
    roof_buffer_append_char(out, '"');
    for (const char *c = roof_buffer_text(&clean); *c; c++) {
        if (*c == '"' || *c == '\\') roof_buffer_append_char(out, '\\');
        roof_buffer_append_char(out, *c);
    }
    roof_buffer_append_char(out, '"');
    if (clean.failed) out->failed = true;
    roof_buffer_free(&clean);
}

const char *roof_import_base(const char *file)
{
    const char *slash = strrchr(file, '/');
    return slash && slash[1] ? slash + 1 : file;
}

/* A configuration is always called config.json: the folder says what it is of. */
static void stem(const char *file, const char **from, size_t *length)
{
    const char *base = roof_import_base(file), *dot = strrchr(base, '.');
    *from = base;
    *length = dot && dot > base ? (size_t)(dot - base) : strlen(base);
    if (strcmp(base, "config.json") != 0 || base - file < 2) return;
    const char *end = base - 1, *begin = end;
    while (begin > file && begin[-1] != '/') begin--;
    if (end - begin < 1 || *begin == '.') return;
    *from = begin;
    *length = (size_t)(end - begin);
}

void roof_import_id(const char *file, char *id, size_t size)
{
    const char *from = NULL;
    size_t length = 0, made = 0;
    stem(file, &from, &length);
    for (size_t i = 0; i < length && made + 1 < size && made < 64; i++) {
        int c = tolower((unsigned char)from[i]);
        bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
        if (!plain && (made == 0 || id[made - 1] == '-')) continue;
        id[made++] = plain ? (char)c : '-';
    }
    while (made > 0 && id[made - 1] == '-') made--;
    if (made == 0) memcpy(id, "network", made = 7);
    id[made] = '\0';
}

void roof_import_header(const roof_import *import, roof_buffer *out)
{
    char id[65];
    roof_buffer title = ROOF_BUFFER_EMPTY;
    roof_import_id(import->file, id, sizeof id);
    roof_buffer_printf(out, "{\n\"schema\": \"%s\",\n\"id\": \"%s\",\n\"name\": \"%s\",\n",
                       ROOF_WORKLOAD_SCHEMA, id, id);
    roof_buffer_printf(&title, "%s (%s%s%s)", roof_import_base(import->file),
                       roof_file_kind_name(import->kind), import->origin ? ", " : "",
                       import->origin ? import->origin : "");
    for (size_t i = 0; import->bindings && i < import->bindings->count; i++)
        if (import->bound[i])
            roof_buffer_printf(&title, ", %s=%.0f", import->bindings->items[i].name,
                               import->bindings->items[i].value);
    roof_buffer_append(out, "\"sources\": [{\"id\": \"file\", \"title\": ");
    roof_import_quote(out, roof_buffer_text(&title));
    roof_buffer_append(out, "}],\n\"source\": \"file\"");
    if (title.failed) out->failed = true;
    roof_buffer_free(&title);
}

static void write_tensors(roof_buffer *out, const char *key, const roof_import_tensor *tensors, size_t count)
{
    roof_buffer_printf(out, ",\n\"%s\": [", key);
    for (size_t i = 0; i < count; i++) {
        const roof_import_tensor *t = &tensors[i];
        int first = 0; /* dimensions of 1 in front say nothing */
        while (first < t->rank - 1 && t->dims[first] == 1) first++;
        bool shaped = t->rank > 0 && t->rank - first <= ROOF_RANK_LIMIT;
        roof_buffer_append(out, i > 0 ? ",\n{\"name\": " : "\n{\"name\": ");
        roof_import_quote(out, t->name);
        roof_buffer_append(out, ", \"shape\": [");
        for (int d = first; shaped && d < t->rank; d++)
            roof_buffer_printf(out, "%s%.0f", d > first ? ", " : "", t->dims[d]);
        if (!shaped) roof_buffer_printf(out, "%.0f", t->elements);
        roof_buffer_append(out, "]");
        if (t->precision) roof_buffer_printf(out, ", \"precision\": \"%s\"", t->precision);
        roof_buffer_append(out, "}");
    }
    roof_buffer_append(out, "]");
}

static void write_count(roof_buffer *out, const char *key, double count)
{
    if (count > 0) roof_buffer_printf(out, ", \"%s\": %.0f", key, count);
}

static void write_op(roof_buffer *out, const roof_op *op)
{
    roof_buffer_printf(out, "{\"kind\": \"%s\", \"name\": ", roof_op_kind_name(op->kind));
    roof_import_quote(out, op->name);
    if (op->repeat > 1) write_count(out, "repeat", op->repeat);
    write_count(out, "macs", op->macs);
    write_count(out, "other_ops", op->other_ops);
    write_count(out, "weights_stored", op->weights_stored);
    write_count(out, "weights_read", op->weights_read);
    write_count(out, "weights_gathered", op->weights_gathered);
    write_count(out, "input_elements", op->input_elements);
    write_count(out, "output_elements", op->output_elements);
    roof_buffer_append(out, "}");
}

/* "1x3x224x224" */
static void write_shape(roof_buffer *out, const roof_import_tensor *t)
{
    for (int d = 0; d < t->rank; d++) roof_buffer_printf(out, "%s%.0f", d > 0 ? "x" : "", t->dims[d]);
    if (t->rank == 0) roof_buffer_printf(out, "%.0f", t->elements);
}

static void write_reference(const roof_import *import, roof_buffer *out)
{
    const roof_op_list *ops = &import->ops;
    if (ops->macs < 1 && ops->weights_stored < 1) return;
    roof_buffer_append(out, ",\n\"reference\": {");
    if (ops->weights_stored >= 1) roof_buffer_printf(out, "\"params\": %.0f, ", ops->weights_stored);
    if (ops->macs >= 1) roof_buffer_printf(out, "\"macs\": %.0f, ", ops->macs);
    roof_buffer_append(out, "\"input\": \"");
    for (size_t i = 0; i < import->input_count && i < 4; i++) {
        if (i > 0) roof_buffer_append(out, ", ");
        write_shape(out, &import->inputs[i]);
    }
    if (import->input_count > 4) roof_buffer_append(out, ", ...");
    roof_buffer_append(out, "\", \"source\": \"file\"}");
}

void roof_import_write(const roof_import *import, roof_buffer *out)
{
    roof_import_header(import, out);
    write_tensors(out, "input", import->inputs, import->input_count);
    write_tensors(out, "output", import->outputs, import->output_count);
    write_reference(import, out);
    roof_buffer_append(out, ",\n\"counts\": [\n");
    for (size_t i = 0; i < import->ops.length; i++) {
        if (i > 0) roof_buffer_append(out, ",\n");
        write_op(out, &import->ops.items[i]);
    }
    roof_buffer_append(out, "\n]\n}\n");
}
