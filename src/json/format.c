#include "chiproof/json/format.h"

#include <stdlib.h>
#include <string.h>

#include "json/scalar.h"

enum { LINE = 100, LISTED_LINES = 2 }; /* objects deeper than this are one line each */

typedef struct formatter {
    roof_json_order order;
    roof_buffer *out;
    bool failed;
} formatter;

/* A member and its place in the order. */
typedef struct ranked {
    const roof_json_value *member;
    size_t rank, position;
} ranked;

static bool is_scalar(const roof_json_value *value)
{
    roof_json_type type = roof_json_type_of(value);
    return type != ROOF_JSON_OBJECT && type != ROOF_JSON_ARRAY;
}

static bool all_scalars(const roof_json_value *value)
{
    for (const roof_json_value *m = roof_json_first(value); m; m = roof_json_next(m))
        if (!is_scalar(m)) return false;
    return true;
}

static int by_rank(const void *a, const void *b)
{
    const ranked *x = a, *y = b;
    if (x->rank != y->rank) return x->rank < y->rank ? -1 : 1;
    return x->position < y->position ? -1 : x->position > y->position;
}

static size_t rank_of(const char *key, const char *const *keys, size_t count)
{
    size_t i = 0;
    while (i < count && strcmp(keys[i], key) != 0) i++;
    return i;
}

/* The members in order; an unlisted one (a comment, say) goes with the listed one after it. Owned by the
 * caller (free). */
static ranked *sort_members(formatter *f, const roof_json_value *value, size_t count)
{
    const char *keys[ROOF_JSON_ORDER_LIMIT];
    bool ordered = f->order && roof_json_type_of(value) == ROOF_JSON_OBJECT;
    size_t listed = ordered ? f->order(value, keys) : 0, i = 0;
    ranked *members = calloc(count + 1, sizeof *members);
    if (!members) {
        f->failed = true;
        return NULL;
    }
    for (const roof_json_value *m = roof_json_first(value); m; m = roof_json_next(m), i++)
        members[i] = (ranked){m, listed ? rank_of(roof_json_key(m), keys, listed) : 0, i};
    for (i = count; listed && i-- > 0;)
        if (members[i].rank == listed && i + 1 < count) members[i].rank = members[i + 1].rank;
    qsort(members, count, sizeof *members, by_rank);
    return members;
}

static void put_value(formatter *f, const roof_json_value *value, int depth, bool flat);

/* The members between brackets, on one line (flat) or on lines of their own. */
static void put_members(formatter *f, const roof_json_value *value, int depth, bool flat)
{
    bool object = roof_json_type_of(value) == ROOF_JSON_OBJECT;
    size_t count = roof_json_length(value);
    ranked *members = sort_members(f, value, count);
    roof_buffer_append_char(f->out, object ? '{' : '[');
    for (size_t i = 0; members && i < count; i++) {
        if (flat) roof_buffer_append(f->out, i ? ", " : "");
        else roof_buffer_printf(f->out, "%s\n%*s", i ? "," : "", 2 * (depth + 1), "");
        if (object) {
            json_put_text(f->out, roof_json_key(members[i].member));
            roof_buffer_append(f->out, ": ");
        }
        put_value(f, members[i].member, depth + 1, flat);
    }
    if (!flat && count) roof_buffer_printf(f->out, "\n%*s", 2 * depth, "");
    roof_buffer_append_char(f->out, object ? '}' : ']');
    free(members);
}

/* Whether an object or array is set on one line. */
static bool is_flat(formatter *f, const roof_json_value *value, int depth)
{
    if (depth == 0) return false;
    if (roof_json_type_of(value) == ROOF_JSON_OBJECT) return depth >= LISTED_LINES || all_scalars(value);
    if (!all_scalars(value)) return false;
    roof_buffer line = ROOF_BUFFER_EMPTY;
    formatter trial = {f->order, &line, false};
    put_members(&trial, value, depth, true);
    bool fits = line.length + (size_t)(2 * depth) <= LINE;
    roof_buffer_free(&line);
    return fits;
}

static void put_value(formatter *f, const roof_json_value *value, int depth, bool flat)
{
    if (is_scalar(value)) json_put_scalar(f->out, value);
    else put_members(f, value, depth, flat || is_flat(f, value, depth));
}

roof_code roof_json_format(const roof_json *document, roof_json_order order, roof_buffer *out,
                           roof_error *error)
{
    formatter f = {order, out, false};
    put_value(&f, roof_json_root(document), 0, false);
    roof_buffer_append_char(out, '\n');
    return f.failed || out->failed ? roof_fail(error, ROOF_NO_MEMORY, "no memory for the text") : ROOF_OK;
}
