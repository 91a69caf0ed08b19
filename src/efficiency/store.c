#include "efficiency/store.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/arena.h"

const char *roof_sort_name(roof_sort sort)
{
    return sort == ROOF_SORT_NETWORK ? "networks" : "language models";
}

const char *roof_kinship_name(roof_kinship kinship)
{
    static const char *const names[] = {
#define X(id, name) name,
        ROOF_RELATIONS(X)
#undef X
    };
    return names[kinship];
}

roof_kinship store_kinship(const roof_chip *a, const roof_chip *b)
{
    if (!a->chip_class || !b->chip_class || strcmp(a->chip_class, b->chip_class) != 0)
        return ROOF_KINSHIP_STRANGERS;
    return a->vendor && b->vendor && strcmp(a->vendor, b->vendor) == 0 ? ROOF_KINSHIP_VENDOR
                                                                       : ROOF_KINSHIP_CLASS;
}

roof_calibration *store_new(roof_error *error)
{
    roof_calibration *made = calloc(1, sizeof *made);
    roof_arena *arena = calloc(1, sizeof *arena);
    if (made && arena) {
        made->arena = arena;
        return made;
    }
    free(made);
    free(arena);
    roof_fail(error, ROOF_NO_MEMORY, "no memory for the calibration");
    return NULL;
}

void roof_calibration_free(roof_calibration *calibration)
{
    if (!calibration) return;
    roof_arena_free(calibration->arena);
    free(calibration->arena);
    free(calibration);
}

/* ---- looking up ---- */

static int compare_places(const roof_profile *profile, const char *chip_class, const char *vendor,
                          const char *chip)
{
    int order = strcmp(profile->chip_class, chip_class);
    if (!order) order = strcmp(profile->vendor, vendor);
    return order ? order : strcmp(profile->chip, chip);
}

static int by_place(const void *a, const void *b)
{
    const roof_profile *y = b;
    return compare_places(a, y->chip_class, y->vendor, y->chip);
}

static int by_class(const void *a, const void *b)
{
    return strcmp(((const roof_spread *)a)->chip_class, ((const roof_spread *)b)->chip_class);
}

void store_sort(roof_calibration *calibration)
{
    qsort(calibration->profiles, calibration->profile_count, sizeof *calibration->profiles, by_place);
    if (calibration->spread_count)
        qsort(calibration->spreads, calibration->spread_count, sizeof *calibration->spreads, by_class);
}

static const roof_profile *find(const roof_calibration *calibration, const char *chip_class,
                                const char *vendor, const char *chip)
{
    size_t low = 0, high = calibration->profile_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = compare_places(&calibration->profiles[middle], chip_class, vendor, chip);
        if (order == 0) return &calibration->profiles[middle];
        if (order > 0) high = middle;
        else low = middle + 1;
    }
    return NULL;
}

const roof_profile *roof_calibration_profile(const roof_calibration *calibration, const roof_chip *chip)
{
    const char *chip_class = chip->chip_class ? chip->chip_class : "";
    const char *vendor = chip->vendor ? chip->vendor : "";
    const roof_profile *found = find(calibration, chip_class, vendor, chip->id);
    if (!found) found = find(calibration, chip_class, vendor, "");
    if (!found) found = find(calibration, chip_class, "", "");
    return found ? found : &calibration->profiles[0];
}

const roof_spread *roof_calibration_spread(const roof_calibration *calibration, const char *chip_class)
{
    for (size_t i = 0; i < calibration->spread_count; i++)
        if (strcmp(calibration->spreads[i].chip_class, chip_class) == 0) return &calibration->spreads[i];
    return NULL;
}

/* ---- the hash ---- */

static void mix(uint64_t *hash, const char *text)
{
    for (; *text; text++) *hash = (*hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    *hash = (*hash ^ 0x1f) * UINT64_C(1099511628211);
}

/* Nine digits: what another machine's last digit may differ in does not count. */
static void mix_number(uint64_t *hash, double value)
{
    char text[32];
    snprintf(text, sizeof text, "%.9g", value);
    mix(hash, text);
}

static void mix_form(uint64_t *hash)
{
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
        mix(hash, roof_coordinate_name((roof_coordinate)c));
        mix_number(hash, roof_coordinate_mean((roof_coordinate)c));
        for (int level = 0; level < ROOF_POOL_LEVEL_COUNT; level++)
            mix_number(hash, roof_coordinate_sd((roof_coordinate)c, (roof_pool_level)level));
    }
}

void roof_cells_hash(const roof_cells *cells, char out[17])
{
    uint64_t hash = UINT64_C(14695981039346656037);
    mix_form(&hash);
    for (size_t i = 0; i < cells->count; i++) {
        const roof_cell *cell = &cells->items[i];
        mix(&hash, cell->chip->id);
        mix(&hash, cell->chip->chip_class);
        mix(&hash, cell->chip->vendor ? cell->chip->vendor : "");
        mix(&hash, roof_workload_id(cell->workload));
        mix_number(&hash, (double)cell->rows);
        mix_number(&hash, cell->log_seconds);
        for (int k = 0; k < ROOF_TERM_COUNT; k++) mix_number(&hash, cell->features.unit_s[k]);
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) mix_number(&hash, cell->features.shared[c]);
    }
    snprintf(out, 17, "%016" PRIx64, hash);
}
