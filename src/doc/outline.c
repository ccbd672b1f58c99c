/* outline.c: the template's sections beside the report's headings, in one pass over both.
 *
 * Headings are looked at up to the first attached part: what is bound behind has an outline of its
 * own.
 */
#include "doc/outline.h"

#include "base/utf8.h"
#include "doc/caption.h"

enum {
    SECTIONS_MAX = 200, /* of an outline that are looked for */
    DEPTH_MAX = 4,      /* sections in sections */
};

typedef struct {
    zp_str text; /* without white space */
    zp_span span;
} heading;

typedef struct {
    zp_arena *arena;
    zp_diag *diag;
    zp_span place;
    heading *headings;
    size_t count;
    size_t at;   /* the heading behind the last section found */
    size_t seen; /* sections so far */
    zp_buf missing;
} checker;

static zp_str without_spaces(zp_arena *arena, zp_str text)
{
    zp_buf out = {.arena = arena};
    for (size_t at = 0; at < text.n;) {
        size_t start = at;
        uint32_t code = zp_utf8_next(text, &at);
        if (code > ' ' && code != 0x3000 && code != 0xA0)
            zp_buf_add(&out, zp_str_slice(text, start, at));
    }
    return zp_buf_str(&out);
}

static void collect(checker *c, const zp_node *root)
{
    size_t capacity = 0;
    for (const zp_node *node = root->first; node != NULL; node = node->next) {
        if (node->kind != ZP_NODE_HEADING)
            continue;
        if (node->heading.level == 1 && zp_caption_begins_part(c->arena, node))
            return;
        zp_list_grow(c->arena, c->headings, c->count, capacity);
        c->headings[c->count++] =
            (heading){without_spaces(c->arena, zp_node_text(c->arena, node)), node->span};
    }
}

static size_t find(const checker *c, zp_str words, size_t from, size_t to)
{
    while (from < to && zp_str_find(c->headings[from].text, words, 0) == c->headings[from].text.n)
        from++;
    return from;
}

static void check_section(checker *c, zp_str words)
{
    if (words.n == 0 || c->seen++ == SECTIONS_MAX)
        return;
    zp_str said = words;
    words = without_spaces(c->arena, words);
    size_t found = find(c, words, c->at, c->count);
    if (found < c->count) {
        c->at = found + 1;
        return;
    }
    size_t earlier = find(c, words, 0, c->at);
    if (earlier < c->at)
        zp_diag_add(c->diag, ZP_WARNING, "section-order", c->headings[earlier].span,
                    "按模板的提纲排列各部分", "“%.*s”的位置和提纲不一样", ZP_ARG(said));
    else
        zp_buf_format(&c->missing, "“%.*s”", ZP_ARG(said));
}

static void check_list(checker *c, const zp_value *list, int depth)
{
    if (list == NULL || list->kind != ZP_VALUE_LIST || depth == DEPTH_MAX)
        return;
    for (const zp_value *section = list->first; section != NULL; section = section->next) {
        check_section(c, zp_value_text(section));
        check_list(c, section, depth + 1);
    }
}

void zp_outline_check(zp_arena *arena, const zp_node *root, const zp_value *outline, zp_span place,
                      zp_diag *diag)
{
    checker c = {.arena = arena, .diag = diag, .place = place, .missing = {.arena = arena}};
    if (outline == NULL)
        return;
    collect(&c, root);
    check_list(&c, outline, 0);
    zp_str missing = zp_buf_str(&c.missing);
    if (missing.n > 0)
        zp_diag_add(diag, ZP_WARNING, "missing-section", place,
                    "加上这些标题和内容；确实没有的，写明没有", "缺少提纲要求的部分%.*s",
                    ZP_ARG(missing));
}
