/* The least value of one variable with which a run reaches a target. */
#ifndef COMPARE_SOLVE_H
#define COMPARE_SOLVE_H

#include "chiproof/compare/need.h"

typedef struct compare_question {
    const roof_prediction *run;
    const roof_machine *machine; /* the rest of the machine */
    roof_variable variable;
    const roof_target *target;
} compare_question;

/* How far the run is past the target with that value: the logarithm of how many times as good; a great
 * negative number where it is refused. */
double compare_margin(const compare_question *question, double value, roof_outcome *out);

/* Fills the row. Errors: NO_ROOT, NO_MEMORY. */
roof_code compare_solve(const compare_question *question, roof_need_row *out, roof_error *error);

#endif
