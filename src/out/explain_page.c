/* The arithmetic of an answer, shown from the very parts that the model added up. */
#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/predict.h"
#include "out/explain_steps.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

static void part_steps(const roof_ceiling *ceiling, const char *unit, const char *times, roof_page *page,
                       roof_buffer *left, roof_buffer *right)
{
    for (int i = 0; i < ceiling->part_count; i++) {
        const roof_part *part = &ceiling->parts[i];
        roof_buffer_reset(left);
        roof_buffer_reset(right);
        out_exact(left, part->each, unit);
        if (part->times != 1) roof_buffer_printf(left, " x %s%g", times, part->times);
        if (part->share != 1) roof_buffer_printf(left, " / %.7g", 1 / part->share);
        if (part->times != 1 || part->share != 1) out_exact(right, roof_part_amount(part), unit);
        out_step(page, part->what, roof_buffer_text(left), roof_buffer_text(right), ROOF_PLAIN);
    }
}

static const char *rate_unit(roof_ceiling_id id)
{
    return id == ROOF_CEILING_COMPUTE ? "op/s" : id == ROOF_CEILING_POWER ? "W" : "B/s";
}

static void rate_text(const roof_machine *machine, const roof_bound *bound, roof_ceiling_id id,
                      roof_buffer *out)
{
    const roof_input *input = &machine->inputs[roof_ceiling_rate(id)];
    bool links = id == ROOF_CEILING_LINK || id == ROOF_CEILING_INSIDE; /* counted for one chip */
    double chips = links ? 1 : bound->split.together;
    if (chips > 1) roof_buffer_printf(out, "(%g x ", chips);
    roof_text_si_six(out, input->si, rate_unit(id));
    if (chips > 1) roof_buffer_append_char(out, ')');
    if (bound->split.busy < 1) roof_buffer_printf(out, " x %.7g busy", bound->split.busy);
    roof_buffer_printf(out, " (%s %c)", input->field, roof_claim_letter(input->value->claim));
}

void out_ceiling_steps(const roof_machine *machine, const roof_bound *bound, roof_ceiling_id id,
                       roof_page *page)
{
    const roof_ceiling *ceiling = &bound->ceilings[id];
    const char *unit = roof_ceiling_unit(id);
    bool binds = id == bound->limiter && ceiling->seconds > 0;
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (ceiling->amount <= 0) return;
    roof_page_text(page, ROOF_HEADING, "%s%s", roof_ceiling_name(id), binds ? " <- binds" : "");
    out_begin_steps(page);
    part_steps(ceiling, unit, bound->split.microbatches > 1 ? "" : "batch ", page, &left, &right);
    roof_buffer_reset(&left);
    roof_buffer_reset(&right);
    if (isnan(ceiling->rate)) {
        out_exact(&left, ceiling->amount, unit);
        roof_buffer_printf(&left, " / %s", machine->inputs[roof_ceiling_rate(id)].field);
        out_step(page, "not counted", roof_buffer_text(&left), "rate not published", ROOF_FAINT);
    } else {
        out_exact(&left, ceiling->amount, unit);
        roof_buffer_append(&left, " / ");
        rate_text(machine, bound, id, &left);
        roof_text_si_six(&right, ceiling->seconds, "s");
        out_step(page, "time", roof_buffer_text(&left), roof_buffer_text(&right),
                 binds ? ROOF_BETTER : ROOF_PLAIN);
    }
    double intensity = roof_bound_intensity(bound, id);
    if (!isnan(intensity)) {
        double ridge = roof_machine_ridge(machine, roof_ceiling_rate(id));
        roof_buffer_reset(&left);
        roof_buffer_reset(&right);
        roof_text_number(&left, intensity);
        roof_buffer_append(&left, " op/B");
        if (!isnan(ridge)) {
            roof_buffer_append(&left, "; ridge point ");
            roof_text_number(&left, ridge);
            roof_buffer_append(&left, " op/B");
            roof_buffer_append(&left, intensity < ridge ? ": memory side" : ": compute side");
        }
        out_step(page, "intensity", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
    }
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* "25,557,032 weights x 1 B (int8)"; where zeros are left out, the pruned ones on a line of their own. */
static void weight_steps(const roof_prediction *p, roof_page *page, roof_buffer *left, roof_buffer *right)
{
    const roof_traffic *traffic = &p->traffic;
    const roof_sparsity stored = p->machine.pruning.stored;
    const double each = traffic->formats.weight_bytes, pruned = traffic->formats.pruned_weight_bytes;
    const double apart = pruned < each ? traffic->prunable_weights : 0;
    out_exact(left, p->network->weights_stored - apart, "weights");
    roof_buffer_printf(
        left, " x %g B (%s)", each,
        roof_precision_name(p->request.has_weights ? p->request.weights : p->request.precision));
    out_exact(right, traffic->weight_bytes_stored - apart * pruned, "B");
    out_step(page, apart > 0 ? "dense weights" : "weights", roof_buffer_text(left), roof_buffer_text(right),
             ROOF_PLAIN);
    roof_buffer_reset(left);
    roof_buffer_reset(right);
    if (apart <= 0) return;
    out_exact(left, apart, "weights");
    roof_buffer_printf(left, " x (%g kept x %g B + %g bits of index)", roof_sparsity_kept(stored), each,
                       roof_sparsity_index_bits(stored));
    out_exact(right, apart * pruned, "B");
    out_step(page, "pruned weights", roof_buffer_text(left), roof_buffer_text(right), ROOF_PLAIN);
    roof_buffer_reset(left);
    roof_buffer_reset(right);
}

/* The speed-up of pruned layers, and what holds it. */
static void pruning_steps(const roof_prediction *p, roof_page *page)
{
    const roof_pruning *pruning = &p->machine.pruning;
    const roof_input *inputs = p->machine.inputs;
    const roof_input *ratio = &inputs[ROOF_INPUT_SPARSITY_RATIO], *peak = &inputs[ROOF_INPUT_SPARSE_PEAK];
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (pruning->kept >= 1) return;
    roof_buffer_printf(&left, "min(1 / %g kept", pruning->kept);
    if (ratio->value)
        roof_buffer_printf(&left, ", %.4g published %c", ratio->si, roof_claim_letter(ratio->value->claim));
    if (peak->value)
        roof_buffer_printf(&left, ", sparse peak %.4g %s %c / dense", peak->value->given, peak->value->unit,
                           roof_claim_letter(peak->value->claim));
    roof_buffer_append_char(&left, ')');
    roof_text_number(&right, pruning->speedup);
    roof_buffer_append(&right, " x");
    out_step(page, "zeros skipped", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

static void network_steps(const roof_prediction *p, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    roof_page_text(page, ROOF_HEADING, "the network");
    out_begin_steps(page);
    roof_buffer_append(&left, "2 x ");
    out_exact(&left, p->network->macs, "MAC");
    out_exact(&right, p->traffic.ops, "op");
    out_step(page, "operations", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
    roof_buffer_reset(&left);
    roof_buffer_reset(&right);
    pruning_steps(p, page);
    weight_steps(p, page, &left, &right);
    if (p->traffic.cache_bytes_held > 0) {
        const roof_split *split = &p->bound.split;
        double batch = split->batch * split->microbatches; /* in the memories that are counted */
        out_exact(&left, p->network->cache_elements, "values");
        roof_buffer_printf(&left, " x %g B x batch %g", p->traffic.formats.cache_bytes, batch);
        if (split->copies > 1) roof_buffer_printf(&left, " x %.7g copies", split->copies);
        out_exact(&right, p->traffic.cache_bytes_held * batch * split->copies, "B");
        out_step(page, "KV cache", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
        roof_buffer_reset(&left);
        roof_buffer_reset(&right);
    }
    roof_unit_format(&left, p->bound.need_bytes, ROOF_DIM_BYTES);
    roof_buffer_append(&left, " against ");
    if (p->bound.on_chip_bytes > 0) {
        if (p->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].value) {
            roof_buffer_append(
                &left, roof_relation_sign(p->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].value->relation));
            if (p->bound.split.together > 1) roof_buffer_printf(&left, "%g x ", p->bound.split.together);
            roof_unit_format(&left, p->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].si, ROOF_DIM_BYTES);
            roof_buffer_printf(&left, " (sram.capacity %c)",
                               roof_claim_letter(p->machine.inputs[ROOF_INPUT_SRAM_CAPACITY].value->claim));
        } else {
            roof_unit_format(&left, p->bound.on_chip_bytes, ROOF_DIM_BYTES);
        }
    } else {
        roof_buffer_append(&left, "on-chip memory of unpublished size");
    }
    out_step(page, "where they are", roof_buffer_text(&left),
             p->bound.home == ROOF_HOME_UNKNOWN ? "not known" : roof_home_place(p->bound.home, p->chip),
             ROOF_PLAIN);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

void out_answer_steps(const roof_prediction *p, roof_page *page)
{
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    double results = p->request.batch * p->network->results_per_pass;
    roof_page_text(page, ROOF_HEADING, "bound");
    out_begin_steps(page);
    roof_buffer_printf(&left, "%g %s / ", results,
                       results == 1 ? out_result_singular(p) : p->network->result_unit);
    roof_text_si_six(&left, p->bound.seconds, "s");
    roof_text_number(&right, p->throughput);
    roof_buffer_printf(&right, " %s/s", p->network->result_unit);
    out_step(page, "throughput", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_BETTER);
    if (p->bound.split.fill != 1) {
        roof_buffer_reset(&left);
        roof_buffer_reset(&right);
        roof_text_si_six(&left, p->bound.seconds, "s");
        roof_buffer_printf(&left, " x %.7g (a batch alone)", p->bound.split.fill);
        roof_text_si_six(&right, p->latency_s, "s");
        out_step(page, "latency", roof_buffer_text(&left), roof_buffer_text(&right), ROOF_PLAIN);
    }
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

static void layer_table(const roof_prediction *p, roof_page *page)
{
    static const char *const headers[] = {"layer", "kind", "x", "MAC", "weights", "in", "out", "op/B"};
    const double weight = p->traffic.formats.weight_bytes;
    const double activation = p->traffic.formats.activation_bytes;
    roof_page_text(page, ROOF_HEADING, "layers, batch 1");
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++)
        roof_page_column(page, headers[i], i < 2 ? ROOF_LEFT : ROOF_RIGHT);
    for (size_t i = 0; i < p->network->op_count; i++) {
        const roof_op *op = &p->network->ops[i];
        double bytes = roof_op_weights_read(op, 1) * weight +
                       (op->input_elements + op->output_elements + op->cache_read) * activation;
        const double counts[] = {op->repeat, op->macs, op->weights_stored, op->input_elements,
                                 op->output_elements};
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", op->name ? op->name : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_op_kind_name(op->kind));
        for (size_t k = 0; k < sizeof counts / sizeof *counts; k++) {
            roof_buffer text = ROOF_BUFFER_EMPTY;
            roof_text_integer(&text, counts[k]);
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
            roof_buffer_free(&text);
        }
        roof_buffer text = ROOF_BUFFER_EMPTY;
        if (bytes > 0) roof_text_number(&text, 2 * op->macs / bytes);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
        roof_buffer_free(&text);
    }
}

static void split_line(const roof_prediction *p, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (!(p->request.chips > 1)) return;
    out_split_text(&p->bound.split, p->request.batch, &text);
    roof_page_text(page, ROOF_HEADING, "the chips");
    roof_page_text(page, ROOF_PLAIN, "  %s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

void roof_explanation_page(const roof_prediction *p, const roof_expected *expected, bool layers,
                           roof_page *page)
{
    if (!out_run_head(p, page)) return;
    network_steps(p, page);
    split_line(p, page);
    for (int i = 0; i < ROOF_CEILING_POWER; i++)
        out_ceiling_steps(&p->machine, &p->bound, (roof_ceiling_id)i, page);
    out_power_steps(p, page);
    out_answer_steps(p, page);
    out_phase_steps(p, page);
    out_energy_steps(p, page);
    out_expected_steps(p, expected, page);
    if (layers) layer_table(p, page);
    out_warnings(&p->doubts, &p->warnings, page);
    if (expected->forecast->given) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
}

void roof_explanation_grid(const roof_prediction *p, roof_page *page)
{
    static const char *const headers[] = {"ceiling", "what", "each",       "times",  "share",
                                          "amount",  "unit", "rate_per_s", "seconds"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &p->bound.ceilings[i];
        for (int k = 0; k < ceiling->part_count; k++) {
            const roof_part *part = &ceiling->parts[k];
            roof_page_row(page);
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_ceiling_name((roof_ceiling_id)i));
            roof_page_cell(page, ROOF_PLAIN, "%s", part->what);
            out_number_cell(page, part->each);
            out_number_cell(page, part->times);
            out_number_cell(page, part->share);
            out_number_cell(page, roof_part_amount(part));
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_ceiling_unit((roof_ceiling_id)i));
            out_number_cell(page, ceiling->rate);
            out_number_cell(page, roof_part_amount(part) / ceiling->rate);
        }
    }
}

void roof_explanation_json(const roof_prediction *p, const roof_expected *expected, roof_json_writer *writer)
{
    roof_prediction_json(p, expected->forecast, writer);
    out_expected_json(expected, writer);
    roof_json_open_array(writer, "explanation");
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &p->bound.ceilings[i];
        if (ceiling->amount <= 0) continue;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "ceiling", roof_ceiling_name((roof_ceiling_id)i));
        roof_json_open_array(writer, "parts");
        for (int k = 0; k < ceiling->part_count; k++) {
            roof_json_open_object(writer, NULL);
            roof_json_put_string(writer, "what", ceiling->parts[k].what);
            roof_json_put_number(writer, "each", ceiling->parts[k].each);
            roof_json_put_number(writer, "times", ceiling->parts[k].times);
            if (ceiling->parts[k].share != 1) roof_json_put_number(writer, "share", ceiling->parts[k].share);
            roof_json_close(writer);
        }
        roof_json_close(writer);
        roof_json_put_number(writer, "amount", ceiling->amount);
        roof_json_put_string(writer, "unit", roof_ceiling_unit((roof_ceiling_id)i));
        roof_json_put_number(writer, "rate", ceiling->rate);
        roof_json_put_number(writer, "seconds", ceiling->seconds);
        roof_json_put_number(writer, "intensity", roof_bound_intensity(&p->bound, (roof_ceiling_id)i));
        roof_json_close(writer);
    }
    roof_json_close(writer);
}
