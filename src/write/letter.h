/* letter.h: the front matter's elements of an official document around a report's text, as HTML.
 *
 * What is not asked for adds nothing. All text is escaped.
 */
#ifndef ZP_LETTER_H
#define ZP_LETTER_H

#include "doc/report.h"

/* Before the title: the stamp, and 版头. */
void zp_letter_head(const zp_report *report, bool fragment, zp_buf *out);

/* After the title: who and when, of a cover; 主送. */
void zp_letter_open(const zp_report *report, bool fragment, zp_buf *out);

/* After the text: 附件说明, 落款, 附注. */
void zp_letter_close(const zp_report *report, bool fragment, zp_buf *out);

/* At the end: 版记. */
void zp_letter_imprint(const zp_report *report, bool fragment, zp_buf *out);

#endif
