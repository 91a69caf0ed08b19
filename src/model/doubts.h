/* What a reader of an answer should doubt or be warned of. */
#ifndef MODEL_DOUBTS_H
#define MODEL_DOUBTS_H

#include "chiproof/model/predict.h"

/* Fills the doubts (of the chip's figures that entered) and warnings (of this run) of an answered
 * prediction. */
void model_add_warnings(roof_prediction *prediction);
/* The part of them that is about zeros. */
void model_warn_of_pruning(roof_prediction *prediction);

/* Adds what the plan for several chips takes for granted. */
void model_warn_of_plan(roof_prediction *prediction);

#endif
