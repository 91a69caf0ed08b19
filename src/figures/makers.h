/* Private to the figures: what the table points to. Each is described in the table and by its figure's
 * footer. */
#ifndef CHIPROOF_SRC_MAKERS_H
#define CHIPROOF_SRC_MAKERS_H

#include "chiproof/figures/figures.h"

#define ROOF_MAKER(name) \
    roof_code roof_##name##_make(const roof_figure_request *request, roof_drawn_figure **out, \
                                 roof_error *error)

ROOF_MAKER(achieved);
ROOF_MAKER(backtest);
ROOF_MAKER(batch);
ROOF_MAKER(breakdown);
ROOF_MAKER(compare);
ROOF_MAKER(context);
ROOF_MAKER(coverage);
ROOF_MAKER(efficiency);
ROOF_MAKER(energy_roofline);
ROOF_MAKER(memory);
ROOF_MAKER(pareto);
ROOF_MAKER(roofline);
ROOF_MAKER(scaling);
ROOF_MAKER(sensitivity);
ROOF_MAKER(sparsity);
ROOF_MAKER(terms);
ROOF_MAKER(timeline);
ROOF_MAKER(timeline_efficiency);
ROOF_MAKER(timeline_node);
ROOF_MAKER(winner);
ROOF_MAKER(winner_sparsity);

#endif
