/* webface.c: a report and the fonts of its roles in, @font-face rules out.
 *
 * Characters are gathered role by role; each character of a role then belongs to the font of the
 * role's chain that has it, and each such font is a rule of the role's family. The first font of a
 * role has no range, the others have the very characters that it lacks.
 */
#include "write/webface.h"

#include "base/base64.h"
#include "base/utf8.h"
#include "write/subset.h"
#include "write/woff.h"

enum {
    CODES = 0x110000,
    DEPTH = 32, /* how far up a text looks for what decides its face */
};

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_fonts *fonts;
    const zp_deflater *deflater;
    zp_diag *diag;
    zp_buf *out;
    bool charts;                  /* their labels may hold any of the text, in two faces */
    uint8_t *sets[ZP_ROLE_COUNT]; /* a bit for each character; NULL: none */
} writer;

/* ---- characters ---- */

/* What the style sheet gives to ziping-latin: “ ” ‘ ’ … — · are the Chinese face's. */
static bool is_latin(uint32_t code)
{
    return (code > ' ' && code < 0x7F) || (code > 0xA0 && code < 0x250 && code != 0xB7);
}

static void add_code(writer *w, zp_role role, uint32_t code)
{
    if (code >= CODES)
        return;
    if (!w->sets[role])
        w->sets[role] = zp_arena_alloc(w->arena, CODES / 8);
    w->sets[role][code / 8] = (uint8_t)(w->sets[role][code / 8] | 1U << code % 8);
}

static void add_text(writer *w, zp_style_name name, zp_role role, zp_str text)
{
    const zp_style *style = &w->report->template->styles[name];
    zp_role body = w->report->template->styles[ZP_STYLE_BODY].role;
    for (size_t at = 0; at < text.n;) {
        uint32_t code = zp_utf8_next(text, &at);
        if (code < ' ')
            continue;
        if (is_latin(code))
            add_code(w, ZP_ROLE_LATIN, code);
        if (is_latin(code) && !style->own_latin)
            continue;
        add_code(w, role, code);
        add_code(w, body, code);
    }
}

/* Text that stands in no node, in a style of its own. */
static void add_words(writer *w, zp_style_name name, zp_str words)
{
    add_text(w, name, w->report->template->styles[name].role, words);
}

static zp_style_name heading_style(const zp_node *heading)
{
    unsigned level = heading->heading.level;
    if (level < 2)
        return ZP_STYLE_TITLE;
    return (zp_style_name)(ZP_STYLE_HEADING2 + (level < 5 ? level : 5) - 2);
}

/* The style that a block gives to the text in it; false when that is for what is around it. */
static bool style_within(const zp_node *node, zp_style_name *name)
{
    switch (node->kind) {
    case ZP_NODE_HEADING:
        *name = heading_style(node);
        return true;
    case ZP_NODE_CAPTION:
        *name = ZP_STYLE_CAPTION;
        return true;
    case ZP_NODE_CELL:
        *name = node->parent && node->parent->row.head ? ZP_STYLE_TABLE_HEAD : ZP_STYLE_TABLE;
        return true;
    case ZP_NODE_CHART:
        *name = ZP_STYLE_TABLE;
        return true;
    case ZP_NODE_UNIT:
    case ZP_NODE_REMARK:
    case ZP_NODE_SIGNING:
        *name = ZP_STYLE_TABLE_NOTE;
        return true;
    case ZP_NODE_QUOTE:
        *name = ZP_STYLE_QUOTE;
        return true;
    case ZP_NODE_NOTE:
        *name = ZP_STYLE_NOTE;
        return true;
    case ZP_NODE_CODE:
        *name = ZP_STYLE_CODE;
        return true;
    case ZP_NODE_DOCUMENT:
    case ZP_NODE_PARAGRAPH:
    case ZP_NODE_LIST:
    case ZP_NODE_ITEM:
    case ZP_NODE_RULE:
    case ZP_NODE_TABLE:
    case ZP_NODE_ROW:
    case ZP_NODE_FIGURE:
    case ZP_NODE_PAGEBREAK:
    case ZP_NODE_CONTENTS:
    case ZP_NODE_ENTRY:
    case ZP_NODE_TEXT:
    case ZP_NODE_BREAK:
    case ZP_NODE_EMPH:
    case ZP_NODE_STRONG:
    case ZP_NODE_MONO:
    case ZP_NODE_LINK:
    case ZP_NODE_IMAGE:
    case ZP_NODE_NOTEREF:
        return false;
    }
    return false;
}

/* Strong text is 黑体 and emphasized text 楷体, wherever it stands. */
static void add_node(writer *w, const zp_node *text)
{
    const zp_style *styles = w->report->template->styles;
    zp_style_name name = ZP_STYLE_BODY;
    zp_role role = ZP_ROLE_COUNT;
    const zp_node *node = text;
    for (int depth = 0; node && depth < DEPTH; node = node->parent, depth++) {
        if (role == ZP_ROLE_COUNT && node->kind == ZP_NODE_STRONG)
            role = ZP_ROLE_HEITI;
        else if (role == ZP_ROLE_COUNT && node->kind == ZP_NODE_EMPH)
            role = ZP_ROLE_KAITI;
        if (style_within(node, &name))
            break;
    }
    add_text(w, name, role == ZP_ROLE_COUNT ? styles[name].role : role, text->text);
    if (!w->charts)
        return;
    add_text(w, ZP_STYLE_TABLE, ZP_ROLE_SONGTI, text->text);
    add_text(w, ZP_STYLE_TABLE, ZP_ROLE_HEITI, text->text);
}

static bool has_charts(const zp_node *root)
{
    zp_walk walk = {(zp_node *)root, true};
    do {
        if (walk.node->kind == ZP_NODE_CHART)
            return true;
    } while (zp_walk_next(&walk, root));
    return false;
}

static void gather_tree(writer *w)
{
    zp_walk walk = {w->report->root, true};
    w->charts = has_charts(w->report->root);
    do {
        zp_node_kind kind = walk.node->kind;
        bool holds = kind == ZP_NODE_TEXT || kind == ZP_NODE_MONO || kind == ZP_NODE_CODE ||
                     kind == ZP_NODE_CHART;
        if (walk.entering && holds)
            add_node(w, walk.node);
    } while (zp_walk_next(&walk, w->report->root));
}

static void gather_matter(writer *w)
{
    const zp_matter *matter = &w->report->matter;
    const zp_str body[] = {matter->addressee,
                           matter->organ,
                           matter->date,
                           matter->remark,
                           matter->letterhead.number,
                           matter->letterhead.issuer,
                           matter->letterhead.secrecy,
                           matter->letterhead.urgency,
                           matter->letterhead.copy,
                           matter->imprint.copies,
                           matter->imprint.printer,
                           matter->imprint.date,
                           w->report->department,
                           w->report->stamp};
    for (size_t i = 0; i < sizeof body / sizeof *body; i++) {
        add_words(w, ZP_STYLE_BODY, body[i]);
        add_text(w, ZP_STYLE_BODY, ZP_ROLE_HEITI, body[i]);
    }
    for (size_t i = 0; i < matter->attachment_count; i++)
        add_words(w, ZP_STYLE_BODY, matter->attachments[i]);
    add_words(w, ZP_STYLE_TITLE, w->report->title);
    add_words(w, ZP_STYLE_LETTERHEAD, matter->letterhead.mark);
    add_text(w, ZP_STYLE_TITLE, ZP_ROLE_XIAOBIAOSONG, matter->letterhead.mark);
}

/* What a page is put together with, in every face that it has: marks whose forms the browser
 * chooses among, the words of ours, and the numbers that it counts. */
static void gather_common(writer *w)
{
    static const char marks[] = " 　、。，．：；“”‘’…—·（）《》【】［］";
    static const char ours[] =
        "跳到正文目录返回附件图表续注单位签署抄送印发签人年月日第页号共份待填万元";
    static const char numbers[] = "0123456789.,%-+()[]";
    add_words(w, ZP_STYLE_BODY, zp_str_from(ours));
    add_text(w, ZP_STYLE_BODY, ZP_ROLE_HEITI, zp_str_from(ours));
    if (w->charts)
        add_text(w, ZP_STYLE_BODY, ZP_ROLE_SONGTI, zp_str_from(ours));
    add_words(w, ZP_STYLE_BODY, zp_str_from(numbers));
    add_words(w, ZP_STYLE_PAGE_NUMBER, zp_str_from(numbers));
    for (zp_role role = 0; role < ZP_ROLE_COUNT; role++)
        if (w->sets[role] && role != ZP_ROLE_LATIN)
            add_text(w, ZP_STYLE_BODY, role, zp_str_from(marks));
}

/* ---- rules ---- */

/* The characters of a role that one font draws. */
typedef struct {
    const zp_font *font;
    uint32_t *codes;
    size_t count, capacity;
} share;

static void add_to_share(writer *w, share *s, const zp_font *font, uint32_t code)
{
    zp_list_grow(w->arena, s->codes, s->count, s->capacity);
    s->font = font;
    s->codes[s->count++] = code;
}

/* Which font of the role's chain draws which of its characters, by the fonts' indexes. */
static void divide(writer *w, zp_role role, share *shares)
{
    for (uint32_t code = 0; code < CODES; code++) {
        uint8_t bits = w->sets[role][code / 8];
        if (bits == 0) {
            code |= 7;
            continue;
        }
        if (!(bits >> code % 8 & 1))
            continue;
        const zp_font *font = zp_fonts_find(w->fonts, role, false, code).font;
        if (font)
            add_to_share(w, &shares[zp_font_index(font)], font, code);
    }
}

/* The font's source: itself, or, where its licence does not allow that, its name. */
static bool add_source(writer *w, const share *s)
{
    const zp_font_facts *facts = zp_font_facts_of(s->font);
    if (!facts->web) {
        zp_buf_format(w->out, "src:local(\"%s\")", facts->name);
        return true;
    }
    zp_subset *subset =
        zp_subset_open(w->arena, s->font, ZP_SUBSET_TEXT, s->codes, s->count, w->diag);
    if (!subset)
        return false;
    zp_str packed = zp_woff_pack(w->arena, w->deflater, zp_subset_file(subset), NULL, 0);
    zp_subset_close(subset);
    zp_buf_lit(w->out, "src:url(data:font/woff;base64,");
    zp_base64_add(w->out, packed);
    zp_buf_lit(w->out, ")format(\"woff\")");
    return true;
}

static void add_range(writer *w, const share *s)
{
    zp_buf_lit(w->out, ";unicode-range:");
    for (size_t i = 0, end; i < s->count; i = end) {
        for (end = i + 1; end < s->count && s->codes[end] == s->codes[end - 1] + 1;)
            end++;
        zp_buf_format(w->out, "%sU+%X", i > 0 ? "," : "", s->codes[i]);
        if (end > i + 1)
            zp_buf_format(w->out, "-%X", s->codes[end - 1]);
    }
}

/* Any weight is this one: a bold font is chosen, not made. But a style sheet has a face
 * ziping-latin of its own, of the usual weight, and only one that is equal in this can add to it.
 */
static bool add_rule(writer *w, zp_role role, const share *s)
{
    static const char *const families[ZP_ROLE_COUNT] = {
        [ZP_ROLE_FANGSONG] = "fangsong",     [ZP_ROLE_KAITI] = "kaiti",   [ZP_ROLE_HEITI] = "heiti",
        [ZP_ROLE_XIAOBIAOSONG] = "biaosong", [ZP_ROLE_SONGTI] = "songti", [ZP_ROLE_LATIN] = "latin",
    };
    zp_buf_format(w->out, "@font-face{font-family:\"ziping-%s\";font-display:block;%s",
                  families[role], role == ZP_ROLE_LATIN ? "" : "font-weight:1 1000;");
    if (!add_source(w, s))
        return false;
    if (role == ZP_ROLE_LATIN || s->font != zp_fonts_primary(w->fonts, role))
        add_range(w, s);
    zp_buf_lit(w->out, "}\n");
    return true;
}

static bool add_role(writer *w, zp_role role)
{
    share *shares = zp_new_array(w->arena, share, ZP_FONT_MAX);
    divide(w, role, shares);
    for (size_t i = 0; i < ZP_FONT_MAX; i++)
        if (shares[i].count > 0 && !add_rule(w, role, &shares[i]))
            return false;
    return true;
}

bool zp_webface_write(zp_arena *arena, const zp_report *report, const zp_fonts *fonts,
                      zp_diag *diag, zp_buf *out)
{
    zp_deflater *deflater = zp_deflater_open(arena);
    writer w = {.arena = arena,
                .report = report,
                .fonts = fonts,
                .deflater = deflater,
                .diag = diag,
                .out = out};
    bool good = true;
    gather_tree(&w);
    gather_matter(&w);
    gather_common(&w);
    for (zp_role role = 0; good && role < ZP_ROLE_COUNT; role++)
        good = !w.sets[role] || add_role(&w, role);
    zp_deflater_close(deflater);
    return good;
}
