/* The arithmetic of energy and power. */
#include <math.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "out/explain_steps.h"
#include "out/run_text.h"
#include "out/value_text.h"

/* "30.5 fJ", or "30.5 to 149 fJ" of a range. */
static void joules(roof_buffer *out, double least, double most)
{
    roof_text_si(out, least, "J");
    if (most == least) return;
    roof_buffer_append(out, " to ");
    roof_text_si(out, most, "J");
}

static void put(roof_page *page, const char *label, roof_buffer *left, roof_buffer *right,
                roof_emphasis emphasis)
{
    out_step(page, label, roof_buffer_text(left), roof_buffer_text(right), emphasis);
    roof_buffer_reset(left);
    roof_buffer_reset(right);
}

/* ---- the power roof ---- */

void out_power_steps(const roof_prediction *p, roof_page *page)
{
    const roof_ceiling *power = &p->bound.ceilings[ROOF_CEILING_POWER];
    const roof_input *tdp = &p->machine.inputs[ROOF_INPUT_TDP];
    bool binds = p->bound.limiter == ROOF_CEILING_POWER;
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (!(power->amount > 0)) return;
    roof_page_text(page, ROOF_HEADING, "power, by the least published costs%s", binds ? " <- binds" : "");
    out_begin_steps(page);
    for (int i = 0; i < power->part_count; i++) {
        const roof_part *part = &power->parts[i];
        roof_text_integer(&left, part->times);
        roof_buffer_append(&left, " x ");
        roof_text_si(&left, part->each, "J");
        roof_text_si(&right, part->each * part->times, "J");
        put(page, part->what, &left, &right, ROOF_PLAIN);
    }
    roof_text_si(&left, power->amount, "J");
    roof_buffer_append(&left, " / ");
    if (!tdp->value) {
        roof_buffer_append(&left, tdp->field);
        roof_buffer_append(&right, "not published");
        put(page, "not counted", &left, &right, ROOF_FAINT);
    } else {
        if (p->machine.chips > 1) roof_buffer_printf(&left, "%g x ", p->machine.chips);
        roof_text_si(&left, tdp->si, "W");
        roof_buffer_printf(&left, " (%s %c)", tdp->field, roof_claim_letter(tdp->value->claim));
        roof_text_si(&right, power->seconds, "s");
        put(page, "time", &left, &right, binds ? ROOF_BETTER : ROOF_PLAIN);
    }
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* ---- energy ---- */

static void cost_step(const roof_prediction *p, roof_cost_id id, roof_page *page)
{
    const roof_energy *energy = &p->energy;
    double amount = energy->amounts[id];
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY, label = ROOF_BUFFER_EMPTY;
    if (!(amount > 0)) return;
    roof_buffer_printf(&label, "%ss", roof_cost_name(id));
    out_exact(&left, amount, roof_cost_unit(id));
    if (isnan(energy->each[id].least)) {
        roof_buffer_append(&left, ", energy not published");
        roof_buffer_append(&right, "not counted");
    } else {
        roof_buffer_append(&left, " x ");
        joules(&left, energy->each[id].least, energy->each[id].most);
        joules(&right, amount * energy->each[id].least, amount * energy->each[id].most);
    }
    put(page, roof_buffer_text(&label), &left, &right,
        isnan(energy->each[id].least) ? ROOF_FAINT : ROOF_PLAIN);
    roof_buffer_free(&label);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}

/* "multiply int8 at 45 nm, at 7 nm": where the costs come from. */
static void source_lines(const roof_prediction *p, roof_page *page)
{
    for (int id = 0; id < ROOF_COST_COUNT; id++) {
        const roof_cost *cost = &p->costs.items[id];
        for (int i = 0; i < cost->row_count && p->energy.amounts[id] > 0; i++) {
            const roof_operation_cost *row = cost->rows[i];
            roof_buffer text = ROOF_BUFFER_EMPTY;
            roof_buffer_printf(&text, "  %s %s ", row->operation, row->name);
            joules(&text, row->least_j, row->most_j);
            if (strcmp(row->operation, "read") == 0) roof_buffer_append(&text, " a byte");
            if (!isnan(row->node_m)) roof_buffer_printf(&text, " at %.4g nm", row->node_m * 1e9);
            roof_page_text(page, ROOF_FAINT, "%s: %s", roof_buffer_text(&text), row->source);
            roof_buffer_free(&text);
        }
    }
}

/* Choi et al.: where the network stands on the energy roofline. */
static void roofline_steps(const roof_prediction *p, roof_page *page, roof_buffer *left, roof_buffer *right)
{
    roof_energy_machine machine;
    roof_cost_id id;
    if (!roof_energy_roofline(&p->energy, &p->machine, &machine, &id)) return;
    double intensity = p->energy.amounts[ROOF_COST_OP] / p->energy.amounts[id];
    double balance = roof_energy_balance(&machine);
    roof_text_number(left, intensity);
    roof_buffer_printf(left, " op per %s; balance ", roof_cost_name(id));
    roof_text_number(left, balance);
    roof_buffer_append(left, " op/B");
    roof_buffer_append(right, intensity < balance ? "bytes cost more" : "operations cost more");
    put(page, "energy roofline", left, right, ROOF_PLAIN);
    roof_text_si(left, machine.op_j, "J");
    roof_buffer_append(left, " + ");
    roof_text_si(left, machine.byte_j, "J");
    roof_buffer_append(left, " / ");
    roof_text_number(left, intensity);
    if (machine.static_w > 0) {
        roof_buffer_append(left, " + ");
        roof_text_si(left, machine.static_w, "W");
        roof_buffer_append(left, " x time of an operation");
    }
    roof_text_si(right, roof_energy_per_op(&machine, intensity), "J");
    roof_buffer_append(right, " an operation");
    put(page, "  per operation", left, right, ROOF_PLAIN);
}

static void dynamic_steps(const roof_prediction *p, roof_page *page, roof_buffer *left, roof_buffer *right)
{
    const roof_energy *energy = &p->energy;
    for (int i = 0; i < ROOF_COST_COUNT; i++) cost_step(p, (roof_cost_id)i, page);
    if (energy->power) {
        out_value_marked(left, energy->power, ROOF_DIM_WATTS, false, 0);
        roof_buffer_append(left, " x ");
        roof_text_si(left, p->bound.seconds, "s");
        roof_text_si(right, energy->power_w * p->bound.seconds, "J");
        put(page, "idle power", left, right, ROOF_PLAIN);
    }
    roof_buffer_append(left, "the sum");
    if (energy->results != 1) roof_buffer_printf(left, " / %g", energy->results);
}

void out_energy_steps(const roof_prediction *p, roof_page *page)
{
    const roof_energy *energy = &p->energy;
    bool dynamic = energy->basis == ROOF_ENERGY_DYNAMIC;
    roof_buffer left = ROOF_BUFFER_EMPTY, right = ROOF_BUFFER_EMPTY;
    if (dynamic)
        roof_page_text(page, ROOF_HEADING, "energy, dynamic model at %.4g nm", p->costs.node_m * 1e9);
    else roof_page_text(page, ROOF_HEADING, "energy");
    out_begin_steps(page);
    if (dynamic) dynamic_steps(p, page, &left, &right);
    else out_energy_basis(p, &left);
    if (energy->missing[0]) {
        roof_buffer_append(&right, "not known");
    } else {
        if (!dynamic) {
            roof_buffer_append(&left, " x ");
            roof_text_si(&left, p->bound.seconds, "s");
            if (energy->results != 1) roof_buffer_printf(&left, " / %g", energy->results);
        }
        roof_buffer_append(&right, ">= ");
        out_energy_joules(p, &right);
        roof_buffer_printf(&right, " per %s", out_result_singular(p));
    }
    put(page, "energy", &left, &right, energy->missing[0] ? ROOF_FAINT : ROOF_BETTER);
    roofline_steps(p, page, &left, &right);
    if (dynamic) source_lines(p, page);
    roof_buffer_free(&left);
    roof_buffer_free(&right);
}
