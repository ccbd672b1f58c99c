/* year.h: the year that a text is about. */
#ifndef ZP_YEAR_H
#define ZP_YEAR_H

#include "check/quantity.h"

/* The year that most of the text's years are, the title's aside, where there are three and more;
 * else 0. */
int zp_year_usual(const zp_quantities *quantities);

#endif
