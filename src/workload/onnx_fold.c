/* Arithmetic on known values: how many elements a shape has is computed in the graph itself. */
#include <math.h>

#include "workload/onnx_node.h"

static double apply(int function, double a, double b, bool whole)
{
    switch (function) {
    case ONNX_ADD: return a + b;
    case ONNX_SUB: return a - b;
    case ONNX_MUL: return a * b;
    case ONNX_DIV: return whole ? trunc(a / b) : a / b;
    case ONNX_MOD: return a - b * floor(a / b);
    case ONNX_POW: return pow(a, b);
    case ONNX_MIN: return a < b ? a : b;
    case ONNX_MAX: return a > b ? a : b;
    case ONNX_EQUAL: return a == b;
    case ONNX_LESS: return a < b;
    case ONNX_LESS_EQUAL: return a <= b;
    case ONNX_GREATER: return a > b;
    case ONNX_GREATER_EQUAL: return a >= b;
    case ONNX_AND: return a != 0 && b != 0;
    case ONNX_OR: return a != 0 || b != 0;
    case ONNX_NOT: return a == 0;
    case ONNX_NEG: return -a;
    case ONNX_ABS: return fabs(a);
    case ONNX_FLOOR: return floor(a);
    case ONNX_CEIL: return ceil(a);
    case ONNX_ROUND: return rint(a);
    case ONNX_SQRT: return sqrt(a);
    case ONNX_TRUNCATE: return trunc(a);
    default: return a;
    }
}

static bool is_whole(int type)
{
    return type != ONNX_FLOAT && type != ONNX_FLOAT16 && type != ONNX_DOUBLE && type != 16;
}

/* Operands of one element stretch; other broadcasts are not needed for sizes. */
const double *onnx_fold_binary(onnx_model *model, int function, onnx_tensor *a, onnx_tensor *b,
                               const onnx_tensor *out)
{
    if (!function || !a || !b || out->elements > ONNX_FOLD_LIMIT) return NULL;
    if ((a->elements != 1 && a->elements != out->elements) ||
        (b->elements != 1 && b->elements != out->elements))
        return NULL;
    const double *x = onnx_values(model, a), *y = onnx_values(model, b);
    double *values = x && y ? onnx_values_new(model, out->elements) : NULL;
    for (size_t i = 0; values && i < (size_t)out->elements; i++) {
        values[i] =
            apply(function, x[a->elements == 1 ? 0 : i], y[b->elements == 1 ? 0 : i], is_whole(a->type));
        if (!isfinite(values[i])) return NULL;
    }
    return values;
}

const double *onnx_fold_unary(onnx_model *model, int function, onnx_tensor *a, const onnx_tensor *out)
{
    if (!function || out->elements > ONNX_FOLD_LIMIT || a->elements != out->elements) return NULL;
    const double *x = onnx_values(model, a);
    if (function == ONNX_KEEP) return x;
    double *values = x ? onnx_values_new(model, out->elements) : NULL;
    for (size_t i = 0; values && i < (size_t)out->elements; i++) {
        values[i] = apply(function, x[i], 0, false);
        if (!isfinite(values[i])) return NULL;
    }
    return values;
}

const double *onnx_fold_fill(onnx_model *model, double value, double count)
{
    double *values = onnx_values_new(model, count);
    for (size_t i = 0; values && i < (size_t)count; i++) values[i] = value;
    return values;
}

void onnx_strides(const onnx_tensor *tensor, double *strides)
{
    double step = 1;
    for (int i = tensor->rank; i-- > 0;) {
        strides[i] = step;
        step *= tensor->dims[i];
    }
}

const double *onnx_fold_copy(onnx_model *model, onnx_tensor *input, const onnx_tensor *output, double offset,
                             const double *strides)
{
    double at[ONNX_RANK] = {0}, from = offset;
    if (output->elements > ONNX_FOLD_LIMIT || input->elements < 1) return NULL;
    const double *values = onnx_values(model, input);
    double *copy = values ? onnx_values_new(model, output->elements) : NULL;
    for (size_t i = 0; copy && i < (size_t)output->elements; i++) {
        if (!(from >= 0 && from < input->elements)) return NULL;
        copy[i] = values[(size_t)from];
        for (int d = output->rank; d-- > 0;) { /* the last dimension counts up first */
            from += strides[d];
            if (++at[d] < output->dims[d]) break;
            from -= strides[d] * output->dims[d];
            at[d] = 0;
        }
    }
    return copy;
}
