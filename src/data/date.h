/* date.h: a day, as people and workbooks write it. */
#ifndef ZP_DATE_H
#define ZP_DATE_H

#include "base/str.h"

typedef struct {
    int year, month, day;
} zp_date;

/* 2024-05-08, 2024/5/8, 2024.5.8, 20240508, 2024年05月08日 or 号; a time of day behind it
 * (T08:30:00) is passed over, and so are white space and full width. Years 1000 to 9999. False when
 * it is none, or a day that the calendar does not have. */
bool zp_date_read(zp_str text, zp_date *date);

/* 2024年5月8日 (GB/T 15835-2011, 4.1). */
zp_str zp_date_print(zp_arena *arena, zp_date date);

#endif
