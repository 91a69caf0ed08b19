/* What a network needs of a machine that is not there yet. */
#include <math.h>
#include <string.h>

#include "compare/solve.h"

static const roof_variable unknowns[ROOF_SCRATCH_COUNT] = {
    [ROOF_SCRATCH_PEAK] = ROOF_INPUT_PEAK,
    [ROOF_SCRATCH_SRAM_BANDWIDTH] = ROOF_INPUT_SRAM_BANDWIDTH,
    [ROOF_SCRATCH_SRAM_CAPACITY] = ROOF_INPUT_SRAM_CAPACITY,
    [ROOF_SCRATCH_DRAM_BANDWIDTH] = ROOF_INPUT_DRAM_BANDWIDTH,
    [ROOF_SCRATCH_HOST_BANDWIDTH] = ROOF_INPUT_HOST_BANDWIDTH,
};

/* The rest of the machine, for one of them. */
static roof_machine rest_of(const roof_prediction *run, roof_scratch_kind kind)
{
    roof_machine machine = run->machine;
    if (kind == ROOF_SCRATCH_SRAM_CAPACITY) {
        machine.dram = ROOF_PRESENCE_NO;
        machine.inputs[ROOF_INPUT_DRAM_CAPACITY].si = machine.inputs[ROOF_INPUT_DRAM_BANDWIDTH].si = NAN;
    }
    if (kind == ROOF_SCRATCH_DRAM_BANDWIDTH)
        machine = roof_machine_with(&machine, ROOF_INPUT_SRAM_CAPACITY, run->traffic.working_bytes);
    return machine;
}

roof_code roof_scratch_solve(const roof_workload *workload, const roof_request *request,
                             const roof_target *target, roof_scratch *out, roof_error *error)
{
    roof_request asked = *request;
    memset(out, 0, sizeof *out);
    out->target = *target;
    roof_code code = roof_target_apply(target, workload, &asked, error);
    if (code != ROOF_OK) return code;
    roof_machine machine =
        roof_machine_unlimited(asked.has_precision ? asked.precision : ROOF_PRECISION_INT8);
    code = roof_predict_on_machine(&machine, workload, &asked, &out->run);
    if (code != ROOF_OK && error) *error = out->run.refusal;
    for (int i = 0; code == ROOF_OK && i < ROOF_SCRATCH_COUNT; i++) {
        out->machines[i] = rest_of(&out->run, (roof_scratch_kind)i);
        roof_machine unknown = roof_machine_with(&out->machines[i], unknowns[i], NAN);
        compare_question question = {&out->run, &unknown, unknowns[i], target};
        code = compare_solve(&question, &out->rows[i], error);
    }
    return code;
}

void roof_scratch_free(roof_scratch *scratch)
{
    if (scratch) roof_prediction_free(&scratch->run);
}
