/* official.h: the elements of an official document around its text (GB/T 9704-2012, 7.2-7.4).
 *
 * All are asked for by the front matter; a report without these keys has none of them:
 *   letterhead 版头 {mark 发文机关标志, number 发文字号, issuer 签发人, secrecy 密级, urgency
 * 紧急程度, copy 份号} addressee 主送 · signature 落款 (true, or {organ, date, seal}) · attachments
 * 附件 (names) · remark 附注 imprint 版记 {copies 抄送, printer 印发机关, date 印发日期} · cover
 * 封面 · the template's running head and the stamp
 */
#ifndef ZP_OFFICIAL_H
#define ZP_OFFICIAL_H

#include "layout/column.h"

/* Before the title: 版头 down to the red rule. After the title: 主送机关. */
void zp_official_letterhead(zp_column *column);
void zp_official_addressee(zp_column *column);

/* After the text: 附件说明, 落款 (never alone on a page), 附注. */
void zp_official_close(zp_column *column);

/* A part 附件 begins: a new page, the label (may be empty) on its first line, the title on its
 * third. */
void zp_official_attachment(zp_column *column, zp_str label, zp_str title, const zp_node *heading);

bool zp_official_wants_cover(const zp_report *report);
void zp_official_cover(zp_column *column);

/* 版记 at the foot of the last page, which is an even one: where it is odd or full, a page is added
 * without a number. */
void zp_official_imprint(zp_column *column, zp_pages *pages);

/* What stands on every page: the stamp (征求意见稿 …) and the running head. */
void zp_official_mark_pages(zp_column *column, zp_pages *pages);

#endif
