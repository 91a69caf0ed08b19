/* A short name for a lot of bytes: to see whether something changed, not to keep secrets. */
#ifndef CHIPROOF_BASE_HASH_H
#define CHIPROOF_BASE_HASH_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* FNV-1a, 64 bits (Fowler, Noll, Vo; RFC 9923). Begin with ROOF_HASH_START and go on with what came back. */
#define ROOF_HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t roof_hash_bytes(uint64_t hash, const void *bytes, size_t length);
/* The characters of a text and its end, so that "ab" and "c" differ from "a" and "bc". */
uint64_t roof_hash_text(uint64_t hash, const char *text);

#ifdef __cplusplus
}
#endif
#endif
