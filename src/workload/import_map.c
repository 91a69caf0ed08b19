/* Files that may be larger than memory, of which only a small part is looked at. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "workload/import.h"

/* Pipes and the like cannot be mapped; an empty file neither. */
static roof_code read_whole(const char *path, roof_mapping *out, roof_error *error)
{
    roof_code code = roof_file_read(path, ROOF_FILE_LIMIT, &out->owned, &out->length, error);
    out->bytes = out->owned;
    return code;
}

roof_code roof_mapping_open(const char *path, roof_mapping *out, roof_error *error)
{
    struct stat status;
    *out = (roof_mapping){0};
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode)) return read_whole(path, out, error);
    int file = open(path, O_RDONLY | O_CLOEXEC);
    if (file < 0 || fstat(file, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size == 0) {
        if (file >= 0) close(file);
        return read_whole(path, out, error);
    }
    void *mapped = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, file, 0);
    int cause = errno;
    close(file);
    if (mapped == MAP_FAILED) return roof_fail(error, ROOF_IO, "%s: %s", path, strerror(cause));
    out->mapped = mapped;
    out->bytes = mapped;
    out->length = (size_t)status.st_size;
    return ROOF_OK;
}

void roof_mapping_close(roof_mapping *mapping)
{
    if (mapping->mapped) munmap(mapping->mapped, mapping->length);
    free(mapping->owned);
    *mapping = (roof_mapping){0};
}
