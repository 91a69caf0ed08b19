/* The tensors that cross the host link. */
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/body.h"
#include "workload/layer.h"

enum { TENSOR_LIMIT = 64 };

/* Formats of raw data, which no chip computes in. */
static const struct {
    const char *name;
    double bytes;
} raw_formats[] = {{"uint8", 1}, {"uint16", 2}, {"int64", 8}};

static bool read_precision(const roof_json_value *value, double *bytes)
{
    const char *name = NULL;
    roof_precision precision = ROOF_PRECISION_UNSTATED;
    roof_error error;
    *bytes = 0;
    if (!value) return true;
    if (!roof_json_string(value, &name)) return false;
    for (size_t i = 0; i < sizeof raw_formats / sizeof raw_formats[0]; i++) {
        if (strcmp(raw_formats[i].name, name) != 0) continue;
        *bytes = raw_formats[i].bytes;
        return true;
    }
    if (roof_precision_parse(name, &precision, &error) == ROOF_OK) {
        *bytes = roof_precision_activation_bytes(precision);
        return true;
    }
    roof_json_fault(value, ROOF_GRADE_ERROR, "%s (uint8, uint16 and int64 are known here too)",
                    error.message);
    return false;
}

static bool read_shape(const roof_json_value *list, const roof_variables *variables, roof_shape *out)
{
    *out = (roof_shape){0};
    if (!roof_json_is(list, ROOF_JSON_ARRAY)) return false;
    if (roof_json_length(list) < 1 || roof_json_length(list) > ROOF_RANK_LIMIT) {
        roof_json_fault(list, ROOF_GRADE_ERROR, "1 to %d dimensions are expected, without the batch",
                        ROOF_RANK_LIMIT);
        return false;
    }
    for (const roof_json_value *d = roof_json_first(list); d; d = roof_json_next(d))
        if (!roof_value_whole(d, variables, 1, ROOF_DIMENSION_LIMIT, &out->dims[out->rank++])) return false;
    if (roof_shape_elements(out) < ROOF_EXACT_LIMIT) return true;
    roof_json_fault(list, ROOF_GRADE_ERROR, "the tensor would have %.3g elements", roof_shape_elements(out));
    return false;
}

static bool read_tensor(roof_reader *reader, const roof_json_value *json, const roof_variables *variables,
                        const roof_frame *frame, roof_tensor *tensor, roof_shape *shape)
{
    static const char *const keys[] = {"name", "shape", "precision"};
    const roof_json_value *name_at = json, *shape_at = NULL;
    const char *name = NULL;
    if (!frame || roof_json_type_of(json) != ROOF_JSON_STRING) {
        if (!roof_json_is(json, ROOF_JSON_OBJECT)) return false;
        roof_json_only_keys(json, keys, sizeof keys / sizeof keys[0]);
        name_at = roof_json_require(json, "name");
        shape_at = frame ? roof_json_get(json, "shape") : roof_json_require(json, "shape");
        if (!frame && !shape_at) return false;
        if (!read_precision(roof_json_get(json, "precision"), &tensor->bytes_per_element)) return false;
    }
    if (!roof_json_string(name_at, &name)) return false;
    if (shape_at) {
        if (!read_shape(shape_at, variables, shape)) return false;
    } else {
        const roof_named_tensor *made = roof_frame_find(frame, name, name_at);
        if (!made) return false;
        *shape = made->shape;
    }
    tensor->elements = roof_shape_elements(shape);
    tensor->name = roof_arena_strdup(&reader->workload->arena, name);
    if (!tensor->name) reader->no_memory = true;
    return tensor->name != NULL;
}

bool roof_read_tensors(roof_reader *reader, const roof_json_value *list, const roof_variables *variables,
                       const roof_frame *frame, roof_tensor **out, roof_shape **shapes, size_t *count)
{
    roof_arena *arena = &reader->workload->arena;
    *count = 0;
    if (!list || !roof_json_is(list, ROOF_JSON_ARRAY)) return false;
    size_t length = roof_json_length(list);
    if (length < 1 || length > TENSOR_LIMIT) {
        roof_json_fault(list, ROOF_GRADE_ERROR, "1 to %d tensors are expected", TENSOR_LIMIT);
        return false;
    }
    *out = roof_arena_calloc(arena, length, sizeof **out);
    *shapes = roof_arena_calloc(arena, length, sizeof **shapes);
    if (!*out || !*shapes) {
        reader->no_memory = true;
        return false;
    }
    for (const roof_json_value *t = roof_json_first(list); t; t = roof_json_next(t), ++*count)
        if (!read_tensor(reader, t, variables, frame, &(*out)[*count], &(*shapes)[*count])) return false;
    return true;
}

bool roof_single_tensor(roof_reader *reader, const char *name, double elements, double bytes_each,
                        roof_tensor **out, size_t *count)
{
    *out = roof_arena_alloc(&reader->workload->arena, sizeof **out);
    *count = *out ? 1 : 0;
    if (*out) **out = (roof_tensor){name, elements, bytes_each};
    else reader->no_memory = true;
    return *out != NULL;
}
