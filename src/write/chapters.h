/* chapters.h: a report's text as report.json keeps it, for who searches it and compares years.
 *
 * A list of objects in the order of the document, one for each heading and one for what stands
 * before the first: `level` (0 for that one, else 2 to 6), `heading` as typed, `problems` and
 * `measures` (true where the heading, or one that it stands under, has the template's words for
 * problems or for what is done about them), `lines`: its paragraphs, captions and rows of tables
 * (cells parted by " | "), without marks of Markdown. Footnotes stand in the last.
 */
#ifndef ZP_CHAPTERS_H
#define ZP_CHAPTERS_H

#include "doc/report.h"

void zp_chapters_write(zp_arena *arena, const zp_report *report, zp_buf *out);

#endif
