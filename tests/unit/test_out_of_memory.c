/* Every allocation fails once, the first, the second, and so on until one run gets through: each failure must
 * come back as NO_MEMORY and give everything back. Under a sanitizer, which owns malloc, it is left out. */
#include "assert_close.h"

#include <stdlib.h>

#include "chiproof/chip/chip.h"
#include "chiproof/compare/need.h"
#include "chiproof/compare/scaling.h"
#include "chiproof/compare/sensitivity.h"
#include "chiproof/efficiency/forecast.h"
#include "chiproof/json/writer.h"
#include "chiproof/measure/technology.h"
#include "chiproof/model/serving.h"
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

/* ---- answers ---- */

static roof_chip *hailo, *gpu;
static roof_workload *resnet, *llama;

static int open_catalogue(void **state)
{
    (void)state;
    return roof_chip_load("specs/hailo-8.json", NULL, &hailo, NULL) == ROOF_OK &&
                   roof_chip_load("specs/a100-sxm-80gb.json", NULL, &gpu, NULL) == ROOF_OK &&
                   roof_workload_load("models/resnet-18.json", NULL, &resnet, NULL) == ROOF_OK &&
                   roof_workload_load("models/llama-3.2-1b.json", NULL, &llama, NULL) == ROOF_OK
               ? 0
               : -1;
}

static int close_catalogue(void **state)
{
    (void)state;
    roof_chip_free(hailo);
    roof_chip_free(gpu);
    roof_workload_free(resnet);
    roof_workload_free(llama);
    return 0;
}

static roof_code read_technology(void)
{
    roof_technology technology = ROOF_TECHNOLOGY_EMPTY;
    roof_code code = roof_technology_load("specs/process-nodes.tsv", &technology, NULL, NULL);
    if (code == ROOF_OK) code = roof_technology_load("specs/operation-energy.tsv", &technology, NULL, NULL);
    roof_technology_free(&technology);
    return code;
}

static roof_code store_calibration(void)
{
    roof_calibration *calibration = NULL;
    char *text = NULL;
    roof_code code =
        roof_calibration_load("tests/fuzz/corpus/calibration/small.json", NULL, &calibration, NULL);
    if (code == ROOF_OK) code = roof_calibration_text(calibration, &text, NULL);
    assert_int_equal(text == NULL, code != ROOF_OK);
    /* Never a part of it. (Sorting does without the memory that it is refused.) */
    static size_t whole;
    if (text && !whole) whole = strlen(text);
    if (text) assert_int_equal(strlen(text), whole);
    free(text);
    roof_calibration_free(calibration);
    return code;
}

static roof_code with_run(roof_code (*ask)(const roof_prediction *run, roof_error *error))
{
    roof_prediction run;
    roof_request request = {.batch = 1, .chips = 1};
    roof_error error = {0};
    roof_code code = roof_predict(hailo, resnet, &request, &run);
    if (code == ROOF_OK) code = ask(&run, &error);
    roof_prediction_free(&run);
    return code;
}

static roof_code ask_need(const roof_prediction *run, roof_error *error)
{
    roof_target target;
    roof_need need;
    roof_code code = roof_target_parse("5000/s", &target, error);
    return code == ROOF_OK ? roof_need_solve(run, &target, ROOF_VARIABLE_COUNT, &need, error) : code;
}

static roof_code ask_sensitivity(const roof_prediction *run, roof_error *error)
{
    static roof_verdict verdict; /* large */
    return roof_verdict_find(run, run, &verdict, error);
}

static roof_code solve_need(void)
{
    return with_run(ask_need);
}

static roof_code find_sensitivity(void)
{
    return with_run(ask_sensitivity);
}

static roof_code solve_from_scratch(void)
{
    roof_target target;
    roof_request request = {.batch = 1};
    static roof_scratch scratch; /* large */
    roof_code code = roof_target_parse("ttft<=200ms", &target, NULL);
    if (code == ROOF_OK) code = roof_scratch_solve(llama, &request, &target, &scratch, NULL);
    roof_scratch_free(&scratch);
    return code;
}

static roof_code serve(void)
{
    roof_serving serving;
    roof_serve_request request = {0};
    roof_code code = roof_serve(gpu, llama, &request, &serving);
    roof_serving_free(&serving);
    return code;
}

static roof_code ask_forecast(const roof_prediction *run, roof_error *error)
{
    static roof_calibration *calibration; /* kept */
    roof_forecast forecast;
    if (!calibration && roof_calibration_load("tests/fuzz/corpus/calibration/small.json", NULL, &calibration,
                                              error) != ROOF_OK)
        return error->code;
    roof_forecast_make(calibration, run, &forecast);
    return forecast.given ? ROOF_OK : ROOF_NO_MEMORY;
}

static roof_code make_forecast(void)
{
    return with_run(ask_forecast);
}

static roof_code scale(void)
{
    roof_scaling scaling;
    roof_request request = {.batch = 8, .plan = ROOF_PLAN_BEST};
    roof_code code = roof_scaling_find(gpu, resnet, &request, 8, false, &scaling);
    roof_scaling_free(&scaling);
    return code;
}

/* `forgiving`: a message may lose its suggestion, a run its warnings. */
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
    assert_true(runs > 2);
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

static void reading_tables_of_technology_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(read_technology, false);
}

static void reading_and_writing_a_calibration_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(store_calibration, true);
}

static void solving_a_need_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(solve_need, true);
}

static void solving_from_scratch_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(solve_from_scratch, true);
}

static void finding_what_a_verdict_hangs_on_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(find_sensitivity, true);
}

static void serving_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(serve, true);
}

static void forecasting_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(make_forecast, true);
}

static void scaling_gives_everything_back(void **state)
{
    (void)state;
    fail_each_allocation(scale, true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(loading_a_chip_gives_everything_back),
        cmocka_unit_test(refusing_a_chip_gives_everything_back),
        cmocka_unit_test(loading_and_expanding_a_workload_gives_everything_back),
        cmocka_unit_test(writing_json_gives_everything_back),
        cmocka_unit_test_setup_teardown(reading_tables_of_technology_gives_everything_back, open_catalogue,
                                        close_catalogue),
        cmocka_unit_test_setup_teardown(reading_and_writing_a_calibration_gives_everything_back,
                                        open_catalogue, close_catalogue),
        cmocka_unit_test_setup_teardown(solving_a_need_gives_everything_back, open_catalogue,
                                        close_catalogue),
        cmocka_unit_test_setup_teardown(solving_from_scratch_gives_everything_back, open_catalogue,
                                        close_catalogue),
        cmocka_unit_test_setup_teardown(finding_what_a_verdict_hangs_on_gives_everything_back, open_catalogue,
                                        close_catalogue),
        cmocka_unit_test_setup_teardown(serving_gives_everything_back, open_catalogue, close_catalogue),
        cmocka_unit_test_setup_teardown(forecasting_gives_everything_back, open_catalogue, close_catalogue),
        cmocka_unit_test_setup_teardown(scaling_gives_everything_back, open_catalogue, close_catalogue),
    };
    return RUN_TESTS(tests);
}
#endif
