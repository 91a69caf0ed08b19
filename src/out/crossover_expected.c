#include "out/crossover_expected.h"

#include <math.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "out/run_text.h"

/* "1,030 to 4,200", or one number if both look the same. */
static void span(double from, double to, void (*number)(roof_buffer *, double), roof_page *page)
{
    roof_buffer first = ROOF_BUFFER_EMPTY, last = ROOF_BUFFER_EMPTY;
    number(&first, from);
    number(&last, to);
    bool one = strcmp(roof_buffer_text(&first), roof_buffer_text(&last)) == 0;
    if (isnan(from)) roof_page_cell(page, ROOF_PLAIN, "-");
    else
        roof_page_cell(page, ROOF_PLAIN, "%s%s%s", roof_buffer_text(&first), one ? "" : " to ",
                       one ? "" : roof_buffer_text(&last));
    roof_buffer_free(&first);
    roof_buffer_free(&last);
}

static void percent(roof_buffer *out, double probability)
{
    roof_buffer_printf(out, "%.0f %%", 100 * probability);
}

static void row(const roof_crossover *c, const roof_prospect *prospect, roof_page *page)
{
    roof_page_row(page);
    span(prospect->from, prospect->to, roof_text_integer, page);
    if (prospect->ahead < 0) roof_page_cell(page, ROOF_PLAIN, "not known");
    else
        roof_page_cell(page, prospect->sure ? ROOF_BETTER : ROOF_PLAIN, "%s",
                       c->runs[prospect->ahead]->chip->name);
    span(prospect->p_ahead_from, prospect->p_ahead_to, percent, page);
    for (int i = 0; i < 2; i++) span(prospect->p50_from[i], prospect->p50_to[i], roof_text_number, page);
}

/* Where the one ahead by p50 changes. */
static void turn_lines(const roof_crossover *c, roof_page *page)
{
    int before = c->prospects[0].ahead;
    for (size_t i = 1; i < c->prospect_count; i++) {
        const roof_prospect *prospect = &c->prospects[i];
        if (prospect->ahead >= 0 && before >= 0 && prospect->ahead != before)
            roof_page_text(page, ROOF_PLAIN, "From batch %.0f on %s is expected to be ahead.", prospect->from,
                           c->runs[prospect->ahead]->chip->name);
        if (prospect->ahead >= 0) before = prospect->ahead;
    }
    if (!c->expected_turns) roof_page_text(page, ROOF_PLAIN, "They are not expected to change places.");
}

void out_prospects(const roof_crossover *c, roof_page *page)
{
    if (!c->prospect_count) return;
    roof_buffer label = ROOF_BUFFER_EMPTY;
    out_run_label(c->runs[0], &label);
    roof_page_text(page, ROOF_HEADING, "%s: what to expect (p50), and how sure the order is",
                   roof_buffer_text(&label));
    roof_buffer_free(&label);
    roof_page_grid(page);
    roof_page_column(page, "batch", ROOF_RIGHT);
    roof_page_column(page, "ahead", ROOF_WRAPPED);
    roof_page_column(page, "sure", ROOF_RIGHT);
    for (int i = 0; i < 2; i++) roof_page_column(page, c->runs[i]->chip->id, ROOF_RIGHT);
    for (size_t i = 0; i < c->prospect_count; i++) row(c, &c->prospects[i], page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    turn_lines(c, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
}

static void put_ends(roof_json_writer *writer, const char *key, double from, double to)
{
    roof_json_open_object(writer, key);
    roof_json_put_number(writer, "p50_from", from);
    roof_json_put_number(writer, "p50_to", to);
    roof_json_close(writer);
}

void out_prospects_json(const roof_crossover *c, roof_json_writer *writer)
{
    static const char *const sides[] = {"a", "b"};
    if (!c->prospect_count) return;
    roof_json_open_array(writer, "expected");
    for (size_t i = 0; i < c->prospect_count; i++) {
        const roof_prospect *prospect = &c->prospects[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_number(writer, "from", prospect->from);
        roof_json_put_number(writer, "to", prospect->to);
        roof_json_put_string(writer, "ahead", prospect->ahead < 0 ? NULL : sides[prospect->ahead]);
        roof_json_put_bool(writer, "sure", prospect->sure);
        roof_json_put_number(writer, "p_ahead_from", prospect->p_ahead_from);
        roof_json_put_number(writer, "p_ahead_to", prospect->p_ahead_to);
        for (int k = 0; k < 2; k++) put_ends(writer, sides[k], prospect->p50_from[k], prospect->p50_to[k]);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}
