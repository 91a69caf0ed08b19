/* Readers of the options about zeros. */
#include <math.h>
#include <stdlib.h>

#include "cli/option_readers.h"

/* 0 to ROOF_SPARSITY_LIMIT. "90%" and "10x" are how others say 0.9. */
static bool read_share(const char *name, const char *argument, double *out)
{
    char *end = NULL;
    double value = strtod(argument, &end);
    if (end != argument && *end == '\0' && value >= 0 && value <= ROOF_SPARSITY_LIMIT) {
        *out = value;
        return true;
    }
    if (end != argument && *end == 'x' && end[1] == '\0' && value >= 1 && value <= 1024)
        cli_message("--%s \"%s\": expected the share of zeros; %.6gx is %.6g", name, argument, value,
                    1 - 1 / value);
    else if (end != argument && *end == '%' && end[1] == '\0' && value >= 0 &&
             value <= 100 * ROOF_SPARSITY_LIMIT)
        cli_message("--%s \"%s\": expected the share of zeros; %.6g %% is %.6g", name, argument, value,
                    value / 100);
    else
        cli_message("--%s \"%s\": expected the share of zeros, from 0 to %.6g", name, argument,
                    ROOF_SPARSITY_LIMIT);
    return false;
}

bool cli_read_sparsity(cli_options *options, const char *argument)
{
    return options->request.has_sparsity = read_share("sparsity", argument, &options->request.sparsity.zeros);
}

bool cli_read_activation_sparsity(cli_options *options, const char *argument)
{
    return read_share("activation-sparsity", argument, &options->request.activation_zeros);
}

bool cli_read_sparsity_kind(cli_options *options, const char *argument)
{
    roof_error error;
    if (roof_sparsity_kind_parse(argument, &options->request.sparsity.kind, &error) == ROOF_OK) return true;
    cli_message("--sparsity-kind %s", error.message);
    return false;
}

bool cli_read_unfused(cli_options *options, const char *argument)
{
    (void)argument;
    return options->request.unfused = true;
}
