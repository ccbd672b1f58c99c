/* inline.c: line ends in, lines of positioned glyphs out.
 *
 * What a line lacks or has too much is handed out in CLREQ's order, to the unit: sums are divided so that the last glyph ends at the
 * margin exactly.
 */
#include "layout/inline.h"

#include "layout/breaker.h"
#include "layout/paragraph.h"

/* The most a Han–Latin gap takes of a line's stretch: wider, and readers extract a space that nobody typed. */
enum { GAP_STRETCH = ZP_EM * 4 / 100 };

/* ---- finish: lines to items ---- */

/* Hands out `total` over `parts` so that the sum is exact: the share of the parts up to `upto`. */
static int64_t portion(int64_t total, int64_t upto, int64_t parts)
{
    int64_t product = total * upto;
    int64_t quotient = product / parts;
    return product % parts < 0 ? quotient - 1 : quotient;
}

/* How a line is adjusted, with what has been handed out so far. */
typedef struct {
    int64_t squeeze[ZP_STEPS], capacity[ZP_STEPS], seen[ZP_STEPS];
    int64_t spread, spread_capacity, spread_seen;
    int64_t stretch, stretch_gaps;  /* over ordinary places and over Han–Latin gaps */
    int64_t places, gaps, places_seen, gaps_seen;
} adjustment;

static int64_t take(int64_t total, int64_t capacity, int64_t *seen, int64_t amount)
{
    if (total == 0 || capacity == 0 || amount == 0)
        return 0;
    int64_t before = portion(total, *seen, capacity);
    *seen += amount;
    return portion(total, *seen, capacity) - before;
}

/* Han–Latin gaps take no more of the stretch than keeps them from being read as spaces. */
static void divide_stretch(adjustment *adjust, int64_t slack, const zp_fit *f, zp_len em)
{
    adjust->gaps = f->gaps;
    adjust->places = (int64_t)f->stretches - f->gaps;
    int64_t even = f->stretches ? portion(slack, f->gaps, f->stretches) : 0;
    int64_t most = (int64_t)f->gaps * zp_em_share(em, GAP_STRETCH);
    adjust->stretch_gaps = even > most && adjust->places > 0 ? most : even;
    adjust->stretch = slack - adjust->stretch_gaps;
}

/* What the last glyph's box reaches beyond its cell: the type is larger than the grid (16 pt in 15.79). The last box, not the
 * last cell, ends at the margin. */
static int64_t overhang(const zp_paragraph *p, const zp_fit *f)
{
    const zp_token *t = &p->tokens[f->end - 1];
    const zp_run *run = p->characters[t->first].run;
    if (zp_token_is_narrow(t) || t->class == ZP_CJK_SP || t->class == ZP_CJK_FN)
        return 0;
    return f->end_trim ? (run->size - run->cell) / 2 : run->size - run->cell;
}

static adjustment adjust_line(const zp_paragraph *p, const zp_fit *f, bool justify)
{
    adjustment adjust = {0};
    int64_t slack = p->measure->width - f->width;
    for (zp_step s = 0; s < ZP_STEPS; s++) {
        adjust.capacity[s] = f->squeeze[s];
        if (slack < 0) {
            adjust.squeeze[s] = f->squeeze[s] < -slack ? f->squeeze[s] : -slack;
            slack += adjust.squeeze[s];
        }
    }
    if (!justify)
        return adjust;
    adjust.spread_capacity = f->spread;
    if (slack > 0) {
        adjust.spread = f->spread < slack ? f->spread : slack;
        slack -= adjust.spread;
    }
    if (slack >= 0)
        divide_stretch(&adjust, slack - overhang(p, f), f, p->tokens[f->first].em);
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
    if (!item || item->text.font != glyph.font || item->text.size != c->run->size ||
        item->y != y || item->node != c->run->node) {
        item = &k->items[k->item_count++];
        *item = (zp_item){.kind = ZP_ITEM_TEXT, .node = c->run->node, .x = (zp_len)x, .y = y};
        item->text.font = glyph.font;
        item->text.size = c->run->size;
        item->text.glyphs = &k->glyphs[k->glyph_count];
    }
    k->glyphs[k->glyph_count++] =
        (zp_glyph){code, glyph.id, glyph.cid, (uint8_t)repeat, (zp_len)x - item->x};
    item->text.count++;
}

/* Where a glyph stands in its place: opening marks flush right, closing ones flush left, others in the middle; at most fonts' full-width
 * glyphs fill the place and nothing moves. */
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
    for (uint32_t i = 0; i < t->count; i++, c++) {
        int64_t place = t->placed ? t->width / (int64_t)t->count : c->advance;
        int64_t offset = t->placed ? glyph_offset(t, c, place) : 0;
        put_glyph(k, c, c->glyph, p->codes[t->first + i], 1, x + offset);
        x += place;
    }
}

/* Spaces dropped at the line's end are still drawn, beyond the margin, so that the text reads back whole. */
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

static zp_line finish_line(const zp_paragraph *p, size_t first, size_t end)
{
    zp_fit f = zp_paragraph_measure(p, first, end);
    bool last = end == p->token_count;
    adjustment adjust = adjust_line(p, &f, p->measure->align == ZP_ALIGN_NONE && !last);
    uint32_t characters = p->tokens[end - 1].first + p->tokens[end - 1].count -
                          p->tokens[first].first;
    composer k = {p, zp_new_array(zp_setter_arena(p->setter), zp_item, characters),
                  zp_new_array(zp_setter_arena(p->setter), zp_glyph, characters), 0, 0};
    int64_t x = line_start(p, &f) - f.start_trim;
    for (size_t i = f.first; i < f.end; i++) {
        const zp_token *t = &p->tokens[i];
        zp_len left = i == f.first ? 0 : t->left, right = i + 1 == f.end ? 0 : t->right;
        x -= take(adjust.squeeze[ZP_S4_BRACKETS], adjust.capacity[ZP_S4_BRACKETS],
                  &adjust.seen[ZP_S4_BRACKETS], left);
        put_token(&k, t, x);
        zp_step s = zp_token_step(t);
        x += t->width - take(adjust.squeeze[s], adjust.capacity[s], &adjust.seen[s], right);
        x += take(adjust.spread, adjust.spread_capacity, &adjust.spread_seen, t->spread);
        if (i + 1 == f.end)
            break;
        x += t->join;
        if (t->stretches && t->gap)
            x += take(adjust.stretch_gaps, adjust.gaps, &adjust.gaps_seen, 1);
        else if (t->stretches)
            x += take(adjust.stretch, adjust.places, &adjust.places_seen, 1);
    }
    put_end_spaces(&k, &f, end, x);
    return (zp_line){k.items, k.item_count, (zp_len)f.width};
}

/* A stretch of text without forced line ends. */
static void set_segment(zp_paragraph *p, zp_lines *lines, size_t *capacity)
{
    zp_paragraph_prepare(p);
    if (p->token_count == 0)
        return;
    size_t count;
    const size_t *starts = p->measure->balanced ? zp_breaker_balance(p, &count)
                                                : zp_breaker_total_fit(p, &count);
    if (lines->count + count > *capacity) {
        size_t old = *capacity;
        *capacity = lines->count + count + old;
        lines->lines = zp_arena_grow(zp_setter_arena(p->setter), lines->lines, old * sizeof(zp_line),
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
    zp_paragraph whole = {.setter = setter, .measure = measure};
    zp_paragraph_collect(&whole, runs, count);
    zp_measure turned = *measure; /* lines after a forced end are not indented */
    turned.indent = 0;
    for (size_t start = 0, end; start < whole.count; start = end + 1) {
        for (end = start; end < whole.count && whole.codes[end] != '\n';)
            end++;
        zp_paragraph p = {.setter = setter,
                       .measure = start == 0 ? measure : &turned,
                       .codes = whole.codes + start,
                       .characters = whole.characters + start,
                       .count = end - start};
        set_segment(&p, &lines, &capacity);
    }
    return lines;
}

