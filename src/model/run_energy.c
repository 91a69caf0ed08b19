#include "model/run_energy.h"

#include <math.h>

static double or_none(double joules)
{
    return isnan(joules) ? 0 : joules;
}

void model_price_run(roof_prediction *p)
{
    static const roof_technology unread = ROOF_TECHNOLOGY_EMPTY;
    roof_error error;
    if (p->request.energy != ROOF_ENERGY_DYNAMIC) return;
    const roof_technology *technology = p->request.technology ? p->request.technology : &unread;
    if (roof_costs_of(technology, p->chip, p->request.precision, &p->costs, &error) != ROOF_OK) {
        roof_energy_refuse(&p->energy, error.message);
        return;
    }
    p->machine.op_j = or_none(p->costs.items[ROOF_COST_OP].each.least);
    p->machine.on_chip_byte_j = or_none(p->costs.items[ROOF_COST_ON_CHIP].each.least);
}

void model_answer_energy(roof_prediction *p)
{
    const roof_request *request = &p->request;
    double results = request->batch * p->network->results_per_pass;
    if (p->energy.missing[0]) return;
    if (request->energy != ROOF_ENERGY_DYNAMIC)
        roof_energy_settle(p->chip, request->energy, request->chips, results, &p->energy);
    else if (p->costs.node_m > 0)
        roof_energy_settle_dynamic(p->chip, &p->costs, &p->bound, request->batch, results, &p->energy);
    else roof_energy_refuse(&p->energy, "the dynamic model takes a chip and its process node");
    p->energy_j = roof_energy_joules(&p->energy, p->bound.seconds);
    p->energy_most_j = roof_energy_joules_most(&p->energy, p->bound.seconds);
}
