#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/backtest.h"
#include "out/run_text.h"

/* ---- for people ---- */

static void factor_cell(roof_page *page, double factor)
{
    roof_page_cell(page, ROOF_PLAIN, "%.2f", factor);
}

static void score_row(const roof_score *score, roof_page *page)
{
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_cell_kind_name(score->of));
    roof_page_cell(page, ROOF_PLAIN, "%s",
                   score->family       ? score->family
                   : score->chip_class ? score->chip_class
                                       : "all");
    roof_page_cell(page, ROOF_PLAIN, "%zu", score->cells);
    roof_page_cell(page, ROOF_HEADING, "%.2f", score->median);
    factor_cell(page, score->p90);
    factor_cell(page, score->bias);
    roof_page_cell(page, ROOF_PLAIN, "%.0f %%", 100 * score->coverage);
    factor_cell(page, score->width);
    factor_cell(page, score->scalar);
    factor_cell(page, score->roofline);
}

static void kind_lines(const roof_backtest *backtest, roof_fold_kind kind, roof_page *page)
{
    static const char *const headers[] = {"of",   "class",       "results", "median",         "p90",
                                          "bias", "in interval", "wide",    "one efficiency", "roofline"};
    bool any = false;
    for (size_t i = 0; i < backtest->count; i++) {
        if (backtest->scores[i].kind != kind) continue;
        if (!any) {
            roof_page_text(page, ROOF_HEADING, "Left out in turn: %s", roof_fold_kind_text(kind));
            roof_page_grid(page);
            for (size_t c = 0; c < sizeof headers / sizeof *headers; c++)
                roof_page_column(page, headers[c], c < 2 ? ROOF_LEFT : ROOF_RIGHT);
        }
        any = true;
        score_row(&backtest->scores[i], page);
    }
    if (any) roof_page_text(page, ROOF_PLAIN, "%s", "");
}

void roof_backtest_page(const roof_backtest *backtest, roof_page *page)
{
    for (int kind = 0; kind < ROOF_FOLD_KIND_COUNT; kind++) kind_lines(backtest, (roof_fold_kind)kind, page);
    roof_page_text(page, ROOF_FAINT,
                   "median, p90: error factor, measured over predicted time or the other way round. bias: "
                   "median of predicted over measured time. in interval: results inside their 80 %% "
                   "interval, which is `wide` from end to end. Beside them the medians of two rules of "
                   "thumb: one efficiency for all, and the bound as it stands.");
    if (backtest->label_pairs)
        roof_page_text(
            page, ROOF_FAINT,
            "Two published results of one chip, network, batch and mode are a factor of %.2f apart "
            "(median of %zu pairs): no model comes below that.",
            backtest->label_noise, backtest->label_pairs);
}

/* ---- for machines ---- */

void roof_backtest_grid(const roof_backtest *backtest, roof_page *page)
{
    static const char *const headers[] = {"left_out",       "of",      "class", "family",   "results",
                                          "median",         "p90",     "bias",  "coverage", "width",
                                          "one_efficiency", "roofline"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (size_t i = 0; i < backtest->count; i++) {
        const roof_score *score = &backtest->scores[i];
        const double numbers[] = {score->median, score->p90,    score->bias,    score->coverage,
                                  score->width,  score->scalar, score->roofline};
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_fold_kind_name(score->kind));
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_cell_kind_name(score->of));
        roof_page_cell(page, ROOF_PLAIN, "%s", score->chip_class ? score->chip_class : "");
        roof_page_cell(page, ROOF_PLAIN, "%s", score->family ? score->family : "");
        roof_page_cell(page, ROOF_PLAIN, "%zu", score->cells);
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) out_number_cell(page, numbers[k]);
    }
}

void roof_backtest_json(const roof_backtest *backtest, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/backtest/1");
    roof_json_put_number(writer, "results", (double)backtest->cells);
    roof_json_put_number(writer, "label_noise", backtest->label_noise);
    roof_json_put_number(writer, "label_pairs", (double)backtest->label_pairs);
    roof_json_open_array(writer, "scores");
    for (size_t i = 0; i < backtest->count; i++) {
        const roof_score *score = &backtest->scores[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "left_out", roof_fold_kind_name(score->kind));
        roof_json_put_string(writer, "of", roof_cell_kind_name(score->of));
        if (score->chip_class) roof_json_put_string(writer, "class", score->chip_class);
        if (score->family) roof_json_put_string(writer, "family", score->family);
        roof_json_put_number(writer, "results", (double)score->cells);
        roof_json_put_number(writer, "median", score->median);
        roof_json_put_number(writer, "p90", score->p90);
        roof_json_put_number(writer, "bias", score->bias);
        roof_json_put_number(writer, "coverage", score->coverage);
        roof_json_put_number(writer, "width", score->width);
        roof_json_put_number(writer, "one_efficiency", score->scalar);
        roof_json_put_number(writer, "roofline", score->roofline);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}
