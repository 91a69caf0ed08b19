/* Whole files in, whole files out. */
#ifndef CHIPROOF_BASE_FILE_H
#define CHIPROOF_BASE_FILE_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"

#ifdef __cplusplus
extern "C" {
#endif

/* No input file may be larger than this. */
#define ROOF_FILE_LIMIT ((size_t)16 << 20)

/* Reads a regular file (or a pipe) of at most `limit` bytes. *bytes is zero-terminated, owned by the caller
 * (free), and set to NULL on failure. Errors: IO (missing, a folder, unreadable, a
 * pipe that nobody writes to), INVALID (larger than the
 * limit). */
roof_code roof_file_read(const char *path, size_t limit, char **bytes, size_t *length, roof_error *error);

/* The same; a failure is also a finding in `report` (may be NULL). */
roof_code roof_file_read_reported(const char *path, size_t limit, char **bytes, size_t *length,
                                  roof_report *report, roof_error *error);

/* Writes `bytes` to a temporary file beside `path`, syncs it, and renames it over `path`: the file appears
 * whole or not at all. A link is followed; a device or a pipe is written to. Folders are not made. Errors:
 * IO, NO_MEMORY. */
roof_code roof_file_write(const char *path, const char *bytes, size_t length, roof_error *error);

/* Makes the folder and its parents. Errors: IO. */
roof_code roof_file_make_folder(const char *path, roof_error *error);

bool roof_file_exists(const char *path);

#ifdef __cplusplus
}
#endif
#endif
