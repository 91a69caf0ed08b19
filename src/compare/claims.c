#include "chiproof/compare/claims.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "compare/claim_check.h"

const char *roof_claim_verdict_name(roof_claim_verdict verdict)
{
    static const char *const names[] = {
#define X(id, name, text) name,
        ROOF_CLAIM_VERDICTS(X)
#undef X
    };
    return (unsigned)verdict < ROOF_CLAIM_VERDICT_COUNT ? names[verdict] : "unknown";
}

const char *roof_claim_reason_text(roof_claim_reason reason)
{
    static const char *const texts[] = {
#define X(id, text) text,
        ROOF_CLAIM_REASONS(X)
#undef X
    };
    return (unsigned)reason < ROOF_CLAIM_REASON_COUNT ? texts[reason] : "unknown";
}

/* ---- what the checks share ---- */

void claim_unchecked(roof_claim_check *out, roof_claim_reason reason)
{
    out->verdict = ROOF_CLAIM_IS_UNCHECKED;
    out->reason = reason;
    out->claimed = out->most = out->share = NAN;
    out->against[0] = '\0';
}

/* True if the claim itself speaks of zeros, or the chip skips as many as the claim would need. */
static bool may_skip_zeros(const roof_claim_case *each, double ratio)
{
    const roof_value *most = roof_chip_value(each->chip, ROOF_FIELD_SPARSITY_MAX_RATIO);
    return each->statement->sparse || (most && ratio <= most->si * ROOF_CLAIM_SLACK);
}

void claim_judge(const roof_claim_case *each, double claimed, double most, roof_claim_check *out)
{
    out->claimed = claimed;
    out->most = most;
    out->share = claimed / most;
    if (out->share <= ROOF_CLAIM_SLACK) out->verdict = ROOF_CLAIM_IS_CONSISTENT;
    else if (may_skip_zeros(each, out->share)) out->verdict = ROOF_CLAIM_IS_SPARSE;
    else out->verdict = ROOF_CLAIM_IS_IMPOSSIBLE;
}

void claim_say(char *member, size_t size, roof_buffer *text)
{
    snprintf(member, size, "%s", roof_buffer_text(text));
    roof_buffer_free(text);
}

const roof_value *claim_power(const roof_chip *chip, size_t index, const char **name)
{
    static const roof_field_id fields[] = {ROOF_FIELD_TYPICAL_POWER, ROOF_FIELD_TDP};
    for (size_t f = 0; f < sizeof fields / sizeof *fields; f++)
        for (size_t i = 0; i < chip->fields[fields[f]].count; i++) {
            const roof_value *value = &chip->fields[fields[f]].items[i];
            if (value->scope != chip->level || index-- > 0) continue;
            *name = roof_field(fields[f])->name;
            return value;
        }
    return NULL;
}

static bool is_meant(const roof_peak *peak, const roof_statement *statement)
{
    if (statement->has_precision) return peak->precision == statement->precision;
    return peak->precision != ROOF_PRECISION_UNSTATED && roof_precision_weight_bytes(peak->precision) >= 1;
}

const roof_peak *claim_peak(const roof_chip *chip, const roof_statement *statement, size_t index)
{
    for (size_t i = 0; i < chip->peak_count; i++) {
        const roof_peak *peak = &chip->peaks[i];
        bool dense = peak->sparsity == ROOF_PEAK_DENSE || peak->sparsity == ROOF_PEAK_ASSUMED_DENSE;
        if (dense && peak->value.scope == chip->level && is_meant(peak, statement) && index-- == 0)
            return peak;
    }
    return NULL;
}

/* ---- kinds of claims ---- */

static bool has_no_number(const roof_claim_case *each)
{
    return isnan(each->statement->value.si);
}

static bool is_of_a_part(const roof_claim_case *each)
{
    return each->statement->part != NULL;
}

static bool is_of_another_level(const roof_claim_case *each)
{
    return each->statement->value.scope != each->chip->level;
}

static bool names_a_field(const roof_claim_case *each)
{
    return each->statement->field != ROOF_FIELD_COUNT;
}

static bool counts_results(const roof_claim_case *each)
{
    return each->statement->dimension == ROOF_DIM_NUMBER &&
           (each->statement->per == ROOF_PER_SECOND || each->statement->per == ROOF_PER_JOULE);
}

static bool is_efficiency(const roof_claim_case *each)
{
    return each->statement->dimension == ROOF_DIM_OPS_PER_JOULE;
}

static bool is_a_rate(const roof_claim_case *each)
{
    return each->statement->dimension == ROOF_DIM_OPS_PER_SECOND;
}

static bool is_a_share(const roof_claim_case *each)
{
    return each->statement->value.unit && strcmp(each->statement->value.unit, "%") == 0;
}

static bool is_a_ratio(const roof_claim_case *each)
{
    return each->statement->dimension == ROOF_DIM_RATIO;
}

static bool is_any(const roof_claim_case *each)
{
    (void)each;
    return true;
}

/* The first kind that a claim is of decides; without a check the reason is why there is none. */
static const struct {
    bool (*applies)(const roof_claim_case *each);
    void (*check)(const roof_claim_case *each, roof_claim_check *out);
    roof_claim_reason reason;
} kinds[] = {
    {has_no_number, NULL, ROOF_CLAIM_REASON_NO_NUMBER},
    {is_of_a_part, NULL, ROOF_CLAIM_REASON_OF_A_PART},
    {is_of_another_level, NULL, ROOF_CLAIM_REASON_OTHER_LEVEL},
    {names_a_field, claim_check_field, ROOF_CLAIM_REASON_CHECKED},
    {counts_results, claim_check_run, ROOF_CLAIM_REASON_CHECKED},
    {is_efficiency, claim_check_efficiency, ROOF_CLAIM_REASON_CHECKED},
    {is_a_rate, claim_check_peak, ROOF_CLAIM_REASON_CHECKED},
    {is_a_share, NULL, ROOF_CLAIM_REASON_NO_WORKLOAD},
    {is_a_ratio, claim_check_likeness, ROOF_CLAIM_REASON_CHECKED},
    {is_any, NULL, ROOF_CLAIM_REASON_NO_FIGURE},
};

void roof_claim_examine(const roof_claim_case *each, roof_claim_check *out)
{
    size_t kind = 0;
    *out = (roof_claim_check){.chip = each->chip, .statement = each->statement};
    while (!kinds[kind].applies(each)) kind++;
    if (kinds[kind].check) kinds[kind].check(each, out);
    else claim_unchecked(out, kinds[kind].reason);
}

roof_claim_counts roof_claim_count(const roof_claim_check *checks, size_t count)
{
    roof_claim_counts counts = {{0}, {0}};
    for (size_t i = 0; i < count; i++) {
        counts.verdicts[checks[i].verdict]++;
        counts.reasons[checks[i].reason]++;
    }
    return counts;
}
