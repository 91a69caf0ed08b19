/* What functions of one operand cost. An elementary function (exp, tanh, erf, sqrt) and a comparison are one
 * operation each, like an addition: nobody's peak counts them, so only their order of size matters. */
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/layer.h"

/* X(name, operations for each element) */
#define ACTIVATIONS(X) \
    X("relu", 1)       /* max(x, 0) */ \
    X("relu6", 2)      /* min(max(x, 0), 6) */ \
    X("leaky_relu", 2) /* max(x, a x) */ \
    X("prelu", 2) \
    X("sigmoid", 3)     /* 1 / (1 + exp(-x)) */ \
    X("silu", 4)        /* x sigmoid(x) */ \
    X("hardsigmoid", 4) /* min(max(x + 3, 0), 6) / 6 */ \
    X("hardswish", 5)   /* x hardsigmoid(x) */ \
    X("gelu", 5)        /* x (1 + erf(x / sqrt 2)) / 2 */ \
    X("gelu_new", 8)    /* x (1 + tanh(c (x + 0.044715 x^3))) / 2 */ \
    X("quick_gelu", 5)  /* x sigmoid(1.702 x) */ \
    X("mish", 5)        /* x tanh(log(1 + exp(x))) */ \
    X("elu", 3) \
    X("tanh", 1) \
    X("exp", 1) \
    X("sqrt", 1) \
    X("scale", 1) /* times a constant */ \
    X("shift", 1) /* plus a constant */

static const char *const names[] = {
#define X(name, ops) name,
    ACTIVATIONS(X)
#undef X
};
static const double costs[] = {
#define X(name, ops) ops,
    ACTIVATIONS(X)
#undef X
};

double roof_activation_ops(const char *name)
{
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        if (strcmp(names[i], name) == 0) return costs[i];
    return -1;
}

bool roof_layer_function(const roof_layer *layer, const char *key, const char *name, double *ops)
{
    *ops = roof_activation_ops(name);
    if (*ops >= 0) return true;
    roof_buffer near = ROOF_BUFFER_EMPTY;
    if (roof_text_nearest(name, names, sizeof names / sizeof names[0], &near) > 0)
        roof_layer_fault(layer, key, "unknown function \"%.60s\"; did you mean %s?", name,
                         roof_buffer_text(&near));
    else roof_layer_fault(layer, key, "unknown function \"%.60s\"", name);
    roof_buffer_free(&near);
    return false;
}
