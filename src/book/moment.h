/* moment.h: dates and times of day as spreadsheets count them.
 *
 * A serial number counts days. In the 1900 system 1 is 1900-01-01 and 60 is 1900-02-29, a day that
 * never was (ECMA-376-1, 18.17.4.1); in the 1904 system 0 is 1904-01-01. The part behind the point
 * is the time of day.
 */
#ifndef ZP_MOMENT_H
#define ZP_MOMENT_H

#include "book/numeral.h"

typedef struct {
    int64_t days; /* as the 1900 system counts them; 0: a time of day without a date */
    int year, month, day;
    int weekday;      /* 0: Sunday */
    int milliseconds; /* since midnight */
} zp_moment;

/* False below zero and after the year 9999. */
bool zp_moment_of_serial(const zp_numeral *serial, bool since_1904, zp_moment *moment);

/* 2024-05-08, 2024-05-08T08:30:00.000 (what follows, as Z, is not read). The 30th and 31st of
 * December 1899 stand for no date. False when it is none. */
bool zp_moment_of_iso(zp_str text, zp_moment *moment);

/* 2024-05-08, and T08:30:00 behind it when the time is not midnight. */
zp_str zp_moment_print(zp_arena *arena, const zp_moment *moment);

#endif
