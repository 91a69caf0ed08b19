#include "cli/draw.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/plot/script.h"
#include "chiproof/plot/stamps.h"

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

static bool no_memory(void)
{
    cli_message("no memory for the figures");
    return false;
}

/* ---- the terminal ---- */
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

/* An SVG keeps the characters for the reader's fonts; a text terminal would give each one cell of the two
 * that it takes, and TeX would need another engine. */
static bool needs_latin(roof_terminal terminal)
{
    switch (terminal) {
    case ROOF_TERMINAL_SVG:
    case ROOF_TERMINAL_CANVAS: return false;
    case ROOF_TERMINAL_DUMB:
    case ROOF_TERMINAL_TIKZ: return true;
    default: return !roof_fonts_have_cjk(NULL);
    }
}

/* What is shown in a terminal is as large as that; rows for the prompt are left. */
static void fit_to_screen(const cli_album *album, roof_script_options *how)
{
    struct winsize size = {0};
    bool known = isatty(STDOUT_FILENO) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0;
    if (album->terminal == ROOF_TERMINAL_DUMB) {
        how->width = album->context->style.width;
        how->height = known && size.ws_row > 14 ? size.ws_row - 2 : 32;
    } else if (album->terminal == ROOF_TERMINAL_SIXEL && known && size.ws_xpixel >= 240 &&
               size.ws_ypixel >= 200) {
        how->width = size.ws_xpixel < 2000 ? size.ws_xpixel : 2000;
        how->height = how->width * 5 / 8;
        if (how->height > size.ws_ypixel - 40) how->height = size.ws_ypixel - 40;
    }
}

/* ---- style ---- */
static bool append_file(const cli_context *context, const char *name, bool must, roof_buffer *out)
{
    roof_buffer path = ROOF_BUFFER_EMPTY;
    roof_error error;
    char *text = NULL;
    size_t length = 0;
    roof_buffer_printf(&path, "%s/plots/%s.gp", context->data_folder, name);
    bool there = roof_file_exists(roof_buffer_text(&path)), ok = there || !must;
    if (there || must)
        ok = roof_file_read(roof_buffer_text(&path), ROOF_FILE_LIMIT, &text, &length, &error) == ROOF_OK;
    if (text) roof_buffer_append_bytes(out, text, length);
    if (!ok) cli_fail(context, &error);
    free(text);
    roof_buffer_free(&path);
    return ok;
}

/* The style of all figures, and what one figure adds to it. */
static bool read_style(const cli_context *context, const char *figure, roof_buffer *style)
{
    if (!context->data_folder) return true;
    return append_file(context, "style", true, style) && append_file(context, figure, false, style);
}

/* ---- the album ---- */
bool cli_album_open(cli_context *context, cli_album *album)
{
    *album = (cli_album){.context = context};
    cli_progress_begin(context, &album->progress);
    catch_interrupts();
    if (!choose_terminal(&context->options, &album->terminal)) return false;
    album->latin = needs_latin(album->terminal);
    return true;
}

static bool add_sheet(cli_album *album, const char *name, roof_buffer *script)
{
    if (album->count == album->room) {
        size_t room = album->room ? album->room * 2 : 16;
        struct cli_sheet *more = realloc(album->sheets, room * sizeof *more);
        if (!more) return no_memory();
        album->sheets = more;
        album->room = room;
    }
    const char *extension = roof_terminal_extension(album->terminal);
    const char *folder = album->context->options.out ? album->context->options.out : "plots/out";
    roof_buffer target = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&target, "%s/%s.%s", folder, name, extension);
    struct cli_sheet sheet = {strdup(name), roof_buffer_take(script), roof_buffer_take(&target)};
    if (!*extension) {
        free(sheet.target);
        sheet.target = NULL;
    }
    album->sheets[album->count++] = sheet;
    return (sheet.name && sheet.script && (sheet.target || !*extension)) || no_memory();
}

bool cli_album_add(cli_album *album, const char *name, const roof_figure *figure)
{
    roof_buffer style = ROOF_BUFFER_EMPTY, script = ROOF_BUFFER_EMPTY;
    roof_error error;
    bool ok = read_style(album->context, name, &style);
    roof_script_options how = {.terminal = album->terminal,
                               .style = roof_buffer_text(&style),
                               .ansi = album->context->style.color,
                               .dark = album->context->options.dark};
    fit_to_screen(album, &how);
    if (ok && roof_script_write(figure, &how, &script, &error) != ROOF_OK) {
        cli_fail(album->context, &error);
        ok = false;
    }
    ok = ok && add_sheet(album, name, &script);
    roof_buffer_free(&script);
    roof_buffer_free(&style);
    return ok;
}

static void on_progress(size_t begun, size_t count, void *data)
{
    cli_album *album = data;
    /* Making the scripts was the first half. */
    cli_progress_show(&album->progress, album->count + begun, album->count + count, "drawing");
}

static roof_gnuplot_options gnuplot_options(cli_album *album)
{
    return (roof_gnuplot_options){.program = getenv("CHIPROOF_GNUPLOT"),
                                  .cancel = &interrupted,
                                  .progress = album->progress.wanted ? on_progress : NULL,
                                  .data = album};
}

static int print_scripts(const cli_album *album)
{
    int status = EXIT_DONE;
    for (size_t i = 0; i < album->count && status == EXIT_DONE; i++)
        status = cli_write(album->sheets[i].script, strlen(album->sheets[i].script));
    return status;
}

static int draw_to_screen(cli_album *album)
{
    roof_gnuplot_options options = gnuplot_options(album);
    int status = EXIT_DONE;
    for (size_t i = 0; i < album->count && status == EXIT_DONE; i++) {
        roof_buffer drawing = ROOF_BUFFER_EMPTY;
        roof_error error;
        if (i) roof_buffer_append_char(&drawing, '\n');
        if (roof_gnuplot_draw_text(album->sheets[i].script, album->terminal, &options, &drawing, &error) ==
            ROOF_OK)
            status = cli_write(roof_buffer_text(&drawing), drawing.length);
        else status = cli_fail(album->context, &error);
        roof_buffer_free(&drawing);
    }
    return status;
}

static void put_json(const cli_album *album, const bool *fresh, roof_json_writer *writer)
{
    roof_json_put_string(writer, "schema", "chiproof/plot/1");
    roof_json_open_array(writer, "figures");
    for (size_t i = 0; i < album->count; i++) {
        roof_json_open_object(writer, NULL);
        roof_json_put_string(writer, "figure", album->sheets[i].name);
        roof_json_put_string(writer, "file", album->sheets[i].target);
        roof_json_put_bool(writer, "redrawn", !fresh[i]);
        roof_json_close(writer);
    }
    roof_json_close(writer);
}

typedef struct drawn_files {
    const cli_album *album;
    const bool *fresh;
} drawn_files;

static void files_json(const void *result, roof_json_writer *writer)
{
    const drawn_files *files = result;
    put_json(files->album, files->fresh, writer);
}

static int print_paths(const cli_album *album, const bool *fresh)
{
    if (album->context->options.format == CLI_JSON)
        return cli_emit(album->context, &(cli_result){&(drawn_files){album, fresh}, NULL, NULL, files_json});
    roof_buffer text = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < album->count; i++) roof_buffer_printf(&text, "%s\n", album->sheets[i].target);
    int status = cli_write(roof_buffer_text(&text), text.length);
    roof_buffer_free(&text);
    return status;
}

/* Draws those that are not fresh, all in one gnuplot. */
static roof_code draw_stale(cli_album *album, roof_drawing *all, roof_drawing *stale, bool *fresh,
                            roof_error *error)
{
    size_t count = 0;
    roof_gnuplot_options options = gnuplot_options(album);
    for (size_t i = 0; i < album->count; i++)
        all[i] = (roof_drawing){album->sheets[i].script, album->terminal, album->sheets[i].target};
    roof_code code = roof_stamps_look(all, album->count, fresh, error);
    for (size_t i = 0; i < album->count; i++)
        if (!fresh[i]) stale[count++] = all[i];
    if (code == ROOF_OK) code = roof_gnuplot_draw(stale, count, &options, NULL, error);
    if (code == ROOF_OK) code = roof_stamps_write(stale, count, error);
    return code;
}

static int draw_to_files(cli_album *album)
{
    roof_drawing *drawings = calloc(2 * album->count + 1, sizeof *drawings);
    bool *fresh = calloc(album->count + 1, sizeof *fresh);
    roof_error error;
    int status = EXIT_FAILED;
    if (!drawings || !fresh) no_memory();
    else if (draw_stale(album, drawings, drawings + album->count, fresh, &error) == ROOF_OK) {
        cli_progress_end(&album->progress);
        status = print_paths(album, fresh);
    } else {
        cli_progress_end(&album->progress);
        status = cli_fail(album->context, &error);
    }
    free(drawings);
    free(fresh);
    return status;
}

int cli_album_finish(cli_album *album)
{
    if (album->context->options.dump) return print_scripts(album);
    return *roof_terminal_extension(album->terminal) ? draw_to_files(album) : draw_to_screen(album);
}

void cli_album_close(cli_album *album)
{
    cli_progress_end(&album->progress);
    for (size_t i = 0; i < album->count; i++) {
        free(album->sheets[i].name);
        free(album->sheets[i].script);
        free(album->sheets[i].target);
    }
    free(album->sheets);
}
