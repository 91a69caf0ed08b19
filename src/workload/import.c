/* Which kind a file is, and what every kind has in common. */
#include "workload/import.h"

#include <ctype.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/json/json.h"
#include "workload/shape.h"

enum { NAME_BYTES = 200 };

const char *roof_file_kind_name(roof_file_kind kind)
{
    static const char *const names[] = {
#define X(id, name) name,
        ROOF_FILE_KINDS(X)
#undef X
    };
    return (unsigned)kind < ROOF_FILE_KIND_COUNT ? names[kind] : "unknown";
}

/* ---- kinds ---- */

static bool ends_in(const char *file, const char *suffix)
{
    size_t length = strlen(file), tail = strlen(suffix);
    return length > tail && strcasecmp(file + length - tail, suffix) == 0;
}

static bool is_config(const char *bytes, size_t length)
{
    static const char *const marks[] = {"model_type", "architectures", "hidden_size"};
    roof_json *document = NULL;
    bool found = false;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (memmem(bytes, length, marks[i], strlen(marks[i]))) found = true;
    if (!found || length > ROOF_FILE_LIMIT || memmem(bytes, length, "chiproof/", 9)) return false;
    found = false;
    if (roof_json_parse(bytes, length, "", NULL, &document, NULL) != ROOF_OK) return false;
    const roof_json_value *root = roof_json_root(document);
    if (!roof_json_get(root, "schema") && !roof_json_get(root, "transformer"))
        for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
            if (roof_json_get(root, marks[i])) found = true;
    roof_json_free(document);
    return found;
}

/* The first line of a table: text with commas, of which one part is "layer" or begins so. */
static bool is_table(const char *bytes, size_t length)
{
    const char *end = memchr(bytes, '\n', length);
    size_t line = end ? (size_t)(end - bytes) : length;
    size_t at = line >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    while (at < line && isspace((unsigned char)bytes[at])) at++;
    return line - at > 5 && strncasecmp(bytes + at, "layer", 5) == 0 && memchr(bytes, ',', line);
}

roof_file_kind roof_file_kind_of(const char *bytes, size_t length, const char *file)
{
    size_t at = 0;
    if (length >= 8 && memcmp(bytes + 4, "TFL3", 4) == 0) return ROOF_FILE_TFLITE;
    if (ends_in(file, ".onnx")) return ROOF_FILE_ONNX;
    if (ends_in(file, ".tflite")) return ROOF_FILE_TFLITE;
    if (ends_in(file, ".csv")) return ROOF_FILE_SCALESIM;
    while (at < length && isspace((unsigned char)bytes[at])) at++;
    if (at < length && bytes[at] == '{')
        return is_config(bytes, length) ? ROOF_FILE_HF_CONFIG : ROOF_FILE_WORKLOAD;
    if (ends_in(file, ".json")) return ROOF_FILE_WORKLOAD;
    if (length > 0 && is_table(bytes, length)) return ROOF_FILE_SCALESIM;
    /* An ONNX model begins with the version of its format: field 1, a varint. */
    return length >= 2 && bytes[0] == 0x08 && bytes[1] > 0 && bytes[1] < 32 ? ROOF_FILE_ONNX
                                                                            : ROOF_FILE_WORKLOAD;
}

roof_file_kind roof_file_kind_at(const char *path)
{
    roof_mapping mapping;
    if (roof_mapping_open(path, &mapping, NULL) != ROOF_OK) return ROOF_FILE_WORKLOAD;
    roof_file_kind kind = roof_file_kind_of(mapping.bytes, mapping.length, path);
    roof_mapping_close(&mapping);
    return kind;
}

/* ---- findings ---- */

static void add(roof_import *import, roof_error *finding, roof_code code, const char *format,
                va_list arguments)
{
    char text[512];
    vsnprintf(text, sizeof text, format, arguments);
    roof_fail(finding, code, "%s%s%s", import->where ? import->where : "", import->where ? ": " : "", text);
    roof_error_set_position(finding, import->file, 0, 0, NULL);
}

bool roof_import_fail(roof_import *import, roof_code code, const char *format, ...)
{
    roof_error finding;
    va_list arguments;
    va_start(arguments, format);
    add(import, &finding, code, format, arguments);
    va_end(arguments);
    roof_report_add(import->report, &finding);
    if (import->code == ROOF_OK) {
        import->code = code;
        import->error = finding;
    }
    return false;
}

bool roof_import_no_memory(roof_import *import)
{
    return roof_import_fail(import, ROOF_NO_MEMORY, "memory ran out");
}

void roof_import_say(roof_import *import, roof_grade grade, const char *format, ...)
{
    roof_error finding;
    va_list arguments;
    va_start(arguments, format);
    add(import, &finding, ROOF_OK, format, arguments);
    va_end(arguments);
    finding.grade = grade;
    roof_report_add(import->report, &finding);
}

void roof_import_unknown(roof_import *import, const char *name)
{
    for (size_t i = 0; i < import->tally_count; i++) {
        if (strcmp(import->tallies[i].name, name) != 0) continue;
        import->tallies[i].count++;
        return;
    }
    if (import->tally_count < ROOF_IMPORT_TALLIES)
        import->tallies[import->tally_count++] = (roof_import_tally){name, 1};
}

bool roof_import_bound(roof_import *import, const char *name, double *value)
{
    for (size_t i = 0; import->bindings && i < import->bindings->count; i++) {
        if (strcmp(import->bindings->items[i].name, name) != 0) continue;
        import->bound[i] = true;
        *value = import->bindings->items[i].value;
        return true;
    }
    return false;
}

const char *roof_import_name(roof_import *import, roof_bytes text)
{
    char raw[NAME_BYTES + 1];
    size_t length = text.length < NAME_BYTES ? text.length : NAME_BYTES, plain = 0;
    while (plain < length && text.data[plain] >= 0x20 && text.data[plain] < 0x7F) plain++;
    for (size_t i = 0; i < length; i++) raw[i] = text.data[i] ? (char)text.data[i] : ' ';
    raw[length] = '\0';
    roof_buffer clean = ROOF_BUFFER_EMPTY;
    if (plain < length) roof_text_sanitize(&clean, raw);
    const char *name =
        clean.failed ? NULL
                     : roof_arena_strdup(import->arena, plain < length ? roof_buffer_text(&clean) : raw);
    roof_buffer_free(&clean);
    if (!name) roof_import_no_memory(import);
    return name;
}

bool roof_bytes_equal(roof_bytes bytes, const char *text)
{
    size_t length = strlen(text);
    return bytes.length == length && (length == 0 || memcmp(bytes.data, text, length) == 0);
}

/* ---- what readers add ---- */

bool roof_import_emit(roof_import *import, const char *name, roof_op op)
{
    const char *why = NULL;
    op.name = name && *name ? name : import->where;
    if (!op.name) op.name = roof_op_kind_name(op.kind);
    if (roof_op_list_add(&import->ops, &op, &why)) return true;
    return why ? roof_import_fail(import, ROOF_INVALID, "%s", why) : roof_import_no_memory(import);
}

/* More elements than one dimension of a workload file holds: no link carries that for one inference. */
static bool check_tensor(roof_import *import, const roof_import_tensor *tensor)
{
    return tensor->elements <= ROOF_DIMENSION_LIMIT ||
           roof_import_fail(import, ROOF_INVALID, "\"%s\" would carry %.3g elements over the host link",
                            tensor->name, tensor->elements);
}

static bool add_tensor(roof_import *import, roof_import_tensor *list, size_t *count,
                       roof_import_tensor tensor)
{
    if (tensor.elements < 1) return true;
    if (*count < ROOF_IMPORT_TENSORS) {
        list[(*count)++] = tensor;
        return check_tensor(import, &tensor);
    }
    roof_import_tensor *last = &list[ROOF_IMPORT_TENSORS - 1];
    *last = (roof_import_tensor){.name = "others", .elements = last->elements + tensor.elements};
    return check_tensor(import, last);
}

bool roof_import_input(roof_import *import, roof_import_tensor tensor)
{
    return add_tensor(import, import->inputs, &import->input_count, tensor);
}

bool roof_import_output(roof_import *import, roof_import_tensor tensor)
{
    return add_tensor(import, import->outputs, &import->output_count, tensor);
}

/* ---- the import ---- */

static void say_tallies(roof_import *import)
{
    for (size_t i = 0; i < import->tally_count; i++)
        roof_import_say(import, ROOF_GRADE_DOUBTFUL,
                        "operator %s (%zu of them) is not known: it counts as the elements it moves, without "
                        "arithmetic",
                        import->tallies[i].name, import->tally_count ? import->tallies[i].count : 0);
    for (size_t i = 0; import->bindings && i < import->bindings->count; i++)
        if (!import->bound[i])
            roof_import_say(import, ROOF_GRADE_DOUBTFUL,
                            "\"%.100s\" is bound, but nothing open has that name",
                            import->bindings->items[i].name);
}

/* A batch in the file: its run is not one inference of the network but as many as it holds. */
static void say_batch(roof_import *import)
{
    const roof_import_tensor *first = &import->inputs[0];
    if (import->input_count > 0 && first->rank >= 3 && first->dims[0] > 1 &&
        import->kind != ROOF_FILE_SCALESIM)
        roof_import_say(import, ROOF_GRADE_NOTE,
                        "the first dimension of %s is %.0f: one run counts as one inference", first->name,
                        first->dims[0]);
}

static bool check_whole(roof_import *import)
{
    if (import->ops.length == 0)
        return roof_import_fail(import, ROOF_INVALID, "there is no operation in it that computes anything");
    if (import->input_count == 0)
        return roof_import_fail(import, ROOF_INVALID, "the network has no input with an element in it");
    if (import->output_count == 0)
        return roof_import_fail(import, ROOF_INVALID, "the network has no output with an element in it");
    return true;
}

static bool make_text(roof_import *import, roof_buffer *out)
{
    bool good = false;
    switch (import->kind) {
    case ROOF_FILE_ONNX: good = roof_import_onnx(import); break;
    case ROOF_FILE_TFLITE: good = roof_import_tflite(import); break;
    case ROOF_FILE_SCALESIM: good = roof_import_scalesim(import); break;
    case ROOF_FILE_HF_CONFIG: good = roof_import_config(import, out); break;
    default:
        return roof_import_fail(import, ROOF_INVALID,
                                "this is a workload file already, or of no kind that is known");
    }
    import->where = NULL;
    if (good && import->kind != ROOF_FILE_HF_CONFIG) {
        good = check_whole(import);
        if (good) roof_import_write(import, out);
        if (good) say_batch(import);
    }
    if (good) say_tallies(import);
    return good && (!out->failed || roof_import_no_memory(import));
}

static bool check_bindings(roof_import *import)
{
    size_t count = import->bindings ? import->bindings->count : 0;
    import->bound = roof_arena_calloc(import->arena, count + 1, sizeof *import->bound);
    if (!import->bound) return roof_import_no_memory(import);
    for (size_t i = 0; i < count; i++) {
        double value = import->bindings->items[i].value;
        if (!(value >= 0 && value <= 2147483647.0 && value == floor(value)))
            return roof_import_fail(import, ROOF_INVALID,
                                    "%.100s=%g: a whole number from 0 to 2147483647 is "
                                    "expected",
                                    import->bindings->items[i].name, value);
    }
    return true;
}

/* A clone without its large files has pointers in their place. */
static bool is_whole(roof_import *import)
{
    static const char pointer[] = "version https://git-lfs";
    size_t length = sizeof pointer - 1;
    if (import->bytes.length < length || memcmp(import->bytes.data, pointer, length) != 0) return true;
    roof_import_fail(import, ROOF_INVALID,
                     "a Git LFS pointer stands in the file's place (git lfs pull brings it)");
    return false;
}

roof_code roof_import_text(const char *bytes, size_t length, const char *file, const roof_bindings *bindings,
                           roof_report *report, char **text, roof_error *error)
{
    roof_arena arena = ROOF_ARENA_EMPTY;
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_import *import = calloc(1, sizeof *import);
    *text = NULL;
    if (!import) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    *import = (roof_import){.arena = &arena, .file = file, .bindings = bindings, .report = report};
    import->bytes = (roof_bytes){(const unsigned char *)bytes, length};
    import->ops.arena = &arena;
    import->kind = roof_file_kind_of(bytes, length, file);
    if (is_whole(import) && check_bindings(import) && make_text(import, &out)) *text = roof_buffer_take(&out);
    if (!*text && import->code == ROOF_OK) roof_import_no_memory(import);
    roof_code code = import->code;
    if (code != ROOF_OK && error) *error = import->error;
    roof_buffer_free(&out);
    roof_arena_free(&arena);
    free(import);
    return code;
}

roof_code roof_import_file(const char *path, const roof_bindings *bindings, roof_report *report, char **text,
                           roof_error *error)
{
    roof_mapping mapping;
    *text = NULL;
    roof_code code = roof_mapping_open(path, &mapping, error);
    if (code == ROOF_OK)
        code = roof_import_text(mapping.bytes, mapping.length, path, bindings, report, text, error);
    roof_mapping_close(&mapping);
    return code;
}

/* A file of our own, of which the bytes are there already. */
static roof_code load_own(const char *path, const roof_mapping *mapping, roof_report *report,
                          roof_workload **out, roof_error *error)
{
    roof_json *document = NULL;
    if (mapping->length <= ROOF_FILE_LIMIT)
        return roof_workload_parse(mapping->bytes, mapping->length, path, report, out, error);
    roof_code code = roof_json_load(path, report, &document, error); /* says that it is too large */
    roof_json_free(document);
    return code == ROOF_OK ? roof_fail(error, ROOF_INVALID, "%s is too large", path) : code;
}

roof_code roof_workload_import(const char *path, const roof_bindings *bindings, roof_report *report,
                               roof_workload **out, roof_error *error)
{
    roof_mapping mapping;
    char *text = NULL;
    roof_error fault;
    *out = NULL;
    roof_code code = roof_mapping_open(path, &mapping, &fault);
    if (code != ROOF_OK) {
        roof_report_add(report, &fault);
        if (error) *error = fault;
        return code;
    }
    if (roof_file_kind_of(mapping.bytes, mapping.length, path) == ROOF_FILE_WORKLOAD) {
        code = load_own(path, &mapping, report, out, error);
    } else {
        code = roof_import_text(mapping.bytes, mapping.length, path, bindings, report, &text, error);
        if (code == ROOF_OK) code = roof_workload_parse(text, strlen(text), path, report, out, error);
    }
    free(text);
    roof_mapping_close(&mapping);
    return code;
}
