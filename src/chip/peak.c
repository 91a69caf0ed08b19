#include "chip/peak.h"

#include <string.h>

#include "chip/names.h"

static bool read_sparsity(chip_reader *reader, const roof_json_value *value, roof_peak *out)
{
    static const char *const words[] = {"dense", "assumed-dense", "unstated"};
    static const roof_peak_sparsity meanings[] = {ROOF_PEAK_DENSE, ROOF_PEAK_ASSUMED_DENSE,
                                                  ROOF_PEAK_UNSTATED};
    static const char *const keys[] = {"kind", "ratio"};
    if (!value) return false;
    if (roof_json_type_of(value) == ROOF_JSON_STRING) {
        int index = 0;
        if (!chip_read_word(value, "sparsity", words, 3, &index)) return false;
        out->sparsity = meanings[index];
        return true;
    }
    if (!roof_json_is(value, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(value, keys, 2);
    out->sparsity = ROOF_PEAK_SPARSE;
    out->sparsity_kind = roof_json_require(value, "kind") ? chip_read_string(reader, value, "kind") : NULL;
    const roof_json_value *ratio = roof_json_get(value, "ratio");
    if (!out->sparsity_kind || !ratio) return out->sparsity_kind != NULL;
    if (!roof_json_number(ratio, &out->sparsity_ratio)) return false;
    if (out->sparsity_ratio > 1 && out->sparsity_ratio <= 1024) return true;
    roof_json_fault(ratio, ROOF_GRADE_ERROR, "a ratio of %.15g: expected the dense ops per op done, above 1",
                    out->sparsity_ratio);
    return false;
}

static bool read_peak(chip_reader *reader, const roof_json_value *entry, roof_peak *out)
{
    static const char *const keys[] = {"value", "unit",  "precision", "sparsity",  "relation",
                                       "scope", "claim", "source",    "qualifier", "note"};
    const char *name = NULL;
    roof_error error;
    if (!roof_json_is(entry, ROOF_JSON_OBJECT)) return false;
    roof_json_only_keys(entry, keys, sizeof keys / sizeof *keys);
    chip_read_provenance(reader, entry, &out->value);
    bool ok = chip_read_quantity(reader, entry, ROOF_DIM_OPS_PER_SECOND, &out->value);
    const roof_json_value *precision = roof_json_require(entry, "precision");
    if (!roof_json_string(precision, &name)) {
        ok = false;
    } else if (roof_precision_parse(name, &out->precision, &error) != ROOF_OK) {
        roof_json_fault(precision, ROOF_GRADE_ERROR, "%s", error.message);
        ok = false;
    }
    return read_sparsity(reader, roof_json_require(entry, "sparsity"), out) && ok;
}

void chip_read_peaks(chip_reader *reader, const roof_json_value *array)
{
    if (!roof_json_is(array, ROOF_JSON_ARRAY)) return;
    roof_peak *peaks = roof_arena_calloc(reader->arena, roof_json_length(array) + 1, sizeof *peaks);
    if (!peaks) {
        reader->out_of_memory = true;
        return;
    }
    size_t count = 0;
    for (const roof_json_value *entry = roof_json_first(array); entry; entry = roof_json_next(entry)) {
        memset(&peaks[count], 0, sizeof *peaks);
        if (read_peak(reader, entry, &peaks[count])) count++;
    }
    reader->chip->peaks = peaks;
    reader->chip->peak_count = count;
}
