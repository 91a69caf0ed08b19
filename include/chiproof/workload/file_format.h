/* The format of workload files, models/<id>.json: a manual, with no more code than the name of the format.
 * specs/schema/workload.schema.json gives the same to editors; the loader is the authority.
 *
 * At the top
 * ----------
 *   "schema"     "chiproof/workload/1"
 *   "id"         a-z, 0-9, "." and "-"; "name"; "aliases": [...]; "task" and "notes": free words
 *   "family"     dense-conv, grouped-conv, depthwise, mixed, attention, llm, rnn, diffusion, recommendation
 *   "input"      what comes in over the host link for each inference:
 *                [{"name": "image", "shape": [3, 224, 224], "precision": "uint8"}]. Shapes have no batch.
 *                Without "precision" the elements are as wide as the run's activations. Needed by "ops";
 *                elsewhere there is a default, and a decoder has tokens.
 *   "output"     the same for what goes out; in an "ops" file also names of tensors; else the last output
 *   "reference"  {"params", "macs", "input": "1x3x224x224", "source"}: published counts. A count that
 *                differs is an error; "params_tolerance" and "macs_tolerance" (relative, at most 0.2) are for
 *                figures published rounded.
 *   "sparsity"   {"zeros"*: 0.9, "kind"*: "2:4", "block" or "unstructured", "source"}: the share of the weights
 *                that are zero, in the layers that can be pruned (roof_op_is_prunable); a run may say another
 *   "source"     id of the source of the layers ("transformer", "totals" and "reference" have their own)
 *   "sources"    [{"id", "title", "publisher", "date", "url"}]
 * and one of "ops" (with "params" and "blocks"), "transformer", "totals", "counts", or
 *   "like"       the id of an "ops" file in the same folder, whose layers this one takes, and its input,
 *                output, task and family where it has none; "params" replaces some of its parameters: a
 *                family is one long file and short ones.
 * Keys that start with "$" or "//" are ignored.
 *
 * "ops": layers
 * -------------
 * Layers run one after the other; each takes the output of the one before. A layer is {"op": KIND, ...} with
 *   "from"    the tensor it takes instead, or a list of tensors
 *   "as"      the name of its output, for "from" (and in listings)
 *   "repeat"  how often it runs, each time on the output of the time before; "name.0", "name.1"... are the
 *             outputs of each, "name" the last, and "name.*" in a list stands for all of them
 *   "if"      0: it does not run, and its (first) input passes on, under its name too
 * Shapes are [channels, height, width] for images (one or three spatial dimensions work the same), and
 * [tokens, channels] for sequences.
 *
 * KIND, and its attributes (* = must be there):
 *   conv2d       out*, kernel*, stride 1, pad "same", dilation 1, groups 1, bias (true unless norm), norm
 *                (true: 2 x out parameters of a folded batch norm), act, transposed, output_pad, shared
 *   depthwise    the same without out and groups; multiplier 1: channels made of each
 *   gemm         out*, bias, norm, act, shared: a matrix over the last dimension
 *   matmul       two tensors [..., m, k] and [..., k, n]; transpose_b: the second is [..., n, k]
 *   attention    heads*, kv_heads, causal, learned (n weights of a position bias): from one tensor
 *                [..., tokens, q | k | v], or from three: q, k and v
 *   norm         type: layer or rms (over the last dimension), batch, group or channel (over the first);
 *                affine, act, shared
 *   softmax
 *   elementwise  fn*: add, sub or mul of all in "from" (dimensions of 1 stretch), or a function of one: relu,
 *                silu, gelu...; learned: n weights as one more operand; act
 *   pool         fn*: max or avg with kernel, stride (kernel), pad, dilation, ceil, or with out; global
 *   embedding    rows*, out*; reduce: add up what was looked up; shared
 *   resize       scale or out; fn: nearest or bilinear
 *   concat       axis (the channels); learned: n entries that are weights
 *   recurrent    hidden*, cell: lstm, gru or rnn; bidirectional, bias, shared
 * and four views, which cost nothing and are no operation of the network:
 *   split        parts*: a number or a list of sizes; axis; "as" may be a list of names
 *   slice        size*, start 0, axis
 *   reshape      shape*
 *   flatten
 * kernel, stride, pad, dilation, output_pad, scale, and out of pool and resize are one number or one for each
 * spatial dimension; pad also [top, left, bottom, right]. pad "same" gives ceil(n / stride), which for odd
 * kernels is padding by half a kernel. act adds an operation of its own after the layer. shared weights are
 * an earlier layer's: stored and read with that one.
 *
 * Blocks and numbers
 * ------------------
 * "blocks": {"NAME": {"params": {"width": null, "stride": 1}, "ops": [...]}} (or just the list) is called by
 * {"block": "NAME", "with": {"width": 64}, "first": {"stride": 2}, "last": {...}}, with "from", "as",
 * "repeat" and "if" as above. "first" and "last" go before "with" in the first and the last of the repeats. A
 * parameter that is null must be given; the others are defaults. In a block "input" is the tensor it was
 * given ("input2", "input3"... the further ones); names made in it are its own, and names it lacks are looked
 * up in the caller.
 *
 * Wherever a number is expected, a string is an expression over the block's parameters, the file's "params",
 * and the input's input_channels, input_height, input_width, input_tokens, input_elements and input_0 ...
 * input_3: "4*width", "max(1, round(3*depth))", "ceil_to(64*width, 8)", "stride == 1". There are + - * / ( )
 * < <= > >= == != min max ceil floor round (halves to even) ceil_to(x, multiple) round_to(x, multiple) (the
 * rule of MobileNets). What comes out must be whole where sizes are meant.
 *
 * What a file may hold is bounded: 256 blocks, 32 parameters each, calls 16 deep, 50000 steps and 20000
 * operations, expressions of 128 characters, 64 inputs of a layer, dimensions below 2^31, and every count
 * below 2^53, up to where a double is exact.
 *
 * "transformer"
 * -------------
 * Keys as in a Hugging Face config.json. model_type* is one of
 *   decoders          llama, mistral, qwen2, qwen3, phi3, gemma, gemma2, gemma3_text, gpt2, opt, gptj,
 *                     gpt_neox, phi, bloom, falcon
 *   with experts      mixtral, qwen2_moe, qwen3_moe, deepseek_v2, deepseek_v3
 *   encoders          bert, roberta, distilbert, albert
 *   encoder-decoders  whisper, t5
 * Common keys: hidden_size*, num_hidden_layers*, num_attention_heads*, num_key_value_heads, head_dim,
 * intermediate_size*, vocab_size*, max_position_embeddings*, tie_word_embeddings, hidden_act, attention_bias,
 * mlp_bias, sliding_window, use_sliding_window (false unless given for qwen models), sliding_window_pattern
 * (every n-th layer attends to everything; gemma2 2, gemma3_text 6, others 1: no layer does),
 * new_decoder_architecture (falcon). A key of another group is an error.
 *   experts    num_local_experts, num_experts or n_routed_experts*; num_experts_per_tok*;
 *              moe_intermediate_size (else intermediate_size); n_shared_experts;
 *              shared_expert_intermediate_size; first_k_dense_replace; n_group and topk_group are read and
 *              leave the counts alone
 *   deepseek   q_lora_rank (null: one matrix), kv_lora_rank*, qk_nope_head_dim*, qk_rope_head_dim*,
 *              v_head_dim*
 *   encoders   sequence_length*, type_vocab_size, embedding_size (albert), pooler ("stored": its weights
 *              count but it does not run; "run"; "none")
 *   whisper    d_model*, encoder_layers*, encoder_attention_heads*, encoder_ffn_dim*, decoder_layers*,
 *              decoder_attention_heads*, decoder_ffn_dim*, num_mel_bins*, max_source_positions*,
 *              max_target_positions*, vocab_size*, activation_function, tie_word_embeddings
 *   t5         d_model*, d_kv*, d_ff*, num_layers*, num_decoder_layers, num_heads*, vocab_size*,
 *              n_positions*, relative_attention_num_buckets, feed_forward_proj, tie_word_embeddings; and
 *              sequence_length*, the tokens that its encoder reads
 *
 * A decoder's MACs are the useful ones. Prefill of n tokens: every matrix n times, but the output head once,
 * for the last token alone; attention under the causal mask, token t meets t positions:
 * layers x heads x head_dim x 2 x n (n + 1) / 2. Decode after c tokens: every matrix once, attention to c + 1
 * positions, a cache of c tokens read and one token written. The cache holds 2 x layers x key-value heads x
 * head_dim elements a token; a sliding window bounds all of these, in the layers that have it. The reference
 * MACs of a decoder are those of one decoded token without attention. An encoder's attention products are all
 * sequence_length squared.
 *
 * Experts: each token runs through num_experts_per_tok of them and the shared one; all are stored; a pass
 * reads those that its tokens take (roof_op_weights_read). Latent attention (deepseek): the cache holds
 * kv_lora_rank + qk_rope_head_dim elements a token and layer; src/workload/latent.c has the MACs.
 *
 * Encoder-decoders: prefill runs the encoder, makes keys and values for cross attention in each layer of the
 * decoder, and takes the decoder's prompt in; decode is one token, which also meets what the encoder made.
 * The cache holds both. The encoder's weights are stored in both phases and read in prefill.
 *
 * "totals"
 * --------
 * {"macs"*, "params"*, "input_elements"*, "output_elements"*, "activation_elements" (written and read again
 * between layers), "layers", "shares": {"dense": 0.95, "depthwise": 0.05, "attention": 0}, "source"}.
 *
 * "counts"
 * --------
 * What `chiproof import` writes: operations counted elsewhere, with "input" and "output" beside them.
 * [{"kind"*, "name"*, "repeat" (1), "macs", "other_ops", "weights_stored", "weights_read",
 * "weights_gathered", "input_elements", "output_elements"}, ...]; what is absent is 0.
 *
 * What counts as what
 * -------------------
 * One MAC is one multiplication and the addition it goes into; positions in the padding count, zeros inserted
 * by a transposed convolution do not, a bias is free. All else is other_ops: one for each addition,
 * comparison or elementary function (see src/workload/activation.c). Weights of a batch norm count as two a
 * channel, as torchvision counts them; for a fused network leave "norm" out and keep the bias. */
#ifndef CHIPROOF_WORKLOAD_FILE_FORMAT_H
#define CHIPROOF_WORKLOAD_FILE_FORMAT_H

#include "chiproof/workload/workload.h"

#define ROOF_WORKLOAD_SCHEMA "chiproof/workload/1"

#endif
