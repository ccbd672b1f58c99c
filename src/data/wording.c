/* wording.c: an exact number in, its Chinese words out.
 *
 * Both ways of writing are one system: four digits with 千 百 十 make a section, two sections with
 * 万 between make a part, two parts with 亿 between make a number. A nought is said once, where a
 * section or part has fewer digits than it could.
 */
#include "data/wording.h"

/* The words of one way of writing. */
typedef struct {
    const char *digits[10];
    const char *places[4]; /* 千 百 十 and nothing */
    bool bare_ten;         /* 十二, not 一十二, at the beginning */
} wording;

static const wording formal = {
    {"零", "壹", "贰", "叁", "肆", "伍", "陆", "柒", "捌", "玖"}, {"仟", "佰", "拾", ""}, false};
static const wording plain = {
    {"零", "一", "二", "三", "四", "五", "六", "七", "八", "九"}, {"千", "百", "十", ""}, true};

#define SECTION 10000U
#define PART    100000000U
#define LIMIT   10000000000000000U /* 10^16: two parts */

static void say(zp_buf *out, const char *word)
{
    zp_buf_add(out, zp_str_from(word));
}

/* A section, 0 to 9999. What came before is in `out`; `started` where that is digits. */
static void say_section(zp_buf *out, const wording *w, uint64_t section, bool started)
{
    static const uint64_t values[] = {1000, 100, 10, 1};
    bool nought = false;
    for (size_t i = 0; i < 4 && section > 0; i++) {
        uint64_t digit = section / values[i];
        section %= values[i];
        if (digit == 0) {
            nought = started;
            continue;
        }
        if (nought)
            say(out, w->digits[0]);
        if (!(w->bare_ten && i == 2 && digit == 1 && !started))
            say(out, w->digits[digit]);
        say(out, w->places[i]);
        nought = false;
        started = true;
    }
}

/* Two sections with 万 between, 0 to 99999999. */
static void say_part(zp_buf *out, const wording *w, uint64_t part, bool started)
{
    uint64_t high = part / SECTION, low = part % SECTION;
    if (high > 0) {
        say_section(out, w, high, started);
        say(out, "万");
    } else if (started && low >= SECTION / 10) {
        say(out, w->digits[0]); /* 壹亿零壹仟: the section itself has no nought to say */
    }
    say_section(out, w, low, started || high > 0);
}

/* 1 to LIMIT - 1. */
static void say_number(zp_buf *out, const wording *w, uint64_t number)
{
    uint64_t high = number / PART;
    if (high > 0) {
        say_part(out, w, high, false);
        say(out, "亿");
    }
    say_part(out, w, number % PART, high > 0);
}

/* `number` × 10^places without its sign, rounded to a whole one; false when that is `limit` or
 * more.
 */
static bool size_of(zp_arena *arena, const zp_number *number, int places, uint64_t limit,
                    uint64_t *size)
{
    zp_str text = zp_number_fixed(arena, zp_number_scale(arena, number, places), 0);
    *size = 0;
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '-')
            continue;
        *size = *size * 10 + (uint64_t)(text.p[i] - '0');
        if (*size >= limit)
            return false;
    }
    return text.n > 0;
}

static void say_cents(zp_buf *out, uint64_t yuan, uint64_t cents)
{
    uint64_t jiao = cents / 10, fen = cents % 10;
    if (cents > 0 && yuan > 0 && (jiao == 0 || yuan % 10 == 0))
        say(out, formal.digits[0]);
    if (jiao > 0) {
        say(out, formal.digits[jiao]);
        say(out, "角");
    }
    if (fen > 0) {
        say(out, formal.digits[fen]);
        say(out, "分");
    } else {
        say(out, "整");
    }
}

zp_str zp_wording_money(zp_arena *arena, const zp_number *yuan)
{
    uint64_t cents;
    zp_buf out = {.arena = arena};
    if (yuan == NULL || !size_of(arena, yuan, 2, LIMIT * 100, &cents))
        return ZP_STR("");
    if (zp_number_sign(yuan) < 0 && cents > 0)
        say(&out, "负");
    uint64_t whole = cents / 100;
    if (whole > 0)
        say_number(&out, &formal, whole);
    else if (cents == 0)
        say(&out, formal.digits[0]);
    if (whole > 0 || cents == 0)
        say(&out, "元");
    say_cents(&out, whole, cents % 100);
    return zp_buf_str(&out);
}

zp_str zp_wording_number(zp_arena *arena, const zp_number *number)
{
    uint64_t size;
    zp_buf out = {.arena = arena};
    const zp_number *whole = zp_number_round(arena, number, 0);
    if (whole == NULL || zp_number_compare(whole, number) != 0 ||
        !size_of(arena, whole, 0, LIMIT, &size))
        return ZP_STR("");
    if (zp_number_sign(whole) < 0)
        say(&out, "负");
    if (size == 0)
        say(&out, plain.digits[0]);
    else
        say_number(&out, &plain, size);
    return zp_buf_str(&out);
}
