#include "chiproof/compare/sensitivity.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static double throughput_with(const roof_prediction *run, roof_variable variable, double value)
{
    roof_outcome outcome;
    roof_machine machine = roof_machine_with(&run->machine, variable, value);
    roof_prediction_on(run, &machine, &outcome, NULL);
    return outcome.throughput;
}

/* ---- elasticities ---- */

/* Between the value in use and another one. */
static double elasticity(const roof_prediction *run, roof_variable variable, double from, double to)
{
    double slope = log(throughput_with(run, variable, to) / run->throughput) / log(to / from);
    const double noise = 1e-8; /* what rounding leaves of a step of a millionth */
    return fabs(slope) < noise ? 0 : slope;
}

static void slopes(const roof_prediction *run, roof_lean *row)
{
    const double step = 1e-6, value = row->value;
    bool chips = row->variable == ROOF_VARIABLE_CHIPS;
    double less = chips ? value - 1 : value * (1 - ROOF_LEAN_STEP);
    double more = chips ? value + 1 : value * (1 + ROOF_LEAN_STEP);
    row->below = less > 0 ? elasticity(run, row->variable, value, chips ? less : value * (1 - step)) : NAN;
    row->above = elasticity(run, row->variable, value, chips ? more : value * (1 + step));
    row->at_less = less > 0 ? throughput_with(run, row->variable, less) : NAN;
    row->at_more = throughput_with(run, row->variable, more);
}

/* ---- where another ceiling binds ---- */

/* What limits, as one number: a ceiling, or that it does not fit. */
static int regime(const roof_prediction *run, roof_variable variable, double value)
{
    roof_outcome outcome;
    roof_machine machine = roof_machine_with(&run->machine, variable, value);
    if (roof_prediction_on(run, &machine, &outcome, NULL) != ROOF_OK) return ROOF_CEILING_COUNT;
    return (int)outcome.bound.limiter;
}

/* The last value before the regime changes, whole for chips. */
static double edge(const roof_prediction *run, const roof_lean *row, double same, double other)
{
    int here = (int)run->bound.limiter;
    for (int i = 0; i < 200; i++) {
        double middle = sqrt(same * other);
        if (row->variable == ROOF_VARIABLE_CHIPS) middle = floor((same + other) / 2);
        if (middle == same || middle == other) break;
        if (regime(run, row->variable, middle) == here) same = middle;
        else other = middle;
    }
    return row->variable == ROOF_VARIABLE_CHIPS ? other : same;
}

static roof_turn turn(const roof_prediction *run, const roof_lean *row, double growth)
{
    enum { STEPS = 160 };
    bool chips = row->variable == ROOF_VARIABLE_CHIPS;
    roof_turn none = {NAN, false, run->bound.limiter};
    double last = row->value;
    for (int i = 1; i <= STEPS; i++) {
        double value = row->value * pow(growth, i);
        if (chips) value = growth > 1 ? fmax(last + 1, floor(value)) : fmin(last - 1, ceil(value));
        if (chips && value < 1) break;
        int found = regime(run, row->variable, value);
        if (found != (int)run->bound.limiter) {
            value = edge(run, row, last, value);
            return (roof_turn){value, found == ROOF_CEILING_COUNT,
                               found == ROOF_CEILING_COUNT ? run->bound.limiter : (roof_ceiling_id)found};
        }
        last = value;
    }
    return none;
}

/* ---- what the sources say ---- */

static void widen(roof_lean *row, double value)
{
    row->low = row->sources ? fmin(row->low, value) : value;
    row->high = row->sources ? fmax(row->high, value) : value;
    row->sources++;
}

/* Values of the chip's own level; one whose condition differs from that of the used one is another thing. */
static bool is_rival(const roof_chip *chip, const roof_value *used, const roof_value *value)
{
    if (value->scope != chip->level || value->text) return false;
    return !value->qualifier || !used->qualifier || strcmp(value->qualifier, used->qualifier) == 0;
}

static void survey(const roof_chip *chip, const roof_value *used, const roof_values *values, roof_lean *row)
{
    for (size_t i = 0; i < values->count; i++)
        if (is_rival(chip, used, &values->items[i])) widen(row, values->items[i].si);
}

static void survey_peaks(const roof_prediction *run, const roof_value *used, roof_lean *row)
{
    for (size_t i = 0; i < run->chip->peak_count; i++) {
        const roof_peak *peak = &run->chip->peaks[i];
        bool dense = peak->sparsity == ROOF_PEAK_DENSE || peak->sparsity == ROOF_PEAK_ASSUMED_DENSE;
        if (peak->precision == run->machine.precision && dense && is_rival(run->chip, used, &peak->value))
            widen(row, peak->value.si);
    }
}

/* The list of a field in which the value stands. */
static const roof_values *list_of(const roof_chip *chip, const roof_value *used)
{
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        const roof_values *values = &chip->fields[i];
        if (values->count && used >= values->items && used < values->items + values->count) return values;
    }
    return NULL;
}

static void sources(const roof_prediction *run, roof_lean *row)
{
    if (row->variable == ROOF_VARIABLE_CHIPS) return;
    const roof_value *used = run->machine.inputs[row->variable].value;
    const roof_values *values = list_of(run->chip, used);
    if (values) survey(run->chip, used, values, row);
    else survey_peaks(run, used, row);
    if (row->sources == 0) widen(row, used->si);
    row->at_low = throughput_with(run, row->variable, row->low);
    row->at_high = throughput_with(run, row->variable, row->high);
    bool apart = row->high > row->low;
    row->doubtful = apart || used->claim == ROOF_CLAIM_UNVERIFIED || used->claim == ROOF_CLAIM_ESTIMATE ||
                    used->relation != ROOF_RELATION_EXACT;
    row->movement = fabs(apart ? log(row->at_high / row->at_low) : log(row->at_more / row->at_less));
    if (isnan(row->movement)) row->movement = INFINITY; /* with one of the values it would not fit */
}

/* ---- what is not published ---- */

static bool differs(const roof_prediction *run, roof_variable variable, double value)
{
    double now = throughput_with(run, variable, value);
    return isnan(now) || fabs(log(now / run->throughput)) > 1e-9;
}

static void find_threshold(const roof_prediction *run, roof_lean *row)
{
    double low = 1e-3, high = 1e30;
    bool at_low = differs(run, row->variable, low), at_high = differs(run, row->variable, high);
    row->above_threshold = at_high && !at_low;
    if (at_low == at_high) return;
    for (int i = 0; i < 200; i++) {
        double middle = sqrt(low * high);
        if (differs(run, row->variable, middle) == at_low) low = middle;
        else high = middle;
    }
    row->threshold = high;
}

/* ---- all of it ---- */

static double greatest(const roof_lean *row)
{
    return fmax(isnan(row->below) ? 0 : fabs(row->below), isnan(row->above) ? 0 : fabs(row->above));
}

static int by_weight(const void *left, const void *right)
{
    const roof_lean *a = left, *b = right;
    bool a_known = !isnan(a->value), b_known = !isnan(b->value);
    if (a_known != b_known) return a_known ? -1 : 1;
    double difference = greatest(b) - greatest(a);
    if (fabs(difference) > 1e-6) return difference > 0 ? 1 : -1;
    return a->variable - b->variable;
}

static void begin(const roof_prediction *run, roof_variable variable, roof_lean *row)
{
    const roof_turn nowhere = {NAN, false, run->bound.limiter};
    memset(row, 0, sizeof *row);
    row->variable = variable;
    row->value = roof_variable_value(&run->machine, variable);
    row->below = row->above = row->at_less = row->at_more = NAN;
    row->low = row->high = row->at_low = row->at_high = row->threshold = row->flip = NAN;
    row->down = row->up = nowhere;
}

static void examine(const roof_prediction *run, roof_variable variable, roof_sensitivity *out)
{
    roof_lean *row = &out->rows[out->count++];
    begin(run, variable, row);
    if (isnan(row->value)) {
        find_threshold(run, row);
        return;
    }
    out->published++;
    slopes(run, row);
    row->down = turn(run, row, pow(2, -0.25));
    row->up = turn(run, row, pow(2, 0.25));
    sources(run, row);
}

static void find_power(const roof_prediction *run, roof_sensitivity *out)
{
    roof_lean range = {.sources = 0};
    out->power = run->energy.power;
    out->power_low = out->power_high = NAN;
    const roof_values *values = out->power ? list_of(run->chip, out->power) : NULL;
    if (!values) return;
    survey(run->chip, out->power, values, &range);
    out->power_low = range.low;
    out->power_high = range.high;
}

/* True if the row is doubtful, and that moves more than `other`, or anything if that is NULL. */
static bool moves_more(const roof_lean *row, const roof_lean *other)
{
    return row->doubtful && row->movement > 1e-9 && !(other && other->movement >= row->movement);
}

bool roof_sensitivity_doubt(const roof_prediction *run, roof_lean *out)
{
    bool found = false;
    for (int i = 0; run->refusal.code == ROOF_OK && i < ROOF_INPUT_COUNT; i++) {
        roof_lean row;
        if (!roof_prediction_uses(run, (roof_input_id)i)) continue;
        begin(run, (roof_variable)i, &row);
        if (isnan(row.value)) continue;
        slopes(run, &row);
        sources(run, &row);
        if (!moves_more(&row, found ? out : NULL)) continue;
        *out = row;
        found = true;
    }
    return found;
}

roof_code roof_sensitivity_find(const roof_prediction *run, roof_sensitivity *out, roof_error *error)
{
    memset(out, 0, sizeof *out);
    out->run = run;
    if (run->refusal.code != ROOF_OK) {
        if (error) *error = run->refusal;
        return run->refusal.code;
    }
    for (roof_variable i = 0; i < ROOF_VARIABLE_COUNT; i++) {
        bool input = i != ROOF_VARIABLE_CHIPS;
        if (!input || roof_prediction_uses(run, (roof_input_id)i) ||
            roof_prediction_misses(run, (roof_input_id)i))
            examine(run, i, out);
    }
    qsort(out->rows, out->count, sizeof *out->rows, by_weight);
    find_power(run, out);
    for (size_t i = 0; i < out->published; i++) {
        const roof_lean *row = &out->rows[i];
        if (moves_more(row, out->doubt)) out->doubt = row;
    }
    return ROOF_OK;
}
