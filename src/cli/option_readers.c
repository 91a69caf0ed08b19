/* What stands behind each option's value. */
#include "cli/option_readers.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/units/precision.h"

bool cli_read_format(cli_options *options, const char *argument)
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

bool cli_read_color(cli_options *options, const char *argument)
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

bool cli_read_precision(cli_options *options, const char *argument)
{
    return read_format_name("precision", argument, &options->request.has_precision,
                            &options->request.precision);
}

bool cli_read_weights(cli_options *options, const char *argument)
{
    return read_format_name("weights", argument, &options->request.has_weights, &options->request.weights);
}

bool cli_read_cache(cli_options *options, const char *argument)
{
    return read_format_name("cache", argument, &options->request.has_cache, &options->request.cache);
}

bool cli_read_phase(cli_options *options, const char *argument)
{
    if (strcmp(argument, "prefill") == 0) options->request.phase = ROOF_PHASE_PREFILL;
    else if (strcmp(argument, "decode") == 0) options->request.phase = ROOF_PHASE_DECODE;
    else {
        cli_message("--phase \"%s\": expected prefill or decode", argument);
        return false;
    }
    return true;
}

bool cli_read_offload(cli_options *options, const char *argument)
{
    options->offload_host = options->request.offload_host = true;
    if (strcmp(argument, "host") == 0) return true;
    cli_message("--offload \"%s\": expected host", argument);
    return false;
}

/* "a,b,c" or one name; may be given again. The text stays borrowed from argv, cut at its commas. */
bool cli_read_models(cli_options *options, const char *argument)
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

bool cli_read_theme(cli_options *options, const char *argument)
{
    options->dark = strcmp(argument, "dark") == 0;
    if (options->dark || strcmp(argument, "light") == 0) return true;
    cli_message("--theme \"%s\": expected light or dark", argument);
    return false;
}

/* "batch=1", "images.0=1"; cut at the last "=". */
bool cli_read_bind(cli_options *options, const char *argument)
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

bool cli_read_where(cli_options *options, const char *argument)
{
    if (options->where_count == CLI_FILTERS) {
        cli_message("--where: more than %d conditions", CLI_FILTERS);
        return false;
    }
    options->where[options->where_count++] = argument;
    return true;
}

bool cli_read_per(cli_options *options, const char *argument)
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

bool cli_read_by(cli_options *options, const char *argument)
{
    roof_error error;
    options->has_by = true;
    if (roof_measure_parse(argument, &options->by, &error) == ROOF_OK) return true;
    cli_message("--by %s", error.message);
    return false;
}

bool cli_read_with(cli_options *options, const char *argument)
{
    roof_error error;
    options->has_with = true;
    if (roof_stance_parse(argument, &options->with, &error) == ROOF_OK) return true;
    cli_message("--with %s", error.message);
    return false;
}

bool cli_read_energy(cli_options *options, const char *argument)
{
    roof_error error;
    if (roof_energy_basis_parse(argument, &options->request.energy, &error) == ROOF_OK) return true;
    cli_message("--energy %s", error.message);
    return false;
}

/* "energy,throughput". */
bool cli_read_pareto_of(cli_options *options, const char *argument)
{
    roof_error error;
    char *rest = (char *)(size_t)argument; /* argv is ours to change */
    for (int i = 0; i < 2; i++) {
        const char *name = strsep(&rest, ",");
        if (!name || (i == 1) != !rest) {
            cli_message("--pareto-of: expected two measures, such as throughput,energy");
            return false;
        }
        if (roof_measure_parse(name, &options->front_of[i], &error) == ROOF_OK) continue;
        cli_message("--pareto-of %s", error.message);
        return false;
    }
    return options->has_front_of = true;
}

/* "7" or "7nm". */
bool cli_read_node(cli_options *options, const char *argument)
{
    char *end = NULL;
    double nm = strtod(argument, &end);
    if (end != argument && (*end == '\0' || strcmp(end, "nm") == 0) && nm > 0 && nm < 1e6) {
        options->request.node_m = nm * 1e-9;
        return true;
    }
    cli_message("--node \"%s\": expected a process node in nanometres, such as 7", argument);
    return false;
}

bool cli_read_top(cli_options *options, const char *argument)
{
    return read_count("top", argument, 1e6, &options->top);
}

bool cli_read_over(cli_options *options, const char *argument)
{
    for (int i = 0; i < ROOF_SWEEP_COUNT; i++) {
        if (strcmp(argument, roof_sweep_name((roof_sweep)i)) != 0) continue;
        options->over = (roof_sweep)i;
        return true;
    }
    cli_message("--over \"%s\": expected batch, context, sparsity, intensity or precision", argument);
    return false;
}

bool cli_read_limit(cli_options *options, const char *argument)
{
    return read_count("limit", argument, 1e6, &options->limit);
}

bool cli_read_to(cli_options *options, const char *argument)
{
    return read_count("to", argument, 1e7, &options->to);
}

bool cli_read_chunk(cli_options *options, const char *argument)
{
    return read_count("chunk", argument, 1e8, &options->chunk);
}

bool cli_read_speculate(cli_options *options, const char *argument)
{
    return read_count("speculate", argument, 1000, &options->proposed);
}

bool cli_read_acceptance(cli_options *options, const char *argument)
{
    char *end = NULL;
    options->acceptance = strtod(argument, &end);
    options->has_acceptance = true;
    if (end != argument && *end == '\0' && options->acceptance >= 0 && options->acceptance <= 1) return true;
    cli_message("--acceptance \"%s\": expected a share from 0 to 1", argument);
    return false;
}

#define COUNT_READER(field, name, most) \
    bool cli_read_##field(cli_options *options, const char *argument) \
    { \
        return read_count(name, argument, most, &options->request.field); \
    }
COUNT_READER(batch, "batch", 1e6)
COUNT_READER(microbatches, "microbatches", 1e6)
COUNT_READER(prompt, "prompt", 1e8)
COUNT_READER(context, "context", 1e8)

bool cli_read_chips(cli_options *options, const char *argument)
{
    options->request.fit_chips = strcmp(argument, "fit") == 0;
    return options->request.fit_chips || read_count("chips", argument, 1e7, &options->request.chips);
}

bool cli_read_parallel(cli_options *options, const char *argument)
{
    roof_error error;
    options->has_plan = true;
    if (roof_plan_parse(argument, &options->request.plan, &error) == ROOF_OK) return true;
    cli_message("--parallel %s", error.message);
    return false;
}

#define TEXT_READER(field) \
    bool cli_read_##field(cli_options *options, const char *argument) \
    { \
        options->field = argument; \
        return true; \
    }
TEXT_READER(specs)
TEXT_READER(models_folder)
TEXT_READER(out)
TEXT_READER(term)
TEXT_READER(sort)
TEXT_READER(target)
TEXT_READER(chip)
TEXT_READER(unknown)
TEXT_READER(x)
TEXT_READER(y)
TEXT_READER(draft)

#define FLAG_READER(field) \
    bool cli_read_##field(cli_options *options, const char *argument) \
    { \
        (void)argument; \
        return options->field = true; \
    }
FLAG_READER(all)
FLAG_READER(claims)
FLAG_READER(quiet)
FLAG_READER(help)
FLAG_READER(layers)
FLAG_READER(precisions)
FLAG_READER(strict)
FLAG_READER(sensitivity)
FLAG_READER(dump)
FLAG_READER(coverage)
FLAG_READER(reverse)
bool cli_read_leave_out(cli_options *options, const char *argument)
{
    for (int i = 0; i < ROOF_FOLD_KIND_COUNT; i++) {
        if (strcmp(argument, roof_fold_kind_name((roof_fold_kind)i)) != 0) continue;
        return options->left_out[i] = true;
    }
    cli_message("--leave-out \"%s\": expected network, chip or vendor", argument);
    return false;
}

bool cli_read_folds(cli_options *options, const char *argument)
{
    return read_count("folds", argument, 10000, &options->folds);
}

TEXT_READER(add)
TEXT_READER(forget)
FLAG_READER(check)
FLAG_READER(force)
FLAG_READER(format_in_place)
FLAG_READER(pareto)
FLAG_READER(figures)
FLAG_READER(strong)
FLAG_READER(weak)

bool cli_read_json(cli_options *options, const char *argument)
{
    (void)argument;
    options->format = CLI_JSON;
    return true;
}
