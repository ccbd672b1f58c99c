/* title.c: a title in, spans around what stays whole out.
 *
 * Two levels: names and phrases together, and within those the phrases without the department's
 * name. On a narrow screen a name may be longer than the line; then its own phrases stay whole.
 */
#include "write/title.h"

#include "doc/phrase.h"
#include "write/drawing.h"

typedef struct {
    zp_str text;
    const zp_stretch *inner;
    size_t inner_count;
    zp_buf *out;
} writer;

static void add(const writer *w, size_t start, size_t end)
{
    zp_markup_add(w->out, zp_str_slice(w->text, start, end));
}

/* What is in a stretch; *next is the first inner one that does not lie before it. */
static void write_within(const writer *w, zp_stretch outer, size_t *next)
{
    size_t at = outer.start;
    for (; *next < w->inner_count && w->inner[*next].end <= outer.end; ++*next) {
        zp_stretch inner = w->inner[*next];
        bool same = inner.start == outer.start && inner.end == outer.end;
        add(w, at, inner.start);
        zp_buf_add(w->out, same ? ZP_STR("") : ZP_STR("<span>"));
        add(w, inner.start, inner.end);
        zp_buf_add(w->out, same ? ZP_STR("") : ZP_STR("</span>"));
        at = inner.end;
    }
    add(w, at, outer.end);
}

static void write_line(zp_arena *arena, zp_str text, const zp_str *phrases, size_t count,
                       zp_buf *out)
{
    writer w = {.text = text, .out = out};
    size_t outer_count, next = 0, at = 0;
    const zp_stretch *outer = zp_phrase_find(arena, text, phrases, count, &outer_count);
    w.inner = zp_phrase_find(arena, text, phrases + 1, count - 1, &w.inner_count);
    for (size_t i = 0; i < outer_count; i++) {
        add(&w, at, outer[i].start);
        zp_buf_lit(out, "<span>");
        write_within(&w, outer[i], &next);
        zp_buf_lit(out, "</span>");
        at = outer[i].end;
    }
    add(&w, at, text.n);
}

void zp_title_write(zp_arena *arena, const zp_report *report, zp_buf *out)
{
    size_t count;
    const zp_str *phrases = zp_phrase_list(arena, report, &count);
    zp_str text = report->title_lines.n > 0 ? report->title_lines : report->title;
    bool parted = zp_str_find(text, ZP_STR("\n"), 0) < text.n;
    for (size_t at = 0; at < text.n;) {
        size_t end = zp_str_find(text, ZP_STR("\n"), at);
        zp_buf_add(out, parted ? ZP_STR("<span class=\"line\">") : ZP_STR(""));
        write_line(arena, zp_str_slice(text, at, end), phrases, count, out);
        zp_buf_add(out, parted ? ZP_STR("</span>") : ZP_STR(""));
        at = end + 1;
    }
}
