/* Rankings for machines: JSON and tidy CSV rows. */
#include <math.h>

#include "chiproof/out/rank.h"
#include "out/rank_view.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

static const char *result_unit(const roof_ranking *ranking)
{
    return roof_workload_is_llm(ranking->workload) ? "tokens" : "inferences";
}

static const char *precision_name(const roof_request *request)
{
    return request->precision < ROOF_PRECISION_COUNT ? roof_precision_name(request->precision) : NULL;
}

static void put_chip(const roof_rank_row *row, roof_json_writer *writer)
{
    const roof_chip *chip = row->prediction.chip;
    roof_json_put_string(writer, "chip", chip->id);
    roof_json_put_string(writer, "name", chip->name);
    roof_json_put_string(writer, "vendor", chip->vendor);
    roof_json_put_string(writer, "level", roof_level_name(chip->level));
    roof_json_put_string(writer, "precision", precision_name(&row->prediction.request));
}

static void put_measure(const roof_rank_row *row, roof_measure measure, const char *key, const char *unit,
                        const char *over, roof_json_writer *writer)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_quantiles expected = roof_rank_expected(row, measure);
    roof_buffer_printf(&text, "%s%s", unit, over);
    roof_json_open_object(writer, key);
    roof_json_put_buffer(writer, "unit", &text);
    roof_json_put_number(writer, "bound", row->bounds[measure]);
    if (!isnan(expected.p50)) {
        roof_json_put_number(writer, "p10", expected.p10);
        roof_json_put_number(writer, "p50", expected.p50);
        roof_json_put_number(writer, "p90", expected.p90);
    }
    roof_json_close(writer);
    roof_buffer_free(&text);
}

static const char *energy_basis(const roof_prediction *p)
{
    return isnan(p->energy_j) ? NULL : roof_energy_basis_name(p->energy.basis);
}

static void put_power(const roof_rank_row *row, roof_json_writer *writer)
{
    if (!row->power) {
        roof_json_put_null(writer, "power");
        return;
    }
    roof_json_open_object(writer, "power");
    roof_json_put_string(writer, "basis", row->power_field == ROOF_FIELD_TDP ? "tdp" : "typical");
    roof_json_put_number(writer, "watts", row->power_w);
    out_value_json(writer, "of_one", row->power);
    roof_json_close(writer);
}

static void put_row(const roof_ranking *ranking, const roof_rank_row *row, roof_json_writer *writer)
{
    const roof_prediction *p = &row->prediction;
    const char *unit = result_unit(ranking);
    roof_json_open_object(writer, NULL);
    if (row->place) roof_json_put_number(writer, "place", (double)row->place);
    else roof_json_put_null(writer, "place");
    put_chip(row, writer);
    put_measure(row, ROOF_MEASURE_THROUGHPUT, "throughput", unit, "/s", writer);
    put_measure(row, ROOF_MEASURE_LATENCY, "latency", "s", "", writer);
    put_measure(row, ROOF_MEASURE_PER_WATT, "per_watt", unit, "/s/W", writer);
    put_measure(row, ROOF_MEASURE_PER_DOLLAR, "per_dollar", unit, "/s/USD", writer);
    put_measure(row, ROOF_MEASURE_ENERGY, "energy", "J", "", writer);
    roof_json_put_string(writer, "energy_basis", energy_basis(p));
    put_measure(row, ROOF_MEASURE_PER_AREA, "per_mm2", unit, "/s/mm2", writer);
    put_measure(row, ROOF_MEASURE_PER_TRANSISTOR, "per_transistor", unit, "/s/transistor", writer);
    put_measure(row, ROOF_MEASURE_PER_NODE_WATT, "per_node_watt", unit, "/s/W", writer);
    roof_json_put_string(writer, "limiter", roof_ceiling_name(p->bound.limiter));
    put_power(row, writer);
    out_value_json(writer, "price", row->price);
    roof_json_put_bool(writer, "pareto", row->front);
    roof_json_put_bool(writer, "weight_traffic_counted", !row->unlimited);
    roof_json_put_bool(writer, "unverified_input", row->doubtful);
    out_warnings_json(&p->doubts, &p->warnings, writer);
    roof_json_close(writer);
}

static void put_request(const roof_ranking *ranking, roof_json_writer *writer)
{
    const roof_request *request = &ranking->request;
    roof_json_put_string(writer, "model", roof_workload_id(ranking->workload));
    roof_json_put_string(writer, "by", roof_measure_name(ranking->by));
    if (ranking->by == ROOF_MEASURE_PER_NODE_WATT) roof_json_put_number(writer, "node_m", request->node_m);
    if (ranking->has_front_of) {
        roof_json_open_array(writer, "pareto_of");
        for (int i = 0; i < 2; i++)
            roof_json_put_string(writer, NULL, roof_measure_name(ranking->front_of[i]));
        roof_json_close(writer);
    }
    roof_json_put_string(writer, "precision", request->has_precision ? precision_name(request) : NULL);
    roof_json_put_number(writer, "batch", request->batch > 0 ? request->batch : NAN);
    roof_json_put_number(writer, "chips", request->chips > 0 ? request->chips : NAN);
    if (!roof_workload_is_llm(ranking->workload)) return;
    roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
    roof_json_put_number(writer, "prompt", request->prompt);
    roof_json_put_number(writer, "context", request->context);
}

static void put_refused(const roof_ranking *ranking, roof_json_writer *writer)
{
    roof_json_open_array(writer, "refused");
    for (size_t i = ranking->answered_count; i < ranking->count; i++) {
        roof_json_open_object(writer, NULL);
        put_chip(&ranking->rows[i], writer);
        out_error_json(&ranking->rows[i].prediction.refusal, writer);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_ranking_json(const roof_rank_view *view, roof_json_writer *writer)
{
    const roof_ranking *ranking = view->ranking;
    size_t shown = 0;
    roof_json_put_string(writer, "schema", "chiproof/rank/1");
    put_request(ranking, writer);
    roof_json_put_string(writer, "with", roof_stance_name(ranking->stance));
    if (!ranking->stance) roof_json_put_string(writer, "note", out_bound_only);
    roof_json_open_object(writer, "counts");
    roof_json_put_number(writer, "considered", (double)ranking->count);
    roof_json_put_number(writer, "answered", (double)ranking->answered_count);
    roof_json_put_number(writer, "placed", (double)ranking->placed_count);
    roof_json_put_number(writer, "pareto", (double)ranking->front_count);
    roof_json_open_object(writer, "refused");
    for (int i = 0; i < ROOF_CODE_COUNT; i++)
        if (ranking->refused[i])
            roof_json_put_number(writer, roof_code_name((roof_code)i), (double)ranking->refused[i]);
    roof_json_close(writer);
    roof_json_close(writer);
    roof_json_open_array(writer, "rows");
    for (size_t i = 0; i < ranking->answered_count; i++) {
        if (!out_rank_shows(view, i, shown)) continue;
        put_row(ranking, &ranking->rows[i], writer);
        shown++;
    }
    roof_json_close(writer);
    put_refused(ranking, writer);
    out_warnings_json(NULL, &ranking->warnings, writer);
}

/* ---- CSV ---- */

static void text_cell(roof_page *page, const char *text)
{
    roof_page_cell(page, ROOF_PLAIN, "%s", text ? text : "");
}

static void expected_cells(const roof_rank_row *row, roof_page *page)
{
    static const roof_measure told[] = {ROOF_MEASURE_THROUGHPUT, ROOF_MEASURE_LATENCY, ROOF_MEASURE_ENERGY};
    for (size_t i = 0; i < sizeof told / sizeof *told; i++) {
        roof_quantiles expected = roof_rank_expected(row, told[i]);
        out_number_cell(page, expected.p10);
        out_number_cell(page, expected.p50);
        out_number_cell(page, expected.p90);
    }
}

static void tidy_row(const roof_ranking *ranking, const roof_rank_row *row, roof_page *page)
{
    const roof_prediction *p = &row->prediction;
    bool answered = p->refusal.code == ROOF_OK;
    roof_page_row(page);
    out_number_cell(page, row->place ? (double)row->place : NAN);
    text_cell(page, p->chip->id);
    text_cell(page, p->chip->vendor);
    text_cell(page, roof_level_name(p->chip->level));
    text_cell(page, roof_workload_id(ranking->workload));
    text_cell(page, precision_name(&p->request));
    out_number_cell(page, p->request.batch);
    out_number_cell(page, p->request.chips);
    text_cell(page, result_unit(ranking));
    out_number_cell(page, p->throughput);
    out_number_cell(page, p->latency_s);
    text_cell(page, answered ? roof_ceiling_name(p->bound.limiter) : "");
    out_number_cell(page, row->power_w);
    text_cell(page, row->power ? out_rank_power_basis(row) : "");
    out_number_cell(page, row->bounds[ROOF_MEASURE_PER_WATT]);
    out_number_cell(page, row->price_usd);
    out_number_cell(page, row->bounds[ROOF_MEASURE_PER_DOLLAR]);
    out_number_cell(page, row->bounds[ROOF_MEASURE_ENERGY]);
    text_cell(page, energy_basis(p));
    out_number_cell(page, row->bounds[ROOF_MEASURE_PER_AREA]);
    out_number_cell(page, row->bounds[ROOF_MEASURE_PER_TRANSISTOR]);
    out_number_cell(page, row->bounds[ROOF_MEASURE_PER_NODE_WATT]);
    text_cell(page, answered ? row->front ? "yes" : "no" : "");
    text_cell(page, answered ? row->unlimited ? "no" : "yes" : "");
    text_cell(page, answered ? "" : roof_code_name(p->refusal.code));
    expected_cells(row, page);
    text_cell(page, roof_stance_name(ranking->stance));
}

void roof_ranking_grid(const roof_rank_view *view, roof_page *page)
{
    static const char *const headers[] = {"place",
                                          "chip",
                                          "vendor",
                                          "level",
                                          "model",
                                          "precision",
                                          "batch",
                                          "chips",
                                          "result",
                                          "throughput_bound_per_s",
                                          "latency_bound_s",
                                          "limiter",
                                          "power_w",
                                          "power_basis",
                                          "throughput_bound_per_s_per_w",
                                          "price_usd",
                                          "throughput_bound_per_s_per_usd",
                                          "energy_bound_j",
                                          "energy_basis",
                                          "throughput_bound_per_s_per_mm2",
                                          "throughput_bound_per_s_per_transistor",
                                          "throughput_bound_per_s_per_node_w",
                                          "pareto",
                                          "weight_traffic_counted",
                                          "error",
                                          "throughput_p10_per_s",
                                          "throughput_p50_per_s",
                                          "throughput_p90_per_s",
                                          "latency_p10_s",
                                          "latency_p50_s",
                                          "latency_p90_s",
                                          "energy_p10_j",
                                          "energy_p50_j",
                                          "energy_p90_j",
                                          "ranked_with"};
    const roof_ranking *ranking = view->ranking;
    size_t shown = 0;
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < ranking->count; i++) {
        if (!out_rank_shows(view, i, shown)) continue;
        tidy_row(ranking, &ranking->rows[i], page);
        shown++;
    }
}
