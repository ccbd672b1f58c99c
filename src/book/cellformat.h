/* cellformat.h: number formats of spreadsheets (ECMA-376-1, 18.8.31), read once for each.
 *
 * `#,##0.00;[Red]-#,##0.00;"—"` is up to four sections, each a row of parts. A format that is not
 * understood shows its numbers as General does. cellshow.h shows values by it.
 */
#ifndef ZP_CELLFORMAT_H
#define ZP_CELLFORMAT_H

#include "book/numeral.h"

enum {
    ZP_FORMAT_SECTIONS = 4,
    ZP_FORMAT_LENGTH = 1024, /* bytes of a code; Excel's own limit is 255 characters */
};

typedef enum {
    ZP_FORMAT_LITERAL,  /* text */
    ZP_FORMAT_DIGIT,    /* letter: 0 # or ? */
    ZP_FORMAT_POINT,    /* the decimal point */
    ZP_FORMAT_COMMA,    /* only while a code is read */
    ZP_FORMAT_PERCENT,  /* the sign */
    ZP_FORMAT_EXPONENT, /* letter: + or - behind the E */
    ZP_FORMAT_GENERAL,  /* the number as it is */
    ZP_FORMAT_TEXT,     /* @ */
    ZP_FORMAT_DATE,     /* letter: y m d h n (minutes) s a (星期) e f (fraction of a second) */
    ZP_FORMAT_ELAPSED,  /* letter: h n s, counted on beyond a day */
    ZP_FORMAT_NOON,     /* 上午/下午 (length 2), AM/PM (1), A/P (0) */
} zp_format_part_kind;

typedef struct {
    zp_format_part_kind kind;
    char letter;
    int length; /* how many of the letter stand there */
    zp_str text;
} zp_format_part;

typedef enum {
    ZP_SECTION_NUMBER,
    ZP_SECTION_GENERAL,
    ZP_SECTION_DATE,
    ZP_SECTION_TEXT, /* holds @ */
} zp_section_kind;

typedef enum {
    ZP_CONDITION_NONE,
    ZP_CONDITION_LESS,
    ZP_CONDITION_LESS_EQUAL,
    ZP_CONDITION_EQUAL,
    ZP_CONDITION_NOT_EQUAL,
    ZP_CONDITION_GREATER_EQUAL,
    ZP_CONDITION_GREATER,
} zp_condition;

typedef struct {
    zp_section_kind kind;
    zp_condition condition;
    zp_numeral threshold;
    const zp_format_part *parts;
    size_t count;
    int whole, decimals; /* NUMBER: digits before and behind the point */
    int percents;        /* % signs: each multiplies by 100 */
    int scale;           /* the power of ten it is divided by: commas at the end, 0!.0, in 万 */
    bool grouped;        /* commas between thousands */
    bool has_date;       /* DATE: there is a year, month or day in it */
    bool chinese_digits; /* [DBNum1], [DBNum2] */
    bool hundredths;     /* of a second, or other fractions, are shown */
    bool twelve_hours;   /* there is an AM/PM */
    zp_str suffix;       /* a unit of money or a % that stands behind the number as a literal */
} zp_format_section;

typedef struct {
    zp_format_section sections[ZP_FORMAT_SECTIONS];
    size_t count; /* at least 1 */
} zp_cell_format;

/* Never NULL; an empty code is General. */
const zp_cell_format *zp_cell_format_read(zp_arena *arena, zp_str code);

/* The code that a file need not write down (0 to 58), as the Chinese edition has them; empty when
 * there is none (ECMA-376-1, 18.8.30). */
zp_str zp_cell_format_built_in(uint32_t id);

#endif
