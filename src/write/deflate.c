/* deflate.c: libdeflate, which allocates by itself: its having no memory is ours having none. */
#include "write/deflate.h"

#include <libdeflate.h>

struct zp_deflater {
    struct libdeflate_compressor *of[ZP_EFFORTS];
};

zp_deflater *zp_deflater_open(zp_arena *arena)
{
    static const int levels[ZP_EFFORTS] = {[ZP_EFFORT_FONT] = 1, [ZP_EFFORT_TEXT] = 6};
    zp_deflater *deflater = zp_new(arena, zp_deflater);
    for (zp_effort e = 0; e < ZP_EFFORTS; e++) {
        deflater->of[e] = libdeflate_alloc_compressor(levels[e]);
        if (!deflater->of[e])
            zp_arena_exhausted();
    }
    return deflater;
}

void zp_deflater_close(zp_deflater *deflater)
{
    for (zp_effort e = 0; e < ZP_EFFORTS; e++)
        libdeflate_free_compressor(deflater->of[e]);
}

zp_str zp_deflate(zp_arena *arena, const zp_deflater *deflater, zp_str bytes, zp_effort effort)
{
    struct libdeflate_compressor *compressor = deflater->of[effort];
    size_t bound = libdeflate_zlib_compress_bound(compressor, bytes.n);
    char *packed = zp_arena_alloc(arena, bound);
    return (zp_str){packed, libdeflate_zlib_compress(compressor, bytes.p, bytes.n, packed, bound)};
}
