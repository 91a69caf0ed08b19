/* Readers of option values: each puts what it read into the options, or says what is wrong on stderr and
 * returns false. */
#ifndef CLI_OPTION_READERS_H
#define CLI_OPTION_READERS_H

#include "cli/options.h"

#define CLI_READERS(X) \
    X(acceptance) \
    X(activation_sparsity) \
    X(all) \
    X(claims) \
    X(batch) \
    X(bind) \
    X(by) \
    X(cache) \
    X(chip) \
    X(chips) \
    X(chunk) \
    X(color) \
    X(context) \
    X(coverage) \
    X(draft) \
    X(dump) \
    X(energy) \
    X(figures) \
    X(add) \
    X(check) \
    X(forget) \
    X(folds) \
    X(leave_out) \
    X(force) \
    X(format) \
    X(format_in_place) \
    X(help) \
    X(json) \
    X(layers) \
    X(precisions) \
    X(limit) \
    X(microbatches) \
    X(models) \
    X(models_folder) \
    X(node) \
    X(offload) \
    X(out) \
    X(over) \
    X(parallel) \
    X(pareto) \
    X(pareto_of) \
    X(per) \
    X(phase) \
    X(precision) \
    X(prompt) \
    X(quiet) \
    X(reverse) \
    X(sensitivity) \
    X(sort) \
    X(sparsity) \
    X(sparsity_kind) \
    X(specs) \
    X(speculate) \
    X(strict) \
    X(strong) \
    X(target) \
    X(term) \
    X(theme) \
    X(to) \
    X(top) \
    X(unfused) \
    X(unknown) \
    X(weak) \
    X(weights) \
    X(where) \
    X(with) \
    X(x) \
    X(y)

#define X(name) bool cli_read_##name(cli_options *options, const char *argument);
CLI_READERS(X)
#undef X

#endif
