/* papers.h: what lies in a unit's folder beside its report: 自评表, 评分表.
 *
 * A report that brings no front matter of its own gets one that names the forms as its data and
 * says its year and unit, as its title has them: so all rules that hold figures in the text against
 * data hold them against the forms. Which entry of the template's schema a workbook's sheet is, its
 * title says (forms), or the heads of its columns (lists with 分值, 得分 or 实际完成值). A unit has
 * as many forms of one kind as it has projects, in one book or many, in its folder or one folder
 * below it (自评表/, 附件/) where no report lies; of a list there is one, beside the report.
 */
#ifndef ZP_PAPERS_H
#define ZP_PAPERS_H

#include "base/diag.h"
#include "doc/template.h"

/* `source` with such front matter, or `source` itself where the folder has no forms. A workbook
 * that cannot be read is `unread-paper`, an error; one beside the report or beside forms that is no
 * form the template knows, or a further list, is `unused-paper`, a warning. */
const zp_source *zp_papers_add(zp_arena *arena, const zp_source *source,
                               const zp_template *template, zp_diag *diag);

/* `papers-apart`, a warning, where workbooks lie beside reports of which none is theirs more than
 * another. */
void zp_papers_tell_apart(zp_arena *arena, const zp_source *source, zp_diag *diag);

#endif
