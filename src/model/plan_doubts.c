/* What to mind when several chips share the work. */
#include "model/doubts.h"

static void warn(roof_prediction *p, const char *text)
{
    roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK, "%s", text);
}

static void doubt_links(roof_prediction *p)
{
    static const roof_input_id links[] = {ROOF_INPUT_LINK_BANDWIDTH, ROOF_INPUT_FABRIC_BANDWIDTH};
    for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
        const roof_input *input = &p->machine.inputs[links[i]];
        if (roof_prediction_misses(p, links[i]))
            roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                             "%s of %s is not published: what the chips send each other is not counted, and "
                             "the true bound of this plan is lower",
                             input->field, p->chip->id);
        else if (roof_prediction_uses(p, links[i]) && input->value->direction == ROOF_DIRECTION_UNSTATED)
            roof_report_addf(&p->doubts, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                             "%s of %s does not say one way or both: taken as one way", input->field,
                             p->chip->id);
    }
}

static void warn_of_size(roof_prediction *p)
{
    const roof_value *most = roof_chip_value(p->chip, ROOF_FIELD_MAX_CHIPS);
    if (most && p->request.chips > most->si)
        roof_report_addf(&p->warnings, ROOF_GRADE_DOUBTFUL, ROOF_OK,
                         "%.0f of %s are more than the largest system published, of %.0f", p->request.chips,
                         p->chip->id, most->si);
}

void model_warn_of_plan(roof_prediction *p)
{
    const roof_split *split = &p->bound.split;
    doubt_links(p);
    if (p->request.chips <= 1) return;
    if (split->plan == ROOF_PLAN_IDEAL) {
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
                         "%g chips are taken to share the work perfectly, and the links between them are not "
                         "counted: --parallel data, pipeline or tensor counts them",
                         p->request.chips);
        return;
    }
    warn_of_size(p);
    if (split->plan == ROOF_PLAN_TENSOR)
        warn(p, "all links of a chip are taken to be of use at once, and no latency is counted");
    if (split->plan == ROOF_PLAN_PIPELINE)
        warn(p, "the stages are taken to have equal work, and no latency between them is counted");
    if (split->copies > 1)
        roof_report_addf(
            &p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
            "the KV cache can be split over %g of the %g chips (its heads): it is kept %.3g times",
            p->network->kv_heads, split->chips, split->copies);
    if (split->together < split->chips && split->plan == ROOF_PLAN_PIPELINE)
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK,
                         "the network has no more than %g layers that multiply: the other chips are idle",
                         split->together);
    if (split->plan == ROOF_PLAN_DATA && p->request.batch < split->chips)
        roof_report_addf(&p->warnings, ROOF_GRADE_NOTE, ROOF_OK, "a batch of %g keeps %g of %g chips at work",
                         p->request.batch, p->request.batch, split->chips);
}
