/* Memory that is released all at once: what one parsed file becomes lives in one arena. */
#ifndef CHIPROOF_BASE_ARENA_H
#define CHIPROOF_BASE_ARENA_H

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct roof_arena {
    struct roof_arena_block *blocks;
} roof_arena;
#define ROOF_ARENA_EMPTY \
    { \
        0 \
    }

/* `size` zeroed bytes, aligned for any type; NULL if memory ran out (or size overflowed). */
void *roof_arena_alloc(roof_arena *arena, size_t size);
/* count x size zeroed bytes, with the product checked. */
void *roof_arena_calloc(roof_arena *arena, size_t count, size_t size);
/* A copy of the string; NULL if memory ran out or text is NULL. */
char *roof_arena_strdup(roof_arena *arena, const char *text);
/* A printf-formatted string; NULL if memory ran out. */
char *roof_arena_printf(roof_arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
void roof_arena_free(roof_arena *arena);

#ifdef __cplusplus
}
#endif
#endif
