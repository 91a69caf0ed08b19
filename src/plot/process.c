/* One external program, run with nothing to read and a limit to its time. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "plot.h"

extern char **environ;

static bool is_setting_of(const char *entry, const char *name)
{
    size_t length = strlen(name);
    return strncmp(entry, name, length) == 0 && entry[length] == '=';
}

/* The environment with a fixed locale, so that numbers and messages are the same everywhere, and without a
 * terminal of the user's choice. Release with free. */
static char **make_environment(void)
{
    static char locale[] = "LC_ALL=C.UTF-8";
    size_t count = 0, kept = 0;
    while (environ && environ[count]) count++;
    char **copy = calloc(count + 2, sizeof *copy);
    if (!copy) return NULL;
    for (size_t i = 0; i < count; i++)
        if (!is_setting_of(environ[i], "LC_ALL") && !is_setting_of(environ[i], "LANGUAGE") &&
            !is_setting_of(environ[i], "GNUTERM"))
            copy[kept++] = environ[i];
    copy[kept] = locale;
    return copy;
}

/* A group of its own, so that a timeout ends its children too; default signals, none blocked. */
static int set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t none, defaults;
    sigemptyset(&none);
    sigemptyset(&defaults);
    const int usual[] = {SIGPIPE, SIGINT, SIGTERM, SIGHUP, SIGQUIT, SIGCHLD, SIGALRM};
    for (size_t i = 0; i < sizeof usual / sizeof *usual; i++) sigaddset(&defaults, usual[i]);
    int code = posix_spawnattr_setflags(
        attributes, (short)(POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF));
    if (!code) code = posix_spawnattr_setpgroup(attributes, 0);
    if (!code) code = posix_spawnattr_setsigmask(attributes, &none);
    if (!code) code = posix_spawnattr_setsigdefault(attributes, &defaults);
    return code;
}

static int set_files(posix_spawn_file_actions_t *actions, const roof_process *process)
{
    const int writing = O_WRONLY | O_CREAT | O_TRUNC;
    const char *out = process->stdout_file ? process->stdout_file : "/dev/null";
    const char *err = process->stderr_file ? process->stderr_file : "/dev/null";
    int code = process->folder ? posix_spawn_file_actions_addchdir_np(actions, process->folder) : 0;
    if (!code) code = posix_spawn_file_actions_addopen(actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    if (!code) code = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, out, writing, 0600);
    if (!code) code = posix_spawn_file_actions_addopen(actions, STDERR_FILENO, err, writing, 0600);
    return code;
}

/* An argument list for spawn, which does not change the strings but does not say so. Release with free. */
static char **make_arguments(const roof_process *process)
{
    size_t count = 0;
    while (process->arguments[count]) count++;
    char **list = calloc(count + 2, sizeof *list);
    if (!list) return NULL;
    memcpy(&list[0], &process->program, sizeof list[0]);
    for (size_t i = 0; i < count; i++) memcpy(&list[i + 1], &process->arguments[i], sizeof list[0]);
    return list;
}

static int start(const roof_process *process, const char *program, pid_t *child)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    int code = posix_spawn_file_actions_init(&actions);
    if (code) return code;
    code = posix_spawnattr_init(&attributes);
    if (code) {
        posix_spawn_file_actions_destroy(&actions);
        return code;
    }
    char **environment = make_environment(), **arguments = make_arguments(process);
    if (!environment || !arguments) code = ENOMEM;
    if (!code) code = set_attributes(&attributes);
    if (!code) code = set_files(&actions, process);
    if (!code) code = posix_spawnp(child, program, &actions, &attributes, arguments, environment);
    free(environment);
    free(arguments);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return code;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

/* 0 while it runs, 1 when it has ended (it still has to be taken), -1 when its end can no longer be known. */
static int look(pid_t child)
{
    siginfo_t seen = {0};
    if (waitid(P_PID, (id_t)child, &seen, WEXITED | WNOHANG | WNOWAIT) != 0) return errno == EINTR ? 0 : -1;
    return seen.si_pid == child;
}

/* Ends whatever is left of the group. The child is taken only then: until it is, its number cannot become
 * that of somebody else's process. */
static bool finish(pid_t child, int *status)
{
    pid_t taken;
    kill(-child, SIGKILL);
    do taken = waitpid(child, status, 0);
    while (taken < 0 && errno == EINTR);
    return taken == child;
}

/* Looks every few milliseconds: a wait with a limit that needs no signal handler and no descriptor. */
static roof_process_result wait_for(pid_t child, const roof_process *process)
{
    roof_process_result result = {ROOF_END_LOST, 0};
    int status = 0, seen;
    double limit = now_s() + process->timeout_s;
    const struct timespec pause = {0, 2000000};
    for (int turn = 1; (seen = look(child)) == 0; turn++) {
        if (process->tick && turn % 50 == 0) process->tick(process->data);
        bool cancelled = process->cancel && *process->cancel;
        if (cancelled || now_s() >= limit) {
            finish(child, &status);
            result.end = cancelled ? ROOF_END_CANCELLED : ROOF_END_TIMEOUT;
            return result;
        }
        nanosleep(&pause, NULL);
    }
    if (seen < 0 || !finish(child, &status)) return result;
    result.end = WIFEXITED(status) ? ROOF_END_EXIT : ROOF_END_SIGNAL;
    result.number = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
    return result;
}

int roof_process_run(const roof_process *process, roof_process_result *result)
{
    /* A relative path would be looked for in the folder the child works in. */
    char *absolute =
        process->folder && strchr(process->program, '/') ? realpath(process->program, NULL) : NULL;
    pid_t child = 0;
    int code = start(process, absolute ? absolute : process->program, &child);
    free(absolute);
    if (code == 0) *result = wait_for(child, process);
    return code;
}
