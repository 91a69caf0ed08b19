/* What commands share. Only this layer prints, exits and reads the environment. */
#ifndef CLI_CLI_H
#define CLI_CLI_H

#include <stdbool.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/open.h"
#include "chiproof/compare/compare.h"
#include "chiproof/compare/crossover.h"
#include "chiproof/compare/rank.h"
#include "chiproof/efficiency/backtest.h"
#include "chiproof/json/catalogue.h"
#include "chiproof/json/writer.h"
#include "chiproof/measure/technology.h"
#include "chiproof/model/predict.h"
#include "chiproof/out/page.h"
#include "chiproof/workload/import.h"
#include "chiproof/workload/workload.h"

enum { EXIT_DONE = 0, EXIT_FAILED = 1, EXIT_USAGE = 2 };

typedef enum cli_format { CLI_TABLE, CLI_JSON, CLI_CSV, CLI_MD } cli_format;

enum { CLI_WORDS = 4096, CLI_MODELS = 32, CLI_PLACES = 64, CLI_FILTERS = 16, CLI_BINDINGS = 64 };

/* Every option of every command, as given; a command's table says which ones it takes. */
typedef struct cli_options {
    cli_format format;
    const char *add, *forget; /* calibrate: files of own results */
    const char *specs, *models_folder, *color, *out, *term, *sort;
    const char *where[CLI_FILTERS];
    int where_count;
    bool all;                            /* every row of an audit */
    bool claims;                         /* of an audit the claims only */
    bool left_out[ROOF_FOLD_KIND_COUNT]; /* what backtest leaves out in turn; none given: each */
    double folds;                        /* so many groups of it at a time; 0: one name at a time */
    bool check;                          /* calibrate: only whether it is up to date */
    bool quiet, help, version, layers, precisions, strict, dump, offload_host, coverage, reverse, force, dark,
        format_in_place;
    roof_basis per;
    roof_measure by;  /* what rank orders by */
    roof_stance with; /* and which figure of it */
    bool has_with;
    bool has_by;
    bool has_front_of; /* show the front of these two */
    roof_measure front_of[2];
    double top; /* rows of a ranking; 0: not given */
    bool pareto;
    roof_sweep over; /* what crossover goes along */
    double limit;    /* how far; 0: not given */
    const char *models[CLI_MODELS];
    int model_count;
    roof_binding bindings[CLI_BINDINGS]; /* sizes that a foreign file leaves open */
    size_t binding_count;
    roof_request request;
    const char *target, *chip, *unknown; /* what need solves */
    bool sensitivity;                    /* what explain explains */
    bool has_plan;                       /* --parallel was given */
    bool strong, weak;                   /* scaling */
    double to;                           /* chips, at most; 0: not given */
    double chunk;                        /* serve: tokens; 0: not given */
    const char *draft;                   /* serve: the model that proposes tokens */
    double proposed, acceptance;
    bool has_acceptance;
    double width;
    const char *x, *y;            /* the axes of a figure */
    bool figures;                 /* list them */
    roof_buffer question;         /* the options that say what is asked, as given */
    const char *words[CLI_WORDS]; /* what is not an option */
    int word_count;
} cli_options;

/* In JSON one object is the whole answer: a failure is kept until it is clear that nothing else comes. */
typedef struct cli_reply {
    bool answered, failed;
    roof_error failure; /* the first */
} cli_reply;

/* What a run of the program holds. */
typedef struct cli_context {
    cli_options options;
    cli_reply *reply;
    roof_catalogue *chips, *models;
    roof_technology technology; /* read only where something asks for it */
    char *data_folder;          /* of the tree or the installation: holds specs/, models/, plots/ */
    roof_style style;
    roof_calibration *calibration; /* see cli_calibration */
    bool calibration_tried;
} cli_context;

typedef struct cli_option cli_option;

typedef struct cli_command {
    const char *name;
    const char *arguments; /* "CHIP MODEL" */
    const char *summary;   /* one line */
    const char *examples[2];
    const cli_option *const *options; /* its own, NULL-terminated; the common ones go without saying */
    int least_words, most_words;
    int (*run)(cli_context *context);
} cli_command;

extern const cli_command cli_commands[];
extern const int cli_command_count;

const cli_command *cli_find_command(const char *name);

int cmd_audit(cli_context *context);
int cmd_backtest(cli_context *context);
int cmd_calibrate(cli_context *context);
int cmd_compare(cli_context *context);
int cmd_crossover(cli_context *context);
int cmd_explain(cli_context *context);
int cmd_help(cli_context *context);
int cmd_import(cli_context *context);
int cmd_list(cli_context *context);
int cmd_need(cli_context *context);
int cmd_new(cli_context *context);
int cmd_plot(cli_context *context);
int cmd_predict(cli_context *context);
int cmd_rank(cli_context *context);
int cmd_sensitivity(cli_context *context);
int cmd_scaling(cli_context *context);
int cmd_serve(cli_context *context);
int cmd_show(cli_context *context);
int cmd_sparsity(cli_context *context);
int cmd_validate(cli_context *context);

/* ---- context.c: where files are ---- */

/* Builds the catalogues from the options, CHIPROOF_PATH, the XDG data home and the place of the program.
 * False after a message if it cannot. */
bool cli_context_open(cli_context *context);
void cli_context_close(cli_context *context);
/* Reads the tables of process technology and puts them into the request; false after a message. */
bool cli_context_read_technology(cli_context *context);
/* Calls `each` with every folder where data of that kind ("specs/measured") may be, as names are looked up:
 * `below` the folder of --specs (of --models for "models"), then the others. They need not be there. */
void cli_each_folder(const cli_context *context, const char *kind, const char *below,
                     void (*each)(const char *path, void *data), void *data);

/* ---- lookup.c: names to things; each prints what is wrong and returns NULL ---- */

roof_chip *cli_open_chip(cli_context *context, const char *name);
/* The same; what the checks find goes to `findings`. */
roof_chip *cli_inspect_chip(cli_context *context, const char *name, roof_report *findings);
roof_workload *cli_open_model(cli_context *context, const char *name);

/* True if the file's "schema" is that of a workload; false for anything else and for what cannot be read. */
bool cli_file_is_model(const char *path);
bool cli_text_is_model(const char *text, size_t length);
/* True if the text is a JSON object whose "schema" begins like that. */
bool cli_text_has_schema(const char *text, size_t length, const char *prefix);

/* ---- calibration.c: the efficiency model ---- */

/* The calibration of the first folder of models that has one, read once; NULL if there is none or, after a
 * message, if it cannot be read: then there are bounds only. Borrowed. */
const roof_calibration *cli_calibration(cli_context *context);

/* ---- emit.c: results to stdout, messages to stderr ---- */

/* How a command shows its result in each format. `people` and `grid` fill a page; `json` fills an object. */
typedef struct cli_result {
    const void *result;
    void (*people)(const void *result, roof_page *page);
    void (*grid)(const void *result, roof_page *page);
    void (*json)(const void *result, roof_json_writer *writer);
} cli_result;

/* Renders in the format asked for and writes it to stdout. EXIT_DONE, or EXIT_FAILED after a message. */
int cli_emit(const cli_context *context, const cli_result *result);
/* Writes text to stdout; EXIT_FAILED after a message if it cannot be written whole. */
int cli_write(const char *text, size_t length);
/* Prints an error on stderr, and keeps it for cli_reply_failure. Returns EXIT_FAILED. */
int cli_fail(const cli_context *context, const roof_error *error);
/* With --json, if nothing was answered: the first failure as an object on stdout. */
void cli_reply_failure(const cli_context *context);
/* Prints findings on stderr, a line each: all with errors, else those that --quiet lets through. */
void cli_print_report(const cli_context *context, const roof_report *report);
/* A line on stderr: "chiproof: ...". */
void cli_message(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* ---- help.c ---- */

int cli_print_overview(void);
int cli_complain_overview(void); /* on stderr: EXIT_USAGE */
int cli_print_help(const cli_command *command);

#endif
