/* Serving a language model: how many users a machine holds, and what each of them gets.
 *
 * A step yields one token for each of the batch's users (continuous batching, each at the same context). What
 * memory holds beside the weights is their KV cache. All times are bounds: scheduling, sampling and the
 * network to the user are not counted.
 *
 * Chunks: a prompt is taken in so many tokens a step, beside the tokens of the others (Sarathi: Agrawal et
 * al. 2023, arXiv:2308.16369). Weights are read once a step, for both; the smaller the chunk, the more often,
 * and the less a step is delayed for the others.
 *
 * Speculation: a draft model proposes k tokens, one after the other; the model checks them in one pass of
 * k + 1 positions. With a the chance that a proposal is accepted, independent of the others, a step yields
 * (1 - a^(k+1)) / (1 - a) tokens (Leviathan, Kalman and Matias 2023, arXiv:2211.17192, equation 1), and takes
 * k passes of the draft and one of the model. The output head of that pass is counted for one position. */
#ifndef CHIPROOF_MODEL_SERVING_H
#define CHIPROOF_MODEL_SERVING_H

#include "chiproof/model/predict.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Tokens that a step is expected to yield: k + 1 at acceptance 1. */
double roof_speculated_tokens(double proposed, double acceptance);

/* What is asked. Zero-initialised fields mean the defaults. */
typedef struct roof_serve_request {
    roof_request run; /* its phase is not looked at; batch 0: all of 1, 2, 4... that fit; context 0: as long
                         as the prompt, where one is given */
    double chunk;     /* tokens; 0: the whole prompt at once, alone */
    const roof_workload *draft; /* NULL: no speculation; borrowed */
    double proposed;            /* k, with a draft */
    double acceptance;          /* 0 to 1, with a draft */
} roof_serve_request;

/* What so many users at once get. */
typedef struct roof_serve_row {
    double batch;
    bool fits;               /* else what follows but cache_bytes is NaN */
    double cache_bytes;      /* of all users, draft and copies included */
    double ttft_s;           /* of one more prompt: alone, or in chunks beside the other users' tokens */
    double tpot_s;           /* of each user */
    double disturbed_s;      /* the longest step while a prompt comes in by chunks; NaN without chunks */
    double user_per_s;       /* tokens per second of each user */
    double total_per_s;      /* ... of all */
    double chip_per_s;       /* ... of all, per chip */
    roof_ceiling_id limiter; /* of the model's pass */
} roof_serve_row;

enum { ROOF_SERVE_ROWS = 32 };
typedef struct roof_serving {
    roof_serve_request request;      /* as asked, defaults filled in */
    roof_prediction prefill, decode; /* of one user, with machine and warnings */
    double capacity_bytes;   /* on-chip and external memory of all chips; NaN if neither is published */
    double weight_bytes;     /* of all that is kept: copies in data parallel, the draft */
    double user_cache_bytes; /* of one user */
    double greatest_batch;   /* INFINITY: nothing published sets a limit */
    double step_tokens;      /* expected of a step; 1 without a draft */
    roof_serve_row rows[ROOF_SERVE_ROWS];
    size_t row_count;
    roof_error refusal; /* code OK if there is an answer */
} roof_serving;

/* Answers. Chip and workloads are borrowed and must outlive *out, which is filled in any case and must be
 * freed. Errors: UNSUPPORTED (no LLM; chunks in a pipeline), INVALID (lengths, acceptance), and those of
 * roof_predict; the same as out->refusal.code. */
roof_code roof_serve(const roof_chip *chip, const roof_workload *workload, const roof_serve_request *request,
                     roof_serving *out);
void roof_serving_free(roof_serving *serving);

#ifdef __cplusplus
}
#endif
#endif
