/* The form of the efficiency model, as tables.
 *
 * A pass takes the sum of a few terms: t = sum over terms of u_k exp(x_k). u_k is what the published figures
 * say of the term at full efficiency (seconds; see features.h), x_k how much longer it takes in truth, on a
 * log scale. Where a sum is taken instead of a maximum, overlap is part of what is fitted: on published
 * results both score alike, and with a sum the sensitivity of ln t to x_k is the share of the term.
 *
 * x_k is the sum of one or more coordinates: the term's own, and those that all terms of computing share (the
 * chip's general level, the precision, slopes in size). Every coordinate of a chip is pooled:
 *   coordinate = all + class + vendor within the class + chip,
 * each a parameter with a normal prior around zero (for "all": around `mean`) and the standard deviation of
 * the table; 0 means that this level does not differ. A chip, vendor or class nobody has measured keeps the
 * prior, and its width. */
#ifndef CHIPROOF_EFFICIENCY_FORM_H
#define CHIPROOF_EFFICIENCY_FORM_H

#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum roof_pool_level {
    ROOF_POOL_ALL,
    ROOF_POOL_CLASS,
    ROOF_POOL_VENDOR,
    ROOF_POOL_CHIP,
    ROOF_POOL_LEVEL_COUNT
} roof_pool_level;
const char *roof_pool_level_name(roof_pool_level level); /* "all", "class", "vendor", "chip" */

/* X(identifier, "name", prior mean, prior standard deviation of all, class, vendor, chip, "what it is") */
#define ROOF_COORDINATES(X) \
    X(COMPUTE, "compute", 0.8, 0.7, 0.2, 0.44, 0.25, "computing, against the dense peak") \
    X(STEM, "stem", 0, 0.34, 0.27, 0.35, 0, "first convolutions, of a few input channels") \
    X(CONV, "conv", 0, 0.34, 0.27, 0.35, 0, "convolutions wider than 1x1") \
    X(POINTWISE, "pointwise", 0, 0.34, 0.27, 0.35, 0, "1x1 convolutions") \
    X(GROUPED, "grouped", 0, 0.34, 0.27, 0.35, 0, "grouped convolutions") \
    X(DEPTHWISE, "depthwise", 0, 0.34, 0.27, 0.35, 0, "depthwise convolutions") \
    X(GEMM, "gemm", 0, 0.34, 0.27, 0.35, 0, "matrix products with weights") \
    X(ATTENTION, "attention", 0, 0.34, 0.27, 0.35, 0, "products of activations with each other") \
    X(RECURRENT, "recurrent", 0, 0.6, 0.6, 0.35, 0, "recurrent layers") \
    X(VOLUME, "volume", 0, 0.6, 0.6, 0.35, 0, "convolutions in three dimensions") \
    X(TOTAL_DENSE, "totals dense", 0, 0.34, 0.27, 0.35, 0, "networks of convolutions known by totals") \
    X(TOTAL_MIXED, "totals mixed", 0, 0.34, 0.27, 0.35, 0, "mixed networks known by totals") \
    X(TOTAL_DEPTHWISE, "totals depthwise", 0, 0.34, 0.27, 0.35, 0, "depthwise networks known by totals") \
    X(TOTAL_ATTENTION, "totals attention", 0, 0.34, 0.27, 0.35, 0, "transformers known by totals") \
    X(TOTAL_GROUPED, "totals grouped", 0, 0.34, 0.27, 0.35, 0, "grouped networks known by totals") \
    X(TOTAL_DETECTS, "totals detect", 0, 0.34, 0.27, 0.35, 0, "known by totals: detection") \
    X(TOTAL_SEGMENTS, "totals segment", 0, 0.34, 0.27, 0.35, 0, "known by totals: segmentation") \
    X(TOTAL_OTHERS, "totals other", 0, 0.34, 0.27, 0.35, 0, "known by totals: neither, nor classification") \
    X(BATCH, "batch", 0, 0.1, 0.1, 0, 0, "slope of computing in ln batch, up to 32") \
    X(SIZE, "size", 0, 0.1, 0.1, 0, 0, "slope of computing in ln ops of a network; large chips only") \
    X(WIDE, "16-bit", 0, 0, 0.15, 0, 0.1, "16-bit against 8-bit computing") \
    X(ACTIVATION, "activation", 5.3, 1, 0.3, 0.4, 0, "each activation, in ops at the peak") \
    X(SPILL, "spill", -0.9, 1, 0.4, 0.4, 0.4, "activations through external memory") \
    X(LAYER, "layer", 0, 1.5, 0.8, 0.3, 0.5, "each layer that multiplies, in units of 3 us") \
    X(STEP, "step", 0, 1, 0.5, 0, 0.3, "each step in time of a recurrent layer, in units of 10 us") \
    X(LATENCY, "latency", 0, 1.5, 1, 0.3, 0.5, "a run on its own, in units of 0.3 ms") \
    X(PIPELINE, "pipeline", 0, 1.5, 1, 0.3, 0.5, "a run in a stream of runs, in units of 0.3 ms") \
    X(INPUT, "input", 0.47, 0.5, 0.5, 0, 0.4, "input over the host link") \
    X(STREAM, "stream", 0.26, 0.4, 0.5, 0, 0.5, "weights read from external memory in every pass") \
    X(RELOAD, "reload", 0.26, 0.4, 0.5, 0, 0.5, "weights sent again from the host in every pass") \
    X(LLM_COMPUTE, "llm compute", 0.7, 0.5, 0.2, 0.3, 0.2, "computing of language models") \
    X(LLM_DECODE, "llm decode", 0.3, 0.5, 0, 0, 0, "computing while decoding, on top of that") \
    X(LLM_MEMORY, "llm memory", 0.14, 0.3, 0.1, 0.15, 0.12, "weights read in a pass") \
    X(LLM_CACHE, "llm cache", 0.2, 0.5, 0, 0, 0, "caches read in a pass, on top of that") \
    X(LLM_LAYER, "llm layer", 0, 1, 0.5, 0.5, 0.35, "each layer of a pass, in units of 7 us") \
    X(LLM_LINK, "llm link", 0, 1, 0.5, 0.5, 0.4, "each layer split over chips, in units of 3 us") \
    X(LLM_SEQUENCE, "llm sequence", 0, 1.5, 0, 0.6, 0.4, "each layer of each sequence, in units of 0.1 us")

typedef enum roof_coordinate {
#define X(id, name, mean, all, class_, vendor, chip, text) ROOF_COORDINATE_##id,
    ROOF_COORDINATES(X)
#undef X
        ROOF_COORDINATE_COUNT
} roof_coordinate;
const char *roof_coordinate_name(roof_coordinate coordinate);
const char *roof_coordinate_text(roof_coordinate coordinate);
double roof_coordinate_mean(roof_coordinate coordinate);
double roof_coordinate_sd(roof_coordinate coordinate, roof_pool_level level);

/* The terms of the sum, by the coordinate that is their own. X(coordinate, what is added to it: all that
 * terms of computing share (COMPUTE), another coordinate, or nothing (COUNT)) */
#define ROOF_TERMS(X) \
    X(STEM, COMPUTE) \
    X(CONV, COMPUTE) \
    X(POINTWISE, COMPUTE) \
    X(GROUPED, COMPUTE) \
    X(DEPTHWISE, COMPUTE) \
    X(GEMM, COMPUTE) \
    X(ATTENTION, COMPUTE) \
    X(RECURRENT, COMPUTE) \
    X(VOLUME, COMPUTE) \
    X(TOTAL_DENSE, COMPUTE) \
    X(TOTAL_MIXED, COMPUTE) \
    X(TOTAL_DEPTHWISE, COMPUTE) \
    X(TOTAL_ATTENTION, COMPUTE) \
    X(TOTAL_GROUPED, COMPUTE) \
    X(ACTIVATION, COMPUTE) \
    X(SPILL, COUNT) \
    X(LAYER, COUNT) \
    X(STEP, COUNT) \
    X(LATENCY, COUNT) \
    X(PIPELINE, COUNT) \
    X(INPUT, COUNT) \
    X(STREAM, COUNT) \
    X(RELOAD, COUNT) \
    X(LLM_COMPUTE, COUNT) \
    X(LLM_DECODE, LLM_COMPUTE) \
    X(LLM_MEMORY, COUNT) \
    X(LLM_CACHE, LLM_MEMORY) \
    X(LLM_LAYER, COUNT) \
    X(LLM_LINK, COUNT) \
    X(LLM_SEQUENCE, COUNT)

typedef enum roof_term {
#define X(id, also) ROOF_TERM_##id,
    ROOF_TERMS(X)
#undef X
        ROOF_TERM_COUNT
} roof_term;
roof_coordinate roof_term_coordinate(roof_term term);
const char *roof_term_name(roof_term term);
/* The coordinate that is added to its own; ROOF_COORDINATE_COUNT if none is. */
roof_coordinate roof_term_also(roof_term term);
/* True for the terms of computing. */
bool roof_term_is_shared(roof_term term);

/* What a run reduces to: the seconds of its terms at full efficiency, and how far the coordinates that terms
 * share apply to it (1 for COMPUTE; 0 or 1 for precisions; the value of what a slope is of). */
typedef struct roof_features {
    double unit_s[ROOF_TERM_COUNT];
    double shared[ROOF_COORDINATE_COUNT];
} roof_features;

/* ln of the seconds that the terms add up to at coordinates x; `slope` (may be NULL) gets d ln t / d x. NaN
 * if all terms are zero. */
double roof_form_log_seconds(const roof_features *features, const double x[ROOF_COORDINATE_COUNT],
                             double slope[ROOF_COORDINATE_COUNT]);

#ifdef __cplusplus
}
#endif
#endif
