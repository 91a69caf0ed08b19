/* The published measurements, and the chips and models that they speak of, opened when first asked for. */
#ifndef CLI_MEASURED_H
#define CLI_MEASURED_H

#include "chiproof/measure/measure.h"
#include "cli/cli.h"

/* Files by the id of their catalogue entry, each opened once. */
typedef struct cli_shelf {
    const roof_entry *entries;
    void **items;
    bool *tried;
    size_t count;
} cli_shelf;

/* Start with zeroes; release with cli_measured_close whatever became of it. */
typedef struct cli_measured {
    cli_context *context;
    roof_measures measures;
    roof_report faults;
    bool broken;
    cli_shelf chips, models;
    roof_report *checks; /* what the checks of opened chips find goes there; NULL: they are not made */
} cli_measured;

/* Nothing read yet. */
#define CLI_MEASURED_EMPTY(of) \
    { \
        .context = (of), .measures = ROOF_MEASURES_EMPTY, .faults = ROOF_REPORT_EMPTY \
    }

/* Reads every table of measurements. False after a message. */
bool cli_measured_open(cli_context *context, cli_measured *out);
/* Makes chips and models ready to be asked for; part of cli_measured_open. False after a message. */
bool cli_measured_shelves(cli_measured *measured);
void cli_measured_close(cli_measured *measured);

/* The chip or model with that id; NULL if there is none, or after a message if it cannot be read. */
const roof_chip *cli_measured_chip(cli_measured *measured, const char *id);
const roof_workload *cli_measured_model(cli_measured *measured, const char *id);

#endif
