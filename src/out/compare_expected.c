/* What to expect of chips beside each other, for people. */
#include <math.h>

#include "chiproof/base/text.h"
#include "out/compare_view.h"
#include "out/run_text.h"
#include "out/value_text.h"

bool out_expects(const roof_comparison *c)
{
    for (size_t i = 0; i < c->race_count; i++)
        if (c->races[i].expected.given) return true;
    return false;
}

/* ---- the runs ---- */

/* "Expected inferences or tokens a second, p50 (p10 - p90), int8, batch 1". */
static void heading(const roof_comparison *c, roof_page *page)
{
    const roof_request *request = &c->races[0].predictions[0].request;
    bool same = out_one_precision(c);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    roof_page_text(page, ROOF_HEADING, "Expected inferences or tokens a second%s%s, p50%s%s%s, batch %g",
                   c->basis ? " per " : "", c->basis ? roof_basis_name(c->basis) : "",
                   c->chip_count == 2 ? " (p10-p90)" : "", same ? ", " : "",
                   same ? roof_precision_name(request->precision) : "", request->batch);
}

static void range_text(roof_buffer *out, const roof_quantiles *quantiles)
{
    roof_text_number(out, quantiles->p10);
    roof_buffer_append_char(out, '-');
    roof_text_number(out, quantiles->p90);
}

/* "672 (293-1,530)"; of a run that nobody can forecast "<= 3,180". */
static void rate_cell(const roof_comparison *c, const roof_race *race, size_t chip, roof_page *page)
{
    const roof_prediction *p = &race->predictions[chip];
    const roof_quantiles *expected = &race->expected.throughput[chip];
    roof_buffer text = ROOF_BUFFER_EMPTY;
    bool given = race->expected.given;
    bool best = (given ? race->expected.ahead : race->faster) == (int)chip;
    if (p->refusal.code != ROOF_OK) {
        out_refusal_short(p, &text);
        roof_page_cell(page, ROOF_FAINT, "%s", roof_buffer_text(&text));
        roof_buffer_free(&text);
        return;
    }
    if (!given) roof_buffer_append(&text, "<= ");
    roof_text_number(&text, given ? expected->p50 : race->throughput[chip]);
    if (given && c->chip_count == 2) {
        roof_buffer_append(&text, " (");
        range_text(&text, expected);
        roof_buffer_append_char(&text, ')');
    }
    if (!out_one_precision(c)) roof_buffer_printf(&text, " %s", roof_precision_name(p->request.precision));
    roof_page_cell(page, best ? ROOF_BETTER : ROOF_PLAIN, "%s%s", roof_buffer_text(&text), best ? " <" : "");
    roof_buffer_free(&text);
}

static void percent_text(roof_buffer *out, double probability)
{
    if (probability > 0.99) roof_buffer_append(out, ">99 %");
    else roof_buffer_printf(out, "%.0f %%", 100 * probability);
}

/* "1.40 x, 93 %": by how much the marked one is ahead, and how sure that is. */
static void verdict_cell(const roof_comparison *c, const roof_race *race, roof_page *page)
{
    const roof_expectation *expected = &race->expected;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    bool given = expected->given;
    int ahead = given ? expected->ahead : race->faster;
    double ratio = given ? expected->ratio.p50 : race->ratio;
    if (c->chip_count == 2 && ahead >= 0) out_ratio(&text, ahead == 1 ? ratio : 1 / ratio);
    if (!isnan(expected->sure)) {
        if (text.length) roof_buffer_append(&text, ", ");
        percent_text(&text, expected->sure);
    } else if (text.length && !given) {
        roof_buffer_append(&text, " by bound");
    }
    if (ahead < 0 && !isnan(ratio)) roof_buffer_append_char(&text, '=');
    roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* For more than two chips the ranges stand in a grid of their own. */
static void range_section(const roof_comparison *c, roof_page *page)
{
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    out_compare_head(c, page, "p10-p90", ROOF_LEFT);
    for (size_t i = 0; i < c->race_count; i++) {
        out_race_label(&c->races[i], page);
        for (size_t k = 0; k < c->chip_count; k++) {
            roof_buffer text = ROOF_BUFFER_EMPTY;
            const roof_quantiles *expected = &c->races[i].expected.throughput[k];
            if (isnan(expected->p50)) roof_buffer_append_char(&text, '-');
            else range_text(&text, expected);
            roof_page_cell(page, ROOF_PLAIN, "%s", roof_buffer_text(&text));
            roof_buffer_free(&text);
        }
    }
}

static void runs_section(const roof_comparison *c, roof_page *page)
{
    bool two = c->chip_count == 2;
    heading(c, page);
    out_compare_head(c, page, "", two ? ROOF_WRAPPED : ROOF_LEFT);
    roof_page_column(page, two ? "faster" : "sure", two ? ROOF_WRAPPED : ROOF_LEFT);
    if (two) roof_page_column(page, "limited by", ROOF_WRAPPED);
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        out_race_label(race, page);
        for (size_t k = 0; k < c->chip_count; k++) rate_cell(c, race, k, page);
        verdict_cell(c, race, page);
        if (two) out_limiter_cell(race, page);
    }
    if (two) return;
    range_section(c, page);
    out_limiter_section(c, page);
}

/* ---- what to think of it ---- */

/* How often a chip is ahead, and how sure that is. */
typedef struct tally {
    size_t wins, sure, alone, thrifty;
} tally;

static bool answers_alone(const roof_race *race, size_t chips)
{
    size_t answers = 0;
    for (size_t k = 0; k < chips; k++) answers += race->predictions[k].refusal.code == ROOF_OK;
    return answers == 1;
}

static void count(const roof_comparison *c, tally tallies[ROOF_COMPARED_LIMIT], size_t *energies)
{
    static const double surely = 0.9;
    *energies = 0;
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        const roof_expectation *expected = &race->expected;
        if (expected->thriftiest >= 0) {
            tallies[expected->thriftiest].thrifty++;
            ++*energies;
        }
        int ahead = expected->given ? expected->ahead : race->faster;
        if (ahead < 0) continue;
        bool alone = answers_alone(race, c->chip_count);
        tallies[ahead].wins += !alone;
        tallies[ahead].alone += alone;
        tallies[ahead].sure += expected->sure >= surely;
    }
}

/* "Metis AIPU is faster on 3 of 6 (at least 90 % sure of 2), and alone can run 1." */
static void wins_line(const roof_comparison *c, const tally *tallies, roof_page *page)
{
    size_t best = 0;
    for (size_t i = 1; i < c->chip_count; i++)
        if (tallies[i].wins + tallies[i].alone > tallies[best].wins + tallies[best].alone) best = i;
    const tally *most = &tallies[best];
    if (most->wins + most->alone == 0) {
        roof_page_text(page, ROOF_HEADING, "None is faster than the others.");
        return;
    }
    roof_buffer text = ROOF_BUFFER_EMPTY;
    const char *name = c->chips[best]->name, *basis = roof_basis_name(c->basis);
    roof_buffer_printf(&text, "%s %s%s on %zu of %zu", name, c->basis ? "does more per " : "is faster",
                       c->basis ? basis : "", most->wins, c->race_count);
    if (most->wins) roof_buffer_printf(&text, " (at least 90 %% sure of %zu)", most->sure);
    if (most->alone) roof_buffer_printf(&text, "; %zu it alone can run", most->alone);
    roof_page_text(page, ROOF_HEADING, "%s.", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* "Hailo-8 spends less energy on 3 of 4 (typical power 2.5 W; TDP 16 W)." */
static void energy_line(const roof_comparison *c, const tally *tallies, size_t energies, roof_page *page)
{
    size_t best = 0;
    for (size_t i = 1; i < c->chip_count; i++)
        if (tallies[i].thrifty > tallies[best].thrifty) best = i;
    if (!energies) return;
    roof_buffer bases = ROOF_BUFFER_EMPTY;
    for (size_t k = 0; k < c->chip_count; k++) {
        for (size_t i = 0; i < c->race_count; i++) {
            const roof_prediction *p = &c->races[i].predictions[k];
            if (p->refusal.code != ROOF_OK) continue;
            roof_buffer_append(&bases, bases.length ? "; " : "");
            out_energy_basis(p, &bases);
            break;
        }
    }
    roof_page_text(page, ROOF_PLAIN, "%s spends %s energy on %zu of %zu (%s).", c->chips[best]->name,
                   c->chip_count == 2 ? "less" : "the least", tallies[best].thrifty, energies,
                   roof_buffer_text(&bases));
    roof_buffer_free(&bases);
}

/* "It turns at batch 4 for yolov8n-640, 9 for bert-large-384: chiproof crossover ..." */
static void turn_line(const roof_comparison *c, roof_page *page)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    const char *model = NULL;
    for (size_t i = 0; i < c->race_count; i++) {
        const roof_race *race = &c->races[i];
        double turn = race->expected.given ? race->expected.turn_batch : race->turn_batch;
        if (isnan(turn)) continue;
        roof_buffer_printf(&text, model ? ", %.0f for " : "It turns at batch %.0f for ", turn);
        out_run_label(&race->predictions[0], &text);
        if (!model) model = roof_workload_id(race->workload);
    }
    if (model && c->basis == ROOF_BASIS_WHOLE)
        roof_page_text(page, ROOF_PLAIN, "%s: chiproof crossover %s %s --model %s", roof_buffer_text(&text),
                       c->chips[0]->id, c->chips[1]->id, model);
    else if (model) roof_page_text(page, ROOF_PLAIN, "%s.", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* The first forecast there is of that chip. */
static const roof_forecast *forecast_of(const roof_comparison *c, size_t chip)
{
    for (size_t i = 0; i < c->race_count; i++)
        if (c->races[i].forecasts[chip].given) return &c->races[i].forecasts[chip];
    return NULL;
}

static void measurements_text(const roof_forecast *f, roof_buffer *out)
{
    static const char *const others[] = {"of all classes", "of its class", "of its vendor and class"};
    if (f->measurements)
        roof_buffer_printf(out, "%zu measurement%s of %s", f->measurements, f->measurements == 1 ? "" : "s",
                           f->chip->name);
    else
        roof_buffer_printf(out, "none of %s, but of %zu chip%s %s", f->chip->name, f->chips,
                           f->chips == 1 ? "" : "s", others[f->level]);
}

/* True if an input of an earlier run, or an earlier input, has the same value. */
static bool is_counted(const roof_comparison *c, size_t race, size_t chip, int input)
{
    const roof_value *value = c->races[race].predictions[chip].machine.inputs[input].value;
    for (size_t i = 0; i <= race; i++) {
        const roof_prediction *p = &c->races[i].predictions[chip];
        if (p->refusal.code != ROOF_OK) continue;
        for (int k = 0; k < (i == race ? input : (int)ROOF_INPUT_COUNT); k++)
            if (roof_prediction_uses(p, (roof_input_id)k) && p->machine.inputs[k].value == value) return true;
    }
    return false;
}

static void count_claims(const roof_comparison *c, size_t claims[ROOF_CLAIM_COUNT])
{
    for (size_t i = 0; i < c->race_count; i++)
        for (size_t k = 0; k < c->chip_count; k++) {
            const roof_prediction *p = &c->races[i].predictions[k];
            for (int n = 0; n < ROOF_INPUT_COUNT && p->refusal.code == ROOF_OK; n++)
                if (roof_prediction_uses(p, (roof_input_id)n) && !is_counted(c, i, k, n))
                    claims[p->machine.inputs[n].value->claim]++;
        }
}

/* "Rests on: 280 measurements of Hailo-8; none of X, but of 7 chips of its class; figures: 2 press." */
static void basis_line(const roof_comparison *c, roof_page *page)
{
    static const roof_claim doubtful[] = {ROOF_CLAIM_PRESS, ROOF_CLAIM_ESTIMATE, ROOF_CLAIM_UNVERIFIED};
    size_t claims[ROOF_CLAIM_COUNT] = {0}, said = 0;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    for (size_t k = 0; k < c->chip_count; k++) {
        const roof_forecast *f = forecast_of(c, k);
        if (!f) continue;
        if (text.length) roof_buffer_append(&text, "; ");
        measurements_text(f, &text);
    }
    count_claims(c, claims);
    for (size_t i = 0; i < sizeof doubtful / sizeof *doubtful; i++)
        if (claims[doubtful[i]])
            roof_buffer_printf(&text, "%s%zu %s", said++ ? ", " : "; figures: ", claims[doubtful[i]],
                               roof_claim_name(doubtful[i]));
    roof_page_text(page, ROOF_PLAIN, "Rests on: %s.", roof_buffer_text(&text));
    roof_buffer_free(&text);
}

/* The figure to look up first, or the chip to measure first. */
static void weakest_line(const roof_comparison *c, roof_page *page)
{
    static const double noticeable = 0.05;
    const roof_weakest *weakest = &c->weakest;
    if (weakest->input && weakest->movement > noticeable) {
        roof_buffer value = ROOF_BUFFER_EMPTY;
        out_value_marked(&value, weakest->input->value, weakest->input->dimension, false, 0);
        roof_page_text(page, ROOF_PLAIN,
                       "The number that would change this most: %s of %s (%s), for %s: chiproof sensitivity "
                       "%s %s",
                       weakest->input->field, c->chips[weakest->chip]->name, roof_buffer_text(&value),
                       roof_workload_id(c->races[weakest->race].workload), c->chips[weakest->chip]->id,
                       roof_workload_id(c->races[weakest->race].workload));
        roof_buffer_free(&value);
        return;
    }
    for (size_t k = 0; k < c->chip_count; k++) {
        const roof_forecast *f = forecast_of(c, k);
        if (!f || f->measurements) continue;
        roof_page_text(page, ROOF_PLAIN,
                       "What would change this most: a measurement of %s, which nobody has published.",
                       c->chips[k]->name);
        return;
    }
}

static void bounds_line(const roof_comparison *c, roof_page *page)
{
    for (size_t i = 0; i < c->race_count; i++) {
        if (c->races[i].expected.given) continue;
        roof_page_text(page, ROOF_FAINT,
                       "<= bound: the most that the published figures allow. Nothing can be expected of that "
                       "run for one of them, and they are compared by bounds.");
        return;
    }
}

void out_expected_sections(const roof_comparison *c, roof_page *page)
{
    tally tallies[ROOF_COMPARED_LIMIT] = {0};
    size_t energies;
    runs_section(c, page);
    count(c, tallies, &energies);
    roof_page_text(page, ROOF_PLAIN, "%s", "");
    wins_line(c, tallies, page);
    energy_line(c, tallies, energies, page);
    turn_line(c, page);
    basis_line(c, page);
    weakest_line(c, page);
    bounds_line(c, page);
}
