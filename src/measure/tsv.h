/* A tab-separated table, line by line. */
#ifndef MEASURE_TSV_H
#define MEASURE_TSV_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/arena.h"
#include "chiproof/base/error.h"

enum { TSV_CELLS = 16 };

typedef struct tsv_table {
    const char *text, *file;
    size_t length, at;
    int line;     /* of the row read last, from 1 */
    size_t width; /* cells that a row must have; 0 before the header is read */
    roof_arena *arena;
    roof_report *report;
    size_t faults;
    bool no_memory;
    const char *cells[TSV_CELLS]; /* of the row read last; live in the arena */
    int columns[TSV_CELLS];       /* where they begin, in characters from 1 */
} tsv_table;

typedef enum tsv_read { TSV_ROW, TSV_FAULTY, TSV_END } tsv_read;

/* Reads the next line into cells. FAULTY lines have been reported and are to be left out. */
tsv_read tsv_next(tsv_table *table);
/* Reports a fault of a cell of the row read last (a cell from 0). */
void tsv_fault(tsv_table *table, size_t cell, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* A decimal number above zero, written plainly ("12.5"); false after reporting a fault. */
bool tsv_number(tsv_table *table, size_t cell, const char *what, double *out);
/* The same, of any sign ("-0.31", "0"). */
bool tsv_signed(tsv_table *table, size_t cell, const char *what, double *out);
/* True if the row read last is that header: TSV_CELLS names, NULL after the last one. */
bool tsv_has_header(const tsv_table *table, const char *const *header);
/* Reports that the first line is no header of `what`, at line 1: SYNTAX. */
roof_code tsv_no_header(tsv_table *table, const char *what, roof_error *error);
/* What reading the whole table came to: OK, INVALID with the number of faults, NO_MEMORY for the `what`. */
roof_code tsv_finish(const tsv_table *table, const char *what, roof_error *error);

#endif
