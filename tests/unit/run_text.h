/* Workloads for tests of the model: one matrix multiplication with sizes to choose, so that every count is
 * known by hand. */
#ifndef RUN_TEXT_H
#define RUN_TEXT_H

#include "chiproof/workload/workload.h"
#include "spec_text.h"

/* tokens x in -> tokens x out, no bias: tokens*in*out MAC, in*out weights, tokens*in input and tokens*out
 * output elements. */
#define GEMM(tokens, in, out) \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"family\": \"attention\",\n" \
    "\"input\": [{\"name\": \"x\", \"shape\": [" tokens ", " in "]}],\n" \
    "\"ops\": [{\"op\": \"gemm\", \"out\": " out ", \"bias\": false}]}"

/* The same counts as a convolution 1 x 1, for which no tiling is taken to move more than its operands. */
#define POINTWISE(tokens, in, out) \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\",\n" \
    "\"input\": [{\"name\": \"x\", \"shape\": [" in ", " tokens ", 1]}],\n" \
    "\"ops\": [{\"op\": \"conv2d\", \"out\": " out ", \"kernel\": 1, \"bias\": false}]}"

static inline roof_workload *workload_of(const char *text)
{
    roof_workload *workload = NULL;
    roof_error error = {0};
    if (roof_workload_parse(text, strlen(text), "w.json", NULL, &workload, &error) == ROOF_OK)
        return workload;
    print_error("%d:%d: %s: %s\n", error.line, error.column, error.path, error.message);
    fail();
    return NULL;
}

/* A chip as the program opens it: with what follows from its own values. */
static inline roof_chip *derived_chip_of(const char *text)
{
    roof_chip *chip = chip_of(text);
    assert_int_equal(roof_chip_derive(chip, NULL, NULL), ROOF_OK);
    return chip;
}

#define PEAK(value, precision) \
    "{\"value\": " value ", \"unit\": \"TOPS\", \"precision\": \"" precision \
    "\", \"sparsity\": \"dense\", \"claim\": \"vendor\", \"source\": \"s1\"}"

#endif
