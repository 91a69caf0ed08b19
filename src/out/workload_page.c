#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/workload.h"
#include "out/run_text.h"

static void integer_cell(roof_page *page, double value)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, value);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void head_lines(const roof_workload_view *view, roof_page *page)
{
    const roof_workload *workload = view->workload;
    const roof_network *network = view->network;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_page_text(page, ROOF_HEADING, "%s (%s)", roof_workload_name(workload), roof_workload_id(workload));
    roof_buffer_printf(&text, "input %s; ",
                       roof_workload_input(workload) ? roof_workload_input(workload) : "unknown");
    roof_text_integer(&text, roof_workload_params(workload));
    roof_buffer_append(&text, " parameters; ");
    roof_text_integer(&text, roof_workload_macs(workload));
    roof_buffer_printf(&text, " MAC per %s",
                       roof_workload_is_llm(workload) ? "token, without attention over the context"
                                                      : "inference");
    roof_page_text(page, ROOF_PLAIN, "  %s", roof_buffer_text(&text));
    roof_buffer_reset(&text);
    for (size_t i = 0; i < roof_workload_alias_count(workload); i++)
        roof_buffer_printf(&text, "%s%s", i ? ", " : "", roof_workload_alias(workload, i));
    if (text.length) roof_page_text(page, ROOF_PLAIN, "  also called: %s", roof_buffer_text(&text));
    if (network->phase != ROOF_PHASE_WHOLE)
        roof_page_text(page, ROOF_PLAIN, "  shown: %s, %s %g tokens", roof_phase_name(network->phase),
                       network->phase == ROOF_PHASE_PREFILL ? "a prompt of" : "at a context of",
                       network->phase == ROOF_PHASE_PREFILL ? network->prompt : network->context);
    roof_page_text(page, ROOF_PLAIN, "  bytes at %s, batch %g", roof_precision_name(view->precision),
                   view->batch);
    roof_buffer_free(&text);
}

/* A layer's traffic if nothing is fused with it, for one of its repeats and the whole batch. */
static double layer_bytes(const roof_workload_view *view, const roof_op *op)
{
    double weight = roof_precision_weight_bytes(view->precision);
    double activation = roof_precision_activation_bytes(view->precision);
    double each =
        (op->input_elements + op->output_elements + op->cache_read + op->cache_written) * activation +
        op->weights_gathered * weight;
    return roof_op_weights_read(op, view->batch) * weight + view->batch * each;
}

static double layer_ops(const roof_workload_view *view, const roof_op *op)
{
    return view->batch * (2 * op->macs + op->other_ops);
}

static void si_cell(roof_page *page, double value, const char *unit)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_si(&text, value, unit);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* op/B of a layer, or of a whole network. */
static void intensity_cell(roof_page *page, double ops, double bytes)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (bytes > 0) roof_text_number(&text, ops / bytes);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void layer_row(const roof_workload_view *view, const roof_op *op, roof_page *page)
{
    double bytes = layer_bytes(view, op);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", op->name ? op->name : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_op_kind_name(op->kind));
    integer_cell(page, op->repeat);
    integer_cell(page, op->macs);
    integer_cell(page, op->weights_stored);
    si_cell(page, bytes, "B");
    intensity_cell(page, layer_ops(view, op), bytes);
}

static void total_row(const roof_workload_view *view, roof_page *page)
{
    double bytes = 0, ops = 0;
    for (size_t i = 0; i < view->network->op_count; i++) {
        const roof_op *op = &view->network->ops[i];
        bytes += op->repeat * layer_bytes(view, op);
        ops += op->repeat * layer_ops(view, op);
    }
    roof_page_row(page);
    roof_page_cell(page, ROOF_HEADING, "all");
    roof_page_cell(page, ROOF_HEADING, "%s", "");
    roof_page_cell(page, ROOF_HEADING, "%s", "");
    integer_cell(page, view->network->macs);
    integer_cell(page, view->network->weights_stored);
    si_cell(page, bytes, "B");
    intensity_cell(page, ops, bytes);
}

void roof_workload_page(const roof_workload_view *view, roof_page *page)
{
    static const char *const headers[] = {"layer", "kind", "times", "MAC", "parameters", "bytes", "op/B"};
    head_lines(view, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        roof_page_column(page, headers[i], i < 2 ? ROOF_LEFT : ROOF_RIGHT);
    for (size_t i = 0; i < view->network->op_count; i++) layer_row(view, &view->network->ops[i], page);
    total_row(view, page);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    for (size_t i = 0; i < roof_workload_source_count(view->workload); i++) {
        const roof_source *source = roof_workload_source(view->workload, i);
        roof_page_text(page, ROOF_FAINT, "  [%s] %s%s%s", source->id, source->title, source->url ? ", " : "",
                       source->url ? source->url : "");
    }
}

void roof_workload_grid(const roof_workload_view *view, roof_page *page)
{
    const roof_network *network = view->network;
    static const char *const headers[] = {"layer",      "kind",          "times",          "macs",
                                          "other_ops",  "weights",       "input_elements", "output_elements",
                                          "cache_read", "cache_written", "bytes"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i];
        const double counts[] = {op->repeat,         op->macs,           op->other_ops,
                                 op->weights_stored, op->input_elements, op->output_elements,
                                 op->cache_read,     op->cache_written};
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", op->name ? op->name : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_op_kind_name(op->kind));
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) out_number_cell(page, counts[k]);
        out_number_cell(page, layer_bytes(view, op));
    }
}

static void put_totals(const roof_workload *workload, roof_json_writer *writer)
{
    roof_json_put_string(writer, "id", roof_workload_id(workload));
    roof_json_put_string(writer, "name", roof_workload_name(workload));
    roof_json_put_string(writer, "task", roof_workload_task(workload));
    roof_json_put_string(writer, "family", roof_workload_family(workload));
    roof_json_put_string(writer, "input", roof_workload_input(workload));
    roof_json_put_number(writer, "params", roof_workload_params(workload));
    roof_json_put_number(writer, "macs", roof_workload_macs(workload));
}

void roof_workload_json(const roof_workload_view *view, roof_json_writer *writer)
{
    const roof_network *network = view->network;
    roof_json_put_string(writer, "schema", "chiproof/show-model/1");
    put_totals(view->workload, writer);
    roof_json_put_string(writer, "precision", roof_precision_name(view->precision));
    roof_json_put_number(writer, "batch", view->batch);
    roof_json_put_string(writer, "phase", roof_phase_name(network->phase));
    roof_json_open_array(writer, "layers");
    for (size_t i = 0; i < network->op_count; i++) {
        const roof_op *op = &network->ops[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "name", op->name);
        roof_json_put_string(writer, "kind", roof_op_kind_name(op->kind));
        roof_json_put_number(writer, "times", op->repeat);
        roof_json_put_number(writer, "macs", op->macs);
        roof_json_put_number(writer, "other_ops", op->other_ops);
        roof_json_put_number(writer, "weights", op->weights_stored);
        roof_json_put_number(writer, "input_elements", op->input_elements);
        roof_json_put_number(writer, "output_elements", op->output_elements);
        roof_json_put_number(writer, "bytes", layer_bytes(view, op));
        if (op->cache_read > 0) roof_json_put_number(writer, "cache_read", op->cache_read);
        if (op->cache_written > 0) roof_json_put_number(writer, "cache_written", op->cache_written);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_workload_list_begin(roof_page *page, bool for_people)
{
    static const char *const shown[] = {"id", "task", "input", "parameters", "MAC"};
    static const char *const tidy[] = {"id", "task", "input", "params", "macs"};
    roof_page_grid(page);
    for (size_t i = 0; i < 5; i++)
        roof_page_column(page, for_people ? shown[i] : tidy[i], i < 3 ? ROOF_LEFT : ROOF_RIGHT);
}

void roof_workload_list_row(const roof_workload *workload, roof_page *page, bool for_people)
{
    const char *task = roof_workload_task(workload), *input = roof_workload_input(workload);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(workload));
    roof_page_cell(page, ROOF_PLAIN, "%s", task ? task : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", input ? input : "");
    if (for_people) {
        integer_cell(page, roof_workload_params(workload));
        integer_cell(page, roof_workload_macs(workload));
    } else {
        out_number_cell(page, roof_workload_params(workload));
        out_number_cell(page, roof_workload_macs(workload));
    }
}

void roof_workload_list_json(const roof_workload *workload, roof_json_writer *writer)
{
    roof_json_open_object(writer, NULL);
    put_totals(workload, writer);
    roof_json_close(writer);
}
