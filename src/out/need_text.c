#include "out/need_text.h"

#include "chiproof/base/text.h"

const char *out_need_state(roof_need_state state)
{
    static const char *const names[] = {"enough", "not alone", "any"};
    return names[state];
}

const char *out_si_unit(roof_dimension dimension)
{
    static const char *const units[] = {
#define X(id, name, si) si,
        ROOF_DIMENSIONS(X)
#undef X
    };
    return units[dimension];
}

const char *out_goal_unit(const roof_target *target, const roof_workload *workload)
{
    if (!roof_goal_is_least(target->goal)) return "s";
    return roof_workload_is_llm(workload) ? "tokens/s" : "inferences/s";
}

void out_goal_figure(const roof_target *target, const roof_workload *workload, double figure,
                     roof_buffer *out)
{
    if (roof_goal_is_least(target->goal)) {
        roof_text_number(out, figure);
        roof_buffer_printf(out, " %s", out_goal_unit(target, workload));
    } else {
        roof_text_si(out, figure, "s");
    }
}

void out_target(const roof_target *target, const roof_workload *workload, roof_buffer *out)
{
    if (target->goal != ROOF_GOAL_THROUGHPUT) roof_buffer_printf(out, "%s of ", roof_goal_text(target->goal));
    roof_buffer_append(out, roof_goal_is_least(target->goal) ? "at least " : "at most ");
    out_goal_figure(target, workload, target->si, out);
}

void out_variable(const roof_machine *machine, roof_variable variable, double value, roof_buffer *out)
{
    if (variable == ROOF_VARIABLE_CHIPS) roof_text_integer(out, value);
    else roof_unit_format(out, value, roof_variable_dimension(machine, variable));
}
