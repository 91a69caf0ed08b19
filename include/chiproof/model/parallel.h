/* How several chips share a run, and what they must then send each other.
 *
 * IDEAL      all chips as one that is so many times as large, and no byte between them. No plan is faster, so
 *            this is the default: the bound that holds whatever was done.
 * DATA       every chip has all the weights, and its share of the batch. Nothing passes between chips.
 * PIPELINE   the layers in as many stages as there are chips (at most one for each layer that multiplies), of
 *            equal work; the batch in m microbatches, one behind the other. A batch alone takes m + n - 1
 *            stage times, of which n - 1 are the bubble (GPipe: Huang et al. 2019, arXiv:1811.06965;
 * Narayanan et al. 2021, arXiv:2104.04473). In a stream of batches one is done every m stage times; when
 *            tokens are decoded, each waiting for the one before, every max(m, n). Each chip sends the
 *            activations of a microbatch to the next.
 * TENSOR     every layer split over all chips. A transformer sums up, over the chips, the outputs of each
 *            attention and each MLP: an all-reduce, in which each chip of a ring sends 2 (n - 1) / n of the
 *            bytes, which is the least there is without sums made in a switch (Shoeybi et al. 2019,
 *            arXiv:1909.08053; Thakur, Rabenseifner and Gropp 2005, doi:10.1177/1094342005051521; Patarasuk
 *            and Yuan 2009, doi:10.1016/j.jpdc.2008.09.002). Other networks are split by output channels, and
 *            each layer's output is gathered before the next multiplies: (n - 1) / n of its bytes; not
 *            before a depthwise layer, which stays within its channels. A cache with fewer heads than chips
 *            is kept in several copies.
 * BEST       the fastest of DATA, PIPELINE and TENSOR.
 *
 * Bandwidth alone is counted, of all links of a chip together, each way; latencies and topology are not.
 * Where a chip's links are not published their time is not counted, and the answer says so. A spec that is
 * itself made of several (a card with four chips) sums up inside as well, at its `fabric.bandwidth`. */
#ifndef CHIPROOF_MODEL_PARALLEL_H
#define CHIPROOF_MODEL_PARALLEL_H

#include "chiproof/base/error.h"
#include "chiproof/model/machine.h"
#include "chiproof/model/traffic.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name") */
#define ROOF_PLANS(X) \
    X(IDEAL, "ideal") \
    X(DATA, "data") \
    X(PIPELINE, "pipeline") \
    X(TENSOR, "tensor") \
    X(BEST, "best")

typedef enum roof_plan {
#define X(id, name) ROOF_PLAN_##id,
    ROOF_PLANS(X)
#undef X
        ROOF_PLAN_COUNT
} roof_plan;
const char *roof_plan_name(roof_plan plan);
/* Errors: INVALID, with the names. */
roof_code roof_plan_parse(const char *name, roof_plan *out, roof_error *error);

/* What a plan makes of a run. */
typedef struct roof_split {
    roof_plan plan;      /* the one taken: never BEST */
    double chips;        /* of the run */
    double together;     /* chips over which one pass spreads: they share its memories and rates */
    double batch;        /* that is on them at a time: of a microbatch, or of one chip's share */
    double microbatches; /* of the batch; 1 but in a pipeline */
    double busy;         /* share of the time that a stage of a pipeline works; else 1 */
    double fill;         /* time of a batch alone over the time from one batch to the next; else 1 */
    double copies;       /* of the KV cache; else 1 */
} roof_split;

/* How `chips` share a batch of the network. `plan` is not BEST; microbatches 0 stands for the default. */
roof_split roof_split_of(const roof_network *network, roof_plan plan, double chips, double batch,
                         double microbatches);

/* Elements that each layer that multiplies must have gathered from all chips when layers are split by output
 * channels, of one of the batch: the outputs of those that another follows, but not a depthwise one. */
double roof_split_gathered(const roof_network *network);
/* Elements that pass from one stage of a pipeline to the next, of one of the batch, at least: what the layers
 * of a transformer hand on; else the smallest output of a layer inside. 0 if the layers are not known. */
double roof_split_handed(const roof_network *network);

struct roof_run;

/* The fewest chips on which the run is not refused for want of memory; NaN if no number up to 10 million is
 * enough. The machine's own number of chips is not looked at. */
double roof_chips_to_fit(const roof_machine *machine, const roof_traffic *traffic,
                         const struct roof_run *run);

/* Speed-up per chip: the throughput bound of `chips` of the machine over that of `base` of them, times base /
 * chips; 1 is linear scaling. `weak`: the batch of the run is for one chip and grows with them; else it stays
 * (strong scaling). NaN if either is refused. */
double roof_scaling_efficiency(const roof_machine *machine, const roof_traffic *traffic,
                               const struct roof_run *run, double base, double chips, bool weak);

#ifdef __cplusplus
}
#endif
#endif
