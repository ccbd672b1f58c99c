/* icc.c: a profile of class mntr, matrix and curves (ICC.1:2001-04).
 *
 * Made here because a file would have a license and a place to be found in. The matrix is that of
 * the sRGB primaries adapted to D50 with the Bradford transform, in s15Fixed16 as profiles hold it.
 */
#include "write/icc.h"

#include <stdint.h>
#include "base/bigendian.h"

enum {
    HEADER = 128,
    ENTRY = 12,         /* of the tag table */
    CURVE_POINTS = 256, /* linear between them: off by less than a ten-thousandth */
};

static void add_zeros(zp_buf *out, size_t count)
{
    while (count-- > 0)
        zp_buf_byte(out, 0);
}

static void add_point(zp_buf *out, const uint32_t xyz[3])
{
    for (int i = 0; i < 3; i++)
        zp_buf_big32(out, xyz[i]);
}

static zp_str make_point(zp_arena *arena, const uint32_t xyz[3])
{
    zp_buf out = {.arena = arena};
    zp_buf_lit(&out, "XYZ ");
    zp_buf_big32(&out, 0);
    add_point(&out, xyz);
    return zp_buf_str(&out);
}

/* Newton's iteration: the same on every machine, which pow() need not be. */
static double fifth_root(double a)
{
    double root = 1;
    for (int i = 0; i < 24; i++) {
        double fourth = root * root * root * root;
        root -= (fourth * root - a) / (5 * fourth);
    }
    return root;
}

/* IEC 61966-2-1, 5.2: the power 2.4 is the square times the fifth root of the square. */
static double linear_of(double value)
{
    if (value <= 0.04045)
        return value / 12.92;
    double base = (value + 0.055) / 1.055;
    return base * base * fifth_root(base * base);
}

static zp_str make_curve(zp_arena *arena)
{
    zp_buf out = {.arena = arena};
    zp_buf_lit(&out, "curv");
    zp_buf_big32(&out, 0);
    zp_buf_big32(&out, CURVE_POINTS);
    for (int i = 0; i < CURVE_POINTS; i++) {
        double height = linear_of(i / (double)(CURVE_POINTS - 1)) * 65535;
        uint32_t rounded = (uint32_t)(height + 0.5);
        zp_buf_big16(&out, rounded);
    }
    return zp_buf_str(&out);
}

static zp_str make_description(zp_arena *arena)
{
    static const char name[] = "sRGB IEC61966-2.1";
    zp_buf out = {.arena = arena};
    zp_buf_lit(&out, "desc");
    zp_buf_big32(&out, 0);
    zp_buf_big32(&out, sizeof name);
    zp_buf_add(&out, (zp_str){name, sizeof name});
    add_zeros(&out, 8 + 3 + 67); /* no Unicode name, no Macintosh one */
    return zp_buf_str(&out);
}

static zp_str make_copyright(zp_arena *arena)
{
    static const char words[] = "No copyright, use freely";
    zp_buf out = {.arena = arena};
    zp_buf_lit(&out, "text");
    zp_buf_big32(&out, 0);
    zp_buf_add(&out, (zp_str){words, sizeof words});
    return zp_buf_str(&out);
}

static const uint32_t white[3] = {0xF6D6, 0x10000, 0xD32D}; /* D50 */

static void add_header(zp_buf *out, size_t size)
{
    zp_buf_big32(out, (uint32_t)size);
    zp_buf_big32(out, 0); /* no preferred engine */
    zp_buf_big32(out, 0x02100000);
    zp_buf_lit(out, "mntrRGB XYZ ");
    zp_buf_big16(out, 2000); /* made on 2000-01-01, for the profile must have a date */
    zp_buf_big16(out, 1);
    zp_buf_big16(out, 1);
    add_zeros(out, 6);
    zp_buf_lit(out, "acsp");
    add_zeros(out, 28); /* any platform, maker, model; perceptual */
    add_point(out, white);
    add_zeros(out, HEADER - out->n);
}

zp_str zp_icc_srgb(zp_arena *arena)
{
    static const uint32_t red[3] = {0x6FA2, 0x38F5, 0x0390}, green[3] = {0x6299, 0xB785, 0x18DA},
                          blue[3] = {0x24A0, 0x0F84, 0xB6CF};
    const struct {
        char name[5];
        zp_str data;
    } tags[] = {
        {"desc", make_description(arena)},
        {"cprt", make_copyright(arena)},
        {"wtpt", make_point(arena, white)},
        {"rXYZ", make_point(arena, red)},
        {"gXYZ", make_point(arena, green)},
        {"bXYZ", make_point(arena, blue)},
        {"rTRC", make_curve(arena)},
        {"gTRC", {0}},
        {"bTRC", {0}}, /* a tag without data shares that of the tag before */
    };
    enum { TAGS = sizeof tags / sizeof *tags };
    zp_buf table = {.arena = arena}, data = {.arena = arena}, out = {.arena = arena};
    size_t start = HEADER + 4 + TAGS * ENTRY, at = 0, length = 0;
    for (size_t i = 0; i < TAGS; i++) {
        if (tags[i].data.n > 0) {
            at = start + data.n;
            length = tags[i].data.n;
            zp_buf_add(&data, tags[i].data);
            add_zeros(&data, (4 - data.n % 4) % 4);
        }
        zp_buf_add(&table, (zp_str){tags[i].name, 4});
        zp_buf_big32(&table, (uint32_t)at);
        zp_buf_big32(&table, (uint32_t)length);
    }
    add_header(&out, start + data.n);
    zp_buf_big32(&out, TAGS);
    zp_buf_add(&out, zp_buf_str(&table));
    zp_buf_add(&out, zp_buf_str(&data));
    return zp_buf_str(&out);
}
