/* The table of options: their names, their help, and which commands take them. */
#include "cli/option_readers.h"

static const cli_option format = {"format", 0, "F", "table, json, csv or md (default: table)",
                                  cli_read_format};
static const cli_option json = {"json", 0, NULL, "short for --format json", cli_read_json};
static const cli_option specs = {"specs", 0, "DIR", "look for chips in DIR first", cli_read_specs};
static const cli_option models = {"models", 0, "DIR", "look for models in DIR first", cli_read_models_folder};
static const cli_option quiet = {"quiet", 'q', NULL, "no notes on stderr", cli_read_quiet};
static const cli_option color = {"color", 0, "WHEN", "auto, always or never (default: auto)", cli_read_color};
static const cli_option help = {"help", 'h', NULL, "this text", cli_read_help};

static const cli_option model = {"model", 'm', "M[,M...]", "networks to run (default: a set of six)",
                                 cli_read_models};
static const cli_option batch = {"batch", 'b', "N", "inferences or sequences at a time (default: 1)",
                                 cli_read_batch};
static const cli_option precision = {"precision", 'p', "P", "int8, fp16, bf16... (default: the chip's first)",
                                     cli_read_precision};
static const cli_option weights = {
    "weights", 0, "P", "weights in another format than is computed with: int4...", cli_read_weights};
static const cli_option cache = {"cache", 0, "P", "KV cache in another format: fp8...", cli_read_cache};
static const cli_option chips = {
    "chips", 'n', "N", "identical chips sharing the work, or fit: the fewest that hold it", cli_read_chips};
static const cli_option parallel = {
    "parallel", 0, "PLAN", "data, pipeline, tensor, best or ideal: no links counted (default: ideal)",
    cli_read_parallel};
static const cli_option microbatches = {"microbatches", 0, "N",
                                        "parts of the batch in a pipeline (default: as many as stages)",
                                        cli_read_microbatches};
static const cli_option phase = {"phase", 0, "PHASE",
                                 "prefill or decode, for language models (default: decode)", cli_read_phase};
static const cli_option prompt = {"prompt", 0, "N", "tokens of the prompt (default: 1024)", cli_read_prompt};
static const cli_option context = {"context", 0, "N", "tokens in the cache when decoding (default: 1024)",
                                   cli_read_context};
static const cli_option offload = {"offload", 0, "host",
                                   "stream weights over the host link if they fit nowhere", cli_read_offload};
static const cli_option energy = {
    "energy", 0, "BASIS", "power it is taken to draw: typical, tdp or dynamic (default: typical, else TDP)",
    cli_read_energy};
static const cli_option sparsity = {"sparsity", 0, "S",
                                    "share of zero weights: 0.9 (default: the workload's own, or none)",
                                    cli_read_sparsity};
static const cli_option sparsity_kind = {"sparsity-kind", 0, "KIND",
                                         "2:4, block or unstructured (default: what the chip skips best)",
                                         cli_read_sparsity_kind};
static const cli_option activation_sparsity = {"activation-sparsity", 0, "S",
                                               "share of zero activations, for chips that skip those",
                                               cli_read_activation_sparsity};
static const cli_option unfused = {"unfused", 0, NULL,
                                   "layers that do not multiply move their activations too (default: fused)",
                                   cli_read_unfused};
static const cli_option layers = {"layers", 0, NULL, "a line for each layer too", cli_read_layers};
static const cli_option precisions = {
    "precisions", 0, NULL, "the roofline of one chip at each of its precisions", cli_read_precisions};
static const cli_option strict = {"strict", 0, NULL, "doubtful findings fail too", cli_read_strict};
static const cli_option out = {"out", 'o', "DIR", "folder for the figures (default: plots/out)",
                               cli_read_out};
static const cli_option out_file = {"out", 'o', "FILE", "write the workload there (default: stdout)",
                                    cli_read_out};
static const cli_option bind = {
    "bind", 0, "NAME=N", "a size that a foreign network leaves open (may be given again)", cli_read_bind};
static const cli_option term = {
    "term", 0, "T", "svg, png, pdf... or dumb: draw in the terminal (default: svg)", cli_read_term};
static const cli_option theme = {"theme", 0, "T", "light or dark (default: light)", cli_read_theme};
static const cli_option dump = {"dump", 0, NULL, "print the gnuplot script instead of running it",
                                cli_read_dump};
static const cli_option x_axis = {
    "x", 0, "NAME", "what pareto has across: power, throughput, tdp, year, peak.int8, sram.capacity...",
    cli_read_x};
static const cli_option y_axis = {"y", 0, "NAME", "and upwards (default: throughput against power)",
                                  cli_read_y};
static const cli_option figures = {"list", 0, NULL, "the figures there are, and what they take",
                                   cli_read_figures};

static const cli_option where = {
    "where", 'w', "COND", "only chips for which it holds: 'tdp<=10W', vendor=Hailo, 'peak.int8>100TOPS'",
    cli_read_where};
static const cli_option sort = {"sort", 's', "NAME", "order by a field, a peak, vendor, class, year...",
                                cli_read_sort};
static const cli_option reverse = {"reverse", 'r', NULL, "the greatest first", cli_read_reverse};
static const cli_option coverage = {"coverage", 0, NULL, "what is sourced, derived, unverified, missing",
                                    cli_read_coverage};
static const cli_option per = {"per", 0, "BASIS", "put all on one basis: chip, card or watt", cli_read_per};
static const cli_option by = {
    "by", 0, "MEASURE",
    "throughput, latency, energy, per-watt, per-dollar, per-mm2, per-transistor or per-node-watt",
    cli_read_by};
static const cli_option node = {
    "node", 0, "NM", "bring power to one process node, as an estimate (default: 7)", cli_read_node};
static const cli_option pareto_of = {"pareto-of", 0, "A,B", "only the front of these two measures",
                                     cli_read_pareto_of};
static const cli_option with = {"with", 0, "FIGURE",
                                "bound, expected (p50) or sure (p10) (default: expected)", cli_read_with};
static const cli_option top = {"top", 't', "N", "so many rows (default: 20; in JSON and CSV all)",
                               cli_read_top};
static const cli_option pareto = {
    "pareto", 0, NULL, "only chips that none outdoes in both throughput and power", cli_read_pareto};
static const cli_option one_model = {"model", 'm', "M", "the network (must be given)", cli_read_models};
static const cli_option over = {
    "over", 0, "AXIS", "batch, context, sparsity, intensity or precision (default: batch)", cli_read_over};
static const cli_option limit = {
    "limit", 0, "N", "how far (default: batch 4096, sparsity 32; all the model's positions)", cli_read_limit};
static const cli_option target = {
    "target", 0, "T", "what is to be reached: 1000/s, 10ms, 'ttft<=200ms', 'tpot<=20ms'", cli_read_target};
static const cli_option sensitivity = {"sensitivity", 0, NULL, "how each figure moves the bound instead",
                                       cli_read_sensitivity};
static const cli_option chip = {"chip", 0, "CHIP", "of this chip (default: what any chip would need)",
                                cli_read_chip};
static const cli_option unknown = {"unknown", 0, "NAME",
                                   "solve for peak, chips, sram.capacity... (default: each in turn)",
                                   cli_read_unknown};
static const cli_option to = {"to", 0, "N", "chips, at most (default: the largest system published, or 64)",
                              cli_read_to};
static const cli_option strong = {"strong", 0, NULL, "the same batch on more chips (the default)",
                                  cli_read_strong};
static const cli_option weak = {"weak", 0, NULL, "a batch that grows with the chips", cli_read_weak};
static const cli_option scaling_plan = {
    "parallel", 0, "PLAN", "data, pipeline, tensor, best or ideal: no links counted (default: best)",
    cli_read_parallel};
static const cli_option users = {"batch", 'b', "N", "so many users at once (default: 1, 2, 4... that fit)",
                                 cli_read_batch};
static const cli_option after = {"context", 0, "N",
                                 "tokens in the cache when decoding (default: the prompt's, or 1024)",
                                 cli_read_context};
static const cli_option chunk = {"chunk", 0, "N", "tokens of a prompt a step (default: all at once, alone)",
                                 cli_read_chunk};
static const cli_option draft = {"draft", 0, "MODEL", "speculate: the model that proposes tokens",
                                 cli_read_draft};
static const cli_option speculate = {"speculate", 0, "K", "... how many at a time", cli_read_speculate};
static const cli_option acceptance = {"acceptance", 0, "A", "... the chance from 0 to 1 that one is accepted",
                                      cli_read_acceptance};
static const cli_option format_in_place = {
    "format-in-place", 0, NULL, "rewrite spec files in their canonical layout", cli_read_format_in_place};
static const cli_option all_rows = {
    "all", 0, NULL, "every measurement and claim, not only each chip's summary", cli_read_all};
static const cli_option claims = {"claims", 0, NULL, "the claims of the spec files only", cli_read_claims};
static const cli_option leave_out = {"leave-out", 0, "WHAT", "network, chip or vendor (default: each)",
                                     cli_read_leave_out};
static const cli_option folds = {"folds", 0, "N", "leave out N groups of names (default: one name at a time)",
                                 cli_read_folds};
static const cli_option check = {"check", 0, NULL, "only whether the calibration is up to date",
                                 cli_read_check};
static const cli_option add = {"add", 0, "FILE.csv", "keep your own results, for forecasts of their chips",
                               cli_read_add};
static const cli_option forget = {"forget", 0, "FILE.csv", "forget results added under that name",
                                  cli_read_forget};
static const cli_option calibration_file = {"out", 'o', "FILE",
                                            "write to FILE (default: models/calibration.json)", cli_read_out};
static const cli_option force = {"force", 0, NULL, "replace a file that is there", cli_read_force};

const cli_option *const cli_common_options[] = {&format, &json, &specs, &models, &quiet, &color, &help, NULL};
const cli_option *const cli_aside_options[] = {&out, &term, &theme, &dump, &figures, NULL};
const cli_option *const cli_no_options[] = {NULL};
/* What describes a run, for every command that answers for one. */
#define RUN_OPTIONS \
    &batch, &precision, &weights, &cache, &chips, &parallel, &microbatches, &phase, &prompt, &context, \
        &offload, &energy, &sparsity, &sparsity_kind, &activation_sparsity, &unfused, &bind

const cli_option *const cli_run_options[] = {RUN_OPTIONS, NULL};
const cli_option *const cli_explain_options[] = {RUN_OPTIONS, &layers, &target, &unknown, &sensitivity, NULL};
const cli_option *const cli_compare_options[] = {&model, &per, RUN_OPTIONS, NULL};
const cli_option *const cli_audit_options[] = {&claims, &all_rows, NULL};
const cli_option *const cli_backtest_options[] = {&leave_out, &folds, NULL};
const cli_option *const cli_calibrate_options[] = {&check, &add, &forget, &calibration_file, NULL};
const cli_option *const cli_crossover_options[] = {&one_model, &over, &limit, RUN_OPTIONS, NULL};
const cli_option *const cli_import_options[] = {&bind, &out_file, NULL};
const cli_option *const cli_list_options[] = {&where, &sort, &reverse, &coverage, NULL};
const cli_option *const cli_need_options[] = {&target, &chip, &unknown, &where, &top, RUN_OPTIONS, NULL};
const cli_option *const cli_new_options[] = {&force, NULL};
const cli_option *const cli_rank_options[] = {&by,        &with, &where,      &top, &pareto,
                                              &pareto_of, &node, RUN_OPTIONS, NULL};
const cli_option *const cli_scaling_options[] = {&to,      &strong,  &weak,         &batch,        &precision,
                                                 &weights, &cache,   &scaling_plan, &microbatches, &phase,
                                                 &prompt,  &context, &offload,      &bind,         NULL};
const cli_option *const cli_serve_options[] = {&prompt, &after,     &users,      &precision,    &weights,
                                               &cache,  &chips,     &parallel,   &microbatches, &chunk,
                                               &draft,  &speculate, &acceptance, &offload,      NULL};
const cli_option *const cli_show_options[] = {&batch, &precision, &phase, &prompt, &context, &bind, NULL};
const cli_option *const cli_validate_options[] = {&strict, &format_in_place, &bind, NULL};
const cli_option *const cli_plot_options[] = {&figures, &model,      &where,      &x_axis, &y_axis,
                                              &layers,  &precisions, RUN_OPTIONS, &out,    &term,
                                              &theme,   &dump,       NULL};
