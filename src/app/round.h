/* round.h: findings that outlive their report, and which of an earlier check's are still there.
 *
 * A unit corrects its report and sends it again; the bureau wants to know what was done about each
 * finding. The earlier check is kept as `check --diagnostics json` wrote it. A finding is the same
 * when its rule is, and the text it is about, and the place in words; else the text alone, wherever
 * it has moved to; else the place alone. Of several that would do, the one whose line is nearest.
 */
#ifndef ZP_ROUND_H
#define ZP_ROUND_H

#include "base/diag.h"

typedef struct {
    zp_str id, file;
    zp_str severity; /* error, warning, hint */
    zp_str message, place, excerpt, expected, basis, hint;
    size_t line;
    const char *since; /* 新增, 未改, 已改; NULL: not compared */
} zp_finding;

typedef struct {
    zp_finding *all;
    size_t count;
} zp_findings;

/* The messages of `diag` as they are told, copied into the arena. */
zp_findings zp_findings_of(zp_arena *arena, const zp_diag *diag);

/* An earlier check, from the file at `path`; false, and said so, when it cannot be read or is none.
 * Findings that it says are 已改 are left out. */
bool zp_round_read(zp_arena *arena, const char *path, zp_findings *earlier);

/* Marks the messages of `diag`, about the report at `file`, as 新增 or 未改. Gives the earlier
 * findings about that report (or the data beside it) that are no more: 已改. A report that stands
 * in another folder now is known by its name and its folder's. */
zp_findings zp_round_match(zp_arena *arena, const zp_findings *earlier, zp_str file, zp_diag *diag);

/* The same as lines for a person, or as JSON objects. */
void zp_round_write(const zp_findings *gone, bool json, zp_buf *out);

#endif
