/* anchor.c: nodes with ids in, the ids that can be used out; and urls that may be. */
#include "write/anchor.h"

#include <stdlib.h>
#include <string.h>

#include "base/hash.h"
#include "base/utf8.h"

enum { ANCHOR_MAX = 200 }; /* bytes of an author's id */

typedef struct {
    const zp_node *node;
    bool used; /* sound, and the first of its kind */
} anchor;

struct zp_anchors {
    anchor *anchors; /* of the nodes that have an id, in order */
    size_t count, next;
};

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static bool all_digits(zp_str s, size_t from)
{
    for (; from < s.n; from++)
        if (!is_digit(s.p[from]) && s.p[from] != '-')
            return false;
    return true;
}

/* s1-2, table-3, note-4, ref-4: what html.c makes itself. */
static bool is_ours(zp_str id)
{
    static const char *const words[] = {"table-", "note-", "ref-"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (zp_str_starts(id, zp_str_from(words[i])))
            return all_digits(id, strlen(words[i]));
    return id.n > 1 && id.p[0] == 's' && is_digit(id.p[1]) && all_digits(id, 1);
}

static bool is_anchor(zp_str id)
{
    if (id.n == 0 || id.n > ANCHOR_MAX || is_ours(id))
        return false;
    for (size_t at = 0; at < id.n;) {
        uint32_t c = zp_utf8_next(id, &at);
        bool sound = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
                     c == '-' || c == '_' || zp_code_is_han(c);
        if (!sound)
            return false;
    }
    return true;
}

/* By id, then by place. */
static int compare_anchors(const void *a, const void *b)
{
    const anchor *x = *(anchor *const *)a, *y = *(anchor *const *)b;
    int order = zp_str_compare(x->node->id, y->node->id);
    return order != 0 ? order : (x > y) - (x < y);
}

/* Decides which ids are used, with a warning for each that is not. */
static void judge(zp_arena *arena, zp_anchors *all, zp_diag *diag)
{
    anchor **sorted = zp_new_array(arena, anchor *, all->count);
    for (size_t i = 0; i < all->count; i++)
        sorted[i] = &all->anchors[i];
    qsort(sorted, all->count, sizeof *sorted, compare_anchors);
    for (size_t i = 0; i < all->count; i++) {
        const zp_node *node = sorted[i]->node;
        if (!is_anchor(node->id))
            zp_diag_add(diag, ZP_WARNING, "bad-id", node->span,
                        "只用字母、数字、汉字、- 和 _；s1、table-1、note-1 这样的由程序使用",
                        "编号“%.*s”不能用", ZP_ARG(node->id));
        else if (i > 0 && zp_str_eq(node->id, sorted[i - 1]->node->id))
            zp_diag_add(diag, ZP_WARNING, "duplicate-id", node->span, "改用别的编号",
                        "前面已用了编号“%.*s”", ZP_ARG(node->id));
        else
            sorted[i]->used = true;
    }
}

zp_anchors *zp_anchors_collect(zp_arena *arena, const zp_node *root, zp_diag *diag)
{
    zp_anchors *all = zp_new(arena, zp_anchors);
    size_t capacity = 0;
    zp_walk walk = {(zp_node *)root, true};
    do {
        const zp_node *node = walk.node;
        bool marked = node->kind == ZP_NODE_HEADING || node->kind == ZP_NODE_FIGURE ||
                      node->kind == ZP_NODE_TABLE;
        if (!walk.entering || !marked || node->id.n == 0)
            continue;
        zp_list_grow(arena, all->anchors, all->count, capacity);
        all->anchors[all->count++] = (anchor){.node = node};
    } while (zp_walk_next(&walk, root));
    judge(arena, all, diag);
    return all;
}

zp_str zp_anchors_take(zp_anchors *anchors, const zp_node *node)
{
    if (node->id.n == 0)
        return node->id;
    const anchor *own = &anchors->anchors[anchors->next++];
    return own->used ? node->id : (zp_str){0};
}

zp_str zp_anchors_prefix(zp_arena *arena, zp_str title)
{
    enum { DIGITS = 6 };
    zp_str hash = zp_hash_of(arena, ZP_SHA256, title);
    return zp_str_format(arena, "zp%.*s-", DIGITS, hash.p);
}

static bool same_word(zp_str text, zp_str lower)
{
    if (text.n != lower.n)
        return false;
    for (size_t i = 0; i < text.n; i++) {
        char c = text.p[i];
        if ((c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c) != lower.p[i])
            return false;
    }
    return true;
}

/* A scheme is what stands before a colon that no / ? # precedes (RFC 3986, 4.2). A browser drops
 * tabs and line ends within it, so what is not one of these to the letter is refused. */
bool zp_url_is_safe(zp_str url)
{
    size_t end = 0;
    while (end < url.n && url.p[end] != ':' && url.p[end] != '/' && url.p[end] != '?' &&
           url.p[end] != '#')
        end++;
    zp_str scheme = zp_str_slice(url, 0, end);
    if (url.n == 0)
        return false;
    if (end == url.n || url.p[end] != ':')
        return true;
    return same_word(scheme, ZP_STR("http")) || same_word(scheme, ZP_STR("https")) ||
           same_word(scheme, ZP_STR("mailto"));
}
