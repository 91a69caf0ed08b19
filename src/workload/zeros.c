/* The zeros that a file tells of its weights. */
#include "workload/body.h"

void roof_read_sparsity(roof_reader *reader)
{
    static const char *const keys[] = {"zeros", "kind", "source"};
    const roof_json_value *json = roof_json_get(reader->root, "sparsity");
    roof_sparsity *out = &reader->workload->sparsity;
    const char *name = NULL;
    roof_error error;
    if (!json || !roof_json_is(json, ROOF_JSON_OBJECT)) return;
    roof_json_only_keys(json, keys, sizeof keys / sizeof *keys);
    const roof_json_value *zeros = roof_json_require(json, "zeros"), *kind = roof_json_require(json, "kind");
    if (roof_json_number(zeros, &out->zeros) && !(out->zeros > 0 && out->zeros <= ROOF_SPARSITY_LIMIT))
        roof_json_fault(zeros, ROOF_GRADE_ERROR,
                        "a share of zeros above 0 and at most 1023/1024 is expected, not %.15g", out->zeros);
    if (roof_json_string(kind, &name) && roof_sparsity_kind_parse(name, &out->kind, &error) != ROOF_OK)
        roof_json_fault(kind, ROOF_GRADE_ERROR, "%s", error.message);
    if (roof_json_get(json, "source")) roof_check_source(reader, roof_json_get(json, "source"));
}
