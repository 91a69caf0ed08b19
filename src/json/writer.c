#include "chiproof/json/writer.h"

#include <cjson/cJSON.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"

enum { DEPTH = 32 };

struct roof_json_writer {
    cJSON *stack[DEPTH];
    int depth;
    bool failed;
};

roof_json_writer *roof_json_writer_new(void)
{
    roof_json_writer *writer = calloc(1, sizeof *writer);
    if (!writer) return NULL;
    writer->stack[0] = cJSON_CreateObject();
    if (writer->stack[0]) return writer;
    free(writer);
    return NULL;
}

void roof_json_writer_free(roof_json_writer *writer)
{
    if (!writer) return;
    cJSON_Delete(writer->stack[0]);
    free(writer);
}

/* Adds `item` to what is open; takes it over. */
static bool put(roof_json_writer *writer, const char *key, cJSON *item)
{
    cJSON *open = writer->stack[writer->depth];
    bool added = item && (cJSON_IsObject(open) ? key && cJSON_AddItemToObject(open, key, item)
                                               : cJSON_AddItemToArray(open, item));
    if (added) return true;
    cJSON_Delete(item);
    writer->failed = true;
    return false;
}

static void open_item(roof_json_writer *writer, const char *key, cJSON *item)
{
    if (!put(writer, key, item)) return;
    if (writer->depth + 1 == DEPTH) writer->failed = true;
    else writer->stack[++writer->depth] = item;
}

void roof_json_open_object(roof_json_writer *writer, const char *key)
{
    if (writer) open_item(writer, key, cJSON_CreateObject());
}

void roof_json_open_array(roof_json_writer *writer, const char *key)
{
    if (writer) open_item(writer, key, cJSON_CreateArray());
}

void roof_json_close(roof_json_writer *writer)
{
    if (writer && writer->depth > 0) writer->depth--;
}

void roof_json_put_number(roof_json_writer *writer, const char *key, double value)
{
    if (writer) put(writer, key, isfinite(value) ? cJSON_CreateNumber(value) : cJSON_CreateNull());
}

void roof_json_put_string(roof_json_writer *writer, const char *key, const char *text)
{
    if (writer) put(writer, key, text ? cJSON_CreateString(text) : cJSON_CreateNull());
}

void roof_json_put_buffer(roof_json_writer *writer, const char *key, const roof_buffer *text)
{
    if (!writer) return;
    if (text->failed) writer->failed = true;
    else roof_json_put_string(writer, key, text->data ? text->data : "");
}

void roof_json_put_bool(roof_json_writer *writer, const char *key, bool value)
{
    if (writer) put(writer, key, cJSON_CreateBool(value));
}

void roof_json_put_null(roof_json_writer *writer, const char *key)
{
    if (writer) put(writer, key, cJSON_CreateNull());
}

/* The text with every character that could command a terminal, beyond those that cJSON escapes, escaped too:
 * what is not ASCII stands only inside strings. */
static char *escape_unsafe(const char *text)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    size_t length = strlen(text);
    for (size_t at = 0, step; at < length; at += step) {
        unsigned scalar = 0;
        step = roof_utf8_sequence(text + at, length - at, &scalar);
        if (step == 0) step = 1;
        if (scalar >= 0x7F && roof_scalar_is_unsafe(scalar)) roof_buffer_printf(&out, "\\u%04x", scalar);
        else roof_buffer_append_bytes(&out, text + at, step);
    }
    return roof_buffer_take(&out);
}

roof_code roof_json_writer_text(roof_json_writer *writer, bool pretty, char **text, roof_error *error)
{
    *text = NULL;
    if (writer && !writer->failed) {
        char *made = pretty ? cJSON_Print(writer->stack[0]) : cJSON_PrintUnformatted(writer->stack[0]);
        if (made) *text = escape_unsafe(made);
        cJSON_free(made);
    }
    return *text ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for the JSON text");
}
