/* moment.c: serial numbers and ISO 8601 to the calendar (proleptic Gregorian).
 *
 * Years are counted from 1 March, so that the leap day is a year's last and months follow one rule:
 * from March on, five months have 153 days.
 */
#include "book/moment.h"

enum {
    DAY = 24 * 60 * 60 * 1000, /* milliseconds */
    HALF_SECOND = 500,         /* before midnight, a clock shows the next day's */
    LAST_SERIAL = 2958465,     /* 9999-12-31 */
    LEAP_BUG = 60,             /* 1900-02-29 */
    BETWEEN_SYSTEMS = 1462,    /* days from one system's zero to the other's */
    EPOCH_1900 = 693899,       /* days from 0000-03-01 to 1899-12-30 */
    ERA = 146097,              /* days of 400 years */
    DAY_DIGITS = 7,            /* of LAST_SERIAL */
};

static void set_calendar(zp_moment *m, int64_t days)
{
    int64_t era = days / ERA, day = days % ERA;
    int64_t year = (day - day / 1460 + day / 36524 - day / (ERA - 1)) / 365;
    int64_t of_year = day - (365 * year + year / 4 - year / 100);
    int64_t month = (5 * of_year + 2) / 153;
    m->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    m->month = (int)(month < 10 ? month + 3 : month - 9);
    m->year = (int)(year + era * 400 + (m->month <= 2));
}

static int64_t days_of(int year, int month, int day)
{
    int64_t y = year - (month <= 2), era = y / 400, of_era = y % 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * ERA + of_era * 365 + of_era / 4 - of_era / 100 + of_year;
}

/* Year, month and day of a serial number of the 1900 system, as Excel shows them. */
static void set_date(zp_moment *m, int64_t serial)
{
    m->days = serial;
    m->weekday = (int)((serial + 6) % 7);
    m->year = 1900;
    if (serial == 0) {
        m->month = 1;
        m->day = 0;
    } else if (serial == LEAP_BUG) {
        m->month = 2;
        m->day = 29;
    } else {
        set_calendar(m, EPOCH_1900 + serial + (serial < LEAP_BUG));
    }
}

bool zp_moment_of_serial(const zp_numeral *serial, bool since_1904, zp_moment *m)
{
    *m = (zp_moment){.days = 0};
    if (serial->negative || serial->point > DAY_DIGITS)
        return false;
    int64_t days = 0;
    zp_numeral rest = {.point = 0};
    for (int i = 0; i < serial->point; i++)
        days = days * 10 + (i < serial->count ? serial->digits[i] - '0' : 0);
    int whole = serial->point > 0 ? serial->point : 0;
    rest.point = serial->point - whole;
    for (int i = whole; i < serial->count; i++)
        rest.digits[rest.count++] = serial->digits[i];
    m->milliseconds = (int)(zp_numeral_double(&rest) * DAY + 0.5);
    if (m->milliseconds > DAY - HALF_SECOND) {
        m->milliseconds = 0;
        days++;
    }
    if (since_1904)
        days += BETWEEN_SYSTEMS;
    if (days > LAST_SERIAL)
        return false;
    set_date(m, days);
    return true;
}

/* `count` digits at *at, which moves past them; -1 when they are not there. */
static int read_digits(zp_str text, size_t *at, int count)
{
    int value = 0;
    for (int i = 0; i < count; i++, (*at)++) {
        if (*at >= text.n || text.p[*at] < '0' || text.p[*at] > '9')
            return -1;
        value = value * 10 + (text.p[*at] - '0');
    }
    return value;
}

static bool skip(zp_str text, size_t *at, char c)
{
    bool there = *at < text.n && text.p[*at] == c;
    *at += there;
    return there;
}

static bool read_time(zp_str text, size_t *at, zp_moment *m)
{
    int hour = read_digits(text, at, 2);
    if (!skip(text, at, ':'))
        return false;
    int minute = read_digits(text, at, 2), second = 0, thousandth = 0;
    if (skip(text, at, ':'))
        second = read_digits(text, at, 2);
    if (skip(text, at, '.'))
        for (int unit = 100, digit; (digit = read_digits(text, at, 1)) >= 0; unit /= 10)
            thousandth += digit * unit;
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59)
        return false;
    m->milliseconds = ((hour * 60 + minute) * 60 + second) * 1000 + thousandth;
    if (m->milliseconds >= DAY - HALF_SECOND)
        m->milliseconds = DAY - HALF_SECOND - 1; /* no date runs over */
    return true;
}

static bool is_leap(int year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static bool is_date(int year, int month, int day)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (year < 0 || month < 1 || month > 12 || day < 1)
        return false;
    return day <= lengths[month - 1] + (month == 2 && is_leap(year));
}

bool zp_moment_of_iso(zp_str text, zp_moment *m)
{
    *m = (zp_moment){.days = 0};
    size_t at = 0;
    int year = read_digits(text, &at, 4);
    bool dashed = skip(text, &at, '-');
    int month = read_digits(text, &at, 2);
    dashed = skip(text, &at, '-') && dashed;
    int day = read_digits(text, &at, 2);
    if (!dashed || !is_date(year, month, day))
        return false;
    if (skip(text, &at, 'T') && !read_time(text, &at, m))
        return false;
    int64_t serial = days_of(year, month, day) - EPOCH_1900;
    if (serial > LEAP_BUG) {
        set_date(m, serial);
    } else if (serial > 1) {
        set_date(m, serial - 1);
    } else if (serial >= 0) { /* the last two days of 1899: no date */
        set_date(m, 0);
    } else {
        m->days = -1;
        m->year = year, m->month = month, m->day = day;
    }
    return true;
}

zp_str zp_moment_print(zp_arena *arena, const zp_moment *m)
{
    zp_buf out = {.arena = arena};
    zp_buf_format(&out, "%04d-%02d-%02d", m->year, m->month, m->day);
    int seconds = (m->milliseconds + 500) / 1000;
    if (seconds)
        zp_buf_format(&out, "T%02d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    return zp_buf_str(&out);
}
