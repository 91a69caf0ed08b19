/* A Hugging Face config.json: the keys that a "transformer" has, taken over as they stand. */
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/json/json.h"
#include "workload/import.h"
#include "workload/transformer.h"

static void copy_value(const roof_json_value *value, roof_buffer *out);

static void copy_members(const roof_json_value *value, bool keys, roof_buffer *out)
{
    roof_buffer_append_char(out, keys ? '{' : '[');
    for (const roof_json_value *m = roof_json_first(value); m; m = roof_json_next(m)) {
        if (m != roof_json_first(value)) roof_buffer_append(out, ", ");
        if (keys) roof_import_quote(out, roof_json_key(m));
        if (keys) roof_buffer_append(out, ": ");
        copy_value(m, out);
    }
    roof_buffer_append_char(out, keys ? '}' : ']');
}

/* As deep as the parser lets a file be. */
static void copy_value(const roof_json_value *value, roof_buffer *out)
{
    double number = 0;
    bool flag = false;
    const char *text = "";
    switch (roof_json_type_of(value)) {
    case ROOF_JSON_NUMBER:
        roof_json_number(value, &number);
        roof_buffer_printf(out, "%.17g", number);
        break;
    case ROOF_JSON_STRING:
        roof_json_string(value, &text);
        roof_import_quote(out, text);
        break;
    case ROOF_JSON_BOOL:
        roof_json_bool(value, &flag);
        roof_buffer_append(out, flag ? "true" : "false");
        break;
    case ROOF_JSON_ARRAY: copy_members(value, false, out); break;
    case ROOF_JSON_OBJECT: copy_members(value, true, out); break;
    default: roof_buffer_append(out, "null"); break;
    }
}

/* Names that some model types have for the same thing. */
static const struct {
    const char *theirs, *ours;
} renamed[] = {
    {"n_embd", "hidden_size"},
    {"n_embed", "hidden_size"},
    {"n_layer", "num_hidden_layers"},
    {"n_head", "num_attention_heads"},
    {"n_inner", "intermediate_size"},
    {"ffn_dim", "intermediate_size"},
    {"ffn_hidden_size", "intermediate_size"},
    {"num_kv_heads", "num_key_value_heads"},
    {"n_positions", "max_position_embeddings"},
    {"seq_length", "max_position_embeddings"},
    {"activation_function", "hidden_act"},
};
enum { RENAMED = sizeof renamed / sizeof *renamed };
/* Model types whose inner width is four times the hidden size unless the configuration says otherwise. */
static const char *const four_times[] = {"gpt2", "gptj", "bloom", "falcon"};
/* Model types to which the names above mean something else. */
static const char *const as_they_are[] = {"t5", "whisper", "bart", "mt5", "umt5"};

static bool is_among(const char *const *words, size_t count, const char *word)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(words[i], word) == 0) return true;
    return false;
}

static const char *model_type_of(const roof_json_value *root)
{
    const char *name = "";
    const roof_json_value *value = roof_json_get(root, "model_type");
    return value && roof_json_type_of(value) == ROOF_JSON_STRING && roof_json_string(value, &name) ? name
                                                                                                   : "";
}

/* The name under which the reader knows a key of the configuration; NULL if it does not. */
static const char *known_as(const roof_json_value *root, const char *key)
{
    size_t count = 0;
    const char *const *keys = roof_transformer_keys(&count);
    bool rename = !is_among(as_they_are, sizeof as_they_are / sizeof *as_they_are, model_type_of(root));
    for (size_t i = 0; rename && i < RENAMED; i++)
        if (strcmp(renamed[i].theirs, key) == 0)
            return roof_json_get(root, renamed[i].ours) ? NULL : renamed[i].ours;
    return strcmp(key, "source") != 0 && is_among(keys, count, key) ? key : NULL;
}

typedef struct writer {
    roof_buffer *out;
    size_t written;
    bool has_inner;
    double hidden;
} writer;

static void write_key(writer *w, const char *key)
{
    roof_buffer_append(w->out, w->written++ > 0 ? ",\n" : "\n");
    roof_import_quote(w->out, key);
    roof_buffer_append(w->out, ": ");
    if (strcmp(key, "intermediate_size") == 0) w->has_inner = true;
}

static void write_member(roof_import *import, const roof_json_value *root, const roof_json_value *m,
                         writer *w)
{
    const char *key = known_as(root, roof_json_key(m));
    double value = 0;
    if (!key || roof_json_type_of(m) == ROOF_JSON_NULL) return;
    write_key(w, key);
    if (strcmp(key, "hidden_size") == 0 && roof_json_type_of(m) == ROOF_JSON_NUMBER)
        roof_json_number(m, &w->hidden);
    if (roof_import_bound(import, roof_json_key(m), &value)) roof_buffer_printf(w->out, "%.0f", value);
    else copy_value(m, w->out);
}

/* Keys of the configuration first, then those that are bound and that it does not have. */
static bool write_keys(roof_import *import, const roof_json_value *root, roof_buffer *out)
{
    writer w = {.out = out};
    roof_buffer_append(out, ",\n\"transformer\": {");
    for (const roof_json_value *m = roof_json_first(root); m; m = roof_json_next(m))
        write_member(import, root, m, &w);
    for (size_t i = 0; import->bindings && i < import->bindings->count; i++) {
        const char *name = import->bindings->items[i].name;
        double value = 0;
        if (roof_json_get(root, name) || !known_as(root, name) || !roof_import_bound(import, name, &value))
            continue;
        write_key(&w, known_as(root, name));
        roof_buffer_printf(out, "%.0f", value);
    }
    if (!w.has_inner && is_among(four_times, sizeof four_times / sizeof *four_times, model_type_of(root))) {
        write_key(&w, "intermediate_size");
        roof_buffer_printf(out, "%.0f", 4 * w.hidden);
    }
    roof_buffer_append(out, "\n}");
    return w.written > 0 || roof_import_fail(import, ROOF_INVALID, "no key of a transformer stands in it");
}

/* ---- faults ---- */

/* The member of the configuration that a key of "transformer" was made of. */
static const roof_json_value *origin_of(const roof_json_value *root, const char *key)
{
    const roof_json_value *at = roof_json_get(root, key);
    for (size_t i = 0; !at && i < RENAMED; i++)
        if (strcmp(renamed[i].ours, key) == 0) at = roof_json_get(root, renamed[i].theirs);
    return at ? at : root;
}

/* A fault in the text made here is one in the file that it was made of: it stands where its key stands. */
static void pass_on(roof_import *import, const roof_json_value *root, roof_error fault)
{
    static const char inside[] = "/transformer/";
    char key[sizeof fault.path] = "", path[sizeof fault.path];
    int line = 0, column = 0;
    if (strncmp(fault.path, inside, sizeof inside - 1) == 0)
        memcpy(key, fault.path + sizeof inside - 1, strlen(fault.path) - (sizeof inside - 1) + 1);
    key[strcspn(key, "/")] = '\0';
    if (!key[0] && strstr(fault.message, "\"sequence_length\" is missing"))
        roof_fail(&fault, ROOF_MISSING,
                  "an encoder runs over all its tokens at once: give their number, --bind sequence_length=N");
    roof_json_position(origin_of(root, key), &line, &column, path, sizeof path);
    roof_error_set_position(&fault, import->file, line, column, path);
    roof_report_add(import->report, &fault);
    if (import->code != ROOF_OK) return;
    import->code = fault.code == ROOF_OK ? ROOF_INVALID : fault.code;
    import->error = fault;
}

/* Reads the text so far, as a file without a reference. NULL after a failure. */
static roof_workload *read_back(roof_import *import, const roof_json_value *root, const roof_buffer *out)
{
    roof_report found = ROOF_REPORT_EMPTY;
    roof_workload *workload = NULL;
    roof_error error;
    roof_buffer whole = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&whole, roof_buffer_text(out));
    roof_buffer_append(&whole, "\n}\n");
    if (whole.failed || out->failed) roof_import_no_memory(import);
    else if (roof_workload_parse(roof_buffer_text(&whole), whole.length, import->file, &found, &workload,
                                 &error) != ROOF_OK) {
        for (size_t i = 0; i < found.length; i++)
            if (found.items[i].grade == ROOF_GRADE_ERROR) pass_on(import, root, found.items[i]);
        if (import->code == ROOF_OK) roof_import_fail(import, error.code, "%s", error.message);
    }
    roof_buffer_free(&whole);
    roof_report_clear(&found);
    return workload;
}

/* What it counts to is its reference. */
static bool write_reference(roof_import *import, const roof_json_value *root, roof_buffer *out)
{
    roof_workload *workload = read_back(import, root, out);
    if (!workload) return false;
    double params = roof_workload_params(workload), macs = roof_workload_macs(workload);
    roof_buffer_append(out, ",\n\"reference\": {");
    if (params >= 1) roof_buffer_printf(out, "\"params\": %.0f, ", params);
    if (macs >= 1) roof_buffer_printf(out, "\"macs\": %.0f, ", macs);
    roof_buffer_printf(out, "\"input\": \"%s\", \"source\": \"file\"}\n}\n",
                       roof_workload_is_llm(workload) ? "1 token" : "tokens");
    roof_workload_free(workload);
    return params >= 1 || macs >= 1 || roof_import_fail(import, ROOF_INVALID, "it has no parameters");
}

bool roof_import_config(roof_import *import, roof_buffer *out)
{
    roof_json *document = NULL;
    if (import->bytes.length > ROOF_FILE_LIMIT)
        return roof_import_fail(import, ROOF_INVALID, "the file is too large for a configuration");
    import->code = roof_json_parse((const char *)import->bytes.data, import->bytes.length, import->file,
                                   import->report, &document, &import->error);
    if (import->code != ROOF_OK) return false;
    const roof_json_value *root = roof_json_root(document);
    roof_buffer body = ROOF_BUFFER_EMPTY;
    import->origin = *model_type_of(root) ? roof_arena_strdup(import->arena, model_type_of(root)) : NULL;
    bool good = write_keys(import, root, &body);
    roof_import_header(import, out);
    roof_buffer_append(out, roof_buffer_text(&body));
    if (body.failed) out->failed = true;
    roof_buffer_free(&body);
    good = good && write_reference(import, root, out);
    roof_json_free(document);
    return good;
}
