#include "cli/options.h"

#include <getopt.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/units/precision.h"

/* ---- readers ---- */

static bool read_format(cli_options *options, const char *argument)
{
    static const char *const names[] = {"table", "json", "csv", "md"};
    for (int i = 0; i < 4; i++) {
        if (strcmp(argument, names[i]) != 0) continue;
        options->format = (cli_format)i;
        return true;
    }
    cli_message("--format \"%s\": expected table, json, csv or md", argument);
    return false;
}

static bool read_color(cli_options *options, const char *argument)
{
    options->color = argument;
    if (strcmp(argument, "auto") == 0 || strcmp(argument, "always") == 0 || strcmp(argument, "never") == 0)
        return true;
    cli_message("--color \"%s\": expected auto, always or never", argument);
    return false;
}

static bool read_count(const char *name, const char *argument, double most, double *out)
{
    char *end = NULL;
    double value = strtod(argument, &end);
    if (end != argument && *end == '\0' && value >= 1 && value <= most && value == floor(value)) {
        *out = value;
        return true;
    }
    cli_message("--%s \"%s\": expected a whole number from 1 to %.0f", name, argument, most);
    return false;
}

static bool read_format_name(const char *name, const char *argument, bool *has, roof_precision *out)
{
    roof_error error;
    *has = true;
    if (roof_precision_parse(argument, out, &error) != ROOF_OK) {
        cli_message("--%s: %s", name, error.message);
        return false;
    }
    if (*out != ROOF_PRECISION_UNSTATED) return true;
    cli_message("--%s: nothing can be computed in a format that nobody names", name);
    return false;
}

static bool read_precision(cli_options *options, const char *argument)
{
    return read_format_name("precision", argument, &options->request.has_precision,
                            &options->request.precision);
}

static bool read_weights(cli_options *options, const char *argument)
{
    return read_format_name("weights", argument, &options->request.has_weights, &options->request.weights);
}

static bool read_cache(cli_options *options, const char *argument)
{
    return read_format_name("cache", argument, &options->request.has_cache, &options->request.cache);
}

static bool read_phase(cli_options *options, const char *argument)
{
    if (strcmp(argument, "prefill") == 0) options->request.phase = ROOF_PHASE_PREFILL;
    else if (strcmp(argument, "decode") == 0) options->request.phase = ROOF_PHASE_DECODE;
    else {
        cli_message("--phase \"%s\": expected prefill or decode", argument);
        return false;
    }
    return true;
}

static bool read_offload(cli_options *options, const char *argument)
{
    options->offload_host = options->request.offload_host = true;
    if (strcmp(argument, "host") == 0) return true;
    cli_message("--offload \"%s\": expected host", argument);
    return false;
}

/* "a,b,c" or one name; may be given again. The text stays borrowed from argv, cut at its commas. */
static bool read_models(cli_options *options, const char *argument)
{
    char *rest = (char *)(size_t)argument; /* argv is ours to change */
    for (char *name; (name = strsep(&rest, ","));) {
        if (!*name) continue;
        if (options->model_count == CLI_MODELS) {
            cli_message("--model: more than %d models", CLI_MODELS);
            return false;
        }
        options->models[options->model_count++] = name;
    }
    return true;
}

static bool read_theme(cli_options *options, const char *argument)
{
    options->dark = strcmp(argument, "dark") == 0;
    if (options->dark || strcmp(argument, "light") == 0) return true;
    cli_message("--theme \"%s\": expected light or dark", argument);
    return false;
}

/* "batch=1", "images.0=1"; cut at the last "=". */
static bool read_bind(cli_options *options, const char *argument)
{
    char *equals = (char *)(size_t)strrchr(argument, '='), *end = NULL; /* argv is ours to change */
    double value = equals ? strtod(equals + 1, &end) : -1;
    if (!equals || equals == argument || end == equals + 1 || *end ||
        !(value >= 0 && value <= 2147483647.0) || value != floor(value)) {
        cli_message("--bind \"%s\": expected NAME=N, a whole number", argument);
        return false;
    }
    if (options->binding_count == CLI_BINDINGS) {
        cli_message("--bind: more than %d sizes", CLI_BINDINGS);
        return false;
    }
    *equals = '\0';
    options->bindings[options->binding_count++] = (roof_binding){argument, value};
    return true;
}

static bool read_where(cli_options *options, const char *argument)
{
    if (options->where_count == CLI_FILTERS) {
        cli_message("--where: more than %d conditions", CLI_FILTERS);
        return false;
    }
    options->where[options->where_count++] = argument;
    return true;
}

static bool read_per(cli_options *options, const char *argument)
{
    static const roof_basis bases[] = {ROOF_BASIS_CHIP, ROOF_BASIS_CARD, ROOF_BASIS_WATT};
    for (size_t i = 0; i < sizeof bases / sizeof *bases; i++) {
        if (strcmp(argument, roof_basis_name(bases[i])) != 0) continue;
        options->per = bases[i];
        return true;
    }
    cli_message("--per \"%s\": expected chip, card or watt", argument);
    return false;
}

static bool read_by(cli_options *options, const char *argument)
{
    roof_error error;
    if (roof_measure_parse(argument, &options->by, &error) == ROOF_OK) return true;
    cli_message("--by %s", error.message);
    return false;
}

static bool read_top(cli_options *options, const char *argument)
{
    return read_count("top", argument, 1e6, &options->top);
}

static bool read_over(cli_options *options, const char *argument)
{
    options->over = strcmp(argument, "context") == 0 ? ROOF_SWEEP_CONTEXT : ROOF_SWEEP_BATCH;
    if (strcmp(argument, roof_sweep_name(options->over)) == 0) return true;
    cli_message("--over \"%s\": expected batch or context", argument);
    return false;
}

static bool read_limit(cli_options *options, const char *argument)
{
    return read_count("limit", argument, 1e6, &options->limit);
}

#define COUNT_READER(field, name, most) \
    static bool read_##field(cli_options *options, const char *argument) \
    { \
        return read_count(name, argument, most, &options->request.field); \
    }
COUNT_READER(batch, "batch", 1e6)
COUNT_READER(chips, "chips", 1e7)
COUNT_READER(prompt, "prompt", 1e8)
COUNT_READER(context, "context", 1e8)

#define TEXT_READER(field) \
    static bool read_##field(cli_options *options, const char *argument) \
    { \
        options->field = argument; \
        return true; \
    }
TEXT_READER(specs)
TEXT_READER(models_folder)
TEXT_READER(out)
TEXT_READER(term)
TEXT_READER(sort)

#define FLAG_READER(field) \
    static bool read_##field(cli_options *options, const char *argument) \
    { \
        (void)argument; \
        return options->field = true; \
    }
FLAG_READER(all)
FLAG_READER(quiet)
FLAG_READER(help)
FLAG_READER(layers)
FLAG_READER(strict)
FLAG_READER(dump)
FLAG_READER(coverage)
FLAG_READER(reverse)
FLAG_READER(force)
FLAG_READER(format_in_place)
FLAG_READER(pareto)

static bool read_json(cli_options *options, const char *argument)
{
    (void)argument;
    options->format = CLI_JSON;
    return true;
}

/* ---- the table ---- */

static const cli_option format = {"format", 0, "F", "table, json, csv or md (default: table)", read_format};
static const cli_option json = {"json", 0, NULL, "short for --format json", read_json};
static const cli_option specs = {"specs", 0, "DIR", "look for chips in DIR first", read_specs};
static const cli_option models = {"models", 0, "DIR", "look for models in DIR first", read_models_folder};
static const cli_option quiet = {"quiet", 'q', NULL, "no notes on stderr", read_quiet};
static const cli_option color = {"color", 0, "WHEN", "auto, always or never (default: auto)", read_color};
static const cli_option help = {"help", 'h', NULL, "this text", read_help};

static const cli_option model = {"model", 'm', "M[,M...]", "networks to run (default: a set of six)",
                                 read_models};
static const cli_option batch = {"batch", 'b', "N", "inferences or sequences at a time (default: 1)",
                                 read_batch};
static const cli_option precision = {"precision", 'p', "P", "int8, fp16, bf16... (default: the chip's first)",
                                     read_precision};
static const cli_option weights = {"weights", 0, "P",
                                   "weights in another format than is computed with: int4...", read_weights};
static const cli_option cache = {"cache", 0, "P", "KV cache in another format: fp8...", read_cache};
static const cli_option chips = {"chips", 'n', "N", "identical chips sharing the work (default: 1)",
                                 read_chips};
static const cli_option phase = {"phase", 0, "PHASE",
                                 "prefill or decode, for language models (default: decode)", read_phase};
static const cli_option prompt = {"prompt", 0, "N", "tokens of the prompt (default: 1024)", read_prompt};
static const cli_option context = {"context", 0, "N", "tokens in the cache when decoding (default: 1024)",
                                   read_context};
static const cli_option offload = {"offload", 0, "host",
                                   "stream weights over the host link if they fit nowhere", read_offload};
static const cli_option layers = {"layers", 0, NULL, "a line for each layer too", read_layers};
static const cli_option strict = {"strict", 0, NULL, "doubtful findings fail too", read_strict};
static const cli_option out = {"out", 'o', "DIR", "folder for the figures (default: plots/out)", read_out};
static const cli_option out_file = {"out", 'o', "FILE", "write the workload there (default: stdout)",
                                    read_out};
static const cli_option bind = {"bind", 0, "NAME=N",
                                "a size that a foreign network leaves open (may be given again)", read_bind};
static const cli_option term = {"term", 0, "T",
                                "svg, png, pdf... or dumb: draw in the terminal (default: svg)", read_term};
static const cli_option theme = {"theme", 0, "T", "light or dark (default: light)", read_theme};
static const cli_option dump = {"dump", 0, NULL, "print the gnuplot script instead of running it", read_dump};

static const cli_option where = {
    "where", 'w', "COND", "only chips for which it holds: 'tdp<=10W', vendor=Hailo, 'peak.int8>100TOPS'",
    read_where};
static const cli_option sort = {"sort", 's', "NAME", "order by a field, a peak, vendor, class, year...",
                                read_sort};
static const cli_option reverse = {"reverse", 'r', NULL, "the greatest first", read_reverse};
static const cli_option coverage = {"coverage", 0, NULL, "what is sourced, derived, unverified, missing",
                                    read_coverage};
static const cli_option per = {"per", 0, "BASIS", "put all on one basis: chip, card or watt", read_per};
static const cli_option by = {"by", 0, "MEASURE", "throughput, latency, per-watt or per-dollar", read_by};
static const cli_option top = {"top", 't', "N", "so many rows (default: 20; in JSON and CSV all)", read_top};
static const cli_option pareto = {"pareto", 0, NULL,
                                  "only chips that none outdoes in both throughput and power", read_pareto};
static const cli_option one_model = {"model", 'm', "M", "the network (must be given)", read_models};
static const cli_option over = {"over", 0, "AXIS", "batch, or context when decoding (default: batch)",
                                read_over};
static const cli_option limit = {
    "limit", 0, "N", "look from 1 to N (default: batch 4096; all the model's positions)", read_limit};
static const cli_option format_in_place = {
    "format-in-place", 0, NULL, "rewrite spec files in their canonical layout", read_format_in_place};
static const cli_option all_rows = {"all", 0, NULL, "every measurement, not only each chip's summary",
                                    read_all};
static const cli_option force = {"force", 0, NULL, "replace a file that is there", read_force};

const cli_option *const cli_common_options[] = {&format, &json, &specs, &models, &quiet, &color, &help, NULL};
const cli_option *const cli_no_options[] = {NULL};
const cli_option *const cli_run_options[] = {&batch,  &precision, &weights, &cache, &chips, &phase,
                                             &prompt, &context,   &offload, &bind,  NULL};
const cli_option *const cli_explain_options[] = {&batch,  &precision, &weights, &cache,  &chips, &phase,
                                                 &prompt, &context,   &offload, &layers, &bind,  NULL};
const cli_option *const cli_compare_options[] = {&model,   &per,   &batch, &precision, &weights,
                                                 &cache,   &chips, &phase, &prompt,    &context,
                                                 &offload, &bind,  NULL};
const cli_option *const cli_audit_options[] = {&all_rows, NULL};
const cli_option *const cli_crossover_options[] = {
    &one_model, &over, &limit, &batch, &precision, &chips, &phase, &prompt, &context, &offload, &bind, NULL};
const cli_option *const cli_import_options[] = {&bind, &out_file, NULL};
const cli_option *const cli_list_options[] = {&where, &sort, &reverse, &coverage, NULL};
const cli_option *const cli_new_options[] = {&force, NULL};
const cli_option *const cli_rank_options[] = {&by,    &where,  &top,     &pareto,  &batch, &precision, &chips,
                                              &phase, &prompt, &context, &offload, &bind,  NULL};
const cli_option *const cli_show_options[] = {&batch, &precision, &phase, &prompt, &context, &bind, NULL};
const cli_option *const cli_validate_options[] = {&strict, &format_in_place, &bind, NULL};
const cli_option *const cli_plot_options[] = {&model,   &batch, &precision, &chips, &phase, &prompt,
                                              &context, &out,   &term,      &theme, &dump,  NULL};

/* ---- the parser ---- */

enum { FIRST_VALUE = 256 };

/* Fills getopt's tables from ours. */
static int fill_tables(const cli_command *command, const cli_option **all, struct option *longs, char *shorts)
{
    const cli_option *const *lists[] = {command->options, cli_common_options};
    int count = 0;
    *shorts++ = ':';
    for (int list = 0; list < 2; list++) {
        for (const cli_option *const *each = lists[list]; *each; each++) {
            longs[count] = (struct option){(*each)->name, (*each)->argument ? required_argument : no_argument,
                                           NULL, FIRST_VALUE + count};
            if ((*each)->letter) {
                *shorts++ = (*each)->letter;
                if ((*each)->argument) *shorts++ = ':';
            }
            all[count++] = *each;
        }
    }
    longs[count] = (struct option){0};
    *shorts = '\0';
    return count;
}

static const cli_option *chosen(const cli_option **all, int count, int value)
{
    if (value >= FIRST_VALUE) return all[value - FIRST_VALUE];
    for (int i = 0; i < count; i++)
        if (all[i]->letter == value) return all[i];
    return NULL;
}

static void complain(const cli_command *command, const cli_option **all, int count, const char *word)
{
    const char *names[CLI_PLACES];
    roof_buffer near = ROOF_BUFFER_EMPTY, clean = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < count; i++) names[i] = all[i]->name;
    roof_text_sanitize(&clean, word);
    if (strncmp(word, "--", 2) == 0 && roof_text_nearest(word + 2, names, (size_t)count, &near))
        cli_message("%s: unknown option \"%s\"; did you mean --%s? (chiproof %s --help)", command->name,
                    roof_buffer_text(&clean), roof_buffer_text(&near), command->name);
    else
        cli_message("%s: unknown option \"%s\" (chiproof %s --help)", command->name, roof_buffer_text(&clean),
                    command->name);
    roof_buffer_free(&near);
    roof_buffer_free(&clean);
}

static bool take_words(int argc, char **argv, cli_options *options)
{
    for (int i = optind; i < argc; i++) {
        if (options->word_count == CLI_WORDS) {
            cli_message("more than %d arguments", CLI_WORDS);
            return false;
        }
        options->words[options->word_count++] = argv[i];
    }
    return true;
}

bool cli_parse(const cli_command *command, int argc, char **argv, cli_options *options)
{
    const cli_option *all[CLI_PLACES];
    struct option longs[CLI_PLACES + 1];
    char shorts[2 * CLI_PLACES + 2];
    int count = fill_tables(command, all, longs, shorts), value;
    opterr = 0;
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == ':') {
            cli_message("%s: %s needs a value (chiproof %s --help)", command->name, argv[optind - 1],
                        command->name);
            return false;
        }
        const cli_option *option = value == '?' ? NULL : chosen(all, count, value);
        if (!option) {
            complain(command, all, count, argv[optind - 1]);
            return false;
        }
        if (!option->read(options, optarg)) return false;
    }
    return take_words(argc, argv, options);
}
