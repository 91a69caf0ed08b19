/* One pass over a chunk of a prompt and the next tokens of other users. */
#ifndef MODEL_MIXED_STEP_H
#define MODEL_MIXED_STEP_H

#include "chiproof/workload/workload.h"

/* As of one inference: the chunk's pass, and `others` times the decoded token's. `ops` (room for as many as
 * the chunk has) and `tensors` (room for two) are borrowed by *out, which must not be freed. The passes must
 * be of one model. False if their layers are not the same. */
bool model_mix(const roof_network *chunk, const roof_network *token, double others, roof_op *ops,
               roof_tensor *tensors, roof_network *out);

#endif
