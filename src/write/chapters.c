/* chapters.c: the document tree in, chapters with their lines out as JSON. */
#include "write/chapters.h"

#include "base/json.h"

enum { LEVELS = 7 }; /* of headings, and 0 */

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    zp_buf *out;
    bool open;                               /* a chapter is being written */
    bool any_line;                           /* and has a line */
    bool problems[LEVELS], measures[LEVELS]; /* of the headings that we stand under */
} writer;

static bool has_any(zp_str heading, const zp_value *words)
{
    for (const zp_value *word = words ? words->first : NULL; word; word = word->next)
        if (zp_str_find(heading, word->text, 0) < heading.n)
            return true;
    return false;
}

static void end_chapter(writer *w)
{
    if (w->open)
        zp_buf_add(w->out, w->any_line ? ZP_STR("]}") : ZP_STR("}"));
}

/* What the headings above say holds, unless this one says something else. */
static void settle_kind(writer *w, size_t level, zp_str heading)
{
    const zp_declarations *content = &w->report->template->content;
    bool problems = has_any(heading, content->problems);
    bool measures = has_any(heading, content->measures);
    bool inherits = !problems && !measures && level > 0;
    for (size_t i = level; i < LEVELS; i++) {
        w->problems[i] = inherits ? w->problems[level - 1] : problems;
        w->measures[i] = inherits ? w->measures[level - 1] : measures;
    }
}

static void begin_chapter(writer *w, size_t level, zp_str heading)
{
    end_chapter(w);
    settle_kind(w, level, heading);
    zp_buf_add(w->out, w->open ? ZP_STR(",\n    {") : ZP_STR("\n    {"));
    zp_buf_format(w->out, "\"level\":%zu,\"heading\":", level);
    zp_json_string(w->out, heading);
    if (w->problems[level])
        zp_buf_lit(w->out, ",\"problems\":true");
    if (w->measures[level])
        zp_buf_lit(w->out, ",\"measures\":true");
    w->open = true;
    w->any_line = false;
}

static void add_line(writer *w, zp_str line)
{
    line = zp_str_trim(line);
    if (line.n == 0)
        return;
    if (!w->open)
        begin_chapter(w, 0, ZP_STR(""));
    zp_buf_add(w->out, w->any_line ? ZP_STR(",") : ZP_STR(",\"lines\":["));
    zp_json_string(w->out, line);
    w->any_line = true;
}

static zp_str row_text(zp_arena *arena, const zp_node *row)
{
    zp_buf text = {.arena = arena};
    for (const zp_node *cell = row->first; cell; cell = cell->next) {
        if (cell != row->first)
            zp_buf_lit(&text, " | ");
        zp_buf_add(&text, zp_node_text(arena, cell));
    }
    return zp_buf_str(&text);
}

static void add_node(writer *w, const zp_node *node)
{
    switch ((int)node->kind) {
    case ZP_NODE_HEADING:
        begin_chapter(w, node->heading.level, zp_str_trim(zp_node_text(w->arena, node)));
        break;
    case ZP_NODE_ROW:
        add_line(w, row_text(w->arena, node));
        break;
    case ZP_NODE_PARAGRAPH:
    case ZP_NODE_CAPTION:
    case ZP_NODE_UNIT:
    case ZP_NODE_REMARK:
    case ZP_NODE_SIGNING:
        add_line(w, zp_node_text(w->arena, node));
        break;
    default:
        break;
    }
}

void zp_chapters_write(zp_arena *arena, const zp_report *report, zp_buf *out)
{
    writer w = {.arena = arena, .report = report, .out = out};
    zp_buf_byte(out, '[');
    zp_walk walk = {report->root, true};
    do {
        if (walk.entering)
            add_node(&w, walk.node);
    } while (zp_walk_next(&walk, report->root));
    end_chapter(&w);
    zp_buf_byte(out, ']');
}
