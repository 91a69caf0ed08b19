#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/figures/roofline.h"
#include "chiproof/plot/gnuplot.h"
#include "chiproof/plot/script.h"
#include "cli/runs.h"

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* "chiproof 0.1.0: plot roofline hailo-8 metis" */
static void footer_text(const cli_context *context, roof_buffer *out)
{
    roof_buffer_printf(out, "chiproof %s: chiproof plot", CHIPROOF_VERSION);
    for (int i = 0; i < context->options.word_count; i++)
        roof_buffer_printf(out, " %s", context->options.words[i]);
    roof_buffer_append(out, ". Bounds from published figures, not predictions.");
}

static bool read_style(const cli_context *context, const char *figure, char **style)
{
    roof_buffer path = ROOF_BUFFER_EMPTY;
    roof_error error;
    size_t length = 0;
    *style = NULL;
    if (!context->data_folder) return true;
    roof_buffer_printf(&path, "%s/plots/%s.gp", context->data_folder, figure);
    bool ok = roof_file_read(roof_buffer_text(&path), ROOF_FILE_LIMIT, style, &length, &error) == ROOF_OK;
    if (!ok) cli_fail(context, &error);
    roof_buffer_free(&path);
    return ok;
}

static bool choose_terminal(const cli_options *options, roof_terminal *terminal)
{
    *terminal = ROOF_TERMINAL_SVG;
    if (!options->term || roof_terminal_find(options->term, terminal)) return true;
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest(options->term, roof_terminal_names(), ROOF_TERMINAL_COUNT, &near))
        cli_message("--term \"%s\": did you mean %s?", options->term, roof_buffer_text(&near));
    else cli_message("--term \"%s\": expected svg, png, pdf, dumb, sixel, canvas or tikz", options->term);
    roof_buffer_free(&near);
    return false;
}

static int draw_to_screen(const cli_context *context, const char *script, roof_terminal terminal,
                          const roof_gnuplot_options *options)
{
    roof_buffer drawing = ROOF_BUFFER_EMPTY;
    roof_error error;
    int status;
    if (roof_gnuplot_draw_text(script, terminal, options, &drawing, &error) == ROOF_OK)
        status = cli_write(roof_buffer_text(&drawing), drawing.length);
    else status = cli_fail(context, &error);
    roof_buffer_free(&drawing);
    return status;
}

static int draw_to_file(const cli_context *context, const char *name, const char *script,
                        roof_terminal terminal, const roof_gnuplot_options *options)
{
    const char *folder = context->options.out ? context->options.out : "plots/out";
    roof_buffer target = ROOF_BUFFER_EMPTY;
    roof_error error;
    roof_buffer_printf(&target, "%s/%s.%s", folder, name, roof_terminal_extension(terminal));
    roof_drawing drawing = {script, terminal, roof_buffer_text(&target)};
    int status = EXIT_DONE;
    if (target.failed) status = EXIT_FAILED;
    else if (roof_gnuplot_draw(&drawing, 1, options, NULL, &error) != ROOF_OK)
        status = cli_fail(context, &error);
    else {
        roof_buffer_append_char(&target, '\n');
        status = cli_write(roof_buffer_text(&target), target.length);
    }
    roof_buffer_free(&target);
    return status;
}

/* Writes the script of the figure and prints it, draws it on the screen, or into its file. */
static int draw(const cli_context *context, const char *name, const roof_figure *figure,
                roof_terminal terminal)
{
    const cli_options *options = &context->options;
    char *style = NULL;
    roof_buffer script = ROOF_BUFFER_EMPTY;
    roof_error error;
    int status = EXIT_FAILED;
    if (!read_style(context, name, &style)) return EXIT_FAILED;
    roof_script_options how = {.terminal = terminal,
                               .style = style,
                               .ansi = context->style.color,
                               .dark = options->theme && strcmp(options->theme, "dark") == 0};
    roof_gnuplot_options run = {.program = getenv("CHIPROOF_GNUPLOT"), .cancel = &interrupted};
    if (roof_script_write(figure, &how, &script, &error) != ROOF_OK) status = cli_fail(context, &error);
    else if (options->dump) status = cli_write(roof_buffer_text(&script), script.length);
    else if (!roof_terminal_extension(terminal)[0])
        status = draw_to_screen(context, script.data, terminal, &run);
    else status = draw_to_file(context, name, script.data, terminal, &run);
    roof_buffer_free(&script);
    free(style);
    return status;
}

static int plot_roofline(cli_context *context, roof_chip **chips, int chip_count, const cli_runs *runs,
                         roof_terminal terminal)
{
    size_t total = (size_t)chip_count * (size_t)runs->count;
    roof_prediction *predictions = calloc(total + 1, sizeof *predictions);
    roof_drawn_figure *drawn = NULL;
    roof_buffer footer = ROOF_BUFFER_EMPTY;
    roof_error error;
    int status = EXIT_FAILED;
    if (!predictions) {
        cli_message("no memory for the predictions");
        return EXIT_FAILED;
    }
    roof_precision common = roof_common_precision((const roof_chip *const *)chips, (size_t)chip_count);
    for (size_t i = 0; i < total; i++) {
        const roof_event *event = &runs->items[i % (size_t)runs->count];
        roof_request request = event->request;
        if (!request.has_precision && common != ROOF_PRECISION_COUNT) {
            request.has_precision = true;
            request.precision = common;
        }
        roof_predict(chips[i / (size_t)runs->count], event->workload, &request, &predictions[i]);
    }
    footer_text(context, &footer);
    if (roof_roofline_figure(predictions, (size_t)chip_count, (size_t)runs->count, roof_buffer_text(&footer),
                             &drawn, &error) != ROOF_OK)
        cli_fail(context, &error);
    else {
        const roof_figure *figure = roof_drawn_figure_of(drawn);
        status = draw(context, "roofline", figure, terminal);
    }
    roof_drawn_figure_free(drawn);
    roof_buffer_free(&footer);
    for (size_t i = 0; i < total; i++) roof_prediction_free(&predictions[i]);
    free(predictions);
    return status;
}

int cmd_plot(cli_context *context)
{
    const cli_options *options = &context->options;
    roof_chip *chips[CLI_WORDS];
    cli_runs runs = {.count = 0};
    roof_terminal terminal;
    int count = 0, status = EXIT_FAILED;
    if (strcmp(options->words[0], "roofline") != 0) {
        cli_message("no figure \"%s\"; there is roofline", options->words[0]);
        return EXIT_USAGE;
    }
    if (options->word_count < 2) {
        cli_message(
            "plot roofline: expected at least one chip; for example: chiproof plot roofline hailo-8 metis");
        return EXIT_USAGE;
    }
    if (!choose_terminal(options, &terminal)) return EXIT_USAGE;
    if (options->theme && strcmp(options->theme, "dark") != 0 && strcmp(options->theme, "light") != 0) {
        cli_message("--theme \"%s\": expected light or dark", options->theme);
        return EXIT_USAGE;
    }
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    if (cli_chips_open(context, 1, chips, &count) && cli_runs_open(context, &runs))
        status = plot_roofline(context, chips, count, &runs, terminal);
    cli_runs_close(&runs);
    cli_chips_close(chips, count);
    return status;
}
