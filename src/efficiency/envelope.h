/* Symmetric positive definite matrices whose rows begin at a stated column: what lies before is zero and
 * stays zero in the Cholesky factor.
 *
 * Parameters pooled in a tree (chip, vendor, class, all), each behind those below it, give such a matrix:
 * chips of different vendors touch only through the rows at the end. With some eight hundred parameters the
 * factor takes a tenth of the work of the full one (gsl_linalg_cholesky_decomp1), and it is taken some
 * thousand times when rows are left out in turn. George and Liu 1981, Computer Solution of Large Sparse
 * Positive Definite Systems, chapter 4. */
#ifndef EFFICIENCY_ENVELOPE_H
#define EFFICIENCY_ENVELOPE_H

#include <stdbool.h>
#include <stddef.h>

typedef struct envelope {
    size_t size;
    const size_t *start; /* first column of each row; borrowed */
    double **rows;       /* rows[i][j] for start[i] <= j <= i */
    double *cells;
    size_t cell_count;
} envelope;

/* False if memory ran out; release with envelope_free either way. */
bool envelope_make(envelope *matrix, const size_t *start, size_t size);
void envelope_free(envelope *matrix);
void envelope_clear(envelope *matrix);
/* Replaces the matrix by its Cholesky factor L; false if it is not positive definite. */
bool envelope_factor(envelope *matrix);
/* Solves L z = b in place; the first `from` elements of b are zero. */
void envelope_forward(const envelope *factor, double *b, size_t from);
/* Solves L' x = z in place. */
void envelope_backward(const envelope *factor, double *z);

#endif
