#include "chiproof/compare/compare.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/compare/crossover.h"
#include "compare/bases.h"
#include "compare/basis.h"
#include "compare/spec_rows.h"

roof_precision roof_common_precision(const roof_chip *const *chips, size_t count)
{
    for (int p = 0; p < ROOF_PRECISION_UNSTATED; p++) {
        bool all = true, any = false;
        for (size_t i = 0; i < count; i++) {
            if (roof_chip_dense_peak(chips[i], (roof_precision)p)) any = true;
            else if (roof_chip_default_precision(chips[i]) != ROOF_PRECISION_COUNT) all = false;
        }
        if (any && all) return (roof_precision)p;
    }
    return ROOF_PRECISION_COUNT;
}

roof_request roof_common_request(const roof_chip *const *chips, size_t count, const roof_request *request)
{
    roof_request common = *request;
    if (common.has_precision) return common;
    common.precision = roof_common_precision(chips, count);
    common.has_precision = common.precision != ROOF_PRECISION_COUNT;
    return common;
}

/* Adds the doubts of a cell that no other cell has had. */
static void collect_doubts(roof_comparison *comparison, const roof_report *doubts)
{
    for (size_t i = 0; i < doubts->length; i++) {
        bool said = false;
        for (size_t k = 0; k < comparison->warnings.length && !said; k++)
            said = strcmp(comparison->warnings.items[k].message, doubts->items[i].message) == 0;
        if (!said) roof_report_add(&comparison->warnings, &doubts->items[i]);
    }
}

/* Names the workloads of a chip whose weights are not on the chip: one line for each place they come from. */
static void warn_of_home(roof_comparison *comparison, size_t chip, roof_home home, const char *text)
{
    roof_buffer list = ROOF_BUFFER_EMPTY;
    const char *last = "";
    for (size_t i = 0; i < comparison->race_count; i++) {
        const roof_prediction *p = &comparison->races[i].predictions[chip];
        const char *id = roof_workload_id(p->workload);
        if (p->refusal.code != ROOF_OK || p->bound.home != home || strcmp(id, last) == 0) continue;
        roof_buffer_printf(&list, "%s%s", list.length ? ", " : "", id);
        last = id;
    }
    if (list.length)
        roof_report_addf(&comparison->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK, "%s: weights of %s %s",
                         comparison->chips[chip]->id, roof_buffer_text(&list), text);
    roof_buffer_free(&list);
}

static void warn_of_streaming(roof_comparison *comparison, size_t chip, roof_home home)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "do not fit on the chip and are streamed from %s",
                       roof_home_place(home, comparison->chips[chip]));
    warn_of_home(comparison, chip, home, roof_buffer_text(&text));
    roof_buffer_free(&text);
}

static void collect_warnings(roof_comparison *comparison)
{
    for (size_t i = 0; i < comparison->chip_count; i++) {
        warn_of_streaming(comparison, i, ROOF_HOME_DRAM);
        warn_of_streaming(comparison, i, ROOF_HOME_HOST);
        warn_of_home(comparison, i, ROOF_HOME_UNKNOWN,
                     "are where nobody knows: too little is published of its memory");
        for (size_t k = 0; k < comparison->race_count; k++)
            collect_doubts(comparison, &comparison->races[k].predictions[i].doubts);
    }
    if (comparison->race_count)
        compare_note_sharing(&comparison->races[0].predictions[0].request, &comparison->warnings);
}

static void find_fastest(roof_race *race, size_t count)
{
    const double equal = 1e-12;
    race->faster = -1;
    bool tie = false;
    for (size_t i = 0; i < count; i++) {
        double mine = race->throughput[i];
        if (isnan(mine)) continue;
        double best = race->faster < 0 ? 0 : race->throughput[race->faster];
        if (fabs(mine - best) <= equal * best) tie = true;
        if (mine <= best * (1 + equal)) continue;
        tie = false;
        race->faster = (int)i;
    }
    if (tie) race->faster = -1;
}

/* For two chips: the ratio, and the next batch at which their order changes. */
static void relate(const roof_comparison *comparison, roof_race *race)
{
    const roof_prediction *a = &race->predictions[0], *b = &race->predictions[1];
    race->ratio = race->throughput[1] / race->throughput[0];
    double batch = 0, asked = a->request.batch;
    if (isnan(race->ratio) || race->faster < 0 || asked >= ROOF_TURN_LIMIT) return;
    double handicap = comparison->divisor[0] / comparison->divisor[1];
    if (roof_crossover_batch(a, b, handicap, asked, ROOF_TURN_LIMIT, &batch, NULL) == ROOF_OK)
        race->turn_batch = ceil(batch);
}

static roof_code run_race(roof_comparison *comparison, const roof_event *event, roof_race *race,
                          roof_error *error)
{
    roof_request request = roof_common_request(comparison->chips, comparison->chip_count, &event->request);
    race->workload = event->workload;
    race->ratio = race->turn_batch = NAN;
    race->predictions = calloc(comparison->chip_count, sizeof *race->predictions);
    if (!race->predictions) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the predictions");
    for (size_t i = 0; i < comparison->chip_count; i++) {
        roof_code code = roof_predict(comparison->chips[i], event->workload, &request, &race->predictions[i]);
        race->throughput[i] = race->predictions[i].throughput / comparison->divisor[i];
        if (code == ROOF_NO_MEMORY) {
            if (error) *error = race->predictions[i].refusal;
            return code;
        }
    }
    find_fastest(race, comparison->chip_count);
    if (comparison->chip_count == 2) relate(comparison, race);
    return ROOF_OK;
}

static roof_code fill(roof_comparison *comparison, const roof_event *events, size_t event_count,
                      roof_basis basis, roof_error *error)
{
    roof_code code = compare_basis(comparison, basis, error);
    if (code != ROOF_OK) return code;
    comparison->races = calloc(event_count + 1, sizeof *comparison->races);
    if (!comparison->races || !compare_spec_rows(comparison))
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the comparison");
    compare_bases(comparison);
    for (size_t i = 0; i < event_count; i++) {
        comparison->race_count++;
        code = run_race(comparison, &events[i], &comparison->races[i], error);
        if (code != ROOF_OK) return code;
    }
    collect_warnings(comparison);
    return ROOF_OK;
}

roof_code roof_compare(const roof_chip *const *chips, size_t chip_count, const roof_event *events,
                       size_t event_count, roof_basis basis, roof_comparison **out, roof_error *error)
{
    *out = NULL;
    if (chip_count < 2 || chip_count > ROOF_COMPARED_LIMIT)
        return roof_fail(error, ROOF_INVALID, "%zu chips to compare: expected 2 to %d", chip_count,
                         ROOF_COMPARED_LIMIT);
    roof_comparison *comparison = calloc(1, sizeof *comparison);
    if (!comparison) return roof_fail(error, ROOF_NO_MEMORY, "no memory for the comparison");
    comparison->chips = chips;
    comparison->chip_count = chip_count;
    roof_code code = fill(comparison, events, event_count, basis, error);
    if (code == ROOF_OK) *out = comparison;
    else roof_comparison_free(comparison);
    return code;
}

void roof_comparison_free(roof_comparison *comparison)
{
    if (!comparison) return;
    for (size_t i = 0; i < comparison->race_count; i++) {
        roof_race *race = &comparison->races[i];
        for (size_t k = 0; race->predictions && k < comparison->chip_count; k++)
            roof_prediction_free(&race->predictions[k]);
        free(race->predictions);
        free(race->forecasts);
    }
    free(comparison->races);
    free(comparison->rows);
    free(comparison->quotients);
    roof_report_clear(&comparison->warnings);
    free(comparison);
}
