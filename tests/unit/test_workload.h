/* Workload files as strings, and what is asked of them. */
#ifndef TEST_WORKLOAD_H
#define TEST_WORKLOAD_H

#include "assert_close.h"

#include <stdio.h>
#include <stdlib.h>

#include "chiproof/workload/workload.h"

#define HEADER "{\"schema\": \"chiproof/workload/1\", \"id\": \"test\", \"name\": \"Test\",\n"
/* The layers stand on line 3, the blocks on line 2. */
#define OPS_FILE(input, extra, ops) \
    HEADER "\"input\": [{\"name\": \"in\", \"shape\": " input "}]" extra ",\n\"ops\": [" ops "]}"
#define BLOCKS(blocks) ", \"blocks\": {" blocks "}"

static inline roof_workload *workload_of(const char *text)
{
    roof_workload *workload = NULL;
    roof_error error;
    if (roof_workload_parse(text, strlen(text), "test.json", NULL, &workload, &error) != ROOF_OK)
        print_error("%d:%d: %s: %s\n", error.line, error.column, error.path, error.message);
    assert_non_null(workload);
    return workload;
}

static inline roof_network *pass_of(const roof_workload *workload, roof_phase phase, double prompt,
                                    double context)
{
    roof_network *network = NULL;
    roof_error error;
    if (roof_workload_expand(workload, phase, prompt, context, &network, &error) != ROOF_OK)
        print_error("%s\n", error.message);
    assert_non_null(network);
    return network;
}

/* The network of an ops file; it outlives its workload. */
static inline roof_network *network_of(const char *text)
{
    roof_workload *workload = workload_of(text);
    roof_network *network = pass_of(workload, ROOF_PHASE_WHOLE, 0, 0);
    roof_workload_free(workload);
    return network;
}

static inline const roof_op *op_named(const roof_network *network, const char *name)
{
    for (size_t i = 0; i < network->op_count; i++)
        if (strcmp(network->ops[i].name, name) == 0) return &network->ops[i];
    print_error("no operation %s; there are", name);
    for (size_t i = 0; i < network->op_count && i < 40; i++) print_error(" %s", network->ops[i].name);
    print_error("\n");
    fail();
    return NULL;
}

static inline roof_workload *shipped(const char *id)
{
    char path[256];
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_error error;
    snprintf(path, sizeof path, "models/%s.json", id);
    if (roof_workload_load(path, &report, &workload, &error) != ROOF_OK)
        print_error("%s:%d:%d: %s: %s\n", path, error.line, error.column, error.path, error.message);
    assert_non_null(workload);
    assert_int_equal(report.doubtful, 0);
    roof_report_clear(&report);
    return workload;
}

/* One of the file's faults stands at that line and path and says `part`. */
static inline void assert_fault_at(const char *text, int line, const char *path, const char *part,
                                   const char *file, int test_line)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_error error;
    roof_code code = roof_workload_parse(text, strlen(text), "test.json", &report, &workload, &error);
    bool found = false;
    for (size_t i = 0; i < report.length; i++)
        found = found || (report.items[i].grade == ROOF_GRADE_ERROR && report.items[i].line == line &&
                          strcmp(report.items[i].path, path) == 0 && strstr(report.items[i].message, part));
    if (!found) {
        print_error("want %d %s: %s\n", line, path, part);
        for (size_t i = 0; i < report.length; i++)
            print_error("got  %d %s: %s\n", report.items[i].line, report.items[i].path,
                        report.items[i].message);
    }
    roof_report_clear(&report);
    roof_workload_free(workload);
    if (!found || code != ROOF_INVALID || workload) _fail(file, test_line);
}
#define assert_fault(text, line, path, part) assert_fault_at(text, line, path, part, __FILE__, __LINE__)

#endif
