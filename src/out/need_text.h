/* How targets and unknowns read. */
#ifndef OUT_NEED_TEXT_H
#define OUT_NEED_TEXT_H

#include "chiproof/base/buffer.h"
#include "chiproof/compare/need.h"

/* "enough", "not alone", "any". */
const char *out_need_state(roof_need_state state);
/* "3,180 inferences/s" or "12.5 ms". */
void out_goal_figure(const roof_target *target, const roof_workload *workload, double figure,
                     roof_buffer *out);
/* "at least 5,000 inferences/s", "time to first token of at most 200 ms". */
void out_target(const roof_target *target, const roof_workload *workload, roof_buffer *out);
/* A variable's value: "26.0 TOPS", "3". */
void out_variable(const roof_machine *machine, roof_variable variable, double value, roof_buffer *out);
/* Said under every answer. */
extern const char out_need_note[];
/* "OPS", "B/s"; "" for a count. */
const char *out_si_unit(roof_dimension dimension);
/* "inferences/s" or "s". */
const char *out_goal_unit(const roof_target *target, const roof_workload *workload);

#endif
