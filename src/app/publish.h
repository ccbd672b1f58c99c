/* publish.h: an archive's public edition: `ziping archive ARCHIVE --public -o DIR`.
 *
 * Every report is made anew from the sources and the template in its bag, as the edition without
 * what is marked 内部. DIR/YEAR/UNIT/NAME/ gets its PDF and HTML, DIR/index.html lists them; no
 * source, no findings, no 附件. Of a number the index says only what the public page says too.
 */
#ifndef ZP_PUBLISH_H
#define ZP_PUBLISH_H

#include "app/options.h"
#include "app/telling.h"

/* By `threads` (zp_crew_run). ZP_REPORT when a report is missing, each named. */
zp_status zp_publish_run(zp_arena *arena, const zp_options *chosen, size_t threads,
                         zp_telling *telling);

#endif
