#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/chip.h"
#include "out/value_text.h"

/* "Hailo, 2020-10" or "2 x 52 MiB of metis". */
static void origin_text(const roof_value *value, roof_buffer *out)
{
    if (value->claim == ROOF_CLAIM_DERIVED && value->note) {
        roof_buffer_append(out, value->note);
        return;
    }
    if (!value->source) return;
    roof_buffer_append(out, value->source->publisher ? value->source->publisher : value->source->title);
    if (value->source->date) roof_buffer_printf(out, ", %s", value->source->date);
    roof_buffer_printf(out, " [%s]", value->source->id);
}

/* What qualifies the value: scope, condition, note. */
static void remark_text(const roof_chip *chip, const roof_value *value, roof_buffer *out)
{
    if (value->scope != chip->level)
        roof_buffer_printf(out, "said of the %s; ", roof_level_name(value->scope));
    if (value->qualifier) roof_buffer_printf(out, "%s; ", value->qualifier);
    if (value->note && value->claim != ROOF_CLAIM_DERIVED) roof_buffer_printf(out, "%s; ", value->note);
    if (out->length >= 2 && !out->failed) out->data[out->length -= 2] = '\0';
}

static void value_row(const roof_chip *chip, const char *label, const roof_value *value,
                      roof_dimension dimension, roof_page *page)
{
    roof_buffer shown = ROOF_BUFFER_EMPTY, origin = ROOF_BUFFER_EMPTY, remark = ROOF_BUFFER_EMPTY;
    out_value(&shown, value, dimension);
    origin_text(value, &origin);
    remark_text(chip, value, &remark);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", label);
    roof_page_cell(page, value->claim == ROOF_CLAIM_UNVERIFIED ? ROOF_DOUBTFUL : ROOF_PLAIN, "%s",
                   roof_buffer_text(&shown));
    roof_page_cell(page, ROOF_PLAIN, "%c", roof_claim_letter(value->claim));
    roof_page_cell(page, ROOF_FAINT, "%s%s%s", roof_buffer_text(&origin),
                   origin.length && remark.length ? ": " : "", roof_buffer_text(&remark));
    roof_buffer_free(&shown);
    roof_buffer_free(&origin);
    roof_buffer_free(&remark);
}

static void field_rows(const roof_chip *chip, roof_field_id id, roof_page *page)
{
    const roof_values *values = &chip->fields[id];
    const roof_field_info *field = roof_field(id);
    char label[64];
    for (size_t i = 0; i < values->count; i++) {
        bool disagree = i == 0 && roof_values_disagree(values);
        snprintf(label, sizeof label, "  %s%s", i ? "" : field->label, disagree ? " ≠" : "");
        value_row(chip, label, &values->items[i], field->dimension, page);
    }
}

static void peak_label(const roof_chip *chip, size_t index, char *label, size_t size)
{
    const roof_peak *peak = &chip->peaks[index];
    const char *name = roof_precision_name(peak->precision);
    const char *mark = roof_chip_peak_disagrees(chip, peak) ? " ≠" : "";
    switch (peak->sparsity) {
    case ROOF_PEAK_DENSE: snprintf(label, size, "  peak %s dense%s", name, mark); break;
    case ROOF_PEAK_ASSUMED_DENSE: snprintf(label, size, "  peak %s (dense?)%s", name, mark); break;
    case ROOF_PEAK_UNSTATED: snprintf(label, size, "  peak %s", name); break;
    case ROOF_PEAK_SPARSE:
        if (peak->sparsity_ratio > 0)
            snprintf(label, size, "  peak %s sparse %s %gx%s", name, peak->sparsity_kind,
                     peak->sparsity_ratio, mark);
        else snprintf(label, size, "  peak %s sparse %s%s", name, peak->sparsity_kind, mark);
        break;
    }
}

static void begin_values(roof_page *page)
{
    static const char *const headers[] = {"  field", "value", "", "source: remarks"};
    roof_page_grid(page);
    for (size_t i = 0; i < 4; i++) roof_page_column(page, headers[i], i == 3 ? ROOF_WRAPPED : ROOF_LEFT);
}

/* Long words stand as text, not in the table. */
static bool is_prose(const roof_chip *chip, roof_field_id id)
{
    enum { FITS = 28 };
    const roof_values *values = &chip->fields[id];
    for (size_t i = 0; i < values->count; i++)
        if (values->items[i].text && strlen(values->items[i].text) > FITS) return true;
    return false;
}

static void prose_lines(const roof_chip *chip, roof_field_id id, roof_page *page)
{
    for (size_t i = 0; i < chip->fields[id].count; i++) {
        const roof_value *value = &chip->fields[id].items[i];
        roof_page_text(page, ROOF_PLAIN, "  %s: %s (%c%s%s)", roof_field(id)->label, value->text,
                       roof_claim_letter(value->claim), value->source ? ", " : "",
                       value->source ? value->source->id : "");
    }
}

static void statement_lines(const roof_chip *chip, roof_page *page)
{
    if (chip->statement_count == 0) return;
    roof_page_text(page, ROOF_HEADING, "Claimed, kept to be checked");
    for (size_t i = 0; i < chip->statement_count; i++) {
        const roof_statement *statement = &chip->statements[i];
        const roof_value *value = &statement->value;
        roof_buffer text = ROOF_BUFFER_EMPTY;
        if (!isnan(value->si)) {
            out_value(&text, value, statement->dimension);
            roof_buffer_append(&text, ": ");
        }
        roof_buffer_append(&text, statement->text);
        if (value->qualifier) roof_buffer_printf(&text, " (%s)", value->qualifier);
        roof_buffer_printf(&text, " [%s%s%s]", roof_claim_name(value->claim), value->source ? ", " : "",
                           value->source ? value->source->id : "");
        if (value->note) roof_buffer_printf(&text, " %s", value->note);
        roof_page_text(page, ROOF_PLAIN, "  %s", roof_buffer_text(&text));
        roof_buffer_free(&text);
    }
}

static void missing_line(const roof_chip *chip, roof_page *page)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    if (roof_chip_default_precision(chip) == ROOF_PRECISION_COUNT) roof_buffer_append(&list, "dense peak");
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_field_info *field = roof_field((roof_field_id)i);
        bool asked = field->kind == ROOF_KIND_QUANTITY && field->better != ROOF_BETTER_NONE;
        bool cache = i >= ROOF_FIELD_L2_CAPACITY && i <= ROOF_FIELD_L3_BANDWIDTH; /* many chips have none */
        if (!asked || cache || !roof_chip_field_applies(chip, (roof_field_id)i)) continue;
        if (!roof_chip_value(chip, (roof_field_id)i))
            roof_buffer_printf(&list, "%s%s", list.length ? ", " : "", field->label);
    }
    if (list.length) {
        roof_page_text(page, ROOF_HEADING, "Not published");
        roof_page_text(page, ROOF_PLAIN, "  %s", roof_buffer_text(&list));
    }
    roof_buffer_free(&list);
}

static void source_lines(const roof_chip *chip, roof_page *page)
{
    if (chip->source_count == 0) return;
    roof_page_text(page, ROOF_HEADING, "Sources");
    for (size_t i = 0; i < chip->source_count; i++) {
        const roof_source *source = &chip->sources[i];
        roof_page_text(page, ROOF_FAINT, "  [%s] %s%s%s%s%s%s%s", source->id, source->title,
                       source->publisher ? ", " : "", source->publisher ? source->publisher : "",
                       source->date ? ", " : "", source->date ? source->date : "", source->url ? ", " : "",
                       source->url ? source->url : "");
    }
}

static void head_lines(const roof_chip *chip, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_page_text(page, ROOF_HEADING, "%s (%s)", chip->name, chip->id);
    roof_buffer_printf(&text, "%s of %s", roof_level_name(chip->level), chip->vendor);
    if (chip->contains) roof_buffer_printf(&text, ", contains %g x %s", chip->contains_count, chip->contains);
    if (chip->chip_class) roof_buffer_printf(&text, ", class %s", chip->chip_class);
    if (chip->segment) roof_buffer_printf(&text, ", %s", chip->segment);
    roof_page_text(page, ROOF_PLAIN, "  %s", roof_buffer_text(&text));
    roof_buffer_reset(&text);
    for (size_t i = 0; i < chip->alias_count; i++)
        roof_buffer_printf(&text, "%s%s", i ? ", " : "", chip->aliases[i]);
    if (text.length) roof_page_text(page, ROOF_PLAIN, "  also called: %s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

void roof_chip_page(const roof_chip *chip, const roof_report *findings, roof_page *page)
{
    char label[96];
    head_lines(chip, page);
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (is_prose(chip, (roof_field_id)i)) prose_lines(chip, (roof_field_id)i, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    begin_values(page);
    for (size_t i = 0; i < chip->peak_count; i++) {
        peak_label(chip, i, label, sizeof label);
        value_row(chip, label, &chip->peaks[i].value, ROOF_DIM_OPS_PER_SECOND, page);
    }
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (!is_prose(chip, (roof_field_id)i)) field_rows(chip, (roof_field_id)i, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    statement_lines(chip, page);
    if (chip->note_count) roof_page_text(page, ROOF_HEADING, "Notes");
    for (size_t i = 0; i < chip->note_count; i++) roof_page_text(page, ROOF_PLAIN, "  %s", chip->notes[i]);
    missing_line(chip, page);
    if (findings && findings->length) roof_page_text(page, ROOF_HEADING, "Checks");
    for (size_t i = 0; findings && i < findings->length; i++)
        roof_page_text(page, ROOF_DOUBTFUL, "  %s: %s", roof_grade_name(findings->items[i].grade),
                       findings->items[i].message);
    source_lines(chip, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(
        page, ROOF_FAINT,
        "m measured  v vendor  p paper  r press  e estimate  d derived  ? unverified  ≠ sources disagree");
}
