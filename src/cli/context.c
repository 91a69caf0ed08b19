/* Where chips, models and plot styles are found, and how the terminal wants its text. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/file.h"
#include "cli/cli.h"

enum { FOLDERS = 64 };

typedef struct folder_list {
    roof_folder items[FOLDERS];
    char *owned[FOLDERS];
    size_t count;
} folder_list;

/* The last places are the XDG data home's and the program's own. */
static void add_folder(folder_list *list, bool shipped, const char *base, const char *below)
{
    char *path = NULL;
    if (list->count == FOLDERS || asprintf(&path, "%s%s%s", base, below[0] ? "/" : "", below) < 0) return;
    list->owned[list->count] = path;
    list->items[list->count++] = (roof_folder){path, shipped};
}

/* The folder that holds specs/: the program's own, or share/chiproof beside its bin. NULL if neither is
 * there. */
static char *find_data_folder(void)
{
    static const char *const places[] = {"", "/../share/chiproof", "/../.."};
    char program[4096];
    ssize_t length = readlink("/proc/self/exe", program, sizeof program - 1);
    if (length <= 0) return NULL;
    program[length] = '\0';
    char *slash = strrchr(program, '/');
    if (!slash) return NULL;
    *slash = '\0';
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        char *folder = NULL, *specs = NULL;
        if (asprintf(&folder, "%s%s", program, places[i]) < 0) return NULL;
        bool found = asprintf(&specs, "%s/specs", folder) >= 0 && roof_file_exists(specs);
        free(specs);
        if (found) return folder;
        free(folder);
    }
    return NULL;
}

/* The search path for "specs" or "models", first match wins. */
static void fill_list(const cli_context *context, const char *kind, const char *first, folder_list *list)
{
    const char *path = getenv("CHIPROOF_PATH"), *xdg = getenv("XDG_DATA_HOME"), *home = getenv("HOME");
    if (first) add_folder(list, false, first, "");
    char *copy = path ? strdup(path) : NULL, *rest = copy;
    for (char *each; rest && (each = strsep(&rest, ":"));)
        if (*each && list->count < FOLDERS - 2) add_folder(list, false, each, kind);
    free(copy);
    char below[64];
    snprintf(below, sizeof below, "chiproof/%s", kind);
    if (xdg && xdg[0] == '/') add_folder(list, false, xdg, below);
    else if (home && home[0] == '/') {
        snprintf(below, sizeof below, ".local/share/chiproof/%s", kind);
        add_folder(list, false, home, below);
    }
    if (context->data_folder) add_folder(list, true, context->data_folder, kind);
}

void cli_each_folder(const cli_context *context, const char *kind, const char *below,
                     void (*each)(const char *path, void *data), void *data)
{
    folder_list list = {0};
    bool models = strcmp(kind, "models") == 0;
    const char *first = models ? context->options.models_folder : context->options.specs;
    if (first) add_folder(&list, false, first, below);
    fill_list(context, kind, NULL, &list);
    for (size_t i = 0; i < list.count; i++) {
        each(list.items[i].path, data);
        free(list.owned[i]);
    }
}

static bool open_catalogue(const cli_context *context, const char *kind, const char *what, const char *first,
                           roof_catalogue **out)
{
    folder_list list = {0};
    roof_error error;
    fill_list(context, kind, first, &list);
    bool ok = roof_catalogue_new(what, list.items, list.count, out, &error) == ROOF_OK;
    if (!ok) cli_message("%s", error.message);
    for (size_t i = 0; i < list.count; i++) free(list.owned[i]);
    return ok;
}

static bool is_folder(const char *option, const char *path)
{
    struct stat status;
    if (!path || (stat(path, &status) == 0 && S_ISDIR(status.st_mode))) return true;
    cli_message("--%s %s: no such folder", option, path);
    return false;
}

static roof_style find_style(const cli_options *options)
{
    roof_style style = {false, 100};
    struct winsize size;
    bool terminal = isatty(STDOUT_FILENO);
    const char *columns = getenv("COLUMNS"), *none = getenv("NO_COLOR"), *kind = getenv("TERM");
    if (terminal && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        style.width = size.ws_col;
    else if (columns && atoi(columns) > 0) style.width = atoi(columns);
    if (style.width < 40) style.width = 40;
    bool wanted = terminal && !(none && none[0]) && !(kind && strcmp(kind, "dumb") == 0);
    if (options->color && strcmp(options->color, "always") == 0) wanted = true;
    if (options->color && strcmp(options->color, "never") == 0) wanted = false;
    style.color = wanted;
    return style;
}

/* A file of the first folder that has it: 1 read, 0 not there, -1 faulty after messages. */
typedef struct technology_file {
    cli_context *context;
    const char *name;
    int found;
} technology_file;

static void read_technology(const char *folder, void *data)
{
    technology_file *file = data;
    char *path = NULL;
    if (file->found || asprintf(&path, "%s/%s", folder, file->name) < 0) return;
    if (roof_file_exists(path)) {
        roof_report report = ROOF_REPORT_EMPTY;
        roof_code code = roof_technology_load(path, &file->context->technology, &report, NULL);
        file->found = code == ROOF_OK ? 1 : -1;
        cli_print_report(file->context, &report);
        if (code != ROOF_OK && !report.errors) cli_message("%s cannot be read", path);
        roof_report_clear(&report);
    }
    free(path);
}

bool cli_context_read_technology(cli_context *context)
{
    static const char *const names[] = {"process-nodes.tsv", "operation-energy.tsv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        technology_file file = {context, names[i], 0};
        cli_each_folder(context, "specs", "", read_technology, &file);
        if (!file.found) cli_message("no %s stands beside the chips", names[i]);
        if (file.found != 1) return false;
    }
    context->options.request.technology = &context->technology;
    return true;
}

bool cli_context_open(cli_context *context)
{
    const cli_options *options = &context->options;
    context->style = find_style(options);
    context->data_folder = find_data_folder();
    return is_folder("specs", options->specs) && is_folder("models", options->models_folder) &&
           open_catalogue(context, "specs", "chip", options->specs, &context->chips) &&
           open_catalogue(context, "models", "model", options->models_folder, &context->models) &&
           (options->request.energy != ROOF_ENERGY_DYNAMIC || cli_context_read_technology(context));
}

void cli_context_close(cli_context *context)
{
    roof_catalogue_free(context->chips);
    roof_catalogue_free(context->models);
    roof_technology_free(&context->technology);
    roof_calibration_free(context->calibration);
    free(context->data_folder);
    roof_buffer_free(&context->options.question);
}
