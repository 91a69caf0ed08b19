/* Whether Chinese, Japanese or Korean text can be drawn. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chiproof/base/text.h"
#include "chiproof/plot/gnuplot.h"
#include "plot.h"

bool roof_text_has_cjk(const char *text)
{
    size_t left = text ? strlen(text) : 0;
    while (left > 0) {
        unsigned s = 0;
        size_t length = roof_utf8_sequence(text, left, &s);
        if ((s >= 0x1100 && s <= 0x115F) || (s >= 0x2E80 && s <= 0x9FFF) || (s >= 0xAC00 && s <= 0xD7A3) ||
            (s >= 0xF900 && s <= 0xFAFF) || (s >= 0xFF00 && s <= 0xFF60) || (s >= 0x20000 && s <= 0x3FFFD))
            return true;
        if (!length) length = 1;
        text += length;
        left -= length;
    }
    return false;
}

bool roof_fonts_have_cjk(const char *program)
{
    static const char *const arguments[] = {":lang=zh", "file", NULL};
    char path[] = "/tmp/.chiproof-fonts-XXXXXX";
    int descriptor = mkstemp(path);
    if (descriptor < 0) return false;
    roof_process process = {.program = program ? program : "fc-list",
                            .arguments = arguments,
                            .stdout_file = path,
                            .timeout_s = 10};
    roof_process_result result = {ROOF_END_LOST, 0};
    int code = roof_process_run(&process, &result);
    struct stat facts;
    bool found = code == 0 && result.end == ROOF_END_EXIT && result.number == 0 && stat(path, &facts) == 0 &&
                 facts.st_size > 0;
    close(descriptor);
    unlink(path);
    return found;
}
