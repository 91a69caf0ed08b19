/* A chip as the model sees it: one number for each thing that can limit a run, with the value it came from.
 */
#ifndef CHIPROOF_MODEL_MACHINE_H
#define CHIPROOF_MODEL_MACHINE_H

#include <stdbool.h>

#include "chiproof/chip/chip.h"
#include "chiproof/model/pruning.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, field of the spec file). Capacities and bandwidths of the memory levels stand inner to outer.
 */
#define ROOF_INPUTS(X) \
    X(SRAM_CAPACITY, SRAM_CAPACITY) \
    X(SRAM_BANDWIDTH, SRAM_BANDWIDTH) \
    X(L2_CAPACITY, L2_CAPACITY) \
    X(L2_BANDWIDTH, L2_BANDWIDTH) \
    X(L3_CAPACITY, L3_CAPACITY) \
    X(L3_BANDWIDTH, L3_BANDWIDTH) \
    X(DRAM_CAPACITY, DRAM_CAPACITY) \
    X(DRAM_BANDWIDTH, DRAM_BANDWIDTH) \
    X(HOST_BANDWIDTH, HOST_BANDWIDTH) \
    X(LINK_BANDWIDTH, LINK_TOTAL_BANDWIDTH) \
    X(FABRIC_BANDWIDTH, FABRIC_BANDWIDTH) \
    X(SPARSITY_RATIO, SPARSITY_MAX_RATIO) \
    X(TDP, TDP)

typedef enum roof_input_id {
    ROOF_INPUT_PEAK,        /* dense ops/s at the machine's precision */
    ROOF_INPUT_SPARSE_PEAK, /* sparse ops/s: a limit on what skipping zeros can gain */
#define X(id, field) ROOF_INPUT_##id,
    ROOF_INPUTS(X)
#undef X
        ROOF_INPUT_COUNT
} roof_input_id;

typedef struct roof_input {
    char field[48]; /* "peak.int8.dense", "sram.bandwidth" */
    double si;      /* of one chip; NaN if nothing is published */
    roof_dimension dimension;
    const roof_value *value; /* NULL if nothing is published; borrowed from the chip */
} roof_input;

/* What the spec says of external memory. */
typedef enum roof_presence { ROOF_PRESENCE_UNKNOWN, ROOF_PRESENCE_NO, ROOF_PRESENCE_YES } roof_presence;

typedef struct roof_machine {
    const roof_chip *chip; /* borrowed */
    roof_precision precision;
    double chips; /* how many identical ones run together */
    roof_input inputs[ROOF_INPUT_COUNT];
    double sram_capacity_most; /* bytes: the published upper limit where the capacity is only bracketed, else
                                  the capacity */
    roof_presence dram;
    bool reloads_weights;        /* runs networks in parts, with weights sent again over the host link */
    roof_pruning pruning;        /* dense, until roof_machine_prune is told of zeros */
    double op_j, on_chip_byte_j; /* the least energy of an operation and of a byte of on-chip memory, for the
                                    POWER ceiling; 0, as they are resolved: there is none */
} roof_machine;

/* Resolves a chip at a precision for `chips` of them. Errors: NO_PRECISION (the message names the precisions
 * that the chip has, or what it would take when it has no peak at all). */
roof_code roof_machine_resolve(const roof_chip *chip, roof_precision precision, double chips,
                               roof_machine *out, roof_error *error);

/* Fills the name and dimension of an input, at the machine's precision. */
void roof_machine_name_input(roof_machine *machine, roof_input_id id);

/* Tells the machine of a run's zeros. */
void roof_machine_prune(roof_machine *machine, roof_sparsity told, double activation_zeros);

/* On-chip bytes that weights could stay in, all chips together: scratchpad, L2 and L3 as far as published
 * (with the upper limit where the capacity is bracketed). 0 if none is published. */
double roof_machine_on_chip_bytes(const roof_machine *machine);

/* The ridge point (ops per byte) of a level's bandwidth input; NaN if it is not published. Williams,
 * Waterman, Patterson 2009, doi:10.1145/1498765.1498785. */
double roof_machine_ridge(const roof_machine *machine, roof_input_id bandwidth);

/* The bandwidth of the outermost memory: external, or on-chip where the chip says that it has no other. */
roof_input_id roof_machine_outer_bandwidth(const roof_machine *machine);
/* Ops per second of all chips together at `intensity` ops per byte of that memory: min(peak, bandwidth x
 * intensity). NaN if the bandwidth is not published. */
double roof_machine_attainable(const roof_machine *machine, double intensity);

#ifdef __cplusplus
}
#endif
#endif
