/* The table of what a spec file may say: every field, its place in the file, its dimension, and how it
 * behaves when chips are put on a card. Loader, show, compare, list, coverage and checks all walk this one
 * table. */
#ifndef CHIPROOF_CHIP_FIELD_H
#define CHIPROOF_CHIP_FIELD_H

#include "chiproof/units/units.h"

#ifdef __cplusplus
extern "C" {
#endif

typedef enum roof_field_kind { ROOF_KIND_QUANTITY, ROOF_KIND_TEXT, ROOF_KIND_DATE } roof_field_kind;

/* Which side is better when two chips are compared. */
typedef enum roof_better { ROOF_BETTER_NONE, ROOF_BETTER_HIGHER, ROOF_BETTER_LOWER } roof_better;

/* What a card, system or rack gets from the things it contains when it publishes no value of its own:
 * nothing, the same value, the value times their count, or the same value only when it contains exactly one.
 */
typedef enum roof_inherit {
    ROOF_INHERIT_NONE,
    ROOF_INHERIT_SAME,
    ROOF_INHERIT_TIMES,
    ROOF_INHERIT_IF_ONE
} roof_inherit;

/* X(identifier, "group", "key", kind, dimension, "label", better, inherit). A field with an empty group
 * stands at the top of the file; the field's name is "group.key" or "key". Texts that are computed with begin
 * with a word that the program knows: sparsity.kind and sparsity.activations (chiproof/chip/zeros.h). */
#define ROOF_FIELDS(X) \
    X(ARCHITECTURE, "", "architecture", TEXT, NUMBER, "architecture", NONE, SAME) \
    X(ANNOUNCED, "", "announced", DATE, NUMBER, "announced", NONE, NONE) \
    X(PRODUCTION, "", "production", DATE, NUMBER, "production", NONE, NONE) \
    X(NODE, "process", "node", QUANTITY, METRES, "process node", LOWER, SAME) \
    X(FOUNDRY, "process", "foundry", TEXT, NUMBER, "foundry", NONE, SAME) \
    X(TRANSISTORS, "process", "transistors", QUANTITY, NUMBER, "transistors", NONE, TIMES) \
    X(DIE_AREA, "process", "die_area", QUANTITY, SQUARE_METRES, "die area", NONE, TIMES) \
    X(CLOCK, "", "clock", QUANTITY, HERTZ, "clock", NONE, SAME) \
    X(CORES, "", "cores", QUANTITY, NUMBER, "cores", NONE, TIMES) \
    X(MACS_PER_CYCLE, "", "macs_per_cycle", QUANTITY, NUMBER, "MACs per cycle", NONE, TIMES) \
    X(FORMATS, "", "formats", TEXT, NUMBER, "number formats", NONE, SAME) \
    X(SRAM_CAPACITY, "sram", "capacity", QUANTITY, BYTES, "on-chip memory", HIGHER, TIMES) \
    X(SRAM_BANDWIDTH, "sram", "bandwidth", QUANTITY, BYTES_PER_SECOND, "on-chip bandwidth", HIGHER, TIMES) \
    X(L2_CAPACITY, "l2", "capacity", QUANTITY, BYTES, "L2 cache", HIGHER, TIMES) \
    X(L2_BANDWIDTH, "l2", "bandwidth", QUANTITY, BYTES_PER_SECOND, "L2 bandwidth", HIGHER, TIMES) \
    X(L3_CAPACITY, "l3", "capacity", QUANTITY, BYTES, "L3 cache", HIGHER, TIMES) \
    X(L3_BANDWIDTH, "l3", "bandwidth", QUANTITY, BYTES_PER_SECOND, "L3 bandwidth", HIGHER, TIMES) \
    X(DRAM_TYPE, "dram", "type", TEXT, NUMBER, "external memory", NONE, SAME) \
    X(DRAM_CAPACITY, "dram", "capacity", QUANTITY, BYTES, "external capacity", HIGHER, TIMES) \
    X(DRAM_BANDWIDTH, "dram", "bandwidth", QUANTITY, BYTES_PER_SECOND, "external bandwidth", HIGHER, TIMES) \
    X(DRAM_BUS_WIDTH, "dram", "bus_width", QUANTITY, NUMBER, "memory bus bits", NONE, TIMES) \
    X(DRAM_DATA_RATE, "dram", "data_rate", QUANTITY, TRANSFERS_PER_SECOND, "memory data rate", NONE, SAME) \
    X(HOST_INTERFACE, "host", "interface", TEXT, NUMBER, "host link", NONE, IF_ONE) \
    X(HOST_GENERATION, "host", "generation", QUANTITY, NUMBER, "PCIe generation", NONE, IF_ONE) \
    X(HOST_LANES, "host", "lanes", QUANTITY, NUMBER, "PCIe lanes", NONE, IF_ONE) \
    X(HOST_BANDWIDTH, "host", "bandwidth", QUANTITY, BYTES_PER_SECOND, "host bandwidth", HIGHER, IF_ONE) \
    X(LINK_COUNT, "link", "count", QUANTITY, NUMBER, "chip-to-chip links", HIGHER, IF_ONE) \
    X(LINK_BANDWIDTH, "link", "bandwidth", QUANTITY, BYTES_PER_SECOND, "bandwidth of a link", HIGHER, \
      IF_ONE) \
    X(LINK_TOTAL_BANDWIDTH, "link", "total_bandwidth", QUANTITY, BYTES_PER_SECOND, "all links together", \
      HIGHER, IF_ONE) \
    X(FABRIC_BANDWIDTH, "fabric", "bandwidth", QUANTITY, BYTES_PER_SECOND, "fabric bandwidth", HIGHER, NONE) \
    X(TDP, "power", "tdp", QUANTITY, WATTS, "TDP", LOWER, NONE) \
    X(TYPICAL_POWER, "power", "typical", QUANTITY, WATTS, "typical power", LOWER, NONE) \
    X(IDLE_POWER, "power", "idle", QUANTITY, WATTS, "idle power", LOWER, NONE) \
    X(SPARSITY_KIND, "sparsity", "kind", TEXT, NUMBER, "sparsity", NONE, SAME) \
    X(SPARSITY_MAX_RATIO, "sparsity", "max_ratio", QUANTITY, RATIO, "greatest sparsity", HIGHER, SAME) \
    X(SPARSITY_ACTIVATIONS, "sparsity", "activations", TEXT, NUMBER, "zero activations", NONE, SAME) \
    X(WEIGHT_RELOAD, "", "weight_reload", TEXT, NUMBER, "runs in parts", NONE, SAME) \
    X(MAX_CHIPS, "", "max_chips", QUANTITY, NUMBER, "largest system", HIGHER, NONE) \
    X(FORM_FACTOR, "", "form_factor", TEXT, NUMBER, "form factor", NONE, NONE) \
    X(TEMPERATURE, "", "temperature", TEXT, NUMBER, "temperature", NONE, NONE) \
    X(PRICE, "", "price", QUANTITY, US_DOLLARS, "price", LOWER, NONE)

typedef enum roof_field_id {
#define X(id, group, key, kind, dimension, label, better, inherit) ROOF_FIELD_##id,
    ROOF_FIELDS(X)
#undef X
        ROOF_FIELD_COUNT
} roof_field_id;

typedef struct roof_field_info {
    const char *name;  /* "sram.capacity" */
    const char *group; /* "sram", or "" */
    const char *key;   /* "capacity" */
    const char *label; /* "on-chip memory" */
    roof_field_kind kind;
    roof_dimension dimension;
    roof_better better;
    roof_inherit inherit;
} roof_field_info;

/* The row of the table. Never NULL for an id below ROOF_FIELD_COUNT. */
const roof_field_info *roof_field(roof_field_id id);

#ifdef __cplusplus
}
#endif
#endif
