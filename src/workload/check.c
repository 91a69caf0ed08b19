/* What can be said of the lists of layers before any shape is known: so that one run shows every misspelt
 * key, in unused blocks too. */
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/graph.h"
#include "workload/layer.h"

enum { KEY_LIMIT = 32, KIND_LIMIT = 32 };
static const char *const common_keys[] = {"op", "from", "as", "repeat", "if"};
static const char *const call_keys[] = {"block", "from", "as", "repeat", "if", "with", "first", "last"};
enum {
    COMMON_KEYS = sizeof common_keys / sizeof common_keys[0],
    CALL_KEYS = sizeof call_keys / sizeof call_keys[0]
};

static bool fault_unknown(const roof_json_value *at, const char *what, const char *name,
                          const char *const *known, size_t count)
{
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest(name, known, count, &near) > 0)
        roof_json_fault(at, ROOF_GRADE_ERROR, "unknown %s \"%.60s\"; did you mean %s?", what, name,
                        roof_buffer_text(&near));
    else roof_json_fault(at, ROOF_GRADE_ERROR, "unknown %s \"%.60s\"", what, name);
    roof_buffer_free(&near);
    return false;
}

static void check_layer(const roof_json_value *json)
{
    const char *name = NULL, *keys[KEY_LIMIT], *names[KIND_LIMIT];
    if (!roof_json_string(roof_json_get(json, "op"), &name)) return;
    const roof_layer_kind *kind = roof_layer_kind_find(name);
    if (!kind) {
        size_t known = 0;
        for (; known < KIND_LIMIT && roof_layer_kind_at(known); known++)
            names[known] = roof_layer_kind_at(known)->name;
        fault_unknown(roof_json_get(json, "op"), "op", name, names, known);
        return;
    }
    size_t count = 0;
    for (; count < COMMON_KEYS; count++) keys[count] = common_keys[count];
    for (size_t i = 0; kind->keys[i] && count < KEY_LIMIT; i++) keys[count++] = kind->keys[i];
    roof_json_only_keys(json, keys, count);
}

static roof_block *find_block(const roof_blocks *blocks, const char *name)
{
    for (size_t i = 0; i < blocks->count; i++)
        if (strcmp(blocks->items[i].name, name) == 0) return &blocks->items[i];
    return NULL;
}

static void check_arguments(const roof_block *block, const roof_json_value *arguments)
{
    const char *names[ROOF_PARAMETER_LIMIT];
    size_t count = 0;
    if (!arguments || !roof_json_is(arguments, ROOF_JSON_OBJECT)) return;
    for (const roof_json_value *p = roof_json_first(block->params); p && count < ROOF_PARAMETER_LIMIT;
         p = roof_json_next(p))
        names[count++] = roof_json_key(p);
    roof_json_only_keys(arguments, names, count);
}

static void check_call(const roof_blocks *blocks, const roof_json_value *json)
{
    const char *name = NULL, *names[ROOF_BLOCK_LIMIT];
    roof_json_only_keys(json, call_keys, CALL_KEYS);
    if (!roof_json_string(roof_json_get(json, "block"), &name)) return;
    const roof_block *block = find_block(blocks, name);
    if (!block) {
        for (size_t i = 0; i < blocks->count; i++) names[i] = blocks->items[i].name;
        fault_unknown(roof_json_get(json, "block"), "block", name, names, blocks->count);
        return;
    }
    check_arguments(block, roof_json_get(json, "with"));
    check_arguments(block, roof_json_get(json, "first"));
    check_arguments(block, roof_json_get(json, "last"));
}

static void check_list(const roof_blocks *blocks, const roof_json_value *ops)
{
    if (!ops || !roof_json_is(ops, ROOF_JSON_ARRAY)) return;
    if (!roof_json_first(ops)) roof_json_fault(ops, ROOF_GRADE_ERROR, "the list of layers is empty");
    for (const roof_json_value *json = roof_json_first(ops); json; json = roof_json_next(json)) {
        if (!roof_json_is(json, ROOF_JSON_OBJECT)) continue;
        bool is_call = roof_json_get(json, "block") != NULL;
        if (is_call == (roof_json_get(json, "op") != NULL))
            roof_json_fault(json, ROOF_GRADE_ERROR, "either \"op\" or \"block\" is expected");
        else if (is_call) check_call(blocks, json);
        else check_layer(json);
    }
}

/* Depth first through the calls: a call of a block that is still open is a cycle. The recursion is as deep as
 * there are blocks at most, since a closed one is not entered again. */
static bool find_cycle(const roof_blocks *blocks, roof_block *block)
{
    block->state = ROOF_BLOCK_OPEN;
    for (const roof_json_value *json = roof_json_first(block->ops); json; json = roof_json_next(json)) {
        const roof_json_value *call = roof_json_get(json, "block");
        const char *name = NULL;
        if (!call || roof_json_type_of(call) != ROOF_JSON_STRING || !roof_json_string(call, &name)) continue;
        roof_block *called = find_block(blocks, name);
        if (called && called->state == ROOF_BLOCK_OPEN) {
            roof_json_fault(call, ROOF_GRADE_ERROR, "block \"%.60s\" ends up calling itself", name);
            return true;
        }
        if (called && called->state == ROOF_BLOCK_UNSEEN && find_cycle(blocks, called)) return true;
    }
    block->state = ROOF_BLOCK_CLOSED;
    return false;
}

static void read_block(roof_block *block, const roof_json_value *json)
{
    static const char *const keys[] = {"params", "ops"};
    block->name = roof_json_key(json);
    if (strlen(block->name) > ROOF_NAME_LIMIT)
        roof_json_fault_at_key(json, ROOF_GRADE_ERROR, "the name is longer than %d bytes", ROOF_NAME_LIMIT);
    if (roof_json_type_of(json) == ROOF_JSON_ARRAY) {
        block->ops = json;
        return;
    }
    if (!roof_json_is(json, ROOF_JSON_OBJECT)) return;
    roof_json_only_keys(json, keys, sizeof keys / sizeof keys[0]);
    block->ops = roof_json_require(json, "ops");
    block->params = roof_json_get(json, "params");
    if (!block->params || !roof_json_is(block->params, ROOF_JSON_OBJECT)) block->params = NULL;
    if (block->params && roof_json_length(block->params) > ROOF_PARAMETER_LIMIT)
        roof_json_fault(block->params, ROOF_GRADE_ERROR, "more than %d parameters", ROOF_PARAMETER_LIMIT);
    for (const roof_json_value *p = roof_json_first(block->params); p; p = roof_json_next(p))
        if (!roof_expression_is_name(roof_json_key(p)))
            roof_json_fault_at_key(p, ROOF_GRADE_ERROR, "a parameter's name is letters, digits and _");
}

static bool read_blocks(roof_graph *graph, const roof_json_value *json)
{
    if (!json || !roof_json_is(json, ROOF_JSON_OBJECT)) return true;
    if (roof_json_length(json) > ROOF_BLOCK_LIMIT) {
        roof_json_fault(json, ROOF_GRADE_ERROR, "more than %d blocks", ROOF_BLOCK_LIMIT);
        return true;
    }
    graph->blocks.items = roof_arena_calloc(graph->ops.arena, roof_json_length(json) + 1, sizeof(roof_block));
    if (!graph->blocks.items) {
        graph->no_memory = true;
        return false;
    }
    for (const roof_json_value *b = roof_json_first(json); b; b = roof_json_next(b))
        read_block(&graph->blocks.items[graph->blocks.count++], b);
    return true;
}

bool roof_graph_check(roof_graph *graph, const roof_json_value *blocks, const roof_json_value *ops)
{
    if (!read_blocks(graph, blocks)) return false;
    for (size_t i = 0; i < graph->blocks.count; i++) check_list(&graph->blocks, graph->blocks.items[i].ops);
    check_list(&graph->blocks, ops);
    for (size_t i = 0; i < graph->blocks.count; i++)
        if (graph->blocks.items[i].state == ROOF_BLOCK_UNSEEN &&
            find_cycle(&graph->blocks, &graph->blocks.items[i]))
            break;
    return true;
}
