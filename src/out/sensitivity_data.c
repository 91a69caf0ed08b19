/* What an answer hangs on, for machines: JSON and tidy CSV rows. */
#include <math.h>

#include "chiproof/out/sensitivity.h"
#include "out/need_text.h"
#include "out/report.h"
#include "out/run_text.h"

static const char *claim_of(const roof_sensitivity *s, const roof_lean *row)
{
    const roof_value *value =
        row->variable == ROOF_VARIABLE_CHIPS ? NULL : s->run->machine.inputs[row->variable].value;
    return value ? roof_claim_name(value->claim) : NULL;
}

/* ---- JSON ---- */

static void put_pair(roof_json_writer *writer, const char *key, const char *first, double a,
                     const char *second, double b)
{
    roof_json_open_object(writer, key);
    roof_json_put_number(writer, first, a);
    roof_json_put_number(writer, second, b);
    roof_json_close(writer);
}

static void put_turn(const roof_turn *turn, const char *key, roof_json_writer *writer)
{
    if (isnan(turn->value)) {
        roof_json_put_null(writer, key);
        return;
    }
    roof_json_open_object(writer, key);
    roof_json_put_number(writer, "value", turn->value);
    roof_json_put_string(writer, "binds", turn->refused ? "does not fit" : roof_ceiling_name(turn->ceiling));
    roof_json_close(writer);
}

static void put_published(const roof_lean *row, roof_json_writer *writer)
{
    put_pair(writer, "elasticity", "less", row->below, "more", row->above);
    put_pair(writer, "throughput_with_a_tenth", "less", row->at_less, "more", row->at_more);
    put_turn(&row->down, "turn_below", writer);
    put_turn(&row->up, "turn_above", writer);
    if (row->sources) {
        roof_json_open_object(writer, "sources");
        roof_json_put_number(writer, "count", (double)row->sources);
        roof_json_put_number(writer, "low", row->low);
        roof_json_put_number(writer, "high", row->high);
        roof_json_put_number(writer, "throughput_low", row->at_low);
        roof_json_put_number(writer, "throughput_high", row->at_high);
        roof_json_close(writer);
    }
    roof_json_put_bool(writer, "doubtful", row->doubtful);
}

static void put_lean(const roof_sensitivity *s, const roof_lean *row, bool flips, roof_json_writer *writer)
{
    const roof_machine *machine = &s->run->machine;
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "field", roof_variable_name(machine, row->variable));
    roof_json_put_string(writer, "unit", out_si_unit(roof_variable_dimension(machine, row->variable)));
    roof_json_put_number(writer, "value", row->value);
    roof_json_put_string(writer, "claim", claim_of(s, row));
    if (!isnan(row->value)) {
        put_published(row, writer);
    } else {
        roof_json_put_number(writer, "threshold", row->threshold);
        roof_json_put_string(writer, "changes",
                             isnan(row->threshold)  ? "never"
                             : row->above_threshold ? "above"
                                                    : "below");
    }
    if (flips) {
        roof_json_put_number(writer, "flip", row->flip);
        roof_json_put_string(writer, "flips",
                             isnan(row->flip)   ? "never"
                             : row->flips_above ? "above"
                                                : "below");
    }
    roof_json_close(writer);
}

static void put_side(const roof_sensitivity *s, bool flips, roof_json_writer *writer)
{
    const roof_prediction *run = s->run;
    roof_json_put_string(writer, "chip", run->chip->id);
    roof_json_put_string(writer, "precision", roof_precision_name(run->request.precision));
    roof_json_put_number(writer, "chips", run->request.chips);
    roof_json_open_object(writer, "throughput");
    roof_json_put_string(writer, "unit", roof_workload_is_llm(run->workload) ? "tokens/s" : "inferences/s");
    roof_json_put_number(writer, "bound", run->throughput);
    roof_json_close(writer);
    roof_json_put_string(writer, "limiter", roof_ceiling_name(run->bound.limiter));
    roof_json_open_array(writer, "figures");
    for (size_t i = 0; i < s->count; i++) put_lean(s, &s->rows[i], flips, writer);
    roof_json_close(writer);
    roof_json_put_string(writer, "doubt",
                         s->doubt ? roof_variable_name(&run->machine, s->doubt->variable) : NULL);
    if (s->power) {
        roof_json_open_object(writer, "energy");
        roof_json_put_string(writer, "basis", roof_energy_basis_name(run->energy.basis));
        roof_json_put_number(writer, "elasticity_to_power", 1);
        roof_json_put_number(writer, "power_low_w", s->power_low);
        roof_json_put_number(writer, "power_high_w", s->power_high);
        roof_json_close(writer);
    }
}

static void put_request(const roof_prediction *run, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/sensitivity/1");
    roof_json_put_string(writer, "model", roof_workload_id(run->workload));
    roof_json_put_number(writer, "batch", run->request.batch);
    if (roof_workload_is_llm(run->workload)) {
        roof_json_put_string(writer, "phase", roof_phase_name(run->request.phase));
        roof_json_put_number(writer, "prompt", run->request.prompt);
        roof_json_put_number(writer, "context", run->request.context);
    }
    roof_json_put_string(writer, "note", out_bound_only);
}

void roof_sensitivity_json(const roof_sensitivity *s, roof_json_writer *writer)
{
    put_request(s->run, writer);
    put_side(s, false, writer);
    out_warnings_json(&s->run->doubts, &s->run->warnings, writer);
}

void roof_verdict_json(const roof_verdict *v, roof_json_writer *writer)
{
    static const char *const keys[] = {"a", "b"};
    put_request(v->sides[0].run, writer);
    roof_json_put_number(writer, "ratio", v->ratio);
    roof_json_put_string(writer, "ahead", v->ahead < 0 ? "equal" : keys[v->ahead]);
    if (v->nearest) {
        const roof_sensitivity *s = &v->sides[v->nearest_side];
        roof_json_open_object(writer, "turned_by");
        roof_json_put_string(writer, "chip", keys[v->nearest_side]);
        roof_json_put_string(writer, "field", roof_variable_name(&s->run->machine, v->nearest->variable));
        roof_json_put_number(writer, "factor", v->nearest->flip / v->nearest->value);
        roof_json_close(writer);
    } else {
        roof_json_put_null(writer, "turned_by");
    }
    for (int i = 0; i < 2; i++) {
        roof_json_open_object(writer, keys[i]);
        put_side(&v->sides[i], true, writer);
        out_warnings_json(&v->sides[i].run->doubts, &v->sides[i].run->warnings, writer);
        roof_json_close(writer);
    }
}

/* ---- CSV ---- */

static const char *const headers[] = {"chip",
                                      "model",
                                      "field",
                                      "unit",
                                      "value",
                                      "claim",
                                      "throughput",
                                      "elasticity_less",
                                      "elasticity_more",
                                      "throughput_tenth_less",
                                      "throughput_tenth_more",
                                      "turn_below",
                                      "turn_above",
                                      "sources_low",
                                      "sources_high",
                                      "throughput_low",
                                      "throughput_high",
                                      "threshold",
                                      "flip"};

static void tidy_rows(const roof_sensitivity *s, roof_page *page)
{
    const roof_machine *machine = &s->run->machine;
    for (size_t i = 0; i < s->count; i++) {
        const roof_lean *row = &s->rows[i];
        const char *claim = claim_of(s, row);
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", s->run->chip->id);
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_workload_id(s->run->workload));
        roof_page_cell(page, ROOF_PLAIN, "%s", roof_variable_name(machine, row->variable));
        roof_page_cell(page, ROOF_PLAIN, "%s", out_si_unit(roof_variable_dimension(machine, row->variable)));
        out_number_cell(page, row->value);
        roof_page_cell(page, ROOF_PLAIN, "%s", claim ? claim : "");
        const double numbers[] = {s->run->throughput, row->below,     row->above, row->at_less, row->at_more,
                                  row->down.value,    row->up.value,  row->low,   row->high,    row->at_low,
                                  row->at_high,       row->threshold, row->flip};
        for (size_t k = 0; k < sizeof numbers / sizeof *numbers; k++) out_number_cell(page, numbers[k]);
    }
}

void roof_sensitivity_grid(const roof_sensitivity *s, roof_page *page)
{
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    tidy_rows(s, page);
}

void roof_verdict_grid(const roof_verdict *v, roof_page *page)
{
    roof_page_left_grid(page, headers, sizeof headers / sizeof *headers);
    for (int i = 0; i < 2; i++) tidy_rows(&v->sides[i], page);
}
