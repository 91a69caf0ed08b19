#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/figures/roofline.h"
#include "cli/draw.h"
#include "cli/runs.h"

/* One figure: how it is made from chips and runs. */
typedef struct cli_figure {
    const char *name;
    roof_code (*make)(const roof_prediction *predictions, size_t chip_count, size_t runs_per_chip,
                      const char *footer, roof_drawn_figure **out, roof_error *error);
} cli_figure;

static const cli_figure figures[] = {
    {"roofline", roof_roofline_figure},
};
enum { FIGURES = sizeof figures / sizeof *figures };

/* Drawn when no chip is named: one of each kind. */
static const char *const default_chips[] = {"hailo-8", "metis", "groqchip", "gc200", "wse-2"};
enum { DEFAULT_CHIPS = sizeof default_chips / sizeof *default_chips };

/* "chiproof 0.1.0: chiproof plot roofline hailo-8 metis" */
static void footer_text(const cli_context *context, roof_buffer *out)
{
    roof_buffer_printf(out, "chiproof %s: chiproof plot", CHIPROOF_VERSION);
    for (int i = 0; i < context->options.word_count; i++)
        roof_buffer_printf(out, " %s", context->options.words[i]);
    roof_buffer_append(out, ". Bounds from published figures, not predictions.");
}

static int draw_figure(const cli_context *context, const cli_figure *figure,
                       const roof_prediction *predictions, size_t chip_count, size_t runs_per_chip,
                       roof_terminal terminal)
{
    roof_drawn_figure *drawn = NULL;
    roof_buffer footer = ROOF_BUFFER_EMPTY;
    roof_error error;
    footer_text(context, &footer);
    roof_code code =
        figure->make(predictions, chip_count, runs_per_chip, roof_buffer_text(&footer), &drawn, &error);
    int status = code == ROOF_OK ? cli_draw(context, figure->name, roof_drawn_figure_of(drawn), terminal)
                                 : cli_fail(context, &error);
    roof_drawn_figure_free(drawn);
    roof_buffer_free(&footer);
    return status;
}

/* Every run on every chip, the runs of one chip together. */
static roof_prediction *predict_all(roof_chip **chips, size_t chip_count, const cli_runs *runs)
{
    size_t per_chip = (size_t)runs->count, total = chip_count * per_chip;
    roof_prediction *predictions = calloc(total + 1, sizeof *predictions);
    for (size_t i = 0; predictions && i < total; i++) {
        const roof_event *event = &runs->items[i % per_chip];
        roof_request request =
            roof_common_request((const roof_chip *const *)chips, chip_count, &event->request);
        roof_predict(chips[i / per_chip], event->workload, &request, &predictions[i]);
    }
    return predictions;
}

static int draw_wanted(const cli_context *context, const char *wanted, roof_chip **chips, size_t chip_count,
                       const cli_runs *runs, roof_terminal terminal)
{
    roof_prediction *predictions = predict_all(chips, chip_count, runs);
    int status = predictions ? EXIT_DONE : EXIT_FAILED;
    if (!predictions) cli_message("no memory for the predictions");
    for (size_t i = 0; status == EXIT_DONE && i < FIGURES; i++)
        if (strcmp(wanted, "all") == 0 || strcmp(wanted, figures[i].name) == 0)
            status =
                draw_figure(context, &figures[i], predictions, chip_count, (size_t)runs->count, terminal);
    for (size_t i = 0; predictions && i < chip_count * (size_t)runs->count; i++)
        roof_prediction_free(&predictions[i]);
    free(predictions);
    return status;
}

static bool is_figure(const char *name)
{
    const char *names[FIGURES + 1] = {"all"};
    roof_buffer near = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < FIGURES; i++) names[i + 1] = figures[i].name;
    for (size_t i = 0; i <= FIGURES; i++)
        if (strcmp(name, names[i]) == 0) return true;
    if (roof_text_nearest(name, names, FIGURES + 1, &near))
        cli_message("no figure \"%s\"; did you mean %s?", name, roof_buffer_text(&near));
    else cli_message("no figure \"%s\"; there is roofline, and all", name);
    roof_buffer_free(&near);
    return false;
}

int cmd_plot(cli_context *context)
{
    cli_options *options = &context->options;
    roof_chip *chips[CLI_WORDS];
    cli_runs runs = {.count = 0};
    roof_terminal terminal;
    int count = 0, status = EXIT_FAILED;
    const char *wanted = options->words[0];
    if (!is_figure(wanted) || !cli_choose_terminal(options, &terminal)) return EXIT_USAGE;
    if (options->word_count == 1)
        for (int i = 0; i < DEFAULT_CHIPS; i++) options->words[options->word_count++] = default_chips[i];
    if (cli_chips_open(context, 1, chips, &count) && cli_runs_open(context, &runs))
        status = draw_wanted(context, wanted, chips, (size_t)count, &runs, terminal);
    cli_runs_close(&runs);
    cli_chips_close(chips, count);
    return status;
}
