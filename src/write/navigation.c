/* navigation.c: headings in, nested lists out. */
#include "write/navigation.h"

#include "write/drawing.h"

enum { DEPTH_MAX = 2 }; /* 一、 and （一） */

static void end_entries(zp_navigation *n, size_t depth)
{
    for (; n->depth > depth; n->depth--)
        zp_buf_lit(&n->out, "</li>\n</ol>\n");
}

/* What a run-in heading ends in belongs to the line. */
static zp_str without_mark(zp_str text)
{
    text = zp_str_trim(text);
    if (zp_str_ends(text, ZP_STR("：")) || zp_str_ends(text, ZP_STR("。")))
        text.n -= sizeof "：" - 1;
    return text;
}

void zp_navigation_add(zp_navigation *navigation, size_t depth, zp_str id, zp_str text)
{
    zp_navigation *n = navigation;
    if (depth > DEPTH_MAX)
        return;
    if (depth > n->depth) {
        zp_buf_lit(&n->out, "<ol>\n");
        n->depth = depth;
    } else {
        end_entries(n, depth);
        zp_buf_lit(&n->out, "</li>\n");
    }
    n->count++;
    zp_buf_lit(&n->out, "<li><a href=\"#");
    zp_markup_add(&n->out, id);
    zp_buf_lit(&n->out, "\">");
    zp_markup_add(&n->out, without_mark(text));
    zp_buf_lit(&n->out, "</a>");
}

zp_str zp_navigation_end(zp_navigation *navigation, bool wanted)
{
    zp_buf whole = {.arena = navigation->out.arena};
    end_entries(navigation, 0);
    if (navigation->count < 2)
        return zp_buf_str(&whole);
    zp_buf_format(&whole, "<nav%s aria-label=\"目录\">\n", wanted ? " class=\"contents\"" : "");
    zp_buf_add(&whole, zp_buf_str(&navigation->out));
    zp_buf_lit(&whole, "</nav>");
    return zp_buf_str(&whole);
}
