#include "cli/options.h"

#include <getopt.h>
#include <string.h>

#include "chiproof/base/text.h"

enum { FIRST_VALUE = 256 };

/* Fills getopt's tables from ours. */
static int fill_tables(const cli_command *command, const cli_option **all, struct option *longs, char *shorts)
{
    const cli_option *const *lists[] = {command->options, cli_common_options};
    int count = 0;
    *shorts++ = ':';
    for (int list = 0; list < 2; list++) {
        for (const cli_option *const *each = lists[list]; *each; each++) {
            longs[count] = (struct option){(*each)->name, (*each)->argument ? required_argument : no_argument,
                                           NULL, FIRST_VALUE + count};
            if ((*each)->letter) {
                *shorts++ = (*each)->letter;
                if ((*each)->argument) *shorts++ = ':';
            }
            all[count++] = *each;
        }
    }
    longs[count] = (struct option){0};
    *shorts = '\0';
    return count;
}

static const cli_option *chosen(const cli_option **all, int count, int value)
{
    if (value >= FIRST_VALUE) return all[value - FIRST_VALUE];
    for (int i = 0; i < count; i++)
        if (all[i]->letter == value) return all[i];
    return NULL;
}

static void complain(const cli_command *command, const cli_option **all, int count, const char *word)
{
    const char *names[CLI_PLACES];
    roof_buffer near = ROOF_BUFFER_EMPTY, clean = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < count; i++) names[i] = all[i]->name;
    roof_text_sanitize(&clean, word);
    if (strncmp(word, "--", 2) == 0 && roof_text_nearest(word + 2, names, (size_t)count, &near))
        cli_message("%s: unknown option \"%s\"; did you mean --%s? (chiproof %s --help)", command->name,
                    roof_buffer_text(&clean), roof_buffer_text(&near), command->name);
    else
        cli_message("%s: unknown option \"%s\" (chiproof %s --help)", command->name, roof_buffer_text(&clean),
                    command->name);
    roof_buffer_free(&near);
    roof_buffer_free(&clean);
}

static bool is_among(const cli_option *option, const cli_option *const *list)
{
    while (*list && *list != option) list++;
    return *list != NULL;
}

void cli_put_word(roof_buffer *out, const char *word)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%_-+=:,./";
    if (*word && word[strspn(word, plain)] == '\0') {
        roof_buffer_printf(out, " %s", word);
        return;
    }
    roof_buffer_append(out, " '");
    for (; *word; word++) /* a quote ends the quoted part, stands alone, and begins the next */
        if (*word == '\'') roof_buffer_append(out, "'\\''");
        else roof_buffer_append_char(out, *word);
    roof_buffer_append_char(out, '\'');
}

/* The question in words, for figures: how to ask it again. */
static void note_question(cli_options *options, const cli_option *option, const char *argument)
{
    if (is_among(option, cli_common_options) || is_among(option, cli_aside_options)) return;
    roof_buffer_printf(&options->question, " --%s", option->name);
    if (argument) cli_put_word(&options->question, argument);
}

static bool take_words(int argc, char **argv, cli_options *options)
{
    for (int i = optind; i < argc; i++) {
        if (options->word_count == CLI_WORDS) {
            cli_message("more than %d arguments", CLI_WORDS);
            return false;
        }
        options->words[options->word_count++] = argv[i];
    }
    return true;
}

bool cli_parse(const cli_command *command, int argc, char **argv, cli_options *options)
{
    const cli_option *all[CLI_PLACES];
    struct option longs[CLI_PLACES + 1];
    char shorts[2 * CLI_PLACES + 2];
    int count = fill_tables(command, all, longs, shorts), value;
    opterr = 0;
    while ((value = getopt_long(argc, argv, shorts, longs, NULL)) != -1) {
        if (value == ':') {
            cli_message("%s: %s needs a value (chiproof %s --help)", command->name, argv[optind - 1],
                        command->name);
            return false;
        }
        const cli_option *option = value == '?' ? NULL : chosen(all, count, value);
        if (!option) {
            complain(command, all, count, argv[optind - 1]);
            return false;
        }
        note_question(options, option, optarg); /* before it is read: reading cuts lists at their commas */
        if (!option->read(options, optarg)) return false;
    }
    return take_words(argc, argv, options);
}
