/* rollcall.h: `ziping archive --roster 名单.xlsx`: who is missing of those who should report. */
#ifndef ZP_ROLLCALL_H
#define ZP_ROLLCALL_H

#include "app/options.h"
#include "app/telling.h"

/* The archive's reports of --year, or else its newest, against the roster; what is missing is told
 * and summed up. ZP_REPORT when the roster cannot be read. */
zp_status zp_rollcall_run(zp_arena *arena, zp_str archive, const zp_options *chosen,
                          zp_telling *telling);

#endif
