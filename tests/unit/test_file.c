/* Whole files in and out, in a folder of their own that is removed again. */
#include "assert_close.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/file.h"

static char folder[64];

static const char *in_folder(const char *name)
{
    static char path[4][160];
    static unsigned next;
    char *here = path[next++ % 4];
    snprintf(here, sizeof path[0], "%s/%s", folder, name);
    return here;
}

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/chiproof-test-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "chmod -R u+w %s && rm -r %s", folder, folder);
    return system(command);
}

static size_t files_in_folder(void)
{
    size_t count = 0;
    DIR *stream = opendir(folder);
    assert_non_null(stream);
    for (const struct dirent *each; (each = readdir(stream));) count += each->d_name[0] != '.';
    closedir(stream);
    return count;
}

static void what_is_written_is_read_back_byte_for_byte(void **state)
{
    (void)state;
    static const char bytes[] = "a\0b\xFF\n";
    roof_error error;
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_write(in_folder("new"), bytes, sizeof bytes, &error), ROOF_OK);
    assert_int_equal(roof_file_read(in_folder("new"), 100, &got, &length, &error), ROOF_OK);
    assert_int_equal(length, sizeof bytes);
    assert_memory_equal(got, bytes, sizeof bytes);
    assert_int_equal(got[length], 0);
    free(got);
    assert_int_equal(files_in_folder(), 1);
}

static void an_empty_file_is_an_empty_text(void **state)
{
    (void)state;
    char *got = NULL;
    size_t length = 9;
    assert_int_equal(roof_file_write(in_folder("empty"), "", 0, NULL), ROOF_OK);
    assert_int_equal(roof_file_read(in_folder("empty"), 100, &got, &length, NULL), ROOF_OK);
    assert_int_equal(length, 0);
    assert_string_equal(got, "");
    free(got);
}

static void a_missing_file_is_named(void **state)
{
    (void)state;
    roof_error error;
    char *got = (char *)1;
    size_t length = 0;
    assert_int_equal(roof_file_read(in_folder("none"), 100, &got, &length, &error), ROOF_IO);
    assert_null(got);
    assert_string_equal(error.message, "no such file");
    assert_string_equal(error.file, in_folder("none"));
}

static void a_folder_is_no_file(void **state)
{
    (void)state;
    roof_error error;
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_read(folder, 100, &got, &length, &error), ROOF_IO);
    assert_null(got);
    assert_contains(error.message, "directory");
}

static void a_file_above_the_limit_is_refused(void **state)
{
    (void)state;
    const size_t limit = (size_t)1 << 20;
    roof_error error;
    char *bytes = calloc(1, limit + 1), *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_write(in_folder("big"), bytes, limit + 1, NULL), ROOF_OK);
    assert_int_equal(roof_file_read(in_folder("big"), limit, &got, &length, &error), ROOF_INVALID);
    assert_null(got);
    assert_string_equal(error.message, "larger than 1 MiB, the most that is read");
    assert_int_equal(roof_file_read(in_folder("big"), limit + 1, &got, &length, &error), ROOF_OK);
    free(got);
    free(bytes);
}

static void an_endless_file_is_refused(void **state)
{
    (void)state;
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_read("/dev/zero", ROOF_FILE_LIMIT, &got, &length, NULL), ROOF_INVALID);
    assert_null(got);
}

static void an_unreadable_file_is_an_error(void **state)
{
    (void)state;
    if (geteuid() == 0) skip(); /* root reads everything */
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_write(in_folder("secret"), "x", 1, NULL), ROOF_OK);
    chmod(in_folder("secret"), 0);
    assert_int_equal(roof_file_read(in_folder("secret"), 100, &got, &length, NULL), ROOF_IO);
    assert_false(roof_file_exists(in_folder("secret")));
}

static void a_pipe_is_read_to_its_end(void **state)
{
    (void)state;
    int ends[2];
    char path[32], *got = NULL;
    size_t length = 0;
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], "piped", 5), 5);
    close(ends[1]);
    snprintf(path, sizeof path, "/dev/fd/%d", ends[0]);
    assert_int_equal(roof_file_read(path, 100, &got, &length, NULL), ROOF_OK);
    assert_string_equal(got, "piped");
    free(got);
    close(ends[0]);
}

static void writing_replaces_whole_and_leaves_no_litter(void **state)
{
    (void)state;
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_write(in_folder("f"), "a longer text", 13, NULL), ROOF_OK);
    assert_int_equal(roof_file_write(in_folder("f"), "short", 5, NULL), ROOF_OK);
    assert_int_equal(roof_file_read(in_folder("f"), 100, &got, &length, NULL), ROOF_OK);
    assert_string_equal(got, "short");
    free(got);
    assert_int_equal(files_in_folder(), 1);
}

static void a_written_file_has_the_usual_rights(void **state)
{
    (void)state;
    struct stat status;
    mode_t old = umask(022);
    assert_int_equal(roof_file_write(in_folder("rights"), "x", 1, NULL), ROOF_OK);
    umask(old);
    assert_int_equal(stat(in_folder("rights"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
}

static void writing_where_no_folder_is_fails(void **state)
{
    (void)state;
    roof_error error;
    assert_int_equal(roof_file_write(in_folder("no/such/file"), "x", 1, &error), ROOF_IO);
    assert_contains(error.message, "No such file");
    assert_string_equal(error.file, in_folder("no/such/file"));
}

static void writing_over_a_folder_fails_and_leaves_no_litter(void **state)
{
    (void)state;
    assert_int_equal(mkdir(in_folder("taken"), 0777), 0);
    assert_int_equal(roof_file_write(in_folder("taken"), "x", 1, NULL), ROOF_IO);
    assert_int_equal(files_in_folder(), 1);
}

static void a_link_is_followed_not_replaced(void **state)
{
    (void)state;
    char *got = NULL;
    size_t length = 0;
    struct stat status;
    assert_int_equal(roof_file_write(in_folder("real"), "old", 3, NULL), ROOF_OK);
    assert_int_equal(symlink("real", in_folder("link")), 0);
    assert_int_equal(roof_file_write(in_folder("link"), "new", 3, NULL), ROOF_OK);
    assert_int_equal(lstat(in_folder("link"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
    assert_int_equal(roof_file_read(in_folder("real"), 100, &got, &length, NULL), ROOF_OK);
    assert_string_equal(got, "new");
    free(got);
    assert_int_equal(files_in_folder(), 2);
}

static void a_pipe_is_written_to_not_replaced(void **state)
{
    (void)state;
    struct stat status;
    char got[8] = "";
    assert_int_equal(mkfifo(in_folder("pipe"), 0666), 0);
    int reader = open(in_folder("pipe"), O_RDONLY | O_NONBLOCK);
    assert_int_equal(roof_file_write(in_folder("pipe"), "piped", 5, NULL), ROOF_OK);
    assert_int_equal(read(reader, got, sizeof got), 5);
    assert_string_equal(got, "piped");
    close(reader);
    assert_int_equal(lstat(in_folder("pipe"), &status), 0);
    assert_true(S_ISFIFO(status.st_mode));
    assert_int_equal(files_in_folder(), 1);
}

static void a_pipe_without_a_writer_is_an_error(void **state)
{
    (void)state;
    roof_error error;
    char *got = NULL;
    size_t length = 0;
    assert_int_equal(mkfifo(in_folder("forsaken"), 0666), 0);
    assert_int_equal(roof_file_read(in_folder("forsaken"), 100, &got, &length, &error), ROOF_IO);
    assert_null(got);
    assert_string_equal(error.message, "a pipe that nobody writes to");
}

static void a_full_disk_is_an_error(void **state)
{
    (void)state;
    struct stat status;
    assert_int_equal(roof_file_write("/dev/full", "x", 1, NULL), ROOF_IO);
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    assert_int_equal(roof_file_write("/dev/full/x", "x", 1, NULL), ROOF_IO);
    assert_int_equal(roof_file_write("/proc/chiproof", "x", 1, NULL), ROOF_IO);
}

static void folders_are_made_with_their_parents(void **state)
{
    (void)state;
    struct stat status;
    assert_int_equal(roof_file_make_folder(in_folder("a/b/c/"), NULL), ROOF_OK);
    assert_int_equal(stat(in_folder("a/b/c"), &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_int_equal(roof_file_make_folder(in_folder("a/b/c"), NULL), ROOF_OK);
}

static void a_file_in_the_place_of_a_folder_is_an_error(void **state)
{
    (void)state;
    roof_error error;
    assert_int_equal(roof_file_write(in_folder("file"), "x", 1, NULL), ROOF_OK);
    assert_int_equal(roof_file_make_folder(in_folder("file/below"), &error), ROOF_IO);
    assert_int_equal(roof_file_make_folder(in_folder("file"), &error), ROOF_IO);
    assert_contains(error.message, "irectory");
}

static void existence_is_told(void **state)
{
    (void)state;
    assert_true(roof_file_exists(folder));
    assert_false(roof_file_exists(in_folder("none")));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(what_is_written_is_read_back_byte_for_byte),
        IN_FOLDER(an_empty_file_is_an_empty_text),
        IN_FOLDER(a_missing_file_is_named),
        IN_FOLDER(a_folder_is_no_file),
        IN_FOLDER(a_file_above_the_limit_is_refused),
        IN_FOLDER(an_endless_file_is_refused),
        IN_FOLDER(an_unreadable_file_is_an_error),
        IN_FOLDER(a_pipe_is_read_to_its_end),
        IN_FOLDER(writing_replaces_whole_and_leaves_no_litter),
        IN_FOLDER(a_written_file_has_the_usual_rights),
        IN_FOLDER(writing_where_no_folder_is_fails),
        IN_FOLDER(writing_over_a_folder_fails_and_leaves_no_litter),
        IN_FOLDER(a_link_is_followed_not_replaced),
        IN_FOLDER(a_pipe_is_written_to_not_replaced),
        IN_FOLDER(a_pipe_without_a_writer_is_an_error),
        IN_FOLDER(a_full_disk_is_an_error),
        IN_FOLDER(folders_are_made_with_their_parents),
        IN_FOLDER(a_file_in_the_place_of_a_folder_is_an_error),
        IN_FOLDER(existence_is_told),
    };
    return RUN_TESTS(tests);
}
