/* The figures whose horizontal axis is a part of the request. */
#include <math.h>

#include "curves.h"
#include "makers.h"

static roof_code chips_along(const roof_figure_request *request, const roof_curve_axis *along, double most,
                             const char *notes, roof_drawn_figure **out, roof_error *error)
{
    roof_curves curves;
    roof_code code;
    if (!roof_curves_start(&curves, request, along, out, error, &code)) return code;
    if (most > 0) curves.most = most;
    curves.notes = notes;
    roof_curves_add_chips(&curves);
    return roof_curves_make(&curves, out, error);
}

/* The same of bounds alone: no measurement tells how runs of that kind fall short of them. */
static roof_code bounds_along(const roof_figure_request *request, const roof_curve_axis *along,
                              const char *notes, roof_drawn_figure **out, roof_error *error)
{
    roof_curves curves;
    roof_code code;
    if (!roof_curves_start(&curves, request, along, out, error, &code)) return code;
    curves.bounds_only = true;
    curves.notes = notes;
    roof_curves_add_chips(&curves);
    return roof_curves_make(&curves, out, error);
}

/* ---- batch ---- */
static void set_batch(roof_request *request, double place)
{
    request->batch = place;
}

ROOF_MAKER(batch)
{
    static const roof_curve_axis along = {.title = "Throughput over the batch",
                                          .label = "Batch",
                                          .unit = "batch",
                                          .after = "",
                                          .least = 1,
                                          .most = 1024,
                                          .per_octave = 6,
                                          .whole = true,
                                          .hides_batch = true,
                                          .apply = set_batch};
    return chips_along(request, &along, 0, NULL, out, error);
}

/* ---- context ---- */
static void set_context(roof_request *request, double place)
{
    request->context = place;
}

static bool takes(const roof_workload *workload, double context)
{
    roof_network *network = NULL;
    roof_code code = roof_workload_expand(workload, ROOF_PHASE_DECODE, 0, context, &network, NULL);
    roof_network_free(network);
    return code == ROOF_OK;
}

/* The longest context that the model has positions for, at most a million tokens. */
static double longest(const roof_workload *workload)
{
    double good = 256, bad = (1 << 20) + 1;
    while (bad - good > 1) {
        double middle = floor((good + bad) / 2);
        if (takes(workload, middle)) good = middle;
        else bad = middle;
    }
    return good;
}

ROOF_MAKER(context)
{
    static const roof_curve_axis along = {.title = "Decoding speed over the context",
                                          .label = "Tokens in the cache",
                                          .unit = "token",
                                          .after = "",
                                          .least = 128,
                                          .most = 1 << 20,
                                          .per_octave = 6,
                                          .whole = true,
                                          .apply = set_context};
    double most = request->event_count ? longest(request->events[0].workload) : 0;
    return chips_along(request, &along, most, NULL, out, error);
}

/* ---- zeros of weights ---- */
static void set_zeros(roof_request *request, double ratio)
{
    request->has_sparsity = true;
    request->sparsity.zeros = fmin(1 - 1 / ratio, ROOF_SPARSITY_LIMIT);
}

ROOF_MAKER(sparsity)
{
    static const roof_curve_axis along = {.title = "What zero weights gain",
                                          .label = "Weights over weights that are not zero",
                                          .unit = "",
                                          .after = "x",
                                          .least = 1,
                                          .most = 32,
                                          .per_octave = 16,
                                          .apply = set_zeros};
    return bounds_along(
        request, &along,
        "Each chip skips zeros in the pattern, and up to the ratio, that it publishes; what it does "
        "not publish gains nothing.",
        out, error);
}

/* ---- chips ---- */
static void set_chips(roof_request *request, double place)
{
    request->chips = place;
}

/* One chip: its plans, under the ideal that no plan can pass. Several: the plan asked for, or the best. */
ROOF_MAKER(scaling)
{
    static const roof_curve_axis along = {.title = "Throughput over the number of chips",
                                          .label = "Chips",
                                          .unit = "",
                                          .after = " chips",
                                          .least = 1,
                                          .most = 64,
                                          .per_octave = 4,
                                          .whole = true,
                                          .hides_chips = true,
                                          .apply = set_chips};
    static const roof_plan plans[] = {ROOF_PLAN_TENSOR, ROOF_PLAN_PIPELINE, ROOF_PLAN_DATA, ROOF_PLAN_IDEAL};
    static const char *const names[] = {"tensor parallel", "pipeline", "data parallel", "ideal sharing"};
    roof_curves curves;
    roof_code code;
    if (!roof_curves_start(&curves, request, &along, out, error, &code)) return code;
    roof_plan asked = request->events[0].request.plan;
    bool one = request->chip_count == 1 && asked == ROOF_PLAN_IDEAL;
    for (int i = 0; one && i < 4; i++)
        roof_curves_add(&curves,
                        (roof_curve_line){.chip = request->chips[0],
                                          .name = names[i],
                                          .has_plan = true,
                                          .plan = plans[i],
                                          .color = plans[i] == ROOF_PLAN_IDEAL ? ROOF_COLOR_MUTED : i,
                                          .dash = i == 3 ? ROOF_DASH_DOTTED : i,
                                          .thickness = plans[i] == ROOF_PLAN_IDEAL ? 0.7 : 1});
    if (one) curves.subtitle = roof_figure_chip_name(request, request->chips[0]);
    else roof_curves_add_chips(&curves);
    for (size_t i = 0; !one && i < curves.line_count; i++) {
        curves.lines[i].has_plan = true;
        curves.lines[i].plan = asked == ROOF_PLAN_IDEAL ? ROOF_PLAN_BEST : asked;
    }
    if (!one)
        curves.subtitle = roof_builder_printf(&curves.b, "plan %s", roof_plan_name(curves.lines[0].plan));
    curves.no_crossings = curves.bounds_only = one;
    curves.notes = "Bandwidth of the links alone is counted, as published; chips without it pay nothing for "
                   "talking to each other, which is too good.";
    return roof_curves_make(&curves, out, error);
}
