/* What must pass between chips when the layers of a transformer are spread over them. */
#include "workload/transformer.h"

/* Sums over the chips in one layer: after attention and after the MLP, or one for both where they run side by
 * side; cross attention adds one. */
static double sums_of_a_layer(const roof_transformer *t)
{
    if (t->architecture->seq2seq) return 3;
    return t->norms == ROOF_NORMS_ONE ? 1 : 2;
}

void roof_transformer_describe_split(const roof_transformer *t, double tokens, double past,
                                     roof_network *network)
{
    double encoder = past <= 0 ? 2 * t->source.layers * t->source.tokens : 0;
    network->handed_elements = tokens * t->hidden;
    network->reduced_elements = (sums_of_a_layer(t) * t->layers * tokens + encoder) * t->hidden;
    network->kv_heads = !t->architecture->decoder ? 0 : t->latent.kv_rank > 0 ? 1 : t->kv_heads;
}
