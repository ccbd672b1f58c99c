/* misprint.c: two numerals side by side. */
#include "check/misprint.h"

#include <string.h>

enum {
    DIGITS_MAX = 40, /* of numerals that are compared */
    UNIT_POWER = 4,  /* 万 */
};

/* A numeral without its point and the zeros around it. */
typedef struct {
    char digits[DIGITS_MAX];
    size_t count;
    int power; /* of the last digit */
} figure;

static bool read(zp_str text, figure *f)
{
    bool point = false;
    *f = (figure){.count = 0};
    for (size_t i = 0; i < text.n; i++) {
        if (text.p[i] == '.') {
            point = true;
            continue;
        }
        f->power -= point;
        if (f->count == 0 && text.p[i] == '0')
            continue;
        if (f->count == DIGITS_MAX)
            return false;
        f->digits[f->count++] = text.p[i];
    }
    return f->count > 0;
}

static void drop_zeros(figure *f)
{
    while (f->count > 1 && f->digits[f->count - 1] == '0') {
        f->count--;
        f->power++;
    }
}

static bool same_digits(const figure *a, const figure *b)
{
    return a->count == b->count && memcmp(a->digits, b->digits, a->count) == 0;
}

static zp_misprint moved_point(figure a, figure b)
{
    drop_zeros(&a);
    drop_zeros(&b);
    if (!same_digits(&a, &b))
        return ZP_MISPRINT_NONE;
    int apart = a.power > b.power ? a.power - b.power : b.power - a.power;
    if (apart == UNIT_POWER)
        return ZP_MISPRINT_UNIT;
    return apart >= 1 && apart < UNIT_POWER ? ZP_MISPRINT_POINT : ZP_MISPRINT_NONE;
}

/* Both have as many digits. */
static zp_misprint other_digits(const figure *a, const figure *b)
{
    size_t places[2], differ = 0;
    for (size_t i = 0; i < a->count; i++)
        if (a->digits[i] != b->digits[i]) {
            if (differ == 2)
                return ZP_MISPRINT_NONE;
            places[differ++] = i;
        }
    if (differ == 1)
        return ZP_MISPRINT_CHANGED;
    bool swapped = differ == 2 && a->digits[places[0]] == b->digits[places[1]] &&
                   a->digits[places[1]] == b->digits[places[0]];
    return swapped ? ZP_MISPRINT_SWAPPED : ZP_MISPRINT_NONE;
}

/* Whether `longer` without one digit is `shorter`. */
static bool has_one_more(const figure *longer, const figure *shorter)
{
    size_t i = 0;
    while (i < shorter->count && longer->digits[i] == shorter->digits[i])
        i++;
    return memcmp(longer->digits + i + 1, shorter->digits + i, shorter->count - i) == 0;
}

zp_misprint zp_misprint_between(zp_str wrong, zp_str right)
{
    figure a, b;
    if (!read(wrong, &a) || !read(right, &b))
        return ZP_MISPRINT_NONE;
    zp_misprint moved = moved_point(a, b);
    if (moved != ZP_MISPRINT_NONE)
        return moved;
    if (a.count == b.count)
        return a.power == b.power ? other_digits(&a, &b) : ZP_MISPRINT_NONE;
    if (a.count + 1 == b.count)
        return has_one_more(&b, &a) ? ZP_MISPRINT_LOST : ZP_MISPRINT_NONE;
    if (a.count == b.count + 1)
        return has_one_more(&a, &b) ? ZP_MISPRINT_EXTRA : ZP_MISPRINT_NONE;
    return ZP_MISPRINT_NONE;
}

/* --- Undoing ---------------------------------------------------------------------------------- */

typedef struct {
    zp_str digits;
    bool (*visit)(void *user, zp_str digits, zp_misprint kind);
    void *user;
    char text[DIGITS_MAX + 8];
} undoing;

static bool visit(undoing *u, size_t n, zp_misprint kind)
{
    return u->visit(u->user, (zp_str){u->text, n}, kind);
}

/* Neighbours changed back, the point passed over. */
static bool undo_swaps(undoing *u)
{
    zp_str d = u->digits;
    for (size_t i = 0; i + 1 < d.n; i++) {
        size_t k = d.p[i + 1] == '.' ? i + 2 : i + 1;
        if (d.p[i] == '.' || k >= d.n || d.p[i] == d.p[k])
            continue;
        memcpy(u->text, d.p, d.n);
        u->text[i] = d.p[k];
        u->text[k] = d.p[i];
        if (visit(u, d.n, ZP_MISPRINT_SWAPPED))
            return true;
    }
    return false;
}

static bool undo_lost(undoing *u)
{
    zp_str d = u->digits;
    for (size_t i = 0; i <= d.n; i++)
        for (int c = '0'; c <= '9'; c++) {
            memcpy(u->text, d.p, i);
            u->text[i] = (char)c;
            memcpy(u->text + i + 1, d.p + i, d.n - i);
            if (visit(u, d.n + 1, ZP_MISPRINT_LOST))
                return true;
        }
    return false;
}

static bool undo_extra(undoing *u)
{
    zp_str d = u->digits;
    for (size_t i = 0; i < d.n && d.n > 1; i++) {
        if (d.p[i] == '.')
            continue;
        memcpy(u->text, d.p, i);
        memcpy(u->text + i, d.p + i + 1, d.n - i - 1);
        if (u->text[0] != '.' && visit(u, d.n - 1, ZP_MISPRINT_EXTRA))
            return true;
    }
    return false;
}

/* With an exponent behind: number.h reads it. */
static bool undo_point(undoing *u, zp_misprint kind, const char *const *powers)
{
    zp_str d = u->digits;
    for (; *powers != NULL; powers++) {
        size_t n = strlen(*powers);
        memcpy(u->text, d.p, d.n);
        memcpy(u->text + d.n, *powers, n);
        if (visit(u, d.n + n, kind))
            return true;
    }
    return false;
}

bool zp_misprint_undo(zp_str digits, unsigned kinds,
                      bool (*visit_one)(void *user, zp_str digits, zp_misprint kind), void *user)
{
    static const char *const points[] = {"e1", "e-1", "e2", "e-2", NULL};
    static const char *const units[] = {"e4", "e-4", NULL};
    undoing u = {.digits = digits, .visit = visit_one, .user = user};
    if (digits.n == 0 || digits.n > DIGITS_MAX)
        return false;
    return (kinds & 1U << ZP_MISPRINT_SWAPPED && undo_swaps(&u)) ||
           (kinds & 1U << ZP_MISPRINT_POINT && undo_point(&u, ZP_MISPRINT_POINT, points)) ||
           (kinds & 1U << ZP_MISPRINT_UNIT && undo_point(&u, ZP_MISPRINT_UNIT, units)) ||
           (kinds & 1U << ZP_MISPRINT_EXTRA && undo_extra(&u)) ||
           (kinds & 1U << ZP_MISPRINT_LOST && undo_lost(&u));
}

zp_str zp_misprint_words(zp_misprint kind)
{
    static const char *const words[] = {
        [ZP_MISPRINT_NONE] = "",
        [ZP_MISPRINT_SWAPPED] = "有两个数字写颠倒了",
        [ZP_MISPRINT_CHANGED] = "有一个数字不同",
        [ZP_MISPRINT_LOST] = "少了一个数字",
        [ZP_MISPRINT_EXTRA] = "多了一个数字",
        [ZP_MISPRINT_POINT] = "小数点的位置不同",
        [ZP_MISPRINT_UNIT] = "相差一万倍，像是“元”和“万元”混淆",
    };
    return zp_str_from(words[kind]);
}
