/* date.c: the text of a day in, its three numbers out.
 *
 * All ways of writing one are digits with marks between: what marks they are decides.
 */
#include "data/date.h"

#include <string.h>
#include "base/utf8.h"
#include "data/unit.h"

enum { TEXT_MAX = 40 }; /* bytes of a date in half width, with its time of day */

/* `text` in half width without white space, but for one behind a day; how many bytes, or 0 when it
 * is too long. */
static size_t narrow(zp_str text, char out[TEXT_MAX])
{
    size_t n = 0;
    uint32_t before = 0;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_code_narrow(zp_utf8_next(text, &at));
        bool in_day = before > 0x7F && before != 0x65E5 && before != 0x53F7; /* 日 号 */
        bool drop = code == ' ' && (before == 0 || before == ' ' || in_day);
        before = code;
        if (drop)
            continue;
        if (n + 4 > TEXT_MAX)
            return 0;
        n += zp_utf8_encode(code, out + n);
    }
    while (n > 0 && out[n - 1] == ' ')
        n--;
    return n;
}

/* The number of `least` to `most` digits at *at; -1 when there are fewer. */
static int take_number(zp_str text, size_t *at, size_t least, size_t most)
{
    int number = 0;
    size_t n = 0;
    for (; n < most && *at < text.n && text.p[*at] >= '0' && text.p[*at] <= '9'; n++)
        number = number * 10 + (text.p[(*at)++] - '0');
    return n < least ? -1 : number;
}

static bool skip(zp_str text, size_t *at, const char *mark)
{
    bool there = zp_str_starts(zp_str_slice(text, *at, text.n), zp_str_from(mark));
    *at += there ? strlen(mark) : 0;
    return there;
}

/* Nothing, or a time of day: T08:30:00, 08:30. */
static bool ends(zp_str text, size_t at)
{
    if (at == text.n)
        return true;
    if (text.p[at] != 'T' && text.p[at] != ' ')
        return false;
    zp_str time = zp_str_slice(text, at + 1, text.n);
    for (size_t i = 0; i < time.n; i++)
        if (strchr("0123456789:.Z+-", time.p[i]) == NULL)
            return false;
    return zp_str_find(time, ZP_STR(":"), 0) < time.n;
}

static bool is_day(zp_date d)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (d.year < 1000 || d.month < 1 || d.month > 12 || d.day < 1)
        return false;
    bool leap = (d.year % 4 == 0 && d.year % 100 != 0) || d.year % 400 == 0;
    return d.day <= days[d.month - 1] + (leap && d.month == 2);
}

/* A date whose numbers have these marks behind them. */
static bool read_marked(zp_str text, const char *const marks[3], zp_date *date)
{
    size_t at = 0;
    size_t least = marks[0][0] == '\0' ? 2 : 1;
    date->year = take_number(text, &at, 4, 4);
    if (!skip(text, &at, marks[0]))
        return false;
    date->month = take_number(text, &at, least, 2);
    if (!skip(text, &at, marks[1]))
        return false;
    date->day = take_number(text, &at, least, 2);
    return skip(text, &at, marks[2]) && ends(text, at) && is_day(*date);
}

bool zp_date_read(zp_str text, zp_date *date)
{
    static const char *const forms[][3] = {
        {"-", "-", ""}, {"/", "/", ""},     {".", ".", ""},
        {"", "", ""},   {"年", "月", "日"}, {"年", "月", "号"},
    };
    char bytes[TEXT_MAX];
    zp_str narrowed = {bytes, narrow(text, bytes)};
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
        if (read_marked(narrowed, forms[i], date))
            return true;
    return false;
}

zp_str zp_date_print(zp_arena *arena, zp_date date)
{
    return zp_str_format(arena, "%d年%d月%d日", date.year, date.month, date.day);
}
