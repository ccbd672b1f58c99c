/* webpage.c: page.html and a report's values in, the page out.
 *
 * The style and the body are far longer than the page around them and are nobody's to look into.
 * So the page is expanded with one byte for each of them, and the source map tells where those
 * bytes came to stand: there the text itself is put in, copied once.
 */
#include "write/webpage.h"

#include "data/expand.h"
#include "write/title.h"

/* What the bytes of the marker source stand for. They do not touch, or their pieces would be one.
 */
enum { BODY_AT = 0, STYLE_AT = 2 };
#define MARKERS "b s"

typedef struct {
    zp_arena *arena;
    const zp_report *report;
    const zp_source *markers;
    zp_diag *diag;
} writer;

static bool is_markup(zp_str name)
{
    return zp_str_eq(name, ZP_STR("heading")) || zp_str_eq(name, ZP_STR("style")) ||
           zp_str_eq(name, ZP_STR("body"));
}

/* Whether the tag at `at` lets a value through unescaped that is no markup of ours, or makes such
 * tags look otherwise. */
static bool is_unsafe(zp_str page, size_t at)
{
    zp_str rest = zp_str_slice(page, at + 2, page.n);
    if (zp_str_starts(rest, ZP_STR("=")))
        return true;
    if (!zp_str_starts(rest, ZP_STR("{")) && !zp_str_starts(zp_str_trim(rest), ZP_STR("&")))
        return false;
    zp_str name = zp_str_slice(rest, 0, zp_str_find(rest, ZP_STR("}"), 0));
    name = zp_str_trim(name);
    return !is_markup(zp_str_trim(zp_str_slice(name, 1, name.n)));
}

static bool check_tags(const writer *w)
{
    const zp_source *page = w->report->template->page_html;
    bool sound = true;
    for (size_t at = zp_str_find(page->text, ZP_STR("{{"), 0); at < page->text.n;
         at = zp_str_find(page->text, ZP_STR("{{"), at + 2)) {
        if (!is_unsafe(page->text, at))
            continue;
        zp_diag_add(w->diag, ZP_ERROR, "page-placeholder", zp_span_of(page, at, at + 2),
                    "只有 {{{heading}}} {{{style}}} {{{body}}} 用三个花括号，其余的都用两个",
                    "页面模板里的占位符写得不对");
        sound = false;
    }
    return sound;
}

static void add_value(const writer *w, zp_value *data, zp_str key, zp_str text, zp_span span)
{
    zp_value *value = zp_value_new(w->arena, ZP_VALUE_TEXT, span);
    value->key = key;
    value->text = text;
    value->quoted = true;
    zp_value_append(data, value);
}

static void add_marker(const writer *w, zp_value *data, zp_str key, size_t at)
{
    add_value(w, data, key, zp_str_slice(w->markers->text, at, at + 1),
              zp_span_of(w->markers, at, at + 1));
}

/* Whether `key` is one of the entries from `first` to `last`. */
static bool is_among(zp_str key, const zp_value *first, const zp_value *last)
{
    for (const zp_value *entry = first; entry != last->next; entry = entry->next)
        if (zp_str_eq(entry->key, key))
            return true;
    return false;
}

/* Adds the report's metadata, but for what goes by the name of one of the entries there are: these
 * are few, and the metadata may be as many as they like. */
static void add_metadata(const writer *w, zp_value *data)
{
    const zp_value *meta = w->report->meta, *last = data->last;
    if (meta == NULL)
        return;
    data->rule = meta->rule;
    for (const zp_value *entry = meta->first; entry != NULL; entry = entry->next) {
        if (is_among(entry->key, data->first, last))
            continue;
        zp_value *copy = zp_new(w->arena, zp_value);
        *copy = *entry;
        copy->next = NULL;
        zp_value_append(data, copy);
    }
}

/* What page.html may name: first what is the same for every report, then the metadata. */
static const zp_value *make_data(const writer *w)
{
    const zp_report *report = w->report;
    zp_value *data = zp_value_new(w->arena, ZP_VALUE_MAP, (zp_span){0});
    zp_buf heading = {.arena = w->arena};
    zp_title_write(w->arena, report, &heading);
    add_value(w, data, ZP_STR("title"), report->title, report->title_span);
    add_value(w, data, ZP_STR("department"), report->department, (zp_span){0});
    add_value(w, data, ZP_STR("year"), report->year, (zp_span){0});
    add_value(w, data, ZP_STR("subject"), report->subject, (zp_span){0});
    add_value(w, data, ZP_STR("heading"), zp_buf_str(&heading), (zp_span){0});
    add_marker(w, data, ZP_STR("body"), BODY_AT);
    add_marker(w, data, ZP_STR("style"), STYLE_AT);
    add_metadata(w, data);
    return data;
}

/* The expanded page with the style and the body in it. */
static void fill(const writer *w, const zp_source *page, zp_str body, zp_buf *out)
{
    if (page->piece_count == 0)
        zp_buf_add(out, page->text);
    for (size_t i = 0; i < page->piece_count; i++) {
        const zp_piece *piece = &page->pieces[i];
        size_t end = i + 1 < page->piece_count ? page->pieces[i + 1].start : page->text.n;
        if (piece->from.source != w->markers)
            zp_buf_add(out, zp_str_slice(page->text, piece->start, end));
        else if (piece->from.start == BODY_AT)
            zp_buf_add(out, body);
        else
            zp_buf_add(out, w->report->template->style_css->text);
    }
}

bool zp_webpage_write(zp_arena *arena, const zp_report *report, zp_str body, zp_diag *diag,
                      zp_buf *out)
{
    const zp_source *page = report->template->page_html;
    writer w = {arena, report, zp_source_new(arena, ZP_STR("page.html"), ZP_STR(MARKERS)), diag};
    zp_expand_options options = {.escape = ZP_ESCAPE_HTML, .missing = ZP_MISSING_ERROR};
    size_t errors = zp_diag_count(diag, ZP_ERROR);
    if (!check_tags(&w))
        return false;
    const zp_source *made =
        zp_expand(arena, zp_span_of(page, 0, page->text.n), make_data(&w), &options, diag);
    if (made == NULL || zp_diag_count(diag, ZP_ERROR) > errors)
        return false;
    fill(&w, made, body, out);
    return true;
}
