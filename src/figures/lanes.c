#include "lanes.h"

#include <math.h>

bool roof_lanes_same(double a, double b)
{
    return fabs(a - b) <= 0.005 * fmax(fabs(a), fabs(b));
}

double roof_lane_top(const roof_lane *lane)
{
    return fmax(lane->peak, lane->sparse); /* fmax passes over NaN */
}

double roof_lane_first_ridge(const roof_lane *lane, double height)
{
    double best = NAN;
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++)
        best = fmin(best, height / lane->bandwidth[i]);
    return best;
}

roof_precision roof_lanes_precision(const roof_lanes *lanes)
{
    roof_precision common = ROOF_PRECISION_COUNT;
    for (size_t i = 0; i < lanes->count; i++) {
        if (!lanes->items[i].machine) continue;
        if (common != ROOF_PRECISION_COUNT && lanes->items[i].machine->precision != common)
            return ROOF_PRECISION_COUNT;
        common = lanes->items[i].machine->precision;
    }
    return common;
}

/* ---- what a prediction says ---- */
/* The memory level or link that takes longest in a run; COUNT if none is known. */
static roof_ceiling_id slowest_memory(const roof_bound *bound)
{
    roof_ceiling_id slowest = ROOF_CEILING_COUNT;
    double most = 0;
    for (int i = ROOF_CEILING_COMPUTE + 1; i < ROOF_CEILING_COUNT; i++) {
        if (!(bound->ceilings[i].seconds > most)) continue;
        most = bound->ceilings[i].seconds;
        slowest = (roof_ceiling_id)i;
    }
    return slowest;
}

/* Moves a place from the bound to what is expected, where there is a forecast. */
static void expect(roof_place *place, const roof_calibration *calibration, const roof_prediction *p)
{
    roof_forecast forecast;
    if (!calibration || !place->given) return;
    roof_forecast_make(calibration, p, &forecast);
    if (!forecast.given || !(forecast.throughput.p50 > 0)) return;
    double bound = place->y / p->throughput;
    place->y = bound * forecast.throughput.p50;
    place->low = bound * forecast.throughput.p10;
    place->high = bound * forecast.throughput.p90;
}

static roof_place place_of(const roof_prediction *p, const roof_calibration *calibration)
{
    roof_place place = {0};
    roof_ceiling_id memory = p->refusal.code == ROOF_OK ? slowest_memory(&p->bound) : ROOF_CEILING_COUNT;
    if (memory == ROOF_CEILING_COUNT) return place;
    place.intensity = place.x = roof_bound_intensity(&p->bound, memory);
    place.y = p->bound.ceilings[ROOF_CEILING_COMPUTE].amount / p->bound.seconds;
    place.given = isfinite(place.x) && isfinite(place.y) && place.x > 0 && place.y > 0;
    expect(&place, calibration, p);
    return place;
}

static bool fill_lane(roof_lane *lane, roof_arena *arena, const roof_calibration *calibration,
                      const roof_prediction *runs, size_t count, bool in_full)
{
    lane->chip = runs[0].chip;
    lane->runs = runs;
    lane->sparse = lane->peak = NAN;
    lane->places = roof_arena_calloc(arena, count, sizeof *lane->places);
    if (!lane->places) return false;
    for (size_t i = 0; i < count; i++) {
        lane->places[i] = place_of(&runs[i], calibration);
        /* A refused run may have got as far as a machine. */
        if (!lane->machine && runs[i].machine.chip) lane->machine = &runs[i].machine;
    }
    for (int i = 0; i < ROOF_CEILING_COUNT; i++)
        lane->bandwidth[i] =
            lane->machine && i != ROOF_CEILING_COMPUTE && i < ROOF_CEILING_LINK
                ? lane->machine->inputs[roof_ceiling_rate((roof_ceiling_id)i)].si * lane->machine->chips
                : NAN;
    if (!lane->machine) return true;
    lane->peak = lane->machine->inputs[ROOF_INPUT_PEAK].si * lane->machine->chips;
    const roof_peak *sparse = roof_chip_sparse_peak(lane->chip, lane->machine->precision);
    if (sparse && in_full) {
        lane->sparse = sparse->value.si * lane->machine->chips;
        lane->sparsity = sparse->sparsity_kind ? sparse->sparsity_kind : "";
    }
    return true;
}

/* ---- the frame ---- */
/* The multiple of 1, 2 or 5 times a power of ten next below or above. */
static double rounded(double value, bool up)
{
    static const double steps[] = {1, 2, 5, 10};
    double power = pow(10, floor(log10(value))), best = up ? 10 * power : power;
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        double step = steps[i] * power;
        if (up && step >= value && step < best) best = step;
        if (!up && step <= value && step > best) best = step;
    }
    return best;
}

typedef struct extent {
    double least, most;
} extent;

static void see(extent *range, double value)
{
    if (!isfinite(value) || !(value > 0)) return;
    range->least = fmin(range->least, value);
    range->most = fmax(range->most, value);
}

/* Everything is in the frame but networks that hardly touch memory: those would leave most of it empty, and
 * are moved to its right edge. */
static void settle_frame(roof_lanes *lanes)
{
    extent x = {INFINITY, 0}, y = {INFINITY, 0}, ridges = {INFINITY, 0};
    for (size_t c = 0; c < lanes->count; c++) {
        const roof_lane *lane = &lanes->items[c];
        see(&y, lane->peak);
        see(&y, lane->sparse);
        for (int i = 0; i < ROOF_CEILING_COUNT; i++) {
            see(&ridges, lane->peak / lane->bandwidth[i]);
            see(&ridges, lane->sparse / lane->bandwidth[i]);
        }
        for (size_t i = 0; i < lanes->runs_per_chip; i++) {
            if (!lane->places[i].given) continue;
            see(&x, lane->places[i].x);
            see(&y, lane->places[i].y);
            see(&y, lane->places[i].low);
        }
    }
    if (ridges.most > 0) {
        see(&x, ridges.least);
        x.most = fmin(fmax(x.most, ridges.most), 50 * ridges.most);
    }
    if (x.most == 0) x = (extent){1, 100};
    if (y.most == 0) y = (extent){1e9, 1e12};
    lanes->x_least = rounded(x.least / 3, false);
    lanes->x_most = rounded(x.most * 3, true);
    lanes->y_least = rounded(y.least / 3, false);
    lanes->y_most = rounded(y.most * 3, true);
    double edge = lanes->x_most / pow(lanes->x_most / lanes->x_least, 0.01);
    for (size_t c = 0; c < lanes->count; c++)
        for (size_t i = 0; i < lanes->runs_per_chip; i++) {
            roof_place *place = &lanes->items[c].places[i];
            place->beyond = place->given && place->x > edge;
            if (place->beyond) place->x = edge;
        }
}

bool roof_lanes_make(roof_lanes *lanes, roof_arena *arena, const roof_calibration *calibration,
                     const roof_prediction *predictions, size_t chip_count, size_t runs_per_chip)
{
    *lanes = (roof_lanes){.count = chip_count, .runs_per_chip = runs_per_chip, .one_chip = chip_count > 1};
    for (size_t c = 1; c < chip_count; c++)
        if (predictions[c * runs_per_chip].chip != predictions[0].chip) lanes->one_chip = false;
    lanes->in_full = lanes->one_chip || chip_count <= ROOF_LANES_IN_FULL;
    lanes->items = roof_arena_calloc(arena, chip_count, sizeof *lanes->items);
    if (!lanes->items) return false;
    for (size_t c = 0; c < chip_count; c++)
        if (!fill_lane(&lanes->items[c], arena, calibration, predictions + c * runs_per_chip, runs_per_chip,
                       lanes->in_full))
            return false;
    for (size_t i = 0; i < chip_count * runs_per_chip; i++)
        lanes->refused += predictions[i].refusal.code != ROOF_OK;
    settle_frame(lanes);
    return true;
}

/* ---- what coincides ---- */
roof_sharing roof_lanes_sharing(const roof_lanes *lanes, size_t chip, roof_ceiling_id id)
{
    roof_sharing sharing = {0, true, 0};
    double highest = 0;
    for (size_t c = 0; c < lanes->count; c++) {
        const roof_lane *lane = &lanes->items[c];
        if (!lane->machine || !roof_lanes_same(lane->bandwidth[id], lanes->items[chip].bandwidth[id]))
            continue;
        if (c < chip) sharing.first = false;
        sharing.count++;
        double top = roof_lane_top(lane);
        sharing.height = fmax(sharing.height, fmin(top, highest)); /* the second highest */
        highest = fmax(highest, top);
    }
    return sharing;
}

static bool same_spot(const roof_lanes *lanes, const roof_place *a, const roof_place *b)
{
    double across = log10(lanes->x_most / lanes->x_least), up = log10(lanes->y_most / lanes->y_least);
    return a->given && b->given && a->beyond == b->beyond && fabs(log10(a->x / b->x)) < 0.006 * across &&
           fabs(log10(a->y / b->y)) < 0.009 * up && roof_lanes_same(a->intensity, b->intensity);
}

bool roof_lanes_labels_place(const roof_lanes *lanes, size_t chip, size_t run, size_t *together)
{
    const roof_place *place = &lanes->items[chip].places[run];
    *together = 0;
    for (size_t c = 0; c < lanes->count; c++) {
        const roof_place *other = &lanes->items[c].places[run];
        if (lanes->count > ROOF_LANES_IN_FULL && other->given && other->y > place->y &&
            !same_spot(lanes, place, other))
            return false;
        if (!same_spot(lanes, place, &lanes->items[c].places[run])) continue;
        if (c > chip) return false;
        ++*together;
    }
    return true;
}
