#include "chiproof/out/curve.h"

#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/units/units.h"
#include "out/report.h"
#include "out/run_text.h"

/* ---- for people ---- */

static void number_cell(roof_page *page, double value, const char *unit)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (isnan(value)) roof_buffer_append_char(&text, '-');
    else {
        roof_text_number(&text, value);
        roof_buffer_append(&text, unit);
    }
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void point_row(const roof_curve_point *point, roof_page *page)
{
    roof_buffer size = ROOF_BUFFER_EMPTY;
    roof_unit_format(&size, point->weight_bytes, ROOF_DIM_BYTES);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%.4gx", point->ratio);
    roof_page_cell(page, ROOF_PLAIN, "%.4g %%", 100 * point->zeros);
    number_cell(page, point->throughput, "");
    number_cell(page, point->speedup, "x");
    number_cell(page, point->layer_speedup, "x");
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&size));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_binder_name(point->binding));
    roof_buffer_free(&size);
}

static void turn_lines(const roof_curve *curve, roof_page *page)
{
    for (size_t i = 0; i < curve->turn_count; i++) {
        const roof_curve_turn *turn = &curve->turns[i];
        roof_page_text(page, ROOF_PLAIN, "From %.4gx on (%.4g %% zeros): %s, not %s any more.", turn->ratio,
                       100 * (1 - 1 / turn->ratio), roof_binder_name(turn->to), roof_binder_name(turn->from));
    }
    if (curve->turn_count == 0)
        roof_page_text(page, ROOF_PLAIN, "The same binds all the way: %s.",
                       roof_binder_name(curve->points[0].binding));
}

static void remainder_line(const roof_curve *curve, roof_page *page)
{
    if (!(curve->dense_share > 0)) return;
    roof_page_text(
        page, ROOF_PLAIN,
        "%.3g %% of the operations are of layers that cannot be pruned: compute gains at most %.4gx, "
        "whatever the zeros.",
        100 * curve->dense_share, 1 / curve->dense_share);
}

static void head_line(const roof_prediction *run, roof_page *page)
{
    roof_prediction dense = *run; /* for its title alone */
    roof_buffer title = ROOF_BUFFER_EMPTY;
    dense.request.sparsity.zeros = 0;
    out_run_title(&dense, &title);
    roof_page_text(page, ROOF_HEADING, "%s: bounds in %s a second, zeros %s", roof_buffer_text(&title),
                   run->network->result_unit, roof_sparsity_kind_name(run->request.sparsity.kind));
    roof_buffer_free(&title);
}

void roof_curve_page(const roof_curve *curve, roof_page *page)
{
    static const char *const headers[] = {"sparsity",      "zeros",   "bound",     "faster by",
                                          "pruned layers", "weights", "limited by"};
    const roof_prediction *run = &curve->run;
    head_line(run, page);
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        roof_page_column(page, headers[i], i < 6 ? ROOF_RIGHT : ROOF_LEFT);
    for (size_t i = 0; i < curve->count; i++) point_row(&curve->points[i], page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    turn_lines(curve, page);
    remainder_line(curve, page);
    out_warnings(&run->doubts, &run->warnings, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}

/* ---- for machines ---- */

void roof_curve_grid(const roof_curve *curve, roof_page *page)
{
    static const char *const headers[] = {
        "chip",       "model",          "precision",    "batch",
        "zeros_kind", "ratio",          "zeros",        "throughput_bound_per_s",
        "speedup",    "pruned_speedup", "weight_bytes", "limiter"};
    const roof_request *request = &curve->run.request;
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < curve->count; i++) {
        const roof_curve_point *point = &curve->points[i];
        const double numbers[] = {point->ratio,   point->zeros,         point->throughput,
                                  point->speedup, point->layer_speedup, point->weight_bytes};
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", curve->run.chip->id);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(curve->run.workload));
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_precision_name(request->precision));
        out_number_cell(page, request->batch);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_sparsity_kind_name(request->sparsity.kind));
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) out_number_cell(page, numbers[k]);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_binder_name(point->binding));
    }
}

static void put_points(const roof_curve *curve, roof_json_writer *writer)
{
    roof_json_open_array(writer, "points");
    for (size_t i = 0; i < curve->count; i++) {
        const roof_curve_point *point = &curve->points[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_number(writer, "ratio", point->ratio);
        roof_json_put_number(writer, "zeros", point->zeros);
        roof_json_put_number(writer, "bound", point->throughput);
        roof_json_put_number(writer, "speedup", point->speedup);
        roof_json_put_number(writer, "pruned_speedup", point->layer_speedup);
        roof_json_put_number(writer, "weight_bytes", point->weight_bytes);
        roof_json_put_string(writer, "limiter", roof_binder_name(point->binding));
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_turns(const roof_curve *curve, roof_json_writer *writer)
{
    roof_json_open_array(writer, "turns");
    for (size_t i = 0; i < curve->turn_count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_number(writer, "ratio", curve->turns[i].ratio);
        roof_json_put_string(writer, "from", roof_binder_name(curve->turns[i].from));
        roof_json_put_string(writer, "to", roof_binder_name(curve->turns[i].to));
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_curve_json(const roof_curve *curve, roof_json_writer *writer)
{
    const roof_prediction *run = &curve->run;
    roof_json_put_string(writer, "schema", "chiproof/sparsity/1");
    roof_json_put_string(writer, "chip", run->chip->id);
    roof_json_put_string(writer, "model", roof_workload_id(run->workload));
    roof_json_put_string(writer, "precision", roof_precision_name(run->request.precision));
    roof_json_put_number(writer, "batch", run->request.batch);
    roof_json_put_number(writer, "chips", run->request.chips);
    roof_json_put_string(writer, "kind", roof_sparsity_kind_name(run->request.sparsity.kind));
    roof_json_put_string(writer, "weights", roof_pruning_state_name(run->machine.pruning.weights));
    roof_json_put_string(writer, "unit", roof_workload_is_llm(run->workload) ? "tokens/s" : "inferences/s");
    roof_json_put_number(writer, "dense_ops_share", curve->dense_share);
    roof_json_put_string(writer, "note", out_bound_only);
    put_points(curve, writer);
    put_turns(curve, writer);
    out_warnings_json(&run->doubts, &run->warnings, writer);
}
