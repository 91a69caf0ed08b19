#include "chiproof/model/node.h"

#include <math.h>

/* Nodes are named in whole nanometres; a file's 7 nm and a table's are one. */
static bool same_node(double a_m, double b_m)
{
    return fabs(a_m - b_m) <= 1e-6 * b_m;
}

static double factor_at(const roof_node *node, double vdd_v)
{
    return node->a2 * vdd_v * vdd_v + node->a1 * vdd_v + node->a0;
}

/* The nearest tabulated nodes on both sides, NULL where there is none; a tabulated one is both. */
static void find_neighbours(const roof_technology *technology, roof_node_kind kind, double node_m,
                            roof_node_factor *out)
{
    out->above = out->below = NULL;
    for (size_t i = 0; i < technology->node_count; i++) {
        const roof_node *node = &technology->nodes[i];
        bool same = same_node(node_m, node->node_m);
        if (node->kind != kind) continue;
        if ((same || node->node_m > node_m) && (!out->above || node->node_m < out->above->node_m))
            out->above = node;
        if ((same || node->node_m < node_m) && (!out->below || node->node_m > out->below->node_m))
            out->below = node;
    }
}

static roof_code outside(const roof_node_factor *found, double node_m, roof_error *error)
{
    const roof_node *last = found->above ? found->above : found->below;
    if (!last) return roof_fail(error, ROOF_MISSING, "no table of process nodes was read");
    return roof_fail(error, ROOF_UNSUPPORTED,
                     "%.4g nm is %s %.4g nm, the %s node that is tabulated (%s): energy is not extrapolated",
                     node_m * 1e9, found->above ? "below" : "above", last->node_m * 1e9,
                     found->above ? "smallest" : "largest", last->source);
}

roof_code roof_node_factor_of(const roof_technology *technology, roof_node_kind kind, double node_m,
                              double vdd_v, roof_node_factor *out, roof_error *error)
{
    find_neighbours(technology, kind, node_m, out);
    if (!out->above || !out->below) return outside(out, node_m, error);
    const roof_node *above = out->above, *below = out->below;
    if (above == below) {
        out->vdd_v = isnan(vdd_v) ? above->vdd_v : vdd_v;
        out->factor = factor_at(above, out->vdd_v);
        return ROOF_OK;
    }
    out->vdd_v = NAN;
    if (!isnan(vdd_v))
        return roof_fail(error, ROOF_UNSUPPORTED,
                         "%.4g nm is not tabulated: its factor is interpolated at nominal voltage only",
                         node_m * 1e9);
    double share = log(node_m / below->node_m) / log(above->node_m / below->node_m);
    out->factor = factor_at(below, below->vdd_v) *
                  pow(factor_at(above, above->vdd_v) / factor_at(below, below->vdd_v), share);
    return ROOF_OK;
}

roof_code roof_node_energy_ratio(const roof_technology *technology, double from_m, double to_m, double *out,
                                 roof_error *error)
{
    roof_node_factor from = {0}, to = {0};
    roof_code code = roof_node_factor_of(technology, ROOF_NODE_HP, from_m, NAN, &from, error);
    if (code == ROOF_OK) code = roof_node_factor_of(technology, ROOF_NODE_HP, to_m, NAN, &to, error);
    if (code == ROOF_OK) *out = to.factor / from.factor;
    return code;
}
