#include <math.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/compare.h"
#include "out/compare_view.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* Fields that `show` has room for and one screen has not. */
static bool on_one_screen(const roof_spec_row *row)
{
    static const char *const left_out[] = {
        "architecture",    "announced",   "production",      "formats",
        "host.generation", "host.lanes",  "dram.bus_width",  "dram.data_rate",
        "weight_reload",   "form_factor", "temperature",     "macs_per_cycle",
        "cores",           "max_chips",   "process.foundry", "sparsity.kind"};
    for (size_t i = 0; i < sizeof left_out / sizeof *left_out; i++)
        if (strcmp(row->field, left_out[i]) == 0) return false;
    return true;
}

void out_ratio(roof_buffer *out, double ratio)
{
    if (isnan(ratio)) return;
    if (fabs(ratio - 1) < 0.005) roof_buffer_append(out, "=");
    else {
        roof_text_number(out, ratio);
        roof_buffer_append(out, " x");
    }
}

/* Appends at most `limit` characters, and "..." if there are more. */
static void append_short(roof_buffer *out, const char *text, size_t limit)
{
    size_t count = 0, at = 0, length = strlen(text);
    while (at < length && count < limit) {
        size_t step = roof_utf8_sequence(text + at, length - at, NULL);
        at += step ? step : 1;
        count++;
    }
    roof_buffer_append_bytes(out, text, at);
    if (at < length) roof_buffer_append(out, "...");
}

static size_t source_count(const roof_comparison *c, const roof_spec_row *row, size_t chip)
{
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (strcmp(roof_field((roof_field_id)i)->name, row->field) == 0)
            return c->chips[chip]->fields[i].count;
    return 2; /* a peak: at least its own and the other one */
}

/* A published figure put on the comparison's basis: "6.50 TOPS/W d". */
static void scaled_value(roof_buffer *out, const roof_comparison *c, const roof_spec_row *row, size_t chip)
{
    roof_buffer_append(out, roof_relation_sign(row->values[chip]->relation));
    roof_unit_format(out, row->si[chip], row->dimension);
    if (c->basis == ROOF_BASIS_WATT) roof_buffer_append(out, "/W");
    roof_buffer_printf(out, " %c", roof_claim_letter(row->values[chip]->claim));
}

static void value_cell(const roof_comparison *c, const roof_spec_row *row, size_t chip, roof_page *page)
{
    const size_t text_width = c->chip_count > 2 ? 14 : 18;
    const roof_value *value = row->values[chip];
    roof_buffer text = ROOF_BUFFER_EMPTY, shown = ROOF_BUFFER_EMPTY;
    bool better = row->better == (int)chip;
    if (!row->applies[chip]) {
        roof_page_cell(page, ROOF_FAINT, "none");
        return;
    }
    if (!value) {
        roof_page_cell(page, ROOF_FAINT, "-");
        return;
    }
    if (value->text) {
        append_short(&shown, value->text, text_width);
        roof_buffer_printf(&text, "%s %c%s", roof_buffer_text(&shown), roof_claim_letter(value->claim),
                           row->disagree[chip] ? " ≠" : "");
    } else {
        if (row->scaled && c->divisor[chip] != 1) scaled_value(&text, c, row, chip);
        else out_value_marked(&text, value, row->dimension, row->disagree[chip], source_count(c, row, chip));
    }
    roof_emphasis emphasis = better                                  ? ROOF_BETTER
                             : value->claim == ROOF_CLAIM_UNVERIFIED ? ROOF_DOUBTFUL
                                                                     : ROOF_PLAIN;
    roof_page_cell(page, emphasis, "%s%s", roof_buffer_text(&text), better ? " <" : "");
    roof_buffer_free(&shown);
    roof_buffer_free(&text);
}

/* The name, or the id where that is shorter than a long name. */
static const char *head_name(const roof_comparison *c, size_t chip)
{
    enum { LONG = 18 };
    const roof_chip *it = c->chips[chip];
    return c->chip_count > 2 || strlen(it->name) > LONG ? it->id : it->name;
}

void out_compare_head(const roof_comparison *c, roof_page *page, const char *first, roof_cell_align align)
{
    roof_page_grid(page);
    roof_page_column(page, first, ROOF_LEFT);
    for (size_t i = 0; i < c->chip_count; i++) roof_page_column(page, head_name(c, i), align);
}

/* On which basis the figures stand, if not each as it is. */
static void basis_line(const roof_comparison *c, roof_page *page)
{
    if (c->basis == ROOF_BASIS_WATT)
        roof_page_text(page, ROOF_HEADING, "Peaks and bounds per watt of %s",
                       roof_field(c->power_field)->label);
    else if (c->basis != ROOF_BASIS_WHOLE)
        roof_page_text(page, ROOF_HEADING, "Figures per %s", roof_basis_name(c->basis));
    for (size_t i = 0; c->basis != ROOF_BASIS_WHOLE && i < c->chip_count; i++)
        roof_page_text(page, ROOF_PLAIN, "  %s divided by %.6g%s", c->chips[i]->id, c->divisor[i],
                       c->basis == ROOF_BASIS_WATT ? " W" : "");
}

static void spec_section(const roof_comparison *c, roof_page *page)
{
    basis_line(c, page);
    out_compare_head(c, page, "", ROOF_LEFT);
    if (c->chip_count == 2) {
        roof_buffer title = ROOF_BUFFER_EMPTY;
        roof_buffer_printf(&title, "%s : %s", c->chips[1]->id, c->chips[0]->id);
        roof_page_column(page, roof_buffer_text(&title), ROOF_LEFT);
        roof_buffer_free(&title);
    }
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "level");
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_chip *chip = c->chips[i];
        if (chip->contains)
            roof_page_cell(page, ROOF_PLAIN, "%s of %g %s", roof_level_name(chip->level),
                           chip->contains_count, chip->contains);
        else roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(chip->level));
    }
    for (size_t i = 0; i < c->row_count; i++) {
        const roof_spec_row *row = &c->rows[i];
        if (!on_one_screen(row)) continue;
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", row->label);
        for (size_t k = 0; k < c->chip_count; k++) value_cell(c, row, k, page);
        if (c->chip_count != 2) continue;
        roof_buffer ratio = ROOF_BUFFER_EMPTY;
        out_ratio(&ratio, row->ratio);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&ratio));
        roof_buffer_free(&ratio);
    }
}

/* What matters for a prediction and is not published, chip by chip. */
static void missing_section(const roof_comparison *c, roof_page *page)
{
    static const roof_field_id wanted[] = {
        ROOF_FIELD_SRAM_CAPACITY,  ROOF_FIELD_SRAM_BANDWIDTH, ROOF_FIELD_DRAM_CAPACITY,
        ROOF_FIELD_DRAM_BANDWIDTH, ROOF_FIELD_HOST_BANDWIDTH, ROOF_FIELD_TDP,
        ROOF_FIELD_TYPICAL_POWER,  ROOF_FIELD_CLOCK,          ROOF_FIELD_NODE,
        ROOF_FIELD_DIE_AREA,       ROOF_FIELD_PRICE};
    for (size_t i = 0; i < c->chip_count; i++) {
        roof_buffer list = ROOF_BUFFER_EMPTY;
        for (size_t k = 0; k < sizeof wanted / sizeof *wanted; k++) {
            if (!roof_chip_field_applies(c->chips[i], wanted[k]) || roof_chip_value(c->chips[i], wanted[k]))
                continue;
            roof_buffer_printf(&list, "%s%s", list.length ? ", " : "", roof_field(wanted[k])->label);
        }
        if (list.length)
            roof_page_text(page, ROOF_FAINT, "Not published of %s: %s.", c->chips[i]->name,
                           roof_buffer_text(&list));
        roof_buffer_free(&list);
    }
}

/* ---- runs ---- */

bool out_one_precision(const roof_comparison *c)
{
    const roof_prediction *first = &c->races[0].predictions[0];
    for (size_t i = 0; i < c->race_count; i++)
        for (size_t k = 0; k < c->chip_count; k++)
            if (c->races[i].predictions[k].request.precision != first->request.precision) return false;
    return first->request.precision != ROOF_PRECISION_COUNT;
}

static void bound_cell(const roof_prediction *p, double throughput, bool faster, bool show_precision,
                       roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (p->refusal.code != ROOF_OK) {
        out_refusal_short(p, &text);
        roof_page_cell(page, ROOF_FAINT, "%s", roof_buffer_text(&text));
    } else {
        roof_text_number(&text, throughput);
        if (roof_workload_is_llm(p->workload)) roof_buffer_append(&text, " tok");
        if (show_precision) roof_buffer_printf(&text, " %s", roof_precision_name(p->request.precision));
        roof_page_cell(page, faster ? ROOF_BETTER : ROOF_PLAIN, "%s%s", roof_buffer_text(&text),
                       faster ? " <" : "");
    }
    roof_buffer_free(&text);
}

/* Two chips: by how much the one that is marked is ahead. */
static void verdict_cell(const roof_race *race, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (race->faster >= 0) out_ratio(&text, race->faster == 1 ? race->ratio : 1 / race->ratio);
    else if (!isnan(race->ratio)) roof_buffer_append_char(&text, '=');
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

const char *out_limiter(const roof_prediction *p)
{
    return p->refusal.code == ROOF_OK ? roof_ceiling_name(p->bound.limiter) : "-";
}

void out_limiter_cell(const roof_race *race, roof_page *page)
{
    const char *a = out_limiter(&race->predictions[0]), *b = out_limiter(&race->predictions[1]);
    if (strcmp(a, b) == 0) roof_page_cell(page, ROOF_PLAIN, "%s", a);
    else roof_page_cell(page, ROOF_PLAIN, "%s | %s", a, b);
}

void out_race_label(const roof_race *race, roof_page *page)
{
    roof_buffer label = ROOF_BUFFER_EMPTY;
    out_run_label(&race->predictions[0], &label);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&label));
    roof_buffer_free(&label);
}

void out_limiter_section(const roof_comparison *c, roof_page *page)
{
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    out_compare_head(c, page, "limited by", ROOF_LEFT);
    for (size_t i = 0; i < c->race_count; i++) {
        out_race_label(&c->races[i], page);
        for (size_t k = 0; k < c->chip_count; k++)
            roof_page_cell(page, ROOF_PLAIN, "%s", out_limiter(&c->races[i].predictions[k]));
    }
}

/* "Bounds, inferences or tokens a second, int8, batch 1". */
static void runs_line(const roof_comparison *c, bool same_precision, roof_page *page)
{
    const roof_request *request = &c->races[0].predictions[0].request;
    roof_page_text(page, ROOF_HEADING, "Bounds, inferences or tokens a second%s%s%s%s, batch %g",
                   c->basis ? " per " : "", c->basis ? roof_basis_name(c->basis) : "",
                   same_precision ? ", " : "", same_precision ? roof_precision_name(request->precision) : "",
                   request->batch);
}

static void race_section(const roof_comparison *c, roof_page *page)
{
    bool same = out_one_precision(c);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    runs_line(c, same, page);
    out_compare_head(c, page, "", ROOF_LEFT);
    if (c->chip_count == 2) {
        roof_page_column(page, "by", ROOF_LEFT);
        roof_page_column(page, "limited by", ROOF_LEFT);
    }
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        out_race_label(race, page);
        for (size_t k = 0; k < c->chip_count; k++)
            bound_cell(&race->predictions[k], race->throughput[k], race->faster == (int)k, !same, page);
        if (c->chip_count > 2) continue;
        verdict_cell(race, page);
        out_limiter_cell(race, page);
    }
    if (c->chip_count > 2) out_limiter_section(c, page);
}

/* ---- what to think of it ---- */

static void wins_line(const roof_comparison *c, roof_page *page)
{
    size_t wins[ROOF_COMPARED_LIMIT] = {0}, best = 0;
    for (size_t i = 0; i < c->race_count; i++)
        if (c->races[i].faster >= 0) wins[c->races[i].faster]++;
    for (size_t i = 1; i < c->chip_count; i++)
        if (wins[i] > wins[best]) best = i;
    if (wins[best] == 0) roof_page_text(page, ROOF_HEADING, "No bound is higher than the others.");
    else
        roof_page_text(page, ROOF_HEADING, "%s has the higher bound on %zu of %zu.", c->chips[best]->name,
                       wins[best], c->race_count);
}

static void turn_lines(const roof_comparison *c, roof_page *page)
{
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        if (isnan(race->turn_batch)) continue;
        roof_buffer label = ROOF_BUFFER_EMPTY;
        out_run_label(&race->predictions[0], &label);
        roof_page_text(page, ROOF_PLAIN,
                       "  It turns at batch %.0f for %s: from there on %s has the higher bound "
                       "(chiproof crossover %s %s --model %s).",
                       race->turn_batch, roof_buffer_text(&label), c->chips[1 - race->faster]->name,
                       c->chips[0]->id, c->chips[1]->id, roof_workload_id(race->workload));
        roof_buffer_free(&label);
    }
}

static void bound_sections(const roof_comparison *c, roof_page *page)
{
    if (c->race_count == 0) return;
    race_section(c, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    wins_line(c, page);
    turn_lines(c, page);
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}

void roof_comparison_page(const roof_comparison *c, roof_page *page)
{
    spec_section(c, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    missing_section(c, page);
    if (out_expects(c)) out_expected_sections(c, page);
    else bound_sections(c, page);
    out_warnings(NULL, &c->warnings, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_legend);
}
