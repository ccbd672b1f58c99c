/* rowset.h: the rows of `archive --each`, each on its way to be a report of its own.
 *
 * All share the one report and what lies beside it; a row's 附件 lie beside the table, in
 * 附件/CODE/ or 附件/NAME/ by its unit's code or name.
 */
#ifndef ZP_ROWSET_H
#define ZP_ROWSET_H

#include "app/engine.h"
#include "app/options.h"
#include "app/origin.h"

typedef struct {
    zp_str key;              /* of the cache: the report, and what stands first in the row */
    const zp_value *data;    /* what it adds to the report's; NULL: it is no data */
    const zp_origin *origin; /* the report's files, and its 附件 */
} zp_row;

typedef struct {
    zp_str table;
    zp_origins origins;
    zp_row *all;
    size_t count;
} zp_rowset;

/* The rows that `chosen` names. Anything but ZP_DONE: there are none, and why is in `diag` or has
 * been said. A folder of 附件 that is no row's is `attachment-unclaimed`, a warning. */
zp_status zp_rowset_read(zp_arena *arena, const zp_options *chosen, zp_engine *engine,
                         zp_diag *diag, zp_rowset *set);

#endif
