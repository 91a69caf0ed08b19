#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/json/json.h"
#include "cli/cli.h"

/* Says what is wrong with a name or its file: all findings of the file, or the one error. */
static void complain(const cli_context *context, const roof_report *report, const roof_error *error,
                     const char *list)
{
    roof_error said = *error;
    if (error->code == ROOF_UNKNOWN_NAME) {
        size_t length = strlen(said.message);
        snprintf(said.message + length, sizeof said.message - length, "   (chiproof list%s)", list);
    }
    if (report->errors > 1) cli_print_report(context, report);
    else cli_fail(context, &said);
}

roof_chip *cli_open_chip(cli_context *context, const char *name)
{
    return cli_inspect_chip(context, name, NULL);
}

roof_chip *cli_inspect_chip(cli_context *context, const char *name, roof_report *findings)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    roof_chip *chip = NULL;
    if (roof_chip_open(context->chips, name, &report, findings, &chip, &error) == ROOF_OK)
        cli_print_report(context, &report);
    else complain(context, &report, &error, "");
    roof_report_clear(&report);
    return chip;
}

roof_workload *cli_open_model(cli_context *context, const char *name)
{
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    roof_entry entry;
    roof_workload *workload = NULL;
    roof_bindings bindings = {context->options.bindings, context->options.binding_count};
    roof_code code = roof_catalogue_find(context->models, name, &entry, &error);
    if (code == ROOF_OK) code = roof_workload_import(entry.path, &bindings, &report, &workload, &error);
    if (code == ROOF_OK) {
        if (entry.shadows)
            roof_report_addf(&report, ROOF_GRADE_NOTE, ROOF_OK, "%s is yours and stands for the shipped %s",
                             entry.path, entry.id);
        cli_print_report(context, &report);
    } else {
        complain(context, &report, &error, " models");
    }
    roof_report_clear(&report);
    return workload;
}

bool cli_text_has_schema(const char *text, size_t length, const char *prefix)
{
    roof_json *document = NULL;
    const char *schema = NULL;
    if (roof_json_parse(text, length, "", NULL, &document, NULL) != ROOF_OK) return false;
    const roof_json_value *member = roof_json_get(roof_json_root(document), "schema");
    bool has = member && roof_json_string(member, &schema) && strncmp(schema, prefix, strlen(prefix)) == 0;
    roof_json_free(document);
    return has;
}

bool cli_text_is_model(const char *text, size_t length)
{
    return cli_text_has_schema(text, length, "chiproof/workload/");
}

bool cli_file_is_model(const char *path)
{
    char *text = NULL;
    size_t length = 0;
    if (roof_file_kind_at(path) != ROOF_FILE_WORKLOAD) return true;
    bool model = roof_file_read(path, ROOF_FILE_LIMIT, &text, &length, NULL) == ROOF_OK &&
                 cli_text_is_model(text, length);
    free(text);
    return model;
}
