/* Serving a language model: memory, tokens a second, chunks and speculation, by hand. */
#include "assert_close.h"

#include "chiproof/model/serving.h"
#include "run_text.h"

typedef struct fixture {
    roof_chip *chip;
    roof_workload *workload, *draft;
    roof_serving serving;
} fixture;

static fixture serve(const char *spec, const char *network, roof_serve_request request)
{
    fixture f = {.chip = derived_chip_of(spec), .workload = workload_of(network)};
    roof_code code = roof_serve(f.chip, f.workload, &request, &f.serving);
    assert_int_equal(code, f.serving.refusal.code);
    return f;
}

static void end(fixture *f)
{
    roof_serving_free(&f->serving);
    roof_workload_free(f->workload);
    roof_workload_free(f->draft);
    roof_chip_free(f->chip);
}

static const roof_serve_row *row_of(const fixture *f, double batch)
{
    for (size_t i = 0; i < f->serving.row_count; i++)
        if (f->serving.rows[i].batch == batch) return &f->serving.rows[i];
    fail_msg("no row for %g users", batch);
    return NULL;
}

/* A decoder: 2 layers of width 64, 4 heads of 16 and as many for the cache. Matrices of a layer: 4 x 64 x 64
 * + 3 x 64 x 128 = 40,960; head and word table 100 x 64 = 6,400 each; norms 5 x 64 = 320. Stored: 95,040
 * weights; read a pass: 88,640. A token leaves 2 x 2 x 64 = 256 values in the cache. */
#define LLM(layers, extra) \
    "{\"schema\": \"chiproof/workload/1\", \"id\": \"w\", \"name\": \"W\", \"family\": \"llm\"," \
    "\"transformer\": {\"model_type\": \"llama\", \"hidden_size\": 64, \"num_hidden_layers\": " layers "," \
    "\"num_attention_heads\": 4, \"num_key_value_heads\": 4, \"intermediate_size\": 128, \"vocab_size\": " \
    "100," \
    "\"tie_word_embeddings\": false, \"max_position_embeddings\": 100000" extra "}}"
/* 270 kB of external memory at 1 MB/s and 30 kB on the chip, which hold the activations of a layer, and so
 * much of the weights: nothing but reading the rest counts. */
#define SLOW \
    SPEC("\"peak\": [" PEAK("1", "int8") "], \"sram\": {\"capacity\": " Q( \
        "30", "kB") "}, \"dram\": {" \
                    "\"capacity\": " Q("270", "kB") ", \"bandwidth\": " Q("1", "MB/s") "}")
static const double passes_weights = 88640 - 30000; /* bytes from outside in a pass */

static void memory_beside_the_weights_says_how_many_users_fit(void **state)
{
    (void)state;
    /* A user at context 100 holds 101 x 256 B = 25,856 B; (300,000 - 95,040) / 25,856 = 7.93: seven. */
    fixture f = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 100}});
    assert_int_equal(f.serving.refusal.code, ROOF_OK);
    assert_close(f.serving.weight_bytes, 95040, 1e-15);
    assert_close(f.serving.user_cache_bytes, 25856, 1e-15);
    assert_close(f.serving.greatest_batch, 7, 1e-15);
    assert_close(f.serving.decode.request.context, 100, 1e-15); /* as long as the prompt */
    assert_true(row_of(&f, 7)->fits);
    assert_false(row_of(&f, 8)->fits);
    assert_true(isnan(row_of(&f, 8)->tpot_s));
    end(&f);
}

static void a_step_reads_the_weights_once_and_every_users_cache(void **state)
{
    (void)state;
    fixture f = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 100}});
    /* 88,640 - 30,000 B and 4 x 100 x 256 B at 1 MB/s. */
    const roof_serve_row *four = row_of(&f, 4);
    assert_close(four->tpot_s, (passes_weights + 4 * 25600) / 1e6, 1e-12);
    assert_close(four->user_per_s, 1 / four->tpot_s, 1e-12);
    assert_close(four->total_per_s, 4 / four->tpot_s, 1e-12);
    assert_int_equal(four->limiter, ROOF_CEILING_DRAM);
    /* More users: more tokens in all, fewer each. */
    for (size_t i = 1; i < f.serving.row_count && f.serving.rows[i].fits; i++) {
        assert_true(f.serving.rows[i].total_per_s > f.serving.rows[i - 1].total_per_s);
        assert_true(f.serving.rows[i].user_per_s < f.serving.rows[i - 1].user_per_s);
    }
    end(&f);
}

static void chunks_read_the_weights_once_each_beside_the_other_users(void **state)
{
    (void)state;
    fixture f = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 100}, .chunk = 40});
    /* Alone: three passes of the weights, and what is in the cache before the second (40 tokens) and the
     * third (80). */
    assert_close(row_of(&f, 1)->ttft_s, (3 * passes_weights + (40 + 80) * 256) / 1e6, 1e-12);
    /* Beside three others, each of the passes reads their caches, too. */
    assert_close(row_of(&f, 4)->ttft_s, (3 * passes_weights + (40 + 80) * 256 + 3 * 3 * 25600) / 1e6, 1e-12);
    assert_close(row_of(&f, 4)->disturbed_s, (passes_weights + 80 * 256 + 3 * 25600) / 1e6, 1e-12);
    /* One chunk for all is the prompt at once. */
    fixture whole = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 100}});
    fixture one = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 100}, .chunk = 100});
    assert_close(row_of(&one, 1)->ttft_s, row_of(&whole, 1)->ttft_s, 1e-12);
    end(&f);
    end(&whole);
    end(&one);
}

static void speculation_yields_the_geometric_sum_of_its_acceptance(void **state)
{
    (void)state;
    assert_close(roof_speculated_tokens(3, 0.5), 1 + 0.5 + 0.25 + 0.125, 1e-15);
    assert_close(roof_speculated_tokens(3, 1), 4, 1e-15);
    assert_close(roof_speculated_tokens(3, 0), 1, 1e-15);
    fixture f = {.chip = derived_chip_of(SLOW),
                 .workload = workload_of(LLM("2", "")),
                 .draft = workload_of(LLM("1", ""))};
    roof_serve_request request = {.run = {.prompt = 100}, .draft = f.draft, .proposed = 3, .acceptance = 0.5};
    assert_int_equal(roof_serve(f.chip, f.workload, &request, &f.serving), ROOF_OK);
    /* The draft has one layer: 47,616 weights read and 54,016 stored, 128 B of cache a token. Three passes of
     * it, one of the model; 1.875 tokens. */
    const double draft = 40960 + 6400 + 3 * 64,
                 step = 3 * (draft - 30000 + 100 * 128) + passes_weights + 100 * 256;
    assert_close(row_of(&f, 1)->tpot_s, step / 1e6 / 1.875, 1e-12);
    /* Both are in memory. */
    assert_close(f.serving.weight_bytes, 95040 + draft + 6400, 1e-15);
    assert_close(f.serving.greatest_batch, floor((300000 - 95040 - draft - 6400) / (101 * 384)), 1e-15);
    end(&f);
}

static void data_parallel_copies_serve_as_many_users_each(void **state)
{
    (void)state;
    fixture f = serve(SLOW, LLM("2", ""),
                      (roof_serve_request){.run = {.prompt = 100, .chips = 3, .plan = ROOF_PLAN_DATA}});
    assert_close(f.serving.greatest_batch, 21, 1e-15);
    assert_close(f.serving.weight_bytes, 3 * 95040, 1e-15);
    assert_close(row_of(&f, 21)->tpot_s, (passes_weights + 7 * 25600) / 1e6, 1e-12);
    assert_close(row_of(&f, 21)->chip_per_s, 7 / row_of(&f, 21)->tpot_s, 1e-12);
    end(&f);
}

static void without_a_published_limit_none_is_made_up(void **state)
{
    (void)state;
    fixture f = serve(SPEC("\"peak\": [" PEAK("1", "int8") "]"), LLM("2", ""), (roof_serve_request){0});
    assert_true(isinf(f.serving.greatest_batch));
    assert_true(isnan(f.serving.capacity_bytes));
    end(&f);
}

static void what_cannot_be_served_is_refused(void **state)
{
    (void)state;
    fixture matrix = serve(SLOW, GEMM("1", "8", "8"), (roof_serve_request){0});
    assert_int_equal(matrix.serving.refusal.code, ROOF_UNSUPPORTED);
    assert_contains(matrix.serving.refusal.message, "no language model");
    fixture chunks = serve(SLOW, LLM("2", ""), (roof_serve_request){.run = {.prompt = 90000}, .chunk = 1});
    assert_int_equal(chunks.serving.refusal.code, ROOF_INVALID);
    fixture pipeline =
        serve(SLOW, LLM("2", ""),
              (roof_serve_request){.run = {.chips = 2, .plan = ROOF_PLAN_PIPELINE}, .chunk = 9});
    assert_int_equal(pipeline.serving.refusal.code, ROOF_UNSUPPORTED);
    fixture large = serve(SLOW, LLM("20", ""), (roof_serve_request){0});
    assert_int_equal(large.serving.refusal.code, ROOF_DOES_NOT_FIT);
    end(&matrix);
    end(&chunks);
    end(&pipeline);
    end(&large);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(memory_beside_the_weights_says_how_many_users_fit),
        cmocka_unit_test(a_step_reads_the_weights_once_and_every_users_cache),
        cmocka_unit_test(chunks_read_the_weights_once_each_beside_the_other_users),
        cmocka_unit_test(speculation_yields_the_geometric_sum_of_its_acceptance),
        cmocka_unit_test(data_parallel_copies_serve_as_many_users_each),
        cmocka_unit_test(without_a_published_limit_none_is_made_up),
        cmocka_unit_test(what_cannot_be_served_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
