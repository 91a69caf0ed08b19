/* How fast the library answers on one core. Results are checked first: a program that computes the wrong
 * thing has no speed. Times are processor times, the least of several runs. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "chiproof/chip/open.h"
#include "chiproof/json/catalogue.h"
#include "chiproof/model/batch.h"
#include "chiproof/model/predict.h"

enum { REPEATS = 5, BLOCK = 1 << 16, MOST = 10000000, OPERATORS = 1 << 12 };

static const roof_precision precisions[] = {ROOF_PRECISION_INT8, ROOF_PRECISION_FP16, ROOF_PRECISION_BF16};
enum { PRECISIONS = sizeof precisions / sizeof *precisions };

typedef struct bench {
    roof_chip **chips;
    roof_workload **models;
    size_t chip_count, model_count;
    roof_network **networks; /* one a model */
    roof_machine *machines;
    roof_traffic *traffics; /* [precision][model] */
    size_t machine_count, traffic_count;
    roof_run_point *points; /* BLOCK of them, all pairs in turn */
    roof_point_bound *bounds;
    double ops[OPERATORS], bytes[OPERATORS], seconds[OPERATORS]; /* fit the first caches */
} bench;

static void need(int condition, const char *what)
{
    if (condition) return;
    fprintf(stderr, "speed: %s\n", what);
    exit(1);
}

static void *room(size_t count, size_t size)
{
    void *memory = calloc(count, size);
    need(memory != NULL, "no memory");
    return memory;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double peak_mb(void)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return (double)usage.ru_maxrss / 1000;
}

/* ---- set-up ---- */

static roof_catalogue *catalogue_of(const char *what, const char *path, const roof_entry **entries,
                                    size_t *count)
{
    roof_catalogue *catalogue = NULL;
    roof_folder folder = {path, true};
    need(roof_catalogue_new(what, &folder, 1, &catalogue, NULL) == ROOF_OK &&
             roof_catalogue_list(catalogue, entries, count, NULL) == ROOF_OK && *count,
         "no catalogue; run it in the tree");
    return catalogue;
}

static void open_all(bench *b)
{
    const roof_entry *entries;
    size_t count;
    roof_catalogue *catalogue = catalogue_of("chip", "specs", &entries, &count);
    b->chips = room(count, sizeof *b->chips);
    for (b->chip_count = 0; b->chip_count < count; b->chip_count++)
        need(roof_chip_open(catalogue, entries[b->chip_count].id, NULL, NULL, &b->chips[b->chip_count],
                            NULL) == ROOF_OK,
             "a chip does not load");
    roof_catalogue_free(catalogue);
    catalogue = catalogue_of("model", "models", &entries, &count);
    b->models = room(count, sizeof *b->models);
    for (size_t i = 0; i < count; i++)
        if (roof_workload_load(entries[i].path, NULL, &b->models[b->model_count], NULL) == ROOF_OK)
            b->model_count++;
    roof_catalogue_free(catalogue);
    need(b->model_count > 0, "no model loads");
}

static void resolve_all(bench *b)
{
    b->machines = room(b->chip_count * PRECISIONS, sizeof *b->machines);
    b->traffic_count = b->model_count * PRECISIONS;
    b->traffics = room(b->traffic_count, sizeof *b->traffics);
    b->networks = room(b->model_count, sizeof *b->networks);
    for (size_t m = 0; m < b->model_count; m++) {
        roof_phase phase = roof_workload_is_llm(b->models[m]) ? ROOF_PHASE_DECODE : ROOF_PHASE_WHOLE;
        need(roof_workload_expand(b->models[m], phase, 0, 0, &b->networks[m], NULL) == ROOF_OK,
             "a model does not expand");
    }
    for (size_t p = 0; p < PRECISIONS; p++) {
        for (size_t m = 0; m < b->model_count; m++)
            roof_traffic_count(b->networks[m], roof_formats_of(precisions[p]),
                               &b->traffics[p * b->model_count + m]);
        for (size_t c = 0; c < b->chip_count; c++)
            if (roof_machine_resolve(b->chips[c], precisions[p], 1, &b->machines[b->machine_count], NULL) ==
                ROOF_OK)
                b->machine_count++;
    }
    need(b->machine_count > 0, "no chip has a peak");
}

static size_t precision_place(roof_precision precision)
{
    size_t p = 0;
    while (precisions[p] != precision) p++;
    return p;
}

static void lay_points(bench *b)
{
    b->points = room(BLOCK, sizeof *b->points);
    b->bounds = room(BLOCK, sizeof *b->bounds);
    for (size_t i = 0; i < BLOCK; i++) {
        size_t machine = i * 7919 % b->machine_count, model = i % b->model_count;
        size_t place = precision_place(b->machines[machine].precision);
        b->points[i] = (roof_run_point){(uint32_t)machine, (uint32_t)(place * b->model_count + model),
                                        ldexp(1, (int)(i / b->model_count % 12))};
    }
}

/* The operators of the models in turn, at one byte an element. */
static void lay_operators(bench *b)
{
    size_t model = 0, op = 0;
    for (size_t i = 0; i < OPERATORS; i++) {
        while (op == b->networks[model]->op_count) {
            model = (model + 1) % b->model_count;
            op = 0;
        }
        const roof_op *each = &b->networks[model]->ops[op++];
        b->ops[i] = each->repeat * 2 * each->macs;
        b->bytes[i] = each->repeat * (each->weights_read + each->input_elements + each->output_elements);
    }
}

/* ---- checks ---- */

static void check_rooflines(const bench *b)
{
    double out[OPERATORS];
    roof_roofline_batch(b->ops, b->bytes, OPERATORS, 26e12, 4e9, out);
    for (size_t i = 0; i < OPERATORS; i++) {
        double alone = roof_roofline_seconds(b->ops[i], b->bytes[i], 26e12, 4e9);
        double want = fmax(b->ops[i] / 26e12, b->bytes[i] / 4e9);
        need(memcmp(&alone, &out[i], sizeof alone) == 0 && out[i] == want, "a roofline is wrong");
    }
}

static void check_points(const bench *b)
{
    size_t answered = 0;
    roof_bound_batch(b->machines, b->machine_count, b->traffics, b->traffic_count, b->points, BLOCK,
                     b->bounds);
    for (size_t i = 0; i < BLOCK; i++) {
        roof_run run = {.batch = b->points[i].batch};
        roof_bound alone;
        roof_code code = roof_bound_compute(&b->machines[b->points[i].machine],
                                            &b->traffics[b->points[i].traffic], &run, &alone, NULL);
        need(code == b->bounds[i].refusal, "a refusal is wrong");
        if (code != ROOF_OK) continue;
        answered++;
        need(memcmp(&alone.seconds, &b->bounds[i].seconds, sizeof alone.seconds) == 0, "a bound is wrong");
    }
    need(answered > BLOCK / 2, "too few points have an answer");
    printf(
        "results checked: %d operators, %d points (%zu chips, %zu networks, %d precisions), %zu answered\n",
        OPERATORS, BLOCK, b->chip_count, b->model_count, PRECISIONS, answered);
}

/* ---- times ---- */

static double rooflines_per_s(bench *b)
{
    enum { ROUNDS = 20000 };
    double best = INFINITY, sink = 0;
    for (int r = 0; r < REPEATS; r++) {
        double start = now();
        for (int i = 0; i < ROUNDS; i++) {
            roof_roofline_batch(b->ops, b->bytes, OPERATORS, 26e12 + i, 4e9, b->seconds);
            sink += b->seconds[i % OPERATORS];
        }
        best = fmin(best, now() - start);
    }
    need(sink > 0, "nothing was computed");
    return (double)OPERATORS * ROUNDS / best;
}

static double points_per_s(bench *b)
{
    double best = INFINITY;
    for (int r = 0; r < REPEATS; r++) {
        double start = now();
        roof_bound_batch(b->machines, b->machine_count, b->traffics, b->traffic_count, b->points, BLOCK,
                         b->bounds);
        best = fmin(best, now() - start);
    }
    return BLOCK / best;
}

/* With everything that `chiproof predict` says: the network expanded, ceilings, doubts and warnings. */
static double predictions_per_s(const bench *b)
{
    enum { RUNS = 20000 };
    size_t count = 0;
    double start = now();
    for (size_t i = 0; i < RUNS; i++) {
        roof_prediction prediction;
        roof_request request = {.batch = 1};
        roof_predict(b->chips[i % b->chip_count], b->models[i % b->model_count], &request, &prediction);
        count += prediction.refusal.code == ROOF_OK;
        roof_prediction_free(&prediction);
    }
    double seconds = now() - start;
    need(count > RUNS / 2, "too few predictions have an answer");
    return RUNS / seconds;
}

static double seconds_of_points(bench *b, size_t points, size_t runs)
{
    double start = now();
    for (size_t run = 0; run < runs; run++)
        for (size_t done = 0; done < points; done += BLOCK)
            roof_bound_batch(b->machines, b->machine_count, b->traffics, b->traffic_count, b->points,
                             points - done < BLOCK ? points - done : BLOCK, b->bounds);
    return (now() - start) / (double)runs;
}

static double seconds_of_rooflines(const double *ops, const double *bytes, double *seconds, size_t count,
                                   size_t runs)
{
    double start = now();
    for (size_t run = 0; run < runs; run++) roof_roofline_batch(ops, bytes, count, 26e12, 4e9, seconds);
    return (now() - start) / (double)runs;
}

/* Time a point as the number of points grows, over that of a thousand. Small numbers are timed many times
 * over. */
static void growth(bench *b)
{
    double *ops = room(MOST, sizeof *ops), *bytes = room(MOST, sizeof *bytes), *out = room(MOST, sizeof *out),
           base[2] = {0, 0};
    for (size_t i = 0; i < MOST; i++) {
        ops[i] = b->ops[i % OPERATORS];
        bytes[i] = b->bytes[i % OPERATORS];
        out[i] = 0;
    }
    static const size_t order[] = {1000, 10, 100, 10000, 100000, 1000000, 10000000};
    double each[sizeof order / sizeof *order][2];
    for (size_t k = 0; k < sizeof order / sizeof *order; k++) {
        size_t count = order[k], runs = count < 1000000 ? 1000000 / count : 1;
        each[k][0] = each[k][1] = INFINITY;
        for (int r = 0; r < (count < MOST ? REPEATS : 1); r++) {
            double rooflines = seconds_of_rooflines(ops, bytes, out, count, runs);
            double points = seconds_of_points(b, count, (runs + 9) / 10);
            each[k][0] = fmin(each[k][0], rooflines / (double)count);
            each[k][1] = fmin(each[k][1], points / (double)count);
        }
        if (k == 0) memcpy(base, each[0], sizeof base);
        printf("%10zu points   operator rooflines %5.2f x   bounds %5.2f x   (time a point, over that of "
               "1000)\n",
               count, each[k][0] / base[0], each[k][1] / base[1]);
    }
    free(ops);
    free(bytes);
    free(out);
}

static void close_all(bench *b)
{
    for (size_t i = 0; i < b->chip_count; i++) roof_chip_free(b->chips[i]);
    for (size_t i = 0; i < b->model_count; i++) {
        roof_network_free(b->networks[i]);
        roof_workload_free(b->models[i]);
    }
    free(b->chips);
    free(b->models);
    free(b->networks);
    free(b->machines);
    free(b->traffics);
    free(b->points);
    free(b->bounds);
}

int main(void)
{
    static bench b;
    double start = now();
    open_all(&b);
    resolve_all(&b);
    double set_up = now() - start;
    lay_points(&b);
    lay_operators(&b);
    check_rooflines(&b);
    check_points(&b);
    printf("set-up, all chips and networks read   %8.0f ms\n", 1e3 * set_up);
    printf("operator rooflines, arrays            %8.1f million/s on one core\n", rooflines_per_s(&b) / 1e6);
    printf("bounds, arrays of points              %8.3f million/s on one core\n", points_per_s(&b) / 1e6);
    printf("predictions, each with its words      %8.0f /s on one core\n", predictions_per_s(&b));
    printf("peak memory, everything held          %8.1f MB\n", peak_mb());
    growth(&b);
    close_all(&b);
    return 0;
}
