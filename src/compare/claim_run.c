/* Claims of a network's speed, or speed per watt, against the bound of that run. */
#include <math.h>

#include "compare/audit_row.h"
#include "compare/claim_check.h"

/* The claim as a published result, of which the audit knows the bound. */
static roof_measurement as_row(const roof_claim_case *each)
{
    const roof_statement *statement = each->statement;
    return (roof_measurement){
        .chip = each->chip->id,
        .system = "",
        .model = statement->model,
        .variant = "",
        .scenario = "",
        .conditions = "",
        .source = "",
        .use = "",
        .chips_used = statement->chips,
        .batch = statement->batch,
        .value = statement->value.si,
        .metric = roof_workload_is_llm(each->workload) ? ROOF_METRIC_TOKENS : ROOF_METRIC_THROUGHPUT,
        .precision =
            statement->has_precision ? statement->precision : roof_chip_default_precision(each->chip),
        .sparse = statement->sparse,
        .file = "",
    };
}

static const roof_value *least_power(const roof_chip *chip, const char **name)
{
    const roof_value *next, *least = NULL;
    const char *of;
    for (size_t i = 0; (next = claim_power(chip, i, &of)) != NULL; i++) {
        if (least && next->si >= least->si) continue;
        least = next;
        *name = of;
    }
    return least;
}

/* `power` is NULL for a claim of speed alone. */
static void say_run(const roof_audit_row *row, const roof_value *power, const char *power_name,
                    roof_claim_check *out)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "%s %s, %s", row->row->model, roof_precision_name(row->row->precision),
                       row->any_batch ? "best batch" : "");
    if (!row->any_batch) roof_buffer_printf(&text, "batch %g", row->batch);
    roof_buffer_printf(&text, ": bound %.*f /s", row->bound < 100 ? 2 : 0, row->bound);
    if (power)
        roof_buffer_printf(&text, " / %s %.6g %s = %.3g /J", power_name, power->given, power->unit,
                           out->most);
    claim_say(out->against, sizeof out->against, &text);
    roof_buffer_printf(&text, "%.3g %% of it", 100 * out->share);
    claim_say(out->beside, sizeof out->beside, &text);
}

void claim_check_run(const roof_claim_case *each, roof_claim_check *out)
{
    static const roof_measures none = ROOF_MEASURES_EMPTY;
    const char *power_name = "";
    bool per_joule = each->statement->per == ROOF_PER_JOULE;
    const roof_value *power = per_joule ? least_power(each->chip, &power_name) : NULL;
    roof_audit_row row;
    if (!each->workload || (per_joule && !power)) {
        claim_unchecked(out, each->workload ? ROOF_CLAIM_REASON_NO_POWER : ROOF_CLAIM_REASON_NO_WORKLOAD);
        return;
    }
    roof_measurement measurement = as_row(each);
    roof_join join = {&measurement, each->chip, each->workload};
    auditor self = {.measures = &none};
    auditor_check(&self, &join, &row);
    auditor_close(&self);
    if (isnan(row.bound)) {
        claim_unchecked(out, row.reason == ROOF_JOIN_NO_PEAK ? ROOF_CLAIM_REASON_NO_PEAK
                                                             : ROOF_CLAIM_REASON_NO_RUN);
        return;
    }
    claim_judge(each, measurement.value, power ? row.bound / power->si : row.bound, out);
    say_run(&row, power, power_name, out);
}
