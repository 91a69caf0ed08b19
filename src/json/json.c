#include "chiproof/json/json.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"
#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "json/scalar.h"
#include "json/scan.h"

struct roof_json_value {
    const cJSON *item;
    json_place place;
    roof_json *document;
};

struct roof_json {
    char *text; /* kept: positions are counted when they are asked for */
    char *file;
    cJSON *root;
    roof_json_value *values; /* in document order */
    size_t length;
    roof_report *report;
    roof_error first;
    size_t errors;
};

/* ---- building ---- */

/* Walks cJSON's tree in document order, beside the places. */
static void attach(roof_json *document, const cJSON *item, size_t *next)
{
    document->values[(*next)++].item = item;
    for (const cJSON *member = item->child; member; member = member->next) attach(document, member, next);
}

static int compare_keys(const void *a, const void *b)
{
    const roof_json_value *x = *(const roof_json_value *const *)a, *y = *(const roof_json_value *const *)b;
    int order = strcmp(x->item->string, y->item->string);
    return order ? order : x->place.value.offset < y->place.value.offset ? -1 : 1;
}

/* Adds a fault for every key that an object has twice. */
static roof_code check_duplicates(const roof_json_value *object)
{
    size_t count = roof_json_length(object), i = 0;
    if (count < 2) return ROOF_OK;
    const roof_json_value **members = malloc(count * sizeof *members);
    if (!members) return ROOF_NO_MEMORY;
    for (const roof_json_value *m = roof_json_first(object); m; m = roof_json_next(m)) members[i++] = m;
    qsort(members, count, sizeof *members, compare_keys);
    for (i = 1; i < count; i++)
        if (strcmp(members[i - 1]->item->string, members[i]->item->string) == 0)
            roof_json_fault_at_key(members[i], ROOF_GRADE_ERROR, "the key \"%s\" is there twice",
                                   members[i]->item->string);
    free(members);
    return ROOF_OK;
}

static roof_code fail_no_memory(roof_error *error, const char *file)
{
    return roof_fail(error, ROOF_NO_MEMORY, "no memory to read %s", file);
}

/* Reports a fault of the text itself. */
static roof_code fail_at_mark(const roof_json *document, json_mark mark, roof_error *fault, roof_error *error)
{
    roof_error_set_position(fault, document->file, mark.line, json_column(document->text, mark), "");
    roof_report_add(document->report, fault);
    if (error) *error = *fault;
    return fault->code;
}

static roof_code build(roof_json *document, size_t length, roof_error *error)
{
    json_places places = {0};
    roof_error fault;
    json_mark mark;
    size_t next = 0;
    roof_code code = json_scan(document->text, length, &places, &mark, &fault);
    if (code != ROOF_OK) {
        free(places.items);
        return fail_at_mark(document, mark, &fault, error);
    }
    document->root = cJSON_ParseWithLengthOpts(document->text, length + 1, NULL, 1);
    document->values = calloc(places.length, sizeof *document->values);
    if (!document->root || !document->values) {
        free(places.items);
        roof_report_addf(document->report, ROOF_GRADE_ERROR, ROOF_NO_MEMORY, "no memory to read %s",
                         document->file);
        return fail_no_memory(error, document->file);
    }
    document->length = places.length;
    for (size_t i = 0; i < places.length; i++) {
        document->values[i].place = places.items[i];
        document->values[i].document = document;
    }
    free(places.items);
    attach(document, document->root, &next);
    for (size_t i = 0; i < document->length; i++)
        if (cJSON_IsObject(document->values[i].item) && check_duplicates(&document->values[i]) != ROOF_OK)
            return fail_no_memory(error, document->file);
    return roof_json_finish(document, error);
}

roof_code roof_json_parse(const char *text, size_t length, const char *file, roof_report *report,
                          roof_json **out, roof_error *error)
{
    *out = NULL;
    roof_json *document = calloc(1, sizeof *document);
    if (!document) return fail_no_memory(error, file);
    document->text = malloc(length + 1);
    document->file = strdup(file);
    document->report = report;
    roof_code code = ROOF_OK;
    if (!document->text || !document->file) {
        code = fail_no_memory(error, file);
    } else {
        memcpy(document->text, text, length);
        document->text[length] = '\0';
        code = build(document, length, error);
    }
    if (code != ROOF_OK) roof_json_free(document);
    else *out = document;
    return code;
}

roof_code roof_json_load(const char *path, roof_report *report, roof_json **out, roof_error *error)
{
    char *text = NULL;
    size_t length = 0;
    *out = NULL;
    roof_code code = roof_file_read_reported(path, ROOF_FILE_LIMIT, &text, &length, report, error);
    if (code != ROOF_OK) return code;
    code = roof_json_parse(text, length, path, report, out, error);
    free(text);
    return code;
}

void roof_json_free(roof_json *document)
{
    if (!document) return;
    cJSON_Delete(document->root);
    free(document->values);
    free(document->text);
    free(document->file);
    free(document);
}

/* ---- walking ---- */

const roof_json_value *roof_json_root(const roof_json *document)
{
    return document->values;
}

const char *roof_json_file(const roof_json *document)
{
    return document->file;
}

size_t roof_json_errors(const roof_json *document)
{
    return document->errors;
}

roof_json_type roof_json_type_of(const roof_json_value *value)
{
    const cJSON *item = value->item;
    if (cJSON_IsObject(item)) return ROOF_JSON_OBJECT;
    if (cJSON_IsArray(item)) return ROOF_JSON_ARRAY;
    if (cJSON_IsString(item)) return ROOF_JSON_STRING;
    if (cJSON_IsNumber(item)) return ROOF_JSON_NUMBER;
    return cJSON_IsBool(item) ? ROOF_JSON_BOOL : ROOF_JSON_NULL;
}

const char *roof_json_type_name(roof_json_type type)
{
    static const char *const names[] = {"null",     "true or false", "a number",
                                        "a string", "an array",      "an object"};
    return names[type];
}

static size_t index_of(const roof_json_value *value)
{
    return (size_t)(value - value->document->values);
}

const roof_json_value *roof_json_first(const roof_json_value *value)
{
    return value && value->item->child ? value + 1 : NULL;
}

const roof_json_value *roof_json_next(const roof_json_value *member)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): every value of a document has its item */
    return member->item->next ? member->document->values + member->place.end : NULL;
}

size_t roof_json_length(const roof_json_value *value)
{
    size_t count = 0;
    for (const roof_json_value *m = roof_json_first(value); m; m = roof_json_next(m)) count++;
    return count;
}

const char *roof_json_key(const roof_json_value *member)
{
    return member->item->string ? member->item->string : "";
}

const roof_json_value *roof_json_get(const roof_json_value *object, const char *key)
{
    if (!object || !cJSON_IsObject(object->item)) return NULL;
    for (const roof_json_value *m = roof_json_first(object); m; m = roof_json_next(m))
        if (strcmp(m->item->string, key) == 0) return m;
    return NULL;
}

/* ---- positions and faults ---- */

/* Appends the JSON Pointer (RFC 6901) of a value. Depth is bounded by the scan. */
static void append_pointer(const roof_json_value *value, roof_buffer *out)
{
    size_t self = index_of(value);
    if (self == 0) return;
    append_pointer(value->document->values + value->place.parent, out);
    roof_buffer_append_char(out, '/');
    if (!value->item->string) {
        roof_buffer_printf(out, "%zu", value->place.position);
        return;
    }
    for (const char *c = value->item->string; *c; c++) {
        if (*c == '~') roof_buffer_append(out, "~0");
        else if (*c == '/') roof_buffer_append(out, "~1");
        else roof_buffer_append_char(out, *c);
    }
}

void roof_json_position(const roof_json_value *value, int *line, int *column, char *path, size_t path_size)
{
    if (line) *line = value->place.value.line;
    if (column) *column = json_column(value->document->text, value->place.value);
    if (!path || path_size == 0) return;
    roof_buffer pointer = ROOF_BUFFER_EMPTY;
    append_pointer(value, &pointer);
    snprintf(path, path_size, "%s", roof_buffer_text(&pointer));
    roof_buffer_free(&pointer);
}

static void add_fault(const roof_json_value *value, json_mark mark, roof_grade grade, const char *format,
                      va_list arguments)
{
    roof_json *document = value->document;
    roof_error fault;
    roof_buffer pointer = ROOF_BUFFER_EMPTY;
    roof_vfail(&fault, ROOF_INVALID, format, arguments);
    fault.grade = grade;
    append_pointer(value, &pointer);
    roof_error_set_position(&fault, document->file, mark.line, json_column(document->text, mark),
                            roof_buffer_text(&pointer));
    roof_buffer_free(&pointer);
    roof_report_add(document->report, &fault);
    if (grade != ROOF_GRADE_ERROR) return;
    if (document->errors++ == 0) document->first = fault;
}

void roof_json_fault(const roof_json_value *value, roof_grade grade, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_fault(value, value->place.value, grade, format, arguments);
    va_end(arguments);
}

void roof_json_fault_at_key(const roof_json_value *member, roof_grade grade, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    add_fault(member, member->place.key, grade, format, arguments);
    va_end(arguments);
}

roof_code roof_json_finish(const roof_json *document, roof_error *error)
{
    if (document->errors == 0) return ROOF_OK;
    if (error) *error = document->first;
    return document->first.code;
}

/* ---- typed getters ---- */

bool roof_json_is(const roof_json_value *value, roof_json_type type)
{
    if (!value) return false;
    roof_json_type got = roof_json_type_of(value);
    if (got == type) return true;
    roof_json_fault(value, ROOF_GRADE_ERROR, "expected %s, found %s", roof_json_type_name(type),
                    roof_json_type_name(got));
    return false;
}

bool roof_json_number(const roof_json_value *value, double *out)
{
    if (!roof_json_is(value, ROOF_JSON_NUMBER)) return false;
    *out = value->item->valuedouble;
    return true;
}

bool roof_json_integer(const roof_json_value *value, double minimum, double maximum, double *out)
{
    double number;
    if (!roof_json_number(value, &number)) return false;
    if (number >= minimum && number <= maximum && number == (double)(long long)number) {
        *out = number;
        return true;
    }
    roof_json_fault(value, ROOF_GRADE_ERROR, "expected a whole number from %.15g to %.15g, found %.15g",
                    minimum, maximum, number);
    return false;
}

bool roof_json_string(const roof_json_value *value, const char **out)
{
    if (!roof_json_is(value, ROOF_JSON_STRING)) return false;
    if (value->item->valuestring[0] == '\0') {
        roof_json_fault(value, ROOF_GRADE_ERROR,
                        "the string is empty; leave the key out if nothing is known");
        return false;
    }
    *out = value->item->valuestring;
    return true;
}

bool roof_json_bool(const roof_json_value *value, bool *out)
{
    if (!roof_json_is(value, ROOF_JSON_BOOL)) return false;
    *out = cJSON_IsTrue(value->item);
    return true;
}

const roof_json_value *roof_json_require(const roof_json_value *object, const char *key)
{
    const roof_json_value *member = roof_json_get(object, key);
    if (!member) roof_json_fault(object, ROOF_GRADE_ERROR, "the key \"%s\" is missing", key);
    return member;
}

static bool is_comment(const char *key)
{
    return key[0] == '$' || (key[0] == '/' && key[1] == '/');
}

void roof_json_only_keys(const roof_json_value *object, const char *const *keys, size_t count)
{
    for (const roof_json_value *m = roof_json_first(object); m; m = roof_json_next(m)) {
        const char *key = roof_json_key(m);
        bool known = is_comment(key);
        for (size_t i = 0; i < count && !known; i++) known = strcmp(key, keys[i]) == 0;
        if (known) continue;
        roof_buffer near = ROOF_BUFFER_EMPTY;
        if (roof_text_nearest_quoted(key, keys, count, &near))
            roof_json_fault_at_key(m, ROOF_GRADE_ERROR, "unknown key \"%s\"; did you mean %s?", key,
                                   roof_buffer_text(&near));
        else roof_json_fault_at_key(m, ROOF_GRADE_ERROR, "unknown key \"%s\"", key);
        roof_buffer_free(&near);
    }
}

/* ---- back to text ---- */

void json_put_text(roof_buffer *out, const char *text)
{
    roof_buffer_append_char(out, '"');
    for (const char *c = text; *c; c++) {
        if (*c == '"' || *c == '\\') roof_buffer_printf(out, "\\%c", *c);
        else if ((unsigned char)*c < 0x20) roof_buffer_printf(out, "\\u%04x", (unsigned)(unsigned char)*c);
        else roof_buffer_append_char(out, *c);
    }
    roof_buffer_append_char(out, '"');
}

void json_put_scalar(roof_buffer *out, const roof_json_value *value)
{
    const char *text = value->document->text + value->place.value.offset;
    if (roof_json_type_of(value) == ROOF_JSON_STRING) json_put_text(out, value->item->valuestring);
    else roof_buffer_append_bytes(out, text, strcspn(text, ",]} \t\r\n"));
}
