#include "efficiency/pool.h"

#include <stdlib.h>
#include <string.h>

/* ---- nodes ---- */

static const char *vendor_of(const roof_chip *chip)
{
    return chip->vendor ? chip->vendor : "";
}

static int by_place(const void *a, const void *b)
{
    const roof_chip *x = *(const roof_chip *const *)a, *y = *(const roof_chip *const *)b;
    int order = strcmp(x->chip_class, y->chip_class);
    if (!order) order = strcmp(vendor_of(x), vendor_of(y));
    return order ? order : strcmp(x->id, y->id);
}

static void add_node(pool *tree, roof_pool_level level, const char *chip_class, const char *vendor,
                     const char *chip)
{
    tree->nodes[tree->node_count++] =
        (pool_node){.level = level, .chip_class = chip_class, .vendor = vendor, .chip = chip, .parent = -1};
}

/* Chips in order, each vendor and class after its last chip. */
static void add_nodes(pool *tree, const roof_chip *const *chips, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const roof_chip *chip = chips[i], *next = i + 1 < count ? chips[i + 1] : NULL;
        add_node(tree, ROOF_POOL_CHIP, chip->chip_class, vendor_of(chip), chip->id);
        bool class_ends = !next || strcmp(next->chip_class, chip->chip_class) != 0;
        if (class_ends || strcmp(vendor_of(next), vendor_of(chip)) != 0)
            add_node(tree, ROOF_POOL_VENDOR, chip->chip_class, vendor_of(chip), "");
        if (!class_ends) continue;
        add_node(tree, ROOF_POOL_CLASS, chip->chip_class, "", "");
        tree->classes[tree->class_count++] = chip->chip_class;
    }
    add_node(tree, ROOF_POOL_ALL, "", "", "");
    int above[ROOF_POOL_LEVEL_COUNT] = {-1, -1, -1, -1};
    for (size_t i = tree->node_count; i-- > 0;) {
        pool_node *node = &tree->nodes[i];
        if (node->level != ROOF_POOL_ALL) node->parent = above[node->level - 1];
        above[node->level] = (int)i;
    }
}

static int class_place(const pool *tree, const char *chip_class)
{
    size_t i = 0;
    while (i < tree->class_count && strcmp(tree->classes[i], chip_class) != 0) i++;
    return (int)i;
}

static void place_cells(pool *tree, const roof_cells *cells)
{
    for (size_t i = 0; i < cells->count; i++) {
        const roof_chip *chip = cells->items[i].chip;
        int node = 0;
        while (strcmp(tree->nodes[node].chip, chip->id) != 0) node++;
        tree->node_of[i] = node;
        tree->class_of[i] = class_place(tree, chip->chip_class);
        for (int at = node; at >= 0; at = tree->nodes[at].parent) tree->nodes[at].cells++;
    }
}

/* ---- parameters ---- */

static bool touches(const roof_features *features, roof_coordinate coordinate)
{
    if (features->shared[coordinate] != 0) return true;
    for (int k = 0; k < ROOF_TERM_COUNT; k++)
        if (features->unit_s[k] > 0 &&
            (roof_term_coordinate((roof_term)k) == coordinate || roof_term_also((roof_term)k) == coordinate))
            return true;
    return false;
}

/* Marks the coordinates that any cell of a node speaks of; the others keep their prior and need no place. */
static void mark_touched(pool *tree, const roof_cells *cells)
{
    for (size_t n = 0; n < tree->node_count; n++)
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) tree->nodes[n].parameter[c] = -1;
    for (size_t i = 0; i < cells->count; i++)
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
            for (int at = tree->node_of[i]; at >= 0; at = tree->nodes[at].parent)
                if (roof_coordinate_sd((roof_coordinate)c, tree->nodes[at].level) > 0 &&
                    touches(&cells->items[i].features, (roof_coordinate)c))
                    tree->nodes[at].parameter[c] = 0;
}

/* The first parameter below a node: it stands after everything below it, and children before it. */
static size_t first_below(const pool *tree, size_t node, const size_t *first_of_node)
{
    size_t first = first_of_node[node];
    for (size_t n = 0; n < node; n++)
        for (int at = (int)n; at >= 0; at = tree->nodes[at].parent)
            if (at == (int)node && first_of_node[n] < first) first = first_of_node[n];
    return first;
}

static void number_parameters(pool *tree, size_t *first_of_node)
{
    size_t next = 0;
    for (size_t n = 0; n < tree->node_count; n++) {
        pool_node *node = &tree->nodes[n];
        first_of_node[n] = next;
        size_t start = first_below(tree, n, first_of_node);
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++) {
            if (node->parameter[c] < 0) continue;
            double sd = roof_coordinate_sd((roof_coordinate)c, node->level);
            tree->prior_mean[next] =
                node->level == ROOF_POOL_ALL ? roof_coordinate_mean((roof_coordinate)c) : 0;
            tree->prior_precision[next] = 1 / (sd * sd);
            tree->start[next] = start;
            node->parameter[c] = (int)next++;
        }
    }
    tree->parameter_count = next;
}

/* ---- the tree ---- */

static size_t distinct_chips(const roof_cells *cells, const roof_chip **chips)
{
    size_t count = 0;
    for (size_t i = 0; i < cells->count; i++)
        if (!count || strcmp(chips[count - 1]->id, cells->items[i].chip->id) != 0)
            chips[count++] = cells->items[i].chip;
    if (count) qsort(chips, count, sizeof *chips, by_place);
    return count;
}

static bool allocate(pool *tree, size_t cells, size_t chips)
{
    size_t nodes = 3 * chips + 1, parameters = nodes * ROOF_COORDINATE_COUNT;
    tree->nodes = calloc(nodes, sizeof *tree->nodes);
    tree->node_of = calloc(cells + 1, sizeof *tree->node_of);
    tree->class_of = calloc(cells + 1, sizeof *tree->class_of);
    tree->classes = calloc(chips + 1, sizeof *tree->classes);
    tree->start = calloc(parameters, sizeof *tree->start);
    tree->prior_mean = calloc(parameters, sizeof *tree->prior_mean);
    tree->prior_precision = calloc(parameters, sizeof *tree->prior_precision);
    return tree->nodes && tree->node_of && tree->class_of && tree->classes && tree->start &&
           tree->prior_mean && tree->prior_precision;
}

roof_code pool_make(const roof_cells *cells, pool *out, roof_error *error)
{
    *out = (pool){0};
    const roof_chip **chips = calloc(cells->count + 1, sizeof *chips);
    size_t count = chips ? distinct_chips(cells, chips) : 0;
    size_t *first_of_node = calloc(3 * count + 1, sizeof *first_of_node);
    bool room = chips && first_of_node && allocate(out, cells->count, count);
    if (room) {
        add_nodes(out, chips, count);
        place_cells(out, cells);
        mark_touched(out, cells);
        number_parameters(out, first_of_node);
    }
    free(chips);
    free(first_of_node);
    return room ? ROOF_OK : roof_fail(error, ROOF_NO_MEMORY, "no memory for the parameters");
}

void pool_free(pool *tree)
{
    free(tree->nodes);
    free(tree->node_of);
    free(tree->class_of);
    free(tree->classes);
    free(tree->start);
    free(tree->prior_mean);
    free(tree->prior_precision);
    *tree = (pool){0};
}

void pool_coordinates(const pool *tree, const double *parameters, int node, double x[ROOF_COORDINATE_COUNT])
{
    const pool_node *all = &tree->nodes[tree->node_count - 1];
    for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
        x[c] = all->parameter[c] < 0 ? roof_coordinate_mean((roof_coordinate)c) : 0;
    for (int at = node; at >= 0; at = tree->nodes[at].parent)
        for (int c = 0; c < ROOF_COORDINATE_COUNT; c++)
            if (tree->nodes[at].parameter[c] >= 0) x[c] += parameters[tree->nodes[at].parameter[c]];
}
