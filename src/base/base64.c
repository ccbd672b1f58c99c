/* base64.c: bytes in, text out: three bytes are four digits of six bits.
 *
 * The last group may be short of bytes; digits that would hold none of them are =.
 */
#include "base/base64.h"

static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

void zp_base64_add(zp_buf *out, zp_str bytes)
{
    zp_buf_reserve(out, (bytes.n + 2) / 3 * 4);
    for (size_t i = 0; i < bytes.n; i += 3) {
        size_t left = bytes.n - i;
        uint32_t group = (uint32_t)(unsigned char)bytes.p[i] << 16;
        group |= left > 1 ? (uint32_t)(unsigned char)bytes.p[i + 1] << 8 : 0;
        group |= left > 2 ? (uint32_t)(unsigned char)bytes.p[i + 2] : 0;
        zp_buf_byte(out, digits[group >> 18]);
        zp_buf_byte(out, digits[group >> 12 & 63]);
        zp_buf_byte(out, left > 1 ? digits[group >> 6 & 63] : '=');
        zp_buf_byte(out, left > 2 ? digits[group & 63] : '=');
    }
}
