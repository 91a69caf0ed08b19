/* Comparisons for machines: JSON and tidy CSV rows. */
#include <math.h>

#include "chiproof/out/compare.h"
#include "chiproof/out/predict.h"
#include "out/report.h"
#include "out/run_text.h"
#include "out/value_text.h"

static void put_chips(const roof_comparison *c, roof_json_writer *writer)
{
    roof_json_open_array(writer, "chips");
    for (size_t i = 0; i < c->chip_count; i++) {
        const roof_chip *chip = c->chips[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "id", chip->id);
        roof_json_put_string(writer, "name", chip->name);
        roof_json_put_string(writer, "vendor", chip->vendor);
        roof_json_put_string(writer, "level", roof_level_name(chip->level));
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_spec(const roof_comparison *c, roof_json_writer *writer)
{
    roof_json_open_array(writer, "spec");
    for (size_t i = 0; i < c->row_count; i++) {
        const roof_spec_row *row = &c->rows[i];
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "field", row->field);
        roof_json_put_string(writer, "label", row->label);
        roof_json_open_array(writer, "values");
        for (size_t k = 0; k < c->chip_count; k++) {
            if (!row->values[k]) {
                roof_json_put_null(writer, NULL);
                continue;
            }
            roof_json_open_object(writer, NULL);
            out_value_members(writer, row->values[k]);
            roof_json_put_bool(writer, "sources_disagree", row->disagree[k]);
            roof_json_close(writer);
        }
        roof_json_close(writer);
        if (c->chip_count == 2) roof_json_put_number(writer, "ratio", row->ratio);
        roof_json_put_string(writer, "better", row->better < 0 ? NULL : c->chips[row->better]->id);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

static void put_predictions(const roof_comparison *c, const roof_race *race, roof_json_writer *writer)
{
    static const char *const sides[] = {"a", "b"};
    bool two = c->chip_count == 2;
    if (!two) roof_json_open_array(writer, "predictions");
    for (size_t k = 0; k < c->chip_count; k++) {
        roof_json_open_object(writer, two ? sides[k] : NULL);
        roof_prediction_json(&race->predictions[k], race->forecasts ? &race->forecasts[k] : NULL, writer);
        roof_json_close(writer);
    }
    if (!two) roof_json_close(writer);
}

/* What to expect: absent where there is no forecast. */
static void put_quantiles(const roof_quantiles *quantiles, roof_json_writer *writer)
{
    if (isnan(quantiles->p50)) return;
    roof_json_put_number(writer, "p10", quantiles->p10);
    roof_json_put_number(writer, "p50", quantiles->p50);
    roof_json_put_number(writer, "p90", quantiles->p90);
}

/* "higher_bound" is by bounds; "faster", "sure" and "least_energy" are by what is expected. */
static void put_verdict(const roof_comparison *c, const roof_race *race, roof_json_writer *writer)
{
    const roof_expectation *expected = &race->expected;
    bool given = race->forecasts && expected->given;
    if (c->chip_count == 2) {
        roof_json_open_object(writer, "ratio");
        roof_json_put_number(writer, "bound", race->ratio);
        if (given) put_quantiles(&expected->ratio, writer);
        roof_json_close(writer);
        if (given) roof_json_put_number(writer, "p_first_faster", expected->p_first_faster);
        roof_json_put_number(writer, "turn_batch", race->turn_batch);
        if (given) roof_json_put_number(writer, "expected_turn_batch", expected->turn_batch);
    }
    roof_json_put_string(writer, "higher_bound", race->faster < 0 ? NULL : c->chips[race->faster]->id);
    if (!given) return;
    roof_json_put_string(writer, "faster", expected->ahead < 0 ? NULL : c->chips[expected->ahead]->id);
    roof_json_put_number(writer, "sure", expected->sure);
    roof_json_put_string(writer, "least_energy",
                         expected->thriftiest < 0 ? NULL : c->chips[expected->thriftiest]->id);
}

static void put_races(const roof_comparison *c, roof_json_writer *writer)
{
    roof_json_open_array(writer, "rows");
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        const roof_request *request = &race->predictions[0].request;
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "model", roof_workload_id(race->workload));
        if (request->phase != ROOF_PHASE_WHOLE)
            roof_json_put_string(writer, "phase", roof_phase_name(request->phase));
        roof_json_put_string(
            writer, "precision",
            request->precision < ROOF_PRECISION_COUNT ? roof_precision_name(request->precision) : NULL);
        roof_json_put_number(writer, "batch", request->batch);
        put_predictions(c, race, writer);
        put_verdict(c, race, writer);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

void roof_comparison_json(const roof_comparison *c, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/compare/1");
    roof_json_put_string(writer, "basis", roof_basis_name(c->basis));
    roof_json_open_array(writer, "divided_by");
    for (size_t i = 0; i < c->chip_count; i++) roof_json_put_number(writer, NULL, c->divisor[i]);
    roof_json_close(writer);
    put_chips(c, writer);
    put_spec(c, writer);
    put_races(c, writer);
    out_warnings_json(NULL, &c->warnings, writer);
}

static void spec_rows(const roof_comparison *c, roof_page *page)
{
    for (size_t i = 0; i < c->row_count; i++) {
        for (size_t k = 0; k < c->chip_count; k++) {
            const roof_value *value = c->rows[i].values[k];
            roof_page_row(page);
            roof_page_cell(page, ROOF_PLAIN, "spec");
            roof_page_cell(page, ROOF_PLAIN, "%s", c->rows[i].field);
            roof_page_cell(page, ROOF_PLAIN, "%s", c->chips[k]->id);
            if (!value) continue;
            if (value->text) roof_page_cell(page, ROOF_PLAIN, "%s", value->text);
            else roof_page_cell(page, ROOF_PLAIN, "%.15g", value->given);
            roof_page_cell(page, ROOF_PLAIN, "%s", value->unit ? value->unit : "");
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_claim_name(value->claim));
            roof_page_cell(page, ROOF_PLAIN, "%s", value->source ? value->source->id : "");
        }
    }
}

/* One row of a run: its bound, or one of the quantiles of what is expected. */
static void race_row(const roof_prediction *p, const char *part, double throughput, roof_page *page)
{
    bool answered = p->refusal.code == ROOF_OK;
    roof_buffer label = ROOF_BUFFER_EMPTY;
    out_run_label(p, &label);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", part);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&label));
    roof_page_cell(page, ROOF_PLAIN, "%s", p->chip->id);
    out_number_cell(page, throughput);
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_is_llm(p->workload) ? "tokens/s" : "inferences/s");
    roof_page_cell(page, ROOF_PLAIN, "%s", "");
    roof_page_cell(page, ROOF_PLAIN, "%s", "");
    roof_page_cell(page, ROOF_PLAIN, "%s",
                   p->request.precision < ROOF_PRECISION_COUNT ? roof_precision_name(p->request.precision)
                                                               : "");
    roof_page_cell(page, ROOF_PLAIN, "%.15g", p->request.batch);
    roof_page_cell(page, ROOF_PLAIN, "%s", answered ? roof_ceiling_name(p->bound.limiter) : "");
    roof_page_cell(page, ROOF_PLAIN, "%s", answered ? "" : roof_code_name(p->refusal.code));
    roof_buffer_free(&label);
}

static void race_rows(const roof_comparison *c, roof_page *page)
{
    for (size_t i = 0; i < c->race_count; i++) {
        for (size_t k = 0; k < c->chip_count; k++) {
            const roof_race *race = &c->races[i];
            race_row(&race->predictions[k], "bound", race->predictions[k].throughput, page);
            if (!race->forecasts || !race->forecasts[k].given) continue;
            const roof_quantiles *expected = &race->forecasts[k].throughput;
            race_row(&race->predictions[k], "p10", expected->p10, page);
            race_row(&race->predictions[k], "p50", expected->p50, page);
            race_row(&race->predictions[k], "p90", expected->p90, page);
        }
    }
}

void roof_comparison_grid(const roof_comparison *c, roof_page *page)
{
    static const char *const headers[] = {"part",   "item",      "chip",  "value",   "unit", "claim",
                                          "source", "precision", "batch", "limiter", "error"};
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    spec_rows(c, page);
    race_rows(c, page);
}
