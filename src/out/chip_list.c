#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/chip.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* The quantities of the list, after the peak. */
static const roof_field_id columns[] = {ROOF_FIELD_SRAM_CAPACITY, ROOF_FIELD_DRAM_BANDWIDTH, ROOF_FIELD_TDP,
                                        ROOF_FIELD_NODE};
enum { COLUMNS = sizeof columns / sizeof *columns };

static const roof_peak *listed_peak(const roof_chip *chip)
{
    roof_precision precision = roof_chip_default_precision(chip);
    return precision == ROOF_PRECISION_COUNT ? NULL : roof_chip_dense_peak(chip, precision);
}

/* The year it was announced, or produced. */
static const char *year_of(const roof_chip *chip)
{
    const char *date = roof_chip_text(chip, ROOF_FIELD_ANNOUNCED);
    return date ? date : roof_chip_text(chip, ROOF_FIELD_PRODUCTION);
}

void roof_chip_list_begin(roof_page *page, bool for_people)
{
    static const char *const shown[] = {
        "id", "vendor", "level", "dense peak", "", "on-chip", "external bandwidth", "TDP", "node", "year"};
    static const char *const tidy[] = {"id",
                                       "name",
                                       "vendor",
                                       "level",
                                       "class",
                                       "precision",
                                       "peak_dense_ops_per_s",
                                       "sram_bytes",
                                       "dram_bytes_per_s",
                                       "tdp_w",
                                       "node_m",
                                       "year"};
    roof_page_grid(page);
    if (for_people)
        for (size_t i = 0; i < sizeof shown / sizeof *shown; i++)
            roof_page_column(page, shown[i], i == 3 || (i >= 5 && i <= 8) ? ROOF_RIGHT : ROOF_LEFT);
    else
        for (size_t i = 0; i < sizeof tidy / sizeof *tidy; i++) roof_page_column(page, tidy[i], ROOF_LEFT);
}

static void shown_cell(const roof_value *value, roof_dimension dimension, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (value) {
        out_value(&text, value, dimension);
        if (value->claim == ROOF_CLAIM_UNVERIFIED) roof_buffer_append(&text, " ?");
    } else {
        roof_buffer_append_char(&text, '-');
    }
    roof_page_cell(page, value && value->claim == ROOF_CLAIM_UNVERIFIED ? ROOF_DOUBTFUL : ROOF_PLAIN, "%s",
                   roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void people_row(const roof_chip *chip, roof_page *page)
{
    const roof_peak *peak = listed_peak(chip);
    const char *date = year_of(chip);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->vendor);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(chip->level));
    shown_cell(peak ? &peak->value : NULL, ROOF_DIM_OPS_PER_SECOND, page);
    roof_page_cell(page, ROOF_PLAIN, "%s", peak ? roof_precision_name(peak->precision) : "");
    for (size_t i = 0; i < COLUMNS; i++) {
        if (roof_chip_field_applies(chip, columns[i]))
            shown_cell(roof_chip_value(chip, columns[i]), roof_field(columns[i])->dimension, page);
        else roof_page_cell(page, ROOF_FAINT, "none");
    }
    roof_page_cell(page, ROOF_PLAIN, "%.4s", date ? date : "-");
}

static void tidy_row(const roof_chip *chip, roof_page *page)
{
    const roof_peak *peak = listed_peak(chip);
    const char *date = year_of(chip);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->name);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->vendor);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(chip->level));
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->chip_class ? chip->chip_class : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", peak ? roof_precision_name(peak->precision) : "");
    if (peak) out_number_cell(page, peak->value.si);
    else roof_page_cell(page, ROOF_PLAIN, "%s", "");
    for (size_t i = 0; i < COLUMNS; i++) {
        const roof_value *value =
            roof_chip_field_applies(chip, columns[i]) ? roof_chip_value(chip, columns[i]) : NULL;
        if (value) out_number_cell(page, value->si);
        else roof_page_cell(page, ROOF_PLAIN, "%s", "");
    }
    roof_page_cell(page, ROOF_PLAIN, "%.4s", date ? date : "");
}

void roof_chip_list_row(const roof_chip *chip, roof_page *page, bool for_people)
{
    roof_page_row(page);
    if (for_people) people_row(chip, page);
    else tidy_row(chip, page);
}

void roof_chip_list_json(const roof_chip *chip, roof_json_writer *writer)
{
    const roof_peak *peak = listed_peak(chip);
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "id", chip->id);
    roof_json_put_string(writer, "name", chip->name);
    roof_json_put_string(writer, "vendor", chip->vendor);
    roof_json_put_string(writer, "level", roof_level_name(chip->level));
    roof_json_put_string(writer, "class", chip->chip_class);
    roof_json_put_string(writer, "precision", peak ? roof_precision_name(peak->precision) : NULL);
    out_value_json(writer, "peak_dense", peak ? &peak->value : NULL);
    for (size_t i = 0; i < COLUMNS; i++)
        out_value_json(writer, roof_field(columns[i])->name,
                       roof_chip_field_applies(chip, columns[i]) ? roof_chip_value(chip, columns[i]) : NULL);
    roof_json_put_string(writer, "date", year_of(chip));
    roof_json_close(writer);
}
