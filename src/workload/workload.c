/* Workload files: what stands at the top, which body follows, and who owns the result. */
#include "chiproof/workload/workload.h"

#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/workload/file_format.h"
#include "chiproof/workload/import.h"
#include "workload/body.h"

static const char *const op_kind_names[] = {
#define X(id, name) name,
    ROOF_OP_KINDS(X)
#undef X
};

const char *roof_op_kind_name(roof_op_kind kind)
{
    return (unsigned)kind < ROOF_OP_KIND_COUNT ? op_kind_names[kind] : "unknown";
}

const char *roof_phase_name(roof_phase phase)
{
    static const char *const names[] = {"whole", "prefill", "decode"};
    return (unsigned)phase < sizeof names / sizeof names[0] ? names[phase] : "unknown";
}

static const char *keep(roof_reader *reader, const char *text)
{
    const char *copy = roof_arena_strdup(&reader->workload->arena, text);
    if (!copy) reader->no_memory = true;
    return copy;
}

static const char *read_text(roof_reader *reader, const char *key, bool required)
{
    const char *text = NULL;
    const roof_json_value *value =
        required ? roof_json_require(reader->root, key) : roof_reader_get(reader, key);
    return roof_json_string(value, &text) ? keep(reader, text) : NULL;
}

static void check_id(const roof_json_value *value)
{
    const char *id = NULL;
    if (!value || roof_json_type_of(value) != ROOF_JSON_STRING || !roof_json_string(value, &id)) return;
    if (strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789.-") != strlen(id) || strlen(id) > 64)
        roof_json_fault(value, ROOF_GRADE_ERROR, "an id is at most 64 of a-z, 0-9, \".\" and \"-\"");
}

static void read_aliases(roof_reader *reader)
{
    roof_workload *w = reader->workload;
    const roof_json_value *list = roof_json_get(reader->root, "aliases");
    const char *text = NULL;
    if (!list || !roof_json_is(list, ROOF_JSON_ARRAY)) return;
    w->aliases = roof_arena_calloc(&w->arena, roof_json_length(list) + 1, sizeof *w->aliases);
    if (!w->aliases) {
        reader->no_memory = true;
        return;
    }
    for (const roof_json_value *alias = roof_json_first(list); alias; alias = roof_json_next(alias)) {
        if (!roof_json_string(alias, &text)) continue;
        w->aliases[w->alias_count] = keep(reader, text);
        if (w->aliases[w->alias_count]) w->alias_count++;
    }
}

static void check_schema(const roof_json_value *root)
{
    const roof_json_value *value = roof_json_require(root, "schema");
    const char *text = NULL;
    if (roof_json_string(value, &text) && strcmp(text, ROOF_WORKLOAD_SCHEMA) != 0)
        roof_json_fault(value, ROOF_GRADE_ERROR, "\"%s\" is expected, not \"%.60s\"", ROOF_WORKLOAD_SCHEMA,
                        text);
}

void roof_check_source(roof_reader *reader, const roof_json_value *id)
{
    const roof_workload *w = reader->workload;
    const char *text = NULL;
    if (!roof_json_string(id, &text)) return;
    if (!roof_source_find(w->sources, w->source_count, text))
        roof_json_fault(id, ROOF_GRADE_ERROR, "no source of this file has the id \"%.80s\"", text);
}

void roof_read_header(roof_reader *reader)
{
    static const char *const keys[] = {"like",   "schema",  "id",        "name",        "aliases",
                                       "task",   "family",  "input",     "output",      "params",
                                       "blocks", "ops",     "source",    "totals",      "counts",
                                       "notes",  "sources", "reference", "transformer", "sparsity"};
    static const char *const families[] = {"dense-conv", "grouped-conv", "depthwise",
                                           "mixed",      "attention",    "llm",
                                           "rnn",        "diffusion",    "recommendation"};
    roof_workload *w = reader->workload;
    roof_json_only_keys(reader->root, keys, sizeof keys / sizeof keys[0]);
    check_schema(reader->root);
    check_id(roof_json_get(reader->root, "id"));
    w->id = read_text(reader, "id", true);
    w->name = read_text(reader, "name", true);
    w->task = read_text(reader, "task", false);
    w->family = read_text(reader, "family", false);
    bool known = !w->family;
    for (size_t i = 0; i < sizeof families / sizeof families[0] && !known; i++)
        known = strcmp(families[i], w->family) == 0;
    if (!known)
        roof_json_fault(
            roof_reader_get(reader, "family"), ROOF_GRADE_ERROR,
            "unknown family \"%.60s\"; dense-conv, grouped-conv, depthwise, mixed, attention, llm, rnn, "
            "diffusion or recommendation is expected",
            w->family);
    read_text(reader, "notes", false);
    read_aliases(reader);
    const roof_json_value *sources = roof_json_get(reader->root, "sources");
    if (!sources) roof_json_fault(reader->root, ROOF_GRADE_DOUBTFUL, "no \"sources\"");
    if (roof_sources_read(sources, &w->arena, &w->sources, &w->source_count) == ROOF_NO_MEMORY)
        reader->no_memory = true;
    roof_check_source(reader, roof_json_get(reader->root, "source"));
    roof_read_sparsity(reader);
}

/* Bodies. */

/* What would be ignored is a mistake. */
static void refuse_keys(const roof_reader *reader, const char *const *keys, size_t count, const char *why)
{
    for (size_t i = 0; i < count; i++)
        if (roof_json_get(reader->root, keys[i]))
            roof_json_fault_at_key(roof_json_get(reader->root, keys[i]), ROOF_GRADE_ERROR, "\"%s\" %s",
                                   keys[i], why);
}

static void read_body(roof_reader *reader)
{
    static const char *const of_ops[] = {"params", "blocks"}, *const of_passes[] = {"input", "output"};
    static const struct {
        const char *key;
        void (*read)(roof_reader *reader);
    } bodies[] = {{"ops", roof_read_ops},
                  {"transformer", roof_read_transformer},
                  {"totals", roof_read_totals},
                  {"counts", roof_read_counts}};
    size_t found = 0, chosen = 0;
    if (reader->base) {
        roof_read_ops(reader);
        return;
    }
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
        if (!roof_json_get(reader->root, bodies[i].key)) continue;
        found++;
        chosen = i;
    }
    if (found != 1) {
        roof_json_fault(
            reader->root, ROOF_GRADE_ERROR,
            "exactly one of \"ops\", \"transformer\", \"totals\", \"counts\" and \"like\" is expected");
        return;
    }
    bodies[chosen].read(reader);
    if (chosen > 0) refuse_keys(reader, of_ops, 2, "goes with \"ops\" only");
    if (reader->workload->is_llm)
        refuse_keys(reader, of_passes, 2, "is not a decoder's: tokens go in and out");
}

/* The first error is the caller's, whichever of the two files has it. */
static roof_code finish(const roof_reader *reader, roof_error *error)
{
    if (reader->no_memory) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    roof_code code = roof_json_finish(reader->document, error);
    return code == ROOF_OK && reader->base ? roof_json_finish(reader->base, error) : code;
}

static roof_code read_root(roof_reader *reader, roof_report *report, roof_error *error)
{
    if (!roof_json_is(reader->root, ROOF_JSON_OBJECT)) return finish(reader, error);
    roof_code code = roof_json_get(reader->root, "like") ? roof_read_like(reader, report, error) : ROOF_OK;
    roof_read_header(reader);
    if (code != ROOF_OK) return code;
    read_body(reader);
    roof_read_reference(reader);
    return finish(reader, error);
}

static roof_code read_document(const roof_json *document, roof_report *report, roof_workload **out,
                               roof_error *error)
{
    const roof_json_value *root = roof_json_root(document);
    roof_reader reader = {.document = document, .root = root, .body = root};
    reader.workload = calloc(1, sizeof *reader.workload);
    if (!reader.workload) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out");
    reader.workload->file = keep(&reader, roof_json_file(document));
    roof_code code = read_root(&reader, report, error);
    roof_json_free(reader.base);
    if (code == ROOF_OK) *out = reader.workload;
    else roof_workload_free(reader.workload);
    return code;
}

roof_code roof_workload_parse(const char *text, size_t length, const char *file, roof_report *report,
                              roof_workload **out, roof_error *error)
{
    roof_json *document = NULL;
    *out = NULL;
    roof_code code = roof_json_parse(text, length, file, report, &document, error);
    if (code == ROOF_OK) code = read_document(document, report, out, error);
    roof_json_free(document);
    return code;
}

roof_code roof_workload_load(const char *path, roof_report *report, roof_workload **out, roof_error *error)
{
    return roof_workload_import(path, NULL, report, out, error);
}

void roof_workload_free(roof_workload *workload)
{
    if (!workload) return;
    roof_arena_free(&workload->arena);
    free(workload);
}

/* What a workload says of itself. */

const char *roof_workload_id(const roof_workload *workload)
{
    return workload->id;
}

const char *roof_workload_name(const roof_workload *workload)
{
    return workload->name;
}

const char *roof_workload_file(const roof_workload *workload)
{
    return workload->file;
}

const char *roof_workload_task(const roof_workload *workload)
{
    return workload->task;
}

const char *roof_workload_family(const roof_workload *workload)
{
    return workload->family;
}

size_t roof_workload_alias_count(const roof_workload *workload)
{
    return workload->alias_count;
}

const char *roof_workload_alias(const roof_workload *workload, size_t index)
{
    return index < workload->alias_count ? workload->aliases[index] : NULL;
}

size_t roof_workload_source_count(const roof_workload *workload)
{
    return workload->source_count;
}

const roof_source *roof_workload_source(const roof_workload *workload, size_t index)
{
    return index < workload->source_count ? &workload->sources[index] : NULL;
}

bool roof_workload_is_llm(const roof_workload *workload)
{
    return workload->is_llm;
}

double roof_workload_params(const roof_workload *workload)
{
    return workload->params;
}

double roof_workload_macs(const roof_workload *workload)
{
    return workload->macs;
}

roof_sparsity roof_workload_sparsity(const roof_workload *workload)
{
    return workload->sparsity;
}

const char *roof_workload_input(const roof_workload *workload)
{
    return workload->input;
}
