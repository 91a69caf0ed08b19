#include "chiproof/out/claims.h"
#include "chiproof/out/findings.h"
#include "out/value_text.h"

static void put_counts(const roof_claim_counts *counts, roof_json_writer *writer)
{
    roof_json_open_object(writer, "verdicts");
    for (int v = 0; v < ROOF_CLAIM_VERDICT_COUNT; v++)
        roof_json_put_number(writer, roof_claim_verdict_name((roof_claim_verdict)v),
                             (double)counts->verdicts[v]);
    roof_json_close(writer);
    roof_json_open_object(writer, "unchecked");
    for (int r = ROOF_CLAIM_REASON_CHECKED + 1; r < ROOF_CLAIM_REASON_COUNT; r++)
        if (counts->reasons[r])
            roof_json_put_number(writer, roof_claim_reason_text((roof_claim_reason)r),
                                 (double)counts->reasons[r]);
    roof_json_close(writer);
}

static void put_check(const roof_claim_check *check, roof_json_writer *writer)
{
    bool checked = check->reason == ROOF_CLAIM_REASON_CHECKED;
    roof_json_open_object(writer, NULL);
    roof_json_put_string(writer, "chip", check->chip->id);
    roof_json_put_string(writer, "text", check->statement->text);
    out_value_json(writer, "statement", &check->statement->value);
    roof_json_put_number(writer, "claimed", check->claimed);
    roof_json_put_number(writer, "most", check->most);
    roof_json_put_number(writer, "share", check->share);
    roof_json_put_string(writer, "verdict", roof_claim_verdict_name(check->verdict));
    roof_json_put_string(writer, "why", checked ? NULL : roof_claim_reason_text(check->reason));
    roof_json_put_string(writer, "against", check->against[0] ? check->against : NULL);
    roof_json_put_string(writer, "beside", check->beside[0] ? check->beside : NULL);
    roof_json_close(writer);
}

void roof_claims_json(const roof_claim_check *checks, size_t count, roof_json_writer *writer)
{
    roof_claim_counts counts = roof_claim_count(checks, count);
    roof_json_open_object(writer, "claims");
    roof_json_put_number(writer, "count", (double)count);
    put_counts(&counts, writer);
    roof_json_open_array(writer, "items");
    for (size_t i = 0; i < count; i++) put_check(&checks[i], writer);
    roof_json_close(writer);
    roof_json_close(writer);
}

void roof_spec_checks_json(const roof_report *findings, size_t files, roof_json_writer *writer)
{
    roof_json_open_object(writer, "checks");
    roof_json_put_number(writer, "files", (double)files);
    roof_findings_json(findings, writer);
    roof_json_close(writer);
}
