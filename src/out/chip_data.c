/* Chips for machines: JSON and tidy CSV rows. */
#include <math.h>
#include <stdio.h>

#include "chiproof/out/chip.h"
#include "out/run_text.h"
#include "out/value_text.h"

static const char *sparsity_name(const roof_peak *peak)
{
    switch (peak->sparsity) {
    case ROOF_PEAK_DENSE: return "dense";
    case ROOF_PEAK_ASSUMED_DENSE: return "assumed-dense";
    case ROOF_PEAK_UNSTATED: return "unstated";
    case ROOF_PEAK_SPARSE: break;
    }
    return "sparse";
}

static void put_head(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_put_string(writer, "id", chip->id);
    roof_json_put_string(writer, "name", chip->name);
    roof_json_put_string(writer, "vendor", chip->vendor);
    roof_json_put_string(writer, "level", roof_level_name(chip->level));
    roof_json_put_string(writer, "class", chip->chip_class);
    roof_json_put_string(writer, "segment", chip->segment);
    if (!chip->contains) return;
    roof_json_open_object(writer, "contains");
    roof_json_put_string(writer, "chip", chip->contains);
    roof_json_put_number(writer, "count", chip->contains_count);
    roof_json_close(writer);
}

static void put_strings(roof_json_writer *writer, const char *key, const char *const *strings, size_t count)
{
    roof_json_open_array(writer, key);
    for (size_t i = 0; i < count; i++) roof_json_put_string(writer, NULL, strings[i]);
    roof_json_close(writer);
}

static void put_peaks(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_open_array(writer, "peak");
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *peak = &chip->peaks[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "precision", roof_precision_name(peak->precision));
        roof_json_put_string(writer, "sparsity", sparsity_name(peak));
        if (peak->sparsity == ROOF_PEAK_SPARSE) {
            roof_json_put_string(writer, "sparsity_kind", peak->sparsity_kind);
            if (peak->sparsity_ratio > 0)
                roof_json_put_number(writer, "sparsity_ratio", peak->sparsity_ratio);
        }
        out_value_members(writer, &peak->value);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_fields(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_open_array(writer, "values");
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        for (size_t k = 0; k < chip->fields[i].count; k++) {
            roof_json_open_object(writer, NULL);
            roof_json_put_string(writer, "field", roof_field((roof_field_id)i)->name);
            out_value_members(writer, &chip->fields[i].items[k]);
            roof_json_close(writer);
        }
    }
    roof_json_close(writer);
    roof_json_open_array(writer, "missing");
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (roof_chip_field_applies(chip, (roof_field_id)i) && !roof_chip_value(chip, (roof_field_id)i))
            roof_json_put_string(writer, NULL, roof_field((roof_field_id)i)->name);
    roof_json_close(writer);
    roof_json_open_array(writer, "disagreeing");
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (roof_values_disagree(&chip->fields[i]))
            roof_json_put_string(writer, NULL, roof_field((roof_field_id)i)->name);
    roof_json_close(writer);
}

static void put_statements(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_open_array(writer, "statements");
    for (size_t i = 0; i < chip->statement_count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "text", chip->statements[i].text);
        out_value_members(writer, &chip->statements[i].value);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_sources(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_open_array(writer, "sources");
    for (size_t i = 0; i < chip->source_count; i++) {
        const roof_source *source = &chip->sources[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "id", source->id);
        roof_json_put_string(writer, "title", source->title);
        roof_json_put_string(writer, "publisher", source->publisher);
        roof_json_put_string(writer, "date", source->date);
        roof_json_put_string(writer, "url", source->url);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_chip_json(const roof_chip *chip, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/show-chip/1");
    put_head(chip, writer);
    put_strings(writer, "aliases", chip->aliases, chip->alias_count);
    put_peaks(chip, writer);
    put_fields(chip, writer);
    put_statements(chip, writer);
    put_strings(writer, "notes", chip->notes, chip->note_count);
    put_sources(chip, writer);
}

static void grid_row(const roof_chip *chip, const char *field, const roof_value *value, roof_page *page)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", field);
    if (value->text) roof_page_cell(page, ROOF_PLAIN, "%s", value->text);
    else roof_page_cell(page, ROOF_PLAIN, "%.15g", value->given);
    roof_page_cell(page, ROOF_PLAIN, "%s", value->unit ? value->unit : "");
    out_number_cell(page, value->text ? NAN : value->si);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_relation_name(value->relation));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(value->scope));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_claim_name(value->claim));
    roof_page_cell(page, ROOF_PLAIN, "%s", value->source ? value->source->id : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", value->qualifier ? value->qualifier : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", value->note ? value->note : "");
}

void roof_chip_grid(const roof_chip *chip, roof_page *page)
{
    static const char *const headers[] = {"chip",  "field", "value",  "unit",      "si",  "relation",
                                          "scope", "claim", "source", "qualifier", "note"};
    char field[96];
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *peak = &chip->peaks[i];
        snprintf(field, sizeof field, "peak.%s.%s", roof_precision_name(peak->precision),
                 sparsity_name(peak));
        grid_row(chip, field, &peak->value, page);
    }
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        for (size_t k = 0; k < chip->fields[i].count; k++)
            grid_row(chip, roof_field((roof_field_id)i)->name, &chip->fields[i].items[k], page);
}
