/* Growing strings and arenas. */
#include "assert_close.h"

#include <stdalign.h>
#include <stdlib.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/buffer.h"

static void an_empty_buffer_is_the_empty_text(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    assert_string_equal(roof_buffer_text(&buffer), "");
    char *taken = roof_buffer_take(&buffer);
    assert_string_equal(taken, "");
    free(taken);
    roof_buffer_free(&buffer);
    roof_buffer_free(NULL);
}

static void appends_grow_and_stay_terminated(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    for (int i = 0; i < 5000; i++) {
        roof_buffer_append_char(&buffer, 'x');
        assert_int_equal(strlen(buffer.data), buffer.length);
    }
    roof_buffer_append(&buffer, "yz");
    roof_buffer_printf(&buffer, "%d", 42);
    roof_buffer_append_bytes(&buffer, "abc", 2);
    assert_int_equal(buffer.length, 5006);
    assert_string_equal(buffer.data + 5000, "yz42ab");
    roof_buffer_free(&buffer);
    assert_null(buffer.data);
}

static void printf_handles_texts_longer_than_any_first_guess(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_buffer_printf(&buffer, "%1000d|", 7);
    assert_int_equal(buffer.length, 1001);
    assert_int_equal(buffer.data[999], '7');
    roof_buffer_free(&buffer);
}

static void take_hands_over_and_empties(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&buffer, "mine");
    char *taken = roof_buffer_take(&buffer);
    assert_string_equal(taken, "mine");
    assert_null(buffer.data);
    assert_int_equal(buffer.length, 0);
    free(taken);
}

static void reset_keeps_the_memory(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&buffer, "before");
    size_t capacity = buffer.capacity;
    roof_buffer_reset(&buffer);
    assert_string_equal(roof_buffer_text(&buffer), "");
    assert_int_equal(buffer.capacity, capacity);
    roof_buffer_append(&buffer, "after");
    assert_string_equal(roof_buffer_text(&buffer), "after");
    roof_buffer_free(&buffer);
}

static void a_failed_append_sticks_and_take_gives_null(void **state)
{
    (void)state;
    roof_buffer buffer = ROOF_BUFFER_EMPTY;
    roof_buffer_append(&buffer, "kept");
    roof_buffer_append_bytes(&buffer, "x", SIZE_MAX - 2);
    assert_true(buffer.failed);
    roof_buffer_append(&buffer, "lost");
    assert_string_equal(roof_buffer_text(&buffer), "kept");
    assert_null(roof_buffer_take(&buffer));
    assert_null(buffer.data);
}

static void arena_memory_is_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    roof_arena arena = ROOF_ARENA_EMPTY;
    unsigned char *before = NULL;
    for (size_t size = 1; size < 40000; size = size * 3 / 2 + 1) {
        unsigned char *memory = roof_arena_alloc(&arena, size);
        assert_non_null(memory);
        assert_int_equal((uintptr_t)memory % alignof(max_align_t), 0);
        for (size_t i = 0; i < size; i++) assert_int_equal(memory[i], 0);
        memset(memory, 0xAA, size);
        if (before) assert_int_equal(before[0], 0xAA);
        before = memory;
    }
    roof_arena_free(&arena);
    assert_null(arena.blocks);
    roof_arena_free(NULL);
}

static void arena_refuses_sizes_that_overflow(void **state)
{
    (void)state;
    roof_arena arena = ROOF_ARENA_EMPTY;
    assert_null(roof_arena_alloc(&arena, SIZE_MAX));
    assert_null(roof_arena_calloc(&arena, SIZE_MAX / 8, 16));
    assert_non_null(roof_arena_calloc(&arena, 0, 16));
    roof_arena_free(&arena);
}

static void arena_copies_and_formats_strings(void **state)
{
    (void)state;
    roof_arena arena = ROOF_ARENA_EMPTY;
    assert_null(roof_arena_strdup(&arena, NULL));
    assert_string_equal(roof_arena_strdup(&arena, "\xE5\xA2\xA8\xE8\x8A\xAF"), "\xE5\xA2\xA8\xE8\x8A\xAF");
    assert_string_equal(roof_arena_printf(&arena, "%d x %s", 4, "metis"), "4 x metis");
    assert_string_equal(roof_arena_strdup(&arena, ""), "");
    roof_arena_free(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_empty_buffer_is_the_empty_text),
        cmocka_unit_test(appends_grow_and_stay_terminated),
        cmocka_unit_test(printf_handles_texts_longer_than_any_first_guess),
        cmocka_unit_test(take_hands_over_and_empties),
        cmocka_unit_test(reset_keeps_the_memory),
        cmocka_unit_test(a_failed_append_sticks_and_take_gives_null),
        cmocka_unit_test(arena_memory_is_zeroed_aligned_and_apart),
        cmocka_unit_test(arena_refuses_sizes_that_overflow),
        cmocka_unit_test(arena_copies_and_formats_strings),
    };
    return RUN_TESTS(tests);
}
