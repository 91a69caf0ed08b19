#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/audit.h"
#include "out/run_text.h"

/* ---- for people ---- */

static void share_cell(roof_page *page, double share)
{
    if (isnan(share)) roof_page_cell(page, ROOF_FAINT, "-");
    else
        roof_page_cell(page, share > ROOF_AUDIT_SLACK ? ROOF_DOUBTFUL : ROOF_PLAIN,
                       share < 10 ? "%.3g %%" : "%.0f %%",
                       100 * share < 999.5 ? 100 * share : round(100 * share));
}

static void count_cell(roof_page *page, size_t count, roof_emphasis emphasis)
{
    if (count) roof_page_cell(page, emphasis, "%zu", count);
    else roof_page_cell(page, ROOF_FAINT, "-");
}

static void summary_row(const roof_audit_summary *sum, roof_page *page)
{
    roof_page_row(page);
    roof_page_cell(page, sum->chip ? ROOF_PLAIN : ROOF_HEADING, "%s", sum->chip ? sum->chip : "all");
    roof_page_cell(page, ROOF_PLAIN, "%zu", sum->rows);
    share_cell(page, sum->median);
    share_cell(page, sum->best);
    count_cell(page, sum->verdicts[ROOF_AUDIT_ABOVE], ROOF_DOUBTFUL);
    count_cell(page, sum->verdicts[ROOF_AUDIT_EXPLAINED], ROOF_PLAIN);
    count_cell(page, sum->verdicts[ROOF_AUDIT_SPARSE], ROOF_PLAIN);
    count_cell(page, sum->verdicts[ROOF_AUDIT_UNCHECKED], ROOF_PLAIN);
}

static void summary_grid(const roof_audit *audit, roof_page *page)
{
    static const char *const heads[] = {"chip",  "rows",      "median", "best",
                                        "above", "explained", "sparse", "not checkable"};
    roof_page_grid(page);
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        roof_page_column(page, heads[i], i ? ROOF_RIGHT : ROOF_LEFT);
    for (size_t i = 0; i < audit->chip_count; i++) summary_row(&audit->chips[i], page);
    if (audit->chip_count > 1) summary_row(&audit->all, page);
}

/* "HL-100: resnet-50-v1.5, int8, batch 1, 8 chips, Offline". */
static void run_text(const roof_audit_row *row, roof_buffer *out)
{
    const roof_measurement *m = row->row;
    roof_buffer_printf(out, "%s, %s, %s", m->chip, m->model, roof_precision_name(m->precision));
    if (row->any_batch) roof_buffer_append(out, ", any batch");
    else if (row->batch > 0) roof_buffer_printf(out, ", batch %g", row->batch);
    if (m->chips_used > 1) roof_buffer_printf(out, ", %g chips", m->chips_used);
    if (m->scenario[0]) roof_buffer_printf(out, ", %s", m->scenario);
}

/* What the row amounts to, in a few words. */
static void verdict_text(const roof_audit_row *row, roof_buffer *out)
{
    switch (row->verdict) {
    case ROOF_AUDIT_UNCHECKED:
        roof_buffer_printf(out, "not checkable: %s", roof_join_obstacle_text(row->reason));
        break;
    case ROOF_AUDIT_CONSISTENT:
        roof_buffer_printf(out, "consistent: %.3g %% of the bound", 100 * row->share);
        break;
    case ROOF_AUDIT_SPARSE:
        roof_buffer_printf(out, "above the dense bound: at least %.3gx sparsity was used", row->share);
        break;
    case ROOF_AUDIT_EXPLAINED:
        roof_buffer_printf(out, "%.3gx its bound, explained: %s", row->share, row->explanation);
        break;
    default:
        roof_buffer_printf(
            out, "above its bound: needs at least %.3gx %s, or a spec, a count or a condition is wrong",
            row->share, row->limiter == ROOF_CEILING_COMPUTE ? "sparsity" : "sparsity or less traffic");
    }
}

static void rows_grid(const roof_audit *audit, bool all, roof_page *page)
{
    roof_page_grid(page);
    roof_page_column(page, "run", ROOF_WRAPPED);
    roof_page_column(page, "published", ROOF_RIGHT);
    roof_page_column(page, "bound", ROOF_RIGHT);
    roof_page_column(page, "unit", ROOF_LEFT);
    roof_page_column(page, "limit", ROOF_LEFT);
    roof_page_column(page, "finding", ROOF_WRAPPED);
    roof_page_column(page, "source", ROOF_LEFT);
    for (size_t i = 0; i < audit->count; i++) {
        const roof_audit_row *row = &audit->rows[i];
        roof_buffer run = ROOF_BUFFER_EMPTY, verdict = ROOF_BUFFER_EMPTY;
        if (!all && row->verdict != ROOF_AUDIT_ABOVE) continue;
        bool checked = row->reason == ROOF_JOIN_NONE;
        run_text(row, &run);
        verdict_text(row, &verdict);
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&run));
        roof_page_cell(page, ROOF_PLAIN, "%.4g", row->row->value);
        if (checked) roof_page_cell(page, ROOF_PLAIN, "%.4g", row->bound);
        else roof_page_cell(page, ROOF_FAINT, "-");
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_metric_unit(row->row->metric));
        roof_page_cell(page, ROOF_PLAIN, "%s", checked ? roof_ceiling_name(row->limiter) : "-");
        roof_page_cell(page, row->verdict == ROOF_AUDIT_ABOVE ? ROOF_DOUBTFUL : ROOF_PLAIN, "%s%s",
                       roof_buffer_text(&verdict), row->row->fit ? "" : " (not a row to fit)");
        roof_page_cell(page, ROOF_FAINT, "%s", row->row->source);
        roof_buffer_free(&run);
        roof_buffer_free(&verdict);
    }
}

/* Each explanation once, with how many rows it stands for. */
static void explanations(const roof_audit *audit, roof_page *page)
{
    for (size_t i = 0; i < audit->count; i++) {
        const char *text = audit->rows[i].explanation;
        size_t before = 0, rows = 0;
        for (size_t k = 0; text && k < audit->count; k++) {
            if (!audit->rows[k].explanation || strcmp(audit->rows[k].explanation, text) != 0) continue;
            if (k < i) before++;
            rows++;
        }
        if (rows && !before) roof_page_text(page, ROOF_PLAIN, "  %zu rows: %s", rows, text);
    }
}

static void reasons(const roof_audit *audit, roof_page *page)
{
    for (int i = ROOF_JOIN_NONE + 1; i < ROOF_JOIN_OBSTACLE_COUNT; i++)
        if (audit->all.reasons[i])
            roof_page_text(page, ROOF_PLAIN, "  %zu rows: %s", audit->all.reasons[i],
                           roof_join_obstacle_text((roof_join_obstacle)i));
}

static void section(const roof_audit *audit, roof_page *page, roof_audit_verdict verdict, const char *title,
                    void (*fill)(const roof_audit *, roof_page *))
{
    if (!audit->all.verdicts[verdict]) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_HEADING, "%s: %zu", title, audit->all.verdicts[verdict]);
    fill(audit, page);
}

static void above_rows(const roof_audit *audit, roof_page *page)
{
    rows_grid(audit, false, page);
}

static void all_rows(const roof_audit *audit, roof_page *page)
{
    rows_grid(audit, true, page);
}

void roof_audit_page(const roof_audit *audit, bool all, roof_page *page)
{
    roof_page_text(page, ROOF_HEADING, "Published results as a share of the bound: %zu rows, %zu chips",
                   audit->count, audit->chip_count);
    summary_grid(audit, page);
    section(audit, page, ROOF_AUDIT_UNCHECKED, "Not checkable", reasons);
    section(audit, page, ROOF_AUDIT_EXPLAINED, "Above the bound and explained", explanations);
    section(audit, page, ROOF_AUDIT_ABOVE, "Above the bound and not explained", above_rows);
    if (!all) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_HEADING, "Every row");
    all_rows(audit, page);
}

/* ---- tidy ---- */

static void tidy_columns(roof_page *page, const char *const *heads, size_t count)
{
    roof_page_grid(page);
    for (size_t i = 0; i < count; i++) roof_page_column(page, heads[i], ROOF_LEFT);
}

static void tidy_rows(const roof_audit *audit, roof_page *page)
{
    static const char *const heads[] = {
        "chip", "model", "precision", "batch",   "chips_used", "scenario", "metric", "value",  "bound",
        "unit", "share", "limiter",   "verdict", "why",        "use",      "source", "system", "conditions"};
    tidy_columns(page, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < audit->count; i++) {
        const roof_audit_row *row = &audit->rows[i];
        const roof_measurement *m = row->row;
        bool checked = row->reason == ROOF_JOIN_NONE;
        const char *why = row->explanation ? row->explanation
                          : checked        ? ""
                                           : roof_join_obstacle_text(row->reason);
        const char *const before[] = {m->chip, m->model, roof_precision_name(m->precision)};
        const char *const after[] = {checked ? roof_ceiling_name(row->limiter) : "",
                                     roof_audit_verdict_name(row->verdict),
                                     why,
                                     m->use,
                                     m->source,
                                     m->system,
                                     m->conditions};
        roof_page_row(page);
        for (size_t k = 0; k < 3; k++) roof_page_cell(page, ROOF_PLAIN, "%s", before[k]);
        out_number_cell(page, m->batch);
        out_number_cell(page, m->chips_used);
        roof_page_cell(page, ROOF_PLAIN, "%s", m->scenario);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_metric_name(m->metric));
        out_number_cell(page, m->value);
        out_number_cell(page, row->bound);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_metric_unit(m->metric));
        out_number_cell(page, row->share);
        for (size_t k = 0; k < sizeof after / sizeof *after; k++)
            roof_page_cell(page, ROOF_PLAIN, "%s", after[k]);
    }
}

void roof_audit_grid(const roof_audit *audit, bool all, roof_page *page)
{
    static const char *const heads[] = {"chip", "rows", "median_share", "best_share"};
    if (all) {
        tidy_rows(audit, page);
        return;
    }
    tidy_columns(page, heads, sizeof heads / sizeof *heads);
    for (int v = 0; v < ROOF_AUDIT_VERDICT_COUNT; v++)
        roof_page_column(page, roof_audit_verdict_name((roof_audit_verdict)v), ROOF_LEFT);
    for (size_t i = 0; i < audit->chip_count; i++) {
        const roof_audit_summary *sum = &audit->chips[i];
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", sum->chip);
        roof_page_cell(page, ROOF_PLAIN, "%zu", sum->rows);
        out_number_cell(page, sum->median);
        out_number_cell(page, sum->best);
        for (int v = 0; v < ROOF_AUDIT_VERDICT_COUNT; v++)
            roof_page_cell(page, ROOF_PLAIN, "%zu", sum->verdicts[v]);
    }
}
