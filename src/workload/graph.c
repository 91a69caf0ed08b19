/* Running through a list of layers: shapes flow, blocks are called, layers are costed. */
#include "workload/graph.h"

#include <stdio.h>
#include <string.h>

#include "workload/layer.h"

/* The names that an expression sees beside the parameters: the layer's first input. */
enum { INPUT_VARIABLES = 9 };

static void input_variables(const roof_shape *input, roof_variable *items, roof_variables *out)
{
    static const char *const by_index[] = {"input_0", "input_1", "input_2", "input_3"};
    size_t n = 0;
    for (int i = 0; i < input->rank; i++) items[n++] = (roof_variable){by_index[i], input->dims[i]};
    if (input->rank > 0) {
        items[n++] = (roof_variable){"input_channels", roof_shape_channels(input)};
        items[n++] = (roof_variable){"input_elements", roof_shape_elements(input)};
    }
    if (input->rank == 2) items[n++] = (roof_variable){"input_tokens", input->dims[0]};
    if (input->rank == 3) {
        items[n++] = (roof_variable){"input_height", input->dims[1]};
        items[n++] = (roof_variable){"input_width", input->dims[2]};
    }
    *out = (roof_variables){.items = items, .count = n};
}

/* Parameters. */

static bool allocate_variables(roof_graph *graph, size_t count, roof_variable **items)
{
    *items = roof_arena_calloc(graph->ops.arena, count + 1, sizeof **items);
    if (!*items) graph->no_memory = true;
    return *items != NULL;
}

static bool keep_variable(roof_graph *graph, roof_variable *items, roof_variables *out, const char *name,
                          double value)
{
    char *copy = roof_arena_strdup(graph->ops.arena, name);
    if (!copy) {
        graph->no_memory = true;
        return false;
    }
    items[out->count++] = (roof_variable){copy, value};
    return true;
}

/* Only what is there can be replaced. */
static bool check_replacements(const roof_json_value *params, const roof_json_value *instead)
{
    const char *names[ROOF_PARAMETER_LIMIT];
    size_t count = 0;
    if (!instead) return true;
    if (!roof_json_is(instead, ROOF_JSON_OBJECT)) return false;
    for (const roof_json_value *p = roof_json_first(params); p && count < ROOF_PARAMETER_LIMIT;
         p = roof_json_next(p))
        names[count++] = roof_json_key(p);
    roof_json_only_keys(instead, names, count);
    return true;
}

bool roof_graph_params(roof_graph *graph, const roof_json_value *params, const roof_json_value *instead,
                       roof_variables *out)
{
    roof_variable *items = NULL;
    *out = (roof_variables){0};
    if (params && !roof_json_is(params, ROOF_JSON_OBJECT)) return false;
    if (!check_replacements(params, instead)) return false;
    if (roof_json_length(params) > ROOF_PARAMETER_LIMIT) {
        roof_json_fault(params, ROOF_GRADE_ERROR, "more than %d parameters", ROOF_PARAMETER_LIMIT);
        return false;
    }
    if (!allocate_variables(graph, roof_json_length(params), &items)) return false;
    out->items = items;
    for (const roof_json_value *p = roof_json_first(params); p; p = roof_json_next(p)) {
        const roof_json_value *given = roof_json_get(instead, roof_json_key(p));
        double value = 0;
        if (!roof_expression_is_name(roof_json_key(p))) {
            roof_json_fault_at_key(p, ROOF_GRADE_ERROR, "a parameter's name is letters, digits and _");
            return false;
        }
        if (!roof_value_number(given ? given : p, out, &value) ||
            !keep_variable(graph, items, out, roof_json_key(p), value))
            return false;
    }
    return true;
}

/* A block's parameters: what `first` or `last` says, else `with`, both over the caller's names; else the
 * default, over the block's own earlier parameters, the file's and the block's input. */
static bool bind_params(roof_graph *graph, const roof_block *block, const roof_json_value *const *arguments,
                        size_t argument_lists, const roof_json_value *call, const roof_variables *callers,
                        const roof_variables *outer, roof_variables *out)
{
    roof_variable *items = NULL;
    if (!allocate_variables(graph, roof_json_length(block->params), &items)) return false;
    *out = (roof_variables){.items = items, .outer = outer};
    for (const roof_json_value *p = roof_json_first(block->params); p; p = roof_json_next(p)) {
        const roof_json_value *given = NULL;
        for (size_t i = 0; i < argument_lists && !given; i++)
            given = roof_json_get(arguments[i], roof_json_key(p));
        double value = 0;
        if (!given && roof_json_type_of(p) == ROOF_JSON_NULL) {
            roof_json_fault(call, ROOF_GRADE_ERROR, "parameter \"%.60s\" of block \"%.60s\" is missing",
                            roof_json_key(p), block->name);
            return false;
        }
        if (!roof_value_number(given ? given : p, given ? callers : out, &value) ||
            !keep_variable(graph, items, out, roof_json_key(p), value))
            return false;
    }
    return true;
}

/* One step of a list: a layer or a call, with what it needs while it runs. */
typedef struct step {
    const roof_json_value *json;
    size_t place;             /* in its list, from 1 */
    double index, repeat;     /* of the repeats */
    roof_variables variables; /* parameters, then the file's, then the input's */
    roof_variables file, input;
    roof_variable input_items[INPUT_VARIABLES];
    roof_shape inputs[ROOF_LAYER_INPUT_LIMIT];
    size_t input_count;
} step;

static bool read_name(const roof_json_value *value, const char **name)
{
    if (!roof_json_string(value, name)) return false;
    if (strlen(*name) <= ROOF_NAME_LIMIT) return true;
    roof_json_fault(value, ROOF_GRADE_ERROR, "the name is longer than %d bytes", ROOF_NAME_LIMIT);
    return false;
}

static bool add_input(const roof_named_tensor *tensor, const roof_json_value *from, step *s)
{
    if (!tensor) return false;
    if (s->input_count == ROOF_LAYER_INPUT_LIMIT) {
        roof_json_fault(from, ROOF_GRADE_ERROR, "more than %d inputs", ROOF_LAYER_INPUT_LIMIT);
        return false;
    }
    s->inputs[s->input_count++] = tensor->shape;
    return true;
}

/* "name", or "name.*" for the outputs of all repeats of the step of that name. */
static bool read_input(const roof_frame *frame, const roof_json_value *from, step *s)
{
    const char *name = NULL;
    char each[ROOF_NAME_LIMIT + 32];
    if (!read_name(from, &name)) return false;
    size_t length = strlen(name);
    if (length < 3 || strcmp(name + length - 2, ".*") != 0)
        return add_input(roof_frame_find(frame, name, from), from, s);
    snprintf(each, sizeof each, "%.*s", (int)length - 2, name);
    const roof_named_tensor *last = roof_frame_find(frame, each, from);
    if (!last) return false;
    if (last->repeats == 1) return add_input(last, from, s);
    for (double i = 0; i < last->repeats; i++) {
        snprintf(each, sizeof each, "%.*s.%.0f", (int)length - 2, name, i);
        if (!add_input(roof_frame_find(frame, each, from), from, s)) return false;
    }
    return true;
}

/* `from` for the first of the repeats, the output before for the others and where there is no `from`. */
static bool read_inputs(const roof_frame *frame, step *s)
{
    const roof_json_value *from = s->index == 0 ? roof_json_get(s->json, "from") : NULL;
    s->input_count = 0;
    if (!from) {
        s->inputs[s->input_count++] = frame->cursor;
        if (frame->cursor.rank > 0) return true;
        roof_json_fault(s->json, ROOF_GRADE_ERROR,
                        "several tensors come in: \"from\" must say which is meant");
        return false;
    }
    if (roof_json_type_of(from) != ROOF_JSON_ARRAY) return read_input(frame, from, s) && s->input_count > 0;
    if (roof_json_length(from) < 1 || roof_json_length(from) > ROOF_LAYER_INPUT_LIMIT) {
        roof_json_fault(from, ROOF_GRADE_ERROR, "1 to %d names are expected", ROOF_LAYER_INPUT_LIMIT);
        return false;
    }
    for (const roof_json_value *name = roof_json_first(from); name; name = roof_json_next(name))
        if (!read_input(frame, name, s)) return false;
    if (s->input_count > 0) return true;
    roof_json_fault(from, ROOF_GRADE_ERROR, "the names stand for no tensor: the steps did not run");
    return false;
}

/* The chain is rebuilt for each step because its last link, the input, changes. */
static void link_variables(const roof_frame *frame, step *s)
{
    input_variables(&s->inputs[0], s->input_items, &s->input);
    s->variables = frame->variables;
    s->variables.outer = &s->input;
    if (!frame->variables.outer) return;
    s->file = *frame->variables.outer;
    s->file.outer = &s->input;
    s->variables.outer = &s->file;
}

/* "layer1.0.": the list's prefix, then `as`, or the kind and the place; then the repeat. */
static const char *step_name(roof_graph *graph, const roof_frame *frame, const step *s, const char *kind)
{
    const roof_json_value *as = roof_json_get(s->json, "as");
    const char *label = NULL, *name = NULL;
    char number[32] = "";
    if (s->repeat > 1) snprintf(number, sizeof number, ".%.0f", s->index);
    if (as && roof_json_type_of(as) == ROOF_JSON_STRING && roof_json_string(as, &label))
        name = roof_arena_printf(graph->ops.arena, "%s%.*s%s", frame->prefix, ROOF_NAME_LIMIT, label, number);
    else name = roof_arena_printf(graph->ops.arena, "%s%s_%zu%s", frame->prefix, kind, s->place, number);
    if (!name) graph->no_memory = true;
    return name;
}

static bool check_outputs(const roof_layer *layer)
{
    for (size_t i = 0; i < layer->output_count; i++) {
        const roof_shape *shape = &layer->outputs[i];
        for (int d = 0; d < shape->rank; d++)
            if (!(shape->dims[d] >= 1 && shape->dims[d] <= ROOF_DIMENSION_LIMIT))
                return roof_layer_fault(layer, NULL, "an output dimension would be %.9g", shape->dims[d]);
        if (roof_shape_elements(shape) >= ROOF_EXACT_LIMIT)
            return roof_layer_fault(layer, NULL, "the output would have %.3g elements",
                                    roof_shape_elements(shape));
    }
    return true;
}

/* One output of a step that repeats is "name.0", "name.1"... too; "name" is the last. */
static bool name_output(roof_graph *graph, roof_frame *frame, const step *s, const char *name,
                        const roof_shape *shape)
{
    char each[ROOF_NAME_LIMIT + 32];
    snprintf(each, sizeof each, "%s.%.0f", name, s->index);
    if (s->repeat > 1 && !roof_frame_name(graph, frame, each, shape, s->json)) return false;
    roof_named_tensor *tensor = roof_frame_name(graph, frame, name, shape, s->json);
    if (tensor) tensor->repeats = s->repeat;
    return tensor != NULL;
}

/* `as` names the last output, or, as a list, each of several. */
static bool name_outputs(roof_graph *graph, roof_frame *frame, const step *s, const roof_shape *outputs,
                         size_t count)
{
    const roof_json_value *as = roof_json_get(s->json, "as");
    const char *name = NULL;
    frame->cursor = outputs[count - 1];
    if (!as) return true;
    if (roof_json_type_of(as) != ROOF_JSON_ARRAY)
        return read_name(as, &name) && name_output(graph, frame, s, name, &outputs[count - 1]);
    if (roof_json_length(as) != count) {
        roof_json_fault(as, ROOF_GRADE_ERROR, "%zu names for %zu outputs", roof_json_length(as), count);
        return false;
    }
    for (const roof_json_value *item = roof_json_first(as); item; item = roof_json_next(item))
        if (!read_name(item, &name) || !name_output(graph, frame, s, name, outputs++)) return false;
    return true;
}

static bool run_layer(roof_graph *graph, roof_frame *frame, step *s)
{
    const char *kind_name = NULL;
    if (!roof_json_string(roof_json_get(s->json, "op"), &kind_name)) return false;
    const roof_layer_kind *kind = roof_layer_kind_find(kind_name);
    if (!kind) return false;
    roof_layer layer = {.json = s->json, .variables = &s->variables, .inputs = s->inputs};
    layer.input_count = s->input_count;
    layer.ops = &graph->ops;
    layer.no_memory = &graph->no_memory;
    layer.name = step_name(graph, frame, s, kind_name);
    if (!layer.name) return false;
    s->variables.who = layer.name;
    if (s->input_count < kind->least_inputs || s->input_count > kind->most_inputs)
        return roof_layer_fault(&layer, "from", "%s takes %zu to %zu inputs, not %zu", kind->name,
                                kind->least_inputs, kind->most_inputs, s->input_count);
    return kind->cost(&layer) && check_outputs(&layer) &&
           name_outputs(graph, frame, s, layer.outputs, layer.output_count);
}

/* Inside a block "input" is the first tensor it was given, "input2" the second... */
static bool name_inputs(roof_graph *graph, roof_frame *frame, const step *s)
{
    for (size_t i = 0; i < s->input_count; i++) {
        char name[32] = "input";
        if (i > 0) snprintf(name, sizeof name, "input%zu", i + 1);
        if (!roof_frame_name(graph, frame, name, &s->inputs[i], NULL)) return false;
    }
    frame->cursor = s->inputs[0];
    return true;
}

static const roof_block *called_block(const roof_graph *graph, const roof_json_value *call)
{
    const char *name = NULL;
    if (!roof_json_string(roof_json_get(call, "block"), &name)) return NULL;
    for (size_t i = 0; i < graph->blocks.count; i++)
        if (strcmp(graph->blocks.items[i].name, name) == 0) return &graph->blocks.items[i];
    return NULL;
}

static bool run_block(roof_graph *graph, roof_frame *frame, const step *s)
{
    const roof_block *block = called_block(graph, s->json);
    if (!block) return false;
    graph->steps += roof_json_length(block->params);
    if (frame->depth == ROOF_CALL_DEPTH_LIMIT) {
        roof_json_fault(s->json, ROOF_GRADE_ERROR, "blocks are nested more than %d deep",
                        ROOF_CALL_DEPTH_LIMIT);
        return false;
    }
    const roof_json_value *arguments[3];
    size_t lists = 0;
    if (s->index == 0) arguments[lists++] = roof_json_get(s->json, "first");
    if (s->index == s->repeat - 1) arguments[lists++] = roof_json_get(s->json, "last");
    arguments[lists++] = roof_json_get(s->json, "with");

    /* A block sees its own parameters and the file's, not its caller's: it means the same wherever it is
     * called. */
    const roof_variables *file = frame->block ? frame->variables.outer : &frame->variables;
    roof_variables file_and_input = *file;
    file_and_input.outer = &s->input;
    roof_frame inner = {.caller = frame, .block = block, .depth = frame->depth + 1};
    if (!bind_params(graph, block, arguments, lists, s->json, &s->variables, &file_and_input,
                     &inner.variables))
        return false;
    inner.variables.outer = file;
    inner.prefix = step_name(graph, frame, s, block->name);
    if (inner.prefix) inner.prefix = roof_arena_printf(graph->ops.arena, "%s.", inner.prefix);
    if (!inner.prefix) {
        graph->no_memory = true;
        return false;
    }
    return name_inputs(graph, &inner, s) && roof_graph_run(graph, &inner, block->ops) &&
           name_outputs(graph, frame, s, &inner.cursor, 1);
}

/* How often the step runs: 0 where its `if` is 0. */
static bool read_repeat(step *s)
{
    const roof_json_value *condition = roof_json_get(s->json, "if"),
                          *repeat = roof_json_get(s->json, "repeat");
    double holds = 1;
    s->repeat = 1;
    if (condition && !roof_value_number(condition, &s->variables, &holds)) return false;
    if (repeat && !roof_value_whole(repeat, &s->variables, 0, ROOF_STEP_LIMIT, &s->repeat)) return false;
    if (holds == 0) s->repeat = 0;
    return true;
}

static bool run_step(roof_graph *graph, roof_frame *frame, step *s)
{
    bool is_call = roof_json_get(s->json, "block") != NULL;
    s->index = 0;
    do {
        if (++graph->steps > ROOF_STEP_LIMIT) {
            roof_json_fault(s->json, ROOF_GRADE_ERROR, "the network has more than %d layers and calls",
                            ROOF_STEP_LIMIT);
            return false;
        }
        if (!read_inputs(frame, s)) return false;
        link_variables(frame, s);
        if (s->index == 0 && !read_repeat(s)) return false;
        /* What is left out passes its first input on. */
        if (s->repeat == 0) return name_outputs(graph, frame, s, s->inputs, 1);
        if (!(is_call ? run_block(graph, frame, s) : run_layer(graph, frame, s))) return false;
    } while (++s->index < s->repeat);
    return true;
}

bool roof_graph_run(roof_graph *graph, roof_frame *frame, const roof_json_value *ops)
{
    step s;
    size_t place = 0;
    for (const roof_json_value *json = roof_json_first(ops); json; json = roof_json_next(json)) {
        memset(&s, 0, sizeof s);
        s.json = json;
        s.place = ++place;
        if (!run_step(graph, frame, &s)) return false;
    }
    return true;
}
