/* What a reader of an answer with zeros should know. */
#include <math.h>

#include "chiproof/base/buffer.h"
#include "model/doubts.h"

static void warn(roof_prediction *p, const char *format, const char *words)
{
    roof_report_addf(&p->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK, format, p->chip->id, words);
}

static void warn_of_weights(roof_prediction *p)
{
    const roof_pruning *pruning = &p->machine.pruning;
    const char *text = roof_chip_text(p->chip, ROOF_FIELD_SPARSITY_KIND);
    const char *told = roof_sparsity_kind_name(pruning->told.kind);
    switch (pruning->weights) {
    case ROOF_PRUNING_NO_SUPPORT:
        warn(p, "%s gains no throughput by zero weights (\"%s\"): it runs them as if they were dense",
             text ? text : "none");
        break;
    case ROOF_PRUNING_NOT_PUBLISHED:
        if (text) warn(p, "%s says of zeros only \"%s\": weights run as if they were dense", text);
        else warn(p, "%s publishes nothing on zero %s: they run as if they were dense", "weights");
        break;
    case ROOF_PRUNING_OTHER_PATTERN:
        warn(p, "%s skips zeros in another pattern than %s: weights run as if they were dense", told);
        break;
    case ROOF_PRUNING_NO_PATTERN:
        warn(p, "%s skips zeros in %s, which at least half zeros make: weights run as if they were dense",
             told);
        break;
    default: break;
    }
}

static void warn_of_activations(roof_prediction *p)
{
    roof_pruning_state state = p->machine.pruning.activations;
    if (state == ROOF_PRUNING_DENSE) return;
    if (state == ROOF_PRUNING_SKIPPED)
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
                         "zeros of weights and activations are taken to fall independently; activations are "
                         "moved dense");
    else warn(p, "%s does not publish that it skips zero %s: they are multiplied", "activations");
}

static void doubt_skipping(roof_prediction *p)
{
    const roof_pruning *pruning = &p->machine.pruning;
    if (pruning->weights == ROOF_PRUNING_SKIPPED && pruning->pattern_unknown)
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%s does not publish which patterns of zero weights it skips: %s is believed",
                         p->chip->id, roof_sparsity_kind_name(pruning->told.kind));
    if (pruning->kept < 1 && isinf(pruning->greatest))
        roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "the greatest sparsity of %s is not published: all zeros are taken as skipped",
                         p->chip->id);
}

/* Nothing is quietly lost between the zeros that were told and the speed-up. */
static void warn_of_rest(roof_prediction *p)
{
    const roof_pruning *pruning = &p->machine.pruning;
    if (pruning->kept >= 1) return;
    if (p->traffic.prunable_ops <= 0)
        roof_report_addf(&p->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "no layer of this network can be pruned: it runs dense");
    else if (pruning->speedup < 1 / pruning->kept * (1 - 1e-3))
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
                         "%g of the operations of pruned layers are not zero, but %s is published to skip no "
                         "more than %.4gx",
                         pruning->kept, p->chip->id, pruning->greatest);
    if (pruning->weights == ROOF_PRUNING_SKIPPED &&
        pruning->told.zeros > 1 - roof_sparsity_kept(pruning->told))
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
                         "2:4 keeps two of four weights: zeros beyond half are stored and multiplied");
}

void model_warn_of_pruning(roof_prediction *p)
{
    warn_of_weights(p);
    warn_of_activations(p);
    doubt_skipping(p);
    warn_of_rest(p);
}
