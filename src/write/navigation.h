/* navigation.h: the outline of an HTML page: a list of links to its headings, in lists of lists as
 * the headings stand under one another.
 */
#ifndef ZP_NAVIGATION_H
#define ZP_NAVIGATION_H

#include "doc/report.h"

typedef struct {
    zp_buf out;
    size_t depth; /* of the entry last written; 0: none */
    size_t count;
} zp_navigation;

/* The next heading, `depth` headings deep: 1, or at most one more than the one before. Those deeper
 * than the second are left out, as they are from the 目录 of a PDF. */
void zp_navigation_add(zp_navigation *navigation, size_t depth, zp_str id, zp_str text);

/* The whole: <nav>, or nothing where there are fewer than two headings. `wanted`: the report asks
 * for a 目录. */
zp_str zp_navigation_end(zp_navigation *navigation, bool wanted);

#endif
