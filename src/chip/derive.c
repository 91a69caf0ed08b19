/* Values that follow from other values: a link's bandwidth from its generation and lanes, a card's peak from
 * its chips'. Each carries its arithmetic, and the doubt of what it was made from. */
#include <math.h>
#include <string.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/text.h"
#include "chiproof/chip/chip.h"

/* Puts a value before the file's own ones (which are all of another scope, or it would not be derived). */
static bool prepend(roof_chip *chip, roof_field_id field, const roof_value *value)
{
    roof_values *values = &chip->fields[field];
    roof_value *items = roof_arena_calloc(chip->arena, values->count + 1, sizeof *items);
    if (!items || !value->note) return false;
    items[0] = *value;
    if (values->count) memcpy(items + 1, values->items, values->count * sizeof *items);
    values->items = items;
    values->count++;
    return true;
}

static roof_value derived_value(const roof_chip *chip, double si, const char *unit, const char *note)
{
    roof_value value = {0};
    value.si = value.given = si;
    value.unit = unit;
    value.claim = ROOF_CLAIM_DERIVED;
    value.scope = chip->level;
    value.note = note;
    return value;
}

/* PCI Express, one lane, one direction: transfers per second and the share of payload bits after line coding
 * (PCI-SIG: 8b/10b up to 2.0, 128b/130b up to 5.0, 242 of 256 bytes of a 6.0 flit). */
static const struct {
    double transfers_per_s;
    double payload, of;
} pcie[] = {{0, 0, 1},        {2.5e9, 8, 10},   {5e9, 8, 10},    {8e9, 128, 130},
            {16e9, 128, 130}, {32e9, 128, 130}, {64e9, 242, 256}};
enum { PCIE_GENERATIONS = sizeof pcie / sizeof *pcie };

/* What is made from an unverified value is unverified too. */
static void carry_doubt(roof_value *value, const roof_value *from)
{
    if (from->claim == ROOF_CLAIM_UNVERIFIED) value->claim = ROOF_CLAIM_UNVERIFIED;
}

static bool derive_pcie(roof_chip *chip)
{
    const roof_value *generation = roof_chip_value(chip, ROOF_FIELD_HOST_GENERATION);
    const roof_value *lanes = roof_chip_value(chip, ROOF_FIELD_HOST_LANES);
    if (!generation || !lanes || roof_chip_value(chip, ROOF_FIELD_HOST_BANDWIDTH)) return true;
    size_t g = generation->si >= 1 && generation->si < PCIE_GENERATIONS ? (size_t)generation->si : 0;
    if (g == 0) return true;
    double si = pcie[g].transfers_per_s * lanes->si * pcie[g].payload / pcie[g].of / 8;
    const char *note =
        roof_arena_printf(chip->arena, "PCIe generation %zu: %g GT/s x %g lanes x %g/%g / 8 bits, each way",
                          g, pcie[g].transfers_per_s / 1e9, lanes->si, pcie[g].payload, pcie[g].of);
    roof_value value = derived_value(chip, si, "B/s", note);
    value.direction = ROOF_DIRECTION_EACH_WAY;
    carry_doubt(&value, generation);
    carry_doubt(&value, lanes);
    return prepend(chip, ROOF_FIELD_HOST_BANDWIDTH, &value);
}

static bool derive_dram_bandwidth(roof_chip *chip)
{
    const roof_value *width = roof_chip_value(chip, ROOF_FIELD_DRAM_BUS_WIDTH);
    const roof_value *rate = roof_chip_value(chip, ROOF_FIELD_DRAM_DATA_RATE);
    if (!width || !rate || roof_chip_value(chip, ROOF_FIELD_DRAM_BANDWIDTH)) return true;
    const char *note =
        roof_arena_printf(chip->arena, "%g bits x %g GT/s / 8 bits", width->si, rate->si / 1e9);
    roof_value value = derived_value(chip, width->si * rate->si / 8, "B/s", note);
    carry_doubt(&value, width);
    carry_doubt(&value, rate);
    return prepend(chip, ROOF_FIELD_DRAM_BANDWIDTH, &value);
}

static bool derive_links(roof_chip *chip)
{
    const roof_value *count = roof_chip_value(chip, ROOF_FIELD_LINK_COUNT);
    const roof_value *each = roof_chip_value(chip, ROOF_FIELD_LINK_BANDWIDTH);
    if (!count || !each || roof_chip_value(chip, ROOF_FIELD_LINK_TOTAL_BANDWIDTH)) return true;
    const char *note =
        roof_arena_printf(chip->arena, "%g links x %.6g %s%s", count->si, each->given, each->unit,
                          each->direction == ROOF_DIRECTION_BOTH_WAYS ? " / 2" : "");
    roof_value value = derived_value(chip, count->si * each->si, "B/s", note);
    value.direction =
        each->direction == ROOF_DIRECTION_UNSTATED ? ROOF_DIRECTION_UNSTATED : ROOF_DIRECTION_EACH_WAY;
    carry_doubt(&value, count);
    carry_doubt(&value, each);
    return prepend(chip, ROOF_FIELD_LINK_TOTAL_BANDWIDTH, &value);
}

/* "4 x 52 MiB of metis", or "as metis". */
static const char *inheritance_note(roof_chip *chip, const roof_chip *part, const roof_value *from,
                                    double factor)
{
    if (from->text || factor == 1) return roof_arena_printf(chip->arena, "as its %s", part->id);
    return roof_arena_printf(chip->arena, "%g x %.6g %s of %s", factor, from->given, from->unit, part->id);
}

/* True if the file says anything of its own in the field's group. */
static bool speaks_of_group(const roof_chip *chip, const char *group)
{
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (strcmp(roof_field((roof_field_id)i)->group, group) == 0 &&
            roof_chip_value(chip, (roof_field_id)i))
            return true;
    return false;
}

/* The inherited form of a part's value. */
static roof_value inherited(roof_chip *chip, const roof_chip *part, const roof_value *from, double factor)
{
    roof_value value = *from;
    value.si *= factor;
    value.given *= factor;
    value.scope = chip->level;
    value.claim = ROOF_CLAIM_DERIVED;
    carry_doubt(&value, from);
    value.note = inheritance_note(chip, part, from, factor);
    value.line = value.column = 0;
    value.text = from->text ? roof_arena_strdup(chip->arena, from->text) : NULL;
    value.unit = from->unit ? roof_arena_strdup(chip->arena, from->unit) : NULL;
    value.qualifier = from->qualifier ? roof_arena_strdup(chip->arena, from->qualifier) : NULL;
    value.source = NULL;
    return value;
}

/* All values that the part's file gives for itself, before the file's own ones (of another scope): a
 * bracketed capacity keeps both its ends, and a disagreement stays one. */
static bool inherit_values(roof_chip *chip, const roof_chip *part, roof_field_id field, double factor)
{
    const roof_values *theirs = &part->fields[field];
    roof_values *own = &chip->fields[field];
    roof_value *items = roof_arena_calloc(chip->arena, own->count + theirs->count, sizeof *items);
    size_t count = 0;
    if (!items) return false;
    for (size_t i = 0; i < theirs->count; i++) {
        if (theirs->items[i].scope != part->level) continue;
        items[count] = inherited(chip, part, &theirs->items[i], factor);
        if (!items[count++].note) return false;
    }
    if (own->count) memcpy(items + count, own->items, own->count * sizeof *items);
    *own = (roof_values){items, own->count + count};
    return true;
}

static bool inherit_field(roof_chip *chip, const roof_chip *part, roof_field_id field, bool group_taken)
{
    const roof_field_info *info = roof_field(field);
    if (!roof_chip_value(part, field) || info->inherit == ROOF_INHERIT_NONE || roof_chip_value(chip, field))
        return true;
    if (info->inherit == ROOF_INHERIT_IF_ONE && (chip->contains_count != 1 || group_taken)) return true;
    return inherit_values(chip, part, field, info->inherit == ROOF_INHERIT_TIMES ? chip->contains_count : 1);
}

static bool inherit_fields(roof_chip *chip, const roof_chip *part)
{
    bool taken[ROOF_FIELD_COUNT];
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        taken[i] = speaks_of_group(chip, roof_field((roof_field_id)i)->group);
    for (int i = 0; i < ROOF_FIELD_COUNT; i++)
        if (!inherit_field(chip, part, (roof_field_id)i, taken[i])) return false;
    return true;
}

static bool has_own_peak(const roof_chip *chip)
{
    for (size_t i = 0; i < chip->peak_count; i++)
        if (chip->peaks[i].value.scope == chip->level) return true;
    return false;
}

/* The part's used dense and sparse peaks. Not for a file that has peaks of its own: a card with cores
 * switched off publishes what is left, and its chip's other figures do not hold for it. */
static bool inherit_peaks(roof_chip *chip, const roof_chip *part)
{
    if (has_own_peak(chip)) return true;
    roof_peak *peaks = roof_arena_calloc(chip->arena, chip->peak_count + part->peak_count + 1, sizeof *peaks);
    if (!peaks) return false;
    size_t count = 0;
    for (size_t i = 0; i < part->peak_count; i++) {
        const roof_peak *from = &part->peaks[i];
        if (from != roof_chip_dense_peak(part, from->precision) &&
            from != roof_chip_sparse_peak(part, from->precision))
            continue;
        peaks[count] = *from;
        peaks[count].value = inherited(chip, part, &from->value, chip->contains_count);
        if (from->sparsity_kind)
            peaks[count].sparsity_kind = roof_arena_strdup(chip->arena, from->sparsity_kind);
        if (!peaks[count].value.note || (from->sparsity_kind && !peaks[count].sparsity_kind)) return false;
        count++;
    }
    if (chip->peak_count) memcpy(peaks + count, chip->peaks, chip->peak_count * sizeof *peaks);
    chip->peaks = peaks;
    chip->peak_count += count;
    return true;
}

/* A card of which the file does not say what it contains is taken as one chip. */
static void count_inside(roof_chip *chip, const roof_chip *part)
{
    bool card = chip->level == ROOF_LEVEL_CARD || chip->level == ROOF_LEVEL_MODULE;
    bool whole = chip->level == ROOF_LEVEL_CHIP || (card && !chip->contains);
    chip->chips_inside = whole ? 1 : part ? chip->contains_count * part->chips_inside : NAN;
    chip->cards_inside = card ? 1 : part ? chip->contains_count * part->cards_inside : NAN;
}

roof_code roof_chip_derive(roof_chip *chip, const roof_chip *part, roof_error *error)
{
    count_inside(chip, part);
    bool ok = derive_pcie(chip) && derive_dram_bandwidth(chip) && derive_links(chip);
    if (ok && part) ok = inherit_fields(chip, part) && inherit_peaks(chip, part) && derive_pcie(chip);
    return ok ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for what follows from %s", chip->id);
}
