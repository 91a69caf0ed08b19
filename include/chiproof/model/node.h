/* One process node against another: what the same logic would take in energy there. An estimate: it knows the
 * node's name, not the foundry's process, takes nominal voltage, and leaves leakage, memory outside the chip
 * and everything analog as if they shrank alike. */
#ifndef CHIPROOF_MODEL_NODE_H
#define CHIPROOF_MODEL_NODE_H

#include "chiproof/base/error.h"
#include "chiproof/measure/technology.h"

#ifdef __cplusplus
extern "C" {
#endif

/* The energy factor of a node, and between which tabulated ones it lies. */
typedef struct roof_node_factor {
    double factor;                  /* a2 V^2 + a1 V + a0 */
    double vdd_v;                   /* NaN if interpolated */
    const roof_node *above, *below; /* borrowed; the same one if the node is tabulated */
} roof_node_factor;

/* Stillmaker and Baas 2017, doi:10.1016/j.vlsi.2017.02.002, at `vdd_v` (NaN: the node's nominal voltage). A
 * node between two tabulated ones gets the factor on the straight line between theirs, at nominal voltage, in
 * the logarithms of node and factor. Errors: UNSUPPORTED (smaller than the smallest or larger than the
 * largest tabulated node: nothing is extrapolated; a voltage of its own for a node that is not tabulated),
 * MISSING (no node of that kind was read). */
roof_code roof_node_factor_of(const roof_technology *technology, roof_node_kind kind, double node_m,
                              double vdd_v, roof_node_factor *out, roof_error *error);

/* Energy of the same logic at `to_m` over that at `from_m`, both high-performance at nominal voltage: 45 nm
 * to 7 nm 0.0555. Errors: as above. */
roof_code roof_node_energy_ratio(const roof_technology *technology, double from_m, double to_m, double *out,
                                 roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
