/* Help texts, made from the tables of commands and options. */
#include <stdio.h>
#include <string.h>

#include "chiproof/base/buffer.h"
#include "cli/options.h"

static void append_options(roof_buffer *out, const cli_option *const *list)
{
    for (; *list; list++) {
        const cli_option *option = *list;
        char name[64];
        snprintf(name, sizeof name, "%s%s%s", option->name, option->argument ? " " : "",
                 option->argument ? option->argument : "");
        if (option->letter)
            roof_buffer_printf(out, "  -%c, --%-20s %s\n", option->letter, name, option->help);
        else roof_buffer_printf(out, "      --%-20s %s\n", name, option->help);
    }
}

static int print(roof_buffer *text)
{
    int status = text->failed ? EXIT_FAILED : cli_write(roof_buffer_text(text), text->length);
    roof_buffer_free(text);
    return status;
}

static void write_overview(roof_buffer *text)
{
    roof_buffer_append(text, "Chiproof compares AI chips by their spec sheets and says how fast a network "
                             "can run on them, and why.\n\n"
                             "  chiproof compare hailo-8 metis\n"
                             "  chiproof show groqchip\n\n"
                             "Commands (chiproof COMMAND --help says more):\n");
    for (int i = 0; i < cli_command_count; i++)
        roof_buffer_printf(text, "  %-9s %-24s %s\n", cli_commands[i].name, cli_commands[i].arguments,
                           cli_commands[i].summary);
    roof_buffer_append(text, "\nOptions of every command:\n");
    append_options(text, cli_common_options);
    roof_buffer_append(text,
                       "      --version              print the version\n\n"
                       "Chips and models are ids, aliases, or paths to JSON files. They are looked up in "
                       "--specs and --models, in\n"
                       "specs/ and models/ under each folder of CHIPROOF_PATH, under the XDG data home's "
                       "chiproof/, and in the\n"
                       "program's own catalogue. Exit status: 0 done, 1 failed or refused, 2 wrong usage.\n");
}

int cli_print_overview(void)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    write_overview(&text);
    return print(&text);
}

int cli_complain_overview(void)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    write_overview(&text);
    fputs(roof_buffer_text(&text), stderr);
    roof_buffer_free(&text);
    return EXIT_USAGE;
}

int cli_print_help(const cli_command *command)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&text, "  %s\n  %s\n\n", command->examples[0], command->examples[1]);
    roof_buffer_printf(&text, "chiproof %s %s [OPTIONS]: %s\n\n", command->name, command->arguments,
                       command->summary);
    append_options(&text, command->options);
    append_options(&text, cli_common_options);
    return print(&text);
}

int cmd_help(cli_context *context)
{
    if (context->options.word_count == 0) return cli_print_overview();
    const cli_command *command = cli_find_command(context->options.words[0]);
    if (command) return cli_print_help(command);
    cli_message("no command \"%s\"   (chiproof help)", context->options.words[0]);
    return EXIT_USAGE;
}
