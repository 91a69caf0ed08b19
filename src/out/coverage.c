#include "chiproof/out/coverage.h"

#include <string.h>

/* The columns: the dense peak, then fields that a comparison or a prediction uses. */
static const struct {
    const char *head;
    roof_field_id field; /* COUNT: the dense peak */
} columns[] = {
    {"peak", ROOF_FIELD_COUNT},
    {"sram", ROOF_FIELD_SRAM_CAPACITY},
    {"sram/s", ROOF_FIELD_SRAM_BANDWIDTH},
    {"dram", ROOF_FIELD_DRAM_CAPACITY},
    {"dram/s", ROOF_FIELD_DRAM_BANDWIDTH},
    {"host/s", ROOF_FIELD_HOST_BANDWIDTH},
    {"tdp", ROOF_FIELD_TDP},
    {"typ.W", ROOF_FIELD_TYPICAL_POWER},
    {"clock", ROOF_FIELD_CLOCK},
    {"node", ROOF_FIELD_NODE},
    {"trans", ROOF_FIELD_TRANSISTORS},
    {"die", ROOF_FIELD_DIE_AREA},
    {"sparse", ROOF_FIELD_SPARSITY_MAX_RATIO},
    {"price", ROOF_FIELD_PRICE},
    {"year", ROOF_FIELD_ANNOUNCED},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

typedef enum status { SOURCED, DERIVED, UNVERIFIED, MISSING, NOT_APPLICABLE, STATUSES } status;
static const char *const status_names[] = {"sourced", "derived", "unverified", "missing", "not applicable"};

static const char *column_name(size_t column)
{
    return columns[column].field == ROOF_FIELD_COUNT ? "peak.dense" : roof_field(columns[column].field)->name;
}

static const roof_value *value_at(const roof_chip *chip, size_t column)
{
    if (columns[column].field != ROOF_FIELD_COUNT) return roof_chip_value(chip, columns[column].field);
    roof_precision precision = roof_chip_default_precision(chip);
    return precision == ROOF_PRECISION_COUNT ? NULL : &roof_chip_dense_peak(chip, precision)->value;
}

static status status_at(const roof_chip *chip, size_t column)
{
    if (columns[column].field != ROOF_FIELD_COUNT && !roof_chip_field_applies(chip, columns[column].field))
        return NOT_APPLICABLE;
    const roof_value *value = value_at(chip, column);
    if (!value) return MISSING;
    return value->claim == ROOF_CLAIM_UNVERIFIED ? UNVERIFIED
           : value->claim == ROOF_CLAIM_DERIVED  ? DERIVED
                                                 : SOURCED;
}

static char letter_at(const roof_chip *chip, size_t column)
{
    switch (status_at(chip, column)) {
    case MISSING: return '-';
    case NOT_APPLICABLE: return '.';
    default: return roof_claim_letter(value_at(chip, column)->claim);
    }
}

static void count_all(const roof_chip *const *chips, size_t count, size_t totals[COLUMNS][STATUSES])
{
    memset(totals, 0, COLUMNS * sizeof *totals);
    for (size_t i = 0; i < count; i++)
        for (size_t k = 0; k < COLUMNS; k++) totals[k][status_at(chips[i], k)]++;
}

void roof_coverage_page(const roof_chip *const *chips, size_t count, roof_page *page)
{
    size_t totals[COLUMNS][STATUSES];
    count_all(chips, count, totals);
    roof_page_grid(page);
    roof_page_column(page, "id", ROOF_LEFT);
    for (size_t k = 0; k < COLUMNS; k++) roof_page_column(page, columns[k].head, ROOF_LEFT);
    for (size_t i = 0; i < count; i++) {
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", chips[i]->id);
        for (size_t k = 0; k < COLUMNS; k++) {
            status here = status_at(chips[i], k);
            roof_page_cell(page,
                           here == UNVERIFIED ? ROOF_DOUBTFUL
                           : here >= MISSING  ? ROOF_FAINT
                                              : ROOF_PLAIN,
                           "%c", letter_at(chips[i], k));
        }
    }
    for (int s = 0; s < STATUSES; s++) {
        roof_page_row(page);
        roof_page_cell(page, ROOF_HEADING, "%s", status_names[s]);
        for (size_t k = 0; k < COLUMNS; k++) roof_page_cell(page, ROOF_HEADING, "%zu", totals[k][s]);
    }
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT,
                   "m measured, v vendor, p paper, r press, e estimate, d derived, ? unverified, - missing, "
                   ". does not apply");
}

void roof_coverage_grid(const roof_chip *const *chips, size_t count, roof_page *page)
{
    static const char *const headers[] = {"chip", "field", "status", "claim"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < count; i++) {
        for (size_t k = 0; k < COLUMNS; k++) {
            const roof_value *value = value_at(chips[i], k);
            status here = status_at(chips[i], k);
            roof_page_row(page);
            roof_page_cell(page, ROOF_PLAIN, "%s", chips[i]->id);
            roof_page_cell(page, ROOF_PLAIN, "%s", column_name(k));
            roof_page_cell(page, ROOF_PLAIN, "%s", status_names[here]);
            roof_page_cell(page, ROOF_PLAIN, "%s",
                           value && here < MISSING ? roof_claim_name(value->claim) : "");
        }
    }
}

void roof_coverage_json(const roof_chip *const *chips, size_t count, roof_json_writer *writer)
{
    size_t totals[COLUMNS][STATUSES];
    count_all(chips, count, totals);
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "id", chips[i]->id);
        roof_json_open_object(writer, "fields");
        for (size_t k = 0; k < COLUMNS; k++)
            roof_json_put_string(writer, column_name(k), status_names[status_at(chips[i], k)]);
        roof_json_close(writer);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_open_object(writer, "totals");
    for (size_t k = 0; k < COLUMNS; k++) {
        roof_json_open_object(writer, column_name(k));
        for (int s = 0; s < STATUSES; s++)
            roof_json_put_number(writer, status_names[s], (double)totals[k][s]);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}
