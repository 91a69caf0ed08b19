/* Claims against the other figures of their spec, or of the chip that they compare with. */
#include <math.h>

#include "compare/claim_check.h"

static double distance(double a, double b)
{
    return fabs(log(a / b));
}

static void name_peak(roof_buffer *text, const roof_peak *peak)
{
    roof_buffer_printf(text, "peak.%s %.6g %s", roof_precision_name(peak->precision), peak->value.given,
                       peak->value.unit);
}

/* ---- ops per watt ---- */

/* A peak over a power; `peak` is NULL when there is none. */
typedef struct quotient {
    const roof_peak *peak;
    const roof_value *power;
    const char *power_name;
    double ops_per_joule;
} quotient;

/* The greatest quotient of the published figures, the least, and the one nearest to what is claimed. */
typedef struct quotients {
    quotient greatest, least, nearest;
} quotients;

static void consider(quotients *all, quotient next, double claimed)
{
    if (!all->greatest.peak || next.ops_per_joule > all->greatest.ops_per_joule) all->greatest = next;
    if (!all->least.peak || next.ops_per_joule < all->least.ops_per_joule) all->least = next;
    if (!all->nearest.peak ||
        distance(next.ops_per_joule, claimed) < distance(all->nearest.ops_per_joule, claimed))
        all->nearest = next;
}

static quotients quotients_of(const roof_claim_case *each)
{
    quotients all = {{0}, {0}, {0}};
    const roof_peak *peak;
    quotient next;
    for (size_t i = 0; (peak = claim_peak(each->chip, each->statement, i)) != NULL; i++)
        for (size_t k = 0; (next.power = claim_power(each->chip, k, &next.power_name)) != NULL; k++) {
            next.peak = peak;
            next.ops_per_joule = peak->value.si / next.power->si;
            consider(&all, next, each->statement->value.si);
        }
    return all;
}

static void name_quotient(roof_buffer *text, const quotient *q)
{
    name_peak(text, q->peak);
    roof_buffer_printf(text, " / %s %.6g %s = ", q->power_name, q->power->given, q->power->unit);
    roof_unit_format(text, q->ops_per_joule, ROOF_DIM_OPS_PER_JOULE);
}

/* What a claim above every quotient would take, or the other basis that a true one is not true of. */
static void say_efficiency(const quotients *all, double claimed, roof_claim_check *out)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    const quotient *most = &all->greatest;
    if (out->verdict != ROOF_CLAIM_IS_CONSISTENT) {
        roof_buffer_append(&text, "true at ");
        roof_unit_format(&text, most->peak->value.si / claimed, ROOF_DIM_WATTS);
        roof_buffer_append(&text, ", or at ");
        roof_unit_format(&text, claimed * most->power->si, ROOF_DIM_OPS_PER_SECOND);
    } else if (distance(all->greatest.ops_per_joule, all->least.ops_per_joule) > log(ROOF_CLAIM_SLACK)) {
        roof_buffer_append(&text, "the published figures make ");
        roof_unit_format(&text, all->least.ops_per_joule, ROOF_DIM_OPS_PER_JOULE);
        roof_buffer_append(&text, " to ");
        roof_unit_format(&text, all->greatest.ops_per_joule, ROOF_DIM_OPS_PER_JOULE);
    }
    claim_say(out->beside, sizeof out->beside, &text);
}

void claim_check_efficiency(const roof_claim_case *each, roof_claim_check *out)
{
    double claimed = each->statement->value.si;
    quotients all = quotients_of(each);
    const roof_peak *peak = claim_peak(each->chip, each->statement, 0);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (!all.nearest.peak) {
        claim_unchecked(out, peak ? ROOF_CLAIM_REASON_NO_POWER : ROOF_CLAIM_REASON_NO_PEAK);
        if (!peak) return;
        name_peak(&text, peak);
        roof_buffer_append(&text, " would draw ");
        roof_unit_format(&text, peak->value.si / claimed, ROOF_DIM_WATTS);
        claim_say(out->beside, sizeof out->beside, &text);
        return;
    }
    claim_judge(each, claimed, all.greatest.ops_per_joule, out);
    name_quotient(&text, out->verdict == ROOF_CLAIM_IS_CONSISTENT ? &all.nearest : &all.greatest);
    claim_say(out->against, sizeof out->against, &text);
    say_efficiency(&all, claimed, out);
}

/* ---- ops per second ---- */

/* What the claim makes of one chip; NaN if the area that it is said of is not published. */
static double rate_of_one(const roof_claim_case *each)
{
    const roof_value *area = roof_chip_value(each->chip, ROOF_FIELD_DIE_AREA);
    double rate = each->statement->value.si / each->statement->chips;
    if (each->statement->per != ROOF_PER_MM2) return rate;
    return area ? rate * area->si * 1e6 : NAN;
}

static void say_rate(const roof_claim_case *each, double rate, const roof_peak *peak, roof_claim_check *out)
{
    const roof_value *area = roof_chip_value(each->chip, ROOF_FIELD_DIE_AREA);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    name_peak(&text, peak);
    if (each->statement->per == ROOF_PER_MM2 && area)
        roof_buffer_printf(&text, " / process.die_area %.6g %s", area->given, area->unit);
    if (each->statement->chips > 1) roof_buffer_printf(&text, " x %.0f", each->statement->chips);
    claim_say(out->against, sizeof out->against, &text);
    if (each->statement->chips > 1 || each->statement->per == ROOF_PER_MM2) {
        roof_buffer_append(&text, "it makes ");
        roof_unit_format(&text, rate, ROOF_DIM_OPS_PER_SECOND);
        roof_buffer_append(&text, " of one");
    }
    claim_say(out->beside, sizeof out->beside, &text);
}

void claim_check_peak(const roof_claim_case *each, roof_claim_check *out)
{
    const roof_peak *peak, *greatest = NULL, *nearest = NULL;
    double rate = rate_of_one(each);
    for (size_t i = 0; (peak = claim_peak(each->chip, each->statement, i)) != NULL; i++) {
        if (!greatest || peak->value.si > greatest->value.si) greatest = peak;
        if (!nearest || distance(peak->value.si, rate) < distance(nearest->value.si, rate)) nearest = peak;
    }
    if (!greatest || isnan(rate)) {
        claim_unchecked(out, greatest ? ROOF_CLAIM_REASON_NO_VALUE : ROOF_CLAIM_REASON_NO_PEAK);
        return;
    }
    claim_judge(each, rate, greatest->value.si, out);
    say_rate(each, rate, out->verdict == ROOF_CLAIM_IS_CONSISTENT ? nearest : greatest, out);
}

/* ---- a quantity of the spec ---- */

/* What the claim makes of the field of one chip; NaN if it is said of each core and they are not counted. */
static double field_of_one(const roof_claim_case *each)
{
    const roof_value *cores = roof_chip_value(each->chip, ROOF_FIELD_CORES);
    double claimed = each->statement->value.si / each->statement->chips;
    if (each->statement->per != ROOF_PER_CORE) return claimed;
    return cores ? claimed * cores->si : NAN;
}

static bool agrees(const roof_statement *statement, double share)
{
    bool above = share > ROOF_CLAIM_SLACK, below = share < 1 / ROOF_CLAIM_SLACK;
    if (statement->value.relation == ROOF_RELATION_AT_LEAST) return !above;
    if (statement->value.relation == ROOF_RELATION_AT_MOST) return !below;
    return !above && !below;
}

void claim_check_field(const roof_claim_case *each, roof_claim_check *out)
{
    const roof_statement *statement = each->statement;
    const roof_field_info *field = roof_field(statement->field);
    const roof_value *value = roof_chip_value(each->chip, statement->field);
    double claimed = field_of_one(each);
    roof_buffer text = ROOF_BUFFER_EMPTY;
    if (!value || isnan(claimed) || field->dimension != statement->dimension) {
        claim_unchecked(out, ROOF_CLAIM_REASON_NO_VALUE);
        return;
    }
    claim_judge(each, claimed, value->si, out);
    out->verdict = agrees(statement, out->share) ? ROOF_CLAIM_IS_CONSISTENT : ROOF_CLAIM_IS_IMPOSSIBLE;
    roof_buffer_printf(&text, "%s ", field->name);
    roof_unit_format(&text, value->si, field->dimension);
    if (statement->chips > 1) roof_buffer_printf(&text, " x %.0f", statement->chips);
    claim_say(out->against, sizeof out->against, &text);
    if (statement->chips > 1 || statement->per == ROOF_PER_CORE) {
        roof_buffer_append(&text, "it makes ");
        roof_unit_format(&text, claimed, field->dimension);
        roof_buffer_append(&text, " of one");
    }
    claim_say(out->beside, sizeof out->beside, &text);
}

/* ---- a ratio to another chip ---- */

/* Ops per second, watts, or the one over the other; NaN if it is not published. */
static double figure_of(const roof_chip *chip, roof_likeness likeness, const roof_peak *peak)
{
    const roof_value *power = roof_chip_value(chip, ROOF_FIELD_TDP);
    double watts = power ? power->si : NAN;
    if (likeness == ROOF_LIKENESS_POWER) return watts;
    return likeness == ROOF_LIKENESS_PEAK ? peak->value.si : peak->value.si / watts;
}

/* The greatest ratio at any precision for which both have a dense peak; NaN if there is none. */
static double ratio_of(const roof_claim_case *each, roof_precision *at)
{
    double best = NAN;
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        const roof_peak *a = roof_chip_dense_peak(each->chip, (roof_precision)p);
        const roof_peak *b = roof_chip_dense_peak(each->baseline, (roof_precision)p);
        if (!a || !b || (each->statement->has_precision && each->statement->precision != (roof_precision)p))
            continue;
        double ratio = figure_of(each->chip, each->statement->compares, a) /
                       figure_of(each->baseline, each->statement->compares, b);
        if (isnan(ratio) || ratio <= best) continue;
        best = ratio;
        *at = (roof_precision)p;
    }
    return best;
}

void claim_check_likeness(const roof_claim_case *each, roof_claim_check *out)
{
    roof_precision precision = ROOF_PRECISION_UNSTATED;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    bool known = each->baseline && each->statement->compares != ROOF_LIKENESS_NOTHING;
    double ratio = known ? ratio_of(each, &precision) : NAN;
    if (!known || isnan(ratio)) {
        claim_unchecked(out, ROOF_CLAIM_REASON_NO_BASELINE);
        return;
    }
    /* Less power is the greater claim. */
    if (each->statement->compares == ROOF_LIKENESS_POWER)
        claim_judge(each, 1 / each->statement->value.si, 1 / ratio, out);
    else claim_judge(each, each->statement->value.si, ratio, out);
    roof_buffer_printf(&text, "%s of %s at %s: %.3gx", roof_likeness_word(each->statement->compares),
                       each->baseline->id, roof_precision_name(precision), ratio);
    claim_say(out->against, sizeof out->against, &text);
}
