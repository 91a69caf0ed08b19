/* What every unit test includes: cmocka with the headers it needs, and doubles compared by a stated
 * relative tolerance. */
#ifndef ASSERT_CLOSE_H
#define ASSERT_CLOSE_H

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static inline void assert_close_at(double got, double want, double relative, const char *file, int line)
{
    if (fabs(got - want) <= relative * fabs(want)) return;
    print_error("got %.17g, want %.17g within %g\n", got, want, relative);
    _fail(file, line);
}
#define assert_close(got, want, relative) assert_close_at(got, want, relative, __FILE__, __LINE__)

/* Fails unless `text` holds `part`, showing both. */
static inline void assert_contains_at(const char *text, const char *part, const char *file, int line)
{
    if (strstr(text, part)) return;
    print_error("\"%s\"\n  does not contain \"%s\"\n", text, part);
    _fail(file, line);
}
#define assert_contains(text, part) assert_contains_at(text, part, __FILE__, __LINE__)

#define RUN_TESTS(tests) cmocka_run_group_tests(tests, NULL, NULL)

#endif
