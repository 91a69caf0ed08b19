/* The arithmetic of what is expected. */
#include <math.h>

#include "chiproof/base/text.h"
#include "out/explain_steps.h"
#include "out/run_text.h"

/* The normal distribution's 90 % point: what lies between p50 and p90, in standard deviations. */
static const double to_p90 = 1.2816;

static void percent(roof_buffer *out, double share)
{
    roof_text_number(out, 100 * share);
    roof_buffer_append(out, " %");
}

/* "conv   211 us   x 1.72 +- 12 %   363 us   convolutions wider than 1x1". */
static void part_row(const roof_forecast_part *part, roof_page *page)
{
    roof_buffer unit = ROOF_BUFFER_EMPTY, factor = ROOF_BUFFER_EMPTY, seconds = ROOF_BUFFER_EMPTY;
    roof_text_si(&unit, part->unit_s, "s");
    roof_buffer_append(&factor, "x ");
    roof_text_number(&factor, part->factor);
    roof_buffer_append(&factor, " +- ");
    percent(&factor, part->factor_sd);
    roof_text_si(&seconds, part->seconds, "s");
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", roof_term_name(part->term));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&unit));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&factor));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&seconds));
    roof_page_cell(page, ROOF_FAINT, "%s", roof_coordinate_text(roof_term_coordinate(part->term)));
    roof_buffer_free(&unit);
    roof_buffer_free(&factor);
    roof_buffer_free(&seconds);
}

static void part_table(const roof_forecast_parts *parts, roof_page *page)
{
    static const char *const headers[] = {"  term", "at best", "takes longer by", "seconds"};
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        roof_page_column(page, headers[i], i == 1 || i == 3 ? ROOF_RIGHT : ROOF_LEFT);
    roof_page_column(page, "", ROOF_WRAPPED);
    for (size_t i = 0; i < parts->count; i++) part_row(&parts->items[i], page);
}

static void sum_step(const roof_prediction *p, const roof_forecast *f, double sum_s, roof_page *page)
{
    bool bound = sum_s < p->bound.seconds;
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&left, "%g %s / ", f->results_per_pass,
                       f->results_per_pass == 1 ? out_result_singular(p) : p->network->result_unit);
    roof_text_si_six(&left, bound ? p->bound.seconds : sum_s, "s");
    roof_buffer_append(&left, bound ? " (the bound: the sum is less)" : " (the sum)");
    roof_text_number(&right, f->throughput.p50);
    roof_buffer_printf(&right, " %s/s", p->network->result_unit);
    out_step(page, "p50", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_BETTER);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* p10 or p90 of throughput: `sign` standard deviations away, and never above the bound. */
static void range_step(const roof_prediction *p, const roof_forecast *f, double sign, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    roof_text_number(&left, f->throughput.p50);
    roof_buffer_printf(&left, " x exp(%c%g x %.4g)", sign > 0 ? '+' : '-', to_p90, f->rate.sd);
    roof_buffer_append(&left, sign > 0 ? ", at most the bound" : "");
    roof_text_number(&right, sign > 0 ? f->throughput.p90 : f->throughput.p10);
    roof_buffer_printf(&right, " %s/s", p->network->result_unit);
    out_step(page, sign > 0 ? "p90" : "p10", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

void out_expected_steps(const roof_prediction *p, const roof_expected *expected, roof_page *page)
{
    const roof_forecast *f = expected->forecast;
    if (!f->given) return;
    roof_page_text(page, ROOF_HEADING, "expected, of a pass in a stream of passes");
    part_table(expected->parts, page);
    out_begin_steps(page);
    sum_step(p, f, expected->parts->seconds, page);
    range_step(p, f, -1, page);
    range_step(p, f, +1, page);
    roof_page_text(page, ROOF_PLAIN,
                   "  %.4g is the standard deviation of the logarithm of seconds: of the terms' factors "
                   "together, of what is left between model and measurements, and of doubtful figures. "
                   "The quantiles are of 1,000 draws.",
                   f->rate.sd);
    roof_page_text(page, ROOF_PLAIN, "  %s.", f->rests_on);
}

void out_expected_json(const roof_expected *expected, roof_json_writer *writer)
{
    const roof_forecast_parts *parts = expected->parts;
    if (!expected->forecast->given) return;
    roof_json_open_object(writer, "expectation");
    roof_json_open_array(writer, "terms");
    for (size_t i = 0; i < parts->count; i++) {
        const roof_forecast_part *part = &parts->items[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "term", roof_term_name(part->term));
        roof_json_put_string(writer, "what", roof_coordinate_text(roof_term_coordinate(part->term)));
        roof_json_put_number(writer, "seconds_at_best", part->unit_s);
        roof_json_put_number(writer, "factor", part->factor);
        roof_json_put_number(writer, "factor_log_sd", part->factor_sd);
        roof_json_put_number(writer, "seconds", part->seconds);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_put_number(writer, "seconds", parts->seconds);
    roof_json_put_number(writer, "log_sd", expected->forecast->rate.sd);
    roof_json_close(writer);
}
