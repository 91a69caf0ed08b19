/* The published counts that a file must reproduce. */
#include <math.h>

#include "chiproof/base/text.h"
#include "workload/body.h"
#include "workload/shape.h"

/* A count that differs from the reference is an error, for a file that counts wrongly answers wrongly. A
 * tolerance is for figures that are published rounded. */
static void check_count(const roof_json_value *reference, const char *key, const char *tolerance_key,
                        const char *what, double computed)
{
    const roof_json_value *published_at = roof_json_get(reference, key);
    const roof_json_value *tolerance_at = roof_json_get(reference, tolerance_key);
    double published = 0, tolerance = 0;
    if (!published_at || !roof_json_integer(published_at, 1, ROOF_EXACT_LIMIT - 1, &published)) return;
    if (tolerance_at) {
        if (!roof_json_number(tolerance_at, &tolerance)) return;
        if (!(tolerance >= 0 && tolerance <= 0.2)) {
            roof_json_fault(tolerance_at, ROOF_GRADE_ERROR, "a relative tolerance from 0 to 0.2 is expected");
            return;
        }
    }
    if (fabs(computed - published) <= tolerance * published) return;
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_text_integer(&text, computed);
    roof_buffer_append(&text, " ");
    roof_buffer_append(&text, what);
    roof_buffer_append(&text, " computed from the file, but the reference says ");
    roof_text_integer(&text, published);
    roof_json_fault(published_at, ROOF_GRADE_ERROR, "%s (%+.4g %%)", roof_buffer_text(&text),
                    100 * (computed - published) / published);
    roof_buffer_free(&text);
}

void roof_read_reference(roof_reader *reader)
{
    static const char *const keys[] = {"params",           "macs",          "input", "source",
                                       "params_tolerance", "macs_tolerance"};
    roof_workload *w = reader->workload;
    const roof_json_value *reference = roof_json_get(reader->root, "reference");
    const char *input = NULL;
    if (!reference) {
        roof_json_fault(reader->root, ROOF_GRADE_DOUBTFUL,
                        "no \"reference\": nothing holds the counts of this file");
        return;
    }
    if (!roof_json_is(reference, ROOF_JSON_OBJECT)) return;
    roof_json_only_keys(reference, keys, sizeof keys / sizeof keys[0]);
    if (!roof_json_get(reference, "params") && !roof_json_get(reference, "macs"))
        roof_json_fault(reference, ROOF_GRADE_ERROR, "\"params\" or \"macs\" is expected");
    if (roof_json_string(roof_json_get(reference, "input"), &input)) {
        w->input = roof_arena_strdup(&w->arena, input);
        if (!w->input) reader->no_memory = true;
    }
    if (roof_json_get(reference, "source")) roof_check_source(reader, roof_json_get(reference, "source"));
    else roof_json_fault(reference, ROOF_GRADE_DOUBTFUL, "the reference has no \"source\"");
    if (w->ops.length == 0) return; /* the body has faults of its own: nothing to compare */
    check_count(reference, "params", "params_tolerance", "parameters", w->params);
    check_count(reference, "macs", "macs_tolerance", "multiply-accumulates", w->macs);
}
