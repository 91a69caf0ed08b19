/* Checks of memories and links. */
#include <math.h>
#include <string.h>
#include <strings.h>

#include "chip/check.h"

/* What a memory type reaches: the fastest data rate of its standard or of parts on sale by 2026 (JEDEC
 * JESD209, JESD79, JESD238, JESD250, JESD239 and vendors' parts above them), and a bandwidth that no chip or
 * card with it comes near. Longer names stand before those they begin with. */
static const struct {
    const char *name;
    double transfers_per_s, bytes_per_s;
} memories[] = {
    {"LPDDR5X", 10.7e9, 1.1e12}, {"LPDDR5", 6.4e9, 9e11},   {"LPDDR4X", 4.266e9, 3e11},
    {"LPDDR4", 4.266e9, 3e11},   {"LPDDR3", 2.133e9, 1e11}, {"LPDDR2", 1.066e9, 5e10},
    {"GDDR7", 36e9, 2.5e12},     {"GDDR6X", 24e9, 1.6e12},  {"GDDR6", 20e9, 1.6e12},
    {"GDDR5X", 12e9, 8e11},      {"GDDR5", 9e9, 6e11},      {"HBM4", 11e9, 4e13},
    {"HBM3e", 9.8e9, 1.2e13},    {"HBM3", 7.2e9, 8e12},     {"HBM2e", 3.6e9, 4e12},
    {"HBM2", 2.5e9, 2.2e12},     {"HBM", 1.1e9, 2e13},      {"MRDIMM", 8.8e9, 1.8e12},
    {"DDR5", 8.8e9, 1.5e12},     {"DDR4", 3.6e9, 5e11},     {"DDR3", 2.133e9, 3e11},
};
enum { MEMORIES = sizeof memories / sizeof *memories };

/* The fastest of the types that a text names ("LPDDR4X/LPDDR5"); -1 if it names none. "HBM" alone may be any
 * generation. */
static int fastest_named(const char *text)
{
    int best = -1;
    char rest[128];
    if (!text) return -1;
    size_t length = strlen(text) < sizeof rest ? strlen(text) : sizeof rest - 1;
    memcpy(rest, text, length);
    rest[length] = '\0';
    for (int i = 0; i < MEMORIES; i++) {
        char *found = strcasestr(rest, memories[i].name);
        if (!found) continue;
        memset(found, '.', strlen(memories[i].name)); /* "LPDDR5X" is not also "LPDDR5" */
        if (best < 0 || memories[i].transfers_per_s > memories[best].transfers_per_s) best = i;
    }
    return best;
}

void check_memory_rate(check_run *run)
{
    const double fastest = 40e9;
    const roof_value *width = check_own(run->chip, ROOF_FIELD_DRAM_BUS_WIDTH);
    const roof_value *bandwidth = check_own(run->chip, ROOF_FIELD_DRAM_BANDWIDTH);
    if (!width || !bandwidth) return;
    int type = fastest_named(roof_chip_text(run->chip, ROOF_FIELD_DRAM_TYPE));
    double rate = bandwidth->si * 8 / width->si, most = type < 0 ? fastest : memories[type].transfers_per_s;
    if (rate > most * 1.03)
        check_found(run, ROOF_GRADE_DOUBTFUL, bandwidth, "dram.bandwidth",
                    "%.6g %s over %g bits is %.3g GT/s; %s reaches %.3g GT/s", bandwidth->given,
                    bandwidth->unit, width->si, rate / 1e9, type < 0 ? "no memory" : memories[type].name,
                    most / 1e9);
    const roof_value *stated = check_own(run->chip, ROOF_FIELD_DRAM_DATA_RATE);
    if (stated && fabs(rate / stated->si - 1) > 0.03)
        check_found(run, ROOF_GRADE_DOUBTFUL, bandwidth, "dram.bandwidth",
                    "%.6g %s over %g bits is %.4g GT/s, not the %.6g %s stated", bandwidth->given,
                    bandwidth->unit, width->si, rate / 1e9, stated->given, stated->unit);
}

void check_memory_bandwidth(check_run *run)
{
    const roof_values *values = &run->chip->fields[ROOF_FIELD_DRAM_BANDWIDTH];
    int type = fastest_named(roof_chip_text(run->chip, ROOF_FIELD_DRAM_TYPE));
    double parts = run->chip->contains ? run->chip->contains_count : 1;
    if (type < 0 || run->chip->level > ROOF_LEVEL_CARD) return;
    for (size_t i = 0; i < values->count; i++) {
        const roof_value *value = &values->items[i];
        if (value->line > 0 && value->si > parts * memories[type].bytes_per_s)
            check_found(run, ROOF_GRADE_DOUBTFUL, value, "dram.bandwidth",
                        "%.6g %s is more than %s reaches on one chip (%.3g GB/s): is it a capacity, or "
                        "on-chip memory?",
                        value->given, value->unit, memories[type].name, memories[type].bytes_per_s / 1e9);
    }
}

void check_host_bandwidth(check_run *run)
{
    /* GT/s per lane, before line coding: the loosest honest reading of "PCIe x GB/s". */
    static const double transfers_per_s[] = {0, 2.5e9, 5e9, 8e9, 16e9, 32e9, 64e9};
    const roof_value *generation = roof_chip_value(run->chip, ROOF_FIELD_HOST_GENERATION);
    const roof_value *lanes = roof_chip_value(run->chip, ROOF_FIELD_HOST_LANES);
    const roof_value *stated = check_own(run->chip, ROOF_FIELD_HOST_BANDWIDTH);
    if (generation && (generation->si > 6 || generation->si != floor(generation->si)))
        check_found(run, ROOF_GRADE_ERROR, generation, "host.generation", "there is no PCIe generation %g",
                    generation->si);
    else if (generation && lanes && stated) {
        double raw = transfers_per_s[(int)generation->si] * lanes->si / 8;
        if (stated->si > raw * 1.02)
            check_found(run, ROOF_GRADE_DOUBTFUL, stated, "host.bandwidth",
                        "%.4g GB/s each way is more than PCIe generation %g with %g lanes carries (%.4g "
                        "GB/s): are both ways counted?",
                        stated->si / 1e9, generation->si, lanes->si, raw / 1e9);
    }
}

/* Calls `look` for every pair of quantities of one field that the file gives for one scope. */
static void each_pair(check_run *run, roof_field_id field,
                      void (*look)(check_run *run, const char *name, const roof_value *a,
                                   const roof_value *b))
{
    const roof_values *values = &run->chip->fields[field];
    for (size_t i = 0; i < values->count; i++) {
        for (size_t k = 0; k < i; k++) {
            const roof_value *a = &values->items[k], *b = &values->items[i];
            if (a->line > 0 && b->line > 0 && a->scope == b->scope) look(run, roof_field(field)->name, a, b);
        }
    }
}

/* 900 MB beside 900 MiB: one number, two prefixes. */
static void look_for_prefix(check_run *run, const char *name, const roof_value *a, const roof_value *b)
{
    double ratio = fmax(a->si, b->si) / fmin(a->si, b->si);
    if (a->given == b->given && ratio > 1.02 && ratio < 1.13)
        check_found(run, ROOF_GRADE_NOTE, b, name,
                    "%.6g %s stands beside %.6g %s: one figure with two readings of its prefix", b->given,
                    b->unit, a->given, a->unit);
}

void check_binary_prefix(check_run *run)
{
    static const roof_field_id fields[] = {ROOF_FIELD_SRAM_CAPACITY, ROOF_FIELD_L2_CAPACITY,
                                           ROOF_FIELD_L3_CAPACITY, ROOF_FIELD_DRAM_CAPACITY};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) each_pair(run, fields[i], look_for_prefix);
}

static void look_for_bits(check_run *run, const char *name, const roof_value *a, const roof_value *b)
{
    double ratio = fmax(a->si, b->si) / fmin(a->si, b->si);
    if (fabs(ratio / 8 - 1) < 0.02)
        check_found(run, ROOF_GRADE_DOUBTFUL, b, name,
                    "%.6g %s and %.6g %s are 8 times apart: bits taken for bytes?", b->given, b->unit,
                    a->given, a->unit);
}

void check_bits_and_bytes(check_run *run)
{
    for (int i = 0; i < ROOF_FIELD_COUNT; i++) {
        roof_dimension dimension = roof_field((roof_field_id)i)->dimension;
        if (dimension == ROOF_DIM_BYTES || dimension == ROOF_DIM_BYTES_PER_SECOND)
            each_pair(run, (roof_field_id)i, look_for_bits);
    }
}

static void look_for_ways(check_run *run, const char *name, const roof_value *a, const roof_value *b)
{
    double ratio = fmax(a->si, b->si) / fmin(a->si, b->si);
    bool unsaid = a->direction == ROOF_DIRECTION_UNSTATED || b->direction == ROOF_DIRECTION_UNSTATED;
    if (unsaid && fabs(ratio / 2 - 1) < 0.02)
        check_found(
            run, ROOF_GRADE_NOTE, b, name,
            "%.6g %s and %.6g %s are twice apart, and one does not say whether it counts both directions",
            b->given, b->unit, a->given, a->unit);
}

void check_both_ways(check_run *run)
{
    static const roof_field_id fields[] = {ROOF_FIELD_HOST_BANDWIDTH, ROOF_FIELD_LINK_BANDWIDTH,
                                           ROOF_FIELD_LINK_TOTAL_BANDWIDTH, ROOF_FIELD_FABRIC_BANDWIDTH};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) each_pair(run, fields[i], look_for_ways);
}
