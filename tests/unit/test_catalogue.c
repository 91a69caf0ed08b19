/* Where a name is looked up: folders made for each test. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/json/catalogue.h"

static char mine[64], shipped[64];
static roof_catalogue *catalogue;

static void put(const char *folder, const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_int_equal(roof_file_write(path, text, strlen(text), NULL), ROOF_OK);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(mine, "/tmp/chiproof-mine-XXXXXX");
    strcpy(shipped, "/tmp/chiproof-ship-XXXXXX");
    if (!mkdtemp(mine) || !mkdtemp(shipped)) return -1;
    put(shipped, "hailo-8.json", "{\"aliases\": [\"Hailo 8\"]}");
    put(shipped, "moffett-s4.json", "{\"aliases\": [\"\xE5\xA2\xA8\xE8\x8A\xAF S4\", 5]}");
    put(shipped, "moffett-s10.json", "{\"aliases\": [\"\\u58a8\\u82af S10\"]}");
    put(shipped, "metis.json", "{}");
    put(shipped, "broken.json", "{\"aliases\": [\"Broken\"");
    put(shipped, "notes.txt", "no spec");
    put(shipped, ".hidden.json", "{}");
    put(mine, "metis.json", "{}");
    put(mine, "own.json", "{\"aliases\": [\"hailo-8\", \"Mine\"]}");
    roof_folder folders[] = {{mine, false}, {"/no/such/folder", false}, {shipped, true}};
    return roof_catalogue_new("chip", folders, 3, &catalogue, NULL) == ROOF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[200];
    roof_catalogue_free(catalogue);
    snprintf(command, sizeof command, "rm -r %s %s", mine, shipped);
    return system(command);
}

static void assert_found(const char *name, const char *id, const char *folder, bool shadows)
{
    roof_entry entry;
    roof_error error = {0};
    char path[160];
    roof_code code = roof_catalogue_find(catalogue, name, &entry, &error);
    if (code != ROOF_OK) print_error("%s: %s\n", name, error.message);
    assert_int_equal(code, ROOF_OK);
    snprintf(path, sizeof path, "%s/%s.json", folder, id);
    assert_string_equal(entry.id, id);
    assert_string_equal(entry.path, path);
    assert_int_equal(entry.shipped, folder == shipped);
    assert_int_equal(entry.shadows, shadows);
}

static void an_id_is_found_in_any_case(void **state)
{
    (void)state;
    assert_found("hailo-8", "hailo-8", shipped, false);
    assert_found("Hailo-8", "hailo-8", shipped, false);
}

static void an_alias_is_found_in_any_case_and_script(void **state)
{
    (void)state;
    assert_found("hailo 8", "hailo-8", shipped, false);
    assert_found("\xE5\xA2\xA8\xE8\x8A\xAF S4", "moffett-s4", shipped, false);
    assert_found("mine", "own", mine, false);
}

static void an_alias_written_with_escapes_is_found(void **state)
{
    (void)state;
    assert_found("\xE5\xA2\xA8\xE8\x8A\xAF S10", "moffett-s10", shipped, false);
}

static void an_id_wins_over_an_alias(void **state)
{
    (void)state;
    assert_found("hailo-8", "hailo-8", shipped, false);
}

static void a_users_file_shadows_a_shipped_one(void **state)
{
    (void)state;
    const roof_entry *entries = NULL;
    size_t count = 0, seen = 0;
    assert_found("metis", "metis", mine, true);
    assert_int_equal(roof_catalogue_list(catalogue, &entries, &count, NULL), ROOF_OK);
    for (size_t i = 0; i < count; i++) {
        if (strcmp(entries[i].id, "metis") != 0) continue;
        seen++;
        assert_true(entries[i].shadows);
        assert_false(entries[i].shipped);
    }
    assert_int_equal(seen, 1);
}

static void the_list_is_sorted_and_holds_json_files_only(void **state)
{
    (void)state;
    static const char *const want[] = {"broken", "hailo-8", "metis", "moffett-s10", "moffett-s4", "own"};
    const roof_entry *entries = NULL;
    size_t count = 0;
    for (int again = 0; again < 2; again++) {
        assert_int_equal(roof_catalogue_list(catalogue, &entries, &count, NULL), ROOF_OK);
        assert_int_equal(count, sizeof want / sizeof *want);
        for (size_t i = 0; i < count; i++) assert_string_equal(entries[i].id, want[i]);
    }
}

static void a_word_with_a_slash_or_json_is_a_path(void **state)
{
    (void)state;
    static const char *const paths[] = {"./hailo-8", "/x/y", "hailo-8.json", "sub/metis.json"};
    for (size_t i = 0; i < sizeof paths / sizeof *paths; i++) {
        roof_entry entry;
        assert_int_equal(roof_catalogue_find(catalogue, paths[i], &entry, NULL), ROOF_OK);
        assert_string_equal(entry.path, paths[i]);
        assert_string_equal(entry.id, "");
        assert_false(entry.shipped);
    }
}

static void assert_unknown(const char *name, const char *message)
{
    roof_entry entry;
    roof_error error;
    assert_int_equal(roof_catalogue_find(catalogue, name, &entry, &error), ROOF_UNKNOWN_NAME);
    assert_string_equal(error.message, message);
}

static void an_unknown_name_gets_the_nearest(void **state)
{
    (void)state;
    assert_unknown("halio-8", "no chip \"halio-8\"; did you mean hailo-8?");
    assert_unknown("moffett", "no chip \"moffett\"; did you mean moffett-s10 or moffett-s4?");
    assert_unknown("zzzzzzz", "no chip \"zzzzzzz\" among 6");
    assert_unknown("", "no chip \"\" among 6");
    assert_unknown(".hidden", "no chip \".hidden\" among 6");
    assert_unknown("brokn", "no chip \"brokn\"; did you mean broken?");
}

static void an_alias_nearer_than_any_id_is_offered(void **state)
{
    (void)state;
    assert_unknown("mien", "no chip \"mien\"; did you mean Mine?");
}

static void an_unknown_name_is_shown_without_its_control_characters(void **state)
{
    (void)state;
    assert_unknown("\x1B[31m", "no chip \"\xEF\xBF\xBD[31m\" among 6");
}

static void a_very_long_name_is_unknown(void **state)
{
    (void)state;
    char name[4000];
    roof_entry entry;
    memset(name, 'a', sizeof name);
    name[sizeof name - 1] = '\0';
    assert_int_equal(roof_catalogue_find(catalogue, name, &entry, NULL), ROOF_UNKNOWN_NAME);
}

static void a_catalogue_without_folders_is_empty(void **state)
{
    (void)state;
    roof_catalogue *empty = NULL;
    const roof_entry *entries = NULL;
    roof_entry entry;
    roof_error error;
    size_t count = 9;
    assert_int_equal(roof_catalogue_new("model", NULL, 0, &empty, NULL), ROOF_OK);
    assert_int_equal(roof_catalogue_list(empty, &entries, &count, NULL), ROOF_OK);
    assert_int_equal(count, 0);
    assert_int_equal(roof_catalogue_find(empty, "resnet-50", &entry, &error), ROOF_UNKNOWN_NAME);
    assert_string_equal(error.message, "no model \"resnet-50\" among 0");
    roof_catalogue_free(empty);
    roof_catalogue_free(NULL);
}

#define WITH_FOLDERS(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_FOLDERS(an_id_is_found_in_any_case),
        WITH_FOLDERS(an_alias_is_found_in_any_case_and_script),
        WITH_FOLDERS(an_alias_written_with_escapes_is_found),
        WITH_FOLDERS(an_id_wins_over_an_alias),
        WITH_FOLDERS(a_users_file_shadows_a_shipped_one),
        WITH_FOLDERS(the_list_is_sorted_and_holds_json_files_only),
        WITH_FOLDERS(a_word_with_a_slash_or_json_is_a_path),
        WITH_FOLDERS(an_unknown_name_gets_the_nearest),
        WITH_FOLDERS(an_alias_nearer_than_any_id_is_offered),
        WITH_FOLDERS(an_unknown_name_is_shown_without_its_control_characters),
        WITH_FOLDERS(a_very_long_name_is_unknown),
        cmocka_unit_test(a_catalogue_without_folders_is_empty),
    };
    return RUN_TESTS(tests);
}
