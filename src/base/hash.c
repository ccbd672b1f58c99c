/* hash.c: bytes in, hexadecimal digits or base64 out, by libcrypto. */
#include "base/hash.h"

#include <assert.h>
#include <openssl/evp.h>

#include "base/base64.h"

struct zp_hash {
    zp_arena *arena;
    EVP_MD_CTX *context;
};

zp_hash *zp_hash_new(zp_arena *arena, zp_hash_kind kind)
{
    zp_hash *hash = zp_new(arena, zp_hash);
    hash->arena = arena;
    hash->context = EVP_MD_CTX_new();
    int good =
        EVP_DigestInit_ex(hash->context, kind == ZP_SHA256 ? EVP_sha256() : EVP_sha512(), NULL);
    assert(good == 1);
    (void)good;
    return hash;
}

void zp_hash_add(zp_hash *hash, zp_str bytes)
{
    EVP_DigestUpdate(hash->context, bytes.p, bytes.n);
}

/* The hash's bytes, and how many. */
static unsigned finish(zp_hash *hash, unsigned char bytes[ZP_HASH_BYTES])
{
    unsigned n = 0;
    EVP_DigestFinal_ex(hash->context, bytes, &n);
    EVP_MD_CTX_free(hash->context);
    hash->context = NULL;
    return n;
}

zp_str zp_hash_end(zp_hash *hash)
{
    static const char digits[] = "0123456789abcdef";
    unsigned char bytes[ZP_HASH_BYTES];
    unsigned n = finish(hash, bytes);
    char *text = zp_arena_alloc(hash->arena, (size_t)n * 2);
    for (unsigned i = 0; i < n; i++) {
        text[i * 2] = digits[bytes[i] >> 4];
        text[i * 2 + 1] = digits[bytes[i] & 15];
    }
    return (zp_str){text, (size_t)n * 2};
}

zp_str zp_hash_end_base64(zp_hash *hash)
{
    unsigned char bytes[ZP_HASH_BYTES];
    unsigned n = finish(hash, bytes);
    zp_buf text = {.arena = hash->arena};
    zp_base64_add(&text, (zp_str){(const char *)bytes, n});
    return zp_buf_str(&text);
}

zp_str zp_hash_of(zp_arena *arena, zp_hash_kind kind, zp_str bytes)
{
    zp_hash *hash = zp_hash_new(arena, kind);
    zp_hash_add(hash, bytes);
    return zp_hash_end(hash);
}
