/* What a user's own results change. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/arena.h"
#include "efficiency/fit.h"
#include "efficiency/knowledge.h"
#include "efficiency/store.h"

/* Two systems with the same chip are this far apart, on the log scale (Metis on a card and on a
 * module: 1.35). */
#define OWN_SYSTEM_SD 0.15
/* Rounds of weighing the results by how far they are from what all of them together say. */
enum { ROUNDS = 4 };

typedef struct belief {
    double mean[ROOF_COORDINATE_COUNT];
    double covariance[ROOF_COORDINATE_COUNT * ROOF_COORDINATE_COUNT];
} belief;

/* The levels that a system of one's own may have moved. */
static const roof_coordinate freed[] = {ROOF_COORDINATE_COMPUTE,    ROOF_COORDINATE_LATENCY,
                                        ROOF_COORDINATE_PIPELINE,   ROOF_COORDINATE_LLM_COMPUTE,
                                        ROOF_COORDINATE_LLM_MEMORY, ROOF_COORDINATE_LLM_LAYER};

static void believe(const roof_profile *profile, belief *out)
{
    memcpy(out->mean, profile->mean, sizeof out->mean);
    knowledge_covariance(profile, out->covariance);
    for (size_t i = 0; i < sizeof freed / sizeof *freed; i++)
        out->covariance[freed[i] * ROOF_COORDINATE_COUNT + freed[i]] += OWN_SYSTEM_SD * OWN_SYSTEM_SD;
}

/* One scalar step of a Kalman filter: `surprise` of a result with these slopes and this variance of its own
 * (Kalman 1960, doi:10.1115/1.3662552). */
static void learn(belief *b, const double *slope, double surprise, double variance)
{
    double gain[ROOF_COORDINATE_COUNT] = {0}, total = variance;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        for (int d = 0; d < ROOF_COORDINATE_COUNT; d++)
            gain[c] += b->covariance[c * ROOF_COORDINATE_COUNT + d] * slope[d];
        total += slope[c] * gain[c];
    }
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        b->mean[c] += gain[c] / total * surprise;
        for (int d = 0; d < ROOF_COORDINATE_COUNT; d++)
            b->covariance[c * ROOF_COORDINATE_COUNT + d] -= gain[c] * gain[d] / total;
    }
}

static double dot(const double *a, const double *b)
{
    double sum = 0;
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) sum += a[c] * b[c];
    return sum;
}

/* A round: from what was believed before, every result linearised where the last round ended, and weighed by
 * how far it was from there. */
static void listen(const belief *before, const roof_cell *cells, size_t count, const double *scales,
                   belief *now)
{
    belief last = *now;
    *now = *before;
    for (size_t i = 0; i < count; i++) {
        double slope[ROOF_COORDINATE_COUNT];
        double expected = roof_form_log_seconds(&cells[i].features, last.mean, slope);
        double z = (cells[i].log_seconds - expected) / scales[i];
        double weight = (FIT_FREEDOM + 1) / (FIT_FREEDOM + z * z);
        double surprise = cells[i].log_seconds - (expected + dot(slope, now->mean) - dot(slope, last.mean));
        learn(now, slope, surprise, scales[i] * scales[i] / weight);
    }
}

static void condition_chip(const roof_cell *cells, size_t count, const double *scales, roof_profile *profile)
{
    belief before, now;
    believe(profile, &before);
    now = before;
    for (int round = 0; round < ROUNDS; round++) listen(&before, cells, count, scales, &now);
    memcpy(profile->mean, now.mean, sizeof profile->mean);
    memcpy(profile->covariance, now.covariance, sizeof profile->covariance);
    if (profile->level != ROOF_POOL_CHIP) profile->rows = profile->cells = 0;
    profile->level = ROOF_POOL_CHIP;
    profile->chips = 1;
    for (size_t i = 0; i < count; i++) profile->own += cells[i].rows;
}

static double scale_of(const roof_calibration *calibration, const roof_cell *cell)
{
    roof_sort sort = cell->kind == ROOF_CELL_NETWORK ? ROOF_SORT_NETWORK : ROOF_SORT_LANGUAGE;
    return knowledge_scale(calibration, cell->chip->chip_class, true, sort);
}

static size_t count_chips(const roof_cells *cells)
{
    size_t chips = 0;
    for (size_t i = 0; i < cells->count; i++)
        chips += i == 0 || strcmp(cells->items[i].chip->id, cells->items[i - 1].chip->id) != 0;
    return chips;
}

/* The chip's own profile, or a new one that begins as the nearest. */
static roof_profile *profile_for(roof_calibration *calibration, const roof_chip *chip)
{
    const roof_profile *nearest = roof_calibration_profile(calibration, chip);
    if (nearest->level == ROOF_POOL_CHIP) return &calibration->profiles[nearest - calibration->profiles];
    roof_profile *added = &calibration->profiles[calibration->profile_count];
    *added = *nearest;
    added->chip_class = roof_arena_strdup(calibration->arena, chip->chip_class);
    added->vendor = roof_arena_strdup(calibration->arena, chip->vendor ? chip->vendor : "");
    added->chip = roof_arena_strdup(calibration->arena, chip->id);
    if (!added->chip_class || !added->vendor || !added->chip) return NULL;
    calibration->profile_count++;
    return added;
}

static bool condition_all(roof_calibration *calibration, const roof_cells *own, const double *scales)
{
    for (size_t first = 0, last; first < own->count; first = last) {
        const roof_chip *chip = own->items[first].chip;
        for (last = first; last < own->count && strcmp(own->items[last].chip->id, chip->id) == 0;) last++;
        roof_profile *profile = profile_for(calibration, chip);
        if (!profile) return false;
        condition_chip(own->items + first, last - first, scales + first, profile);
        store_sort(calibration);
    }
    return true;
}

roof_code roof_calibration_condition(roof_calibration *calibration, const roof_cells *own, roof_error *error)
{
    size_t room = calibration->profile_count + count_chips(own);
    roof_profile *grown = roof_arena_calloc(calibration->arena, room, sizeof *grown);
    double *scales = calloc(own->count + 1, sizeof *scales);
    bool ok = grown && scales;
    for (size_t i = 0; ok && i < own->count; i++) scales[i] = scale_of(calibration, &own->items[i]);
    if (ok) {
        memcpy(grown, calibration->profiles, calibration->profile_count * sizeof *grown);
        calibration->profiles = grown;
        ok = condition_all(calibration, own, scales);
    }
    free(scales);
    return ok ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for your own results");
}
