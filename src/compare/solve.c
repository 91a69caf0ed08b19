#include "compare/solve.h"

#include <math.h>
#include <string.h>

#include "compare/root.h"

static const double refused = -1e3; /* a margin worse than any that is computed */
static const double equal = 1e-12;

double compare_margin(const compare_question *q, double value, roof_outcome *out)
{
    roof_machine machine = roof_machine_with(q->machine, q->variable, value);
    if (roof_prediction_on(q->run, &machine, out, NULL) != ROOF_OK) return refused;
    double figure = roof_target_figure(q->target, out->throughput, out->latency_s);
    double times = roof_goal_is_least(q->target->goal) ? figure / q->target->si : q->target->si / figure;
    return fmin(fmax(log(times), refused), -refused);
}

static bool is_capacity(const compare_question *q)
{
    return roof_variable_dimension(q->machine, q->variable) == ROOF_DIM_BYTES;
}

/* ---- closed form ---- */

/* A rate alone: with the rate `reference` its ceilings take some seconds, and those are inverse to it. Where
 * several have the same rate the slowest counts. False if none has it, or nothing to carry. */
static bool closed_form(const compare_question *q, double reference, const roof_outcome *at, double margin,
                        roof_need_row *row)
{
    double whole = at->bound.seconds * exp(margin); /* how long a pass may take */
    row->needs = NAN;
    if (!(at->bound.seconds > 0) || margin <= refused) return false;
    for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
        const roof_ceiling *ceiling = &at->bound.ceilings[i];
        double needs = reference * ceiling->seconds / whole;
        if ((int)roof_ceiling_rate((roof_ceiling_id)i) != q->variable || !(ceiling->seconds > 0)) continue;
        if (row->needs >= needs) continue;
        row->needs = needs;
        row->amount = ceiling->amount;
        row->seconds = whole;
        row->share = ceiling->rate / reference;
    }
    return !isnan(row->needs);
}

/* ---- a root ---- */

static double margin_at(double log_value, void *question)
{
    roof_outcome outcome;
    return compare_margin(question, exp(log_value), &outcome);
}

/* Capacities in whole bytes: the first near the root that is enough. */
static double whole_bytes(const compare_question *q, double root)
{
    roof_outcome outcome;
    double value = floor(root * (1 - 1e-12));
    for (int i = 0; i < 64; i++, value++)
        if (value > 0 && compare_margin(q, value, &outcome) >= -equal) return value;
    return root * (1 + 1e-12);
}

static roof_code bracketed(const compare_question *q, double start, double floor_value, roof_need_row *row,
                           roof_error *error)
{
    roof_outcome outcome;
    const double growth = 16;
    double high = start, low, root = 0;
    while (isfinite(high) && compare_margin(q, high, &outcome) < 0) high *= growth;
    if (!isfinite(high))
        return roof_fail(error, ROOF_NO_ROOT, "%s: only without limit is it enough",
                         roof_variable_name(q->machine, q->variable));
    for (low = high / growth; low > floor_value && compare_margin(q, low, &outcome) >= 0; low /= growth)
        high = low;
    roof_code code = compare_root(margin_at, (void *)(size_t)q, log(low), log(high), 1e-14, &root, error);
    if (code != ROOF_OK) return code;
    row->needs = exp(root);
    if (is_capacity(q)) row->needs = whole_bytes(q, row->needs);
    return ROOF_OK;
}

/* ---- whole chips ---- */

/* More chips need not be faster once links are counted, so small numbers are all tried. */
static bool whole_chips(const compare_question *q, roof_need_row *row)
{
    roof_outcome outcome;
    double last = 0;
    for (double n = 1; n <= ROOF_NEED_CHIPS; last = n, n = fmax(n + 1, floor(n * 1.02))) {
        if (compare_margin(q, n, &outcome) < -equal) continue;
        while (n - last > 1) {
            double middle = floor((last + n) / 2);
            if (compare_margin(q, middle, &outcome) >= -equal) n = middle;
            else last = middle;
        }
        row->needs = n;
        return true;
    }
    return false;
}

static double most_of(const compare_question *q)
{
    return q->variable == ROOF_VARIABLE_CHIPS ? ROOF_NEED_CHIPS : INFINITY;
}

/* Why no value is enough: what the run does with all there can be of it. */
static void not_alone(const compare_question *q, roof_need_row *row)
{
    roof_machine machine = roof_machine_with(q->machine, q->variable, most_of(q));
    row->state = ROOF_NEED_ALONE_NOT;
    row->best = NAN;
    if (roof_prediction_on(q->run, &machine, &row->at, &row->refusal) == ROOF_OK)
        row->best = roof_target_figure(q->target, row->at.throughput, row->at.latency_s);
}

static roof_code found(const compare_question *q, roof_need_row *row)
{
    compare_margin(q, row->needs, &row->at);
    row->state = ROOF_NEED_ENOUGH;
    row->ratio = row->needs / row->has;
    return ROOF_OK;
}

static roof_code solve_chips(const compare_question *q, roof_need_row *row)
{
    if (whole_chips(q, row)) return found(q, row);
    not_alone(q, row);
    return ROOF_OK;
}

static roof_code solve_input(const compare_question *q, roof_need_row *row, roof_error *error)
{
    const double least = 1e-3; /* not 0: a capacity of 0 is one that is not published */
    roof_outcome outcome;
    double reference = row->has > 0 && isfinite(row->has) ? row->has : 1e9;
    double margin = compare_margin(q, reference, &outcome), check;
    bool closed = closed_form(q, reference, &outcome, margin, row);
    row->ratio = row->needs / row->has;
    if (compare_margin(q, INFINITY, &outcome) < -equal) {
        not_alone(q, row);
        return ROOF_OK;
    }
    if (compare_margin(q, least, &outcome) >= 0) {
        row->state = ROOF_NEED_ANY;
        row->at = outcome;
        row->needs = row->ratio = row->amount = row->seconds = row->share = NAN;
        return ROOF_OK;
    }
    check = closed ? compare_margin(q, row->needs, &outcome) : refused;
    if (fabs(check) <= equal) return found(q, row);
    row->amount = row->seconds = row->share = NAN;
    roof_code code = bracketed(q, reference, least, row, error);
    return code == ROOF_OK ? found(q, row) : code;
}

roof_code compare_solve(const compare_question *q, roof_need_row *row, roof_error *error)
{
    memset(row, 0, sizeof *row);
    row->variable = q->variable;
    row->has = roof_variable_value(q->machine, q->variable);
    row->needs = row->ratio = row->amount = row->seconds = row->share = row->best = NAN;
    return q->variable == ROOF_VARIABLE_CHIPS ? solve_chips(q, row) : solve_input(q, row, error);
}
