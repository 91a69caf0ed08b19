#include "cli/progress.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { BAR = 30 };

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

void cli_progress_begin(const cli_context *context, cli_progress *progress)
{
    *progress =
        (cli_progress){.wanted = !context->options.quiet && isatty(STDERR_FILENO), .begun_s = now_s()};
}

/* True once a second has passed. */
static bool is_due(const cli_progress *progress)
{
    return progress->wanted && now_s() - progress->begun_s >= 1;
}

static void draw(cli_progress *progress, double share, const char *count, const char *what)
{
    int full = (int)(BAR * (share < 1 ? share : 1));
    fprintf(stderr, "\r[%.*s%*s] %s %-24.24s", full, "##############################", BAR - full, "", count,
            what);
    fflush(stderr);
    progress->shown = true;
}

void cli_progress_show(cli_progress *progress, size_t done, size_t total, const char *what)
{
    char count[48];
    if (total == 0 || !is_due(progress)) return;
    snprintf(count, sizeof count, "%zu of %zu", done, total);
    draw(progress, (double)done / (double)total, count, what);
}

static void tell(void *data, double share)
{
    cli_progress *progress = data;
    char count[16];
    if (!is_due(progress)) return;
    snprintf(count, sizeof count, "%3.0f %%", 100 * share);
    draw(progress, share, count, progress->what);
}

const roof_progress *cli_progress_of(const cli_context *context, const char *what, cli_progress *progress)
{
    cli_progress_begin(context, progress);
    progress->what = what;
    progress->shares = (roof_progress){tell, progress};
    return progress->wanted ? &progress->shares : NULL;
}

void cli_progress_end(cli_progress *progress)
{
    if (progress->shown) fprintf(stderr, "\r%*s\r", BAR + 50, "");
    progress->shown = false;
}
