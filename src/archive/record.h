/* record.h: 档号, the number under which an archives office finds a report: DA/T 22—2015,
 *
 *     Z109-WS·2024-D30-BGS-0001    全宗号-门类·年度-保管期限-机构（问题）-件号
 *
 * 机构（问题） is left out where an office does not file by it. What is the same for all reports of
 * a year is said by its bag (bag-info.txt); a report may say otherwise of itself, in 归档 of its
 * front matter or row.
 */
#ifndef ZP_RECORD_H
#define ZP_RECORD_H

#include "base/diag.h"
#include "data/value.h"

/* X(part, word, item of bag-info.txt): DA/T 46 M9, the class of the holding, M12, M13 */
#define ZP_RECORD_PARTS(X)                                                                         \
    X(fonds, "全宗号", "Record-Fonds")                                                             \
    X(category, "门类", "Record-Category")                                                         \
    X(retention, "保管期限", "Record-Retention")                                                   \
    X(section, "机构", "Record-Section")

typedef struct {
#define X(part, word, item) zp_str part;
    ZP_RECORD_PARTS(X)
#undef X
} zp_record;

bool zp_record_eq(const zp_record *a, const zp_record *b);

/* 永久, 定期30年, 30年, D30 … as a code: Y, D30, D10; empty when it is none of these. */
zp_str zp_record_retention(zp_str said);

/* The parts that a map (归档.yaml) gives, 问题 for 机构 too. False: one of them is no part of a
 * number, or is not known, an error in `diag` (`record-part`). */
bool zp_record_read(zp_arena *arena, const zp_value *map, zp_diag *diag, zp_record *record);

/* What the file of that name in a folder says, if it is there. False: as above, or it cannot be
 * read. */
#define ZP_RECORD_NAME "归档.yaml"
bool zp_record_find(zp_arena *arena, zp_str folder, zp_diag *diag, zp_record *record, bool *there);

/* `own` where it says something, else `common`; 门类 is WS (文书) where neither does. What cannot
 * stand in a number is as if not said. */
zp_record zp_record_join(const zp_record *own, const zp_record *common);

/* All of the number but 件号; empty while 全宗号 or 保管期限 is not known. */
zp_str zp_record_prefix(zp_arena *arena, const zp_record *record, zp_str year);

#endif
