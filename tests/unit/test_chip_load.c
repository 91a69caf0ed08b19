/* The spec loader: what a right file becomes, and what each wrong one is told. */
#include "assert_close.h"

#include <dirent.h>

#include "spec_text.h"

/* In the text an '@' marks where the fault is to be found. */
typedef struct refusal {
    const char *text, *path, *message;
} refusal;

/* Copies the text without its mark and notes where it stood. */
static void take_mark(const char *marked, char *text, int *line, int *column)
{
    const char *mark = strchr(marked, '@');
    assert_non_null(mark);
    *line = *column = 1;
    for (const char *c = marked; c < mark; c++) {
        *column = *c == '\n' ? 1 : *column + 1;
        *line += *c == '\n';
    }
    memcpy(text, marked, (size_t)(mark - marked));
    strcpy(text + (mark - marked), mark + 1);
}

static void assert_refused(const refusal *want)
{
    char text[2000];
    int line = 0, column = 0;
    roof_chip *chip = (roof_chip *)1;
    roof_error error = {0};
    roof_report report = ROOF_REPORT_EMPTY;
    take_mark(want->text, text, &line, &column);
    roof_code code = roof_chip_parse(text, strlen(text), "x.json", &report, &chip, &error);
    if (code != ROOF_INVALID || error.line != line || error.column != column)
        print_error("%s\n  %d at %d:%d %s: %s\n", want->text, code, error.line, error.column, error.path,
                    error.message);
    assert_int_equal(code, ROOF_INVALID);
    assert_null(chip);
    assert_string_equal(error.message, want->message);
    assert_string_equal(error.path, want->path);
    assert_int_equal(error.line, line);
    assert_int_equal(error.column, column);
    assert_true(report.errors >= 1);
    roof_report_clear(&report);
}

#define REFUSE(...) \
    do { \
        const refusal cases[] = {__VA_ARGS__}; \
        for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) assert_refused(&cases[i]); \
    } while (0)

/* ---- right files ---- */

static void a_spec_becomes_a_chip_in_si_units(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC(
        "\"aliases\": [\"XX\", \"\xE5\xA2\xA8\xE8\x8A\xAF\"], \"class\": \"stream\", \"segment\": \"edge\",\n"
        "\"sram\": {\"capacity\": " Q(
            "32", "MiB") "},\n"
                         "\"process\": {\"node\": " Q(
                             "16", "nm") "},\n"
                                         "\"announced\": {\"value\": \"2020-H2\", \"claim\": \"press\", "
                                         "\"source\": \"s2\"},\n"
                                         "\"peak\": [{\"value\": 26, \"unit\": \"TOPS\", \"precision\": "
                                         "\"int8\", \"sparsity\": \"dense\","
                                         " \"claim\": \"vendor\", \"source\": \"s1\", \"qualifier\": \"at 1 "
                                         "GHz\", \"note\": \"n\"}],\n"
                                         "\"notes\": [\"a note\"]"));
    assert_string_equal(chip->id, "x");
    assert_string_equal(chip->name, "X");
    assert_string_equal(chip->vendor, "V");
    assert_string_equal(chip->chip_class, "stream");
    assert_string_equal(chip->segment, "edge");
    assert_string_equal(chip->file, "x.json");
    assert_int_equal(chip->level, ROOF_LEVEL_CHIP);
    assert_int_equal(chip->alias_count, 2);
    assert_string_equal(chip->aliases[1], "\xE5\xA2\xA8\xE8\x8A\xAF");
    assert_int_equal(chip->note_count, 1);
    assert_int_equal(chip->source_count, 2);
    assert_null(chip->contains);
    const roof_value *sram = roof_chip_value(chip, ROOF_FIELD_SRAM_CAPACITY);
    assert_close(sram->si, 33554432, 0);
    assert_close(sram->given, 32, 0);
    assert_string_equal(sram->unit, "MiB");
    assert_int_equal(sram->claim, ROOF_CLAIM_VENDOR);
    assert_string_equal(sram->source->title, "Sheet");
    assert_int_equal(sram->line, 3);
    assert_close(roof_chip_value(chip, ROOF_FIELD_NODE)->si, 16e-9, 1e-15);
    assert_string_equal(roof_chip_text(chip, ROOF_FIELD_ANNOUNCED), "2020-H2");
    assert_int_equal(chip->peak_count, 1);
    assert_close(chip->peaks[0].value.si, 26e12, 1e-15);
    assert_string_equal(chip->peaks[0].value.qualifier, "at 1 GHz");
    roof_chip_free(chip);
}

static void what_the_file_does_not_say_stays_missing(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC("\"notes\": [\"empty\"]"));
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        assert_null(roof_chip_value(chip, (roof_field_id)i));
        assert_null(roof_chip_text(chip, (roof_field_id)i));
        assert_int_equal(chip->fields[i].count, 0);
    }
    assert_int_equal(chip->peak_count, 0);
    assert_int_equal(roof_chip_default_precision(chip), ROOF_PRECISION_COUNT);
    assert_null(chip->chip_class);
    roof_chip_free(chip);
    roof_chip_free(NULL);
}

static void disagreeing_values_are_kept_in_order(void **state)
{
    (void)state;
    roof_chip *chip =
        chip_of(SPEC("\"power\": {\"tdp\": [" Q("75", "W") ", {\"value\": 80, \"unit\": \"W\", \"claim\": "
                                                           "\"press\", \"source\": \"s2\"}]}"));
    const roof_values *values = &chip->fields[ROOF_FIELD_TDP];
    assert_int_equal(values->count, 2);
    assert_close(roof_chip_value(chip, ROOF_FIELD_TDP)->si, 75, 0);
    assert_close(values->items[1].si, 80, 0);
    assert_true(roof_values_disagree(values));
    roof_chip_free(chip);
}

static void a_link_counted_both_ways_is_halved(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(
        SPEC("\"link\": {\"bandwidth\": {\"value\": 100, \"unit\": \"GB/s\", \"direction\": \"both-ways\", "
             "\"claim\": "
             "\"vendor\", \"source\": \"s1\"}, \"total_bandwidth\": {\"value\": 100, \"unit\": \"GB/s\", "
             "\"direction\": \"each-way\", \"claim\": \"vendor\", \"source\": \"s1\"}},"
             "\"host\": {\"bandwidth\": " Q("8", "GB/s") "}"));
    assert_close(roof_chip_value(chip, ROOF_FIELD_LINK_BANDWIDTH)->si, 50e9, 1e-15);
    assert_close(roof_chip_value(chip, ROOF_FIELD_LINK_BANDWIDTH)->given, 100, 0);
    assert_close(roof_chip_value(chip, ROOF_FIELD_LINK_TOTAL_BANDWIDTH)->si, 100e9, 1e-15);
    assert_close(roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH)->si, 8e9, 1e-15);
    assert_int_equal(roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH)->direction, ROOF_DIRECTION_UNSTATED);
    roof_chip_free(chip);
}

static void values_of_another_scope_are_kept_but_not_used(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC(
        "\"power\": {\"tdp\": [{\"value\": 75, \"unit\": \"W\", \"scope\": \"card\", \"claim\": \"vendor\", "
        "\"source\": \"s1\"}]},"
        "\"peak\": [{\"value\": 4, \"unit\": \"POPS\", \"precision\": \"int8\", \"sparsity\": \"dense\", "
        "\"scope\": \"rack\", \"claim\": \"vendor\", \"source\": \"s1\"}]"));
    assert_int_equal(chip->fields[ROOF_FIELD_TDP].count, 1);
    assert_int_equal(chip->fields[ROOF_FIELD_TDP].items[0].scope, ROOF_LEVEL_CARD);
    assert_null(roof_chip_value(chip, ROOF_FIELD_TDP));
    assert_int_equal(chip->peak_count, 1);
    assert_null(roof_chip_dense_peak(chip, ROOF_PRECISION_INT8));
    roof_chip_free(chip);
}

static void dense_sparse_and_unstated_peaks_are_kept_apart(void **state)
{
    (void)state;
#define PEAK(value, precision, sparsity) \
    "{\"value\": " value ", \"unit\": \"TOPS\", \"precision\": \"" precision "\", \"sparsity\": " sparsity \
    ", \"claim\": \"vendor\", \"source\": \"s1\"}"
    roof_chip *chip = chip_of(SPEC(
        "\"peak\": [" PEAK("9", "fp16", "\"unstated\"") ", " PEAK("64", "int8", "{\"kind\": \"2:4\", \"ratio\": 2}") ", " PEAK(
            "32", "int8", "\"assumed-dense\"") ", " PEAK("30", "int8",
                                                         "\"dense\"") ", " PEAK("8", "bf16",
                                                                                "\"dense\"") "]"));
    const roof_peak *sparse = roof_chip_sparse_peak(chip, ROOF_PRECISION_INT8);
    assert_close(roof_chip_dense_peak(chip, ROOF_PRECISION_INT8)->value.si, 32e12, 1e-15);
    assert_close(sparse->value.si, 64e12, 1e-15);
    assert_close(sparse->sparsity_ratio, 2, 0);
    assert_string_equal(sparse->sparsity_kind, "2:4");
    assert_null(roof_chip_dense_peak(chip, ROOF_PRECISION_FP16));
    assert_null(roof_chip_sparse_peak(chip, ROOF_PRECISION_FP16));
    assert_int_equal(roof_chip_default_precision(chip), ROOF_PRECISION_INT8);
    roof_chip_free(chip);
}

static void none_makes_the_fields_of_its_group_meaningless(void **state)
{
    (void)state;
#define TEXT(text) "{\"value\": \"" text "\", \"claim\": \"vendor\", \"source\": \"s1\"}"
    roof_chip *chip = chip_of(SPEC("\"dram\": {\"type\": " TEXT(
        "None (all on chip)") "},"
                              "\"host\": {\"interface\": " TEXT("nonesuch") "}"));
    assert_true(roof_chip_says_none(chip, ROOF_FIELD_DRAM_TYPE));
    assert_false(roof_chip_says_none(chip, ROOF_FIELD_HOST_INTERFACE));
    assert_false(roof_chip_says_none(chip, ROOF_FIELD_SPARSITY_KIND));
    assert_false(roof_chip_field_applies(chip, ROOF_FIELD_DRAM_BANDWIDTH));
    assert_true(roof_chip_field_applies(chip, ROOF_FIELD_HOST_BANDWIDTH));
    assert_true(roof_chip_field_applies(chip, ROOF_FIELD_SRAM_BANDWIDTH));
    roof_chip_free(chip);
}

static void statements_are_kept_with_or_without_a_number(void **state)
{
    (void)state;
    roof_chip *chip =
        chip_of(SPEC("\"statements\": [{\"text\": \"3 TOPS/W\", \"value\": 3, \"unit\": \"TOPS/W\", "
                     "\"claim\": \"vendor\", \"source\": \"s1\"}, {\"text\": \"small\", \"claim\": "
                     "\"press\", \"source\": \"s2\"}]"));
    assert_int_equal(chip->statement_count, 2);
    assert_close(chip->statements[0].value.si, 3e12, 1e-15);
    assert_int_equal(chip->statements[0].dimension, ROOF_DIM_OPS_PER_JOULE);
    assert_true(isnan(chip->statements[1].value.si));
    roof_chip_free(chip);
}

static void statements_may_say_what_they_are_of(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC(
        "\"statements\": [{\"text\": \"images\", \"value\": 500, \"unit\": \"count\", \"per\": \"J\", "
        "\"precision\": \"int8\", \"model\": \"resnet-50\", \"batch\": 8, \"chips\": 2, \"sparse\": true, "
        "\"part\": \"array\", \"field\": \"power.tdp\", \"compares\": \"power\", \"baseline\": \"t4\"}, "
        "{\"text\": \"plain\"}]"));
    const roof_statement *full = &chip->statements[0], *plain = &chip->statements[1];
    assert_int_equal(full->per, ROOF_PER_JOULE);
    assert_true(full->has_precision && full->precision == ROOF_PRECISION_INT8 && full->sparse);
    assert_string_equal(full->model, "resnet-50");
    assert_true(full->batch == 8 && full->chips == 2);
    assert_string_equal(full->part, "array");
    assert_int_equal(full->field, ROOF_FIELD_TDP);
    assert_int_equal(full->compares, ROOF_LIKENESS_POWER);
    assert_string_equal(full->baseline, "t4");
    assert_true(plain->per == ROOF_PER_NOTHING && plain->field == ROOF_FIELD_COUNT && !plain->has_precision);
    assert_true(plain->compares == ROOF_LIKENESS_NOTHING && !plain->model && isnan(plain->batch));
    assert_true(plain->chips == 1);
    roof_chip_free(chip);
}

static void counts_may_leave_their_unit_out(void **state)
{
    (void)state;
    roof_chip *chip = chip_of(SPEC("\"cores\": {\"value\": 4, \"claim\": \"vendor\", \"source\": \"s1\"}"));
    assert_close(roof_chip_value(chip, ROOF_FIELD_CORES)->si, 4, 0);
    roof_chip_free(chip);
}

static void a_file_without_sources_is_read_with_a_doubt(void **state)
{
    (void)state;
    static const char text[] =
        HEAD("chip") "\"clock\": {\"value\": 1, \"unit\": \"GHz\", \"claim\": \"vendor\"}}";
    roof_report report = ROOF_REPORT_EMPTY;
    roof_chip *chip = NULL;
    assert_int_equal(roof_chip_parse(text, strlen(text), "x.json", &report, &chip, NULL), ROOF_OK);
    assert_int_equal(report.errors, 0);
    assert_int_equal(report.doubtful, 1);
    assert_contains(report.items[0].message, "no source");
    roof_chip_free(chip);
    roof_report_clear(&report);
}

static void a_value_without_claim_is_unverified_and_doubtful(void **state)
{
    (void)state;
    static const char text[] = SPEC("\"clock\": {\"value\": 1, \"unit\": \"GHz\"}");
    roof_report report = ROOF_REPORT_EMPTY;
    roof_chip *chip = NULL;
    assert_int_equal(roof_chip_parse(text, strlen(text), "x.json", &report, &chip, NULL), ROOF_OK);
    assert_int_equal(report.doubtful, 1);
    assert_contains(report.items[0].message, "unverified");
    assert_int_equal(roof_chip_value(chip, ROOF_FIELD_CLOCK)->claim, ROOF_CLAIM_UNVERIFIED);
    assert_null(roof_chip_value(chip, ROOF_FIELD_CLOCK)->source);
    roof_chip_free(chip);
    roof_report_clear(&report);
}

static void a_file_named_otherwise_is_noted(void **state)
{
    (void)state;
    static const char text[] = SPEC("\"notes\": [\"n\"]");
    roof_report report = ROOF_REPORT_EMPTY;
    roof_chip *chip = NULL;
    assert_int_equal(roof_chip_parse(text, strlen(text), "dir/y.json", &report, &chip, NULL), ROOF_OK);
    assert_int_equal(report.notes, 1);
    assert_contains(report.items[0].message, "not named x.json");
    roof_chip_free(chip);
    roof_report_clear(&report);
}

/* ---- wrong files ---- */

static void unknown_keys_are_found_where_they_stand(void **state)
{
    (void)state;
    REFUSE({SPEC("\"sram\": {\n  @\"capcity\": " Q("1", "MB") "}"), "/sram/capcity",
            "unknown key \"capcity\"; did you mean \"capacity\"?"},
           {SPEC("@\"srma\": {}"), "/srma", "unknown key \"srma\"; did you mean \"sram\" or \"dram\"?"},
           {SPEC("\"clock\": {@\"valeu\": 1, \"value\": 1, \"unit\": \"GHz\", \"claim\": \"vendor\", "
                 "\"source\": \"s1\"}"),
            "/clock/valeu", "unknown key \"valeu\"; did you mean \"value\"?"},
           {SPEC("@\"sources2\": []"), "/sources2", "unknown key \"sources2\"; did you mean \"sources\"?"});
}

static void values_that_no_sheet_can_hold_are_refused(void **state)
{
    (void)state;
    REFUSE({SPEC("\"power\": {\"tdp\": " Q("@-75", "W") "}"), "/power/tdp/value",
            "-75 W: a published value is greater than zero; leave out what is not known"},
           {SPEC("\"power\": {\"tdp\": " Q("@0", "W") "}"), "/power/tdp/value",
            "0 W: a published value is greater than zero; leave out what is not known"},
           {SPEC("\"power\": {\"tdp\": " Q("@1e12", "W") "}"), "/power/tdp/value",
            "1000000000000 W cannot be: is it the right unit?"},
           {SPEC("\"process\": {\"node\": " Q("@16", "m") "}"), "/process/node/value",
            "16 m cannot be: is it the right unit?"},
           {SPEC("\"sram\": {\"capacity\": " Q("@1e300", "GB") "}"), "/sram/capacity/value",
            "1e+300 GB cannot be: is it the right unit?"});
}

static void wrong_types_are_refused(void **state)
{
    (void)state;
    REFUSE(
        {SPEC("\"clock\": @5"), "/clock", "expected an object, found a number"},
        {SPEC("\"clock\": {\"value\": @\"1\", \"unit\": \"GHz\", \"claim\": \"vendor\", \"source\": \"s1\"}"),
         "/clock/value", "expected a number, found a string"},
        {SPEC("\"clock\": [@5]"), "/clock/0", "expected an object, found a number"},
        {SPEC("\"clock\": @[]"), "/clock", "an empty list; leave the key out if nothing is known"},
        {SPEC("\"sram\": @5"), "/sram", "expected an object, found a number"},
        {SPEC("\"peak\": @{}"), "/peak", "expected an array, found an object"},
        {SPEC("\"aliases\": @\"a\""), "/aliases", "expected an array, found a string"},
        {SPEC("\"aliases\": [@\"\"]"), "/aliases/0",
         "the string is empty; leave the key out if nothing is known"},
        {SPEC("@\"foundry\": \"TSMC\""), "/foundry", "unknown key \"foundry\""},
        {"@[]", "", "expected an object, found an array"}, {"@5", "", "expected an object, found a number"});
}

static void units_are_checked_by_their_field(void **state)
{
    (void)state;
    REFUSE({SPEC("\"clock\": "
                 "{\"value\": 1, \"unit\": @\"GB\", \"claim\": \"vendor\", \"source\": \"s1\"}"),
            "/clock/unit", "\"GB\" is a unit of bytes; frequency is expected here"},
           {SPEC("\"sram\": {\"capacity\": "
                 "{\"value\": 1, \"unit\": @\"TiPS\", \"claim\": \"vendor\", \"source\": \"s1\"}"
                 "}"),
            "/sram/capacity/unit", "unknown unit \"TiPS\"; expected bytes such as \"MB\""},
           {SPEC("\"clock\": @{\"value\": 1, \"claim\": \"vendor\", \"source\": \"s1\"}"), "/clock",
            "the key \"unit\" is missing"});
}

static void sources_must_be_there(void **state)
{
    (void)state;
    REFUSE(
        {SPEC("\"clock\": {\"value\": 1, \"unit\": \"GHz\", \"claim\": \"vendor\", \"source\": @\"s9\"}"),
         "/clock/source", "\"s9\" is not among the file's \"sources\""},
        {HEAD("chip") "\"sources\": [{\"id\": \"a\", \"title\": \"A\"}, @{\"id\": \"a\", \"title\": \"B\"}]}",
         "/sources/1", "the source \"a\" is there twice"},
        {HEAD("chip") "\"sources\": [@{\"title\": \"A\"}]}", "/sources/0", "the key \"id\" is missing"},
        {HEAD("chip") "\"sources\": [@{\"id\": \"a\"}]}", "/sources/0", "the key \"title\" is missing"});
}

static void the_head_must_be_whole(void **state)
{
    (void)state;
#define H_SCHEMA "\"schema\": \"chiproof/chip/1\", "
#define H_ID "\"id\": \"x\", "
#define H_NAME "\"name\": \"X\", "
#define H_VENDOR "\"vendor\": \"V\", "
#define H_LEVEL "\"level\": \"chip\""
    REFUSE({"@{" H_ID H_NAME H_VENDOR H_LEVEL "}", "", "the key \"schema\" is missing"},
           {"@{" H_SCHEMA H_NAME H_VENDOR H_LEVEL "}", "", "the key \"id\" is missing"},
           {"@{" H_SCHEMA H_ID H_VENDOR H_LEVEL "}", "", "the key \"name\" is missing"},
           {"@{" H_SCHEMA H_ID H_NAME H_LEVEL "}", "", "the key \"vendor\" is missing"},
           {"@{" H_SCHEMA H_ID H_NAME H_VENDOR "\"notes\": []}", "", "the key \"level\" is missing"},
           {"{\"schema\": @\"chiproof/chip/2\", " H_ID H_NAME H_VENDOR H_LEVEL "}", "/schema",
            "schema \"chiproof/chip/2\" is not \"chiproof/chip/1\""},
           {"{" H_SCHEMA "\"id\": @\"X Y\", " H_NAME H_VENDOR H_LEVEL "}", "/id",
            "an id is made of a-z, 0-9, '-' and '.', and begins with a letter or digit"},
           {"{" H_SCHEMA "\"id\": @\"../x\", " H_NAME H_VENDOR H_LEVEL "}", "/id",
            "an id is made of a-z, 0-9, '-' and '.', and begins with a letter or digit"});
}

static void words_of_the_format_are_checked(void **state)
{
    (void)state;
#define LEVEL(word) "{\"level\": @\"" word "\", " H_SCHEMA H_ID H_NAME "\"vendor\": \"V\"}"
    REFUSE(
        {LEVEL("chp"), "/level", "unknown level \"chp\"; did you mean \"chip\"?"},
        {LEVEL("boat"), "/level", "unknown level \"boat\"; expected one of chip, module, card, system, rack"},
        {SPEC("\"clock\": {\"value\": 1, \"unit\": \"GHz\", \"claim\": @\"vendr\", \"source\": \"s1\"}"),
         "/clock/claim", "unknown claim \"vendr\"; did you mean \"vendor\"?"},
        {SPEC("\"clock\": {\"value\": 1, \"unit\": \"GHz\", \"relation\": @\"atleast\", \"claim\": "
              "\"vendor\", \"source\": \"s1\"}"),
         "/clock/relation", "unknown relation \"atleast\"; did you mean \"at-least\"?"});
}

static void dates_are_checked(void **state)
{
    (void)state;
#define DATE(text) SPEC("\"announced\": {\"value\": \"" text "\", \"claim\": \"press\", \"source\": \"s1\"}")
    static const char *const bad[] = {DATE("soon"),    DATE("20"),         DATE("2020-13"),
                                      DATE("2020-00"), DATE("2020-05-32"), DATE("2020-Q5"),
                                      DATE("2020-H3"), DATE("1969"),       DATE("2100"),
                                      DATE("2020/05"), DATE("2020-5"),     DATE("2020-05-1")};
    static const char *const good[] = {DATE("2020"), DATE("2020-09"), DATE("2020-09-15"), DATE("2020-H2"),
                                       DATE("2020-Q3")};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        roof_chip *chip = NULL;
        roof_error error = {0};
        assert_int_equal(roof_chip_parse(bad[i], strlen(bad[i]), "x.json", NULL, &chip, &error),
                         ROOF_INVALID);
        assert_contains(error.message, "is no date; expected \"2020\"");
        assert_string_equal(error.path, "/announced/value");
    }
    for (size_t i = 0; i < sizeof good / sizeof *good; i++) roof_chip_free(chip_of(good[i]));
}

static void peaks_need_precision_and_sparsity(void **state)
{
    (void)state;
#define ONE_PEAK(rest) \
    SPEC("\"peak\": [" rest \
         ", \"value\": 26, \"unit\": \"TOPS\", \"claim\": \"vendor\", \"source\": \"s1\"}]")
    REFUSE({ONE_PEAK("@{\"sparsity\": \"dense\""), "/peak/0", "the key \"precision\" is missing"},
           {ONE_PEAK("@{\"precision\": \"int8\""), "/peak/0", "the key \"sparsity\" is missing"},
           {ONE_PEAK("{\"precision\": @\"int9\", \"sparsity\": \"dense\""), "/peak/0/precision",
            "unknown precision \"int9\"; did you mean int8, int4 or int2?"},
           {ONE_PEAK("{\"precision\": \"int8\", \"sparsity\": @\"dens\""), "/peak/0/sparsity",
            "unknown sparsity \"dens\"; did you mean \"dense\" or \"assumed-dense\"?"},
           {ONE_PEAK("{\"precision\": \"int8\", \"sparsity\": @{\"ratio\": 2}"), "/peak/0/sparsity",
            "the key \"kind\" is missing"},
           {ONE_PEAK("{\"precision\": \"int8\", \"sparsity\": {\"kind\": \"2:4\", \"ratio\": @0.5}"),
            "/peak/0/sparsity/ratio", "a ratio of 0.5: expected the dense ops per op done, above 1"},
           {SPEC("\"peak\": [{\"value\": 26, \"unit\": @\"W\", \"precision\": \"int8\", \"sparsity\": "
                 "\"dense\", \"claim\": \"vendor\", \"source\": \"s1\"}]"),
            "/peak/0/unit", "\"W\" is a unit of power; operations per second is expected here"});
}

static void what_contains_what_is_checked(void **state)
{
    (void)state;
    REFUSE({SPEC("@\"contains\": {\"chip\": \"y\", \"count\": 4}"), "/contains",
            "a chip contains no chips: is it a card, a module or a system?"},
           {CARD("\"contains\": @{\"chip\": \"y\"}"), "/contains", "the key \"count\" is missing"},
           {CARD("\"contains\": {\"chip\": \"y\", \"count\": @0}"), "/contains/count",
            "expected a whole number from 1 to 10000000, found 0"},
           {CARD("\"contains\": {\"chip\": \"y\", \"count\": @1.5}"), "/contains/count",
            "expected a whole number from 1 to 10000000, found 1.5"},
           {CARD("\"contains\": {\"chip\": @\"Y Z\", \"count\": 1}"), "/contains/chip", "\"Y Z\" is no id"});
}

static void all_faults_are_reported_in_one_run(void **state)
{
    (void)state;
    static const char text[] = HEAD("chip") "\"sram\": {\"capcity\": 1},\n\"clock\": " Q(
        "-1", "GHz") ",\n"
                     "\"announced\": {\"value\": \"soon\", \"claim\": \"press\", \"source\": "
                     "\"s1\"},\n" SOURCES "}";
    roof_report report = ROOF_REPORT_EMPTY;
    roof_chip *chip = NULL;
    assert_int_equal(roof_chip_parse(text, strlen(text), "x.json", &report, &chip, NULL), ROOF_INVALID);
    assert_int_equal(report.errors, 3);
    int lines = 0;
    for (size_t i = 0; i < report.length; i++) lines += 1 << report.items[i].line;
    assert_int_equal(lines, 1 << 2 | 1 << 3 | 1 << 4);
    roof_report_clear(&report);
}

static void every_shipped_spec_is_read_without_error(void **state)
{
    (void)state;
    size_t count = 0;
    DIR *folder = opendir("specs");
    if (!folder) skip(); /* not run from the tree */
    for (const struct dirent *each; (each = readdir(folder));) {
        char path[300];
        roof_chip *chip = NULL;
        roof_error error = {0};
        if (!strstr(each->d_name, ".json")) continue;
        snprintf(path, sizeof path, "specs/%s", each->d_name);
        if (roof_chip_load(path, NULL, &chip, &error) != ROOF_OK)
            print_error("%s:%d:%d: %s: %s\n", path, error.line, error.column, error.path, error.message);
        assert_non_null(chip);
        roof_chip_free(chip);
        count++;
    }
    closedir(folder);
    assert_true(count > 10);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_spec_becomes_a_chip_in_si_units),
        cmocka_unit_test(what_the_file_does_not_say_stays_missing),
        cmocka_unit_test(disagreeing_values_are_kept_in_order),
        cmocka_unit_test(a_link_counted_both_ways_is_halved),
        cmocka_unit_test(values_of_another_scope_are_kept_but_not_used),
        cmocka_unit_test(dense_sparse_and_unstated_peaks_are_kept_apart),
        cmocka_unit_test(none_makes_the_fields_of_its_group_meaningless),
        cmocka_unit_test(statements_are_kept_with_or_without_a_number),
        cmocka_unit_test(statements_may_say_what_they_are_of),
        cmocka_unit_test(counts_may_leave_their_unit_out),
        cmocka_unit_test(a_file_without_sources_is_read_with_a_doubt),
        cmocka_unit_test(a_value_without_claim_is_unverified_and_doubtful),
        cmocka_unit_test(a_file_named_otherwise_is_noted),
        cmocka_unit_test(unknown_keys_are_found_where_they_stand),
        cmocka_unit_test(values_that_no_sheet_can_hold_are_refused),
        cmocka_unit_test(wrong_types_are_refused),
        cmocka_unit_test(units_are_checked_by_their_field),
        cmocka_unit_test(sources_must_be_there),
        cmocka_unit_test(the_head_must_be_whole),
        cmocka_unit_test(words_of_the_format_are_checked),
        cmocka_unit_test(dates_are_checked),
        cmocka_unit_test(peaks_need_precision_and_sparsity),
        cmocka_unit_test(what_contains_what_is_checked),
        cmocka_unit_test(all_faults_are_reported_in_one_run),
        cmocka_unit_test(every_shipped_spec_is_read_without_error),
    };
    return RUN_TESTS(tests);
}
