#include <math.h>

#include "chiproof/out/serve.h"
#include "out/report.h"
#include "out/run_text.h"

static const char *precision_name(const roof_serving *s)
{
    roof_precision precision = s->decode.request.precision;
    return s->decode.machine.chip && precision < ROOF_PRECISION_COUNT ? roof_precision_name(precision) : "";
}

void roof_serving_grid(const roof_serving *s, roof_page *page)
{
    static const char *const headers[] = {"chip",
                                          "model",
                                          "precision",
                                          "chips",
                                          "parallel",
                                          "prompt",
                                          "context",
                                          "batch",
                                          "fits",
                                          "cache_bytes",
                                          "ttft_bound_s",
                                          "tpot_bound_s",
                                          "chunk_step_bound_s",
                                          "user_tokens_bound_per_s",
                                          "tokens_bound_per_s",
                                          "chip_tokens_bound_per_s",
                                          "limiter",
                                          "error"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < s->row_count || (i == 0 && s->refusal.code != ROOF_OK); i++) {
        const roof_serve_row *row = &s->rows[i];
        const roof_request *run = &s->decode.request;
        bool answered = s->refusal.code == ROOF_OK;
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", s->decode.chip->id);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(s->decode.workload));
        roof_page_cell(page, ROOF_PLAIN, "%s", precision_name(s));
        const double sizes[] = {run->chips, run->prompt, run->context, row->batch};
        out_number_cell(page, sizes[0] > 0 ? sizes[0] : NAN);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_plan_name(s->request.run.plan));
        for (size_t k = 1; k < 4; k++) out_number_cell(page, sizes[k] > 0 ? sizes[k] : NAN);
        roof_page_cell(page, ROOF_PLAIN, "%s", answered ? row->fits ? "yes" : "no" : "");
        const double numbers[] = {row->cache_bytes, row->ttft_s,      row->tpot_s,    row->disturbed_s,
                                  row->user_per_s,  row->total_per_s, row->chip_per_s};
        for (size_t k = 0; k < 7; k++) out_number_cell(page, answered ? numbers[k] : NAN);
        roof_page_cell(page, ROOF_PLAIN, "%s", answered && row->fits ? roof_ceiling_name(row->limiter) : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", answered ? "" : roof_code_name(s->refusal.code));
    }
}

static void put_pass(const char *key, const roof_prediction *p, roof_json_writer *writer)
{
    roof_json_open_object(writer, key);
    roof_json_put_number(writer, "batch", p->request.batch);
    roof_json_put_number(writer, "seconds", p->latency_s);
    roof_json_put_string(writer, "limiter", roof_ceiling_name(p->bound.limiter));
    roof_json_open_array(writer, "ceilings");
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &p->bound.ceilings[i];
        if (ceiling->amount <= 0 || isnan(ceiling->seconds)) continue;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "name", roof_ceiling_name((roof_ceiling_id)i));
        roof_json_put_number(writer, "seconds", ceiling->seconds);
        double intensity = roof_bound_intensity(&p->bound, (roof_ceiling_id)i);
        double ridge = roof_machine_ridge(&p->machine, roof_ceiling_rate((roof_ceiling_id)i));
        roof_json_put_number(writer, "intensity", intensity);
        roof_json_put_number(writer, "ridge", isnan(intensity) ? NAN : ridge);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_close(writer);
}

static void put_row(const roof_serve_row *row, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    roof_json_put_number(writer, "batch", row->batch);
    roof_json_put_bool(writer, "fits", row->fits);
    roof_json_put_number(writer, "cache_bytes", row->cache_bytes);
    roof_json_put_number(writer, "ttft_s", row->ttft_s);
    roof_json_put_number(writer, "tpot_s", row->tpot_s);
    roof_json_put_number(writer, "chunk_step_s", row->disturbed_s);
    roof_json_put_number(writer, "user_tokens_per_s", row->user_per_s);
    roof_json_put_number(writer, "tokens_per_s", row->total_per_s);
    roof_json_put_number(writer, "chip_tokens_per_s", row->chip_per_s);
    if (row->fits) roof_json_put_string(writer, "limiter", roof_ceiling_name(row->limiter));
    roof_json_close(writer);
}

static void put_speculation(const roof_serving *s, roof_json_writer *writer)
{
    if (!s->request.draft) return;
    roof_json_open_object(writer, "speculation");
    roof_json_put_string(writer, "draft", roof_workload_id(s->request.draft));
    roof_json_put_number(writer, "tokens", s->request.proposed);
    roof_json_put_number(writer, "acceptance", s->request.acceptance);
    roof_json_put_number(writer, "tokens_a_step", s->step_tokens);
    roof_json_close(writer);
}

static void put_answer(const roof_serving *s, roof_json_writer *writer)
{
    roof_json_open_object(writer, "memory");
    roof_json_put_number(writer, "capacity_bytes", s->capacity_bytes);
    roof_json_put_number(writer, "weight_bytes", s->weight_bytes);
    roof_json_put_number(writer, "user_cache_bytes", s->user_cache_bytes);
    roof_json_put_number(writer, "greatest_batch", isinf(s->greatest_batch) ? NAN : s->greatest_batch);
    roof_json_close(writer);
    put_pass("prefill", &s->prefill, writer);
    put_pass("decode", &s->decode, writer);
    roof_json_open_array(writer, "rows");
    for (size_t i = 0; i < s->row_count; i++) put_row(&s->rows[i], writer);
    roof_json_close(writer);
}

void roof_serving_json(const roof_serving *s, roof_json_writer *writer)
{
    const roof_request *run = &s->decode.request;
    roof_json_put_string(writer, "schema", "chiproof/serve/1");
    roof_json_put_string(writer, "note", out_bound_only);
    roof_json_put_string(writer, "chip", s->decode.chip->id);
    roof_json_put_string(writer, "model", roof_workload_id(s->decode.workload));
    if (s->refusal.code != ROOF_OK) {
        out_error_json(&s->refusal, writer);
        return;
    }
    roof_json_put_string(writer, "precision", precision_name(s));
    if (run->has_weights) roof_json_put_string(writer, "weights", roof_precision_name(run->weights));
    if (run->has_cache) roof_json_put_string(writer, "cache", roof_precision_name(run->cache));
    roof_json_put_number(writer, "chips", run->chips);
    roof_json_put_string(writer, "parallel", roof_plan_name(run->plan));
    roof_json_put_number(writer, "prompt", run->prompt);
    roof_json_put_number(writer, "context", run->context);
    roof_json_put_number(writer, "chunk", s->request.chunk > 0 ? s->request.chunk : NAN);
    put_speculation(s, writer);
    put_answer(s, writer);
    out_warnings_json(&s->decode.doubts, &s->decode.warnings, writer);
}
