/* hash.h: SHA-256 and SHA-512 of bytes (FIPS 180-4), as manifests of archives write them. */
#ifndef ZP_HASH_H
#define ZP_HASH_H

#include "base/str.h"

typedef enum { ZP_SHA256, ZP_SHA512 } zp_hash_kind;

enum { ZP_HASH_BYTES = 64 }; /* of the longest */

/* A hash that grows with the bytes given to it; what zp_hash_new gives lives in the arena. */
typedef struct zp_hash zp_hash;
zp_hash *zp_hash_new(zp_arena *arena, zp_hash_kind kind);
void zp_hash_add(zp_hash *hash, zp_str bytes);

/* The hash in small hexadecimal digits, once. The object is spent. */
zp_str zp_hash_end(zp_hash *hash);

/* The same in base64, as a page's Content-Security-Policy has it. */
zp_str zp_hash_end_base64(zp_hash *hash);

/* The whole at once. */
zp_str zp_hash_of(zp_arena *arena, zp_hash_kind kind, zp_str bytes);

#endif
