#include <math.h>

#include "chiproof/base/text.h"
#include "chiproof/out/rank.h"
#include "chiproof/units/units.h"
#include "out/rank_view.h"
#include "out/report.h"
#include "out/run_text.h"

bool out_rank_shows(const roof_rank_view *view, size_t row, size_t shown)
{
    if (view->top && shown >= view->top) return false;
    return !view->front || view->ranking->rows[row].front;
}

const char *out_rank_power_basis(const roof_rank_row *row)
{
    if (row->power_field == ROOF_FIELD_COUNT) return NULL;
    return row->power_field == ROOF_FIELD_TDP ? "TDP" : "typical";
}

/* "ResNet-50 v1.5, batch 1: bounds by throughput, inferences a second". */
static void head_line(const roof_ranking *ranking, roof_page *page)
{
    const roof_request *request = &ranking->request;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&text, roof_workload_name(ranking->workload));
    if (request->phase == ROOF_PHASE_PREFILL)
        roof_buffer_printf(&text, " prefill of %g tokens", request->prompt);
    if (request->phase == ROOF_PHASE_DECODE)
        roof_buffer_printf(&text, " decode at context %g", request->context);
    if (request->has_precision) roof_buffer_printf(&text, ", %s", roof_precision_name(request->precision));
    roof_buffer_printf(&text, ", batch %g", request->batch);
    if (request->chips > 1) roof_buffer_printf(&text, ", %g of each chip", request->chips);
    roof_page_text(page, ROOF_HEADING, "%s: %s, by %s", roof_buffer_text(&text),
                   roof_stance_text(ranking->stance), roof_measure_text(ranking->by));
    roof_buffer_free(&text);
}

/* What stands beside throughput in the table of a measure: what is divided by, and the quotient. */
static const struct {
    const char *amount, *quotient;
    double amount_scale, quotient_scale; /* from the row's figures to those shown */
    bool basis;                          /* which power it is */
} columns_of[ROOF_MEASURE_COUNT] = {
    [ROOF_MEASURE_THROUGHPUT] = {"W", "/s/W", 1, 1, true},
    [ROOF_MEASURE_LATENCY] = {"W", NULL, 1, 1, true},
    [ROOF_MEASURE_PER_WATT] = {"W", "/s/W", 1, 1, true},
    [ROOF_MEASURE_PER_DOLLAR] = {"USD", "/s/USD", 1, 1, false},
    [ROOF_MEASURE_ENERGY] = {"W", "mJ", 1, 1e3, true},
    [ROOF_MEASURE_PER_AREA] = {"mm2", "/s/mm2", 1, 1, false},
    [ROOF_MEASURE_PER_TRANSISTOR] = {"Gtr", "/s/Gtr", 1e-9, 1e9, false},
    [ROOF_MEASURE_PER_NODE_WATT] = {"W node", "/s/W", 1, 1, true},
};

/* The amount of that table. */
static double amount_of(const roof_rank_row *row, roof_measure by)
{
    switch (by) {
    case ROOF_MEASURE_PER_DOLLAR: return row->price_usd;
    case ROOF_MEASURE_ENERGY:
        return row->prediction.energy.power_w > 0 ? row->prediction.energy.power_w : NAN;
    case ROOF_MEASURE_PER_AREA: return row->area_mm2;
    case ROOF_MEASURE_PER_TRANSISTOR: return row->transistors;
    case ROOF_MEASURE_PER_NODE_WATT: return row->node_power_w;
    default: return row->power_w;
    }
}

static const roof_value *amount_value(const roof_rank_row *row, roof_measure by)
{
    switch (by) {
    case ROOF_MEASURE_PER_DOLLAR: return row->price;
    case ROOF_MEASURE_ENERGY: return row->prediction.energy.power;
    case ROOF_MEASURE_PER_AREA: return roof_chip_value(row->prediction.chip, ROOF_FIELD_DIE_AREA);
    case ROOF_MEASURE_PER_TRANSISTOR: return roof_chip_value(row->prediction.chip, ROOF_FIELD_TRANSISTORS);
    default: return row->power;
    }
}

/* Latency, the price and the power stand in the table of the measure that asks for them; what limits a bound
 * stands beside bounds. */
static void columns(const roof_rank_view *view, roof_page *page)
{
    roof_measure by = view->ranking->by;
    bool llm = roof_workload_is_llm(view->ranking->workload);
    roof_page_grid(page);
    roof_page_column(page, "", ROOF_RIGHT);
    roof_page_column(page, "chip", ROOF_WRAPPED);
    roof_page_column(page, "level", ROOF_LEFT);
    roof_page_column(page, "at", ROOF_LEFT);
    roof_page_column(page, llm ? "tokens/s" : "inf/s", ROOF_RIGHT);
    roof_page_column(page, view->ranking->stance ? "p10-p90" : "limit", ROOF_LEFT);
    if (by == ROOF_MEASURE_LATENCY) roof_page_column(page, "latency", ROOF_RIGHT);
    roof_page_column(page, columns_of[by].amount, ROOF_RIGHT);
    if (columns_of[by].basis) roof_page_column(page, "", ROOF_LEFT);
    if (columns_of[by].quotient) roof_page_column(page, columns_of[by].quotient, ROOF_RIGHT);
}

static void number_cell(double value, const char *mark, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (isnan(value)) roof_buffer_append_char(&text, '-');
    else roof_text_number(&text, value);
    roof_page_cell(page, *mark ? ROOF_DOUBTFUL : ROOF_PLAIN, "%s%s", roof_buffer_text(&text), mark);
    roof_buffer_free(&text);
}

static const char *mark_of(const roof_value *value)
{
    return value && value->claim == ROOF_CLAIM_UNVERIFIED ? " ?" : "";
}

/* "TDP", "typ", "dyn" of the dynamic model, or nothing. */
static const char *power_basis(const roof_rank_row *row, roof_measure by)
{
    const roof_energy *energy = &row->prediction.energy;
    if (by != ROOF_MEASURE_ENERGY) return row->power ? out_rank_power_basis(row) : "";
    if (energy->basis == ROOF_ENERGY_TDP) return "TDP";
    return energy->basis == ROOF_ENERGY_AUTO ? "" : roof_energy_basis_name(energy->basis);
}

/* What the measure divides by, and the quotient. */
static void quotient_cells(const roof_rank_row *row, roof_measure by, roof_page *page)
{
    roof_measure shown = by == ROOF_MEASURE_THROUGHPUT ? ROOF_MEASURE_PER_WATT : by;
    const roof_value *value = amount_value(row, by);
    number_cell(amount_of(row, by) * columns_of[by].amount_scale, mark_of(value), page);
    if (columns_of[by].basis) roof_page_cell(page, ROOF_PLAIN, "%.3s", power_basis(row, by));
    if (columns_of[by].quotient) number_cell(row->measures[shown] * columns_of[by].quotient_scale, "", page);
}

static void latency_cell(double seconds, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_si(&text, seconds, "s");
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* "296-1,550", of throughput; "<= 3,180" where there is a bound only. */
static void range_cell(const roof_rank_row *row, roof_page *page)
{
    roof_quantiles expected = roof_rank_expected(row, ROOF_MEASURE_THROUGHPUT);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (isnan(expected.p50)) {
        roof_buffer_append(&text, "<= ");
        roof_text_number(&text, row->prediction.throughput);
    } else {
        roof_text_number(&text, expected.p10);
        roof_buffer_append_char(&text, '-');
        roof_text_number(&text, expected.p90);
    }
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void row_cells(const roof_rank_view *view, const roof_rank_row *row, roof_page *page)
{
    const roof_prediction *p = &row->prediction;
    roof_measure by = view->ranking->by;
    roof_page_row(page);
    if (row->place) roof_page_cell(page, ROOF_PLAIN, "%zu", row->place);
    else roof_page_cell(page, ROOF_PLAIN, "-");
    roof_page_cell(page, row->front ? ROOF_BETTER : ROOF_PLAIN, "%s%s", p->chip->id, row->front ? " *" : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_level_name(p->chip->level));
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_precision_name(p->request.precision));
    number_cell(row->measures[ROOF_MEASURE_THROUGHPUT],
                row->unlimited  ? " !"
                : row->doubtful ? " ?"
                                : "",
                page);
    if (view->ranking->stance) range_cell(row, page);
    else roof_page_cell(page, ROOF_PLAIN, "%s", roof_ceiling_name(p->bound.limiter));
    if (by == ROOF_MEASURE_LATENCY) latency_cell(row->measures[ROOF_MEASURE_LATENCY], page);
    quotient_cells(row, by, page);
}

/* ---- what is not shown ---- */

/* "31 of 249 cannot: no int8 peak (12), does not fit (19)". */
static void refused_line(const roof_ranking *ranking, roof_page *page)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = ranking->answered_count; i < ranking->count; i++) {
        const roof_prediction *p = &ranking->rows[i].prediction;
        bool said = false;
        for (size_t k = ranking->answered_count; k < i && !said; k++)
            said = ranking->rows[k].prediction.refusal.code == p->refusal.code;
        if (said) continue;
        if (list.length) roof_buffer_append(&list, ", ");
        out_refusal_short(p, &list);
        roof_buffer_printf(&list, " (%zu)", ranking->refused[p->refusal.code]);
    }
    if (list.length)
        roof_page_text(page, ROOF_PLAIN, "%zu of %zu cannot: %s.", ranking->count - ranking->answered_count,
                       ranking->count, roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static void left_out_lines(const roof_rank_view *view, size_t shown, roof_page *page)
{
    const roof_ranking *ranking = view->ranking;
    size_t all = view->front ? ranking->front_count : ranking->answered_count;
    if (shown < all)
        roof_page_text(page, ROOF_PLAIN, "%zu more %s not shown (--top %zu).", all - shown,
                       all - shown == 1 ? "is" : "are", all);
    size_t without = ranking->answered_count - ranking->placed_count - ranking->unforeseen_count;
    if (without)
        roof_page_text(page, ROOF_PLAIN, "%zu that can run it have no place: they publish no %s.", without,
                       roof_measure_needs(ranking->by));
    if (ranking->unforeseen_count)
        roof_page_text(page, ROOF_PLAIN,
                       "%zu that can run it have no place: there is a bound for them, and nothing to expect "
                       "(--with bound ranks all by bounds).",
                       ranking->unforeseen_count);
    refused_line(ranking, page);
}

static void front_line(const roof_ranking *ranking, roof_page *page)
{
    roof_buffer what = ROOF_BUFFER_EMPTY;
    if (ranking->has_front_of)
        roof_buffer_printf(&what, "none here outdoes it in %s and %s",
                           roof_measure_text(ranking->front_of[0]), roof_measure_text(ranking->front_of[1]));
    else roof_buffer_append(&what, "none here is known to do as much on as little power");
    roof_page_text(page, ROOF_FAINT,
                   "* on the Pareto front: %s (%zu of them); ! the weights' traffic is not counted; ? an "
                   "unverified value; typ typical power.",
                   roof_buffer_text(&what), ranking->front_count);
    roof_buffer_free(&what);
}

static size_t measured_count(const roof_ranking *ranking)
{
    size_t measured = 0;
    for (size_t i = 0; i < ranking->answered_count; i++)
        measured += ranking->rows[i].forecast.measurements > 0;
    return measured;
}

void roof_ranking_page(const roof_rank_view *view, roof_page *page)
{
    const roof_ranking *ranking = view->ranking;
    size_t shown = 0;
    head_line(ranking, page);
    columns(view, page);
    for (size_t i = 0; i < ranking->answered_count; i++) {
        if (!out_rank_shows(view, i, shown)) continue;
        row_cells(view, &ranking->rows[i], page);
        shown++;
    }
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    left_out_lines(view, shown, page);
    front_line(ranking, page);
    if (ranking->stance)
        roof_page_text(page, ROOF_FAINT,
                       "%zu of them were measured, the others are expected to do as chips of their vendor or "
                       "class: nearby places are no order (--with sure, --with bound; chiproof compare).",
                       measured_count(ranking));
    else roof_page_text(page, ROOF_FAINT, "%s", out_bound_only);
    out_warnings(NULL, &ranking->warnings, page);
}
