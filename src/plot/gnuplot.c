/* gnuplot at work in a folder of its own, and its drawings moved into place when they are whole. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "chiproof/base/text.h"
#include "chiproof/plot/gnuplot.h"
#include "plot.h"

#define SCRIPT_NAME "figure.gp"
#define ERRORS_NAME "stderr.txt"
enum { DRAWING_LIMIT = 64 << 20 };

static const roof_gnuplot_options DEFAULTS = {.program = NULL};

typedef struct roof_work {
    const roof_drawing *drawings;
    size_t count;
    const roof_gnuplot_options *options;
    char *folder; /* temporary */
} roof_work;

/* ---- names ---- */
static char *join(const char *folder, const char *name)
{
    roof_buffer path = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&path, "%s/%s", folder, name);
    return roof_buffer_take(&path);
}

static void drawing_name(char *name, size_t size, size_t index)
{
    snprintf(name, size, "drawing-%zu", index);
}

/* How much of a path is its folder, without the last slash; 0: none is named. */
static size_t folder_length(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? (size_t)(slash - path) : 0;
}

static char *folder_of(const char *target)
{
    size_t length = folder_length(target);
    if (length == 0) return strdup(target[0] == '/' ? "/" : ".");
    return strndup(target, length);
}

static bool same_folder(const char *a, const char *b)
{
    size_t length = folder_length(a);
    return length == folder_length(b) && (a[0] == '/') == (b[0] == '/') && strncmp(a, b, length) == 0;
}

/* ---- the temporary folder ---- */
/* With whatever was left in it; gnuplot makes no folders. */
static void remove_folder(const roof_work *work)
{
    if (!work->folder) return;
    DIR *folder = opendir(work->folder);
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0)
            unlinkat(dirfd(folder), entry->d_name, 0);
    if (folder) closedir(folder);
    rmdir(work->folder);
}

static roof_code make_folder(roof_work *work, const char *beside, roof_error *error)
{
    roof_code code = roof_file_make_folder(beside, error);
    if (code != ROOF_OK) return code;
    char *folder = join(beside, ".chiproof-XXXXXX");
    if (!folder) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
    if (!mkdtemp(folder)) {
        int number = errno;
        free(folder);
        return roof_fail(error, ROOF_IO, "cannot write into the folder %s: %s", beside, strerror(number));
    }
    work->folder = folder;
    return ROOF_OK;
}

static roof_code write_script(const roof_work *work, roof_error *error)
{
    roof_buffer script = ROOF_BUFFER_EMPTY;
    char name[40];
    for (size_t i = 0; i < work->count; i++) {
        drawing_name(name, sizeof name, i);
        roof_buffer_printf(&script, "roof_output = \"%s\"\n", name);
        roof_buffer_append(&script, work->drawings[i].script);
        roof_buffer_append(&script, "\nset output\n");
    }
    char *path = join(work->folder, SCRIPT_NAME);
    roof_code code = script.failed || !path
                         ? roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn")
                         : roof_file_write(path, script.data, script.length, error);
    free(path);
    roof_buffer_free(&script);
    return code;
}

/* ---- what gnuplot said ---- */
/* The line that names the place of the fault, else the first with words in it: gnuplot repeats the faulty
 * line and points at it before it complains, and warnings may stand before. */
static void first_words(const char *text, roof_buffer *out)
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const char *best = NULL, *line = text;
    while (line && *line) {
        size_t length = strcspn(line, "\n");
        bool wordy = strcspn(line, letters) < length;
        const char *warning = memmem(line, length, "warning:", 8);
        bool located = !warning && strncmp(line, "\"" SCRIPT_NAME "\"", strlen(SCRIPT_NAME) + 2) == 0;
        if (wordy && (!best || located)) best = line;
        if (located) break;
        line = line[length] ? line + length + 1 : NULL;
    }
    if (!best) return;
    char *copy = strndup(best, strcspn(best, "\n") < 400 ? strcspn(best, "\n") : 400);
    if (copy) roof_text_sanitize(out, copy);
    free(copy);
}

static void complaint(const roof_work *work, roof_buffer *out)
{
    char *path = join(work->folder, ERRORS_NAME), *bytes = NULL;
    size_t length = 0;
    if (path && roof_file_read(path, ROOF_FILE_LIMIT, &bytes, &length, NULL) == ROOF_OK)
        first_words(bytes, out);
    free(bytes);
    free(path);
}

static const char *program_of(const roof_work *work)
{
    return work->options->program && *work->options->program ? work->options->program : "gnuplot";
}

static double timeout_of(const roof_work *work)
{
    return work->options->timeout_s > 0 ? work->options->timeout_s : 30;
}

static roof_code cannot_start(const roof_work *work, int number, roof_error *error)
{
    const char *program = program_of(work);
    if (number == ENOENT)
        return roof_fail(error, ROOF_EXTERNAL,
                         "%s is not installed or not on the PATH (apt-get install gnuplot-nox)", program);
    return roof_fail(error, ROOF_EXTERNAL, "%s cannot be started: %s (apt-get install gnuplot-nox)", program,
                     strerror(number));
}

static roof_code judge_end(const roof_work *work, const roof_process_result *result, const char *said,
                           roof_error *error)
{
    const char *program = program_of(work), *colon = *said ? ": " : "";
    switch (result->end) {
    case ROOF_END_TIMEOUT:
        return roof_fail(error, ROOF_TIMEOUT, "%s did not finish within %g s and was ended%s%s", program,
                         timeout_of(work), colon, said);
    case ROOF_END_CANCELLED:
        return roof_fail(error, ROOF_EXTERNAL, "interrupted while %s was drawing", program);
    case ROOF_END_LOST: return roof_fail(error, ROOF_EXTERNAL, "it cannot be known how %s ended", program);
    case ROOF_END_SIGNAL:
        return roof_fail(error, ROOF_EXTERNAL, "%s was killed by signal %d (%s)%s%s", program, result->number,
                         strsignal(result->number), colon, said);
    case ROOF_END_EXIT: break;
    }
    if (result->number == 127 && !*said) return cannot_start(work, ENOENT, error);
    if (result->number != 0)
        return roof_fail(error, ROOF_EXTERNAL, "%s failed with exit code %d%s%s", program, result->number,
                         colon, said);
    return ROOF_OK;
}

/* How far gnuplot has come, by the files it has opened. */
static void tell_progress(void *data)
{
    const roof_work *work = data;
    char name[40];
    size_t begun = 0;
    for (; begun < work->count; begun++) {
        drawing_name(name, sizeof name, begun);
        char *path = join(work->folder, name);
        bool there = path && access(path, F_OK) == 0;
        free(path);
        if (!there) break;
    }
    work->options->progress(begun, work->count, work->options->data);
}

static roof_code run(roof_work *work, roof_error *error)
{
    static const char *const arguments[] = {"-d", SCRIPT_NAME, NULL};
    roof_process process = {.program = program_of(work),
                            .arguments = arguments,
                            .folder = work->folder,
                            .stderr_file = ERRORS_NAME,
                            .timeout_s = timeout_of(work),
                            .cancel = work->options->cancel,
                            .tick = work->options->progress ? tell_progress : NULL,
                            .data = work};
    roof_process_result result = {ROOF_END_LOST, 0};
    int number = roof_process_run(&process, &result);
    if (number) return cannot_start(work, number, error);
    roof_buffer said = ROOF_BUFFER_EMPTY;
    complaint(work, &said);
    roof_code code = judge_end(work, &result, roof_buffer_text(&said), error);
    roof_buffer_free(&said);
    return code;
}

/* ---- what gnuplot made ---- */
static bool is_space(char c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

static bool begins_with(int descriptor, const char *start)
{
    char head[32];
    size_t length = start ? strlen(start) : 0;
    return length == 0 ||
           (pread(descriptor, head, length, 0) == (ssize_t)length && memcmp(head, start, length) == 0);
}

static bool ends_with(int descriptor, off_t size, const char *end)
{
    char tail[64];
    size_t wanted = end ? strlen(end) : 0;
    if (wanted == 0) return true;
    off_t from = size > (off_t)sizeof tail ? size - (off_t)sizeof tail : 0;
    ssize_t got = pread(descriptor, tail, sizeof tail, from);
    while (got > 0 && is_space(tail[got - 1])) got--;
    return got >= (ssize_t)wanted && memcmp(tail + (size_t)got - wanted, end, wanted) == 0;
}

/* gnuplot ends well on a full disk and on an empty drawing: only the bytes can be believed. */
static roof_code check_drawing(const roof_work *work, size_t index, const char *path, roof_error *error)
{
    const roof_terminal_facts *terminal = roof_terminal_facts_of(work->drawings[index].terminal);
    const char *fault = NULL;
    struct stat facts;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (descriptor < 0 || fstat(descriptor, &facts) != 0 || !S_ISREG(facts.st_mode)) fault = "no drawing";
    else if (facts.st_size == 0) fault = "an empty drawing";
    else if (!begins_with(descriptor, terminal->begins) ||
             !ends_with(descriptor, facts.st_size, terminal->ends))
        fault = "an incomplete drawing (is the disk full?)";
    else if (fsync(descriptor) != 0 && errno != EINVAL) fault = "a drawing that cannot be stored";
    if (descriptor >= 0) close(descriptor);
    if (!fault) return ROOF_OK;
    roof_buffer said = ROOF_BUFFER_EMPTY;
    complaint(work, &said);
    roof_fail(error, ROOF_EXTERNAL, "%s reported success but left %s%s%s", program_of(work), fault,
              said.length ? ": " : "", roof_buffer_text(&said));
    roof_buffer_free(&said);
    return ROOF_EXTERNAL;
}

static roof_code check_all(const roof_work *work, roof_error *error)
{
    char name[40];
    roof_code code = ROOF_OK;
    for (size_t i = 0; i < work->count && code == ROOF_OK; i++) {
        drawing_name(name, sizeof name, i);
        char *path = join(work->folder, name);
        code = path ? check_drawing(work, i, path, error)
                    : roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
        free(path);
    }
    return code;
}

static roof_code move_all(const roof_work *work, size_t *drawn, roof_error *error)
{
    char name[40];
    for (size_t i = 0; i < work->count; i++) {
        drawing_name(name, sizeof name, i);
        char *path = join(work->folder, name);
        if (!path) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
        int failed = rename(path, work->drawings[i].target), number = errno;
        free(path);
        if (failed)
            return roof_fail(error, ROOF_IO, "cannot write %s: %s", work->drawings[i].target,
                             strerror(number));
        if (drawn) ++*drawn;
    }
    return ROOF_OK;
}

static roof_code draw_into(roof_work *work, const char *beside, roof_error *error)
{
    roof_code code = make_folder(work, beside, error);
    if (code == ROOF_OK) code = write_script(work, error);
    if (code == ROOF_OK) code = run(work, error);
    if (code == ROOF_OK) code = check_all(work, error);
    return code;
}

static void leave(roof_work *work)
{
    remove_folder(work);
    free(work->folder);
    work->folder = NULL;
}

/* All drawings of `work` go to one folder. */
static roof_code draw_folder(roof_work *work, size_t *drawn, roof_error *error)
{
    char *beside = folder_of(work->drawings[0].target);
    if (!beside) return roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
    roof_code code = draw_into(work, beside, error);
    if (code == ROOF_OK) code = move_all(work, drawn, error);
    leave(work);
    free(beside);
    return code;
}

roof_code roof_gnuplot_draw(const roof_drawing *drawings, size_t count, const roof_gnuplot_options *options,
                            size_t *drawn, roof_error *error)
{
    if (drawn) *drawn = 0;
    for (size_t i = 0; i < count; i++) {
        const char *target = drawings[i].target;
        if (!drawings[i].script || !target || !*target || target[strlen(target) - 1] == '/')
            return roof_fail(error, ROOF_INVALID, "a drawing needs a script and the name of a file to make");
    }
    roof_code code = ROOF_OK;
    for (size_t first = 0, next; first < count && code == ROOF_OK; first = next) {
        for (next = first + 1; next < count && same_folder(drawings[first].target, drawings[next].target);)
            next++;
        roof_work work = {drawings + first, next - first, options ? options : &DEFAULTS, NULL};
        code = draw_folder(&work, drawn, error);
    }
    return code;
}

/* The lines of a text drawing without the form feed before them and the blanks behind them. */
static void append_page(roof_buffer *out, const char *bytes, size_t length)
{
    const char *end = bytes + length;
    if (length && *bytes == '\f') bytes++;
    while (end > bytes && is_space(end[-1])) end--;
    while (bytes < end) {
        const char *stop = memchr(bytes, '\n', (size_t)(end - bytes)), *words = stop ? stop : end;
        const char *next = stop ? stop + 1 : end;
        while (words > bytes && is_space(words[-1])) words--;
        roof_buffer_append_bytes(out, bytes, (size_t)(words - bytes));
        roof_buffer_append_char(out, '\n');
        bytes = next;
    }
}

roof_code roof_gnuplot_draw_text(const char *script, roof_terminal terminal,
                                 const roof_gnuplot_options *options, roof_buffer *out, roof_error *error)
{
    const roof_drawing drawing = {script, terminal, ""};
    if (!script) return roof_fail(error, ROOF_INVALID, "a drawing needs a script");
    roof_work work = {&drawing, 1, options ? options : &DEFAULTS, NULL};
    char name[40], *path = NULL, *bytes = NULL;
    size_t length = 0;
    roof_code code = draw_into(&work, work.options->scratch ? work.options->scratch : "/tmp", error);
    drawing_name(name, sizeof name, 0);
    if (code == ROOF_OK) {
        path = join(work.folder, name);
        code = path ? roof_file_read(path, DRAWING_LIMIT, &bytes, &length, error)
                    : roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
    }
    if (code == ROOF_OK && terminal == ROOF_TERMINAL_DUMB) append_page(out, bytes, length);
    else if (code == ROOF_OK) roof_buffer_append_bytes(out, bytes, length);
    if (code == ROOF_OK && out->failed)
        code = roof_fail(error, ROOF_NO_MEMORY, "memory ran out while a figure was drawn");
    free(bytes);
    free(path);
    leave(&work);
    return code;
}
