#include "chiproof/base/arena.h"

#include <stdalign.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BLOCK_SIZE = 16 * 1024 };

typedef struct roof_arena_block {
    struct roof_arena_block *next;
    size_t used, size;
    alignas(max_align_t) unsigned char bytes[];
} block;

static block *new_block(roof_arena *arena, size_t size)
{
    block *fresh = calloc(1, sizeof *fresh + size);
    if (!fresh) return NULL;
    fresh->size = size;
    fresh->next = arena->blocks;
    arena->blocks = fresh;
    return fresh;
}

void *roof_arena_alloc(roof_arena *arena, size_t size)
{
    const size_t unit = alignof(max_align_t);
    if (size > SIZE_MAX / 2) return NULL;
    size = (size + unit - 1) / unit * unit;
    block *top = arena->blocks;
    if (!top || top->size - top->used < size) {
        top = new_block(arena, size > BLOCK_SIZE ? size : BLOCK_SIZE);
        if (!top) return NULL;
    }
    void *memory = top->bytes + top->used;
    top->used += size;
    return memory;
}

void *roof_arena_calloc(roof_arena *arena, size_t count, size_t size)
{
    if (size && count > SIZE_MAX / 2 / size) return NULL;
    return roof_arena_alloc(arena, count * size);
}

char *roof_arena_strdup(roof_arena *arena, const char *text)
{
    if (!text) return NULL;
    size_t size = strlen(text) + 1;
    char *copy = roof_arena_alloc(arena, size);
    return copy ? memcpy(copy, text, size) : NULL;
}

char *roof_arena_printf(roof_arena *arena, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    int length = vsnprintf(NULL, 0, format, arguments);
    char *text = length < 0 ? NULL : roof_arena_alloc(arena, (size_t)length + 1);
    if (text) vsnprintf(text, (size_t)length + 1, format, again);
    va_end(again);
    va_end(arguments);
    return text;
}

void roof_arena_free(roof_arena *arena)
{
    if (!arena) return;
    for (block *each = arena->blocks, *next; each; each = next) {
        next = each->next;
        free(each);
    }
    arena->blocks = NULL;
}
