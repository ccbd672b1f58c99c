/* manuscript.h: a Word document as Markdown, each byte with its place in the document.
 *
 * Headings are the paragraphs of an outline level with at most 60 characters, at the level that
 * their number says (一、 （一） 1. （1）), else at that of the outline. The title is the paragraph
 * of the style Title; without one the centred lines at the beginning, from the one that no 附件 is
 * to the one that ends in 报告, 表 and the like; without those what plain.h takes for it. 附件1
 * alone on its line with such a line below it begins an attached part: # 附件1 名称. Lists without
 * numbers are lists; automatic numbers are text. Notes are [^1], pictures stand behind their
 * paragraph, under names in the folder ZP_MANUSCRIPT_PICTURES: they come with the source
 * (`enclosed`).
 */
#ifndef ZP_MANUSCRIPT_H
#define ZP_MANUSCRIPT_H

#include "word/word.h"

#define ZP_MANUSCRIPT_PICTURES "图片/"

/* Never NULL; its name is the document's. */
const zp_source *zp_manuscript_write(zp_arena *arena, const zp_word *word);

#endif
