/* paragraph.h: a paragraph as tokens that can be measured: what breaking and setting lines share.
 *
 * Private to the line layout (paragraph.c, breaker.c, inline.c); others see inline.h.
 */
#ifndef ZP_PARAGRAPH_H
#define ZP_PARAGRAPH_H

#include "layout/cjk.h"
#include "layout/inline.h"

/* `part` of an em in ZP_EM parts. */
zp_len zp_em_share(zp_len em, int part);

/* Squeezing, in this order (CLREQ 5.2; its S3, wide interpuncts, is not of mainland China). */
typedef enum {
    ZP_S1_LINE_END,
    ZP_S2_SPACES,
    ZP_S4_BRACKETS,
    ZP_S5_PAUSES,
    ZP_S6_GAPS,
    ZP_S7_STOPS,
    ZP_SQUEEZES
} zp_squeeze;

/* Stretching, in this order; after it T3, all places alike. */
typedef enum { ZP_T1_SPACES, ZP_T2_GAPS, ZP_STRETCHES } zp_stretch;

typedef struct {
    const zp_run *run;
    uint32_t offset; /* in the run's text */
    uint8_t bytes;
    bool latin; /* drawn by the 西文 chain, on its role's baseline */
    zp_glyph_ref glyph;
    zp_len advance; /* of the glyph */
} zp_character;

typedef struct {
    uint32_t first, count; /* characters */
    uint8_t class;
    bool opens;     /* a piece of a word longer than the line: a line may end before it */
    bool kept;      /* a balanced line may not end before it */
    bool placed;    /* its width is its class's; glyphs are placed in it */
    bool stretches; /* T3: takes its share of what a line lacks, after it */
    bool gap;       /* a Han–Latin gap follows */
    zp_len em;      /* of its first character */
    zp_len width;
    zp_len blank_left, blank_right; /* the blank halves of a mark */
    zp_len left,
        right;     /* what it can still give inside a line, its neighbours having taken theirs */
    zp_len spread; /* T1: how much a space between words may grow */
    zp_len join;   /* kern (negative) or gap to the next token when both stand in one line */
    zp_len gap_less, gap_more; /* S6, T2: what the gap after it may give and take */
} zp_token;

/* Sums over the tokens before an index. */
typedef struct {
    int64_t width, join;
    int64_t squeeze[ZP_SQUEEZES], stretch[ZP_STRETCHES];
    uint32_t stretches, gaps;
    uint32_t text_end; /* after the last of them that is no space */
} zp_sums;

typedef struct {
    zp_arena *arena;
    zp_setter *setter;
    const zp_measure *measure;
    uint32_t *codes;
    zp_character *characters;
    size_t count; /* of characters */
    zp_token *tokens;
    size_t token_count;
    zp_sums *sums; /* token_count + 1 */
} zp_paragraph;

/* Tokens first to end - 1 as a line, edge spaces dropped and edge marks trimmed. */
typedef struct {
    size_t first, end;
    int64_t width; /* natural, indent included */
    int64_t squeeze[ZP_SQUEEZES], stretch[ZP_STRETCHES];
    uint32_t stretches, gaps;
    zp_len start_trim, end_trim;
    zp_len start_left; /* what its first mark, untrimmed, may be squeezed on the left */
    bool hangs;        /* its last mark stands outside */
} zp_fit;

/* The characters of all runs, decoded, a forced line end among them; without glyphs yet. `p` has
 * its setter and measure. */
void zp_paragraph_collect(zp_paragraph *p, const zp_run *runs, size_t count);

/* Characters without forced line ends to tokens of classes; then a glyph and an advance for each
 * character; then widths and sums. */
void zp_paragraph_cut(zp_paragraph *p);
void zp_paragraph_dress(zp_paragraph *p);
void zp_paragraph_size(zp_paragraph *p);

/* In constant time, from the sums. Every way to break measures lines, so the fit is not cleared
 * first: each member is set. */
void zp_paragraph_measure(const zp_paragraph *p, size_t first, size_t end, zp_fit *fit);

/* Which step squeezes a token's right side; its left side is always S4. */
zp_squeeze zp_token_squeeze(const zp_token *t);

/* Set in letters' widths: Latin, and marks beside it. */
bool zp_token_is_narrow(const zp_token *t);

zp_arena *zp_setter_arena(const zp_setter *setter);
const zp_fonts *zp_setter_fonts(const zp_setter *setter);

#endif
