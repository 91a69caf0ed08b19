#include <math.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/sensitivity.h"
#include "out/need_text.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

static void cell(roof_page *page, roof_emphasis emphasis, roof_buffer *text)
{
    roof_page_cell(page, emphasis, "%s", roof_buffer_text(text));
    roof_buffer_reset(text);
}

static const char *unit_of(const roof_prediction *run)
{
    return roof_workload_is_llm(run->workload) ? "tokens/s" : "inferences/s";
}

static const char *name_of(const roof_sensitivity *s, const roof_lean *row)
{
    return roof_variable_name(&s->run->machine, row->variable);
}

/* "26 TOPS v 2≠". */
static void value_text(const roof_sensitivity *s, const roof_lean *row, roof_buffer *text)
{
    const roof_machine *machine = &s->run->machine;
    const roof_value *value =
        row->variable == ROOF_VARIABLE_CHIPS ? NULL : machine->inputs[row->variable].value;
    if (value)
        out_value_marked(text, value, roof_variable_dimension(machine, row->variable), row->high > row->low,
                         row->sources);
    else if (isnan(row->value)) roof_buffer_append(text, "not published");
    else out_variable(machine, row->variable, row->value, text);
}

/* A slope as people say it: 1, 0, 0.62. */
static void slope_text(double slope, roof_buffer *text)
{
    if (isnan(slope)) roof_buffer_append_char(text, '-');
    else
        roof_buffer_printf(text, "%.3g",
                           fabs(slope - nearbyint(slope)) < 1e-5 ? nearbyint(slope) + 0 : slope);
}

/* One number, or towards less and towards more where they differ: a ridge point. */
static void elasticity_text(const roof_lean *row, roof_buffer *text)
{
    if (isnan(row->value)) return;
    bool differ = !isnan(row->below) && !isnan(row->above) && fabs(row->below - row->above) > 1e-5;
    if (differ || isnan(row->above)) {
        slope_text(row->below, text);
        roof_buffer_append(text, " | ");
    }
    slope_text(row->above, text);
}

static void range_text(double low, double high, roof_buffer *text)
{
    roof_buffer from = ROOF_BUFFER_EMPTY, to = ROOF_BUFFER_EMPTY;
    if (isnan(low)) roof_buffer_append_char(&from, '-');
    else roof_text_number(&from, low);
    if (isnan(high)) roof_buffer_append_char(&to, '-');
    else roof_text_number(&to, high);
    roof_buffer_append(text, roof_buffer_text(&from));
    if (strcmp(roof_buffer_text(&from), roof_buffer_text(&to)) != 0)
        roof_buffer_printf(text, " to %s", roof_buffer_text(&to));
    roof_buffer_free(&from);
    roof_buffer_free(&to);
}

static void turn_text(const roof_sensitivity *s, const roof_lean *row, const roof_turn *turn,
                      const char *side, roof_buffer *text)
{
    if (isnan(turn->value)) return;
    roof_buffer_printf(text, "%s%s ", text->length ? "; " : "",
                       row->variable == ROOF_VARIABLE_CHIPS ? "at" : side);
    out_variable(&s->run->machine, row->variable, turn->value, text);
    roof_buffer_printf(text, " %s", turn->refused ? "it does not fit" : roof_ceiling_name(turn->ceiling));
}

static void lean_cells(const roof_sensitivity *s, const roof_lean *row, roof_page *page, roof_buffer *text)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", name_of(s, row));
    value_text(s, row, text);
    cell(page, row->doubtful ? ROOF_DOUBTFUL : ROOF_PLAIN, text);
    elasticity_text(row, text);
    cell(page, ROOF_PLAIN, text);
    range_text(row->at_less, row->at_more, text);
    cell(page, ROOF_PLAIN, text);
    if (row->high > row->low) range_text(row->at_low, row->at_high, text);
    cell(page, ROOF_PLAIN, text);
    turn_text(s, row, &row->down, "below", text);
    turn_text(s, row, &row->up, "above", text);
    cell(page, ROOF_PLAIN, text);
}

static void lean_table(const roof_sensitivity *s, roof_page *page, roof_buffer *text)
{
    static const char *const headers[] = {"",        "value",     "elasticity", "a tenth less, more",
                                          "sources", "then binds"};
    roof_page_grid(page);
    for (int i = 0; i < 6; i++)
        roof_page_column(page, headers[i], i == 0 ? ROOF_LEFT : i == 5 ? ROOF_WRAPPED : ROOF_RIGHT);
    for (size_t i = 0; i < s->published; i++) lean_cells(s, &s->rows[i], page, text);
}

/* "sram.bandwidth is not published: below 150 GB/s it would lower the bound." */
static void missing_lines(const roof_sensitivity *s, roof_page *page, roof_buffer *text)
{
    for (size_t i = s->published; i < s->count; i++) {
        const roof_lean *row = &s->rows[i];
        if (isnan(row->threshold)) {
            roof_page_text(page, ROOF_PLAIN, "%s is not published: no value of it alone changes the bound.",
                           name_of(s, row));
            continue;
        }
        out_variable(&s->run->machine, row->variable, row->threshold, text);
        roof_page_text(page, ROOF_DOUBTFUL, "%s is not published: %s %s the bound would be %s.",
                       name_of(s, row), row->above_threshold ? "above" : "below", roof_buffer_text(text),
                       row->above_threshold ? "higher" : "lower");
        roof_buffer_reset(text);
    }
}

/* Of the doubtful figures the one that could move the answer most. */
static void doubt_line(const roof_sensitivity *s, roof_page *page, roof_buffer *text)
{
    const roof_lean *row = s->doubt;
    if (!row) {
        roof_page_text(page, ROOF_PLAIN, "No doubtful figure of %s moves the bound.", s->run->chip->id);
        return;
    }
    bool apart = row->high > row->low;
    value_text(s, row, text);
    roof_page_text(page, ROOF_DOUBTFUL, "The doubtful figure that matters most: %s of %s, %s.",
                   name_of(s, row), s->run->chip->id, roof_buffer_text(text));
    roof_buffer_reset(text);
    if (isfinite(row->movement)) {
        range_text(apart ? row->at_low : row->at_less, apart ? row->at_high : row->at_more, text);
        roof_page_text(page, ROOF_PLAIN, "  %s: %s %s.",
                       apart ? "Between what its sources say" : "A tenth less or more of it",
                       roof_buffer_text(text), unit_of(s->run));
    } else {
        roof_page_text(page, ROOF_PLAIN, "  With less of it the network would not fit.");
    }
    roof_buffer_reset(text);
}

static void power_line(const roof_sensitivity *s, roof_page *page, roof_buffer *text)
{
    if (!s->power) return;
    out_value_marked(text, s->power, ROOF_DIM_WATTS, s->power_high > s->power_low, 2);
    roof_page_text(page, ROOF_PLAIN,
                   "Energy is %s (%s) x time: elasticity 1 to it, to the others minus the above.",
                   roof_field(s->run->energy.field)->name, roof_buffer_text(text));
    roof_buffer_reset(text);
}

static void head(const roof_sensitivity *s, roof_page *page, roof_buffer *text)
{
    roof_buffer title = ROOF_BUFFER_EMPTY;
    out_run_title(s->run, &title);
    roof_text_number(text, s->run->throughput);
    roof_page_text(page, ROOF_HEADING, "%s: what the bound of %s %s (%s) hangs on", roof_buffer_text(&title),
                   roof_buffer_text(text), unit_of(s->run), roof_ceiling_name(s->run->bound.limiter));
    roof_buffer_reset(text);
    roof_buffer_free(&title);
}

void roof_sensitivity_page(const roof_sensitivity *s, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    head(s, page, &text);
    lean_table(s, page, &text);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    doubt_line(s, page, &text);
    missing_lines(s, page, &text);
    power_line(s, page, &text);
    roof_page_text(
        page, ROOF_FAINT,
        "Elasticity: per cent of throughput per per cent of the figure; at a ridge, less | more. Chips: "
        "one less, one more.");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    roof_buffer_free(&text);
}

/* ---- two chips ---- */

static void flip_cells(const roof_sensitivity *s, const roof_lean *row, roof_page *page, roof_buffer *text)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", s->run->chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", name_of(s, row));
    value_text(s, row, text);
    cell(page, row->doubtful ? ROOF_DOUBTFUL : ROOF_PLAIN, text);
    elasticity_text(row, text);
    cell(page, ROOF_PLAIN, text);
    if (isnan(row->flip)) {
        roof_buffer_append(text, "no value");
    } else {
        bool chips = row->variable == ROOF_VARIABLE_CHIPS;
        roof_buffer_append(text, chips              ? row->flips_above ? "from " : "down to "
                                 : row->flips_above ? "above "
                                                    : "below ");
        out_variable(&s->run->machine, row->variable, row->flip, text);
    }
    cell(page, ROOF_PLAIN, text);
    if (row->flip / row->value < 0.001) roof_buffer_append(text, "< 0.001 x");
    else if (!isnan(row->flip) && !isnan(row->value))
        roof_unit_format(text, row->flip / row->value, ROOF_DIM_RATIO);
    cell(page, ROOF_PLAIN, text);
}

static void verdict_line(const roof_verdict *v, roof_page *page, roof_buffer *text)
{
    const roof_prediction *a = v->sides[0].run, *b = v->sides[1].run;
    for (int i = 0; i < 2; i++) {
        roof_buffer_printf(text, i ? ", %s " : "%s ", v->sides[i].run->chip->name);
        roof_text_number(text, v->sides[i].run->throughput);
    }
    roof_page_text(page, ROOF_PLAIN, "Bounds: %s %s.", roof_buffer_text(text), unit_of(a));
    roof_buffer_reset(text);
    if (v->ahead < 0) {
        roof_page_text(page, ROOF_PLAIN, "They are equal: any change of what binds turns it.");
        return;
    }
    roof_unit_format(text, v->ahead ? v->ratio : 1 / v->ratio, ROOF_DIM_RATIO);
    roof_page_text(page, ROOF_BETTER, "%s is ahead, %s.", (v->ahead ? b : a)->chip->name,
                   roof_buffer_text(text));
    roof_buffer_reset(text);
}

static void nearest_line(const roof_verdict *v, roof_page *page, roof_buffer *text)
{
    if (!v->nearest) {
        if (v->ahead >= 0) roof_page_text(page, ROOF_PLAIN, "No published figure alone turns it.");
        return;
    }
    const roof_sensitivity *s = &v->sides[v->nearest_side];
    roof_unit_format(text, v->nearest->flip / v->nearest->value, ROOF_DIM_RATIO);
    roof_page_text(page, ROOF_BETTER, "The least change that turns it: %s of %s, at %s of what it is.",
                   name_of(s, v->nearest), s->run->chip->id, roof_buffer_text(text));
    roof_buffer_reset(text);
}

void roof_verdict_page(const roof_verdict *v, roof_page *page)
{
    static const char *const headers[] = {"", "figure", "value", "elasticity", "turns", "of what it is"};
    roof_buffer text = ROOF_BUFFER_EMPTY, label = ROOF_BUFFER_EMPTY;
    out_run_label(v->sides[0].run, &label);
    roof_page_text(page, ROOF_HEADING, "%s, batch %g: which figure turns %s (%s) against %s (%s)",
                   roof_buffer_text(&label), v->sides[0].run->request.batch, v->sides[0].run->chip->name,
                   roof_precision_name(v->sides[0].run->request.precision), v->sides[1].run->chip->name,
                   roof_precision_name(v->sides[1].run->request.precision));
    verdict_line(v, page, &text);
    roof_page_grid(page);
    for (int i = 0; i < 6; i++) roof_page_column(page, headers[i], i < 2 ? ROOF_LEFT : ROOF_RIGHT);
    for (int i = 0; i < 2; i++)
        for (size_t k = 0; k < v->sides[i].count; k++)
            flip_cells(&v->sides[i], &v->sides[i].rows[k], page, &text);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    nearest_line(v, page, &text);
    for (int i = 0; i < 2; i++) doubt_line(&v->sides[i], page, &text);
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    roof_buffer_free(&text);
    roof_buffer_free(&label);
}
