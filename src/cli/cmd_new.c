#include <string.h>

#include "chiproof/base/file.h"
#include "chiproof/chip/chip.h"
#include "cli/cli.h"

/* A spec that loads as it is. Keys that begin with "//" are comments: a line becomes a value when its "// "
 * is taken away. */
static const char template[] =
    "{\n"
    "  \"// how\": \"Fill in what the sheet says and take the '// ' away; leave out what it does not say. "
    "Then: chiproof validate %s.json\",\n"
    "  \"schema\": \"chiproof/chip/1\",\n"
    "  \"id\": \"%s\",\n"
    "  \"name\": \"%s\",\n"
    "  \"vendor\": \"unknown\",\n"
    "  \"level\": \"chip\",\n"
    "  \"// level\": \"chip, module, card, system or rack; of anything but a chip say what it is made "
    "of:\",\n"
    "  \"// contains\": {\"chip\": \"hailo-8\", \"count\": 4},\n"
    "  \"// class\": \"gpu, datacenter-asic, jetson, soc-npu, stream (weights stay on the chip) or cpu\",\n"
    "  \"// announced\": {\"value\": \"2026-05\", \"claim\": \"press\", \"source\": \"sheet\"},\n"
    "  \"// process\": {\n"
    "    \"node\": {\"value\": 7, \"unit\": \"nm\", \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"foundry\": {\"value\": \"TSMC\", \"claim\": \"vendor\", \"source\": \"sheet\"}\n"
    "  },\n"
    "  \"// peak, how\": \"one line for each precision; dense and sparse are different lines: \\\"dense\\\", "
    "or {\\\"kind\\\": \\\"2:4\\\", \\\"ratio\\\": 2}\",\n"
    "  \"// peak\": [\n"
    "    {\"value\": 26, \"unit\": \"TOPS\", \"precision\": \"int8\", \"sparsity\": \"dense\", \"claim\": "
    "\"vendor\", \"source\": \"sheet\"}\n"
    "  ],\n"
    "  \"// sram\": {\n"
    "    \"capacity\": {\"value\": 32, \"unit\": \"MiB\", \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"bandwidth\": {\"value\": 10, \"unit\": \"TB/s\", \"claim\": \"vendor\", \"source\": \"sheet\"}\n"
    "  },\n"
    "  \"// dram, how\": \"a chip without external memory says \\\"type\\\": {\\\"value\\\": \\\"none\\\", "
    "...} and nothing else\",\n"
    "  \"// dram\": {\n"
    "    \"type\": {\"value\": \"LPDDR5\", \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"capacity\": {\"value\": 16, \"unit\": \"GB\", \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"bandwidth\": {\"value\": 68, \"unit\": \"GB/s\", \"claim\": \"vendor\", \"source\": \"sheet\"}\n"
    "  },\n"
    "  \"// host\": {\n"
    "    \"generation\": {\"value\": 4, \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"lanes\": {\"value\": 4, \"claim\": \"vendor\", \"source\": \"sheet\"}\n"
    "  },\n"
    "  \"// power\": {\n"
    "    \"tdp\": {\"value\": 15, \"unit\": \"W\", \"claim\": \"vendor\", \"source\": \"sheet\"},\n"
    "    \"typical\": {\"value\": 8, \"unit\": \"W\", \"claim\": \"vendor\", \"source\": \"sheet\"}\n"
    "  },\n"
    "  \"// claims\": \"measured, vendor, paper, press, estimate, unverified; every other than unverified "
    "names a source\",\n"
    "  \"sources\": [\n"
    "    {\"id\": \"sheet\", \"title\": \"Data sheet of %s\"}\n"
    "  ]\n"
    "}\n";

/* The template with every "%s" replaced by the id. */
static void fill_in(const char *id, roof_buffer *out)
{
    for (const char *at = template; *at;) {
        const char *next = strstr(at, "%s");
        if (!next) {
            roof_buffer_append(out, at);
            return;
        }
        roof_buffer_append_bytes(out, at, (size_t)(next - at));
        roof_buffer_append(out, id);
        at = next + 2;
    }
}

/* An id is right if the file made from it loads. */
static bool check(const cli_context *context, const roof_buffer *text, const char *file)
{
    roof_chip *chip = NULL;
    roof_report report = ROOF_REPORT_EMPTY;
    roof_error error;
    bool ok = roof_chip_parse(roof_buffer_text(text), text->length, file, &report, &chip, &error) == ROOF_OK;
    if (!ok) cli_message("%s", error.message);
    (void)context;
    roof_chip_free(chip);
    roof_report_clear(&report);
    return ok;
}

int cmd_new(cli_context *context)
{
    const char *id = context->options.words[0];
    roof_buffer text = ROOF_BUFFER_EMPTY, path = ROOF_BUFFER_EMPTY;
    roof_error error;
    int status = EXIT_FAILED;
    fill_in(id, &text);
    roof_buffer_printf(&path, "%s.json", id);
    const char *file = roof_buffer_text(&path);
    if (strlen(id) > 64 || strpbrk(id, "/\"\\")) {
        cli_message("\"%s\": an id is made of a-z, 0-9, '-' and '.', and begins with a letter or digit", id);
        status = EXIT_USAGE;
    } else if (!check(context, &text, file)) {
        status = EXIT_USAGE;
    } else if (roof_file_exists(file) && !context->options.force) {
        cli_message("%s is there already (--force replaces it)", file);
    } else if (roof_file_write(file, roof_buffer_text(&text), text.length, &error) != ROOF_OK) {
        cli_fail(context, &error);
    } else {
        roof_buffer_append_char(&path, '\n');
        status = cli_write(roof_buffer_text(&path), path.length);
        cli_message("fill it in, then: chiproof validate %s.json, and chiproof compare ./%s.json hailo-8", id,
                    id);
    }
    roof_buffer_free(&path);
    roof_buffer_free(&text);
    return status;
}
