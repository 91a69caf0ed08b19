#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/text.h"
#include "chiproof/out/findings.h"
#include "cli/cli.h"

void cli_message(const char *format, ...)
{
    roof_buffer text = ROOF_BUFFER_EMPTY, clean = ROOF_BUFFER_EMPTY;
    va_list arguments;
    va_start(arguments, format);
    roof_buffer_vprintf(&text, format, arguments);
    va_end(arguments);
    roof_text_sanitize(&clean, roof_buffer_text(&text));
    fprintf(stderr, "chiproof: %s\n", roof_buffer_text(&clean));
    roof_buffer_free(&text);
    roof_buffer_free(&clean);
}

int cli_write(const char *text, size_t length)
{
    if (fwrite(text, 1, length, stdout) == length && fflush(stdout) == 0) return EXIT_DONE;
    cli_message("the output could not be written: %s", strerror(errno));
    return EXIT_FAILED;
}

static int write_json(roof_json_writer *writer)
{
    char *text = NULL;
    roof_error error;
    if (roof_json_writer_text(writer, false, &text, &error) != ROOF_OK) {
        cli_message("%s", error.message);
        return EXIT_FAILED;
    }
    size_t length = strlen(text);
    text[length] = '\n'; /* takes the place of the terminator; the length is given */
    int status = cli_write(text, length + 1);
    free(text);
    return status;
}

static int emit_json(const cli_result *result)
{
    roof_json_writer *writer = roof_json_writer_new();
    if (writer) result->json(result->result, writer);
    int status = write_json(writer);
    roof_json_writer_free(writer);
    return status;
}

static int emit_page(const cli_context *context, const cli_result *result)
{
    cli_format format = context->options.format;
    roof_page *page = roof_page_new();
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_error error;
    (format == CLI_CSV ? result->grid : result->people)(result->result, page);
    roof_code code = format == CLI_CSV  ? roof_page_as_csv(page, &text, &error)
                     : format == CLI_MD ? roof_page_as_markdown(page, &text, &error)
                                        : roof_page_as_table(page, &context->style, &text, &error);
    int status = EXIT_FAILED;
    if (code == ROOF_OK) status = cli_write(roof_buffer_text(&text), text.length);
    else cli_message("%s", error.message);
    roof_buffer_free(&text);
    roof_page_free(page);
    return status;
}

int cli_emit(const cli_context *context, const cli_result *result)
{
    context->reply->answered = true;
    return context->options.format == CLI_JSON ? emit_json(result) : emit_page(context, result);
}

static void keep_failure(const cli_context *context, const roof_error *error)
{
    cli_reply *reply = context->reply;
    if (reply->failed) return;
    reply->failed = true;
    reply->failure = *error;
}

int cli_fail(const cli_context *context, const roof_error *error)
{
    roof_buffer text = ROOF_BUFFER_EMPTY;
    roof_finding_text(error, &text);
    cli_message("%s", roof_buffer_text(&text));
    roof_buffer_free(&text);
    keep_failure(context, error);
    return EXIT_FAILED;
}

void cli_reply_failure(const cli_context *context)
{
    const cli_reply *reply = context->reply;
    if (context->options.format != CLI_JSON || reply->answered) return;
    roof_json_writer *writer = roof_json_writer_new();
    roof_json_put_string(writer, "schema", "chiproof/error/1");
    roof_json_open_object(writer, "error");
    roof_json_put_string(writer, "code", reply->failed ? roof_code_name(reply->failure.code) : "failed");
    roof_json_put_string(writer, "message",
                         reply->failed ? reply->failure.message : "see the messages on stderr");
    roof_json_close(writer);
    write_json(writer);
    roof_json_writer_free(writer);
}

void cli_print_report(const cli_context *context, const roof_report *report)
{
    for (size_t i = 0; i < report->length; i++) {
        const roof_error *finding = &report->items[i];
        if (finding->grade == ROOF_GRADE_ERROR) keep_failure(context, finding);
        else if (context->options.quiet) continue;
        roof_buffer text = ROOF_BUFFER_EMPTY;
        roof_finding_text(finding, &text);
        if (finding->grade == ROOF_GRADE_ERROR) cli_message("%s", roof_buffer_text(&text));
        else cli_message("%s: %s", roof_grade_name(finding->grade), roof_buffer_text(&text));
        roof_buffer_free(&text);
    }
}
