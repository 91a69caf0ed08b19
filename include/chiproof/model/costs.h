/* What an operation and a byte cost in energy on a chip: published costs of single operations, brought to the
 * chip's process node. An estimate of the arithmetic and of the memory arrays alone: instructions, registers,
 * wires, clocks, links and leakage come on top.
 *
 * The sources differ by factors, so every cost is a range. A cost published for the very node stands alone;
 * elsewhere each published one is scaled (chiproof/model/node.h) and the range spans them. */
#ifndef CHIPROOF_MODEL_COSTS_H
#define CHIPROOF_MODEL_COSTS_H

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/measure/technology.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Joules; NaN if no source gives any. */
typedef struct roof_range {
    double least, most;
} roof_range;

/* X(identifier, "name", "unit of what it is the cost of") */
#define ROOF_COSTS(X) \
    X(OP, "operation", "op") \
    X(ON_CHIP, "on-chip byte", "B") \
    X(DRAM, "external byte", "B")

typedef enum roof_cost_id {
#define X(id, name, unit) ROOF_COST_##id,
    ROOF_COSTS(X)
#undef X
        ROOF_COST_COUNT
} roof_cost_id;
const char *roof_cost_name(roof_cost_id id);
const char *roof_cost_unit(roof_cost_id id);

/* The table's rows that a cost was made of. */
enum { ROOF_COST_ROWS = 8 };
typedef struct roof_cost {
    roof_range each;
    const roof_operation_cost *rows[ROOF_COST_ROWS]; /* borrowed */
    int row_count;
} roof_cost;

typedef struct roof_costs {
    double node_m;
    roof_precision precision;
    roof_cost items[ROOF_COST_COUNT];
} roof_costs;

/* Fills *out for a chip that computes at a precision: an operation is half of a multiplication and an
 * addition into the accumulator (int8 adds in int32, fp16 and bf16 in fp32), an on-chip byte is read from an
 * SRAM of 1 MB, an external byte costs what its memory's family does (NaN where none is published, as of
 * LPDDR). The technology must outlive it. Errors: MISSING (the node is not published; no cost of that format
 * was read), UNSUPPORTED (a node outside the tables). */
roof_code roof_costs_of(const roof_technology *technology, const roof_chip *chip, roof_precision precision,
                        roof_costs *out, roof_error *error);

/* The energy roofline of Choi, Bedard, Fowler and Vuduc 2013, doi:10.1109/IPDPS.2013.77: joules of one
 * operation when the network does `intensity` operations per byte, on a machine that spends `op_j` per
 * operation, `byte_j` per byte and `static_w` all the time, and takes op_s and byte_s:
 *     E / W = op_j + byte_j / I + static_w max(op_s, byte_s / I).
 * Pure. */
typedef struct roof_energy_machine {
    double op_j, byte_j, static_w, op_s, byte_s;
} roof_energy_machine;
double roof_energy_per_op(const roof_energy_machine *machine, double intensity);

/* The intensity at which half of the best efficiency is reached, the energy of the bytes and of waiting for
 * them being as great as that of the operations: the effective balance point of the paper. Without static
 * power it is byte_j / op_j. */
double roof_energy_balance(const roof_energy_machine *machine);

#ifdef __cplusplus
}
#endif
#endif
