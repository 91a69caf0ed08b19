/* A network, layer by layer: what one pass computes and which tensors it touches, before any chip is known.
 *
 * A workload file has one of three bodies: `ops` (layers, with blocks and repeats), `transformer` (Hugging
 * Face key names that code expands), `totals` (only a zoo's totals are known). Counts are of elements, not
 * bytes: precision comes in later. A file's `reference` is checked while loading: a computed count that
 * differs is an error. */
#ifndef CHIPROOF_WORKLOAD_WORKLOAD_H
#define CHIPROOF_WORKLOAD_WORKLOAD_H

#include <stdbool.h>
#include <stddef.h>

#include "chiproof/base/error.h"
#include "chiproof/json/source.h"
#include "chiproof/units/precision.h"
#include "chiproof/units/sparsity.h"

#ifdef __cplusplus
extern "C" {
#endif

/* X(identifier, "name in files") */
#define ROOF_OP_KINDS(X) \
    X(CONV2D, "conv2d") \
    X(DEPTHWISE, "depthwise") \
    X(GEMM, "gemm") \
    X(MATMUL, "matmul") \
    X(ATTENTION, "attention") \
    X(NORM, "norm") \
    X(SOFTMAX, "softmax") \
    X(ELEMENTWISE, "elementwise") \
    X(POOL, "pool") \
    X(EMBEDDING, "embedding") \
    X(RESIZE, "resize") \
    X(CONCAT, "concat") \
    X(RECURRENT, "recurrent") \
    X(TOTAL, "total")

typedef enum roof_op_kind {
#define X(id, name) ROOF_OP_##id,
    ROOF_OP_KINDS(X)
#undef X
        ROOF_OP_KIND_COUNT
} roof_op_kind;
const char *roof_op_kind_name(roof_op_kind kind);

/* One layer, per inference (batch 1). All counts are doubles that hold whole numbers. */
typedef struct roof_op {
    roof_op_kind kind;
    const char *name; /* "layer1.0.conv2" */
    double repeat;    /* how many identical ones stand one after the other; every count below is of one */
    double macs;      /* multiply-accumulates */
    double other_ops; /* additions, comparisons, exponentials... that are no part of a MAC */
    double weights_stored; /* elements: parameters, bias and norm scale included */
    double weights_read; /* elements read in one pass whatever the batch (an embedding table: 0); where there
                            are experts, those that one token takes: see roof_op_weights_read */
    double weights_gathered; /* elements read once for each inference of the batch (an embedding's rows) */
    double input_elements;   /* activations read */
    double output_elements;  /* activations written */
    double cache_read;       /* KV-cache elements read for each inference */
    double cache_written;    /* KV-cache elements written for each inference */
    double experts; /* 0, or: the weights are of so many equal experts, of which each token takes a few */
    double experts_per_token;
    double routed_tokens; /* tokens of one inference that pass through, each to its own experts */
} roof_op;

/* How many of E experts a pass of T tokens is expected to touch when each token takes k of them:
 * E (1 - (1 - k/E)^T). One token misses an expert with probability 1 - k/E. Assumed: all experts are equally
 * likely and tokens choose independently, which training for balanced load aims at; tokens that choose alike
 * touch fewer. k for one token, and nearly E for a long prompt. */
double roof_experts_touched(double experts, double per_token, double tokens);

/* Weight elements that one pass over a batch reads, of one of the op's repeats: weights_read, or with experts
 * the expected share of weights_stored, for T = batch x routed_tokens (decode: one token each; prefill: the
 * prompt). */
double roof_op_weights_read(const roof_op *op, double batch);

typedef enum roof_phase { ROOF_PHASE_WHOLE, ROOF_PHASE_PREFILL, ROOF_PHASE_DECODE } roof_phase;
const char *roof_phase_name(roof_phase phase); /* "whole", "prefill", "decode" */

/* A tensor that crosses the host link for each inference. */
typedef struct roof_tensor {
    const char *name;
    double elements;
    double bytes_per_element; /* 0: as the run's activation precision */
} roof_tensor;

/* What one pass of a workload is, for one phase and length. Owned by the caller; release with
 * roof_network_free. */
typedef struct roof_network {
    const roof_op *ops;
    size_t op_count;
    const roof_tensor *inputs, *outputs;
    size_t input_count, output_count;
    roof_phase phase;
    double prompt;           /* tokens of the prompt (prefill), else 0 */
    double context;          /* tokens already in the cache when a token is decoded, else 0 */
    double results_per_pass; /* inferences (1) or tokens (prefill: the prompt; decode: 1) that one pass yields
                                for one of the batch */
    const char *result_unit; /* "inferences" or "tokens" */
    double cache_elements;   /* KV-cache elements that one of the batch holds at the end of the pass */
    double macs, other_ops, weights_stored, weights_read; /* sums over ops, repeats included; of experts,
                                                             weights_read has what one token takes */
    double layers; /* sum of the repeats, or as `totals` say (0 where they do not) */
    /* How the pass can be split over chips; all 0 unless the workload is given as a `transformer`. Elements
     * are of one of the batch. */
    double kv_heads;         /* heads that the cache can be split by (latent attention: 1); 0: no cache */
    double reduced_elements; /* activations that have to be summed over the chips when each layer is split by
                                heads and by hidden units: the outputs of every attention and of every MLP
                                (Shoeybi et al. 2019, arXiv:1909.08053) */
    double handed_elements;  /* activations that one layer hands to the next */
    struct roof_arena *arena;
} roof_network;

/* True if a run may take the layer's weights as pruned: convolutions, matrix multiplications, recurrent
 * layers, and the dense share of `totals`. Not depthwise convolutions (few weights, and one filter a channel
 * leaves nothing to skip along), the first convolution over an image (its three channels form no group of
 * four, and studies of pruning leave it dense: Gale, Elsen, Hooker 2019, arXiv:1902.09574; Evci et al. 2020,
 * arXiv:1911.11134), embedding tables and heads tied to one (rows are looked up), attention products (both
 * sides are activations), or norms. */
bool roof_op_is_prunable(const roof_network *network, size_t index);

typedef struct roof_workload roof_workload;

/* Parses a workload file and checks its reference counts. Faults go to `report` (may be NULL). *out is NULL
 * on failure; the caller owns it. Errors: SYNTAX, INVALID (faults in the file, counts that differ from the
 * reference), NO_MEMORY. */
roof_code roof_workload_parse(const char *text, size_t length, const char *file, roof_report *report,
                              roof_workload **out, roof_error *error);
/* The same from a file, which may also be a foreign one (chiproof/workload/import.h). Errors also: IO. */
roof_code roof_workload_load(const char *path, roof_report *report, roof_workload **out, roof_error *error);
void roof_workload_free(roof_workload *workload);

const char *roof_workload_id(const roof_workload *workload);
const char *roof_workload_name(const roof_workload *workload);
const char *roof_workload_file(const roof_workload *workload);
const char *roof_workload_task(const roof_workload *workload); /* "classification"... or NULL */
const char *roof_workload_family(
    const roof_workload *workload); /* "dense-conv", "depthwise", "attention", "llm"... or NULL */
size_t roof_workload_alias_count(const roof_workload *workload);
const char *roof_workload_alias(const roof_workload *workload, size_t index);
size_t roof_workload_source_count(const roof_workload *workload);
const roof_source *roof_workload_source(const roof_workload *workload, size_t index);

/* True for autoregressive decoders (with an encoder before them or not), which run in two phases: prefill
 * takes in the prompt, and what an encoder reads; decode adds one token. */
bool roof_workload_is_llm(const roof_workload *workload);
double roof_workload_params(const roof_workload *workload);
/* MACs of one inference at the reference input; for an LLM per token, without attention over the context. */
double roof_workload_macs(const roof_workload *workload);
/* The input shape as the reference says it ("1x3x224x224", "1x384 tokens"). */
const char *roof_workload_input(const roof_workload *workload);

/* The zeros that the file tells of its weights ("sparsity"); DENSE where it tells none. */
roof_sparsity roof_workload_sparsity(const roof_workload *workload);

/* Lengths used when a run names none. */
#define ROOF_DEFAULT_PROMPT 1024.0
#define ROOF_DEFAULT_CONTEXT 1024.0
/* The same for one LLM: shorter where it has too few positions; 0 for other workloads. */
double roof_workload_default_prompt(const roof_workload *workload);
double roof_workload_default_context(const roof_workload *workload);

/* The pass to be costed. For an LLM phase must be PREFILL or DECODE (WHOLE is taken as DECODE); prompt and
 * context <= 0 mean the model's defaults. For other workloads phase must be WHOLE (else UNSUPPORTED) and
 * prompt and context are ignored. *out is NULL on failure. Errors: UNSUPPORTED, INVALID (longer than the
 * model's positions), NO_MEMORY. */
roof_code roof_workload_expand(const roof_workload *workload, roof_phase phase, double prompt, double context,
                               roof_network **out, roof_error *error);
void roof_network_free(roof_network *network);

/* A pass that takes `tokens` in after `past` tokens that are in the cache already: a chunk of a prompt (phase
 * PREFILL), or a few tokens to be verified at once (DECODE). The output head runs for the last token alone.
 * Errors: UNSUPPORTED (no LLM, or an encoder-decoder), INVALID, NO_MEMORY. */
roof_code roof_workload_expand_chunk(const roof_workload *workload, roof_phase phase, double tokens,
                                     double past, roof_network **out, roof_error *error);

#ifdef __cplusplus
}
#endif
#endif
