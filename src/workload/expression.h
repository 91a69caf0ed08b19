/* Whole-number arithmetic for attributes: "4*width", "max(1, round(3*depth))".
 *
 * sum     := product (("+" | "-") product)*
 * product := unary (("*" | "/") unary)*
 * unary   := "-" unary | number | name | function "(" compare ("," compare)* ")" | "(" compare ")"
 * compare := sum (("<" | "<=" | ">" | ">=" | "==" | "!=") sum)?        1 when it holds, else 0
 *
 * Functions: min(a,b...), max(a,b...), round(x) (halves go to the even number, as in Python), ceil(x),
 * floor(x), ceil_to(x,m) (the next multiple of m), round_to(x,m) (the nearest multiple of m, at least m and
 * at least 0.9 x: the rule by which MobileNets and EfficientNets scale channels). */
#ifndef WORKLOAD_EXPRESSION_H
#define WORKLOAD_EXPRESSION_H

#include <stdbool.h>
#include <stddef.h>

enum { ROOF_EXPRESSION_LENGTH_LIMIT = 128, ROOF_EXPRESSION_DEPTH_LIMIT = 32 };

typedef struct roof_variable {
    const char *name;
    double value;
} roof_variable;

/* One level of names; a name that is not here is looked up in `outer`. */
typedef struct roof_variables {
    const roof_variable *items;
    size_t count;
    const struct roof_variables *outer;
    const char *who; /* the layer that asks, for messages; may be NULL */
} roof_variables;

/* False, with the reason in `why`, for a malformed text, an unknown name or a result that is not finite. */
bool roof_expression_evaluate(const char *text, const roof_variables *variables, double *out, char *why,
                              size_t why_size);
/* True for [A-Za-z_][A-Za-z0-9_]*, at most 64 bytes. */
bool roof_expression_is_name(const char *text);

#endif
