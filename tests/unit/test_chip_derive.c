/* What follows from other values: links from generation and lanes, a card from its chips; and when published
 * values disagree. */
#include "assert_close.h"

#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/chip/open.h"
#include "spec_text.h"

#define N(value, claim) "{\"value\": " value ", \"unit\": \"count\", \"claim\": \"" claim "\"}"
#define PEAK(value, precision, sparsity, claim) \
    "{\"value\": " value ", \"unit\": \"TOPS\", \"precision\": \"" precision "\", \"sparsity\": " sparsity \
    ", \"claim\": \"" claim "\"}"

static void derive(roof_chip *chip, const roof_chip *part)
{
    assert_int_equal(roof_chip_derive(chip, part, NULL), ROOF_OK);
}

/* ---- links ---- */

static void assert_pcie(const char *spec, double bytes_per_s)
{
    roof_chip *chip = chip_of(spec);
    derive(chip, NULL);
    const roof_value *value = roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH);
    assert_non_null(value);
    assert_close(value->si, bytes_per_s, 1e-12);
    assert_int_equal(value->claim, ROOF_CLAIM_DERIVED);
    assert_int_equal(value->direction, ROOF_DIRECTION_EACH_WAY);
    assert_int_equal(value->line, 0);
    assert_null(value->source);
    roof_chip_free(chip);
}
#define PCIE(generation, lanes) \
    SPEC("\"host\": {\"generation\": " N(generation, "vendor") ", \"lanes\": " N(lanes, "vendor") "}")

static void pcie_bandwidth_follows_from_generation_and_lanes(void **state)
{
    (void)state;
    assert_pcie(PCIE("1", "1"), 2.5e9 * 8 / 10 / 8);
    assert_pcie(PCIE("2", "4"), 2e9);
    assert_pcie(PCIE("3", "4"), 8e9 * 4 * 128 / 130 / 8); /* 3.938 GB/s */
    assert_pcie(PCIE("4", "8"), 16e9 * 8 * 128 / 130 / 8);
    assert_pcie(PCIE("5", "16"), 32e9 * 16 * 128 / 130 / 8);
    assert_pcie(PCIE("6", "16"), 64e9 * 16 * 242 / 256 / 8);
}

static void pcie_three_by_four_is_3_938_gigabytes_a_second(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(PCIE("3", "4"));
    derive(chip, NULL);
    const roof_value *value = roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH);
    assert_close(value->si, 3.938e9, 2e-4);
    assert_string_equal(value->note, "PCIe generation 3: 8 GT/s x 4 lanes x 128/130 / 8 bits, each way");
    roof_chip_free(chip);
}

static void a_generation_or_lanes_alone_give_nothing(void **state)
{
    (void)state;
    static const char *const specs[] = {SPEC("\"host\": {\"generation\": " N("3", "vendor") "}"),
                                        SPEC("\"host\": {\"lanes\": " N("4", "vendor") "}"), PCIE("9", "4")};
    for (size_t i = 0; i < sizeof specs / sizeof *specs; i++) {
        roof_chip *chip = chip_of(specs[i]);
        derive(chip, NULL);
        assert_null(roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH));
        roof_chip_free(chip);
    }
}

static void a_published_bandwidth_is_not_replaced(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC("\"host\": {\"generation\": " N("3", "vendor") ", \"lanes\": " N(
        "4", "vendor") ", \"bandwidth\": " Q("2", "GB/s") "}"));
    derive(chip, NULL);
    assert_int_equal(chip->fields[ROOF_FIELD_HOST_BANDWIDTH].count, 1);
    assert_close(roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH)->si, 2e9, 1e-15);
    roof_chip_free(chip);
}

static void what_is_made_of_unverified_values_is_unverified(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(
        SPEC("\"host\": {\"generation\": " N("3", "vendor") ", \"lanes\": " N("4", "unverified") "}"));
    derive(chip, NULL);
    assert_int_equal(roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH)->claim, ROOF_CLAIM_UNVERIFIED);
    roof_chip_free(chip);
}

static void memory_bandwidth_follows_from_width_and_rate(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(
        SPEC("\"dram\": {\"bus_width\": " N("256", "vendor") ", \"data_rate\": " Q("14", "GT/s") "}"));
    derive(chip, NULL);
    const roof_value *value = roof_chip_value(chip, ROOF_FIELD_DRAM_BANDWIDTH);
    assert_close(value->si, 448e9, 1e-15);
    assert_string_equal(value->note, "256 bits x 14 GT/s / 8 bits");
    roof_chip_free(chip);
}

/* ---- a card of chips ---- */

#define PART \
    SPEC( \
        "\"peak\": [" PEAK("50", "int8", "\"dense\"", "vendor") ", " PEAK( \
            "99", "int8", "{\"kind\": \"2:4\", \"ratio\": 2}", \
            "vendor") ", " PEAK("20", "fp16", "\"dense\"", \
                                "unverified") ", " PEAK("45", "int8", "\"dense\"", \
                                                        "press") "],\n" \
                                                                 "\"sram\": {\"capacity\": " Q("32", "MiB") "}, \"clock\": " Q( \
                                                                     "800", \
                                                                     "MHz") ",\n" \
                                                                            "\"power\": {\"tdp\": " Q("10", "W") ", \"typical\": " Q( \
                                                                                "5", \
                                                                                "W") "},\n" \
                                                                                     "\"cores\": " N("4", "unverified") ", \"process\": {\"node\": " Q( \
                                                                                         "12", \
                                                                                         "nm") "},\n" \
                                                                                               "\"host\": " \
                                                                                               "{\"generati" \
                                                                                               "on\": " N("3", "vendor") ", \"lanes\": " N( \
                                                                                                   "4", \
                                                                                                   "vendor") "}")

static void a_card_multiplies_peak_and_memory_of_its_chips_but_not_power(void **state)
{
    (void)state;
    roof_chip *part = chip_of(PART), *card = chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 4}"));
    derive(part, NULL);
    derive(card, part);
    roof_chip_free(part); /* nothing is borrowed from it */
    const roof_peak *dense = roof_chip_dense_peak(card, ROOF_PRECISION_INT8);
    const roof_peak *sparse = roof_chip_sparse_peak(card, ROOF_PRECISION_INT8);
    const roof_value *sram = roof_chip_value(card, ROOF_FIELD_SRAM_CAPACITY);
    assert_close(dense->value.si, 200e12, 1e-15);
    assert_int_equal(dense->value.claim, ROOF_CLAIM_DERIVED);
    assert_int_equal(dense->value.scope, ROOF_LEVEL_CARD);
    assert_string_equal(dense->value.note, "4 x 50 TOPS of x");
    assert_close(sparse->value.si, 396e12, 1e-15);
    assert_string_equal(sparse->sparsity_kind, "2:4");
    assert_close(sram->si, 4 * 33554432.0, 0);
    assert_close(sram->given, 128, 0);
    assert_string_equal(sram->note, "4 x 32 MiB of x");
    assert_null(roof_chip_value(card, ROOF_FIELD_TDP));
    assert_null(roof_chip_value(card, ROOF_FIELD_TYPICAL_POWER));
    assert_close(roof_chip_value(card, ROOF_FIELD_CLOCK)->si, 800e6, 1e-15);
    assert_string_equal(roof_chip_value(card, ROOF_FIELD_CLOCK)->note, "as its x");
    assert_close(roof_chip_value(card, ROOF_FIELD_NODE)->si, 12e-9, 1e-15);
    assert_null(roof_chip_value(card, ROOF_FIELD_HOST_BANDWIDTH)); /* four links do not make one */
    assert_int_equal(card->peak_count, 3);
    assert_close(card->chips_inside, 4, 0);
    assert_close(card->cards_inside, 1, 0);
    roof_chip_free(card);
}

static void a_card_of_unverified_values_is_unverified(void **state)
{
    (void)state;
    roof_chip *part = chip_of(PART), *card = chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 4}"));
    derive(card, part);
    assert_int_equal(roof_chip_dense_peak(card, ROOF_PRECISION_FP16)->value.claim, ROOF_CLAIM_UNVERIFIED);
    assert_int_equal(roof_chip_value(card, ROOF_FIELD_CORES)->claim, ROOF_CLAIM_UNVERIFIED);
    assert_close(roof_chip_value(card, ROOF_FIELD_CORES)->si, 16, 0);
    roof_chip_free(card);
    roof_chip_free(part);
}

static void a_cards_own_values_stay(void **state)
{
    (void)state;
    roof_chip *part = chip_of(PART);
    roof_chip *card =
        chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 4}, \"sram\": {\"capacity\": " Q(
            "100", "MB") "}, \"peak\": [" PEAK("180", "int8", "\"dense\"", "vendor") "]"));
    derive(card, part);
    assert_close(roof_chip_dense_peak(card, ROOF_PRECISION_INT8)->value.si, 180e12, 1e-15);
    /* It may have cores switched off: the chip's other peaks do not hold for it. */
    assert_int_equal(card->peak_count, 1);
    assert_close(roof_chip_value(card, ROOF_FIELD_SRAM_CAPACITY)->si, 100e6, 1e-15);
    assert_int_equal(card->fields[ROOF_FIELD_SRAM_CAPACITY].count, 1);
    roof_chip_free(card);
    roof_chip_free(part);
}

static void a_card_of_one_chip_has_its_host_link(void **state)
{
    (void)state;
    roof_chip *part = chip_of(PART), *card = chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 1}"));
    derive(part, NULL);
    derive(card, part);
    assert_close(roof_chip_value(card, ROOF_FIELD_HOST_BANDWIDTH)->si, 3.938e9, 2e-4);
    roof_chip_free(card);
    card = chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 1}, \"host\": {\"generation\": " N(
        "3", "vendor") ", \"lanes\": " N("2", "vendor") "}"));
    derive(card, part);
    assert_close(roof_chip_value(card, ROOF_FIELD_HOST_BANDWIDTH)->si, 3.938e9 / 2, 2e-4);
    roof_chip_free(card);
    roof_chip_free(part);
}

static void deriving_twice_changes_nothing(void **state)
{
    (void)state;
    roof_chip *part = chip_of(PART), *card = chip_of(CARD("\"contains\": {\"chip\": \"x\", \"count\": 4}"));
    derive(card, part);
    derive(card, part);
    assert_int_equal(card->peak_count, 3);
    assert_int_equal(card->fields[ROOF_FIELD_SRAM_CAPACITY].count, 1);
    assert_close(roof_chip_dense_peak(card, ROOF_PRECISION_INT8)->value.si, 200e12, 1e-15);
    roof_chip_free(card);
    roof_chip_free(part);
}

/* ---- opening by name ---- */

static char folder[64];
static roof_catalogue *catalogue;

static void put(const char *name, const char *text)
{
    char path[160];
    snprintf(path, sizeof path, "%s/%s.json", folder, name);
    assert_int_equal(roof_file_write(path, text, strlen(text), NULL), ROOF_OK);
}

static int set_up(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/chiproof-open-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    const roof_folder folders[] = {{folder, true}};
    return roof_catalogue_new("chip", folders, 1, &catalogue, NULL) == ROOF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    char command[100];
    roof_catalogue_free(catalogue);
    snprintf(command, sizeof command, "rm -r %s", folder);
    return system(command);
}

static void an_opened_card_is_complete(void **state)
{
    (void)state;
    roof_chip *card = NULL;
    put("x", PART);
    put("card", CARD("\"contains\": {\"chip\": \"x\", \"count\": 2}"));
    assert_int_equal(roof_chip_open(catalogue, "card", NULL, NULL, &card, NULL), ROOF_OK);
    assert_close(roof_chip_dense_peak(card, ROOF_PRECISION_INT8)->value.si, 100e12, 1e-15);
    assert_true(card->shipped);
    roof_chip_free(card);
}

static void a_missing_part_is_a_doubt_and_not_a_failure(void **state)
{
    (void)state;
    roof_chip *card = NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    put("card", CARD("\"contains\": {\"chip\": \"gone\", \"count\": 2}"));
    assert_int_equal(roof_chip_open(catalogue, "card", &report, NULL, &card, NULL), ROOF_OK);
    assert_int_equal(report.doubtful, 1);
    assert_contains(report.items[report.length - 1].message, "contains gone, which cannot be read");
    assert_int_equal(card->peak_count, 0);
    roof_chip_free(card);
    roof_report_clear(&report);
}

static void a_thing_that_contains_itself_ends(void **state)
{
    (void)state;
    roof_chip *card = NULL;
    put("card", CARD("\"contains\": {\"chip\": \"card\", \"count\": 2}"));
    assert_int_equal(roof_chip_open(catalogue, "card", NULL, NULL, &card, NULL), ROOF_OK);
    roof_chip_free(card);
}

static void an_unknown_name_is_refused(void **state)
{
    (void)state;
    roof_chip *chip = (roof_chip *)1;
    assert_int_equal(roof_chip_open(catalogue, "nothing", NULL, NULL, &chip, NULL), ROOF_UNKNOWN_NAME);
    assert_null(chip);
}

/* ---- disagreement ---- */

static bool disagree(const char *a, const char *b)
{
    char text[2000];
    snprintf(text, sizeof text,
             HEAD("chip") "\"power\": {\"tdp\": [{%s, \"unit\": \"W\", \"claim\": \"vendor\"}, "
                          "{%s, \"unit\": \"W\", \"claim\": \"press\"}]}}",
             a, b);
    roof_chip *chip = chip_of(text);
    bool result = roof_values_disagree(&chip->fields[ROOF_FIELD_TDP]);
    roof_chip_free(chip);
    return result;
}

static void values_disagree_beyond_two_percent(void **state)
{
    (void)state;
    assert_false(disagree("\"value\": 100", "\"value\": 100"));
    assert_false(disagree("\"value\": 100", "\"value\": 101.9"));
    assert_true(disagree("\"value\": 100", "\"value\": 102.1"));
    assert_true(disagree("\"value\": 102.1", "\"value\": 100"));
}

static void limits_disagree_only_when_they_exclude_each_other(void **state)
{
    (void)state;
    assert_false(disagree("\"value\": 25, \"relation\": \"at-least\"", "\"value\": 30"));
    assert_true(disagree("\"value\": 25, \"relation\": \"at-least\"", "\"value\": 20"));
    assert_true(disagree("\"value\": 20", "\"value\": 25, \"relation\": \"at-least\""));
    assert_false(disagree("\"value\": 25, \"relation\": \"at-most\"", "\"value\": 20"));
    assert_true(disagree("\"value\": 25, \"relation\": \"at-most\"", "\"value\": 30"));
    assert_true(
        disagree("\"value\": 30, \"relation\": \"at-least\"", "\"value\": 25, \"relation\": \"at-most\""));
    assert_false(
        disagree("\"value\": 25, \"relation\": \"at-least\"", "\"value\": 30, \"relation\": \"at-most\""));
    assert_false(
        disagree("\"value\": 1, \"relation\": \"at-least\"", "\"value\": 9, \"relation\": \"at-least\""));
    assert_true(disagree("\"value\": 25, \"relation\": \"about\"", "\"value\": 30"));
}

static void values_of_different_scope_do_not_disagree(void **state)
{
    (void)state;
    assert_false(disagree("\"value\": 10", "\"value\": 75, \"scope\": \"card\""));
    assert_true(disagree("\"value\": 70, \"scope\": \"card\"", "\"value\": 75, \"scope\": \"card\""));
}

static void texts_disagree_unless_one_holds_the_other(void **state)
{
    (void)state;
#define TWO(a, b) \
    SPEC("\"process\": {\"foundry\": [{\"value\": \"" a "\", \"claim\": \"press\"}, {\"value\": \"" b \
         "\", \"claim\": \"press\"}]}")
    static const struct {
        const char *text;
        bool disagree;
    } cases[] = {{TWO("TSMC", "tsmc 12 nm"), false}, {TWO("TSMC", "Samsung"), true}};
    for (size_t i = 0; i < 2; i++) {
        roof_chip *chip = chip_of(cases[i].text);
        assert_int_equal(roof_values_disagree(&chip->fields[ROOF_FIELD_FOUNDRY]), cases[i].disagree);
        roof_chip_free(chip);
    }
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pcie_bandwidth_follows_from_generation_and_lanes),
        cmocka_unit_test(pcie_three_by_four_is_3_938_gigabytes_a_second),
        cmocka_unit_test(a_generation_or_lanes_alone_give_nothing),
        cmocka_unit_test(a_published_bandwidth_is_not_replaced),
        cmocka_unit_test(what_is_made_of_unverified_values_is_unverified),
        cmocka_unit_test(memory_bandwidth_follows_from_width_and_rate),
        cmocka_unit_test(a_card_multiplies_peak_and_memory_of_its_chips_but_not_power),
        cmocka_unit_test(a_card_of_unverified_values_is_unverified),
        cmocka_unit_test(a_cards_own_values_stay),
        cmocka_unit_test(a_card_of_one_chip_has_its_host_link),
        cmocka_unit_test(deriving_twice_changes_nothing),
        IN_FOLDER(an_opened_card_is_complete),
        IN_FOLDER(a_missing_part_is_a_doubt_and_not_a_failure),
        IN_FOLDER(a_thing_that_contains_itself_ends),
        IN_FOLDER(an_unknown_name_is_refused),
        cmocka_unit_test(values_disagree_beyond_two_percent),
        cmocka_unit_test(limits_disagree_only_when_they_exclude_each_other),
        cmocka_unit_test(values_of_different_scope_do_not_disagree),
        cmocka_unit_test(texts_disagree_unless_one_holds_the_other),
    };
    return RUN_TESTS(tests);
}
