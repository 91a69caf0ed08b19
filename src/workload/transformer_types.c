/* The architectures that `model_type` names. */
#include <string.h>

#include "chiproof/base/text.h"
#include "workload/transformer.h"

#define LLAMA_LIKE .decoder = true, .gated = true, .rms_norm = true, .positions = ROOF_POSITIONS_ROTARY
#define ALL_BIASES .qkv_bias = true, .out_bias = true, .mlp_bias = true

/* From the modeling files of Hugging Face transformers: which matrices have a bias, which norm, which
 * positions. */
static const roof_architecture architectures[] = {
    {.model_type = "llama", LLAMA_LIKE, .activation = "silu"},
    {.model_type = "mistral", LLAMA_LIKE, .activation = "silu"},
    {.model_type = "qwen2", LLAMA_LIKE, .qkv_bias = true, .window_off = true, .activation = "silu"},
    {.model_type = "qwen3", LLAMA_LIKE, .qk_norm = true, .window_off = true, .activation = "silu"},
    {.model_type = "phi3", LLAMA_LIKE, .activation = "silu"},
    {.model_type = "gemma", LLAMA_LIKE, .tied = true, .activation = "gelu_new"},
    {.model_type = "gemma2",
     LLAMA_LIKE,
     .tied = true,
     .norms = ROOF_NORMS_FOUR,
     .window_pattern = 2,
     .activation = "gelu_new"},
    {.model_type = "gemma3_text",
     LLAMA_LIKE,
     .tied = true,
     .qk_norm = true,
     .norms = ROOF_NORMS_FOUR,
     .window_pattern = 6,
     .activation = "gelu_new"},
    {.model_type = "mixtral", LLAMA_LIKE, .experts = true, .activation = "silu"},
    {.model_type = "qwen2_moe",
     LLAMA_LIKE,
     .qkv_bias = true,
     .experts = true,
     .window_off = true,
     .activation = "silu"},
    {.model_type = "qwen3_moe",
     LLAMA_LIKE,
     .qk_norm = true,
     .experts = true,
     .window_off = true,
     .activation = "silu"},
    {.model_type = "deepseek_v2", LLAMA_LIKE, .experts = true, .latent = true, .activation = "silu"},
    {.model_type = "deepseek_v3", LLAMA_LIKE, .experts = true, .latent = true, .activation = "silu"},
    {.model_type = "gpt2", .decoder = true, ALL_BIASES, .tied = true, .activation = "gelu_new"},
    {.model_type = "opt",
     .decoder = true,
     ALL_BIASES,
     .tied = true,
     .extra_positions = 2,
     .activation = "relu"},
    {.model_type = "gptj",
     .decoder = true,
     .mlp_bias = true,
     .head_bias = true,
     .norms = ROOF_NORMS_ONE,
     .positions = ROOF_POSITIONS_ROTARY,
     .activation = "gelu_new"},
    {.model_type = "gpt_neox",
     .decoder = true,
     ALL_BIASES,
     .positions = ROOF_POSITIONS_ROTARY,
     .activation = "gelu"},
    {.model_type = "phi",
     .decoder = true,
     ALL_BIASES,
     .head_bias = true,
     .norms = ROOF_NORMS_ONE,
     .positions = ROOF_POSITIONS_ROTARY,
     .activation = "gelu_new"},
    {.model_type = "bloom",
     .decoder = true,
     ALL_BIASES,
     .tied = true,
     .embedding_norm = true,
     .positions = ROOF_POSITIONS_ALIBI,
     .activation = "gelu_new"},
    {.model_type = "falcon",
     .decoder = true,
     .tied = true,
     .norms = ROOF_NORMS_ONE,
     .positions = ROOF_POSITIONS_ROTARY,
     .activation = "gelu"},
    {.model_type = "whisper",
     .decoder = true,
     .seq2seq = true,
     ALL_BIASES,
     .no_key_bias = true,
     .tied = true,
     .activation = "gelu"},
    {.model_type = "t5",
     .decoder = true,
     .seq2seq = true,
     .rms_norm = true,
     .positions = ROOF_POSITIONS_RELATIVE,
     .tied = true,
     .activation = "relu"},
    {.model_type = "bert", ALL_BIASES, .activation = "gelu"},
    {.model_type = "roberta", ALL_BIASES, .activation = "gelu"},
    {.model_type = "distilbert", ALL_BIASES, .activation = "gelu"},
    {.model_type = "albert", ALL_BIASES, .shared_layers = true, .activation = "gelu_new"},
};
enum { ARCHITECTURE_COUNT = sizeof architectures / sizeof architectures[0] };

const roof_architecture *roof_architecture_read(const roof_json_value *json)
{
    const roof_json_value *value = roof_json_require(json, "model_type");
    const char *name = NULL;
    if (!roof_json_string(value, &name)) return NULL;
    for (size_t i = 0; i < ARCHITECTURE_COUNT; i++)
        if (strcmp(architectures[i].model_type, name) == 0) return &architectures[i];
    roof_buffer list = ROOF_BUFFER_EMPTY;
    for (size_t i = 0; i < ARCHITECTURE_COUNT; i++)
        roof_buffer_printf(&list, "%s%s", i > 0 ? ", " : "", architectures[i].model_type);
    roof_json_fault(value, ROOF_GRADE_ERROR, "model_type \"%.60s\" is not supported; supported are %s", name,
                    roof_buffer_text(&list));
    roof_buffer_free(&list);
    return NULL;
}
