/* Many questions at once are answered as each alone, bit for bit, without allocating, in any number of
 * threads. */
#include "assert_close.h"

#include <pthread.h>
#include <stdlib.h>

#include "chiproof/model/batch.h"
#include "chiproof/model/predict.h"
#include "run_text.h"

static bool same_bits(double a, double b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

/* 200 ops at 100 op/s: 2 s. 10 bytes at 1 B/s: 10 s. */
static void an_operator_takes_as_long_as_what_binds_it(void **state)
{
    (void)state;
    assert_close(roof_roofline_seconds(200, 10, 100, 1), 10, 0);
    assert_close(roof_roofline_seconds(200, 10, 100, 1000), 2, 0);
    assert_close(roof_roofline_seconds(200, 10, NAN, 1), 10, 0);
    assert_close(roof_roofline_seconds(200, 10, 100, NAN), 2, 0);
    assert_true(roof_roofline_seconds(200, 10, NAN, NAN) == 0);
    assert_true(roof_roofline_seconds(0, 0, 100, 1) == 0);
}

/* Numbers over many magnitudes, the same ones on every machine (xorshift, Marsaglia 2003). */
static double draw(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return ldexp((double)(*state >> 11), (int)(*state % 60) - 80);
}

enum { MANY = 100003 }; /* no multiple of any vector's length */

static void rooflines_of_many_are_those_of_each_alone(void **state)
{
    (void)state;
    static const double rates[][2] = {{26e12, 1e9}, {1, 1},     {NAN, 1e9},
                                      {26e12, NAN}, {NAN, NAN}, {0x1p-1060, INFINITY}};
    double *ops = malloc(sizeof *ops * MANY), *bytes = malloc(sizeof *bytes * MANY);
    double *seconds = malloc(sizeof *seconds * MANY);
    uint64_t seed = 88172645463325252u;
    assert_true(ops && bytes && seconds);
    for (size_t i = 0; i < MANY; i++) {
        ops[i] = i % 97 == 0 ? 0 : draw(&seed);
        bytes[i] = i % 89 == 0 ? 0 : draw(&seed);
    }
    ops[1] = NAN;
    bytes[2] = INFINITY;
    for (size_t r = 0; r < sizeof rates / sizeof *rates; r++) {
        roof_roofline_batch(ops + 1, bytes + 1, MANY - 1, rates[r][0], rates[r][1], seconds + 1);
        for (size_t i = 1; i < MANY; i++)
            if (!same_bits(seconds[i], roof_roofline_seconds(ops[i], bytes[i], rates[r][0], rates[r][1])))
                fail_msg("rates %zu, operator %zu", r, i);
    }
    free(ops);
    free(bytes);
    free(seconds);
}

/* ---- points ---- */

enum { CHIPS = 4, MODELS = 3, BATCHES = 12, POINTS = CHIPS * MODELS * BATCHES };

typedef struct grid {
    roof_chip *chips[CHIPS];
    roof_workload *models[MODELS];
    roof_network *networks[MODELS];
    roof_machine machines[CHIPS];
    roof_traffic traffics[MODELS];
    roof_run_point points[POINTS];
} grid;

static void open_grid(grid *g)
{
    static const char *const chips[CHIPS] = {"specs/hailo-8.json", "specs/metis.json", "specs/t4.json",
                                             "specs/groqchip.json"};
    static const char *const models[MODELS] = {"models/resnet-50-v1.5.json", "models/bert-large-384.json",
                                               "models/llama-2-7b.json"};
    for (size_t i = 0; i < CHIPS; i++) {
        assert_int_equal(roof_chip_load(chips[i], NULL, &g->chips[i], NULL), ROOF_OK);
        assert_int_equal(roof_chip_derive(g->chips[i], NULL, NULL), ROOF_OK);
        assert_int_equal(roof_machine_resolve(g->chips[i], ROOF_PRECISION_INT8, 1, &g->machines[i], NULL),
                         ROOF_OK);
    }
    for (size_t i = 0; i < MODELS; i++) {
        assert_int_equal(roof_workload_load(models[i], NULL, &g->models[i], NULL), ROOF_OK);
        roof_phase phase = roof_workload_is_llm(g->models[i]) ? ROOF_PHASE_DECODE : ROOF_PHASE_WHOLE;
        assert_int_equal(roof_workload_expand(g->models[i], phase, 0, 0, &g->networks[i], NULL), ROOF_OK);
        roof_traffic_count(g->networks[i], roof_formats_of(ROOF_PRECISION_INT8), &g->traffics[i]);
    }
    for (uint32_t i = 0; i < POINTS; i++)
        g->points[i] = (roof_run_point){i % CHIPS, i / CHIPS % MODELS, ldexp(1, (int)(i / CHIPS / MODELS))};
}

static void close_grid(grid *g)
{
    for (size_t i = 0; i < CHIPS; i++) roof_chip_free(g->chips[i]);
    for (size_t i = 0; i < MODELS; i++) {
        roof_network_free(g->networks[i]);
        roof_workload_free(g->models[i]);
    }
}

static void run_all(const grid *g, roof_point_bound *out)
{
    roof_bound_batch(g->machines, CHIPS, g->traffics, MODELS, g->points, POINTS, out);
}

static void points_are_answered_as_predictions_alone(void **state)
{
    (void)state;
    static grid g;
    static roof_point_bound out[POINTS];
    size_t refused = 0;
    open_grid(&g);
    run_all(&g, out);
    for (size_t i = 0; i < POINTS; i++) {
        roof_prediction alone;
        roof_request request = {
            .has_precision = true, .precision = ROOF_PRECISION_INT8, .batch = g.points[i].batch};
        roof_code code =
            roof_predict(g.chips[g.points[i].machine], g.models[g.points[i].traffic], &request, &alone);
        assert_int_equal(out[i].refusal, code);
        if (code == ROOF_OK) {
            assert_true(same_bits(out[i].seconds, alone.bound.seconds));
            assert_true(same_bits(out[i].throughput, alone.throughput));
            assert_int_equal(out[i].limiter, alone.bound.limiter);
        } else {
            refused++;
            assert_true(isnan(out[i].seconds) && isnan(out[i].throughput));
        }
        roof_prediction_free(&alone);
    }
    assert_true(refused > 0 && refused < POINTS / 2); /* 7 billion weights on a Groq chip */
    close_grid(&g);
}

static void a_point_past_the_ends_is_refused(void **state)
{
    (void)state;
    static grid g;
    const roof_run_point points[] = {{CHIPS, 0, 1}, {0, MODELS, 1}, {0, 0, 0.5}, {0, 0, NAN}};
    roof_point_bound out[4];
    open_grid(&g);
    roof_bound_batch(g.machines, CHIPS, g.traffics, MODELS, points, 4, out);
    for (size_t i = 0; i < 4; i++) assert_true(out[i].refusal == ROOF_INVALID && isnan(out[i].seconds));
    close_grid(&g);
}

typedef struct part {
    const grid *grid;
    roof_point_bound out[POINTS];
} part;

static void *work(void *data)
{
    part *mine = data;
    for (int i = 0; i < 20; i++) run_all(mine->grid, mine->out);
    return NULL;
}

static void threads_do_not_disturb_each_other(void **state)
{
    (void)state;
    enum { THREADS = 4 };
    static grid g;
    static part parts[THREADS];
    static roof_point_bound alone[POINTS];
    pthread_t threads[THREADS];
    open_grid(&g);
    run_all(&g, alone);
    for (int i = 0; i < THREADS; i++) {
        parts[i].grid = &g;
        assert_int_equal(pthread_create(&threads[i], NULL, work, &parts[i]), 0);
    }
    for (int i = 0; i < THREADS; i++) assert_int_equal(pthread_join(threads[i], NULL), 0);
    for (int i = 0; i < THREADS; i++)
        for (size_t k = 0; k < POINTS; k++) {
            assert_int_equal(parts[i].out[k].refusal, alone[k].refusal);
            assert_true(same_bits(parts[i].out[k].seconds, alone[k].seconds));
        }
    close_grid(&g);
}

/* ---- allocation: counted where the C library's own functions can be put in between ---- */

#if !defined(__SANITIZE_ADDRESS__)
void *__libc_malloc(size_t size);
void *__libc_calloc(size_t count, size_t size);
void *__libc_realloc(void *memory, size_t size);

static long allocations;

void *malloc(size_t size)
{
    allocations++;
    return __libc_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    allocations++;
    return __libc_calloc(count, size);
}

void *realloc(void *old, size_t size)
{
    allocations++;
    return __libc_realloc(old, size);
}
#endif

static void nothing_is_allocated(void **state)
{
    (void)state;
#if defined(__SANITIZE_ADDRESS__)
    skip();
#else
    static grid g;
    static roof_point_bound out[POINTS];
    open_grid(&g);
    long before = allocations;
    run_all(&g, out);
    assert_int_equal(allocations, before);
    assert_true(before > 0);
    close_grid(&g);
#endif
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_operator_takes_as_long_as_what_binds_it),
        cmocka_unit_test(rooflines_of_many_are_those_of_each_alone),
        cmocka_unit_test(points_are_answered_as_predictions_alone),
        cmocka_unit_test(a_point_past_the_ends_is_refused),
        cmocka_unit_test(threads_do_not_disturb_each_other),
        cmocka_unit_test(nothing_is_allocated),
    };
    return RUN_TESTS(tests);
}
