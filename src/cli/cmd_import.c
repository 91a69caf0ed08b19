#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/workload/import.h"
#include "cli/cli.h"

static int deliver(const cli_context *context, const char *text)
{
    const char *out = context->options.out;
    roof_error error;
    if (!out || strcmp(out, "-") == 0) return cli_write(text, strlen(text));
    if (roof_file_write(out, text, strlen(text), &error) != ROOF_OK) return cli_fail(context, &error);
    roof_buffer line = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&line, "%s\n", out);
    int status = cli_write(roof_buffer_text(&line), line.length);
    roof_buffer_free(&line);
    return status;
}

int cmd_import(cli_context *context)
{
    roof_bindings bindings = {context->options.bindings, context->options.binding_count};
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    char *text = NULL;
    int status = EXIT_FAILED;
    if (roof_import_file(context->options.words[0], &bindings, &report, &text, &error) == ROOF_OK) {
        cli_print_report(context, &report);
        status = deliver(context, text);
    } else {
        if (report.errors > 1) cli_print_report(context, &report);
        else cli_fail(context, &error);
    }
    roof_report_clear(&report);
    free(text);
    return status;
}
