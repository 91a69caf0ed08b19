#include "chiproof/plot/stamps.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/base/hash.h"

enum { DRAWING_LIMIT = 64 << 20, DIGITS = 16, HEAD = 2 * DIGITS + 2 };

static const char *base_name(const char *target)
{
    const char *slash = strrchr(target, '/');
    return slash ? slash + 1 : target;
}

/* The path of the file of stamps beside a target; NULL if memory ran out. */
static char *stamps_path(const char *target)
{
    roof_buffer path = ROOF_BUFFER_EMPTY;
    roof_buffer_append_bytes(&path, target, (size_t)(base_name(target) - target));
    roof_buffer_append(&path, ROOF_STAMPS_NAME);
    return roof_buffer_take(&path);
}

/* What is noted so far, "" if nothing is; NULL if memory ran out. */
static char *read_stamps(const char *target)
{
    char *path = stamps_path(target), *text = NULL;
    size_t length = 0;
    if (!path) return NULL;
    roof_code code = roof_file_read(path, ROOF_FILE_LIMIT, &text, &length, NULL);
    free(path);
    if (code == ROOF_OK) return text;
    return code == ROOF_NO_MEMORY ? NULL : strdup("");
}

/* The line that a drawing has when it is up to date. False: there is no drawing. */
static bool put_line(roof_buffer *out, const roof_drawing *drawing)
{
    char *bytes = NULL;
    size_t length = 0;
    if (roof_file_read(drawing->target, DRAWING_LIMIT, &bytes, &length, NULL) != ROOF_OK) return false;
    roof_buffer_printf(out, "%016" PRIx64 " %016" PRIx64 " %s\n",
                       roof_hash_text(ROOF_HASH_START, drawing->script),
                       roof_hash_bytes(ROOF_HASH_START, bytes, length), base_name(drawing->target));
    free(bytes);
    return true;
}

static bool has_line(const char *stamps, const char *line)
{
    size_t length = strlen(line);
    for (const char *at = stamps; at && *at; at = strchr(at, '\n'), at = at ? at + 1 : NULL)
        if (strncmp(at, line, length) == 0) return true;
    return false;
}

roof_code roof_stamps_look(const roof_drawing *drawings, size_t count, bool *fresh, roof_error *error)
{
    char *stamps = count ? read_stamps(drawings[0].target) : strdup("");
    bool failed = !stamps;
    for (size_t i = 0; stamps && i < count; i++) {
        roof_buffer line = ROOF_BUFFER_EMPTY;
        bool there = put_line(&line, &drawings[i]);
        failed = failed || line.failed;
        fresh[i] = there && has_line(stamps, roof_buffer_text(&line));
        roof_buffer_free(&line);
    }
    free(stamps);
    return failed ? roof_fail(error, ROOF_NO_MEMORY, "memory ran out while the figures were looked at")
                  : ROOF_OK;
}

static bool is_among(const roof_drawing *drawings, size_t count, const char *name, size_t length)
{
    for (size_t i = 0; i < count; i++) {
        const char *other = base_name(drawings[i].target);
        if (strlen(other) == length && strncmp(other, name, length) == 0) return true;
    }
    return false;
}

/* The lines of drawings that are not among those just made. */
static void keep_others(roof_buffer *out, const char *stamps, const roof_drawing *drawings, size_t count)
{
    for (const char *at = stamps; *at;) {
        size_t length = strcspn(at, "\n");
        if (length > HEAD && !is_among(drawings, count, at + HEAD, length - HEAD)) {
            roof_buffer_append_bytes(out, at, length);
            roof_buffer_append_char(out, '\n');
        }
        at += length + (at[length] == '\n');
    }
}

roof_code roof_stamps_write(const roof_drawing *drawings, size_t count, roof_error *error)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (count == 0) return ROOF_OK;
    char *stamps = read_stamps(drawings[0].target), *path = stamps_path(drawings[0].target);
    if (stamps) keep_others(&text, stamps, drawings, count);
    for (size_t i = 0; i < count; i++) put_line(&text, &drawings[i]);
    roof_code code = !stamps || !path || text.failed
                         ? roof_fail(error, ROOF_NO_MEMORY, "memory ran out while the figures were noted")
                         : roof_file_write(path, roof_buffer_text(&text), text.length, error);
    free(stamps);
    free(path);
    roof_buffer_free(&text);
    return code;
}
