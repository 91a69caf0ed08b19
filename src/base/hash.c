#include "chiproof/base/hash.h"

#include <string.h>

uint64_t roof_hash_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    for (size_t i = 0; i < length; i++) hash = (hash ^ at[i]) * UINT64_C(0x100000001b3);
    return hash;
}

uint64_t roof_hash_text(uint64_t hash, const char *text)
{
    return roof_hash_bytes(hash, text, strlen(text) + 1);
}
