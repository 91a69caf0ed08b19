/* UTF-8, near names, and numbers for people. */
#ifndef CHIPROOF_BASE_TEXT_H
#define CHIPROOF_BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/buffer.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Length in bytes (1 to 4) of the well-formed UTF-8 sequence at `bytes` (RFC 3629: no overlong forms, no
 * surrogates, nothing above U+10FFFF), or 0 if there is none. Reads at most `available` bytes. `*scalar` (may
 * be NULL) gets the code point. */
size_t roof_utf8_sequence(const char *bytes, size_t available, unsigned *scalar);
/* True if all of it is well-formed; else *offset (may be NULL) is where the first bad byte is. */
bool roof_utf8_valid(const char *bytes, size_t length, size_t *offset);

/* Characters a terminal or a page could take as a command or that reorder text: C0 and C1 controls, line and
 * paragraph separators, bidirectional controls (U+202A-202E, U+2066-2069, U+200E-200F, U+061C), BOM. */
bool roof_scalar_is_unsafe(unsigned scalar);
/* Appends `text` with every unsafe or malformed character replaced by U+FFFD, and newlines and tabs by a
 * space: the one way text from files reaches a terminal. */
void roof_text_sanitize(roof_buffer *out, const char *text);

/* Damerau-Levenshtein distance (optimal string alignment), ignoring ASCII case; texts longer than 64 bytes
 * are compared by their first 64. */
size_t roof_text_distance(const char *a, const char *b);
/* Appends up to three of `names` that are near `word` (or begin with or contain it), best first, joined as
 * `a, b or c`. Returns how many. Ties keep the order of `names`; one that differs in case only stands alone.
 */
size_t roof_text_nearest(const char *word, const char *const *names, size_t count, roof_buffer *out);
/* The same, each name in double quotes: `"a", "b" or "c"`. */
size_t roof_text_nearest_quoted(const char *word, const char *const *names, size_t count, roof_buffer *out);

/* A number for people: three significant digits (or all digits of the integer part, grouped by commas, for
 * 1,000 and above), never an exponent, never "-0". Non-finite values print as "unknown". 1234567 ->
 * "1,230,000". */
void roof_text_number(roof_buffer *out, double value);
/* An exact integer grouped by commas: 4089184256 -> "4,089,184,256". */
void roof_text_integer(roof_buffer *out, double value);
/* Three significant digits with an SI prefix before `unit`: (2.5e-5, "s") -> "25.0 us", (4e12, "B") -> "4.00
 * TB". */
void roof_text_si(roof_buffer *out, double value, const char *unit);
/* The same with up to six significant digits, for arithmetic that is to be redone: "314.553 us", "26 TB". */
void roof_text_si_six(roof_buffer *out, double value, const char *unit);

#ifdef __cplusplus
}
#endif
#endif
