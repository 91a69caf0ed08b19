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

void cli_progress_show(cli_progress *progress, size_t done, size_t total, const char *what)
{
    if (!progress->wanted || total == 0 || now_s() - progress->begun_s < 1) return;
    int full = (int)(BAR * (done < total ? done : total) / total);
    fprintf(stderr, "\r[%.*s%*s] %zu of %zu %-24.24s", full, "##############################", BAR - full, "",
            done, total, what);
    fflush(stderr);
    progress->shown = true;
}

void cli_progress_end(cli_progress *progress)
{
    if (progress->shown) fprintf(stderr, "\r%*s\r", BAR + 50, "");
    progress->shown = false;
}
