/* Running gnuplot: hostile names, and a gnuplot that is missing, fails, hangs, dies or lies. Whatever
 * happens, an old figure stays whole and nothing is left behind. */
#include "assert_close.h"

#include <dirent.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/plot/gnuplot.h"
#include "chiproof/plot/script.h"

static char folder[64], fake[96], target[96];

static int make_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/chiproof-plot-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    snprintf(fake, sizeof fake, "%s/fake-gnuplot", folder);
    snprintf(target, sizeof target, "%s/out/figure.svg", folder);
    return 0;
}

static int remove_folder(void **state)
{
    (void)state;
    char command[160];
    snprintf(command, sizeof command, "chmod -R u+w %s && rm -r %s", folder, folder);
    return system(command);
}

static int files_in(const char *path)
{
    int count = 0;
    DIR *listing = opendir(path);
    for (struct dirent *entry; listing && (entry = readdir(listing));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    if (listing) closedir(listing);
    return count;
}

static void assert_file(const char *path, const char *want)
{
    char *bytes = NULL;
    size_t length = 0;
    assert_int_equal(roof_file_read(path, ROOF_FILE_LIMIT, &bytes, &length, NULL), ROOF_OK);
    assert_string_equal(bytes, want);
    free(bytes);
}

static char *script_of(const roof_figure *figure, roof_terminal terminal)
{
    roof_script_options options = {.terminal = terminal, .zoom = 1};
    roof_buffer out = ROOF_BUFFER_EMPTY;
    assert_int_equal(roof_script_write(figure, &options, &out, NULL), ROOF_OK);
    return roof_buffer_take(&out);
}

static const roof_point LINE[] = {ROOF_POINT(1, 1e12, "slope"), ROOF_POINT(100, 1e14, NULL),
                                  ROOF_POINT(1000, 1e14, "flat")};
static const roof_series SERIES[] = {{.label = "A", .points = LINE, .count = 3}};
static const roof_figure FIGURE = {
    .title = "Roofline",
    .x = {.label = "Intensity", .unit = "op/B", .scale = ROOF_SCALE_LOG},
    .y = {.label = "Performance", .unit = "OPS", .scale = ROOF_SCALE_LOG, .ticks = ROOF_TICKS_SI},
    .series = SERIES,
    .series_count = 1,
};

static roof_code draw(const roof_gnuplot_options *options, roof_error *error)
{
    char *script = script_of(&FIGURE, ROOF_TERMINAL_SVG);
    const roof_drawing drawing = {script, ROOF_TERMINAL_SVG, target};
    size_t drawn = 9;
    roof_code code = roof_gnuplot_draw(&drawing, 1, options, &drawn, error);
    assert_int_equal(drawn, code == ROOF_OK ? 1 : 0);
    free(script);
    return code;
}

/* ---- with the real program ---- */
static void a_figure_appears_and_nothing_else(void **state)
{
    (void)state;
    roof_error error;
    if (draw(NULL, &error) != ROOF_OK) fail_msg("%s", error.message);
    char out[96];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(files_in(out), 1);
    assert_int_equal(draw(NULL, NULL), ROOF_OK); /* and again, over itself */
    assert_int_equal(files_in(out), 1);
}

static void every_terminal_draws(void **state)
{
    (void)state;
    char paths[ROOF_TERMINAL_COUNT][128];
    roof_drawing drawings[ROOF_TERMINAL_COUNT];
    for (int i = 0; i < ROOF_TERMINAL_COUNT; i++) {
        snprintf(paths[i], sizeof paths[i], "%s/drawing.%s", folder, roof_terminal_name((roof_terminal)i));
        drawings[i] = (roof_drawing){script_of(&FIGURE, (roof_terminal)i), (roof_terminal)i, paths[i]};
    }
    roof_error error;
    size_t drawn = 0;
    if (roof_gnuplot_draw(drawings, ROOF_TERMINAL_COUNT, NULL, &drawn, &error) != ROOF_OK)
        fail_msg("%s", error.message);
    assert_int_equal(drawn, ROOF_TERMINAL_COUNT);
    for (int i = 0; i < ROOF_TERMINAL_COUNT; i++) {
        assert_true(roof_file_exists(paths[i]));
        free((void *)drawings[i].script);
    }
}

static void a_drawing_can_be_text(void **state)
{
    (void)state;
    char *script = script_of(&FIGURE, ROOF_TERMINAL_DUMB);
    roof_gnuplot_options options = {.scratch = folder};
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_error error;
    if (roof_gnuplot_draw_text(script, ROOF_TERMINAL_DUMB, &options, &out, &error) != ROOF_OK)
        fail_msg("%s", error.message);
    assert_contains(out.data, "Roofline");
    assert_contains(out.data, "Intensity (op/B)");
    assert_contains(out.data, "100 TOPS");
    assert_int_equal(files_in(folder), 0);
    roof_buffer_free(&out);
    free(script);
}

static void hostile_names_stay_names(void **state)
{
    (void)state;
    char trap[96], names[14][200], long_name[4097];
    snprintf(trap, sizeof trap, "%s/trap", folder);
    const char *const forms[] = {"`touch %s`",
                                 "'; system(\"touch %s\")",
                                 "\"; system(\"touch %s\") #",
                                 "a\n!touch %s\n",
                                 "EOD\n!touch %s",
                                 "|touch %s",
                                 "<touch %s",
                                 "'leading",
                                 "a' . system('touch %s') . '",
                                 "%%s %%n 50%% %s",
                                 "@x $y {z} ^2 _3 \\ %s",
                                 "\\\"; !touch %s",
                                 "\xE2\x80\xAE%s",
                                 "\xE5\xA2\xA8\xE8\x8A\xAF</title><script>alert(1)</script>%s"};
    memset(long_name, '`', sizeof long_name - 1);
    long_name[sizeof long_name - 1] = '\0';
    roof_point points[15];
    roof_tick ticks[15];
    roof_series series[15];
    for (int i = 0; i < 15; i++) {
        const char *name = long_name;
        if (i < 14) {
            snprintf(names[i], sizeof names[i], forms[i], trap);
            name = names[i];
        }
        points[i] = (roof_point){.x = i + 1, .y = i + 1, .label = name};
        ticks[i] = (roof_tick){i + 1, name};
        series[i] = (roof_series){
            .label = name, .kind = ROOF_SERIES_MARKS, .color = i, .points = &points[i], .count = 1};
    }
    roof_annotation note = {0.5, 0.5, true, ROOF_ALIGN_CENTER, names[0]};
    for (int i = 0; i < 15; i++) {
        const char *name = points[i].label;
        const roof_figure figure = {
            .title = name,
            .subtitle = name,
            .footer = name,
            .x = {.label = name, .unit = name, .ticks = ROOF_TICKS_NAMED, .names = ticks, .name_count = 15},
            .y = {.label = name, .unit = name, .ticks = ROOF_TICKS_SI},
            .series = series,
            .series_count = 15,
            .annotations = &note,
            .annotation_count = 1,
            .empty_reason = name};
        for (int t = 0; t < ROOF_TERMINAL_COUNT; t++) {
            char *script = script_of(&figure, (roof_terminal)t);
            roof_gnuplot_options options = {.scratch = folder};
            roof_buffer out = ROOF_BUFFER_EMPTY;
            roof_error error;
            if (roof_gnuplot_draw_text(script, (roof_terminal)t, &options, &out, &error) != ROOF_OK)
                fail_msg("%s, name %d: %s", roof_terminal_name((roof_terminal)t), i, error.message);
            if (t == ROOF_TERMINAL_SVG || t == ROOF_TERMINAL_CANVAS)
                assert_null(strstr(out.data, "<script>alert"));
            assert_int_equal(files_in(folder), 0); /* no trap has sprung */
            roof_buffer_free(&out);
            free(script);
        }
    }
}

static void a_target_may_have_any_name(void **state)
{
    (void)state;
    const char *const names[] = {"a b'c\"d`e`.svg", "|touch x",        "<x", "-d",
                                 "$HOME;x\n.svg",   "\xE5\xA2\xA8.svg"};
    char *script = script_of(&FIGURE, ROOF_TERMINAL_SVG);
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        char path[160];
        snprintf(path, sizeof path, "%s/odd '`\" folder/%s", folder, names[i]);
        const roof_drawing drawing = {script, ROOF_TERMINAL_SVG, path};
        roof_error error;
        if (roof_gnuplot_draw(&drawing, 1, NULL, NULL, &error) != ROOF_OK) fail_msg("%s", error.message);
        assert_true(roof_file_exists(path));
    }
    free(script);
}

/* ---- with a fake one ---- */
static void write_fake(const char *body)
{
    char text[600];
    int length = snprintf(text, sizeof text, "#!/bin/sh\n%s\n", body);
    assert_int_equal(roof_file_write(fake, text, (size_t)length, NULL), ROOF_OK);
    assert_int_equal(chmod(fake, 0755), 0);
}

static void old_target(void)
{
    char out[96];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(roof_file_make_folder(out, NULL), ROOF_OK);
    assert_int_equal(roof_file_write(target, "old figure", 10, NULL), ROOF_OK);
}

static void assert_refused(const char *program, double timeout_s, roof_code want, const char *part)
{
    old_target();
    roof_gnuplot_options options = {.program = program, .timeout_s = timeout_s};
    roof_error error;
    assert_int_equal(draw(&options, &error), want);
    assert_contains(error.message, part);
    assert_file(target, "old figure");
    char out[96];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(files_in(out), 1);
}

static void a_missing_gnuplot_is_named(void **state)
{
    (void)state;
    assert_refused("/nonexistent/gnuplot", 0, ROOF_EXTERNAL, "apt-get install gnuplot-nox");
    assert_refused("no-such-gnuplot-on-the-path", 0, ROOF_EXTERNAL,
                   "no-such-gnuplot-on-the-path is not installed");
    assert_refused(folder, 0, ROOF_EXTERNAL, "cannot be started");
}

static void a_failing_gnuplot_is_quoted(void **state)
{
    (void)state;
    write_fake("printf '\\n\\nplot x\\n     ^\\n\"figure.gp\" line 7: \\033[31mundefined variable: x\\n' "
               ">&2; exit 3");
    assert_refused(fake, 0, ROOF_EXTERNAL, "failed with exit code 3: \"figure.gp\" line 7: ");
    old_target();
    roof_gnuplot_options options = {.program = fake};
    roof_error error;
    draw(&options, &error);
    assert_null(strchr(error.message, '\033'));
    assert_contains(error.message, "undefined variable: x");
}

static void a_hanging_gnuplot_is_ended_with_its_children(void **state)
{
    (void)state;
    char body[200];
    snprintf(body, sizeof body, "(sleep 1; touch %s/late) & sleep 30", folder);
    write_fake(body);
    time_t start = time(NULL);
    assert_refused(fake, 0.2, ROOF_TIMEOUT, "did not finish within 0.2 s");
    assert_true(time(NULL) - start < 5);
    char late[96];
    snprintf(late, sizeof late, "%s/late", folder);
    sleep(2);
    assert_false(roof_file_exists(late));
}

static void a_lying_gnuplot_is_not_believed(void **state)
{
    (void)state;
    write_fake("exit 0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "reported success but left no drawing");
    write_fake(": >drawing-0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "left an empty drawing");
    write_fake("printf '<?xml version=\"1.0\"?><svg><g>' >drawing-0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "left an incomplete drawing");
    write_fake("printf 'words</svg>' >drawing-0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "left an incomplete drawing");
    write_fake("ln -s /etc/passwd drawing-0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "left no drawing");
    write_fake("mkfifo drawing-0");
    assert_refused(fake, 0, ROOF_EXTERNAL, "left no drawing");
}

static void a_dying_gnuplot_is_told_of(void **state)
{
    (void)state;
    write_fake("kill -SEGV $$");
    assert_refused(fake, 0, ROOF_EXTERNAL, "killed by signal 11");
}

static void gnuplot_gets_a_script_and_nothing_to_read(void **state)
{
    (void)state;
    write_fake("[ \"$1\" = -d ] && [ -s \"$2\" ] && [ \"$LC_ALL\" = C.UTF-8 ] && [ -z \"$GNUTERM\" ] && ! "
               "read -r line && "
               "printf '<?xml?></svg>\\n' >drawing-0");
    setenv("GNUTERM", "x11", 1);
    old_target();
    roof_gnuplot_options options = {.program = fake};
    roof_error error;
    if (draw(&options, &error) != ROOF_OK) fail_msg("%s", error.message);
    assert_file(target, "<?xml?></svg>\n");
    unsetenv("GNUTERM");
}

static void a_relative_program_is_found(void **state)
{
    (void)state;
    char before[512];
    assert_non_null(getcwd(before, sizeof before));
    write_fake("printf '<?xml?></svg>' >drawing-0");
    assert_int_equal(chdir(folder), 0);
    roof_gnuplot_options options = {.program = "./fake-gnuplot"};
    roof_code code = draw(&options, NULL);
    assert_int_equal(chdir(before), 0);
    assert_int_equal(code, ROOF_OK);
}

/* ---- signals, and targets that cannot be written ---- */
static volatile sig_atomic_t cancelled, ticks_seen;
static bool cancel_on_signal;

static void on_alarm(int number)
{
    (void)number;
    ticks_seen++;
    if (cancel_on_signal) cancelled = 1;
}

static void start_alarms(bool cancel)
{
    struct sigaction action = {.sa_handler = on_alarm}; /* no SA_RESTART: every call is interrupted */
    const struct itimerval often = {{0, 5000}, {0, 50000}}, once = {{0, 0}, {0, 100000}};
    cancelled = 0;
    ticks_seen = 0;
    cancel_on_signal = cancel;
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, cancel ? &once : &often, NULL);
}

static void stop_alarms(void)
{
    const struct itimerval none = {{0, 0}, {0, 0}};
    setitimer(ITIMER_REAL, &none, NULL);
    signal(SIGALRM, SIG_DFL);
}

static void interruptions_do_not_matter(void **state)
{
    (void)state;
    write_fake("sleep 0.3; printf '<?xml?></svg>' >drawing-0");
    old_target();
    roof_gnuplot_options options = {.program = fake};
    roof_error error;
    start_alarms(false);
    roof_code code = draw(&options, &error);
    stop_alarms();
    if (code != ROOF_OK) fail_msg("%s", error.message);
    assert_true(ticks_seen > 3);
}

static void a_caller_can_cancel(void **state)
{
    (void)state;
    write_fake("sleep 30");
    old_target();
    roof_gnuplot_options options = {.program = fake, .cancel = &cancelled};
    roof_error error;
    start_alarms(true);
    roof_code code = draw(&options, &error);
    stop_alarms();
    assert_int_equal(code, ROOF_EXTERNAL);
    assert_contains(error.message, "interrupted");
    assert_file(target, "old figure");
    char out[96];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(files_in(out), 1);
}

static void a_target_that_is_a_folder_is_refused(void **state)
{
    (void)state;
    assert_int_equal(roof_file_make_folder(target, NULL), ROOF_OK);
    roof_error error;
    assert_int_equal(draw(NULL, &error), ROOF_IO);
    assert_contains(error.message, "cannot write");
    char out[96];
    snprintf(out, sizeof out, "%s/out", folder);
    assert_int_equal(files_in(out), 1);
}

static void a_folder_that_cannot_be_written_is_refused(void **state)
{
    (void)state;
    roof_error error;
    char *script = script_of(&FIGURE, ROOF_TERMINAL_SVG);
    roof_drawing drawing = {script, ROOF_TERMINAL_SVG, "/proc/figure.svg"}; /* read-only even for root */
    assert_int_equal(roof_gnuplot_draw(&drawing, 1, NULL, NULL, &error), ROOF_IO);
    drawing.target = "";
    assert_int_equal(roof_gnuplot_draw(&drawing, 1, NULL, NULL, &error), ROOF_INVALID);
    drawing.target = "/tmp/";
    assert_int_equal(roof_gnuplot_draw(&drawing, 1, NULL, NULL, &error), ROOF_INVALID);
    free(script);
}

static void fonts_are_asked_for(void **state)
{
    (void)state;
    write_fake("[ \"$1\" = :lang=zh ] && echo /usr/share/fonts/some.ttf");
    assert_true(roof_fonts_have_cjk(fake));
    write_fake("exit 0");
    assert_false(roof_fonts_have_cjk(fake));
    assert_false(roof_fonts_have_cjk("no-such-fc-list"));
}

#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        IN_FOLDER(a_figure_appears_and_nothing_else),
        IN_FOLDER(every_terminal_draws),
        IN_FOLDER(a_drawing_can_be_text),
        IN_FOLDER(hostile_names_stay_names),
        IN_FOLDER(a_target_may_have_any_name),
        IN_FOLDER(a_missing_gnuplot_is_named),
        IN_FOLDER(a_failing_gnuplot_is_quoted),
        IN_FOLDER(a_hanging_gnuplot_is_ended_with_its_children),
        IN_FOLDER(a_lying_gnuplot_is_not_believed),
        IN_FOLDER(a_dying_gnuplot_is_told_of),
        IN_FOLDER(gnuplot_gets_a_script_and_nothing_to_read),
        IN_FOLDER(a_relative_program_is_found),
        IN_FOLDER(interruptions_do_not_matter),
        IN_FOLDER(a_caller_can_cancel),
        IN_FOLDER(a_target_that_is_a_folder_is_refused),
        IN_FOLDER(a_folder_that_cannot_be_written_is_refused),
        IN_FOLDER(fonts_are_asked_for),
    };
    return RUN_TESTS(tests);
}
