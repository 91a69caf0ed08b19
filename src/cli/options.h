/* Options are a table: the parser and the help text are made from it. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "cli/cli.h"

struct cli_option {
    const char *name;     /* "batch" */
    char letter;          /* 'b', or 0 */
    const char *argument; /* "N", or NULL for a flag */
    const char *help;
    bool (*read)(cli_options *options, const char *argument); /* prints what is wrong and returns false */
};

/* The options that every command takes, NULL-terminated. */
extern const cli_option *const cli_common_options[];

/* Those that say where and how an answer is written, and are no part of the question. */
extern const cli_option *const cli_aside_options[];

/* Lists for the command table. */
extern const cli_option *const cli_no_options[];
extern const cli_option *const cli_run_options[]; /* predict */
extern const cli_option *const cli_explain_options[];
extern const cli_option *const cli_audit_options[];
extern const cli_option *const cli_backtest_options[];
extern const cli_option *const cli_calibrate_options[];
extern const cli_option *const cli_compare_options[];
extern const cli_option *const cli_crossover_options[];
extern const cli_option *const cli_import_options[];
extern const cli_option *const cli_list_options[];
extern const cli_option *const cli_need_options[];
extern const cli_option *const cli_new_options[];
extern const cli_option *const cli_rank_options[];
extern const cli_option *const cli_scaling_options[];
extern const cli_option *const cli_serve_options[];
extern const cli_option *const cli_show_options[];
extern const cli_option *const cli_validate_options[];
extern const cli_option *const cli_plot_options[];

/* Appends a space and the word as a shell takes it: bare, or in single quotes. */
void cli_put_word(roof_buffer *out, const char *word);

/* Reads the arguments after the command's name. False after a message. */
bool cli_parse(const cli_command *command, int argc, char **argv, cli_options *options);

#endif
