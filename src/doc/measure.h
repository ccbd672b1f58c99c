/* measure.h: lengths as people write them in templates and captions.
 */
#ifndef ZP_MEASURE_H
#define ZP_MEASURE_H

#include "base/length.h"
#include "doc/template.h"

/* Parts of one in which numbers are read: four decimals. */
enum { ZP_FRACTION = 10000 };

/* A number without sign, at most four decimals, in 1/ZP_FRACTION. *at is moved past it. */
bool zp_number_parse(zp_str text, size_t *at, int64_t *number);

/* A length in mm or pt, and for the size of a `type` also by its Chinese name or in 字 and 行 of
 * the page; in 64 bits, since what was typed may be any length. -1: not one. */
int64_t zp_length_parse(const zp_page_setup *page, zp_str text, bool type);

/* A size of type by its Chinese name or in points (五号, 10.5pt); 0 when it is neither. */
zp_len zp_type_size(zp_str name);

#endif
