/* words.h: text as a search index takes it, and what people type as a query over it.
 *
 * SQLite's own tokenizers part no Chinese: one knows no word boundary in it, the other finds
 * nothing of fewer than three characters. So text is spread out here: every Han (of any plane) and
 * kana is a word of its own, and so is every run of letters and digits, in small letters and half
 * width, a number without its thousands marks; what is left (white space, marks) only parts words.
 * The index needs no more than to take what stands between spaces (`ascii`), and a phrase of one,
 * two or ten characters is found in whatever words it stands.
 */
#ifndef ZP_WORDS_H
#define ZP_WORDS_H

#include "base/str.h"

/* The words of `text` with one space between. */
zp_str zp_words_spread(zp_arena *arena, zp_str text);

/* The query (SQLite FTS5, 3) for what somebody typed: what stands between white space is a phrase
 * each, and all must be found; a phrase that ends in a letter or digit may go on. Nothing in
 * `typed` is taken for an operator. Empty when there is no word in it. */
zp_str zp_words_query(zp_arena *arena, zp_str typed);

#endif
