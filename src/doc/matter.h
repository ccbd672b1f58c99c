/* matter.h: the elements of an official document that the front matter asks for, as words.
 *
 * Both writers show them; where on a page they stand is layout's to know (layout/official.h).
 */
#ifndef ZP_MATTER_H
#define ZP_MATTER_H

#include "base/diag.h"
#include "data/value.h"

typedef struct {
    zp_str addressee;          /* 主送: names, joined by 、; empty: none */
    const zp_str *attachments; /* 附件: names, of a list or of the lines of a text */
    size_t attachment_count;
    bool is_signed; /* 落款 is asked for */
    zp_str organ;   /* of 落款 */
    zp_str date;    /* of 落款, else of the report, as 2024年5月8日 */
    bool seal;
    zp_str remark; /* 附注, in its brackets */
    struct {
        zp_str mark, number, issuer, secrecy, urgency, copy;
    } letterhead; /* 版头; none without a mark */
    struct {
        bool asked;
        zp_str copies, printer, date;
    } imprint; /* 版记 */
    bool cover, contents;
} zp_matter;

/* `meta` has the schema's keys; `department` signs where no organ is named. An element that is
 * given in another form than its own (a word where there are entries) is `bad-value`, a warning. */
zp_matter zp_matter_read(zp_arena *arena, const zp_value *meta, zp_str department, zp_diag *diag);

#endif
