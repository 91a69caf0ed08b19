#include "out/run_text.h"

void out_split_text(const roof_split *split, double batch, roof_buffer *out)
{
    switch (split->plan) {
    case ROOF_PLAN_DATA:
        roof_buffer_printf(out,
                           "data parallel: each of %g chips runs %g of the batch of %g, with all weights",
                           split->chips, split->batch, batch);
        break;
    case ROOF_PLAN_PIPELINE:
        roof_buffer_printf(out,
                           "pipeline of %g stages, %g microbatch%s of %g; at work %.3g of the time; a batch "
                           "alone takes %.4g times as long as one in a stream",
                           split->together, split->microbatches, split->microbatches == 1 ? "" : "es",
                           split->batch, split->busy, split->fill);
        break;
    case ROOF_PLAN_TENSOR:
        roof_buffer_printf(out, "tensor parallel: every layer split over %g chips", split->chips);
        if (split->copies > 1) roof_buffer_printf(out, ", the KV cache kept %.3g times", split->copies);
        break;
    default: roof_buffer_printf(out, "ideal: %g chips as one, no links counted", split->chips); break;
    }
}
