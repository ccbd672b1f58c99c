/* plain.h: a text without any marks, as Markdown.
 *
 * What people copy out of a word processor or a PDF: a title, and paragraphs. Nothing in it is a
 * mark, so every character that Markdown would take for one is escaped; each byte of the result
 * knows the place it came from.
 *
 * The first paragraph is the title: up to three lines, without a number before them or a full stop
 * behind. After it each line is a paragraph; but a line of 24 characters and more that ends in the
 * middle of a sentence goes on in the next one, when no blank line, indent or number parts them:
 * text that was wrapped at the edge of a page. (A paragraph that a page break tore in two stays so;
 * who reads the tree can see it.)
 */
#ifndef ZP_PLAIN_H
#define ZP_PLAIN_H

#include "base/source.h"

/* Whether nothing in the text is a mark of Markdown and there is no front matter. */
bool zp_plain_is(const zp_source *source);

/* Whether a line begins with 一、 （一） 1. （1） or the like (3.5 is a figure), and whether it may
 * be a title's: not numbered, short, without a full stop behind. */
bool zp_plain_is_numbered(zp_str line);
bool zp_plain_is_title(zp_str line);

/* Its Markdown, as a source under the same name. */
const zp_source *zp_plain_read(zp_arena *arena, const zp_source *source);

#endif
