/* What went wrong, where, and how bad it is.
 *
 * Conventions that hold in every public header of Chiproof:
 *   - names start with roof_; units inside the library are SI (seconds, bytes, ops, watts, joules, metres);
 *   - a function that can fail returns a roof_code and fills the caller's roof_error, which may be NULL;
 *   - an out-parameter comes last but for the error; on failure it is set to NULL or left alone, as
 * documented;
 *   - a function whose name ends in _free accepts NULL; `const` pointers returned are borrowed from the
 * object;
 *   - nothing in the library prints, exits, aborts, or keeps a hidden last error. */
#ifndef CHIPROOF_BASE_ERROR_H
#define CHIPROOF_BASE_ERROR_H

#include <stdarg.h>
#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "json name", "what it means") */
#define ROOF_CODES(X) \
    X(OK, "ok", "done") \
    X(NO_MEMORY, "no_memory", "memory ran out") \
    X(IO, "io", "a file could not be read or written") \
    X(SYNTAX, "syntax", "a file is not well-formed") \
    X(INVALID, "invalid", "a file or an argument holds something that is not allowed") \
    X(UNKNOWN_NAME, "unknown_name", "a name that is not in the catalogue") \
    X(MISSING, "missing", "a value that the answer needs is not published") \
    X(NO_PRECISION, "no_precision", "the chip has no peak at that precision") \
    X(DOES_NOT_FIT, "does_not_fit", "the workload does not fit into the memory") \
    X(UNSUPPORTED, "unsupported", "a case that the model does not cover") \
    X(NO_ROOT, "no_root", "an equation has no solution in the range asked for") \
    X(EXTERNAL, "external", "an external program is missing or failed") \
    X(TIMEOUT, "timeout", "an external program took too long")

typedef enum roof_code {
#define X(id, name, text) ROOF_##id,
    ROOF_CODES(X)
#undef X
        ROOF_CODE_COUNT
} roof_code;

/* The name used in JSON output ("does_not_fit"). Never NULL. */
const char *roof_code_name(roof_code code);
/* One plain phrase. Never NULL. */
const char *roof_code_text(roof_code code);

/* How bad a finding is. ERROR stops the use of a file; DOUBTFUL is a value a reviewer would question; NOTE
 * informs. */
typedef enum roof_grade { ROOF_GRADE_ERROR, ROOF_GRADE_DOUBTFUL, ROOF_GRADE_NOTE } roof_grade;
const char *roof_grade_name(roof_grade grade); /* "error", "doubtful", "note" */

/* One finding, owned by the caller. Strings are UTF-8 and always terminated; a text that is too long ends in
 * "...". line and column start at 1 (column counts characters); 0 means that there is no position. path is a
 * JSON Pointer (RFC 6901) or "". */
typedef struct roof_error {
    roof_code code;
    roof_grade grade;
    int line, column;
    char file[256];
    char path[192];
    char message[640];
} roof_error;

/* Fills *error (if not NULL) with code, grade ERROR, no position, and a printf-formatted message. Returns
 * code. */
roof_code roof_fail(roof_error *error, roof_code code, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
roof_code roof_vfail(roof_error *error, roof_code code, const char *format, va_list arguments)
    __attribute__((format(printf, 3, 0)));

/* Sets the position of an error that roof_fail has filled. error may be NULL; file and path may be NULL. */
void roof_error_set_position(roof_error *error, const char *file, int line, int column, const char *path);

/* A growing list of findings. Start with ROOF_REPORT_EMPTY; release with roof_report_clear. At most
 * ROOF_REPORT_LIMIT findings are kept; the counts go on. */
enum { ROOF_REPORT_LIMIT = 200 };
typedef struct roof_report {
    roof_error *items;
    size_t length, capacity;
    size_t errors, doubtful, notes; /* how many were added, kept or not */
} roof_report;
#define ROOF_REPORT_EMPTY \
    { \
        0, 0, 0, 0, 0, 0 \
    }

/* Adds a copy. report may be NULL (nothing happens). If memory runs out the counts still rise. */
void roof_report_add(roof_report *report, const roof_error *finding);
/* Adds a finding without position. */
void roof_report_addf(roof_report *report, roof_grade grade, roof_code code, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
void roof_report_clear(roof_report *report);

#ifdef __cplusplus
}
#endif
#endif
