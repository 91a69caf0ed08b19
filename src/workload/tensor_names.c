/* Names of tensors: local to a list, looked up outward through the calling lists. */
#include <stdint.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/graph.h"

enum { SUGGESTION_LIMIT = 256 };

/* FNV-1a. */
static size_t bucket_of(const char *name)
{
    uint32_t hash = 2166136261u;
    for (; *name; name++) hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash % ROOF_NAME_BUCKETS;
}

static roof_named_tensor *find_here(const roof_frame *frame, const char *name)
{
    for (roof_named_tensor *t = frame->tensors[bucket_of(name)]; t; t = t->next)
        if (strcmp(t->name, name) == 0) return t;
    return NULL;
}

roof_named_tensor *roof_frame_name(roof_graph *graph, roof_frame *frame, const char *name,
                                   const roof_shape *shape, const roof_json_value *maker)
{
    roof_named_tensor *tensor = find_here(frame, name);
    if (tensor && tensor->maker != maker) {
        roof_json_fault(maker, ROOF_GRADE_ERROR, "there is a tensor \"%.60s\" already", name);
        return NULL;
    }
    if (!tensor) {
        roof_named_tensor **bucket = &frame->tensors[bucket_of(name)];
        tensor = roof_arena_alloc(graph->ops.arena, sizeof *tensor);
        char *copy = roof_arena_strdup(graph->ops.arena, name);
        if (!tensor || !copy) {
            graph->no_memory = true;
            return NULL;
        }
        *tensor = (roof_named_tensor){copy, *shape, maker, 1, *bucket};
        *bucket = tensor;
    }
    tensor->shape = *shape;
    return tensor;
}

const roof_named_tensor *roof_frame_find(const roof_frame *frame, const char *name,
                                         const roof_json_value *where)
{
    const char *known[SUGGESTION_LIMIT];
    size_t count = 0;
    for (const roof_frame *f = frame; f; f = f->caller) {
        const roof_named_tensor *tensor = find_here(f, name);
        if (tensor) return tensor;
        for (size_t b = 0; b < ROOF_NAME_BUCKETS; b++)
            for (tensor = f->tensors[b]; tensor && count < SUGGESTION_LIMIT; tensor = tensor->next)
                known[count++] = tensor->name;
    }
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest(name, known, count, &near) > 0)
        roof_json_fault(where, ROOF_GRADE_ERROR,
                        "no earlier layer makes a tensor \"%.60s\"; did you mean %s?", name,
                        roof_buffer_text(&near));
    else roof_json_fault(where, ROOF_GRADE_ERROR, "no earlier layer makes a tensor \"%.60s\"", name);
    roof_buffer_free(&near);
    return NULL;
}
