#include "assert_close.h"
#include "chiproof/compare/rank.h"
#include "run_text.h"

#define POWER(kind, watts) ", \"power\": {\"" kind "\": " Q(watts, "W") "}"
#define CHIP(tops, rest) SPEC("\"peak\": [" PEAK(tops, "int8") "]" rest)

enum { MOST = 8 };
typedef struct field {
    roof_chip *chips[MOST];
    roof_workload *workload;
    roof_ranking *ranking;
    size_t count;
} field;

/* The chips are called a, b, c... in the order given; the list ends with NULL. */
static field rank(const char *const *specs, roof_request request, roof_measure by)
{
    static const char *const ids[MOST] = {"a", "b", "c", "d", "e", "f", "g", "h"};
    field f = {.workload = workload_of(GEMM("1", "8", "8"))};
    for (; specs[f.count]; f.count++) {
        f.chips[f.count] = derived_chip_of(specs[f.count]);
        f.chips[f.count]->id = ids[f.count];
    }
    assert_int_equal(
        roof_rank((const roof_chip *const *)f.chips, f.count, f.workload, &request, by, &f.ranking, NULL),
        ROOF_OK);
    return f;
}

static void end(field *f)
{
    roof_ranking_free(f->ranking);
    roof_workload_free(f->workload);
    for (size_t i = 0; i < f->count; i++) roof_chip_free(f->chips[i]);
}

static const roof_rank_row *row_of(const field *f, const char *id)
{
    for (size_t i = 0; i < f->ranking->count; i++)
        if (strcmp(f->ranking->rows[i].prediction.chip->id, id) == 0) return &f->ranking->rows[i];
    fail_msg("no row %s", id);
    return NULL;
}

static void assert_order(const field *f, const char *ids)
{
    for (size_t i = 0; ids[i]; i++) assert_int_equal(f->ranking->rows[i].prediction.chip->id[0], ids[i]);
}

static bool warned(const field *f, const char *part)
{
    for (size_t i = 0; i < f->ranking->warnings.length; i++)
        if (strstr(f->ranking->warnings.items[i].message, part)) return true;
    return false;
}

/* 8 x 8 MAC are 128 op: 10 TOPS allow 10e12 / 128 a second. */
static void the_greatest_throughput_comes_first(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", ""), CHIP("30", ""), CHIP("20", ""), NULL}, (roof_request){0},
                   ROOF_MEASURE_THROUGHPUT);
    assert_order(&f, "bca");
    assert_close(row_of(&f, "a")->measures[ROOF_MEASURE_THROUGHPUT], 10e12 / 128, 1e-12);
    assert_close(row_of(&f, "a")->measures[ROOF_MEASURE_LATENCY], 128 / 10e12, 1e-12);
    assert_int_equal(row_of(&f, "a")->place, 3);
    assert_int_equal(f.ranking->placed_count, 3);
    end(&f);
}

static void the_least_latency_comes_first(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", ""), CHIP("30", ""), NULL}, (roof_request){.batch = 4},
                   ROOF_MEASURE_LATENCY);
    assert_order(&f, "ba");
    assert_close(row_of(&f, "b")->measures[ROOF_MEASURE_LATENCY], 4 * 128 / 30e12, 1e-12);
    end(&f);
}

static void equals_share_a_place_and_stand_by_id(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", ""), CHIP("20", ""), CHIP("20", ""), NULL}, (roof_request){0},
                   ROOF_MEASURE_THROUGHPUT);
    assert_order(&f, "bca");
    assert_int_equal(row_of(&f, "b")->place, 1);
    assert_int_equal(row_of(&f, "c")->place, 1);
    assert_int_equal(row_of(&f, "a")->place, 3);
    end(&f);
}

static void per_watt_takes_the_tdp_else_typical_power_and_says_which(void **state)
{
    (void)state;
    field f = rank(
        (const char *[]){CHIP("10", POWER("tdp", "5")), CHIP("30", POWER("typical", "10")), CHIP("90", ""),
                         CHIP("10", ", \"power\": {\"tdp\": " Q("20", "W") ", \"typical\": " Q("1", "W") "}"),
                         NULL},
        (roof_request){0}, ROOF_MEASURE_PER_WATT);
    assert_order(&f, "badc");
    assert_int_equal(row_of(&f, "a")->power_field, ROOF_FIELD_TDP);
    assert_int_equal(row_of(&f, "b")->power_field, ROOF_FIELD_TYPICAL_POWER);
    assert_int_equal(row_of(&f, "c")->power_field, ROOF_FIELD_COUNT);
    assert_int_equal(row_of(&f, "d")->power_field, ROOF_FIELD_TDP);
    assert_close(row_of(&f, "b")->measures[ROOF_MEASURE_PER_WATT], 3e12 / 128, 1e-12);
    assert_true(warned(&f, "not the same measure"));
    end(&f);
}

static void without_the_figure_to_divide_by_there_is_no_place(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("90", ""), CHIP("10", ", \"price\": " Q("100", "USD")), NULL},
                   (roof_request){0}, ROOF_MEASURE_PER_DOLLAR);
    assert_order(&f, "ba");
    assert_int_equal(row_of(&f, "a")->place, 0);
    assert_true(isnan(row_of(&f, "a")->measures[ROOF_MEASURE_PER_DOLLAR]));
    assert_close(row_of(&f, "b")->measures[ROOF_MEASURE_PER_DOLLAR], 10e12 / 128 / 100, 1e-12);
    assert_int_equal(f.ranking->placed_count, 1);
    assert_int_equal(f.ranking->answered_count, 2);
    end(&f);
}

static void several_chips_draw_and_cost_as_many_times_as_much(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", POWER("tdp", "5") ", \"price\": " Q("100", "USD")), NULL},
                   (roof_request){.chips = 4}, ROOF_MEASURE_PER_WATT);
    assert_close(row_of(&f, "a")->power_w, 20, 1e-12);
    assert_close(row_of(&f, "a")->price_usd, 400, 1e-12);
    assert_close(row_of(&f, "a")->measures[ROOF_MEASURE_PER_WATT], 2e12 / 128, 1e-12);
    end(&f);
}

static void refused_chips_come_last_and_are_counted_by_reason(void **state)
{
    (void)state;
    const char *tiny = SPEC("\"peak\": [" PEAK("10", "int8") "], \"sram\": {\"capacity\": " Q(
        "1",
        "B") "}, \"dram\": {\"type\": {\"value\": \"none\", \"claim\": \"vendor\", \"source\": \"s1\"}}");
    field f = rank((const char *[]){tiny, SPEC("\"peak\": [" PEAK("10", "fp16") "]"), CHIP("1", ""),
                                    SPEC("\"peak\": [" PEAK("10", "bf16") "]"), NULL},
                   (roof_request){.has_precision = true, .precision = ROOF_PRECISION_INT8},
                   ROOF_MEASURE_THROUGHPUT);
    assert_order(&f, "cabd");
    assert_int_equal(f.ranking->answered_count, 1);
    assert_int_equal(f.ranking->refused[ROOF_DOES_NOT_FIT], 1);
    assert_int_equal(f.ranking->refused[ROOF_NO_PRECISION], 2);
    end(&f);
}

/* c is outdone by a; e, typical, by a's TDP of as much; d, typical, outdoes nobody known by a TDP. */
static void the_front_holds_what_none_is_known_to_outdo(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", POWER("tdp", "5")), CHIP("30", POWER("tdp", "20")),
                                    CHIP("10", POWER("tdp", "6")), CHIP("30", POWER("typical", "10")),
                                    CHIP("5", POWER("typical", "5")), CHIP("90", ""), NULL},
                   (roof_request){0}, ROOF_MEASURE_THROUGHPUT);
    const char front[] = "abd";
    for (size_t i = 0; i < f.ranking->count; i++)
        assert_int_equal(f.ranking->rows[i].front,
                         strchr(front, f.ranking->rows[i].prediction.chip->id[0]) != NULL);
    assert_int_equal(f.ranking->front_count, 3);
    end(&f);
}

/* One of 100 mm2 with 2e9 transistors at 1e12 / 128 a second, four of them. */
static void dies_are_counted_as_often_as_there_are_chips(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("1", ", \"process\": {\"transistors\": " Q(
                                                  "2", "billion") ", \"die_area\": " Q("100", "mm2") "}"),
                                    NULL},
                   (roof_request){.chips = 4}, ROOF_MEASURE_PER_AREA);
    assert_close(row_of(&f, "a")->measures[ROOF_MEASURE_PER_AREA], 1e12 / 128 / 100, 1e-12);
    assert_close(row_of(&f, "a")->measures[ROOF_MEASURE_PER_TRANSISTOR], 1e12 / 128 / 2e9, 1e-12);
    assert_true(isnan(row_of(&f, "a")->measures[ROOF_MEASURE_ENERGY]));
    assert_true(isnan(row_of(&f, "a")->measures[ROOF_MEASURE_PER_NODE_WATT]));
    end(&f);
}

/* By energy and throughput: a does less with less, b more with more, c is outdone by b, d has no power. */
static void the_front_of_two_measures_is_found(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", POWER("tdp", "1")), CHIP("30", POWER("tdp", "6")),
                                    CHIP("20", POWER("tdp", "6")), CHIP("90", ""), NULL},
                   (roof_request){0}, ROOF_MEASURE_THROUGHPUT);
    roof_ranking_find_front(f.ranking, ROOF_MEASURE_ENERGY, ROOF_MEASURE_THROUGHPUT);
    assert_int_equal(f.ranking->front_count, 2);
    assert_true(row_of(&f, "a")->front && row_of(&f, "b")->front);
    assert_false(row_of(&f, "c")->front || row_of(&f, "d")->front);
    end(&f);
}

static void two_of_equal_throughput_and_power_are_both_on_the_front(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", POWER("tdp", "5")), CHIP("10", POWER("tdp", "5")), NULL},
                   (roof_request){0}, ROOF_MEASURE_PER_WATT);
    assert_int_equal(f.ranking->front_count, 2);
    end(&f);
}

static void a_bound_that_leaves_out_the_weights_traffic_is_marked(void **state)
{
    (void)state;
    field f = rank(
        (const char *[]){CHIP("10", ""), CHIP("10", ", \"sram\": {\"capacity\": " Q("1", "MB") "}"), NULL},
        (roof_request){0}, ROOF_MEASURE_THROUGHPUT);
    assert_true(row_of(&f, "a")->unlimited);
    assert_false(row_of(&f, "b")->unlimited);
    assert_true(warned(&f, "1 publish too little of their memory"));
    end(&f);
}

static void what_differs_between_the_rows_is_said(void **state)
{
    (void)state;
    field f = rank((const char *[]){CHIP("10", ""), CARD("\"peak\": [" PEAK("5", "fp16") "]"), NULL},
                   (roof_request){0}, ROOF_MEASURE_THROUGHPUT);
    assert_true(warned(&f, "levels differ (1 chip, 1 card)"));
    assert_true(warned(&f, "precisions differ"));
    end(&f);
}

static void no_chips_make_an_empty_ranking(void **state)
{
    (void)state;
    field f = rank((const char *[]){NULL}, (roof_request){0}, ROOF_MEASURE_THROUGHPUT);
    assert_int_equal(f.ranking->count, 0);
    assert_int_equal(f.ranking->placed_count, 0);
    end(&f);
}

static void measures_are_known_by_their_names(void **state)
{
    (void)state;
    roof_measure measure = ROOF_MEASURE_COUNT;
    roof_error error = {0};
    for (int i = 0; i < ROOF_MEASURE_COUNT; i++) {
        assert_int_equal(roof_measure_parse(roof_measure_name((roof_measure)i), &measure, &error), ROOF_OK);
        assert_int_equal(measure, i);
    }
    assert_int_equal(roof_measure_parse("beauty", &measure, &error), ROOF_INVALID);
    assert_contains(error.message, "per-transistor or per-node-watt");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_greatest_throughput_comes_first),
        cmocka_unit_test(the_least_latency_comes_first),
        cmocka_unit_test(equals_share_a_place_and_stand_by_id),
        cmocka_unit_test(per_watt_takes_the_tdp_else_typical_power_and_says_which),
        cmocka_unit_test(without_the_figure_to_divide_by_there_is_no_place),
        cmocka_unit_test(several_chips_draw_and_cost_as_many_times_as_much),
        cmocka_unit_test(refused_chips_come_last_and_are_counted_by_reason),
        cmocka_unit_test(the_front_holds_what_none_is_known_to_outdo),
        cmocka_unit_test(two_of_equal_throughput_and_power_are_both_on_the_front),
        cmocka_unit_test(dies_are_counted_as_often_as_there_are_chips),
        cmocka_unit_test(the_front_of_two_measures_is_found),
        cmocka_unit_test(a_bound_that_leaves_out_the_weights_traffic_is_marked),
        cmocka_unit_test(what_differs_between_the_rows_is_said),
        cmocka_unit_test(no_chips_make_an_empty_ranking),
        cmocka_unit_test(measures_are_known_by_their_names),
    };
    return RUN_TESTS(tests);
}
