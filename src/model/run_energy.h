/* The energy of one answer. */
#ifndef MODEL_RUN_ENERGY_H
#define MODEL_RUN_ENERGY_H

#include "chiproof/model/predict.h"

/* Where the dynamic model is asked for: what operations and bytes cost on the prediction's chip, and the
 * POWER ceiling for its machine. Before the bound. */
void model_price_run(roof_prediction *prediction);
/* The energy at the bound's seconds. */
void model_answer_energy(roof_prediction *prediction);

#endif
