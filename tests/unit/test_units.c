/* Units and precisions. */
#include "assert_close.h"

#include "chiproof/units/precision.h"
#include "chiproof/units/units.h"

typedef struct unit_case {
    const char *text;
    roof_dimension dimension;
    double to_si;
} unit_case;

static void assert_unit(const char *text, roof_dimension dimension, double to_si)
{
    roof_unit unit;
    roof_error error = {0};
    roof_code code = roof_unit_parse(text, dimension, &unit, &error);
    if (code != ROOF_OK) print_error("%s: %s\n", text, error.message);
    assert_int_equal(code, ROOF_OK);
    assert_int_equal(unit.dimension, dimension);
    assert_close(unit.to_si, to_si, 1e-15);
    assert_int_equal(roof_unit_parse(text, ROOF_DIMENSION_COUNT, &unit, NULL), ROOF_OK);
    assert_int_equal(unit.dimension, dimension);
}

static void every_base_unit_is_known(void **state)
{
    (void)state;
    static const unit_case cases[] = {
        {"count", ROOF_DIM_NUMBER, 1},
        {"thousand", ROOF_DIM_NUMBER, 1e3},
        {"million", ROOF_DIM_NUMBER, 1e6},
        {"billion", ROOF_DIM_NUMBER, 1e9},
        {"trillion", ROOF_DIM_NUMBER, 1e12},
        {"x", ROOF_DIM_RATIO, 1},
        {"%", ROOF_DIM_RATIO, 0.01},
        {"OP", ROOF_DIM_OPS, 1},
        {"FLOP", ROOF_DIM_OPS, 1},
        {"MAC", ROOF_DIM_OPS, 2},
        {"OPS", ROOF_DIM_OPS_PER_SECOND, 1},
        {"FLOPS", ROOF_DIM_OPS_PER_SECOND, 1},
        {"OP/s", ROOF_DIM_OPS_PER_SECOND, 1},
        {"FLOP/s", ROOF_DIM_OPS_PER_SECOND, 1},
        {"MAC/s", ROOF_DIM_OPS_PER_SECOND, 2},
        {"B", ROOF_DIM_BYTES, 1},
        {"bit", ROOF_DIM_BYTES, 0.125},
        {"b", ROOF_DIM_BYTES, 0.125},
        {"B/s", ROOF_DIM_BYTES_PER_SECOND, 1},
        {"bit/s", ROOF_DIM_BYTES_PER_SECOND, 0.125},
        {"b/s", ROOF_DIM_BYTES_PER_SECOND, 0.125},
        {"T/s", ROOF_DIM_TRANSFERS_PER_SECOND, 1},
        {"W", ROOF_DIM_WATTS, 1},
        {"J", ROOF_DIM_JOULES, 1},
        {"Hz", ROOF_DIM_HERTZ, 1},
        {"s", ROOF_DIM_SECONDS, 1},
        {"m", ROOF_DIM_METRES, 1},
        {"m2", ROOF_DIM_SQUARE_METRES, 1},
        {"OPS/W", ROOF_DIM_OPS_PER_JOULE, 1},
        {"FLOPS/W", ROOF_DIM_OPS_PER_JOULE, 1},
        {"USD", ROOF_DIM_US_DOLLARS, 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_unit(cases[i].text, cases[i].dimension, cases[i].to_si);
}

static void decimal_prefixes_multiply(void **state)
{
    (void)state;
    static const struct {
        const char *base;
        roof_dimension dimension;
        double to_si;
    } bases[] = {{"OPS", ROOF_DIM_OPS_PER_SECOND, 1},
                 {"FLOPS", ROOF_DIM_OPS_PER_SECOND, 1},
                 {"OP/s", ROOF_DIM_OPS_PER_SECOND, 1},
                 {"MAC/s", ROOF_DIM_OPS_PER_SECOND, 2},
                 {"B", ROOF_DIM_BYTES, 1},
                 {"B/s", ROOF_DIM_BYTES_PER_SECOND, 1},
                 {"bit/s", ROOF_DIM_BYTES_PER_SECOND, 0.125},
                 {"b", ROOF_DIM_BYTES, 0.125},
                 {"W", ROOF_DIM_WATTS, 1},
                 {"Hz", ROOF_DIM_HERTZ, 1},
                 {"T/s", ROOF_DIM_TRANSFERS_PER_SECOND, 1},
                 {"OPS/W", ROOF_DIM_OPS_PER_JOULE, 1}};
    static const struct {
        const char *name;
        double factor;
    } prefixes[] = {{"k", 1e3}, {"M", 1e6}, {"G", 1e9}, {"T", 1e12}, {"P", 1e15}, {"E", 1e18}};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        for (size_t k = 0; k < sizeof prefixes / sizeof *prefixes; k++) {
            char text[32];
            strcpy(text, prefixes[k].name);
            strcat(text, bases[i].base);
            assert_unit(text, bases[i].dimension, bases[i].to_si * prefixes[k].factor);
        }
    }
}

static void small_prefixes_divide(void **state)
{
    (void)state;
    assert_unit("mW", ROOF_DIM_WATTS, 1e-3);
    assert_unit("uJ", ROOF_DIM_JOULES, 1e-6);
    assert_unit("pJ", ROOF_DIM_JOULES, 1e-12);
    assert_unit("ms", ROOF_DIM_SECONDS, 1e-3);
    assert_unit("us", ROOF_DIM_SECONDS, 1e-6);
    assert_unit("ns", ROOF_DIM_SECONDS, 1e-9);
    assert_unit("nm", ROOF_DIM_METRES, 1e-9);
    assert_unit("mm2", ROOF_DIM_SQUARE_METRES, 1e-6);
    assert_unit("cm2", ROOF_DIM_SQUARE_METRES, 1e-4);
}

static void binary_prefixes_are_for_bytes_and_bits(void **state)
{
    (void)state;
    roof_unit unit;
    assert_unit("KiB", ROOF_DIM_BYTES, 1024);
    assert_unit("MiB", ROOF_DIM_BYTES, 1048576);
    assert_unit("GiB/s", ROOF_DIM_BYTES_PER_SECOND, 1073741824);
    assert_unit("TiB", ROOF_DIM_BYTES, 0x1p40);
    assert_unit("PiB", ROOF_DIM_BYTES, 0x1p50);
    assert_unit("Mibit", ROOF_DIM_BYTES, 131072);
    assert_int_equal(roof_unit_parse("TiOPS", ROOF_DIMENSION_COUNT, &unit, NULL), ROOF_INVALID);
    assert_int_equal(roof_unit_parse("kiB", ROOF_DIMENSION_COUNT, &unit, NULL), ROOF_INVALID);
}

static void bits_are_an_eighth_of_bytes(void **state)
{
    (void)state;
    assert_unit("MB", ROOF_DIM_BYTES, 1e6);
    assert_unit("Mb", ROOF_DIM_BYTES, 125000);
    assert_unit("Mbit", ROOF_DIM_BYTES, 125000);
    assert_unit("Gbit/s", ROOF_DIM_BYTES_PER_SECOND, 1.25e8);
    assert_unit("Gb/s", ROOF_DIM_BYTES_PER_SECOND, 1.25e8);
    assert_unit("GB/s", ROOF_DIM_BYTES_PER_SECOND, 1e9);
}

static void one_mac_is_two_ops(void **state)
{
    (void)state;
    assert_unit("TMAC/s", ROOF_DIM_OPS_PER_SECOND, 2e12);
    assert_unit("GMAC", ROOF_DIM_OPS, 2e9);
    assert_unit("TOPS", ROOF_DIM_OPS_PER_SECOND, 1e12);
}

static void prefixes_that_make_no_sense_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"mB", "mb",   "Gs",    "kcount", "Mx",   "cW",   "KW",
                                      "k",  "",     " TOPS", "TOPS ",  "tops", "Tops", "GB/S",
                                      "gb", "TBps", "MiBB",  "TTOPS",  "nB",   "Knm",  "T"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        roof_unit unit;
        if (roof_unit_parse(bad[i], ROOF_DIMENSION_COUNT, &unit, NULL) == ROOF_OK)
            print_error("\"%s\" was accepted\n", bad[i]);
        assert_int_equal(roof_unit_parse(bad[i], ROOF_DIMENSION_COUNT, &unit, NULL), ROOF_INVALID);
    }
}

static void assert_refused(const char *text, roof_dimension dimension, const char *message)
{
    roof_unit unit;
    roof_error error;
    assert_int_equal(roof_unit_parse(text, dimension, &unit, &error), ROOF_INVALID);
    assert_string_equal(error.message, message);
}

static void an_unknown_unit_gets_a_suggestion_of_its_dimension(void **state)
{
    (void)state;
    assert_refused("TOPs", ROOF_DIM_OPS_PER_SECOND, "unknown unit \"TOPs\"; did you mean \"TOPS\"?");
    assert_refused("TB/sec", ROOF_DIM_BYTES_PER_SECOND, "unknown unit \"TB/sec\"; did you mean \"TB/s\"?");
    assert_refused("Watt", ROOF_DIM_WATTS, "unknown unit \"Watt\"; expected power such as \"W\"");
    assert_refused("furlong", ROOF_DIMENSION_COUNT, "unknown unit \"furlong\"");
}

static void a_unit_of_another_dimension_is_refused(void **state)
{
    (void)state;
    assert_refused("GB/s", ROOF_DIM_BYTES,
                   "\"GB/s\" is a unit of bytes per second; bytes is expected here; did you mean \"GB\"?");
    assert_refused("TOPS", ROOF_DIM_WATTS,
                   "\"TOPS\" is a unit of operations per second; power is expected here");
    assert_refused("TOP", ROOF_DIM_OPS_PER_SECOND,
                   "unknown unit \"TOP\"; did you mean \"TOPS\"?");
}

static void assert_quantity(const char *text, roof_dimension dimension, double want)
{
    double si = 0;
    roof_error error = {0};
    roof_code code = roof_unit_parse_quantity(text, dimension, &si, &error);
    if (code != ROOF_OK) print_error("%s: %s\n", text, error.message);
    assert_int_equal(code, ROOF_OK);
    assert_close(si, want, 1e-15);
}

static void quantities_are_read_with_or_without_a_space(void **state)
{
    (void)state;
    assert_quantity("26TOPS", ROOF_DIM_OPS_PER_SECOND, 26e12);
    assert_quantity("26 TOPS", ROOF_DIM_OPS_PER_SECOND, 26e12);
    assert_quantity("12.5 GB/s", ROOF_DIM_BYTES_PER_SECOND, 12.5e9);
    assert_quantity("1e3 B", ROOF_DIM_BYTES, 1000);
    assert_quantity("8EB", ROOF_DIM_BYTES, 8e18);
    assert_quantity("16", ROOF_DIM_NUMBER, 16);
    assert_quantity("2", ROOF_DIM_RATIO, 2);
    assert_quantity("50 %", ROOF_DIM_RATIO, 0.5);
}

static void quantities_without_number_or_unit_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = {"",         "TOPS",       "26",   "26 TOPSS",  "nan TOPS",
                                      "inf TOPS", "1e999 TOPS", "26 W", "26 TOPS x", "--5 TOPS"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        double si = 7;
        if (roof_unit_parse_quantity(bad[i], ROOF_DIM_OPS_PER_SECOND, &si, NULL) == ROOF_OK)
            print_error("\"%s\" was accepted\n", bad[i]);
        assert_int_equal(roof_unit_parse_quantity(bad[i], ROOF_DIM_OPS_PER_SECOND, &si, NULL), ROOF_INVALID);
        assert_close(si, 7, 0);
    }
}

static void values_are_written_as_people_write_them(void **state)
{
    (void)state;
    static const struct {
        double si;
        roof_dimension dimension;
        const char *want;
    } cases[] = {
        {2.6e13, ROOF_DIM_OPS_PER_SECOND, "26.0 TOPS"},
        {1.6e-8, ROOF_DIM_METRES, "16 nm"},
        {5.45e7, ROOF_DIM_BYTES, "54.5 MB"},
        {725e-6, ROOF_DIM_SQUARE_METRES, "725 mm2"},
        {2.6e12, ROOF_DIM_NUMBER, "2.60 trillion"},
        {850000, ROOF_DIM_NUMBER, "850,000"},
        {8.65, ROOF_DIM_WATTS, "8.65 W"},
        {3.938e9, ROOF_DIM_BYTES_PER_SECOND, "3.94 GB/s"},
        {8e9, ROOF_DIM_TRANSFERS_PER_SECOND, "8.00 GT/s"},
        {2, ROOF_DIM_RATIO, "2.00 x"},
        {3e12, ROOF_DIM_OPS_PER_JOULE, "3.00 TOPS/W"},
        {NAN, ROOF_DIM_WATTS, "unknown"},
        {46225e-6, ROOF_DIM_SQUARE_METRES, "46,200 mm2"},
        {1499, ROOF_DIM_US_DOLLARS, "1,500 USD"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        roof_buffer out = ROOF_BUFFER_EMPTY;
        roof_unit_format(&out, cases[i].si, cases[i].dimension);
        assert_string_equal(roof_buffer_text(&out), cases[i].want);
        roof_buffer_free(&out);
    }
}

static void dimensions_have_names(void **state)
{
    (void)state;
    for (int i = 0; i < ROOF_DIMENSION_COUNT; i++)
        assert_string_not_equal(roof_dimension_name((roof_dimension)i), "unknown");
    assert_string_equal(roof_dimension_name(ROOF_DIMENSION_COUNT), "unknown");
}

/* ---- precisions ---- */

static void every_precision_is_read_back_by_its_name(void **state)
{
    (void)state;
    for (int i = 0; i < ROOF_PRECISION_COUNT; i++) {
        roof_precision precision = ROOF_PRECISION_COUNT;
        assert_int_equal(roof_precision_parse(roof_precision_name((roof_precision)i), &precision, NULL),
                         ROOF_OK);
        assert_int_equal(precision, i);
    }
    assert_string_equal(roof_precision_name(ROOF_PRECISION_COUNT), "unknown");
}

static void precisions_know_their_bytes(void **state)
{
    (void)state;
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_INT8), 1, 0);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_FP16), 2, 0);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_INT4), 0.5, 0);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_W4A8), 0.5, 0);
    assert_close(roof_precision_activation_bytes(ROOF_PRECISION_W4A8), 1, 0);
    assert_close(roof_precision_activation_bytes(ROOF_PRECISION_W4A16), 2, 0);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_BFP8), 8.5 / 8, 1e-15);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_MXFP4), 4.25 / 8, 1e-15);
    assert_close(roof_precision_weight_bytes(ROOF_PRECISION_UNSTATED), 0, 0);
    assert_close(roof_precision_activation_bytes(ROOF_PRECISION_COUNT), 0, 0);
}

static void an_unknown_precision_gets_a_suggestion(void **state)
{
    (void)state;
    roof_precision precision = ROOF_PRECISION_FP64;
    roof_error error;
    assert_int_equal(roof_precision_parse("fp_16", &precision, &error), ROOF_INVALID);
    assert_contains(error.message, "unknown precision \"fp_16\"; did you mean fp16");
    assert_int_equal(roof_precision_parse("INT8", &precision, &error), ROOF_INVALID);
    assert_contains(error.message, "did you mean int8");
    assert_int_equal(roof_precision_parse("quaternion", &precision, &error), ROOF_INVALID);
    assert_string_equal(error.message,
                        "unknown precision \"quaternion\"; expected one such as int8, fp16 or bf16");
    assert_int_equal(precision, ROOF_PRECISION_FP64);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_base_unit_is_known),
        cmocka_unit_test(decimal_prefixes_multiply),
        cmocka_unit_test(small_prefixes_divide),
        cmocka_unit_test(binary_prefixes_are_for_bytes_and_bits),
        cmocka_unit_test(bits_are_an_eighth_of_bytes),
        cmocka_unit_test(one_mac_is_two_ops),
        cmocka_unit_test(prefixes_that_make_no_sense_are_refused),
        cmocka_unit_test(an_unknown_unit_gets_a_suggestion_of_its_dimension),
        cmocka_unit_test(a_unit_of_another_dimension_is_refused),
        cmocka_unit_test(quantities_are_read_with_or_without_a_space),
        cmocka_unit_test(quantities_without_number_or_unit_are_refused),
        cmocka_unit_test(values_are_written_as_people_write_them),
        cmocka_unit_test(dimensions_have_names),
        cmocka_unit_test(every_precision_is_read_back_by_its_name),
        cmocka_unit_test(precisions_know_their_bytes),
        cmocka_unit_test(an_unknown_precision_gets_a_suggestion),
    };
    return RUN_TESTS(tests);
}
