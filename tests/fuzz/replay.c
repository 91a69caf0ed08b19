/* Hands every file of the named files and folders to a fuzz entry point, each also cut at a few lengths. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

static size_t replayed;

static void replay_file(const char *path)
{
    char *bytes = NULL;
    size_t length = 0;
    if (roof_file_read(path, ROOF_FILE_LIMIT, &bytes, &length, NULL) != ROOF_OK) return;
    for (size_t cut = 0; cut < 8; cut++) {
        /* A copy of the exact size, so that one byte too far is seen. */
        size_t size = length - length * cut / 8;
        uint8_t *copy = malloc(size ? size : 1);
        if (!copy) exit(2);
        memcpy(copy, bytes, size);
        LLVMFuzzerTestOneInput(copy, size);
        free(copy);
    }
    replayed++;
    free(bytes);
}

static void replay(const char *path)
{
    DIR *folder = opendir(path);
    if (!folder) {
        replay_file(path);
        return;
    }
    for (const struct dirent *each; (each = readdir(folder));) {
        char below[4096];
        if (each->d_name[0] == '.') continue;
        snprintf(below, sizeof below, "%s/%s", path, each->d_name);
        replay(below);
    }
    closedir(folder);
}

int main(int count, char **paths)
{
    for (int i = 1; i < count; i++) replay(paths[i]);
    printf("%zu files\n", replayed);
    return replayed ? 0 : 1;
}
