/* md.h: the report as Markdown without placeholders, that needs neither data files nor templates'
 * partials: `--to md`.
 *
 * The front matter is printed anew, its values expanded and quoted where YAML would misread them,
 * without `data`, and with what the template knows by name and only data files, the command line or
 * a row gave (单位, 年度 and the like, but no lists); then the body as it was read. Columns marked
 * 内部 are still there, whatever the edition.
 */
#ifndef ZP_MD_H
#define ZP_MD_H

#include "doc/report.h"

void zp_md_write(const zp_report *report, zp_buf *out);

#endif
