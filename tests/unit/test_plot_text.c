/* Text on its way to gnuplot: nothing that a name holds may be anything but text. */
#include "assert_close.h"

#include <stdlib.h>
#include <string.h>

#include "chiproof/plot/gnuplot.h"
#include "chiproof/plot/script.h"

static void assert_quoted(roof_terminal terminal, const char *text, const char *want)
{
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_script_quote(&out, terminal, text);
    assert_string_equal(roof_buffer_text(&out), want);
    roof_buffer_free(&out);
}

static void plain_words_stay(void **state)
{
    (void)state;
    assert_quoted(ROOF_TERMINAL_SVG, "Hailo-8 v1.5_b", "\"Hailo-8 v1.5_b\"");
    assert_quoted(ROOF_TERMINAL_SVG, "", "\"\"");
    assert_quoted(ROOF_TERMINAL_SVG, NULL, "\"\"");
}

static void commands_become_escapes(void **state)
{
    (void)state;
    assert_quoted(ROOF_TERMINAL_SVG, "`touch x`", "\"\\140touch x\\140\"");
    assert_quoted(ROOF_TERMINAL_SVG, "\"; system(\"a\")", "\"\\042\\073 system\\050\\042a\\042\\051\"");
    assert_quoted(ROOF_TERMINAL_SVG, "|cmd", "\"\\174cmd\"");
    assert_quoted(ROOF_TERMINAL_SVG, "<cmd", "\"\\074cmd\"");
    assert_quoted(ROOF_TERMINAL_SVG, "'a", "\"\\047a\"");
    assert_quoted(ROOF_TERMINAL_SVG, "a\\b", "\"a\\134b\"");
    assert_quoted(ROOF_TERMINAL_SVG, "{int8} A^b @x", "\"\\173int8\\175 A\\136b \\100x\"");
}

/* gnuplot reads octal digits for as long as they come: \0501 would be another character than (1. */
static void digits_after_an_escape_are_escaped(void **state)
{
    (void)state;
    assert_quoted(ROOF_TERMINAL_SVG, "(1/s)", "\"\\050\\061\\057s\\051\"");
    assert_quoted(ROOF_TERMINAL_SVG, "(128)", "\"\\050\\061\\0628\\051\"");
    assert_quoted(ROOF_TERMINAL_SVG, "(9)", "\"\\0509\\051\"");
}

static void lines_become_spaces_and_controls_go(void **state)
{
    (void)state;
    assert_quoted(ROOF_TERMINAL_SVG, "a\nEOD\n!touch x", "\"a EOD \\041touch x\"");
    assert_quoted(ROOF_TERMINAL_SVG, "a\x1b[31m\x07z\x7f", "\"a\\133\\063\\061mz\"");
    assert_quoted(ROOF_TERMINAL_SVG,
                  "abc\xE2\x80\xAE"
                  "cba\xE2\x81\xA6",
                  "\"abccba\"");                                                  /* U+202E, U+2066 */
    assert_quoted(ROOF_TERMINAL_SVG, "\xD7\xA9\xD7\x9C", "\"\xD7\xA9\xD7\x9C\""); /* Hebrew letters stay */
}

static void other_scripts_stay_and_bad_bytes_do_not(void **state)
{
    (void)state;
    assert_quoted(ROOF_TERMINAL_SVG, "\xE5\xA2\xA8\xE8\x8A\xAF", "\"\xE5\xA2\xA8\xE8\x8A\xAF\"");
    assert_quoted(ROOF_TERMINAL_SVG, "a\xFF\xC0z", "\"a\xEF\xBF\xBD\xEF\xBF\xBDz\"");
}

static void long_text_is_cut(void **state)
{
    (void)state;
    char text[4097];
    memset(text, 'x', 4096);
    text[4096] = '\0';
    roof_buffer out = ROOF_BUFFER_EMPTY;
    roof_script_quote(&out, ROOF_TERMINAL_SVG, text);
    assert_int_equal(out.length, ROOF_SCRIPT_TEXT_LIMIT + 3 + 2);
    assert_string_equal(out.data + out.length - 5, "x...\"");
    roof_buffer_free(&out);
}

/* Reads a quoted text back the way gnuplot does. */
static void unquote(const char *quoted, char *text)
{
    for (const char *at = quoted + 1; *at && *at != '"';) {
        if (*at != '\\') *text++ = *at++;
        else {
            char *end;
            *text++ = (char)strtol(at + 1, &end, 8);
            at = end;
        }
    }
    *text = '\0';
}

static void every_pair_of_characters_survives(void **state)
{
    (void)state;
    for (int a = ' '; a < 127; a++)
        for (int b = ' '; b < 127; b++) {
            char text[3] = {(char)a, (char)b, 0}, back[16];
            roof_buffer out = ROOF_BUFFER_EMPTY;
            roof_script_quote(&out, ROOF_TERMINAL_SVG, text);
            assert_null(strpbrk(out.data, "`$'{};|<>!@#"));
            unquote(out.data, back);
            assert_string_equal(back, text);
            roof_buffer_free(&out);
        }
}

static void tex_and_scripts_are_disarmed(void **state)
{
    (void)state;
    roof_buffer out = ROOF_BUFFER_EMPTY;
    char back[400];
    roof_script_quote(&out, ROOF_TERMINAL_TIKZ, "\\input{/etc/passwd} 50% a_b $x$ ~");
    unquote(out.data, back);
    assert_string_equal(back,
                        "{\\textbackslash}input\\{/etc/passwd\\} 50\\% a\\_b \\$x\\$ {\\textasciitilde}");
    roof_buffer_reset(&out);
    roof_script_quote(&out, ROOF_TERMINAL_CANVAS, "</script><script>");
    unquote(out.data, back);
    assert_string_equal(back, "(/script)(script)");
    roof_buffer_free(&out);
}

static void cjk_is_noticed(void **state)
{
    (void)state;
    assert_true(roof_text_has_cjk("S30 \xE5\xA2\xA8\xE8\x8A\xAF"));
    assert_true(roof_text_has_cjk("\xED\x95\x9C"));
    assert_false(roof_text_has_cjk("S30 \xC3\xA9 \xD7\xA9"));
    assert_false(roof_text_has_cjk(NULL));
}

static void terminals_are_found_by_either_name(void **state)
{
    (void)state;
    roof_terminal terminal = ROOF_TERMINAL_SVG;
    assert_true(roof_terminal_find("png", &terminal));
    assert_int_equal(terminal, ROOF_TERMINAL_PNG);
    assert_true(roof_terminal_find("sixelgd", &terminal));
    assert_int_equal(terminal, ROOF_TERMINAL_SIXEL);
    assert_false(roof_terminal_find("wxt", &terminal));
    assert_int_equal(terminal, ROOF_TERMINAL_SIXEL);
    for (int i = 0; i < ROOF_TERMINAL_COUNT; i++) {
        assert_true(roof_terminal_find(roof_terminal_name((roof_terminal)i), &terminal));
        assert_int_equal(terminal, i);
        assert_string_equal(roof_terminal_names()[i], roof_terminal_name((roof_terminal)i));
        assert_non_null(roof_terminal_extension((roof_terminal)i));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_words_stay),
        cmocka_unit_test(commands_become_escapes),
        cmocka_unit_test(digits_after_an_escape_are_escaped),
        cmocka_unit_test(lines_become_spaces_and_controls_go),
        cmocka_unit_test(other_scripts_stay_and_bad_bytes_do_not),
        cmocka_unit_test(long_text_is_cut),
        cmocka_unit_test(every_pair_of_characters_survives),
        cmocka_unit_test(tex_and_scripts_are_disarmed),
        cmocka_unit_test(cjk_is_noticed),
        cmocka_unit_test(terminals_are_found_by_either_name),
    };
    return RUN_TESTS(tests);
}
