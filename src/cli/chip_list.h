/* The chips of the catalogue that --where lets through: what list and rank have in common. */
#ifndef CLI_CHIP_LIST_H
#define CLI_CHIP_LIST_H

#include "chiproof/chip/filter.h"
#include "cli/cli.h"

typedef struct cli_chip_list {
    roof_chip **chips;
    size_t count, unknown; /* unknown: left out because nothing is published that a filter asks for */
    roof_filter filters[CLI_FILTERS];
    int filter_count;
} cli_chip_list;

/* Reads the conditions. False after a message: wrong usage. */
bool cli_chip_list_conditions(const cli_options *options, cli_chip_list *list);
/* Opens every chip and keeps those for which the conditions hold; a file that cannot be read is a message,
 * and left out. False after a message. Release with cli_chip_list_close in either case. */
bool cli_chip_list_open(cli_context *context, cli_chip_list *list);
void cli_chip_list_close(cli_chip_list *list);
/* Says how many were left out for want of figures, unless --quiet. */
void cli_chip_list_say_unknown(const cli_context *context, const cli_chip_list *list);

const roof_chip *const *cli_chip_list_chips(const cli_chip_list *list);

#endif
