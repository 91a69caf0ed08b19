#include "chiproof/base/text.h"

#include <string.h>

static bool continuation(unsigned char byte)
{
    return (byte & 0xC0) == 0x80;
}

size_t roof_utf8_sequence(const char *bytes, size_t available, unsigned *scalar)
{
    static const unsigned least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (available == 0) return 0;
    unsigned char first = (unsigned char)bytes[0];
    size_t length = first < 0x80   ? 1
                    : first < 0xC2 ? 0
                    : first < 0xE0 ? 2
                    : first < 0xF0 ? 3
                    : first < 0xF5 ? 4
                                   : 0;
    if (length == 0 || length > available) return 0;
    unsigned value = length == 1 ? first : first & (0x7FU >> length);
    for (size_t i = 1; i < length; i++) {
        if (!continuation((unsigned char)bytes[i])) return 0;
        value = value << 6 | ((unsigned char)bytes[i] & 0x3FU);
    }
    if (value < least[length] || value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) return 0;
    if (scalar) *scalar = value;
    return length;
}

bool roof_utf8_valid(const char *bytes, size_t length, size_t *offset)
{
    for (size_t at = 0; at < length;) {
        size_t step = roof_utf8_sequence(bytes + at, length - at, NULL);
        if (step == 0) {
            if (offset) *offset = at;
            return false;
        }
        at += step;
    }
    return true;
}

bool roof_scalar_is_unsafe(unsigned scalar)
{
    return scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0) || scalar == 0x61C ||
           (scalar >= 0x200E && scalar <= 0x200F) || (scalar >= 0x2028 && scalar <= 0x202E) ||
           (scalar >= 0x2066 && scalar <= 0x2069) || scalar == 0xFEFF;
}

void roof_text_sanitize(roof_buffer *out, const char *text)
{
    size_t length = strlen(text);
    for (size_t at = 0; at < length;) {
        unsigned scalar = 0;
        size_t step = roof_utf8_sequence(text + at, length - at, &scalar);
        if (step == 1 && (scalar == '\n' || scalar == '\t')) roof_buffer_append_char(out, ' ');
        else if (step == 0 || roof_scalar_is_unsafe(scalar)) roof_buffer_append(out, "\xEF\xBF\xBD");
        else roof_buffer_append_bytes(out, text + at, step);
        at += step ? step : 1;
    }
}
