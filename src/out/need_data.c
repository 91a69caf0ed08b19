/* What a target would take, for machines: JSON and tidy CSV rows. */
#include <math.h>

#include "chiproof/out/need.h"
#include "out/need_text.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

const char out_need_note[] =
    "From the bound: with less than this no honest run reaches the target, with this it is not yet reached.";

/* ---- JSON ---- */

static void put_target(const roof_target *target, const roof_prediction *run, roof_json_writer *writer)
{
    roof_json_open_object(writer, "target");
    roof_json_put_string(writer, "goal", roof_goal_name(target->goal));
    roof_json_put_string(writer, "relation", roof_goal_is_least(target->goal) ? "at-least" : "at-most");
    roof_json_put_number(writer, "value", target->si);
    roof_json_put_string(writer, "unit", out_goal_unit(target, run->workload));
    roof_json_close(writer);
}

static void put_run(const roof_prediction *run, roof_json_writer *writer)
{
    const roof_request *request = &run->request;
    roof_json_put_string(writer, "model", roof_workload_id(run->workload));
    roof_json_put_string(writer, "precision", roof_precision_name(request->precision));
    roof_json_put_number(writer, "batch", request->batch);
    if (!roof_workload_is_llm(run->workload)) return;
    roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
    roof_json_put_number(writer, "prompt", request->prompt);
    roof_json_put_number(writer, "context", request->context);
}

static void put_row(const roof_machine *machine, const roof_need_row *row, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "unknown", roof_variable_name(machine, row->variable));
    roof_json_put_string(writer, "unit", out_si_unit(roof_variable_dimension(machine, row->variable)));
    roof_json_put_string(writer, "alone", out_need_state(row->state));
    roof_json_put_number(writer, "has", row->has);
    roof_json_put_number(writer, "needs", row->needs);
    roof_json_put_number(writer, "ratio", row->ratio);
    if (row->state == ROOF_NEED_ALONE_NOT) {
        roof_json_put_number(writer, "best", row->best);
        roof_json_put_string(writer, "limiter",
                             isnan(row->best) ? NULL : roof_ceiling_name(row->at.bound.limiter));
        if (isnan(row->best)) out_error_json(&row->refusal, writer);
    }
    roof_json_close(writer);
}

void roof_need_json(const roof_need *need, roof_json_writer *writer)
{
    const roof_prediction *run = need->run;
    roof_json_put_string(writer, "schema", "chiproof/need/1");
    roof_json_put_string(writer, "chip", run->chip->id);
    put_run(run, writer);
    roof_json_put_number(writer, "chips", run->request.chips);
    put_target(&need->target, run, writer);
    roof_json_put_string(writer, "note", out_need_note);
    roof_json_put_number(writer, "bound", need->figure);
    roof_json_put_bool(writer, "met", need->met);
    roof_json_put_string(writer, "limiter",
                         run->refusal.code == ROOF_OK ? roof_ceiling_name(run->bound.limiter) : NULL);
    if (run->refusal.code != ROOF_OK) roof_json_put_string(writer, "refusal", run->refusal.message);
    roof_json_open_array(writer, "unknowns");
    for (size_t i = 0; i < need->count; i++) put_row(&run->machine, &need->rows[i], writer);
    roof_json_close(writer);
    out_warnings_json(&run->doubts, &run->warnings, writer);
}

static const char *const assumptions[] = {
    [ROOF_SCRATCH_PEAK] = "dense",
    [ROOF_SCRATCH_SRAM_BANDWIDTH] = "all traffic of the layers",
    [ROOF_SCRATCH_SRAM_CAPACITY] = "no external memory",
    [ROOF_SCRATCH_DRAM_BANDWIDTH] = "on-chip memory of the largest layer's input and output",
    [ROOF_SCRATCH_HOST_BANDWIDTH] = "inputs and outputs",
};

static void put_candidate(const roof_rank_row *row, const roof_target *target, roof_json_writer *writer)
{
    const roof_prediction *p = &row->prediction;
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "chip", p->chip->id);
    roof_json_put_string(writer, "level", roof_level_name(p->chip->level));
    roof_json_put_number(writer, "bound", roof_target_figure(target, p->throughput, p->latency_s));
    roof_json_put_string(writer, "limiter", roof_ceiling_name(p->bound.limiter));
    roof_json_put_number(writer, "power_w", row->power_w);
    roof_json_put_string(writer, "power_basis",
                         !row->power                          ? NULL
                         : row->power_field == ROOF_FIELD_TDP ? "tdp"
                                                              : "typical");
    roof_json_put_bool(writer, "weight_traffic_counted", !row->unlimited);
    roof_json_put_bool(writer, "unverified_input", row->doubtful);
    roof_json_close(writer);
}

void roof_scratch_json(const roof_scratch_view *view, roof_json_writer *writer)
{
    const roof_scratch *scratch = view->scratch;
    const roof_candidates *candidates = view->candidates;
    roof_json_put_string(writer, "schema", "chiproof/need/1");
    put_run(&scratch->run, writer);
    put_target(&scratch->target, &scratch->run, writer);
    roof_json_put_string(writer, "note", out_need_note);
    roof_json_open_array(writer, "unknowns");
    for (int i = 0; i < ROOF_SCRATCH_COUNT; i++) {
        const roof_need_row *row = &scratch->rows[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "unknown", roof_variable_name(&scratch->run.machine, row->variable));
        roof_json_put_string(writer, "unit",
                             out_si_unit(roof_variable_dimension(&scratch->run.machine, row->variable)));
        roof_json_put_number(writer, "needs", row->needs);
        roof_json_put_string(writer, "when", assumptions[i]);
        if (i == ROOF_SCRATCH_DRAM_BANDWIDTH)
            roof_json_put_number(writer, "on_chip_bytes", scratch->run.traffic.working_bytes);
        roof_json_close(writer);
    }
    roof_json_close(writer);
    roof_json_put_number(writer, "chips_that_can_run_it", (double)view->ranking->answered_count);
    roof_json_put_number(writer, "chips_that_could_meet_it", (double)candidates->count);
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < candidates->count && (!view->top || i < view->top); i++)
        put_candidate(candidates->rows[i], &scratch->target, writer);
    roof_json_close(writer);
}

/* ---- CSV ---- */

static const char *const headers[] = {"chip",  "model", "goal",  "target", "unknown", "unit",
                                      "alone", "has",   "needs", "ratio",  "best",    "limiter"};

static void tidy_row(const roof_prediction *run, const char *chip, const roof_target *target,
                     const roof_need_row *row, roof_page *page)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", chip);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(run->workload));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_goal_name(target->goal));
    out_number_cell(page, target->si);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_variable_name(&run->machine, row->variable));
    roof_page_cell(page, ROOF_PLAIN, "%s",
                   out_si_unit(roof_variable_dimension(&run->machine, row->variable)));
    roof_page_cell(page, ROOF_PLAIN, "%s", out_need_state(row->state));
    out_number_cell(page, row->has);
    out_number_cell(page, row->needs);
    out_number_cell(page, row->ratio);
    out_number_cell(page, row->best);
    roof_page_cell(page, ROOF_PLAIN, "%s", isnan(row->best) ? "" : roof_ceiling_name(row->at.bound.limiter));
}

void roof_need_grid(const roof_need *need, roof_page *page)
{
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < need->count; i++)
        tidy_row(need->run, need->run->chip->id, &need->target, &need->rows[i], page);
}

void roof_scratch_grid(const roof_scratch_view *view, roof_page *page)
{
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (int i = 0; i < ROOF_SCRATCH_COUNT; i++)
        tidy_row(&view->scratch->run, "", &view->scratch->target, &view->scratch->rows[i], page);
}
