/* lexicon.h: the words that name figures, as the template has them.
 *
 * Which names mean the same figure (预算执行数, 全年执行数 and 实际支出数), which figure is the
 * quotient or the sum of which, which words say whose figure it is and which say nothing: all this
 * is data, `terms` and `words` of template.yaml (doc/declarations.h), so that a province adds its
 * own.
 */
#ifndef ZP_LEXICON_H
#define ZP_LEXICON_H

#include "data/value.h"

typedef struct zp_term zp_term;

enum { ZP_TERM_WHOLES = 4 };

/* What a figure is counted in. */
typedef enum {
    ZP_TERM_MONEY,
    ZP_TERM_RATE,
    ZP_TERM_SCORE,
    ZP_TERM_COUNT,
    ZP_TERM_ANY
} zp_term_kind;

/* A figure by its name. */
struct zp_term {
    zp_str name; /* 实际支出数 */
    zp_term_kind kind;
    const zp_term *part;                   /* a rate: part ÷ whole; NULL: no rate that is known */
    const zp_term *wholes[ZP_TERM_WHOLES]; /* the first that the text has counts */
    const zp_term **sum;                   /* a total of these; NULL: none */
    size_t sum_count;
    bool spent; /* spending as such: behind a group's name, it is the group itself */
    bool group; /* a kind of spending: a 资金 behind it is its own */
    bool loose; /* the name alone does not say which: compared with its like only where a slip shows
                 */
    bool change; /* a difference or a rate of growth: compared with no other figure */
};

typedef enum {
    ZP_WORD_UNKNOWN,
    ZP_WORD_TERM,      /* `term` */
    ZP_WORD_FUND,      /* `fund`: from 1 */
    ZP_WORD_WHOLE,     /* says: the unit as a whole */
    ZP_WORD_LAST_YEAR, /* 上年 */
    ZP_WORD_THIS_YEAR, /* 本年 */
    ZP_WORD_PARTS,     /* 其中 */
    ZP_WORD_OWNER,     /* 项目, 专项: what ends in it is somebody's own name */
    ZP_WORD_PLAIN,     /* changes nothing */
} zp_word_kind;

typedef struct {
    zp_str text;
    zp_word_kind kind;
    bool whole; /* TERM: says also: the unit as a whole (部门整体支出) */
    const zp_term *term;
    unsigned fund;
} zp_word;

typedef struct zp_lexicon zp_lexicon;

/* From the MAPs `terms` and `words` of a template; `own` are the unit's names. A name that is not
 * there in part, whole or sum is passed over. */
const zp_lexicon *zp_lexicon_read(zp_arena *arena, const zp_value *terms, const zp_value *words,
                                  const zp_str *own, size_t own_count);

/* The longest word that begins at offset `at` of `text`; NULL when none does. White space within
 * the text is not passed over. */
const zp_word *zp_lexicon_match(const zp_lexicon *lexicon, zp_str text, size_t at);

/* All terms. */
const zp_term *zp_lexicon_terms(const zp_lexicon *lexicon, size_t *count);

/* The term of that name or other name; NULL when there is none. */
const zp_term *zp_lexicon_term(const zp_lexicon *lexicon, zp_str name);

#endif
