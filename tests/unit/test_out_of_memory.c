/* Every allocation fails once, the first, the second, and so on until one run gets through: each failure must
 * come back as NO_MEMORY and give everything back. Under a sanitizer, which owns malloc, it is left out. */
#include "assert_close.h"

#include <stdlib.h>

#include "chiproof/chip/chip.h"
#include "chiproof/json/writer.h"
#include "chiproof/workload/workload.h"

#if defined(__SANITIZE_ADDRESS__)
static void leave_out(void **state)
{
    (void)state;
    skip();
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(leave_out)};
    return RUN_TESTS(tests);
}
#else

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);
void __libc_free(void *memory);

static long until_failure = -1; /* allocations still to succeed; below zero: none fails */
static bool failed;
static long held;

static bool refuse(void)
{
    if (until_failure < 0 || failed) return false;
    if (until_failure-- > 0) return false;
    return failed = true;
}

void *malloc(size_t size)
{
    void *memory = refuse() ? NULL : __libc_malloc(size);
    held += memory != NULL;
    return memory;
}

void *calloc(size_t count, size_t size)
{
    void *memory = refuse() ? NULL : __libc_calloc(count, size);
    held += memory != NULL;
    return memory;
}

void *realloc(void *old, size_t size)
{
    void *memory = refuse() ? NULL : __libc_realloc(old, size);
    held += memory && !old;
    return memory;
}

void free(void *memory)
{
    held -= memory != NULL;
    __libc_free(memory);
}

static roof_code load_chip(void)
{
    roof_chip *chip = NULL;
    roof_error error = {0};
    roof_code code = roof_chip_load("tests/good/specs/everything.json", NULL, &chip, &error);
    if (code == ROOF_OK) code = roof_chip_derive(chip, NULL, &error);
    if (code != ROOF_OK) assert_int_equal(code, error.code);
    roof_chip_free(chip);
    return code;
}

static roof_code refuse_chip(void)
{
    roof_chip *chip = NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_code code = roof_chip_load("tests/bad/specs/unknown-key.json", &report, &chip, NULL);
    assert_null(chip);
    roof_report_clear(&report);
    return code == ROOF_INVALID ? ROOF_OK : code;
}

static roof_code load_workload(void)
{
    roof_workload *workload = NULL;
    roof_network *network = NULL;
    roof_code code = roof_workload_load("tests/good/models/blocks.json", NULL, &workload, NULL);
    if (code == ROOF_OK) code = roof_workload_expand(workload, ROOF_PHASE_WHOLE, 0, 0, &network, NULL);
    roof_network_free(network);
    roof_workload_free(workload);
    return code;
}

static roof_code write_json(void)
{
    char *text = NULL;
    roof_json_writer *writer = roof_json_writer_new();
    roof_json_open_array(writer, "list");
    for (int i = 0; i < 5; i++) roof_json_put_string(writer, NULL, "a text that is long enough to need room");
    roof_json_close(writer);
    roof_json_put_number(writer, "number", 0.1);
    roof_code code = roof_json_writer_text(writer, true, &text, NULL);
    assert_int_equal(text == NULL, code != ROOF_OK);
    free(text);
    roof_json_writer_free(writer);
    return code;
}

/* `forgiving`: a message may lose its suggestion. */
static void fail_each_allocation(roof_code (*work)(void), bool forgiving)
{
    long runs = 0;
    assert_int_equal(work(), ROOF_OK); /* whatever the C library keeps, it has by now */
    for (;; runs++) {
        long before = held;
        until_failure = runs;
        failed = false;
        roof_code code = work();
        until_failure = -1;
        if (held != before) print_error("allocation %ld: %ld kept\n", runs, held - before);
        assert_int_equal(held, before);
        if (!failed) break;
        if (forgiving && code == ROOF_OK) continue;
        if (code != ROOF_NO_MEMORY) print_error("allocation %ld: code %d\n", runs, (int)code);
        assert_int_equal(code, ROOF_NO_MEMORY);
    }
    assert_true(runs > 10);
}

static void loading_a_chip_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(load_chip, false);
}

static void refusing_a_chip_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(refuse_chip, true);
}

static void loading_and_expanding_a_workload_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(load_workload, false);
}

static void writing_json_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(write_json, false);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_a_chip_gives_everything_back),
        cmocka_unit_test(refusing_a_chip_gives_everything_back),
        cmocka_unit_test(loading_and_expanding_a_workload_gives_everything_back),
        cmocka_unit_test(writing_json_gives_everything_back),
    };
    return RUN_TESTS(tests);
}
#endif
