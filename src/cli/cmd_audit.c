#include <stdlib.h>
#include <string.h>

#include "chiproof/compare/audit.h"
#include "chiproof/compare/claims.h"
#include "chiproof/out/audit.h"
#include "chiproof/out/claims.h"
#include "cli/measured.h"

typedef struct audit_run {
    cli_context *context;
    cli_measured measured;
    roof_join *cases;
    size_t count;
    roof_audit *audit;
    roof_claim_check *claims;
    size_t claim_count, file_count;
    roof_report checks; /* of the spec files' figures against each other */
} audit_run;

/* By chip, model and precision, and then as they stand in the files. */
static int by_run(const void *a, const void *b)
{
    const roof_measurement *x = ((const roof_join *)a)->row, *y = ((const roof_join *)b)->row;
    int order = strcmp(x->chip, y->chip);
    if (!order) order = strcmp(x->model, y->model);
    if (!order) order = (int)x->precision - (int)y->precision;
    return order ? order : x < y ? -1 : x > y;
}

/* The rows of one chip, or of all chips that NULL stands for. */
static size_t add_cases(audit_run *run, const roof_chip *chip)
{
    size_t before = run->count;
    for (size_t i = 0; i < run->measured.measures.row_count; i++)
        if (!chip || strcmp(chip->id, run->measured.measures.rows[i].chip) == 0)
            run->cases[run->count++] = (roof_join){&run->measured.measures.rows[i], chip, NULL};
    return run->count - before;
}

/* Checks the claims of one chip. */
static bool add_claims(audit_run *run, const roof_chip *chip)
{
    roof_claim_check *more =
        realloc(run->claims, (run->claim_count + chip->statement_count + 1) * sizeof *run->claims);
    roof_error error;
    if (!more) {
        roof_fail(&error, ROOF_NO_MEMORY, "no memory for the audit");
        cli_fail(run->context, &error);
        return false;
    }
    run->claims = more;
    run->file_count++;
    for (size_t i = 0; i < chip->statement_count; i++) {
        const roof_statement *statement = &chip->statements[i];
        roof_claim_case each = {chip, statement, NULL, NULL};
        if (statement->baseline) each.baseline = cli_measured_chip(&run->measured, statement->baseline);
        if (statement->model) each.workload = cli_measured_model(&run->measured, statement->model);
        roof_claim_examine(&each, &run->claims[run->claim_count++]);
    }
    return true;
}

static bool add_all(audit_run *run)
{
    const cli_shelf *shelf = &run->measured.chips;
    if (!run->context->options.claims) add_cases(run, NULL);
    run->measured.checks = &run->checks;
    for (size_t i = 0; i < shelf->count; i++) {
        const roof_chip *chip = cli_measured_chip(&run->measured, shelf->entries[i].id);
        if (chip && !add_claims(run, chip)) return false;
    }
    return true;
}

static bool add_named(audit_run *run, roof_chip **chips, int *opened)
{
    const cli_options *options = &run->context->options;
    for (int i = 0; i < options->word_count; i++) {
        roof_chip *chip = chips[i] = cli_inspect_chip(run->context, options->words[i], &run->checks);
        if (!chip) return false;
        bool again = false;
        for (int k = 0; k < i; k++) again = again || strcmp(chips[k]->id, chip->id) == 0;
        ++*opened;
        if (again) continue;
        if (!options->claims && !add_cases(run, chip))
            cli_message("no published measurement of %s is known", chip->id);
        if (!add_claims(run, chip)) return false;
    }
    return options->word_count > 0 || add_all(run);
}

static void find_parts(audit_run *run)
{
    if (run->count) qsort(run->cases, run->count, sizeof *run->cases, by_run);
    for (size_t i = 0; i < run->count; i++) {
        roof_join *each = &run->cases[i];
        if (!each->chip) each->chip = cli_measured_chip(&run->measured, each->row->chip);
        each->workload = cli_measured_model(&run->measured, each->row->model);
    }
}

/* ---- showing ---- */

static void people(const void *result, roof_page *page)
{
    const audit_run *run = result;
    const cli_options *options = &run->context->options;
    if (!options->claims) roof_audit_page(run->audit, options->all, page);
    if (!options->claims && run->claim_count) roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_claims_page(run->claims, run->claim_count, options->all, page);
    if (options->claims) return;
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_spec_checks_page(&run->checks, run->file_count, page);
}

static void grid(const void *result, roof_page *page)
{
    const audit_run *run = result;
    if (run->context->options.claims) roof_claims_grid(run->claims, run->claim_count, page);
    else roof_audit_grid(run->audit, run->context->options.all, page);
}

static void json(const void *result, roof_json_writer *writer)
{
    const audit_run *run = result;
    roof_audit_json(run->audit, run->context->options.all, writer);
    roof_claims_json(run->claims, run->claim_count, writer);
    roof_spec_checks_json(&run->checks, run->file_count, writer);
}

static int check_and_show(audit_run *run, roof_chip **chips, int *opened)
{
    roof_error error;
    run->cases = calloc(run->measured.measures.row_count + 1, sizeof *run->cases);
    if (!run->cases) {
        roof_fail(&error, ROOF_NO_MEMORY, "no memory for the audit");
        return cli_fail(run->context, &error);
    }
    if (!add_named(run, chips, opened)) return EXIT_FAILED;
    find_parts(run);
    if (roof_audit_check(&run->measured.measures, run->cases, run->count, &run->audit, &error) != ROOF_OK)
        return cli_fail(run->context, &error);
    int status = cli_emit(run->context, &(cli_result){run, people, grid, json});
    return run->audit->all.above_fit ? EXIT_FAILED : status;
}

int cmd_audit(cli_context *context)
{
    audit_run run = {.context = context, .checks = ROOF_REPORT_EMPTY};
    roof_chip **chips = calloc((size_t)context->options.word_count + 1, sizeof *chips);
    int opened = 0, status = EXIT_FAILED;
    if (chips && cli_measured_open(context, &run.measured)) status = check_and_show(&run, chips, &opened);
    roof_audit_free(run.audit);
    free(run.cases);
    free(run.claims);
    roof_report_clear(&run.checks);
    for (int i = 0; i < opened; i++) roof_chip_free(chips[i]);
    free(chips);
    cli_measured_close(&run.measured);
    return status;
}
