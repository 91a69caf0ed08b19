#include <math.h>
#include <string.h>

#include "chiproof/out/claims.h"
#include "chiproof/out/findings.h"
#include "out/run_text.h"

static size_t chips_of(const roof_claim_check *checks, size_t count)
{
    size_t chips = 0;
    for (size_t i = 0; i < count; i++) chips += i == 0 || checks[i].chip != checks[i - 1].chip;
    return chips;
}

/* "needs sparsity of at least 8.33x", "not checkable: it has no number". */
static void finding_text(const roof_claim_check *check, roof_buffer *out)
{
    roof_buffer_append(out, roof_claim_verdict_name(check->verdict));
    if (check->verdict == ROOF_CLAIM_IS_UNCHECKED)
        roof_buffer_printf(out, ": %s", roof_claim_reason_text(check->reason));
    else if (check->verdict == ROOF_CLAIM_IS_IMPOSSIBLE)
        roof_buffer_printf(out, ": %.3gx what is published", check->share);
    else if (check->verdict == ROOF_CLAIM_IS_SPARSE)
        roof_buffer_printf(out, " of at least %.3gx", check->share);
    if (check->beside[0]) roof_buffer_printf(out, "; %s", check->beside);
}

static void claim_row(const roof_claim_check *check, roof_page *page)
{
    const roof_value *value = &check->statement->value;
    roof_buffer finding = ROOF_BUFFER_EMPTY;
    bool doubtful = check->verdict == ROOF_CLAIM_IS_IMPOSSIBLE;
    finding_text(check, &finding);
    roof_page_row(page);
    roof_page_cell(page, ROOF_PLAIN, "%s", check->chip->id);
    roof_page_cell(page, ROOF_PLAIN, "%s%s%s%s (%c)", check->statement->text, value->qualifier ? " (" : "",
                   value->qualifier ? value->qualifier : "", value->qualifier ? ")" : "",
                   roof_claim_letter(value->claim));
    roof_page_cell(page, ROOF_PLAIN, "%s", check->against[0] ? check->against : "-");
    roof_page_cell(page, doubtful ? ROOF_DOUBTFUL : ROOF_PLAIN, "%s", roof_buffer_text(&finding));
    roof_buffer_free(&finding);
}

static bool is_remarkable(const roof_claim_check *check)
{
    return check->verdict == ROOF_CLAIM_IS_SPARSE || check->verdict == ROOF_CLAIM_IS_IMPOSSIBLE;
}

static void claim_rows(const roof_claim_check *checks, size_t count, bool all, roof_page *page)
{
    roof_page_grid(page);
    roof_page_column(page, "chip", ROOF_LEFT);
    roof_page_column(page, "claim", ROOF_WRAPPED);
    roof_page_column(page, "held against", ROOF_WRAPPED);
    roof_page_column(page, "finding", ROOF_WRAPPED);
    for (size_t i = 0; i < count; i++)
        if (all || is_remarkable(&checks[i])) claim_row(&checks[i], page);
}

void roof_claims_page(const roof_claim_check *checks, size_t count, bool all, roof_page *page)
{
    if (!count) return;
    roof_claim_counts counts = roof_claim_count(checks, count);
    size_t remarkable = counts.verdicts[ROOF_CLAIM_IS_SPARSE] + counts.verdicts[ROOF_CLAIM_IS_IMPOSSIBLE];
    roof_page_text(page, ROOF_HEADING, "Claims kept in the spec files: %zu of %zu chip%s", count,
                   chips_of(checks, count), chips_of(checks, count) == 1 ? "" : "s");
    for (int v = 0; v < ROOF_CLAIM_VERDICT_COUNT; v++)
        if (counts.verdicts[v])
            roof_page_text(page, ROOF_PLAIN, "  %3zu %s", counts.verdicts[v],
                           roof_claim_verdict_name((roof_claim_verdict)v));
    for (int r = ROOF_CLAIM_REASON_CHECKED + 1; r < ROOF_CLAIM_REASON_COUNT; r++)
        if (counts.reasons[r])
            roof_page_text(page, ROOF_FAINT, "      %3zu: %s", counts.reasons[r],
                           roof_claim_reason_text((roof_claim_reason)r));
    if (all || remarkable) claim_rows(checks, count, all, page);
}

void roof_claims_grid(const roof_claim_check *checks, size_t count, roof_page *page)
{
    static const char *const heads[] = {"chip",    "claim", "value",   "unit", "claimed_si",
                                        "most_si", "share", "verdict", "why",  "held_against",
                                        "beside",  "by",    "source"};
    roof_page_left_grid(page, heads, sizeof heads / sizeof *heads);
    for (size_t i = 0; i < count; i++) {
        const roof_claim_check *check = &checks[i];
        const roof_value *value = &check->statement->value;
        bool checked = check->reason == ROOF_CLAIM_REASON_CHECKED;
        const char *const words[] = {roof_claim_verdict_name(check->verdict),
                                     checked ? "" : roof_claim_reason_text(check->reason),
                                     check->against,
                                     check->beside,
                                     roof_claim_name(value->claim),
                                     value->source ? value->source->id : ""};
        roof_page_row(page);
        roof_page_cell(page, ROOF_PLAIN, "%s", check->chip->id);
        roof_page_cell(page, ROOF_PLAIN, "%s", check->statement->text);
        out_number_cell(page, value->given);
        roof_page_cell(page, ROOF_PLAIN, "%s", value->unit ? value->unit : "");
        out_number_cell(page, check->claimed);
        out_number_cell(page, check->most);
        out_number_cell(page, check->share);
        for (size_t k = 0; k < sizeof words / sizeof *words; k++)
            roof_page_cell(page, ROOF_PLAIN, "%s", words[k]);
    }
}

/* ---- the figures against each other ---- */

void roof_spec_checks_page(const roof_report *findings, size_t files, roof_page *page)
{
    roof_page_text(page, ROOF_HEADING, "Spec files whose figures were held against each other: %zu", files);
    roof_page_text(page, ROOF_PLAIN, "  %zu found wrong or doubtful, %zu known and acknowledged there",
                   findings->errors + findings->doubtful, findings->notes);
    for (size_t i = 0; i < findings->length; i++) {
        roof_buffer text = ROOF_BUFFER_EMPTY;
        if (findings->items[i].grade == ROOF_GRADE_NOTE) continue;
        roof_finding_text(&findings->items[i], &text);
        roof_page_text(page, ROOF_DOUBTFUL, "  %s", roof_buffer_text(&text));
        roof_buffer_free(&text);
    }
}
