#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/plot/gnuplot.h"
#include "chiproof/plot/script.h"
#include "cli/draw.h"

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

/* An interrupted drawing ends gnuplot and leaves no temporary file behind. */
static void catch_interrupts(void)
{
    struct sigaction action = {.sa_handler = on_interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
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

bool cli_choose_terminal(const cli_options *options, roof_terminal *terminal)
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

int cli_draw(const cli_context *context, const char *name, const roof_figure *figure, roof_terminal terminal)
{
    const cli_options *options = &context->options;
    char *style = NULL;
    roof_buffer script = ROOF_BUFFER_EMPTY;
    roof_error error;
    int status = EXIT_FAILED;
    if (!read_style(context, name, &style)) return EXIT_FAILED;
    roof_script_options how = {
        .terminal = terminal, .style = style, .ansi = context->style.color, .dark = options->dark};
    catch_interrupts();
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
