#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/serve.h"
#include "out/report.h"
#include "out/run_text.h"

static void pair(roof_page *page, const char *label, roof_buffer *text)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", label);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(text));
    roof_buffer_reset(text);
}

static void title(const roof_serving *s, roof_buffer *out)
{
    const roof_request *run = &s->decode.request;
    roof_buffer_printf(out, "%s served by ", roof_workload_name(s->decode.workload));
    if (run->chips > 1) roof_buffer_printf(out, "%g x ", run->chips);
    roof_buffer_printf(out, "%s, %s", s->decode.chip->name, roof_precision_name(run->precision));
    if (run->has_weights) roof_buffer_printf(out, ", %s weights", roof_precision_name(run->weights));
    if (run->has_cache) roof_buffer_printf(out, ", %s cache", roof_precision_name(run->cache));
    if (run->chips > 1 && run->plan != ROOF_PLAN_IDEAL)
        roof_buffer_printf(out, ", %s parallel", roof_plan_name(run->plan));
    roof_buffer_printf(out, "; prompt %g, context %g", run->prompt, run->context);
}

static void memory_line(const roof_serving *s, roof_buffer *text)
{
    roof_buffer_append(text, "weights ");
    roof_unit_format(text, s->weight_bytes, ROOF_DIM_BYTES);
    roof_buffer_append(text, ", KV cache of a user ");
    roof_unit_format(text, s->user_cache_bytes, ROOF_DIM_BYTES);
    roof_buffer_append(text, "; ");
    if (isnan(s->capacity_bytes)) roof_buffer_append(text, "memory of unpublished size");
    else {
        roof_unit_format(text, s->capacity_bytes, ROOF_DIM_BYTES);
        roof_buffer_append(text, " of memory");
    }
    if (isinf(s->greatest_batch)) {
        roof_buffer_append(text, ": nothing published limits the number of users");
    } else {
        roof_buffer_append(text, ": at most ");
        roof_text_integer(text, s->greatest_batch);
        roof_buffer_append(text, s->greatest_batch == 1 ? " user" : " users");
    }
}

/* Time, what binds, and where the run stands at external memory, or on-chip memory where that is not used. */
static void roofline_line(const roof_prediction *p, roof_buffer *text)
{
    roof_ceiling_id memory =
        p->bound.ceilings[ROOF_CEILING_DRAM].amount > 0 ? ROOF_CEILING_DRAM : ROOF_CEILING_SRAM;
    double intensity = roof_bound_intensity(&p->bound, memory);
    double ridge = roof_machine_ridge(&p->machine, roof_ceiling_rate(memory));
    roof_text_si(text, p->latency_s, "s");
    roof_buffer_printf(text, ", limited by %s", roof_ceiling_name(p->bound.limiter));
    if (isnan(intensity)) return;
    roof_buffer_append(text, "; ");
    roof_text_number(text, intensity);
    roof_buffer_printf(text, " op/B at %s", roof_ceiling_name(memory));
    if (isnan(ridge)) return;
    roof_buffer_append(text, ", ridge point ");
    roof_text_number(text, ridge);
}

static void head_lines(const roof_serving *s, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    title(s, &text);
    roof_page_text(page, ROOF_HEADING, "%s", roof_buffer_text(&text));
    roof_buffer_reset(&text);
    if (s->refusal.code == ROOF_OK) {
        roof_page_grid(page);
        roof_page_column(page, "", ROOF_LEFT);
        roof_page_column(page, "", ROOF_WRAPPED);
        memory_line(s, &text);
        pair(page, "memory", &text);
        roof_buffer_printf(&text, "%g tokens of one user: ", s->prefill.request.prompt);
        roofline_line(&s->prefill, &text);
        pair(page, "prefill", &text);
        roof_buffer_printf(&text, "a token of %g user%s: ", s->decode.request.batch,
                           s->decode.request.batch == 1 ? "" : "s");
        roofline_line(&s->decode, &text);
        pair(page, "decode", &text);
        if (s->request.chunk > 0) {
            roof_buffer_printf(
                &text,
                "%g tokens of a prompt a step, beside the other users' tokens: such a step takes `chunk`",
                s->request.chunk);
            pair(page, "chunks", &text);
        }
        if (s->request.draft) {
            roof_buffer_printf(&text, "%g tokens by %s, accepted with %g: ", s->request.proposed,
                               roof_workload_name(s->request.draft), s->request.acceptance);
            roof_text_number(&text, s->step_tokens);
            roof_buffer_append(&text, " tokens a step");
            pair(page, "speculation", &text);
        }
    }
    roof_buffer_free(&text);
}

/* Empty where there is no number. */
static void si_cell(roof_page *page, double value, const char *unit)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (unit && !isnan(value)) roof_text_si(&text, value, unit);
    else if (!isnan(value)) roof_text_number(&text, value);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void row_lines(const roof_serving *s, roof_page *page)
{
    bool chunks = s->request.chunk > 0, chips = s->decode.request.chips > 1;
    roof_page_grid(page);
    roof_page_column(page, "users", ROOF_RIGHT);
    roof_page_column(page, "cache", ROOF_RIGHT);
    roof_page_column(page, "TTFT", ROOF_RIGHT);
    roof_page_column(page, "TPOT", ROOF_RIGHT);
    if (chunks) roof_page_column(page, "chunk", ROOF_RIGHT);
    roof_page_column(page, "tok/s", ROOF_RIGHT);
    roof_page_column(page, "each", ROOF_RIGHT);
    if (chips) roof_page_column(page, "a chip", ROOF_RIGHT);
    roof_page_column(page, "limited by", ROOF_LEFT);
    for (size_t i = 0; i < s->row_count; i++) {
        const roof_serve_row *row = &s->rows[i];
        roof_page_row(page);
        out_count_cell(page, row->batch);
        si_cell(page, row->cache_bytes, "B");
        si_cell(page, row->ttft_s, "s");
        si_cell(page, row->tpot_s, "s");
        if (chunks) si_cell(page, row->disturbed_s, "s");
        si_cell(page, row->total_per_s, NULL);
        si_cell(page, row->user_per_s, NULL);
        if (chips) si_cell(page, row->chip_per_s, NULL);
        roof_page_cell(page, row->fits ? ROOF_PLAIN : ROOF_DOUBTFUL, "%s",
                       row->fits ? roof_ceiling_name(row->limiter) : "does not fit");
    }
}

void roof_serving_page(const roof_serving *s, roof_page *page)
{
    head_lines(s, page);
    if (s->refusal.code != ROOF_OK) {
        roof_page_text(page, ROOF_DOUBTFUL, "  no answer: %s", s->refusal.message);
        return;
    }
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    row_lines(s, page);
    out_warnings(&s->decode.doubts, &s->decode.warnings, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}
