/* "did you mean": names near a mistyped word. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "chiproof/base/text.h"

enum { COMPARED = 64, SHOWN = 3 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t roof_text_distance(const char *a, const char *b)
{
    size_t rows[3][COMPARED + 1];
    size_t length_a = least(strlen(a), COMPARED), length_b = least(strlen(b), COMPARED);
    for (size_t j = 0; j <= length_b; j++) rows[0][j] = j;
    for (size_t i = 1; i <= length_a; i++) {
        size_t *row = rows[i % 3], *above = rows[(i + 2) % 3], *two_above = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= length_b; j++) {
            int ca = tolower((unsigned char)a[i - 1]), cb = tolower((unsigned char)b[j - 1]);
            row[j] = least(least(above[j], row[j - 1]) + 1, above[j - 1] + (ca != cb));
            if (i > 1 && j > 1 && ca == tolower((unsigned char)b[j - 2]) &&
                tolower((unsigned char)a[i - 2]) == cb)
                row[j] = least(row[j], two_above[j - 2] + 1);
        }
    }
    return rows[length_a % 3][length_b];
}

/* Small is near; SIZE_MAX is no relation. A distance of the word's own length leaves nothing in common. A
 * name that begins with the word or holds it is near whatever its length. */
static size_t nearness(const char *word, const char *name)
{
    size_t length = strlen(word), distance = roof_text_distance(word, name);
    size_t limit = length < 4 ? 1 : length < 8 ? 2 : 3;
    if (distance <= limit && distance < length) return distance;
    if (length >= 2 && strncasecmp(word, name, length) == 0) return 4;
    if (length >= 3 && strcasestr(name, word)) return 5;
    return (size_t)-1;
}

/* Fills best[] with the places of the nearest names and returns how many. */
static size_t find_nearest(const char *word, const char *const *names, size_t count, size_t best[SHOWN])
{
    size_t rank[SHOWN], found = 0;
    for (size_t i = 0; i < count; i++) {
        size_t near = nearness(word, names[i]);
        if (near == (size_t)-1) continue;
        size_t place = found;
        while (place > 0 && rank[place - 1] > near) place--;
        if (place >= SHOWN) continue;
        if (found < SHOWN) found++;
        for (size_t k = found - 1; k > place; k--) {
            best[k] = best[k - 1];
            rank[k] = rank[k - 1];
        }
        best[place] = i;
        rank[place] = near;
    }
    return found && rank[0] == 0 ? 1 : found; /* but for case it is that one */
}

static size_t append_nearest(const char *word, const char *const *names, size_t count, const char *quote,
                             roof_buffer *out)
{
    size_t best[SHOWN];
    size_t found = find_nearest(word, names, count, best);
    for (size_t k = 0; k < found; k++) {
        const char *before = k == 0 ? "" : k + 1 == found ? " or " : ", ";
        roof_buffer_printf(out, "%s%s%s%s", before, quote, names[best[k]], quote);
    }
    return found;
}

size_t roof_text_nearest(const char *word, const char *const *names, size_t count, roof_buffer *out)
{
    return append_nearest(word, names, count, "", out);
}

size_t roof_text_nearest_quoted(const char *word, const char *const *names, size_t count, roof_buffer *out)
{
    return append_nearest(word, names, count, "\"", out);
}
