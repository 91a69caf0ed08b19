#include <locale.h>
#include <stdio.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "cli/cli.h"
#include "cli/options.h"

static int usage_of_command(const cli_command *command, int words)
{
    if (words > command->most_words && command->most_words > command->least_words)
        cli_message("%s: %d arguments, at most %d are taken: %s", command->name, words, command->most_words,
                    command->arguments);
    else
        cli_message("%s: expected %s", command->name,
                    command->arguments[0] ? command->arguments : "no arguments");
    cli_message("for example: %s", command->examples[0]);
    return EXIT_USAGE;
}

static int answer(const cli_command *command, cli_context *context)
{
    int words = context->options.word_count;
    if (context->options.help) return cli_print_help(command);
    if (words < command->least_words || words > command->most_words) return usage_of_command(command, words);
    return cli_context_open(context) ? command->run(context) : EXIT_FAILED;
}

static int run(const cli_command *command, int argc, char **argv)
{
    cli_reply reply = {0};
    cli_context context = {.reply = &reply};
    int status = cli_parse(command, argc, argv, &context.options) ? answer(command, &context) : EXIT_USAGE;
    if (status == EXIT_FAILED) cli_reply_failure(&context);
    cli_context_close(&context);
    return status;
}

static int unknown_command(const char *word)
{
    const char *names[64];
    roof_buffer near = ROOF_BUFFER_EMPTY, clean = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < cli_command_count; i++) names[i] = cli_commands[i].name;
    roof_text_sanitize(&clean, word);
    if (roof_text_nearest(word, names, (size_t)cli_command_count, &near))
        cli_message("no command \"%s\"; did you mean %s?   (chiproof help)", roof_buffer_text(&clean),
                    roof_buffer_text(&near));
    else cli_message("no command \"%s\"   (chiproof help)", roof_buffer_text(&clean));
    roof_buffer_free(&near);
    roof_buffer_free(&clean);
    return EXIT_USAGE;
}

int main(int argc, char **argv)
{
    /* Widths of characters need a UTF-8 locale; numbers stay as in C, so that output is the same everywhere.
     */
    if (!setlocale(LC_CTYPE, "") || strcmp(setlocale(LC_CTYPE, NULL), "C") == 0)
        setlocale(LC_CTYPE, "C.UTF-8");
    if (argc < 2) return cli_complain_overview();
    if (strcmp(argv[1], "--version") == 0) {
        static const char version[] = "chiproof " CHIPROOF_VERSION "\n";
        return cli_write(version, sizeof version - 1);
    }
    if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) return cli_print_overview();
    const cli_command *command = cli_find_command(argv[1]);
    return command ? run(command, argc - 1, argv + 1) : unknown_command(argv[1]);
}
