/* The body `counts`: operations as they were counted, one after the other. Made by an import. */
#include <string.h>

#include "workload/body.h"
#include "workload/shape.h"

static bool read_kind(const roof_json_value *value, roof_op_kind *kind)
{
    const char *name = NULL;
    if (!roof_json_string(value, &name)) return false;
    for (int i = 0; i < ROOF_OP_KIND_COUNT; i++) {
        *kind = (roof_op_kind)i;
        if (strcmp(roof_op_kind_name(*kind), name) == 0) return true;
    }
    roof_json_fault(value, ROOF_GRADE_ERROR, "unknown kind \"%.60s\"", name);
    return false;
}

static bool read_count(const roof_json_value *json, const char *key, double least, double *out)
{
    const roof_json_value *value = roof_json_get(json, key);
    return !value || roof_json_integer(value, least, ROOF_EXACT_LIMIT - 1, out);
}

static bool read_op(roof_reader *reader, const roof_json_value *json, roof_op *op)
{
    static const char *const keys[] = {"kind",           "name",           "repeat",       "macs",
                                       "other_ops",      "weights_stored", "weights_read", "weights_gathered",
                                       "input_elements", "output_elements"};
    const char *name = NULL;
    *op = (roof_op){.repeat = 1};
    if (!roof_json_is(json, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(json, keys, sizeof keys / sizeof keys[0]);
    bool good = read_kind(roof_json_require(json, "kind"), &op->kind);
    good &= roof_json_string(roof_json_require(json, "name"), &name);
    good &= read_count(json, "repeat", 1, &op->repeat);
    good &= read_count(json, "macs", 0, &op->macs);
    good &= read_count(json, "other_ops", 0, &op->other_ops);
    good &= read_count(json, "weights_stored", 0, &op->weights_stored);
    good &= read_count(json, "weights_read", 0, &op->weights_read);
    good &= read_count(json, "weights_gathered", 0, &op->weights_gathered);
    good &= read_count(json, "input_elements", 0, &op->input_elements);
    good &= read_count(json, "output_elements", 0, &op->output_elements);
    if (!good) return false;
    op->name = roof_arena_strdup(&reader->workload->arena, name);
    if (!op->name) reader->no_memory = true;
    return op->name != NULL;
}

static bool read_list(roof_reader *reader, const char *key, roof_tensor **out, size_t *count)
{
    static const roof_variables none;
    roof_shape *shapes = NULL;
    return roof_read_tensors(reader, roof_json_require(reader->root, key), &none, NULL, out, &shapes, count);
}

void roof_read_counts(roof_reader *reader)
{
    roof_workload *w = reader->workload;
    const roof_json_value *list = roof_json_get(reader->root, "counts");
    const char *why = NULL;
    if (!roof_json_is(list, ROOF_JSON_ARRAY)) return;
    if (!roof_json_first(list)) roof_json_fault(list, ROOF_GRADE_ERROR, "the list of operations is empty");
    w->ops.arena = &w->arena;
    for (const roof_json_value *json = roof_json_first(list); json; json = roof_json_next(json)) {
        roof_op op;
        if (!read_op(reader, json, &op)) continue;
        if (roof_op_list_add(&w->ops, &op, &why)) continue;
        if (why) roof_json_fault(json, ROOF_GRADE_ERROR, "%s", why);
        else reader->no_memory = true;
        return;
    }
    w->params = w->ops.weights_stored;
    w->macs = w->ops.macs;
    w->layers = w->ops.layers;
    if (read_list(reader, "input", &w->inputs, &w->input_count))
        read_list(reader, "output", &w->outputs, &w->output_count);
}
