#include "chiproof/base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/buffer.h"

static roof_code fail_at(roof_error *error, roof_code code, const char *path, const char *what)
{
    roof_fail(error, code, "%s", what);
    roof_error_set_position(error, path, 0, 0, NULL);
    return code;
}

static bool wait_for_bytes(int file)
{
    struct pollfd other = {file, POLLIN, 0};
    return poll(&other, 1, -1) >= 0 || errno == EINTR;
}

static ssize_t read_some(int file, char *bytes, size_t size)
{
    ssize_t got;
    do got = read(file, bytes, size);
    while (got < 0 && (errno == EINTR || (errno == EAGAIN && wait_for_bytes(file))));
    return got;
}

/* True of a pipe that nobody has opened to write: one that had a writer has been hung up. */
static bool is_forsaken(int file)
{
    struct stat status;
    struct pollfd other = {file, POLLIN, 0};
    return fstat(file, &status) == 0 && S_ISFIFO(status.st_mode) && poll(&other, 1, 0) == 0;
}

static roof_code read_all(int file, const char *path, size_t limit, roof_buffer *buffer, roof_error *error)
{
    char chunk[16384];
    ssize_t got;
    while ((got = read_some(file, chunk, sizeof chunk)) > 0) {
        if (buffer->length + (size_t)got > limit) {
            roof_fail(error, ROOF_INVALID, "larger than %zu MiB, the most that is read", limit >> 20);
            roof_error_set_position(error, path, 0, 0, NULL);
            return ROOF_INVALID;
        }
        roof_buffer_append_bytes(buffer, chunk, (size_t)got);
    }
    if (got < 0) return fail_at(error, ROOF_IO, path, strerror(errno));
    if (buffer->length == 0 && is_forsaken(file))
        return fail_at(error, ROOF_IO, path, "a pipe that nobody writes to");
    return buffer->failed ? roof_fail(error, ROOF_NO_MEMORY, "no memory to read %s", path) : ROOF_OK;
}

roof_code roof_file_read(const char *path, size_t limit, char **bytes, size_t *length, roof_error *error)
{
    *bytes = NULL;
    *length = 0;
    /* Without waiting for a writer: a pipe in a folder of specs would stop every command. */
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0) return fail_at(error, ROOF_IO, path, errno == ENOENT ? "no such file" : strerror(errno));
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_code code = read_all(file, path, limit, &buffer, error);
    close(file);
    if (code == ROOF_OK) {
        size_t size = buffer.length;
        *bytes = roof_buffer_take(&buffer);
        if (!*bytes) return roof_fail(error, ROOF_NO_MEMORY, "no memory to read %s", path);
        *length = size;
    }
    roof_buffer_free(&buffer);
    return code;
}

roof_code roof_file_read_reported(const char *path, size_t limit, char **bytes, size_t *length,
                                  roof_report *report, roof_error *error)
{
    roof_error fault;
    roof_code code = roof_file_read(path, limit, bytes, length, &fault);
    if (code == ROOF_OK) return ROOF_OK;
    roof_report_add(report, &fault);
    if (error) *error = fault;
    return code;
}

static bool write_all(int file, const char *bytes, size_t length)
{
    for (size_t done = 0; done < length;) {
        ssize_t wrote = write(file, bytes + done, length - done);
        if (wrote < 0 && errno != EINTR) return false;
        if (wrote > 0) done += (size_t)wrote;
    }
    return true;
}

/* The bytes go where `temporary`, a template for mkostemp, says, and from there to `path`. */
static int replace_file(const char *path, char *temporary, const char *bytes, size_t length)
{
    int file = mkostemp(temporary, O_CLOEXEC);
    if (file < 0) return errno;
    mode_t mask = umask(0);
    umask(mask);
    bool ok = write_all(file, bytes, length) && fchmod(file, 0666 & ~mask) == 0 && fsync(file) == 0;
    int reason = errno;
    if (close(file) != 0 && ok) {
        ok = false;
        reason = errno;
    }
    if (ok && rename(temporary, path) != 0) {
        ok = false;
        reason = errno;
    }
    if (!ok) unlink(temporary);
    return ok ? 0 : reason;
}

/* A device or a pipe is written to: renaming a file over it would do away with it. */
static int write_through(const char *path, const char *bytes, size_t length)
{
    int file = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (file < 0) return errno;
    int reason = write_all(file, bytes, length) ? 0 : errno;
    return close(file) != 0 && !reason ? errno : reason;
}

roof_code roof_file_write(const char *path, const char *bytes, size_t length, roof_error *error)
{
    struct stat status;
    roof_buffer temporary = ROOF_BUFFER_EMPTY;
    bool there = stat(path, &status) == 0;
    char *real = there ? realpath(path, NULL) : NULL; /* a link is followed, not replaced */
    roof_buffer_printf(&temporary, "%s.XXXXXX", real ? real : path);
    int reason = temporary.failed ? ENOMEM
                 : there && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode)
                     ? write_through(path, bytes, length)
                     : replace_file(real ? real : path, temporary.data, bytes, length);
    roof_buffer_free(&temporary);
    free(real);
    if (reason == ENOMEM) return roof_fail(error, ROOF_NO_MEMORY, "no memory to write %s", path);
    return reason ? fail_at(error, ROOF_IO, path, strerror(reason)) : ROOF_OK;
}

roof_code roof_file_make_folder(const char *path, roof_error *error)
{
    roof_buffer part = ROOF_BUFFER_EMPTY;
    roof_code code = ROOF_OK;
    for (const char *at = path; code == ROOF_OK; at++) {
        if ((*at == '/' && at != path) || *at == '\0') {
            roof_buffer_reset(&part);
            roof_buffer_append_bytes(&part, path, (size_t)(at - path));
            if (part.failed) code = roof_fail(error, ROOF_NO_MEMORY, "no memory");
            else if (part.length && mkdir(part.data, 0777) != 0 && errno != EEXIST)
                code = fail_at(error, ROOF_IO, path, strerror(errno));
        }
        if (*at == '\0') break;
    }
    struct stat status;
    if (code == ROOF_OK && path[0] && stat(path, &status) == 0 && !S_ISDIR(status.st_mode))
        code = fail_at(error, ROOF_IO, path, strerror(ENOTDIR));
    roof_buffer_free(&part);
    return code;
}

bool roof_file_exists(const char *path)
{
    return access(path, R_OK) == 0;
}
