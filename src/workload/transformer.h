/* Transformers given by their Hugging Face configuration, and the operations of one pass. */
#ifndef WORKLOAD_TRANSFORMER_H
#define WORKLOAD_TRANSFORMER_H

#include <stdbool.h>

#include "chiproof/json/json.h"
#include "chiproof/workload/workload.h"
#include "workload/op_list.h"

typedef enum roof_positions {
    ROOF_POSITIONS_TABLE,   /* learned: a row is added to each token */
    ROOF_POSITIONS_ROTARY,  /* q and k are rotated */
    ROOF_POSITIONS_ALIBI,   /* a slope a head, no weights */
    ROOF_POSITIONS_RELATIVE /* T5: a small table of biases, shared by all layers */
} roof_positions;

typedef enum roof_norms {
    ROOF_NORMS_TWO, /* before (or after) attention, and the MLP */
    ROOF_NORMS_ONE, /* attention and MLP run side by side from one */
    ROOF_NORMS_FOUR /* before and after each */
} roof_norms;

/* What a `model_type` says without saying it in a key. */
typedef struct roof_architecture {
    const char *model_type;
    bool decoder;  /* autoregressive, in two phases */
    bool seq2seq;  /* a decoder that also attends to what an encoder made */
    bool gated;    /* MLP of three matrices, down(act(gate x) * up x), else of two */
    bool rms_norm; /* one weight a channel, else two */
    bool qkv_bias, out_bias, mlp_bias, head_bias;
    bool no_key_bias;    /* k has no bias though q and v have */
    bool qk_norm;        /* an RMS norm over each head of q and k */
    bool embedding_norm; /* a norm after the embeddings */
    bool shared_layers;  /* one layer's weights serve all layers */
    bool experts;        /* mixture of experts: see roof_experts */
    bool latent;         /* multi-head latent attention: see roof_latent */
    bool window_off;     /* sliding_window counts only where use_sliding_window says so */
    roof_positions positions;
    roof_norms norms;
    bool tied;              /* default of tie_word_embeddings */
    double extra_positions; /* rows of the position table beyond max_position_embeddings */
    double window_pattern;  /* every n-th layer attends to all, the others within the window; 1: none does */
    const char *activation;
} roof_architecture;

/* The architecture that "model_type" names, or NULL after a fault. */
const roof_architecture *roof_architecture_read(const roof_json_value *json);

/* A mixture of experts in the place of the MLP; count 0: there is none. */
typedef struct roof_experts {
    double count, per_token;
    double width;        /* intermediate size of one */
    double shared_width; /* of the one that every token takes as well, or 0 */
    bool shared_gate;    /* which is weighted by a gate of its own */
    bool routing_bias;   /* a bias an expert, added for the choice only */
    double dense_layers; /* the first ones, with an MLP of intermediate_size */
} roof_experts;

/* Multi-head latent attention; kv_rank 0: there is none. */
typedef struct roof_latent {
    double q_rank; /* 0: q comes from one matrix */
    double kv_rank, nope_dim, rope_dim, v_dim;
} roof_latent;

/* The encoder of an encoder-decoder; layers 0: there is none. */
typedef struct roof_encoder_config {
    double layers, heads, intermediate;
    double tokens; /* that the decoder attends to */
    double mels;   /* channels of the spectrogram that two convolutions read, or 0: tokens are embedded */
    double position_buckets; /* T5 */
} roof_encoder_config;

typedef struct roof_transformer {
    const roof_architecture *architecture;
    double hidden, layers, heads, kv_heads, head_dim, intermediate, vocabulary, positions, token_types;
    double window, full_layers; /* 0: no window; how many layers attend to everything all the same */
    double sequence;            /* encoders: tokens of one inference */
    double embedding;           /* width of the word table; the hidden size unless a matrix widens it */
    double activation_ops;      /* operations an element */
    bool qkv_bias, out_bias, mlp_bias, tied, gated;
    bool pooler_stored, pooler_run;
    roof_norms norms;
    roof_experts experts;
    roof_latent latent;
    roof_encoder_config source;
} roof_transformer;

/* Reads the configuration; keys that it does not use are left to the caller. False after a fault. */
bool roof_transformer_read(const roof_json_value *json, roof_transformer *out);
/* The keys that roof_transformer_read understands. */
const char *const *roof_transformer_keys(size_t *count);

/* Each reads its part of the configuration; false after a fault. */
bool roof_experts_read(const roof_json_value *json, roof_transformer *t);
bool roof_latent_read(const roof_json_value *json, roof_transformer *t);
bool roof_seq2seq_read(const roof_json_value *json, roof_transformer *t);
/* A whole number of at least 1; the second kind may be missing or null. */
bool roof_config_size(const roof_json_value *json, const char *key, double *out);
bool roof_config_optional(const roof_json_value *json, const char *key, double fallback, double *out);
bool roof_config_flag(const roof_json_value *json, const char *key, bool fallback, bool *out);
/* The operations of the function that `key` names (or the architecture, without it). */
bool roof_config_activation(const roof_json_value *json, const char *key, roof_transformer *t);

/* Each adds the operations of one pass; false with *why as roof_op_list_add has it. Tokens: how many go in;
 * past: how many are in the cache already, where 0 makes it a prefill, in which an encoder runs too. A
 * decoder's output head runs for the last token alone. */
bool roof_transformer_decoder(const roof_transformer *t, double tokens, double past, roof_op_list *ops,
                              const char **why);
bool roof_transformer_encoder(const roof_transformer *t, roof_op_list *ops, const char **why);

/* KV-cache elements of one inference after `tokens` tokens, over all layers. */
double roof_transformer_cache_elements(const roof_transformer *t, double tokens);
/* Fills how a pass of `tokens` after `past` ones can be split over chips. */
void roof_transformer_describe_split(const roof_transformer *t, double tokens, double past,
                                     roof_network *network);
/* What an encoder takes over the host link for each inference; elements 0: there is none. */
roof_tensor roof_transformer_source(const roof_transformer *t);

/* Parts that the kinds share. */
typedef struct roof_emitter {
    const roof_transformer *t;
    roof_op_list *ops;
    const char *prefix;  /* of all names, or NULL */
    bool idle;           /* what is emitted does not run in this pass: only its weights are added up */
    double idle_weights; /* ... here */
    const char *why;
    bool failed;
} roof_emitter;
void roof_emit(roof_emitter *e, double repeat, roof_op op);
void roof_emit_linear(roof_emitter *e, double repeat, const char *name, double rows, double in, double out,
                      bool bias);
void roof_emit_norm(roof_emitter *e, double repeat, const char *name, double rows, double width);
void roof_emit_elementwise(roof_emitter *e, double repeat, const char *name, double in, double out,
                           double ops_each);
void roof_emit_table(roof_emitter *e, const char *name, double rows, double width, double lookups);
/* Weights that are stored but take no part in this pass. */
void roof_emit_stored(roof_emitter *e, const char *name, double weights);
/* gate_proj, up_proj and down_proj below `block`. */
void roof_emit_mlp(roof_emitter *e, double repeat, const char *block, double tokens, double width);
void roof_emit_experts(roof_emitter *e, double repeat, double tokens);
/* Self-attention of a decoder, from its projections to its output. */
void roof_emit_self_attention(roof_emitter *e, double tokens, double past);
void roof_emit_latent_attention(roof_emitter *e, double tokens, double past);
/* Every one of `queries` attends to every one of `keys`, keys and values being activations. */
void roof_emit_full_attention(roof_emitter *e, const char *name, double queries, double keys);
/* The language-model head over the last token. */
void roof_emit_head(roof_emitter *e);
/* The pass of an encoder-decoder. */
void roof_emit_seq2seq(roof_emitter *e, double tokens, double past);

/* Sum over the tokens past+1 ... past+tokens of the positions each attends to, itself included: i of them, or
 * the window's where that is fewer (window 0: none). Without a window this is tokens x past + tokens (tokens
 * + 1) / 2. */
double roof_attended_pairs(double window, double tokens, double past);

#endif
