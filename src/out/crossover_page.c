#include <math.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/crossover.h"
#include "out/crossover_expected.h"
#include "out/report.h"
#include "out/run_text.h"

/* What to mind of both: doubts name their chip, warnings of a run get its name, notes are the same for both.
 */
static void collect(const roof_crossover *c, roof_report *out)
{
    for (int i = 0; i < 2; i++) {
        const roof_prediction *run = c->runs[i];
        for (size_t k = 0; k < run->doubts.length; k++) roof_report_add(out, &run->doubts.items[k]);
        for (size_t k = 0; k < run->warnings.length; k++) {
            const roof_error *warning = &run->warnings.items[k];
            if (warning->grade != ROOF_GRADE_NOTE)
                roof_report_addf(out, warning->grade, warning->code, "%s: %s", run->chip->id,
                                 warning->message);
            else if (i == 0) roof_report_add(out, warning);
        }
    }
}

/* ---- for people ---- */

static const char *name_of(const roof_crossover *c, int run)
{
    return c->runs[run]->chip->name;
}

static const char *result_words(const roof_crossover *c)
{
    return c->axis == ROOF_SWEEP_INTENSITY              ? "operations"
           : roof_workload_is_llm(c->runs[0]->workload) ? "tokens"
                                                        : "inferences";
}

/* The memory whose bytes the intensity counts. */
static void memory_lines(const roof_crossover *c, roof_page *page)
{
    if (c->axis != ROOF_SWEEP_INTENSITY) return;
    for (int i = 0; i < 2; i++) {
        const roof_machine *machine = &c->runs[i]->machine;
        const roof_input *input = &machine->inputs[roof_machine_outer_bandwidth(machine)];
        roof_buffer rate = ROOF_BUFFER_EMPTY;
        if (input->value) roof_text_si(&rate, input->si, "B/s");
        else roof_buffer_append(&rate, "not published");
        roof_page_text(page, ROOF_PLAIN, "Bytes of %s are those of %s (%s).", name_of(c, i), input->field,
                       roof_buffer_text(&rate));
        roof_buffer_free(&rate);
    }
}

static void head_line(const roof_crossover *c, roof_page *page)
{
    const roof_request *a = &c->runs[0]->request, *b = &c->runs[1]->request;
    roof_buffer label = ROOF_BUFFER_EMPTY;
    out_run_label(c->runs[0], &label);
    if (c->axis == ROOF_SWEEP_CONTEXT) roof_buffer_printf(&label, ", batch %g", a->batch);
    else if (a->phase == ROOF_PHASE_DECODE) roof_buffer_printf(&label, " at context %g", a->context);
    else if (a->phase == ROOF_PHASE_PREFILL) roof_buffer_printf(&label, " of %g tokens", a->prompt);
    if (a->chips > 1) roof_buffer_printf(&label, ", %g of each chip", a->chips);
    roof_page_text(page, ROOF_HEADING, "%s: bounds of %s (%s) and %s (%s), %s a second",
                   roof_buffer_text(&label), name_of(c, 0), roof_precision_name(a->precision), name_of(c, 1),
                   roof_precision_name(b->precision), result_words(c));
    roof_buffer_free(&label);
}

static void leader_cell(const roof_crossover *c, const roof_stretch *stretch, roof_page *page)
{
    switch (stretch->leader) {
    case ROOF_LEADER_A: roof_page_cell(page, ROOF_BETTER, "%s", name_of(c, 0)); break;
    case ROOF_LEADER_B: roof_page_cell(page, ROOF_BETTER, "%s", name_of(c, 1)); break;
    case ROOF_LEADER_EQUAL: roof_page_cell(page, ROOF_PLAIN, "equal"); break;
    case ROOF_LEADER_ONLY_A: roof_page_cell(page, ROOF_PLAIN, "only %s can", name_of(c, 0)); break;
    case ROOF_LEADER_ONLY_B: roof_page_cell(page, ROOF_PLAIN, "only %s can", name_of(c, 1)); break;
    case ROOF_LEADER_NEITHER: roof_page_cell(page, ROOF_PLAIN, "neither can"); break;
    }
}

/* "1,030 to 4,200", or one number if both look the same. */
static void span_cell(double from, double to, void (*number)(roof_buffer *, double), roof_page *page)
{
    roof_buffer first = ROOF_BUFFER_EMPTY, last = ROOF_BUFFER_EMPTY;
    if (isnan(from)) roof_buffer_append_char(&first, '-');
    else number(&first, from);
    if (!isnan(to)) number(&last, to);
    bool one = last.length == 0 || strcmp(roof_buffer_text(&first), roof_buffer_text(&last)) == 0;
    roof_page_cell(page, ROOF_PLAIN, "%s%s%s", roof_buffer_text(&first), one ? "" : " to ",
                   one ? "" : roof_buffer_text(&last));
    roof_buffer_free(&first);
    roof_buffer_free(&last);
}

static void rate_text(roof_buffer *out, double rate)
{
    roof_text_si(out, rate, "op/s");
}

static void root_lines(const roof_crossover *c, roof_page *page)
{
    for (size_t i = 0; i < c->root_count; i++)
        roof_page_text(page, ROOF_PLAIN, "The bounds are equal and change order at %s %.6g%s.",
                       roof_sweep_name(c->axis), c->roots[i], roof_sweep_unit(c->axis));
    if (c->turns && c->axis == ROOF_SWEEP_PRECISION)
        roof_page_text(page, ROOF_PLAIN, "Who is ahead depends on the precision.");
    else if (c->root_count == 0) roof_page_text(page, ROOF_PLAIN, "They do not change places.");
}

void roof_crossover_page(const roof_crossover *c, roof_page *page)
{
    out_prospects(c, page);
    head_line(c, page);
    roof_page_grid(page);
    const char *unit = roof_sweep_unit(c->axis);
    roof_buffer header = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&header, *unit ? "%s,%s%s" : "%s", roof_sweep_name(c->axis), *unit == ' ' ? "" : " ",
                       unit);
    roof_page_column(page, roof_buffer_text(&header), ROOF_RIGHT);
    roof_buffer_free(&header);
    roof_page_column(page, "ahead", ROOF_WRAPPED);
    for (int i = 0; i < 2; i++) roof_page_column(page, c->runs[i]->chip->id, ROOF_RIGHT);
    for (size_t i = 0; i < c->stretch_count; i++) {
        const roof_stretch *stretch = &c->stretches[i];
        roof_page_row(page);
        if (c->axis == ROOF_SWEEP_PRECISION)
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_precision_name((roof_precision)stretch->from));
        else
            span_cell(stretch->from, stretch->to,
                      roof_sweep_is_whole(c->axis) ? roof_text_integer : roof_text_number, page);
        leader_cell(c, stretch, page);
        for (int k = 0; k < 2; k++)
            span_cell(stretch->throughput_from[k], stretch->throughput_to[k],
                      c->axis == ROOF_SWEEP_INTENSITY ? rate_text : roof_text_number, page);
    }
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    root_lines(c, page);
    memory_lines(c, page);
    if (!c->prospect_count) roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    roof_report mind = ROOF_REPORT_EMPTY;
    collect(c, &mind);
    out_warnings(NULL, &mind, page);
    roof_report_clear(&mind);
}

/* ---- for machines ---- */

static const char *const leaders[] = {"a", "b", "equal", "only a", "only b", "neither"};

static void put_run(const roof_prediction *run, const char *key, roof_json_writer *writer)
{
    roof_json_open_object(writer, key);
    roof_json_put_string(writer, "chip", run->chip->id);
    roof_json_put_string(writer, "name", run->chip->name);
    roof_json_put_string(writer, "precision", roof_precision_name(run->request.precision));
    roof_json_close(writer);
}

static void put_request(const roof_crossover *c, roof_json_writer *writer)
{
    const roof_request *request = &c->runs[0]->request;
    roof_json_put_string(writer, "model", roof_workload_id(c->runs[0]->workload));
    roof_json_put_number(writer, "chips", request->chips);
    if (c->axis != ROOF_SWEEP_BATCH) roof_json_put_number(writer, "batch", request->batch);
    if (!roof_workload_is_llm(c->runs[0]->workload)) return;
    roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
    roof_json_put_number(writer, "prompt", request->prompt);
    if (c->axis != ROOF_SWEEP_CONTEXT) roof_json_put_number(writer, "context", request->context);
}

static void put_stretch(const roof_stretch *stretch, roof_sweep axis, roof_json_writer *writer)
{
    static const char *const sides[] = {"a", "b"};
    roof_json_open_object(writer, NULL);
    if (axis == ROOF_SWEEP_PRECISION) {
        roof_json_put_string(writer, "precision", roof_precision_name((roof_precision)stretch->from));
    } else {
        roof_json_put_number(writer, "from", stretch->from);
        roof_json_put_number(writer, "to", stretch->to);
    }
    roof_json_put_string(writer, "ahead", leaders[stretch->leader]);
    for (int i = 0; i < 2; i++) {
        roof_json_open_object(writer, sides[i]);
        roof_json_put_number(writer, "bound_from", stretch->throughput_from[i]);
        roof_json_put_number(writer, "bound_to", stretch->throughput_to[i]);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_crossover_json(const roof_crossover *c, roof_json_writer *writer)
{
    bool llm = roof_workload_is_llm(c->runs[0]->workload);
    roof_json_put_string(writer, "schema", "chiproof/crossover/1");
    put_request(c, writer);
    roof_json_put_string(writer, "note", out_bound_only); /* of the ranges */
    put_run(c->runs[0], "a", writer);
    put_run(c->runs[1], "b", writer);
    roof_json_put_string(writer, "over", roof_sweep_name(c->axis));
    if (c->axis != ROOF_SWEEP_PRECISION) {
        roof_json_put_number(writer, "from", c->least);
        roof_json_put_number(writer, "to", c->most);
    }
    roof_json_put_string(writer, "unit",
                         c->axis == ROOF_SWEEP_INTENSITY ? "op/s"
                         : llm                           ? "tokens/s"
                                                         : "inferences/s");
    roof_json_open_array(writer, "crossings");
    for (size_t i = 0; i < c->root_count; i++) roof_json_put_number(writer, NULL, c->roots[i]);
    roof_json_close(writer);
    roof_json_open_array(writer, "ranges");
    for (size_t i = 0; i < c->stretch_count; i++) put_stretch(&c->stretches[i], c->axis, writer);
    roof_json_close(writer);
    out_prospects_json(c, writer);
    roof_report mind = ROOF_REPORT_EMPTY;
    collect(c, &mind);
    out_warnings_json(NULL, &mind, writer);
    roof_report_clear(&mind);
}

static void place_cell(const roof_crossover *c, double place, roof_page *page)
{
    if (c->axis == ROOF_SWEEP_PRECISION)
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_precision_name((roof_precision)place));
    else out_number_cell(page, place);
}

void roof_crossover_grid(const roof_crossover *c, roof_page *page)
{
    static const char *const headers[] = {"model",
                                          "over",
                                          "from",
                                          "to",
                                          "ahead",
                                          "a",
                                          "b",
                                          "a_throughput_bound_from_per_s",
                                          "a_throughput_bound_to_per_s",
                                          "b_throughput_bound_from_per_s",
                                          "b_throughput_bound_to_per_s"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < c->stretch_count; i++) {
        const roof_stretch *stretch = &c->stretches[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(c->runs[0]->workload));
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_sweep_name(c->axis));
        place_cell(c, stretch->from, page);
        place_cell(c, stretch->to, page);
        roof_page_cell(page, ROOF_PLAIN, "%s", leaders[stretch->leader]);
        for (int k = 0; k < 2; k++) roof_page_cell(page, ROOF_PLAIN, "%s", c->runs[k]->chip->id);
        for (int k = 0; k < 2; k++) {
            out_number_cell(page, stretch->throughput_from[k]);
            out_number_cell(page, stretch->throughput_to[k]);
        }
    }
}
