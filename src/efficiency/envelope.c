#include "efficiency/envelope.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool envelope_make(envelope *matrix, const size_t *start, size_t size)
{
    *matrix = (envelope){.size = size, .start = start};
    for (size_t i = 0; i < size; i++) matrix->cell_count += i - start[i] + 1;
    matrix->rows = calloc(size + 1, sizeof *matrix->rows);
    matrix->cells = calloc(matrix->cell_count + 1, sizeof *matrix->cells);
    if (!matrix->rows || !matrix->cells) return false;
    double *next = matrix->cells;
    for (size_t i = 0; i < size; i++) {
        matrix->rows[i] = next - start[i];
        next += i - start[i] + 1;
    }
    return true;
}

void envelope_free(envelope *matrix)
{
    free(matrix->rows);
    free(matrix->cells);
    *matrix = (envelope){0};
}

void envelope_clear(envelope *matrix)
{
    memset(matrix->cells, 0, matrix->cell_count * sizeof *matrix->cells);
}

static double dot(const double *a, const double *b, size_t from, size_t to)
{
    double sum = 0;
    for (size_t k = from; k < to; k++) sum += a[k] * b[k];
    return sum;
}

bool envelope_factor(envelope *matrix)
{
    for (size_t i = 0; i < matrix->size; i++) {
        double *row = matrix->rows[i];
        for (size_t j = matrix->start[i]; j < i; j++) {
            size_t from = matrix->start[j] > matrix->start[i] ? matrix->start[j] : matrix->start[i];
            row[j] = (row[j] - dot(row, matrix->rows[j], from, j)) / matrix->rows[j][j];
        }
        double left = row[i] - dot(row, row, matrix->start[i], i);
        if (!(left > 0)) return false;
        row[i] = sqrt(left);
    }
    return true;
}

void envelope_forward(const envelope *factor, double *b, size_t from)
{
    for (size_t i = from; i < factor->size; i++) {
        size_t first = factor->start[i] > from ? factor->start[i] : from;
        b[i] = (b[i] - dot(factor->rows[i], b, first, i)) / factor->rows[i][i];
    }
}

void envelope_backward(const envelope *factor, double *z)
{
    for (size_t i = factor->size; i-- > 0;) {
        z[i] /= factor->rows[i][i];
        for (size_t j = factor->start[i]; j < i; j++) z[j] -= factor->rows[i][j] * z[i];
    }
}
