/* Imports in which every allocation fails once, the first, the second, and so on until one run gets through:
 * each failure must come back as NO_MEMORY and give everything back. Under a sanitizer, which owns malloc, it
 * is left out. */
#include "assert_close.h"

#include <stdlib.h>

#include "chiproof/workload/import.h"

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

/* Each failure is NO_MEMORY and gives everything back. */
static void fail_each_allocation(const char *file)
{
    static const roof_binding sizes[] = {{"batch", 1}, {"width", 8}};
    static const roof_bindings bindings = {sizes, 2};
    roof_code code = ROOF_OK;
    failed = true;
    for (long runs = 0; failed; runs++) {
        roof_report report = ROOF_REPORT_EMPTY;
        roof_workload *workload = NULL;
        roof_error error = {0};
        long before = held;
        until_failure = runs;
        failed = false;
        code = roof_workload_import(file, &bindings, &report, &workload, &error);
        until_failure = -1;
        /* A finding that could not be kept is counted all the same. */
        if (failed && code != ROOF_NO_MEMORY &&
            report.length == report.errors + report.doubtful + report.notes)
            print_error("%s, allocation %ld: code %d\n", file, runs, (int)code);
        if (failed && code != ROOF_OK) assert_int_equal(code, ROOF_NO_MEMORY);
        assert_int_equal(workload == NULL, code != ROOF_OK);
        roof_workload_free(workload);
        roof_report_clear(&report);
        assert_int_equal(held, before);
    }
    assert_int_equal(code, ROOF_OK);
}

static void importing_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation("tests/data/import/dynamic.onnx");
    fail_each_allocation("tests/data/import/attention.onnx");
    fail_each_allocation("tests/data/import/branches.onnx");
    fail_each_allocation("tests/data/import/lite.tflite");
    fail_each_allocation("tests/data/import/convolutions.csv");
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(importing_gives_everything_back)};
    return RUN_TESTS(tests);
}
#endif
