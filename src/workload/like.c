/* A file that takes the layers of another, with parameters of its own. */
#include <stdio.h>
#include <string.h>

#include "workload/body.h"

const roof_json_value *roof_reader_get(const roof_reader *reader, const char *key)
{
    const roof_json_value *own = roof_json_get(reader->root, key);
    return own ? own : roof_json_get(reader->body, key);
}

size_t roof_reader_errors(const roof_reader *reader)
{
    return roof_json_errors(reader->document) + (reader->base ? roof_json_errors(reader->base) : 0);
}

/* "models/yolov8s-640.json" and "yolov8n-640" give "models/yolov8n-640.json". An id has no slash, so that no
 * file outside the folder is opened. */
static bool sibling_path(const roof_reader *reader, const roof_json_value *like, char *path, size_t size)
{
    const char *id = NULL, *file = roof_json_file(reader->document), *slash = strrchr(file, '/');
    if (!roof_json_string(like, &id)) return false;
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(id) || strlen(id) > 64) {
        roof_json_fault(like, ROOF_GRADE_ERROR, "the id of a file in the same folder is expected");
        return false;
    }
    int folder = slash ? (int)(slash - file) + 1 : 0;
    int length = snprintf(path, size, "%.*s%s.json", folder, file, id);
    if (length > 0 && (size_t)length < size) return true;
    roof_json_fault(like, ROOF_GRADE_ERROR, "the path is too long");
    return false;
}

/* What the file itself may not have beside `like`, and what the other must have. */
static void check_like(const roof_reader *reader, const roof_json_value *like, const roof_json_value *body)
{
    static const char *const bodies[] = {"ops", "blocks", "transformer", "totals"};
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (roof_json_get(reader->root, bodies[i]))
            roof_json_fault_at_key(roof_json_get(reader->root, bodies[i]), ROOF_GRADE_ERROR,
                                   "\"%s\" does not go with \"like\"", bodies[i]);
    if (!roof_json_get(body, "ops"))
        roof_json_fault(like, ROOF_GRADE_ERROR, "%s has no \"ops\"", roof_json_file(reader->base));
}

roof_code roof_read_like(roof_reader *reader, roof_report *report, roof_error *error)
{
    const roof_json_value *like = roof_json_get(reader->root, "like");
    char path[4096];
    roof_error cause;
    if (!sibling_path(reader, like, path, sizeof path)) return roof_json_finish(reader->document, error);
    roof_code code = roof_json_load(path, report, &reader->base, &cause);
    if (code == ROOF_NO_MEMORY) return roof_fail(error, code, "%s", cause.message);
    if (code != ROOF_OK) {
        roof_json_fault(like, ROOF_GRADE_ERROR, "%.300s: %.300s", path, cause.message);
        return roof_json_finish(reader->document, error);
    }
    reader->body = roof_json_root(reader->base);
    check_like(reader, like, reader->body);
    return ROOF_OK;
}
