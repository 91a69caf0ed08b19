/* One chip, one workload, one run: the answer and what it rests on. */
#ifndef CHIPROOF_MODEL_PREDICT_H
#define CHIPROOF_MODEL_PREDICT_H

#include <stdbool.h>

#include "chiproof/base/error.h"
#include "chiproof/chip/chip.h"
#include "chiproof/model/bound.h"
#include "chiproof/model/energy.h"
#include "chiproof/units/sparsity.h"
#include "chiproof/workload/workload.h"

#ifdef __cplusplus
extern "C" {
#endif

/* What is asked. Zero-initialised fields mean the defaults. */
typedef struct roof_request {
    bool has_precision; /* else the chip's first one in the order of ROOF_PRECISIONS */
    roof_precision precision;
    bool has_weights, has_cache; /* weights or KV cache in another format than the precision's */
    roof_precision weights, cache;
    double batch;           /* 0: 1 */
    double chips;           /* 0: 1 */
    roof_phase phase;       /* LLMs: WHOLE means DECODE */
    double prompt, context; /* tokens; 0: the workload's defaults */
    bool offload_host;
    bool has_sparsity;        /* else the workload's own, which mostly is none */
    roof_sparsity sparsity;   /* kind DENSE: the pattern that the chip skips best */
    double activation_zeros;  /* share of the activations that are zero; counts on chips that skip those */
    bool unfused;             /* layers that do not multiply move their activations too */
    roof_energy_basis energy; /* AUTO: typical power, or the TDP where none is published. DYNAMIC also puts
                                 the POWER ceiling into the bound, which then rests on an estimate */
    const roof_technology *technology; /* borrowed; what DYNAMIC and scaling to a node read; NULL: nothing */
    double node_m;                     /* the process node that a ranking brings power to; 0: 7 nm */
    bool fit_chips;                    /* `chips` is the fewest that hold it, found here */
    roof_plan plan;                    /* how several chips share the work; 0: IDEAL */
    double microbatches;               /* of PIPELINE; 0: the default of roof_run */
} roof_request;

/* The run that a request amounts to (its defaults must be filled in). */
roof_run roof_request_run(const roof_request *request);

/* The answer. Chip and workload are borrowed and must outlive it. Release with roof_prediction_free. */
typedef struct roof_prediction {
    const roof_chip *chip;
    const roof_workload *workload;
    roof_request request; /* as asked, defaults filled in */
    roof_machine machine;
    roof_network *network;
    roof_traffic traffic;
    roof_bound bound;
    double throughput; /* bound: results (inferences or tokens) per second */
    double latency_s;  /* bound: one pass of the batch */
    double ttft_s,
        tpot_s;         /* bounds: time to first token, time per output token; NaN if not an LLM or refused */
    roof_bound other;   /* the bound of an LLM's other phase, behind TTFT or TPOT; where that is not NaN */
    roof_costs costs;   /* DYNAMIC only */
    roof_energy energy; /* what the run draws; roof_energy_joules gives it for any seconds */
    double energy_j;    /* of one result, in passes as short as the bound; NaN if not known */
    double energy_most_j; /* the same by the greatest of the published costs: DYNAMIC is a range */
    roof_report doubts; /* of the chip's figures that entered: unverified, assumed dense, not published... */
    roof_report warnings; /* of this run: streamed weights, ideal sharing... */
    roof_error refusal;   /* code OK if there is an answer */
} roof_prediction;

/* Answers. *out is filled in any case (its refusal says why there is no answer) and must be freed. Errors:
 * NO_PRECISION, DOES_NOT_FIT, UNSUPPORTED, INVALID, NO_MEMORY; the same as out->refusal.code. */
roof_code roof_predict(const roof_chip *chip, const roof_workload *workload, const roof_request *request,
                       roof_prediction *out);
/* The same on a machine that is not, or not only, a chip's: machine->chip is borrowed for its name, and there
 * are no doubts of its figures. request->chips and the precision are those of the machine. */
roof_code roof_predict_on_machine(const roof_machine *machine, const roof_workload *workload,
                                  const roof_request *request, roof_prediction *out);
void roof_prediction_free(roof_prediction *prediction);

/* What a bound amounts to. */
typedef struct roof_outcome {
    roof_bound bound;
    double throughput; /* results per second */
    double latency_s;  /* one pass of the batch */
} roof_outcome;

/* The same run on another machine: the prediction's with something changed (chiproof/model/variable.h). Pure
 * arithmetic; nothing is allocated when `error` is NULL. Also of a prediction that was refused for want of
 * memory. Errors: those of roof_bound_compute, the refusal of a prediction that has no network. */
roof_code roof_prediction_on(const roof_prediction *prediction, const roof_machine *machine,
                             roof_outcome *out, roof_error *error);

/* Results per second of the same run at another batch; NaN if it does not fit. Pure arithmetic. */
double roof_prediction_throughput_at(const roof_prediction *prediction, double batch);

/* The same run with another share of zero weights, in the pattern that it has. */
typedef struct roof_pruned_outcome {
    roof_outcome outcome;
    roof_pruning pruning;
    double weight_bytes; /* stored, of the whole network */
} roof_pruned_outcome;

/* Pure arithmetic; nothing is allocated when `error` is NULL. Also of a prediction that was refused for want
 * of memory. Errors: those of roof_prediction_on. */
roof_code roof_prediction_at_zeros(const roof_prediction *prediction, double zeros, roof_pruned_outcome *out,
                                   roof_error *error);

/* True if the machine's input entered the bound: the peak, capacities that decided residency, rates of
 * ceilings that carry something. */
bool roof_prediction_uses(const roof_prediction *prediction, roof_input_id input);
/* True if the bound would have counted the input but nothing is published. */
bool roof_prediction_misses(const roof_prediction *prediction, roof_input_id input);

#ifdef __cplusplus
}
#endif
#endif
