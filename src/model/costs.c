#include "chiproof/model/costs.h"

#include <ctype.h>
#include <math.h>
#include <string.h>

#include "chiproof/model/node.h"

static const struct {
    const char *name, *unit;
} names[] = {
#define X(id, name, unit) {name, unit},
    ROOF_COSTS(X)
#undef X
};

const char *roof_cost_name(roof_cost_id id)
{
    return names[id].name;
}

const char *roof_cost_unit(roof_cost_id id)
{
    return names[id].unit;
}

/* In which formats a multiply-accumulate multiplies and adds. Formats that are not here have no published
 * cost.
 */
static const struct {
    roof_precision precision;
    const char *multiply, *add;
} formats[] = {
    {ROOF_PRECISION_INT8, "int8", "int32"},   {ROOF_PRECISION_W4A8, "int8", "int32"},
    {ROOF_PRECISION_FP16, "fp16", "fp32"},    {ROOF_PRECISION_W4A16, "fp16", "fp32"},
    {ROOF_PRECISION_BF16, "bf16", "fp32"},    {ROOF_PRECISION_FP32, "fp32", "fp32"},
    {ROOF_PRECISION_INT32, "int32", "int32"},
};

static const char on_chip_memory[] = "SRAM 1 MB";

/* ---- costs at a node ---- */

typedef struct quest {
    const roof_technology *technology;
    double node_m;
} quest;

static bool is_at(const roof_operation_cost *cost, double node_m)
{
    return fabs(cost->node_m - node_m) <= 1e-6 * node_m;
}

/* How the cost changes on its way to the node; external memory, which names no node, stays as it is. NaN if
 * the tables do not reach. */
static double scale_of(const quest *q, const roof_operation_cost *cost)
{
    roof_node_factor from, to;
    if (isnan(cost->node_m) || is_at(cost, q->node_m)) return 1;
    if (roof_node_factor_of(q->technology, ROOF_NODE_HP, cost->node_m, cost->vdd_v, &from, NULL) != ROOF_OK ||
        roof_node_factor_of(q->technology, ROOF_NODE_HP, q->node_m, NAN, &to, NULL) != ROOF_OK)
        return NAN;
    return to.factor / from.factor;
}

static bool is_of(const roof_operation_cost *cost, const char *operation, const char *name)
{
    return strcmp(cost->operation, operation) == 0 && strcmp(cost->name, name) == 0;
}

static bool published_there(const quest *q, const char *operation, const char *name)
{
    for (size_t i = 0; i < q->technology->cost_count; i++)
        if (is_of(&q->technology->costs[i], operation, name) && is_at(&q->technology->costs[i], q->node_m))
            return true;
    return false;
}

/* Adds `share` of the cost of an operation; false if no source gives it. */
static bool add(const quest *q, const char *operation, const char *name, double share, roof_cost *out)
{
    bool only_there = published_there(q, operation, name);
    double least = INFINITY, most = 0;
    for (size_t i = 0; i < q->technology->cost_count; i++) {
        const roof_operation_cost *cost = &q->technology->costs[i];
        if (!is_of(cost, operation, name) || (only_there && !is_at(cost, q->node_m))) continue;
        double scale = scale_of(q, cost);
        if (isnan(scale)) continue;
        least = fmin(least, scale * cost->least_j);
        most = fmax(most, scale * cost->most_j);
        if (out->row_count < ROOF_COST_ROWS) out->rows[out->row_count++] = cost;
    }
    if (!(most > 0)) return false;
    out->each.least += share * least;
    out->each.most += share * most;
    return true;
}

/* ---- what a chip is made of ---- */

/* True if the text names the family: "HBM" in "HBM2e", but not "DDR" in "LPDDR4". */
static bool names_family(const char *text, const char *family)
{
    for (const char *at = text; (at = strcasestr(at, family)); at++)
        if (at == text || !isalpha((unsigned char)at[-1])) return true;
    return false;
}

/* The only family of external memory that the chip names and a source has the cost of; a chip that may have
 * one of several has none. */
static const char *memory_family(const roof_technology *technology, const roof_chip *chip)
{
    const char *text = roof_chip_text(chip, ROOF_FIELD_DRAM_TYPE), *found = NULL;
    if (!text || roof_chip_says_none(chip, ROOF_FIELD_DRAM_TYPE) || names_family(text, "LPDDR")) return NULL;
    for (size_t i = 0; i < technology->cost_count; i++) {
        const roof_operation_cost *cost = &technology->costs[i];
        if (strcmp(cost->operation, "read") != 0 || !isnan(cost->node_m) || !names_family(text, cost->name))
            continue;
        if (found && strcmp(found, cost->name) != 0) return NULL;
        found = cost->name;
    }
    return found;
}

static bool find_op(const quest *q, roof_precision precision, roof_cost *out)
{
    for (size_t i = 0; i < sizeof formats / sizeof *formats; i++)
        if (formats[i].precision == precision)
            return add(q, "multiply", formats[i].multiply, 0.5, out) &&
                   add(q, "add", formats[i].add, 0.5, out);
    return false;
}

roof_code roof_costs_of(const roof_technology *technology, const roof_chip *chip, roof_precision precision,
                        roof_costs *out, roof_error *error)
{
    const roof_value *node = roof_chip_value(chip, ROOF_FIELD_NODE);
    roof_node_factor factor;
    *out = (roof_costs){.precision = precision};
    if (!node) return roof_fail(error, ROOF_MISSING, "the process node of %s is not published", chip->id);
    quest q = {technology, node->si};
    out->node_m = node->si;
    roof_code code = roof_node_factor_of(technology, ROOF_NODE_HP, node->si, NAN, &factor, error);
    if (code != ROOF_OK) return code;
    if (!find_op(&q, precision, &out->items[ROOF_COST_OP]))
        return roof_fail(error, ROOF_MISSING, "no source gives the energy of %s arithmetic",
                         roof_precision_name(precision));
    const char *family = memory_family(technology, chip);
    if (!add(&q, "read", on_chip_memory, 1, &out->items[ROOF_COST_ON_CHIP]))
        out->items[ROOF_COST_ON_CHIP].each = (roof_range){NAN, NAN};
    if (!family || !add(&q, "read", family, 1, &out->items[ROOF_COST_DRAM]))
        out->items[ROOF_COST_DRAM].each = (roof_range){NAN, NAN};
    return ROOF_OK;
}

/* ---- the energy roofline ---- */

double roof_energy_per_op(const roof_energy_machine *m, double intensity)
{
    return m->op_j + m->byte_j / intensity + m->static_w * fmax(m->op_s, m->byte_s / intensity);
}

double roof_energy_balance(const roof_energy_machine *m)
{
    double best_j = m->op_j + m->static_w * m->op_s, ridge = m->byte_s / m->op_s;
    double compute_side = m->byte_j / best_j;
    if (!(m->static_w > 0) || compute_side >= ridge) return compute_side;
    return (m->byte_j + m->static_w * m->byte_s) / (best_j + m->static_w * m->op_s);
}
