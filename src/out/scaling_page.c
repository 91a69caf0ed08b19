#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/scaling.h"
#include "out/report.h"
#include "out/run_text.h"

static const char *kind(const roof_scaling *s)
{
    return s->weak ? "weak" : "strong";
}

static void title(const roof_scaling *s, roof_page *page)
{
    const roof_request *request = &s->base.request;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    out_run_label(&s->base, &text);
    roof_page_text(page, ROOF_HEADING, "%s scaling of %s on %s, %s, batch %g%s, %s",
                   s->weak ? "Weak" : "Strong", roof_buffer_text(&text), s->base.chip->name,
                   request->precision < ROOF_PRECISION_COUNT ? roof_precision_name(request->precision) : "",
                   request->batch, s->weak ? " a chip" : "", roof_plan_name(request->plan));
    roof_buffer_free(&text);
}

static void number_cell(roof_page *page, double value, const char *unit, const char *after)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (!isnan(value)) {
        if (unit) roof_text_si(&text, value, unit);
        else roof_text_number(&text, value);
        roof_buffer_append(&text, after);
    }
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void row_lines(const roof_scaling *s, roof_page *page)
{
    roof_page_grid(page);
    roof_page_column(page, "chips", ROOF_RIGHT);
    if (s->weak) roof_page_column(page, "batch", ROOF_RIGHT);
    roof_page_column(page, s->base.network->result_unit[0] == 't' ? "tokens/s" : "inferences/s", ROOF_RIGHT);
    roof_page_column(page, "latency", ROOF_RIGHT);
    roof_page_column(page, "speed-up", ROOF_RIGHT);
    roof_page_column(page, "efficiency", ROOF_RIGHT);
    roof_page_column(page, "plan", ROOF_LEFT);
    roof_page_column(page, "limited by", ROOF_LEFT);
    for (size_t i = 0; i < s->count; i++) {
        const roof_scaling_point *point = &s->points[i];
        roof_page_row(page);
        out_count_cell(page, point->chips);
        if (s->weak) out_count_cell(page, point->batch);
        number_cell(page, point->throughput, NULL, "");
        number_cell(page, point->latency_s, "s", "");
        number_cell(page, point->speedup, NULL, " x");
        number_cell(page, 100 * point->efficiency, NULL, " %");
        roof_page_cell(page, ROOF_PLAIN, "%s", point->fits ? roof_plan_name(point->split.plan) : "");
        roof_page_cell(page, point->fits ? ROOF_PLAIN : ROOF_DOUBTFUL, "%s",
                       point->fits ? roof_ceiling_name(point->limiter) : "does not fit");
    }
}

/* "chips" after a number of them, grouped. */
static void chips_text(roof_buffer *out, double chips)
{
    roof_text_integer(out, chips);
    roof_buffer_append(out, chips == 1 ? " chip" : " chips");
}

static void verdict(const roof_scaling *s, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    if (s->base.request.chips > 1) {
        chips_text(&text, s->base.request.chips);
        roof_page_text(page, ROOF_PLAIN, "%s are the fewest that hold it; speed-up is over them.",
                       roof_buffer_text(&text));
        roof_buffer_reset(&text);
    }
    if (s->enough < s->to) {
        roof_buffer_append(&text, "No number up to ");
        chips_text(&text, s->to);
        roof_buffer_append(&text, " is more than 1 % faster than ");
        chips_text(&text, s->enough);
    } else {
        roof_buffer_append(&text, "More chips still help at ");
        roof_text_integer(&text, s->to);
    }
    roof_page_text(page, ROOF_PLAIN, "%s.", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

void roof_scaling_page(const roof_scaling *s, roof_page *page)
{
    title(s, page);
    if (s->refusal.code != ROOF_OK) {
        roof_page_text(page, ROOF_DOUBTFUL, "  no answer: %s", s->refusal.message);
        return;
    }
    row_lines(s, page);
    verdict(s, page);
    out_warnings(&s->most.doubts, &s->most.warnings, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}

void roof_scaling_grid(const roof_scaling *s, roof_page *page)
{
    static const char *const headers[] = {"chip",
                                          "model",
                                          "phase",
                                          "precision",
                                          "scaling",
                                          "chips",
                                          "batch",
                                          "result",
                                          "throughput_bound_per_s",
                                          "latency_bound_s",
                                          "speedup",
                                          "efficiency",
                                          "plan",
                                          "limiter",
                                          "error"};
    const roof_request *request = &s->base.request;
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < s->count || (i == 0 && s->refusal.code != ROOF_OK); i++) {
        const roof_scaling_point *point = &s->points[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", s->base.chip->id);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(s->base.workload));
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_phase_name(request->phase));
        roof_page_cell(page, ROOF_PLAIN, "%s",
                       request->precision < ROOF_PRECISION_COUNT ? roof_precision_name(request->precision)
                                                                 : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", kind(s));
        out_number_cell(page, s->count ? point->chips : NAN);
        out_number_cell(page, s->count ? point->batch : request->batch);
        roof_page_cell(page, ROOF_PLAIN, "%s",
                       roof_workload_is_llm(s->base.workload) ? "tokens" : "inferences");
        const double numbers[] = {point->throughput, point->latency_s, point->speedup, point->efficiency};
        for (size_t k = 0; k < 4; k++) out_number_cell(page, s->count ? numbers[k] : NAN);
        roof_page_cell(page, ROOF_PLAIN, "%s", point->fits ? roof_plan_name(point->split.plan) : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", point->fits ? roof_ceiling_name(point->limiter) : "");
        roof_page_cell(page, ROOF_PLAIN, "%s",
                       s->refusal.code != ROOF_OK ? roof_code_name(s->refusal.code)
                       : point->fits              ? ""
                                                  : roof_code_name(ROOF_DOES_NOT_FIT));
    }
}

static void put_point(const roof_scaling_point *point, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    roof_json_put_number(writer, "chips", point->chips);
    roof_json_put_number(writer, "batch", point->batch);
    roof_json_put_bool(writer, "fits", point->fits);
    roof_json_put_number(writer, "throughput", point->throughput);
    roof_json_put_number(writer, "latency_s", point->latency_s);
    roof_json_put_number(writer, "speedup", point->speedup);
    roof_json_put_number(writer, "efficiency", point->efficiency);
    if (point->fits) {
        roof_json_put_string(writer, "plan", roof_plan_name(point->split.plan));
        roof_json_put_string(writer, "limiter", roof_ceiling_name(point->limiter));
    }
    roof_json_close(writer);
}

void roof_scaling_json(const roof_scaling *s, roof_json_writer *writer)
{
    const roof_request *request = &s->base.request;
    roof_json_put_string(writer, "schema", "chiproof/scaling/1");
    roof_json_put_string(writer, "note", out_bound_only);
    roof_json_put_string(writer, "chip", s->base.chip->id);
    roof_json_put_string(writer, "model", roof_workload_id(s->base.workload));
    if (s->refusal.code != ROOF_OK) {
        out_error_json(&s->refusal, writer);
        return;
    }
    roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
    roof_json_put_string(writer, "precision", roof_precision_name(request->precision));
    roof_json_put_string(writer, "scaling", kind(s));
    roof_json_put_string(writer, "parallel", roof_plan_name(request->plan));
    roof_json_put_string(writer, "unit",
                         roof_workload_is_llm(s->base.workload) ? "tokens/s" : "inferences/s");
    roof_json_put_number(writer, "to", s->to);
    roof_json_put_number(writer, "fewest", request->chips);
    roof_json_put_number(writer, "enough", s->enough);
    roof_json_open_array(writer, "points");
    for (size_t i = 0; i < s->count; i++) put_point(&s->points[i], writer);
    roof_json_close(writer);
    out_warnings_json(&s->most.doubts, &s->most.warnings, writer);
}
