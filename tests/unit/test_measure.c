/* Tables of measurements: what is read, and where a fault is said to be. */
#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/measure/measure.h"

#define ROWS \
    "chip\tsystem\tchips_used\tmodel\tvariant\tprecision\tsparse\tbatch\tscenario\tmetric\tvalue\tunit\t" \
    "conditions\tsource\tuse\n"
#define FINDINGS "chip\tmodel\tsource\tcondition\tup_to\texplanation\n"
#define SOURCES_HEAD "source\ttitle\tpublisher\tdate_or_commit\turl\n"
#define ROW "x\tbox\t2\tw\tv\tint8\tno\t8\tOffline\tthroughput\t12.5\tinferences/s\tcold day\ts1\tfit\n"

static roof_measures measures;
static roof_report report;
static roof_error error;

static int set_up(void **state)
{
    (void)state;
    measures = (roof_measures)ROOF_MEASURES_EMPTY;
    report = (roof_report)ROOF_REPORT_EMPTY;
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    roof_measures_free(&measures);
    roof_report_clear(&report);
    return 0;
}

static roof_code parse(const char *text)
{
    return roof_measures_parse(text, strlen(text), "t.tsv", &measures, &report, &error);
}

static void a_row_is_read_whole(void **state)
{
    (void)state;
    assert_int_equal(parse(ROWS ROW), ROOF_OK);
    assert_int_equal(measures.row_count, 1);
    const roof_measurement *row = &measures.rows[0];
    assert_string_equal(row->chip, "x");
    assert_string_equal(row->system, "box");
    assert_string_equal(row->conditions, "cold day");
    assert_true(row->chips_used == 2 && row->batch == 8 && row->value == 12.5);
    assert_true(row->metric == ROOF_METRIC_THROUGHPUT && row->precision == ROOF_PRECISION_INT8);
    assert_true(row->fit && !row->sparse && row->line == 2);
}

static void what_is_not_said_is_not_zero(void **state)
{
    (void)state;
    assert_int_equal(parse(ROWS "x\t\t\tw\t\tunstated\t\t\t\tlatency\t3\tms\t\ts1\tno: training\n"), ROOF_OK);
    assert_true(isnan(measures.rows[0].batch) && isnan(measures.rows[0].chips_used));
    assert_false(measures.rows[0].fit);
}

static void assert_fault(const char *text, int line, int column, const char *part)
{
    report.length = 0;
    assert_int_equal(parse(text), ROOF_INVALID);
    assert_true(report.length >= 1);
    assert_int_equal(report.items[0].line, line);
    assert_int_equal(report.items[0].column, column);
    assert_string_equal(report.items[0].file, "t.tsv");
    assert_contains(report.items[0].message, part);
    roof_report_clear(&report);
    report = (roof_report)ROOF_REPORT_EMPTY;
}

static void every_fault_has_its_place(void **state)
{
    (void)state;
    assert_fault(ROWS "\t\t\tw\t\tint8\t\t\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 1, "chip is missing");
    assert_fault(ROWS "x\t\t\tw\t\tint9\t\t\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 8, "int9");
    assert_fault(ROWS "x\t\t\tw\t\tint8\tmaybe\t\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 13, "yes, no");
    assert_fault(ROWS "x\t\t\tw\t\tint8\t\t1.5\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 14, "whole number");
    assert_fault(ROWS "x\t\t\tw\t\tint8\t\t\t\tspeed\t3\tms\t\ts1\tfit\n", 2, 16, "unknown metric");
    assert_fault(ROWS "x\t\t\tw\t\tint8\t\t\t\tlatency\t3e2\tms\t\ts1\tfit\n", 2, 24, "written plainly");
    assert_fault(ROWS "x\t\t\tw\t\tint8\t\t\t\tlatency\t3\ts\t\ts1\tfit\n", 2, 26, "unit of latency is ms");
    assert_fault(ROWS "x\t\t\tw\t\tint8\t\t\t\tlatency\t3\tms\t\ts1\tno\n", 2, 33, "expected fit");
    assert_fault(ROWS ROW "x\ty\n", 3, 1, "2 cells; 15 are expected");
    assert_fault(ROWS "\xC3\xA9 \t\t\tw\t\tint8\t\t\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 1, "space");
    assert_fault(ROWS "\xC3\xA9\t\xFF\t\tw\t\tint8\t\t\t\tlatency\t3\tms\t\ts1\tfit\n", 2, 3, "UTF-8");
    assert_fault(SOURCES_HEAD "s1\tT\t\t\t\ns1\tT\t\t\t\n", 3, 1, "already");
}

static void a_faulty_row_is_left_out_and_the_others_stay(void **state)
{
    (void)state;
    assert_int_equal(parse(ROWS ROW "x\ty\n" ROW), ROOF_INVALID);
    assert_int_equal(measures.row_count, 2);
    assert_int_equal(report.errors, 1);
}

static void a_table_of_another_kind_is_refused(void **state)
{
    (void)state;
    assert_int_equal(parse("a\tb\n1\t2\n"), ROOF_SYNTAX);
    assert_int_equal(parse(""), ROOF_SYNTAX);
    assert_int_equal(report.errors, 2);
}

static void sources_must_be_there(void **state)
{
    (void)state;
    assert_int_equal(parse(ROWS ROW), ROOF_OK);
    assert_int_equal(roof_measures_check(&measures, &report, &error), ROOF_INVALID);
    assert_contains(report.items[0].message, "no source \"s1\"");
    assert_int_equal(parse(SOURCES_HEAD "s1\tA table\t\t\t\n"), ROOF_OK);
    assert_int_equal(roof_measures_check(&measures, &report, &error), ROOF_OK);
}

static void a_finding_speaks_for_its_rows_and_so_far_only(void **state)
{
    (void)state;
    assert_int_equal(parse(ROWS ROW), ROOF_OK);
    assert_int_equal(parse(FINDINGS "y\t*\t*\t*\t9\tother chip\n*\tw\t*\thot\t9\tother day\n"
                                    "x\tw\ts1\tcold\t1.5\tcold day\n"),
                     ROOF_OK);
    const roof_measure_finding *finding = roof_measure_explain(&measures, &measures.rows[0], 1.4);
    assert_non_null(finding);
    assert_string_equal(finding->explanation, "cold day");
    assert_null(roof_measure_explain(&measures, &measures.rows[0], 1.6));
}

static void a_folder_is_read_by_name(void **state)
{
    (void)state;
    char folder[] = "/tmp/chiproof-measure-XXXXXX", path[80];
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof path, "%s/a.tsv", folder);
    assert_int_equal(roof_file_write(path, ROWS ROW, strlen(ROWS ROW), NULL), ROOF_OK);
    assert_int_equal(roof_measures_load_folder(folder, &measures, &report, &error), ROOF_OK);
    assert_int_equal(measures.row_count, 1);
    assert_string_equal(measures.rows[0].file, path);
    unlink(path);
    rmdir(folder);
    assert_int_equal(roof_measures_load_folder(folder, &measures, &report, &error), ROOF_OK);
    assert_int_equal(roof_measures_load(path, &measures, &report, &error), ROOF_IO);
}

int main(void)
{
#define HELD(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        HELD(a_row_is_read_whole),
        HELD(what_is_not_said_is_not_zero),
        HELD(every_fault_has_its_place),
        HELD(a_faulty_row_is_left_out_and_the_others_stay),
        HELD(a_table_of_another_kind_is_refused),
        HELD(sources_must_be_there),
        HELD(a_finding_speaks_for_its_rows_and_so_far_only),
        HELD(a_folder_is_read_by_name),
    };
    return RUN_TESTS(tests);
}
