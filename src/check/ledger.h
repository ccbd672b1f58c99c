/* ledger.h: the report's named figures, to be looked up by name.
 *
 * Only figures that stand for one amount are entered: no ranges, none that is rough (近2000件),
 * none without a name or a value.
 */
#ifndef ZP_LEDGER_H
#define ZP_LEDGER_H

#include "check/naming.h"

typedef struct zp_ledger zp_ledger;

zp_ledger *zp_ledger_make(zp_arena *arena, const zp_quantities *quantities, const zp_name *names);

/* The figures of one name: term, year and owner, whatever the fund. Indexes of quantities, in the
 * order of the text. */
const size_t *zp_ledger_find(const zp_ledger *ledger, const zp_term *term, int year, zp_str owner,
                             size_t *count);

/* The accounts one after another: the next group of figures of one name from *at on; NULL at the
 * end. */
const size_t *zp_ledger_next(const zp_ledger *ledger, size_t *at, size_t *count);

#endif
