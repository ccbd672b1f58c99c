/* paragraph.c: runs in, measured tokens out.
 *
 * Blank halves of marks are counted once: a pair of marks spends one when they stand in the same
 * line, a line edge trims another, and only what is left can be squeezed. A pair broken by a line
 * end has spent nothing; the sums are corrected at the edges.
 */
#include "layout/paragraph.h"

#include "base/utf8.h"

enum {
    HALF = ZP_EM / 2, /* what a mark with a blank half can give */
    SPACE_HAN =
        ZP_EM / 2, /* a space typed beside a Chinese character: as wide as two of its digits */
};

enum {
    CACHE_SIZE = 4096, /* glyphs remembered by role and character */
    MISSING_MAX = 100, /* characters without a glyph that are reported one by one */
    UNBROKEN = 500,    /* characters: a word as long is reported where a line cuts it */
};

typedef struct {
    uint32_t code;
    uint8_t key; /* role and whether Latin was asked first, plus 1 */
    zp_glyph_ref glyph;
} remembered;

struct zp_setter {
    zp_arena *arena;
    const zp_fonts *fonts;
    zp_diag *diag;
    remembered *cache;
    uint32_t missing[MISSING_MAX];
    size_t missing_count;
    const char *unbroken; /* the text it was last reported in, which may be set again */
};

zp_setter *zp_setter_new(zp_arena *arena, const zp_fonts *fonts, zp_diag *diag)
{
    zp_setter *setter = zp_new(arena, zp_setter);
    setter->arena = arena;
    setter->fonts = fonts;
    setter->diag = diag;
    setter->cache = zp_new_array(arena, remembered, CACHE_SIZE);
    return setter;
}

zp_arena *zp_setter_arena(const zp_setter *setter)
{
    return setter->arena;
}

const zp_fonts *zp_setter_fonts(const zp_setter *setter)
{
    return setter->fonts;
}

bool zp_setter_missed(const zp_setter *setter)
{
    return setter->missing_count > 0;
}

/* ---- collect: runs to characters ---- */

zp_len zp_em_share(zp_len em, int part)
{
    return zp_len_scale(em, part, ZP_EM);
}

static void report_missing(zp_setter *setter, const zp_character *c, uint32_t code)
{
    for (size_t i = 0; i < setter->missing_count; i++)
        if (setter->missing[i] == code)
            return;
    if (setter->missing_count == MISSING_MAX)
        return;
    setter->missing[setter->missing_count++] = code;
    zp_span span = c->run->span;
    if (span.source && span.end - span.start == c->run->text.n)
        span = zp_span_of(span.source, span.start + c->offset, span.start + c->offset + c->bytes);
    zp_str shown = zp_str_slice(c->run->text, c->offset, c->offset + c->bytes);
    zp_diag_add(setter->diag, ZP_ERROR, "missing-glyph", span,
                "请把含有这个字的字体放进 fonts 文件夹，并在 fonts.yaml 中加上一行",
                "没有字体能显示“%.*s”（U+%04X）", ZP_ARG(shown), (unsigned)code);
}

static zp_glyph_ref find_glyph(zp_setter *setter, zp_role role, bool latin, uint32_t code)
{
    uint8_t key = (uint8_t)((unsigned)role * 2 + latin + 1);
    remembered *slot = &setter->cache[(code * 31 + key) % CACHE_SIZE];
    if (slot->code != code || slot->key != key)
        *slot = (remembered){code, key, zp_fonts_find(setter->fonts, role, latin, code)};
    return slot->glyph;
}

/* The characters of all runs, decoded; without glyphs yet. A line end within a run is a character
 * here. */
void zp_paragraph_collect(zp_paragraph *p, const zp_run *runs, size_t count)
{
    size_t characters = 0;
    for (size_t i = 0; i < count; i++)
        characters += zp_utf8_count(runs[i].text);
    p->codes = zp_new_array(p->arena, uint32_t, characters);
    p->characters = zp_new_array(p->arena, zp_character, characters);
    for (size_t i = 0; i < count; i++)
        for (size_t at = 0; at < runs[i].text.n;) {
            size_t start = at;
            uint32_t code = zp_utf8_next(runs[i].text, &at);
            p->codes[p->count] = code == '\t' ? ' ' : code;
            zp_character *c = &p->characters[p->count++];
            c->run = &runs[i];
            c->offset = (uint32_t)start;
            c->bytes = (uint8_t)(at - start);
        }
}

/* Characters that mark how others are drawn or joined and have no look of their own. */
static bool is_invisible(uint32_t code)
{
    return (code >= 0x200B && code <= 0x200F) || code == 0x2060 || code == 0xFEFF ||
           (code >= 0xFE00 && code <= 0xFE0F) || (code >= 0xE0100 && code <= 0xE01EF);
}

/* What the 西文 fonts draw: ASCII, words, and quotation marks around Latin. */
static bool is_latin(const zp_token *t, uint32_t code)
{
    return code < 0x80 || t->class == ZP_CJK_W ||
           (zp_token_is_narrow(t) && code >= 0x2018 && code <= 0x201D);
}

static void choose_glyph(zp_paragraph *p, const zp_token *t, uint32_t k)
{
    zp_character *c = &p->characters[k];
    if (is_invisible(p->codes[k]))
        return;
    uint32_t code = p->codes[k];
    c->latin = is_latin(t, code) && !c->run->plain;
    c->glyph = find_glyph(p->setter, c->run->role, c->latin, code);
    if (c->glyph.font)
        c->advance = zp_font_advance(c->glyph.font, c->glyph.id, c->run->size);
    else
        report_missing(p->setter, c, code);
}

void zp_paragraph_dress(zp_paragraph *p)
{
    for (size_t i = 0; i < p->token_count; i++)
        for (uint32_t k = 0; k < p->tokens[i].count; k++)
            choose_glyph(p, &p->tokens[i], p->tokens[i].first + k);
}

/* ---- prepare: characters to tokens ---- */

/* How wide the full-width kinds are, in parts of an em; 0: as wide as the font draws them. */
static int class_width(const zp_token *t, uint32_t code)
{
    switch ((zp_cjk_class)t->class) {
    case ZP_CJK_HAN:
    case ZP_CJK_OP:
    case ZP_CJK_CL:
    case ZP_CJK_PZ:
    case ZP_CJK_ST:
        return ZP_EM;
    case ZP_CJK_S2: /* GB/T 15834 5.1.2: two in the place of one, three in the place of two */
        return t->count == 3 ? 2 * ZP_EM : ZP_EM;
    case ZP_CJK_DS:
        return 2 * ZP_EM;
    case ZP_CJK_EL:
        return (int)t->count * ZP_EM;
    case ZP_CJK_MD:
        return HALF;
    case ZP_CJK_HY:
        return code == 0x2013 ? HALF : ZP_EM;
    case ZP_CJK_SL:
        return code == '/' ? 0 : HALF;
    case ZP_CJK_PR:
    case ZP_CJK_PO:
        return code >= 0xFF00 ? ZP_EM : 0;
    case ZP_CJK_W:
    case ZP_CJK_SP:
    case ZP_CJK_FN:
    case ZP_CJK_COUNT:
        return 0;
    }
    return 0;
}

bool zp_token_is_narrow(const zp_token *t)
{
    return t->class == ZP_CJK_W || t->class == ZP_CJK_PR || t->class == ZP_CJK_PO;
}

/* A symbol that its font draws narrower or wider than an em keeps that width: blank around it would
 * read as spaces. */
static bool is_odd(const zp_character *c)
{
    zp_len tolerance = c->run->size / 20;
    return c->glyph.font &&
           (c->advance < c->run->size - tolerance || c->advance > c->run->size + tolerance);
}

/* Width of a token by itself; a dash is drawn by one glyph where the font has it. */
static void size_token(zp_paragraph *p, zp_token *t)
{
    const zp_character *c = &p->characters[t->first];
    t->em = c->run->cell;
    int fixed = class_width(t, p->codes[t->first]);
    t->placed = fixed && !(t->class == ZP_CJK_HAN && is_odd(c));
    if (t->placed) {
        t->width = zp_em_share(t->em, fixed);
        return;
    }
    int64_t width = 0;
    for (uint32_t k = t->first; k < t->first + t->count; k++)
        width += p->characters[k].advance;
    t->width = width < ZP_LEN_MAX ? (zp_len)width : ZP_LEN_MAX;
}

static void size_space(zp_paragraph *p, size_t i)
{
    zp_token *t = &p->tokens[i];
    bool latin = (i == 0 || zp_token_is_narrow(t - 1)) &&
                 (i + 1 == p->token_count || zp_token_is_narrow(t + 1));
    const zp_line_rules *rules = p->measure->rules;
    t->em = p->characters[t->first].run->cell;
    t->width = zp_em_share(t->em, latin ? rules->space : SPACE_HAN);
    t->right = latin ? zp_em_share(t->em, rules->space - rules->space_min) : 0;
    t->spread = latin ? zp_em_share(t->em, rules->space_max - rules->space) : 0;
}

/* A word cut in two is no news in an address; so long a one is hardly meant. */
static void report_unbroken(const zp_paragraph *p, const zp_token *word)
{
    const zp_character *c = &p->characters[word->first];
    zp_setter *setter = p->setter;
    if (word->count < UNBROKEN || c->run->text.p == setter->unbroken)
        return;
    setter->unbroken = c->run->text.p;
    zp_diag_add(setter->diag, ZP_WARNING, "unbroken-text", c->run->span, "查一查是否漏了空格或换行",
                "这里有 %u 个字符连成一个词，从中间断开了", (unsigned)word->count);
}

/* Cuts a word that is longer than a line into its characters, each of which a line may begin with.
 */
static size_t split_word(const zp_paragraph *p, const zp_token *whole, zp_token *out)
{
    report_unbroken(p, whole);
    for (uint32_t k = 0; k < whole->count; k++) {
        out[k] = *whole;
        out[k].first = whole->first + k;
        out[k].count = 1;
        out[k].width = p->characters[out[k].first].advance;
        out[k].opens = k > 0;
    }
    return whole->count;
}

static void split_words(zp_paragraph *p, zp_len limit)
{
    zp_token *split =
        zp_new_array(p->arena, zp_token, p->count); /* a piece holds a character at least */
    size_t n = 0;
    for (size_t i = 0; i < p->token_count; i++) {
        if (p->tokens[i].class == ZP_CJK_W && p->tokens[i].width > limit)
            n += split_word(p, &p->tokens[i], split + n);
        else
            split[n++] = p->tokens[i];
    }
    p->tokens = split;
    p->token_count = n;
}

void zp_paragraph_cut(zp_paragraph *p)
{
    zp_cjk_token *cut = zp_new_array(p->arena, zp_cjk_token, p->count);
    p->token_count = zp_cjk_cut(p->codes, p->count, cut);
    p->tokens = zp_new_array(p->arena, zp_token, p->count);
    for (size_t i = 0; i < p->token_count; i++) {
        zp_token *t = &p->tokens[i];
        *t = (zp_token){.first = cut[i].first, .count = cut[i].count, .class = cut[i].class};
        if (p->characters[t->first].run->note_mark)
            t->class = ZP_CJK_FN;
    }
}

/* Where rules would forbid every break in more than a line's width, the one that keeps the line
 * within its measure is allowed. */
static void open_long_runs(zp_paragraph *p, zp_len limit)
{
    int64_t width = 0;
    for (size_t i = 0; i < p->token_count; i++) {
        zp_token *t = &p->tokens[i];
        bool breaks = i > 0 && (t->opens ||
                                zp_cjk_may_break((zp_cjk_class)t[-1].class, (zp_cjk_class)t->class,
                                                 p->measure->rules->kinsoku));
        if (!breaks && i > 0 && width + t->width > limit)
            t->opens = breaks = true;
        width = breaks ? t->width : width + t->width;
    }
}

/* Widths of tokens by themselves; words that no line can hold are split. */
static void size_tokens(zp_paragraph *p)
{
    zp_len limit = p->measure->width - p->measure->indent;
    bool long_words = false;
    for (size_t i = 0; i < p->token_count; i++) {
        zp_token *t = &p->tokens[i];
        if (t->class == ZP_CJK_SP)
            continue;
        size_token(p, t);
        long_words = long_words || (t->class == ZP_CJK_W && t->width > limit);
    }
    if (long_words)
        split_words(p, limit);
    for (size_t i = 0; i < p->token_count; i++)
        if (p->tokens[i].class == ZP_CJK_SP)
            size_space(p, i);
    open_long_runs(p, limit);
}

static bool has_gap(const zp_paragraph *p, const zp_token *a, const zp_token *b)
{
    if (a->class == ZP_CJK_HAN && b->class == ZP_CJK_W)
        return zp_code_is_alnum(p->codes[b->first]);
    return a->class == ZP_CJK_W && b->class == ZP_CJK_HAN &&
           zp_code_is_alnum(p->codes[a->first + a->count - 1]);
}

static bool stretches_between(const zp_token *a, const zp_token *b)
{
    const unsigned rigid = 1u << ZP_CJK_HY | 1u << ZP_CJK_SL | 1u << ZP_CJK_SP;
    bool within_latin = zp_token_is_narrow(a) && zp_token_is_narrow(b);
    return !((1u << a->class | 1u << b->class) & rigid) && !within_latin;
}

static void join_pair(const zp_paragraph *p, zp_token *a, zp_token *b)
{
    const zp_line_rules *rules = p->measure->rules;
    zp_cjk_giver giver =
        rules->kern ? zp_cjk_kern((zp_cjk_class)a->class, (zp_cjk_class)b->class) : ZP_KERN_NONE;
    if (giver != ZP_KERN_NONE && rules->tight) {
        a->join = -a->right - b->left;
        a->right = b->left = 0;
    } else if (giver == ZP_KERN_LEFT) {
        a->join = -a->right;
        a->right = 0;
    } else if (giver == ZP_KERN_RIGHT) {
        a->join = -b->left;
        b->left = 0;
    } else if (has_gap(p, a, b)) {
        a->gap = true;
        a->join = zp_em_share(a->em, rules->gap);
        a->gap_less = zp_em_share(a->em, rules->gap - rules->gap_min);
        a->gap_more = zp_em_share(a->em, rules->gap_max - rules->gap);
    }
    a->stretches = stretches_between(a, b);
}

/* Kerns, gaps and blank halves: what each pair does when it stands in one line. */
static void join_tokens(zp_paragraph *p)
{
    for (size_t i = 0; i < p->token_count; i++) {
        zp_token *t = &p->tokens[i];
        if (zp_cjk_blank_left((zp_cjk_class)t->class))
            t->blank_left = t->left = zp_em_share(t->em, HALF);
        if (zp_cjk_blank_right((zp_cjk_class)t->class))
            t->blank_right = t->right = zp_em_share(t->em, HALF);
    }
    for (size_t i = 0; i + 1 < p->token_count; i++)
        join_pair(p, &p->tokens[i], &p->tokens[i + 1]);
}

zp_squeeze zp_token_squeeze(const zp_token *t)
{
    if (t->class == ZP_CJK_SP)
        return ZP_S2_SPACES;
    if (t->class == ZP_CJK_PZ)
        return ZP_S5_PAUSES;
    return t->class == ZP_CJK_ST ? ZP_S7_STOPS : ZP_S4_BRACKETS;
}

static void sum_tokens(zp_paragraph *p)
{
    p->sums = zp_new_array(p->arena, zp_sums, p->token_count + 1);
    for (size_t i = 0; i < p->token_count; i++) {
        const zp_token *t = &p->tokens[i];
        zp_sums s = p->sums[i];
        s.width += t->width;
        s.join += t->join;
        s.squeeze[ZP_S4_BRACKETS] += t->left;
        s.squeeze[zp_token_squeeze(t)] += t->right;
        s.squeeze[ZP_S6_GAPS] += t->gap_less;
        s.stretch[ZP_T1_SPACES] += t->spread;
        s.stretch[ZP_T2_GAPS] += t->gap_more;
        s.stretches += t->stretches;
        s.gaps += t->gap && t->stretches;
        if (t->class != ZP_CJK_SP)
            s.text_end = (uint32_t)i + 1;
        p->sums[i + 1] = s;
    }
}

void zp_paragraph_size(zp_paragraph *p)
{
    size_tokens(p);
    join_tokens(p);
    sum_tokens(p);
}

/* ---- measure: tokens to a line ---- */

/* The tokens as if none of them stood at an edge; the last one's gap and join are not in the line.
 */
static void add_up(const zp_paragraph *p, zp_fit *f)
{
    const zp_sums *from = &p->sums[f->first], *to = &p->sums[f->end], *inner = to - 1;
    f->width = to->width - from->width + inner->join - from->join;
    if (f->first == 0)
        f->width += p->measure->indent;
    for (zp_squeeze s = 0; s < ZP_SQUEEZES; s++)
        f->squeeze[s] = to->squeeze[s] - from->squeeze[s];
    f->squeeze[ZP_S6_GAPS] = inner->squeeze[ZP_S6_GAPS] - from->squeeze[ZP_S6_GAPS];
    f->stretch[ZP_T1_SPACES] = to->stretch[ZP_T1_SPACES] - from->stretch[ZP_T1_SPACES];
    f->stretch[ZP_T2_GAPS] = inner->stretch[ZP_T2_GAPS] - from->stretch[ZP_T2_GAPS];
    f->stretches = inner->stretches - from->stretches;
    f->gaps = inner->gaps - from->gaps;
}

/* The marks at both edges: what they lose there, they cannot give again. Their blank halves are
 * whole, whatever a neighbour that is on the other line now would have taken. */
static void trim_edges(const zp_paragraph *p, zp_fit *f)
{
    const zp_line_rules *rules = p->measure->rules;
    const zp_token *a = &p->tokens[f->first], *b = &p->tokens[f->end - 1];
    bool trims = rules->start == ZP_EDGE_TRIM;
    f->start_trim = trims ? a->blank_left : 0;
    f->start_left = trims ? 0 : a->blank_left;
    f->end_trim = rules->end == ZP_EDGE_TRIM ? b->blank_right : 0;
    f->squeeze[ZP_S4_BRACKETS] += f->start_left - a->left;
    f->squeeze[zp_token_squeeze(b)] -= b->right;
    if (rules->end == ZP_EDGE_ALLOW)
        f->squeeze[ZP_S1_LINE_END] = b->blank_right;
    f->width -= f->start_trim + f->end_trim;
}

/* 、，。 that would not fit stand outside, whole. */
static void hang_mark(const zp_paragraph *p, zp_fit *f)
{
    const zp_token *last = &p->tokens[f->end - 1];
    uint32_t code = p->codes[last->first];
    if (f->width <= p->measure->width || (code != 0x3001 && code != 0x3002 && code != 0xFF0C))
        return;
    f->hangs = true;
    f->width -= last->width - f->end_trim;
    f->end_trim = last->width;
    f->squeeze[ZP_S1_LINE_END] = 0;
}

void zp_paragraph_measure(const zp_paragraph *p, size_t first, size_t end, zp_fit *f)
{
    f->first = first;
    f->end = p->sums[end].text_end;
    if (f->end <= first) {
        *f = (zp_fit){.first = first, .end = first};
        return;
    }
    add_up(p, f);
    trim_edges(p, f);
    f->hangs = false;
    if (p->measure->rules->hang)
        hang_mark(p, f);
    if (p->measure->align !=
        ZP_ALIGN_NONE) /* what is not justified is not squeezed either, but for its end */
        for (zp_squeeze s = ZP_S2_SPACES; s < ZP_SQUEEZES; s++)
            f->squeeze[s] = 0;
}
