#include "assert_close.h"
#include "chiproof/chip/check.h"
#include "spec_text.h"

#define P(value, unit, precision, sparsity) \
    "{\"value\": " value ", \"unit\": \"" unit "\", \"precision\": \"" precision \
    "\", \"sparsity\": " sparsity ", \"claim\": \"vendor\", \"source\": \"s1\"}"
#define DENSE "\"dense\""
#define TWO_OF_FOUR "{\"kind\": \"2:4\", \"ratio\": 2}"
#define T(text) "{\"value\": \"" text "\", \"claim\": \"vendor\", \"source\": \"s1\"}"

static roof_report check(const char *spec, const char *part_spec)
{
    roof_chip *chip = chip_of(spec), *part = part_spec ? chip_of(part_spec) : NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    if (part) assert_int_equal(roof_chip_derive(part, NULL, NULL), ROOF_OK);
    assert_int_equal(roof_chip_derive(chip, part, NULL), ROOF_OK);
    roof_chip_check(chip, part, &report);
    roof_chip_free(part);
    roof_chip_free(chip);
    return report;
}

static void assert_finds(const char *spec, const char *part, const char *name, const char *words)
{
    roof_report report = check(spec, part);
    char bracketed[64];
    snprintf(bracketed, sizeof bracketed, "[%s]", name);
    if (report.length == 0) fail_msg("%s found nothing", name);
    assert_contains(report.items[0].message, bracketed);
    assert_contains(report.items[0].message, words);
    assert_true(report.items[0].path[0] == '/');
    roof_report_clear(&report);
}

static void assert_clean(const char *spec, const char *part)
{
    roof_report report = check(spec, part);
    if (report.length) print_error("%s\n", report.items[0].message);
    assert_int_equal(report.length, 0);
    roof_report_clear(&report);
}

static void sparse_and_dense_are_told_apart(void **state)
{
    (void)state;
    assert_clean(SPEC("\"peak\": [" P("989.4", "TFLOPS", "fp16", DENSE) ", " P("1978.9", "TFLOPS", "fp16",
                                                                               TWO_OF_FOUR) "]"),
                 NULL);
    assert_finds(SPEC("\"peak\": [" P("989", "TFLOPS", "fp16", DENSE) ", " P("494", "TFLOPS", "fp16",
                                                                             TWO_OF_FOUR) "]"),
                 NULL, "sparse-ratio", "exchanged");
    assert_finds(SPEC("\"peak\": [" P("100", "TFLOPS", "fp16", DENSE) ", " P("400", "TFLOPS", "fp16",
                                                                             TWO_OF_FOUR) "]"),
                 NULL, "sparse-ratio", "4 times");
}

static void a_ladder_step_of_four_is_a_mixture_of_sparse_and_dense(void **state)
{
    (void)state;
    assert_clean(
        SPEC("\"peak\": [" P("733", "TFLOPS", "fp8", DENSE) ", " P("362", "TFLOPS", "fp16", DENSE) "]"),
        NULL);
    /* L40S: 1466 is the sparse fp8 figure */
    assert_finds(
        SPEC("\"peak\": [" P("1466", "TFLOPS", "fp8", DENSE) ", " P("362", "TFLOPS", "fp16", DENSE) "]"),
        NULL, "precision-ladder", "is one of them sparse");
    assert_finds(
        SPEC("\"peak\": [" P("165", "TOPS", "int8", DENSE) ", " P("2500", "TFLOPS", "fp16", DENSE) "]"), NULL,
        "precision-ladder", "more bits");
}

static void a_peak_is_two_macs_a_cycle(void **state)
{
    (void)state;
    const char *peak = "\"peak\": [" P("209.6", "TOPS", "int8",
                                       DENSE) "], \"clock\": " Q("800", "MHz") ", \"macs_per_cycle\": ";
    char spec[1024];
    snprintf(spec, sizeof spec, SPEC("%s" Q("131072", "count")), peak);
    assert_clean(spec, NULL);
    snprintf(spec, sizeof spec, SPEC("%s" Q("65536", "count")), peak);
    assert_finds(spec, NULL, "macs-times-clock", "104.9 TOPS");
}

static void memory_is_no_faster_than_its_kind(void **state)
{
    (void)state;
    const char *head =
        "\"dram\": {\"type\": " T("GDDR7") ", \"bus_width\": " Q("128", "count") ", \"bandwidth\": ";
    char spec[1024];
    snprintf(spec, sizeof spec, SPEC("%s" Q("512", "GB/s") "}"), head);
    assert_clean(spec, NULL);
    snprintf(spec, sizeof spec, SPEC("%s" Q("672", "GB/s") "}"), head); /* 42 GT/s */
    assert_finds(spec, NULL, "memory-rate", "42 GT/s");
    assert_finds(SPEC("\"dram\": {\"type\": " T("HBM3e") ", \"bandwidth\": " Q("13.4", "TB/s") "}"), NULL,
                 "memory-bandwidth", "is it a capacity");
}

static void a_host_link_is_counted_one_way(void **state)
{
    (void)state;
    const char *head =
        "\"host\": {\"generation\": " Q("5", "count") ", \"lanes\": " Q("16", "count") ", \"bandwidth\": ";
    char spec[1024];
    snprintf(spec, sizeof spec, SPEC("%s" Q("64", "GB/s") "}"), head);
    assert_clean(spec, NULL);
    snprintf(spec, sizeof spec, SPEC("%s" Q("128", "GB/s") "}"), head);
    assert_finds(spec, NULL, "host-bandwidth", "both ways");
}

static void slips_of_prefix_and_bits_are_seen(void **state)
{
    (void)state;
    assert_finds(SPEC("\"sram\": {\"capacity\": [" Q("900", "MB") ", " Q("900", "MiB") "]}"), NULL,
                 "binary-prefix", "two readings");
    assert_finds(SPEC("\"sram\": {\"capacity\": [" Q("896", "MB") ", " Q("112", "MB") "]}"), NULL,
                 "bits-and-bytes", "8 times");
    assert_finds(SPEC("\"link\": {\"bandwidth\": [" Q("25", "GB/s") ", " Q("50", "GB/s") "]}"), NULL,
                 "both-ways", "twice apart");
}

static void silicon_has_limits(void **state)
{
    (void)state;
    const char *node =
        "\"process\": {\"node\": " Q("7", "nm") ", \"die_area\": " Q("826", "mm2") ", \"transistors\": ";
    char spec[1024];
    snprintf(spec, sizeof spec, SPEC("%s" Q("54.2", "billion") "}, \"power\": {\"tdp\": " Q("400", "W") "}"),
             node);
    assert_clean(spec, NULL);
    snprintf(spec, sizeof spec, SPEC("%s" Q("542", "billion") "}"), node);
    assert_finds(spec, NULL, "transistor-density", "million per mm2");
    snprintf(spec, sizeof spec, SPEC("%s" Q("54.2", "billion") "}, \"power\": {\"tdp\": " Q("4000", "W") "}"),
             node);
    assert_finds(spec, NULL, "power-density", "W/mm2");
}

static void thousand_times_too_efficient_is_a_wrong_unit(void **state)
{
    (void)state;
    assert_finds(SPEC("\"peak\": [" P("26000", "TOPS", "int8",
                                      DENSE) "], \"power\": {\"typical\": " Q("2.5", "W") "}"),
                 NULL, "efficiency", "is the unit GOPS?");
    assert_clean(
        SPEC("\"peak\": [" P("26", "TOPS", "int8", DENSE) "], \"power\": {\"typical\": " Q("2.5", "W") "}"),
        NULL);
}

static void production_does_not_come_before_the_announcement(void **state)
{
    (void)state;
    assert_finds(SPEC("\"announced\": " T("2021-04") ", \"production\": " T("2020")), NULL, "dates",
                 "only 2021-04");
    assert_clean(SPEC("\"announced\": " T("2021-04") ", \"production\": " T("2021")), NULL);
}

#define OF_FOUR "\"contains\": {\"chip\": \"x\", \"count\": 4}, "
#define ONE SPEC("\"peak\": [" P("50", "TOPS", "int8", DENSE) "], \"power\": {\"tdp\": " Q("10", "W") "}")

static void a_card_is_the_sum_of_its_chips(void **state)
{
    (void)state;
    assert_clean(CARD(OF_FOUR "\"peak\": [" P("200", "TOPS", "int8",
                                              DENSE) "], \"power\": {\"tdp\": " Q("55", "W") "}"),
                 ONE);
    assert_finds(CARD(OF_FOUR "\"peak\": [" P("400", "TOPS", "int8", DENSE) "]"), ONE, "parts",
                 "2 times 4 x 50 TOPS");
    assert_finds(CARD(OF_FOUR "\"power\": {\"tdp\": " Q("25", "W") "}"), ONE, "power-of-parts",
                 "25 W is below 4 x 10 W");
}

static void an_acknowledged_finding_becomes_a_note_with_its_reason(void **state)
{
    (void)state;
    roof_report report = check(
        SPEC("\"peak\": [" P("750", "TOPS", "int8", DENSE) ", " P(
            "188", "TFLOPS", "fp16",
            DENSE) "], \"acknowledged\": [{\"check\": \"precision-ladder\", \"reason\": \"quarter rate\"}]"),
        NULL);
    assert_int_equal(report.length, 1);
    assert_int_equal(report.items[0].grade, ROOF_GRADE_NOTE);
    assert_contains(report.items[0].message, "acknowledged: quarter rate");
    roof_report_clear(&report);
}

static void an_acknowledgement_of_nothing_is_found(void **state)
{
    (void)state;
    roof_report report =
        check(SPEC("\"acknowledged\": [{\"check\": \"dates\", \"reason\": \"r\"}, {\"check\": \"datse\", "
                   "\"reason\": \"r\"}]"),
              NULL);
    assert_int_equal(report.length, 2);
    assert_int_equal(report.items[0].grade, ROOF_GRADE_DOUBTFUL);
    assert_int_equal(report.items[1].grade, ROOF_GRADE_ERROR);
    roof_report_clear(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(sparse_and_dense_are_told_apart),
        cmocka_unit_test(a_ladder_step_of_four_is_a_mixture_of_sparse_and_dense),
        cmocka_unit_test(a_peak_is_two_macs_a_cycle),
        cmocka_unit_test(memory_is_no_faster_than_its_kind),
        cmocka_unit_test(a_host_link_is_counted_one_way),
        cmocka_unit_test(slips_of_prefix_and_bits_are_seen),
        cmocka_unit_test(silicon_has_limits),
        cmocka_unit_test(thousand_times_too_efficient_is_a_wrong_unit),
        cmocka_unit_test(production_does_not_come_before_the_announcement),
        cmocka_unit_test(a_card_is_the_sum_of_its_chips),
        cmocka_unit_test(an_acknowledged_finding_becomes_a_note_with_its_reason),
        cmocka_unit_test(an_acknowledgement_of_nothing_is_found),
    };
    return RUN_TESTS(tests);
}
