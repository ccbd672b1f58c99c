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

static zp_embed *embed_of(zp_content_uses *uses, const zp_font *font)
{
    zp_embed **embed = &uses->embeds[zp_font_index(font)];
    if (!*embed)
        *embed = zp_embed_new(uses->arena, font);
    return *embed;
}

/* The spacing that most glyphs of a run have beyond their width: what Tc says once need not be said
 * for each. */
static int64_t common_spacing(const zp_item *item, const int *widths)
{
    int64_t candidate = 0;
    int votes = 0;
    for (uint32_t i = 0; i + 1 < item->text.count; i++) {
        zp_len advance = item->text.glyphs[i + 1].x - item->text.glyphs[i].x;
        int64_t extra = zp_milli(advance - zp_len_scale(item->text.size, widths[i], 1000));
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

/* ---- what glyphs do not tell ---- */

/* Characters that have no meaning but in one font (Unicode 15, 23.5). */
static bool is_private(uint32_t code)
{
    return (code >= 0xE000 && code <= 0xF8FF) || code >= 0xF0000;
}

static bool is_letter(uint32_t code)
{
    return (code >= 'A' && code <= 'Z') || (code >= 'a' && code <= 'z');
}

/* What stands in no word of a language, but in addresses and code. */
static bool is_of_code(const zp_item *item, uint32_t i)
{
    const zp_glyph *glyphs = item->text.glyphs;
    uint32_t code = glyphs[i].code;
    bool point = code == '.' && i + 1 < item->text.count && is_letter(glyphs[i + 1].code);
    return point || (code < 0x80 && strchr("/\\@_=<>{}#|~^", (int)code));
}

/* How many glyphs from `first` on are words of English: ASCII from letter to letter, with a word of
 * some length among it (abbreviations and units belong to the Chinese around them), and no code. */
static uint32_t english_at(const zp_item *item, uint32_t first)
{
    enum { WORD = 3 };
    const zp_glyph *glyphs = item->text.glyphs;
    uint32_t end = first, small = 0;
    bool words = false, code = false, inside = first > 0 && is_letter(glyphs[first - 1].code);
    for (uint32_t i = first; i < item->text.count && glyphs[i].code >= ' ' && glyphs[i].code < 0x7F;
         i++) {
        small = glyphs[i].code >= 'a' && glyphs[i].code <= 'z' ? small + 1 : 0;
        words = words || small >= WORD;
        code = code || is_of_code(item, i);
        if (is_letter(glyphs[i].code))
            end = i + 1;
    }
    return words && !code && !inside && is_letter(glyphs[first].code) ? end - first : 0;
}

/* The text of one glyph that stands for another elsewhere, or for none that all would know: 〓, as
 * printers put where a character is wanting. */
static void add_actual_text(zp_buf *out, const zp_glyph *glyph)
{
    zp_buf text = {.arena = out->arena};
    for (unsigned k = 0; k < glyph->repeat; k++)
        zp_buf_code(&text, is_private(glyph->code) ? 0x3013 : glyph->code);
    zp_buf_lit(out, "/Span<</ActualText");
    zp_textstring_write(zp_buf_str(&text), out);
    zp_buf_lit(out, ">>BDC\n");
}

static bool misleads(const zp_embed *embed, const zp_glyph *glyph)
{
    return is_private(glyph->code) || !zp_embed_reads(embed, glyph);
}

/* How many glyphs from i on make a span (ISO 32000-1, 14.9.2, 14.9.4); 0: none begins here. */
static uint32_t span_at(const content *c, const zp_item *item, const zp_embed *embed, uint32_t i)
{
    const zp_glyph *glyph = &item->text.glyphs[i];
    if (c->marked && !c->tag)
        return 0;
    if (misleads(embed, glyph))
        return 1;
    bool speaks = c->marked && is_letter(glyph->code) && item->node->kind != ZP_NODE_CODE;
    return speaks ? english_at(item, i) : 0;
}

static void open_span(content *c, const zp_embed *embed, const zp_glyph *glyph)
{
    if (misleads(embed, glyph))
        add_actual_text(c->out, glyph);
    else
        zp_buf_lit(c->out, "/Span<</Lang(en)>>BDC\n");
}

/* ---- glyphs ---- */

/* Where the reader's pen is, from the item's x, and where in the operators we are. */
typedef struct {
    content *c;
    const zp_item *item;
    int64_t pen, spacing;
    bool showing; /* a string is open */
} shower;

static void begin_string(shower *s)
{
    if (!s->showing)
        zp_buf_lit(s->c->out, "[<");
    s->showing = true;
}

static void end_string(shower *s)
{
    if (s->showing)
        zp_buf_lit(s->c->out, ">]TJ\n");
    s->showing = false;
}

/* One glyph, with a correction where the pen would be off by more than half a thousandth of an em.
 */
static void show_glyph(shower *s, uint32_t i, int width)
{
    zp_buf *out = s->c->out;
    const int64_t size = s->item->text.size, tolerance = size / 2000;
    int64_t off = s->item->text.glyphs[i].x - s->pen;
    begin_string(s);
    if (off > tolerance || off < -tolerance) {
        int64_t thousandths = (off * 1000 + (off < 0 ? -size / 2 : size / 2)) / size;
        zp_buf_byte(out, '>');
        if (thousandths > 0)
            zp_buf_byte(out, '-');
        zp_buf_uint(out, (uint64_t)(thousandths < 0 ? -thousandths : thousandths));
        zp_buf_byte(out, '<');
        s->pen += thousandths * size / 1000;
    }
    add_hex4(out, s->item->text.glyphs[i].cid);
    s->pen += width * size / 1000 + s->spacing * ZP_PT / 1000;
}

static void show_glyphs(content *c, const zp_item *item, const zp_embed *embed, const int *widths,
                        int64_t spacing)
{
    shower s = {.c = c, .item = item, .spacing = spacing};
    uint32_t spanned = 0; /* glyphs of the open span still to come */
    for (uint32_t i = 0; i < item->text.count; i++) {
        bool open = spanned > 0;
        if (!open && (spanned = span_at(c, item, embed, i)) > 0) {
            end_string(&s);
            open_span(c, embed, &item->text.glyphs[i]);
        }
        show_glyph(&s, i, widths[i]);
        if (spanned > 0 && --spanned == 0) {
            end_string(&s);
            zp_buf_lit(c->out, "EMC\n");
        }
    }
    end_string(&s);
}

static void show_text(content *c, const zp_item *item)
{
    zp_embed *embed = embed_of(c->uses, item->text.font);
    int *widths = zp_new_array(c->uses->arena, int, item->text.count);
    for (uint32_t i = 0; i < item->text.count; i++)
        widths[i] = zp_embed_use(embed, &item->text.glyphs[i]);
    int64_t spacing = common_spacing(item, widths);
    begin_text(c);
    set_state(c, item, spacing);
    move_to(c, item->x, item->y);
    zp_buf_reserve(c->out, (size_t)item->text.count * 10);
    show_glyphs(c, item, embed, widths, spacing);
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
    /* By EXIF orientation: whether stored rows are columns, right is left, top is foot. */
    static const struct {
        bool turned, mirrored, upended;
    } views[9] = {[2] = {false, true, false}, [3] = {false, true, true}, [4] = {false, false, true},
                  [5] = {true, true, true},   [6] = {true, false, true}, [7] = {true, false, false},
                  [8] = {true, true, false}};
    const zp_picture *picture = item->image.picture;
    bool turned = views[picture->orientation].turned;
    bool mirrored = views[picture->orientation].mirrored;
    bool upended = views[picture->orientation].upended;
    zp_len x = item->x, y = c->height - item->y - item->height;
    zp_len across = mirrored ? -item->width : item->width;
    zp_len up = upended ? -item->height : item->height;
    const zp_len matrix[] = {turned ? 0 : across,
                             turned ? up : 0,
                             turned ? across : 0,
                             turned ? 0 : up,
                             mirrored ? x + item->width : x,
                             upended ? y + item->height : y};
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
        [ZP_ARTIFACT_HEADER] = "/Artifact<</Type/Pagination/Attached[/Top]>>BDC\n",
        [ZP_ARTIFACT_FOOTER] = "/Artifact<</Type/Pagination/Attached[/Bottom]>>BDC\n",
        [ZP_ARTIFACT_REPEAT] = "/Artifact<</Type/Pagination>>BDC\n",
    };
    zp_buf_add(c->out, zp_str_from(marks[artifact]));
}

/* The item's stretch is open; the one before it may go on. */
static void mark(content *c, const zp_item *item)
{
    zp_tag *tag = zp_tags_find(c->uses->tags, item);
    if (c->marked && tag == c->tag && (tag || item->artifact == c->artifact))
        return;
    end_mark(c);
    c->marked = true;
    c->tag = tag;
    c->artifact = item->artifact;
    if (!tag) {
        begin_artifact(c, item->artifact);
        return;
    }
    size_t number = zp_tags_mark(c->uses->tags, tag, c->page);
    zp_buf_format(c->out, "/%s<</MCID %zu>>BDC\n", zp_tag_name(tag->type), number);
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
    if (c->uses->tags && is_drawn(item))
        mark(c, item);
    set_colour(c, item->red);
    switch (item->kind) {
    case ZP_ITEM_TEXT:
        show_text(c, item);
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
