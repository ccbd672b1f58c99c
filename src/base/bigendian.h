/* bigendian.h: numbers of two or four bytes, of which the first counts most: those of fonts and of
 * colour profiles. Who reads sees to it that the bytes are there; of what is written only as much
 * is taken as has room.
 */
#ifndef ZP_BIGENDIAN_H
#define ZP_BIGENDIAN_H

#include "base/str.h"

static inline uint32_t zp_big16(const char *p)
{
    const unsigned char *u = (const unsigned char *)p;
    return (uint32_t)u[0] << 8 | u[1];
}

static inline uint32_t zp_big32(const char *p)
{
    return zp_big16(p) << 16 | zp_big16(p + 2);
}

static inline void zp_buf_big16(zp_buf *out, size_t value)
{
    zp_buf_byte(out, (char)(value >> 8 & 0xFF));
    zp_buf_byte(out, (char)(value & 0xFF));
}

static inline void zp_buf_big32(zp_buf *out, size_t value)
{
    zp_buf_big16(out, value >> 16);
    zp_buf_big16(out, value);
}

#endif
