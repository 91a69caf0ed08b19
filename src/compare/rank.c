#include "chiproof/compare/rank.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "chiproof/model/node.h"
#include "compare/bases.h"
#include "compare/rank_order.h"

static const struct {
    const char *name, *text;
    bool greater;
    const char *needs;
} measures[] = {
#define X(id, name, text, greater, needs) {name, text, greater, needs},
    ROOF_MEASURES(X)
#undef X
};

const char *roof_measure_name(roof_measure measure)
{
    return measures[measure].name;
}

const char *roof_measure_text(roof_measure measure)
{
    return measures[measure].text;
}

bool roof_measure_is_greater_better(roof_measure measure)
{
    return measures[measure].greater;
}

const char *roof_measure_needs(roof_measure measure)
{
    return measures[measure].needs;
}

roof_code roof_measure_parse(const char *name, roof_measure *out, roof_error *error)
{
    roof_buffer names = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < ROOF_MEASURE_COUNT; i++) {
        if (strcmp(name, measures[i].name) == 0) {
            *out = (roof_measure)i;
            roof_buffer_free(&names);
            return ROOF_OK;
        }
        roof_buffer_printf(&names, "%s%s",
                           i == 0                       ? ""
                           : i + 1 < ROOF_MEASURE_COUNT ? ", "
                                                        : " or ",
                           measures[i].name);
    }
    roof_fail(error, ROOF_INVALID, "\"%s\": expected %s", name, roof_buffer_text(&names));
    roof_buffer_free(&names);
    return ROOF_INVALID;
}

/* ---- one row ---- */

static void find_power(roof_rank_row *row)
{
    static const roof_field_id kinds[] = {ROOF_FIELD_TDP, ROOF_FIELD_TYPICAL_POWER};
    row->power_field = ROOF_FIELD_COUNT;
    row->power_w = NAN;
    for (size_t i = 0; i < 2 && !row->power; i++) {
        row->power = roof_chip_value(row->prediction.chip, kinds[i]);
        if (!row->power) continue;
        row->power_field = kinds[i];
        row->power_w = row->power->si * row->prediction.request.chips;
    }
}

static void find_price(roof_rank_row *row)
{
    row->price = roof_chip_value(row->prediction.chip, ROOF_FIELD_PRICE);
    row->price_usd = row->price ? row->price->si * row->prediction.request.chips : NAN;
}

static double times_chips(const roof_rank_row *row, roof_field_id field)
{
    const roof_value *value = roof_chip_value(row->prediction.chip, field);
    return value ? value->si * row->prediction.request.chips : NAN;
}

/* Analog arrays do not shrink as logic does. */
static bool computes_in_analog(const roof_chip *chip)
{
    const char *architecture = roof_chip_text(chip, ROOF_FIELD_ARCHITECTURE);
    return architecture && strcasestr(architecture, "analog");
}

/* What the power would be if the same logic were made at the request's node. */
static void find_node_power(roof_rank_row *row, const roof_request *request)
{
    static const double default_node_m = 7e-9;
    const roof_value *node = roof_chip_value(row->prediction.chip, ROOF_FIELD_NODE);
    double ratio, to_m = request->node_m > 0 ? request->node_m : default_node_m;
    row->node_m = node ? node->si : NAN;
    row->node_power_w = NAN;
    if (node && request->technology && !computes_in_analog(row->prediction.chip) &&
        roof_node_energy_ratio(request->technology, node->si, to_m, &ratio, NULL) == ROOF_OK)
        row->node_power_w = row->power_w * ratio;
}

static bool is_doubtful(const roof_prediction *p)
{
    if (p->refusal.code != ROOF_OK) return false;
    for (int i = 0; i < ROOF_INPUT_COUNT; i++)
        if (roof_prediction_uses(p, (roof_input_id)i) &&
            p->machine.inputs[i].value->claim == ROOF_CLAIM_UNVERIFIED)
            return true;
    return false;
}

/* A chip that publishes less of its memory must not look faster for it unnoticed. */
static bool is_unlimited(const roof_prediction *p)
{
    if (p->refusal.code != ROOF_OK) return false;
    switch (p->bound.home) {
    case ROOF_HOME_DRAM: return roof_prediction_misses(p, ROOF_INPUT_DRAM_BANDWIDTH);
    case ROOF_HOME_HOST: return roof_prediction_misses(p, ROOF_INPUT_HOST_BANDWIDTH);
    case ROOF_HOME_UNKNOWN: return true;
    default: return false;
    }
}

/* A quotient of two figures; NaN if one is not known or nothing is divided by. */
static double per(double throughput, double amount)
{
    return amount > 0 ? throughput / amount : NAN;
}

static roof_code run(roof_rank_row *row, const roof_chip *chip, const roof_ranking *ranking)
{
    const roof_prediction *p = &row->prediction;
    roof_code code = roof_predict(chip, ranking->workload, &ranking->request, &row->prediction);
    find_power(row);
    find_price(row);
    find_node_power(row, &ranking->request);
    row->area_mm2 = times_chips(row, ROOF_FIELD_DIE_AREA) * 1e6;
    row->transistors = times_chips(row, ROOF_FIELD_TRANSISTORS);
    row->doubtful = is_doubtful(p);
    row->unlimited = is_unlimited(p);
    row->bounds[ROOF_MEASURE_THROUGHPUT] = p->throughput;
    row->bounds[ROOF_MEASURE_LATENCY] = p->latency_s;
    row->bounds[ROOF_MEASURE_PER_WATT] = per(p->throughput, row->power_w);
    row->bounds[ROOF_MEASURE_PER_DOLLAR] = per(p->throughput, row->price_usd);
    row->bounds[ROOF_MEASURE_ENERGY] = p->energy_j;
    row->bounds[ROOF_MEASURE_PER_AREA] = per(p->throughput, row->area_mm2);
    row->bounds[ROOF_MEASURE_PER_TRANSISTOR] = per(p->throughput, row->transistors);
    row->bounds[ROOF_MEASURE_PER_NODE_WATT] = per(p->throughput, row->node_power_w);
    memcpy(row->measures, row->bounds, sizeof row->measures);
    return code;
}

/* ---- the order ---- */

/* Greater is better, and nothing known is worst. */
static int by_number(double a, double b)
{
    if (isnan(a) || isnan(b)) return isnan(a) - isnan(b);
    return (a < b) - (a > b);
}

static int by_measure(const void *a, const void *b, void *data)
{
    const roof_rank_row *x = a, *y = b;
    roof_measure by = ((const roof_ranking *)data)->by;
    double sign = measures[by].greater ? 1 : -1;
    int order = by_number(sign * x->measures[by], sign * y->measures[by]);
    if (!order) order = by_number(x->measures[ROOF_MEASURE_THROUGHPUT], y->measures[ROOF_MEASURE_THROUGHPUT]);
    if (!order) order = by_number(x->prediction.throughput, y->prediction.throughput);
    return order ? order : strcmp(x->prediction.chip->id, y->prediction.chip->id);
}

static void number_places(roof_ranking *ranking)
{
    ranking->placed_count = ranking->answered_count = 0;
    memset(ranking->refused, 0, sizeof ranking->refused);
    for (size_t i = 0; i < ranking->count; i++) {
        roof_rank_row *row = &ranking->rows[i];
        double value = row->measures[ranking->by];
        if (row->prediction.refusal.code == ROOF_OK) ranking->answered_count++;
        else ranking->refused[row->prediction.refusal.code]++;
        row->place = 0;
        if (isnan(value)) continue;
        ranking->placed_count++;
        row->place = i && row[-1].measures[ranking->by] == value ? row[-1].place : i + 1;
    }
}

/* ---- the front ---- */

static bool is_on_field(const roof_rank_row *row)
{
    return !isnan(row->measures[ROOF_MEASURE_THROUGHPUT]) && row->power_w > 0;
}

static bool dominates(const roof_rank_row *a, const roof_rank_row *b)
{
    double more = a->measures[ROOF_MEASURE_THROUGHPUT] - b->measures[ROOF_MEASURE_THROUGHPUT];
    double less = b->power_w - a->power_w;
    if (a->power_field != ROOF_FIELD_TDP && b->power_field == ROOF_FIELD_TDP) return false;
    return more >= 0 && less >= 0 && (more > 0 || less > 0);
}

static void find_front(roof_ranking *ranking)
{
    ranking->front_count = 0;
    for (size_t i = 0; i < ranking->answered_count; i++) {
        roof_rank_row *row = &ranking->rows[i];
        row->front = is_on_field(row);
        for (size_t k = 0; k < ranking->answered_count && row->front; k++)
            row->front = !(is_on_field(&ranking->rows[k]) && dominates(&ranking->rows[k], row));
        ranking->front_count += row->front;
    }
}

void compare_rank_order(roof_ranking *ranking)
{
    qsort_r(ranking->rows, ranking->count, sizeof *ranking->rows, by_measure, ranking);
    number_places(ranking);
    find_front(ranking);
}

/* How far a is ahead of b. */
static double ahead(const roof_rank_row *a, const roof_rank_row *b, roof_measure measure)
{
    double more = a->measures[measure] - b->measures[measure];
    return measures[measure].greater ? more : -more;
}

static bool outdoes(const roof_rank_row *x, const roof_rank_row *y, roof_measure a, roof_measure b)
{
    double in_a = ahead(x, y, a), in_b = ahead(x, y, b); /* NaN, and so false, where one is not known */
    return in_a >= 0 && in_b >= 0 && (in_a > 0 || in_b > 0);
}

void roof_ranking_find_front(roof_ranking *ranking, roof_measure a, roof_measure b)
{
    ranking->has_front_of = true;
    ranking->front_of[0] = a;
    ranking->front_of[1] = b;
    ranking->front_count = 0;
    for (size_t i = 0; i < ranking->answered_count; i++) {
        roof_rank_row *row = &ranking->rows[i];
        row->front = !isnan(row->measures[a]) && !isnan(row->measures[b]);
        for (size_t k = 0; k < ranking->answered_count && row->front; k++)
            row->front = !outdoes(&ranking->rows[k], row, a, b);
        ranking->front_count += row->front;
    }
}

/* ---- what differs ---- */

static void warn_of_levels(roof_ranking *ranking)
{
    size_t counts[ROOF_LEVEL_COUNT] = {0}, kinds = 0;
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < ranking->answered_count; i++) counts[ranking->rows[i].prediction.chip->level]++;
    for (int i = 0; i < ROOF_LEVEL_COUNT; i++)
        if (counts[i])
            roof_buffer_printf(&list, "%s%zu %s", kinds++ ? ", " : "", counts[i],
                               roof_level_name((roof_level)i));
    if (kinds > 1)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "levels differ (%s), and each is taken whole; --where level=chip keeps to one",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static void warn_of_precisions(roof_ranking *ranking)
{
    size_t counts[ROOF_PRECISION_COUNT] = {0}, kinds = 0;
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < ranking->answered_count; i++)
        counts[ranking->rows[i].prediction.request.precision]++;
    for (int i = 0; i < ROOF_PRECISION_COUNT; i++)
        if (counts[i])
            roof_buffer_printf(&list, "%s%zu at %s", kinds++ ? ", " : "", counts[i],
                               roof_precision_name((roof_precision)i));
    if (kinds > 1)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "precisions differ, each runs at its own (%s); --precision puts all on one",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static void warn_of_power(roof_ranking *ranking)
{
    size_t tdp = 0, typical = 0;
    for (size_t i = 0; i < ranking->answered_count; i++) {
        tdp += ranking->rows[i].power_field == ROOF_FIELD_TDP;
        typical += ranking->rows[i].power_field == ROOF_FIELD_TYPICAL_POWER;
    }
    if (tdp && typical)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "power is the TDP of %zu and the typical power of %zu that publish no TDP: the two "
                         "are not the same measure",
                         tdp, typical);
}

static void warn_of_energy(roof_ranking *ranking)
{
    size_t counts[ROOF_ENERGY_BASIS_COUNT] = {0}, kinds = 0;
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < ranking->answered_count; i++)
        if (!isnan(ranking->rows[i].prediction.energy_j)) counts[ranking->rows[i].prediction.energy.basis]++;
    for (int i = 0; i < ROOF_ENERGY_BASIS_COUNT; i++)
        if (counts[i])
            roof_buffer_printf(&list, "%s%zu by %s", kinds++ ? ", " : "", counts[i],
                               roof_energy_basis_text((roof_energy_basis)i));
    if (kinds > 1)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "energies differ in their basis (%s): --energy tdp puts all on one",
                         roof_buffer_text(&list));
    roof_buffer_free(&list);
}

static void warn_of_nodes(roof_ranking *ranking)
{
    roof_report_addf(
        &ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
        "power at one node is an estimate: all of it is scaled as high-performance logic at nominal "
        "voltage, by the node's name, between 45 and 7 nm (Stillmaker and Baas 2017, "
        "doi:10.1016/j.vlsi.2017.02.002; nodes between the tabulated ones are interpolated); analog chips "
        "have no place");
}

static void add_warnings(roof_ranking *ranking)
{
    size_t doubtful = 0, unlimited = 0;
    warn_of_levels(ranking);
    warn_of_precisions(ranking);
    if (ranking->by == ROOF_MEASURE_ENERGY) warn_of_energy(ranking);
    else warn_of_power(ranking);
    if (ranking->by == ROOF_MEASURE_PER_NODE_WATT) warn_of_nodes(ranking);
    for (size_t i = 0; i < ranking->answered_count; i++) {
        doubtful += ranking->rows[i].doubtful;
        unlimited += ranking->rows[i].unlimited;
    }
    if (unlimited)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%zu publish too little of their memory to count the traffic of the weights: their "
                         "bounds stand too high beside the others",
                         unlimited);
    if (doubtful)
        roof_report_addf(&ranking->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%zu of the bounds rest on an unverified value", doubtful);
    compare_note_sharing(&ranking->request, &ranking->warnings);
}

/* ---- all of it ---- */

static roof_code fill(roof_ranking *ranking, const roof_chip *const *chips, size_t count, roof_error *error)
{
    for (size_t i = 0; i < count; i++) {
        roof_rank_row *row = &ranking->rows[ranking->count++];
        if (run(row, chips[i], ranking) != ROOF_NO_MEMORY) continue;
        if (error) *error = row->prediction.refusal;
        return ROOF_NO_MEMORY;
    }
    if (!count) return ROOF_OK;
    bool asked = ranking->request.has_precision;
    roof_precision precision = ranking->request.precision;
    ranking->request = ranking->rows[0].prediction.request;
    ranking->request.has_precision = asked;
    ranking->request.precision = precision;
    compare_rank_order(ranking);
    add_warnings(ranking);
    return ROOF_OK;
}

roof_code roof_rank(const roof_chip *const *chips, size_t count, const roof_workload *workload,
                    const roof_request *request, roof_measure by, roof_ranking **out, roof_error *error)
{
    *out = NULL;
    roof_ranking *ranking = calloc(1, sizeof *ranking);
    if (ranking) ranking->rows = calloc(count + 1, sizeof *ranking->rows);
    if (!ranking || !ranking->rows) {
        free(ranking);
        return roof_fail(error, ROOF_NO_MEMORY, "no memory for the ranking");
    }
    ranking->workload = workload;
    ranking->request = *request;
    ranking->by = by;
    roof_code code = fill(ranking, chips, count, error);
    if (code == ROOF_OK) *out = ranking;
    else roof_ranking_free(ranking);
    return code;
}

void roof_ranking_free(roof_ranking *ranking)
{
    if (!ranking) return;
    for (size_t i = 0; i < ranking->count; i++) roof_prediction_free(&ranking->rows[i].prediction);
    free(ranking->rows);
    roof_report_clear(&ranking->warnings);
    free(ranking);
}
