/* md.h: the report as Markdown without placeholders, that needs neither data files nor templates'
 * partials: `--to md`.
 *
 * The front matter is printed anew, its values expanded and quoted where YAML would misread them,
 * without `data`; then the body as it was read.
 */
#ifndef ZP_MD_H
#define ZP_MD_H

#include "doc/report.h"

void zp_md_write(const zp_report *report, zp_buf *out);

#endif
