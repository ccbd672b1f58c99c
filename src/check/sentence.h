/* sentence.h: the figures of one sentence, and how one finds another there.
 */
#ifndef ZP_SENTENCE_H
#define ZP_SENTENCE_H

#include "check/checker.h"

/* Indexes of the checker's quantities: first, and behind the last. */
typedef struct {
    size_t first, end;
} zp_sentence;

/* Figures that are looked back on from another in its sentence, and of one name in the report: what
 * is further off is not what the words mean, and the work stays linear. */
enum { ZP_SENTENCE_BACK = 40, ZP_REPORT_NAMESAKES = 60 };

/* The next sentence that has figures, from *at on; false at the end. */
bool zp_sentence_next(const zp_checker *checker, size_t *at, zp_sentence *sentence);

/* A figure that stands for one amount: no range, year or rough number. */
bool zp_sentence_is_amount(const zp_checker *checker, size_t index);

/* Whether both are counted in the same: money and money, 人 and 人. */
bool zp_sentence_alike(const zp_quantity *a, const zp_quantity *b);

/* The nearest amount before `index` in its sentence that is called `term` and has its owner; NULL
 * when there is none. */
const zp_quantity *zp_sentence_find(const zp_checker *checker, const zp_sentence *sentence,
                                    size_t index, const zp_term *term);

/* The nearest amount before `index` in its sentence that is of the group `term` as a whole. */
const zp_quantity *zp_sentence_find_group(const zp_checker *checker, const zp_sentence *sentence,
                                          size_t index, const zp_term *term);

/* The one value that the report has for a figure of that term with the year, owner and fund of
 * `like`; where the fund has none, of any fund. NULL when it has none, or several. */
const zp_quantity *zp_report_find(const zp_checker *checker, const zp_term *term,
                                  const zp_name *like, zp_str owner);

/* Whether the words before the figure, in its clause, hold `word`. */
bool zp_sentence_says(const zp_checker *checker, size_t index, zp_str word);

/* Whether a 分别 deals figures out: then what stands next to each other does not belong together.
 */
bool zp_sentence_deals(const zp_checker *checker, const zp_sentence *sentence);

#endif
