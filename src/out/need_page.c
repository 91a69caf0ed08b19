#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/need.h"
#include "out/need_text.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* A cell whose text is taken from the buffer, which is emptied. */
static void cell(roof_page *page, roof_emphasis emphasis, roof_buffer *text)
{
    roof_page_cell(page, emphasis, "%s", roof_buffer_text(text));
    roof_buffer_reset(text);
}

/* ---- of a chip ---- */

static void head(const roof_need *need, roof_page *page)
{
    roof_buffer title = ROOF_BUFFER_EMPTY, target = ROOF_BUFFER_EMPTY;
    out_run_title(need->run, &title);
    out_target(&need->target, need->run->workload, &target);
    roof_page_text(page, ROOF_HEADING, "%s: what %s would take", roof_buffer_text(&title),
                   roof_buffer_text(&target));
    roof_buffer_reset(&target);
    if (need->run->refusal.code != ROOF_OK) {
        roof_page_text(page, ROOF_DOUBTFUL, "As it is it cannot: %s", need->run->refusal.message);
    } else {
        out_goal_figure(&need->target, need->run->workload, need->figure, &target);
        roof_page_text(page, ROOF_PLAIN, "As it is the bound is %s, by %s: %s.", roof_buffer_text(&target),
                       roof_ceiling_name(need->run->bound.limiter),
                       need->met ? "the target is met, and could be with" : "the target is out of reach");
    }
    roof_buffer_free(&title);
    roof_buffer_free(&target);
}

static void has_cell(const roof_need *need, const roof_need_row *row, roof_page *page, roof_buffer *text)
{
    const roof_machine *machine = &need->run->machine;
    const roof_value *value =
        row->variable == ROOF_VARIABLE_CHIPS ? NULL : machine->inputs[row->variable].value;
    if (value) out_value_marked(text, value, roof_variable_dimension(machine, row->variable), false, 0);
    else if (isnan(row->has)) roof_buffer_append(text, "not published");
    else out_variable(machine, row->variable, row->has, text);
    cell(page, ROOF_PLAIN, text);
}

/* Why no value is enough. */
static void blocked(const roof_need *need, const roof_need_row *row, roof_buffer *text)
{
    if (isnan(row->best)) {
        roof_buffer_append(text, "not alone: it would not fit all the same");
        return;
    }
    roof_buffer_printf(text, "not alone: %s allows ", roof_ceiling_name(row->at.bound.limiter));
    out_goal_figure(&need->target, need->run->workload, row->best, text);
}

static void need_cells(const roof_need *need, const roof_need_row *row, roof_page *page, roof_buffer *text)
{
    const roof_machine *machine = &need->run->machine;
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", roof_variable_name(machine, row->variable));
    has_cell(need, row, page, text);
    if (row->state == ROOF_NEED_ANY) roof_buffer_append(text, "any");
    else if (isnan(row->needs)) roof_buffer_append_char(text, '-');
    else out_variable(machine, row->variable, row->needs, text);
    cell(page, ROOF_PLAIN, text);
    if (row->ratio < 0.001) roof_buffer_append(text, "< 0.001 x");
    else if (!isnan(row->ratio)) roof_unit_format(text, row->ratio, ROOF_DIM_RATIO);
    cell(page, ROOF_PLAIN, text);
    if (row->state == ROOF_NEED_ALONE_NOT) blocked(need, row, text);
    else if (row->state == ROOF_NEED_ENOUGH) roof_buffer_append(text, need->met ? "still enough" : "enough");
    cell(page, row->state == ROOF_NEED_ALONE_NOT ? ROOF_DOUBTFUL : ROOF_BETTER, text);
}

/* "None alone is enough; together: peak.int8.dense 40.9 TOPS, host.bandwidth 0.9 GB/s." */
static void together_line(const roof_need *need, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    int count = 0;
    for (size_t i = 0; i < need->count; i++) {
        const roof_need_row *row = &need->rows[i];
        if (row->state == ROOF_NEED_ENOUGH) count = -100;
        if (isnan(row->needs) || row->ratio <= 1) continue;
        roof_buffer_printf(&text, "%s%s ", text.length ? ", " : "",
                           roof_variable_name(&need->run->machine, row->variable));
        out_variable(&need->run->machine, row->variable, row->needs, &text);
        count++;
    }
    if (count > 1)
        roof_page_text(page, ROOF_PLAIN, "None alone is enough; each of these must be: %s.",
                       roof_buffer_text(&text));
    roof_buffer_free(&text);
}

void roof_need_page(const roof_need *need, roof_page *page)
{
    static const char *const headers[] = {"", "has", "needs", "ratio", "alone"};
    roof_buffer text = ROOF_BUFFER_EMPTY;
    head(need, page);
    roof_page_grid(page);
    for (int i = 0; i < 5; i++)
        roof_page_column(page, headers[i], i == 0 ? ROOF_LEFT : i == 4 ? ROOF_WRAPPED : ROOF_RIGHT);
    for (size_t i = 0; i < need->count; i++) need_cells(need, &need->rows[i], page, &text);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    together_line(need, page);
    roof_page_text(page, ROOF_FAINT, "%s", out_need_note);
    out_warnings(&need->run->doubts, &need->run->warnings, page);
    roof_buffer_free(&text);
}

/* ---- from scratch ---- */

static void assumption(const roof_scratch *scratch, roof_scratch_kind kind, roof_buffer *text)
{
    const roof_prediction *run = &scratch->run;
    switch (kind) {
    case ROOF_SCRATCH_PEAK: roof_buffer_append(text, "dense, fully used"); break;
    case ROOF_SCRATCH_SRAM_BANDWIDTH:
        roof_buffer_append(text, "all that the layers read and write passes it once");
        break;
    case ROOF_SCRATCH_SRAM_CAPACITY:
        roof_buffer_append(text, "to hold all weights and caches, without external memory");
        break;
    case ROOF_SCRATCH_DRAM_BANDWIDTH:
        roof_unit_format(text, run->traffic.working_bytes, ROOF_DIM_BYTES);
        roof_buffer_append(text, " on chip (the largest layer's input and output), the rest outside");
        break;
    case ROOF_SCRATCH_HOST_BANDWIDTH: roof_buffer_append(text, "inputs in, outputs out"); break;
    case ROOF_SCRATCH_COUNT: break;
    }
}

static void scratch_table(const roof_scratch *scratch, roof_page *page, roof_buffer *text)
{
    roof_page_grid(page);
    roof_page_column(page, "", ROOF_LEFT);
    roof_page_column(page, "at least", ROOF_RIGHT);
    roof_page_column(page, "when", ROOF_WRAPPED);
    for (int i = 0; i < ROOF_SCRATCH_COUNT; i++) {
        const roof_need_row *row = &scratch->rows[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "  %s", roof_variable_name(&scratch->run.machine, row->variable));
        if (row->state == ROOF_NEED_ANY) roof_buffer_append(text, "any");
        else out_variable(&scratch->run.machine, row->variable, row->needs, text);
        cell(page, ROOF_PLAIN, text);
        assumption(scratch, (roof_scratch_kind)i, text);
        cell(page, ROOF_PLAIN, text);
    }
}

static void candidate_cells(const roof_rank_row *row, const roof_target *target, roof_page *page,
                            roof_buffer *text)
{
    const roof_prediction *p = &row->prediction;
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "  %s", p->chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(p->chip->level));
    if (row->power) {
        roof_unit_format(text, row->power_w, ROOF_DIM_WATTS);
        roof_buffer_append(text, row->power_field == ROOF_FIELD_TDP ? " TDP" : " typical");
    } else {
        roof_buffer_append_char(text, '-');
    }
    cell(page, ROOF_PLAIN, text);
    out_goal_figure(target, p->workload, roof_target_figure(target, p->throughput, p->latency_s), text);
    roof_buffer_append(text, row->unlimited ? " !" : row->doubtful ? " ?" : "");
    cell(page, row->unlimited || row->doubtful ? ROOF_DOUBTFUL : ROOF_PLAIN, text);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_ceiling_name(p->bound.limiter));
}

static void candidates_table(const roof_scratch_view *view, roof_page *page, roof_buffer *text)
{
    static const char *const headers[] = {"", "level", "power", "bound", "limit"};
    const roof_candidates *candidates = view->candidates;
    size_t shown = view->top && view->top < candidates->count ? view->top : candidates->count;
    if (candidates->count == 0) {
        roof_page_text(page, ROOF_PLAIN, "None of the %zu chips that can run it meets the target.",
                       view->ranking->answered_count);
        return;
    }
    roof_page_text(page, ROOF_PLAIN,
                   "%zu of the %zu chips that can run it could; the first by power:", candidates->count,
                   view->ranking->answered_count);
    roof_page_grid(page);
    for (int i = 0; i < 5; i++) roof_page_column(page, headers[i], i == 2 || i == 3 ? ROOF_RIGHT : ROOF_LEFT);
    for (size_t i = 0; i < shown; i++)
        candidate_cells(candidates->rows[i], &view->scratch->target, page, text);
    roof_page_text(page, ROOF_FAINT, "! the weights' traffic is not counted; ? an unverified value.");
}

void roof_scratch_page(const roof_scratch_view *view, roof_page *page)
{
    const roof_scratch *scratch = view->scratch;
    roof_buffer text = ROOF_BUFFER_EMPTY, target = ROOF_BUFFER_EMPTY;
    out_run_label(&scratch->run, &text);
    out_target(&scratch->target, scratch->run.workload, &target);
    roof_page_text(page, ROOF_HEADING,
                   "%s, %s, batch %g: what %s needs at least, each with the rest unlimited",
                   roof_buffer_text(&text), roof_precision_name(scratch->run.request.precision),
                   scratch->run.request.batch, roof_buffer_text(&target));
    roof_buffer_reset(&text);
    scratch_table(scratch, page, &text);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    candidates_table(view, page, &text);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_FAINT, "%s", out_need_note);
    roof_buffer_free(&text);
    roof_buffer_free(&target);
}
