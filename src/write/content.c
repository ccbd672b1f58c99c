/* content.c: one page's items in, operators of a PDF content stream out (ISO 32000-1, 8 and 9).
 *
 * What an operator sets stays set, so `content` remembers it and says only what changes. Lengths
 * are whole thousandths of a point: rounded once, and the same on every machine.
 */
#include "write/content.h"

#include <string.h>
#include "base/utf8.h"
#include "write/textstring.h"

int64_t zp_milli(zp_len length)
{
    int64_t scaled = (int64_t)length * 1000;
    return (scaled + (scaled < 0 ? -ZP_PT / 2 : ZP_PT / 2)) / ZP_PT;
}

void zp_milli_add(zp_buf *out, int64_t value)
{
    uint64_t size = (uint64_t)(value < 0 ? -value : value);
    if (value < 0)
        zp_buf_byte(out, '-');
    zp_buf_uint(out, size / 1000);
    unsigned rest = (unsigned)(size % 1000);
    if (rest == 0)
        return;
    zp_buf_byte(out, '.');
    for (unsigned unit = 100; rest > 0; rest %= unit, unit /= 10)
        zp_buf_byte(out, (char)('0' + rest / unit));
}

/* What the content stream has set so far. */
typedef struct {
    zp_content_uses *uses;
    zp_buf *out;
    zp_len height; /* of the page: PDF counts upward */
    const zp_font *font;
    zp_len size;
    int64_t spacing; /* Tc, milli */
    int64_t x, y;    /* start of the line in force, milli */
    bool in_text;
    bool turned, red;
    size_t page; /* index */
    bool marked; /* a stretch is open: */
    zp_tag *tag; /* of this element, or NULL: */
    zp_artifact artifact;
} content;

static void begin_text(content *c)
{
    if (c->in_text)
        return;
    zp_buf_lit(c->out, "BT\n");
    c->x = c->y = 0;
    c->in_text = true;
}

static void end_text(content *c)
{
    if (c->in_text)
        zp_buf_lit(c->out, "ET\n");
    c->in_text = false;
}

static const zp_embed *embed_of(const content *c, const zp_item *item)
{
    return c->uses->embeds[zp_font_index(item->text.font)];
}

/* The spacing that most glyphs of a run have beyond their width: what Tc says once need not be said
 * for each. */
static int64_t common_spacing(const zp_item *item, const zp_embed_glyph *const *glyphs)
{
    int64_t candidate = 0;
    int votes = 0;
    for (uint32_t i = 0; i + 1 < item->text.count; i++) {
        zp_len advance = item->text.glyphs[i + 1].x - item->text.glyphs[i].x;
        int64_t extra = zp_milli(advance - zp_len_scale(item->text.size, glyphs[i]->width, 1000));
        int64_t difference = extra - candidate;
        if (difference >= -1 && difference <= 1)
            votes++;
        else if (votes > 0)
            votes--;
        else
            candidate = extra;
    }
    return candidate;
}

static void set_state(content *c, const zp_item *item, int64_t spacing)
{
    if (c->font != item->text.font || c->size != item->text.size) {
        zp_buf_format(c->out, "/F%u ", zp_font_index(item->text.font));
        zp_milli_add(c->out, zp_milli(item->text.size));
        zp_buf_lit(c->out, " Tf\n");
        c->font = item->text.font;
        c->size = item->text.size;
    }
    if (c->spacing != spacing) {
        zp_milli_add(c->out, spacing);
        zp_buf_lit(c->out, " Tc\n");
        c->spacing = spacing;
    }
}

static void move_to(content *c, zp_len x, zp_len y)
{
    int64_t to_x = zp_milli(x), to_y = zp_milli(c->height - y);
    zp_milli_add(c->out, to_x - c->x);
    zp_buf_byte(c->out, ' ');
    zp_milli_add(c->out, to_y - c->y);
    zp_buf_lit(c->out, " Td\n");
    c->x = to_x;
    c->y = to_y;
}

static void add_hex4(zp_buf *out, uint16_t value)
{
    static const char hex[] = "0123456789abcdef";
    zp_buf_byte(out, hex[value >> 12]);
    zp_buf_byte(out, hex[value >> 8 & 15]);
    zp_buf_byte(out, hex[value >> 4 & 15]);
    zp_buf_byte(out, hex[value & 15]);
}

/* The glyphs, with a correction wherever the reader's pen would be off by more than half a
 * thousandth of an em. */
static void show_glyphs(content *c, const zp_item *item, const zp_embed_glyph *const *glyphs,
                        int64_t spacing)
{
    const int64_t size = item->text.size, tolerance = size / 2000;
    int64_t pen = item->text.glyphs[0].x;
    zp_buf_lit(c->out, "[<");
    for (uint32_t i = 0; i < item->text.count; i++) {
        int64_t off = item->text.glyphs[i].x - pen;
        if (off > tolerance || off < -tolerance) {
            int64_t thousandths = (off * 1000 + (off < 0 ? -size / 2 : size / 2)) / size;
            zp_buf_byte(c->out, '>');
            if (thousandths > 0)
                zp_buf_byte(c->out, '-');
            zp_buf_uint(c->out, (uint64_t)(thousandths < 0 ? -thousandths : thousandths));
            zp_buf_byte(c->out, '<');
            pen += thousandths * size / 1000;
        }
        add_hex4(c->out, glyphs[i]->cid);
        pen += glyphs[i]->width * size / 1000 + spacing * ZP_PT / 1000;
    }
    zp_buf_lit(c->out, ">]TJ\n");
}

static void show_text(content *c, const zp_item *item)
{
    const zp_embed *embed = embed_of(c, item);
    const zp_embed_glyph **glyphs =
        zp_new_array(c->uses->arena, const zp_embed_glyph *, item->text.count);
    for (uint32_t i = 0; i < item->text.count; i++)
        glyphs[i] = zp_embed_find(embed, &item->text.glyphs[i]);
    int64_t spacing = common_spacing(item, glyphs);
    begin_text(c);
    set_state(c, item, spacing);
    move_to(c, item->x + item->text.glyphs[0].x, item->y);
    zp_buf_reserve(c->out, (size_t)item->text.count * 10);
    show_glyphs(c, item, glyphs, spacing);
}

static void fill_rule(content *c, const zp_item *item)
{
    end_text(c);
    const zp_len sides[] = {item->x, c->height - item->y - item->height, item->width, item->height};
    for (int i = 0; i < 4; i++) {
        zp_milli_add(c->out, zp_milli(sides[i]));
        zp_buf_byte(c->out, ' ');
    }
    zp_buf_lit(c->out, "re f\n");
}

/* ---- paths ---- */

static void add_points(content *c, const zp_item *item, const zp_point *points, int count)
{
    for (int i = 0; i < count; i++) {
        zp_milli_add(c->out, zp_milli(item->x + points[i].x));
        zp_buf_byte(c->out, ' ');
        zp_milli_add(c->out, zp_milli(c->height - item->y - points[i].y));
        zp_buf_byte(c->out, ' ');
    }
}

static void add_steps(content *c, const zp_item *item)
{
    static const struct {
        int points;
        const char *operator;
    } steps[] = {[ZP_PATH_MOVE] = {1, "m\n"},
                 [ZP_PATH_LINE] = {1, "l\n"},
                 [ZP_PATH_CURVE] = {3, "c\n"},
                 [ZP_PATH_CLOSE] = {0, "h\n"}};
    const zp_point *points = item->path.points;
    for (uint32_t i = 0; i < item->path.step_count; i++) {
        uint8_t step = item->path.steps[i];
        add_points(c, item, points, steps[step].points);
        points += steps[step].points;
        zp_buf_add(c->out, zp_str_from(steps[step].operator));
    }
}

/* A gray of 0 to 255 as a part of one. */
static void add_gray(content *c, uint8_t gray)
{
    zp_milli_add(c->out, (gray * 1000 + 127) / 255);
}

static void draw_path(content *c, const zp_item *item)
{
    bool stroked = item->path.line > 0;
    end_text(c);
    zp_buf_lit(c->out, "q ");
    add_gray(c, item->path.gray);
    zp_buf_add(c->out, stroked ? ZP_STR(" G 1 j ") : ZP_STR(" g\n"));
    if (stroked) {
        zp_milli_add(c->out, zp_milli(item->path.line));
        zp_buf_lit(c->out, " w\n");
    }
    if (stroked && item->path.dash > 0) {
        zp_buf_byte(c->out, '[');
        zp_milli_add(c->out, zp_milli(item->path.dash));
        zp_buf_lit(c->out, "] 0 d\n");
    }
    add_steps(c, item);
    zp_buf_add(c->out, stroked ? ZP_STR("S Q\n") : ZP_STR("f Q\n"));
}

/* ---- pictures ---- */

/* An image fills the unit square; the matrix takes it to its place, turned and mirrored as it is to
 * be seen. */
static void show_image(content *c, const zp_item *item)
{
    const zp_picture *picture = item->image.picture;
    zp_picture_view view = zp_picture_view_of(picture);
    zp_len x = item->x, y = c->height - item->y - item->height;
    zp_len across = view.mirrored ? -item->width : item->width;
    zp_len up = view.upended ? -item->height : item->height;
    const zp_len matrix[] = {view.turned ? 0 : across,
                             view.turned ? up : 0,
                             view.turned ? across : 0,
                             view.turned ? 0 : up,
                             view.mirrored ? x + item->width : x,
                             view.upended ? y + item->height : y};
    c->uses->pictures[picture->index] = picture;
    end_text(c);
    zp_buf_lit(c->out, "q ");
    for (int i = 0; i < 6; i++) {
        zp_milli_add(c->out, zp_milli(matrix[i]));
        zp_buf_byte(c->out, ' ');
    }
    zp_buf_format(c->out, "cm /I%u Do Q\n", picture->index);
}

static void set_colour(content *c, bool red)
{
    if (c->red == red)
        return;
    zp_buf_add(c->out, red ? ZP_STR("1 0 0 rg\n") : ZP_STR("0 g\n"));
    c->red = red;
}

/* Turned items are drawn on a sheet that stands on its right side: its left edge is their top. */
static void turn(content *c, const zp_page *page, bool turned)
{
    if (c->turned == turned)
        return;
    end_text(c);
    if (turned) {
        zp_buf_lit(c->out, "q 0 1 -1 0 ");
        zp_milli_add(c->out, zp_milli(page->width));
        zp_buf_lit(c->out, " 0 cm\n");
    } else {
        zp_buf_lit(c->out, "Q\n");
    }
    c->turned = turned;
    c->height = turned ? page->width : page->height;
    c->font = NULL; /* what was set between is forgotten, what was set before is back */
    c->spacing = INT64_MIN;
    c->red = false; /* red items are never turned */
}

/* ---- marked content ---- */

static void end_mark(content *c)
{
    end_text(c);
    if (c->marked)
        zp_buf_lit(c->out, "EMC\n");
    c->marked = false;
}

static void begin_artifact(content *c, zp_artifact artifact)
{
    static const char *const marks[] = {
        [ZP_ARTIFACT_LAYOUT] = "/Artifact BMC\n",
        [ZP_ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
        [ZP_ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
        [ZP_ARTIFACT_REPEAT] = "/Artifact<</Type/Pagination>>BDC\n",
    };
    zp_buf_add(c->out, zp_str_from(marks[artifact]));
}

static void add_actual_text(content *c, zp_str words)
{
    zp_buf_lit(c->out, "/ActualText");
    zp_textstring_write(words, c->out);
}

static void mark_artifact(content *c, zp_artifact artifact)
{
    if (c->marked && !c->tag && artifact == c->artifact)
        return;
    end_mark(c);
    begin_artifact(c, artifact);
    c->marked = true;
    c->tag = NULL;
    c->artifact = artifact;
}

/* A stretch of the element is open; the one before it may go on. A span's words stand here, too,
 * for readers that look at pages alone. */
static void mark_tag(content *c, zp_tag *tag)
{
    if (c->marked && tag == c->tag)
        return;
    end_mark(c);
    zp_buf_format(c->out, "/%s<</MCID %zu", zp_tag_name(tag->type),
                  zp_tags_mark(c->uses->tags, tag, c->page));
    if (tag->type == ZP_TAG_SPAN && tag->words.n > 0)
        add_actual_text(c, tag->words);
    zp_buf_lit(c->out, ">>BDC\n");
    c->marked = true;
    c->tag = tag;
}

/* ---- spans: what glyphs do not tell ---- */

/* Characters that have no meaning but in one font (Unicode 15, 23.5): where elements are, they want
 * words (ISO 19005-2, 6.2.11.7.3). */
static bool is_private(uint32_t code)
{
    return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

static bool is_ascii(uint32_t code)
{
    return code >= ' ' && code < 0x7F;
}

/* What stands in no word of a language, but in addresses and code. */
static bool is_of_code(const zp_item *item, uint32_t i)
{
    const zp_glyph *glyphs = item->text.glyphs;
    uint32_t code = glyphs[i].code;
    bool point = code == '.' && i + 1 < item->text.count && is_letter(glyphs[i + 1].code);
    return point || (is_ascii(code) && strchr("/\\@_=<>{}#|~^", (int)code));
}

/* Whether no letter and no code stand before glyph i in its stretch of ASCII. */
static bool begins_words(const zp_item *item, uint32_t i)
{
    while (i-- > 0 && is_ascii(item->text.glyphs[i].code))
        if (is_letter(item->text.glyphs[i].code) || is_of_code(item, i))
            return false;
    return true;
}

/* How many glyphs from `first` on are words of English: ASCII from letter to letter, with a word of
 * some length among it (abbreviations and units belong to the Chinese around them), and no code. */
static uint32_t english_at(const zp_item *item, uint32_t first)
{
    enum { WORD = 3 };
    const zp_glyph *glyphs = item->text.glyphs;
    uint32_t end = first, small = 0;
    bool words = false;
    if (!is_letter(glyphs[first].code) || !begins_words(item, first))
        return 0;
    for (uint32_t i = first; i < item->text.count && is_ascii(glyphs[i].code); i++) {
        if (is_of_code(item, i))
            return 0;
        small = glyphs[i].code >= 'a' && glyphs[i].code <= 'z' ? small + 1 : 0;
        words = words || small >= WORD;
        if (is_letter(glyphs[i].code))
            end = i + 1;
    }
    return words ? end - first : 0;
}

/* Whether a reader would take the glyph for another character, or for none. */
static bool misleads(const content *c, const zp_item *item, uint32_t i)
{
    const zp_glyph *glyph = &item->text.glyphs[i];
    return (c->uses->tags && is_private(glyph->code)) || !zp_embed_reads(embed_of(c, item), glyph);
}

/* The text of such a glyph; of a private character 〓, as printers put where one is wanting. */
static zp_str words_of(const content *c, const zp_glyph *glyph)
{
    zp_buf text = {.arena = c->uses->arena};
    for (unsigned k = 0; k < glyph->repeat; k++)
        zp_buf_code(&text, c->uses->tags && is_private(glyph->code) ? 0x3013 : glyph->code);
    return zp_buf_str(&text);
}

/* How many glyphs from i on are a span (ISO 32000-1, 14.9.2, 14.9.4); 0: none begins here. */
static uint32_t span_at(const content *c, const zp_item *item, uint32_t i)
{
    if (misleads(c, item, i))
        return 1;
    return c->uses->tags && item->node->kind != ZP_NODE_CODE ? english_at(item, i) : 0;
}

/* A span's text: in an element of its own within `tag`, or, where there are no elements, with its
 * words beside it. */
static void show_span(content *c, const zp_item *span, zp_tag *tag)
{
    bool english = !misleads(c, span, 0);
    zp_str words = english ? (zp_str){0} : words_of(c, &span->text.glyphs[0]);
    if (tag) {
        mark_tag(c, zp_tags_span(c->uses->tags, tag, words));
        show_text(c, span);
        return;
    }
    end_text(c);
    zp_buf_lit(c->out, "/Span<<");
    add_actual_text(c, words);
    zp_buf_lit(c->out, ">>BDC\n");
    show_text(c, span);
    end_text(c);
    zp_buf_lit(c->out, "EMC\n");
}

/* An item's text, piece by piece where spans are in it; `tag` is NULL where nothing is tagged. */
static void show_pieces(content *c, const zp_item *item, zp_tag *tag)
{
    zp_item piece = *item;
    for (uint32_t i = 0, end; i < item->text.count; i = end) {
        uint32_t span = span_at(c, item, i);
        end = i + (span > 0 ? span : 1);
        while (span == 0 && end < item->text.count && span_at(c, item, end) == 0)
            end++;
        piece.text.glyphs = item->text.glyphs + i;
        piece.text.count = end - i;
        if (span > 0) {
            show_span(c, &piece, tag);
            continue;
        }
        if (tag)
            mark_tag(c, tag);
        show_text(c, &piece);
    }
}

static bool is_drawn(const zp_item *item)
{
    return item->kind != ZP_ITEM_ANCHOR && item->kind != ZP_ITEM_FIGURE;
}

static void write_item(content *c, const zp_page *page, const zp_item *item)
{
    if (c->turned != item->turned)
        end_mark(c);
    turn(c, page, item->turned);
    set_colour(c, item->red);
    bool marks = c->uses->tags && is_drawn(item);
    zp_tag *tag = marks ? zp_tags_find(c->uses->tags, item) : NULL;
    if (marks && !tag)
        mark_artifact(c, item->artifact);
    else if (tag && item->kind != ZP_ITEM_TEXT)
        mark_tag(c, tag);
    switch (item->kind) {
    case ZP_ITEM_TEXT:
        if (marks && !tag)
            show_text(c, item); /* nobody reads it */
        else
            show_pieces(c, item, tag);
        break;
    case ZP_ITEM_RULE:
        fill_rule(c, item);
        break;
    case ZP_ITEM_IMAGE:
        show_image(c, item);
        break;
    case ZP_ITEM_PATH:
        draw_path(c, item);
        break;
    case ZP_ITEM_FIGURE:
        if (c->uses->tags)
            zp_tags_describe(c->uses->tags, item, c->page, page->height);
        break;
    case ZP_ITEM_ANCHOR:
        break;
    }
}

static void note_glyphs(zp_content_uses *uses, const zp_item *item)
{
    zp_embed **embed = &uses->embeds[zp_font_index(item->text.font)];
    if (!*embed)
        *embed = zp_embed_new(uses->arena, item->text.font);
    for (uint32_t i = 0; i < item->text.count; i++)
        zp_embed_note(*embed, &item->text.glyphs[i]);
}

bool zp_content_fonts(zp_content_uses *uses, const zp_pages *pages, zp_diag *diag)
{
    for (size_t i = 0; i < pages->count; i++)
        for (size_t k = 0; k < pages->pages[i].count; k++)
            if (pages->pages[i].items[k].kind == ZP_ITEM_TEXT)
                note_glyphs(uses, &pages->pages[i].items[k]);
    for (unsigned i = 0; i < ZP_FONT_MAX; i++)
        if (uses->embeds[i] && !zp_embed_cut(uses->embeds[i], diag))
            return false;
    return true;
}

zp_str zp_content_write(zp_content_uses *uses, const zp_page *page, size_t index)
{
    zp_buf out = {.arena = uses->arena};
    zp_buf_reserve(&out, 8192);
    content c = {.uses = uses, .out = &out, .height = page->height, .page = index};
    for (size_t i = 0; i < page->count; i++)
        write_item(&c, page, &page->items[i]);
    end_mark(&c);
    turn(&c, page, false);
    return zp_buf_str(&out);
}
