/* inline.c: line ends in, lines of positioned glyphs out.
 *
 * What a line lacks or has too much is handed out in CLREQ's order, to the unit: sums are divided
 * so that the last glyph ends at the margin exactly.
 */
#include "layout/inline.h"

#include "layout/breaker.h"
#include "layout/paragraph.h"

/* ---- finish: lines to items ---- */

/* Hands out `total` over `parts` so that the sum is exact: the share of the parts up to `upto`. */
static int64_t portion(int64_t total, int64_t upto, int64_t parts)
{
    int64_t product = total * upto;
    int64_t quotient = product / parts;
    return product % parts < 0 ? quotient - 1 : quotient;
}

/* An amount that is handed out bit by bit over what can take it. */
typedef struct {
    int64_t total, capacity, seen;
} hand_out;

/* How a line is adjusted. */
typedef struct {
    hand_out squeeze[ZP_SQUEEZES], stretch[ZP_STRETCHES];
    hand_out places, gaps; /* T3: over ordinary places and over Han–Latin gaps */
} adjustment;

static int64_t take(hand_out *h, int64_t amount)
{
    if (h->total == 0 || h->capacity == 0 || amount == 0)
        return 0;
    int64_t before = portion(h->total, h->seen, h->capacity);
    h->seen += amount;
    return portion(h->total, h->seen, h->capacity) - before;
}

static hand_out up_to(int64_t capacity, int64_t need)
{
    return (hand_out){capacity < need ? capacity : need, capacity, 0};
}

/* T3: equal shares, but a Han–Latin gap takes no more than keeps it from being read as a space. */
static void divide_stretch(const zp_paragraph *p, const zp_fit *f, int64_t slack,
                           adjustment *adjust)
{
    const zp_line_rules *rules = p->measure->rules;
    adjust->gaps.capacity = f->gaps;
    adjust->places.capacity = (int64_t)f->stretches - f->gaps;
    int64_t even = f->stretches ? portion(slack, f->gaps, f->stretches) : 0;
    int64_t most =
        (int64_t)f->gaps * zp_em_share(p->tokens[f->first].em, rules->gap_limit - rules->gap_max);
    adjust->gaps.total = even > most && adjust->places.capacity > 0 ? most : even;
    adjust->places.total = slack - adjust->gaps.total;
}

/* What the last glyph's box reaches beyond its cell: the type is larger than the grid (16 pt
 * in 15.79). The last box, not the last cell, ends at the margin. */
static int64_t overhang(const zp_paragraph *p, const zp_fit *f)
{
    const zp_token *t = &p->tokens[f->end - 1 - (f->hangs && f->end - f->first > 1)];
    const zp_run *run = p->characters[t->first].run;
    if (!t->placed)
        return 0;
    return f->end_trim && !f->hangs ? (run->size - run->cell) / 2 : run->size - run->cell;
}

static adjustment adjust_line(const zp_paragraph *p, const zp_fit *f, bool justify)
{
    adjustment adjust = {0};
    int64_t slack = p->measure->width - f->width;
    for (zp_squeeze s = 0; s < ZP_SQUEEZES && slack < 0; s++) {
        adjust.squeeze[s] = up_to(f->squeeze[s], -slack);
        slack += adjust.squeeze[s].total;
    }
    if (!justify || slack < 0)
        return adjust;
    for (zp_stretch t = 0; t < ZP_STRETCHES; t++) {
        adjust.stretch[t] = up_to(f->stretch[t], slack);
        slack -= adjust.stretch[t].total;
    }
    divide_stretch(p, f, slack - overhang(p, f), &adjust);
    return adjust;
}

/* Items under construction. */
typedef struct {
    const zp_paragraph *p;
    zp_item *items;
    zp_glyph *glyphs;
    uint32_t item_count, glyph_count;
} composer;

static zp_len baseline_of(const composer *k, const zp_character *c)
{
    const zp_run *run = c->run;
    const zp_font *font =
        c->latin ? zp_fonts_primary(zp_setter_fonts(k->p->setter), run->role) : c->glyph.font;
    return zp_font_centre(font, run->size) - run->rise;
}

static void put_glyph(composer *k, const zp_character *c, zp_glyph_ref glyph, uint32_t code,
                      unsigned repeat, int64_t x)
{
    if (!glyph.font)
        return;
    zp_len y = baseline_of(k, c);
    zp_item *item = k->item_count ? &k->items[k->item_count - 1] : NULL;
    if (!item || item->text.font != glyph.font || item->text.size != c->run->size || item->y != y ||
        item->node != c->run->node || item->link != c->run->link) {
        item = &k->items[k->item_count++];
        *item = (zp_item){.kind = ZP_ITEM_TEXT,
                          .node = c->run->node,
                          .link = c->run->link,
                          .x = (zp_len)x,
                          .y = y};
        item->text.font = glyph.font;
        item->text.size = c->run->size;
        item->text.glyphs = &k->glyphs[k->glyph_count];
    }
    k->glyphs[k->glyph_count++] = (zp_glyph){code, glyph.id, (uint8_t)repeat, (zp_len)x - item->x};
    item->text.count++;
}

/* Where a glyph stands in its place: opening marks flush right, closing ones flush left, others in
 * the middle; at most fonts' full-width glyphs fill the place and nothing moves. */
static int64_t glyph_offset(const zp_token *t, const zp_character *c, int64_t place)
{
    int64_t spare = place - c->advance;
    int64_t tolerance = c->run->size / 20;
    if (t->class == ZP_CJK_OP)
        return spare > tolerance ? spare : 0;
    if (zp_cjk_blank_right((zp_cjk_class)t->class) || t->class == ZP_CJK_S2)
        return 0;
    return spare > tolerance || spare < -tolerance ? spare / 2 : 0;
}

/* The glyphs of a token whose own place begins at x. */
static void put_token(composer *k, const zp_token *t, int64_t x)
{
    const zp_paragraph *p = k->p;
    const zp_character *c = &p->characters[t->first];
    if (t->class == ZP_CJK_DS) {
        zp_glyph_ref dash = zp_fonts_dash(zp_setter_fonts(p->setter), c->run->role);
        if (dash.font) {
            put_glyph(k, c, dash, p->codes[t->first], t->count, x);
            return;
        }
    }
    uint32_t shown = 0;
    for (uint32_t i = 0; i < t->count; i++)
        shown += !zp_cjk_joins(p->codes[t->first + i]);
    for (uint32_t i = 0; i < t->count; i++, c++) {
        bool joins = zp_cjk_joins(p->codes[t->first + i]);
        int64_t place = !t->placed ? c->advance : joins || !shown ? 0 : t->width / (int64_t)shown;
        int64_t offset = t->placed ? glyph_offset(t, c, place) : 0;
        put_glyph(k, c, c->glyph, p->codes[t->first + i], 1, x + offset);
        x += place;
    }
}

/* Spaces dropped at the line's end are still drawn, beyond the margin, so that the text reads back
 * whole. */
static void put_end_spaces(composer *k, const zp_fit *f, size_t end, int64_t x)
{
    for (size_t i = f->end; i < end; i++)
        put_token(k, &k->p->tokens[i], x);
}

static int64_t line_start(const zp_paragraph *p, const zp_fit *f)
{
    int64_t spare = p->measure->width - f->width;
    int64_t indent = f->first == 0 ? p->measure->indent : 0;
    if (spare <= 0 || p->measure->align == ZP_ALIGN_NONE || p->measure->align == ZP_ALIGN_LEFT)
        return indent;
    return indent + (p->measure->align == ZP_ALIGN_CENTER ? spare / 2 : spare);
}

/* How far the next token begins after this one's start, when both stand in the line. */
static int64_t advance(const zp_token *t, adjustment *adjust)
{
    int64_t x = t->width - take(&adjust->squeeze[zp_token_squeeze(t)], t->right);
    x += take(&adjust->stretch[ZP_T1_SPACES], t->spread) + t->join;
    if (t->gap)
        x += take(&adjust->stretch[ZP_T2_GAPS], t->gap_more) -
             take(&adjust->squeeze[ZP_S6_GAPS], t->gap_less);
    if (t->stretches)
        x += take(t->gap ? &adjust->gaps : &adjust->places, 1);
    return x;
}

static zp_line finish_line(const zp_paragraph *p, size_t first, size_t end)
{
    zp_fit f;
    zp_paragraph_measure(p, first, end, &f);
    bool last = end == p->token_count;
    adjustment adjust = adjust_line(p, &f, p->measure->align == ZP_ALIGN_NONE && !last);
    uint32_t characters =
        p->tokens[end - 1].first + p->tokens[end - 1].count - p->tokens[first].first;
    composer k = {p, zp_new_array(p->arena, zp_item, characters),
                  zp_new_array(p->arena, zp_glyph, characters), 0, 0};
    int64_t x = line_start(p, &f) - f.start_trim;
    for (size_t i = f.first; i < f.end; i++) {
        const zp_token *t = &p->tokens[i];
        x -= take(&adjust.squeeze[ZP_S4_BRACKETS], i == f.first ? f.start_left : t->left);
        put_token(&k, t, x);
        x += i + 1 < f.end ? advance(t, &adjust) : t->width;
    }
    put_end_spaces(&k, &f, end, x);
    return (zp_line){k.items, k.item_count, (zp_len)f.width};
}

static const size_t *break_lines(zp_paragraph *p, size_t *count)
{
    if (p->measure->balanced)
        return zp_breaker_balance(p, count);
    return p->measure->rules->greedy ? zp_breaker_greedy(p, count) : zp_breaker_total_fit(p, count);
}

/* A stretch of text without forced line ends. */
static void set_segment(zp_paragraph *p, zp_lines *lines, size_t *capacity)
{
    zp_paragraph_cut(p);
    zp_paragraph_dress(p);
    zp_paragraph_size(p);
    if (p->token_count == 0)
        return;
    size_t count;
    const size_t *starts = break_lines(p, &count);
    if (lines->count + count > *capacity) {
        size_t old = *capacity;
        *capacity = lines->count + count + old;
        lines->lines = zp_arena_grow(p->arena, lines->lines, old * sizeof(zp_line),
                                     *capacity * sizeof(zp_line));
    }
    for (size_t i = 0; i < count; i++)
        lines->lines[lines->count++] = finish_line(p, starts[i], starts[i + 1]);
}

zp_lines zp_inline_set(zp_setter *setter, const zp_run *runs, size_t count,
                       const zp_measure *measure)
{
    zp_lines lines = {0};
    size_t capacity = 0;
    zp_arena *arena = zp_setter_arena(setter);
    zp_paragraph whole = {.arena = arena, .setter = setter, .measure = measure};
    zp_paragraph_collect(&whole, runs, count);
    zp_measure turned = *measure; /* lines after a forced end are not indented */
    turned.indent = 0;
    for (size_t start = 0, end; start < whole.count; start = end + 1) {
        for (end = start; end < whole.count && whole.codes[end] != '\n';)
            end++;
        zp_paragraph p = {.arena = arena,
                          .setter = setter,
                          .measure = start == 0 ? measure : &turned,
                          .codes = whole.codes + start,
                          .characters = whole.characters + start,
                          .count = end - start};
        set_segment(&p, &lines, &capacity);
    }
    return lines;
}
